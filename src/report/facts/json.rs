//! `json`: one document with every fact, its keys stable, places as in the findings' JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::FactList;
use crate::facts::{Checked, Fact, Standing};
use crate::report::record::Place;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    path: &'a str,
    language: Option<&'a str>,
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'a str>,
    facts: Vec<Record<'a>>,
    summary: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct Record<'a> {
    kind: &'a str,
    words: &'a str,
    read: &'a str,
    verdict: &'a str,
    quoted: bool,
    #[serde(flatten)]
    place: Place,
    checked: Vec<CheckedRecord<'a>>,
    again: Vec<Place>,
}

#[derive(Serialize)]
struct CheckedRecord<'a> {
    rule: Option<&'a str>,
    verdict: &'a str,
    text: &'a str,
    against: Vec<Against<'a>>,
}

#[derive(Serialize)]
struct Against<'a> {
    words: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// Writes the list as JSON.
pub fn write_json(list: &FactList, out: &mut dyn Write) -> io::Result<()> {
    let count = |standing| list.facts.iter().filter(|fact| fact.standing() == standing).count();
    let output = Output {
        version: 1,
        path: &list.name,
        language: list.outcome.language.as_ref().map(|language| &*language.code),
        date: list.outcome.date.map(|date| date.date.to_string()),
        encoding: list.source.encoding,
        facts: list.facts.iter().map(|fact| record(list, fact)).collect(),
        summary: Standing::ALL.into_iter().map(|standing| (standing.word().into(), count(standing).into())).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &output)?;
    writeln!(out)
}

fn record<'a>(list: &'a FactList, fact: &'a Fact) -> Record<'a> {
    let checked = |checked: &'a Checked| CheckedRecord {
        rule: checked.rule.as_deref(),
        verdict: checked.standing.word(),
        text: &checked.text,
        against: checked
            .against
            .iter()
            .map(|span| Against { words: list.source.slice(*span), place: Place::in_source(&list.source, *span) })
            .collect(),
    };
    Record {
        kind: fact.kind,
        words: &fact.words,
        read: &fact.read,
        verdict: fact.standing().word(),
        quoted: fact.quoted,
        place: Place::in_source(&list.source, fact.span),
        checked: fact.checked.iter().map(checked).collect(),
        again: fact.again.iter().map(|span| Place::in_source(&list.source, *span)).collect(),
    }
}
