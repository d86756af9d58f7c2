//! Plain text into blocks: lines in, paragraphs, headings, list items and quotes out.
//!
//! A blank line ends a paragraph; so does each line where lines are long, for then nobody wrapped them. Wrapped lines
//! are joined by one blank. What plain text says by its looks alone (a headline, a heading, a credit line) is read by
//! form, never by words, and with care: a paragraph taken for a heading is worse than a heading taken for a paragraph.

use super::builder::TextBuilder;
use super::{Block, BlockKind};
use crate::source::Span;

/// A line longer than this, in characters, was not wrapped.
const LONG_LINE: usize = 160;
/// A headline is no longer than this, in characters.
const LONG_HEADLINE: usize = 150;
/// A heading is no longer than this, in characters.
const LONG_HEADING: usize = 60;

/// Reads the text from byte `start` on.
pub(super) fn read(text: &str, start: usize) -> Vec<Block> {
    let lines = lines(text, start);
    let paragraphs = paragraphs(text, &lines);
    blocks(text, &lines, &paragraphs)
}

/// A line without its indentation and its end.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: u32,
    end: u32,
    indent: u32,
    look: Look,
}

/// What a line looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Blank,
    /// `* * *`, `-----`: it parts paragraphs, or underlines one.
    Rule,
    /// `> ` so many times.
    Quote(u8),
    /// A sign of a list, so many bytes long with its blanks.
    Bullet(u8),
    /// `3. `, so many bytes long with its blanks.
    Number(u8, u16),
    Text,
}

impl Line {
    fn text(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

fn lines(text: &str, start: usize) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity((bytes.len() - start) / 60 + 1);
    let mut from = start;
    let ends = memchr::memchr2_iter(b'\n', b'\r', &bytes[start..]).map(|at| start + at);
    for end in ends.chain(std::iter::once(bytes.len())) {
        // The LF of a CRLF ends a line that is empty: it is none.
        let crlf = end == from && from > start && bytes.get(end) == Some(&b'\n') && bytes[from - 1] == b'\r';
        if !crlf {
            lines.push(line(text, from, end));
        }
        from = end + 1;
    }
    lines
}

fn line(text: &str, from: usize, end: usize) -> Line {
    let body = text[from..end].trim_start();
    let start = end - body.len();
    let body = body.trim_end();
    Line { start: start as u32, end: (start + body.len()) as u32, indent: (start - from) as u32, look: look(body) }
}

fn look(line: &str) -> Look {
    let bytes = line.as_bytes();
    let Some(&first) = bytes.first() else { return Look::Blank };
    if first.is_ascii_alphabetic() {
        return Look::Text;
    }
    if first.is_ascii_digit() {
        return numbered(bytes);
    }
    if matches!(first, b'*' | b'-' | b'_' | b'=' | b'~' | b'#' | b'+')
        && bytes.iter().all(|byte| *byte == first || *byte == b' ')
    {
        return Look::Rule;
    }
    if first == b'>' {
        let depth = bytes.iter().filter(|byte| **byte != b' ').take_while(|byte| **byte == b'>').count();
        return Look::Quote(depth.min(255) as u8);
    }
    let sign = match line.chars().next() {
        Some('-' | '*' | '+') => 1,
        Some(c @ ('•' | '◦' | '▪' | '·' | '‣' | '●' | '–')) => c.len_utf8(),
        _ => return Look::Text,
    };
    let blanks = line[sign..].len() - line[sign..].trim_start().len();
    if blanks == 0 || blanks > 8 { Look::Text } else { Look::Bullet((sign + blanks) as u8) }
}

fn numbered(bytes: &[u8]) -> Look {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let blanks = bytes.iter().skip(digits + 1).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if digits > 3 || !matches!(bytes.get(digits), Some(b'.' | b')')) || blanks == 0 || blanks > 8 {
        return Look::Text;
    }
    let number = bytes[..digits].iter().fold(0, |number, byte| number * 10 + u16::from(byte - b'0'));
    Look::Number((digits + 1 + blanks) as u8, number)
}

/// Lines that belong together.
#[derive(Clone, Copy, Debug)]
struct Paragraph {
    first: usize,
    /// After the last.
    last: usize,
    look: Look,
    underlined: bool,
}

fn paragraphs(text: &str, lines: &[Line]) -> Vec<Paragraph> {
    let unwrapped = is_unwrapped(text, lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut width = 0;
    for (at, line) in lines.iter().enumerate() {
        match line.look {
            Look::Blank => continue,
            Look::Rule => {
                let heads = line.len() >= 3 && !line.text(text).contains(' ');
                if let Some(last) = paragraphs.last_mut()
                    && heads
                    && last.last == at
                    && last.first + 1 == at
                {
                    last.underlined = true;
                }
                continue;
            }
            _ => {}
        }
        let before = at.checked_sub(1).map(|before| lines[before]);
        let opens = before.is_none_or(|before| matches!(before.look, Look::Blank | Look::Rule));
        if opens {
            width = lines[at..]
                .iter()
                .take_while(|line| !matches!(line.look, Look::Blank | Look::Rule))
                .map(|line| line.len())
                .max()
                .unwrap_or_default();
        }
        match (paragraphs.last_mut(), before) {
            (Some(paragraph), Some(before))
                if !opens && !unwrapped && joins(text, paragraph.look, before, *line, width) =>
            {
                paragraph.last = at + 1;
            }
            _ => paragraphs.push(Paragraph { first: at, last: at + 1, look: line.look, underlined: false }),
        }
    }
    settle_numbers(&mut paragraphs);
    settle_dashes(text, lines, &mut paragraphs);
    paragraphs
}

/// Is most of the text in lines that are too long to have been wrapped?
fn is_unwrapped(text: &str, lines: &[Line]) -> bool {
    let is_long = |line: &&Line| line.len() > LONG_LINE && line.text(text).chars().count() > LONG_LINE;
    let all: usize = lines.iter().map(|line| line.len()).sum();
    let long: usize = lines.iter().filter(is_long).map(|line| line.len()).sum();
    long * 2 > all
}

/// Does a line go on with what the line before said, in a paragraph that opened with `opened`?
fn joins(text: &str, opened: Look, before: Line, line: Line, width: usize) -> bool {
    match (opened, line.look) {
        (Look::Quote(one), Look::Quote(other)) => return one == other,
        (Look::Quote(_), _)
        | (_, Look::Quote(_))
        | (Look::Bullet(_), Look::Bullet(_))
        | (Look::Number(..), Look::Number(..)) => return false,
        // A wrapped line may begin with a dash or a day; a list is announced, or it is indented.
        (_, Look::Bullet(_) | Look::Number(..)) => {
            return !before.text(text).ends_with(':') && line.indent == before.indent;
        }
        _ => {}
    }
    let (words, next) = (before.text(text), line.text(text));
    let first_word = next.split(' ').next().unwrap_or_default().len();
    let room = words.len() + 1 + first_word + width / 8 <= width;
    if !room {
        return true;
    }
    // There was room for the next word: the writer ended the line. Was it the end of the paragraph?
    let ends = ends_sentence(words) || words.ends_with(':');
    let opens = next.starts_with(|c: char| !c.is_lowercase());
    let stub =
        width >= 40 && words.len() * 2 < width && words.starts_with(|c: char| !c.is_lowercase()) && !ends_small(words);
    !(opens && (ends || stub))
}

/// Is the last word a little one, as “of” and “the” are? No title ends in such.
fn ends_small(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    !last.is_empty() && last.chars().count() <= 3 && last.chars().all(char::is_lowercase)
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', '“', '«', ')', ']']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟'])
}

/// A numbered item has a neighbour with the number before or after; else it may be `1. Mai`.
fn settle_numbers(paragraphs: &mut [Paragraph]) {
    let numbers: Vec<(usize, u16)> = paragraphs
        .iter()
        .enumerate()
        .filter_map(|(at, paragraph)| match paragraph.look {
            Look::Number(_, number) => Some((at, number)),
            _ => None,
        })
        .collect();
    let follows = |one: (usize, u16), other: (usize, u16)| other.1 == one.1 + 1 && other.0 - one.0 <= 4;
    for (index, number) in numbers.iter().enumerate() {
        let after = numbers.get(index + 1).is_some_and(|next| follows(*number, *next));
        let before = index.checked_sub(1).is_some_and(|before| follows(numbers[before], *number));
        // A list that leaves one number out is still one.
        let skips = index > 1
            && follows(numbers[index - 2], numbers[index - 1])
            && number.1 == numbers[index - 1].1 + 2
            && number.0 - numbers[index - 1].0 <= 2;
        if !after && !before && !skips {
            paragraphs[number.0].look = Look::Text;
        }
    }
}

/// A dash opens an item only beside another; alone it opens speech, or an aside.
fn settle_dashes(text: &str, lines: &[Line], paragraphs: &mut [Paragraph]) {
    let dash = |paragraph: &Paragraph| {
        let line = lines[paragraph.first].text(text);
        matches!(paragraph.look, Look::Bullet(_)) && line.starts_with(['–', '-', '+'])
    };
    let dashes: Vec<bool> = paragraphs.iter().map(dash).collect();
    for (at, paragraph) in paragraphs.iter_mut().enumerate() {
        let before = at.checked_sub(1).is_some_and(|before| dashes[before]);
        if dashes[at] && !before && !dashes.get(at + 1).is_some_and(|dash| *dash) {
            paragraph.look = Look::Text;
        }
    }
}

fn blocks(text: &str, lines: &[Line], paragraphs: &[Paragraph]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(paragraphs.len());
    let mut list = ListState::default();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let first = lines[paragraph.first];
        let mut builder = TextBuilder::default();
        let skip = match paragraph.look {
            Look::Bullet(skip) | Look::Number(skip, _) => skip as usize,
            _ => 0,
        };
        let mut end = None;
        for line in &lines[paragraph.first..paragraph.last] {
            let mut start = line.start as usize + if end.is_none() { skip } else { 0 };
            if let Look::Quote(_) = paragraph.look {
                let words = line.text(text).trim_start_matches(['>', ' ', '\t']);
                start = line.end as usize - words.len();
            }
            if let Some(end) = end {
                // Up to the line's first byte, so that a quote's mark is not among the blanks.
                builder.blank(Span::new(end, line.start as usize));
            }
            builder.verbatim(&text[start..line.end as usize], start);
            end = Some(line.end as usize);
        }
        let span = Span::new(first.start as usize, end.unwrap_or(first.end as usize));
        let Some(mut block) = builder.finish(BlockKind::Paragraph, Some(span)) else { continue };
        match paragraph.look {
            Look::Quote(level) => {
                block.kind = BlockKind::Quote;
                block.level = level;
            }
            Look::Bullet(_) | Look::Number(..) => {
                let skipped = &text[first.start as usize..first.start as usize + skip];
                block.kind = BlockKind::ListItem;
                block.marker = Some(skipped.trim_end().to_owned());
                let (list, level) = list.item(at, paragraph.look, first.indent);
                block.list = Some(list);
                block.level = level;
            }
            _ => block.kind = kind_of(&block.text, *paragraph, at, paragraphs.get(at + 1), lines),
        }
        blocks.push(block);
    }
    // What looks like a headline and has no story is none.
    if let [only] = blocks.as_mut_slice()
        && only.kind == BlockKind::Headline
    {
        only.kind = BlockKind::Paragraph;
    }
    blocks
}

/// What a paragraph that is no list and no quote is, by its form.
fn kind_of(words: &str, paragraph: Paragraph, at: usize, next: Option<&Paragraph>, lines: &[Line]) -> BlockKind {
    let length = words.chars().take(LONG_HEADLINE + 1).count();
    let ends = ends_sentence(words) && !(words.ends_with('?') && length < 100);
    if is_credit(words, length) {
        return BlockKind::Caption;
    }
    let open = ends || words.ends_with([':', ';', ',']);
    if at == 0 && length <= LONG_HEADLINE && (paragraph.underlined || !open) && next.is_some() {
        return BlockKind::Headline;
    }
    if paragraph.underlined {
        return BlockKind::Heading;
    }
    let Some(next) = next else { return BlockKind::Paragraph };
    let story: usize = lines[next.first..next.last].iter().map(|line| line.len()).sum();
    let plain = !words.contains([':', '(', '[', '"', '“', '/', ',']) && !words.contains(|c: char| c.is_ascii_digit());
    let is_heading = length <= LONG_HEADING
        && !open
        && plain
        && paragraph.last - paragraph.first == 1
        && words.starts_with(char::is_uppercase)
        && story > 2 * words.len()
        && matches!(next.look, Look::Text);
    if is_heading { BlockKind::Heading } else { BlockKind::Paragraph }
}

/// A lone line that says whose a picture is, by its form: `(AP Photo/Jane Roe)`, `© Jane Roe`, `Jane Roe / Reuters`.
fn is_credit(words: &str, length: usize) -> bool {
    if length > 80 {
        return false;
    }
    if words.starts_with('©') {
        return true;
    }
    let (bare, bracketed) = match words.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(bare) => (bare, true),
        None => (words, false),
    };
    let Some((left, right)) = bare.split_once('/') else { return false };
    let names = |side: &str| {
        let side = side.trim();
        !side.is_empty()
            && side.split(' ').all(|word| {
                word.starts_with(|c: char| c.is_uppercase())
                    && word.chars().all(|c| c.is_alphabetic() || "-’'.".contains(c))
            })
    };
    let enough = bracketed || left.trim().contains(' ');
    enough && names(left) && right.split('/').all(names)
}

/// Which list an item belongs to.
#[derive(Debug, Default)]
struct ListState {
    count: u32,
    last: Option<(usize, bool, u16)>,
    indent: u32,
}

impl ListState {
    /// The number of the item's list, and its depth.
    fn item(&mut self, at: usize, look: Look, indent: u32) -> (u32, u8) {
        let (ordered, number) = match look {
            Look::Number(_, number) => (true, number),
            _ => (false, 0),
        };
        let goes_on = self.last.is_some_and(|(before, was_ordered, was)| {
            before + 1 == at && (was_ordered == ordered || indent != self.indent)
                || ordered && was_ordered && number == was + 1 && at - before <= 4
        });
        if !goes_on {
            self.count += 1;
            self.indent = indent;
        }
        self.last = Some((at, ordered, number));
        (self.count - 1, 1 + u8::from(indent > self.indent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(BlockKind, String)> {
        super::read(text, 0).into_iter().map(|block| (block.kind, block.text)).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        read(text).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_whatever_the_line_end() {
        let text = "Talks open on Monday (10) in Geneva and go on\nfor three days; on Wednesday (100) a debate is\nplanned.\n\nThen they end.\n";
        for end in ["\n", "\r\n", "\r"] {
            let source = text.replace('\n', end);
            let blocks = super::read(&source, 0);
            assert_eq!(blocks.len(), 2, "{end:?}");
            assert!(blocks[0].text.contains("go on for three days"), "{end:?}");
            let at = blocks[0].text.find("go on for").unwrap() as u32;
            let span = blocks[0].source_span(at, at + 9);
            assert_eq!(&source[span.range()], format!("go on{end}for"));
            assert_eq!(blocks[0].map.exact(at, at + 9), Some(span));
        }
    }

    #[test]
    fn long_lines_are_paragraphs_of_their_own() {
        let line = "The minister said that the talks would go on for as long as they had to. ".repeat(4);
        let text = format!("Talks to go on\n{line}\n{line}\nShort end.\n");
        let blocks = read(&text);
        assert_eq!(blocks.len(), 4);
        assert_eq!(blocks[0], (BlockKind::Headline, "Talks to go on".into()));
    }

    #[test]
    fn a_line_that_ends_before_its_width_ends_the_paragraph() {
        let text = "The first paragraph is wrapped at some width, and goes\non here. It ends.\nThe second paragraph is wrapped at some width, and it\nends too.";
        assert_eq!(texts(text).len(), 2);
        assert_eq!(texts("The hearing is on Monday,\n14 June 2023.").len(), 1);
        assert_eq!(texts("However, the minister,\nwho was there, and who had heard of it,\nsaid no.").len(), 1);
    }

    #[test]
    fn a_short_line_that_ends_in_a_little_word_goes_on() {
        let text = "Acme Power, a unit of\nAcme Holding Limited, said that it will pay back the bonds.";
        assert_eq!(texts(text).len(), 1);
        let text = "By Jane Roe\nThe talks went on for three days, and then they ended again.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn a_hyphen_at_a_line_end_stays() {
        assert_eq!(texts("a man who was self-\nemployed"), ["a man who was self- employed"]);
    }

    #[test]
    fn the_first_short_line_is_the_headline() {
        let blocks = read("Twelve dead in flood\n\nAt least 13 people died on Monday.\n");
        assert_eq!(blocks[0].0, BlockKind::Headline);
        assert_eq!(read("Twelve dead in flood\n")[0].0, BlockKind::Paragraph, "no story follows");
        assert_eq!(read("It rained.\n\nIt rained.\n")[0].0, BlockKind::Paragraph, "a sentence is no headline");
        assert_eq!(read("\u{FEFF}It")[0].1, "\u{FEFF}It", "the caller skips the byte order mark");
    }

    #[test]
    fn headings_are_short_or_underlined() {
        let story = "The talks went on for three days, and then they ended without a result.";
        let text = format!("{story}\n\nWhat comes next\n\n{story}\n\nA longer title: 3 of 4 say no\n---\n\n{story}");
        let kinds: Vec<BlockKind> = read(&text).into_iter().map(|(kind, _)| kind).collect();
        use BlockKind::{Heading, Paragraph};
        assert_eq!(kinds, [Paragraph, Heading, Paragraph, Heading, Paragraph]);
    }

    #[test]
    fn a_credit_line_is_a_caption_by_its_form() {
        for (line, kind) in [
            ("(AP Photo/Jane Roe)", BlockKind::Caption),
            ("© Jane Roe", BlockKind::Caption),
            ("Jane Roe / Reuters", BlockKind::Caption),
            ("(The end/means question was left open.)", BlockKind::Paragraph),
            ("either/or", BlockKind::Paragraph),
        ] {
            let text = format!("It rained for days.\n\n{line}\n\nIt rained for days.");
            assert_eq!(read(&text)[1], (kind, line.into()));
        }
    }

    #[test]
    fn lists_have_markers_and_numbers() {
        let blocks = super::read("Three things:\n1. One is here\n   and goes on\n2. Two\n\n3. Three\n\n- a\n- b\n", 0);
        let items: Vec<_> = blocks[1..].iter().map(|b| (b.text.as_str(), b.marker.as_deref(), b.list)).collect();
        assert_eq!(
            items,
            [
                ("One is here and goes on", Some("1."), Some(0)),
                ("Two", Some("2."), Some(0)),
                ("Three", Some("3."), Some(0)),
                ("a", Some("-"), Some(1)),
                ("b", Some("-"), Some(1)),
            ]
        );
    }

    #[test]
    fn what_opens_like_an_item_may_be_none() {
        assert_eq!(read("1. Mai ist ein Feiertag.")[0], (BlockKind::Paragraph, "1. Mai ist ein Feiertag.".into()));
        assert_eq!(read("- No, she said.")[0], (BlockKind::Paragraph, "- No, she said.".into()));
        assert_eq!(texts("The fair runs from the year 1990\n- 1995 at the latest -\nto 2001.").len(), 1);
    }

    #[test]
    fn quotes_lose_their_marks_and_keep_their_place() {
        let source = "She said:\n\n> We will\n> not go.\n";
        let blocks = super::read(source, 0);
        assert_eq!((blocks[1].kind, blocks[1].text.as_str()), (BlockKind::Quote, "We will not go."));
        assert_eq!(&source[blocks[1].source_span(3, 11).range()], "will\n> not");
        assert_eq!(blocks[1].map.exact(3, 11), None, "an edit would take the mark away");
    }
}
