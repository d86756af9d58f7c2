//! Byte offsets to an editor's lines and characters, and back, in the encoding that was agreed.

use lsp_types::{Position, Range};

use crate::source::{Source, Span};

/// What a character of a position counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The best of those that a client offers: bytes, which cost nothing; UTF-16 is what all have.
    pub(super) fn choose(offered: &[&str]) -> Encoding {
        if offered.contains(&"utf-8") {
            Encoding::Utf8
        } else if offered.contains(&"utf-32") && !offered.contains(&"utf-16") {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// The position of a byte offset.
    pub(super) fn position(self, source: &Source, offset: usize) -> Position {
        let line = source.position(offset).line;
        let start = source.lines().start(line).unwrap_or_default();
        let before = source.text().get(start..offset).unwrap_or_default();
        let character = before.chars().map(|c| self.units(c)).sum::<usize>();
        Position { line: line as u32 - 1, character: character as u32 }
    }

    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        Range { start: self.position(source, span.start()), end: self.position(source, span.end()) }
    }

    /// The byte offset of a position; beyond its line's end, that end; beyond the text, the text's end.
    pub(super) fn offset(self, source: &Source, position: Position) -> usize {
        let line = position.line as usize + 1;
        let Some(start) = source.lines().start(line) else { return source.text().len() };
        let end = source.lines().start(line + 1).unwrap_or(source.text().len());
        let text = source.text()[start..end].trim_end_matches(['\r', '\n']);
        let mut units = 0;
        for (at, c) in text.char_indices() {
            if units >= position.character as usize {
                return start + at;
            }
            units += self.units(c);
        }
        start + text.len()
    }

    pub(super) fn span(self, source: &Source, range: Range) -> Span {
        let (start, end) = (self.offset(source, range.start), self.offset(source, range.end));
        Span::new(start.min(end), start.max(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "é 東京 🇺🇦!\r\ne\u{301}🙂x\rlast";

    #[test]
    fn each_offset_comes_back_in_each_encoding() {
        let source = Source::new("a", TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (offset, c) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                let position = encoding.position(&source, offset);
                assert_eq!(encoding.offset(&source, position), offset, "{encoding:?} {c:?}");
            }
        }
    }

    #[test]
    fn the_units_are_those_of_the_encoding() {
        let source = Source::new("a", TEXT);
        let bang = TEXT.find('!').unwrap();
        let at = |encoding: Encoding| encoding.position(&source, bang).character;
        assert_eq!([at(Encoding::Utf8), at(Encoding::Utf16), at(Encoding::Utf32)], [18, 9, 7]);
        let x = TEXT.find('x').unwrap();
        assert_eq!(Encoding::Utf16.position(&source, x), Position { line: 1, character: 4 });
    }

    #[test]
    fn a_position_out_of_range_is_the_nearest_end() {
        let source = Source::new("a", TEXT);
        let offset = |line, character| Encoding::Utf16.offset(&source, Position { line, character });
        assert_eq!(offset(0, 999), TEXT.find('\r').unwrap());
        assert_eq!(offset(99, 0), TEXT.len());
        assert_eq!(offset(u32::MAX, u32::MAX), TEXT.len());
    }

    #[test]
    fn what_a_client_offers_decides() {
        assert_eq!(Encoding::choose(&[]), Encoding::Utf16);
        assert_eq!(Encoding::choose(&["utf-16", "utf-8"]), Encoding::Utf8);
        assert_eq!(Encoding::choose(&["utf-16", "utf-32"]), Encoding::Utf16);
        assert_eq!(Encoding::choose(&["utf-32"]), Encoding::Utf32);
    }
}
