//! A weekday beside a day and a month without a year: the year comes from the publication date, or from the other dates.
//!
//! The window is shorter than a year on both sides: weekdays shift by one a year, so a whole year would let every slip
//! by a day pass. A year that the draft names may save a date, and never condemns it.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use factlint_rules::Severity;

use super::Contradiction;
use super::days::{date, weekday};
use super::entries::{Calendar, nearest};
use super::repair;
use crate::document::BlockKind;
use crate::expressions::DateValue;
use crate::mentions::dates::{Anchor, YEARLESS};

/// Days before and after the publication date in which lies what “this” or “today” ties to it.
const TIED: i64 = 8;
/// How far “last” and “next” reach.
const LAST: i64 = 15;
/// Days around a complete date that stands in for a missing publication date, and how far such dates lie apart.
const AROUND: i64 = 250;
const APART: i64 = 400;
/// As many entries are looked at for labels: a chronology has thousands.
const LOOKED_AT: usize = 60;
/// Words before a date that free its year: “born on a Thursday, 2 August”.
const REACH: usize = 10;
/// But “two people died on Monday, March 12” is news, so many days before it is published.
const NEWS: i64 = 10;

/// Adds the dates that no likely year makes right.
pub fn judge(calendar: &mut Calendar, found: &mut Vec<Contradiction>) {
    let places: Vec<usize> = (0..calendar.entries.len())
        .filter(|place| {
            let entry = &calendar.entries[*place];
            let parts = entry.parts;
            !entry.bad
                && parts.weekday.is_some()
                && parts.years.is_empty()
                && parts.has_month()
                && (!is_freed(calendar, *place) || is_news(calendar, *place))
                && !calendar.is_known_day(*place)
                && !(entry.quoted && calendar.is_title(*place))
        })
        .collect();
    if places.is_empty() {
        return;
    }
    let pins: Vec<NaiveDate> = calendar
        .entries
        .iter()
        .filter(|entry| entry.holds && entry.parts.years.len() == 1)
        .filter_map(|entry| {
            let (day, month) = *entry.parts.days.first()?;
            date(*entry.parts.years.first()?, month, day)
        })
        .collect();
    let close = match (pins.iter().min(), pins.iter().max()) {
        (Some(first), Some(last)) => (*last - *first).num_days() <= APART,
        _ => false,
    };
    match calendar.published {
        Some(published) => by_publication(calendar, &places, published, found),
        None if close => by_pins(calendar, &places, &pins, found),
        None => by_each_other(calendar, &places, found),
    }
}

/// Do words before it free its year?
fn is_freed(calendar: &Calendar, place: usize) -> bool {
    calendar.has_earlier(place, calendar.draft.lexicons.class("free-year"), REACH)
}

/// Is it a day shortly before the publication, in a draft that names no other year?
fn is_news(calendar: &Calendar, place: usize) -> bool {
    let Some(published) = calendar.published else { return false };
    let days = calendar.dates(place, [published.year() - 1, published.year()].into_iter());
    calendar.years.iter().all(|year| *year == published.year())
        && days.into_iter().any(|day| (0..=NEWS).contains(&(published - day).num_days()))
}

/// Says its sentence that it is still to come (“will resume on Wednesday, Feb. 3”)? Then it lies in the year of the publication or later,
/// whatever year another paragraph names.
fn lies_ahead(calendar: &Calendar, place: usize) -> Option<i32> {
    let published = calendar.published?;
    let told = calendar.has_in_sentence(place, calendar.draft.lexicons.class("lies-ahead"));
    (told && !named_near(calendar, place)).then(|| published.year())
}

/// Is it of the year before: what the sentence tells of was, the nearest such day is still to come, and that of a year
/// ago has its weekday?
fn is_told(calendar: &Calendar, place: usize, base: &[NaiveDate], published: NaiveDate) -> bool {
    let parts = calendar.entries[place].parts;
    let to_come = !base.is_empty() && base.iter().all(|date| (*date - published).num_days() > NEWS);
    parts.anchor.is_none()
        && to_come
        && !calendar.has_earlier(place, calendar.draft.lexicons.class("lies-ahead"), REACH)
        && calendar.has_in_sentence(place, calendar.draft.lexicons.class("of-the-past"))
        && base.iter().any(|date| {
            let before = calendar.dates(place, std::iter::once(date.year() - 1));
            before.into_iter().any(|date| Some(weekday(date)) == parts.weekday)
        })
}

/// What a date can be in these windows, and which of it has its weekday.
struct Fit {
    base: Vec<NaiveDate>,
    fits: bool,
}

fn fit(calendar: &Calendar, place: usize, years: &BTreeSet<i32>, inside: impl Fn(NaiveDate) -> bool) -> Fit {
    let parts = calendar.entries[place].parts;
    let said = parts.weekday;
    let dates = calendar.dates(place, years.iter().copied());
    let base: Vec<NaiveDate> = dates.into_iter().filter(|date| inside(*date)).collect();
    let ahead = lies_ahead(calendar, place);
    let has_its_weekday = |years: &mut dyn Iterator<Item = i32>| {
        let years = years.filter(|year| ahead.is_none_or(|from| *year >= from));
        calendar.dates(place, years).into_iter().any(|date| Some(weekday(date)) == said)
    };
    let by_name = || {
        let named = has_its_weekday(&mut calendar.years.iter().copied().chain(parts.hint));
        let told = || has_its_weekday(&mut calendar.told_years(place).into_iter().chain(parts.hint));
        named && (!is_of_now(calendar, place, &base) || told())
    };
    let fits = base.iter().any(|date| Some(weekday(*date)) == said) || parts.anchor.is_none() && by_name();
    Fit { base, fits }
}

/// Does a paragraph tell of a day that is to come, or that lies within days of the publication? A year that only another paragraph names is
/// hardly its own then. The year of a row, an item or a section may be named anywhere.
fn is_of_now(calendar: &Calendar, place: usize, base: &[NaiveDate]) -> bool {
    let Some(published) = calendar.published else { return false };
    matches!(calendar.passage(place).block.kind, BlockKind::Paragraph | BlockKind::Caption)
        && (base.iter().any(|date| (*date - published).num_days().abs() <= NEWS)
            || calendar.has_earlier(place, calendar.draft.lexicons.class("lies-ahead"), REACH))
}

fn by_publication(calendar: &mut Calendar, places: &[usize], published: NaiveDate, found: &mut Vec<Contradiction>) {
    let years: BTreeSet<i32> = (published.year() - 1..=published.year() + 1).collect();
    let mut wrong = Vec::new();
    for place in places.iter().copied() {
        let window = match calendar.entries[place].parts.anchor {
            Some(Anchor::This | Anchor::Relative(_)) => -TIED..=TIED,
            Some(Anchor::Last) => -LAST..=0,
            Some(Anchor::Next) => 0..=LAST,
            None => YEARLESS,
        };
        let inside = |date: NaiveDate| window.contains(&(date - published).num_days());
        let fit = fit(calendar, place, &years, inside);
        if fit.fits || is_told(calendar, place, &fit.base, published) {
            calendar.entries[place].holds = true;
        } else if !fit.base.is_empty() {
            wrong.push((place, fit.base));
        }
    }
    if other_year(calendar, places, &wrong, published.year()) {
        let all: Vec<usize> = wrong.iter().map(|(place, _)| *place).collect();
        found.extend(wrong.first().map(|(place, _)| other_publication(calendar, *place, &all)));
        return;
    }
    for (place, mut base) in wrong {
        base.sort_by_key(|date| (*date - published).num_days().abs());
        let said = calendar.entries[place].parts.weekday;
        let near = calendar.dates(place, years.iter().copied()).into_iter().any(|date| Some(weekday(date)) == said);
        let severity = if near || is_freed(calendar, place) { Severity::Warning } else { Severity::Error };
        add(calendar, place, base[0], Vec::new(), severity, found);
    }
}

/// Do two dates or more fail by the publication date, none fit, and all agree on one other year? Then the publication
/// date is not the draft's.
fn other_year(calendar: &Calendar, places: &[usize], wrong: &[(usize, Vec<NaiveDate>)], year: i32) -> bool {
    // The dates of one list are said in one breath, and wrong together.
    let heads: BTreeSet<_> = wrong.iter().map(|(place, _)| calendar.head(*place)).collect();
    let distinct: BTreeSet<_> = heads.iter().map(|place| &calendar.entries[*place].parts.days).collect();
    let all = |other: i32| {
        wrong.iter().all(|(place, _)| {
            let said = calendar.entries[*place].parts.weekday;
            calendar.dates(*place, std::iter::once(other)).into_iter().any(|date| Some(weekday(date)) == said)
        })
    };
    distinct.len() >= 2 && !places.iter().any(|place| calendar.entries[*place].holds) && (year - 12..=year + 3).any(all)
}

/// All dates agree with each other, and none with the publication date.
pub fn other_publication(calendar: &Calendar, place: usize, all: &[usize]) -> Contradiction {
    Contradiction {
        sort: "publication-date",
        culprit: place,
        from: None,
        expected: calendar.published.map(|date| DateValue::of(date, weekday(date))).unwrap_or_default(),
        evidence: nearest_entries(calendar, place, all),
        severity: Severity::Note,
        repairs: Vec::new(),
    }
}

fn by_pins(calendar: &mut Calendar, places: &[usize], pins: &[NaiveDate], found: &mut Vec<Contradiction>) {
    let years: BTreeSet<i32> = pins.iter().flat_map(|pin| pin.year() - 1..=pin.year() + 1).collect();
    let mut pins = pins.to_vec();
    pins.sort_unstable();
    let distance = |date: NaiveDate| {
        let at = pins.partition_point(|pin| *pin < date);
        let beside = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|at| pins.get(at));
        beside.map(|pin| (date - *pin).num_days().abs()).min().unwrap_or(i64::MAX)
    };
    let evidence: Vec<usize> = (0..calendar.entries.len()).filter(|place| calendar.entries[*place].holds).collect();
    for place in places.iter().copied() {
        let fit = fit(calendar, place, &years, |date| distance(date) <= AROUND);
        if fit.fits {
            calendar.entries[place].holds = true;
            continue;
        }
        let Some(nearest) = fit.base.into_iter().min_by_key(|date| distance(*date)) else { continue };
        let labels = nearest_entries(calendar, place, &evidence);
        add(calendar, place, nearest, labels, Severity::Warning, found);
    }
}

/// The years of one whole cycle of weekdays and leap days.
const CYCLE: std::ops::Range<i32> = 2000..2028;

/// Without any year: is there one that all share, or two in a row about the new year? What every best year leaves out
/// is wrong, if more stay than go.
fn by_each_other(calendar: &mut Calendar, places: &[usize], found: &mut Vec<Contradiction>) {
    let places: Vec<usize> = places
        .iter()
        .copied()
        .filter(|place| calendar.entries[*place].parts.days.len() == 1 && !named_near(calendar, *place))
        .collect();
    let key = |calendar: &Calendar, place: usize| {
        (calendar.entries[place].parts.days[0], calendar.entries[place].parts.weekday)
    };
    let distinct = |calendar: &Calendar, list: &[usize]| {
        list.iter().map(|place| key(calendar, *place)).collect::<BTreeSet<_>>().len()
    };
    if distinct(calendar, &places) < 2 {
        return;
    }
    let months: BTreeSet<u8> = places.iter().map(|place| calendar.entries[*place].parts.days[0].1).collect();
    let crosses = months.iter().any(|month| *month <= 3) && months.iter().any(|month| *month >= 10);
    let holds = |place: usize, year: i32| {
        let parts = calendar.entries[place].parts;
        let year = if crosses && parts.days[0].1 >= 7 { year - 1 } else { year };
        calendar.dates(place, std::iter::once(year)).into_iter().any(|date| Some(weekday(date)) == parts.weekday)
    };
    let mut best: Vec<(i32, Vec<usize>)> = Vec::new();
    let mut least = usize::MAX;
    for year in CYCLE {
        let out: Vec<usize> = places.iter().copied().filter(|place| !holds(*place, year)).collect();
        let count = distinct(calendar, &out);
        if count < least {
            (least, best) = (count, vec![(year, out)]);
        } else if count == least {
            best.push((year, out));
        }
    }
    let Some((year, out)) = best.first().cloned() else { return };
    let kept: Vec<usize> = places.iter().copied().filter(|place| out.binary_search(place).is_err()).collect();
    if out.is_empty() {
        for place in places {
            calendar.entries[place].holds = true;
        }
        return;
    }
    let always = |place: &usize| best.iter().all(|(_, out)| out.binary_search(place).is_ok());
    if distinct(calendar, &kept) > distinct(calendar, &out) {
        for place in out.iter().copied().filter(|place| always(place)) {
            let (day, month) = calendar.entries[place].parts.days[0];
            let Some(expected) = date(year, month, day) else { continue };
            let labels = nearest_entries(calendar, place, &kept);
            add(calendar, place, expected, labels, Severity::Error, found);
            if let Some(last) = found.last_mut() {
                last.expected.year = None;
            }
        }
    } else if places.len() <= 6 {
        let Some(place) = out.iter().copied().max() else { return };
        let (day, month) = calendar.entries[place].parts.days[0];
        let Some(expected) = date(year, month, day) else { return };
        let others: Vec<usize> = places.iter().copied().filter(|other| *other != place).collect();
        let labels = nearest_entries(calendar, place, &others);
        add(calendar, place, expected, labels, Severity::Warning, found);
        if let Some(last) = found.last_mut() {
            last.sort = "year-free-tie";
            last.expected.year = None;
        }
    }
}

/// Is a year named in the same passage? It may be the one meant.
fn named_near(calendar: &Calendar, place: usize) -> bool {
    use crate::mentions::Reading;
    use crate::mentions::dates::DateReading;
    calendar.passage(place).mentions.iter().any(|mention| match &mention.reading {
        Reading::Date(reading) => matches!(&**reading, DateReading::Date(parts) if !parts.years.is_empty()),
        _ => false,
    })
}

/// The nearest entries of a sorted list, in the order of the text.
fn nearest_entries(calendar: &Calendar, place: usize, list: &[usize]) -> Vec<usize> {
    let good = nearest(list, place).take(LOOKED_AT).filter(|other| !calendar.entries[*other].bad);
    let mut list: Vec<usize> = good.take(super::LABELS).collect();
    list.sort_unstable();
    list
}

fn add(
    calendar: &mut Calendar,
    place: usize,
    expected: NaiveDate,
    evidence: Vec<usize>,
    severity: Severity,
    found: &mut Vec<Contradiction>,
) {
    let repairs = repair::all(calendar, place, &[expected]);
    calendar.entries[place].bad = true;
    if calendar.head(place) != place && found.last().is_some_and(|last| last.culprit + 1 == place) {
        return; // the list is wrong as one, and its first date was named
    }
    found.push(Contradiction {
        sort: "year-free-date",
        culprit: place,
        from: None,
        expected: DateValue::of(expected, weekday(expected)),
        evidence,
        severity,
        repairs,
    });
}

/// Days from a date, where the calendar has them.
pub fn shifted(from: NaiveDate, days: i64) -> Option<NaiveDate> {
    if days < 0 {
        from.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        from.checked_add_days(Days::new(days.unsigned_abs()))
    }
}
