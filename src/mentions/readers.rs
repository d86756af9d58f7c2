//! The readers of mentions, in the order in which they run.

use factlint_rules::{Kind, KindSet, Pack};

use super::dates::{self, DateClasses, Order};
use super::mention::{Mention, Reading};
use super::names::{self, NameClasses};
use super::numbers::{self, NumberClasses};
use super::passage::Passage;
use crate::lexicons::Lexicons;

/// The readers of mentions, with the classes that they ask for.
#[derive(Debug)]
pub struct Readers {
    /// Of the calendar and the clock.
    pub dates: DateClasses,
    /// Of numbers.
    pub numbers: NumberClasses,
    /// Of names.
    pub names: NameClasses,
}

impl Readers {
    /// Looks the readers' classes up.
    pub fn new(lexicons: &Lexicons, pack: &Pack) -> Readers {
        Readers {
            dates: DateClasses::new(lexicons),
            numbers: NumberClasses::new(lexicons, pack),
            names: NameClasses::new(lexicons),
        }
    }

    /// Reads a passage, with the order of its dates in digits, if that is known. Dates come before numbers, so that the 10 of “January 10” is no count; names come last.
    pub fn read(&self, passage: &mut Passage, order: Option<Order>) {
        let mut mentions = Vec::new();
        dates::read(passage, &self.dates, order, &mut mentions);
        numbers::read(passage, &self.numbers, &mut mentions);
        names::read(passage, &self.names, &mut mentions);
        for quotation in &passage.quotations {
            mentions.push(Mention {
                kinds: KindSet::of(&[Kind::Quotation]),
                first: quotation.start,
                end: quotation.end,
                reading: Reading::None,
            });
        }
        passage.set_mentions(mentions);
    }
}
