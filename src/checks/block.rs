//! `block`: is the block where and what it should be?
//!
//! Each block of the kinds that a rule names is asked by itself, with its neighbours and with the earlier block that
//! says the same (`twin`) at hand.

use factlint_rules::Rule;
use factlint_rules::check::{BlockCheck, Check};
use rustc_hash::FxHashMap;

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
    for (place, rule) in rules.rules.iter().enumerate() {
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
    if guards::is_silent(programs, &check.unless, &[], Place { passage, first: 0, end: passage.tokens.len() }, &cx) {
        return None;
    }
    let verdict = match &rule.claim {
        None => Verdict::Contradicts,
        Some(claim) => match evaluate(claim, &cx).truth()? {
            true => Verdict::Holds,
            false => Verdict::Contradicts,
        },
    };
    Some(Case::new(rule, Accused::Block(at), verdict, vars))
}

/// Is the block a headline or heading, which keeps other rules of capitals?
pub(super) fn is_heading(passage: &Passage) -> bool {
    matches!(passage.block.kind, BlockKind::Headline | BlockKind::Heading)
}

/// For each block that an earlier one says word for word: that one. Blanks and capitals make no difference.
fn find_twins(draft: &Draft) -> FxHashMap<usize, usize> {
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    let mut twins = FxHashMap::default();
    for passage in &draft.passages {
        if passage.tokens.len() < 8 {
            continue;
        }
        let mut key = String::with_capacity(passage.text().len());
        for at in 0..passage.tokens.len() {
            key.push_str(passage.word(at));
            key.push(' ');
        }
        key.make_ascii_lowercase();
        match first.get(&key) {
            Some(earlier) => {
                twins.insert(passage.index, *earlier);
            }
            None => {
                first.insert(key, passage.index);
            }
        }
    }
    twins
}
