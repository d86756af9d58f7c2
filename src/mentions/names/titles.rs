//! Titles and offices, countries, cities, adjectives of nationality, acronyms: what the lexicon or the letters tell.

use factlint_rules::lexicon::Hit;
use factlint_rules::token::{Shape, TokenKind};
use factlint_rules::{Kind, KindSet};

use super::{NameClasses, NameReading};
use crate::mentions::{Mention, Passage, Reading};

/// A title with its modifiers: tokens `first..end`.
#[derive(Clone, Copy, Debug)]
pub struct Title {
    /// The first token, modifiers included.
    pub first: usize,
    /// The token after the last.
    pub end: usize,
}

/// Adds the mentions; gives the titles in order, for the names after them.
pub fn read(passage: &Passage, classes: &NameClasses, mentions: &mut Vec<Mention>) -> Vec<Title> {
    let mut titles = Vec::new();
    let mut free = 0;
    let shouted = is_shouted(passage);
    for at in 0..passage.tokens.len() {
        let token = &passage.tokens[at];
        if token.kind != TokenKind::Word {
            continue;
        }
        let mut best: Option<(Kind, Hit)> = None;
        for hit in passage.hits(at) {
            let kind = match hit.class {
                class if class == classes.title || class == classes.title_plural => Kind::Title,
                class if class == classes.country || class == classes.city => Kind::Place,
                class if class == classes.demonym => Kind::Demonym,
                _ => continue,
            };
            if best.is_none_or(|(_, other)| hit.len > other.len) {
                best = Some((kind, *hit));
            }
            if kind == Kind::Place && best.is_some_and(|(other, _)| other == Kind::Demonym) {
                mentions.push(lexical(passage, Kind::Place, *hit, at, classes));
            }
        }
        let acronym = at >= free && !shouted && is_acronym(passage, at);
        if let Some(end) = acronym.then(|| acronym_end(passage, at)) {
            let mut kinds = KindSet::of(&[Kind::Acronym, Kind::Name]);
            let mut reading = NameReading::default();
            if let Some((Kind::Place, hit)) = best
                && at + hit.len as usize <= end
            {
                kinds = kinds.with(Kind::Place);
                reading.value = Some(hit.value);
            }
            free = end;
            mentions.push(Mention::new(kinds, at, end, Reading::Name(Box::new(reading))));
            if best.is_some_and(|(kind, hit)| kind == Kind::Place && at + hit.len as usize <= end) {
                continue;
            }
        }
        let Some((kind, hit)) = best else { continue };
        let mention = lexical(passage, kind, hit, at, classes);
        if kind == Kind::Title {
            titles.push(Title { first: mention.first as usize, end: mention.end as usize });
        }
        mentions.push(mention);
    }
    titles
}

fn lexical(passage: &Passage, kind: Kind, hit: Hit, at: usize, classes: &NameClasses) -> Mention {
    let end = at + hit.len as usize;
    let first = if kind == Kind::Title { with_modifiers(passage, classes, at) } else { at };
    let reading = NameReading {
        value: Some(hit.value),
        plural: hit.class == classes.title_plural,
        titles: if kind == Kind::Title { (at as u32, end as u32) } else { (0, 0) },
        ..NameReading::default()
    };
    let kinds = if kind == Kind::Place { KindSet::of(&[Kind::Place, Kind::Name]) } else { KindSet::of(&[kind]) };
    Mention::new(kinds, first, end, Reading::Name(Box::new(reading)))
}

/// The first token of a title: “Deputy Foreign Minister”, “vice-president”.
fn with_modifiers(passage: &Passage, classes: &NameClasses, head: usize) -> usize {
    let mut first = head;
    let sentence = passage.sentences.get(passage.sentence_of(head)).map_or(0, |range| range.start as usize);
    while first > sentence {
        let before = first - 1;
        if passage.is_sign(before, '-') && passage.glued(before) && passage.glued(first) && before > sentence {
            if passage.has(before - 1, classes.modifier) {
                first = before - 1;
                continue;
            }
            break;
        }
        if passage.has(before, classes.modifier) && !passage.glued(first) {
            first = before;
            continue;
        }
        break;
    }
    first
}

/// Is all of it in capitals, so that a word in capitals is a word?
fn is_shouted(passage: &Passage) -> bool {
    const ENOUGH: usize = 4;
    let words = || passage.tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words().count() >= ENOUGH && words().all(|token| matches!(token.shape, Shape::Upper | Shape::Initial))
}

/// Letters that are an acronym: two to eight capitals, or letters with points.
fn is_acronym(passage: &Passage, at: usize) -> bool {
    let token = &passage.tokens[at];
    match token.shape {
        Shape::Upper => (2..=8).contains(&passage.word(at).chars().count()),
        Shape::Initial => {
            passage.is_sign(at + 1, '.')
                && passage.glued(at + 1)
                && passage.glued(at + 2)
                && passage.tokens.get(at + 2).is_some_and(|token| token.shape == Shape::Initial)
        }
        _ => false,
    }
}

fn acronym_end(passage: &Passage, at: usize) -> usize {
    if passage.tokens[at].shape == Shape::Upper {
        return at + 1;
    }
    let mut end = at + 1;
    while passage.is_sign(end, '.') && passage.glued(end) {
        let more =
            passage.glued(end + 1) && passage.tokens.get(end + 1).is_some_and(|token| token.shape == Shape::Initial);
        end += if more { 2 } else { 1 };
        if !more {
            break;
        }
    }
    end
}
