//! Text that was decoded wrongly, decoded as it was meant.
//!
//! “Ã¡” is UTF-8 read as Windows-1252: written back into that encoding and read as UTF-8 it is “á”.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// What the text was meant to be, if it is UTF-8 that was read in another encoding, once or twice, or Windows-1252 that was
/// read as Latin-1.
pub fn decoded(text: &str) -> Option<String> {
    if text.contains(is_control_byte) {
        return of_control_bytes(text);
    }
    let once = [WINDOWS_1252, WINDOWS_1250, MACINTOSH, WINDOWS_1251]
        .into_iter()
        .find_map(|encoding| reread(text, encoding))?;
    Some(reread(&once, WINDOWS_1252).unwrap_or(once))
}

/// A sign that Latin-1 has for a byte, and that no text has.
fn is_control_byte(c: char) -> bool {
    ('\u{80}'..='\u{9F}').contains(&c)
}

fn of_control_bytes(text: &str) -> Option<String> {
    let meant = |c: char| {
        let byte = [u8::try_from(u32::from(c)).unwrap_or_default()];
        WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
    };
    let text: Option<String> = text.chars().map(|c| if is_control_byte(c) { meant(c) } else { Some(c) }).collect();
    text.filter(|text| !text.contains(char::is_control))
}

fn reread(text: &str, encoding: &'static Encoding) -> Option<String> {
    let (bytes, _, unmappable) = encoding.encode(text);
    let meant = std::str::from_utf8(&bytes).ok().filter(|_| !unmappable)?;
    let better = meant.chars().count() < text.chars().count() && !meant.contains(char::is_control);
    better.then(|| meant.to_owned())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn sequences_are_read_as_they_were_meant() {
        assert_eq!(decoded("gr\u{C3}\u{A1}fico").as_deref(), Some("gráfico"));
        assert_eq!(decoded("\u{E2}\u{20AC}\u{2122}").as_deref(), Some("’"));
        assert_eq!(decoded("\u{C3}\u{192}\u{C2}\u{A9}").as_deref(), Some("é"));
        assert_eq!(decoded("d\u{92}art").as_deref(), Some("d’art"));
        assert_eq!(decoded("\u{221A}\u{A9}").as_deref(), Some("é"));
    }

    #[test]
    fn what_is_right_stays() {
        assert_eq!(decoded("pâté"), None);
        assert_eq!(decoded("plain"), None);
        assert_eq!(decoded("\u{FFFD}\u{FFFD}"), None);
    }
}
