//! Which rules run, and what of them is compiled: each when a draft first needs it.

use std::sync::{Arc, OnceLock};

use factlint_rules::check::Guard;
use factlint_rules::index::{Candidate, Features, Index};
use factlint_rules::lexicon::Classes;
use factlint_rules::program::{Feature, Program, Step};
use factlint_rules::rule::CheckKind;
use factlint_rules::{Kind, KindSet, Pack, Rule, Severity};

use super::far::Split;
use super::places::sign_at;
use super::regex::Letters;
use crate::lexicons::Lexicons;
use crate::linter::Settings;
use crate::mentions::Passage;

/// All rules of a linter.
#[derive(Debug)]
pub struct RuleSet {
    pack: Arc<Pack>,
    /// By the place of the rule.
    programs: Vec<OnceLock<RulePrograms>>,
    /// For each language (and for the unknown one, last), where the pack has none: where each form is tried.
    indexes: Vec<OnceLock<Index>>,
    /// The rules that are about letters.
    pub letters: Letters,
}

/// The compiled forms and guards of a rule.
#[derive(Debug, Default)]
pub struct RulePrograms {
    /// Its forms.
    pub forms: Vec<Program>,
    /// The alternatives of the form that must stand within reach; none if there is no such form.
    pub with: Vec<Program>,
    /// The patterns of its guards, in their order; `None` for a condition.
    pub unless: Vec<Option<Program>>,
    /// The same of what it requires.
    pub require: Vec<Option<Program>>,
    /// Its conditions by form, taken apart when a second form is first looked for throughout a draft.
    pub split: OnceLock<Split>,
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
    /// The rules of a pack, none of them compiled yet.
    pub fn new(pack: &Arc<Pack>) -> RuleSet {
        let programs = pack.rules.iter().map(|_| OnceLock::new()).collect();
        let indexes = (0..=pack.lexicons.len()).map(|_| OnceLock::new()).collect();
        RuleSet { pack: Arc::clone(pack), programs, indexes, letters: Letters::new(&pack.rules) }
    }

    /// The rules, in the order of the pack.
    pub fn rules(&self) -> &[Rule] {
        &self.pack.rules
    }

    /// The rules of a kind that run, with their places.
    pub fn of_kind(&self, kind: CheckKind, plan: &Plan) -> impl Iterator<Item = (usize, &Rule)> {
        let rules = self.rules().iter().enumerate();
        rules.filter(move |(place, rule)| rule.kind == kind && plan.runs(*place))
    }

    /// What is compiled of a rule, by its place.
    pub fn programs(&self, rule: usize) -> &RulePrograms {
        self.programs[rule].get_or_init(|| RulePrograms::of(&self.pack.rules[rule], &self.pack.classes))
    }

    /// The index of a language: the pack's, or one that is made when a draft first needs it.
    fn index(&self, language: Option<usize>, lexicons: &Lexicons) -> &Index {
        let at = language.unwrap_or(lexicons.count());
        match self.pack.indexes.get(at) {
            Some(index) => index,
            None => self.indexes[at]
                .get_or_init(|| Index::new(self.rules(), lexicons.get(language), &self.pack.classes, &[])),
        }
    }

    /// The forms of the rules that run which may match in a passage that has these features, in the order of the rules.
    pub fn candidates(
        &self,
        passage: &Passage,
        features: &Features,
        plan: &Plan,
        lexicons: &Lexicons,
    ) -> Vec<&Candidate> {
        let mut candidates = self.index(passage.language, lexicons).candidates(passage.block.kind, features);
        candidates.retain(|candidate| plan.runs(candidate.rule.into()));
        candidates
    }

    /// What forms of a language ask of its sentences.
    pub fn asked(&self, language: Option<usize>, lexicons: &Lexicons) -> &Features {
        &self.index(language, lexicons).asked
    }

    /// In a language, what the tokens of a rule's second forms have, one list of steps a form.
    pub fn far_steps(&self, language: Option<usize>, rule: usize, lexicons: &Lexicons) -> &[Vec<Step>] {
        self.index(language, lexicons).far_steps(rule)
    }

    /// A form by its number in a language.
    pub fn form(&self, language: Option<usize>, number: u32, lexicons: &Lexicons) -> &Candidate {
        self.index(language, lexicons).form(number)
    }

    /// The place of a rule.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.rules().iter().position(|rule| rule.id == id)
    }
}

impl RulePrograms {
    fn of(rule: &Rule, classes: &Classes) -> RulePrograms {
        let check = rule.check.pattern();
        let (unless, require) = rule.check.guard_lists();
        let guard = |guard: &Guard| match guard {
            Guard::Pattern(_, pattern) => Some(Program::new(pattern, classes)),
            Guard::Condition(_) => None,
        };
        let forms = check.map_or(&[][..], |check| &check.forms);
        RulePrograms {
            forms: forms.iter().map(|form| Program::new(form, classes)).collect(),
            with: check
                .and_then(|check| check.with.as_ref())
                .map_or_else(Vec::new, |form| Program::each(form, classes)),
            unless: unless.iter().map(guard).collect(),
            require: require.iter().map(guard).collect(),
            split: OnceLock::new(),
        }
    }
}

/// What a passage has.
pub fn features_of(passage: &Passage) -> Features {
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

impl Plan {
    /// Which rules run with these settings: selection first, then levels by id, class, group.
    pub fn new(rules: &RuleSet, settings: &Settings) -> Plan {
        if settings.select.is_empty() && settings.levels.is_empty() {
            return Plan { levels: vec![Some(Level::Own); rules.rules().len()] };
        }
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
