//! The fact checker's list: every checkable fact of a draft, what it was read as, what it was checked against, and
//! what came of it.
//!
//! A draft with its cases and findings comes in; [`Fact`]s go out, in reading order. `factlint facts` prints them, an
//! editor shows them where the pointer is.

mod gather;
mod read;

pub use gather::gather;
pub use read::{kind_of, read_as};

use std::sync::Arc;

use crate::source::Span;

/// What came of checking a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// There was nothing to hold it against.
    Unchecked,
    /// It was looked at, and can be neither confirmed nor denied.
    CannotTell,
    /// All that it was held against agrees.
    Agrees,
    /// Something contradicts it.
    Contradicts,
}

impl Standing {
    /// All of them, the worst first.
    pub const ALL: [Standing; 4] = [Standing::Contradicts, Standing::CannotTell, Standing::Unchecked, Standing::Agrees];

    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Unchecked => "unchecked",
            Standing::CannotTell => "cannot-tell",
            Standing::Agrees => "agrees",
            Standing::Contradicts => "contradicts",
        }
    }
}

/// One thing that a fact was checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The rule that asked; none where none could.
    pub rule: Option<Arc<str>>,
    /// What came of it.
    pub standing: Standing,
    /// What it was held against, or the message of the finding.
    pub text: String,
    /// Where that stands in the draft, where it does.
    pub against: Vec<Span>,
}

/// A fact of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Where it stands.
    pub span: Span,
    /// `date`, `percentage`, `person` …
    pub kind: &'static str,
    /// Its words, as they stand.
    pub words: String,
    /// What factlint reads there, in English.
    pub read: String,
    /// It stands inside quotation marks.
    pub quoted: bool,
    /// What it was checked against.
    pub checked: Vec<Checked>,
    /// Where else the same is said, for a name in a list that has each name once.
    pub again: Vec<Span>,
}

impl Fact {
    /// What came of all checks: the worst that any says, and agreement before silence.
    pub fn standing(&self) -> Standing {
        let has = |standing| self.checked.iter().any(|checked| checked.standing == standing);
        [Standing::Contradicts, Standing::Agrees, Standing::CannotTell]
            .into_iter()
            .find(|standing| has(*standing))
            .unwrap_or(Standing::Unchecked)
    }
}

/// The list with each name once: later uses, where nothing else is known of them, are added to the first.
pub fn once(facts: Vec<Fact>) -> Vec<Fact> {
    let mut list: Vec<Fact> = Vec::with_capacity(facts.len());
    let mut first: rustc_hash::FxHashMap<(&'static str, String), usize> = rustc_hash::FxHashMap::default();
    for fact in facts {
        if fact.checked.is_empty() && read::NAMES.contains(&fact.kind) {
            let key = (fact.kind, fact.words.clone());
            if let Some(earlier) = first.get(&key).and_then(|at| list.get_mut(*at)) {
                earlier.again.push(fact.span);
                continue;
            }
            first.insert(key, list.len());
        }
        list.push(fact);
    }
    list
}

#[cfg(test)]
mod tests;
