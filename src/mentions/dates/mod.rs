//! Reads dates, times and durations.
//!
//! The tokens of a passage come in, with the phrases of its language's lexicon; mentions go out, each with all that it
//! can mean ([`DateReading`]) and with the place of its weekday, day, month and year, so that a fix can change one of
//! them in the form that it has. Which words are weekdays, and in which orders a language writes dates, is said by
//! `rules/languages/*/calendar.yaml`; `docs/dates.md` lists the forms.

mod atoms;
mod clock;
mod forms;
mod length;
mod list;
mod numeric;
mod reading;

pub use reading::{Anchor, Clock, DateParts, DateReading, Form, Length, Link, Part, Parts, Unit, YEARLESS, Zone};

use factlint_rules::lexicon::{ClassId, ClassSet};
use factlint_rules::token::TokenKind;
use factlint_rules::{Kind, KindSet};

use super::mention::Reading;
use super::{Mention, Passage};
use crate::lexicons::Lexicons;
use atoms::Atoms;

macro_rules! classes {
    ($($field:ident = $name:literal: $doc:literal),* $(,)?) => {
        /// The lexicon classes that this reader asks for, by number.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "each says what the class of its name says")]
        pub struct DateClasses {
            $(#[doc = $doc] pub $field: ClassId,)*
            /// The classes whose phrases can open a mention; one that opens with another must be named in `OPENERS`.
            pub openers: ClassSet,
        }

        impl DateClasses {
            /// Looks the classes up.
            pub fn new(lexicons: &Lexicons) -> DateClasses {
                let openers = OPENERS.iter().map(|name| lexicons.class(name)).collect();
                DateClasses { $($field: lexicons.class($name),)* openers }
            }

            /// Every class's name and what it holds.
            pub const CLASSES: &'static [(&'static str, &'static str)] = &[$(($name, $doc)),*];
        }
    };
}

classes! {
    weekday = "weekday": "1 to 7, Monday first",
    weekday_short = "weekday-short": "abbreviated weekdays, and those that are other words too",
    no_weekday = "no-weekday": "names that end in a weekday: the Mail on Sunday",
    weekday_beside_day = "weekday-beside-day": "words that are weekdays beside a day, and else something else: pt quarta",
    month = "month": "1 to 12",
    month_short = "month-short": "abbreviated months, and those that are other words too",
    day_word = "day-word": "ordinals in words that name a day of the month",
    day_prefix = "day-prefix": "words that a hyphen joins to a day: he ב, mt fil",
    day_ending = "day-ending": "what makes a number an ordinal: th, º, er",
    day_article = "day-article": "words between a weekday, or a connector, and a day: the, dia, den",
    weekday_day_link = "weekday-day-link": "the same before a day without an ending; its presence lets “lunes 20” be a date",
    month_day_link = "month-day-link": "words between a month and its day; its presence lets the month go first",
    date_of = "date-of": "words between a day and its month",
    year_link = "year-link": "words between a month and its year",
    era_year = "era-year": "the names of eras, by the year before their first: 令和 is 2018",
    era_first = "era-first": "what an era's first year is called: 元",
    fiscal_year = "fiscal-year": "words before a year of accounts, of school or of a season: FY, exercice",
    year_sign = "year-sign": "what follows a year: 年, m., г.",
    month_sign = "month-sign": "what follows a month's number: 月",
    day_sign = "day-sign": "what follows a day: 日, d.",
    date_and = "date-and": "words that list dates",
    date_to = "date-to": "words that make a range of dates",
    date_from = "date-from": "words that open a range of dates",
    date_preposition = "date-preposition": "words before a date: on, em, am",
    day_preposition = "day-preposition": "words before a day: on",
    after_date = "after-date": "words that may follow a day without a month",
    plural_ending = "plural-ending": "the letters that plural nouns end in; what ends otherwise counts nothing: “lunes 4 visita”",
    anchor = "date-anchor": "this, last, next: tied to the publication date",
    anchor_after = "date-anchor-after": "the same after the weekday: passado, dernier",
    relative_day = "relative-day": "days from today: -1 is yesterday",
    weekday_article = "weekday-article": "the article of “14 June 2023, a Monday”",
    weekday_is = "weekday-is": "what says a full date's weekday: was a, fell on a",
    weekday_daypart = "weekday-daypart": "a part of the day between a weekday and its date: night",
    era_before = "era-before": "years that run backwards",
    era_after = "era-after": "years of our era, where it is said",
    label_noun = "label-noun": "words whose number is no day: Article, Room, version",
    am = "am": "before noon",
    pm = "pm": "after noon",
    am_spoken = "am-spoken": "before noon, behind a time in words or one that “at” leads to: in the morning",
    pm_spoken = "pm-spoken": "after noon, likewise: in the afternoon",
    clock_hour = "clock-hour": "hours in words, as they stand in times of day: 1 is eins, not ein",
    clock_past = "clock-past": "minutes said before their hour: 30 is half past, -15 quarter to, -30 halb",
    clock_and = "clock-and": "minutes said after their hour: 30 is y media, -15 menos cuarto",
    oclock = "oclock": "words or letters that make a number a time of day",
    clock_at = "clock-at": "words before a time of day",
    clock_at_hour = "clock-at-hour": "words before a time of day of which the hour alone is said: alle 21, a las 9",
    clock_to = "time-to": "words between two times of day",
    each_day = "each-day": "words that make a weekday one of many: every",
    noon = "noon": "noon",
    midnight = "midnight": "midnight",
    zone = "zone": "time zones, by their minutes from UTC, and the law of their summer time: -300 us is ET",
    zone_place = "zone-place": "places, by their clock: 540 is Tokyo, 60 eu Paris with Europe's summer time",
    zone_of = "zone-of": "words before a place that make it a zone: heure de",
    time_or = "time-or": "words between a time and the same on another clock: or",
    zone_time = "zone-time": "words after a place that make it a zone: time",
    zone_in = "zone-in": "words between a time and the place of its clock: in, à",
    number_word = "length-number": "numbers in words before a unit of time",
    length_whole = "length-whole": "a length of time in one phrase: “3 day” for dreitägige, “1 decade” for a decade",
    unit = "time-unit": "units of time: minute, hour, day, night, week, month, year, decade, century",
    age_after = "age-after": "what makes a length of time an age: old",
    hedge = "hedge": "about, nearly",
}

/// What a date, a time or a length opens with, if not with digits.
const OPENERS: &[&str] = &[
    "weekday",
    "weekday-short",
    "weekday-beside-day",
    "month",
    "month-short",
    "day-word",
    "relative-day",
    "era-year",
    "noon",
    "midnight",
    "length-number",
    "length-whole",
    "clock-past",
    "clock-hour",
];

/// The order of day and month in dates of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 03/04/2022 is 3 April.
    DayFirst,
    /// It is March 4.
    MonthFirst,
}

impl Order {
    /// By its word in configurations and front matter: `dmy`, `mdy`.
    pub fn of(word: &str) -> Option<Order> {
        match word {
            "dmy" => Some(Order::DayFirst),
            "mdy" => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// Adds the mentions of a passage; `mentions` holds what the readers before this one found.
pub fn read(passage: &Passage, classes: &DateClasses, order: Option<Order>, mentions: &mut Vec<Mention>) {
    let atoms = Atoms { passage, classes, order };
    let mut at = 0;
    while at < passage.tokens.len() {
        let is_number = passage.tokens[at].kind == TokenKind::Number;
        if !is_number && !passage.hits(at).iter().any(|hit| classes.openers.has(hit.class)) {
            at += 1;
            continue;
        }
        at = read_at(&atoms, at, is_number, mentions).unwrap_or(at + 1);
    }
}

/// Reads what starts at a token; gives the token after it.
fn read_at(atoms: &Atoms, at: usize, is_number: bool, mentions: &mut Vec<Mention>) -> Option<usize> {
    if let Some(found) = clock::read(atoms, at) {
        let end = found.end as usize;
        mentions.push(found);
        return Some(end);
    }
    let list = list::read(atoms, at);
    if let Some(last) = list.last() {
        let end = last.end as usize;
        mentions.extend(list);
        return Some(end);
    }
    if let Some(found) = length::read(atoms, at) {
        let end = found.end as usize;
        mentions.push(found);
        return Some(end);
    }
    let lone = lone(atoms, at, is_number)?;
    let end = lone.end as usize;
    mentions.push(lone);
    Some(end)
}

/// A weekday, a month, a year or a relative day alone.
fn lone(atoms: &Atoms, at: usize, is_number: bool) -> Option<Mention> {
    let mention = |kind: KindSet, end: usize, parts: DateParts| {
        Some(Mention::new(kind, at, end, Reading::Date(Box::new(DateReading::Date(parts)))))
    };
    if is_number || atoms.passage.has(at, atoms.classes.era_year) {
        let (years, year) = atoms.lone_year(at)?;
        // What signs a year (年) is none of it where it stands alone.
        let end = if years.len() > 1 || !is_number { year.end } else { at + 1 };
        let parts = DateParts {
            years,
            before_christ: atoms.passage.has(end, atoms.classes.era_before),
            parts: Parts { year: year.part, ..Parts::default() },
            ..DateParts::default()
        };
        return mention(KindSet::of(&[Kind::Year]), end, parts);
    }
    if let Some((days, end)) = atoms.passage.number_of(at, atoms.classes.relative_day) {
        let anchor = Some(Anchor::Relative(i8::try_from(days).ok()?));
        return mention(KindSet::EMPTY, at + end, DateParts { anchor, ..DateParts::default() });
    }
    if let Some(word) = atoms.weekday(at, true) {
        let parts = DateParts {
            weekday: Some(word.value),
            anchor: atoms.anchor_before(at),
            parts: Parts { weekday: Some(word.part), ..Parts::default() },
            ..DateParts::default()
        };
        return mention(KindSet::of(&[Kind::Weekday]), word.end, parts);
    }
    let month = atoms.month(at, true)?;
    let mut parts = DateParts {
        days: vec![(0, month.value)],
        parts: Parts { month: Some(month.part), ..Parts::default() },
        ..DateParts::default()
    };
    let Some(year) = atoms.year_after(month.end) else {
        return mention(KindSet::of(&[Kind::Month]), month.end, parts);
    };
    parts.years = vec![year.value];
    parts.parts.year = year.part;
    mention(KindSet::of(&[Kind::Month, Kind::Date]), year.end, parts)
}

#[cfg(test)]
mod tests;
