//! The list of a draft's facts, for the fact checker to tick off: on the terminal, as JSON, CSV or a Markdown
//! checklist.

mod json;
mod lists;
mod table;

pub use json::write_json;
pub use lists::{write_csv, write_markdown};
pub use table::write_table;

use crate::facts::{Checked, Fact, Standing};
use crate::linter::Outcome;
use crate::source::Source;

/// The facts of one draft.
#[derive(Debug)]
pub struct FactList {
    /// Its text.
    pub source: Source,
    /// Its path, as it was given.
    pub name: String,
    /// In reading order, each name once.
    pub facts: Vec<Fact>,
    /// Its language and publication date, and its findings.
    pub outcome: Outcome,
}

impl FactList {
    /// How many facts stand so, the worst first; what there is none of is left out.
    pub fn counts(&self) -> impl Iterator<Item = (Standing, usize)> {
        let count = |standing| self.facts.iter().filter(|fact| fact.standing() == standing).count();
        Standing::ALL.into_iter().map(move |standing| (standing, count(standing))).filter(|(_, count)| *count > 0)
    }

    fn place(&self, fact: &Fact) -> String {
        let position = self.source.position(fact.span.start());
        format!("{}:{}", position.line, position.column)
    }

    /// The verdict in words, with what it rests on.
    fn verdict(fact: &Fact) -> String {
        let standing = fact.standing();
        let told: Vec<&Checked> = fact.checked.iter().filter(|checked| checked.standing == standing).collect();
        let text = told.iter().map(|checked| &*checked.text).collect::<Vec<_>>().join("; ");
        match standing {
            Standing::Agrees => format!("agrees with {text}"),
            Standing::Contradicts => format!("contradicted: {text}"),
            Standing::CannotTell => format!("cannot tell: {text}"),
            Standing::Unchecked => "nothing to check against".into(),
        }
    }

    /// “3 more: 5:12, 9:40”
    fn again(&self, fact: &Fact) -> Option<String> {
        const SHOWN: usize = 4;
        if fact.again.is_empty() {
            return None;
        }
        let place = |span: &crate::source::Span| {
            let position = self.source.position(span.start());
            format!("{}:{}", position.line, position.column)
        };
        let mut places: Vec<String> = fact.again.iter().take(SHOWN).map(place).collect();
        if fact.again.len() > SHOWN {
            places.push("…".into());
        }
        Some(format!("{} more: {}", fact.again.len(), places.join(", ")))
    }

    /// What it is read as, where that says more than the words.
    fn reading(fact: &Fact) -> &str {
        if fact.read == fact.words { "" } else { &fact.read }
    }
}

/// What people read of a count.
fn counted(standing: Standing, count: usize) -> String {
    let facts = if count == 1 { "1 fact".to_owned() } else { format!("{count} facts") };
    match standing {
        Standing::Contradicts => format!("{facts} contradicted"),
        Standing::CannotTell => format!("{count} cannot be told"),
        Standing::Unchecked => format!("{count} with nothing to check against"),
        Standing::Agrees => format!("{count} that agree"),
    }
}

/// Words on one line.
fn line(text: &str) -> String {
    super::printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
