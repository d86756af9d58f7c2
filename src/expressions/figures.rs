//! Figures side by side: do they measure the same, what is one in the other's unit, how would it be written like the
//! other.

use factlint_rules::Kind;
use factlint_rules::token::TokenKind;
use rust_decimal::Decimal;

use super::dates::date_reading;
use super::evaluate::Context;
use super::numbers::number;
use super::value::{Value, Words};
use super::words::recase;
use crate::mentions::dates::{DateReading, Length};
use crate::mentions::numbers::{Hedge, Measure, NumberReading, Unit};
use crate::mentions::{Interval, Mention, Passage, Reading};

/// The length of time that the words are, if a reader took them for one.
fn length<'c>(words: &Words, cx: &Context<'c>) -> Option<&'c Length> {
    match date_reading(words, cx.draft)? {
        DateReading::Duration(length) => Some(length),
        _ => None,
    }
}

/// Do the two measure the same, in the same unit or currency?
pub fn alike(a: &Words, b: &Words, cx: &Context) -> Option<bool> {
    if let Some((a, b)) = length(a, cx).zip(length(b, cx)) {
        return Some(a.unit == b.unit);
    }
    let (a, b) = (number(cx.draft, a)?, number(cx.draft, b)?);
    Some(a.measure == b.measure)
}

/// Are the two, or the first and each of a list, alike; or does one leave out the unit of the other, the same scale
/// word standing by both, or as many decimals, or both being in the thousands?
pub fn comparable(a: &Words, b: &Value, cx: &Context) -> Option<bool> {
    match b {
        Value::List(list) => list.iter().try_fold(true, |all, b| Some(all & comparable(a, b, cx)?)),
        Value::Words(b) if length(a, cx).is_some() => alike(a, b, cx),
        Value::Words(b) => {
            let a = number(cx.draft, a)?;
            // What the lexicon reads as a number is a count.
            let Some(b) = number(cx.draft, b) else { return Some(a.measure == Measure::Plain) };
            let one_plain = (a.measure == Measure::Plain) != (b.measure == Measure::Plain);
            let stuff = |number: &NumberReading| match &number.measure {
                Measure::Plain | Measure::Money(_) => true,
                Measure::Unit(unit) => !unit.is_time() && !unit.is_temperature(),
                _ => false,
            };
            let long = |number: &NumberReading| number.face >= Decimal::ONE_THOUSAND && number.scale == Decimal::ONE;
            let alike = a.scale == b.scale
                && (a.scale >= Decimal::ONE_THOUSAND || a.decimals == b.decimals && a.decimals > 0)
                || long(a) && long(b);
            Some(a.measure == b.measure || one_plain && alike && stuff(a) && stuff(b))
        }
        _ => None,
    }
}

/// Does the draft have a count, or an amount alike, that is the difference of the two: 12 dead on Monday and 2 later make
/// “the 14 dead”? A small one stands in many a draft, so it must count what they do: people, the same thing, “two more”.
pub fn told_apart(a: &Words, b: &Words, cx: &Context) -> Option<bool> {
    const SMALL: Decimal = Decimal::from_parts(3, 0, 0, false, 0);
    let own = [a, b];
    let reading = number(cx.draft, a)?;
    let difference = reading.face.checked_sub(number(cx.draft, b)?.face)?.abs();
    let tells = |passage: &Passage, mention: &Mention| match &mention.reading {
        Reading::Number(number) => {
            let may_tell = mention.is(Kind::Count) || number.measure == reading.measure;
            may_tell && number.top.is_none() && number.face == difference && {
                let itself = own.iter().any(|own| (own.passage, own.first) == (passage.index, mention.first));
                !itself
                    && !names_a_road(passage, mention)
                    && !is_part(passage, mention, own, cx)
                    && (difference > SMALL
                        || number.measure != Measure::Plain
                        || counts_alike(passage, mention, own, cx))
            }
        }
        _ => false,
    };
    // One that is twice the other does not tell the difference by itself.
    let told = cx.draft.passages().iter().any(|passage| passage.mentions.iter().any(|mention| tells(passage, mention)));
    Some(!difference.is_zero() && told)
}

/// “auf der A 3”, “the B 4009”: the number of a road.
fn names_a_road(passage: &Passage, mention: &Mention) -> bool {
    let Some(before) = (mention.first as usize).checked_sub(1).map(|at| passage.word(at)) else { return false };
    // In other languages a single A is a word.
    before.len() == 1
        && before.starts_with(|letter: char| letter.is_ascii_uppercase())
        && (passage.lexicon.language == "de" || !matches!(before, "A" | "E" | "I" | "O" | "Y"))
}

/// Is a mention said to be a part, of one of the figures in its sentence or of what was told: “12 people, including two children”,
/// “of the 12 dead, two were children”, “two of them”? Then it is no difference.
fn is_part(passage: &Passage, mention: &Mention, figures: [&Words; 2], cx: &Context) -> bool {
    let class = |name: &str| cx.draft.lexicons.class(name);
    let [open, other, among] = ["open-list", "other-set", "among"].map(class);
    let first = mention.first as usize;
    // “Two of them”, “zwei davon”
    if passage.has(mention.end as usize, class("of-them")) {
        return true;
    }
    let sentence = passage.sentence_of(first);
    figures.iter().any(|figure| {
        let (start, end) = (figure.first as usize, figure.end as usize);
        figure.passage == passage.index && passage.sentence_of(start) == sentence && {
            let opens = passage.sentences.get(sentence).map_or(start, |sentence| sentence.start as usize);
            let of_them = start > opens && start - opens < 4 && passage.has(opens, among);
            let listed = (1..4).any(|back| {
                first >= end + back
                    && passage.hit(first - back, open).is_some_and(|hit| usize::from(hit.len) == back)
                    && !passage.has(first - back, other)
            });
            of_them || listed
        }
    })
}

/// Counts a mention what one of the figures does: the same noun, people, others; or none?
fn counts_alike(passage: &Passage, mention: &Mention, figures: [&Words; 2], cx: &Context) -> bool {
    let class = |name: &str| cx.draft.lexicons.class(name);
    let (first, end) = (mention.first as usize, mention.end as usize);
    let noun = passage.tokens.get(end).filter(|token| token.kind == TokenKind::Word).map(|_| passage.keys[end]);
    let Some(noun) = noun else { return true };
    // “with his two sons” adds nobody to those who were told of.
    if passage.has(end, class("time-noun")) || passage.has(end, class("kinship")) {
        return false;
    }
    let near = first.saturating_sub(2)..(end + 3).min(passage.tokens.len());
    let of_people = ["people-kind", "other-set", "toll"].map(class);
    // “two of them”, “two were”
    passage.has(end, class("name-stop"))
        || near.into_iter().any(|at| of_people.iter().any(|class| passage.has(at, *class)))
        || figures.iter().any(|figure| cx.draft.passages()[figure.passage].keys.get(figure.end as usize) == Some(&noun))
}

/// Do all of a list measure the same? What the lexicon reads as a number is a count.
pub fn all_alike(arguments: &[Value], cx: &Context) -> Option<bool> {
    let Some(Value::List(list)) = arguments.first() else { return None };
    let measures: Vec<&Measure> = list
        .iter()
        .map(|value| match value {
            Value::Words(words) => number(cx.draft, words).map_or(&Measure::Plain, |number| &number.measure),
            _ => &Measure::Plain,
        })
        .collect();
    Some(measures.windows(2).all(|pair| pair[0] == pair[1]))
}

/// The printed value of the first in the unit of the second.
pub fn converted(a: &Words, b: &Words, cx: &Context) -> Option<Interval> {
    let (a, b) = (number(cx.draft, a)?, number(cx.draft, b)?);
    let (Measure::Unit(from), Measure::Unit(to)) = (&a.measure, &b.measure) else { return None };
    let value = |value: Decimal| to_unit(to_base(value, from, from.factor, true)?, to, to.factor, true);
    match a.top {
        Some(top) => Some(Interval::closed(value(a.face)?, value(top)?)),
        None => Some(Interval::exact(value(a.face)?)),
    }
}

fn to_base(value: Decimal, unit: &Unit, factor: Decimal, absolute: bool) -> Option<Decimal> {
    let base = if unit.reciprocal { factor.checked_div(value)? } else { value.checked_mul(factor)? };
    if absolute { base.checked_add(unit.offset) } else { Some(base) }
}

fn to_unit(base: Decimal, unit: &Unit, factor: Decimal, absolute: bool) -> Option<Decimal> {
    let value = if absolute { base.checked_sub(unit.offset)? } else { base };
    if unit.reciprocal { factor.checked_div(value) } else { value.checked_div(factor) }
}

/// Are the two one quantity in two units, by the coarser rounding of the two? `difference`: of temperatures, a step
/// and not a place on the scale.
pub fn converts(a: &Words, b: &Words, difference: bool, cx: &Context) -> Option<bool> {
    let (a, b) = (number(cx.draft, a)?, number(cx.draft, b)?);
    let (Measure::Unit(from), Measure::Unit(to)) = (&a.measure, &b.measure) else { return None };
    if from.dimension != to.dimension {
        return None;
    }
    let ends = match (a.top, b.top) {
        (None, None) => vec![(a.face, b.face)],
        (Some(a_top), Some(b_top)) => vec![(a.face, b.face), (a_top, b_top)],
        // A range beside one value: the value may be either end.
        _ => return None,
    };
    let absolute = !difference;
    let fits = |x: Decimal, y: Decimal| {
        from.factors().any(|from_factor| {
            to.factors().any(|to_factor| {
                let convert = |x: Decimal| {
                    to_base(x, from, from_factor, absolute).and_then(|base| to_unit(base, to, to_factor, absolute))
                };
                let converted = convert(x);
                let step = if from.reciprocal == to.reciprocal {
                    a.coarse.checked_mul(from_factor).and_then(|step| step.checked_div(to_factor))
                } else {
                    let next = x.checked_add(a.coarse).and_then(convert);
                    next.zip(converted).and_then(|(next, converted)| next.checked_sub(converted)).map(|step| step.abs())
                };
                match (converted, step) {
                    (Some(converted), Some(step)) => {
                        let usual = from_factor == from.factor && to_factor == to.factor;
                        within(converted, y, step, a, b, to) && (usual || is_printed(converted, y, a, b))
                    }
                    // What cannot be computed is not accused.
                    _ => true,
                }
            })
        })
    };
    Some(ends.into_iter().all(|(x, y)| fits(x, y)))
}

/// Is `y` a way to print `x`, which is known to `x_step`?
fn within(x: Decimal, y: Decimal, x_step: Decimal, a: &NumberReading, b: &NumberReading, unit: &Unit) -> bool {
    let distance = x.checked_sub(y).map_or(Decimal::MAX, |distance| distance.abs());
    let tenth = Decimal::new(1, 1);
    if unit.is_temperature() {
        let five = Decimal::from(5);
        let allowed = Decimal::new(105, 2).max(x_step.min(five)).max(b.coarse.min(five));
        return distance <= allowed;
    }
    // Rounded half a unit down or up, or cut off: a whole unit below.
    let size = x.abs().max(y.abs());
    let share = |part: Decimal| size.checked_mul(part).unwrap_or(Decimal::MAX);
    // Zeros at the end may be digits: a round number is off by a tenth at most, and any by half its last digit.
    let half = |unit: Decimal, step: Decimal| (unit / Decimal::TWO).min(share(tenth)).max(step / Decimal::TWO);
    let y_unit = if x > y && b.decimals > 0 { b.step } else { half(b.coarse, b.step) };
    let x_printed = if a.coarse.is_zero() { x_step } else { x_step * (a.step / a.coarse) };
    let x_unit = if y > x && a.decimals > 0 { x_step } else { half(x_step, x_printed) };
    let mut allowed = y_unit.max(x_unit);
    let round = |number: &NumberReading| number.decimals == 0 && (number.face % Decimal::from(5)).is_zero();
    let hedged = |number: &NumberReading| number.hedge.is_some_and(|hedge| hedge != Hedge::AtMost);
    if round(a) || round(b) || hedged(a) || hedged(b) {
        allowed = allowed.max(share(tenth));
    }
    // “12 feet (3.5m)”: to the nearest half
    let half_told = |number: &NumberReading| number.decimals == 1 && (number.face * Decimal::TWO).fract().is_zero();
    if half_told(b) && a.decimals == 0 {
        allowed = allowed.max(Decimal::new(25, 2).min(share(Decimal::new(5, 2))));
    }
    distance <= allowed.max(share(Decimal::new(1, 2)))
}

/// Is `y` the usual way to print `x`? Another size of a unit, a nautical mile or an imperial gallon, is meant only where it fits as it stands.
fn is_printed(x: Decimal, y: Decimal, a: &NumberReading, b: &NumberReading) -> bool {
    let distance = x.checked_sub(y).map_or(Decimal::MAX, |distance| distance.abs());
    let share = |part: Decimal| x.abs().checked_mul(part).unwrap_or(Decimal::MAX);
    let half = (b.coarse / Decimal::TWO).min(share(Decimal::new(1, 1))).max(b.step / Decimal::TWO);
    a.hedge.is_some() || b.hedge.is_some() || distance <= half.max(share(Decimal::new(1, 2)))
}

/// The rate at which a draft converts one currency into another, 10% either way: the median of its pairs, if there
/// are three; of two pairs, the first says it of the second.
pub fn usual_rate(a: &Words, b: &Words, cx: &Context) -> Option<Interval> {
    let (from, to) = (number(cx.draft, a)?, number(cx.draft, b)?);
    let (Measure::Money(code), Measure::Money(other)) = (&from.measure, &to.measure) else { return None };
    let rate = cx.draft.rates().usual(code, other, (a.passage, from.figure.start.min(to.figure.start)))?;
    Some(Interval::closed(rate.checked_mul(Decimal::new(9, 1))?, rate.checked_mul(Decimal::new(11, 1))?))
}

/// A value written in the form of a figure: its digits or words, its separators, its scale, its decimals.
pub fn like(value: Interval, words: &Words, cx: &Context) -> Option<String> {
    let number = number(cx.draft, words)?;
    let passage = cx.draft.passage(words.passage)?;
    let mut value = value.single().or_else(|| value.middle())?;
    if number.top.is_some() {
        return None;
    }
    if matches!(number.measure, Measure::Percent | Measure::Points) {
        value = value.checked_mul(Decimal::ONE_HUNDRED)?;
    }
    let (start, end) = (number.figure.start as usize, number.figure.end as usize);
    let before = if (words.first as usize) < start { passage.slice(words.first as usize, start) } else { "" };
    let after = if end < words.end as usize { passage.slice(end, words.end as usize) } else { "" };
    let old = passage.slice(start, end);
    let new = if number.in_words { in_words(value, passage, cx)? } else { in_digits(value, number, old, passage)? };
    let new = recase(&new, old);
    let blank = |at: usize| if passage.glued(at) { "" } else { " " };
    let mut text = String::new();
    text.push_str(before);
    if !before.is_empty() {
        text.push_str(blank(start));
    }
    text.push_str(&new);
    if !after.is_empty() {
        text.push_str(blank(end));
        text.push_str(after);
    }
    Some(text)
}

fn in_words(value: Decimal, passage: &Passage, cx: &Context) -> Option<String> {
    let class = cx.draft.lexicons.class("number-word");
    let value = value.normalize();
    passage.lexicon.phrase(class, &value.to_string()).map(str::to_owned)
}

fn in_digits(value: Decimal, number: &NumberReading, old: &str, passage: &Passage) -> Option<String> {
    // A plain blank belongs to the digits where more of them follow: “6 500 hectares”, “6 million”.
    let following = old.chars().skip(1).map(|next| next.is_ascii_digit()).chain([false]);
    let digits = old
        .chars()
        .zip(following)
        .take_while(|(c, more)| c.is_ascii_digit() || ".,'’\u{A0}\u{2009}\u{202F}".contains(*c) || *c == ' ' && *more)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let tail = old.get(digits..).unwrap_or("");
    let tail = if tail.len() == old.len() { "" } else { tail };
    let scaled = value.checked_div(number.scale)?;
    let mut places = number.decimals;
    // A scaled or a small value keeps two digits that say something.
    while places < 2
        && (scaled.round_dp(places).is_zero() || number.scale > Decimal::ONE && scaled.round_dp(places) != scaled)
    {
        places += 1;
    }
    let rounded = scaled.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let text =
        if number.decimals > 0 { format!("{rounded:.*}", places as usize) } else { rounded.normalize().to_string() };
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let digits = &old[..old.len() - tail.len()];
    let decimal = passage.lexicon.decimal();
    let old_group = digits.chars().find(|c| !c.is_ascii_digit() && *c != decimal);
    let group = old_group.or_else(|| (whole.len() > 4).then(|| passage.lexicon.groups.first().copied()).flatten());
    let mut printed = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if let Some(group) = group
            && at > 0
            && digit.is_ascii_digit()
            && (whole.len() - at) % 3 == 0
            && whole.trim_start_matches('-').len() > 3
            && (whole.len() > 4 || old_group.is_some())
        {
            printed.push(group);
        }
        printed.push(digit);
    }
    if let Some(fraction) = fraction {
        printed.push(decimal);
        printed.push_str(fraction);
    }
    printed.push_str(tail);
    Some(printed)
}

/// How many other parts of the sentence have their share of that whole beside them: “141 votes (16%)”, “28% ($180 million)”.
pub fn shares_beside(share: &Words, whole: &Words, cx: &Context) -> Option<usize> {
    let whole = number(cx.draft, whole)?;
    let passage = cx.draft.passage(share.passage)?;
    let sentence = passage.sentence_of(share.first as usize);
    let figures: Vec<(u32, u32, &NumberReading)> = passage
        .mentions
        .iter()
        .filter(|mention| passage.sentence_of(mention.first as usize) == sentence)
        .filter_map(|mention| Some((mention.first, mention.end, mention.plain_number()?)))
        .collect();
    let joined = |from: u32, to: u32| to > from && to - from <= 4 && matches!(passage.word(to as usize - 1), "(" | ",");
    let fits = |percent: &(u32, u32, &NumberReading), part: &(u32, u32, &NumberReading)| {
        percent.0 != share.first
            && percent.2.measure == Measure::Percent
            // Of two small shares anything is the same.
            && percent.2.face >= Decimal::new(2, 2)
            && part.2.measure == whole.measure
            && part.2.face < whole.face
            && part.2.printed().divide(whole.printed()).is_some_and(|quotient| quotient.meets(percent.2.reading()))
    };
    let pairs = figures.windows(2).filter(|pair| {
        let (a, b) = (&pair[0], &pair[1]);
        joined(a.1, b.0) && (fits(b, a) || fits(a, b))
    });
    Some(pairs.count())
}
