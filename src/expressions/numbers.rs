//! Functions and fields of numbers.

use rust_decimal::Decimal;

use super::evaluate::{Context, number_or_unknown, whole};
use super::print;
use super::value::{Value, Words};
use crate::mentions::{Draft, Interval};

/// The reading of words as a number.
pub fn reading(draft: &Draft, words: &Words) -> Option<Interval> {
    let mention = words.as_mention(draft)?;
    let _ = mention;
    None
}

/// A field of a figure.
pub fn field(words: &Words, name: &str, cx: &Context) -> Option<Value> {
    let mention = words.as_mention(cx.draft)?;
    let _ = (mention, name);
    None
}

/// A function of numbers; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let number = |at: usize| arguments.get(at).and_then(|value| cx.number(value));
    Some(match name {
        "abs" => number_or_unknown(number(0).map(Interval::abs)),
        "sum" => number_or_unknown(sum(arguments, cx)),
        "count" => match arguments.first() {
            Some(Value::List(list)) => whole(list.len()),
            Some(Value::Unknown) | None => whole(0),
            Some(_) => whole(1),
        },
        "min" | "max" => {
            let Some((a, b)) = number(0).zip(number(1)) else { return Some(Value::Unknown) };
            let less = a.middle() <= b.middle();
            Value::Number(if less == (name == "min") { a } else { b })
        }
        "near" => number(0)
            .zip(number(1))
            .zip(number(2))
            .and_then(|((a, b), part)| near(a, b, part))
            .map_or(Value::Unknown, Value::Bool),
        "percent" => number(0).map_or(Value::Unknown, |share| Value::Text(print::percent(share))),
        "plain" => number(0).map_or(Value::Unknown, |value| Value::Text(print::number(value))),
        "ordinal" => {
            let whole = number(0).and_then(Interval::single).and_then(|value| i64::try_from(value).ok());
            whole.map_or(Value::Unknown, |value| Value::Text(print::ordinal(value)))
        }
        "sum-up" => Value::Text(match arguments.first() {
            Some(Value::List(list)) => {
                list.iter().filter_map(|item| cx.number(item)).map(print::number).collect::<Vec<_>>().join(" + ")
            }
            _ => String::new(),
        }),
        _ => return None,
    })
}

fn sum(arguments: &[Value], cx: &Context) -> Option<Interval> {
    let Some(Value::List(list)) = arguments.first() else {
        return arguments.first().and_then(|value| cx.number(value));
    };
    list.iter().try_fold(Interval::exact(Decimal::ZERO), |sum, item| sum.add(cx.number(item)?))
}

/// Do the two differ by at most that part of the greater?
fn near(a: Interval, b: Interval, part: Interval) -> Option<bool> {
    let (a, b, part) = (a.middle()?, b.middle()?, part.middle()?);
    Some((a - b).abs() <= a.abs().max(b.abs()).checked_mul(part)?)
}
