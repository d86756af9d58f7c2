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
use crate::expressions::{Context, Value, Words, evaluate, holds};
use crate::mentions::{Draft, Passage};

/// Tokens of a block that is long enough to be repeated by mistake only.
const SHORTEST: usize = 8;
/// The same of a sentence: short ones are repeated on purpose.
const SHORTEST_SENTENCE: usize = 11;

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
        if check.of.iter().any(|kind| kind == "sentence") {
            for (culprit, twin) in sentence_twins(draft, twins) {
                let passage = &draft.passages[culprit.passage];
                if runs_here(rule, passage) {
                    let vars = vec![("culprit", Value::Words(culprit)), ("twin", Value::Words(twin))];
                    cases.extend(judge(draft, passage, rule, check, programs, Accused::Words(culprit), vars));
                }
            }
            continue;
        }
        for passage in &draft.passages {
            if check.of.iter().any(|kind| kind == passage.block.kind.word()) && runs_here(rule, passage) {
                let accused = Accused::Block(passage.index);
                cases.extend(judge(draft, passage, rule, check, programs, accused, neighbours(draft, passage, twins)));
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
    accused: Accused,
    vars: Vec<(&'r str, Value)>,
) -> Option<Case<'r>> {
    let options = draft.settings.options.get(&rule.id).unwrap_or(&rule.options);
    let cx = Context { draft, passage: passage.index, vars: &vars, options };
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
    Some(Case::new(rule, accused, verdict, vars))
}

fn neighbours<'r>(draft: &Draft, passage: &Passage, twins: &FxHashMap<usize, usize>) -> Vec<(&'r str, Value)> {
    let at = passage.index;
    let block = |at: Option<usize>| at.filter(|at| *at < draft.passages.len()).map_or(Value::Unknown, Value::Block);
    vec![
        ("culprit", Value::Block(at)),
        ("previous", block(at.checked_sub(1))),
        ("next", block(Some(at + 1))),
        ("twin", block(twins.get(&at).copied())),
    ]
}

/// Is the block a headline or heading, which keeps other rules of capitals?
pub(super) fn is_heading(passage: &Passage) -> bool {
    matches!(passage.block.kind, BlockKind::Headline | BlockKind::Heading)
}

/// For each block that an earlier one says word for word: that one. Blanks and capitals make no difference.
fn find_twins(draft: &Draft) -> FxHashMap<usize, usize> {
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    let mut twins = FxHashMap::default();
    for passage in draft.passages.iter().filter(|passage| passage.tokens.len() >= SHORTEST) {
        let all = |passage: &Passage| Words::tokens(passage.index, 0, passage.tokens.len());
        let earlier = *first.entry(key(passage, 0..passage.tokens.len())).or_insert(passage.index);
        if earlier != passage.index && say_the_same(draft, &all(&draft.passages[earlier]), &all(passage)) {
            twins.insert(passage.index, earlier);
        }
    }
    twins
}

/// Each sentence of a paragraph that an earlier sentence says word for word, and that one; not of paragraphs that are
/// twins as a whole.
fn sentence_twins(draft: &Draft, twins: &FxHashMap<usize, usize>) -> Vec<(Words, Words)> {
    let mut first: FxHashMap<u64, Words> = FxHashMap::default();
    let mut found = Vec::new();
    let paragraphs = draft.passages.iter().filter(|passage| passage.block.kind == BlockKind::Paragraph);
    for passage in paragraphs.filter(|passage| !twins.contains_key(&passage.index)) {
        for sentence in passage.sentences.iter().filter(|sentence| sentence.len() >= SHORTEST_SENTENCE) {
            let range = sentence.start as usize..sentence.end as usize;
            let words = Words::tokens(passage.index, range.start, range.end);
            let earlier = *first.entry(key(passage, range)).or_insert(words);
            if earlier != words && say_the_same(draft, &earlier, &words) {
                found.push((words, earlier));
            }
        }
    }
    found
}

/// The key of a stretch of tokens, whatever its capitals.
fn key(passage: &Passage, range: std::ops::Range<usize>) -> u64 {
    let mut hasher = FxHasher::default();
    for at in range {
        passage.word(at).bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
        hasher.write_u8(b' ');
    }
    hasher.finish()
}

fn say_the_same(draft: &Draft, a: &Words, b: &Words) -> bool {
    let word = |words: &Words, at: u32| draft.passages[words.passage].word((words.first + at) as usize);
    let count = a.end - a.first;
    count == b.end - b.first && (0..count).all(|at| word(a, at).eq_ignore_ascii_case(word(b, at)))
}
