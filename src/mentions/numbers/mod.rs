//! Reads numbers, percentages, money, quantities.

use super::{Mention, Passage};
use crate::lexicons::Lexicons;

/// The lexicon classes that this reader asks for, by number.
#[derive(Debug)]
pub struct NumberClasses {}

impl NumberClasses {
    /// Looks the classes up.
    pub fn new(lexicons: &Lexicons) -> NumberClasses {
        let _ = lexicons;
        NumberClasses {}
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberReading {}

/// Adds the mentions of a passage; `mentions` holds what the readers before this one found.
pub fn read(passage: &Passage, classes: &NumberClasses, mentions: &mut Vec<Mention>) {
    let _ = (passage, classes, mentions);
}
