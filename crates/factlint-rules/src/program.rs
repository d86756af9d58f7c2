//! Patterns whose names are numbers, and what can be told of every match of one without a text: what it needs, what its
//! first tokens have, how long it is at most.

use serde::{Deserialize, Serialize};

use crate::kind::{Kind, KindSet};
use crate::lexicon::{ClassId, Classes, LONGEST_PHRASE, Lexicon, literal_class};
use crate::pattern::{Node, Over, Pattern};

/// A pattern whose names are numbers.
#[derive(Debug)]
pub struct Program {
    /// The alternatives.
    pub alternatives: Vec<Vec<Op>>,
    /// What every match needs.
    needs: Box<[Feature]>,
    /// Every match ends its block, and has at most so many tokens.
    pub closes: Option<usize>,
}

/// What is matched next.
#[derive(Debug)]
pub enum Op {
    /// A mention or a token of one of these kinds; the number is the slot's.
    Kinds(KindSet, Option<u8>),
    /// A phrase of a class; the number is the slot's.
    Class(ClassId, Option<u8>),
    /// A sign, in its plain form.
    Sign(char),
    /// One of several sequences.
    Group(Vec<Vec<Op>>),
    /// So many times at least, and at most.
    Repeat(Box<Op>, u8, u8),
    /// Up to that many words without a mention; and what stands behind it, if that is known.
    Gap(u8, Over, Option<Box<Ahead>>),
    /// No blank here.
    Glued,
    /// A blank here.
    Blank,
    /// The start of a sentence.
    SentenceStart,
    /// Its end, before or after the closing sign.
    SentenceEnd,
    /// The start of a block.
    BlockStart,
    /// The end of a block.
    BlockEnd,
    /// Not followed by this.
    Not(Box<Op>),
}

/// What a passage must have for a program to match in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Feature {
    /// A phrase of the class.
    Class(ClassId),
    /// A mention or token of the kind.
    Kind(Kind),
    /// A sign, by its number ([`sign_number`]).
    Sign(u8),
}

impl Feature {
    /// Its number among all features: kinds come first, then signs, then classes.
    #[inline]
    pub fn number(self) -> usize {
        match self {
            Feature::Kind(kind) => kind as usize,
            Feature::Sign(sign) => Kind::ALL.len() + sign as usize,
            Feature::Class(class) => Kind::ALL.len() + 128 + class.0 as usize,
        }
    }
}

/// What the first token of a match has: one of these at least. Nothing is known of it where there is none.
type Starts = Option<Vec<Feature>>;

/// What stands at a token: one of these at least.
#[derive(Debug, Default)]
pub struct Ahead {
    /// A mention or token of one of these kinds.
    pub kinds: KindSet,
    /// A sign, one bit each by its number ([`sign_number`]).
    pub signs: u128,
    /// A phrase of one of these classes.
    pub classes: Vec<ClassId>,
}

impl Ahead {
    fn of(features: &[Feature]) -> Ahead {
        let mut ahead = Ahead::default();
        for feature in features {
            match feature {
                Feature::Kind(kind) => ahead.kinds = ahead.kinds.with(*kind),
                Feature::Sign(sign) => ahead.signs |= 1 << sign,
                Feature::Class(class) => ahead.classes.push(*class),
            }
        }
        ahead
    }
}

/// What one token of every match has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// So many tokens behind the first it stands at least.
    pub least: usize,
    /// So many at most, if there is a bound.
    pub most: Option<usize>,
    /// It has one of these at least.
    pub features: Vec<Feature>,
    /// Whether it touches the token before it, if that matters.
    pub glued: Option<bool>,
}

impl Program {
    /// Compiles a pattern.
    pub fn new(pattern: &Pattern, classes: &Classes) -> Program {
        Program::of(compile_all(&pattern.alternatives, classes))
    }

    /// Compiles each alternative of a pattern by itself: each has needs of its own.
    pub fn each(pattern: &Pattern, classes: &Classes) -> Vec<Program> {
        let mut alternatives = compile_all(&pattern.alternatives, classes);
        // “[ a | b ]” are two, too.
        if let [ops] = &mut alternatives[..]
            && let [Op::Group(inner)] = &mut ops[..]
        {
            alternatives = std::mem::take(inner);
        }
        alternatives.into_iter().map(|ops| Program::of(vec![ops])).collect()
    }

    fn of(mut alternatives: Vec<Vec<Op>>) -> Program {
        look_ahead(&mut alternatives, &None);
        let needs = features_of_any(&alternatives).into_boxed_slice();
        let closes = closes(&alternatives, None);
        Program { alternatives, needs, closes }
    }

    /// The slots that a match can fill, one bit each.
    pub fn slots(&self) -> u64 {
        slots_of_any(&self.alternatives)
    }

    /// What tokens of every match have, one after another, as far as that can be told; `common` tells how common it is to have one of
    /// several features. Where there is no step, a match may start anywhere.
    pub fn steps(&self, lexicon: &Lexicon, common: &dyn Fn(&[Feature]) -> u32) -> Vec<Step> {
        let mut steps = Vec::new();
        if let [ops] = &self.alternatives[..] {
            steps_of(ops, lexicon, common, &mut steps);
        }
        let start = starts_of_any(&self.alternatives, &None);
        let start = start.map(|features| Step { least: 0, most: Some(0), features, glued: None });
        steps.extend(start.filter(|start| !steps.contains(start)));
        steps
    }

    /// If every match ends its block: how many tokens it has at most in a language.
    pub fn closes_in(&self, lexicon: &Lexicon) -> Option<usize> {
        closes(&self.alternatives, Some(lexicon))
    }

    /// Does every match open its block?
    pub fn opens(&self) -> bool {
        self.alternatives.iter().all(|ops| matches!(ops.first(), Some(Op::BlockStart)))
    }

    /// Does every match open a sentence?
    pub fn opens_sentence(&self) -> bool {
        self.alternatives.iter().all(|ops| matches!(ops.first(), Some(Op::SentenceStart | Op::BlockStart)))
    }

    /// What every match needs.
    pub fn needs(&self) -> &[Feature] {
        &self.needs
    }
}

fn compile_all(alternatives: &[Vec<Node>], classes: &Classes) -> Vec<Vec<Op>> {
    alternatives.iter().map(|nodes| nodes.iter().map(|node| compile(node, classes)).collect()).collect()
}

fn compile(node: &Node, classes: &Classes) -> Op {
    match node {
        Node::Kinds(kinds, slot) => Op::Kinds(*kinds, *slot),
        Node::Class(name, slot) => Op::Class(classes.known(name), *slot),
        Node::Literal(text) => match node.literal() {
            Some(word) => Op::Class(classes.known(&literal_class(word)), None),
            None => Op::Sign(text.chars().next().unwrap_or(' ')),
        },
        Node::Group(alternatives) => Op::Group(compile_all(alternatives, classes)),
        Node::Repeat(node, min, max) => Op::Repeat(Box::new(compile(node, classes)), *min, *max),
        Node::Gap(words, over) => Op::Gap(*words, *over, None),
        Node::Glued => Op::Glued,
        Node::Blank => Op::Blank,
        Node::SentenceStart => Op::SentenceStart,
        Node::SentenceEnd => Op::SentenceEnd,
        Node::BlockStart => Op::BlockStart,
        Node::BlockEnd => Op::BlockEnd,
        Node::Not(node) => Op::Not(Box::new(compile(node, classes))),
    }
}

/// How many tokens a gap of so many words crosses at most: “state-of-the-art”, a word in quotation marks, commas.
pub fn longest_gap(words: u8) -> usize {
    4 + 6 * words as usize
}

/// How many tokens the longest match has, if every match ends its block.
fn closes(alternatives: &[Vec<Op>], lexicon: Option<&Lexicon>) -> Option<usize> {
    let closing = |ops: &Vec<Op>| matches!(ops.last(), Some(Op::BlockEnd)).then(|| longest(ops, lexicon)).flatten();
    alternatives.iter().map(closing).try_fold(0, |most, long| Some(most.max(long?)))
}

/// How many tokens the ops match at most, if there is a bound: in a language, or in all.
fn longest(ops: &[Op], lexicon: Option<&Lexicon>) -> Option<usize> {
    ops.iter().map(|op| longest_of(op, lexicon)).try_fold(0, |all, long| Some(all + long?))
}

fn longest_of(op: &Op, lexicon: Option<&Lexicon>) -> Option<usize> {
    match op {
        Op::Kinds(kinds, _) => kinds.iter().all(Kind::is_token).then_some(1),
        Op::Class(class, _) => Some(lexicon.map_or(LONGEST_PHRASE, |lexicon| lexicon.longest(*class))),
        Op::Sign(_) => Some(1),
        Op::Group(alternatives) => {
            alternatives.iter().map(|ops| longest(ops, lexicon)).try_fold(0, |most, long| Some(most.max(long?)))
        }
        Op::Repeat(op, _, most) => Some(longest_of(op, lexicon)? * *most as usize),
        Op::Gap(words, ..) => Some(longest_gap(*words)),
        Op::Glued | Op::Blank | Op::SentenceStart | Op::SentenceEnd | Op::BlockStart | Op::BlockEnd | Op::Not(_) => {
            Some(0)
        }
    }
}

fn slots_of_any(alternatives: &[Vec<Op>]) -> u64 {
    alternatives.iter().flatten().fold(0, |all, op| all | slots_of(op))
}

fn slots_of(op: &Op) -> u64 {
    match op {
        Op::Kinds(_, Some(slot)) | Op::Class(_, Some(slot)) => 1 << slot,
        Op::Group(alternatives) => slots_of_any(alternatives),
        Op::Repeat(op, ..) => slots_of(op),
        _ => 0,
    }
}

fn features_of_any(alternatives: &[Vec<Op>]) -> Vec<Feature> {
    let mut each = alternatives.iter().map(|ops| {
        let mut features = Vec::new();
        for op in ops {
            features_of(op, &mut features);
        }
        features
    });
    let Some(mut shared) = each.next() else { return Vec::new() };
    for other in each {
        shared.retain(|feature| other.contains(feature));
    }
    shared.sort_unstable();
    shared.dedup();
    shared
}

fn features_of(op: &Op, out: &mut Vec<Feature>) {
    match op {
        Op::Kinds(kinds, _) => {
            let mut each = kinds.iter();
            if let (Some(kind), None) = (each.next(), each.next()) {
                out.push(Feature::Kind(kind));
            }
        }
        Op::Class(class, _) => out.push(Feature::Class(*class)),
        Op::Sign(sign) => out.extend(sign_number(*sign).map(Feature::Sign)),
        Op::Group(alternatives) => out.extend(features_of_any(alternatives)),
        Op::Repeat(op, 1.., _) => features_of(op, out),
        _ => {}
    }
}

/// More steps than that tell little.
const MOST_STEPS: usize = 8;

/// Adds what the tokens have that the ops cannot do without, and how far behind the first they stand.
fn steps_of(ops: &[Op], lexicon: &Lexicon, common: &dyn Fn(&[Feature]) -> u32, steps: &mut Vec<Step>) {
    let mut glued = None;
    let (mut least, mut most) = (0, Some(0));
    for op in ops {
        match op {
            Op::Glued => glued = Some(true),
            Op::Blank => glued = Some(false),
            Op::SentenceStart | Op::BlockStart | Op::SentenceEnd | Op::BlockEnd | Op::Not(_) => {}
            _ => {
                let end = most.zip(longest_of(op, Some(lexicon))).map(|(most, long)| most + long);
                let start = starts_of(std::slice::from_ref(op), &None);
                let rarest = rarest_of(std::slice::from_ref(op), common)
                    .filter(|rarest| start.as_ref().is_none_or(|start| common(rarest) < common(start)));
                if let Some(features) = start
                    && steps.len() < MOST_STEPS
                {
                    let glued = glued.filter(|_| most == Some(least));
                    steps.push(Step { least, most, features, glued });
                }
                if let Some(features) = rarest
                    && steps.len() < MOST_STEPS
                {
                    steps.push(Step { least, most: end.map(|end| end.saturating_sub(1)), features, glued: None });
                }
                glued = None;
                least += shortest_of(op);
                most = end;
            }
        }
    }
}

/// What one token of every match of the ops has, one of these at least: the rarest such, if there is any.
fn rarest_of(ops: &[Op], common: &dyn Fn(&[Feature]) -> u32) -> Option<Vec<Feature>> {
    let of = |op: &Op| match op {
        Op::Group(alternatives) => {
            let each = alternatives.iter().map(|ops| rarest_of(ops, common));
            each.collect::<Option<Vec<_>>>().map(|each| each.concat())
        }
        Op::Repeat(op, 1.., _) => rarest_of(std::slice::from_ref(op), common),
        Op::Kinds(..) | Op::Class(..) | Op::Sign(_) => starts_of(std::slice::from_ref(op), &None),
        _ => None,
    };
    ops.iter().filter_map(of).min_by_key(|features| common(features))
}

/// How many tokens the op matches at least.
fn shortest_of(op: &Op) -> usize {
    match op {
        Op::Kinds(..) | Op::Class(..) | Op::Sign(_) => 1,
        Op::Group(alternatives) => {
            alternatives.iter().map(|ops| ops.iter().map(shortest_of).sum()).min().unwrap_or_default()
        }
        Op::Repeat(op, least, _) => shortest_of(op) * *least as usize,
        _ => 0,
    }
}

fn starts_of_any(alternatives: &[Vec<Op>], rest: &Starts) -> Starts {
    let mut all = Vec::new();
    for ops in alternatives {
        all.extend(starts_of(ops, rest)?);
    }
    Some(all)
}

/// What a match of the ops starts with, when `rest` is what starts behind them.
fn starts_of(ops: &[Op], rest: &Starts) -> Starts {
    let Some((op, ops)) = ops.split_first() else { return rest.clone() };
    match op {
        Op::Kinds(kinds, _) => Some(kinds.iter().map(Feature::Kind).collect()),
        Op::Class(class, _) => Some(vec![Feature::Class(*class)]),
        Op::Sign(sign) => sign_number(*sign).map(|sign| vec![Feature::Sign(sign)]),
        Op::Group(alternatives) => starts_of_any(alternatives, &starts_of(ops, rest)),
        Op::Repeat(op, 1.., _) => starts_of(std::slice::from_ref(op), &starts_of(ops, rest)),
        Op::Repeat(op, 0, _) => {
            let without = starts_of(ops, rest);
            let mut all = starts_of(std::slice::from_ref(op), &without)?;
            all.extend(without?);
            Some(all)
        }
        Op::Glued | Op::Blank | Op::SentenceStart | Op::BlockStart | Op::Not(_) => starts_of(ops, rest),
        Op::Gap(..) | Op::SentenceEnd | Op::BlockEnd => None,
    }
}

/// Tells each gap what stands behind it, when `rest` is what stands behind the alternatives.
fn look_ahead(alternatives: &mut [Vec<Op>], rest: &Starts) {
    for ops in alternatives {
        for at in 0..ops.len() {
            let (op, behind) = ops[at..].split_first_mut().expect("there is one at each place");
            if has_gap(op) {
                look_ahead_of(op, &starts_of(behind, rest));
            }
        }
    }
}

fn look_ahead_of(op: &mut Op, rest: &Starts) {
    match op {
        Op::Gap(_, _, ahead) => *ahead = rest.as_deref().map(|features| Box::new(Ahead::of(features))),
        Op::Group(alternatives) => look_ahead(alternatives, rest),
        Op::Repeat(op, _, most) => {
            let again = starts_of(std::slice::from_ref(op), rest).zip(rest.clone());
            let rest = if *most > 1 { again.map(|(again, rest)| [again, rest].concat()) } else { rest.clone() };
            look_ahead_of(op, &rest);
        }
        Op::Not(op) => look_ahead_of(op, &None),
        _ => {}
    }
}

fn has_gap(op: &Op) -> bool {
    match op {
        Op::Gap(..) => true,
        Op::Group(alternatives) => alternatives.iter().flatten().any(has_gap),
        Op::Repeat(op, ..) | Op::Not(op) => has_gap(op),
        _ => false,
    }
}

/// The number of a sign in its plain form: its ASCII code, or for the common ones that have none that of a control sign.
pub fn sign_number(sign: char) -> Option<u8> {
    const COMMON: [char; 8] = ['…', '–', '€', '£', '«', '»', '•', '¿'];
    if sign.is_ascii() {
        return Some(sign as u8);
    }
    COMMON.iter().position(|common| *common == sign).map(|at| at as u8)
}
