//! What an expression can come to.

use std::borrow::Cow;

use factlint_rules::lexicon::{ClassId, ValueId};

use crate::mentions::{Draft, Interval, Mention, Passage};
use crate::source::Span;

/// What an expression can come to.
#[derive(Clone, Debug)]
pub enum Value {
    /// Cannot be told.
    Unknown,
    /// A condition.
    Bool(bool),
    /// A number.
    Number(Interval),
    /// A text.
    Text(Cow<'static, str>),
    /// Words of the draft.
    Words(Words),
    /// Several.
    List(Vec<Value>),
    /// A block, by its place.
    Block(usize),
    /// The document.
    Document,
    /// A class.
    Class(ClassId),
    /// A day, or what is known of one.
    Date(DateValue),
}

/// A day, or what is known of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateValue {
    /// 1 is Monday.
    pub weekday: Option<u8>,
    /// The day of the month.
    pub day: Option<u16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// The year.
    pub year: Option<i32>,
}

impl DateValue {
    /// A whole date.
    pub fn of(date: chrono::NaiveDate, weekday: u8) -> DateValue {
        use chrono::Datelike;
        DateValue {
            weekday: Some(weekday),
            day: Some(date.day() as u16),
            month: Some(date.month() as u8),
            year: Some(date.year()),
        }
    }
}

/// Words of the draft: a mention, a phrase of the lexicon, or tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The passage.
    pub passage: usize,
    /// The first token.
    pub first: u32,
    /// The token after the last.
    pub end: u32,
    /// The mention that they are.
    pub mention: Option<u32>,
    /// The class and the value by which they were found in the lexicon.
    pub hit: Option<(ClassId, ValueId)>,
    /// The bytes of the passage's text that are meant, where a border runs through a token: letters of a regular
    /// expression.
    pub bytes: Option<(u32, u32)>,
}

impl Words {
    /// Tokens of a passage.
    pub fn tokens(passage: usize, first: usize, end: usize) -> Words {
        Words { passage, first: first as u32, end: end as u32, mention: None, hit: None, bytes: None }
    }

    /// A mention of a passage.
    pub fn mention(passage: usize, place: usize, mention: &Mention) -> Words {
        Words { passage, first: mention.first, end: mention.end, mention: Some(place as u32), hit: None, bytes: None }
    }

    /// Bytes of a passage's text, with the tokens that they touch.
    pub fn letters(passage: &Passage, start: usize, end: usize) -> Words {
        let first = passage.tokens.partition_point(|token| token.end as usize <= start);
        let last = passage.tokens.partition_point(|token| (token.start as usize) < end).max(first);
        Words { bytes: Some((start as u32, end as u32)), ..Words::tokens(passage.index, first, last) }
    }

    /// The mention, if it is one.
    pub fn as_mention<'d>(&self, draft: &'d Draft) -> Option<&'d Mention> {
        draft.passage(self.passage)?.mentions.get(self.mention? as usize)
    }

    /// Their text.
    pub fn text<'d>(&self, draft: &Draft<'d>) -> &'d str {
        draft.passage(self.passage).map_or("", |passage| match self.bytes {
            Some((start, end)) => passage.text().get(start as usize..end as usize).unwrap_or_default(),
            None => passage.slice(self.first as usize, self.end as usize),
        })
    }

    /// Their place in the source.
    pub fn span(&self, draft: &Draft) -> Span {
        match draft.passage(self.passage) {
            Some(passage) => match self.bytes {
                Some((start, end)) => passage.block.source_span(start, end),
                None => passage.span(self.first as usize, self.end as usize),
            },
            None => Span::default(),
        }
    }

    /// Do they stand inside quotation marks?
    pub fn quoted(&self, draft: &Draft) -> bool {
        draft
            .passage(self.passage)
            .is_some_and(|passage| passage.quoted.get(self.first as usize).copied().unwrap_or_default())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(Cow::Owned(text))
    }
}

impl Value {
    /// A text that is built in.
    pub const fn word(text: &'static str) -> Value {
        Value::Text(Cow::Borrowed(text))
    }

    /// The condition, if it is known.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Value::Bool(truth) => Some(*truth),
            _ => None,
        }
    }
}
