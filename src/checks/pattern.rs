//! `pattern`: do mentions that stand in this form agree?
//!
//! In each sentence, each form that can match is tried from each token. Of all ways to match from a token, one whose
//! claim holds acquits; only if none does, the longest accuses that no guard lets pass. What one match explains, another
//! of the same rule (or of the same group of acquittal) does not accuse.

use factlint_rules::Rule;
use factlint_rules::check::{PatternCheck, Within};
use factlint_rules::index::Candidate;
use factlint_rules::pattern::Slot;
use factlint_rules::program::Program;

use super::case::{Accused, Case, Verdict};
use super::far::Seconds;
use super::guards::{self, Place};
use super::kept::{Kept, Try};
use super::matcher::{Match, matches_at};
use super::places::{Places, Reach, Rows};
use super::plan::{Plan, RulePrograms, RuleSet};
use crate::expressions::{Context, Value, Words, evaluate, holds};
use crate::mentions::{Draft, Passage};

/// Adds the cases of all forms.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let first_case = cases.len();
    let mut forms = Forms { draft, rules, plan, seconds: Seconds::new(rules), cases: Vec::new() };
    let mut tries = Tries::default();
    for passage in draft.passages() {
        let kept = Kept::of(passage);
        let open = kept.open.take();
        let open = open.filter(|open| forms.again(passage, open)).unwrap_or_else(|| tries.all(passage, &mut forms));
        kept.open.replace(Some(open));
    }
    cases.append(&mut forms.cases);
    acquit(&mut cases[first_case..]);
    let kept: Vec<Case> = cases.drain(first_case..).collect();
    cases.extend(once(kept));
}

/// The forms of all rules over a draft, and the cases so far.
struct Forms<'r, 'c> {
    draft: &'c Draft<'c>,
    rules: &'r RuleSet,
    plan: &'c Plan,
    seconds: Seconds<'r>,
    cases: Vec<Case<'r>>,
}

/// The memory of trying all forms in a passage, used again for the next.
#[derive(Default)]
struct Tries {
    places: Places,
    /// One bit a sentence: has it all that a form needs?
    sentences: Vec<u64>,
}

impl Tries {
    /// Tries all forms in a passage; gives the tries whose outcome the passage alone does not settle.
    fn all(&mut self, passage: &Passage, forms: &mut Forms) -> Vec<Try> {
        let mut open = Vec::new();
        let (draft, rules) = (forms.draft, forms.rules);
        let kept = Kept::of(passage);
        let features = kept.features(passage);
        let candidates = rules.candidates(passage, features, forms.plan, draft.lexicons);
        if candidates.is_empty() {
            return open;
        }
        let asked = rules.asked(passage.language, draft.lexicons);
        let rows = kept.rows(passage, asked, &mut self.places);
        let (wide, own): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|candidate| candidate.wide);
        self.places.look_into(&rows.features, passage);
        for candidate in wide {
            self.form(candidate, passage, rows, None, forms, &mut open);
        }
        let wide = passage.sentences.len().div_ceil(64);
        let mut sentences = std::mem::take(&mut self.sentences);
        for candidate in own {
            sentences.clear();
            sentences.resize(wide, u64::MAX);
            // An only sentence has what the passage has.
            if passage.sentences.len() > 1 {
                self.places.have(rows, &candidate.needs, &mut sentences);
            }
            if sentences.iter().any(|bits| *bits != 0) {
                self.form(candidate, passage, rows, Some(&sentences), forms, &mut open);
            }
        }
        self.sentences = sentences;
        open
    }

    /// Tries a form in a passage; one that stays in its sentence in these sentences alone.
    fn form(
        &mut self,
        candidate: &Candidate,
        passage: &Passage,
        rows: &Rows,
        sentences: Option<&[u64]>,
        forms: &mut Forms,
        open: &mut Vec<Try>,
    ) {
        let start = candidate.closes.map_or(0, |most| passage.tokens.len().saturating_sub(most));
        if candidate.opens && start > 0 {
            return;
        }
        let (mut last, mut from, mut form) = (None, start, None);
        let mut attempt = |at: usize| {
            if at < start || candidate.opens_sentence && !passage.opens_sentence(at) {
                return;
            }
            // What matches in one sentence covers its words, and none of the next.
            let sentence = passage.sentence_of(at);
            if sentences.is_some_and(|sentences| sentences[sentence / 64] & 1 << (sentence % 64) == 0) {
                return;
            }
            if last.replace(sentence) != Some(sentence) {
                from = at;
            }
            if at < from {
                return;
            }
            let Some(form) = form.get_or_insert_with(|| forms.form(candidate)) else { return };
            let ways = matches_at(form.program, passage, at, form.limit(passage, sentence));
            if ways.is_empty() {
                return;
            }
            let before = forms.cases.len();
            let (next, looked_around) = forms.draft.watch(|| forms.judge(passage, at, form, ways));
            from = next;
            if looked_around || forms.cases.len() > before {
                open.push(Try { sentence, at, form: candidate.number, next });
            }
        };
        match &candidate.steps[..] {
            _ if candidate.opens => attempt(0),
            [] => (0..passage.tokens.len()).for_each(attempt),
            steps => {
                let reach = if sentences.is_some() { Reach::Sentence } else { Reach::Passage };
                self.places.of(rows, passage, steps, reach).for_each(attempt);
            }
        }
    }
}

impl<'r> Forms<'r, '_> {
    /// Tries again what the passage alone did not settle in the version before; no, if other forms would be tried now.
    fn again(&mut self, passage: &Passage, open: &[Try]) -> bool {
        let first_case = self.cases.len();
        for tried in open {
            let candidate = self.rules.form(passage.language, tried.form, self.draft.lexicons);
            let Some(form) = self.form(candidate) else { continue };
            let ways = matches_at(form.program, passage, tried.at, form.limit(passage, tried.sentence));
            if self.judge(passage, tried.at, &form, ways) != tried.next {
                self.cases.truncate(first_case);
                return false;
            }
        }
        true
    }

    fn form(&self, candidate: &Candidate) -> Option<Form<'r>> {
        let place = candidate.rule as usize;
        let rule = &self.rules.rules()[place];
        let (check, programs) = (rule.check.pattern()?, self.rules.programs(place));
        Some(Form { place, rule, check, programs, program: &programs.forms[candidate.form as usize] })
    }

    /// Judges what a form matches at a token; gives the token from which to go on.
    fn judge(&mut self, passage: &Passage, at: usize, form: &Form<'r>, ways: Vec<Match>) -> usize {
        let Form { place, rule, check, programs, .. } = *form;
        let judge = Judge { draft: self.draft, passage, rule, check, programs };
        let judged = match check.within {
            Within::Document if !programs.with.is_empty() => judge.judge_far(ways, place, &mut self.seconds),
            _ => judge.judge(ways),
        };
        let Some((case, end)) = judged else { return at + 1 };
        self.cases.extend(case);
        end.max(at + 1)
    }
}

/// A form of a rule, with all that it takes to try it.
struct Form<'r> {
    /// The place of the rule.
    place: usize,
    rule: &'r Rule,
    check: &'r PatternCheck,
    programs: &'r RulePrograms,
    program: &'r Program,
}

impl Form<'_> {
    /// The token by which a match must end that starts in that sentence.
    fn limit(&self, passage: &Passage, sentence: usize) -> usize {
        match self.check.within {
            Within::Sentences(count) => {
                passage.sentences[(sentence + count as usize - 1).min(passage.sentences.len() - 1)].end as usize
            }
            Within::Paragraph | Within::Document => passage.tokens.len(),
        }
    }
}

/// What the ways to match from one token came to, none of which holds.
#[derive(Default)]
pub struct Judged<'r> {
    /// The longest that is accused, and where it ends.
    pub accused: Option<(Case<'r>, usize)>,
    /// Where the longest ends that a guard lets pass.
    pub guarded: Option<usize>,
}

impl<'r> Judged<'r> {
    /// The case, if one is accused, and where to go on; `None` if the rule does not apply to any.
    pub fn told(self) -> Option<(Option<Case<'r>>, usize)> {
        match (self.accused, self.guarded) {
            (Some((case, end)), _) => Some((Some(case), end)),
            (None, guarded) => guarded.map(|end| (None, end)),
        }
    }
}

/// A rule at a passage: judges what its forms match there.
pub struct Judge<'r, 'c> {
    /// The draft.
    pub draft: &'c Draft<'c>,
    /// Where the first form stands.
    pub passage: &'c Passage<'c>,
    /// The rule.
    pub rule: &'r Rule,
    /// Its check.
    pub check: &'r PatternCheck,
    /// Its forms and guards.
    pub programs: &'r RulePrograms,
}

impl<'r> Judge<'r, '_> {
    /// The case of all ways to match from one token, and where to go on; `None` if the rule does not apply to any.
    fn judge(&self, mut ways: Vec<Match>) -> Option<(Option<Case<'r>>, usize)> {
        ways.sort_by_key(|way| std::cmp::Reverse(way.end));
        let mut judged = Judged::default();
        for way in ways {
            for combined in self.combine(&way) {
                let vars = self.vars(&combined);
                let cx = self.context(&vars);
                if !self.rule.applies.as_ref().is_none_or(|condition| holds(condition, &cx)) {
                    continue;
                }
                let verdict = self.verdict(&cx);
                if verdict == Some(Verdict::Holds) {
                    let case = Case::new(self.rule, self.accused(&combined), Verdict::Holds, vars);
                    return Some((Some(case), way.end));
                }
                if self.is_guarded(&way, &cx) {
                    judged.guarded.get_or_insert(way.end);
                } else if let Some(verdict) = verdict {
                    let case = Case::new(self.rule, self.accused(&combined), verdict, vars);
                    judged.accused.get_or_insert((case, way.end));
                }
            }
        }
        judged.told()
    }

    /// What expressions may look at, with these variables.
    pub fn context<'v>(&'v self, vars: &'v [(&'v str, Value)]) -> Context<'v> {
        Context { draft: self.draft, passage: self.passage.index, vars }
    }

    /// What the claim says; `None` if it cannot be told.
    pub fn verdict(&self, cx: &Context) -> Option<Verdict> {
        match &self.rule.claim {
            None => Some(Verdict::Contradicts),
            Some(claim) if evaluate(claim, cx).truth()? => Some(Verdict::Holds),
            Some(_) => Some(Verdict::Contradicts),
        }
    }

    /// The match alone, or with each match of the second form within reach whose shared slots say the same.
    fn combine(&self, way: &Match) -> Vec<Match> {
        if self.programs.with.is_empty() {
            return vec![way.clone()];
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
                let with = self.programs.with.iter();
                for other in with.flat_map(|form| matches_at(form, self.passage, at, sentence.end as usize)) {
                    if combined.len() < 64 && self.same_slots(way, &other) {
                        combined.push(both(way, &other));
                    }
                }
            }
        }
        combined
    }

    /// Have both the same words in the slots that they share?
    pub fn same_slots(&self, a: &Match, b: &Match) -> bool {
        a.captures.iter().all(|(slot, words)| {
            let others = b.captures.iter().filter(|(other, _)| other == slot);
            others.into_iter().all(|(_, other)| crate::things::same(words, other, self.draft))
        })
    }

    /// The variables of a match: one a slot, by the slots' numbers, then the whole.
    pub fn vars(&self, way: &Match) -> Vec<(&'r str, Value)> {
        let mut vars: Vec<(&'r str, Value)> = Vec::with_capacity(self.check.slots.len() + 1);
        let slots = self.check.slots.iter().enumerate();
        vars.extend(slots.map(|(number, slot)| (slot.name.as_str(), Judge::value(slot, number, way))));
        vars.push(("match", Value::Words(Words::tokens(self.passage.index, way.first, way.end))));
        vars
    }

    /// What a match has in a slot.
    pub fn value(slot: &Slot, number: usize, way: &Match) -> Value {
        let mut words =
            way.captures.iter().filter(|(other, _)| *other as usize == number).map(|(_, words)| Value::Words(*words));
        if slot.list { Value::List(words.collect()) } else { words.next().unwrap_or(Value::Unknown) }
    }

    /// From the first to the last of the accused slots that are filled; the whole match if the rule accuses none.
    pub fn accused(&self, way: &Match) -> Accused {
        Accused::Words(self.accused_words(way))
    }

    fn accused_words(&self, way: &Match) -> Words {
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
pub fn both(way: &Match, other: &Match) -> Match {
    let mut both = way.clone();
    let own = |slot: u8| way.captures.iter().any(|(other, _)| *other == slot);
    both.captures.extend(other.captures.iter().filter(|(slot, _)| !own(*slot)));
    both
}

/// What a case that holds explains, no other case of the same rule or group accuses.
fn acquit(cases: &mut [Case]) {
    let group =
        |rule: &Rule| rule.check.pattern().and_then(|check| check.acquits.clone()).unwrap_or_else(|| rule.id.clone());
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
