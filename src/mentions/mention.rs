//! A mention: words of a passage that say something that can be checked, with what they can mean.

use factlint_rules::{Kind, KindSet};

use super::dates::DateReading;
use super::names::NameReading;
use super::numbers::NumberReading;

/// Words of a passage that say something that can be checked.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What it is; it may be several things at once.
    pub kinds: KindSet,
    /// Its first token in the passage.
    pub first: u32,
    /// The token after its last.
    pub end: u32,
    /// What it can mean.
    pub reading: Reading,
}

impl Mention {
    /// A mention of tokens `first..end`.
    pub fn new(kinds: KindSet, first: usize, end: usize, reading: Reading) -> Mention {
        Mention { kinds, first: first as u32, end: end as u32, reading }
    }

    /// Is it of that kind?
    pub fn is(&self, kind: Kind) -> bool {
        self.kinds.has(kind)
    }

    /// Its number, if it is one that is no range and has no hedge.
    pub fn plain_number(&self) -> Option<&NumberReading> {
        match &self.reading {
            Reading::Number(number) if number.top.is_none() && number.hedge.is_none() => Some(number),
            _ => None,
        }
    }

    /// How many tokens it covers.
    pub fn len(&self) -> usize {
        (self.end - self.first) as usize
    }

    /// Does it cover none? No reader makes such a mention.
    pub fn is_empty(&self) -> bool {
        self.first == self.end
    }
}

/// What a mention can mean. Each reader has its own type.
#[derive(Clone, Debug)]
pub enum Reading {
    /// Only its words.
    None,
    /// A date, a time or a duration.
    Date(Box<DateReading>),
    /// A number.
    Number(Box<NumberReading>),
    /// A name.
    Name(Box<NameReading>),
}
