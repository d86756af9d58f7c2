//! Patterns against tokens: bounded backtracking from a given token.
//!
//! From a token, all ways to match are found, up to a bound; the caller takes the longest to accuse and any to acquit.

use factlint_rules::pattern::Over;
use factlint_rules::program::{Ahead, Op, Program, longest_gap};
use factlint_rules::token::{TokenKind, plain_sign};
use factlint_rules::{Kind, KindSet};

use super::places::sign_at;
use crate::expressions::Words;
use crate::mentions::Passage;

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

/// Mentions that a gap crosses whole, with the signs inside them.
const NAMES: KindSet = KindSet::of(&[Kind::Name, Kind::Person, Kind::Place, Kind::Organisation, Kind::Title]);

/// Tokens of a name, at most, that are looked back for where a gap meets a sign.
const LONGEST_NAME: usize = 6;

/// What a gap over times crosses as it does a word.
const TIMES: KindSet = KindSet::of(&[Kind::Date, Kind::Time, Kind::Duration, Kind::Ordinal]);

/// All ways to match that start at token `at` and end by token `limit`.
pub fn matches_at(program: &Program, passage: &Passage, at: usize, limit: usize) -> Vec<Match> {
    let limit = limit.min(passage.tokens.len());
    let mut ways = Vec::new();
    if program.closes.is_some_and(|most| at + most < passage.tokens.len()) {
        return ways;
    }
    for ops in program.alternatives.iter().filter(|ops| may_start(ops, passage, at)) {
        let mut run = Run { passage, limit, first: at, captures: Vec::new(), ways, steps: 0 };
        run.go(&Rest::Seq(ops, &Rest::Done), at);
        ways = run.ways;
    }
    ways
}

/// Does it match anywhere from `from` to `to`, within `limit`?
pub fn is_in(program: &Program, passage: &Passage, from: usize, to: usize, limit: usize) -> bool {
    (from..to).any(|at| !matches_at(program, passage, at, limit).is_empty())
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

/// Stands one of these at a token?
fn stands(ahead: &Ahead, passage: &Passage, at: usize) -> bool {
    let kinds = passage.kinds_at(at);
    kinds.meets(ahead.kinds)
        || ahead.classes.iter().any(|class| passage.has(at, *class))
        || ahead.signs != 0
            && kinds.has(Kind::Sign)
            && sign_at(passage, at).is_some_and(|sign| ahead.signs & 1 << sign != 0)
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
                    // Most are words, and most words are others.
                    if !matches!(ops.first(), Some(Op::Class(class, _)) if !self.passage.has(at, *class)) {
                        self.go(&Rest::Seq(ops, rest), at);
                    }
                }
            }
            Op::Repeat(op, min, max) => self.go(&Rest::Repeat { op, min: *min, max: *max, last: None, next: rest }, at),
            Op::Gap(words, over, ahead) => self.gap(*words, *over, ahead.as_deref(), at, rest),
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

    /// Does a name have the point or the ampersand there, as in “J. P. Zog”, “St. Zog” or “Zog & Co”?
    fn is_in_name(&self, at: usize) -> bool {
        let holds = |place: usize| {
            let mention = &self.passage.mentions[place];
            mention.kinds.meets(NAMES) && mention.end as usize > at + 1
        };
        matches!(self.passage.word(at), "." | "&")
            && (1..=LONGEST_NAME.min(at)).any(|back| self.passage.mentions_at(at - back).any(holds))
    }

    /// No word, one, two … up to `words`; a hyphen or an apostrophe inside a word costs nothing.
    fn gap(&mut self, words: u8, over: Over, ahead: Option<&Ahead>, at: usize, rest: &Rest) {
        let end = self.limit.min(at + longest_gap(words));
        let mut at = at;
        let mut left = words;
        loop {
            if ahead.is_none_or(|ahead| stands(ahead, self.passage, at)) {
                self.go(rest, at);
            }
            if at >= end {
                return;
            }
            let mentions = || self.passage.mentions_at(at).map(|place| &self.passage.mentions[place]);
            if over == Over::Times
                && left > 0
                && let Some(time) =
                    mentions().filter(|mention| mention.kinds.meets(TIMES)).map(|mention| mention.end).max()
            {
                at = time as usize;
                left -= 1;
                continue;
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
                    let crossed =
                        over != Over::Words && matches!(sign, "," | "\"" | "“" | "”" | "«" | "»" | "„" | "‘" | "’");
                    if !inner && !crossed && !self.is_in_name(at) {
                        return;
                    }
                }
                TokenKind::Number => return,
            }
            at += 1;
        }
    }
}
