//! Bytes to text: UTF-8, or UTF-16 with its byte order mark; anything else is refused with its place.
//!
//! The byte order mark stays in the text as U+FEFF, so that offsets are those of the file on disk.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use miette::Diagnostic;
use thiserror::Error;

use super::{LineIndex, Source};

/// The byte order mark, as it stands in a decoded text.
pub const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Why bytes are no draft.
#[derive(Clone, Debug, Error, Diagnostic, PartialEq, Eq)]
pub enum SourceError {
    /// Bytes that are no UTF-8: another encoding, or no text at all.
    #[error("this is not UTF-8: byte {byte:#04x} at line {line}, column {column} (offset {offset}){guess}")]
    #[diagnostic(help("factlint reads UTF-8, and UTF-16 with a byte order mark; convert the file, or exclude it"))]
    NotText {
        /// The first byte that does not fit.
        byte: u8,
        /// Its offset in the file.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column, from 1, in characters.
        column: usize,
        /// What the file may be instead: empty, or an apposition that opens with a semicolon.
        guess: &'static str,
    },
    /// A control byte that no text has.
    #[error("this is not text: control byte {byte:#04x} at line {line}, column {column} (offset {offset}){guess}")]
    #[diagnostic(help("factlint reads UTF-8, and UTF-16 with a byte order mark; convert the file, or exclude it"))]
    Control {
        /// The byte.
        byte: u8,
        /// Its offset in the file.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// Its column, from 1, in characters.
        column: usize,
        /// What the file may be instead: empty, or an apposition that opens with a semicolon.
        guess: &'static str,
    },
    /// A byte order mark of UTF-16, and then half a character.
    #[error("the byte order mark says {encoding}, but the file is not valid {encoding}")]
    #[diagnostic(help("the file may be cut short, or no text; convert it to UTF-8, or exclude it"))]
    BrokenUtf16 {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// Offsets are 32 bits wide.
    #[error("the file is larger than 4 GiB")]
    TooLarge,
}

impl SourceError {
    /// Line and column where reading stopped; the file's start where the error has no place.
    pub fn position(&self) -> (usize, usize) {
        match self {
            SourceError::NotText { line, column, .. } | SourceError::Control { line, column, .. } => (*line, *column),
            SourceError::BrokenUtf16 { .. } | SourceError::TooLarge => (1, 1),
        }
    }
}

impl Source {
    /// Decodes a file's bytes.
    ///
    /// ```
    /// use factlint::source::Source;
    /// let source = Source::decode("draft.txt", b"\xFF\xFEH\x00i\x00".to_vec()).unwrap();
    /// assert_eq!((source.text(), source.encoding), ("\u{FEFF}Hi", Some("UTF-16LE")));
    /// assert!(Source::decode("latin1.txt", b"caf\xE9".to_vec()).is_err());
    /// ```
    pub fn decode(path: impl Into<String>, bytes: Vec<u8>) -> Result<Source, SourceError> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(SourceError::TooLarge);
        }
        let (text, encoding) = match bytes.as_slice() {
            [0xFF, 0xFE, ..] => (utf16(UTF_16LE, &bytes)?, Some(UTF_16LE.name())),
            [0xFE, 0xFF, ..] => (utf16(UTF_16BE, &bytes)?, Some(UTF_16BE.name())),
            _ => (String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error()))?, None),
        };
        if let Some(offset) = first_control(&text) {
            return Err(control(&text, offset));
        }
        if u32::try_from(text.len()).is_err() {
            return Err(SourceError::TooLarge);
        }
        let mut source = Source::new(path, text);
        source.encoding = encoding;
        Ok(source)
    }
}

fn utf16(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, SourceError> {
    // Decoded with its mark, which the caller keeps: a fix writes it back.
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or(SourceError::BrokenUtf16 { encoding: encoding.name() })
}

/// Bytes of a text for each control byte that wire services and old systems may leave in it.
const BYTES_A_CONTROL: usize = 64;

/// Where the first control byte stands that makes this no text: a zero, or one of many.
fn first_control(text: &str) -> Option<usize> {
    // Most texts have none, and to ask all bytes is quicker than to stop at one.
    if !text.bytes().fold(false, |any, byte| any | is_control(byte)) {
        return None;
    }
    let first = text.bytes().position(is_control)?;
    let count = text.as_bytes()[first..].iter().filter(|byte| is_control(**byte)).count();
    if count * BYTES_A_CONTROL > text.len() { Some(first) } else { memchr::memchr(0, text.as_bytes()) }
}

/// A byte of C0 that is no sign of text. Line ends, tabs, form feeds and the line break of word processors (VT) are text.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C) || byte == 0x7F
}

fn not_utf8(bytes: &[u8], error: std::str::Utf8Error) -> SourceError {
    let offset = error.valid_up_to();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    // Read as far as it is text, so that the place can be told.
    let valid = std::str::from_utf8(&bytes[..offset]).unwrap_or_default();
    if let Some(at) = first_control(valid) {
        return control(valid, at);
    }
    let position = LineIndex::new(valid).position(valid, offset);
    let guess = if error.error_len().is_none() {
        "; the file is cut off inside a character"
    } else if !bytes.iter().any(|byte| is_control(*byte)) {
        "; it may be Windows-1252 or Latin-1"
    } else {
        ""
    };
    SourceError::NotText { byte, offset, line: position.line, column: position.column, guess }
}

fn control(text: &str, offset: usize) -> SourceError {
    let bytes = text.as_bytes();
    let position = LineIndex::new(&text[..offset]).position(text, offset);
    // Every other byte of Latin text in UTF-16 is zero.
    let head = &bytes[..bytes.len().min(64)];
    let zeros = memchr::memchr_iter(0, head).count();
    let guess = if zeros * 3 > head.len() { "; it may be UTF-16 without a byte order mark" } else { "" };
    SourceError::Control { byte: bytes[offset], offset, line: position.line, column: position.column, guess }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> Result<Source, SourceError> {
        Source::decode("draft.txt", bytes.to_vec())
    }

    #[test]
    fn utf8_keeps_its_byte_order_mark_and_its_offsets() {
        let source = decode(b"\xEF\xBB\xBFTalks\nopen").unwrap();
        assert_eq!(source.text().len(), 13);
        assert_eq!(source.encoding, None);
        assert_eq!((source.position(3).line, source.position(3).column), (1, 1));
        assert_eq!((source.position(9).line, source.position(9).column), (2, 1));
    }

    #[test]
    fn utf16_is_decoded_either_way_round() {
        for (bytes, name) in [(&b"\xFF\xFEo\x00\xE9\x00"[..], "UTF-16LE"), (&b"\xFE\xFF\x00o\x00\xE9"[..], "UTF-16BE")]
        {
            let source = decode(bytes).unwrap();
            assert_eq!(source.text(), "\u{FEFF}oé");
            assert_eq!(source.encoding, Some(name));
        }
    }

    #[test]
    fn other_bytes_are_refused_with_their_place() {
        let error = decode(b"Caf\xC3\xA9\nna\xEFve").unwrap_err();
        assert_eq!(error.position(), (2, 3));
        assert!(error.to_string().contains("Windows-1252"), "{error}");
        assert_eq!(decode(b"ab\n\x00").unwrap_err().position(), (2, 1));
        assert!(matches!(decode(b"\xFF\xFEo"), Err(SourceError::BrokenUtf16 { .. })));
        assert!(decode(b"T\x00a\x00l\x00k\x00").unwrap_err().to_string().contains("UTF-16"));
        assert!(matches!(
            decode(&[b"\x00".repeat(2), b"Talks. ".repeat(40)].concat()),
            Err(SourceError::Control { .. })
        ));
        assert!(matches!(decode(b"\x1B[1mTalks\x1B[0m"), Err(SourceError::Control { .. })));
        assert!(matches!(decode(b"\x89PNG\r\n\x1A\n"), Err(SourceError::NotText { offset: 0, .. })));
    }

    #[test]
    fn a_wires_control_bytes_are_text() {
        let story = [&b"\x01Talks open\x7F on Monday.\n"[..], &b"Nobody knows why.\n".repeat(20), b"\x03"].concat();
        assert_eq!(decode(&story).unwrap().text().len(), story.len());
    }

    #[test]
    fn nothing_is_a_draft_too() {
        assert_eq!(decode(b"").unwrap().text(), "");
    }
}
