//! From a block's text back to the source that it was made of.

use std::ops::Range;

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
    kind: PieceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PieceKind {
    /// The same bytes in both.
    Verbatim,
    /// One blank for a line end or for several blanks.
    Blank,
    /// Other bytes, mapped as a whole: an entity, an object.
    Replaced,
}

impl Piece {
    fn source_end(self) -> u32 {
        self.source + self.source_len
    }
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
        let (text, source, source_len) = (text as u32, source as u32, len as u32);
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Verbatim
            && last.source_end() == source
            && last.text + last.source_len == text
        {
            last.source_len += source_len;
            return;
        }
        self.pieces.push(Piece { text, source, source_len, kind: PieceKind::Verbatim });
    }

    /// Adds a piece that stands for other bytes of the source: `&` for `&amp;`, an object for a code span.
    pub fn push_replaced(&mut self, text: usize, source: Span) {
        self.push(text, source, PieceKind::Replaced);
    }

    /// Adds one blank that stands for a line end with its indentation, or for a run of blanks.
    pub fn push_blank(&mut self, text: usize, source: Span) {
        self.push(text, source, PieceKind::Blank);
    }

    fn push(&mut self, text: usize, source: Span, kind: PieceKind) {
        let source_len = (source.end() - source.start()) as u32;
        self.pieces.push(Piece { text: text as u32, source: source.start() as u32, source_len, kind });
    }

    /// Forgets what is past `len` bytes of the text.
    pub(super) fn truncate(&mut self, len: usize) {
        let len = len as u32;
        while self.pieces.last().is_some_and(|piece| piece.text >= len) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Verbatim
        {
            last.source_len = last.source_len.min(len - last.text);
        }
    }

    /// The least span of the source that holds a range of bytes of the text.
    pub fn span(&self, start: u32, end: u32) -> Span {
        let Some((_, first)) = self.piece(start) else { return Span::default() };
        let from = match first.kind {
            PieceKind::Verbatim => first.source + (start - first.text).min(first.source_len),
            PieceKind::Blank | PieceKind::Replaced if start > first.text && end <= start => first.source_end(),
            PieceKind::Blank | PieceKind::Replaced => first.source,
        };
        if end <= start {
            return Span::new(from as usize, from as usize);
        }
        let Some((_, last)) = self.piece(end - 1) else { return Span::default() };
        let to = match last.kind {
            PieceKind::Verbatim => last.source + (end - last.text).min(last.source_len),
            PieceKind::Blank | PieceKind::Replaced => last.source_end(),
        };
        Span::new(from as usize, to as usize)
    }

    /// The range of the text that a span of the source gave, of a text of `len` bytes; `None` if it gave nothing. What
    /// stands for other bytes is taken as a whole. An empty span is an empty range, where it touches the text.
    pub fn text_range(&self, span: Span, len: usize) -> Option<Range<usize>> {
        let (start, end) = (span.start() as u32, span.end() as u32);
        let mut range: Option<Range<usize>> = None;
        for (at, piece) in self.pieces.iter().enumerate() {
            let next = self.pieces.get(at + 1).map_or(len, |next| next.text as usize);
            let met = if start == end {
                piece.source <= start && start <= piece.source_end()
            } else {
                piece.source < end && start < piece.source_end()
            };
            if !met {
                continue;
            }
            let (from, to) = match piece.kind {
                PieceKind::Verbatim => {
                    let inside = |offset: u32| (piece.text + offset.saturating_sub(piece.source)) as usize;
                    (inside(start.max(piece.source)), inside(end.min(piece.source_end())))
                }
                PieceKind::Blank | PieceKind::Replaced if start == end => (piece.text as usize, piece.text as usize),
                PieceKind::Blank | PieceKind::Replaced => (piece.text as usize, next),
            };
            range = match range {
                _ if to > len => range,
                Some(_) if start == end => range,
                Some(range) => Some(range.start.min(from)..range.end.max(to)),
                None => Some(from..to),
            };
        }
        range
    }

    /// The bytes of the source that a range of the text is made of, where an edit of the whole touches nothing but
    /// the words and the blanks between them; `None` if markup or a replacement runs through it.
    pub fn exact(&self, start: u32, end: u32) -> Option<Span> {
        let (first, _) = self.piece(start)?;
        let (last, _) = self.piece(end.max(start + 1) - 1)?;
        let pieces = self.pieces.get(first..=last)?;
        let plain = pieces.iter().all(|piece| piece.kind != PieceKind::Replaced);
        let joined = pieces.windows(2).all(|pair| pair[0].source_end() == pair[1].source);
        (plain && joined).then(|| self.span(start, end))
    }

    /// The piece that holds a byte of the text, with its number.
    fn piece(&self, at: u32) -> Option<(usize, Piece)> {
        let after = self.pieces.partition_point(|piece| piece.text <= at);
        let index = after.saturating_sub(1);
        self.pieces.get(index).map(|piece| (index, *piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_over_several_pieces_is_the_least_span_that_holds_it() {
        // "**Wed**nesday &amp; on"
        let mut map = SourceMap::default();
        map.push_verbatim(0, 3, 2);
        map.push_verbatim(3, 7, 7);
        map.push_replaced(10, Span::new(14, 19));
        map.push_verbatim(11, 3, 19);
        assert_eq!(map.span(0, 9), Span::new(2, 13));
        assert_eq!(map.span(10, 11), Span::new(14, 19));
        assert_eq!(map.span(11, 14), Span::new(19, 22));
        assert_eq!(map.exact(0, 9), None, "markup runs through it");
        assert_eq!(map.exact(3, 9), Some(Span::new(7, 13)));
        assert_eq!(map.exact(10, 11), None, "an entity is no plain text");
    }

    #[test]
    fn a_span_of_the_source_is_found_in_the_text() {
        // "**Wed**nesday &amp; on"
        let mut map = SourceMap::default();
        map.push_verbatim(0, 3, 2);
        map.push_verbatim(3, 7, 7);
        map.push_replaced(10, Span::new(14, 19));
        map.push_verbatim(11, 3, 19);
        assert_eq!(map.text_range(Span::new(2, 13), 14), Some(0..9));
        assert_eq!(map.text_range(Span::new(0, 13), 14), Some(0..9), "with the marks before it");
        assert_eq!(map.text_range(Span::new(15, 16), 14), Some(10..11));
        assert_eq!(map.text_range(Span::new(18, 40), 14), Some(10..14));
        assert_eq!(map.text_range(Span::new(5, 7), 14), None, "markup alone");
        assert_eq!(map.text_range(Span::new(9, 9), 14), Some(5..5));
        assert_eq!(map.text_range(Span::new(60, 60), 14), None);
    }

    #[test]
    fn an_edit_may_run_over_a_line_end_but_not_over_a_quote_mark() {
        let mut map = SourceMap::verbatim(3, 0);
        map.push_blank(3, Span::new(3, 5));
        map.push_verbatim(4, 3, 5);
        assert_eq!(map.exact(0, 7), Some(Span::new(0, 8)));
        let mut quoted = SourceMap::verbatim(3, 2);
        quoted.push_blank(3, Span::new(5, 6));
        quoted.push_verbatim(4, 3, 8);
        assert_eq!(quoted.exact(0, 7), None);
    }

    #[test]
    fn pieces_that_touch_are_one_and_may_be_cut() {
        let mut map = SourceMap::verbatim(4, 10);
        map.push_verbatim(4, 4, 14);
        assert_eq!(map.pieces.len(), 1);
        map.push_blank(8, Span::new(18, 19));
        map.truncate(6);
        assert_eq!(map.pieces.len(), 1);
        assert_eq!(map.span(0, 9), Span::new(10, 16));
        assert_eq!(SourceMap::default().span(0, 3), Span::default());
    }
}
