//! `regex`: a regular expression over a block’s text, for what is really about letters.
//!
//! One pass over the block finds the triggers of all such rules; only a rule whose trigger is there is tried, and its sieve
//! tells first whether the expression can match at all. Named groups are slots.

use std::sync::OnceLock;

use factlint_rules::Rule;
use factlint_rules::check::{Check, RegexCheck};
use factlint_rules::sieve::may_match;
use rustc_hash::FxHashMap;

use super::case::{Accused, Case, Verdict};
use super::guards::{self, Place};
use super::kept::Kept;
use super::plan::{Plan, RulePrograms, RuleSet};
use crate::expressions::{Context, Value, Words, evaluate, holds};
use crate::mentions::{Draft, Passage};

/// Letters without which a rule's expression matches nothing.
#[derive(Debug)]
struct Trigger {
    letters: String,
    /// Where in them the bytes of its key stand.
    key: usize,
    /// The place of the rule in [`Letters::rules`].
    own: usize,
    /// The expression does not tell capitals from small letters.
    any_case: bool,
}

impl Trigger {
    /// Stands it in the text, the bytes of its key at that place?
    fn stands(&self, text: &[u8], at: usize) -> bool {
        let letters = self.letters.as_bytes();
        let start = at.checked_sub(self.key);
        match start.and_then(|start| text.get(start..start + letters.len())) {
            Some(text) if self.any_case => text.eq_ignore_ascii_case(letters),
            text => text == Some(letters),
        }
    }
}

/// The regular expressions of all rules.
#[derive(Debug)]
pub struct Letters {
    /// Places of rules, each with its expression.
    rules: Vec<(usize, OnceLock<Option<regex::Regex>>)>,
    /// Triggers of one byte, and whose they are: places in [`Letters::rules`].
    single: Vec<(u8, usize)>,
    /// One bit for the first two bytes of the key of each longer one.
    pairs: Box<[u64; 1 << (16 - 6)]>,
    /// One bit for the key of each longer one, at its [`place`]: of the places of a text few have such a bit.
    marks: Box<[u64; 1 << (MARKS - 6)]>,
    /// The longer ones, by their keys: three of their bytes, the rarest in a row, or all two.
    triggers: FxHashMap<u32, Vec<Trigger>>,
}

/// Keys share so many bits.
const MARKS: u32 = 16;

/// The place of a key among [`Letters::marks`]: its highest bits when it is spread by the golden ratio (Knuth, The Art of
/// Computer Programming, vol. 3, 6.4).
#[inline]
fn place(key: u32) -> (usize, u64) {
    let place = (key.wrapping_mul(0x9E37_79B1) >> (32 - MARKS)) as usize;
    (place / 64, 1 << (place % 64))
}

/// How common the first three bytes are in a text, roughly.
fn commonness(bytes: &[u8]) -> usize {
    const COMMON: &[u8] = b"zjxqkvbwpygmfculdhrstnioa e";
    let common = |byte: &u8| COMMON.iter().position(|common| common == byte).map_or(0, |at| at + 1);
    bytes.iter().take(2).map(common).product()
}

impl Letters {
    /// Gathers the rules that have a regular expression; nothing is compiled yet.
    pub fn new(rules: &[Rule]) -> Letters {
        let triggers = FxHashMap::default();
        let (pairs, marks) = (Box::new([0; _]), Box::new([0; _]));
        let mut letters = Letters { rules: Vec::new(), single: Vec::new(), pairs, marks, triggers };
        for (place, rule) in rules.iter().enumerate() {
            let triggers = &rule.triggers;
            if !triggers.letters.is_empty() {
                triggers.letters.iter().for_each(|trigger| letters.add(trigger, triggers.any_case));
                letters.rules.push((place, OnceLock::new()));
            }
        }
        letters
    }

    /// Adds a trigger of the rule that is the next.
    fn add(&mut self, trigger: &str, any_case: bool) {
        let cases = |byte: u8| {
            let (small, large) =
                if any_case { (byte.to_ascii_lowercase(), byte.to_ascii_uppercase()) } else { (byte, byte) };
            std::iter::once(small).chain((small != large).then_some(large))
        };
        let own = self.rules.len();
        match trigger.as_bytes() {
            [] => {}
            [one] => self.single.extend(cases(*one).map(|byte| (byte, own))),
            letters => {
                let places = 0..letters.len().saturating_sub(2).max(1);
                let own_key = places.min_by_key(|at| commonness(&letters[*at..])).unwrap_or_default();
                let mut keys = vec![0_u32];
                for byte in letters[own_key..].iter().take(3) {
                    let with = |key: &u32| {
                        let key = *key;
                        cases(*byte).map(move |byte| key << 8 | u32::from(byte))
                    };
                    keys = keys.iter().flat_map(with).collect();
                }
                for key in keys {
                    let pair = (if letters.len() > 2 { key >> 8 } else { key }) as usize;
                    self.pairs[pair / 64] |= 1 << (pair % 64);
                    let (word, bit) = place(key);
                    self.marks[word] |= bit;
                    let trigger = Trigger { letters: trigger.to_owned(), key: own_key, own, any_case };
                    self.triggers.entry(key).or_default().push(trigger);
                }
            }
        }
    }

    /// The places in [`Letters::rules`] of those that have a trigger in the text.
    fn candidates(&self, text: &str) -> Vec<usize> {
        let text = text.as_bytes();
        let mut found = vec![false; self.rules.len()];
        let mut has = [false; 256];
        let mut pair = 0_usize;
        for (at, byte) in text.iter().enumerate() {
            has[usize::from(*byte)] = true;
            pair = (pair << 8 | usize::from(*byte)) & 0xFFFF;
            if self.pairs[pair / 64] & 1 << (pair % 64) == 0 {
                continue;
            }
            let Some(start) = at.checked_sub(1) else { continue };
            let third = text.get(at + 1).map(|third| (pair as u32) << 8 | u32::from(*third));
            for key in [Some(pair as u32), third].into_iter().flatten() {
                let (word, bit) = place(key);
                if self.marks[word] & bit != 0 {
                    for trigger in self.triggers.get(&key).into_iter().flatten() {
                        found[trigger.own] = found[trigger.own] || trigger.stands(text, start);
                    }
                }
            }
        }
        for (byte, own) in &self.single {
            found[*own] |= has[usize::from(*byte)];
        }
        (0..self.rules.len()).filter(|own| found[*own]).collect()
    }
}

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let letters = &rules.letters;
    for passage in draft.passages() {
        let mut open = Vec::new();
        let kept = Kept::of(passage);
        let known = kept.letters.get();
        for own in known.cloned().unwrap_or_else(|| letters.candidates(passage.text())) {
            let (place, compiled) = &letters.rules[own];
            let rule = &rules.rules()[*place];
            let applies = rule.triggers.blocks & 1 << passage.block.kind as u8 != 0;
            if !applies || !plan.runs(*place) || !rule.runs_in(&passage.lexicon.language) {
                continue;
            }
            let Check::Regex(check) = &*rule.check else { continue };
            if !may_match(&check.sieve, passage.text()) {
                continue;
            }
            let Some(regex) = compiled.get_or_init(|| regex::Regex::new(&check.regex).ok()) else { continue };
            let programs = rules.programs(*place);
            let before = cases.len();
            let ((), looked_around) = draft.watch(|| {
                for captures in regex.captures_iter(passage.text()) {
                    cases.extend(judge(draft, passage, rule, check, programs, &captures));
                }
            });
            if looked_around || cases.len() > before {
                open.push(own);
            }
        }
        kept.letters.get_or_init(|| open);
    }
}

fn judge<'r>(
    draft: &Draft,
    passage: &Passage,
    rule: &'r Rule,
    check: &'r RegexCheck,
    programs: &RulePrograms,
    captures: &regex::Captures,
) -> Option<Case<'r>> {
    let words = |found: regex::Match| Words::letters(passage, found.start(), found.end());
    let whole = words(captures.get(0)?);
    let mut vars: Vec<(&'r str, Value)> = Vec::with_capacity(check.groups.len() + 1);
    for group in &check.groups {
        let value = captures.name(group).map_or(Value::Unknown, |found| Value::Words(words(found)));
        vars.push((group.as_str(), value));
    }
    vars.push(("match", Value::Words(whole)));
    let cx = Context { draft, passage: passage.index, vars: &vars };
    if !rule.applies.as_ref().is_none_or(|condition| holds(condition, &cx)) {
        return None;
    }
    let place = Place { passage, first: whole.first as usize, end: whole.end as usize };
    if guards::is_silent(programs, &check.unless, &check.require, place, &cx) {
        return None;
    }
    let verdict = match &rule.claim {
        None => Verdict::Contradicts,
        Some(claim) if evaluate(claim, &cx).truth()? => Verdict::Holds,
        Some(_) => Verdict::Contradicts,
    };
    let accused = check.judge.as_ref().and_then(|name| captures.name(name)).map_or(whole, words);
    Some(Case::new(rule, Accused::Words(accused), verdict, vars))
}
