//! Dates in digits: “10/01/2022”, “13.5.2022”, “2022-01-10”, and “10/6” after a weekday.
//!
//! Which of two numbers is the day only the newsroom knows (`dates:`); else every order that exists is a reading.

use factlint_rules::token::TokenKind;

use super::atoms::{Atoms, number};
use super::{DateParts, Form, Order, Part, Parts};

/// A number and its letters.
type Piece = (i64, Part);

/// A whole date in digits at a token, and the token after it.
pub fn read(atoms: &Atoms, at: usize) -> Option<(DateParts, usize)> {
    if !atoms.is_number(at) || !atoms.clean_before(at) {
        return None;
    }
    let (pieces, sign, end) = pieces(atoms, at)?;
    let tail = atoms.is_dash(end) && atoms.passage.glued(end) && atoms.passage.glued(end + 1);
    let letters = atoms.passage.tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Word);
    if !atoms.clean_after(end) || tail && (letters || atoms.is_number(end + 1) && sign != '.') {
        return None; // 2022-05-01-draft
    }
    let label = atoms.passage.has_before(at, atoms.classes.label_noun);
    if label {
        return None;
    }
    let [a, b, c] = pieces;
    let width = |piece: Piece| piece.1.end - piece.1.start;
    let (days, year, parts) = if width(a) == 4 && (width(b), width(c)) == (2, 2) && sign != '.' {
        (vec![exists((c.0, b.0))?], a, Parts { day: Some(c.1), month: Some(b.1), ..Parts::default() })
    } else if width(c) == 4 && width(a) <= 2 && width(b) <= 2 {
        let (days, parts) = in_order(atoms, a, b, sign == '.')?;
        (days, c, parts)
    } else {
        return None;
    };
    if !(1000..3000).contains(&year.0) {
        return None;
    }
    let parts = Parts { year: Some(year.1), ..parts };
    let years = vec![i32::try_from(year.0).ok()?];
    Some((DateParts { days, years, form: Form::Numeric, parts, ..DateParts::default() }, end))
}

/// A whole date in digits with two of its year, as after a weekday: “10.1.22”. The year may be of this century or the last.
pub fn short_year(atoms: &Atoms, at: usize) -> Option<(DateParts, usize)> {
    let ([a, b, c], sign, end) = pieces(atoms, at)?;
    let width = |piece: Piece| piece.1.end - piece.1.start;
    // With hyphens only “12-09-14” is one, and no score and no hours: “zondag 6-4-2”, “lunes 9-12-30”.
    let two = sign != '-' || width(a) == 2 && width(b) == 2 && (13..40).contains(&c.0);
    if width(c) != 2 || width(a) > 2 || width(b) > 2 || !two || !atoms.clean_after(end) {
        return None;
    }
    let (days, parts) = in_order(atoms, a, b, sign == '.')?;
    let year = i32::try_from(c.0).ok()?;
    let years = if year < 50 { vec![2000 + year, 1900 + year] } else { vec![1900 + year] };
    Some((DateParts { days, years, form: Form::Numeric, parts, ..DateParts::default() }, end))
}

/// Two numbers with a slash that are a date and nothing else: 10/31, but no fraction (3/4), no odds (33/1, 15/8) and no
/// hours (24/7).
pub fn is_only_a_date(atoms: &Atoms, at: usize) -> bool {
    let slashed = atoms.is_glued_sign(at + 1, '/') && atoms.passage.glued(at + 2);
    let (Some(a), Some(b)) = (atoms.digits(at, 2), atoms.digits(at + 2, 2)) else { return false };
    slashed && (a <= 12 && b > 12 || a > 12 && a != 24 && ![1, 2, 4, 8].contains(&b))
}

/// A day and a month in digits, without a year.
pub fn day_month(atoms: &Atoms, at: usize) -> Option<(DateParts, usize)> {
    let part = |first: usize| atoms.part(first, first + 1);
    let (a, b, end, dotted) = if atoms.is_glued_sign(at + 1, '/') && atoms.passage.glued(at + 2) {
        let (a, b) = (atoms.digits(at, 2)?, atoms.digits(at + 2, 2)?);
        ((a, part(at)), (b, part(at + 2)), at + 3, false)
    } else {
        let [a, b] = <[Piece; 2]>::try_from(cut(atoms, at, '.')?).ok()?;
        let dot = usize::from(atoms.is_glued_sign(at + 1, '.'));
        (a, b, at + 1 + dot, true)
    };
    if !atoms.clean_after(end) || a.1.end - a.1.start > 2 || b.1.end - b.1.start > 2 {
        return None;
    }
    let (days, parts) = in_order(atoms, a, b, dotted)?;
    Some((DateParts { days, form: Form::Numeric, parts, ..DateParts::default() }, end))
}

/// The days that two numbers can be, and where the first of them has its day and its month. Before a full stop the day
/// stands first.
fn in_order(atoms: &Atoms, a: Piece, b: Piece, dotted: bool) -> Option<(Vec<(u16, u8)>, Parts)> {
    let (first, second) = if !dotted && atoms.order == Some(Order::MonthFirst) { (b, a) } else { (a, b) };
    let mut orders = vec![(first, second)];
    if !dotted && a.0 != b.0 && (atoms.order.is_none() || exists((first.0, second.0)).is_none()) {
        orders.push((second, first));
    }
    let read = |(day, month): &(Piece, Piece)| Some((exists((day.0, month.0))?, (day.1, month.1)));
    let (days, parts): (Vec<_>, Vec<_>) = orders.iter().filter_map(read).unzip();
    let (day, month) = *parts.first()?;
    Some((days, Parts { day: Some(day), month: Some(month), ..Parts::default() }))
}

fn exists((day, month): (i64, i64)) -> Option<(u16, u8)> {
    ((1..=31).contains(&day) && (1..=12).contains(&month))
        .then(|| Some((u16::try_from(day).ok()?, u8::try_from(month).ok()?)))?
}

/// Three numbers with the same sign between them.
fn pieces(atoms: &Atoms, at: usize) -> Option<([Piece; 3], char, usize)> {
    if let Some(pieces) = cut(atoms, at, '.') {
        let pieces = <[Piece; 3]>::try_from(pieces).ok()?;
        return Some((pieces, '.', at + 1));
    }
    let sign = ['/', '-', '.'].into_iter().find(|sign| atoms.is_glued_sign(at + 1, *sign))?;
    if !atoms.passage.is_sign(at + 3, sign) || !atoms.passage.glued(at + 3) {
        return None;
    }
    let spaced = !atoms.passage.glued(at + 2) || !atoms.passage.glued(at + 4);
    // “10. 1. 2022” is written so where the full stop makes an ordinal.
    if spaced && (sign != '.' || atoms.skip(at + 1, atoms.classes.day_ending) == 0) {
        return None;
    }
    let piece = |at: usize| Some((atoms.digits(at, 4)?, atoms.part(at, at + 1)));
    Some(([piece(at)?, piece(at + 2)?, piece(at + 4)?], sign, at + 5))
}

/// The numbers inside one token, where that sign stands between them.
fn cut(atoms: &Atoms, at: usize, sign: char) -> Option<Vec<Piece>> {
    let token = atoms.passage.tokens.get(at)?;
    let word = atoms.passage.word(at);
    if !word.contains(sign) || word.len() > 12 {
        return None;
    }
    let mut start = token.start;
    let mut pieces = Vec::with_capacity(3);
    for text in word.split(sign) {
        let end = start + text.len() as u32;
        pieces.push((number(text, 4)?, Part { start, end }));
        start = end + sign.len_utf8() as u32;
    }
    Some(pieces)
}
