//! HTML into blocks.

use std::ops::Range;

use super::{Reading, stet};
use crate::source::Span;

/// Reads a part of the text: a whole page, or the HTML inside of Markdown.
pub(super) fn read(text: &str, range: Range<usize>, reading: &mut Reading) {
    let html = &text[range.clone()];
    let mut at = 0;
    while let Some(open) = html[at..].find("<!--").map(|open| at + open) {
        let Some(close) = html[open + 4..].find("-->").map(|close| open + 4 + close) else { break };
        let span = Span::new(range.start + open, range.start + close + 3);
        if let Some(stet) = stet::parse(&html[open + 4..close], span) {
            reading.stets.push(stet);
            reading.pending.push(reading.stets.len() - 1);
        }
        at = close + 3;
    }
}
