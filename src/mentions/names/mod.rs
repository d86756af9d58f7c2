//! Reads names, titles, acronyms, places.

use super::{Mention, Passage};
use crate::lexicons::Lexicons;

/// The lexicon classes that this reader asks for, by number.
#[derive(Debug)]
pub struct NameClasses {}

impl NameClasses {
    /// Looks the classes up.
    pub fn new(lexicons: &Lexicons) -> NameClasses {
        let _ = lexicons;
        NameClasses {}
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct NameReading {}

/// Adds the mentions of a passage; `mentions` holds what the readers before this one found.
pub fn read(passage: &Passage, classes: &NameClasses, mentions: &mut Vec<Mention>) {
    let _ = (passage, classes, mentions);
}
