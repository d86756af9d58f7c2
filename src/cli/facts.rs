//! `factlint facts`: the fact checker's list of one draft.

use std::io::{self, Write};

use super::Verdict;
use super::args::{FactsArgs, FactsFormat};
use super::check::{Task, format_of, read, undecodable};
use super::inputs::collect;
use super::setup::{Setups, reason, unknown_language};
use super::terminal::look;
use crate::facts::once;
use crate::report::facts::{FactList, write_csv, write_json, write_markdown, write_table};
use crate::report::{Pretty, Trouble};
use crate::source::Source;

pub fn run(args: &FactsArgs, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut setups = Setups::new(&args.source, None);
    let mut troubles = Vec::new();
    if args.path.is_dir() {
        troubles.push(Trouble::new(args.path.to_string_lossy(), "is a folder; name one draft"));
    }
    let list = if troubles.is_empty() { list(args, &mut setups, &mut troubles) } else { None };
    troubles.append(&mut setups.troubles);
    let pretty = Pretty { look: look(args.color), quiet: true };
    for trouble in &troubles {
        pretty.trouble(trouble, &mut io::stderr())?;
    }
    if let Some(list) = list {
        match args.format {
            FactsFormat::Table => write_table(&list, look(args.color), out)?,
            FactsFormat::Json => write_json(&list, out)?,
            FactsFormat::Csv => write_csv(&list, out)?,
            FactsFormat::Markdown => write_markdown(&list, out)?,
        }
    }
    Ok(if troubles.is_empty() { Verdict::Clean } else { Verdict::Failed })
}

/// Reads and checks the draft.
fn list(args: &FactsArgs, setups: &mut Setups, troubles: &mut Vec<Trouble>) -> Option<FactList> {
    let (inputs, more) = collect(std::slice::from_ref(&args.path), &args.stdin_name, setups);
    troubles.extend(more);
    let Some(input) = inputs.into_iter().next() else {
        troubles.push(Trouble::new(args.path.to_string_lossy(), "is left out by “exclude” in the configuration"));
        return None;
    };
    let setup = setups.of(&input.absolute);
    let (mut settings, stets) = setup.settings_for(&input.absolute);
    settings.date = args.date;
    match unknown_language(setup.linter.pack(), args.lang.as_deref()) {
        Some(trouble) => troubles.push(trouble),
        None => settings.language.clone_from(&args.lang),
    }
    let bytes = match read(input.path.as_deref()) {
        Ok(bytes) => bytes,
        Err(error) => {
            troubles.push(Trouble::new(&input.shown, format!("cannot be read: {}", reason(&error))));
            return None;
        }
    };
    let task = Task { input, setup, settings, stets };
    let source = match Source::decode(&task.input.shown, bytes) {
        Ok(source) => source,
        Err(error) => {
            troubles.push(undecodable(&task, &error));
            return None;
        }
    };
    let format = format_of(&task.input.absolute);
    let (outcome, facts) = task.setup.linter.facts(&source, format, &task.settings);
    Some(FactList { source, name: task.input.name, facts: once(facts), outcome })
}
