//! `json`: one document with everything, its keys stable.

use std::io::{self, Write};

use serde::Serialize;

use super::record::{Record, records};
use super::{Report, Run, Summary};

/// One JSON document.
#[derive(Clone, Copy, Debug)]
pub struct Json;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    findings: Vec<Record<'a>>,
    inputs: Vec<Input<'a>>,
    errors: Vec<ErrorRecord<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Input<'a> {
    path: &'a str,
    language: Option<&'a str>,
    language_from: Option<&'a str>,
    date: Option<String>,
    date_from: Option<&'a str>,
    not_run: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'a str>,
}

#[derive(Serialize)]
struct ErrorRecord<'a> {
    path: &'a str,
    message: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl Report for Json {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let output = Output {
            version: 1,
            findings: run.drafts.iter().flat_map(records).collect(),
            inputs: run
                .checked()
                .map(|draft| {
                    let (language, date) = (draft.outcome.language.as_ref(), draft.outcome.date);
                    Input {
                        path: &draft.name,
                        language: language.map(|language| &*language.code),
                        language_from: language.map(|language| language.from),
                        date: date.map(|date| date.date.to_string()),
                        date_from: date.map(|date| date.from),
                        not_run: &draft.outcome.not_run,
                        encoding: draft.source.encoding,
                    }
                })
                .collect(),
            errors: run
                .troubles
                .iter()
                .map(|trouble| ErrorRecord {
                    path: &trouble.path,
                    message: &trouble.message,
                    line: trouble.place.map(|place| place.0),
                    column: trouble.place.map(|place| place.1),
                    help: trouble.help.as_deref(),
                })
                .collect(),
            summary: Summary::of(run),
        };
        serde_json::to_writer_pretty(&mut *out, &output)?;
        writeln!(out)
    }

    fn tells_troubles(&self) -> bool {
        true
    }
}
