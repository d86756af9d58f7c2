//! Reads names, titles, acronyms, places, adjectives of nationality.
//!
//! In goes a passage with its tokens and the phrases of the lexicon; out come mentions. A run of capitalised words is a
//! name; titles before it are mentions of their own. What only the whole draft can tell (is this word also written in
//! lower case?) is left to [`crate::things`].

mod classes;
mod runs;
mod titles;
pub mod words;

pub use classes::NameClasses;
pub use runs::opens;
pub use words::NameWord;

use factlint_rules::lexicon::ValueId;

use super::{Mention, Passage};

/// What was read of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameReading {
    /// The words of the name, without titles.
    pub words: Vec<NameWord>,
    /// The tokens of the titles right before it; empty where there are none.
    pub titles: (u32, u32),
    /// The value of the lexicon's phrase: a country's code, the singular of a title.
    pub value: Option<ValueId>,
    /// A plural, of a title.
    pub plural: bool,
    /// It ends in a genitive.
    pub genitive: bool,
    /// It opens its sentence (or a quotation, or what follows a colon).
    pub opens: bool,
    /// A verb of saying stands beside it.
    pub attributed: bool,
    /// A word of place (in, from) stands before it.
    pub located: bool,
    /// It holds a word that only bodies and things have (Bank, Party), or an acronym.
    pub body: bool,
    /// A capitalised title was peeled off it, so that a missing first name is unknown rather than absent.
    pub peeled: bool,
    /// It is among words that are capitalised for their place: capitals prove nothing.
    pub weak: bool,
    /// It is made of names and small words: “Ministry of Defence”.
    pub joint: bool,
}

/// Adds the mentions of a passage; `mentions` holds what the readers before this one found.
pub fn read(passage: &Passage, classes: &NameClasses, mentions: &mut Vec<Mention>) {
    let titles = titles::read(passage, classes, mentions);
    runs::read(passage, classes, &titles, mentions);
}
