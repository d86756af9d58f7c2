//! Which tokens stand inside quotation marks.
//!
//! An opening mark without a closing one holds to the end of its block, since a long quotation is reopened at each
//! paragraph. A single mark opens a quotation only if its fellow follows in the same block.

use std::ops::Range;

use factlint_rules::token::TokenKind;

use super::Passage;

/// For each token whether it is quoted, and the quotations as ranges of tokens, marks included.
pub fn read(passage: &Passage) -> (Vec<bool>, Vec<Range<u32>>) {
    let count = passage.tokens.len();
    let mut quoted = vec![false; count];
    let mut quotations = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for at in 0..count {
        let sign = (passage.tokens[at].kind == TokenKind::Sign).then(|| passage.word(at).chars().next()).flatten();
        let Some(sign) = sign.filter(|sign| is_mark(*sign)) else {
            quoted[at] = open.is_some();
            continue;
        };
        match open {
            Some((start, close)) if closes(passage, at, sign, close) => {
                quotations.push(start as u32..at as u32 + 1);
                open = None;
            }
            Some(_) => quoted[at] = true,
            None => open = opens(passage, at, sign).map(|close| (at, close)),
        }
    }
    if let Some((start, _)) = open {
        quotations.push(start as u32..count as u32);
    }
    (quoted, quotations)
}

fn is_mark(sign: char) -> bool {
    matches!(
        sign,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '‚'
            | '\''
            | '「'
            | '『'
            | '」'
            | '』'
            | '＂'
    )
}

/// The mark that closes what this one opens, if it opens.
fn opens(passage: &Passage, at: usize, sign: char) -> Option<char> {
    let before = at == 0 || !passage.glued(at) || opens_bracket(passage.word(at - 1));
    let touches_next = passage.glued(at + 1);
    match sign {
        '„' | '‟' => Some('“'),
        '“' => Some('”'),
        '«' if before => Some('»'),
        '»' if before && touches_next => Some('«'),
        '‹' => Some('›'),
        '「' => Some('」'),
        '『' => Some('』'),
        '"' | '＂' if before || touches_next => Some('"'),
        '‚' if touches_next => Some('‘'),
        '‘' if before && touches_next => has_close(passage, at, '’').then_some('’'),
        '\'' if before && touches_next => has_close(passage, at, '\'').then_some('\''),
        _ => None,
    }
}

fn opens_bracket(word: &str) -> bool {
    word.ends_with(['(', '[', '{', '—', '–', '-', '/', '“', '"', '¿', '¡'])
}

fn closes(passage: &Passage, at: usize, sign: char, close: char) -> bool {
    match close {
        // German „…“ is also closed with ” and ".
        '“' => matches!(sign, '“' | '”' | '"'),
        '”' => matches!(sign, '”' | '"'),
        '"' => matches!(sign, '"' | '”' | '＂'),
        '’' | '\'' => sign == close && !followed_by_letter(passage, at),
        _ => sign == close,
    }
}

/// Is there a single closing mark that is no apostrophe, before another opening one?
fn has_close(passage: &Passage, at: usize, close: char) -> bool {
    for next in at + 1..passage.tokens.len().min(at + 200) {
        let word = passage.word(next);
        if word.starts_with(close) && passage.glued(next) && !followed_by_letter(passage, next) {
            // “the players’ union” is a genitive, and no close, unless punctuation stands at it.
            return true;
        }
    }
    false
}

fn followed_by_letter(passage: &Passage, at: usize) -> bool {
    passage.glued(at + 1) && passage.word(at + 1).starts_with(char::is_alphabetic)
}
