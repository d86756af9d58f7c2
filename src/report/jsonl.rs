//! `jsonl`: one finding object a line, and nothing else.

use std::io::{self, Write};

use super::record::records;
use super::{Report, Run};

/// One JSON object a line.
#[derive(Clone, Copy, Debug)]
pub struct JsonLines;

impl Report for JsonLines {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        for record in run.drafts.iter().flat_map(records) {
            serde_json::to_writer(&mut *out, &record)?;
            writeln!(out)?;
        }
        Ok(())
    }
}
