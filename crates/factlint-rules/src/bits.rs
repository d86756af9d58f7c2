//! Sets of numbers as bits.

use serde::{Deserialize, Serialize};

/// A set of small numbers, one bit each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BitSet {
    words: Vec<u64>,
}

impl BitSet {
    /// Adds a number.
    #[inline]
    pub fn insert(&mut self, number: usize) {
        if number / 64 >= self.words.len() {
            self.grow(number / 64 + 1);
        }
        self.words[number / 64] |= 1 << (number % 64);
    }

    #[cold]
    fn grow(&mut self, words: usize) {
        self.words.resize(words, 0);
    }

    /// Is the number in it?
    #[inline]
    pub fn has(&self, number: usize) -> bool {
        self.words.get(number / 64).is_some_and(|bits| bits & 1 << (number % 64) != 0)
    }

    /// The numbers that are in both, in order.
    pub fn shared<'b>(&'b self, other: &'b BitSet) -> impl Iterator<Item = usize> + use<'b> {
        numbers(self.words.iter().zip(&other.words).map(|(own, other)| own & other))
    }
}

/// The places of the bits that are set, in order.
pub fn bits(words: &[u64]) -> impl Iterator<Item = usize> {
    numbers(words.iter().copied())
}

fn numbers(words: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
    words.enumerate().flat_map(|(word, bits)| ones(bits).map(move |bit| word * 64 + bit))
}

/// The places of the bits of a word that are set, in order.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(bit as usize)
    })
}
