//! `block`: is the block where and what it should be?
//!
//! Each block of the kinds that a rule names is asked by itself, with its neighbours and with the earlier block that
//! says the same (`twin`) at hand.

use factlint_rules::Rule;
use factlint_rules::check::{BlockCheck, Check};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use super::case::{Accused, Case, Verdict};
use super::guards::{self, Place};
use super::plan::{Plan, RulePrograms, RuleSet};
use super::regex::runs_here;
use crate::document::BlockKind;
use crate::expressions::{Context, Value, evaluate, holds};
use crate::mentions::{Draft, Passage};

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let none = RulePrograms::default();
    let mut twins = None;
    for (place, rule) in rules.rules().iter().enumerate() {
        let Check::Block(check) = &rule.check else { continue };
        if !plan.runs(place) {
            continue;
        }
        let twins = twins.get_or_insert_with(|| find_twins(draft));
        let programs = rules.programs[place].as_ref().unwrap_or(&none);
        for passage in &draft.passages {
            if check.of.iter().any(|kind| kind == passage.block.kind.word()) && runs_here(rule, passage) {
                cases.extend(judge(draft, passage, rule, check, programs, twins));
            }
        }
    }
}

fn judge<'r>(
    draft: &Draft,
    passage: &Passage,
    rule: &'r Rule,
    check: &BlockCheck,
    programs: &RulePrograms,
    twins: &FxHashMap<usize, usize>,
) -> Option<Case<'r>> {
    let at = passage.index;
    let block = |at: Option<usize>| at.filter(|at| *at < draft.passages.len()).map_or(Value::Unknown, Value::Block);
    let vars = vec![
        ("culprit", Value::Block(at)),
        ("previous", block(at.checked_sub(1))),
        ("next", block(Some(at + 1))),
        ("twin", block(twins.get(&at).copied())),
    ];
    let options = draft.settings.options.get(&rule.id).unwrap_or(&rule.options);
    let cx = Context { draft, passage: at, vars: &vars, options };
    if !rule.applies.as_ref().is_none_or(|condition| holds(condition, &cx)) {
        return None;
    }
    // The claim first: most blocks are as they should be, and guards look further.
    let verdict = match &rule.claim {
        None => Verdict::Contradicts,
        Some(claim) if evaluate(claim, &cx).truth()? => Verdict::Holds,
        Some(_) => Verdict::Contradicts,
    };
    if verdict == Verdict::Contradicts
        && guards::is_silent(programs, &check.unless, &[], Place { passage, first: 0, end: passage.tokens.len() }, &cx)
    {
        return None;
    }
    Some(Case::new(rule, Accused::Block(at), verdict, vars))
}

/// Is the block a headline or heading, which keeps other rules of capitals?
pub(super) fn is_heading(passage: &Passage) -> bool {
    matches!(passage.block.kind, BlockKind::Headline | BlockKind::Heading)
}

/// For each block that an earlier one says word for word: that one. Blanks and capitals make no difference.
fn find_twins(draft: &Draft) -> FxHashMap<usize, usize> {
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    let mut twins = FxHashMap::default();
    for passage in draft.passages.iter().filter(|passage| passage.tokens.len() >= 8) {
        let mut hasher = FxHasher::default();
        for at in 0..passage.tokens.len() {
            passage.word(at).bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
            hasher.write_u8(b' ');
        }
        let earlier = *first.entry(hasher.finish()).or_insert(passage.index);
        if earlier != passage.index && draft.passages.get(earlier).is_some_and(|earlier| say_the_same(earlier, passage))
        {
            twins.insert(passage.index, earlier);
        }
    }
    twins
}

fn say_the_same(a: &Passage, b: &Passage) -> bool {
    a.tokens.len() == b.tokens.len() && (0..a.tokens.len()).all(|at| a.word(at).eq_ignore_ascii_case(b.word(at)))
}
