//! What a number measures: the percent sign, currency, unit, age or denominator that stands after it.

use std::sync::Arc;

use factlint_rules::token::TokenKind;
use rust_decimal::Decimal;

use super::classes::NumberClasses;
use super::figure::Figure;
use super::reading::Measure;
use crate::mentions::Passage;

/// A measure after a number: what it is, and the token after it.
pub type Found = (Measure, usize);

/// What stands after a figure. `other` is a second reading of the same words: pounds are money and mass.
pub fn after(passage: &Passage, classes: &NumberClasses, figure: &Figure) -> (Option<Found>, Option<Found>) {
    let mut at = figure.end;
    if let Some(hit) = passage.hit(at, classes.age_after) {
        return (Some((Measure::Age, at + hit.len as usize)), None);
    }
    // “10-percent”, “116-foot”
    if passage.is_sign(at, '-') && passage.glued(at) && passage.glued(at + 1) {
        at += 1;
    }
    if let Some(hit) = passage.hit(at, classes.points) {
        return (Some((Measure::Points, at + hit.len as usize)), None);
    }
    if let Some(hit) = passage.hit(at, classes.percent) {
        let end = at + hit.len as usize;
        let end = match passage.hit(end, classes.points_bare) {
            Some(points) if passage.glued(end) || passage.is_sign(end, '-') => {
                return (Some((Measure::Points, end + points.len as usize)), None);
            }
            _ => end,
        };
        return (Some((Measure::Percent, end)), None);
    }
    if let Some(hit) = passage.hit(at, classes.points_bare) {
        // Points of a game are counted.
        let end = at + hit.len as usize;
        return (Some((Measure::Points, end)), Some((Measure::Plain, end)));
    }
    // “3 milhões de euros”, “2 millions d’euros”
    let linked = match passage.hit(at, classes.scale_link) {
        Some(hit) if figure.scale >= Decimal::from(1_000_000) => at + hit.len as usize,
        _ => at,
    };
    let money = currency(passage, classes, linked);
    let unit = unit(passage, classes, figure, linked).or_else(|| tight_unit(passage, classes, at));
    match (money, unit) {
        (Some(money), Some(unit)) if unit.1 > money.1 => (Some(unit), None),
        (Some(money), Some(unit)) if unit.1 == money.1 => (Some(money), Some(unit)),
        (Some(money), _) => (Some(money), None),
        (None, unit) => (unit, None),
    }
}

fn currency(passage: &Passage, classes: &NumberClasses, at: usize) -> Option<Found> {
    let word = passage.hit(at, classes.currency);
    let sign = passage.hit(at, classes.currency_sign).filter(|hit| {
        // A sign that touches the number after it belongs to that one: “5 $10 bills”.
        let next = at + hit.len as usize;
        !(passage.tokens.get(next).is_some_and(|token| token.kind == TokenKind::Number) && passage.glued(next))
    });
    let hit = [word, sign].into_iter().flatten().max_by_key(|hit| hit.len)?;
    Some((Measure::Money(Arc::from(passage.lexicon.value(hit.value))), at + hit.len as usize))
}

fn unit(passage: &Passage, classes: &NumberClasses, figure: &Figure, at: usize) -> Option<Found> {
    let hit = passage.hit(at, classes.unit)?;
    let end = at + hit.len as usize;
    let word = passage.slice(at, end);
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        // One letter is a unit only as it is written, and “20 C” ends what is said.
        let capital = letter.is_uppercase();
        let expected = classes.is_unit_letter(passage, letter, passage.lexicon.value(hit.value));
        let closes = end >= passage.tokens.len()
            || passage.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Sign && !passage.is_sign(end, '-'));
        if !expected || capital && !passage.glued(at) && !closes {
            return None;
        }
        // “400 l'an dernier”: an article, and no litre.
        let elided =
            ['\'', '’'].iter().any(|sign| passage.is_sign(end, *sign)) && passage.glued(end) && passage.glued(end + 1);
        if elided {
            return None;
        }
        // “18h” is a time of day, or hours.
        if letter == 'h' && figure.value <= Decimal::from(24) && passage.glued(at) {
            return None;
        }
    }
    let unit = classes.units.get(passage.lexicon.value(hit.value))?;
    Some((Measure::Unit(Arc::clone(unit)), end))
}

/// “6in”, “(15 in)”, “12st 4lb”: words that are units only in tight company. What may be an ending of a number (“1st”) is
/// one only before a smaller unit of the same dimension, or its conversion.
pub fn tight_unit(passage: &Passage, classes: &NumberClasses, at: usize) -> Option<Found> {
    let hit = passage.hit(at, classes.unit_tight)?;
    let end = at + hit.len as usize;
    let found = classes.units.get(passage.lexicon.value(hit.value))?;
    let tight = if passage.has(at, classes.ordinal_suffix) {
        let other = super::figure::read(passage, classes, end + usize::from(passage.is_sign(end, '(')), false)?;
        let (Measure::Unit(other), _) = unit(passage, classes, &other, other.end)? else { return None };
        passage.glued(at) && other.dimension == found.dimension
    } else {
        passage.glued(at) || passage.is_sign(end, ')') || passage.is_sign(end, '(')
    };
    tight.then(|| (Measure::Unit(Arc::clone(found)), end))
}

/// The unit of `feet_and_inches`.
pub fn foot(classes: &NumberClasses) -> Option<Measure> {
    classes.units.get("foot").map(|unit| Measure::Unit(Arc::clone(unit)))
}

/// “5' 10"”: feet and inches by their signs, which must both stand there.
pub fn feet_and_inches(passage: &Passage, classes: &NumberClasses, figure: &Figure) -> Option<(Figure, usize)> {
    let at = figure.end;
    let is = |at: usize, signs: &[&str]| signs.contains(&passage.word(at)) && passage.glued(at);
    if figure.in_words || figure.decimals > 0 || !is(at, &["'", "’", "′"]) {
        return None;
    }
    let inches = super::figure::read(passage, classes, at + 1, false)?;
    if !is(inches.end, &["\"", "”", "″"]) || inches.in_words {
        return None;
    }
    let height = with_inches(figure, &inches)?;
    Some((Figure { end: inches.end + 1, ..height }, inches.end + 1))
}

/// “6-foot-4”, “6-foot-4-inch”: inches after feet, joined by a hyphen.
pub fn inches_after(passage: &Passage, classes: &NumberClasses, feet: &Figure, at: usize) -> Option<(Figure, usize)> {
    if !passage.is_sign(at, '-') || !passage.glued(at) || !passage.glued(at + 1) {
        return None;
    }
    let inches = super::figure::read(passage, classes, at + 1, false)?;
    let height = with_inches(feet, &inches)?;
    let joint = inches.end + usize::from(passage.is_sign(inches.end, '-') && passage.glued(inches.end));
    match unit(passage, classes, &inches, joint) {
        Some((Measure::Unit(unit), end)) => (unit.id == "inch").then_some((Figure { end, ..height }, end)),
        _ => Some((height, inches.end)),
    }
}

/// Feet and inches as one figure, which is known to an inch.
fn with_inches(feet: &Figure, inches: &Figure) -> Option<Figure> {
    let twelve = Decimal::from(12);
    if inches.value >= twelve || !inches.value.fract().is_zero() {
        return None;
    }
    let part = Decimal::ONE.checked_div(twelve)?;
    let value = feet.value.checked_add(inches.value.checked_div(twelve)?)?;
    // A sum of two units has no decimals of its own, but is known to a part.
    Some(Figure { value, step: part, coarse: part, decimals: 1, end: inches.end, ..*feet })
}

/// A share in words that starts at a token: “half”, “a third”, “two-thirds”, “one in five”. The value, its first and
/// last token, and whether it may be a place in an order instead (“a third party”).
pub fn fraction(
    passage: &Passage,
    classes: &NumberClasses,
    at: usize,
    figure: Option<&Figure>,
) -> Option<(Decimal, usize)> {
    if let Some(hit) = passage.hit(at, classes.half) {
        let end = at + hit.len as usize;
        // The first half is a time.
        let sure = !passage.has_before(at, classes.ordinal)
            && (ends_a_share(passage, classes, end) || is_a_step(passage, classes, at, end));
        return sure.then_some((Decimal::new(5, 1), end));
    }
    // “jeder dritte Schüler”
    if let Some(hit) = passage.hit(at, classes.fraction_phrase) {
        let parts: Decimal = passage.lexicon.value(hit.value).parse().ok()?;
        return Some((Decimal::ONE.checked_div(parts)?, at + hit.len as usize));
    }
    if let Some(found) = one_of_a_kind_in(passage, classes, at) {
        return Some(found);
    }
    let (ones, end, in_words) = match figure {
        Some(figure) if figure.scale == Decimal::ONE => (figure.value, figure.end, figure.in_words),
        Some(_) => return None,
        None => {
            let hit = passage.hit(at, classes.one_article)?;
            (Decimal::ONE, at + hit.len as usize, true)
        }
    };
    if !ones.fract().is_zero() || ones <= Decimal::ZERO || ones > Decimal::from(20) {
        return None;
    }
    let joint = usize::from(passage.is_sign(end, '-') && passage.glued(end));
    if in_words && let Some(hit) = passage.hit(end + joint, classes.denominator) {
        let parts: Decimal = passage.lexicon.value(hit.value).parse().ok()?;
        let after = end + joint + hit.len as usize;
        let sure = ones > Decimal::ONE || joint > 0 || !passage.has(end + joint, classes.ordinal);
        if ones < parts && (sure || ends_a_share(passage, classes, after) || is_a_step(passage, classes, at, after)) {
            return Some((ones.checked_div(parts)?, after));
        }
    }
    let hit = passage.hit(end, classes.one_in)?;
    let whole = super::figure::read(passage, classes, end + hit.len as usize, false)?;
    let plain = whole.scale == Decimal::ONE && whole.value.fract().is_zero() && !whole.year_like;
    let followed = after(passage, classes, &whole).0.is_some() || super::is_glued_to_more(passage, whole.end);
    if !plain || followed || whole.value <= ones || ones > Decimal::from(9) || whole.value > Decimal::ONE_HUNDRED {
        return None;
    }
    Some((ones.checked_div(whole.value)?, whole.end))
}

/// “un Français sur quatre (26 %)”: a noun stands between, and a sign closes what is said.
fn one_of_a_kind_in(passage: &Passage, classes: &NumberClasses, at: usize) -> Option<(Decimal, usize)> {
    let article = passage.hit(at, classes.one_article)?;
    // “a goal in four games” is no share; “one child in four” is.
    if matches!(passage.word(at).len(), 1 | 2) && article.len == 1 && passage.lexicon.has(classes.fraction_phrase) {
        return None;
    }
    let noun = at + article.len as usize;
    let is_word = passage.tokens.get(noun).is_some_and(|token| token.kind == TokenKind::Word);
    let joint = passage.hit(noun + 1, classes.noun_in).filter(|_| is_word)?;
    let whole = super::figure::read(passage, classes, noun + 1 + joint.len as usize, false)?;
    let plain = whole.scale == Decimal::ONE && whole.decimals == 0 && whole.value > Decimal::ONE;
    let closed = passage.tokens.get(whole.end).is_none_or(|token| token.kind == TokenKind::Sign && token.blank_before)
        || matches!(passage.word(whole.end), "," | ";" | "." | ")");
    (plain && closed && whole.value <= Decimal::from(20))
        .then(|| Decimal::ONE.checked_div(whole.value))?
        .map(|value| (value, whole.end))
}

/// “rose by a third to”, “by half from”: what something changed by.
fn is_a_step(passage: &Passage, classes: &NumberClasses, at: usize, end: usize) -> bool {
    passage.has_before(at, classes.by) && (passage.has(end, classes.to) || passage.has(end, classes.from))
}

/// “half a point”, “a quarter-point”, “three quarters of a percentage point”: how many points, and the token after them.
pub fn share_of_a_point(passage: &Passage, classes: &NumberClasses, at: usize) -> Option<(Decimal, usize)> {
    let joint = |at: usize| at + usize::from(passage.is_sign(at, '-') && passage.glued(at));
    let (share, end) = if let Some(half) = passage.hit(at, classes.half_before) {
        (Decimal::new(5, 1), at + half.len as usize)
    } else {
        let ones = passage.hit(at, classes.one_article).or_else(|| passage.hit(at, classes.number_word))?;
        let parts = joint(at + ones.len as usize);
        let denominator = passage.hit(parts, classes.denominator)?;
        let value = |id| passage.lexicon.value(id).parse::<Decimal>().ok();
        let share = value(ones.value)?.checked_div(value(denominator.value)?)?;
        (share, parts + denominator.len as usize)
    };
    let skip = |at: usize, class| at + passage.hit(at, class).map_or(0, |hit| hit.len as usize);
    let at = skip(skip(joint(end), classes.fraction_of), classes.one_article);
    let points = passage.hit(at, classes.points).or_else(|| passage.hit(at, classes.points_bare))?;
    (share < Decimal::ONE).then_some((share, at + points.len as usize))
}

/// Does what follows let the words before it be a share: “of”, an article, a sign, a verb’s gap?
fn ends_a_share(passage: &Passage, classes: &NumberClasses, at: usize) -> bool {
    match passage.tokens.get(at) {
        None => true,
        Some(token) => {
            token.kind == TokenKind::Sign && !passage.is_sign(at, '-') || passage.has(at, classes.fraction_of)
        }
    }
}
