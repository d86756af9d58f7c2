//! Which rules run, and where each pattern is worth a try.
//!
//! A pattern is tried only in sentences that have all that it cannot do without, and found by the rarest of that, so
//! that rules whose words a text does not have cost nothing.

use std::sync::{Arc, OnceLock};

use factlint_rules::check::{Check, Guard, PatternCheck, TableCheck, Within};
use factlint_rules::lexicon::{ClassId, ClassSet};
use factlint_rules::{Kind, KindSet, Pack, Rule, Severity};
use rustc_hash::FxHashMap;

use super::matcher::{Feature, Program};
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
    starts: Starting,
}

/// Which forms may start at a token, by what the token has.
#[derive(Debug, Default)]
struct Starting {
    /// The forms that may start anywhere.
    anywhere: FormSet,
    by_class: Vec<FormSet>,
    by_kind: Vec<FormSet>,
    by_sign: Vec<FormSet>,
}

impl Starting {
    fn insert(&mut self, feature: Feature, form: u32) {
        let (list, at) = match feature {
            // No lexicon has the class.
            Feature::Class(ClassId(u16::MAX)) => return,
            Feature::Class(class) => (&mut self.by_class, class.0 as usize),
            Feature::Kind(kind) => (&mut self.by_kind, kind as usize),
            Feature::Sign(sign) => (&mut self.by_sign, sign as usize),
        };
        if list.len() <= at {
            list.resize_with(at + 1, FormSet::default);
        }
        list[at].insert(form);
    }

    /// Sets `found` to the forms that may start at a token.
    fn read(&self, passage: &Passage, at: usize, found: &mut FormSet) {
        found.clear();
        found.add(&self.anywhere);
        let mut add = |list: &[FormSet], at: usize| {
            if let Some(forms) = list.get(at) {
                found.add(forms);
            }
        };
        let kinds = passage.kinds_at(at);
        kinds.iter().for_each(|kind| add(&self.by_kind, kind as usize));
        passage.hits(at).iter().for_each(|hit| add(&self.by_class, hit.class.0 as usize));
        if kinds.has(Kind::Sign)
            && let Some(sign) = ascii_sign(passage, at)
        {
            add(&self.by_sign, sign as usize);
        }
    }
}

/// A set of forms, by their numbers in the index: one bit a form.
#[derive(Clone, Debug, Default)]
pub struct FormSet(Vec<u64>);

impl FormSet {
    /// Adds a form.
    pub fn insert(&mut self, number: u32) {
        let word = number as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % 64);
    }

    /// Adds the forms of another set.
    pub fn add(&mut self, other: &FormSet) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits |= other);
    }

    /// Takes all forms out, and keeps the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The forms that are in both, in order.
    pub fn common<'a>(&'a self, other: &'a FormSet) -> impl Iterator<Item = u32> + 'a {
        self.0.iter().zip(&other.0).enumerate().flat_map(|(word, (a, b))| {
            let mut left = a & b;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(word as u32 * 64 + bit)
            })
        })
    }
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
    /// What it needs.
    needs: Box<[Feature]>,
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
                let needs: Box<[Feature]> = program.needs().into();
                let rarest = needs.iter().copied().min_by_key(|feature| commonness(*feature, lexicons));
                let wide = pattern_check(rule).is_some_and(|check| check.within != Within::Sentences(1));
                let number = index.candidates.len() as u32;
                index.candidates.push(Candidate { rule: at as u16, form: form as u16, number, needs, wide });
                match program.starts() {
                    Some(features) => {
                        for feature in features {
                            index.starts.insert(feature, number);
                        }
                    }
                    None => index.starts.anywhere.insert(number),
                }
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
        let found = features.iter().filter_map(|feature| index.by_feature.get(&feature)).flatten();
        let mut numbers: Vec<u32> = index.always.iter().chain(found).copied().collect();
        numbers.sort_unstable();
        numbers
            .into_iter()
            .map(|number| &index.candidates[number as usize])
            .filter(|candidate| candidate.fits(features))
            .collect()
    }

    /// Sets `found` to the forms of a passage's language that may start at a token.
    pub fn starting(&self, passage: &Passage, at: usize, lexicons: &Lexicons, found: &mut FormSet) {
        self.index(passage.language, lexicons).starts.read(passage, at, found);
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
