//! Text that goes into the page: nothing in it can end where it stands.

use std::fmt;

/// Text, to be printed between tags or inside a quoted attribute. Characters that turn the direction of what follows
/// them are left out, for a page shows each piece of text in its own direction.
pub(super) struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                '\n' | '\t' => fmt::Write::write_char(f, c)?,
                c if c.is_control() => f.write_str("\u{fffd}")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(
            Escaped("</script><b a=\"1\" c='2'>&amp;\u{202e}\u{1b}é\n").to_string(),
            "&lt;/script&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;\u{fffd}é\n"
        );
    }
}
