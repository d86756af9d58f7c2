//! The decoded text of a draft and its lines: where everything begins.
//!
//! Bytes come in; a [`Source`] goes out, whose text never changes. A [`Span`] is a range of bytes of that text, byte
//! order mark included, so that it is a range of the file as it is on disk (of a file in another encoding than
//! UTF-8: of its text decoded to UTF-8).

mod decode;
mod lines;
mod span;

pub use decode::{BYTE_ORDER_MARK, SourceError};
pub use lines::{LineIndex, Position};
pub use span::Span;

use std::sync::Arc;

/// A draft's text, with its name.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as given, `-` for standard input, or another name to print.
    pub path: String,
    /// The encoding that it was decoded from, if that was not UTF-8.
    pub encoding: Option<&'static str>,
    text: Arc<str>,
    lines: LineIndex,
}

impl Source {
    /// A source from text that is in memory.
    ///
    /// ```
    /// use factlint::source::Source;
    /// let source = Source::new("draft.md", "One\nTwo");
    /// assert_eq!(source.position(4).line, 2);
    /// ```
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Source { path: path.into(), encoding: None, text, lines }
    }

    /// The whole text, byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(&self.text, offset)
    }

    /// The line index.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }
}
