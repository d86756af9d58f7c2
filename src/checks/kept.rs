//! What the checks keep of a passage: for one another, and for the draft's next version.
//!
//! A check that looked at nothing but a passage, and found nothing, need not look at it again: its words are the same.
//! What is kept here are the others.

use std::cell::{OnceCell, RefCell};

use factlint_rules::index::Features;
use rustc_hash::FxHashMap;

use super::matcher::Match;
use super::places::{Places, Rows};
use super::plan::features_of;
use crate::mentions::Passage;

/// What the checks keep of a passage.
#[derive(Debug, Default)]
pub struct Kept {
    features: OnceCell<Features>,
    /// Where they stand.
    rows: OnceCell<Rows>,
    /// Where forms were tried that gave a case, or whose outcome hangs on more than the passage.
    pub open: RefCell<Option<Vec<Try>>>,
    /// Of the rules that are about letters the same, by their places among them.
    pub letters: OnceCell<Vec<usize>>,
    /// For rules that look through the draft for a second form: where it stands here, by the places of the rules.
    seconds: RefCell<FxHashMap<usize, Vec<Match>>>,
}

/// A form that was tried at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    /// The place of the sentence.
    pub sentence: usize,
    /// The token.
    pub at: usize,
    /// The form, by its number in the index of the language.
    pub form: u32,
    /// The token from which it was tried next.
    pub next: usize,
}

impl Kept {
    /// What is kept of a passage.
    pub fn of<'p>(passage: &'p Passage) -> &'p Kept {
        let kept = passage.kept.get_or_init(|| Box::new(Kept::default()));
        kept.downcast_ref().expect("nothing but the checks keeps anything there")
    }

    /// What the passage has.
    pub fn features(&self, passage: &Passage) -> &Features {
        self.features.get_or_init(|| features_of(passage))
    }

    /// Where those of its features stand that are asked for in its language; `places` is memory for it.
    pub fn rows(&self, passage: &Passage, asked: &Features, places: &mut Places) -> &Rows {
        self.rows.get_or_init(|| Rows::read(passage, self.features(passage), asked, places))
    }

    /// Where a rule's second form stands in the passage: what `find` gives, kept.
    pub fn seconds(&self, rule: usize, passage: &Passage, find: impl FnOnce() -> Vec<Match>) -> Vec<Match> {
        let mut found = self.seconds.borrow_mut().entry(rule).or_insert_with(find).clone();
        // The passage may have been the fifth block when they were found, and be the sixth now.
        let words = found.iter_mut().flat_map(|found| &mut found.captures);
        words.for_each(|(_, words)| words.passage = passage.index);
        found
    }
}
