//! The words of names: what hyphens and apostrophes hold together, and genitives that they cut off.

use factlint_rules::lexicon::is_plain_sign;
use factlint_rules::token::{Shape, TokenKind, fold};

use super::NameClasses;
use crate::mentions::Passage;

/// One word of a name, as tokens: `O'Brien` and `Jean-Luc` are three each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameWord {
    /// The first token.
    pub first: u32,
    /// The token after the last.
    pub end: u32,
}

impl NameWord {
    /// Its letters.
    pub fn text<'d>(&self, passage: &Passage<'d>) -> &'d str {
        passage.slice(self.first as usize, self.end as usize)
    }
}

/// A word with what its form says.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The word.
    pub word: NameWord,
    /// The token after it and its genitive.
    pub next: usize,
    /// It starts with a capital, or is a particle glued to one (`al-Assad`).
    pub capital: bool,
    /// A genitive follows.
    pub genitive: bool,
}

/// The word that starts at a token; `None` if none does.
pub fn form(passage: &Passage, classes: &NameClasses, at: usize) -> Option<Form> {
    let token = passage.tokens.get(at)?;
    if token.kind != TokenKind::Word {
        return None;
    }
    if at > 0 && !token.blank_before && passage.tokens[at - 1].kind == TokenKind::Number {
        return None;
    }
    let is = |at: usize, sign: char| {
        passage.tokens.get(at).is_some_and(|token| !token.blank_before && is_plain_sign(token, passage.text(), sign))
    };
    let glued_word =
        |at: usize| passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && !token.blank_before);
    let mut end = at + 1;
    let mut genitive = false;
    let mut next = end;
    loop {
        let part = end - 1;
        if is(end, '\'') {
            if glued_word(end + 1) {
                let tail = passage.word(end + 1);
                if tail == "s" || tail == "S" {
                    genitive = true;
                    next = end + 2;
                    break;
                }
                if passage.has(part, classes.elision) && part == at {
                    // “d'Italia”: what is elided is no part of the name.
                    return Some(Form {
                        word: NameWord { first: at as u32, end: end as u32 },
                        next: end + 1,
                        capital: false,
                        genitive: false,
                    });
                }
                if tail == "t" || fold(tail).len() > 1 && tail.starts_with(char::is_lowercase) {
                    break;
                }
                end += 2;
                continue;
            }
            if passage.word(part).ends_with(['s', 'x', 'z']) && !is_closing_quote(passage, end) {
                genitive = true;
                next = end + 1;
            }
            break;
        }
        if is(end, '-') && glued_word(end + 1) {
            end += 2;
            continue;
        }
        break;
    }
    // A digit glued on: a type, a code, a scrape.
    if passage.tokens.get(end).is_some_and(|token| !token.blank_before && token.kind == TokenKind::Number) {
        return None;
    }
    let first = token.shape;
    let last = passage.tokens[end - 1].shape;
    let single = end == at + 1;
    let capital = if single {
        is_capital(passage, at, first)
    } else if first == Shape::Lower {
        last != Shape::Lower && passage.has(at, classes.particle)
    } else {
        is_capital(passage, at, first) && last != Shape::Lower
    };
    Some(Form { word: NameWord { first: at as u32, end: end as u32 }, next: next.max(end), capital, genitive })
}

fn is_closing_quote(passage: &Passage, at: usize) -> bool {
    passage.quotations.iter().any(|range| range.end as usize == at + 1)
}

fn is_capital(passage: &Passage, at: usize, shape: Shape) -> bool {
    match shape {
        Shape::Capitalised | Shape::Upper | Shape::Initial => true,
        Shape::Mixed => passage.word(at).starts_with(char::is_uppercase),
        Shape::Lower | Shape::None => false,
    }
}

/// Is it two letters or more, all capitals, hyphens and points apart?
pub fn is_all_caps(text: &str) -> bool {
    let (mut upper, mut lower) = (0, false);
    for c in text.chars() {
        upper += usize::from(c.is_uppercase());
        lower |= c.is_lowercase();
    }
    upper > 1 && !lower
}
