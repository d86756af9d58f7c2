//! What a draft says of itself and factlint cannot understand: the language and the date in its front matter.
//!
//! A document comes in; a note for each such word goes out, since what it was to change stays as it is.

use factlint_rules::Pack;

use super::Finding;
use crate::document::Document;

/// The id of the note on what a draft says of itself and cannot be understood.
pub const UNREAD: &str = "unread-metadata";

/// A note for each word of the front matter that is not understood.
pub fn unread(document: &Document, pack: &Pack) -> Vec<Finding> {
    let undated = document.date.is_none_or(|date| !["option", "front matter"].contains(&date.from));
    let notes = document.front_matter.iter().filter_map(|(key, value, span)| {
        let (message, help) = match key.as_str() {
            "lang" => {
                let help = pack.unknown_language(value)?;
                (format!("“{value}” is no language that factlint knows"), help)
            }
            "date" if undated && !value.trim().is_empty() => {
                let message = format!("“{value}” is no date, so it is as if none were named");
                (message, "a date is written 2022-01-09, or with the name of its month: 9 January 2022".to_owned())
            }
            _ => return None,
        };
        Some(Finding::note(UNREAD, message, *span, Some(help)))
    });
    notes.collect()
}
