//! Two mentions of one thing that differ, with what speaks for a fault and against it.

use factlint_rules::Severity;

use super::index::Use;
use crate::expressions::Words;
use crate::mentions::Draft;

/// Two mentions of one thing that differ.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The words that are accused.
    pub culprit: Words,
    /// The words that it differs from, the nearest proof first.
    pub others: Vec<Words>,
    /// What the culprit would be if it agreed.
    pub preferred: String,
    /// What it is.
    pub found: String,
    /// How often the other form is used.
    pub uses: usize,
    /// How often the culprit's is.
    pub rare: usize,
    /// How sure its source is, where that is not the rule's to say.
    pub severity: Option<Severity>,
    /// The facts of the pair.
    pub facts: Vec<&'static str>,
}

impl Pair {
    /// A pair without facts.
    pub fn new(culprit: Words, other: Words, found: impl Into<String>, preferred: impl Into<String>) -> Pair {
        Pair {
            culprit,
            others: vec![other],
            preferred: preferred.into(),
            found: found.into(),
            uses: 1,
            rare: 1,
            severity: None,
            facts: Vec::new(),
        }
    }

    /// The pair of a thing's uses in two forms: the rarer form is accused, at a tie the later. None, if one has no use.
    pub fn of_forms(draft: &Draft, one: &[Words], other: &[Words]) -> Option<Pair> {
        let place = |uses: &[Words]| uses.first().map(|words| (words.passage, words.first));
        let rank = |uses: &[Words]| (uses.len(), std::cmp::Reverse(place(uses)));
        let (rare, usual) = if rank(one) < rank(other) { (one, other) } else { (other, one) };
        let (culprit, kept) = (rare.first()?, usual.first()?);
        let mut pair = Pair::new(*culprit, *kept, culprit.text(draft), kept.text(draft));
        (pair.rare, pair.uses) = (rare.len(), usual.len());
        Some(pair)
    }

    /// Adds a fact if it is one.
    pub fn fact(&mut self, name: &'static str, holds: bool) {
        if holds && !self.facts.contains(&name) {
            self.facts.push(name);
        }
    }

    /// Has it the fact?
    pub fn has(&self, name: &str) -> bool {
        self.facts.contains(&name)
    }
}

/// Uses of one form.
pub type Uses<'c, 'd> = Vec<Use<'c, 'd>>;
