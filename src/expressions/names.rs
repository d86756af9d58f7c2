//! Functions and fields of names.

use super::evaluate::{Context, as_words};
use super::value::{Value, Words};
use super::words::recase;
use crate::mentions::names::NameReading;
use crate::mentions::{Mention, Passage};
use crate::things::{self, reading};

/// A field; `None` if there is none of that name here.
pub fn field(words: &Words, name: &str, cx: &Context) -> Option<Value> {
    let passage = cx.draft.passage(words.passage)?;
    let reading = reading(words.as_mention(cx.draft)?)?;
    Some(match name {
        "last" => reading.words.last().map_or(Value::Unknown, |word| Value::from(word.text(passage).to_owned())),
        "first" => first(passage, reading).map_or(Value::Unknown, Value::from),
        "title" => {
            let (start, end) = reading.titles;
            if end > start {
                Value::from(passage.slice(start as usize, end as usize).to_owned())
            } else {
                Value::Unknown
            }
        }
        "weak" => Value::Bool(reading.weak),
        "plural" => Value::Bool(reading.plural),
        "singular" => singular(passage, words, reading).map_or(Value::Unknown, Value::from),
        "country" => match reading.value {
            Some(value) => Value::from(passage.lexicon.value(value).to_owned()),
            None => Value::Unknown,
        },
        _ => return None,
    })
}

fn first(passage: &Passage, reading: &NameReading) -> Option<String> {
    let (start, end) = (reading.words.first()?, reading.words.len().checked_sub(2)?);
    Some(passage.slice(start.first as usize, reading.words[end].end as usize).to_owned())
}

/// “Prime Ministers” → “Prime Minister”: the modifiers as they stand, the head in the singular.
fn singular(passage: &Passage, words: &Words, reading: &NameReading) -> Option<String> {
    let (head, end) = (reading.titles.0 as usize, reading.titles.1 as usize);
    let value = passage.lexicon.value(reading.value?);
    let singular = recase(value, passage.slice(head, end));
    let modifiers = passage.slice(words.first as usize, head);
    Some(if modifiers.is_empty() { singular } else { format!("{modifiers} {singular}") })
}

/// A function; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let bound = arguments.first().and_then(as_words);
    Some(match name {
        "named-elsewhere" => Value::Bool(is_named_elsewhere(bound?, cx)),
        "subject" => things::subject(cx.draft, bound?).map_or(Value::Unknown, |last| Value::from(last.to_owned())),
        _ => return None,
    })
}

/// Does another block name the place, or its country, or the country's people? A country is also named by its cities.
fn is_named_elsewhere(words: &Words, cx: &Context) -> bool {
    let Some(passage) = cx.draft.passage(words.passage) else { return true };
    let own = words.text(cx.draft);
    let class = |name: &str| cx.draft.lexicons.class(name);
    let (country, demonym) = (class("country"), class("demonym"));
    let is_country = passage.hit(words.first as usize, country).is_some();
    let value = words.as_mention(cx.draft).and_then(reading).and_then(|reading| reading.value);
    let code = value.map(|value| passage.lexicon.value(value));
    cx.draft.passages().iter().filter(|other| other.index != words.passage).any(|other| {
        let tells = |mention: &Mention| {
            let first = mention.first as usize;
            (is_country || other.has(first, country) || other.has(first, demonym))
                && reading(mention)
                    .and_then(|reading| reading.value)
                    .is_some_and(|value| Some(other.lexicon.value(value)) == code)
        };
        other.block.text.contains(own) || code.is_some() && other.mentions.iter().any(tells)
    })
}
