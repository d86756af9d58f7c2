//! Enumerations of names and how many items they have: “: France, Italy and Spain.”
//!
//! Only lists that can be counted surely are read: capitalised names behind a colon, in brackets, between dashes or, after a noun,
//! between commas, closed by the end of the sentence, the bracket or the sign that opened them. An “and” may be inside a name
//! (“Marks and Spencer”), so a count may be a range. Behind a colon, single small words make a list too (“red, white and blue”).
//! Behind “are”, each item has two words at least: “are Swedish and Finnish” lists nothing.

use factlint_rules::token::{Shape, TokenKind};
use factlint_rules::{Kind, KindSet};
use rust_decimal::Decimal;

use super::Mention;
use super::classes::NumberClasses;
use super::reading::{Measure, NumberReading};
use crate::mentions::{Passage, Reading};

/// The most words that an item has.
const LONGEST: usize = 4;

/// Adds the lists of a passage.
pub fn read(passage: &Passage, classes: &NumberClasses, mentions: &mut Vec<Mention>) {
    let nouns_capitalised = passage.lexicon.language == "de";
    for at in 0..passage.tokens.len() {
        if let Some(hit) = passage.hit(at, classes.list_verb) {
            mentions.extend(list(passage, classes, at + hit.len as usize - 1, full_name));
            continue;
        }
        let after_noun = || {
            at > 0
                && passage.tokens[at - 1].kind == TokenKind::Word
                && (passage.tokens[at - 1].shape == Shape::Lower || nouns_capitalised)
        };
        let opens = || {
            passage.is_sign(at, ':')
                || passage.is_sign(at, '(')
                || is_dash(passage, at)
                || passage.is_sign(at, ',') && after_noun()
        };
        if passage.tokens[at].kind == TokenKind::Sign && opens() {
            mentions.extend(list(passage, classes, at, |passage, at| name(passage, classes, at)).or_else(|| {
                passage
                    .is_sign(at, ':')
                    .then(|| list(passage, classes, at, |passage, at| small_word(passage, classes, at)))
                    .flatten()
            }));
        }
    }
}

/// A dash, or a hyphen between blanks.
fn is_dash(passage: &Passage, at: usize) -> bool {
    passage.is_sign(at, '–') || passage.is_sign(at, '-') && !passage.glued(at) && !passage.glued(at + 1)
}

/// The list of such items that follows the sign at a token.
fn list(
    passage: &Passage,
    classes: &NumberClasses,
    sign: usize,
    item: impl Fn(&Passage, usize) -> Option<usize>,
) -> Option<Mention> {
    let first = sign + 1;
    let mut at = first;
    // How each item but the first was joined: by a comma, by “and”, by both.
    let mut joints: Vec<(bool, bool)> = Vec::new();
    let in_commas = passage.is_sign(sign, ',');
    loop {
        at = item(passage, at)?;
        at = aside(passage, classes, at, !passage.is_sign(sign, '('));
        let comma = passage.is_sign(at, ',') || passage.is_sign(at, ';');
        let after = at + usize::from(comma);
        let and = passage.hit(after, classes.number_and).or_else(|| passage.hit(after, classes.and));
        let and = and.map(|hit| hit.len as usize);
        let closes = in_commas && comma && joints.last().is_some_and(|(_, and)| *and);
        // “…, Ann, Bea and Cleo, and six grandchildren”: the second “and” joins no name.
        let goes_on = and.is_some_and(|and| item(passage, after + and).is_some());
        if !comma && and.is_none() || closes && !goes_on {
            break;
        }
        joints.push((comma, and.is_some()));
        at = after + and.unwrap_or(0);
    }
    let in_brackets = passage.is_sign(sign, '(');
    let closed = if is_dash(passage, sign) {
        is_dash(passage, at)
    } else if in_brackets {
        passage.is_sign(at, ')')
    } else {
        in_commas && passage.is_sign(at, ',')
            || at >= passage.tokens.len()
            || matches!(passage.word(at), "." | "!" | "?")
    };
    // A list without “and” at its end may go on.
    if !closed || joints.is_empty() || !joints.last().is_some_and(|(_, and)| *and) {
        return None;
    }
    let most = joints.len() + 1;
    let sure_last = joints.iter().filter(|(_, and)| *and).count() == 1;
    let doubtful = joints.iter().filter(|(comma, and)| *and && !*comma).count();
    let least = if sure_last { most } else { most - doubtful };
    let count = |count: usize| Decimal::from(count);
    let reading = NumberReading {
        face: count(least),
        top: (least != most).then(|| count(most)),
        step: Decimal::ONE,
        coarse: Decimal::ONE,
        decimals: 0,
        scale: Decimal::ONE,
        hedge: None,
        in_words: false,
        year_like: false,
        labelled: false,
        measure: Measure::Plain,
        figure: first as u32..at as u32,
    };
    Some(Mention::new(KindSet::of(&[Kind::List]), first, at, Reading::Number(Box::new(reading))))
}

/// The token after what an item has beside it: a suffix (“Tom Lind, Jr.”), an age between commas (“Ann Hall, 34, and Tom
/// Lind, 31”), or a few words in brackets.
fn aside(passage: &Passage, classes: &NumberClasses, mut at: usize, brackets: bool) -> usize {
    if passage.is_sign(at, ',') && passage.has(at + 1, classes.name_suffix) {
        at += 2 + usize::from(passage.is_sign(at + 2, '.') && passage.glued(at + 2));
    }
    let is_age = |at: usize| {
        passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number && token.end - token.start <= 2)
    };
    let ends = |at: usize| {
        at >= passage.tokens.len()
            || matches!(passage.word(at), "," | ";" | "." | ")" | "–")
            || passage.has(at, classes.number_and)
            || passage.has(at, classes.and)
    };
    if passage.is_sign(at, ',') && is_age(at + 1) && ends(at + 2) {
        return at + 2;
    }
    if brackets && passage.is_sign(at, '(') {
        let close = (at + 1..at + 6).find(|at| passage.is_sign(*at, ')'));
        return close.filter(|close| ends(close + 1)).map_or(at, |close| close + 1);
    }
    at
}

/// The token after an item of one small word, with at most a short one before it: “to eat”, “le pain”.
fn small_word(passage: &Passage, classes: &NumberClasses, first: usize) -> Option<usize> {
    let is_small = |at: usize| {
        passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower)
    };
    let is_short = |at: usize| passage.tokens[at].end - passage.tokens[at].start <= 3;
    let joins = |at: usize| passage.has(at, classes.number_and) || passage.has(at, classes.and);
    let more = is_small(first) && is_short(first) && is_small(first + 1) && !joins(first + 1);
    is_small(first).then_some(first + 1 + usize::from(more))
}

/// The token after a name of two words or more, and no article.
fn full_name(passage: &Passage, first: usize) -> Option<usize> {
    let capital = |at: usize| passage.tokens.get(at).is_some_and(|token| token.shape == Shape::Capitalised);
    let end = first + (first..first + LONGEST).take_while(|at| capital(*at)).count();
    (end > first + 1).then_some(end)
}

/// The token after a name: one to four words with capitals, small words and hyphens inside, behind a title or none.
fn name(passage: &Passage, classes: &NumberClasses, first: usize) -> Option<usize> {
    let is_name = |at: usize| {
        passage.tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && matches!(token.shape, Shape::Capitalised | Shape::Upper | Shape::Initial | Shape::Mixed)
        })
    };
    let mut at = first;
    let mut words = 0;
    // “Dr. Ann Hall, Tom Lind and Joe Ruiz”
    if passage.has(at, classes.honorific) {
        at += 1 + usize::from(passage.is_sign(at + 1, '.'));
    }
    // “the Netherlands”, “l’Italie”
    let article = passage.tokens.get(at).filter(|token| token.kind == TokenKind::Word && !is_name(at));
    if let Some(article) = article {
        let elided = matches!(passage.word(at + 1), "’" | "'") && passage.glued(at + 1);
        if article.end - article.start <= 3 || elided {
            at += 1 + usize::from(elided);
        }
    }
    while is_name(at) {
        words += 1;
        at += 1;
        let joined = matches!(passage.word(at), "-" | "’" | "'" | ".") && passage.glued(at);
        // The full stop of “and Malta. The” joins nothing.
        if joined
            && passage.glued(at + 1)
            && (is_name(at + 1) || passage.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word))
        {
            at += 1 + usize::from(!is_name(at + 1));
        }
    }
    (1..=LONGEST).contains(&words).then_some(at)
}
