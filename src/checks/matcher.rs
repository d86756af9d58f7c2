//! Patterns against tokens: bounded backtracking from a given token.
//!
//! A pattern is compiled once: classes and literal words become numbers. From a token, all ways to match are found, up
//! to a bound; the caller takes the longest to accuse and any to acquit.

use std::ops::Range;

use factlint_rules::lexicon::{ClassId, Lexicon, literal_class};
use factlint_rules::pattern::{Node, Pattern};
use factlint_rules::token::{TokenKind, plain_sign};
use factlint_rules::{Kind, KindSet};

use super::places::sign_number;
use crate::expressions::Words;
use crate::lexicons::Lexicons;
use crate::mentions::Passage;

/// A pattern whose names are numbers.
#[derive(Debug)]
pub struct Program {
    alternatives: Vec<Vec<Op>>,
    /// What every match needs.
    needs: Box<[Feature]>,
    /// Every match ends its block, and has at most so many tokens.
    closes: Option<usize>,
    /// Every match starts with a mention of one of these kinds.
    starts: Option<KindSet>,
}

#[derive(Debug)]
enum Op {
    Kinds(KindSet, Option<u8>),
    Class(ClassId, Option<u8>),
    Sign(char),
    Group(Vec<Vec<Op>>),
    Repeat(Box<Op>, u8, u8),
    Gap(u8, bool),
    Glued,
    Blank,
    SentenceStart,
    SentenceEnd,
    BlockStart,
    BlockEnd,
    Not(Box<Op>),
}

/// One way to match.
#[derive(Clone, Debug)]
pub struct Match {
    /// The first token.
    pub first: usize,
    /// The token after the last.
    pub end: usize,
    /// Which slot took which words, in order.
    pub captures: Vec<(u8, Words)>,
}

/// What a passage must have for a program to match in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// What one token of every match has.
#[derive(Clone, Debug)]
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

/// Ways from one token, at most.
const WAYS: usize = 32;
/// Steps from one token, at most; a pattern that needs more is not found, which is silence.
const STEPS: u32 = 6_000;

/// Mentions that a gap does not cross: whoever says “45 … (80%)” does not mean the 80% of another number.
const RIVALS: KindSet = KindSet::of(&[
    Kind::Number,
    Kind::Count,
    Kind::Ordinal,
    Kind::Percent,
    Kind::Points,
    Kind::Fraction,
    Kind::Multiple,
    Kind::Money,
    Kind::Quantity,
    Kind::Temperature,
    Kind::Age,
    Kind::Date,
    Kind::Time,
    Kind::Duration,
]);

impl Program {
    /// Compiles a pattern.
    pub fn new(pattern: &Pattern, lexicons: &Lexicons) -> Program {
        Program::of(compile_all(&pattern.alternatives, lexicons))
    }

    /// Compiles each alternative of a pattern by itself: each has needs of its own.
    pub fn each(pattern: &Pattern, lexicons: &Lexicons) -> Vec<Program> {
        let mut alternatives = compile_all(&pattern.alternatives, lexicons);
        // “[ a | b ]” are two, too.
        if let [ops] = &mut alternatives[..]
            && let [Op::Group(inner)] = &mut ops[..]
        {
            alternatives = std::mem::take(inner);
        }
        alternatives.into_iter().map(|ops| Program::of(vec![ops])).collect()
    }

    fn of(alternatives: Vec<Vec<Op>>) -> Program {
        let needs = features_of_any(&alternatives).into_boxed_slice();
        let closes = closes(&alternatives, None);
        let starts = starts_of_any(&alternatives, &None).and_then(|features| mentions_of(&features));
        Program { alternatives, needs, closes, starts }
    }

    /// All ways to match that start at token `at` and end by token `limit`.
    pub fn matches_at(&self, passage: &Passage, at: usize, limit: usize) -> Vec<Match> {
        let limit = limit.min(passage.tokens.len());
        let mut ways = Vec::new();
        if self.closes.is_some_and(|most| at + most < passage.tokens.len()) {
            return ways;
        }
        for ops in self.alternatives.iter().filter(|ops| may_start(ops, passage, at)) {
            let mut run = Run { passage, limit, first: at, captures: Vec::new(), ways, steps: 0 };
            run.go(&Rest::Seq(ops, &Rest::Done), at);
            ways = run.ways;
        }
        ways
    }

    /// Calls `each` with the tokens of a stretch at which a match may start, in order.
    pub fn for_each_start(&self, passage: &Passage, tokens: Range<usize>, mut each: impl FnMut(usize)) {
        let Some(kinds) = self.starts else { return tokens.for_each(each) };
        let mut last = None;
        let from = passage.mentions.partition_point(|mention| (mention.first as usize) < tokens.start);
        let within = passage.mentions[from..].iter().take_while(|mention| (mention.first as usize) < tokens.end);
        for mention in within.filter(|mention| mention.kinds.meets(kinds)) {
            if last.replace(mention.first) != Some(mention.first) {
                each(mention.first as usize);
            }
        }
    }

    /// Does it match anywhere from `from` to `to`, within `limit`?
    pub fn is_in(&self, passage: &Passage, from: usize, to: usize, limit: usize) -> bool {
        (from..to).any(|at| !self.matches_at(passage, at, limit).is_empty())
    }

    /// The slots that a match can fill, one bit each.
    pub fn slots(&self) -> u64 {
        slots_of_any(&self.alternatives)
    }

    /// What tokens of every match have, one after another, as far as that can be told. Where there is no step, a match
    /// may start anywhere.
    pub fn steps(&self, lexicon: &Lexicon) -> Vec<Step> {
        let start = starts_of_any(&self.alternatives, &None);
        let start = start.map(|features| Step { least: 0, most: Some(0), features, glued: None });
        let mut steps: Vec<Step> = start.into_iter().collect();
        if let [ops] = &self.alternatives[..] {
            steps_of(ops, lexicon, &mut steps);
        }
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

    /// What every match needs.
    pub fn needs(&self) -> &[Feature] {
        &self.needs
    }
}

fn compile_all(alternatives: &[Vec<Node>], lexicons: &Lexicons) -> Vec<Vec<Op>> {
    alternatives.iter().map(|nodes| nodes.iter().map(|node| compile(node, lexicons)).collect()).collect()
}

fn compile(node: &Node, lexicons: &Lexicons) -> Op {
    match node {
        Node::Kinds(kinds, slot) => Op::Kinds(*kinds, *slot),
        Node::Class(name, slot) => Op::Class(lexicons.class(name), *slot),
        Node::Literal(text) => match node.literal() {
            Some(word) => Op::Class(lexicons.class(&literal_class(word)), None),
            None => Op::Sign(text.chars().next().unwrap_or(' ')),
        },
        Node::Group(alternatives) => Op::Group(compile_all(alternatives, lexicons)),
        Node::Repeat(node, min, max) => Op::Repeat(Box::new(compile(node, lexicons)), *min, *max),
        Node::Gap(words, wide) => Op::Gap(*words, *wide),
        Node::Glued => Op::Glued,
        Node::Blank => Op::Blank,
        Node::SentenceStart => Op::SentenceStart,
        Node::SentenceEnd => Op::SentenceEnd,
        Node::BlockStart => Op::BlockStart,
        Node::BlockEnd => Op::BlockEnd,
        Node::Not(node) => Op::Not(Box::new(compile(node, lexicons))),
    }
}

/// Tokens of a phrase of a lexicon, at most.
const LONGEST_PHRASE: usize = 24;

/// How many tokens a gap of so many words crosses at most: “state-of-the-art”, a word in quotation marks, commas.
fn longest_gap(words: u8) -> usize {
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
        Op::Gap(words, _) => Some(longest_gap(*words)),
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
fn steps_of(ops: &[Op], lexicon: &Lexicon, steps: &mut Vec<Step>) {
    let mut glued = None;
    let (mut least, mut most) = (0, Some(0));
    for op in ops {
        match op {
            Op::Glued => glued = Some(true),
            Op::Blank => glued = Some(false),
            Op::SentenceStart | Op::BlockStart | Op::SentenceEnd | Op::BlockEnd | Op::Not(_) => {}
            _ => {
                if let Some(features) = starts_of(std::slice::from_ref(op), &None)
                    && steps.len() < MOST_STEPS
                {
                    let glued = glued.filter(|_| most == Some(least));
                    steps.push(Step { least, most, features, glued });
                }
                glued = None;
                least += shortest_of(op);
                most = most.zip(longest_of(op, Some(lexicon))).map(|(most, long)| most + long);
            }
        }
    }
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

/// The kinds of the features, if all of them are kinds of mentions, which no token is by its letters alone.
fn mentions_of(features: &[Feature]) -> Option<KindSet> {
    features.iter().try_fold(KindSet::EMPTY, |kinds, feature| match feature {
        Feature::Kind(kind) if !kind.is_token() => Some(kinds.with(*kind)),
        _ => None,
    })
}

/// A cheap look at whether ops can match from a token, as far as each takes one token; a yes may still be wrong.
fn may_start(ops: &[Op], passage: &Passage, at: usize) -> bool {
    let Some((op, rest)) = ops.split_first() else { return true };
    match op {
        Op::Kinds(kinds, _) => {
            passage.kinds_at(at).meets(*kinds)
                && (!kinds.iter().all(Kind::is_token) || may_start(rest, passage, at + 1))
        }
        Op::Class(class, _) => passage.has(at, *class),
        Op::Sign(sign) => is_sign(passage, at, *sign) && may_start(rest, passage, at + 1),
        Op::Glued => passage.glued(at) && may_start(rest, passage, at),
        Op::Blank => !passage.glued(at) && may_start(rest, passage, at),
        Op::BlockStart => at == 0 && may_start(rest, passage, at),
        Op::Group(alternatives) => alternatives.iter().any(|ops| may_start(ops, passage, at)),
        _ => true,
    }
}

fn is_sign(passage: &Passage, at: usize, sign: char) -> bool {
    passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Sign)
        && passage.word(at).chars().next().is_some_and(|c| plain_sign(c) == sign)
}

/// What is still to be matched.
enum Rest<'a> {
    Seq(&'a [Op], &'a Rest<'a>),
    Repeat { op: &'a Op, min: u8, max: u8, last: Option<usize>, next: &'a Rest<'a> },
    Done,
}

struct Run<'p, 'd> {
    passage: &'p Passage<'d>,
    limit: usize,
    first: usize,
    captures: Vec<(u8, Words)>,
    ways: Vec<Match>,
    steps: u32,
}

impl Run<'_, '_> {
    fn sign(&self, at: usize, sign: char) -> bool {
        at < self.limit && is_sign(self.passage, at, sign)
    }

    fn go(&mut self, rest: &Rest, at: usize) {
        self.steps += 1;
        if self.steps > STEPS || self.ways.len() >= WAYS {
            return;
        }
        match rest {
            Rest::Done => self.ways.push(Match { first: self.first, end: at, captures: self.captures.clone() }),
            Rest::Seq([], next) => self.go(next, at),
            Rest::Seq([op, ops @ ..], next) => self.step(op, at, &Rest::Seq(ops, next)),
            Rest::Repeat { op, min, max, last, next } => {
                // One more first: the longest way comes first.
                if *max > 0 && (*min > 0 || *last != Some(at)) {
                    self.step(
                        op,
                        at,
                        &Rest::Repeat { op, min: min.saturating_sub(1), max: max - 1, last: Some(at), next },
                    );
                }
                if *min == 0 {
                    self.go(next, at);
                }
            }
        }
    }

    fn step(&mut self, op: &Op, at: usize, rest: &Rest) {
        match op {
            Op::Kinds(kinds, slot) => {
                if at >= self.limit {
                    return;
                }
                for place in self.passage.mentions_at(at) {
                    let mention = &self.passage.mentions[place];
                    if mention.kinds.meets(*kinds) && mention.end as usize <= self.limit {
                        let words = Words::mention(self.passage.index, place, mention);
                        self.take(*slot, words, rest);
                    }
                }
                if self.passage.token_kinds(at).meets(*kinds) {
                    self.take(*slot, Words::tokens(self.passage.index, at, at + 1), rest);
                }
            }
            Op::Class(class, slot) => {
                let passage = self.passage;
                for hit in passage.hits_of(at, *class) {
                    let end = at + hit.len as usize;
                    if end <= self.limit {
                        let mut words = Words::tokens(self.passage.index, at, end);
                        words.hit = Some((hit.class, hit.value));
                        self.take(*slot, words, rest);
                    }
                }
            }
            Op::Sign(sign) => {
                if self.sign(at, *sign) {
                    self.go(rest, at + 1);
                }
            }
            Op::Group(alternatives) => {
                for ops in alternatives {
                    self.go(&Rest::Seq(ops, rest), at);
                }
            }
            Op::Repeat(op, min, max) => self.go(&Rest::Repeat { op, min: *min, max: *max, last: None, next: rest }, at),
            Op::Gap(words, wide) => self.gap(*words, *wide, at, rest),
            Op::Glued => self.when(self.passage.glued(at), at, rest),
            Op::Blank => self.when(at < self.passage.tokens.len() && !self.passage.glued(at), at, rest),
            Op::SentenceStart => self.when(self.passage.opens_sentence(at), at, rest),
            Op::SentenceEnd => {
                let ends = at >= self.passage.tokens.len()
                    || self.passage.sentences.iter().any(|sentence| sentence.start as usize == at)
                    || matches!(self.passage.word(at), "." | "!" | "?" | "…");
                self.when(ends, at, rest);
            }
            Op::BlockStart => self.when(at == 0, at, rest),
            Op::BlockEnd => self.when(at >= self.passage.tokens.len(), at, rest),
            Op::Not(op) => {
                let mut other = Run {
                    passage: self.passage,
                    limit: self.passage.tokens.len(),
                    first: at,
                    captures: Vec::new(),
                    ways: Vec::new(),
                    steps: 0,
                };
                other.step(op, at, &Rest::Done);
                self.when(other.ways.is_empty(), at, rest);
            }
        }
    }

    fn when(&mut self, condition: bool, at: usize, rest: &Rest) {
        if condition {
            self.go(rest, at);
        }
    }

    fn take(&mut self, slot: Option<u8>, words: Words, rest: &Rest) {
        let end = words.end as usize;
        match slot {
            Some(slot) => {
                self.captures.push((slot, words));
                self.go(rest, end);
                self.captures.pop();
            }
            None => self.go(rest, end),
        }
    }

    /// No word, one, two … up to `words`; a hyphen or an apostrophe inside a word costs nothing.
    fn gap(&mut self, words: u8, wide: bool, at: usize, rest: &Rest) {
        let end = self.limit.min(at + longest_gap(words));
        let mut at = at;
        let mut left = words;
        loop {
            self.go(rest, at);
            if at >= end {
                return;
            }
            let rival = |place: usize| {
                let mention = &self.passage.mentions[place];
                mention.kinds.meets(RIVALS) && !mention.is(Kind::Year)
            };
            if self.passage.mentions_at(at).any(rival) {
                return;
            }
            let token = &self.passage.tokens[at];
            match token.kind {
                TokenKind::Word | TokenKind::Opaque => {
                    let joined =
                        !token.blank_before && at > 0 && matches!(self.passage.word(at - 1), "-" | "'" | "’" | "‑");
                    if !joined {
                        if left == 0 {
                            return;
                        }
                        left -= 1;
                    }
                }
                // A year stands in a gap as a word does.
                TokenKind::Number if left > 0 => left -= 1,
                TokenKind::Sign => {
                    let sign = self.passage.word(at);
                    let inner =
                        matches!(sign, "-" | "'" | "’" | "‑") && !token.blank_before && self.passage.glued(at + 1);
                    let crossed = wide && matches!(sign, "," | "\"" | "“" | "”" | "«" | "»" | "„" | "‘" | "’");
                    if !inner && !crossed {
                        return;
                    }
                }
                TokenKind::Number => return,
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_is_longer_than_patterns_reckon_with() {
        let pack = crate::rules::embedded();
        for lexicon in &pack.lexicons {
            for class in lexicon.class_names(&pack.classes) {
                let longest = lexicon.longest(pack.classes.known(class));
                assert!(longest <= LONGEST_PHRASE, "{}: a phrase of {class} has {longest} tokens", lexicon.language);
            }
        }
    }
}
