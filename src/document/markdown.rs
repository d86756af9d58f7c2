//! Markdown into blocks: the events of pulldown-cmark, each with its bytes, become text with a map.
//!
//! Markup never hides a word: `**Wed**nesday (100)` reads as “Wednesday (100)”. Code, targets of links and HTML tags
//! are no prose; templates of site generators (`{{…}}`, `{%…%}`) are none either.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::TextBuilder;
use super::{BlockKind, Cell, Reading, html, stet};
use crate::source::Span;

/// Reads the text from byte `start` on.
pub(super) fn read(text: &str, start: usize, reading: &mut Reading) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let parser = Parser::new_ext(&text[start..], options).into_offset_iter();
    let mut reader = Reader {
        text,
        reading,
        templates: templates(text, start),
        block: None,
        containers: Vec::new(),
        table: None,
        image: None,
        skip: 0,
        opaque: None,
        html: None,
        after_image: false,
        raised: None,
    };
    for (event, range) in parser {
        reader.event(event, start + range.start..start + range.end);
    }
    reader.flush();
}

/// Places of `{{…}}` and `{%…%}`.
fn templates(text: &str, start: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut after = start;
    // No end further on: then none for later openings either.
    let (mut no_braces, mut no_percent) = (false, false);
    for open in memchr::memchr_iter(b'{', &bytes[start..]).map(|at| start + at) {
        if open < after {
            continue;
        }
        let (close, none) = match bytes.get(open + 1) {
            Some(b'{') => ("}}", &mut no_braces),
            Some(b'%') => ("%}", &mut no_percent),
            _ => continue,
        };
        if *none {
            continue;
        }
        match memchr::memmem::find(&bytes[open + 2..], close.as_bytes()) {
            Some(length) => {
                after = open + 2 + length + 2;
                found.push(open..after);
            }
            None => *none = true,
        }
    }
    found
}

/// What the block being read is in.
#[derive(Debug)]
enum Container {
    Quote,
    List { id: u32 },
    Item { marker: Option<String>, list: u32 },
}

/// A block being read.
#[derive(Debug)]
struct Open {
    kind: BlockKind,
    builder: TextBuilder,
    /// Where the block stands; without it, where its text does.
    span: Option<Span>,
    level: u8,
    cell: Option<Cell>,
    /// An image stands at its start, before any text.
    image_first: bool,
    /// Stets that stand inside of it, and whether text came after.
    stets: Vec<usize>,
}

#[derive(Debug)]
struct Reader<'t, 'r> {
    text: &'t str,
    reading: &'r mut Reading,
    templates: Vec<Range<usize>>,
    block: Option<Open>,
    containers: Vec<Container>,
    table: Option<Cell>,
    /// The alternative text of the image that is open, with its place.
    image: Option<(TextBuilder, Span, u32)>,
    /// Depth inside code blocks and other things that are no prose.
    skip: u32,
    /// Inside a link whose text is its target.
    opaque: Option<Span>,
    /// The HTML block being gathered.
    html: Option<Range<usize>>,
    /// The block before was an image alone.
    after_image: bool,
    /// Inside `<sup>`: how long the text was before it, and where the tag stands.
    raised: Option<(usize, usize)>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Html(_) => {
                if let Some(html) = &mut self.html {
                    html.end = html.end.max(range.end);
                }
            }
            _ if self.skip > 0 || self.opaque.is_some() => {}
            Event::Text(text) => self.push_text(&text, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.builder().object(Span::new(range.start, range.end));
            }
            Event::InlineHtml(tag) => self.inline_html(&tag, range),
            Event::SoftBreak | Event::HardBreak => self.line_end(range),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Rule => self.flush(),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let span = Span::new(range.start, range.end);
        match tag {
            Tag::Paragraph => self.open(BlockKind::Paragraph, Some(span)),
            Tag::Heading { level, .. } => {
                self.open(BlockKind::Heading, Some(span));
                if let Some(open) = &mut self.block {
                    open.level = *level as u8;
                }
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.reading.cover(span);
                self.containers.push(Container::Quote);
            }
            Tag::List(_) => {
                self.flush();
                self.reading.cover(span);
                self.containers.push(Container::List { id: self.reading.lists });
                self.reading.lists += 1;
            }
            Tag::Item => {
                self.flush();
                self.reading.cover(span);
                let marker = self.text[range.clone()].split_whitespace().next().map(str::to_owned);
                let list = self.list().unwrap_or_default();
                self.containers.push(Container::Item { marker, list });
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.reading.cover(span);
                self.after_image = false;
                self.skip += 1;
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(range.start..range.start);
            }
            Tag::Table(_) => {
                self.flush();
                self.reading.cover(span);
                self.after_image = false;
                self.table = Some(Cell { table: self.reading.tables, row: 0, column: 0, head: true });
                self.reading.tables += 1;
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(cell) = &mut self.table {
                    cell.column = 0;
                    cell.head = matches!(tag, Tag::TableHead);
                }
            }
            Tag::TableCell => {
                self.open(BlockKind::TableCell, None);
                if let Some(open) = &mut self.block {
                    open.cell = self.table;
                }
            }
            Tag::Emphasis => self.builder().open_emphasis(),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                if self.skip == 0 {
                    self.builder().object(span);
                    self.opaque = Some(span);
                }
            }
            Tag::Image { .. } => self.open_image(span),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => self.flush(),
            Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::Link { .. } => {}
        }
    }

    /// An image is an object in the text around it; its alternative text becomes a caption.
    fn open_image(&mut self, span: Span) {
        if let Some((_, _, depth)) = &mut self.image {
            *depth += 1;
            return;
        }
        let builder = self.builder();
        let first = !builder.has_prose();
        builder.object(span);
        if let Some(open) = &mut self.block {
            open.image_first |= first;
        }
        self.image = Some((TextBuilder::default(), span, 0));
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.flush(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.skip = self.skip.saturating_sub(1),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    html::read(self.text, html.start..html.end.max(range.end), self.reading);
                }
            }
            TagEnd::Table => {
                self.flush();
                self.table = None;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(cell) = &mut self.table {
                    cell.row += 1;
                }
            }
            TagEnd::TableCell => {
                self.flush();
                if let Some(cell) = &mut self.table {
                    cell.column += 1;
                }
            }
            TagEnd::Emphasis => self.builder().close_emphasis(),
            TagEnd::Link => self.opaque = None,
            TagEnd::Image => match &mut self.image {
                Some((_, _, depth)) if *depth > 0 => *depth -= 1,
                _ => {
                    if let Some((builder, span, _)) = self.image.take() {
                        self.reading.later.extend(builder.finish(BlockKind::Caption, Some(span)));
                    }
                }
            },
            TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
        }
    }

    /// Text as it stands, save entities and templates.
    fn push_text(&mut self, text: &str, range: Range<usize>) {
        let raw = &self.text[range.clone()];
        if raw != text {
            // “&#151;” is a dash, as browsers have it, and not a control sign.
            let decoded = if raw.starts_with("&#") { super::html::decode(raw) } else { None };
            self.builder().replaced(decoded.as_deref().unwrap_or(text), Span::new(range.start, range.end));
            return;
        }
        let mut from = range.start;
        let first = self.templates.partition_point(|template| template.end <= range.start);
        let templates = self.templates.get(first..).unwrap_or_default();
        let inside: Vec<Range<usize>> =
            templates.iter().take_while(|template| template.start < range.end).cloned().collect();
        for template in inside {
            if template.start > from {
                let words = &self.text[from..template.start];
                self.builder().verbatim(words, from);
            }
            // One object for it all, at the event in which it begins.
            if template.start >= range.start {
                self.builder().object(Span::new(template.start, template.end));
            }
            from = template.end.min(range.end);
        }
        let words = &self.text[from..range.end];
        self.builder().verbatim(words, from);
    }

    fn line_end(&mut self, range: Range<usize>) {
        // A backslash or blanks before a hard break go with it, the indentation of the next line too.
        let rest = &self.text[range.end..];
        let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let span = Span::new(range.start, range.end + indent);
        if self.text[range].trim().is_empty() {
            self.builder().blank(span);
        } else {
            self.builder().break_mark(span);
        }
    }

    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        let span = Span::new(range.start, range.end);
        if let Some(comment) = tag.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
            if let Some(stet) = stet::parse(comment, span) {
                self.reading.stets.push(stet);
                let index = self.reading.stets.len() - 1;
                self.builder();
                if let Some(open) = &mut self.block {
                    open.stets.push(index);
                }
            }
            return;
        }
        if is_bracketed_name(tag, self.text) {
            self.push_text(tag, range);
            return;
        }
        let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next();
        match name.unwrap_or_default().to_ascii_lowercase().as_str() {
            "br" => self.line_end(range),
            "em" | "i" | "cite" if tag.starts_with("</") => self.builder().close_emphasis(),
            "em" | "i" | "cite" => self.builder().open_emphasis(),
            "sup" if tag.starts_with("</") => {
                if let Some((before, start)) = self.raised.take() {
                    self.builder().raised(before, Span::new(start, range.end));
                }
            }
            "sup" => {
                let before = self.builder().len();
                self.raised = Some((before, range.start));
            }
            _ => {}
        }
    }

    /// Where text goes: the image's alternative text, the open block, or a new one (a tight list has no paragraphs).
    fn builder(&mut self) -> &mut TextBuilder {
        if self.image.is_none() && self.block.is_none() {
            self.open(BlockKind::Paragraph, None);
        }
        match (&mut self.image, &mut self.block) {
            (Some((builder, _, _)), _) => builder,
            (None, open) => &mut open.as_mut().expect("it was opened just now").builder,
        }
    }

    fn list(&self) -> Option<u32> {
        self.containers.iter().rev().find_map(|container| match container {
            Container::List { id } => Some(*id),
            Container::Item { list, .. } => Some(*list),
            Container::Quote => None,
        })
    }

    fn open(&mut self, kind: BlockKind, span: Option<Span>) {
        self.flush();
        if let Some(span) = span {
            self.reading.cover(span);
        }
        self.block = Some(Open {
            kind,
            builder: TextBuilder::default(),
            span,
            level: 0,
            cell: None,
            image_first: false,
            stets: Vec::new(),
        });
    }

    /// Ends the open block.
    fn flush(&mut self) {
        self.raised = None;
        let Some(open) = self.block.take() else { return };
        let only_image = open.image_first && !open.builder.has_prose();
        let is_caption = open.kind == BlockKind::Paragraph
            && (open.image_first || self.after_image)
            && open.builder.is_all_emphasis();
        self.after_image = only_image;
        let in_list = self.containers.iter().any(|container| matches!(container, Container::Item { .. }));
        let in_quote = self.containers.iter().any(|container| matches!(container, Container::Quote));
        let kind = match open.kind {
            BlockKind::Paragraph if is_caption => BlockKind::Caption,
            BlockKind::Paragraph if in_list => BlockKind::ListItem,
            BlockKind::Paragraph if in_quote => BlockKind::Quote,
            kind => kind,
        };
        let stets = open.stets;
        if let Some(mut block) = open.builder.finish(kind, open.span) {
            block.cell = open.cell;
            block.level = match kind {
                BlockKind::ListItem => self.depth(|container| matches!(container, Container::List { .. })),
                BlockKind::Quote => self.depth(|container| matches!(container, Container::Quote)),
                _ => open.level,
            };
            if kind == BlockKind::ListItem {
                block.list = self.list();
                block.marker = self
                    .containers
                    .iter_mut()
                    .rev()
                    .find_map(|container| match container {
                        Container::Item { marker, .. } => Some(marker.take()),
                        _ => None,
                    })
                    .flatten();
            }
            self.reading.push_with(self.text, block, &stets);
        } else {
            self.reading.pending.extend(stets);
        }
        let later = std::mem::take(&mut self.reading.later);
        for caption in later {
            self.reading.push(caption);
        }
    }

    fn depth(&self, is: impl Fn(&Container) -> bool) -> u8 {
        self.containers.iter().filter(|container| is(container)).count().min(255) as u8
    }
}

/// “Ford Motor Co <F>”, “a group <Rade Koncar>”: what Markdown takes for a tag, and HTML has no element of that name, or the
/// source does not close it: “Varian <VAR>”.
fn is_bracketed_name(tag: &str, source: &str) -> bool {
    let Some(inside) = tag.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else { return false };
    let name = inside.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    let closes =
        |name: &str| [name.to_owned(), name.to_uppercase()].iter().any(|name| source.contains(&format!("</{name}>")));
    inside.starts_with(char::is_uppercase)
        && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '&' | ','))
        && (!html::is_element(&name) || html::is_inline(&name) && !closes(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Document, Format};
    use crate::source::Source;

    fn parse(text: &str) -> Document {
        Document::parse(&Source::new("draft.md", text), Format::Markdown)
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
    fn a_name_in_angle_brackets_is_text_where_no_tag_closes_it() {
        let texts = |text: &str| read(text).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(texts("Varian Inc <VAR>, the maker"), ["Varian Inc <VAR>, the maker"]);
        assert_eq!(texts("Ford Motor Co <F> fell"), ["Ford Motor Co <F> fell"]);
        assert_eq!(texts("Let <VAR>x</VAR> be 1"), ["Let x be 1"]);
        assert_eq!(texts("a <b>word"), ["a word"]);
    }

    #[test]
    fn markup_inside_a_word_hides_nothing() {
        let text = "On **Wed**nesday (100) and *Thu*rsday.";
        let block = &parse(text).blocks[0];
        assert_eq!(block.text, "On Wednesday (100) and Thursday.");
        assert_eq!(source_of(text, block, "Wednesday"), "Wed**nesday");
        assert_eq!(source_of(text, block, "100"), "100");
        assert_eq!(block.emphasis, [(23, 26)]);
    }

    #[test]
    fn code_urls_and_targets_are_no_prose() {
        let text = "See `a 1`, <https://example.org/2022> or [the\nlist](https://example.org/5 \"t\").\n\n    code 3\n\n```\ncode 4\n```\n";
        let blocks = read(text);
        assert_eq!(blocks, [(BlockKind::Paragraph, "See \u{FFFC}, \u{FFFC} or the list.".into())]);
    }

    #[test]
    fn entities_and_escapes_are_what_they_stand_for() {
        let text = "AT&amp;T \\*paid* 5&nbsp;&euro; &copy &#151; now";
        let block = &parse(text).blocks[0];
        assert_eq!(block.text, "AT&T *paid* 5\u{A0}€ &copy — now");
        assert_eq!(source_of(text, block, "AT&T"), "AT&amp;T");
        assert_eq!(source_of(text, block, "€"), "&euro;");
        assert_eq!(source_of(text, block, "*paid*"), "*paid*");
    }

    #[test]
    fn breaks_are_one_blank_whatever_the_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("> On Monday{end}> the 10th  {end}> of\\{end}> May");
            let document = parse(&text);
            assert_eq!(document.blocks.len(), 1, "{end:?}");
            let block = &document.blocks[0];
            assert_eq!((block.kind, block.text.as_str()), (BlockKind::Quote, "On Monday the 10th of May"), "{end:?}");
            assert_eq!(source_of(&text, block, "10th"), "10th");
            assert_eq!(source_of(&text, block, "May"), "May");
            assert_eq!(block.map.exact(3, 13), None);
        }
    }

    #[test]
    fn lists_know_marker_number_and_depth() {
        let text = "Three:\n\n1. one\n2. two\n   - inner\n3. three\n\n   more\n\n* a\n\n* b\n";
        let blocks = parse(text).blocks;
        let items: Vec<_> =
            blocks[1..].iter().map(|b| (b.text.as_str(), b.marker.as_deref(), b.list, b.level)).collect();
        assert_eq!(
            items,
            [
                ("one", Some("1."), Some(0), 1),
                ("two", Some("2."), Some(0), 1),
                ("inner", Some("-"), Some(1), 2),
                ("three", Some("3."), Some(0), 1),
                ("more", None, Some(0), 1),
                ("a", Some("*"), Some(2), 1),
                ("b", Some("*"), Some(2), 1),
            ]
        );
    }

    #[test]
    fn a_table_is_its_cells() {
        let text = "| City | Dead |\n|---|--:|\n| **Lima** | 12 |\n| Quito | |\n";
        let document = parse(text);
        let cells: Vec<_> =
            document.blocks.iter().map(|b| (b.text.as_str(), b.cell.map(|c| (c.row, c.column, c.head)))).collect();
        assert_eq!(
            cells,
            [
                ("City", Some((0, 0, true))),
                ("Dead", Some((0, 1, true))),
                ("Lima", Some((1, 0, false))),
                ("12", Some((1, 1, false))),
                ("Quito", Some((2, 0, false))),
            ]
        );
        assert_eq!(source_of(text, &document.blocks[3], "12"), "12");
    }

    #[test]
    fn pictures_have_captions() {
        use BlockKind::{Caption, Paragraph};
        let text = "![A bridge, **May** 3](a.png)\n\n*The bridge on Monday*\n\nIt ![b](c) rained.\n\n*All of it.*\n";
        assert_eq!(
            read(text),
            [
                (Caption, "A bridge, May 3".into()),
                (Caption, "The bridge on Monday".into()),
                (Paragraph, "It \u{FFFC} rained.".into()),
                (Caption, "b".into()),
                (Paragraph, "All of it.".into()),
            ]
        );
        assert_eq!(read("![a](b)\n*Below it*")[0], (Caption, "\u{FFFC} Below it".into()));
    }

    #[test]
    fn a_name_in_angle_brackets_is_no_tag() {
        let read = |text: &str| read(text)[0].1.clone();
        assert_eq!(read("Ford Motor <F>, of <Poe Corp>, rose."), "Ford Motor <F>, of <Poe Corp>, rose.");
        assert_eq!(read("Ford <B>Motor</B><BR>rose <Tabs id=3>now</Tabs>."), "Ford Motor rose now.");
    }

    #[test]
    fn templates_are_no_prose() {
        let text = "{{< img src=\"2015/08/a.jpg\" alt=\"3 of 4\" >}}\n\nOn {{ page.date }} it {% if 3 %}rained{% endif %} {{ so.\n";
        assert_eq!(read(text), [(BlockKind::Paragraph, "On \u{FFFC} it \u{FFFC}rained\u{FFFC} {{ so.".into())]);
    }

    #[test]
    fn the_headline_is_the_first_h1_or_the_title() {
        use BlockKind::{Heading, Headline, Paragraph};
        let kinds = |text: &str| read(text).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        assert_eq!(kinds("# One\n\na\n\n# Two\n\n## Three"), [Headline, Paragraph, Heading, Heading]);
        assert_eq!(kinds("One\n===\n\na"), [Headline, Paragraph]);
        assert_eq!(kinds("---\ntitle: One\n---\n\na\n\n# Two"), [Headline, Paragraph, Heading]);
        assert_eq!(kinds("---\ntitle: One\n---\n# One\n\na"), [Headline, Paragraph]);
        assert_eq!(kinds("a\n\n## Three"), [Paragraph, Heading]);
    }

    #[test]
    fn a_stet_covers_what_comes_next() {
        let text = "a\n\n<!-- stet: x because y -->\n\n- one\n- two\n\nb <!-- stet: z --> b\n\nc\n<!-- stet: w -->\nd\n\ne <!-- stet: v -->\n";
        let document = parse(text);
        let covered: Vec<_> =
            document.stets.iter().map(|s| (s.rules[0].as_str(), text[s.covers.unwrap().range()].trim())).collect();
        assert_eq!(
            covered,
            [("x", "- one\n- two"), ("z", "b <!-- stet: z --> b"), ("w", "d"), ("v", "e <!-- stet: v -->"),]
        );
        assert_eq!(document.stets[0].because.as_deref(), Some("y"));
    }

    #[test]
    fn html_in_markdown_loses_its_tags() {
        let text = "<figure>\n<img alt=\"no\">\n<figcaption>On Monday</figcaption>\n</figure>\n\n<div>\n\nA **b**<br>c <em>d</em>\n\n</div>\n\n<!-- 3 of 4 -->\n";
        assert_eq!(read(text), [(BlockKind::Caption, "On Monday".into()), (BlockKind::Paragraph, "A b c d".into())]);
    }

    #[test]
    fn offsets_count_the_byte_order_mark_and_the_front_matter() {
        let text = "\u{FEFF}---\nlang: en\n---\nOn Monday (10).\n";
        let document = parse(text);
        assert_eq!(document.language.as_ref().map(|language| language.code.as_str()), Some("en"));
        assert_eq!(source_of(text, &document.blocks[0], "(10)"), "(10)");
    }
}
