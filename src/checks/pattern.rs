//! `pattern`: do mentions that stand in this form agree?
//!
//! In each sentence, each form that can match is tried from each token. Of all ways to match from a token, one whose
//! claim holds acquits; only if none does, the longest accuses. What one match explains, another of the same rule (or
//! of the same group of acquittal) does not accuse.

use factlint_rules::Rule;
use factlint_rules::check::{PatternCheck, Within};
use rustc_hash::FxHashMap;

use super::case::{Accused, Case, Verdict};
use super::guards::{self, Place};
use super::matcher::{Match, Program};
use super::plan::{Candidate, Features, FormSet, Plan, RulePrograms, RuleSet, pattern_check};
use crate::expressions::{Context, Value, Words, evaluate, holds};
use crate::mentions::{Draft, Passage};

/// Adds the cases of all forms.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let first_case = cases.len();
    let wholes: Vec<Features> =
        draft.passages.iter().map(|passage| Features::of(passage, 0, passage.tokens.len())).collect();
    let mut own = Features::default();
    let mut partners = Partners { wholes: &wholes, found: FxHashMap::default() };
    let (mut active, mut starting) = (FormSet::default(), FormSet::default());
    // By the number of a form: the token from which it is tried next.
    let mut next: Vec<usize> = Vec::new();
    for (passage, whole) in draft.passages.iter().zip(&wholes) {
        let mut candidates = rules.candidates(passage, whole, draft.lexicons);
        let kind = passage.block.kind.word();
        candidates.retain(|candidate| {
            let rule = candidate.rule as usize;
            let stands = |check: &PatternCheck| check.of.is_empty() || check.of.iter().any(|of| of == kind);
            plan.runs(rule) && pattern_check(&rules.rules()[rule]).is_some_and(stands)
        });
        let Some(last) = candidates.last() else { continue };
        for (number, sentence) in passage.sentences.iter().enumerate() {
            own.read(passage, sentence.start as usize, sentence.end as usize);
            active.clear();
            let fitting = candidates.iter().filter(|candidate| candidate.fits_sentence(&own));
            fitting.for_each(|candidate| active.insert(candidate.number));
            next.clear();
            next.resize(last.number as usize + 1, 0);
            let first_of_sentence = cases.len();
            let mut by_form: Vec<u32> = Vec::new();
            for at in sentence.start as usize..sentence.end as usize {
                rules.starting(passage, at, draft.lexicons, &mut starting);
                for form in starting.common(&active) {
                    if at >= next[form as usize] {
                        let candidate = rules.form(passage.language, form, draft.lexicons);
                        next[form as usize] =
                            try_form(draft, rules, passage, (number, at), candidate, &mut partners, cases);
                        by_form.resize(cases.len() - first_of_sentence, form);
                    }
                }
            }
            in_order(cases, first_of_sentence, &by_form);
        }
    }
    acquit(&mut cases[first_case..]);
    let kept: Vec<Case> = cases.drain(first_case..).collect();
    cases.extend(once(kept));
}

/// Puts the cases of a sentence in the order of their forms: of two that say the same the first rule's counts.
fn in_order(cases: &mut Vec<Case>, first: usize, forms: &[u32]) {
    if forms.is_sorted() {
        return;
    }
    let mut numbered: Vec<(u32, Case)> = forms.iter().copied().zip(cases.drain(first..)).collect();
    numbered.sort_by_key(|(form, _)| *form);
    cases.extend(numbered.into_iter().map(|(_, case)| case));
}

/// For each rule that looks through the whole draft for its second form: where that form stands.
struct Partners<'w> {
    /// By passage: what it has.
    wholes: &'w [Features],
    /// By the place of a rule.
    found: FxHashMap<usize, Vec<Match>>,
}

impl Partners<'_> {
    fn of(&mut self, rule: usize, form: &Program, draft: &Draft) -> &[Match] {
        self.found.entry(rule).or_insert_with(|| all_matches(form, draft, self.wholes))
    }
}

/// More partners than that are not compared with each match: the rule says nothing.
const MOST_PARTNERS: usize = 512;

/// Tries a form at a token; gives the token from which to go on.
fn try_form<'r>(
    draft: &Draft,
    rules: &'r RuleSet,
    passage: &Passage,
    (sentence, at): (usize, usize),
    candidate: &Candidate,
    partners: &mut Partners,
    cases: &mut Vec<Case<'r>>,
) -> usize {
    let place = candidate.rule as usize;
    let rule = &rules.rules()[place];
    let (Some(check), Some(programs)) = (pattern_check(rule), rules.programs[place].as_ref()) else {
        return usize::MAX;
    };
    let limit = match check.within {
        Within::Sentences(count) => {
            passage.sentences[(sentence + count as usize - 1).min(passage.sentences.len() - 1)].end as usize
        }
        Within::Paragraph | Within::Document => passage.tokens.len(),
    };
    let ways = programs.forms[candidate.form as usize].matches_at(passage, at, limit);
    if ways.is_empty() {
        return at + 1;
    }
    let partners = match (&programs.with, check.within) {
        (Some(with), Within::Document) => Some(partners.of(place, with, draft)),
        _ => None,
    };
    let judge = Judge { draft, passage, rule, check, programs, partners };
    let Some((case, end)) = judge.judge(ways) else { return at + 1 };
    cases.extend(case);
    end.max(at + 1)
}

/// Where a form stands in a draft.
fn all_matches(form: &Program, draft: &Draft, wholes: &[Features]) -> Vec<Match> {
    let mut found = Vec::new();
    let passages = draft.passages.iter().zip(wholes).filter(|(_, whole)| whole.have(form.needs()));
    for (passage, _) in passages {
        for sentence in &passage.sentences {
            for at in sentence.start as usize..sentence.end as usize {
                found.extend(form.matches_at(passage, at, sentence.end as usize));
                if found.len() > MOST_PARTNERS {
                    return found;
                }
            }
        }
    }
    found
}

struct Judge<'r, 'c> {
    draft: &'c Draft<'c>,
    passage: &'c Passage<'c>,
    rule: &'r Rule,
    check: &'r PatternCheck,
    programs: &'r RulePrograms,
    /// Where the second form stands, if it may stand anywhere.
    partners: Option<&'c [Match]>,
}

impl<'r> Judge<'r, '_> {
    /// The case of all ways to match from one token, and where to go on; `None` if the rule does not apply to any.
    fn judge(&self, mut ways: Vec<Match>) -> Option<(Option<Case<'r>>, usize)> {
        ways.sort_by_key(|way| std::cmp::Reverse(way.end));
        let mut accused: Option<(Case<'r>, usize)> = None;
        let mut guarded = None;
        for way in ways {
            for combined in self.combine(&way) {
                let vars = self.vars(&combined);
                let options = self.draft.settings.options.get(&self.rule.id).unwrap_or(&self.rule.options);
                let cx = Context { draft: self.draft, passage: self.passage.index, vars: &vars, options };
                if !self.rule.applies.as_ref().is_none_or(|condition| holds(condition, &cx)) {
                    continue;
                }
                if self.is_guarded(&way, &cx) {
                    guarded.get_or_insert(way.end);
                    continue;
                }
                let verdict = match &self.rule.claim {
                    None => Verdict::Contradicts,
                    Some(claim) => match evaluate(claim, &cx).truth() {
                        Some(true) => Verdict::Holds,
                        Some(false) => Verdict::Contradicts,
                        None => continue,
                    },
                };
                let words = self.accused(&combined);
                let case = Case::new(self.rule, Accused::Words(words), verdict, vars);
                if verdict == Verdict::Holds {
                    return Some((Some(case), way.end));
                }
                accused.get_or_insert((case, way.end));
            }
        }
        match (accused, guarded) {
            (Some((case, end)), _) => Some((Some(case), end)),
            (None, Some(end)) => Some((None, end)),
            (None, None) => None,
        }
    }

    /// The match alone, or with each match of the second form within reach whose shared slots say the same.
    fn combine(&self, way: &Match) -> Vec<Match> {
        let Some(with) = &self.programs.with else { return vec![way.clone()] };
        if let Some(partners) = self.partners {
            let fitting = partners.iter().filter(|other| self.same_slots(way, other));
            return match partners.len() {
                0..=MOST_PARTNERS => fitting.map(|other| both(way, other)).collect(),
                _ => Vec::new(),
            };
        }
        let mut combined = Vec::new();
        let near = match self.check.within {
            Within::Sentences(count) => Some(count as usize),
            Within::Document | Within::Paragraph => None,
        };
        let own = self.passage.sentence_of(way.first);
        for (number, sentence) in self.passage.sentences.iter().enumerate() {
            if near.is_some_and(|count| number.abs_diff(own) >= count) {
                continue;
            }
            for at in sentence.start as usize..sentence.end as usize {
                for other in with.matches_at(self.passage, at, sentence.end as usize) {
                    if combined.len() < 64 && self.same_slots(way, &other) {
                        combined.push(both(way, &other));
                    }
                }
            }
        }
        combined
    }

    fn same_slots(&self, a: &Match, b: &Match) -> bool {
        a.captures.iter().all(|(slot, words)| {
            let others = b.captures.iter().filter(|(other, _)| other == slot);
            others.into_iter().all(|(_, other)| crate::things::same(words, other, self.draft))
        })
    }

    fn vars(&self, way: &Match) -> Vec<(&'r str, Value)> {
        let mut vars: Vec<(&'r str, Value)> = Vec::with_capacity(self.check.slots.len() + 1);
        for (number, slot) in self.check.slots.iter().enumerate() {
            let mut words = way
                .captures
                .iter()
                .filter(|(other, _)| *other as usize == number)
                .map(|(_, words)| Value::Words(*words));
            let value = if slot.list { Value::List(words.collect()) } else { words.next().unwrap_or(Value::Unknown) };
            vars.push((slot.name.as_str(), value));
        }
        vars.push(("match", Value::Words(Words::tokens(self.passage.index, way.first, way.end))));
        vars
    }

    /// From the first to the last of the accused slots that are filled; the whole match if the rule accuses none.
    fn accused(&self, way: &Match) -> Words {
        let filled = || {
            way.captures
                .iter()
                .filter(|(slot, words)| self.check.judge.contains(slot) && words.passage == self.passage.index)
        };
        match (filled().map(|(_, words)| words.first).min(), filled().map(|(_, words)| words.end).max()) {
            (Some(first), Some(end)) => {
                let one = filled().next().filter(|_| filled().count() == 1).map(|(_, words)| *words);
                one.unwrap_or_else(|| Words::tokens(self.passage.index, first as usize, end as usize))
            }
            _ => Words::tokens(self.passage.index, way.first, way.end),
        }
    }

    fn is_guarded(&self, way: &Match, cx: &Context) -> bool {
        guards::is_silent(
            self.programs,
            &self.check.unless,
            &self.check.require,
            Place { passage: self.passage, first: way.first, end: way.end },
            cx,
        )
    }
}

/// A match with the slots of another that it does not fill itself.
fn both(way: &Match, other: &Match) -> Match {
    let mut both = way.clone();
    let own = |slot: u8| way.captures.iter().any(|(other, _)| *other == slot);
    both.captures.extend(other.captures.iter().filter(|(slot, _)| !own(*slot)));
    both
}

/// What a case that holds explains, no other case of the same rule or group accuses.
fn acquit(cases: &mut [Case]) {
    let group =
        |rule: &Rule| pattern_check(rule).and_then(|check| check.acquits.clone()).unwrap_or_else(|| rule.id.clone());
    let explained: rustc_hash::FxHashSet<(String, (usize, u32, u32))> = cases
        .iter()
        .filter(|case| case.verdict == Verdict::Holds)
        .filter_map(|case| match &case.accused {
            Accused::Words(words) => Some((group(case.rule), (words.passage, words.first, words.end))),
            Accused::Block(_) => None,
        })
        .collect();
    if explained.is_empty() {
        return;
    }
    for case in cases.iter_mut().filter(|case| case.verdict == Verdict::Contradicts) {
        let Accused::Words(words) = &case.accused else { continue };
        if explained.contains(&(group(case.rule), (words.passage, words.first, words.end))) {
            case.verdict = Verdict::Holds;
        }
    }
}

/// One case a rule and place: several forms of a rule may say the same.
fn once(cases: Vec<Case>) -> Vec<Case> {
    let mut seen = rustc_hash::FxHashSet::default();
    let key = |case: &Case| {
        let place = match &case.accused {
            Accused::Words(words) => (words.passage, words.first, words.end),
            Accused::Block(block) => (*block, 0, 0),
        };
        (std::ptr::from_ref(case.rule) as usize, place, case.verdict == Verdict::Holds)
    };
    cases.into_iter().filter(|case| seen.insert(key(case))).collect()
}
