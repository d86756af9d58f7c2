//! A block: a headline, a paragraph, a caption, with its text and the way back into the source.

use std::ops::Range;

pub use factlint_rules::BlockKind;

use super::SourceMap;
use crate::source::Span;

/// Where a table's cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The table, counted from 0 in the document.
    pub table: u32,
    /// From 0; row 0 is the head where the table has one.
    pub row: u32,
    /// From 0.
    pub column: u32,
    /// It stands in the table's head.
    pub head: bool,
}

/// A block of a draft.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text without markup; line ends are blanks; a code span or an image is one [`factlint_rules::token::OBJECT`].
    pub text: String,
    /// From the text to the source.
    pub map: SourceMap,
    /// Where the whole block stands in the source, markup included.
    pub span: Span,
    /// Its language, where it is known: given by the markup, else detected. BCP 47, the primary part only (`en`).
    pub language: Option<String>,
    /// Heading level, or depth of a list or quote; 0 where it has none.
    pub level: u8,
    /// Which list it is an item of, counted from 0 in the document.
    pub list: Option<u32>,
    /// Where it stands in a table.
    pub cell: Option<Cell>,
    /// A picture stands before it, or its markup says that it is a caption.
    pub figure: bool,
    /// The number or sign that marks a list's item: `1.`, `-`.
    pub marker: Option<String>,
    /// Ranges of `text` that are set in italics or as a title, so mentioned rather than said.
    pub emphasis: Vec<(u32, u32)>,
}

impl Block {
    /// A block whose text stands in the source just so, at `start`.
    pub fn verbatim(kind: BlockKind, text: impl Into<String>, start: usize) -> Block {
        let text = text.into();
        let span = Span::new(start, start + text.len());
        let map = SourceMap::verbatim(text.len(), start);
        Block {
            kind,
            text,
            map,
            span,
            language: None,
            level: 0,
            list: None,
            cell: None,
            figure: false,
            marker: None,
            emphasis: Vec::new(),
        }
    }

    /// The span in the source of a range of bytes of the text.
    pub fn source_span(&self, start: u32, end: u32) -> Span {
        self.map.span(start, end)
    }

    /// The range of the text, on character borders, that a span of the source gave; `None` if it gave nothing.
    pub fn text_range(&self, span: Span) -> Option<Range<usize>> {
        let range = self.map.text_range(span, self.text.len())?;
        Some(self.text.floor_char_boundary(range.start)..self.text.ceil_char_boundary(range.end))
    }
}
