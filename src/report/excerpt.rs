//! What the pretty report shows of a draft. A news paragraph is one line of 1,500 characters; an excerpt is a window of
//! it around the words that matter, cut at words, and it knows their real line and column.
//!
//! Each excerpt lies at an offset of its own in a made-up text, so that the renderer shows them one by one, in the order
//! that they were added: the accused words first.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::is_control;
use crate::source::{Position, Source, Span};

/// So many characters of one span are shown; the middle of a longer one is left out.
pub(super) const LONGEST: usize = 96;

/// Excerpts of one draft.
#[derive(Debug)]
pub(super) struct Excerpts {
    name: String,
    parts: Vec<Excerpt>,
}

#[derive(Debug)]
struct Excerpt {
    base: usize,
    text: String,
    line: usize,
    marks: Vec<(SourceSpan, Position)>,
}

impl Excerpts {
    pub(super) fn new(name: String) -> Excerpts {
        Excerpts { name, parts: Vec::new() }
    }

    /// Adds an excerpt with these spans, which stand near each other in one line, and up to `side` characters before
    /// and after them. Gives the places of the spans in the made-up text.
    pub(super) fn add(&mut self, source: &Source, spans: &[Span], side: usize) -> Vec<SourceSpan> {
        let Some(hull) = spans.iter().copied().reduce(Span::to) else { return Vec::new() };
        let window = window(source.text(), hull, side);
        let base = self.parts.last().map_or(0, |part| part.base + part.text.len() + 1);
        let first = source.position(hull.start());
        let mut part = Excerpt { base, text: String::new(), line: first.line, marks: Vec::new() };
        if window.cut_before {
            part.text.push('…');
        }
        part.push(&source.text()[window.range.start..hull.start()]);
        let start = part.text.len();
        let shown = source.slice(hull);
        let places: Vec<SourceSpan> = match long_middle(shown) {
            Some(middle) => {
                part.push(&shown[..middle.start]);
                part.text.push_str(" … ");
                part.push(&shown[middle.end..]);
                spans.iter().map(|_| (base + start, part.text.len() - start).into()).collect()
            }
            None => {
                part.push(shown);
                spans
                    .iter()
                    .map(|span| (base + start + span.start() - hull.start(), span.end() - span.start()).into())
                    .collect()
            }
        };
        part.push(&source.text()[hull.end()..window.range.end]);
        if window.cut_after {
            part.text.push('…');
        }
        part.marks = places.iter().zip(spans).map(|(place, span)| (*place, source.position(span.start()))).collect();
        self.parts.push(part);
        places
    }
}

impl Excerpt {
    /// Adds a piece of the draft, byte for byte: what would break the line or the terminal becomes blanks.
    fn push(&mut self, piece: &str) {
        for c in piece.chars() {
            if is_control(c) {
                self.text.extend(std::iter::repeat_n(' ', c.len_utf8()));
            } else {
                self.text.push(c);
            }
        }
    }
}

struct Window {
    range: Range<usize>,
    cut_before: bool,
    cut_after: bool,
}

/// The part of the text around a span that is shown: up to so many characters each side, in its line, cut at words.
fn window(text: &str, hull: Span, side: usize) -> Window {
    let ends_line = |c: char| c == '\n' || c == '\r';
    let before = &text[..hull.start()];
    let line_start = before.rfind(ends_line).map_or(0, |at| at + 1);
    let before = &before[line_start..];
    let mut start = before.char_indices().rev().take(side).last().map_or(before.len(), |(at, _)| at);
    let cut_before = start > 0;
    if cut_before {
        // Not in the middle of a word, unless that leaves nothing.
        start += before[start..].find(' ').map_or(0, |blank| blank + 1);
    }
    let after = &text[hull.end()..];
    let after = &after[..after.find(ends_line).unwrap_or(after.len())];
    let mut end = after.char_indices().nth(side).map_or(after.len(), |(at, _)| at);
    let cut_after = end < after.len();
    if cut_after {
        end = after[..end].rfind(' ').unwrap_or(end);
    }
    Window { range: line_start + start..hull.end() + end, cut_before, cut_after }
}

/// The bytes to leave out of words that are too long to show.
fn long_middle(words: &str) -> Option<Range<usize>> {
    let count = words.chars().count();
    if count <= LONGEST {
        return None;
    }
    let head = words.char_indices().nth(LONGEST * 5 / 8)?.0;
    let tail = words.char_indices().nth(count - LONGEST * 2 / 8)?.0;
    let head = words[..head].rfind(' ').unwrap_or(head);
    let tail = words[tail..].find(' ').map_or(tail, |blank| tail + blank + 1);
    Some(head..tail)
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole =
            |part: &Excerpt| part.base <= span.offset() && span.offset() + span.len() <= part.base + part.text.len();
        let part = self.parts.iter().find(|part| whole(part)).ok_or(MietteError::OutOfBounds)?;
        // Without context, the renderer asks for the place to print.
        let place = part.marks.iter().find(|(mark, _)| lines_before == 0 && mark == span).map(|(_, place)| *place);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            part.text.as_bytes(),
            (part.base, part.text.len()).into(),
            place.map_or(part.line, |place| place.line) - 1,
            place.map_or(0, |place| place.column - 1),
            1,
        )))
    }
}
