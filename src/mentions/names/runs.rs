//! Names: runs of capitalised words, with what stands around them.

use factlint_rules::token::{Shape, TokenKind};
use factlint_rules::{Kind, KindSet};

use super::titles::Title;
use super::words::{Form, NameWord, form, is_all_caps};
use super::{NameClasses, NameReading};
use crate::document::BlockKind;
use crate::mentions::{Mention, Passage, Reading};

/// Names of more words than this are lists, headlines or noise.
const LONGEST: usize = 8;

/// A passage of so many figures, and fewer words, is a table.
const FIGURES: usize = 8;

/// Adds the names of a passage.
pub fn read(passage: &Passage, classes: &NameClasses, titles: &[Title], mentions: &mut Vec<Mention>) {
    let weak = is_weak(passage);
    let places: Vec<(u32, u32)> = mentions
        .iter()
        .filter(|mention| mention.is(Kind::Place) || mention.is(Kind::Demonym))
        .map(|mention| (mention.first, mention.end))
        .collect();
    let mut at = 0;
    let mut last_body: Option<(usize, usize)> = None;
    while at < passage.tokens.len() {
        let Some(first) = form(passage, classes, at) else {
            at += 1;
            continue;
        };
        if !first.capital || is_numbered(passage, first.word.first as usize) {
            at = first.next;
            continue;
        }
        let (words, next, genitive) = run(passage, classes, first);
        at = next;
        let Some(mut name) = peel(passage, classes, titles, &places, &words) else { continue };
        let (start, end) = (name.words[0].first as usize, name.words[name.words.len() - 1].end as usize);
        name.genitive = genitive;
        name.weak = weak;
        // “Bill Bradley”: a first name that is a thing's word besides. “Pope Benedict XVI”: a number of one who reigns.
        let given = usize::from(name.words.len() > 1 && passage.has(start, classes.given_name));
        let reigns = name.titles.1 > name.titles.0 && name.words.len() == 2 && is_roman(name.words[1].text(passage));
        name.body = name.words[given..name.words.len() - usize::from(reigns)].iter().any(|word| {
            let (first, end) = (word.first as usize, word.end as usize);
            (first..end).any(|at| passage.has(at, classes.organisation)) || is_all_caps(word.text(passage))
        });
        name.opens = opens(passage, start);
        let run_start = first.word.first as usize;
        let said = if passage.has(run_start, classes.origin_particle) { run_start } else { start };
        name.attributed = is_attributed(passage, classes, said, next);
        name.located = start > 0 && passage.has(start - 1, classes.locative);
        let place = places.iter().any(|(first, last)| *first as usize == start && *last as usize == end);
        // “Ministry of Defence”, “Bank of England”.
        if let Some((body, joint)) = last_body
            && joint == start
        {
            mentions.push(organisation(passage, classes, body, end, weak));
        }
        last_body = None;
        if name.body
            && !genitive
            && let Some(joint) = joint(passage, classes, end)
        {
            last_body = Some((start, joint));
        }
        let titled = name.titles.1 > name.titles.0;
        let mut kinds = KindSet::of(&[Kind::Name]);
        if name.body {
            kinds = kinds.with(Kind::Organisation);
        } else if !place && (titled || may_be_person(passage, classes, &name)) {
            kinds = kinds.with(Kind::Person);
        }
        let known =
            mentions.iter_mut().rev().take_while(|mention| mention.end as usize + 40 > start).find(|mention| {
                mention.first as usize == start && mention.end as usize == end && mention.is(Kind::Name)
            });
        match known {
            // The lexicon has it as a place or an acronym: one mention of both.
            Some(mention) => {
                mention.kinds = mention.kinds.or(kinds);
                if let Reading::Name(reading) = &mut mention.reading {
                    name.value = reading.value;
                    **reading = name;
                }
            }
            None => mentions.push(Mention::new(kinds, start, end, Reading::Name(Box::new(name)))),
        }
    }
}

/// II, XVI
fn is_roman(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// “`XIIIe`”, “`XVIIème`”: the number of a century or of a district
fn is_numbered(passage: &Passage, at: usize) -> bool {
    if passage.tokens[at].shape != Shape::Mixed {
        return false;
    }
    let word = passage.word(at);
    let end = word.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    end > 1 && matches!(&word[end..], "e" | "è" | "er" | "ème" | "eme" | "ième" | "de" | "ste" | "th")
}

/// Can a name without a title be somebody's: “Ann Roe”, “Roe said”; not “U.S. Warships”, “West Germany”, “Idaho Republican”?
fn may_be_person(passage: &Passage, classes: &NameClasses, name: &NameReading) -> bool {
    let ([first, ..], [.., last]) = (&name.words[..], &name.words[..]) else { return false };
    let has = |word: &NameWord, class| passage.has(word.first as usize, class);
    if name.words.len() == 1 {
        return name.attributed && first.text(passage).chars().count() > 1;
    }
    let given = has(first, classes.first_name) || has(first, classes.given_name) || has(first, classes.nickname);
    let national = |word: &NameWord| has(word, classes.country) || has(word, classes.demonym);
    let thing = has(last, classes.party_name) || has(last, classes.no_surname);
    name.words.len() <= 5 && !thing && (given || !national(first) && !national(last))
}

/// The words of the run that starts with this one, the token after it, and whether a genitive ends it.
fn run(passage: &Passage, classes: &NameClasses, first: Form) -> (Vec<NameWord>, usize, bool) {
    let mut words = vec![first.word];
    let mut last = first;
    let mut next = first.next;
    let limit = passage
        .sentences
        .get(passage.sentence_of(first.word.first as usize))
        .map_or(passage.tokens.len(), |range| range.end as usize);
    while !last.genitive && words.len() < LONGEST {
        let mut at = next;
        // “J. Edgar”, “St. Louis”, “U.S. Senate”
        if passage.is_sign(at, '.') && passage.glued(at) {
            let part = last.word.end as usize - 1;
            let short = passage.tokens[part].shape == Shape::Initial || passage.has(part, classes.abbreviation);
            if !short {
                break;
            }
            at += 1;
            if passage.glued(at) && passage.tokens.get(at).is_none_or(|token| token.shape != Shape::Initial) {
                break;
            }
        } else if passage.glued(at) {
            break;
        }
        // “Vera 'Kit' Holt”: a nickname is skipped.
        if let Some(end) = nickname(passage, at) {
            at = end;
        }
        let mut parts = Vec::new();
        let mut here = at;
        let follower = loop {
            if here >= limit {
                break None;
            }
            if parts.is_empty() && ends_before_origin(passage, classes, &words, here) {
                break None;
            }
            let Some(form) = form(passage, classes, here) else { break None };
            if form.capital || parts.is_empty() && is_given_pair(passage, classes, last, form) {
                break Some(form);
            }
            if parts.len() == 3 || !passage.has(here, classes.particle) || form.genitive {
                break None;
            }
            parts.push(form.word);
            here = form.next;
        };
        let Some(form) = follower else { break };
        words.extend(parts);
        words.push(form.word);
        last = form;
        next = form.next;
    }
    (words, next, last.genitive)
}

/// “Piet Bakker van Greenpeace”: behind a given name and a surname, such a particle says where somebody is from; in “Jan Peter van Dam” it is the surname's.
fn ends_before_origin(passage: &Passage, classes: &NameClasses, words: &[NameWord], here: usize) -> bool {
    let ([.., before, last], true) = (words, passage.has(here, classes.origin_particle)) else { return false };
    let is = |word: &NameWord, class| passage.has(word.first as usize, class);
    let given = |word: &NameWord| is(word, classes.first_name) || is(word, classes.given_name);
    let surname = last.text(passage).chars().count() > 2 && !given(last) && !is(last, classes.noble_word);
    given(before) && surname && passage.tokens.get(here + 1).is_some_and(|next| next.shape != Shape::Lower)
}

/// “Ban Ki-moon”: a given name of two syllables; “Paris-based” is none.
fn is_given_pair(passage: &Passage, classes: &NameClasses, before: Form, form: Form) -> bool {
    let (first, last) = (form.word.first as usize, form.word.end as usize - 1);
    let short = |at: usize| (2..=5).contains(&passage.word(at).chars().count());
    last == first + 2
        && passage.tokens[first].shape == Shape::Capitalised
        && passage.tokens[last].shape == Shape::Lower
        && short(first)
        && short(last)
        && before.word.end == before.word.first + 1
        && passage.tokens[before.word.first as usize].shape == Shape::Capitalised
        && short(before.word.first as usize)
        && passage.tokens[first].blank_before
        && !passage.has(last, classes.compound_tail)
        && !passage.has(last, classes.particle)
        && !passage.has(first, classes.country)
        && !passage.has(first, classes.city)
}

fn nickname(passage: &Passage, at: usize) -> Option<usize> {
    let range = passage.quotations.iter().find(|range| range.start as usize == at)?;
    let short = range.end - range.start <= 4;
    let capital = passage.tokens.get(at + 1).is_some_and(|token| token.shape == Shape::Capitalised);
    let goes_on = passage
        .tokens
        .get(range.end as usize)
        .is_some_and(|token| token.kind == TokenKind::Word && token.shape == Shape::Capitalised && token.blank_before);
    (short && capital && goes_on).then_some(range.end as usize)
}

/// Takes titles, bodies before titles, and words that open a sentence off the front; `None` if no name is left.
fn peel(
    passage: &Passage,
    classes: &NameClasses,
    titles: &[Title],
    places: &[(u32, u32)],
    words: &[NameWord],
) -> Option<NameReading> {
    let title_at = |at: usize| titles.iter().find(|title| title.first == at).copied();
    let mut rest = words;
    let mut title: Option<(usize, usize)> = None;
    let mut peeled = false;
    let opening = rest.first().is_some_and(|word| opens(passage, word.first as usize));
    while let Some(word) = rest.first() {
        let at = word.first as usize;
        if passage.has(at, classes.stop) && (opening && title.is_none() && !peeled || single_letter(*word, passage)) {
            rest = &rest[1..];
            continue;
        }
        // “on Monday Jan Kos said”: the day is no name's start; the Sunday Times is.
        let dated = at > 0 && passage.has(at - 1, classes.before_day);
        if dated && title.is_none() && (passage.has(at, classes.weekday) || passage.has(at, classes.month)) {
            rest = &rest[1..];
            continue;
        }
        if let Some(found) = title_at(at) {
            if rest.len() == 1 && found.end >= word.end as usize {
                return None;
            }
            title = Some((title.map_or(at, |(first, _)| first), found.end));
            peeled = true;
            rest = after(rest, found.end);
            continue;
        }
        // “Secretary of State Ann Roe”: the run starts inside the title; “US-Präsident Jan Roe”: the title ends a compound.
        let inside = titles.iter().find(|found| {
            found.first < at && at < found.end || found.first > at && found.end == word.end as usize && rest.len() > 1
        });
        if let Some(found) = inside.filter(|found| rest.iter().any(|word| word.first as usize >= found.end)) {
            title = Some((title.map_or(found.first, |(first, _)| first), found.end));
            peeled = true;
            rest = after(rest, found.end);
            continue;
        }
        // “Angaben von Polizeisprecher Jan Roe”: where an office follows the particle, what stands before it is no name of his.
        let led =
            rest.iter().skip(1).position(|word| passage.has(word.first as usize, classes.particle)).map(|at| at + 2);
        if let Some(office) = led.filter(|place| rest.len() > place + 1)
            && title.is_none()
            && title_at(rest[office].first as usize).is_some()
        {
            rest = &rest[office..];
            continue;
        }
        // “zei Van Dam”: a surname's particle has a capital where no first name goes before it.
        if rest.len() > 1 && passage.has(at, classes.origin_particle) {
            rest = &rest[1..];
            continue;
        }
        if passage.has(at, classes.honorific) && rest.len() > 1 {
            title = Some((title.map_or(at, |(first, _)| first), word.end as usize));
            peeled = true;
            rest = &rest[1..];
            continue;
        }
        // “Astronaut Kjell Lind said”: what somebody is opens the sentence, and has a capital anywhere in German.
        let capital = opening || passage.lexicon.language == "de";
        if rest.len() > 2
            && title.is_none()
            && capital
            && passage.has(at, classes.lead)
            && !rest.iter().any(|word| passage.has(word.first as usize, classes.organisation))
        {
            peeled = true;
            rest = &rest[1..];
            continue;
        }
        // “Republican Senator Amy Dole”
        if passage.has(at, classes.party_name)
            && rest.get(1).is_some_and(|next| {
                title_at(next.first as usize).is_some() || passage.has(next.first as usize, classes.honorific)
            })
        {
            rest = &rest[1..];
            continue;
        }
        // “Minister of Defence Jan Kos”, “Minister van Financiën Kees Mulder”: what the office is for is no first name.
        if rest.len() > 1
            && let Some(end) = field(passage, classes, titles, at, title)
        {
            title = Some((title.map_or_else(|| field_of(passage, classes, titles, at), |(first, _)| first), end));
            peeled = true;
            rest = after(rest, end);
            continue;
        }
        // “Minister Prime Anne Roy”: the title's words, in an order that it does not have.
        if title.is_some() && rest.len() > 2 && passage.has(at, classes.modifier) {
            rest = &rest[1..];
            continue;
        }
        // “US President”, “French Foreign Minister”: the body of a title.
        let body = places
            .iter()
            .filter(|(first, _)| *first as usize == at)
            .map(|(_, end)| *end as usize)
            .max()
            .or_else(|| is_all_caps(word.text(passage)).then_some(word.end as usize));
        if let Some(end) = body {
            let left = after(rest, end);
            // “the minister foreign French Anne Roy”: what follows a title's word is no first name.
            let after_title = left.len() > 1 && at > 0 && (!opening || title.is_some()) && {
                let before = at - 1;
                passage.has(before, classes.modifier) || passage.has(before, classes.title)
            };
            if after_title || left.first().is_some_and(|next| title_at(next.first as usize).is_some()) {
                rest = left;
                continue;
            }
        }
        // “Federal Reserve Board Chairman Paul Volcker”: a longer body before the title.
        let of_body = rest.iter().enumerate().skip(1).find_map(|(place, word)| {
            let found = title_at(word.first as usize)?;
            let is_body = |word: &NameWord| {
                passage.has(word.first as usize, classes.organisation) || is_all_caps(word.text(passage))
            };
            let office = (found.first..found.end).any(|at| passage.has(at, classes.office_head));
            let name = after(rest, found.end);
            // “Fed Chairmen Paul Volcker”; the “World Leaders Forum” is none.
            let several = passage.hit(found.end - 1, classes.title_plural).is_some_and(|hit| {
                let singular = passage.lexicon.value(hit.value);
                passage.lexicon.is(singular, classes.office_head)
            });
            (name.len() > 1 && (office || several || rest[..place].iter().any(is_body))).then_some(place)
        });
        if let Some(place) = of_body.filter(|_| title.is_none()) {
            rest = &rest[place..];
            continue;
        }
        break;
    }
    // A particle alone is no name's start, a title no name's end.
    while rest
        .first()
        .is_some_and(|word| passage.tokens[word.first as usize].shape == Shape::Lower && word.end == word.first + 1)
    {
        rest = &rest[1..];
    }
    let first = rest.first()?.first as usize;
    if title.is_none() {
        // “the coach Vera Holt”: titles in lower case right before the name.
        if let Some(found) = titles.iter().rev().find(|title| title.end <= first)
            && found.end == first
            && !passage.glued(first)
        {
            title = Some((found.first, found.end));
        } else if first > 0 && passage.has(first - 1, classes.courtesy) && !passage.glued(first) {
            // “la señora Rincón”
            title = Some((first - 1, first));
        }
    }
    if rest.len() == 1 && passage.has(first, classes.stop) && passage.word(first).chars().count() <= 3 && opening {
        return None;
    }
    let (from, to) = title.unwrap_or((first, first));
    Some(NameReading { words: rest.to_vec(), titles: (from as u32, to as u32), peeled, ..NameReading::default() })
}

/// The end of the words that say what the office before them is for, if they stand at a token: `of defence`.
fn field(
    passage: &Passage,
    classes: &NameClasses,
    titles: &[Title],
    at: usize,
    title: Option<(usize, usize)>,
) -> Option<usize> {
    // The particle may be part of the run: “van Financiën”.
    let start = if passage.has(at, classes.of) { at + 1 } else { at };
    let hit = passage.hit(start, classes.portfolio)?;
    let of = if start > at { at } else { of_before(passage, classes, at)? };
    let ends_there = titles.iter().any(|found| found.end == of) || title.is_some_and(|(_, end)| end == of);
    ends_there.then_some(start + hit.len as usize)
}

/// Where the “of” before a token stands, an article apart: “of the”, “dell'”, “de l'”.
fn of_before(passage: &Passage, classes: &NameClasses, at: usize) -> Option<usize> {
    let article = at.checked_sub(1).filter(|before| passage.has(*before, classes.the));
    passage.start_before(at, classes.of).or_else(|| passage.start_before(article?, classes.of))
}

/// The first token of the title that such words belong to.
fn field_of(passage: &Passage, classes: &NameClasses, titles: &[Title], at: usize) -> usize {
    let of = if passage.has(at, classes.of) { Some(at) } else { of_before(passage, classes, at) };
    titles.iter().find(|found| Some(found.end) == of).map_or(at, |found| found.first)
}

fn single_letter(word: NameWord, passage: &Passage) -> bool {
    word.end == word.first + 1
        && passage.word(word.first as usize).len() == 1
        && !passage.is_sign(word.end as usize, '.')
}

fn after(words: &[NameWord], token: usize) -> &[NameWord] {
    let at = words.iter().position(|word| word.first as usize >= token).unwrap_or(words.len());
    &words[at..]
}

/// Does the word stand where any word takes a capital?
pub fn opens(passage: &Passage, at: usize) -> bool {
    if at == 0 {
        return true;
    }
    let before = &passage.tokens[at - 1];
    if before.kind == TokenKind::Sign {
        let sign = passage.word(at - 1);
        if matches!(sign, ":" | "•" | "–" | "—" | "*" | "…" | "|" | "¿" | "¡" | "·" | "-")
            && passage.tokens[at].blank_before
            || matches!(sign, "¿" | "¡" | "•" | "…")
        {
            return true;
        }
        if passage.quotations.iter().any(|range| range.start as usize == at - 1) {
            return true;
        }
    }
    passage.opens_sentence(at)
}

fn is_attributed(passage: &Passage, classes: &NameClasses, start: usize, next: usize) -> bool {
    let before = (start.saturating_sub(2)..start).any(|at| passage.has(at, classes.attribution));
    // “…“, so Bauer”
    let so = start > 1 && passage.has(start - 1, classes.quoted_by) && passage.is_sign(start - 2, ',');
    before || so || (next..next + 2).any(|at| passage.has(at, classes.attribution))
}

/// “of”, “for the” after a name, before a further one: the token where that starts.
fn joint(passage: &Passage, classes: &NameClasses, end: usize) -> Option<usize> {
    let hit = passage.hit(end, classes.joiner)?;
    let next = end + hit.len as usize;
    let capital =
        passage.tokens.get(next).is_some_and(|token| matches!(token.shape, Shape::Capitalised | Shape::Upper));
    (capital && !passage.glued(end)).then_some(next)
}

fn organisation(passage: &Passage, classes: &NameClasses, first: usize, end: usize, weak: bool) -> Mention {
    let mut words = Vec::new();
    let mut at = first;
    while at < end {
        match form(passage, classes, at) {
            Some(form) => {
                words.push(form.word);
                at = form.next.max(at + 1);
            }
            None => at += 1,
        }
    }
    let reading =
        NameReading { words, body: true, joint: true, weak, opens: opens(passage, first), ..NameReading::default() };
    let kinds = KindSet::of(&[Kind::Name, Kind::Organisation]);
    Mention::new(kinds, first, end, Reading::Name(Box::new(reading)))
}

/// Are the words of the passage capitalised for their place: a headline, a table's cell, a line of capitals?
fn is_weak(passage: &Passage) -> bool {
    let of = |kind: TokenKind| passage.tokens.iter().filter(|token| token.kind == kind).count();
    // Rows of figures, set with blanks.
    let figures = of(TokenKind::Number);
    if passage.block.kind == BlockKind::TableCell || figures >= FIGURES && figures > of(TokenKind::Word) {
        return true;
    }
    let (mut count, mut upper, mut capital) = (0, 0, 0);
    for token in &passage.tokens {
        if token.kind == TokenKind::Word && token.end - token.start >= 3 {
            count += 1;
            upper += usize::from(token.shape == Shape::Upper);
            capital += usize::from(!matches!(token.shape, Shape::Lower | Shape::None));
        }
    }
    let german = passage.lexicon.language == "de";
    // A sentence that ends as one is none of capitals for their own sake.
    let ends = passage.tokens.last().is_some_and(|token| {
        token.kind == TokenKind::Sign && !matches!(passage.block.kind, BlockKind::Headline | BlockKind::Heading)
    });
    count > 1 && upper * 10 > count * 6 || count >= 4 && capital * 100 > count * 65 && !german && !ends
}
