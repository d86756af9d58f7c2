//! Where in a passage its features stand, as bits, and from which of its tokens a form may match.

use std::ops::Range;

use factlint_rules::Kind;
use factlint_rules::bits::bits;
use factlint_rules::index::Features;
use factlint_rules::program::{Feature, Step, sign_number};

use crate::mentions::Passage;

/// Where in a passage its features stand.
#[derive(Debug)]
pub struct Rows {
    /// Words of 64 bits that hold one bit a token of the passage.
    width: usize,
    /// The features that the passage has and forms ask for, by their numbers.
    pub features: Vec<u32>,
    /// For each of them one bit a token.
    tokens: Vec<u64>,
    /// For each of them one bit a sentence.
    sentences: Vec<u64>,
    /// Words of 64 bits that hold one bit a sentence.
    wide: usize,
    /// The tokens that touch the one before them, one bit a token.
    glued: Vec<u64>,
}

/// From which tokens of a passage a form may match.
///
/// Nothing is cleared from one passage to the next but what that one had.
#[derive(Debug, Default)]
pub struct Places {
    /// By the number of a feature: its place in the rows of the passage and one more; 0 where the passage does not have it.
    rows: Vec<u32>,
    /// The features that the passage has.
    listed: Vec<u32>,
    /// The place of the passage in the draft.
    passage: Option<usize>,
    /// By how far a token is behind another, from 1 on: which have that other in their sentence, one bit each. Made as far as asked for.
    together: Vec<u64>,
    /// The bits of the last word of a row that stand for tokens.
    last: u64,
    /// Memory for one answer.
    found: Vec<u64>,
    step: Vec<u64>,
}

/// How far a match may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To the end of the sentence that it starts in.
    Sentence,
    /// To the end of the passage.
    Passage,
}

impl Rows {
    /// Reads where tokens of a passage have those of its features that are asked for; `places` is memory for it.
    pub fn read(passage: &Passage, features: &Features, asked: &Features, places: &mut Places) -> Rows {
        let features: Vec<u32> = features.shared(asked).map(|number| number as u32).collect();
        places.look_into(&features, passage);
        let (width, wide) = (passage.tokens.len().div_ceil(64), passage.sentences.len().div_ceil(64));
        let [tokens, sentences] = [width, wide].map(|words| vec![0; features.len() * words]);
        let mut rows = Rows { width, features, tokens, sentences, wide, glued: vec![0; width] };
        let mut sentence = 0;
        for at in 0..passage.tokens.len() {
            let (word, bit) = (at / 64, 1 << (at % 64));
            sentence += usize::from(passage.sentences.get(sentence + 1).is_some_and(|next| next.start as usize == at));
            let mut add = |feature: Feature| {
                if let Some(row) = places.row(feature.number()) {
                    rows.tokens[row * width + word] |= bit;
                    rows.sentences[row * wide + sentence / 64] |= 1 << (sentence % 64);
                }
            };
            let kinds = passage.kinds_at(at);
            kinds.iter().for_each(|kind| add(Feature::Kind(kind)));
            if kinds.has(Kind::Sign)
                && let Some(sign) = sign_at(passage, at)
            {
                add(Feature::Sign(sign));
            }
            passage.hits(at).iter().for_each(|hit| add(Feature::Class(hit.class)));
            if passage.glued(at) {
                rows.glued[word] |= bit;
            }
        }
        rows
    }
}

impl Places {
    /// Looks at a passage with these of its features from now on.
    pub fn look_into(&mut self, features: &[u32], passage: &Passage) {
        if self.passage.replace(passage.index) == Some(passage.index) {
            return;
        }
        self.listed.drain(..).for_each(|number| self.rows[number as usize] = 0);
        self.listed.extend(features);
        self.rows.resize(self.rows.len().max(features.last().map_or(0, |last| *last as usize + 1)), 0);
        features.iter().zip(1..).for_each(|(number, row)| self.rows[*number as usize] = row);
        self.last = u64::MAX >> ((64 - passage.tokens.len() % 64) % 64);
        self.together.clear();
    }

    /// Finds out which tokens have the next but so many in their sentence, for as many as the steps ask of; `width` is that of a row.
    fn find_together(&mut self, width: usize, sentences: &[Range<u32>], steps: &[Step]) {
        if self.together.is_empty() {
            self.together.resize(width, u64::MAX);
            for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
                let last = sentence.end as usize - 1;
                self.together[last / 64] &= !(1 << (last % 64));
            }
        }
        let far = |step: &Step| step.least.max(step.most.map_or(0, |most| most - step.least));
        let most = steps.iter().map(far).max().unwrap_or_default().min(64 * width);
        for by in self.together.len() / width..most {
            for at in 0..width {
                let before = self.together[(by - 1) * width + at];
                let next = before & moved(&self.together[..width], at, by);
                self.together.push(next);
            }
        }
    }

    /// The row of a feature, if the passage has it.
    #[inline]
    fn row(&self, number: usize) -> Option<usize> {
        (*self.rows.get(number)? as usize).checked_sub(1)
    }

    /// Clears the bits of the sentences that lack one of them.
    pub fn have(&self, rows: &Rows, features: &[Feature], sentences: &mut [u64]) {
        for feature in features {
            match self.row(feature.number()) {
                Some(row) => {
                    let own = &rows.sentences[row * rows.wide..];
                    sentences.iter_mut().zip(own).for_each(|(bits, own)| *bits &= own);
                }
                None => sentences.fill(0),
            }
        }
    }

    /// The tokens from which all steps may be taken, in order.
    pub fn of(&mut self, rows: &Rows, passage: &Passage, steps: &[Step], reach: Reach) -> impl Iterator<Item = usize> {
        if reach == Reach::Sentence {
            self.find_together(rows.width, &passage.sentences, steps);
        }
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        found.resize(rows.width, 0);
        match &mut found[..] {
            // So much stays in registers.
            [one] => {
                let mut words = [0; 1];
                self.narrow(rows, passage, &mut words, &mut [0; 1], steps, reach);
                *one = words[0];
            }
            words => {
                let mut step = std::mem::take(&mut self.step);
                step.clear();
                step.resize(words.len(), 0);
                self.narrow(rows, passage, words, &mut step, steps, reach);
                self.step = step;
            }
        }
        self.found = found;
        bits(&self.found)
    }

    /// Sets `found` to the tokens from which all steps may be taken; `step` is memory for one of them.
    #[allow(clippy::inline_always, reason = "where there is one word, all loops over words fall away: that halves it")]
    #[inline(always)]
    fn narrow(
        &self,
        rows: &Rows,
        passage: &Passage,
        found: &mut [u64],
        step: &mut [u64],
        steps: &[Step],
        reach: Reach,
    ) {
        let Some(end) = found.len().checked_sub(1) else { return };
        found.fill(u64::MAX);
        found[end] &= self.last;
        for one in steps {
            self.take(rows, one, step);
            step[end] &= self.last;
            match (one.most, reach) {
                (Some(most), _) => self.any_of_next(step, most - one.least, reach),
                (None, Reach::Sentence) => any_to_the_start(step, |at| passage.sentence_around(at).0),
                (None, Reach::Passage) => any_to_the_start(step, |_| 0),
            }
            for at in 0..step.len() {
                step[at] = self.moved_in(step, at, one.least, reach);
            }
            (0..found.len()).for_each(|at| found[at] &= step[at]);
            if found.iter().all(|bits| *bits == 0) {
                return;
            }
        }
    }

    /// Sets `tokens` to those that have what a step asks for.
    #[allow(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn take(&self, rows: &Rows, step: &Step, tokens: &mut [u64]) {
        tokens.fill(0);
        for feature in &step.features {
            if let Some(row) = self.row(feature.number()) {
                let own = &rows.tokens[row * rows.width..][..rows.width];
                (0..tokens.len()).for_each(|at| tokens[at] |= own[at]);
            }
        }
        if let Some(glued) = step.glued {
            let flip = if glued { 0 } else { u64::MAX };
            (0..tokens.len()).for_each(|at| tokens[at] &= rows.glued[at] ^ flip);
        }
    }

    /// Sets the bits of which one of the next so many is set, or they are themselves.
    #[inline]
    fn any_of_next(&self, words: &mut [u64], count: usize, reach: Reach) {
        let mut covered = 1;
        while covered <= count {
            let by = covered.min(count + 1 - covered);
            for at in 0..words.len() {
                words[at] |= self.moved_in(words, at, by, reach);
            }
            covered += by;
        }
    }

    /// The word at a place when all bits move so many places to the front; none leaves its sentence, if none may.
    #[inline]
    fn moved_in(&self, words: &[u64], at: usize, by: usize, reach: Reach) -> u64 {
        let moved = moved(words, at, by);
        match reach {
            Reach::Sentence if by > 0 => {
                moved & self.together.get((by - 1) * words.len() + at).copied().unwrap_or_default()
            }
            _ => moved,
        }
    }
}

/// From each bit that is set, sets those down to what `start` gives for it.
#[inline]
fn any_to_the_start(words: &mut [u64], start: impl Fn(usize) -> usize) {
    let (mut at, mut left) = (words.len(), u64::MAX);
    while at > 0 {
        let own = words[at - 1] & left;
        if own == 0 {
            (at, left) = (at - 1, u64::MAX);
            continue;
        }
        let last = at * 64 - 1 - own.leading_zeros() as usize;
        let first = start(last).min(last);
        for word in first / 64..=last / 64 {
            let (low, high) = (first.saturating_sub(word * 64), (last - word * 64).min(63));
            words[word] |= u64::MAX << low & u64::MAX >> (63 - high);
        }
        // All above the first is told.
        (at, left) = (first / 64 + 1, (1 << (first % 64)) - 1);
    }
}

/// The number of the sign at a token, if it has one.
pub fn sign_at(passage: &Passage, at: usize) -> Option<u8> {
    sign_number(factlint_rules::token::plain_sign(passage.word(at).chars().next()?))
}

/// The word at a place when all bits move so many places to the front.
#[inline]
fn moved(words: &[u64], at: usize, by: usize) -> u64 {
    let (whole, part) = (by / 64, by % 64);
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let (low, high) = (word(at + whole), word(at + whole + 1));
    if part == 0 { low } else { low >> part | high << (64 - part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_move_over_the_borders_of_words() {
        let words = [1 << 63, 0b110];
        assert_eq!([0, 1].map(|at| moved(&words, at, 62)), [0b10 | 0b110 << 2, 0]);
        assert_eq!([0, 1].map(|at| moved(&words, at, 132)), [0, 0]);
    }

    #[test]
    fn a_bit_among_the_next_is_seen_from_all_before_it() {
        let mut places = Places::default();
        let mut words = [0, 0b10];
        places.any_of_next(&mut words, 3, Reach::Passage);
        assert_eq!(words, [0b11 << 62, 0b11]);
        // The second sentence begins with token 63.
        let step = Step { least: 3, most: Some(6), features: Vec::new(), glued: None };
        places.find_together(2, &[0..63, 63..70], &[step]);
        let mut words = [0, 0b10];
        places.any_of_next(&mut words, 3, Reach::Sentence);
        assert_eq!(words, [1 << 63, 0b11]);
        assert_eq!([0, 1].map(|at| places.moved_in(&[0, 0b100], at, 3, Reach::Sentence)), [1 << 63, 0]);
        assert_eq!([0, 1].map(|at| places.moved_in(&[0, 0b10], at, 3, Reach::Sentence)), [0, 0]);
        assert_eq!([0, 1].map(|at| places.moved_in(&[0, 0b10], at, 3, Reach::Passage)), [1 << 62, 0]);
    }

    #[test]
    fn what_stands_behind_a_token_is_seen_from_it() {
        let mut words = [1 << 5, 1 << 2, 0];
        any_to_the_start(&mut words, |_| 0);
        assert_eq!(words, [u64::MAX, 0b111, 0]);
        // A sentence of 60 tokens, then one of 70.
        let mut words = [1 << 5 | 1 << 3, 1 << 2, 0];
        any_to_the_start(&mut words, |at| if at < 60 { 0 } else { 60 });
        assert_eq!(words, [0b11_1111 | 0b1111 << 60, 0b111, 0]);
    }
}
