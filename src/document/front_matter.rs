//! Front matter: what a draft says of itself above its text, in YAML between `---` lines or simple TOML between `+++`.
//!
//! Each value keeps its place. Broken front matter is told and skipped; the body is still read.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_yaml::Spanned;

use super::builder::TextBuilder;
use super::{Block, BlockKind, Document, Language, Published, Stet};
use crate::source::Span;

/// What front matter gives to the reader of the body.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// Where the body starts.
    pub(super) body: usize,
    /// The title, as a headline.
    pub(super) title: Option<Block>,
}

/// Reads front matter that opens at byte `start`, if there is any.
pub(super) fn read(text: &str, start: usize, document: &mut Document) -> FrontMatter {
    let mut front = FrontMatter { body: start, title: None };
    let Some(fence) = Fence::find(text, start) else { return front };
    front.body = fence.body;
    let entries = match fence.kind {
        _ if fence.open => {
            let message = "the front matter is not closed: a line `---` is missing".to_owned();
            document.errors.push((message, Span::new(start, fence.inner.start())));
            return front;
        }
        Kind::Yaml => match yaml(text, fence.inner) {
            Ok(entries) => entries,
            Err(error) => {
                document.errors.push(error);
                return front;
            }
        },
        Kind::Toml => toml(text, fence.inner),
    };
    for entry in entries {
        apply(text, entry, document, &mut front);
    }
    front
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Yaml,
    Toml,
}

/// Where front matter stands.
#[derive(Clone, Copy, Debug)]
struct Fence {
    kind: Kind,
    /// What is between the fences.
    inner: Span,
    body: usize,
    /// It has no end.
    open: bool,
}

impl Fence {
    fn find(text: &str, start: usize) -> Option<Fence> {
        let (first, inner) = take_line(text, start)?;
        let kind = match first.trim_end() {
            "---" => Kind::Yaml,
            "+++" => Kind::Toml,
            _ => return None,
        };
        let mut at = inner;
        let mut is_first = true;
        let mut blank = None;
        while let Some((line, next)) = take_line(text, at) {
            let bare = line.trim_end();
            let closes = match kind {
                Kind::Yaml => matches!(bare, "---" | "..."),
                Kind::Toml => bare == "+++",
            };
            if closes {
                return Some(Fence { kind, inner: Span::new(inner, at), body: next, open: false });
            }
            if is_first && !bare.is_empty() {
                is_first = false;
                // A rule, then prose: no front matter.
                if !opens_entry(bare, kind) {
                    return None;
                }
            }
            if bare.is_empty() && blank.is_none() && !is_first {
                blank = Some(at);
            }
            at = next;
        }
        (!is_first).then(|| {
            let body = blank.unwrap_or(text.len());
            Fence { kind, inner: Span::new(inner, body), body, open: true }
        })
    }
}

/// The line at a byte without its end, and where the next one starts.
fn take_line(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let end = rest.find('\n').unwrap_or(rest.len());
    Some((rest[..end].trim_end_matches('\r'), (at + end + 1).min(text.len())))
}

fn opens_entry(line: &str, kind: Kind) -> bool {
    let sign = match kind {
        Kind::Yaml => ':',
        Kind::Toml => '=',
    };
    let key = |key: &str| {
        let key = key.trim_end().trim_matches(['"', '\'']);
        !key.is_empty() && key.len() < 40 && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    line.starts_with(['#', '[', '{']) || line.split_once(sign).is_some_and(|(left, _)| key(left))
}

/// A key with its value.
#[derive(Debug)]
struct Entry {
    key: String,
    values: Vec<Value>,
    /// Where the value stands.
    span: Span,
}

/// A scalar, and where it stands.
#[derive(Debug)]
struct Value {
    text: String,
    span: Span,
}

/// A YAML value, as deep as it is needed here.
#[derive(Debug)]
enum Node {
    Nothing,
    Scalar(String),
    List(Vec<Spanned<Node>>),
    /// Keys below the first level are of no use here.
    Map(Vec<(Spanned<Node>, Spanned<Node>)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Node;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Nothing)
            }
            fn visit_none<E>(self) -> Result<Node, E> {
                Ok(Node::Nothing)
            }
            fn visit_bool<E>(self, v: bool) -> Result<Node, E> {
                Ok(Node::Scalar(v.to_string()))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Node, E> {
                Ok(Node::Scalar(v.to_string()))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Node, E> {
                Ok(Node::Scalar(v.to_string()))
            }
            fn visit_i128<E>(self, v: i128) -> Result<Node, E> {
                Ok(Node::Scalar(v.to_string()))
            }
            fn visit_u128<E>(self, v: u128) -> Result<Node, E> {
                Ok(Node::Scalar(v.to_string()))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Node, E> {
                Ok(Node::Scalar(v.to_string()))
            }
            fn visit_str<E>(self, v: &str) -> Result<Node, E> {
                Ok(Node::Scalar(v.to_owned()))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Node::List(list))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Node::Map(entries))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

fn yaml(text: &str, inner: Span) -> Result<Vec<Entry>, (String, Span)> {
    let yaml = &text[inner.range()];
    if yaml.trim().is_empty() {
        return Ok(Vec::new());
    }
    let options = serde_yaml::options! { with_snippet: false };
    let node = serde_yaml::from_str_with_options::<Node>(yaml, options).map_err(|error| {
        let at = error.location().and_then(|location| location.span().byte_offset()).map_or(0, |at| at as usize);
        let start = yaml.floor_char_boundary(at.min(yaml.len()));
        let end = yaml[start..].find(['\n', '\r']).map_or(yaml.len(), |length| start + length);
        let message = error.to_string();
        let message = message.lines().next().unwrap_or("it is no YAML");
        (format!("the front matter cannot be read: {message}"), shifted(Span::new(start, end), inner.start()))
    })?;
    let Node::Map(map) = node else { return Ok(Vec::new()) };
    let mut entries = Vec::new();
    for (key, value) in map {
        let Node::Scalar(key) = key.value else { continue };
        let span = shifted(place(yaml, &value), inner.start());
        let scalar = |node: Spanned<Node>| {
            let span = shifted(place(yaml, &node), inner.start());
            match node.value {
                Node::Scalar(text) => Some(Value { text, span }),
                _ => None,
            }
        };
        let values = match value.value {
            Node::List(list) => list.into_iter().filter_map(scalar).collect(),
            _ => scalar(value).into_iter().collect(),
        };
        entries.push(Entry { key, values, span });
    }
    Ok(entries)
}

/// Where a value stands: to the end of its line if it does not say how long it is.
fn place<T>(yaml: &str, value: &Spanned<T>) -> Span {
    let span = value.referenced.span();
    let start = yaml.floor_char_boundary(span.byte_offset().map_or(0, |at| at as usize));
    let line = yaml[start..].find(['\n', '\r']).unwrap_or(yaml.len() - start);
    let len = span.byte_len().map_or(0, |len| len as usize);
    let end = yaml.floor_char_boundary(start + if len == 0 { line } else { len });
    let trimmed = yaml[start..end].trim_end().len();
    Span::new(start, start + trimmed)
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start() + by, span.end() + by)
}

/// `key = value` lines up to the first table; texts, dates, numbers and lists of texts.
fn toml(text: &str, inner: Span) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = inner.start();
    while at < inner.end() {
        let Some((line, next)) = take_line(text, at) else { break };
        if line.trim_start().starts_with('[') {
            break;
        }
        if let Some((key, _)) = line.split_once('=')
            && !line.trim_start().starts_with('#')
        {
            let from = at + key.len() + 1;
            let value = text[from..at + line.len()].trim();
            let start = from + (text[from..at + line.len()].len() - text[from..at + line.len()].trim_start().len());
            let span = Span::new(start, start + value.len());
            let items: Vec<Value> = match value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(list) => list.split(',').filter_map(|item| toml_scalar(text, item)).collect(),
                None => toml_scalar(text, value).into_iter().collect(),
            };
            entries.push(Entry { key: key.trim().trim_matches(['"', '\'']).to_owned(), values: items, span });
        }
        at = next;
    }
    entries
}

/// A scalar of TOML; `part` is a part of `text`, so that its place is known.
fn toml_scalar(text: &str, part: &str) -> Option<Value> {
    let value = part.trim();
    let bare = match value.as_bytes() {
        [quote @ (b'"' | b'\''), inner @ .., last] if quote == last => &value[1..=inner.len()],
        [] => return None,
        _ => value,
    };
    let start = bare.as_ptr() as usize - text.as_ptr() as usize;
    Some(Value { text: bare.to_owned(), span: Span::new(start, start + bare.len()) })
}

fn apply(text: &str, entry: Entry, document: &mut Document, front: &mut FrontMatter) {
    let first = entry.values.first();
    match entry.key.to_lowercase().as_str() {
        "date" | "published" | "publishdate" | "pubdate" | "datepublished" => {
            let date = first.and_then(|value| parse_date(&value.text));
            match (date, first) {
                (Some(date), _) if document.date.is_none() => {
                    document.date = Some(Published { date, from: "front matter" });
                }
                // “9 March 2024” needs the names of months, which come later: see `find_date`.
                (None, Some(value)) => document.front_matter.push(("date".to_owned(), value.text.clone(), value.span)),
                _ => {}
            }
        }
        "lang" | "language" => {
            if let (Some(value), None) = (first, &document.language) {
                let code = value.text.trim().replace('_', "-");
                document.front_matter.push(("lang".to_owned(), code.clone(), value.span));
                if is_language_code(&code) {
                    document.language = Some(Language { code, from: "front matter" });
                }
            }
        }
        "title" | "headline" => {
            if let (Some(value), None) = (first, &front.title) {
                front.title = headline(text, value);
            }
        }
        "stet" => {
            for value in &entry.values {
                let rules: Vec<String> =
                    value.text.split([',', ' ']).filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
                if !rules.is_empty() {
                    document.stets.push(Stet { rules, covers: None, span: value.span, because: None });
                }
            }
        }
        "dates" => document.date_order = first.map(|value| value.text.trim().to_owned()),
        _ => {
            let value = entry.values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join(", ");
            document.front_matter.push((entry.key, value, entry.span));
        }
    }
}

/// The title as a block: where the file has it letter by letter, else mapped as a whole.
fn headline(text: &str, value: &Value) -> Option<Block> {
    let raw = &text[value.span.range()];
    let mut builder = TextBuilder::default();
    match raw.find(value.text.as_str()) {
        Some(at) if at <= 1 => builder.verbatim(&value.text, value.span.start() + at),
        _ => builder.replaced(value.text.trim(), value.span),
    }
    builder.finish(BlockKind::Headline, Some(value.span))
}

/// Is it `en`, `pt-BR`, `zh-Hant`?
pub(super) fn is_language_code(code: &str) -> bool {
    let primary = code.split('-').next().unwrap_or_default();
    (2..=3).contains(&primary.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A date as machines write it: `2022-01-09`, with or without a time, or as in mail.
pub(super) fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let head = text.get(..10).unwrap_or(text);
    NaiveDate::parse_from_str(head, "%Y-%m-%d")
        .or_else(|_| NaiveDate::parse_from_str(head, "%Y/%m/%d"))
        .ok()
        .or_else(|| chrono::DateTime::parse_from_rfc2822(text).ok().map(|time| time.date_naive()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (FrontMatter, Document) {
        let mut document = Document::default();
        let front = super::read(text, 0, &mut document);
        (front, document)
    }

    #[test]
    fn yaml_says_date_language_title_and_what_stands() {
        let text = "---\ntitle: \"Talks: open\"\ndate: 2022-01-09 10:00:00 +0100\nlang: pt-BR\nstet: [doubled-word, a]\ndates: dmy\ndialect: en-GB\ntags: [a, b]\nmenu:\n  main: 3\n---\nBody";
        let (front, document) = read(text);
        assert_eq!(&text[front.body..], "Body");
        let title = front.title.unwrap();
        assert_eq!(title.text, "Talks: open");
        assert_eq!(&text[title.source_span(0, 5).range()], "Talks");
        assert_eq!(document.date.unwrap().date, NaiveDate::from_ymd_opt(2022, 1, 9).unwrap());
        assert_eq!(document.language.unwrap().code, "pt-BR");
        assert_eq!(document.stets.len(), 2);
        assert_eq!(&text[document.stets[0].span.range()], "doubled-word");
        assert_eq!(document.date_order.as_deref(), Some("dmy"));
        let (key, value, span) = &document.front_matter[1];
        assert_eq!((key.as_str(), value.as_str(), &text[span.range()]), ("dialect", "en-GB", "en-GB"));
        assert_eq!(document.front_matter[2].1, "a, b");
        assert!(document.errors.is_empty());
    }

    #[test]
    fn a_title_with_escapes_is_mapped_as_a_whole() {
        let text = "---\ntitle: 'It''s on'\n---\n";
        let title = read(text).0.title.unwrap();
        assert_eq!(title.text, "It's on");
        assert_eq!(&text[title.source_span(0, 2).range()], "'It''s on'");
    }

    #[test]
    fn broken_front_matter_is_told_with_its_place_and_skipped() {
        let text = "---\ntitle: a: b: c\nlang: [en\n---\nBody";
        let (front, document) = read(text);
        assert_eq!(&text[front.body..], "Body");
        assert_eq!(document.errors.len(), 1);
        assert!(document.errors[0].1.start() >= 4, "{:?}", document.errors);
        let text = "---\nlang: en\n\nBody";
        let (front, document) = read(text);
        assert_eq!(&text[front.body..], "\nBody");
        assert!(document.errors[0].0.contains("not closed"));
    }

    #[test]
    fn a_rule_above_prose_is_no_front_matter() {
        for text in
            ["---\n\nIt rained all day.\n---\n", "---", "", "--- \nIt rained, he said: twice.\n", "----\na: b\n---"]
        {
            let (front, document) = read(text);
            assert_eq!(front.body, 0, "{text:?}");
            assert!(document.errors.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn simple_toml_is_read() {
        let text =
            "+++\ntitle = \"On\"\ndate = 2022-01-09T10:00:00Z\nstet = [\"a\", 'b']\n[extra]\nlang = \"fr\"\n+++\nBody";
        let (front, document) = read(text);
        assert_eq!(&text[front.body..], "Body");
        assert_eq!(&text[front.title.unwrap().source_span(0, 2).range()], "On");
        assert!(document.date.is_some());
        assert_eq!(document.stets.iter().map(|stet| &text[stet.span.range()]).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(document.language, None, "the language of a table below");
    }

    #[test]
    fn dates_as_machines_write_them() {
        let day = NaiveDate::from_ymd_opt(2022, 1, 9);
        assert_eq!(parse_date(" 2022-01-09"), day);
        assert_eq!(parse_date("2022-01-09T23:59:00-05:00"), day);
        assert_eq!(parse_date("2022/01/09"), day);
        assert_eq!(parse_date("Sun, 09 Jan 2022 10:00:00 +0000"), day);
        assert_eq!(parse_date("2022-02-30"), None);
        assert_eq!(parse_date("soon"), None);
        assert_eq!(parse_date("9 janeiro é"), None);
    }

    #[test]
    fn the_keys_of_a_date_have_many_names() {
        for key in ["date", "Date", "published", "publishDate", "pubdate", "pubDate", "datePublished"] {
            let (_, document) = read(&format!("---\n{key}: 2022-01-09\n---\n"));
            assert_eq!(document.date.map(|date| date.date), NaiveDate::from_ymd_opt(2022, 1, 9), "{key}");
        }
    }
}
