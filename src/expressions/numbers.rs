//! Functions and fields of numbers.

use rust_decimal::Decimal;

use super::evaluate::{Context, as_words, number_or_unknown, whole};
use super::value::{Value, Words};
use super::{figures, print, slips, statistics, tables};
use crate::mentions::numbers::{Measure, NumberReading, has_short_group, is_misgrouped, read_digits};
use crate::mentions::{Draft, Interval, Reading};

/// The reading of words as a number.
pub fn reading(draft: &Draft, words: &Words) -> Option<Interval> {
    if let Some(number) = number(draft, words) {
        return Some(number.reading());
    }
    let passage = draft.passage(words.passage)?;
    // A phrase of the lexicon whose value is a number: “a” is 1.
    if let Some((_, value)) = words.hit {
        return passage.lexicon.value(value).parse().ok().map(Interval::exact);
    }
    if words.mention.is_some() {
        return None;
    }
    bare(words.text(draft))
}

/// Digits that no reader took for a number, as in “p = .36”: half a unit of the last digit up and down.
fn bare(text: &str) -> Option<Interval> {
    let (sign, digits) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (-Decimal::ONE, rest.trim_start()),
        None => (Decimal::ONE, text),
    };
    // “0,048” where the comma is decimal; “1,234” may be either, and is not known.
    let comma = digits.split_once(',').filter(|_| !digits.contains('.'));
    let digits = match comma {
        Some((whole, rest)) if rest.len() == 3 && !whole.trim_start_matches('0').is_empty() => return None,
        Some(_) => &digits.replace(',', "."),
        None => digits,
    };
    let padded = if digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() };
    let read = read_digits(&padded, '.', &[','])?;
    let half = if read.decimals == 0 { Decimal::ZERO } else { Decimal::new(5, read.decimals + 1) };
    let value = read.value * sign;
    Some(Interval::closed(value - half, value + half))
}

/// The number that the words are, if a reader took them for one.
pub fn number<'d>(draft: &'d Draft, words: &Words) -> Option<&'d NumberReading> {
    match &words.as_mention(draft)?.reading {
        Reading::Number(reading) => Some(reading),
        _ => None,
    }
}

/// A field of a figure.
pub fn field(words: &Words, name: &str, cx: &Context) -> Option<Value> {
    let Some(number) = number(cx.draft, words) else {
        // “a” of “four lawyers and a priest”: a phrase of the lexicon that is a number.
        words.hit?;
        let value = reading(cx.draft, words)?;
        return Some(match name {
            "face" | "printed" | "rounded" => Value::Number(value),
            "hedged" | "is-range" => Value::Bool(false),
            _ => return None,
        });
    };
    let exact = |value: Decimal| Value::Number(Interval::exact(value));
    Some(match name {
        "face" => exact(number.face),
        "top" => number.top.map_or(Value::Unknown, exact),
        "printed" => Value::Number(number.printed()),
        "rounded" => Value::Number(number.rounded()),
        "step" => exact(number.step),
        "scale" => exact(number.scale),
        "significant" => whole(significant(number)),
        "hedged" => Value::Bool(number.hedge.is_some()),
        "hedge" => Value::word(number.hedge.map_or("", |hedge| hedge.word())),
        "in-words" => Value::Bool(number.in_words),
        "is-range" => Value::Bool(number.top.is_some()),
        "year-like" => Value::Bool(number.year_like),
        "labelled" => Value::Bool(number.labelled),
        "decimals" => whole(number.decimals as usize),
        "digits" => {
            let figure = Words::tokens(words.passage, number.figure.start as usize, number.figure.end as usize);
            whole(figure.text(cx.draft).chars().filter(char::is_ascii_digit).count())
        }
        "unit" => match &number.measure {
            Measure::Unit(unit) => Value::from(unit.id.clone()),
            Measure::Money(code) => Value::from(code.to_string()),
            _ => Value::word(""),
        },
        "dimension" => match &number.measure {
            Measure::Plain => Value::word("count"),
            Measure::Percent => Value::word("percent"),
            Measure::Points => Value::word("points"),
            Measure::Fraction => Value::word("fraction"),
            Measure::Multiple => Value::word("multiple"),
            Measure::Ordinal => Value::word("ordinal"),
            Measure::Age => Value::word("age"),
            Measure::Money(_) => Value::word("money"),
            Measure::Unit(unit) => Value::from(unit.dimension.clone()),
        },
        _ => return None,
    })
}

/// A function of numbers; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let number = |at: usize| arguments.get(at).and_then(|value| cx.number(value));
    let exact = |at: usize| number(at).and_then(Interval::single);
    let words = |at: usize| arguments.get(at).and_then(as_words);
    let truth = |truth: Option<bool>| truth.map_or(Value::Unknown, Value::Bool);
    Some(match name {
        "abs" => number_or_unknown(number(0).map(Interval::abs)),
        "sum" => number_or_unknown(sum(arguments, cx)),
        "count" => match arguments.first() {
            Some(Value::List(list)) => whole(list.len()),
            Some(Value::Unknown) | None => whole(0),
            Some(_) => whole(1),
        },
        "any" => match arguments.first() {
            Some(Value::List(list)) => Value::Bool(list.iter().any(|item| item.truth() == Some(true))),
            value => truth(value.and_then(Value::truth)),
        },
        "min" | "max" => {
            let Some((a, b)) = number(0).zip(number(1)) else { return Some(Value::Unknown) };
            let less = a.middle() <= b.middle();
            Value::Number(if less == (name == "min") { a } else { b })
        }
        "near" => truth(number(0).zip(number(1)).zip(number(2)).and_then(|((a, b), part)| near(a, b, part))),
        "percent" => number(0).map_or(Value::Unknown, |share| Value::from(print::percent(share))),
        "plain" => number(0).map_or(Value::Unknown, |value| Value::from(print::number(value))),
        "ordinal" => {
            let whole = number(0).and_then(Interval::single).and_then(|value| i64::try_from(value).ok());
            whole.map_or(Value::Unknown, |value| Value::from(print::ordinal(value)))
        }
        "sum-up" => Value::from(match arguments.first() {
            Some(Value::List(list)) => {
                list.iter().filter_map(|item| face(item, cx)).map(print::number).collect::<Vec<_>>().join(" + ")
            }
            _ => String::new(),
        }),
        "like" => number(0)
            .zip(words(1))
            .and_then(|(value, like)| figures::like(value, like, cx))
            .map_or(Value::Unknown, Value::from),
        "alike" => truth(words(0).zip(words(1)).and_then(|(a, b)| figures::alike(a, b, cx))),
        "comparable" => truth(words(0).zip(arguments.get(1)).and_then(|(a, b)| figures::comparable(a, b, cx))),
        "all-alike" => truth(figures::all_alike(arguments, cx)),
        "converted" => number_or_unknown(words(0).zip(words(1)).and_then(|(a, b)| figures::converted(a, b, cx))),
        "converts" => truth(words(0).zip(words(1)).and_then(|(a, b)| figures::converts(a, b, false, cx))),
        "converts-difference" => truth(words(0).zip(words(1)).and_then(|(a, b)| figures::converts(a, b, true, cx))),
        "usual-rate" => number_or_unknown(words(0).zip(words(1)).and_then(|(a, b)| figures::usual_rate(a, b, cx))),
        "shares-beside" => words(0)
            .zip(words(1))
            .and_then(|(share, of)| figures::shares_beside(share, of, cx))
            .map_or(Value::Unknown, whole),
        "told-apart" => truth(words(0).zip(words(1)).and_then(|(a, b)| figures::told_apart(a, b, cx))),
        "slip-of" => truth(exact(0).zip(exact(1)).map(|(a, b)| slips::is_slip(a, b))),
        "transposed" => truth(exact(0).zip(exact(1)).map(|(a, b)| slips::is_transposed(a, b))),
        "possible-share" => {
            truth(number(0).zip(number(1)).and_then(|(share, of)| statistics::is_possible_share(share, of)))
        }
        "misgrouped" | "short-group" => truth(words(0).and_then(|words| {
            let decimal = cx.draft.passage(words.passage)?.lexicon.decimal();
            let asked = if name == "misgrouped" { is_misgrouped } else { has_short_group };
            Some(asked(words.text(cx.draft), decimal))
        })),
        "p-t" | "p-r" | "p-chi2" | "p-z" | "p-f" => {
            number_or_unknown(statistics::p_value(name, number(0), number(1), number(2)))
        }
        "possible-mean" => truth(
            words(0).zip(number(1)).and_then(|(mean, count)| statistics::is_possible_mean(mean.text(cx.draft), count)),
        ),
        "cells-above" | "cells-left" => tables::neighbours(name == "cells-above", words(0)?, cx),
        "row-head" | "column-head" => tables::head(name == "row-head", words(0)?, cx),
        "cell-beside" => match arguments.get(1) {
            Some(Value::Class(class)) => tables::beside(words(0)?, *class, cx),
            _ => Value::Unknown,
        },
        "reckoned" => {
            tables::reckoned(words(0)?, cx).map_or(Value::Unknown, |found| Value::Number(Interval::exact(found.value)))
        }
        "reckoned-as" => tables::reckoned(words(0)?, cx).map_or(Value::Unknown, |found| Value::word(found.way.word())),
        "items-before" => tables::items_before(words(0)?, cx),
        "items-after" => tables::items_after(words(0)?, cx),
        "item-figures" => tables::item_figures(words(0)?, cx),
        _ => return None,
    })
}

/// How many digits are printed before the zeros at the end.
fn significant(number: &NumberReading) -> usize {
    let unscaled = number.face.checked_div(number.scale).unwrap_or(number.face).abs().normalize();
    let digits = unscaled.mantissa().to_string();
    digits.trim_end_matches('0').len().max(1)
}

/// What a value says in print, without hedges.
fn face(value: &Value, cx: &Context) -> Option<Interval> {
    match value {
        Value::Words(words) => {
            number(cx.draft, words).map(|number| Interval::exact(number.face)).or_else(|| cx.number(value))
        }
        _ => cx.number(value),
    }
}

fn sum(arguments: &[Value], cx: &Context) -> Option<Interval> {
    let Some(Value::List(list)) = arguments.first() else {
        return arguments.first().and_then(|value| cx.number(value));
    };
    list.iter().try_fold(Interval::exact(Decimal::ZERO), |sum, item| sum.add(cx.number(item)?))
}

/// Do the two differ by at most that part of the greater?
fn near(a: Interval, b: Interval, part: Interval) -> Option<bool> {
    are_near(a.middle()?, b.middle()?, part.middle()?)
}

/// As [`near`], of exact numbers.
pub fn are_near(a: Decimal, b: Decimal, part: Decimal) -> Option<bool> {
    Some(a.checked_sub(b)?.abs() <= a.abs().max(b.abs()).checked_mul(part)?)
}
