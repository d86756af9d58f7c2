//! One name in two spellings: pairs of words that are one slip or one transliteration apart.
//!
//! Pairs are found by keys (each word with one letter left out, and its transliteration), never by comparing all with
//! all. A first name only ever splits: another first name is another person.

use factlint_rules::Kind;
use factlint_rules::lexicon::ClassId;
use factlint_rules::token::{Shape, TokenKind};
use rustc_hash::FxHasher;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::index::{First, Things, Use};
use super::pair::{Pair, Uses};
use super::spelling::{Slip, delete_keys, distance, folded, is_inflection, slip, transliteration_key};
use crate::document::BlockKind;
use crate::mentions::{Draft, Passage};

/// Words shorter than this are too near to too many others; a surname has a letter more.
const SHORTEST: usize = 4;
/// A compound of so many letters is no other one's neighbour by chance.
const COMPOUND: usize = 12;
/// Keys that more words share prove nothing.
const CROWD: usize = 8;
/// Uses of one form that are looked at.
const ENOUGH: usize = 40;
/// Tokens between two names of one sentence that are told together.
const TOGETHER: u32 = 30;

/// Two words that may be one name.
#[derive(Debug)]
pub struct Near {
    /// The one.
    pub a: String,
    /// The other.
    pub b: String,
    /// They meet under one transliteration.
    pub same_key: bool,
}

/// The pairs of the draft's version before: few edits touch the words of its names.
#[derive(Clone, Debug, Default)]
pub struct LastNear(Rc<RefCell<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// The key of all words of names.
    words: u64,
    near: Rc<[Near]>,
}

/// All such pairs of a draft's names; [`Things::near`] keeps them, for two comparisons ask for them.
pub fn near_words(things: &Things, last: &LastNear) -> Rc<[Near]> {
    let mut words: Vec<&str> = things.by_last.keys().chain(things.by_inner.keys()).copied().collect();
    words.retain(|word| {
        word.len() >= SHORTEST && word.chars().count() >= SHORTEST && !word.chars().skip(1).all(char::is_uppercase)
    });
    words.sort_unstable();
    words.dedup();
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    let key = hasher.finish();
    let mut known = last.0.borrow_mut();
    if known.words != key {
        *known = Known { words: key, near: compared(&words).into() };
    }
    Rc::clone(&known.near)
}

fn compared(words: &[&str]) -> Vec<Near> {
    let folds: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let mut keys: Vec<(u64, u32)> = Vec::with_capacity(words.len() * 9);
    let sounds: Vec<String> = folds.iter().map(|fold| transliteration_key(fold)).collect();
    for (number, (fold, sound)) in folds.iter().zip(&sounds).enumerate() {
        delete_keys(fold, |key| keys.push((key, number as u32)));
        let mut hasher = FxHasher::default();
        sound.hash(&mut hasher);
        keys.push((hasher.finish(), number as u32));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in keys.chunk_by(|a, b| a.0 == b.0) {
        if !(2..=CROWD).contains(&group.len()) {
            continue;
        }
        for (at, (_, a)) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|(_, b)| (*a.min(b), *a.max(b))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut near = Vec::new();
    for (a, b) in pairs {
        let (a, b) = (a as usize, b as usize);
        if as_printed(words[a]) == as_printed(words[b])
            || inner_capitals(words[a]) != inner_capitals(words[b])
            || lettered(words[a]) && lettered(words[b])
        {
            continue;
        }
        if words[a].chars().count().max(words[b].chars().count()) <= SHORTEST {
            continue;
        }
        let far = distance(&folds[a], &folds[b], 3);
        let same_key = far <= 3 && sounds[a] == sounds[b];
        if far <= 1 || same_key {
            near.push(Near { a: words[a].to_owned(), b: words[b].to_owned(), same_key });
        }
    }
    near
}

/// The word as a reader sees it, capitals apart: a soft hyphen is printed at a line's end only.
fn as_printed(word: &str) -> String {
    word.to_lowercase().replace(['\u{AD}', '\u{200B}', '\u{FEFF}'], "")
}

/// Ends it in a letter by itself: `Klasse-A`, `Plan-B`?
fn lettered(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(_, last)| last.chars().count() == 1)
}

/// How many capitals stand inside: `LinEx` is a name of its own beside `Linux`. That of `McKenzie` is of the name.
fn inner_capitals(word: &str) -> usize {
    let own = ["Mc", "Mac"].iter().find_map(|clan| word.strip_prefix(clan)).unwrap_or(word);
    own.chars().skip(1).filter(|c| c.is_uppercase()).count()
}

/// The uses of these numbers, as many as are looked at.
pub fn uses<'c, 'd>(draft: &'c Draft<'d>, numbers: &[u32]) -> Uses<'c, 'd> {
    numbers.iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number)).collect()
}

/// Pairs of last words.
pub fn spellings(draft: &Draft) -> Vec<Pair> {
    draft.things().near().iter().filter_map(|near| last_words(draft, near)).collect()
}

fn last_words(draft: &Draft, near: &Near) -> Option<Pair> {
    let things = draft.things();
    let strength = |word: &str| {
        let list = uses(draft, things.uses_of(word));
        let full = list.iter().filter(|name| name.words.len() > 1 && !name.reading.body && !name.reading.weak).count();
        let titled = list.iter().filter(|name| name.is_titled()).count();
        let known = list.iter().any(|name| name.reading.body)
            && list.iter().any(|name| name.passage.lexicon.is(word, draft.lexicons.class("organisation-word")));
        let place = list.iter().any(|name| in_tables(draft, name));
        (things.total(word), known, full, titled, place, std::cmp::Reverse(things.uses_of(word).first().copied()))
    };
    let (a, b) = (near.a.as_str(), near.b.as_str());
    let (strong, rare) = if strength(a) >= strength(b) { (a, b) } else { (b, a) };
    let (of_strong, of_rare) = (uses(draft, things.uses_of(strong)), uses(draft, things.uses_of(rare)));
    let culprit = of_rare.first()?;
    let known: Vec<&Use> = of_strong.iter().filter(|name| has_first(name, draft) && !name.reading.weak).collect();
    let other = known.first().copied().or(of_strong.first())?;
    let mut pair = Pair::new(culprit.last_word(), other.last_word(), rare, strong);
    pair.uses = things.total(strong);
    pair.rare = things.total(rare);
    // The one full name is the rarer form, and the other only ever speaks.
    let bare = |name: &Use| name.words.len() == 1 && !name.is_titled() && !name.reading.peeled && !name.reading.body;
    let introduces = has_first(culprit, draft) && !culprit.reading.body && of_strong.iter().all(bare);
    pair.fact("introduces-bare", introduces);
    pair.fact("introduces", introduces && of_strong.iter().any(|name| name.reading.attributed));
    if !introduces {
        first_names(draft, &mut pair, culprit, &known);
    }
    common_facts(draft, &mut pair, culprit, &of_strong, strong, rare, near.same_key);
    let person = known.iter().any(|name| !name.reading.body)
        || of_strong.iter().any(Use::is_titled)
        || is_first_surname(draft, strong);
    pair.fact("person", person);
    pair.fact("unproven", !person);
    pair.fact("attributed", culprit.reading.attributed && person);
    pair.fact("attributed-both", culprit.reading.attributed && of_strong.iter().any(|name| name.reading.attributed));
    let alone = |name: &Use| name.words.len() == 1;
    let known_place = of_strong.iter().all(|name| alone(name) && is_town(draft, name));
    let unknown = |name: &Use| alone(name) && !in_tables(draft, name) && !ends_a_name(draft, name);
    pair.fact("known-place", known_place && of_rare.iter().all(unknown));
    pair.fact("located-both", culprit.reading.located && of_strong.iter().any(|name| name.reading.located));
    pair.fact("other-located", of_strong.iter().filter(|name| name.reading.located).count() > 1);
    pair.fact("located", culprit.reading.located && person && !of_strong.iter().any(|name| name.reading.located));
    pair.fact("inner-name", things.by_inner.contains_key(rare));
    // “Haugen, the other man,” brings somebody new.
    let end = culprit.at.end as usize;
    let article = |at: usize| culprit.passage.has(at, draft.lexicons.class("name-stop"));
    pair.fact("introduced-here", culprit.passage.is_sign(end, ',') && article(end + 1) && culprit.words.len() == 1);
    titles(&mut pair, culprit, &of_strong);
    let named = pair.has("same-first") || pair.has("like-first") || culprit.is_titled() || culprit.reading.attributed;
    pair.fact("marked", named && known.iter().any(|name| !name.reading.body));
    Some(pair)
}

/// Is it the first of somebody's two surnames, “Hugo Burgos García”, that stands alone elsewhere?
fn is_first_surname(draft: &Draft, word: &str) -> bool {
    let numbers = draft.things().by_inner.get(word).map_or(&[][..], Vec::as_slice);
    uses(draft, numbers).iter().any(|name| {
        let own = name.inner().collect::<Vec<_>>();
        let plain = !name.reading.body && !name.reading.weak && name.is_person();
        plain && own.len() > 1 && own.last() == Some(&word)
    })
}

fn has_first(name: &Use, draft: &Draft) -> bool {
    matches!(name.first(draft), First::Name(_))
}

fn first_names(draft: &Draft, pair: &mut Pair, culprit: &Use, known: &[&Use]) {
    match culprit.first(draft) {
        First::None => pair.fact("bare", true),
        First::Unknown => pair.fact("unknown-first", true),
        First::Name(first) => {
            let own: Vec<&str> = culprit.inner().collect();
            let same = known.iter().any(|name| {
                let other: Vec<&str> = name.inner().collect();
                // “Striker Emil Forsberg”: a word that opens its sentence may be what the person is.
                own == other
                    || is_one_but_for_initials(&own, &other)
                    || name.reading.opens && other.ends_with(&own)
                    || culprit.reading.opens && own.ends_with(&other)
            });
            let like = known.iter().any(|name| match name.first(draft) {
                First::Name(other) => like_first(draft, culprit, first, other),
                _ => false,
            });
            pair.fact("same-first", same);
            pair.fact("like-first", like && !same);
            pair.fact("other-first", !same && !like);
        }
    }
    let mut firsts: Vec<&str> = known
        .iter()
        .filter_map(|name| match name.first(draft) {
            First::Name(first) if !name.reading.body => Some(first),
            _ => None,
        })
        .collect();
    firsts.sort_unstable();
    firsts.dedup();
    let two = firsts.iter().any(|a| firsts.iter().any(|b| a != b && !like_first(draft, culprit, a, b)));
    pair.fact("both-first", two);
}

/// “C. Paul Robinson”, “Paul Robinson”: have they the same first names, and only one of them initials?
fn is_one_but_for_initials(a: &[&str], b: &[&str]) -> bool {
    let is_name = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let (names, others): (Vec<_>, Vec<_>) = (a.iter().filter(is_name).collect(), b.iter().filter(is_name).collect());
    !names.is_empty() && names == others && (names.len() == a.len() || others.len() == b.len())
}

/// May the two first names be one person's: an initial, a short form, a nickname?
pub fn like_first(draft: &Draft, near: &Use, a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    if a == b || a.starts_with(&b) || b.starts_with(&a) {
        return true;
    }
    if a.chars().count() == 1 || b.chars().count() == 1 {
        return a.chars().next() == b.chars().next();
    }
    let class = draft.lexicons.class("nickname");
    let lexicon = near.passage.lexicon;
    let groups = |word: &str| -> Vec<String> {
        // A letter and its mark are a byte or two more than the letter.
        let near = |phrase: &str| phrase.len() >= word.len() && phrase.len() <= word.len() * 3;
        let phrases = lexicon.phrases(class).filter(|(_, phrase)| near(phrase) && folded(phrase) == word);
        phrases.map(|(value, _)| value.to_owned()).collect()
    };
    let of_a = groups(&a);
    !of_a.is_empty() && groups(&b).iter().any(|group| of_a.contains(group))
}

/// What is asked of any two spellings.
pub fn common_facts(
    draft: &Draft,
    pair: &mut Pair,
    culprit: &Use,
    of_strong: &[Use],
    strong: &str,
    rare: &str,
    same_key: bool,
) {
    let how = slip(strong, rare);
    pair.fact(how.word(), true);
    pair.fact("same-key", same_key);
    let (x, y) = (folded(strong), folded(rare));
    pair.fact("first-letter", x.chars().next() != y.chars().next());
    pair.fact("short", rare.chars().count() < 6 && matches!(how, Slip::LeftOut | Slip::Other));
    let compound = |word: &str| word.contains('-') && word.chars().count() >= COMPOUND;
    pair.fact("compound", compound(strong) && compound(rare));
    pair.fact("tiny", strong.chars().count().min(rare.chars().count()) <= SHORTEST);
    pair.fact("often", pair.uses >= 3);
    pair.fact("very-often", pair.uses >= 5);
    pair.fact("weak", culprit.reading.weak);
    let kind = culprit.passage.block.kind;
    pair.fact("headline", matches!(kind, BlockKind::Headline | BlockKind::Heading));
    let before = (culprit.at.first as usize).checked_sub(1);
    let article = before.is_some_and(|at| culprit.passage.has(at, draft.lexicons.class("the-word")));
    pair.fact(
        "with-article",
        article && culprit.words.len() == 1 && !culprit.is_titled() && culprit.passage.lexicon.language == "en",
    );
    pair.fact("caption", kind == BlockKind::Caption);
    pair.fact("titled", culprit.is_titled() && culprit.words.len() == 1);
    pair.fact("courtesy", culprit.words.len() == 1 && culprit.courtesy(draft).is_some());
    pair.fact("opens", culprit.reading.opens && culprit.words.len() == 1);
    let (passage, next) = (culprit.passage, culprit.at.end as usize);
    // “Leuhard also visited China”
    let verb = if passage.has(next, draft.lexicons.class("verb-adverb")) { next + 1 } else { next };
    pair.fact("acts", passage.is_sign(next, ',') || passage.has(verb, draft.lexicons.class("one-verb")));
    pair.fact("body", culprit.reading.body || of_strong.iter().any(|name| name.reading.body));
    pair.fact("inflection", inflected(draft, culprit, strong, rare));
    pair.fact("common-word", is_common(draft, culprit, strong) || is_common(draft, culprit, rare));
    pair.fact("rare-common", is_common(draft, culprit, rare));
    let known = draft.lexicons.class("organisation-word");
    let lexicon = culprit.passage.lexicon;
    pair.fact("body-word", lexicon.is(strong, known) && !lexicon.is(rare, known));
    pair.fact("dialect", crate::tables::body_key(strong) == crate::tables::body_key(rare));
    pair.fact("table-word", in_tables(draft, culprit) || of_strong.iter().any(|name| in_tables(draft, name)));
    pair.fact("mentioned", is_mentioned(culprit));
    pair.fact("lone-line", is_lone(culprit));
    pair.fact("nouns-capitalised", culprit.passage.lexicon.language == "de");
    pair.fact(
        "mixed-language",
        of_strong.first().is_some_and(|name| name.passage.language != culprit.passage.language),
    );
    // A text that lost its stops is one long sentence.
    let close = |name: &&Use| name.with(culprit) && name.at.first.abs_diff(culprit.at.first) <= TOGETHER;
    let together: Vec<&Use> = of_strong.iter().filter(close).collect();
    pair.fact("same-sentence", !together.is_empty());
    pair.fact("coordinated", together.iter().any(|name| coordinated(draft, name, culprit)));
    let kinship = draft.lexicons.class("kinship");
    let mut all = of_strong.iter().chain([culprit]);
    pair.fact("kinship", all.any(|name| is_near(name, kinship)));
}

/// Stands a phrase of the class within a few words of the name, in its sentence? “Their families will be glad to know it, said Ann
/// Roe” tells of nobody of that name.
fn is_near(name: &Use, class: ClassId) -> bool {
    const REACH: usize = 8;
    let (start, end) = name.sentence();
    let (first, last) = (name.at.first as usize, name.at.end as usize);
    let near = first.saturating_sub(REACH).max(start)..(last + REACH).min(end);
    // “My family deserves better,” said Ann Roe: of whose family is told, the quotation knows.
    let own = name.passage.quoted[first];
    near.into_iter().any(|at| names_kin(name.passage, at, class) && (own || !name.passage.quoted[at]))
}

/// Stands a word of the class there, and not in a name: “the Family Opportunity Act” tells of no family?
pub fn names_kin(passage: &Passage, at: usize, class: ClassId) -> bool {
    let named = || passage.tokens[at].shape == Shape::Capitalised && !passage.opens_sentence(at);
    passage.has(at, class) && (passage.lexicon.language == "de" || !named())
}

fn titles(pair: &mut Pair, culprit: &Use, of_strong: &[Use]) {
    let words = |name: &Use| -> Vec<String> {
        (name.reading.titles.0..name.reading.titles.1)
            .filter(|at| name.passage.tokens[*at as usize].kind == TokenKind::Word)
            .map(|at| folded(name.passage.word(at as usize)))
            .collect()
    };
    let own = words(culprit);
    if own.is_empty() {
        return;
    }
    let others: Vec<String> = of_strong.iter().flat_map(words).collect();
    if others.iter().any(|word| own.iter().any(|own| is_one_title(own, word))) {
        pair.fact("same-title", true);
    } else if !others.is_empty() && own.iter().all(|word| word.len() > 3) && others.iter().any(|word| word.len() > 3) {
        pair.fact("other-title", true);
    }
}

/// Are the two words of titles one, or one the other's abbreviation: Sen., Senator?
fn is_one_title(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 3;
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short == long || short.len() >= SHORTEST && long.starts_with(short)
}

/// Has the sentence of a name a phrase of the class?
pub fn sentence_has(name: &Use, class: ClassId) -> bool {
    let (start, end) = name.sentence();
    (start..end).any(|at| name.passage.has(at, class))
}

/// Has a name a phrase of the class beside it: “former minister Ana Lima”, “Lima, now at foreign affairs,”?
pub fn has_beside(draft: &Draft, name: &Use, class: ClassId) -> bool {
    told_beside(draft, name).any(|at| name.passage.has(at, class))
}

/// The tokens that may tell of another time of a name: those beside it, and its title.
pub fn told_beside<'a>(draft: &'a Draft, name: &'a Use) -> impl Iterator<Item = usize> + 'a {
    // “Lima, a lawyer who is now at foreign affairs,” is told aside; of “Lima now leads” the next words tell.
    const CLOSE: usize = 2;
    let (first, end) = (name.at.first as usize, name.at.end as usize);
    let sign = |at: usize| name.passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Sign);
    // “The trainer, Rob Kuiper, stays until June”: here the name itself stands aside.
    let aside = sign(end) && !first.checked_sub(1).is_some_and(|before| name.passage.is_sign(before, ','));
    // An aside ends where its bracket or comma does.
    let closes = |at: &usize| name.passage.is_sign(*at, ')') || name.passage.is_sign(*at, ',');
    let limit = if aside { (end + 1..name.sentence().1).find(closes).unwrap_or(usize::MAX) } else { end + CLOSE };
    let title = name.reading.titles.0 as usize..name.reading.titles.1 as usize;
    let near = beside(draft, name).filter(move |at| *at < limit);
    // New York tells of nothing new.
    near.filter(|at| !name.passage.kinds_at(*at).has(Kind::Place)).chain(title)
}

/// Stands a name by “then minister”, “, then at foreign affairs,”, “who had been mayor”?
fn was_then(draft: &Draft, name: &Use) -> bool {
    const REACH: usize = 4;
    let class = draft.lexicons.class("drift-then");
    let passage = name.passage;
    let is_title = |at: usize| passage.kinds_at(at).has(Kind::Title);
    told_beside(draft, name).filter_map(|at| Some((at, passage.hit(at, class)?))).any(|(at, hit)| {
        let end = at + hit.len as usize;
        let opens = passage.lexicon.value(hit.value) == "aside"
            && at > name.sentence().0
            && passage.tokens[at - 1].kind == TokenKind::Sign;
        // “Then, Senator Ann Roe spoke”: the comma sets it apart.
        opens || (end..end + REACH).take_while(|at| !passage.is_sign(*at, ',')).any(is_title)
    })
}

/// The tokens beside a name with its title, as far as no sign or verb of saying sets them apart.
pub fn beside<'a>(draft: &'a Draft, name: &'a Use) -> impl Iterator<Item = usize> + 'a {
    const BEFORE: usize = 3;
    const AFTER: usize = 6;
    let passage = name.passage;
    let (start, end) = name.sentence();
    let (title, title_end) = (name.reading.titles.0 as usize, name.reading.titles.1 as usize);
    let first = if title_end > title { title } else { name.at.first as usize };
    let says = draft.lexicons.class("attribution");
    let parts = move |at: usize| {
        let aside = [',', '(', '-'].iter().any(|sign| passage.is_sign(at, *sign));
        passage.tokens[at].kind == TokenKind::Sign && !aside
    };
    // “Hours later, the envoy Ana Lima”: before a comma another part of the sentence ends, but for “the former envoy, Ana Lima”.
    let ends = move |at: usize| at + 1 < first && passage.is_sign(at, ',');
    let before = (first.saturating_sub(BEFORE).max(start)..first).rev().take_while(move |at| !parts(*at) && !ends(*at));
    let after = (name.at.end as usize..(name.at.end as usize + AFTER).min(end))
        .take_while(move |at| !parts(*at) && !passage.has(*at, says));
    before.chain(after)
}

/// Speaks the draft of these uses as of somebody who changed office: “then”, “the former”, “was named”?
///
/// What only dates a thing must stand beside the name; what tells of a change explains one anywhere in its sentence.
pub fn is_elsewhen(draft: &Draft, uses: &[Use]) -> bool {
    let dated = draft.lexicons.class("drift-elsewhen");
    let office = |passage: &Passage, at: usize| passage.kinds_at(at).has(Kind::Title);
    uses.iter()
        .any(|name| is_told_of(draft, name, dated, office) || was_then(draft, name) || is_change_told(draft, name))
}

/// Has a name a phrase of the class beside it, which tells of another time? “The former” does only before what `what` says:
/// “Lima, a former banker,” tells of no office.
pub fn is_told_of(draft: &Draft, name: &Use, class: ClassId, what: impl Fn(&Passage, usize) -> bool) -> bool {
    const REACH: usize = 6;
    let passage = name.passage;
    let former = draft.lexicons.class("former-adjective");
    told_beside(draft, name).any(|at| {
        passage.has(at, class)
            && (!passage.has(at, former)
                || (at..at + REACH).take_while(|at| !passage.is_sign(*at, ',')).any(|at| what(passage, at)))
    })
}

/// Tells its sentence that an office changed hands, near the name or near an office? Of “a school that has become a shelter” nobody
/// changed.
fn is_change_told(draft: &Draft, name: &Use) -> bool {
    const NEAR: usize = 6;
    let passage = name.passage;
    let changed = draft.lexicons.class("office-change");
    let (start, end) = name.sentence();
    let (first, last) = (name.at.first as usize, name.at.end as usize);
    (start..end).filter(|at| passage.has(*at, changed)).any(|at| {
        let beside = at + NEAR >= first && at <= last + NEAR;
        let own = name.reading.titles.0 as usize..name.reading.titles.1 as usize;
        let office = |at: &usize| passage.kinds_at(*at).has(Kind::Title) && !own.contains(at);
        beside || (at.saturating_sub(NEAR).max(start)..(at + NEAR).min(end)).any(|at| office(&at))
    })
}

/// Does only an ending of the language separate them?
pub fn inflected(draft: &Draft, near: &Use, a: &str, b: &str) -> bool {
    let lexicon = near.passage.lexicon;
    let list =
        |name: &str| -> Vec<&str> { lexicon.phrases(draft.lexicons.class(name)).map(|(_, phrase)| phrase).collect() };
    let (endings, pairs) = (list("name-ending"), list("name-ending-pair"));
    is_inflection(a, b, (!endings.is_empty()).then_some(endings.as_slice()), &pairs)
}

/// Is it a word besides: in lower case in the draft, or one of the lexicon's?
pub fn is_common(draft: &Draft, near: &Use, word: &str) -> bool {
    let lexicon = near.passage.lexicon;
    draft.things().is_lower(word, draft)
        || ["name-stop", "title", "title-plural", "title-modifier", "organisation-word"]
            .iter()
            .any(|class| lexicon.is(word, draft.lexicons.class(class)))
}

/// Is the last word a country, a city or a nationality?
pub fn in_tables(draft: &Draft, name: &Use) -> bool {
    is_town(draft, name) || is_of(draft, name, Kind::Demonym, &["demonym"])
}

/// Is the last word a country or a city?
fn is_town(draft: &Draft, name: &Use) -> bool {
    is_of(draft, name, Kind::Place, &["country", "city"])
}

/// Is the name a mention of the kind as a whole (“South Korean”), or its last word of one of the classes?
fn is_of(draft: &Draft, name: &Use, kind: Kind, classes: &[&str]) -> bool {
    let whole = name.passage.mentions_at(name.at.first as usize).any(|place| {
        let mention = &name.passage.mentions[place];
        mention.is(kind) && mention.end >= name.at.end
    });
    let at = name.words.last().map_or(0, |word| word.first as usize);
    whole || classes.iter().any(|class| name.passage.has(at, draft.lexicons.class(class)))
}

/// “District of Columbia”: the word ends a longer name.
fn ends_a_name(draft: &Draft, name: &Use) -> bool {
    let at = name.at.first as usize;
    at > 1
        && name.passage.has(at - 1, draft.lexicons.class("of-body"))
        && name.passage.kinds_at(at - 2).has(Kind::Capitalised)
}

/// A word in quotation marks by itself is mentioned, not used.
fn is_mentioned(name: &Use) -> bool {
    let (first, end) = (name.at.first, name.at.end);
    name.passage.quotations.iter().any(|range| range.start + 1 == first && range.end <= end + 2 && range.end > end)
}

/// A block that is one name is a credit or an entry of a list.
fn is_lone(name: &Use) -> bool {
    let count = name.passage.tokens.len();
    name.at.first <= 2 && (name.at.end as usize) + 2 >= count
}

/// Do only signs, “and” or one small word stand between the two?
fn coordinated(draft: &Draft, a: &Use, b: &Use) -> bool {
    let (first, second) = if a.at.first < b.at.first { (a, b) } else { (b, a) };
    let between = first.at.end as usize..second.at.first as usize;
    let mut words = 0;
    for at in between.clone() {
        match first.passage.tokens[at].kind {
            TokenKind::Sign => {}
            TokenKind::Word => words += usize::from(!first.passage.has(at, draft.lexicons.class("and-word"))),
            _ => return false,
        }
    }
    words == 0 && between.len() <= 3 || between.len() == 1
}
