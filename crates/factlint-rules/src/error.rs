//! What is wrong with a rule, lexicon or table file, with its place.

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

/// A file of a rule pack that cannot be used.
#[derive(Clone, Debug, Error, Diagnostic)]
#[error("{message}")]
pub struct RuleError {
    /// One line.
    pub message: String,
    /// What would be right.
    #[help]
    pub help: Option<String>,
    /// The file and its text.
    #[source_code]
    pub source_code: NamedSource<String>,
    /// The place.
    #[label("here")]
    pub span: SourceSpan,
    /// The file's path as given.
    pub path: String,
}

impl RuleError {
    /// An error at a range of bytes of a file.
    pub fn new(
        path: &str,
        text: &str,
        span: std::ops::Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) -> RuleError {
        let end = span.end.min(text.len());
        let start = span.start.min(end);
        RuleError {
            message: message.into(),
            help,
            source_code: NamedSource::new(path, text.to_owned()),
            span: (start, end - start).into(),
            path: path.to_owned(),
        }
    }

    /// Line and column of its start, both from 1; columns count characters.
    pub fn position(&self) -> (usize, usize) {
        let text = self.source_code.inner();
        let before = &text[..text.floor_char_boundary(self.span.offset())];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
