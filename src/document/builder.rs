//! Builds a block's text piece by piece, with its map back into the source; every format uses it.

use factlint_rules::token::OBJECT;

use super::{Block, BlockKind, SourceMap};
use crate::source::Span;

/// A block's text in the making.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    text: String,
    map: SourceMap,
    emphasis: Vec<(u32, u32)>,
    /// Where each open emphasis began.
    open: Vec<u32>,
    /// Something of the text is set plain, outside of all emphasis.
    plain: bool,
}

impl TextBuilder {
    /// Adds text that stands in the source just so, at `at`.
    pub(super) fn verbatim(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        // A block does not begin with blanks.
        let (text, at) = if self.text.is_empty() {
            let trimmed = text.trim_start();
            (trimmed, at + text.len() - trimmed.len())
        } else {
            (text, at)
        };
        if text.is_empty() {
            return;
        }
        self.plain |= self.open.is_empty() && !text.trim().is_empty();
        self.map.push_verbatim(self.text.len(), text.len(), at);
        self.text.push_str(text);
    }

    /// Adds text that stands for other bytes of the source.
    pub(super) fn replaced(&mut self, text: &str, source: Span) {
        if text.is_empty() || self.text.is_empty() && text.trim().is_empty() {
            return;
        }
        self.plain |= self.open.is_empty() && text.contains(|c: char| c != OBJECT && !c.is_whitespace());
        self.map.push_replaced(self.text.len(), source);
        self.text.push_str(text);
    }

    /// Adds a thing that is no prose: a code span, an image.
    pub(super) fn object(&mut self, source: Span) {
        self.replaced("\u{FFFC}", source);
    }

    /// Adds one blank for a line end or for other blanks, unless one is there.
    pub(super) fn blank(&mut self, source: Span) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
            self.map.push_blank(self.text.len(), source);
            self.text.push(' ');
        }
    }

    /// Adds one blank for markup that breaks the line, unless one is there.
    pub(super) fn break_mark(&mut self, source: Span) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
            self.map.push_replaced(self.text.len(), source);
            self.text.push(' ');
        }
    }

    /// Adds text whose runs of white space count as one blank, as HTML has it.
    pub(super) fn collapsed(&mut self, text: &str, at: usize) {
        let bytes = text.as_bytes();
        let mut from = 0;
        let mut next = 0;
        while next < bytes.len() {
            if !bytes[next].is_ascii_whitespace() {
                next += 1;
                continue;
            }
            let run = next;
            while next < bytes.len() && bytes[next].is_ascii_whitespace() {
                next += 1;
            }
            let single = next - run == 1 && bytes[run] == b' ';
            if single && run > from {
                continue; // stays in the verbatim text
            }
            self.verbatim(&text[from..run], at + from);
            if single && !self.text.ends_with(' ') {
                self.verbatim(" ", at + run);
            } else {
                self.blank(Span::new(at + run, at + next));
            }
            from = next;
        }
        self.verbatim(&text[from..], at + from);
    }

    /// Emphasis begins.
    pub(super) fn open_emphasis(&mut self) {
        self.open.push(self.text.len() as u32);
    }

    /// The innermost emphasis ends.
    pub(super) fn close_emphasis(&mut self) {
        if let Some(start) = self.open.pop() {
            let end = self.text.len() as u32;
            if start < end && self.open.is_empty() {
                self.emphasis.push((start, end));
            }
        }
    }

    /// How long the text is.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What stands past `from` was raised: a mark of a note (`²`, `[3]`) is no part of the word or number before it.
    pub(super) fn raised(&mut self, from: usize, source: Span) {
        let Some(raised) = self.text.get(from..) else { return };
        // What was opened in a block before is none of this one's.
        let here = self.map.span(0, 0).start() <= source.start();
        if here && from > 0 && !raised.is_empty() && !raised.contains(char::is_alphabetic) {
            self.text.truncate(from);
            self.map.truncate(from);
            self.emphasis.retain(|range| range.1 as usize <= from);
            self.open.iter_mut().for_each(|start| *start = (*start).min(from as u32));
            self.object(source);
        }
    }

    /// Is there a letter, a digit or a sign?
    pub(super) fn has_prose(&self) -> bool {
        self.text.contains(|c: char| c != OBJECT && !c.is_whitespace())
    }

    /// Is there prose, all of it emphasised?
    pub(super) fn is_all_emphasis(&self) -> bool {
        !self.plain && !self.emphasis.is_empty()
    }

    /// The block, if there is prose in it. `span` is where the whole of it stands; without one, where its text does.
    pub(super) fn finish(mut self, kind: BlockKind, span: Option<Span>) -> Option<Block> {
        while !self.open.is_empty() {
            self.close_emphasis();
        }
        // A heading of nothing but code still parts two sections.
        if !self.has_prose() && (kind != BlockKind::Heading || self.text.is_empty()) {
            return None;
        }
        let len = self.text.trim_end().len();
        self.text.truncate(len);
        self.map.truncate(len);
        let len = len as u32;
        for range in &mut self.emphasis {
            range.1 = range.1.min(len);
        }
        self.emphasis.retain(|(start, end)| start < end);
        let span = span.unwrap_or_else(|| self.map.span(0, len));
        let mut block = Block::verbatim(kind, self.text, 0);
        block.map = self.map;
        block.span = span;
        block.figure = kind == BlockKind::Caption;
        block.emphasis = self.emphasis;
        Some(block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_as_in_a_browser() {
        let source = "  On\n  <b> Monday</b> &amp; so  ";
        let mut builder = TextBuilder::default();
        builder.collapsed(&source[0..7], 0);
        builder.collapsed(&source[10..17], 10);
        builder.collapsed(&source[21..22], 21);
        builder.replaced("&", Span::new(22, 27));
        builder.collapsed(&source[27..], 27);
        let block = builder.finish(BlockKind::Paragraph, None).unwrap();
        assert_eq!(block.text, "On Monday & so");
        assert_eq!(block.span, Span::new(2, 30));
        assert_eq!(block.source_span(2, 3), Span::new(4, 7));
        assert_eq!(&source[block.source_span(3, 9).range()], "Monday");
        assert_eq!(&source[block.source_span(10, 11).range()], "&amp;");
        assert_eq!(&source[block.source_span(12, 14).range()], "so");
    }

    #[test]
    fn a_lone_object_is_no_block() {
        let mut builder = TextBuilder::default();
        builder.object(Span::new(0, 4));
        builder.blank(Span::new(4, 5));
        assert!(builder.finish(BlockKind::Paragraph, None).is_none());
    }
}
