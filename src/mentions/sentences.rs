//! Where sentences end.
//!
//! At `.`, `!`, `?` or `…` before a blank, unless what precedes is an abbreviation, an initial or a number of a list,
//! or what follows goes on in lower case. Closing quotation marks and brackets belong to the sentence that they close.

use std::ops::Range;

use factlint_rules::token::{Shape, TokenKind};

use super::Passage;
use crate::lexicons::Lexicons;

/// The sentences of a passage, as ranges of tokens that follow each other without gaps.
pub fn read(passage: &Passage, lexicons: &Lexicons) -> Vec<Range<u32>> {
    let abbreviation = lexicons.class("abbreviation");
    let opener = lexicons.class("function-word");
    let ordinals = !passage.lexicon.has(lexicons.class("number-end"));
    let count = passage.tokens.len();
    let mut sentences = Vec::with_capacity(count / 20 + 1);
    let mut start = dateline(passage, lexicons);
    if start > 0 {
        sentences.push(0..start as u32);
    }
    let mut at = start;
    while at < count {
        let is_sign = passage.tokens[at].kind == TokenKind::Sign;
        let sign = if is_sign { passage.word(at).chars().next().unwrap_or(' ') } else { ' ' };
        if !matches!(sign, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < count && passage.glued(end) && is_closing(passage.word(end)) {
            end += 1;
        }
        if ends_here(passage, at, end, sign, abbreviation, opener, ordinals) {
            sentences.push(start as u32..end as u32);
            start = end;
        }
        at = end;
    }
    if start < count {
        sentences.push(start as u32..count as u32);
    }
    sentences
}

/// The token after a dateline that names a year, or 0: of “GENEVA, 9 January 2022 (AP) — Talks” the day is no part of what
/// the sentence tells.
fn dateline(passage: &Passage, lexicons: &Lexicons) -> usize {
    let next = |at: usize| passage.tokens.get(at).is_some_and(|next| next.blank_before && next.shape != Shape::Lower);
    let dash = dash(passage, lexicons, |day, year| day && year);
    dash.filter(|at| next(at + 1)).map_or(0, |at| at + 1)
}

/// The token after a dateline, of whatever form, or 0: “HALDEN, March 14 (Staff) –”, “PARIS (AP) —”.
pub fn after_dateline(passage: &Passage, lexicons: &Lexicons) -> usize {
    let capitals = passage.tokens.first().is_some_and(|first| first.shape == Shape::Upper);
    let dash = dash(passage, lexicons, |day, _| day || capitals);
    dash.filter(|at| passage.tokens[*at].blank_before).map_or(0, |at| at + 1)
}

/// The dash behind what may be a dateline; `is_enough` says whether one ends there, from whether a day and a year stand
/// before it.
fn dash(passage: &Passage, lexicons: &Lexicons, is_enough: impl Fn(bool, bool) -> bool) -> Option<usize> {
    const LONGEST: usize = 18;
    let month = lexicons.class("month");
    let capital = |at: usize| matches!(passage.tokens[at].shape, Shape::Capitalised | Shape::Upper | Shape::Mixed);
    let (mut day, mut year, mut open) = (false, false, false);
    for at in 0..passage.tokens.len().min(LONGEST) {
        let token = &passage.tokens[at];
        match token.kind {
            TokenKind::Number => {
                year |= token.end - token.start == 4;
                day |= token.end - token.start <= 2;
            }
            // “Ada Lovelace (10 December 1815 – 27 November 1852)” is a life.
            TokenKind::Sign if matches!(passage.word(at), "—" | "–" | "-") && is_enough(day, year) => {
                return (!open).then_some(at);
            }
            TokenKind::Sign if ",.()/-’':".contains(passage.word(at)) => {
                open = if open { !passage.is_sign(at, ')') } else { passage.is_sign(at, '(') };
            }
            TokenKind::Word if capital(at) || token.end - token.start <= 3 || passage.has(at, month) => {}
            _ => return None,
        }
    }
    None
}

fn is_closing(word: &str) -> bool {
    matches!(
        word.chars().next(),
        Some('.' | '!' | '?' | '…' | ')' | ']' | '"' | '”' | '’' | '\'' | '»' | '“' | '›' | '」' | '。')
    )
}

fn ends_here(
    passage: &Passage,
    at: usize,
    end: usize,
    sign: char,
    abbreviation: factlint_rules::lexicon::ClassId,
    opener: factlint_rules::lexicon::ClassId,
    ordinals: bool,
) -> bool {
    let Some(next) = passage.tokens.get(end) else { return true };
    if matches!(sign, '。' | '！' | '？') {
        return true;
    }
    let before = at.checked_sub(1).map(|before| &passage.tokens[before]);
    if !next.blank_before {
        // “results.2022American”: a blank was lost after a word that is no abbreviation.
        let word = before.filter(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower);
        return sign == '.'
            && word.is_some_and(|token| token.end - token.start > 3)
            && next.kind != TokenKind::Sign
            && !(next.kind == TokenKind::Word && next.shape == Shape::Lower);
    }
    if next.shape == Shape::Lower {
        return false;
    }
    if sign != '.' || end > at + 1 {
        return true;
    }
    let Some(before) = before else { return false };
    let previous = at - 1;
    if passage.glued(at)
        && (passage.has(previous, abbreviation)
            || before.shape == Shape::Initial
            || is_letter_of_dotted(passage, previous))
    {
        // “J. Smith”, “the U.S. The”: after a dotted abbreviation, only a function word opens a sentence.
        let dotted = previous > 0
            && passage.is_sign(previous - 1, '.')
            && (passage.glued(previous) || before.shape == Shape::Lower);
        return dotted && next.shape == Shape::Capitalised && passage.has(end, opener);
    }
    // “1. Item”, “am 3. Mai”: a short number with a full stop goes on, unless a function word follows or the language writes
    // its ordinals otherwise.
    if before.kind == TokenKind::Number && before.end - before.start <= 2 {
        let opens = previous == 0;
        return !opens && (!ordinals || passage.has(end, opener));
    }
    true
}

/// Is it the last letter of “p.m.” or “z.B.”, or of “p. m.”, where it is written with a blank?
fn is_letter_of_dotted(passage: &Passage, at: usize) -> bool {
    let letter = |at: usize| passage.word(at).chars().count() == 1;
    let small = |at: usize| passage.tokens[at].shape == Shape::Lower;
    letter(at)
        && at > 1
        && passage.is_sign(at - 1, '.')
        && letter(at - 2)
        && (passage.glued(at) || small(at) && small(at - 2) && passage.glued(at - 1))
}
