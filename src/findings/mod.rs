//! What factlint says of a draft: findings with their places, evidence and fixes.

use factlint_rules::Severity;
use std::sync::Arc;

use crate::source::Span;

/// One fault at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: Arc<str>,
    /// The rule's class.
    pub class: Arc<str>,
    /// Ids of other rules that found the same fault.
    pub also: Vec<Arc<str>>,
    /// How sure it is.
    pub severity: Severity,
    /// One line, no full stop, with both facts that conflict.
    pub message: String,
    /// The words that are accused.
    pub span: Span,
    /// The evidence.
    pub labels: Vec<Label>,
    /// Each way to agree is a fix of its own.
    pub fixes: Vec<Fix>,
    /// Why it matters, what to do.
    pub help: Option<String>,
}

/// Words that prove a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where they stand.
    pub span: Span,
    /// What they say: “Monday is the 10th”.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// “Change 100 to 12”
    pub title: String,
    /// Applied by `--fix`: no fact, no name and no quoted word can change.
    pub safe: bool,
    /// In the order of the source; they do not overlap.
    pub edits: Vec<Edit>,
}

/// A replacement of a span of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What it is replaced with.
    pub text: String,
}
