//! From a block's text back to the source that it was made of.

use crate::source::Span;

/// Pieces of a block's text and where each stands in the source.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    /// First byte in the text.
    text: u32,
    /// First byte in the source.
    source: u32,
    /// Bytes in the source.
    source_len: u32,
    /// The same bytes in both; else the piece (an entity, a line end) is mapped as a whole.
    verbatim: bool,
}

impl SourceMap {
    /// A text of `len` bytes that stands in the source just so.
    pub fn verbatim(len: usize, source: usize) -> SourceMap {
        let mut map = SourceMap::default();
        map.push_verbatim(0, len, source);
        map
    }

    /// Adds a piece that is the same in both; pieces come in the order of the text.
    pub fn push_verbatim(&mut self, text: usize, len: usize, source: usize) {
        self.pieces.push(Piece { text: text as u32, source: source as u32, source_len: len as u32, verbatim: true });
    }

    /// Adds a piece that stands for other bytes of the source: `&` for `&amp;`, a blank for a line end.
    pub fn push_replaced(&mut self, text: usize, source: Span) {
        let piece = Piece {
            text: text as u32,
            source: source.start() as u32,
            source_len: (source.end() - source.start()) as u32,
            verbatim: false,
        };
        self.pieces.push(piece);
    }

    /// The least span of the source that holds a range of bytes of the text.
    pub fn span(&self, start: u32, end: u32) -> Span {
        let first = self.piece(start);
        let from = if first.verbatim { first.source + (start - first.text) } else { first.source };
        if end <= start {
            return Span::new(from as usize, from as usize);
        }
        let last = self.piece(end - 1);
        let to = if last.verbatim { last.source + (end - last.text) } else { last.source + last.source_len };
        Span::new(from as usize, to as usize)
    }

    /// The pieces of the source that a range of the text is made of, where it is the same in both; `None` if markup
    /// or a replacement runs through it, so that an edit of the whole would touch more than the words.
    pub fn exact(&self, start: u32, end: u32) -> Option<Span> {
        let first = self.piece(start);
        let last = self.piece(end.max(start + 1) - 1);
        let span = self.span(start, end);
        (first.verbatim && last.verbatim && span.end() - span.start() == (end - start) as usize).then_some(span)
    }

    fn piece(&self, at: u32) -> Piece {
        let after = self.pieces.partition_point(|piece| piece.text <= at);
        self.pieces.get(after.saturating_sub(1)).copied().unwrap_or(Piece {
            text: 0,
            source: 0,
            source_len: 0,
            verbatim: true,
        })
    }
}
