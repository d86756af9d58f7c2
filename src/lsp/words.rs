//! Findings in an editor's terms: diagnostics, code actions, hovers.

use lsp_types::Range;
use serde_json::{Value, json};

use super::drafts::{Checked, Open, uri_of};
use super::position::Encoding;
use crate::config::{LOOKED_AT, baseline};
use crate::findings::{Edit, Finding, safe_edits, stet_edit};
use crate::rules::Handbook;
use factlint_rules::Severity;

/// The kind of the action that applies all safe fixes.
pub(super) const FIX_ALL: &str = "source.fixAll.factlint";

/// All that an editor underlines in a draft; with `tags`, what is there for nothing is tagged so.
pub(super) fn diagnostics(
    uri: &str,
    open: &Open,
    checked: &Checked,
    encoding: Encoding,
    tags: bool,
    book: &Handbook,
) -> Vec<Value> {
    let errors = checked.errors.iter().map(|(message, span)| {
        json!({
            "range": encoding.range(&open.source, *span), "severity": 1, "source": "factlint", "message": message,
        })
    });
    let findings = checked.findings.iter().map(|finding| {
        let mut diagnostic = diagnostic(uri, open, finding, encoding, book);
        if tags && is_unnecessary(finding, open) {
            diagnostic["tags"] = json!([UNNECESSARY]);
        }
        diagnostic
    });
    findings.chain(errors).collect()
}

fn diagnostic(uri: &str, open: &Open, finding: &Finding, encoding: Encoding, book: &Handbook) -> Value {
    let severity = match finding.severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    };
    let related: Vec<Value> = finding
        .labels
        .iter()
        .map(|label| {
            json!({
                "location": {"uri": uri, "range": encoding.range(&open.source, label.span)},
                "message": label.text,
            })
        })
        .collect();
    let mut diagnostic = json!({
        "range": encoding.range(&open.source, finding.span),
        "severity": severity,
        "code": &*finding.rule,
        "source": "factlint",
        "message": finding.message,
        "relatedInformation": related,
    });
    if let Some(href) = book.page_address(&finding.rule) {
        diagnostic["codeDescription"] = json!({"href": href});
    }
    diagnostic
}

/// The tag of what is there for nothing: editors show it faded.
pub(super) const UNNECESSARY: u8 = 1;

/// Does every way to mend it only take something away?
fn is_unnecessary(finding: &Finding, open: &Open) -> bool {
    let mut edits = finding.fixes.iter().flat_map(|fix| &fix.edits).peekable();
    edits.peek().is_some()
        && edits.all(|edit| {
            let old = open.source.slice(edit.span);
            old.len() > edit.text.len() && (old.starts_with(&edit.text) || old.ends_with(&edit.text))
        })
}

/// What a code action needs to know of the client and the folder.
pub(super) struct Ways<'a> {
    pub encoding: Encoding,
    /// The client takes edits with versions, and edits that make files.
    pub versioned: bool,
    pub book: &'a Handbook,
    /// The configuration that holds for the draft: its path and text; a path without text is a file to make.
    pub config: (std::path::PathBuf, Option<String>),
}

/// The actions for the findings that a range touches.
pub(super) fn actions(
    uri: &str,
    open: &Open,
    checked: &Checked,
    range: Range,
    only: &[String],
    ways: &Ways,
) -> Vec<Value> {
    let wanted =
        |kind: &str| only.is_empty() || only.iter().any(|only| kind == only || kind.starts_with(&format!("{only}.")));
    let span = ways.encoding.span(&open.source, range);
    let mut actions = Vec::new();
    if wanted("quickfix") {
        let touched = |finding: &&Finding| finding.span.start() <= span.end() && span.start() <= finding.span.end();
        for finding in checked.findings.iter().filter(touched) {
            let of = diagnostic(uri, open, finding, ways.encoding, ways.book);
            for fix in &finding.fixes {
                actions.push(json!({
                    "title": fix.title, "kind": "quickfix", "diagnostics": [of], "isPreferred": fix.safe,
                    "edit": edit(uri, open, &fix.edits, ways),
                }));
            }
            if finding.is_of_rule()
                && let Some(edit) = stet(uri, open, finding, ways)
            {
                let title = format!("Let it stand: {}", finding.rule);
                actions.push(json!({"title": title, "kind": "quickfix", "diagnostics": [of], "edit": edit}));
            }
        }
    }
    if wanted(FIX_ALL) {
        let (edits, count) = safe_edits(&checked.findings);
        if count > 0 {
            actions.push(json!({
                "title": format!("Fix all safe problems ({count})"), "kind": FIX_ALL,
                "edit": edit(uri, open, &edits, ways),
            }));
        }
    }
    actions
}

fn edit(uri: &str, open: &Open, edits: &[Edit], ways: &Ways) -> Value {
    let edits: Vec<Value> = edits
        .iter()
        .map(|edit| json!({"range": ways.encoding.range(&open.source, edit.span), "newText": edit.text}))
        .collect();
    if ways.versioned {
        json!({"documentChanges": [{"textDocument": {"uri": uri, "version": open.version}, "edits": edits}]})
    } else {
        json!({"changes": {uri: edits}})
    }
}

/// The right stet for the format: a comment before the block, or an entry of the configuration.
fn stet(uri: &str, open: &Open, finding: &Finding, ways: &Ways) -> Option<Value> {
    if let Some(comment) = stet_edit(open.source.text(), open.format, finding) {
        return Some(edit(uri, open, &[comment], ways));
    }
    if !ways.versioned {
        return None;
    }
    let (path, old) = &ways.config;
    let draft = open.path.strip_prefix(path.parent()?).ok()?.to_path_buf();
    let words = open.source.slice(finding.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let new = baseline(old.as_deref().unwrap_or_default(), &[(draft, finding.rule.to_string(), words)], LOOKED_AT)?;
    let config = uri_of(path);
    let lines = old.as_deref().map_or(0, |text| text.split('\n').count() as u32);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": lines, "character": 0}});
    let write = json!({
        "textDocument": {"uri": config, "version": null}, "edits": [{"range": whole, "newText": new}]
    });
    Some(match old {
        Some(_) => json!({"documentChanges": [write]}),
        None => json!({"documentChanges": [{"kind": "create", "uri": config}, write]}),
    })
}

/// The proof and the rule's explanation, for the finding at an offset.
pub(super) fn hover(open: &Open, checked: &Checked, offset: usize, ways: &Ways) -> Option<Value> {
    let here = |finding: &&Finding| finding.span.start() <= offset && offset <= finding.span.end();
    let finding = checked.findings.iter().find(here)?;
    let mut text = format!("**{}**\n", finding.message);
    for label in &finding.labels {
        let line = open.source.position(label.span.start()).line;
        text.push_str(&format!("- {} (line {line})\n", label.text));
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\n{help}\n"));
    }
    if let Some(explain) = ways.book.explanation(&finding.rule) {
        text.push_str(&format!("\n---\n{}\n", explain.trim()));
    }
    let id = &finding.rule;
    text.push_str(&format!("\n`{}[{id}]`; to let it stand: `stet: {id}`", finding.severity.word()));
    Some(json!({
        "contents": {"kind": "markdown", "value": text},
        "range": ways.encoding.range(&open.source, finding.span),
    }))
}
