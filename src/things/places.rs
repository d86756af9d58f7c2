//! One place in two spellings of the table of variants.

use factlint_rules::token::{Shape, TokenKind};
use rustc_hash::FxHashMap;

use super::drift::sentence_has;
use super::index::Use;
use super::pair::{Pair, Uses};
use crate::mentions::Draft;

/// Up to this year the older spelling was the usual one.
const RECENT: u32 = 1992;

/// Pairs of variants of one place's name.
pub fn variants(draft: &Draft) -> Vec<Pair> {
    let tables = draft.lexicons.tables();
    let mut families: FxHashMap<usize, Vec<(&str, Uses)>> = FxHashMap::default();
    for number in 0..draft.things().names.len() as u32 {
        let Some(name) = Use::of(draft, number) else { continue };
        let text = name.at.text(draft);
        let Some(family) = tables.place_family(text, &name.passage.lexicon.language) else { continue };
        if name.reading.weak || name.at.quoted(draft) || is_product(draft, &name) {
            continue;
        }
        let forms = families.entry(family).or_default();
        match forms.iter_mut().find(|(form, _)| *form == text) {
            Some((_, list)) => list.push(name),
            None => forms.push((text, vec![name])),
        }
    }
    let mut numbers: Vec<usize> = families.keys().copied().collect();
    numbers.sort_unstable();
    let mut pairs = Vec::new();
    for number in numbers {
        let forms = families.get_mut(&number).expect("it is one of the keys");
        if forms.len() < 2 {
            continue;
        }
        forms.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
        let Some(row) = tables.rows("place-variants").nth(number) else { continue };
        let (main, rest) = forms.split_first().expect("there are two");
        for (form, list) in rest {
            let (culprit, other) = (&list[0], &main.1[0]);
            let mut pair = Pair::new(culprit.at, other.at, *form, main.0);
            pair.uses = main.1.len();
            pair.rare = list.len();
            let kind = row.cell("kind");
            pair.fact("renamed", kind.starts_with("renamed") || kind == "historical");
            pair.fact(
                "style",
                matches!(kind, "style" | "short name" | "translation" | "diacritics" | "apostrophe" | "case"),
            );
            pair.fact("rarer", list.len() < main.1.len());
            let class = |name: &str| draft.lexicons.class(name);
            let mut all = list.iter().chain(&main.1);
            pair.fact("told", all.any(|name| sentence_has(name, class("naming-word"))));
            // Who writes of the past may use the name of the past.
            let mut old =
                [(*form, list), (main.0, &main.1)].into_iter().filter(|(form, _)| *form != row.cell("preferred"));
            let mut of_old = old.by_ref().flat_map(|(_, list)| list);
            pair.fact("elsewhen", of_old.any(|name| sentence_has(name, class("elsewhen")) || has_year(name)));
            let mut all = list.iter().chain(&main.1);
            pair.fact("long-ago", all.any(|name| years(name).any(|year| year < RECENT)));
            pair.fact("same-sentence", list.iter().any(|name| main.1.iter().any(|other| name.with(other))));
            pairs.push(pair);
        }
    }
    pairs
}

/// Has the sentence of a name a year?
pub fn has_year(name: &Use) -> bool {
    years(name).next().is_some()
}

/// The years of a name's sentence.
fn years<'a>(name: &'a Use) -> impl Iterator<Item = u32> + 'a {
    let (start, end) = name.sentence();
    (start..end).filter_map(|at| year(name, at))
}

/// The year at a token of a name's passage.
pub fn year(name: &Use, at: usize) -> Option<u32> {
    let word = name.passage.tokens.get(at).map(|_| name.passage.word(at))?;
    word.parse().ok().filter(|_| word.len() == 4)
}

/// “chicken Kiev”, “Peking duck”: the product keeps its name.
fn is_product(draft: &Draft, name: &Use) -> bool {
    let class = draft.lexicons.class("place-product");
    let (first, end) = (name.at.first as usize, name.at.end as usize);
    first > 0 && name.passage.has(first - 1, class)
        || name.passage.has(end, class)
        // “University of Calcutta”
        || first > 1
            && name.passage.has(first - 1, draft.lexicons.class("of-body"))
            && name.passage.has(first - 2, draft.lexicons.class("organisation-word"))
            && name.passage.tokens[first - 2].shape == Shape::Capitalised
        // “Odessa, Texas”
        || name.passage.is_sign(end, ',')
            && name.passage.tokens.get(end + 1).is_some_and(|token| token.shape == Shape::Capitalised)
            && !name.passage.has(end + 1, draft.lexicons.class("country"))
            && name.passage.tokens.get(end + 2).is_none_or(|token| token.kind == TokenKind::Sign)
        // “Rangoon-based”, “(Peking)”
        || name.passage.is_sign(first.wrapping_sub(1), '(')
}
