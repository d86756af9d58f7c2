//! `short`: `path:line:column: severity[rule] message`, one line a finding, for editors and for grep.

use std::io::{self, Write};

use super::{Report, Run, printable};

/// One line a finding.
#[derive(Clone, Copy, Debug)]
pub struct Short;

impl Report for Short {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for draft in &run.drafts {
            for finding in &draft.outcome.findings {
                let place = draft.source.position(finding.span.start());
                writeln!(
                    out,
                    "{}:{}:{}: {}[{}] {}",
                    printable(&draft.source.path),
                    place.line,
                    place.column,
                    finding.severity.word(),
                    finding.rule,
                    printable(&finding.message)
                )?;
            }
        }
        Ok(())
    }
}
