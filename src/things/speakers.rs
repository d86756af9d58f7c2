//! Who speaks: is it he or she throughout, and has the surname been introduced?

use factlint_rules::Kind;
use factlint_rules::lexicon::ClassId;
use factlint_rules::token::{Shape, TokenKind};

use super::drift::{in_tables, is_common};
use super::index::{First, Use};
use super::pair::{Pair, Uses};
use super::people::{ENOUGH, distinct_firsts, gender, groups, is_kin, is_presented};
use crate::expressions::Words;
use crate::mentions::{Draft, Passage, after_dateline};

/// What tells a person's gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proof {
    /// Mr, Ms.
    Honorific,
    /// congresswoman, queen; or the first name.
    Word,
    /// “Janssen said that he”.
    Pronoun,
}

/// The genders that the words beside a name give it.
fn genders(draft: &Draft, name: &Use<'_, '_>, told: &mut Vec<(String, Words, Proof)>) {
    let passage = name.passage;
    let lexicon = passage.lexicon;
    let class = |name: &str| draft.lexicons.class(name);
    let (honorific, female) = (class("honorific"), class("female-title"));
    for at in name.reading.titles.0 as usize..name.reading.titles.1 as usize {
        let words = Words::tokens(passage.index, at, at + 1);
        if passage.has(at, female) {
            told.push(("f".to_owned(), words, Proof::Word));
        } else if let Some(hit) = passage.hit(at, honorific)
            && matches!(lexicon.value(hit.value), "m" | "f")
        {
            told.push((lexicon.value(hit.value).to_owned(), words, Proof::Honorific));
        }
    }
    if let First::Name(_) = name.first(draft)
        && let Some(gender) = gender(draft, name)
    {
        told.push((gender.to_owned(), name.word(0), Proof::Word));
    }
    if let Some(at) = pronoun_after(draft, name)
        && let Some(hit) = passage.hit(at, class("pronoun"))
        && !others_before(draft, name, at)
    {
        told.push((lexicon.value(hit.value).to_owned(), Words::tokens(passage.index, at, at + 1), Proof::Pronoun));
    }
}

/// The pronoun that a verb of saying after the name leads to: “said he”, “said on Monday that she”, “told reporters he”.
fn pronoun_after(draft: &Draft, name: &Use) -> Option<usize> {
    let passage = name.passage;
    let class = |name: &str| draft.lexicons.class(name);
    let (pronoun, that, verb) = (class("pronoun"), class("that-word"), class("attribution"));
    let mut at = name.at.end as usize;
    // “Janssen, who said”, “Janssen, the mayor, said”
    if passage.is_sign(at, ',') && passage.has(at + 1, class("who-word")) {
        at += 2;
    } else if let Some(end) = aside(draft, name) {
        at = end;
    }
    if !passage.has(at, verb) {
        return None;
    }
    let first = at + 1;
    for here in first..first + 5 {
        if passage.tokens.get(here)?.kind != TokenKind::Word {
            return None;
        }
        if passage.has(here, pronoun) {
            // “his deputy” says nothing of who speaks.
            let subject = here == first || passage.has(here - 1, that) || here == first + 1;
            return subject.then_some(here);
        }
    }
    None
}

/// The token after the commas that tell what somebody is: “, the mayor of Riga,”, “, 34,”.
fn aside(draft: &Draft, name: &Use) -> Option<usize> {
    const LONGEST: usize = 8;
    let passage = name.passage;
    let open = name.at.end as usize;
    if !passage.is_sign(open, ',') {
        return None;
    }
    let close = (open + 2..open + 2 + LONGEST).find(|at| passage.is_sign(*at, ','))?;
    let tells = |at: usize| {
        passage.tokens[at].kind == TokenKind::Number && at == open + 1
            || passage.mentions_at(at).any(|place| passage.mentions[place].is(Kind::Title))
    };
    let and = draft.lexicons.class("and-word");
    ((open + 1..close).any(tells) && !(open + 1..close).any(|at| passage.has(at, and))).then_some(close + 1)
}

/// Speaks the text shortly before of anybody else?
fn others_before(draft: &Draft, name: &Use, pronoun: usize) -> bool {
    let passage = name.passage;
    let own = name.last();
    let start = name.sentence().0;
    let nouns: Vec<ClassId> = ["kinship", "person-noun"].iter().map(|class| draft.lexicons.class(class)).collect();
    // “told parents that she”: many, and so nobody whom the pronoun may mean.
    let hearers = draft.lexicons.class("hearers");
    // What the name's own aside says is of the same person.
    let own_aside = aside(draft, name).map_or(0..0, |end| name.at.end as usize..end);
    let strangers = |passage: &Passage, first: usize, end: usize| {
        let first = first.max(after_dateline(passage, draft.lexicons));
        let told_aside = |at: usize| passage.index == name.passage.index && own_aside.contains(&at);
        (first..end).filter(|at| !told_aside(*at) && !passage.has(*at, hearers)).any(|at| {
            let token = &passage.tokens[at];
            let noun = token.shape == Shape::Lower && nouns.iter().any(|class| passage.has(at, *class));
            noun || passage.mentions_at(at).any(|place| {
                let mention = &passage.mentions[place];
                let range = mention.first as usize..mention.end as usize;
                let is_own = range.clone().any(|at| passage.word(at) == own);
                // A title that no name follows is somebody's; one that a name follows is that name's.
                let titled = mention.is(Kind::Title)
                    && !(range.end..range.end + 5).any(|at| at < end && passage.word(at) == own);
                let person = mention.is(Kind::Name)
                    && !mention.is(Kind::Place)
                    && !passage.kinds_at(range.start).has(Kind::Demonym)
                    && !mention.is(Kind::Acronym)
                    && !mention.is(Kind::Title)
                    && !is_own;
                titled || person
            })
        })
    };
    if strangers(passage, start, pronoun) {
        return true;
    }
    // The two sentences before, as far as the paragraph or the one before it goes.
    let sentence = passage.sentence_of(start);
    let earliest = passage.sentences.get(sentence.saturating_sub(2)).map_or(0, |range| range.start as usize);
    if strangers(passage, earliest, start) {
        return true;
    }
    sentence < 2
        && passage
            .index
            .checked_sub(1)
            .and_then(|before| draft.passages().get(before))
            .is_some_and(|before| strangers(before, 0, before.tokens.len()))
}

/// One person, he and she.
pub fn pronouns(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut lasts: Vec<(&&str, &Vec<u32>)> = draft.things().by_last.iter().collect();
    lasts.sort_unstable_by_key(|(_, list)| list[0]);
    for (_, list) in lasts {
        let uses: Uses = list.iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number)).collect();
        let mut told = Vec::new();
        for name in &uses {
            genders(draft, name, &mut told);
        }
        let Some(first) = told.first() else { continue };
        if told.iter().all(|proof| proof.0 == first.0) || distinct_firsts(draft, &uses) > 1 || is_kin(draft, &uses) {
            continue;
        }
        let honorific = |gender: &str| told.iter().any(|proof| proof.2 == Proof::Honorific && proof.0 == gender);
        let clash = told.iter().enumerate().filter(|(_, own)| own.2 == Proof::Pronoun).find_map(|(at, own)| {
            let other = told
                .iter()
                .enumerate()
                .find(|(place, other)| other.0 != own.0 && (*place < at || other.2 != Proof::Pronoun))?;
            Some((own, other.1))
        });
        if let Some((own, other)) = clash {
            let mut pair = Pair::new(own.1, other.1, own.1.text(draft), other.1.text(draft));
            // Two people of one surname, each with an honorific of their own.
            pair.fact("honorific-clash", honorific("m") && honorific("f"));
            pairs.push(pair);
        }
    }
    pairs
}

/// One person, Mr and Ms.
pub fn honorifics(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let told: Vec<(&str, &Use)> = uses.iter().filter_map(|name| Some((name.courtesy(draft)?, name))).collect();
        let of = |gender: &str| -> Vec<&Use> {
            told.iter().filter(|(other, _)| *other == gender).map(|(_, name)| *name).collect()
        };
        let full = |name: &&Use| name.words.len() > 1 && !name.reading.weak;
        let named = uses.iter().filter(full).find_map(|name| gender(draft, name));
        let (men, women) = (of("m"), of("f"));
        let fewer_men = men.len() < women.len() || men.len() == women.len() && named == Some("f");
        let (rare, gender, often) = if fewer_men { (men, "f", women) } else { (women, "m", men) };
        let (Some(culprit), Some(other)) = (rare.first(), often.first()) else { continue };
        let title = |name: &Use| {
            Words::tokens(name.passage.index, name.reading.titles.1 as usize - 1, name.reading.titles.1 as usize)
        };
        let mut pair = Pair::new(title(culprit), other.at, title(culprit).text(draft), title(other).text(draft));
        pair.uses = often.len();
        pair.rare = rare.len();
        pair.fact("kinship", is_kin(draft, &uses));
        pair.fact("other-first", distinct_firsts(draft, &uses) > 1);
        pair.fact("introduced", uses.iter().any(|name| full(&name)));
        pair.fact("given-name", named == Some(gender));
        pair.fact("same-sentence", culprit.with(other));
        pair.fact("introduced-here", is_presented(draft, culprit));
        pair.fact("full", culprit.words.len() > 1);
        pair.fact("quoted", culprit.at.quoted(draft));
        let married = draft.lexicons.class("married-title");
        pair.fact(
            "married",
            told.iter().any(|(_, name)| name.passage.has(name.reading.titles.1 as usize - 1, married)),
        );
        let and = draft.lexicons.class("and-word");
        pair.fact(
            "couple",
            told.iter().any(|(_, name)| {
                (name.reading.titles.0 as usize).checked_sub(1).is_some_and(|at| name.passage.has(at, and))
            }),
        );
        pairs.push(pair);
    }
    pairs
}

/// Surnames that speak and were never introduced.
pub fn introductions(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut lasts: Vec<(&&str, &Vec<u32>)> = draft.things().by_last.iter().collect();
    lasts.sort_unstable_by_key(|(_, list)| list[0]);
    for (last, list) in lasts {
        let uses: Uses = list.iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number)).collect();
        let plain =
            |name: &Use| name.words.len() == 1 && !name.is_titled() && !name.reading.body && !name.reading.peeled;
        if !uses.iter().all(plain) || draft.things().by_inner.contains_key(*last) {
            continue;
        }
        let Some(name) = uses.iter().find(|name| name.reading.attributed && is_inverted(draft, name)) else { continue };
        let mut pair = Pair::new(name.at, name.at, *last, *last);
        pair.others.clear();
        pair.uses = list.len();
        let at = name.at.first as usize;
        // A capital inside is a firm's: “MCorp said so”.
        let firm = !last.starts_with(char::is_uppercase)
            || last.split('-').any(|part| part.chars().skip(1).any(char::is_uppercase));
        pair.fact("attributed", !name.reading.genitive && !name.reading.weak && !firm);
        let given = name.passage.lexicon.is(last, draft.lexicons.class("given-name"));
        let known = given
            || draft.lexicons.tables().body(last).is_some()
            || draft.lexicons.tables().place_family(last, &name.passage.lexicon.language).is_some();
        pair.fact("common-word", is_common(draft, name, last) || known);
        pair.fact("table-word", in_tables(draft, name));
        let article = at > 0 && name.passage.has(at - 1, draft.lexicons.class("name-stop"));
        pair.fact("opens", article);
        pair.fact("quoted", name.at.quoted(draft));
        pairs.push(pair);
    }
    pairs
}

/// “No,” Okoye said; It is unsafe, Okoye said; said Okoye: only who speaks stands so, and not what a firm or a star says.
fn is_inverted(draft: &Draft, name: &Use) -> bool {
    let passage = name.passage;
    let verb = draft.lexicons.class("attribution");
    let (first, end) = (name.at.first as usize, name.at.end as usize);
    let Some(before) = first.checked_sub(1) else { return false };
    let near = passage.quotations.iter().any(|range| {
        let (start, close) = (range.start as usize, range.end as usize);
        close + 5 > first && close <= first || start < end + 5 && start >= end
    });
    let speaks = passage.has(end, verb);
    let comma = passage.is_sign(before, ',');
    // “Speaking in Lille, Okoye said that …” opens with no statement.
    let states = comma && clause(passage, before) && is_told(draft, passage, end);
    // “…,” said Okoye; but “he told Reuters”, whose verb has its subject, and “said Okoye, Holt and Co.”
    // « … », a déclaré Delmas
    let auxiliary = before > 0 && passage.has(before - 1, draft.lexicons.class("said-auxiliary"));
    let said = before - usize::from(auxiliary);
    // „…“, sagte Brinkhaus am Mittag
    let when = ends_phrase(passage, end) || passage.has(end, draft.lexicons.class("date-preposition"));
    let inverted = passage.has(before, verb) && goes_on(passage, said) && when;
    speaks && (goes_on(passage, first) || comma && near || states) || inverted
}

/// Closes what somebody says right before a token, with the sentence going on? Not a nickname in quotes.
fn goes_on(passage: &Passage, at: usize) -> bool {
    passage.quotations.iter().any(|range| {
        let (start, end) = (range.start as usize, range.end as usize);
        let stops = end >= 2 && passage.is_sign(end - 2, '.');
        !stops && (end == at && end - start > 3 || end + 1 == at && passage.is_sign(end, ','))
    })
}

/// Ends the sentence with the verb of saying, or with the day after it?
fn is_told(draft: &Draft, passage: &Passage, verb: usize) -> bool {
    let Some(hit) = passage.hit(verb, draft.lexicons.class("attribution")) else { return false };
    let after = verb + hit.len as usize;
    ends_phrase(passage, after) || passage.has(after, draft.lexicons.class("on-word"))
}

/// Stands a sign here, or the end of the text, and no list of names?
fn ends_phrase(passage: &Passage, at: usize) -> bool {
    let sign = passage.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Sign);
    sign && !passage
        .tokens
        .get(at + 1)
        .is_some_and(|token| passage.is_sign(at, ',') && token.kind == TokenKind::Word && token.shape != Shape::Lower)
}

/// Goes a whole clause before the comma: “It is unsafe, Okoye said”?
fn clause(passage: &Passage, comma: usize) -> bool {
    let start = passage.sentences.get(passage.sentence_of(comma)).map_or(0, |range| range.start as usize);
    let inner = |at: usize| match passage.tokens[at].kind {
        TokenKind::Word | TokenKind::Number => true,
        TokenKind::Sign => matches!(passage.word(at), "'" | "’" | "-" | "%" | "$" | "€" | "£"),
        TokenKind::Opaque => false,
    };
    comma - start >= 3 && (start..comma).all(inner)
}
