//! Of whom is it said? The one person whom a draft can mean by “he”, by “the 44-year-old” or by a verb alone.

use factlint_rules::Kind;
use factlint_rules::token::TokenKind;

use super::drift::names_kin;
use super::index::Use;
use super::people::distinct_firsts;
use crate::expressions::Words;
use crate::mentions::{Draft, Mention, Passage};

/// How many names of one surname are looked at to tell whether somebody has it.
const ENOUGH: usize = 20;
/// Words at the start of a sentence behind which its subject may stand: “Born in Lima in 1936, Ann Roe …”.
const OPENING: usize = 12;

/// The surname of the one person whom the words can be said of; empty where the draft names nobody, `None` where two are possible.
pub fn subject<'d>(draft: &Draft<'d>, words: &Words) -> Option<&'d str> {
    let passage = draft.passage(words.passage)?;
    let (first, end) = (words.first as usize, words.end as usize);
    let (start, close) = passage.sentence_around(first);
    match one(draft, &people(draft, passage, start, first)) {
        Named::Nobody => {}
        named => return named.one().filter(|last| !names_stranger(draft, passage, start, first, last)),
    }
    // “Its founder, who was born in 1939”
    let other = draft.lexicons.class("owner-word");
    if (start..first).any(|at| passage.has(at, other)) || names_stranger(draft, passage, start, first, "") {
        return None;
    }
    if let Some(name) = people(draft, passage, end, close).first()
        && first < start + OPENING
        && opens_clause(draft, passage, start, end, name)
    {
        return one(draft, &[*name]).one();
    }
    let kinship = draft.lexicons.class("kinship");
    let attribution = draft.lexicons.class("attribution");
    let indefinite = draft.lexicons.class("indefinite");
    let number = passage.sentence_of(first);
    let mut earlier = (0..number).rev().map(|number| (passage, number)).collect::<Vec<_>>();
    if passage.block.kind.is_prose() {
        let before = draft.passages()[..passage.index].iter().rev().filter(|passage| passage.block.kind.is_prose());
        earlier
            .extend(before.flat_map(|passage| (0..passage.sentences.len()).rev().map(move |number| (passage, number))));
    }
    for (passage, number) in earlier {
        let Some(range) = passage.sentences.get(number) else { continue };
        // “His wife was a doctor. She died …”; “her family said” tells of nobody else
        let (start, end) = (range.start as usize, range.end as usize);
        if (start..end).any(|at| names_kin(passage, at, kinship) && !passage.has(at + 1, attribution)) {
            return None;
        }
        match one(draft, &people(draft, passage, start, end)) {
            Named::Nobody => {}
            named => return named.one(),
        }
        // “A deputy spoke. He left.”
        if passage.has(start, indefinite) {
            return None;
        }
    }
    let anybody = draft.passages().iter().any(|passage| !people(draft, passage, 0, passage.tokens.len()).is_empty());
    (!anybody).then_some("")
}

/// Who a stretch of text names.
enum Named<'d> {
    Nobody,
    /// One person, by the surname.
    One(&'d str),
    Several,
}

impl<'d> Named<'d> {
    /// The surname, where it is one person.
    fn one(self) -> Option<&'d str> {
        match self {
            Named::One(last) => Some(last),
            Named::Nobody | Named::Several => None,
        }
    }
}

/// Whom they name: a surname that the draft has with two first names is two people's.
fn one<'d>(draft: &Draft<'d>, people: &[Use<'_, 'd>]) -> Named<'d> {
    let Some(first) = people.first() else { return Named::Nobody };
    let last = first.last();
    let uses: Vec<Use> =
        draft.things().uses_of(last).iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number)).collect();
    let single = people.iter().all(|name| name.last() == last) && distinct_firsts(draft, &uses) < 2;
    if single { Named::One(last) } else { Named::Several }
}

/// Names the text there anybody else, whom nothing introduces: “Holm, who died at 44,”?
fn names_stranger(draft: &Draft, passage: &Passage, first: usize, end: usize, known: &str) -> bool {
    const THINGS: [Kind; 8] = [
        Kind::Place,
        Kind::Organisation,
        Kind::Acronym,
        Kind::Title,
        Kind::Demonym,
        Kind::Date,
        Kind::Month,
        Kind::Weekday,
    ];
    let class = |name: &str| draft.lexicons.class(name);
    let (and, says) = (class("and-word"), class("attribution"));
    passage.of(Kind::Name).any(|(_, mention)| {
        let (from, to) = (mention.first as usize, mention.end as usize);
        let Some(name) = super::reading(mention).filter(|_| from >= first && to <= end) else { return false };
        let around = |other: &&Mention| other.first as usize <= from && other.end as usize >= to;
        let thing = passage.mentions.iter().filter(around).any(|other| THINGS.iter().any(|kind| other.is(*kind)));
        let led = from == first
            || passage.has(from - 1, and)
            || passage.has(from - 1, says)
            || passage.tokens[from - 1].kind == TokenKind::Sign && !passage.is_sign(from - 1, '(');
        // “Murió en 2003”, “Detectives said”: a word that opens its sentence
        let known_word = from == first && to == from + 1 && !passage.is_sign(to, ',');
        let own = name.words.iter().any(|word| word.text(passage) == known);
        led && !own
            && !thing
            && !known_word
            && !name.body
            && !name.weak
            && !name.located
            && !draft.things().is_lower(passage.word(from), draft)
    })
}

/// Stands the name, or its title, right behind the comma that ends the opening of the sentence, and no “he” before it: “Aged 60, Mayor Ann Roe …”?
fn opens_clause(draft: &Draft, passage: &Passage, start: usize, end: usize, name: &Use) -> bool {
    let pronoun = draft.lexicons.class("pronoun");
    let first = if name.is_titled() { name.reading.titles.0 } else { name.at.first } as usize;
    let comma = first.checked_sub(1).filter(|at| *at >= end && passage.is_sign(*at, ','));
    let comma = comma.or_else(|| first.checked_sub(2).filter(|at| *at >= end && passage.is_sign(*at, ',')));
    comma.is_some_and(|at| at < start + OPENING + 4) && !(start..first).any(|at| passage.has(at, pronoun))
}

/// The names of people between two tokens.
fn people<'c, 'd>(draft: &'c Draft<'d>, passage: &Passage, first: usize, end: usize) -> Vec<Use<'c, 'd>> {
    let names = &draft.things().names;
    let from = names.partition_point(|name| (name.passage as usize) < passage.index);
    (from..names.len())
        .take_while(|number| names[*number].passage as usize == passage.index)
        .filter_map(|number| Use::of(draft, u32::try_from(number).ok()?))
        .filter(|name| name.at.first as usize >= first && name.at.end as usize <= end && is_somebody(draft, name))
        .collect()
}

/// Is it somebody's name: “Ann Roe”, “Mayor Roe”, or the surname of one?
fn is_somebody(draft: &Draft, name: &Use) -> bool {
    if name.words.len() > 1 || name.is_titled() {
        return is_full(draft, name);
    }
    // “Holm said”; but “Ha detto”, “Detectives said” open with a word that only its place makes a name.
    if name.is_person() && !name.reading.weak {
        let again = || {
            draft
                .things()
                .uses_of(name.last())
                .iter()
                .filter_map(|number| Use::of(draft, *number))
                .any(|other| !other.reading.opens)
        };
        return !name.reading.opens || again();
    }
    let place = name.at.mention.is_some_and(|at| name.passage.mentions[at as usize].is(Kind::Place));
    let uses = draft.things().uses_of(name.last()).iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number));
    !name.reading.body
        && !name.reading.weak
        && (!place || !name.reading.located)
        && uses.into_iter().any(|other| (other.words.len() > 1 || other.is_titled()) && is_full(draft, &other))
}

/// Is a name of more than a word, or one with a title, somebody's? “The Lakeshore Ballet” has an article, and “in West Hull” is a place.
fn is_full(draft: &Draft, name: &Use) -> bool {
    if !name.is_person() || name.reading.weak {
        return false;
    }
    if name.is_titled() || name.words.iter().any(|word| name.is_given(draft, *word)) {
        return true;
    }
    let before = (name.at.first as usize).checked_sub(1);
    let after = |class: &str| before.is_some_and(|at| name.passage.has(at, draft.lexicons.class(class)));
    !after("in-year") && !after("the-word") && !after("indefinite")
}
