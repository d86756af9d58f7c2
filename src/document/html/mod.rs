//! HTML into blocks: a page, or the HTML inside of Markdown.
//!
//! The reader follows the tags loosely, as browsers do with broken pages, and keeps only what matters for prose: where
//! a block begins, what kind it is, and its language. Scripts, navigation, code and attributes are no prose; what a
//! page says of its publication date is read beside. Of a saved page, only the article is left.

mod page;
mod tokens;

use std::ops::Range;

use self::page::{Page, Piece};
use self::tokens::{Element, Name, Token};
pub(super) use self::tokens::{decode, is_element, is_inline};
use super::builder::TextBuilder;
use super::front_matter::{is_language_code, parse_date};
use super::{Block, BlockKind, Cell, Language, Reading, stet};
use crate::source::Span;

/// The type of a script that holds linked data.
const LINKED_DATA: &str = "application/ld+json";

/// So many blocks after a picture may be its caption and its credit.
const AT_PICTURE: u8 = 2;
/// So far up the open elements an end tag is matched; beyond, a page is broken in ways that no reader mends.
const REACH: usize = 64;

/// Reads a part of the text.
pub(super) fn read(text: &str, range: Range<usize>, reading: &mut Reading) {
    let base = range.start;
    let first = reading.blocks.len();
    let mut reader = Reader {
        text,
        reading,
        page: Page::default(),
        first,
        links: 0,
        picture: 0,
        icon: None,
        frames: Vec::new(),
        contexts: Vec::new(),
        tables: Vec::new(),
        lists: Vec::new(),
        languages: Vec::new(),
        quotes: 0,
        hidden: 0,
        data: false,
        break_at: None,
        titles: Vec::new(),
        block: None,
    };
    for token in tokens::tokens(&text[range]) {
        reader.token(token, base);
    }
    reader.end();
}

/// An open element.
#[derive(Debug)]
struct Frame {
    name: Name,
    element: Element,
    start: usize,
    /// It has named a language.
    language: bool,
    /// It hides what is in it, whatever it is.
    hides: bool,
    /// It says of itself that it is no part of an article.
    furniture: bool,
    /// It makes a caption of what is in it, though it is no element of captions.
    caption: bool,
    /// Stets that cover the whole of it.
    stets: Vec<usize>,
    /// For what is raised: how long the text was before it.
    text_before: usize,
}

/// What the text is in, innermost last.
#[derive(Clone, Debug)]
enum Context {
    Title,
    Heading(u8),
    Caption,
    Quote,
    Item { marker: Option<String> },
    Cell(Cell),
}

/// An open table.
#[derive(Debug)]
struct TableState {
    id: u32,
    /// Rows begun so far.
    rows: u32,
    column: u32,
}

/// An open list.
#[derive(Debug)]
struct ListState {
    id: u32,
    /// The number of the next item, of an ordered list.
    next: Option<i64>,
}

/// A block being read.
#[derive(Debug)]
struct Open {
    builder: TextBuilder,
    kind: BlockKind,
    level: u8,
    cell: Option<Cell>,
    marker: Option<String>,
    list: Option<u32>,
    language: Option<String>,
    is_title: bool,
    stets: Vec<usize>,
    piece: Piece,
}

#[derive(Debug)]
struct Reader<'t, 'r> {
    text: &'t str,
    reading: &'r mut Reading,
    page: Page,
    /// How many blocks there were before.
    first: usize,
    /// Links that are open.
    links: u32,
    /// So many of the next blocks stand at a picture: its caption and its credit may.
    picture: u8,
    /// A picture stands in the open block, and no words after it yet.
    icon: Option<Span>,
    frames: Vec<Frame>,
    contexts: Vec<Context>,
    tables: Vec<TableState>,
    lists: Vec<ListState>,
    languages: Vec<String>,
    quotes: u8,
    hidden: u32,
    /// Inside a script that holds linked data.
    data: bool,
    /// Where a line break ended, if nothing followed it yet.
    break_at: Option<usize>,
    /// The page's own title, of use where it has no heading of level 1.
    titles: Vec<Block>,
    block: Option<Open>,
}

impl Reader<'_, '_> {
    fn token(&mut self, token: Token, base: usize) {
        let shift = |range: Range<usize>| range.start + base..range.end + base;
        match token {
            Token::Open { element, name, attributes, closed, range } => {
                self.start(element, name, &attributes, closed, shift(range));
            }
            Token::Close { name, element, range } => self.close(name, element, &shift(range)),
            Token::Text(range) => self.push_text(shift(range)),
            Token::Comment(range) => self.comment(shift(range)),
        }
    }

    fn start(
        &mut self,
        element: Element,
        name: Name,
        attributes: &[(&'static str, String)],
        closed: bool,
        range: Range<usize>,
    ) {
        let get = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        match element {
            Element::Break => return self.line_break(range),
            Element::Meta => return self.meta(get),
            Element::Void => return,
            Element::Picture => return self.add_picture(range),
            Element::Time => {
                if let Some(date) = get("datetime").and_then(parse_date) {
                    self.reading.offer_date(3, date);
                }
            }
            _ => {}
        }
        if element.is_block() {
            self.close_implied(element, range.start);
            self.flush();
        }
        let hides = get("hidden").is_some() || get("aria-hidden") == Some("true");
        let furniture = page::is_furniture(element, get);
        self.page.whole |= element == Element::Root;
        let program = element == Element::Script && get("type") != Some(LINKED_DATA);
        self.page.furnished |= program || element == Element::Furniture;
        let language = get("lang").or(get("xml:lang")).filter(|code| is_language_code(code)).map(str::to_owned);
        if closed && !matches!(element, Element::Script | Element::Hidden | Element::Title) || element.is_void() {
            return;
        }
        let mut frame = Frame {
            name,
            element,
            start: range.start,
            language: false,
            hides,
            furniture,
            caption: matches!(element, Element::Block | Element::Paragraph) && page::is_caption(get),
            stets: Vec::new(),
            text_before: self.block.as_ref().map_or(0, |open| open.builder.len()),
        };
        self.hidden += u32::from(hides);
        if let Some(code) = language
            && (element.is_block() || self.block.is_none())
        {
            if element == Element::Root && self.reading.language.is_none() {
                self.reading.language = Some(Language { code: code.clone(), from: "html" });
            }
            self.languages.push(code);
            frame.language = true;
        }
        if matches!(
            element,
            Element::List { .. } | Element::Table | Element::Quote | Element::Figure | Element::Paragraph
        ) {
            frame.stets = std::mem::take(&mut self.reading.pending);
        }
        self.enter(element, frame.caption, get, &range);
        self.frames.push(frame);
    }

    /// What an element changes for the text inside of it; `leave` undoes it.
    fn enter<'a>(
        &mut self,
        element: Element,
        caption: bool,
        get: impl Fn(&str) -> Option<&'a str>,
        range: &Range<usize>,
    ) {
        if caption {
            self.contexts.push(Context::Caption);
        }
        match element {
            Element::Title => self.contexts.push(Context::Title),
            Element::Heading(level) => self.contexts.push(Context::Heading(level)),
            Element::Caption => self.contexts.push(Context::Caption),
            Element::Quote => {
                self.quotes = self.quotes.saturating_add(1);
                self.contexts.push(Context::Quote);
            }
            Element::List { ordered } => {
                let first = get("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.lists.push(ListState { id: self.reading.lists, next: ordered.then_some(first) });
                self.reading.lists += 1;
            }
            Element::Item => {
                let value = get("value").and_then(|value| value.trim().parse().ok());
                let marker = match self.lists.last_mut() {
                    Some(ListState { next: Some(next), .. }) => {
                        let number = value.unwrap_or(*next);
                        *next = number.saturating_add(1);
                        format!("{number}.")
                    }
                    _ => "•".to_owned(),
                };
                self.contexts.push(Context::Item { marker: Some(marker) });
            }
            Element::Table => {
                self.tables.push(TableState { id: self.reading.tables, rows: 0, column: 0 });
                self.reading.tables += 1;
            }
            Element::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows += 1;
                    table.column = 0;
                }
            }
            Element::Cell { head } => {
                let cell = self.tables.last_mut().map(|table| {
                    let cell = Cell { table: table.id, row: table.rows.max(1) - 1, column: table.column, head };
                    table.column += 1;
                    cell
                });
                let nowhere = Cell { table: 0, row: 0, column: 0, head };
                self.contexts.push(Context::Cell(cell.unwrap_or(nowhere)));
            }
            Element::Emphasis => {
                if let Some(open) = self.block.as_mut().filter(|_| self.hidden == 0) {
                    open.builder.open_emphasis();
                }
            }
            Element::Quotation => self.quotation_mark("“", range),
            Element::Link => self.links += 1,
            Element::Object => {
                if self.hidden == 0 {
                    self.builder().object(Span::new(range.start, range.end));
                }
                self.hidden += 1;
            }
            Element::Script => {
                self.hidden += 1;
                self.data = get("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case(LINKED_DATA));
            }
            Element::Hidden => self.hidden += 1,
            _ => {}
        }
    }

    fn leave(&mut self, frame: Frame, end: &Range<usize>) {
        if frame.element.is_block() {
            self.flush();
        }
        match frame.element {
            Element::Title
            | Element::Heading(_)
            | Element::Caption
            | Element::Item
            | Element::Cell { .. }
            | Element::Quote => {
                self.contexts.pop();
            }
            Element::List { .. } => {
                self.lists.pop();
            }
            Element::Table => {
                self.tables.pop();
            }
            Element::Emphasis => {
                if let Some(open) = &mut self.block {
                    open.builder.close_emphasis();
                }
            }
            Element::Raised => {
                if let Some(open) = self.block.as_mut().filter(|_| self.hidden == 0) {
                    open.builder.raised(frame.text_before, Span::new(frame.start, end.end));
                }
            }
            Element::Quotation => self.quotation_mark("”", end),
            Element::Link => self.links = self.links.saturating_sub(1),
            Element::Object | Element::Hidden => self.hidden = self.hidden.saturating_sub(1),
            Element::Script => {
                self.hidden = self.hidden.saturating_sub(1);
                self.data = false;
            }
            _ => {}
        }
        if frame.element.is_block() || frame.furniture {
            self.page.add_element(frame.start..end.end, frame.furniture);
        }
        if frame.caption {
            self.contexts.pop();
        }
        if frame.element == Element::Quote {
            self.quotes = self.quotes.saturating_sub(1);
        }
        if frame.hides {
            self.hidden = self.hidden.saturating_sub(1);
        }
        if frame.language {
            self.languages.pop();
        }
        for index in frame.stets {
            if let Some(stet) = self.reading.stets.get_mut(index) {
                stet.covers = Some(Span::new(frame.start, end.end));
            }
        }
    }

    /// A paragraph ends where a block begins, an item where the next one does, a cell and a row likewise.
    fn close_implied(&mut self, element: Element, at: usize) {
        let ends = |open: Element| match element {
            Element::Item => matches!(open, Element::Item | Element::Paragraph),
            Element::Cell { .. } => matches!(open, Element::Cell { .. } | Element::Paragraph),
            Element::Row => matches!(open, Element::Row | Element::Cell { .. } | Element::Paragraph),
            _ => open == Element::Paragraph,
        };
        let bars = |open: Element| match element {
            Element::Item => matches!(open, Element::List { .. } | Element::Table),
            Element::Cell { .. } => matches!(open, Element::Table | Element::Row),
            Element::Row => open == Element::Table,
            _ => open.is_block(),
        };
        let mut keep = self.frames.len();
        for (index, frame) in self.frames.iter().enumerate().rev().take(REACH) {
            if ends(frame.element) {
                keep = index;
            } else if bars(frame.element) {
                break;
            }
        }
        self.pop_to(keep, &(at..at));
    }

    fn close(&mut self, name: Name, element: Element, range: &Range<usize>) {
        let mut found = None;
        for (index, frame) in self.frames.iter().enumerate().rev().take(REACH) {
            if frame.name == name {
                found = Some(index);
                break;
            }
            // The end of markup inside a sentence ends no block.
            if frame.element.is_block() && !element.is_block() && element != Element::Hidden {
                break;
            }
        }
        match found {
            Some(index) => self.pop_to(index, range),
            None if element == Element::Paragraph => self.flush(),
            None if element == Element::Break => self.line_break(range.clone()),
            None => {}
        }
    }

    fn pop_to(&mut self, keep: usize, end: &Range<usize>) {
        while self.frames.len() > keep {
            if let Some(frame) = self.frames.pop() {
                self.leave(frame, end);
            }
        }
    }

    fn push_text(&mut self, range: Range<usize>) {
        let text = self.text;
        let Some(raw) = text.get(range.clone()) else { return };
        if self.data {
            if let Some(date) = linked_data_date(raw) {
                self.reading.offer_date(0, date);
            }
            return;
        }
        if self.hidden > 0 || self.block.is_none() && raw.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return;
        }
        if !raw.trim().is_empty() {
            self.break_at = None;
            if let Some(icon) = self.icon.take() {
                self.builder().object(icon);
            }
        }
        let linked = self.links > 0;
        let open = self.opened_block();
        open.piece.add(raw, linked);
        let builder = &mut open.builder;
        let mut from = 0;
        let mut after = 0;
        for at in memchr::memchr_iter(b'&', raw.as_bytes()) {
            if at < after {
                continue;
            }
            let name = raw[at + 1..].bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
            let mut end = at + 1 + name.count();
            end += usize::from(raw.as_bytes().get(end) == Some(&b';'));
            after = end;
            let Some(decoded) = decode(&raw[at..end]) else { continue };
            builder.collapsed(&raw[from..at], range.start + from);
            let place = Span::new(range.start + at, range.start + end);
            if decoded.bytes().all(|byte| byte.is_ascii_whitespace()) {
                builder.break_mark(place);
            } else {
                builder.replaced(&decoded, place);
            }
            from = end;
        }
        builder.collapsed(&raw[from..], range.start + from);
    }

    /// One break is a blank, two part paragraphs.
    fn line_break(&mut self, range: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        if self.break_at.is_some() {
            self.flush();
        } else if let Some(open) = &mut self.block {
            open.builder.break_mark(Span::new(range.start, range.end));
        }
        self.break_at = Some(range.end);
    }

    /// A picture amid words is a thing in the sentence, as code is; one by itself may have a caption after it.
    fn add_picture(&mut self, range: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        self.picture = AT_PICTURE;
        if self.block.as_ref().is_some_and(|open| open.builder.has_prose()) {
            self.icon = Some(Span::new(range.start, range.end));
        }
    }

    fn quotation_mark(&mut self, mark: &str, range: &Range<usize>) {
        if self.hidden == 0 {
            self.builder().replaced(mark, Span::new(range.start, range.end));
        }
    }

    fn comment(&mut self, range: Range<usize>) {
        let span = Span::new(range.start, range.end);
        let Some(raw) = self.text.get(range) else { return };
        let inside = raw.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let Some(stet) = inside.and_then(|comment| stet::parse(comment, span)) else { return };
        self.reading.stets.push(stet);
        let index = self.reading.stets.len() - 1;
        match &mut self.block {
            Some(open) if open.builder.has_prose() => open.stets.push(index),
            _ => self.reading.pending.push(index),
        }
    }

    fn meta<'a>(&mut self, get: impl Fn(&str) -> Option<&'a str>) {
        const DATES: [(&str, usize); 3] = [("article:published_time", 1), ("datePublished", 1), ("date", 2)];
        let name = get("property").or(get("itemprop")).or(get("name")).unwrap_or_default();
        if let Some((_, rank)) = DATES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))
            && let Some(date) = get("content").and_then(parse_date)
        {
            self.reading.offer_date(*rank, date);
        }
    }

    fn builder(&mut self) -> &mut TextBuilder {
        &mut self.opened_block().builder
    }

    fn opened_block(&mut self) -> &mut Open {
        if self.block.is_none() {
            let emphasised = self.frames.iter().rev().take_while(|frame| !frame.element.is_block());
            let depth = emphasised.filter(|frame| frame.element == Element::Emphasis).count();
            let mut open = self.opened();
            for _ in 0..depth {
                open.builder.open_emphasis();
            }
            self.block = Some(open);
        }
        self.block.as_mut().expect("it was opened just now")
    }

    /// The block that text opens here.
    fn opened(&mut self) -> Open {
        let language = self.languages.last().map(|code| primary(code));
        let mut open = Open {
            builder: TextBuilder::default(),
            kind: BlockKind::Paragraph,
            level: 0,
            cell: None,
            marker: None,
            list: None,
            language,
            is_title: false,
            stets: Vec::new(),
            piece: Piece::default(),
        };
        match self.contexts.last_mut() {
            Some(Context::Title) => {
                open.kind = BlockKind::Headline;
                open.is_title = true;
            }
            Some(Context::Heading(level)) => {
                open.kind = BlockKind::Heading;
                open.level = *level;
            }
            Some(Context::Caption) => open.kind = BlockKind::Caption,
            Some(Context::Quote) => {
                open.kind = BlockKind::Quote;
                open.level = self.quotes;
            }
            Some(Context::Item { marker }) => {
                open.kind = BlockKind::ListItem;
                open.marker = marker.take();
                open.list = self.lists.last().map(|list| list.id);
                open.level = self.lists.len().min(255) as u8;
            }
            Some(Context::Cell(cell)) => {
                open.kind = BlockKind::TableCell;
                open.cell = Some(*cell);
            }
            None => {}
        }
        open
    }

    /// Ends the open block.
    fn flush(&mut self) {
        self.break_at = None;
        self.icon = None;
        let Some(open) = self.block.take() else { return };
        let Some(mut block) = open.builder.finish(open.kind, None) else {
            self.reading.pending.extend(open.stets);
            return;
        };
        block.level = open.level;
        block.figure |= self.picture > 0;
        self.picture = self.picture.saturating_sub(1);
        block.cell = open.cell;
        block.marker = open.marker;
        block.list = open.list;
        block.language = open.language;
        if open.is_title {
            self.titles.push(block);
            return;
        }
        self.page.add_block(open.piece);
        self.reading.push_with(self.text, block, &open.stets);
    }

    fn end(&mut self) {
        let end = self.text.len();
        self.pop_to(0, &(end..end));
        self.flush();
        self.page.leave_article(&mut self.reading.blocks, self.first);
        let has_heading = self.reading.blocks.iter().any(|block| block.kind == BlockKind::Heading && block.level == 1);
        if let Some(title) = self.titles.drain(..).next()
            && !has_heading
        {
            self.reading.blocks.insert(0, title);
        }
        // The language of the whole page is the document's, not the block's.
        if let Some(page) = self.reading.language.as_ref().map(|language| primary(&language.code)) {
            for block in &mut self.reading.blocks {
                if block.language.as_ref() == Some(&page) {
                    block.language = None;
                }
            }
        }
    }
}

/// `pt` of `pt-BR`.
fn primary(code: &str) -> String {
    code.split('-').next().unwrap_or(code).to_ascii_lowercase()
}

/// The first `datePublished` of linked data.
fn linked_data_date(json: &str) -> Option<chrono::NaiveDate> {
    let value: serde_json::Value = serde_json::from_str(json.trim()).ok()?;
    let mut level = vec![&value];
    while !level.is_empty() {
        let mut below = Vec::new();
        for value in level {
            match value {
                serde_json::Value::Object(map) => {
                    let date = map.get("datePublished").and_then(serde_json::Value::as_str).and_then(parse_date);
                    if date.is_some() {
                        return date;
                    }
                    below.extend(map.values());
                }
                serde_json::Value::Array(list) => below.extend(list),
                _ => {}
            }
        }
        level = below;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Format};
    use crate::source::Source;

    fn parse(text: &str) -> Document {
        Document::parse(&Source::new("page.html", text), Format::Html)
    }

    fn read(text: &str) -> Vec<(BlockKind, String)> {
        parse(text).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    /// The source of the words of a block.
    fn source_of<'t>(text: &'t str, block: &Block, words: &str) -> &'t str {
        let at = block.text.find(words).expect("the words are there") as u32;
        &text[block.source_span(at, at + words.len() as u32).range()]
    }

    #[test]
    fn a_page_becomes_blocks() {
        use BlockKind::{Caption, Heading, Headline, ListItem, Paragraph, Quote};
        let text = "<!doctype html><html lang=en><head><title>Talks - The Paper</title><style>p {}</style></head>
<body><nav>Home 3</nav><h1>Talks <b>open</b></h1><p>On Monday (10).<p>On Tuesday<br>(11).
<h2>More</h2><figure><img alt='no'><figcaption>A bridge</figcaption></figure>
<blockquote><p>We go.</p></blockquote><ol start=3><li>c<li>d</ol><ul><li><p>e</p></ul>
<script>var a = '<p>2022</p>'</script><pre>code</pre>The <code>x 1</code> end.</body></html>";
        assert_eq!(
            read(text),
            [
                (Headline, "Talks open".into()),
                (Paragraph, "On Monday (10).".into()),
                (Paragraph, "On Tuesday (11).".into()),
                (Heading, "More".into()),
                (Caption, "A bridge".into()),
                (Quote, "We go.".into()),
                (ListItem, "c".into()),
                (ListItem, "d".into()),
                (ListItem, "e".into()),
                (Paragraph, "The \u{FFFC} end.".into()),
            ]
        );
        let markers: Vec<_> = parse(text).blocks.into_iter().filter_map(|block| block.marker).collect();
        assert_eq!(markers, ["3.", "4.", "•"]);
    }

    #[test]
    fn a_page_without_a_heading_has_its_title_as_headline() {
        let text = "<title>Talks open</title><p>On Monday.";
        assert_eq!(read(text)[0], (BlockKind::Headline, "Talks open".into()));
    }

    #[test]
    fn entities_blanks_and_tags_keep_their_place() {
        let text =
            "<div>\r\n  On <b>Wed</b>nesday&nbsp;(100)\r\n  AT&amp;T &copy 5 &lt; 6 &nosuch; &#8220;a&#8221;</div>";
        let block = &parse(text).blocks[0];
        assert_eq!(block.text, "On Wednesday\u{A0}(100) AT&T © 5 < 6 &nosuch; “a”");
        assert_eq!(source_of(text, block, "Wednesday"), "Wed</b>nesday");
        assert_eq!(source_of(text, block, "(100)"), "(100)");
        assert_eq!(source_of(text, block, " AT&T"), "\r\n  AT&amp;T");
        assert_eq!(source_of(text, block, "“"), "&#8220;");
    }

    #[test]
    fn broken_pages_are_read_as_far_as_they_go() {
        assert_eq!(read("<p>a <b>b</p><p>c</b> d <span").len(), 2);
        assert_eq!(read("a</div></p></li>b</table>").len(), 2, "a stray end tag of a paragraph is one");
        assert_eq!(read("3 < 4 & 5 > 4 <")[0].1, "3 < 4 & 5 > 4 <");
        assert_eq!(read("<li>a<li>b")[1], (BlockKind::ListItem, "b".into()));
        assert_eq!(read("<ul><li>a<p>b<ul><li>c</ul><li>d</ul>").len(), 4);
        assert_eq!(read("<td>a<td>b").len(), 2);
    }

    #[test]
    fn tables_are_cells() {
        let text = "<table><caption>Dead</caption><tr><th>City<th>n<tr><td>Lima<td>12<tr><td>Quito<td></table>";
        let cells: Vec<_> =
            parse(text).blocks.into_iter().map(|b| (b.text, b.cell.map(|c| (c.row, c.column, c.head)))).collect();
        assert_eq!(
            cells,
            [
                ("Dead".into(), None),
                ("City".into(), Some((0, 0, true))),
                ("n".into(), Some((0, 1, true))),
                ("Lima".into(), Some((1, 0, false))),
                ("12".into(), Some((1, 1, false))),
                ("Quito".into(), Some((2, 0, false))),
            ]
        );
    }

    #[test]
    fn languages_are_the_page_s_or_the_block_s() {
        let document = parse("<html lang='en-GB'><p>a <i lang=la>b</i></p><div lang=pt-BR><p>c</p></div><p lang=en>d");
        assert_eq!(document.language, Some(Language { code: "en-GB".into(), from: "html" }));
        let languages: Vec<_> = document.blocks.iter().map(|block| block.language.as_deref()).collect();
        assert_eq!(languages, [None, Some("pt"), None]);
    }

    #[test]
    fn two_breaks_part_paragraphs_and_marks_of_notes_leave_no_digits() {
        assert_eq!(read("a<br>b<br> <br/>c").len(), 2);
        assert_eq!(
            read("10<sup>6</sup> men<sup><a>[1]</a></sup> on the 10<sup>th</sup>")[0].1,
            "10\u{FFFC} men\u{FFFC} on the 10th"
        );
        assert_eq!(read("He said <q>no</q>.")[0].1, "He said “no”.");
        assert_eq!(parse("a <em>b <cite>c</cite></em> d").blocks[0].emphasis, [(2, 5)]);
    }

    #[test]
    fn captions_stand_with_their_pictures() {
        let text = "<div><img src=a><p>Jane Roe/Reuters</p></div><p>A <img src=b>, and B.</p><p>C</p><p>C</p><p class=photo-credit>D</p>";
        let blocks: Vec<_> = parse(text).blocks.into_iter().map(|b| (b.kind, b.text, b.figure)).collect();
        assert_eq!(
            blocks,
            [
                (BlockKind::Paragraph, "Jane Roe/Reuters".into(), true),
                (BlockKind::Paragraph, "A \u{FFFC}, and B.".into(), true),
                (BlockKind::Paragraph, "C".into(), true),
                (BlockKind::Paragraph, "C".into(), false),
                (BlockKind::Caption, "D".into(), true),
            ]
        );
    }

    #[test]
    fn hidden_text_is_none() {
        assert_eq!(read("<p hidden>a</p><div aria-hidden=true><p>b</p></div>c").len(), 1);
        assert_eq!(read("<template><p>a</p></template><noscript>b <p>c</noscript>d").len(), 1);
    }

    #[test]
    fn the_page_says_when_it_was_published() {
        let json = r#"<script type="application/ld+json">{"@graph": [{"a": 1}, {"datePublished": "2022-01-09T10:00Z"}]}</script>"#;
        let meta = "<meta property='article:published_time' content='2022-01-08'>";
        let time = "<time datetime='2022-01-07'>Friday</time>";
        let day = |text: &str| parse(text).date.map(|published| published.date.to_string());
        assert_eq!(day(&format!("{time}{meta}{json}")).as_deref(), Some("2022-01-09"));
        assert_eq!(day(&format!("{time}{meta}")).as_deref(), Some("2022-01-08"));
        assert_eq!(day(time).as_deref(), Some("2022-01-07"));
        let named = "<meta name='date' content='2022-01-06'>";
        assert_eq!(day(&format!("{time}{named}")).as_deref(), Some("2022-01-06"));
        assert_eq!(day(&format!("{named}{meta}")).as_deref(), Some("2022-01-08"), "the one that says of what it is");
        assert_eq!(day("<meta itemprop='datePublished' content='2022-01-09T10:00Z'>").as_deref(), Some("2022-01-09"));
        assert_eq!(day("<script type='application/ld+json'>{</script>"), None);
    }

    #[test]
    fn a_stet_covers_the_next_element_whole() {
        let text = "<!-- stet: a --><ul><li>1<li>2</ul><p>b <!-- stet: b --></p>c\n<!-- stet: c -->\n<p>d</p>";
        let covered: Vec<_> = parse(text).stets.iter().map(|stet| &text[stet.covers.unwrap().range()]).collect();
        assert_eq!(covered, ["<ul><li>1<li>2</ul>", "b", "<p>d</p>"]);
    }
}
