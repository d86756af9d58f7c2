//! Guards: what lets a match pass, and what it needs besides.
//!
//! Conditions over the match, and patterns in a scope around it. All kinds of check ask here, so that a scope means the
//! same to each.

use factlint_rules::check::{Guard, Scope};

use super::matcher::Program;
use super::plan::RulePrograms;
use crate::expressions::{Context, holds};
use crate::mentions::Passage;

/// The words around which guards look.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p, 'd> {
    /// Their passage.
    pub passage: &'p Passage<'d>,
    /// The first token.
    pub first: usize,
    /// The token after the last.
    pub end: usize,
}

/// Is a rule silent here: does a guard let the words pass, or is something missing that it requires?
pub fn is_silent(programs: &RulePrograms, unless: &[Guard], require: &[Guard], place: Place, cx: &Context) -> bool {
    is_silent_of(programs, unless, require, place, cx, |_| true)
}

/// As [`is_silent`], of some of the guards.
pub fn is_silent_of(
    programs: &RulePrograms,
    unless: &[Guard],
    require: &[Guard],
    place: Place,
    cx: &Context,
    asked: impl Fn(&Guard) -> bool,
) -> bool {
    let met = |(guard, program): (&Guard, &Option<Program>)| match (guard, program) {
        (Guard::Condition(condition), _) => holds(condition, cx),
        (Guard::Pattern(scope, _), Some(program)) => stands(*scope, program, place, cx),
        (Guard::Pattern(..), None) => false,
    };
    let asked = |(guard, _): &(&Guard, &Option<Program>)| asked(guard);
    unless.iter().zip(&programs.unless).filter(asked).any(met)
        || !require.iter().zip(&programs.require).filter(asked).all(met)
}

fn stands(scope: Scope, program: &Program, place: Place, cx: &Context) -> bool {
    let Place { passage, first, end } = place;
    let count = passage.tokens.len();
    let (from, to) = match passage.sentences.get(passage.sentence_of(first)) {
        Some(sentence) => (sentence.start as usize, (sentence.end as usize).max(end)),
        None => (0, count),
    };
    match scope {
        Scope::After => !program.matches_at(passage, end, count).is_empty(),
        Scope::Before => (first.saturating_sub(12)..first)
            .any(|at| program.matches_at(passage, at, first).iter().any(|found| found.end == first)),
        Scope::Inside => program.is_in(passage, first, end, end),
        Scope::Sentence => program.is_in(passage, from, to, to),
        Scope::Earlier => program.is_in(passage, from, first, first),
        Scope::Later => program.is_in(passage, end, to, to),
        Scope::Paragraph => program.is_in(passage, 0, count, count),
        Scope::Document => cx.draft.passages().iter().any(|passage| {
            let count = passage.tokens.len();
            program.is_in(passage, 0, count, count)
        }),
    }
}
