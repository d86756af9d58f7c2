//! Whole small drafts through the reader, and drafts that were broken on purpose.

use factlint::document::{Block, BlockKind, Document, Format};
use factlint::source::Source;

const FORMATS: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

const MARKDOWN: &str = "---\ntitle: Talks open\ndate: 2022-01-09\nlang: en\nstet: [doubled-word]\n---\n\
# Talks *open* in Geneva\n\n![The lake, **May** 3](a.png \"t\")\n*The lake on Monday*\n\n\
On **Wed**nesday (100) a debate &amp; a vote; see `code 3`, <https://example.org/2022>\nand [the list](b \"c\").  \n\
Next line\\\nthird.[^1]\n\n> “We will\n> not go,” he said.\n\n1. one\n2. two\n   - inner <!-- stet: a because b -->\n\n\
| City | Dead |\n|---|--:|\n| Lima | 12 |\n\n<figure><figcaption>Caf&eacute; {{ no }}</figcaption></figure>\n\n\
{{< x y=\"1\" >}}\n\n[^1]: A note of 東京.\n";

const HTML: &str = "<!doctype html>\r\n<html lang=\"pt-BR\"><head><title>Um</title>\
<script type='application/ld+json'>{\"datePublished\": \"2022-01-09\"}</script></head><body>\r\n<h1>Um <b>dia</b></h1>\
<p>Na sexta-feira&nbsp;(29) e no <i>s&aacute;bado</i> (30)<br>\r\n  choveu.<p lang=fr>Il pleut<sup>2</sup>.\
<!-- stet: a --><table><tr><th>A<td>1</table><ul><li>a<li>b <q>c</q></ul><pre>x</pre><code>y</code> &#x1F600; &copy </body>";

const TEXT: &str = "Talks open in Geneva\r\n\r\nGENEVA, Jan. 9, 2022 — Talks open on Monday (10) and\r\ngo on.\r\n\r\n\
(AP Photo/Jane Roe)\r\n\r\n- one\r\n- two\r\n\r\n> We will\r\n> not go.\r\n\r\n1. a\r\n2. b\r\n\r\nHeading\r\n---\r\nEnd \u{A0}東京.";

fn parse(text: &str, format: Format) -> (Source, Document) {
    let source = Source::new("draft", text);
    let document = Document::parse(&source, format);
    (source, document)
}

/// What holds of every block of every draft: its map leads into the source, in order, and to the very words.
fn check(source: &Source, document: &Document) {
    let text = source.text();
    for block in &document.blocks {
        check_block(text, block);
    }
    for stet in &document.stets {
        for span in stet.covers.iter().chain([&stet.span]) {
            assert!(text.get(span.range()).is_some(), "a stet's place in {text:?}");
        }
    }
    for (message, span) in &document.errors {
        assert!(text.get(span.range()).is_some(), "{message}");
    }
}

fn check_block(text: &str, block: &Block) {
    assert!(text.get(block.span.range()).is_some(), "{block:?}");
    assert!(!block.text.trim().is_empty() && block.text.trim() == block.text, "{block:?}");
    let mut before = 0;
    for (at, c) in block.text.char_indices() {
        let span = block.source_span(at as u32, (at + c.len_utf8()) as u32);
        let slice = text.get(span.range());
        assert!(slice.is_some(), "{c:?} at {at} of {block:?} has {span:?} in {text:?}");
        assert!(span.start() >= before, "{c:?} at {at} of {block:?} runs back in {text:?}");
        before = span.start();
        // A letter is itself, or of an entity, or of a front matter's escapes.
        if c.is_alphanumeric() {
            let slice = slice.unwrap_or_default();
            let same = slice.starts_with(c) || slice.starts_with(['&', '"', '\'', '|', '>']);
            // A title of several lines is mapped as a whole.
            let same = same || block.kind == BlockKind::Headline && slice.contains(c);
            assert!(same, "{c:?} at {at} of {block:?} is {slice:?} in {text:?}");
        }
    }
    for (start, end) in &block.emphasis {
        assert!(block.text.get(*start as usize..*end as usize).is_some(), "{block:?}");
    }
    if let Some(span) = block.map.exact(0, block.text.len() as u32) {
        let same = text[span.range()].split_whitespace().eq(block.text.split_whitespace());
        assert!(same, "{block:?} in {text:?}");
    }
}

#[test]
fn whole_drafts_keep_every_place() {
    for (text, format) in [(MARKDOWN, Format::Markdown), (HTML, Format::Html), (TEXT, Format::Text)] {
        let (source, document) = parse(text, format);
        check(&source, &document);
        assert!(document.blocks.len() > 7);
        assert_eq!(document.blocks[0].kind, BlockKind::Headline);
        assert!(document.errors.is_empty());
    }
}

/// A small generator of numbers, so that a failure can be had again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

const PIECES: [&str; 48] = [
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "---\n",
    "+++\n",
    "title: 'a",
    "date: 2022",
    "#",
    "# ",
    "> ",
    "- ",
    "1. ",
    "* ",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "![",
    "](",
    ")",
    "[^1]",
    "|",
    "|---|\n",
    "<p>",
    "</p>",
    "<b",
    "<!--",
    "-->",
    "<!-- stet: x -->",
    "<sup>1",
    "</sup>",
    "<table><td>",
    "</table>",
    "<em>",
    "</em>",
    "&amp;",
    "&",
    "&nbsp;",
    "{{",
    "}}",
    "東",
    "\u{FEFF}",
    "\u{A0}",
    "\u{301}",
];

#[test]
fn broken_drafts_keep_every_place_and_stop_nobody() {
    let rounds = std::env::var("FACTLINT_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1500);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..rounds {
        let mut text = [MARKDOWN, HTML, TEXT][round % 3].to_owned();
        for _ in 0..=random.below(8) {
            let from = text.floor_char_boundary(random.below(text.len() + 1));
            let to = text.floor_char_boundary((from + random.below(12)).min(text.len()));
            let piece = PIECES[random.below(PIECES.len())];
            text.replace_range(from..to.max(from), piece);
        }
        for format in FORMATS {
            let (source, document) = parse(&text, format);
            check(&source, &document);
        }
    }
}

#[test]
fn nothing_but_pieces_keeps_every_place() {
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    for _ in 0..1500 {
        let mut text = String::new();
        for _ in 0..random.below(30) {
            text.push_str(PIECES[random.below(PIECES.len())]);
            text.push_str(["", "a", " ", "3"][random.below(4)]);
        }
        for format in FORMATS {
            let (source, document) = parse(&text, format);
            check(&source, &document);
        }
    }
}

#[test]
fn deep_and_wide_drafts_are_read_in_time() {
    let started = std::time::Instant::now();
    for piece in [
        "<div>", "<p>", "> ", "- ", "*a ", "[", "![", "<b>x", "</b>", "&amp", "{{ ", "<!-- ", "| a ", "`", "<td>",
        "1. ",
    ] {
        let text = piece.repeat(20_000);
        for format in FORMATS {
            parse(&text, format);
        }
    }
    assert!(started.elapsed().as_secs() < 60, "took {:?}", started.elapsed());
}
