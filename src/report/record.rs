//! A finding as the JSON formats print it: DESIGN's contract, key by key.

use serde::Serialize;

use super::Draft;
use crate::findings::{Finding, Fix, Label, fingerprints};
use crate::source::{Source, Span};

/// A finding. The order of the fields is the order of the keys.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record<'a> {
    path: &'a str,
    rule: &'a str,
    class: &'a str,
    also: Vec<&'a str>,
    severity: &'static str,
    message: &'a str,
    fingerprint: String,
    #[serde(flatten)]
    place: Place,
    labels: Vec<LabelRecord<'a>>,
    fixes: Vec<FixRecord<'a>>,
    help: Option<&'a str>,
}

/// Where something stands. Ends are exclusive; lines and columns count from 1, columns in Unicode scalar values.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    span: Bytes,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// A range of the file's bytes.
#[derive(Debug, Serialize)]
pub(super) struct Bytes {
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct LabelRecord<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct FixRecord<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct EditRecord<'a> {
    span: Bytes,
    text: &'a str,
}

impl Place {
    pub(super) fn of(draft: &Draft, span: Span) -> Place {
        Place::in_source(&draft.source, span)
    }

    pub(super) fn in_source(source: &Source, span: Span) -> Place {
        let (start, end) = (source.position(span.start()), source.position(span.end()));
        Place {
            span: Bytes::of(span),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl Bytes {
    fn of(span: Span) -> Bytes {
        Bytes { start: span.start(), end: span.end() }
    }
}

/// The findings of a draft, in their order.
pub(super) fn records(draft: &Draft) -> impl Iterator<Item = Record<'_>> {
    let prints = fingerprints(&draft.source, &draft.outcome.findings);
    draft.outcome.findings.iter().zip(prints).map(|(finding, fingerprint)| record(draft, finding, fingerprint))
}

fn record<'a>(draft: &'a Draft, finding: &'a Finding, fingerprint: String) -> Record<'a> {
    Record {
        path: &draft.name,
        rule: &finding.rule,
        class: &finding.class,
        also: finding.also.iter().map(|id| &**id).collect(),
        severity: finding.severity.word(),
        message: &finding.message,
        fingerprint,
        place: Place::of(draft, finding.span),
        labels: finding.labels.iter().map(|label| label_record(draft, label)).collect(),
        fixes: finding.fixes.iter().map(fix_record).collect(),
        help: finding.help.as_deref(),
    }
}

fn label_record<'a>(draft: &Draft, label: &'a Label) -> LabelRecord<'a> {
    LabelRecord { place: Place::of(draft, label.span), text: &label.text }
}

fn fix_record(fix: &Fix) -> FixRecord<'_> {
    let edits = fix.edits.iter().map(|edit| EditRecord { span: Bytes::of(edit.span), text: &edit.text }).collect();
    FixRecord { title: &fix.title, safe: fix.safe, edits }
}
