//! Words inside names in two spellings: first names, words of a body's name, words with the same neighbour.
//!
//! As in `drift`, pairs are found by keys; what is asked of them is the same.

use rustc_hash::FxHashSet;

use super::drift::{common_facts, uses};
use super::index::Use;
use super::pair::Pair;
use super::people::groups;
use crate::mentions::Draft;

/// One surname with a first name that is written in several ways: Stephen Hale, Steven Hale.
pub fn given_spellings(draft: &Draft) -> Vec<Pair> {
    let class = draft.lexicons.class("given-spelling");
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let known = |name: &Use| {
            let hit = name.passage.hit(name.words[0].first as usize, class)?;
            Some(name.passage.lexicon.value(hit.value).to_owned())
        };
        let named: Vec<(String, &Use)> = uses
            .iter()
            .filter(|name| name.words.len() > 1 && !name.reading.body && !name.reading.weak)
            .filter_map(|name| Some((known(name)?, name)))
            .collect();
        let clash = named.iter().enumerate().find_map(|(at, (group, name))| {
            let (_, other) = named[..at].iter().find(|(of, other)| {
                of == group
                    && other.inner().next() != name.inner().next()
                    && other.inner().skip(1).eq(name.inner().skip(1))
            })?;
            Some((name, other))
        });
        let Some((name, other)) = clash else { continue };
        let count = |name: &Use| named.iter().filter(|(_, own)| own.inner().eq(name.inner())).count();
        let (culprit, other) = if count(name) > count(other) { (other, name) } else { (name, other) };
        let (rare, strong) = (culprit.words[0].text(culprit.passage), other.words[0].text(other.passage));
        let mut pair = Pair::new(culprit.word(0), other.word(0), rare, strong);
        pair.uses = count(other);
        pair.rare = count(culprit);
        common_facts(draft, &mut pair, culprit, &[**other], strong, rare, false);
        pairs.push(pair);
    }
    pairs
}

/// Pairs of words, wherever they stand in a name, that have the same word right before or behind: Causey Fire Department, County
/// Fire Depatment.
pub fn neighbour_spellings(draft: &Draft) -> Vec<Pair> {
    let things = draft.things();
    let all = |word: &str| -> Vec<u32> {
        let mut numbers = things.uses_of(word).to_vec();
        numbers.extend(things.by_inner.get(word).into_iter().flatten());
        numbers.sort_unstable();
        numbers
    };
    let mut pairs = Vec::new();
    for near in things.near() {
        let rank = |word: &str| (things.total(word), std::cmp::Reverse(all(word).first().copied()));
        let (a, b) = (near.a.as_str(), near.b.as_str());
        let (strong, rare) = if rank(a) >= rank(b) { (a, b) } else { (b, a) };
        let [number] = all(rare)[..] else { continue };
        let Some(culprit) = Use::of(draft, number) else { continue };
        let of_strong = uses(draft, &all(strong));
        let place_in = |name: &Use, word: &str| name.words.iter().position(|own| own.text(name.passage) == word);
        let Some(at) = place_in(&culprit, rare) else { continue };
        let shared = of_strong.iter().find_map(|other| {
            let place = place_in(other, strong)?;
            // “Hollister & Greaves”: the sign parts two names, and they are one firm's.
            let ends = |name: &Use, at: usize| at + 1 == name.words.len();
            let partner = [
                (at == 0 && place == 0).then(|| (partner_before(&culprit), partner_before(other))),
                (ends(&culprit, at) && ends(other, place)).then(|| (partner_after(&culprit), partner_after(other))),
            ];
            for (own, its) in partner.into_iter().flatten() {
                if let (Some(own), Some(its)) = (own, its)
                    && own == its
                {
                    return Some((other, place, own, true));
                }
            }
            let side = |own: Option<usize>, its: Option<usize>| {
                let (own, its) = (word_at(&culprit, own?)?, word_at(other, its?)?);
                (own == its).then_some(own)
            };
            let word = side(at.checked_sub(1), place.checked_sub(1)).or_else(|| side(Some(at + 1), Some(place + 1)))?;
            Some((other, place, word, false))
        });
        let Some((other, place, word, partners)) = shared else { continue };
        let mut pair = Pair::new(culprit.word(at), other.word(place), rare, strong);
        pair.uses = of_strong.len();
        pair.rare = 1;
        common_facts(draft, &mut pair, &culprit, &of_strong, strong, rare, near.same_key);
        let is = |classes: &[&str]| {
            classes.iter().any(|class| culprit.passage.lexicon.is(word, draft.lexicons.class(class)))
        };
        pair.fact("neighbour-given", is(&["first-name", "given-name", "nickname"]));
        pair.fact("neighbour-partner", partners);
        pair.fact("neighbour-general", is(&["title", "honorific", "name-stop", "demonym", "country"]));
        pairs.push(pair);
    }
    pairs
}

/// The word before “& NAME”.
fn partner_before<'d>(name: &Use<'_, 'd>) -> Option<&'d str> {
    let sign = (name.words[0].first as usize).checked_sub(1)?;
    (sign > 0 && name.passage.is_sign(sign, '&'))
        .then(|| name.passage.word(sign - 1))
        .filter(|word| is_capitalised(word))
}

/// The word behind “NAME &”.
fn partner_after<'d>(name: &Use<'_, 'd>) -> Option<&'d str> {
    let sign = name.words.last()?.end as usize;
    let behind = name.passage.is_sign(sign, '&') && sign + 1 < name.passage.tokens.len();
    behind.then(|| name.passage.word(sign + 1)).filter(|word| is_capitalised(word))
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// A word of a name, if it has so many.
fn word_at<'d>(name: &Use<'_, 'd>, at: usize) -> Option<&'d str> {
    name.words.get(at).map(|word| word.text(name.passage))
}

/// Pairs of inner words (first names, words of a body's name) where all other words are the same.
pub fn inner_spellings(draft: &Draft) -> Vec<Pair> {
    let things = draft.things();
    let mut pairs = Vec::new();
    let mut seen = FxHashSet::default();
    for near in things.near() {
        let count = |word: &str| things.by_inner.get(word).map_or(0, Vec::len);
        let (a, b) = (near.a.as_str(), near.b.as_str());
        if count(a) == 0 || count(b) == 0 {
            continue;
        }
        // Of equally frequent forms the one that the lexicon has stays, else the first.
        let known = |word: &str| {
            let lexicon = Use::of(draft, things.by_inner[word][0]).map(|name| name.passage.lexicon);
            ["demonym", "country", "city", "organisation-word", "first-name", "given-name"]
                .iter()
                .any(|class| lexicon.is_some_and(|lexicon| lexicon.is(word, draft.lexicons.class(class))))
        };
        let rank = |word: &str| (count(word), known(word), std::cmp::Reverse(things.by_inner[word][0]));
        let (strong, rare) = if rank(a) >= rank(b) { (a, b) } else { (b, a) };
        let of_strong = uses(draft, &things.by_inner[strong]);
        for culprit in uses(draft, &things.by_inner[rare]).iter().take(3) {
            let Some(place) = culprit.inner().position(|word| word == rare) else { continue };
            // From the end: “Researcher Ilka Brandt” has a word more than “Illka Brandt”.
            let tail = culprit.words.len() - place;
            let twins: Vec<Use> = of_strong
                .iter()
                .filter(|name| {
                    let same = name.words.len().min(culprit.words.len());
                    let longer = if name.words.len() > culprit.words.len() { name } else { culprit };
                    let apart = longer.words.len() - same;
                    let german = longer.passage.lexicon.language == "de";
                    same >= tail
                        && (apart == 0 || apart == 1 && same > 1 && tail == same && (german || longer.reading.opens))
                        && (1..=same).all(|back| {
                            let own = name.words[name.words.len() - back].text(name.passage);
                            let its = culprit.words[culprit.words.len() - back].text(culprit.passage);
                            if back == tail { own == strong } else { own == its }
                        })
                })
                .copied()
                .collect();
            let Some(other) = twins.first() else { continue };
            let place_of_other = other.words.len() - tail;
            if !seen.insert((culprit.at.passage, culprit.at.first)) {
                continue;
            }
            let mut pair = Pair::new(culprit.word(place), other.word(place_of_other), rare, strong);
            pair.uses = twins.len();
            pair.rare = count(rare);
            common_facts(draft, &mut pair, culprit, &twins, strong, rare, near.same_key);
            pair.facts.retain(|fact| *fact != "table-word" && *fact != "common-word");
            pair.fact("common-word", draft.things().is_lower(rare, draft));
            pairs.push(pair);
        }
    }
    pairs
}
