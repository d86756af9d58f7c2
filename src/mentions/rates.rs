//! At which rates a draft converts one currency into another.
//!
//! Passages come in; for two currencies, the median of the rates of all pairs (“€10m ($11m)”) goes out. Made once, so
//! that a text with thousands of conversions is not read again for each.

use std::sync::Arc;

use factlint_rules::Kind;
use factlint_rules::lexicon::ClassId;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::numbers::{Measure, NumberReading};
use super::{Mention, Passage, Reading};

/// Two currencies, by the alphabet.
type Currencies = (Arc<str>, Arc<str>);
/// A passage and a token in it.
type Place = (usize, u32);

/// The rates of two currencies, the first of them before the other in the alphabet.
#[derive(Debug)]
struct Pair {
    count: usize,
    /// Where the first pair stands, passage and token, and its rate.
    first: Place,
    first_rate: Decimal,
    median: Decimal,
}

/// The rates of a draft.
#[derive(Debug, Default)]
pub struct Rates {
    pairs: FxHashMap<Currencies, Pair>,
    /// Pairs whose sentence, or the one before it, names a year: they are of that year's rate.
    dated: FxHashSet<Place>,
}

impl Rates {
    /// Those of the passages; `or` joins an amount to its conversion where no bracket does.
    pub fn of(passages: &[Passage], or: ClassId) -> Rates {
        let mut found: FxHashMap<Currencies, Vec<(Place, Decimal)>> = FxHashMap::default();
        let mut dated = FxHashSet::default();
        for passage in passages {
            let years = years(passage);
            for (a, b) in pairs(passage, or) {
                let (Measure::Money(from), Measure::Money(to)) = (&a.measure, &b.measure) else { continue };
                let place = (passage.index, a.figure.start);
                let sentence = passage.sentence_of(a.figure.start as usize);
                let has_year = |sentence: usize| years.binary_search(&sentence).is_ok();
                if has_year(sentence) || sentence.checked_sub(1).is_some_and(has_year) {
                    dated.insert(place);
                    continue;
                }
                let (key, rate) = if from < to {
                    ((from.clone(), to.clone()), b.face.checked_div(a.face))
                } else {
                    ((to.clone(), from.clone()), a.face.checked_div(b.face))
                };
                let Some(rate) = rate.filter(|rate| *rate > Decimal::ZERO) else { continue };
                found.entry(key).or_default().push((place, rate));
            }
        }
        let pair = |mut rates: Vec<(Place, Decimal)>| {
            let (first, first_rate) = *rates.first()?;
            rates.sort_by_key(|(_, rate)| *rate);
            let median = rates.get(rates.len() / 2)?.1;
            Some(Pair { count: rates.len(), first, first_rate, median })
        };
        let pairs = found.into_iter().filter_map(|(key, rates)| Some((key, pair(rates)?))).collect();
        Rates { pairs, dated }
    }

    /// The usual rate of one currency in another: the median, if there are three pairs; of two, the first says it of
    /// the second. `own` is where the pair stands that is asked about.
    pub fn usual(&self, from: &Arc<str>, to: &Arc<str>, own: Place) -> Option<Decimal> {
        if self.dated.contains(&own) {
            return None;
        }
        let forward = from < to;
        let key = if forward { (from.clone(), to.clone()) } else { (to.clone(), from.clone()) };
        let pair = self.pairs.get(&key)?;
        let rate = match pair.count {
            0 | 1 => return None,
            2 if pair.first == own => return None,
            2 => pair.first_rate,
            _ => pair.median,
        };
        if forward { Some(rate) } else { Decimal::ONE.checked_div(rate) }
    }
}

/// The sentences of a passage that name a year.
fn years(passage: &Passage) -> Vec<usize> {
    let is_year = |mention: &&Mention| mention.is(Kind::Year);
    let mut found: Vec<usize> =
        passage.mentions.iter().filter(is_year).map(|mention| passage.sentence_of(mention.first as usize)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Sums of money that stand as “€10m ($11m)” or “€10m, or $11m”.
fn pairs<'p>(passage: &'p Passage, or: ClassId) -> impl Iterator<Item = (&'p NumberReading, &'p NumberReading)> {
    let money = |mention: &'p Mention| match &mention.reading {
        Reading::Number(number) if matches!(number.measure, Measure::Money(_)) => Some((mention, &**number)),
        _ => None,
    };
    passage.mentions.iter().filter_map(money).filter_map(move |(first, from)| {
        let end = first.end as usize;
        let bracket = (end..end + 3).find(|at| passage.is_sign(*at, '(')).map(|at| at + 1);
        let joined = || {
            let hit = passage.is_sign(end, ',').then(|| passage.hit(end + 1, or))??;
            Some(end + 1 + hit.len as usize)
        };
        let (_, to) = passage.mentions_at(bracket.or_else(joined)?).find_map(|at| money(&passage.mentions[at]))?;
        (from.measure != to.measure && from.face > Decimal::ZERO && to.face > Decimal::ZERO).then_some((from, to))
    })
}
