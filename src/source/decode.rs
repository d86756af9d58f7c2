//! Bytes to text: byte order marks, UTF-8, UTF-16; anything else is refused with its place.

use miette::Diagnostic;
use thiserror::Error;

use super::Source;

/// Why bytes are no draft.
#[derive(Clone, Debug, Error, Diagnostic, PartialEq, Eq)]
pub enum SourceError {
    /// Bytes that are no text in any encoding that is read here.
    #[error("this is not text: byte {byte:#04x} at offset {offset} fits no encoding that factlint reads")]
    #[diagnostic(help("factlint reads UTF-8, and UTF-16 with a byte order mark; convert the file, or exclude it"))]
    NotText {
        /// The first byte that does not fit.
        byte: u8,
        /// Its offset in the file.
        offset: usize,
    },
    /// Offsets are 32 bits wide.
    #[error("the file is larger than 4 GiB")]
    TooLarge,
}

impl Source {
    /// Decodes a file's bytes.
    pub fn decode(path: impl Into<String>, bytes: Vec<u8>) -> Result<Source, SourceError> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(SourceError::TooLarge);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(path, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                Err(SourceError::NotText { byte: error.as_bytes()[offset], offset })
            }
        }
    }
}
