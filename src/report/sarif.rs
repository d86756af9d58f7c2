//! `sarif`: SARIF 2.1.0, for GitHub code scanning, Azure DevOps, and viewers of it.
//!
//! One run, with the rules that found something, a result a finding, its evidence as related locations, its fixes as
//! alternatives. What failed the run is a notification of its one invocation.

use std::collections::BTreeSet;
use std::io::{self, Write};

use factlint_rules::Severity;
use serde_json::{Value, json};

use super::uri::uri;
use super::{Draft, Report, Run, Trouble};
use crate::findings::{Finding, Fix, fingerprints};
use crate::source::Span;

/// Where the schema of the format is.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// SARIF 2.1.0.
#[derive(Clone, Copy, Debug)]
pub struct Sarif;

impl Report for Sarif {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let ids: BTreeSet<&str> =
            run.drafts.iter().flat_map(|draft| &draft.outcome.findings).map(|finding| &*finding.rule).collect();
        let ids: Vec<&str> = ids.into_iter().collect();
        let rules: Vec<Value> = ids.iter().map(|id| rule(run, id)).collect();
        let results: Vec<Value> = run.drafts.iter().flat_map(|draft| results(draft, &ids)).collect();
        let troubles: Vec<Value> = run.troubles.iter().map(notification).collect();
        let log = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "factlint",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": troubles.is_empty(),
                    "toolExecutionNotifications": troubles,
                }],
                "results": results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &log)?;
        writeln!(out)
    }

    fn tells_troubles(&self) -> bool {
        true
    }
}

/// What there is to know of a rule.
fn rule(run: &Run, id: &str) -> Value {
    let mut rule = json!({"id": id});
    if let Some(about) = run.about.get(id) {
        rule["shortDescription"] = json!({"text": about.title});
        rule["defaultConfiguration"] = json!({"level": level(about.severity)});
        rule["properties"] = json!({
            "tags": [about.group],
            "problem.severity": match about.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            },
        });
        if !about.explanation.is_empty() {
            rule["fullDescription"] = json!({"text": about.explanation});
            rule["help"] = json!({"text": about.explanation, "markdown": about.explanation});
        }
        if let Some(page) = &about.page {
            rule["helpUri"] = json!(page);
        }
    }
    rule
}

fn results<'a>(draft: &'a Draft, ids: &'a [&str]) -> impl Iterator<Item = Value> + 'a {
    let prints = fingerprints(&draft.source, &draft.outcome.findings);
    draft.outcome.findings.iter().zip(prints).map(|(finding, print)| result(draft, finding, &print, ids))
}

fn result(draft: &Draft, finding: &Finding, print: &str, ids: &[&str]) -> Value {
    let mut text = literal(&finding.message);
    let mut related = Vec::new();
    for (at, label) in finding.labels.iter().enumerate() {
        let mut location = location(draft, label.span);
        location["id"] = json!(at + 1);
        if !label.text.is_empty() {
            location["message"] = json!({"text": literal(&label.text)});
            // A link in the message is what makes a viewer show the place.
            text.push_str(&format!("\n[{}]({})", bracketed(&label.text), at + 1));
        }
        related.push(location);
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\n{}", literal(help)));
    }
    let mut result = json!({
        "ruleId": &*finding.rule,
        "ruleIndex": ids.binary_search(&&*finding.rule).unwrap_or_default(),
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [location(draft, finding.span)],
        // The second is the name that GitHub goes by; without it, it would go by the line.
        "partialFingerprints": {"factlint/v1": print, "primaryLocationLineHash": format!("{print}:1")},
        "properties": {"class": &*finding.class, "also": finding.also.iter().map(|id| &**id).collect::<Vec<_>>()},
    });
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    let fixes: Vec<Value> = finding.fixes.iter().filter(|fix| !fix.edits.is_empty()).map(|it| fix(draft, it)).collect();
    if !fixes.is_empty() {
        result["fixes"] = fixes.into();
    }
    result
}

fn location(draft: &Draft, span: Span) -> Value {
    let mut region = region(draft, span);
    region["snippet"] = json!({"text": draft.source.slice(span)});
    json!({"physicalLocation": {"artifactLocation": {"uri": uri(&draft.source.path)}, "region": region}})
}

fn region(draft: &Draft, span: Span) -> Value {
    let (start, end) = (draft.source.position(span.start()), draft.source.position(span.end()));
    let mut region = json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    });
    if draft.source.encoding.is_none() {
        region["byteOffset"] = json!(span.start());
        region["byteLength"] = json!(span.end() - span.start());
    }
    region
}

fn fix(draft: &Draft, fix: &Fix) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({"deletedRegion": region(draft, edit.span), "insertedContent": {"text": edit.text}}))
        .collect();
    json!({
        "description": {"text": literal(&fix.title)},
        "artifactChanges": [{"artifactLocation": {"uri": uri(&draft.source.path)}, "replacements": replacements}],
    })
}

fn notification(trouble: &Trouble) -> Value {
    let mut text = literal(&trouble.message);
    if let Some(help) = &trouble.help {
        text.push_str(&format!("\n{}", literal(help)));
    }
    let mut place = json!({"artifactLocation": {"uri": uri(&trouble.path)}});
    if let Some((line, column)) = trouble.place {
        place["region"] = json!({"startLine": line, "startColumn": column});
    }
    json!({"level": "error", "message": {"text": text}, "locations": [{"physicalLocation": place}]})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A text that a viewer shows as it is: what would be a link, or a hole for an argument, is escaped.
fn literal(text: &str) -> String {
    let hole = |text: &str| {
        text.split('{').skip(1).any(|rest| {
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            digits.len() < rest.len() && digits.starts_with('}')
        })
    };
    let text = if text.contains("](") { bracketed(text) } else { text.to_owned() };
    if hole(&text) { text.replace('{', "{{").replace('}', "}}") } else { text }
}

/// A text between the brackets of a link.
fn bracketed(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_link_or_a_hole_is_escaped_and_nothing_else() {
        assert_eq!(literal("“[CQ]” and {name}"), "“[CQ]” and {name}");
        assert_eq!(literal("“[a](1)”"), "“\\[a\\](1)”");
        assert_eq!(literal("“{0}”"), "“{{0}}”");
    }
}
