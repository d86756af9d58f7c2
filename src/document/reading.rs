//! What the readers of Markdown and HTML gather on their way through a draft.

use chrono::NaiveDate;

use super::{Block, Document, Language, Published, Stet};
use crate::source::Span;

/// Blocks and marks found so far.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) blocks: Vec<Block>,
    pub(super) stets: Vec<Stet>,
    /// Stets, by number, that wait for the next block.
    pub(super) pending: Vec<usize>,
    /// Captions of pictures that stand in the open block; they come after it.
    pub(super) later: Vec<Block>,
    /// How many tables there were.
    pub(super) tables: u32,
    /// How many lists there were.
    pub(super) lists: u32,
    /// The language that the markup of the whole draft names.
    pub(super) language: Option<Language>,
    /// The publication dates that the markup names: in linked data, in metadata, as a date of which it does not say what
    /// was on it, in the text.
    dates: [Option<NaiveDate>; 4],
}

impl Reading {
    /// Adds a block.
    pub(super) fn push(&mut self, block: Block) {
        self.cover(block.span);
        self.blocks.push(block);
    }

    /// A block of any kind begins: the stets that wait for one get it.
    pub(super) fn cover(&mut self, span: Span) {
        for index in self.pending.drain(..) {
            if let Some(stet) = self.stets.get_mut(index) {
                stet.covers = Some(span);
            }
        }
    }

    /// The markup names a publication date; the lower the rank, the surer it is, and the first of a rank counts.
    pub(super) fn offer_date(&mut self, rank: usize, date: NaiveDate) {
        if let Some(place) = self.dates.get_mut(rank) {
            place.get_or_insert(date);
        }
    }

    /// Adds a block with stets inside of it: a comment on a line of its own at its end speaks of the next block, any
    /// other of this one.
    pub(super) fn push_with(&mut self, text: &str, block: Block, stets: &[usize]) {
        let span = block.span;
        let last = block.source_span(0, block.text.len() as u32).end();
        self.push(block);
        for index in stets {
            let Some(stet) = self.stets.get_mut(*index) else { continue };
            let between = text.get(last..stet.span.start()).unwrap_or_default();
            if stet.span.start() >= last && between.contains(['\n', '\r']) {
                self.pending.push(*index);
            } else {
                stet.covers = Some(span);
            }
        }
    }

    /// Hands over to the document; a stet that nothing follows covers the empty place at the end.
    pub(super) fn finish(mut self, end: usize, document: &mut Document) {
        self.cover(Span::new(end, end));
        document.blocks = self.blocks;
        document.stets.append(&mut self.stets);
        document.language = document.language.take().or(self.language);
        let date = self.dates.into_iter().flatten().next();
        document.date = document.date.or(date.map(|date| Published { date, from: "metadata" }));
    }
}
