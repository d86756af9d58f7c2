//! Enumerations of names or short noun phrases, and how many items they have.

use super::Mention;
use crate::mentions::Passage;

/// Adds the lists of a passage.
pub fn read(passage: &Passage, mentions: &mut Vec<Mention>) {
    let _ = (passage, mentions);
}
