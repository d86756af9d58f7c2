//! `gitlab`: GitLab's code quality report, an array of issues. GitLab tells issues apart by their fingerprints alone, so
//! the path goes into them.

use std::io::{self, Write};

use factlint_rules::Severity;
use serde_json::{Value, json};

use super::uri::portable;
use super::{Draft, Report, Run};
use crate::findings::{Finding, fingerprints, hash};

/// GitLab's code quality report.
#[derive(Clone, Copy, Debug)]
pub struct Gitlab;

impl Report for Gitlab {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut issues = Vec::new();
        for draft in &run.drafts {
            let prints = fingerprints(&draft.source, &draft.outcome.findings);
            issues.extend(
                draft.outcome.findings.iter().zip(prints).map(|(finding, print)| issue(draft, finding, &print)),
            );
        }
        serde_json::to_writer_pretty(&mut *out, &issues)?;
        writeln!(out)
    }
}

fn issue(draft: &Draft, finding: &Finding, print: &str) -> Value {
    let path = portable(&draft.source.path);
    let (start, end) = (draft.source.position(finding.span.start()), draft.source.position(finding.span.end()));
    let mut description = finding.message.clone();
    let evidence: Vec<String> = finding
        .labels
        .iter()
        .filter(|label| !label.text.is_empty())
        .map(|label| format!("{} (line {})", label.text, draft.source.position(label.span.start()).line))
        .collect();
    if !evidence.is_empty() {
        description.push_str(&format!(": {}", evidence.join("; ")));
    }
    json!({
        "type": "issue",
        "description": description,
        "check_name": &*finding.rule,
        "fingerprint": hash(&[&path, print]),
        "severity": match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
        },
    })
}
