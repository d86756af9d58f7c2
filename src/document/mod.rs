//! A draft's blocks in reading order, without the format that they were written in.
//!
//! A [`Source`](crate::source::Source) comes in, as plain text, Markdown or HTML; a [`Document`] goes out: blocks of
//! prose, each with its text free of markup and a map back into the source, and what the draft says of itself (its
//! language, its publication date, what is to stand). Nothing after this module knows the format.

mod block;
mod builder;
mod front_matter;
mod html;
mod map;
mod markdown;
mod published;
mod reading;
mod stet;
mod text;

pub use block::{Block, BlockKind, Cell};
pub use map::SourceMap;

use chrono::NaiveDate;

use self::reading::Reading;
use crate::source::{BYTE_ORDER_MARK, Source, Span};

/// The format that a draft is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text: a blank line, or each line where lines are long, ends a paragraph.
    Text,
    /// `CommonMark` with tables and front matter.
    Markdown,
    /// HTML.
    Html,
}

impl Format {
    /// The format that a file's name speaks of: Markdown, HTML, else plain text.
    ///
    /// ```
    /// use factlint::document::Format;
    /// assert_eq!(Format::of_path("news/Draft.MD"), Format::Markdown);
    /// assert_eq!(Format::of_path("page.xhtml"), Format::Html);
    /// assert_eq!(Format::of_path("notes"), Format::Text);
    /// ```
    pub fn of_path(path: &str) -> Format {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(extension));
        if is(&["md", "markdown"]) {
            Format::Markdown
        } else if is(&["html", "htm", "xhtml"]) {
            Format::Html
        } else {
            Format::Text
        }
    }
}

/// A draft, read into blocks.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// In reading order.
    pub blocks: Vec<Block>,
    /// The language that the draft names itself (front matter, HTML `lang`): BCP 47.
    pub language: Option<Language>,
    /// The publication date, and where it was found.
    pub date: Option<Published>,
    /// What the draft lets stand.
    pub stets: Vec<Stet>,
    /// The order of day and month that front matter sets (`dates: dmy`).
    pub date_order: Option<String>,
    /// What the front matter says that no other field holds, by name: configuration keys, where the language stands
    /// (`lang`), and dates that only the names of months make plain (`date`).
    pub front_matter: Vec<(String, String, Span)>,
    /// What could not be read, with its place: broken front matter.
    pub errors: Vec<(String, Span)>,
}

impl Document {
    /// Reads a draft. Never fails: what cannot be read is told in `errors`.
    ///
    /// ```
    /// use factlint::document::{BlockKind, Document, Format};
    /// use factlint::source::Source;
    /// let source = Source::new("draft.md", "# Talks open\n\nOn **Wed**nesday (100) &amp; later.");
    /// let document = Document::parse(&source, Format::Markdown);
    /// assert_eq!(document.blocks[0].kind, BlockKind::Headline);
    /// assert_eq!(document.blocks[1].text, "On Wednesday (100) & later.");
    /// assert_eq!(source.slice(document.blocks[1].source_span(3, 12)), "Wed**nesday");
    /// ```
    pub fn parse(source: &Source, format: Format) -> Document {
        let text = source.text();
        let mut document = Document::default();
        let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let front = front_matter::read(text, start, &mut document);
        let mut reading = Reading::default();
        match format {
            Format::Text => reading.blocks = text::read(text, front.body),
            Format::Markdown => markdown::read(text, front.body, &mut reading),
            Format::Html => html::read(text, front.body..text.len(), &mut reading),
        }
        reading.finish(text.len(), &mut document);
        document.set_headline(front.title);
        document
    }

    /// One headline: the title that front matter gives, else the first heading of level 1. A draft that opens with
    /// such a heading has it as its headline besides another title.
    fn set_headline(&mut self, title: Option<Block>) {
        let has_one = self.blocks.iter().any(|block| block.kind == BlockKind::Headline);
        let first = self.blocks.iter_mut().enumerate().find(|(_, block)| is_top_heading(block));
        if let Some((at, heading)) = first
            && !has_one
            && (at == 0 || title.is_none())
        {
            heading.kind = BlockKind::Headline;
        }
        if let Some(title) = title
            && self.blocks.first().is_none_or(|block| block.kind != BlockKind::Headline || block.text != title.text)
        {
            self.blocks.insert(0, title);
        }
    }
}

fn is_top_heading(block: &Block) -> bool {
    block.kind == BlockKind::Heading && block.level == 1
}

/// A language, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47: `en`, `pt-BR`.
    pub code: String,
    /// `option`, `front matter`, `html`, `detected`
    pub from: &'static str,
}

/// A publication date, and where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: NaiveDate,
    /// `option`, `front matter`, `metadata`, `dateline`, `file name`
    pub from: &'static str,
}

/// “Let it stand”: a rule, class or group, and where it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stet {
    /// Rule ids, classes or groups; none if it is written in a way that is not understood.
    pub rules: Vec<String>,
    /// The bytes of the source where findings are let stand; the whole file if `None`.
    pub covers: Option<Span>,
    /// Where the mark itself stands.
    pub span: Span,
    /// The reason given, if any.
    pub because: Option<String>,
}
