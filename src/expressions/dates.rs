//! Functions and fields of dates, times and durations.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::evaluate::Context;
use super::value::{DateValue, Value, Words};
use crate::mentions::dates::{DateParts, DateReading};
use crate::mentions::{Draft, Interval, Reading};

/// A whole number as a value.
fn number(number: impl Into<i64>) -> Value {
    Value::Number(Interval::exact(Decimal::from(number.into())))
}

fn optional<N: Into<i64>>(value: Option<N>) -> Value {
    value.map_or(Value::Unknown, number)
}

/// What was read in words, if they are a date, a time or a length of time.
pub fn date_reading<'d>(words: &Words, draft: &'d Draft) -> Option<&'d DateReading> {
    match &words.as_mention(draft)?.reading {
        Reading::Date(reading) => Some(reading),
        _ => None,
    }
}

/// A day of the calendar as a value.
pub fn of_day(date: NaiveDate) -> Value {
    Value::Date(DateValue::of(date, date.weekday().number_from_monday() as u8))
}

/// A date of the draft as a value: what all its readings share.
pub fn of_parts(parts: &DateParts) -> DateValue {
    DateValue { weekday: parts.weekday, day: parts.day(), month: parts.month(), year: parts.year() }
}

/// The reading of a year or of a length of time as a number.
pub fn reading(draft: &Draft, words: &Words) -> Option<Interval> {
    match date_reading(words, draft)? {
        DateReading::Date(parts) if !parts.has_month() && parts.weekday.is_none() => {
            let (first, last) = parts.years.first().zip(parts.years.last())?;
            Some(Interval::closed(Decimal::from(*first), Decimal::from(*last)))
        }
        DateReading::Duration(length) => Some(Interval::exact(Decimal::from(length.count))),
        _ => None,
    }
}

/// A field; `None` if there is none of that name here.
pub fn field(words: &Words, name: &str, cx: &Context) -> Option<Value> {
    match date_reading(words, cx.draft)? {
        DateReading::Date(parts) => match part(&of_parts(parts), name) {
            Value::Unknown => None,
            value => Some(value),
        },
        DateReading::Duration(length) => Some(match name {
            "unit" => Value::word(length.unit.word()),
            "face" => number(length.count),
            "hedged" => Value::Bool(length.hedged),
            // A length of time is a figure too: a count of units, known exactly.
            "printed" | "rounded" => number(length.count),
            "is-range" | "labelled" | "year-like" => Value::Bool(false),
            "dimension" => Value::word("time"),
            _ => return None,
        }),
        DateReading::Time(_) => None,
    }
}

/// A field of a date.
pub fn part(date: &DateValue, name: &str) -> Value {
    match name {
        "weekday" => optional(date.weekday),
        "day" => optional(date.day),
        "month" => optional(date.month),
        "year" => optional(date.year),
        _ => Value::Unknown,
    }
}

/// A function; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let whole = || cx.number(arguments.first()?)?.single().map(|value| value.to_string());
    match name {
        "weekday" | "month" => {
            Some(whole().and_then(|value| named(name, &value, cx)).map_or(Value::Unknown, Value::from))
        }
        _ => super::calendar::call(name, arguments, cx),
    }
}

/// The name of a weekday or a month in the language of the block.
fn named(class: &str, value: &str, cx: &Context) -> Option<String> {
    let lexicon = cx.draft.passage(cx.passage)?.lexicon;
    lexicon.phrase(cx.draft.lexicons.class(class), value).map(str::to_owned)
}

/// A date as it stands in a message: “14 June 2023”, without what is not known.
pub fn print(date: &DateValue, cx: &Context) -> String {
    let month = date.month.and_then(|month| named("month", &month.to_string(), cx));
    let pieces = [date.day.map(|day| day.to_string()), month, date.year.map(|year| year.to_string())];
    pieces.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
