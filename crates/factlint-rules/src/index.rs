//! Where each form of a rule is worth a try.
//!
//! A form is tried only in sentences that have all that it cannot do without, and found by the rarest of that, so that
//! rules whose words a text does not have cost nothing. The index of the embedded rules is made when the binary is built.

use serde::{Deserialize, Serialize};

use crate::bits::{BitSet, bits};
use crate::block::BlockKind;
use crate::check::{PatternCheck, Within};
use crate::deferred::Deferred;
use crate::expr::{Expr, Op};
use crate::kind::Kind;
use crate::lexicon::{Classes, Lexicon, word_key};
use crate::program::{Feature, Program, Step};
use crate::rule::Rule;
use crate::token::tokenize_into;

/// For one language: forms by the rarest thing that they need.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Index {
    candidates: Vec<Deferred<Candidate>>,
    /// The features that forms are found by.
    keyed: Features,
    /// The features that anything is asked of.
    pub asked: Features,
    /// By the number of a feature, where its forms start in `forms`; one entry more than there are features.
    starts: Vec<u32>,
    forms: Vec<Entry>,
    always: Vec<Entry>,
    /// The rules that look through the whole draft for a second form, by their places, in order.
    far: Vec<u16>,
    /// For each of them what the tokens of its second forms have, one list of steps a form.
    far_steps: Vec<Deferred<Vec<Vec<Step>>>>,
}

/// A form in the index: what is asked before anything else of it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    number: u32,
    /// The number of the rarest thing that it needs but for those that it is found by.
    second: Option<u32>,
    /// The kinds of blocks that it is tried in, one bit each.
    blocks: u8,
}

/// A form that may match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The place of its rule.
    pub rule: u16,
    /// The place of the form in the rule.
    pub form: u16,
    /// Its number among the forms of its language.
    pub number: u32,
    /// What it needs, the rarest first.
    pub needs: Box<[Feature]>,
    /// What its tokens have.
    pub steps: Vec<Step>,
    /// How many tokens a match has at most, if every match ends its block.
    pub closes: Option<usize>,
    /// Every match opens its block.
    pub opens: bool,
    /// Every match opens a sentence.
    pub opens_sentence: bool,
    /// It reaches over its sentence, so it needs what the block has, not what the sentence has.
    pub wide: bool,
}

impl Entry {
    /// Is it a block in which the form is tried, and has it the second thing that the form needs?
    fn may_fit(&self, block: BlockKind, features: &Features) -> bool {
        self.blocks & 1 << block as u8 != 0 && self.second.is_none_or(|second| features.has(second as usize))
    }
}

impl Candidate {
    /// Has the stretch all that the form needs, and for each of its steps one of what it asks for? A step that asks for
    /// one thing is among the needs.
    fn fits(&self, features: &Features) -> bool {
        let any = |step: &Step| step.features.iter().any(|feature| features.has(feature.number()));
        features.have(&self.needs) && self.steps.iter().all(|step| step.features.len() == 1 || any(step))
    }
}

impl Index {
    /// The index of the rules that run in the language of a lexicon. How common the lexicon's classes are is counted in these texts;
    /// without any it is guessed by their names.
    pub fn new(rules: &[Rule], lexicon: &Lexicon, classes: &Classes, texts: &[&str]) -> Index {
        let commonness = Commonness { classes, counted: (!texts.is_empty()).then(|| count(lexicon, classes, texts)) };
        let common = |features: &[Feature]| -> u32 { features.iter().map(|feature| commonness.of(*feature)).sum() };
        let mut index = Index::default();
        let mut by_feature = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            if !rule.runs_in(&lexicon.language) || !rule.classes.iter().all(|class| lexicon.has(classes.known(class))) {
                continue;
            }
            let Some(check) = rule.check.pattern() else { continue };
            let with = check.with.as_ref().map(|with| Program::new(with, classes));
            // What stands in the same block beside the form it cannot do without either.
            let beside = with.as_ref().filter(|_| check.within != Within::Document).map_or(&[][..], Program::needs);
            if let Some(pattern) = check.with.as_ref().filter(|_| check.within == Within::Document) {
                let steps: Vec<_> =
                    Program::each(pattern, classes).iter().map(|program| program.steps(lexicon, &common)).collect();
                let asked = steps.iter().flatten().flat_map(|step| &step.features);
                asked.for_each(|feature| index.asked.insert(feature.number()));
                index.far.push(at as u16);
                index.far_steps.push(steps.into());
            }
            let of = |kind: &&BlockKind| check.of.is_empty() || check.of.iter().any(|of| of == kind.word());
            let all_blocks = BlockKind::ALL.iter().filter(of).fold(0, |all, kind| all | 1 << *kind as u8);
            for (form, pattern) in check.forms.iter().enumerate() {
                let program = Program::new(pattern, classes);
                // A rule of several kinds of blocks may have a form for one of them alone: its condition says so.
                let condition = rule.applies.as_ref().filter(|_| check.of.len() != 1);
                let blocks = condition.map_or(all_blocks, |condition| {
                    let (own, theirs) = (program.slots(), with.as_ref().map_or(0, Program::slots));
                    all_blocks & Filled { check, own: own & !theirs, all: own | theirs }.blocks(condition)
                });
                let mut needs: Box<[Feature]> = program.needs().iter().chain(beside).copied().collect();
                needs.sort_by_key(|feature| (commonness.of(*feature), *feature));
                let wide = check.within != Within::Sentences(1);
                let number = index.candidates.len() as u32;
                // All of them are asked, in any order: what most sentences lack comes first.
                let mut steps = program.steps(lexicon, &common);
                steps.sort_by_key(|step| common(&step.features));
                // It is found by the rarest thing that it needs, or by each of several of which it needs one.
                let rarest = needs.first().map(std::slice::from_ref);
                let one_of = steps.first().map(|step| &step.features[..]);
                let keys = rarest.into_iter().chain(one_of).min_by_key(|features| common(features)).unwrap_or_default();
                let second = needs.iter().find(|feature| !keys.contains(feature)).map(|second| second.number() as u32);
                let entry = Entry { number, second, blocks };
                if keys.is_empty() {
                    index.always.push(entry);
                }
                by_feature.extend(keys.iter().map(|feature| (feature.number(), entry)));
                let asked = needs.iter().chain(steps.iter().flat_map(|step| &step.features));
                asked.for_each(|feature| index.asked.insert(feature.number()));
                let closes = program.closes_in(lexicon);
                let candidate = Candidate {
                    rule: at as u16,
                    form: form as u16,
                    number,
                    needs,
                    steps,
                    closes,
                    opens: program.opens(),
                    opens_sentence: program.opens_sentence(),
                    wide,
                };
                index.candidates.push(candidate.into());
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

    /// The forms that may match in a block of that kind which has these features, in the order of the rules.
    pub fn candidates(&self, block: BlockKind, features: &Features) -> Vec<&Candidate> {
        // In a set of bits they come out in order.
        let mut numbers = vec![0_u64; self.candidates.len().div_ceil(64)];
        let mut add = |entry: &Entry| {
            if entry.may_fit(block, features) {
                numbers[entry.number as usize / 64] |= 1 << (entry.number % 64);
            }
        };
        self.always.iter().for_each(&mut add);
        for feature in features.shared(&self.keyed) {
            let (start, end) = (self.starts[feature], self.starts[feature + 1]);
            self.forms[start as usize..end as usize].iter().for_each(&mut add);
        }
        bits(&numbers).map(|number| self.form(number as u32)).filter(|candidate| candidate.fits(features)).collect()
    }

    /// What the tokens of a rule's second forms have, one list of steps a form; none if the rule does not run in the language.
    pub fn far_steps(&self, rule: usize) -> &[Vec<Step>] {
        let found = self.far.binary_search_by_key(&rule, |far| usize::from(*far));
        found.map_or(&[], |at| &self.far_steps[at])
    }

    /// A form by its number.
    pub fn form(&self, number: u32) -> &Candidate {
        &self.candidates[number as usize]
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
        block_kinds(condition, &|slot| self.has(self.own, slot), &|slot| !self.has(self.all, slot))
    }
}

/// In which kinds of blocks a condition can hold, one bit each. `is_here` tells which variables are words of the block, `is_empty`
/// which have none.
pub fn block_kinds(condition: &Expr, is_here: &dyn Fn(&str) -> bool, is_empty: &dyn Fn(&str) -> bool) -> u8 {
    let inner = |condition: &Expr| block_kinds(condition, is_here, is_empty);
    match condition {
        Expr::Binary(Op::And, a, b) => inner(a) & inner(b),
        Expr::Binary(Op::Or, a, b) => inner(a) | inner(b),
        Expr::Binary(op @ (Op::Equal | Op::NotEqual), a, b) => match (&**a, &**b) {
            (Expr::Field(of, field), Expr::Text(word)) => match (&**of, field.as_str()) {
                (Expr::Var(name), "kind") if name == "block" => kinds_of(word, *op),
                (Expr::Var(name), "block-kind") if is_here(name) => kinds_of(word, *op),
                _ => u8::MAX,
            },
            _ => u8::MAX,
        },
        Expr::Call(name, arguments) if name == "has" => match &arguments[..] {
            [Expr::Var(name)] if is_empty(name) => 0,
            _ => u8::MAX,
        },
        _ => u8::MAX,
    }
}

/// The kinds of blocks that are called so, or are not.
fn kinds_of(word: &str, op: Op) -> u8 {
    let kinds = BlockKind::ALL.iter().filter(|kind| (kind.word() == word) == (op == Op::Equal));
    kinds.fold(0, |all, kind| all | 1 << *kind as u8)
}

/// In how many of a thousand texts each class of a lexicon stands, by its number.
fn count(lexicon: &Lexicon, classes: &Classes, texts: &[&str]) -> Vec<u32> {
    let mut counts = vec![0; classes.len()];
    let (mut tokens, mut hits, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    for text in texts {
        tokens.clear();
        hits.clear();
        starts.clear();
        tokenize_into(text, &mut tokens);
        let keys: Vec<u64> = tokens.iter().map(|token| word_key(token.text(text))).collect();
        lexicon.look_up(text, &tokens, &keys, &mut hits, &mut starts);
        let mut found: Vec<usize> = hits.iter().map(|hit| hit.class.0.into()).collect();
        found.sort_unstable();
        found.dedup();
        for class in found {
            counts[class] += 1;
        }
    }
    counts.into_iter().map(|count: usize| (count * 1000 / texts.len()) as u32).collect()
}

/// How common features are: in how many of a thousand passages they stand. A rough order is enough.
struct Commonness<'c> {
    classes: &'c Classes,
    /// Of the classes, where it was counted.
    counted: Option<Vec<u32>>,
}

impl Commonness<'_> {
    fn of(&self, feature: Feature) -> u32 {
        match (feature, &self.counted) {
            (Feature::Class(class), Some(counted)) => counted.get(class.0 as usize).copied().unwrap_or_default() + 1,
            (feature, _) => 10 * guessed(feature, self.classes),
        }
    }
}

/// In how many of a hundred passages a feature may stand.
fn guessed(feature: Feature, classes: &Classes) -> u32 {
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
            let name = classes.name(class);
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

/// A set of features, by their numbers: what a passage has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Features(BitSet);

impl Features {
    /// Adds the feature of that number.
    #[inline]
    pub fn insert(&mut self, number: usize) {
        self.0.insert(number);
    }

    /// Has it the feature of that number?
    #[inline]
    pub fn has(&self, number: usize) -> bool {
        self.0.has(number)
    }

    /// The numbers of those that are in both, in order.
    pub fn shared<'f>(&'f self, other: &'f Features) -> impl Iterator<Item = usize> + use<'f> {
        self.0.shared(&other.0)
    }

    /// Has it all of them?
    pub fn have(&self, features: &[Feature]) -> bool {
        features.iter().all(|feature| self.has(feature.number()))
    }
}
