//! `rdjson`: the diagnostic format of reviewdog, which writes findings and suggestions into a review.
//!
//! Its columns count the bytes of the line in UTF-8, from 1, and its ends are exclusive.

use std::io::{self, Write};

use factlint_rules::Severity;
use serde_json::{Value, json};

use super::uri::portable;
use super::{Draft, Report, Run};
use crate::findings::{Edit, Finding, Fix, apply};
use crate::source::Span;

/// Reviewdog's diagnostics.
#[derive(Clone, Copy, Debug)]
pub struct Rdjson;

impl Report for Rdjson {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut diagnostics: Vec<Value> = Vec::new();
        for draft in &run.drafts {
            diagnostics.extend(draft.outcome.findings.iter().map(|finding| diagnostic(run, draft, finding)));
        }
        for trouble in &run.troubles {
            let (line, column) = trouble.place.unwrap_or((1, 1));
            diagnostics.push(json!({
                "message": trouble.message,
                "severity": "ERROR",
                "location": {"path": portable(&trouble.path), "range": {"start": {"line": line, "column": column}}},
            }));
        }
        let result = json!({
            "source": {"name": "factlint", "url": env!("CARGO_PKG_REPOSITORY")},
            "diagnostics": diagnostics,
        });
        serde_json::to_writer_pretty(&mut *out, &result)?;
        writeln!(out)
    }

    fn tells_troubles(&self) -> bool {
        true
    }
}

fn diagnostic(run: &Run, draft: &Draft, finding: &Finding) -> Value {
    let mut code = json!({"value": &*finding.rule});
    if let Some(page) = run.about.get(&*finding.rule).and_then(|about| about.page.as_deref()) {
        code["url"] = json!(page);
    }
    let mut message = finding.message.clone();
    for label in finding.labels.iter().filter(|label| !label.text.is_empty()) {
        let line = draft.source.position(label.span.start()).line;
        message.push_str(&format!("\nline {line}: {}", label.text));
    }
    let mut diagnostic = json!({
        "message": message,
        "severity": match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        "location": location(draft, finding.span),
        "code": code,
    });
    if !finding.labels.is_empty() {
        let related =
            finding.labels.iter().map(|label| json!({"message": label.text, "location": location(draft, label.span)}));
        diagnostic["relatedLocations"] = related.collect();
    }
    let suggestions: Vec<Value> = finding.fixes.iter().filter_map(|fix| suggestion(draft, fix)).collect();
    if !suggestions.is_empty() {
        diagnostic["suggestions"] = suggestions.into();
    }
    diagnostic
}

/// A fix as the one replacement that a suggestion is: from its first edit to its last.
fn suggestion(draft: &Draft, fix: &Fix) -> Option<Value> {
    let hull = fix.edits.iter().map(|edit| edit.span).reduce(Span::to)?;
    let inside = |edit: &Edit| Edit {
        span: Span::new(edit.span.start() - hull.start(), edit.span.end() - hull.start()),
        text: edit.text.clone(),
    };
    let edits: Vec<Edit> = fix.edits.iter().map(inside).collect();
    Some(json!({"range": range(draft, hull), "text": apply(draft.source.slice(hull), &edits)}))
}

fn location(draft: &Draft, span: Span) -> Value {
    json!({"path": portable(&draft.source.path), "range": range(draft, span)})
}

fn range(draft: &Draft, span: Span) -> Value {
    json!({"start": position(draft, span.start()), "end": position(draft, span.end())})
}

fn position(draft: &Draft, offset: usize) -> Value {
    let line = draft.source.position(offset).line;
    let start = draft.source.lines().start(line).unwrap_or_default();
    json!({"line": line, "column": offset.saturating_sub(start) + 1})
}
