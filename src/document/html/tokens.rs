//! The tokens of HTML, as few as are needed: tags by what they mean for prose, text and comments by their place.

use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

/// What an element means for the prose inside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// The page itself.
    Root,
    /// The page's title.
    Title,
    /// A heading of this level.
    Heading(u8),
    Paragraph,
    /// Any other block: it parts paragraphs.
    Block,
    Quote,
    List {
        ordered: bool,
    },
    Item,
    Table,
    Row,
    Cell {
        head: bool,
    },
    Caption,
    Figure,
    Emphasis,
    Raised,
    /// An inline quotation: the browser writes its marks.
    Quotation,
    /// Code: an object in the text.
    Object,
    /// What stands around an article: a page's foot, a form.
    Furniture,
    /// A link.
    Link,
    /// Nothing in it is prose.
    Hidden,
    Script,
    /// A line break.
    Break,
    /// A picture.
    Picture,
    Time,
    Meta,
    /// An element without content that parts nothing.
    Void,
    /// Markup inside a sentence.
    Inline,
}

/// The names of elements that are [`Element::Inline`].
const INLINE: [&str; 28] = [
    "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "data", "del", "font", "ins", "label", "mark", "marquee",
    "meter", "nobr", "output", "progress", "rb", "ruby", "s", "small", "span", "strike", "strong", "sub", "u", "var",
];

/// Has HTML an element of that name, in small letters?
pub(in crate::document) fn is_element(name: &str) -> bool {
    !matches!(Element::of(name.as_bytes()), Element::Inline) || is_inline(name)
}

/// Is it an element of running text, which has a closing tag?
pub(in crate::document) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

impl Element {
    fn of(name: &[u8]) -> Element {
        match name {
            b"html" | b"body" => Element::Root,
            b"title" => Element::Title,
            b"h1" => Element::Heading(1),
            b"h2" => Element::Heading(2),
            b"h3" => Element::Heading(3),
            b"h4" => Element::Heading(4),
            b"h5" => Element::Heading(5),
            b"h6" => Element::Heading(6),
            b"p" => Element::Paragraph,
            b"blockquote" => Element::Quote,
            b"ul" | b"menu" => Element::List { ordered: false },
            b"ol" => Element::List { ordered: true },
            b"li" => Element::Item,
            b"table" => Element::Table,
            b"tr" => Element::Row,
            b"td" => Element::Cell { head: false },
            b"th" => Element::Cell { head: true },
            b"figcaption" | b"caption" => Element::Caption,
            b"figure" => Element::Figure,
            b"em" | b"i" | b"cite" | b"dfn" => Element::Emphasis,
            b"sup" => Element::Raised,
            b"q" => Element::Quotation,
            b"code" | b"kbd" | b"samp" | b"tt" | b"math" | b"svg" => Element::Object,
            b"script" => Element::Script,
            b"style" | b"template" | b"noscript" | b"nav" | b"pre" | b"textarea" | b"select" | b"button"
            | b"iframe" | b"object" | b"audio" | b"video" | b"canvas" | b"xmp" | b"noembed" | b"noframes"
            | b"plaintext" | b"listing" | b"rp" | b"rt" | b"datalist" => Element::Hidden,
            b"br" => Element::Break,
            b"img" => Element::Picture,
            b"time" => Element::Time,
            b"meta" => Element::Meta,
            b"hr" | b"wbr" | b"input" | b"link" | b"area" | b"base" | b"col" | b"embed" | b"source" | b"track"
            | b"param" => Element::Void,
            b"a" => Element::Link,
            b"footer" | b"form" | b"dialog" | b"search" => Element::Furniture,
            b"div" | b"section" | b"article" | b"main" | b"header" | b"aside" | b"head" | b"dl" | b"dt" | b"dd"
            | b"fieldset" | b"legend" | b"details" | b"summary" | b"center" | b"thead" | b"tbody" | b"tfoot"
            | b"address" | b"hgroup" | b"optgroup" | b"option" | b"frameset" | b"dir" => Element::Block,
            _ => Element::Inline,
        }
    }

    /// Does it part the text before from the text after?
    pub(super) fn is_block(self) -> bool {
        !matches!(
            self,
            Element::Inline
                | Element::Emphasis
                | Element::Raised
                | Element::Quotation
                | Element::Object
                | Element::Link
                | Element::Time
                | Element::Break
                | Element::Meta
                | Element::Picture
                | Element::Void
                | Element::Script
                | Element::Hidden
        )
    }

    /// Has it no end tag?
    pub(super) fn is_void(self) -> bool {
        matches!(self, Element::Void | Element::Break | Element::Meta | Element::Picture)
    }
}

/// A name of an element, short enough to compare at once.
pub(super) type Name = u64;

fn pack(name: &[u8]) -> Name {
    name.iter().fold(name.len() as u64, |packed, byte| packed.rotate_left(7) ^ u64::from(*byte))
}

/// The attributes that are read.
const ATTRIBUTES: [&str; 15] = [
    "lang",
    "xml:lang",
    "datetime",
    "property",
    "name",
    "itemprop",
    "content",
    "type",
    "hidden",
    "aria-hidden",
    "start",
    "value",
    "class",
    "id",
    "role",
];

/// A token, with the bytes that it stands for.
#[derive(Debug)]
pub(super) enum Token {
    Open { element: Element, name: Name, attributes: Vec<(&'static str, String)>, closed: bool, range: Range<usize> },
    Close { name: Name, element: Element, range: Range<usize> },
    Text(Range<usize>),
    Comment(Range<usize>),
}

/// The tokens of a text; places count from its start.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut open = (Element::Inline, 0, 0);
    let mut attributes: Vec<(&'static str, String)> = Vec::new();
    let mut wanted = None;
    let mut emitter = CallbackEmitter::new(move |event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
        let range = span.start..span.end;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                open = (Element::of(name), pack(name), span.start);
                attributes.clear();
                wanted = None;
                None
            }
            CallbackEvent::AttributeName { name } => {
                wanted = ATTRIBUTES.into_iter().find(|known| known.as_bytes() == name);
                if let Some(name @ "hidden") = wanted {
                    attributes.push((name, String::new()));
                }
                None
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(name) = wanted.take() {
                    attributes.push((name, String::from_utf8_lossy(value).into_owned()));
                }
                None
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let (element, name, start) = open;
                Some(Token::Open {
                    element,
                    name,
                    attributes: std::mem::take(&mut attributes),
                    closed: self_closing,
                    range: start..span.end,
                })
            }
            CallbackEvent::EndTag { name } => {
                attributes.clear();
                Some(Token::Close { name: pack(name), element: Element::of(name), range })
            }
            CallbackEvent::String { .. } => Some(Token::Text(range)),
            CallbackEvent::Comment { .. } => Some(Token::Comment(range)),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => None,
        }
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map_while(Result::ok)
}

/// What an entity stands for, its ampersand included; `None` if it is none.
pub(in crate::document) fn decode(entity: &str) -> Option<String> {
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| match event {
        CallbackEvent::String { value } => Some(String::from_utf8_lossy(value).into_owned()),
        _ => None,
    });
    let decoded: String = Tokenizer::new_with_emitter(entity, emitter).map_while(Result::ok).collect();
    (decoded != entity).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text() {
        let html = "<p lang=fr>é &amp; a\r\n<b>b</b><!-- c --><script>1 < 2</script>d</p>e";
        let mut seen = Vec::new();
        for token in tokens(html) {
            seen.push(match token {
                Token::Open { range, .. } | Token::Close { range, .. } | Token::Comment(range) | Token::Text(range) => {
                    &html[range]
                }
            });
        }
        assert_eq!(
            seen,
            [
                "<p lang=fr>",
                "é &amp; a\r\n",
                "<b>",
                "b",
                "</b>",
                "<!-- c -->",
                "<script>",
                "1 < 2",
                "</script>",
                "d",
                "</p>",
                "e"
            ]
        );
    }

    #[test]
    fn entities_are_decoded_and_other_ampersands_left() {
        assert_eq!(decode("&eacute;").as_deref(), Some("é"));
        assert_eq!(decode("&#8217;").as_deref(), Some("’"));
        assert_eq!(decode("&amp").as_deref(), Some("&"));
        assert_eq!(decode("&nosuch;"), None);
    }
}
