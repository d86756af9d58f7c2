//! Guards: what lets a match pass, and what it needs besides.
//!
//! Conditions over the match, and patterns in a scope around it. All kinds of check ask here, so that a scope means the
//! same to each.

use factlint_rules::check::{Guard, Scope};
use factlint_rules::program::Program;

use super::kept::Kept;
use super::matcher::{is_in, matches_at};
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

/// As [`is_silent`], of some of the guards: those of the list that lets pass are counted first, then those of what is required.
pub fn is_silent_of(
    programs: &RulePrograms,
    unless: &[Guard],
    require: &[Guard],
    place: Place,
    cx: &Context,
    asked: impl Fn(usize) -> bool,
) -> bool {
    let met = |guard: &Guard, program: &Option<Program>| match (guard, program) {
        (Guard::Condition(condition), _) => holds(condition, cx),
        (Guard::Pattern(scope, _), Some(program)) => stands(*scope, program, place, cx),
        (Guard::Pattern(..), None) => false,
    };
    let mut lets_pass = unless.iter().zip(&programs.unless).enumerate();
    let mut required = require.iter().zip(&programs.require).enumerate();
    lets_pass.any(|(number, (guard, program))| asked(number) && met(guard, program))
        || required.any(|(number, (guard, program))| asked(unless.len() + number) && !met(guard, program))
}

fn stands(scope: Scope, program: &Program, place: Place, cx: &Context) -> bool {
    let Place { passage, first, end } = place;
    let has = |passage: &Passage| Kept::of(passage).features(passage).have(program.needs());
    if scope != Scope::Document && !has(passage) {
        return false;
    }
    let count = passage.tokens.len();
    let (from, to) = passage.sentence_around(first);
    let to = to.max(end);
    match scope {
        Scope::After => !matches_at(program, passage, end, count).is_empty(),
        Scope::Before => (first.saturating_sub(12)..first)
            .any(|at| matches_at(program, passage, at, first).iter().any(|found| found.end == first)),
        Scope::Inside => is_in(program, passage, first, end, end),
        Scope::Sentence => is_in(program, passage, from, to, to),
        Scope::Earlier => is_in(program, passage, from, first, first),
        Scope::Later => is_in(program, passage, end, to, to),
        Scope::Paragraph => is_in(program, passage, 0, count, count),
        Scope::Document => cx.draft.passages().iter().filter(|passage| has(passage)).any(|passage| {
            let count = passage.tokens.len();
            is_in(program, passage, 0, count, count)
        }),
    }
}
