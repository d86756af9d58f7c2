//! At which rates a draft converts one currency into another.
//!
//! Passages come in; for two currencies, the median of the rates of all pairs (“€10m ($11m)”) goes out. Made once, so
//! that a text with thousands of conversions is not read again for each.

use std::sync::Arc;

use factlint_rules::Kind;
use factlint_rules::lexicon::ClassId;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::dates::DateReading;
use super::numbers::{Measure, NumberReading};
use super::{Mention, Passage, Reading};

/// Of which time a rate is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Told {
    /// Of the draft's own: nothing else is named.
    Now,
    /// Of another year.
    Year(i32),
    /// Of one of several years, or nobody knows of which.
    Unclear,
}

/// Two currencies, by the alphabet, and the time of which their rate is told.
type Currencies = (Arc<str>, Arc<str>, Told);
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
    /// The pairs that are not told of the draft's own time.
    dated: FxHashMap<Place, Told>,
}

impl Rates {
    /// Those of the passages; `or` joins an amount to its conversion where no bracket does. `today` is the year of publication.
    pub fn of(passages: &[Passage], or: ClassId, today: Option<i32>) -> Rates {
        let mut found: FxHashMap<Currencies, Vec<(Place, Decimal)>> = FxHashMap::default();
        let mut dated = FxHashMap::default();
        for passage in passages {
            let years = years(passage);
            for (a, b) in pairs(passage, or) {
                let (Measure::Money(from), Measure::Money(to)) = (&a.measure, &b.measure) else { continue };
                let place = (passage.index, a.figure.start);
                let sentence = passage.sentence_of(a.figure.start as usize);
                let told = match (told_of(&years, sentence, today), sentence.checked_sub(1)) {
                    // After a sentence of another year, who knows whether this one has come back from it?
                    (Told::Now, Some(before)) if told_of(&years, before, today) != Told::Now => Told::Unclear,
                    (told, _) => told,
                };
                if told != Told::Now {
                    dated.insert(place, told);
                }
                if told == Told::Unclear {
                    continue;
                }
                let (key, rate) = if from < to {
                    ((from.clone(), to.clone(), told), b.face.checked_div(a.face))
                } else {
                    ((to.clone(), from.clone(), told), a.face.checked_div(b.face))
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
        let told = self.dated.get(&own).copied().unwrap_or(Told::Now);
        let forward = from < to;
        let key = if forward { (from.clone(), to.clone(), told) } else { (to.clone(), from.clone(), told) };
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

/// The sentences of a passage that name a year, and the year, where it is known which.
fn years(passage: &Passage) -> Vec<(usize, Option<i32>)> {
    let year = |mention: &Mention| match &mention.reading {
        Reading::Date(date) => match &**date {
            DateReading::Date(parts) => parts.years.first().copied(),
            _ => None,
        },
        _ => None,
    };
    let years = passage.mentions.iter().filter(|mention| mention.is(Kind::Year));
    let mut found: Vec<(usize, Option<i32>)> =
        years.map(|mention| (passage.sentence_of(mention.first as usize), year(mention))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Of which time a sentence tells, by the years that it names; `today` is the year of publication.
fn told_of(years: &[(usize, Option<i32>)], sentence: usize, today: Option<i32>) -> Told {
    let mut named = years.iter().filter(|(other, _)| *other == sentence).map(|(_, year)| *year);
    match (named.next(), named.next()) {
        (None, _) => Told::Now,
        (Some(Some(year)), None) if today == Some(year) => Told::Now,
        (Some(Some(year)), None) => Told::Year(year),
        _ => Told::Unclear,
    }
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
