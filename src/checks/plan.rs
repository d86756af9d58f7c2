//! Which rules run, and where each pattern is worth a try.
//!
//! A pattern is tried only in sentences that have all that it cannot do without, and found by the rarest of that, so
//! that rules whose words a text does not have cost nothing.

use std::sync::{Arc, OnceLock};

use factlint_rules::check::{Check, Guard, PatternCheck, TableCheck, Within};
use factlint_rules::lexicon::{ClassId, ClassSet};
use factlint_rules::{Kind, KindSet, Pack, Rule, Severity};
use rustc_hash::FxHashMap;

use super::matcher::{Feature, Program, Step};
use super::regex::Letters;
use crate::lexicons::Lexicons;
use crate::linter::Settings;
use crate::mentions::Passage;

/// All rules of a linter, compiled.
#[derive(Debug)]
pub struct RuleSet {
    pack: Arc<Pack>,
    /// The programs of the rules that have forms, by the place of the rule.
    pub programs: Vec<Option<RulePrograms>>,
    /// For each language (and for the unknown one, last): where each form is tried.
    indexes: Vec<OnceLock<Index>>,
    /// The rules that are about letters.
    pub letters: Letters,
}

/// The compiled forms and guards of a rule.
#[derive(Debug, Default)]
pub struct RulePrograms {
    /// Its forms.
    pub forms: Vec<Program>,
    /// The form that must stand within reach.
    pub with: Option<Program>,
    /// The patterns of its guards, in their order; `None` for a condition.
    pub unless: Vec<Option<Program>>,
    /// The same of what it requires.
    pub require: Vec<Option<Program>>,
}

/// For one language: forms by the rarest thing that they need.
#[derive(Debug, Default)]
struct Index {
    candidates: Vec<Candidate>,
    by_feature: FxHashMap<Feature, Vec<u32>>,
    always: Vec<u32>,
}

/// A form that may match.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The place of its rule.
    pub rule: u16,
    /// The place of the form in the rule.
    pub form: u16,
    /// Its number among the forms of its language.
    pub number: u32,
    /// What it needs, the rarest first.
    needs: Box<[Feature]>,
    /// What its first tokens have.
    pub steps: Vec<Step>,
    /// It reaches over its sentence, so it needs what the block has, not what the sentence has.
    wide: bool,
}

impl Candidate {
    /// Has the stretch all that the form needs?
    fn fits(&self, features: &Features) -> bool {
        features.have(&self.needs)
    }

    /// Is it worth a try in a sentence of a block that it fits?
    pub fn fits_sentence(&self, sentence: &Features) -> bool {
        self.wide || self.fits(sentence)
    }
}

/// What a run of a linter over a draft is to do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// For each rule: its level, or off.
    pub levels: Vec<Option<Level>>,
}

/// How severe the findings of a rule are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// As the rule, or the check in each case, says.
    Own,
    /// As the newsroom says, whatever the check finds.
    Set(Severity),
}

impl RuleSet {
    /// Compiles the rules of a pack.
    pub fn new(pack: &Arc<Pack>, lexicons: &Lexicons) -> RuleSet {
        let programs: Vec<_> = pack.rules.iter().map(|rule| RulePrograms::of(rule, lexicons)).collect();
        let letters = Letters::new(&pack.rules);
        let indexes = (0..=lexicons.count()).map(|_| OnceLock::new()).collect();
        RuleSet { pack: Arc::clone(pack), programs, indexes, letters }
    }

    /// The rules, in the order of the pack.
    pub fn rules(&self) -> &[Rule] {
        &self.pack.rules
    }

    /// The index of a language, made when a draft first needs it.
    fn index(&self, language: Option<usize>, lexicons: &Lexicons) -> &Index {
        self.indexes[language.unwrap_or(self.indexes.len() - 1)].get_or_init(|| self.make_index(language, lexicons))
    }

    fn make_index(&self, language: Option<usize>, lexicons: &Lexicons) -> Index {
        let data = language.and_then(|at| lexicons.stored(at));
        let mut index = Index::default();
        for (at, (rule, programs)) in self.rules().iter().zip(&self.programs).enumerate() {
            let Some(programs) = programs else { continue };
            let runs = match data {
                Some(data) => runs_in(rule, &data.language) && rule.classes.iter().all(|class| data.has(class)),
                None => rule.languages.is_empty() && rule.classes.is_empty(),
            };
            if !runs {
                continue;
            }
            for (form, program) in programs.forms.iter().enumerate() {
                let mut needs: Box<[Feature]> = program.needs().into();
                needs.sort_by_key(|feature| commonness(*feature, lexicons));
                let rarest = needs.first().copied();
                let wide = pattern_check(rule).is_some_and(|check| check.within != Within::Sentences(1));
                let number = index.candidates.len() as u32;
                let steps = program.steps();
                index.candidates.push(Candidate { rule: at as u16, form: form as u16, number, needs, steps, wide });
                match rarest {
                    Some(feature) => index.by_feature.entry(feature).or_default().push(number),
                    None => index.always.push(number),
                }
            }
        }
        index
    }

    /// The forms that may match in a passage that has these features, in the order of the rules.
    pub fn candidates(&self, passage: &Passage, features: &Features, lexicons: &Lexicons) -> Vec<&Candidate> {
        let index = self.index(passage.language, lexicons);
        // In a set of bits they come out in order.
        let mut numbers = vec![0_u64; index.candidates.len().div_ceil(64)];
        let found = features.iter().filter_map(|feature| index.by_feature.get(&feature)).flatten();
        index.always.iter().chain(found).for_each(|number| numbers[*number as usize / 64] |= 1 << (number % 64));
        bits(&numbers).map(|number| &index.candidates[number]).filter(|candidate| candidate.fits(features)).collect()
    }

    /// A form by its number in a language.
    pub fn form(&self, language: Option<usize>, number: u32, lexicons: &Lexicons) -> &Candidate {
        &self.index(language, lexicons).candidates[number as usize]
    }

    /// The place of a rule.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.rules().iter().position(|rule| rule.id == id)
    }
}

impl RulePrograms {
    fn of(rule: &Rule, lexicons: &Lexicons) -> Option<RulePrograms> {
        let check = pattern_check(rule);
        if check.is_none() && rule.check.guards().next().is_none() {
            return None;
        }
        let (unless, require) = rule.check.guard_lists();
        let guards = |guards: &[Guard]| {
            guards
                .iter()
                .map(|guard| match guard {
                    Guard::Pattern(_, pattern) => Some(Program::new(pattern, lexicons)),
                    Guard::Condition(_) => None,
                })
                .collect()
        };
        Some(RulePrograms {
            forms: check
                .map_or(&[][..], |check| &check.forms)
                .iter()
                .map(|form| Program::new(form, lexicons))
                .collect(),
            with: check.and_then(|check| check.with.as_ref()).map(|form| Program::new(form, lexicons)),
            unless: guards(unless),
            require: guards(require),
        })
    }
}

/// The forms of a rule that has forms.
pub fn pattern_check(rule: &Rule) -> Option<&PatternCheck> {
    match &rule.check {
        Check::Pattern(check) | Check::Table(TableCheck { pattern: check, .. }) => Some(check),
        _ => None,
    }
}

/// Does the rule run in that language?
pub fn runs_in(rule: &Rule, language: &str) -> bool {
    rule.languages.is_empty() || rule.languages.iter().any(|code| code.split('-').next() == language.split('-').next())
}

/// How common a feature is in prose; a rough order is enough.
fn commonness(feature: Feature, lexicons: &Lexicons) -> u32 {
    match feature {
        Feature::Sign(sign) => match sign {
            b'.' | b',' => 90,
            b'-' | b'\'' | b'"' => 60,
            b'(' | b')' | b':' => 40,
            _ => 12,
        },
        Feature::Kind(kind) => match kind {
            Kind::Word | Kind::Lowercase | Kind::Sign => 100,
            Kind::Capitalised => 85,
            Kind::Name | Kind::Person | Kind::Organisation | Kind::Place => 50,
            Kind::Number | Kind::Count | Kind::Digits => 45,
            Kind::Uppercase | Kind::Acronym | Kind::Quotation => 30,
            Kind::Date | Kind::Year | Kind::Ordinal | Kind::Title => 25,
            _ => 10,
        },
        Feature::Class(class) => {
            let name = lexicons.classes().name(class);
            // Short literal words are the common ones; a class is mostly rarer than any kind.
            match name.strip_prefix('\'') {
                Some(word) if word.len() <= 3 => 70,
                Some(_) => 20,
                None if matches!(
                    name,
                    "of" | "out-of" | "in" | "and" | "the" | "a" | "to" | "det" | "determiner" | "function-word"
                ) =>
                {
                    75
                }
                None => 8,
            }
        }
    }
}

/// What a stretch of tokens has.
#[derive(Clone, Debug, Default)]
pub struct Features {
    classes: ClassSet,
    kinds: KindSet,
    signs: u128,
}

/// The sign at a token in its plain form, if that is ASCII.
fn ascii_sign(passage: &Passage, at: usize) -> Option<u8> {
    let sign = factlint_rules::token::plain_sign(passage.word(at).chars().next()?);
    sign.is_ascii().then_some(sign as u8)
}

/// Where in a sentence its features stand.
#[derive(Debug, Default)]
pub struct Places {
    first: usize,
    /// Words of 64 bits that hold one bit a token.
    width: usize,
    /// The bits of the last word that stand for tokens.
    last: u64,
    /// By kind, one bit a token.
    kinds: Vec<u64>,
    /// Classes and tokens, in order.
    classes: Vec<(ClassId, u32)>,
    signs: Vec<(u8, u32)>,
    /// The tokens that touch the one before them, one bit a token.
    glued: Vec<u64>,
    /// Memory for one answer.
    found: Vec<u64>,
    step: Vec<u64>,
}

impl Places {
    /// Reads tokens `first..end` of a passage, in the memory of the sentence before.
    pub fn read(&mut self, passage: &Passage, first: usize, end: usize) {
        self.first = first;
        self.width = (end - first).div_ceil(64);
        self.last = u64::MAX >> ((64 - (end - first) % 64) % 64);
        self.kinds.clear();
        self.kinds.resize(Kind::ALL.len() * self.width, 0);
        self.classes.clear();
        self.signs.clear();
        self.glued.clear();
        self.glued.resize(self.width, 0);
        for at in first..end {
            let (word, bit) = ((at - first) / 64, 1 << ((at - first) % 64));
            self.glued[word] |= if passage.glued(at) { bit } else { 0 };
            let kinds = passage.kinds_at(at);
            kinds.iter().for_each(|kind| self.kinds[kind as usize * self.width + word] |= bit);
            self.classes.extend(passage.hits(at).iter().map(|hit| (hit.class, at as u32)));
            if kinds.has(Kind::Sign)
                && let Some(sign) = ascii_sign(passage, at)
            {
                self.signs.push((sign, at as u32));
            }
        }
        self.classes.sort_unstable();
        self.classes.dedup();
    }

    /// The tokens from which all steps may be taken, in order.
    pub fn of(&mut self, steps: &[Step]) -> impl Iterator<Item = usize> {
        for (number, step) in steps.iter().enumerate() {
            self.take(step);
            if number == 0 {
                std::mem::swap(&mut self.found, &mut self.step);
                continue;
            }
            // What stands behind the sentence is not known.
            let mut behind = u64::MAX;
            for (word, bits) in self.step.iter().enumerate().rev() {
                let known = if word + 1 == self.width { bits | !self.last } else { *bits };
                self.found[word] &= known >> number | behind << (64 - number);
                behind = known;
            }
        }
        let first = self.first;
        bits(&self.found).map(move |at| first + at)
    }

    /// Sets `step` to the tokens that have what a step asks for.
    fn take(&mut self, step: &Step) {
        self.step.clear();
        self.step.resize(self.width, 0);
        for feature in &step.features {
            let mut add = |at: &u32| {
                let at = *at as usize - self.first;
                self.step[at / 64] |= 1 << (at % 64);
            };
            match feature {
                Feature::Class(class) => {
                    let from = self.classes.partition_point(|(other, _)| other < class);
                    let those = self.classes[from..].iter().take_while(|(other, _)| other == class);
                    those.for_each(|(_, at)| add(at));
                }
                Feature::Sign(sign) => {
                    self.signs.iter().filter(|(other, _)| other == sign).for_each(|(_, at)| add(at));
                }
                Feature::Kind(kind) => {
                    let own = &self.kinds[*kind as usize * self.width..][..self.width];
                    self.step.iter_mut().zip(own).for_each(|(bits, own)| *bits |= own);
                }
            }
        }
        if let Some(glued) = step.glued {
            let flip = if glued { 0 } else { u64::MAX };
            self.step.iter_mut().zip(&self.glued).for_each(|(bits, own)| *bits &= own ^ flip);
        }
    }
}

/// The places of the bits that are set, in order.
fn bits(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(word, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(word * 64 + bit as usize)
        })
    })
}

impl Features {
    /// What tokens `first..end` of a passage have.
    pub fn of(passage: &Passage, first: usize, end: usize) -> Features {
        let mut features = Features::default();
        features.read(passage, first, end);
        features
    }

    /// As [`Features::of`], in the memory of older features.
    pub fn read(&mut self, passage: &Passage, first: usize, end: usize) {
        self.classes.clear();
        self.kinds = KindSet::EMPTY;
        self.signs = 0;
        passage.hits_in(first, end).iter().for_each(|hit| self.classes.insert(hit.class));
        for at in first..end {
            let kinds = passage.kinds_at(at);
            self.kinds = self.kinds.or(kinds);
            if kinds.has(Kind::Sign)
                && let Some(sign) = ascii_sign(passage, at)
            {
                self.signs |= 1 << sign;
            }
        }
    }

    /// Has it that?
    pub fn has(&self, feature: Feature) -> bool {
        match feature {
            Feature::Class(class) => self.classes.has(class),
            Feature::Kind(kind) => self.kinds.has(kind),
            Feature::Sign(sign) => self.signs & (1 << sign) != 0,
        }
    }

    /// Has it all of them?
    pub fn have(&self, features: &[Feature]) -> bool {
        features.iter().all(|feature| self.has(*feature))
    }

    fn iter(&self) -> impl Iterator<Item = Feature> {
        let signs = (0..128u8).filter(|sign| self.signs & (1 << sign) != 0).map(Feature::Sign);
        self.classes.iter().map(Feature::Class).chain(self.kinds.iter().map(Feature::Kind)).chain(signs)
    }
}

impl Plan {
    /// Which rules run with these settings: selection first, then levels by id, class, group.
    pub fn new(rules: &RuleSet, settings: &Settings) -> Plan {
        let level = |rule: &Rule| {
            let selected = settings.select.is_empty() || settings.select.iter().any(|name| rule.answers_to(name));
            let names = std::iter::once(&rule.id).chain(&rule.aliases).chain([&rule.class, &rule.group]);
            match { names }.find_map(|name| settings.levels.get(name)) {
                Some(level) if selected => level.map(Level::Set),
                None if selected => Some(Level::Own),
                _ => None,
            }
        };
        Plan { levels: rules.rules().iter().map(level).collect() }
    }

    /// Does the rule run?
    pub fn runs(&self, rule: usize) -> bool {
        self.levels.get(rule).is_some_and(Option::is_some)
    }
}
