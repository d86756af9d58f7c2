//! One person with two first names, two offices, two parties, two genders; people who were never introduced.
//!
//! A person is a last word; roles and first names split the group.

use factlint_rules::Kind;
use factlint_rules::token::TokenKind;

use super::drift::{in_tables, is_common, like_first, sentence_has};
use super::index::{First, Use, reading};
use super::pair::{Pair, Uses};
use super::spelling::folded;
use crate::expressions::Words;
use crate::mentions::{Draft, Passage};

/// Uses of one surname that are looked at.
const ENOUGH: usize = 60;

/// The groups of uses by surname, in the order of the draft.
fn groups<'c, 'd>(draft: &'c Draft<'d>) -> Vec<(&'d str, Uses<'c, 'd>)> {
    let mut lasts: Vec<(&&str, &Vec<u32>)> = draft.things.by_last.iter().filter(|(_, list)| list.len() > 1).collect();
    lasts.sort_unstable_by_key(|(_, list)| list[0]);
    lasts
        .into_iter()
        .map(|(last, list)| (*last, list.iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number)).collect()))
        .collect()
}

/// An office said of a name: the words before the head, and the head.
#[derive(Clone, Debug, PartialEq)]
struct Role {
    modifiers: Vec<String>,
    head: String,
    words: Words,
}

/// The role right before the name, or in apposition after it.
fn role(draft: &Draft, name: &Use) -> Option<Role> {
    let passage = name.passage;
    let (start, end) = name.reading.titles;
    if end > start
        && let Some(role) = role_at(draft, passage, start as usize, end as usize)
    {
        return Some(role);
    }
    let after = name.at.end as usize;
    if !passage.is_sign(after, ',') {
        return None;
    }
    let limit = name.sentence().1.min(after + 7);
    let the = draft.lexicons.class("the-word");
    let mut at = after + 1;
    while at < limit {
        let title = passage.mentions_at(at).find(|place| passage.mentions[*place].is(Kind::Title));
        if let Some(place) = title {
            let mention = &passage.mentions[place];
            let next = mention.end as usize;
            let closes = passage.tokens.get(next).is_none_or(|token| token.kind == TokenKind::Sign)
                || passage.has(next, draft.lexicons.class("of-body"));
            return if closes { role_at(draft, passage, mention.first as usize, next) } else { None };
        }
        let between = passage.has(at, the)
            || passage.mentions_at(at).any(|place| {
                let mention = &passage.mentions[place];
                mention.is(Kind::Demonym) || mention.is(Kind::Place) || mention.is(Kind::Acronym)
            });
        if !between {
            return None;
        }
        at += 1;
    }
    None
}

fn role_at(draft: &Draft, passage: &Passage, start: usize, end: usize) -> Option<Role> {
    let title = (start..end).rev().flat_map(|at| passage.mentions_at(at)).find(|place| {
        let mention = &passage.mentions[*place];
        mention.is(Kind::Title) && mention.end as usize == end
    })?;
    let mention = &passage.mentions[title];
    let reading = reading(mention)?;
    if reading.plural {
        return None;
    }
    let head = passage.lexicon.value(reading.value?).to_owned();
    let portfolio = draft.lexicons.class("portfolio");
    let modifiers = (mention.first as usize..reading.titles.0 as usize)
        .filter_map(|at| passage.hit(at, portfolio))
        .map(|hit| passage.lexicon.value(hit.value).to_owned())
        .collect();
    Some(Role { modifiers, head, words: Words::tokens(passage.index, mention.first as usize, end) })
}

fn is_kin(draft: &Draft, uses: &Uses) -> bool {
    let class = draft.lexicons.class("kinship");
    uses.iter().any(|name| sentence_has(name, class))
}

/// One surname and office, two first names.
pub fn first_names(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let generic = draft.lexicons.class("generic-role");
    for (_, uses) in groups(draft) {
        let mut named: Vec<(&str, &Use, Option<Role>)> = Vec::new();
        for name in &uses {
            if let First::Name(first) = name.first(draft)
                && !name.reading.body
                && !name.reading.weak
                && name.is_person()
            {
                named.push((first, name, role(draft, name)));
            }
        }
        if named.len() < 2 {
            continue;
        }
        let count = |first: &str| named.iter().filter(|(other, ..)| *other == first).count();
        for (at, (first, name, own)) in named.iter().enumerate().skip(1) {
            let Some(own) = own else { continue };
            let Some((other_first, other, _)) = named[..at].iter().find(|(other_first, other, role)| {
                role.as_ref().is_some_and(|role| role.head == own.head && role.modifiers == own.modifiers)
                    && !like_first(draft, other, other_first, first)
            }) else {
                continue;
            };
            let mut pair = Pair::new(name.word(0), other.at, *first, *other_first);
            pair.uses = count(other_first);
            pair.rare = count(first);
            pair.fact("same-sentence", named.iter().any(|(a, x, _)| named.iter().any(|(b, y, _)| a != b && x.with(y))));
            pair.fact("kinship", is_kin(draft, &uses));
            pair.fact("used-again", count(first) > 1);
            pair.fact("specific-role", !name.passage.lexicon.is(&own.head, generic) || !own.modifiers.is_empty());
            let elsewhen = draft.lexicons.class("drift-elsewhen");
            pair.fact("elsewhen", sentence_has(name, elsewhen) || sentence_has(other, elsewhen));
            pairs.push(pair);
            break;
        }
    }
    pairs
}

/// One person, one kind of office, two portfolios.
pub fn offices(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let roles: Vec<(&Use, Role)> =
            uses.iter().filter(|name| !name.reading.weak).filter_map(|name| Some((name, role(draft, name)?))).collect();
        let clash = roles.iter().enumerate().find_map(|(at, (name, own))| {
            let before = roles[..at].iter().find(|(_, other)| {
                other.head == own.head
                    && !own.modifiers.is_empty()
                    && !other.modifiers.is_empty()
                    && !own.modifiers.iter().any(|word| other.modifiers.contains(word))
            })?;
            Some(((name, own), before))
        });
        let Some(((name, own), (other, before))) = clash else { continue };
        let mut pair = Pair::new(own.words, before.words, own.words.text(draft), before.words.text(draft));
        let elsewhen = draft.lexicons.class("drift-elsewhen");
        pair.fact("elsewhen", uses.iter().any(|name| sentence_has(name, elsewhen)));
        pair.fact("kinship", is_kin(draft, &uses));
        let firsts = (name.first(draft), other.first(draft));
        let other_first = matches!(firsts, (First::Name(a), First::Name(b)) if !like_first(draft, name, a, b));
        pair.fact("other-first", other_first || distinct_firsts(draft, &uses) > 1);
        pairs.push(pair);
    }
    pairs
}

fn distinct_firsts(draft: &Draft, uses: &Uses) -> usize {
    let mut firsts: Vec<&str> = Vec::new();
    for name in uses {
        if let First::Name(first) = name.first(draft)
            && !firsts.iter().any(|other| like_first(draft, name, other, first))
        {
            firsts.push(first);
        }
    }
    firsts.len()
}

/// Party and state in brackets after a name: `(D-Ohio)`, `, D-Ohio,`.
fn party(draft: &Draft, name: &Use) -> Option<(String, String, Words)> {
    let passage = name.passage;
    let after = name.at.end as usize;
    let open = passage.is_sign(after, '(') || passage.is_sign(after, ',');
    let sign = passage.hit(after + 1, draft.lexicons.class("party-sign"))?;
    if !open || !passage.is_sign(after + 2, '-') {
        return None;
    }
    let end = (after + 3..after + 8).find(|at| {
        passage.tokens.get(*at).is_none_or(|token| token.kind == TokenKind::Sign && !passage.is_sign(*at, '.'))
    })?;
    let state: String = passage.slice(after + 3, end).chars().filter(|c| c.is_alphabetic()).collect();
    Some((passage.lexicon.value(sign.value).to_owned(), folded(&state), Words::tokens(passage.index, after + 1, end)))
}

/// One person, two parties or states.
pub fn parties(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let said: Vec<(&Use, (String, String, Words))> =
            uses.iter().filter_map(|name| Some((name, party(draft, name)?))).collect();
        let clash = said.iter().enumerate().find_map(|(at, (name, own))| {
            let other = said[..at].iter().find(|(_, other)| own.0 != other.0 || states_differ(&own.1, &other.1))?;
            Some((name, own, other))
        });
        let Some((_, own, (_, other))) = clash else { continue };
        let mut pair = Pair::new(own.2, other.2, own.2.text(draft), other.2.text(draft));
        let elsewhen = draft.lexicons.class("drift-elsewhen");
        pair.fact("elsewhen", uses.iter().any(|name| sentence_has(name, elsewhen)));
        pair.fact("kinship", is_kin(draft, &uses));
        pair.fact("other-first", distinct_firsts(draft, &uses) > 1);
        pair.fact("state-only", own.0 == other.0);
        pairs.push(pair);
    }
    pairs
}

/// “Ohio” and “Iowa”; but “Calif.” and “California”, “CA” and “California” may be one.
fn states_differ(a: &str, b: &str) -> bool {
    let short = a.len().min(b.len());
    short > 2 && !a.starts_with(&b[..b.len().min(3)]) && a.chars().next().is_some()
}

/// The gender that words right after a name give it: “Janssen said that he”.
fn gender(draft: &Draft, name: &Use<'_, '_>) -> Option<(String, Words)> {
    let passage = name.passage;
    let lexicon = passage.lexicon;
    let honorific = draft.lexicons.class("honorific");
    for at in name.reading.titles.0..name.reading.titles.1 {
        if let Some(hit) = passage.hit(at as usize, honorific)
            && matches!(lexicon.value(hit.value), "m" | "f")
        {
            let words = Words::tokens(passage.index, at as usize, at as usize + 1);
            return Some((lexicon.value(hit.value).to_owned(), words));
        }
    }
    let mut at = name.at.end as usize;
    if !passage.has(at, draft.lexicons.class("attribution")) {
        return None;
    }
    at += 1;
    if passage.has(at, draft.lexicons.class("that-word")) {
        at += 1;
    }
    let hit = passage.hit(at, draft.lexicons.class("pronoun"))?;
    Some((lexicon.value(hit.value).to_owned(), Words::tokens(passage.index, at, at + 1)))
}

/// One person, he and she.
pub fn pronouns(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let said: Vec<(String, Words)> = uses.iter().filter_map(|name| gender(draft, name)).collect();
        let clash = said.iter().enumerate().find_map(|(at, own)| {
            let other = said[..at].iter().find(|other| other.0 != own.0)?;
            Some((own, other))
        });
        if let Some((own, other)) = clash
            && distinct_firsts(draft, &uses) <= 1
            && !is_kin(draft, &uses)
        {
            let mut pair = Pair::new(own.1, other.1, own.1.text(draft), other.1.text(draft));
            // Two people of one surname, each with an honorific of their own.
            pair.fact("honorific-clash", is_honorific(draft, &own.1) && is_honorific(draft, &other.1));
            pairs.push(pair);
        }
    }
    pairs
}

fn is_honorific(draft: &Draft, words: &Words) -> bool {
    draft.passages[words.passage].has(words.first as usize, draft.lexicons.class("honorific"))
}

/// Surnames that speak and were never introduced.
pub fn introductions(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut lasts: Vec<(&&str, &Vec<u32>)> = draft.things.by_last.iter().collect();
    lasts.sort_unstable_by_key(|(_, list)| list[0]);
    for (last, list) in lasts {
        let uses: Uses = list.iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number)).collect();
        let plain =
            |name: &Use| name.words.len() == 1 && !name.is_titled() && !name.reading.body && !name.reading.peeled;
        if !uses.iter().all(plain) || draft.things.by_inner.contains_key(*last) {
            continue;
        }
        let Some(name) = uses.iter().find(|name| name.reading.attributed) else { continue };
        let mut pair = Pair::new(name.at, name.at, *last, *last);
        pair.others.clear();
        pair.uses = list.len();
        let at = name.at.first as usize;
        let speaks = name.passage.has(name.at.end as usize, draft.lexicons.class("attribution"));
        pair.fact("attributed", speaks && !name.reading.genitive && !name.reading.weak);
        pair.fact("common-word", is_common(draft, name, last));
        pair.fact("table-word", in_tables(draft, name));
        let article = at > 0 && name.passage.has(at - 1, draft.lexicons.class("name-stop"));
        pair.fact("opens", article);
        pair.fact("quoted", name.at.quoted(draft));
        pairs.push(pair);
    }
    pairs
}
