//! `regex`: a regular expression over a block’s text, for what is really about letters.
//!
//! One automaton finds the triggers of all such rules in one pass over the block; only a rule whose trigger is there is
//! tried, and its expression is compiled when that first happens. Named groups are slots.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use factlint_rules::Rule;
use factlint_rules::check::{Check, RegexCheck};

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
    /// The place of the rule in [`Letters::rules`].
    own: usize,
    /// The expression does not tell capitals from small letters.
    any_case: bool,
}

/// The regular expressions of all rules.
#[derive(Debug)]
pub struct Letters {
    /// Places of rules, each with its expression.
    rules: Vec<(usize, OnceLock<Option<regex::Regex>>)>,
    /// All triggers, each with the place of its rule in `rules`.
    triggers: Vec<Trigger>,
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Letters {
    /// Gathers the rules that have a regular expression; nothing is compiled yet.
    pub fn new(rules: &[Rule]) -> Letters {
        let mut letters = Letters { rules: Vec::new(), triggers: Vec::new(), finder: OnceLock::new() };
        for (place, rule) in rules.iter().enumerate() {
            if let Check::Regex(check) = &rule.check {
                let own = letters.rules.len();
                let any_case = check.regex.contains("(?i");
                let triggers = check.triggers.iter().cloned();
                letters.triggers.extend(triggers.map(|letters| Trigger { letters, own, any_case }));
                letters.rules.push((place, OnceLock::new()));
            }
        }
        letters
    }

    /// The places in [`Letters::rules`] of those that have a trigger in the text.
    fn candidates(&self, text: &str) -> Vec<usize> {
        let mut found = vec![false; self.rules.len()];
        let finder = self.finder.get_or_init(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .ascii_case_insensitive(true)
                .build(self.triggers.iter().map(|trigger| &trigger.letters))
                .ok()
        });
        let Some(finder) = finder else { return Vec::new() };
        let mut left = self.rules.len();
        for hit in finder.find_overlapping_iter(text) {
            let trigger = &self.triggers[hit.pattern().as_usize()];
            if !found[trigger.own] && (trigger.any_case || text[hit.range()] == trigger.letters) {
                found[trigger.own] = true;
                left -= 1;
                if left == 0 {
                    break;
                }
            }
        }
        (0..self.rules.len()).filter(|own| found[*own]).collect()
    }
}

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let letters = &rules.letters;
    let none = RulePrograms::default();
    for passage in draft.passages() {
        let mut open = Vec::new();
        let kept = Kept::of(passage);
        let known = kept.letters.get();
        for own in known.cloned().unwrap_or_else(|| letters.candidates(passage.text())) {
            let (place, compiled) = &letters.rules[own];
            let rule = &rules.rules()[*place];
            let Check::Regex(check) = &rule.check else { continue };
            if !plan.runs(*place) || !runs_here(rule, passage) {
                continue;
            }
            let Some(regex) = compiled.get_or_init(|| regex::Regex::new(&check.regex).ok()) else { continue };
            let programs = rules.programs[*place].as_ref().unwrap_or(&none);
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

/// A rule that names no language runs in all, the unknown one too.
pub(super) fn runs_here(rule: &Rule, passage: &Passage) -> bool {
    rule.runs_in(&passage.lexicon.language)
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
    let options = draft.settings.options.get(&rule.id).unwrap_or(&rule.options);
    let cx = Context { draft, passage: passage.index, vars: &vars, options };
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
