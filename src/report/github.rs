//! `github`: workflow commands that GitHub shows as annotations, escaped as it asks: `%`, CR and LF everywhere, `:`
//! and `,` in properties besides.

use std::io::{self, Write};

use factlint_rules::Severity;

use super::{Report, Run};

/// GitHub's workflow commands.
#[derive(Clone, Copy, Debug)]
pub struct Github;

impl Report for Github {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for draft in &run.drafts {
            for finding in &draft.outcome.findings {
                let (start, end) =
                    (draft.source.position(finding.span.start()), draft.source.position(finding.span.end()));
                let mut message = finding.message.clone();
                for label in &finding.labels {
                    let line = draft.source.position(label.span.start()).line;
                    message.push_str(&format!("\nline {line}: {}", label.text));
                }
                for fix in &finding.fixes {
                    message.push_str(&format!("\nfix: {}", fix.title));
                }
                writeln!(
                    out,
                    "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
                    command(finding.severity),
                    property(&draft.source.path),
                    start.line,
                    end.line,
                    start.column,
                    end.column,
                    property(&format!("factlint({})", finding.rule)),
                    escape(&message)
                )?;
            }
        }
        for trouble in &run.troubles {
            let (line, column) = trouble.place.unwrap_or((1, 1));
            let file = property(&trouble.path);
            writeln!(out, "::error file={file},line={line},col={column},title=factlint::{}", escape(&trouble.message))?;
        }
        Ok(())
    }

    fn tells_troubles(&self) -> bool {
        true
    }
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
