//! `block`: is the block where and what it should be?
//!
//! Each block of the kinds that a rule names is asked by itself, with its neighbours and with the earlier block that
//! says the same (`twin`) at hand.

use factlint_rules::Rule;
use factlint_rules::check::{BlockCheck, Check};
use factlint_rules::rule::CheckKind;
use factlint_rules::token::{Shape, TokenKind};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use super::case::{Accused, Case, Verdict};
use super::guards::{self, Place};
use super::plan::{Plan, RulePrograms, RuleSet};
use crate::document::BlockKind;
use crate::expressions::{Context, Value, Words, evaluate, holds};
use crate::mentions::{Draft, Passage};

/// Tokens of a block that is long enough to be repeated by mistake only.
const SHORTEST: usize = 8;
/// The same of a sentence: short ones are repeated on purpose.
const SHORTEST_SENTENCE: usize = 11;
/// The same of a sentence that stands right behind itself.
const SHORTEST_AT_ONCE: usize = 5;
/// Words of a paragraph that is long enough to be two versions of one.
const SHORTEST_DOUBLE: usize = 16;
/// So many blocks before, its other version stands.
const NEAR: usize = 3;
/// As often a slip says something.
const TWICE: usize = 2;

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let mut twins = None;
    let mut doubles = None;
    let mut by_kind: FxHashMap<&str, Vec<&Passage>> = FxHashMap::default();
    for passage in draft.passages() {
        by_kind.entry(passage.block.kind.word()).or_default().push(passage);
    }
    for (place, rule) in rules.of_kind(CheckKind::Block, plan) {
        let Check::Block(check) = &*rule.check else { continue };
        let twins = twins.get_or_insert_with(|| find_twins(draft));
        let doubles = doubles.get_or_insert_with(|| find_doubles(draft));
        let programs = rules.programs(place);
        if check.of.iter().any(|kind| kind == "sentence") {
            for (culprit, twin) in sentence_twins(draft, twins) {
                let passage = &draft.passages()[culprit.passage];
                if rule.runs_in(&passage.lexicon.language) {
                    let vars = vec![("culprit", Value::Words(culprit)), ("twin", Value::Words(twin))];
                    cases.extend(judge(draft, passage, rule, check, programs, Accused::Words(culprit), vars));
                }
            }
            continue;
        }
        let of_kinds = check.of.iter().filter_map(|kind| by_kind.get(kind.as_str())).flatten();
        for passage in of_kinds.filter(|passage| rule.runs_in(&passage.lexicon.language)) {
            let accused = Accused::Block(passage.index);
            let vars = neighbours(draft, passage, twins, doubles);
            cases.extend(judge(draft, passage, rule, check, programs, accused, vars));
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
    let cx = Context { draft, passage: passage.index, vars: &vars };
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

fn neighbours<'r>(
    draft: &Draft,
    passage: &Passage,
    twins: &FxHashMap<usize, usize>,
    doubles: &FxHashMap<usize, usize>,
) -> Vec<(&'r str, Value)> {
    let at = passage.index;
    let block = |at: Option<usize>| at.filter(|at| *at < draft.passages().len()).map_or(Value::Unknown, Value::Block);
    vec![
        ("culprit", Value::Block(at)),
        ("previous", block(at.checked_sub(1))),
        ("next", block(Some(at + 1))),
        ("twin", block(twins.get(&at).copied())),
        ("double", block(doubles.get(&at).copied())),
    ]
}

/// Is the block a headline or heading, which keeps other rules of capitals?
pub(super) fn is_heading(passage: &Passage) -> bool {
    matches!(passage.block.kind, BlockKind::Headline | BlockKind::Heading)
}

/// For each block that an earlier one says word for word: that one. Blanks and capitals make no difference.
fn find_twins(draft: &Draft) -> FxHashMap<usize, usize> {
    let all = |passage: &Passage| Words::tokens(passage.index, 0, passage.tokens.len());
    let long = draft.passages().iter().filter(|passage| passage.tokens.len() >= SHORTEST);
    pairs(draft, long.map(all)).into_iter().map(|(twin, first)| (twin.passage, first.passage)).collect()
}

/// Each stretch that an earlier one says word for word, and that one. What stands three times and more is a formula.
fn pairs(draft: &Draft, stretches: impl Iterator<Item = Words>) -> Vec<(Words, Words)> {
    let mut first: FxHashMap<u64, (Words, usize)> = FxHashMap::default();
    let mut found = Vec::new();
    for words in stretches {
        let key = key(&draft.passages()[words.passage], words.first as usize..words.end as usize);
        let (earlier, times) = first.entry(key).or_insert((words, 0));
        *times += 1;
        if *times > 1 && say_the_same(draft, earlier, &words) {
            found.push((words, *earlier, key));
        }
    }
    found.retain(|(.., key)| first.get(key).is_some_and(|(_, times)| *times <= TWICE));
    found.into_iter().map(|(words, earlier, _)| (words, earlier)).collect()
}

/// For each paragraph that one of the few before it says too, but for some words in one place: that one. A version that
/// was mended stands so beside the one that it was to replace. Where a figure or a name differs, they are two facts.
fn find_doubles(draft: &Draft) -> FxHashMap<usize, usize> {
    let words = |passage: &Passage| passage.tokens.iter().filter(|token| token.kind == TokenKind::Word).count();
    let long = |passage: &&Passage| passage.block.kind == BlockKind::Paragraph && words(passage) >= SHORTEST_DOUBLE;
    // The entries of a manual say the same of two things, each after its name.
    let named = |passage: &Passage| {
        passage.index.checked_sub(1).is_some_and(|before| words(&draft.passages()[before]) < SHORTEST_DOUBLE / 2)
    };
    let mut doubles = FxHashMap::default();
    for passage in draft.passages().iter().filter(long).filter(|passage| !named(passage)) {
        let near = &draft.passages()[passage.index.saturating_sub(NEAR)..passage.index];
        if let Some(double) = near.iter().rev().filter(long).find(|other| are_doubles(other, passage)) {
            doubles.insert(passage.index, double.index);
        }
    }
    doubles
}

fn are_doubles(a: &Passage, b: &Passage) -> bool {
    let (long, short) = (a.tokens.len().max(b.tokens.len()), a.tokens.len().min(b.tokens.len()));
    let same = |(at, other): (usize, usize)| a.word(at).eq_ignore_ascii_case(b.word(other));
    let front = (0..short).take_while(|at| same((*at, *at))).count();
    let back = (1..=short - front).take_while(|at| same((a.tokens.len() - at, b.tokens.len() - at))).count();
    let changed = |passage: &Passage| front..passage.tokens.len() - back;
    let plain = |passage: &Passage| {
        changed(passage)
            .all(|at| passage.tokens[at].shape == Shape::Lower || passage.tokens[at].kind == TokenKind::Sign)
    };
    // One place, an eighth of the whole at most, and neither the first words nor the last.
    front > 0 && back > 1 && (1..=long / 8).contains(&(long - front - back)) && plain(a) && plain(b)
}

/// Each sentence of a paragraph that an earlier sentence says word for word, and that one; not of paragraphs that are
/// twins as a whole.
fn sentence_twins(draft: &Draft, twins: &FxHashMap<usize, usize>) -> Vec<(Words, Words)> {
    let paragraphs = draft.passages().iter().filter(|passage| passage.block.kind == BlockKind::Paragraph);
    let paragraphs = paragraphs.filter(|passage| !twins.contains_key(&passage.index));
    let sentences = paragraphs.clone().flat_map(|passage| {
        let long = passage.sentences.iter().filter(|sentence| sentence.len() >= SHORTEST_SENTENCE);
        long.map(|sentence| Words::tokens(passage.index, sentence.start as usize, sentence.end as usize))
    });
    let mut found = pairs(draft, sentences);
    found.extend(paragraphs.flat_map(|passage| said_twice_at_once(draft, passage)));
    found
}

/// The short sentences of a paragraph that stand right behind themselves, and the first of the two. What is said three
/// times is said so on purpose.
fn said_twice_at_once(draft: &Draft, passage: &Passage) -> Vec<(Words, Words)> {
    let words = |at: usize| {
        let sentence = passage.sentences.get(at)?;
        Some(Words::tokens(passage.index, sentence.start as usize, sentence.end as usize))
    };
    let same = |at: usize| matches!((words(at), words(at + 1)), (Some(a), Some(b)) if say_the_same(draft, &a, &b));
    // No cry and no question: those are repeated for their own sake.
    let short = |at: &usize| {
        let sentence = &passage.sentences[*at];
        (SHORTEST_AT_ONCE..SHORTEST_SENTENCE).contains(&sentence.len())
            && passage.is_sign(sentence.end as usize - 1, '.')
    };
    let pairs = (0..passage.sentences.len().saturating_sub(1)).filter(short).filter(|at| same(*at));
    let pairs = pairs.filter(|at| !same(at + 1) && at.checked_sub(1).is_none_or(|before| !same(before)));
    pairs.filter_map(|at| Some((words(at + 1)?, words(at)?))).collect()
}

/// The key of a stretch of tokens, whatever its capitals.
fn key(passage: &Passage, range: std::ops::Range<usize>) -> u64 {
    let mut hasher = FxHasher::default();
    passage.keys[range].iter().for_each(|key| hasher.write_u64(*key));
    hasher.finish()
}

fn say_the_same(draft: &Draft, a: &Words, b: &Words) -> bool {
    let word = |words: &Words, at: u32| draft.passages()[words.passage].word((words.first + at) as usize);
    let count = a.end - a.first;
    count == b.end - b.first && (0..count).all(|at| word(a, at).eq_ignore_ascii_case(word(b, at)))
}
