//! What the readers of Markdown and HTML gather on their way through a draft.

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
    /// The language that the markup of the whole draft names.
    pub(super) language: Option<Language>,
    /// The publication date that the markup names.
    pub(super) date: Option<Published>,
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

    /// Hands over to the document; a stet that nothing follows covers the empty place at the end.
    pub(super) fn finish(mut self, end: usize, document: &mut Document) {
        self.cover(Span::new(end, end));
        document.blocks = self.blocks;
        document.stets.append(&mut self.stets);
        document.language = document.language.take().or(self.language);
        document.date = document.date.or(self.date);
    }
}
