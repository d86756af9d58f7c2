//! Which rules run, and where each pattern is worth a try.
//!
//! A pattern is tried only in sentences that have all that it cannot do without, and found by the rarest of that, so
//! that rules whose words a text does not have cost nothing.

use std::sync::{Arc, OnceLock};

use factlint_rules::check::{Check, Guard, PatternCheck, TableCheck, Within};
use factlint_rules::expr::{Expr, Op};
use factlint_rules::{Kind, KindSet, Pack, Rule, Severity};

use super::far::Split;
use super::matcher::{Feature, Program, Step};
use super::places::{Places, bits, ones, sign_at};
use super::regex::Letters;
use crate::document::BlockKind;
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
    /// Its alternatives, where it may stand anywhere in the draft.
    pub seconds: Vec<Program>,
    /// The patterns of its guards, in their order; `None` for a condition.
    pub unless: Vec<Option<Program>>,
    /// The same of what it requires.
    pub require: Vec<Option<Program>>,
    /// Its conditions by form, taken apart when a second form is first looked for throughout a draft.
    pub split: OnceLock<Split>,
}

/// For one language: forms by the rarest thing that they need.
#[derive(Debug, Default)]
struct Index {
    candidates: Vec<Candidate>,
    /// The features that forms are found by.
    keyed: Features,
    /// The features that anything is asked of.
    asked: Features,
    /// By the number of a feature, where its forms start in `forms`; one entry more than there are features.
    starts: Vec<u32>,
    forms: Vec<Entry>,
    always: Vec<Entry>,
}

/// A form in the index: what is asked before anything else of it is looked at.
#[derive(Clone, Copy, Debug)]
struct Entry {
    number: u32,
    /// The rarest thing that it needs but for the one that it is found by.
    second: Option<Feature>,
    /// The kinds of blocks that it is tried in, one bit each.
    blocks: u8,
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
    /// What its tokens have.
    pub steps: Vec<Step>,
    /// How many tokens a match has at most, if every match ends its block.
    pub closes: Option<usize>,
    /// Every match opens its block.
    pub opens: bool,
    /// It reaches over its sentence, so it needs what the block has, not what the sentence has.
    pub wide: bool,
}

impl Entry {
    /// Is it a block in which the form is tried, and has it the second thing that the form needs?
    fn may_fit(&self, block: BlockKind, features: &Features) -> bool {
        self.blocks & 1 << block as u8 != 0 && self.second.is_none_or(|second| features.has(second.number()))
    }
}

impl Candidate {
    /// Has the stretch all that the form needs?
    fn fits(&self, features: &Features) -> bool {
        features.have(&self.needs)
    }

    /// Is it worth a try in a sentence of a block that it fits?
    pub fn fits_sentence(&self, sentence: &Places) -> bool {
        self.wide || sentence.have(&self.needs)
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
        let lexicon = lexicons.get(language);
        let mut index = Index::default();
        let mut by_feature = Vec::new();
        for (at, (rule, programs)) in self.rules().iter().zip(&self.programs).enumerate() {
            let Some(programs) = programs else { continue };
            if !rule.runs_in(&lexicon.language) || !rule.classes.iter().all(|class| lexicon.has(lexicons.class(class))) {
                continue;
            }
            let Some(check) = pattern_check(rule) else { continue };
            // What stands in the same block beside the form it cannot do without either.
            let beside = programs.with.iter().filter(|_| check.within != Within::Document).flat_map(Program::needs);
            let of = |kind: &&BlockKind| check.of.is_empty() || check.of.iter().any(|of| of == kind.word());
            let all_blocks = BlockKind::ALL.iter().filter(of).fold(0, |all, kind| all | 1 << *kind as u8);
            for (form, program) in programs.forms.iter().enumerate() {
                // A rule of captions and paragraphs may have a form for the captions alone: its condition says so.
                let condition = rule.applies.as_ref().filter(|_| check.of.len() > 1);
                let blocks = condition.map_or(all_blocks, |condition| {
                    let (own, theirs) = (program.slots(), programs.with.as_ref().map_or(0, Program::slots));
                    all_blocks & Filled { check, own: own & !theirs, all: own | theirs }.blocks(condition)
                });
                let mut needs: Box<[Feature]> = program.needs().iter().chain(beside.clone()).copied().collect();
                needs.sort_by_key(|feature| (commonness(*feature, lexicons), *feature));
                let rarest = needs.first().copied();
                let wide = check.within != Within::Sentences(1);
                let number = index.candidates.len() as u32;
                let second = needs.iter().copied().find(|feature| Some(*feature) != rarest);
                let entry = Entry { number, second, blocks };
                let steps = program.steps(lexicon);
                let asked = needs.iter().chain(steps.iter().flat_map(|step| &step.features));
                asked.for_each(|feature| index.asked.insert(feature.number()));
                let closes = program.closes_in(lexicon);
                index.candidates.push(Candidate {
                    rule: at as u16,
                    form: form as u16,
                    number,
                    needs,
                    steps,
                    closes,
                    opens: program.opens(),
                    wide,
                });
                match rarest {
                    Some(feature) => by_feature.push((feature.number(), entry)),
                    None => index.always.push(entry),
                }
            }
        }
        by_feature.sort_by_key(|(feature, _)| *feature);
        for (feature, entry) in by_feature {
            index.keyed.insert(feature);
            index.starts.resize(feature + 1, index.forms.len() as u32);
            index.forms.push(entry);
        }
        index.starts.push(index.forms.len() as u32);
        index
    }

    /// The forms of the rules that run which may match in a passage that has these features, in the order of the rules.
    pub fn candidates(
        &self,
        passage: &Passage,
        features: &Features,
        plan: &Plan,
        lexicons: &Lexicons,
    ) -> Vec<&Candidate> {
        let index = self.index(passage.language, lexicons);
        // In a set of bits they come out in order.
        let mut numbers = vec![0_u64; index.candidates.len().div_ceil(64)];
        let found = features.shared(&index.keyed).flat_map(|feature| {
            let (start, end) = (index.starts[feature], index.starts[feature + 1]);
            &index.forms[start as usize..end as usize]
        });
        let may_fit = |entry: &&Entry| entry.may_fit(passage.block.kind, features);
        let entries = index.always.iter().chain(found).filter(may_fit);
        entries.for_each(|Entry { number, .. }| numbers[*number as usize / 64] |= 1 << (number % 64));
        let fits = |candidate: &&Candidate| candidate.fits(features) && plan.runs(candidate.rule.into());
        bits(&numbers).map(|number| &index.candidates[number]).filter(fits).collect()
    }

    /// What forms of a language ask of its sentences.
    pub fn asked(&self, language: Option<usize>, lexicons: &Lexicons) -> &Features {
        &self.index(language, lexicons).asked
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
            seconds: check
                .filter(|check| check.within == Within::Document)
                .and_then(|check| check.with.as_ref())
                .map_or_else(Vec::new, |form| Program::each(form, lexicons)),
            unless: guards(unless),
            require: guards(require),
            split: OnceLock::new(),
        })
    }
}

/// The slots that a form can fill, one bit each.
struct Filled<'c> {
    check: &'c PatternCheck,
    /// Those that it alone can fill.
    own: u64,
    /// Those that it or the second form can.
    all: u64,
}

impl Filled<'_> {
    fn has(&self, slots: u64, name: &str) -> bool {
        self.check.slots.iter().position(|slot| slot.name == name).is_some_and(|at| slots & 1 << at != 0)
    }

    /// In which kinds of blocks a condition can hold of the form, one bit each.
    fn blocks(&self, condition: &Expr) -> u8 {
        match condition {
            Expr::Binary(Op::And, a, b) => self.blocks(a) & self.blocks(b),
            Expr::Binary(Op::Or, a, b) => self.blocks(a) | self.blocks(b),
            Expr::Binary(Op::Equal, a, b) => match (&**a, &**b) {
                (Expr::Field(of, field), Expr::Text(word)) if field == "block-kind" => match &**of {
                    Expr::Var(name) if self.has(self.own, name) => {
                        let kinds = BlockKind::ALL.iter().filter(|kind| kind.word() == word);
                        kinds.fold(0, |all, kind| all | 1 << *kind as u8)
                    }
                    _ => u8::MAX,
                },
                _ => u8::MAX,
            },
            Expr::Call(name, arguments) if name == "has" => match &arguments[..] {
                [Expr::Var(name)] if !self.has(self.all, name) => 0,
                _ => u8::MAX,
            },
            _ => u8::MAX,
        }
    }
}

/// The forms of a rule that has forms.
pub fn pattern_check(rule: &Rule) -> Option<&PatternCheck> {
    match &rule.check {
        Check::Pattern(check) | Check::Table(TableCheck { pattern: check, .. }) => Some(check),
        _ => None,
    }
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

/// A set of features: what a passage has.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// One bit a feature, by its number.
    bits: Vec<u64>,
}

impl Features {
    /// What a passage has.
    pub fn of(passage: &Passage) -> Features {
        let mut features = Features::default();
        let mut kinds = KindSet::EMPTY;
        for at in 0..passage.tokens.len() {
            let own = passage.kinds_at(at);
            kinds = kinds.or(own);
            if own.has(Kind::Sign)
                && let Some(sign) = sign_at(passage, at)
            {
                features.insert(Feature::Sign(sign).number());
            }
        }
        kinds.iter().for_each(|kind| features.insert(Feature::Kind(kind).number()));
        passage.all_hits().iter().for_each(|hit| features.insert(Feature::Class(hit.class).number()));
        features
    }

    fn insert(&mut self, number: usize) {
        if number / 64 >= self.bits.len() {
            self.bits.resize(number / 64 + 1, 0);
        }
        self.bits[number / 64] |= 1 << (number % 64);
    }

    /// Has it the feature of that number?
    #[inline]
    pub fn has(&self, number: usize) -> bool {
        self.bits.get(number / 64).is_some_and(|bits| bits & 1 << (number % 64) != 0)
    }

    /// Has it all of them?
    pub fn have(&self, features: &[Feature]) -> bool {
        features.iter().all(|feature| self.has(feature.number()))
    }

    /// The numbers of the features that both have, in order.
    fn shared(&self, other: &Features) -> impl Iterator<Item = usize> {
        let words = self.bits.iter().zip(&other.bits).enumerate();
        words.flat_map(|(word, (own, other))| ones(own & other).map(move |bit| word * 64 + bit))
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
