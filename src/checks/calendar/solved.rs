//! What the solver makes of each date, told for those who want more than its contradictions: a list of facts, an
//! editor's hover.

use chrono::NaiveDate;

use super::days::weekday;
use super::entries::Calendar;
use super::yearless::shifted;
use super::{LABELS, solve};
use crate::expressions::Words;
use crate::mentions::Draft;

/// How far from the publication date a date without a year is looked for. The solver has said that one is there.
const REACH: i64 = 366;

/// A date of the draft, as the solver sees it.
#[derive(Clone, Debug)]
pub struct Solved {
    /// Its words.
    pub words: Words,
    /// The day that it is, where only one is possible.
    pub day: Option<NaiveDate>,
    /// It was found right.
    pub holds: bool,
    /// It was found wrong.
    pub wrong: bool,
    /// It says a weekday, which something could confirm.
    pub has_weekday: bool,
    /// Its year (or year and month) comes from the publication date.
    pub by_publication: bool,
    /// The dates that it was held against.
    pub from: Vec<Words>,
}

/// All dates of a draft that are more than a lone weekday, month or year.
pub fn solved(draft: &Draft) -> Vec<Solved> {
    let mut calendar = Calendar::read(draft);
    let contradictions = solve(&mut calendar);
    (0..calendar.entries.len())
        .map(|place| {
            let entry = &calendar.entries[place];
            let complete = entry.parts.has_month() && !entry.parts.years.is_empty();
            let from: Vec<usize> = match contradictions.iter().find(|found| found.culprit == place) {
                Some(found) => found.evidence.clone(),
                None if entry.holds && !complete && calendar.published.is_none() => witnesses(&calendar, place),
                None => Vec::new(),
            };
            let day = if entry.bad { None } else { day(&calendar, place) };
            Solved {
                words: calendar.words(place),
                day,
                holds: entry.holds,
                wrong: entry.bad,
                has_weekday: entry.parts.weekday.is_some(),
                by_publication: day.is_some() && !complete,
                from: from.into_iter().map(|other| calendar.words(other)).collect(),
            }
        })
        .collect()
}

/// The one day that a date can be; of a date without a year or month, the one nearest to the publication date that
/// has its weekday.
fn day(calendar: &Calendar, place: usize) -> Option<NaiveDate> {
    let entry = &calendar.entries[place];
    let parts = entry.parts;
    let has_weekday = |date: &NaiveDate| parts.weekday.is_none_or(|said| weekday(*date) == said);
    if parts.has_month() && !parts.years.is_empty() {
        let mut days = calendar.dates(place, parts.years.iter().copied());
        days.retain(has_weekday);
        days.dedup();
        return match days[..] {
            [day] => Some(day),
            _ => None,
        };
    }
    let published = calendar.published.filter(|_| entry.holds)?;
    let said = |date: &NaiveDate| {
        use chrono::Datelike;
        let (day, month) = (date.day() as u16, date.month() as u8);
        parts.days.iter().any(|(other, of)| *other == day && (*of == 0 || *of == month))
    };
    let near = (0..=REACH).flat_map(|by| [shifted(published, -by), shifted(published, by)]).flatten();
    near.into_iter().find(|date| has_weekday(date) && said(date))
}

/// The nearest other dates that were found right beside it.
fn witnesses(calendar: &Calendar, place: usize) -> Vec<usize> {
    let sort = calendar.entries[place].sort();
    let mut others: Vec<usize> = (0..calendar.entries.len())
        .filter(|other| {
            let entry = &calendar.entries[*other];
            let same = entry.parts.days == calendar.entries[place].parts.days;
            *other != place && entry.holds && entry.sort() == sort && !same
        })
        .collect();
    others.sort_by_key(|other| other.abs_diff(place));
    others.truncate(LABELS);
    others.sort_unstable();
    others
}
