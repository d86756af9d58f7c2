//! Mentions that speak of one thing, grouped once: people, bodies, places, acronyms.
//!
//! An index of all names of the draft comes first; the comparisons ask it for pairs of mentions that are one thing and
//! differ, with the facts that speak for a fault and against it. What the facts weigh is data of the rules.

mod acronyms;
mod definitions;
mod drift;
mod index;
mod organisations;
mod pair;
mod people;
mod places;
pub mod spelling;

pub use index::{First, NameUse, Things, Use, reading};
pub use pair::{Pair, Uses};

use crate::expressions::Words;
use crate::mentions::Draft;

/// Do two mentions speak of one thing?
pub fn same(a: &Words, b: &Words, draft: &Draft) -> bool {
    a.text(draft) == b.text(draft)
}

/// The pairs of a comparison: `of`, `same`, `differ`.
pub fn compare(draft: &Draft, of: &str, same: &str, differ: &str) -> Vec<Pair> {
    match (of, same, differ) {
        ("name", _, "spelling") => drift::spellings(draft),
        ("name", _, "inner-spelling") => drift::inner_spellings(draft),
        ("acronym", _, "case") => acronyms::cases(draft),
        ("organisation", _, "spelling") => organisations::forms(draft),
        ("definition", _, "letters") => definitions::wrong_letters(draft),
        ("definition", _, "long-name") => definitions::two_names(draft),
        ("acronym", _, "definition") => definitions::misplaced(draft),
        ("person", _, "first") => people::first_names(draft),
        ("person", _, "title-modifier") => people::offices(draft),
        ("person", _, "party") => people::parties(draft),
        ("person", _, "pronoun") => people::pronouns(draft),
        ("person", _, "introduction") => people::introductions(draft),
        ("place", _, "spelling") => places::variants(draft),
        _ => Vec::new(),
    }
}
