//! The edit that lets a finding stand, in the formats that have comments.

use super::{Edit, Finding};
use crate::document::Format;
use crate::source::Span;

/// A comment before the finding's block; `None` for plain text, whose stets are the configuration's.
///
/// ```
/// # use factlint::{document::Format, findings::{apply, stet_edit}, linter::{Linter, Settings}, source::Source};
/// let source = Source::new("a.md", "# Plan\n\nIn the panel, 45 of 60 (80%) agreed.\n");
/// let found = Linter::new(factlint::rules::embedded()).check(&source, Format::Markdown, &Settings::default());
/// let edit = stet_edit(source.text(), Format::Markdown, &found.findings[0]).expect("Markdown has comments");
/// assert!(apply(source.text(), &[edit]).contains("\n\n<!-- stet: percent-of -->\nIn the panel"));
/// ```
pub fn stet_edit(text: &str, format: Format, finding: &Finding) -> Option<Edit> {
    if format == Format::Text {
        return None;
    }
    let before = text.get(..finding.span.start())?;
    // The block begins after the last line that has nothing in it.
    let mut start = before.rfind('\n').map_or(0, |at| at + 1);
    while let Some(line) = text[..start].strip_suffix('\n') {
        let above = line.rfind('\n').map_or(0, |at| at + 1);
        if line[above..].trim().is_empty() || line[above..].trim() == "---" {
            break;
        }
        start = above;
    }
    if start == 0 && text.starts_with(crate::source::BYTE_ORDER_MARK) {
        start = crate::source::BYTE_ORDER_MARK.len_utf8();
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(Edit { span: Span::new(start, start), text: format!("<!-- stet: {} -->{end}", finding.rule) })
}
