//! One body that is one in one place, and many in another: “Arup is hiring … Arup are cutting jobs”.

use rustc_hash::FxHashMap;

use super::drift::{in_tables, sentence_has};
use super::index::Use;
use super::pair::Pair;
use crate::expressions::Words;
use crate::mentions::Draft;

/// Pairs of verbs, one for one and one for many, right behind one name.
pub fn verbs(draft: &Draft) -> Vec<Pair> {
    let class = |name: &str| draft.lexicons.class(name);
    let (one, many, sport) = (class("one-number"), class("many-number"), class("sport-word"));
    let mut forms: FxHashMap<&str, Vec<(Use, Words, bool)>> = FxHashMap::default();
    for number in 0..draft.things().names.len() as u32 {
        let Some(name) = Use::of(draft, number) else { continue };
        let (first, verb) = (name.at.first as usize, name.at.end as usize);
        let single = name.passage.has(verb, one);
        if name.reading.genitive || name.reading.weak || !(single || name.passage.has(verb, many)) {
            continue;
        }
        // “Directors of Arup are”, “Ann and Arup are”, “if Arup were”: only what opens its sentence is surely the subject.
        let article = first > 0 && name.passage.has(first - 1, class("the-word"));
        if !name.passage.opens_sentence(if article { first - 1 } else { first }) {
            continue;
        }
        let words = Words::tokens(name.passage.index, verb, verb + 1);
        forms.entry(name.at.text(draft)).or_default().push((name, words, single));
    }
    let mut pairs = Vec::new();
    for (text, list) in forms {
        let Some((name, other, single)) = list.first() else { continue };
        let Some((culprit, words, _)) = list.iter().find(|(_, _, is_single)| is_single != single) else { continue };
        let mut pair = Pair::new(*words, *other, words.text(draft), other.text(draft));
        pair.fact("team", list.iter().any(|(name, ..)| sentence_has(name, sport)) || in_tables(draft, name));
        pair.fact("plural-name", text.ends_with('s'));
        pair.fact("quoted", culprit.at.quoted(draft) || name.at.quoted(draft));
        pairs.push(pair);
    }
    pairs.sort_by_key(|pair| (pair.culprit.passage, pair.culprit.first));
    pairs
}
