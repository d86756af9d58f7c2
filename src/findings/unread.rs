//! What a draft says of itself and factlint cannot understand: the language in its front matter.
//!
//! A document comes in; a note for each such word goes out, since what it was to change stays as it is.

use factlint_rules::Pack;

use super::Finding;
use crate::document::Document;

/// The id of the note on what a draft says of itself and cannot be understood.
pub const UNREAD: &str = "unread-metadata";

/// A note for each word of the front matter that is not understood.
pub fn unread(document: &Document, pack: &Pack) -> Vec<Finding> {
    let notes = document.front_matter.iter().filter_map(|(key, value, span)| {
        let (message, help) = match key.as_str() {
            "lang" => (
                format!("no language is called “{value}”, so it is as if none were named"),
                pack.unknown_language(value)?,
            ),
            _ => return None,
        };
        Some(Finding::note(UNREAD, message, *span, Some(help)))
    });
    notes.collect()
}
