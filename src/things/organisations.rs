//! One body in two forms of its name: dialects, hyphens, marks on letters.

use factlint_rules::Kind;
use rustc_hash::FxHashMap;

use super::index::reading;
use super::pair::Pair;
use super::spelling::folded;
use crate::expressions::Words;
use crate::mentions::Draft;
use crate::tables::body_key;

/// Pairs of long names that are one but for dialect or hyphens.
pub fn forms(draft: &Draft) -> Vec<Pair> {
    let mut groups: FxHashMap<String, Vec<(&str, Words)>> = FxHashMap::default();
    for passage in draft.passages() {
        for (place, mention) in passage.of(Kind::Name) {
            let Some(name) = reading(mention) else { continue };
            if name.words.len() < 2 || name.weak || passage.block.kind == crate::document::BlockKind::Heading {
                continue;
            }
            let words = Words::mention(passage.index, place, mention);
            if words.quoted(draft) {
                continue;
            }
            let text = words.text(draft);
            groups.entry(body_key(text)).or_default().push((text, words));
        }
    }
    let mut keys: Vec<&String> = groups.keys().filter(|key| groups[*key].len() > 1).collect();
    keys.sort_unstable();
    let mut pairs = Vec::new();
    for key in keys {
        let uses = &groups[key];
        let mut forms: Vec<(&str, Vec<Words>)> = Vec::new();
        for (text, words) in uses {
            match forms
                .iter_mut()
                .find(|(form, _)| form.to_lowercase().split_whitespace().eq(text.to_lowercase().split_whitespace()))
            {
                Some((_, list)) => list.push(*words),
                None => forms.push((text, vec![*words])),
            }
        }
        if forms.len() < 2 {
            continue;
        }
        // Stable: of equally frequent forms the first stays, the later is flagged.
        forms.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
        let (main, main_uses) = (forms[0].0, forms[0].1.clone());
        for (form, list) in &forms[1..] {
            for words in list.iter().take(3) {
                let mut pair = Pair::new(*words, main_uses[0], *form, main);
                pair.others = main_uses.iter().take(3).copied().collect();
                pair.uses = main_uses.len();
                pair.rare = list.len();
                let (a, b) = (folded(main), folded(form));
                pair.fact("hyphen", a == b && main.contains('-') != form.contains('-'));
                pair.fact("dialect", a != b && is_dialect(&a, &b));
                pair.fact("accents", a == b && main.contains('-') == form.contains('-'));
                pair.fact("two-bodies", a != b && !is_dialect(&a, &b));
                pair.fact("often", pair.uses >= 2);
                pair.fact("rarer", list.len() * 2 <= main_uses.len());
                pair.fact("in-table", draft.lexicons.tables().body(main).is_some());
                pair.fact("nouns-capitalised", draft.passages()[words.passage].lexicon.language == "de");
                pair.fact("body", [words, &main_uses[0]].iter().any(|words| is_body(draft, words)));
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// Long names that are one but for their last word, where the two words are said of like bodies: a corporation, a company.
pub fn tails(draft: &Draft) -> Vec<Pair> {
    let class = draft.lexicons.class("like-body");
    let mut groups: FxHashMap<String, Vec<(&str, &str, Words)>> = FxHashMap::default();
    for passage in draft.passages() {
        for (place, mention) in passage.of(Kind::Name) {
            let Some(name) = reading(mention) else { continue };
            let [inner @ .., last] = &name.words[..] else { continue };
            let Some(hit) = passage.hit(last.first as usize, class) else { continue };
            let words = Words::mention(passage.index, place, mention);
            if inner.is_empty() || name.weak || words.quoted(draft) {
                continue;
            }
            let head = body_key(&inner.iter().map(|word| word.text(passage)).collect::<Vec<_>>().join(" "));
            groups.entry(head).or_default().push((last.text(passage), passage.lexicon.value(hit.value), words));
        }
    }
    let mut keys: Vec<&String> = groups.keys().filter(|key| groups[*key].len() > 1).collect();
    keys.sort_unstable();
    let mut pairs = Vec::new();
    for key in keys {
        let uses = &groups[key];
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for (last, ..) in uses {
            *counts.entry(last).or_default() += 1;
        }
        let count = |last: &str| counts.get(last).copied().unwrap_or_default();
        // Of equally frequent forms the first stays.
        let Some((main, kind, first)) = uses.iter().rev().max_by_key(|(last, ..)| count(last)) else { continue };
        for (last, other_kind, words) in uses.iter().filter(|(last, ..)| last != main) {
            let mut pair = Pair::new(*words, *first, words.text(draft), first.text(draft));
            pair.uses = count(main);
            pair.rare = count(last);
            pair.fact("like", kind == other_kind);
            pair.fact("dialect", body_key(last) == body_key(main));
            pair.fact("in-table", draft.lexicons.tables().body(words.text(draft)).is_some());
            pair.fact(
                "short-form",
                super::spelling::folded(main).starts_with(&super::spelling::folded(last))
                    || super::spelling::folded(last).starts_with(&super::spelling::folded(main)),
            );
            let sentence = |words: &Words| draft.passages()[words.passage].sentence_of(words.first as usize);
            pair.fact(
                "same-sentence",
                uses.iter().any(|(other, _, at)| {
                    other != last && at.passage == words.passage && sentence(at) == sentence(words)
                }),
            );
            pair.fact("three", key.split_whitespace().count() > 1);
            pairs.push(pair);
        }
    }
    pairs
}

/// Differ the two in the spelling of words only, not in which words they have?
fn is_dialect(a: &str, b: &str) -> bool {
    a.split(' ').count() == b.split(' ').count()
}

fn is_body(draft: &Draft, words: &Words) -> bool {
    words.as_mention(draft).and_then(reading).is_some_and(|reading| reading.body)
}
