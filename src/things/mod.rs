//! Mentions that speak of one thing, grouped once: people, bodies, places, acronyms.
//!
//! An index of all names of the draft comes first; the comparisons ask it for pairs of mentions that are one thing and
//! differ, with the facts that speak for a fault and against it. What the facts weigh is data of the rules.

mod acronyms;
mod ages;
mod definitions;
mod drift;
mod house;
mod index;
mod inner;
mod numbers;
mod organisations;
mod pair;
mod parties;
mod people;
mod places;
mod roles;
mod speakers;
pub mod spelling;
mod subjects;

pub use definitions::explained;
pub use drift::LastNear;
pub use index::{First, NameUse, Things, Use, reading};
pub use pair::{Pair, Uses};
pub use roles::{Role, role};
pub use subjects::subject;

pub use crate::mentions::names::opens as opens_mention;

use crate::expressions::Words;
use crate::mentions::Draft;

/// Do two mentions speak of one thing?
pub fn same(a: &Words, b: &Words, draft: &Draft) -> bool {
    a.text(draft) == b.text(draft)
}

/// What differs where a thing is spelt in two ways.
const SPELLINGS: [&str; 9] = [
    "spelling",
    "inner-spelling",
    "given-spelling",
    "case",
    "stops",
    "last-word",
    "first-word",
    "small-words",
    "ampersand",
];

/// The pairs of a comparison: `of`, `same`, `differ`.
pub fn compare(draft: &Draft, of: &str, same: &str, differ: &str) -> Vec<Pair> {
    let mut pairs = match (of, same, differ) {
        ("name", "neighbour", "spelling") => inner::neighbour_spellings(draft),
        ("name", _, "spelling") => drift::spellings(draft),
        ("name", _, "inner-spelling") => inner::inner_spellings(draft),
        ("name", _, "given-spelling") => inner::given_spellings(draft),
        ("acronym", _, "case") => acronyms::cases(draft),
        ("acronym", _, "stops") => acronyms::stops(draft),
        ("acronym", _, "spelling") => acronyms::slips(draft),
        ("organisation", _, "spelling") => organisations::forms(draft),
        ("organisation", _, "number") => numbers::verbs(draft),
        ("organisation", _, "last-word") => organisations::tails(draft, false),
        ("organisation", _, "first-word") => organisations::tails(draft, true),
        ("organisation", _, "small-words") => organisations::particles(draft),
        ("organisation", _, "ampersand") => organisations::ampersands(draft),
        ("definition", _, "letters") => definitions::wrong_letters(draft),
        ("definition", _, "long-name") => definitions::two_names(draft),
        ("acronym", _, "definition") => definitions::misplaced(draft),
        ("person", "last-word-and-role", "first") => people::first_names(draft),
        ("person", _, "first") => people::other_first_names(draft),
        ("person", _, "title-modifier") => people::offices(draft),
        ("person", _, "headline-first") => people::headline_first_names(draft),
        ("person", _, "age") => ages::ages(draft),
        ("person", _, "party") => parties::parties(draft),
        ("person", _, "pronoun") => speakers::pronouns(draft),
        ("person", _, "honorific") => speakers::honorifics(draft),
        ("person", _, "introduction") => speakers::introductions(draft),
        ("house", kind, "spelling") => house::spellings(draft, kind),
        ("house", _, "title") => house::titles(draft),
        ("place", _, "spelling") => places::variants(draft),
        _ => Vec::new(),
    };
    // How a word of the newsroom's list is spelt, that list says, and no count.
    if of != "house" && SPELLINGS.contains(&differ) {
        pairs.retain(|pair| !house::decides(draft, pair));
    }
    pairs
}
