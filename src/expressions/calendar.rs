//! Functions of the calendar and the clock: what a claim asks of dates and times of day.
//!
//! A date that is known in part is a span of days, so the years between two dates are an interval.

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use super::dates::{date_reading, of_day, of_parts};
use super::day_rules;
use super::evaluate::{Context, as_words};
use super::summer_time;
use super::value::{DateValue, Value};
use crate::mentions::dates::{Clock, DateParts, DateReading, Length, Unit, YEARLESS, Zone};
use crate::mentions::{Interval, Mention, Reading};

/// Minutes of a day.
const DAY: i32 = 24 * 60;
/// From this hour on it is more likely a stopwatch than a slip.
const STOPWATCH: u16 = 30;
/// A draft's times may be so many days from its publication date.
const DAYS_ABOUT: i64 = 15;

/// A function; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let first = arguments.first()?;
    let second = arguments.get(1);
    let truth = |truth: Option<bool>| truth.map_or(Value::Unknown, Value::Bool);
    let span = |value: Option<&Value>| value.and_then(|value| span(value, cx));
    let text = |value: Option<&Value>| value.and_then(|value| Some(cx.text(value)?.into_owned()));
    let interval = |low: i64, high: i64| Value::Number(Interval::closed(Decimal::from(low), Decimal::from(high)));
    Some(match name {
        "years" => match (span(Some(first)), span(second)) {
            (Some((a, b)), Some((c, d))) => interval(whole_years(b, c), whole_years(a, d)),
            _ => Value::Unknown,
        },
        "days" => match (parts(first, cx), second.and_then(|second| parts(second, cx))) {
            (Some(a), Some(b)) => match (weekday_alone(a), weekday_alone(b)) {
                (Some(a), Some(b)) => {
                    let days = i64::from(b) - i64::from(a);
                    interval(days.rem_euclid(7), days.rem_euclid(7))
                }
                _ => days(a, b).map_or(Value::Unknown, |(low, high)| interval(low, high)),
            },
            _ => {
                let from = span(Some(first));
                let to = span(second).or_else(|| near(second?, from?.0, cx));
                match (from, to) {
                    (Some((a, b)), Some((c, d))) => interval((c - b).num_days(), (d - a).num_days()),
                    _ => Value::Unknown,
                }
            }
        },
        "lasts" | "apart" => truth(second.zip(arguments.get(2)).and_then(|(from, to)| {
            let days = apart(from, to, cx)?;
            match date_reading(as_words(first)?, cx.draft)? {
                DateReading::Duration(length) => Some(fits(length, days, name == "lasts")),
                _ => None,
            }
        })),
        "in-months" => truth(value(first, cx).and_then(|date| in_months(date.month?, &text(second)?))),
        "in-season" => truth(second.and_then(|date| value(date, cx)).and_then(|date| {
            let season = zone_season(first, cx)?;
            date.month?;
            let years = match (date.year, cx.draft.date) {
                (Some(year), _) => year..=year,
                (None, Some(published)) => published.year() - 1..=published.year() + 1,
                (None, None) => summer_time::ANY_YEAR,
            };
            let in_use = |year: i32| summer_time::is_in_use(season, days_of(date, year)?);
            years.filter_map(in_use).reduce(|one, other| one || other)
        })),
        "on-weekday" => truth(second.and_then(|number| on_weekday(parts(first, cx)?, whole(number, cx)?, cx))),
        "shift" => match (span(Some(first)), second.and_then(|by| whole(by, cx))) {
            (Some((day, last)), Some(by)) if day == last => shifted(day, by).map_or(Value::Unknown, of_day),
            _ => Value::Unknown,
        },
        "same-day" => truth(second.and_then(|second| same_day(first, second, cx))),
        "falls-on" | "falls-in" => truth(text(second).and_then(|rule| falls_on(first, &rule, arguments.get(2), cx))),
        "day-of" => {
            let year = second.and_then(|date| value(date, cx)).and_then(|date| date.year);
            let rule = text(Some(first));
            year.zip(rule)
                .and_then(|(year, rule)| day_rules::days_of(&rule, year).into_iter().next())
                .map_or(Value::Unknown, of_day)
        }
        "number-of" => whole(first, cx).map_or(Value::Unknown, |value| interval(value, value)),
        "century" => match cx.number(first).and_then(Interval::single) {
            Some(year) if year > Decimal::ZERO => {
                let century = ((year - Decimal::ONE) / Decimal::ONE_HUNDRED).floor() + Decimal::ONE;
                Value::Number(Interval::exact(century))
            }
            _ => Value::Unknown,
        },
        "named" => named(first, &text(second)?, cx).map_or(Value::Unknown, |count| interval(count, count)),
        "is-time" => truth(clock(first, cx).and_then(is_time)),
        "same-instant" => {
            let seasons = [zone_season(first, cx), second.and_then(|of| zone_season(of, cx))];
            let clocks = clock(first, cx).zip(second.and_then(|b| clock(b, cx)));
            truth(clocks.and_then(|clocks| same_instant(clocks, seasons, &days_to_compare(arguments.get(2), cx))))
        }
        "in-zone" => clock(first, cx)
            .zip(second.and_then(|b| clock(b, cx)))
            .and_then(|(a, b)| in_zone(a, b, *days_to_compare(arguments.get(2), cx).first()?))
            .map_or(Value::Unknown, Value::from),
        "minutes" => clock_or_hour(first, cx)
            .zip(second.and_then(|b| clock(b, cx)))
            .and_then(|(a, b)| between(&a, b, counts_to_24(first, cx)))
            .map_or(Value::Unknown, |minutes| interval(i64::from(minutes), i64::from(minutes))),
        "in-hours" => truth(clock(first, cx).zip(text(second)).and_then(|(clock, hours)| in_hours(clock, &hours))),
        _ => return None,
    })
}

fn parts<'c>(value: &Value, cx: &Context<'c>) -> Option<&'c DateParts> {
    match date_reading(as_words(value)?, cx.draft)? {
        DateReading::Date(parts) => Some(parts),
        _ => None,
    }
}

fn clock<'c>(value: &Value, cx: &Context<'c>) -> Option<&'c Clock> {
    match date_reading(as_words(value)?, cx.draft)? {
        DateReading::Time(clock) => Some(clock),
        _ => None,
    }
}

/// A time of day, or the bare hour of “von 20 bis 21.30 Uhr”.
fn clock_or_hour(value: &Value, cx: &Context) -> Option<Clock> {
    if let Some(clock) = clock(value, cx) {
        return Some(clock.clone());
    }
    let hour = u16::try_from(whole(value, cx)?).ok().filter(|hour| *hour <= 24)?;
    Some(Clock { hour, ..Clock::default() })
}

fn value(value: &Value, cx: &Context) -> Option<DateValue> {
    match value {
        Value::Date(date) => Some(*date),
        _ => parts(value, cx).filter(|parts| !parts.before_christ).map(of_parts),
    }
}

/// The first and the last day that a date can be; it needs a year.
pub(super) fn span(of: &Value, cx: &Context) -> Option<(NaiveDate, NaiveDate)> {
    if let Value::Number(_) = of {
        let year = i32::try_from(whole(of, cx)?).ok()?;
        return Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?));
    }
    if let Some(years) = parts(of, cx).and_then(years_alone) {
        return Some((NaiveDate::from_ymd_opt(years.0, 1, 1)?, NaiveDate::from_ymd_opt(years.1, 12, 31)?));
    }
    let date = value(of, cx)?;
    days_of(date, date.year?)
}

/// The first and the last of the years that “2019–20” or “fiscal 2023” touches.
fn years_alone(parts: &DateParts) -> Option<(i32, i32)> {
    (parts.days.is_empty() && parts.weekday.is_none() && parts.years.len() > 1 && !parts.before_christ)
        .then(|| Some((*parts.years.first()?, *parts.years.last()?)))?
}

/// The days that a date without a year can be, in the year in which it lies nearest to another.
fn near(of: &Value, beside: NaiveDate, cx: &Context) -> Option<(NaiveDate, NaiveDate)> {
    let date = value(of, cx).filter(|date| date.year.is_none() && date.month.is_some())?;
    (-1..=1)
        .filter_map(|by| days_of(date, beside.year() + by))
        .min_by_key(|(first, _)| (*first - beside).num_days().abs())
}

fn days_of(date: DateValue, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, date.month.map_or(1, u32::from), date.day.map_or(1, u32::from))?;
    let last = match (date.month, date.day) {
        (Some(_), Some(_)) => first,
        (Some(_), None) => first.with_day(28)?.checked_add_days(Days::new(4))?.with_day(1)?.pred_opt()?,
        _ => NaiveDate::from_ymd_opt(year, 12, 31)?,
    };
    Some((first, last))
}

fn whole_years(from: NaiveDate, to: NaiveDate) -> i64 {
    let years = i64::from(to.year()) - i64::from(from.year());
    years - i64::from((to.month(), to.day()) < (from.month(), from.day()))
}

/// Can a date be on that weekday, 1 for Monday, by any of its readings? Without a year it lies about the publication date,
/// or in a year that the draft names.
fn on_weekday(parts: &DateParts, weekday: i64, cx: &Context) -> Option<bool> {
    if parts.before_christ || !parts.has_month() || parts.weekday.is_some() {
        return None;
    }
    let is_that = |day: &NaiveDate| i64::from(day.weekday().number_from_monday()) == weekday;
    if !parts.years.is_empty() {
        let dates = parts.in_years(parts.years.iter().copied());
        return (!dates.is_empty()).then(|| dates.iter().any(is_that));
    }
    let published = cx.draft.date?;
    let mut about = parts.in_years(published.year() - 1..=published.year() + 1);
    about.retain(|day| YEARLESS.contains(&(*day - published).num_days()));
    if about.is_empty() {
        return None;
    }
    let named = cx.draft.passages().iter().flat_map(|passage| passage.mentions.iter()).filter_map(year_of);
    Some(about.iter().any(is_that) || parts.in_years(named).iter().any(is_that))
}

/// The year that a mention names.
fn year_of(mention: &Mention) -> Option<i32> {
    match &mention.reading {
        Reading::Date(reading) => match &**reading {
            DateReading::Date(parts) => parts.year().or(parts.hint),
            _ => None,
        },
        _ => None,
    }
}

fn weekday_alone(parts: &DateParts) -> Option<u8> {
    parts.weekday.filter(|_| parts.days.is_empty() && parts.years.is_empty())
}

/// Days between two dates; where neither has a year, in a common one and a leap year, over the new year if need be.
fn days(a: &DateParts, b: &DateParts) -> Option<(i64, i64)> {
    let (from, to) = (of_parts(a), of_parts(b));
    if a.before_christ
        || b.before_christ
        || !from.day.zip(to.day).is_some_and(|_| from.month.is_some() && to.month.is_some())
    {
        return None;
    }
    let years: Vec<(i32, i32)> = match (from.year, to.year) {
        (Some(a), Some(b)) => vec![(a, b)],
        (Some(a), None) => vec![(a, a)],
        (None, Some(b)) if from.month > to.month => vec![(b - 1, b)],
        (None, Some(b)) => vec![(b, b)],
        (None, None) if from.month > to.month => vec![(2022, 2023), (2023, 2024), (2024, 2025)],
        (None, None) => vec![(2023, 2023), (2024, 2024)],
    };
    let all: Option<Vec<i64>> = years
        .into_iter()
        .map(|(first, last)| Some((days_of(to, last)?.0 - days_of(from, first)?.0).num_days()))
        .collect();
    let all = all?;
    Some((*all.iter().min()?, *all.iter().max()?))
}

/// The least and the most days between two dates.
fn apart(from: &Value, to: &Value, cx: &Context) -> Option<(i64, i64)> {
    if let Some((a, b)) = parts(from, cx).zip(parts(to, cx)) {
        if let Some((a, b)) = weekday_alone(a).zip(weekday_alone(b)) {
            let days = (i64::from(b) - i64::from(a)).rem_euclid(7);
            return Some((days, days));
        }
        if let Some(days) = days(a, b) {
            return Some(days);
        }
    }
    let ((first, last), (next, end)) = (span(from, cx)?, span(to, cx)?);
    Some(((next - last).num_days(), (end - first).num_days()))
}

/// Can a length of time be that of so many days? Days and nights may be counted with or without the first; weeks have
/// half a week's play, months half a month, years a season, decades two years and centuries ten.
fn fits(length: &Length, (least, most): (i64, i64), inclusive: bool) -> bool {
    let count = i64::from(length.count);
    let (low, high) = match length.unit {
        Unit::Day | Unit::Night => (count - 1, count + i64::from(!inclusive)),
        Unit::Week => (7 * count - 4, 7 * count + 3),
        Unit::Month => (count * 3044 / 100 - 17, count * 3044 / 100 + 16),
        Unit::Year => (count * 36_525 / 100 - 100, count * 36_525 / 100 + 100),
        Unit::Decade => (count * 3652 - 800, count * 3652 + 800),
        Unit::Century => (count * 36_525 - 4000, count * 36_525 + 4000),
        Unit::Minute | Unit::Hour => return true,
    };
    least <= high && low <= most
}

/// `4-6`; `11-3` runs over the new year.
fn in_months(month: u8, months: &str) -> Option<bool> {
    let (from, to) = months.split_once('-')?;
    let (from, to) = (from.parse::<u8>().ok()?, to.parse::<u8>().ok()?);
    Some(if from <= to { (from..=to).contains(&month) } else { month >= from || month <= to })
}

/// When a time's zone is in use, by the lexicon: `summer us`.
fn zone_season<'c>(of: &Value, cx: &Context<'c>) -> Option<&'c str> {
    let passage = cx.draft.passage(as_words(of)?.passage)?;
    let start = clock(of, cx)?.zone?.start;
    let at = passage.tokens.partition_point(|token| token.start < start);
    let hit = passage.hit(at, cx.draft.lexicons.class("zone-season"))?;
    Some(passage.lexicon.value(hit.value))
}

/// A whole number, also one that a lexicon gives as text.
fn whole(value: &Value, cx: &Context) -> Option<i64> {
    match value {
        Value::Text(text) => text.parse().ok(),
        _ => cx.number(value)?.single()?.to_string().parse().ok(),
    }
}

pub(super) fn shifted(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// Can the two be one day? Each part that both say must agree in some reading.
fn same_day(a: &Value, b: &Value, cx: &Context) -> Option<bool> {
    let readings = |of: &Value| -> Option<Vec<DateValue>> {
        match parts(of, cx) {
            None => Some(vec![value(of, cx)?]),
            Some(parts) if parts.days.is_empty() => Some(vec![of_parts(parts)]),
            Some(parts) => {
                let one = |(day, month): &(u16, u8)| DateValue {
                    weekday: parts.weekday,
                    day: (*day > 0).then_some(*day),
                    month: (*month > 0).then_some(*month),
                    year: parts.year(),
                };
                Some(parts.days.iter().map(one).collect())
            }
        }
    };
    let (first, second) = (readings(a)?, readings(b)?);
    Some(first.iter().any(|a| {
        second.iter().any(|b| {
            agree(a.weekday, b.weekday) && agree(a.day, b.day) && agree(a.month, b.month) && agree(a.year, b.year)
        })
    }))
}

/// Do the two say the same, or one of them nothing?
fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}

/// Can the date be the day of that rule? A date without a year has that of the other value; if there is none, it is tried
/// in the years about the publication date.
fn falls_on(of: &Value, rule: &str, year: Option<&Value>, cx: &Context) -> Option<bool> {
    let date = value(of, cx)?;
    date.day.or(date.weekday.map(u16::from))?;
    let other = year.and_then(|other| value(other, cx)).and_then(|other| other.year);
    let years: Vec<i32> = match (date.year.or(other), cx.draft.date) {
        (Some(year), _) => vec![year],
        (None, Some(published)) => (-1..=1).map(|by| published.year() + by).collect(),
        (None, None) => (1990..2040).collect(),
    };
    let days: Vec<NaiveDate> = years.iter().flat_map(|year| day_rules::days_of(rule, *year)).collect();
    if days.is_empty() {
        return None;
    }
    Some(days.iter().any(|day| same_day(of, &of_day(*day), cx) == Some(true)))
}

/// How many mentions of a kind the sentence of some words has.
fn named(of: &Value, kind: &str, cx: &Context) -> Option<i64> {
    let words = as_words(of)?;
    let passage = cx.draft.passage(words.passage)?;
    let sentence = passage.sentences.get(passage.sentence_of(words.first as usize))?;
    let kind = factlint_rules::Kind::parse(kind)?;
    let inside = passage.mentions.iter().filter(|mention| sentence.contains(&mention.first));
    let has_year = |reading: &Reading| match reading {
        Reading::Date(reading) => matches!(&**reading, DateReading::Date(parts) if !parts.years.is_empty()),
        _ => false,
    };
    let counts =
        inside.filter(|mention| mention.is(kind) || kind == factlint_rules::Kind::Year && has_year(&mention.reading));
    i64::try_from(counts.count()).ok()
}

/// Is there such a time? “13:30 p.m.” says the half twice (“17h de la tarde” is how people speak), and “0 a.m.” is said of midnight. 72:30 without a half of the
/// day may be a stopwatch's.
fn is_time(clock: &Clock) -> Option<bool> {
    if clock.hour >= STOPWATCH && clock.half.is_none() && clock.zones.is_empty() {
        return None;
    }
    let said_twice = clock.half.is_some() && clock.hour > 12 && !(clock.half == Some(true) && clock.half_in_words);
    Some(clock.minutes().is_some() && !said_twice)
}

/// The minutes from midnight that a time can be: 8:00 without a half is in the morning, or in the evening.
fn readings(clock: &Clock) -> Option<Vec<i32>> {
    let minutes = clock.minutes()?;
    let both = clock.half.is_none() && clock.hour <= 12 && !clock.in_words;
    Some(if both { vec![minutes, (minutes + DAY / 2) % DAY] } else { vec![minutes % DAY] })
}

/// The days on which two zones are compared: those about a date; where it is not known, the middle of winter and of summer;
/// where none is asked for, the whole year.
fn days_to_compare(about: Option<&Value>, cx: &Context) -> Vec<NaiveDate> {
    // Without a year, by the law of now.
    let year = cx.draft.date.map_or(2024, |date| date.year());
    let without_year = |about: &Value| days_of(value(about, cx).filter(|date| date.month.is_some())?, year);
    let step = match about.map(|about| span(about, cx).or_else(|| without_year(about))) {
        Some(Some((first, last))) => {
            // A date that the text names is that of the times; the publication date is one near them.
            let play = if matches!(about, Some(Value::Date(_))) { DAYS_ABOUT } else { 1 };
            let (first, last) = (shifted(first, -play), shifted(last, play));
            return first.zip(last).map_or_else(Vec::new, |(first, last)| every(1, first, last).collect());
        }
        Some(None) => 182,
        None => 7,
    };
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    day(1, 15).zip(day(12, 31)).map_or_else(Vec::new, |(first, last)| every(step, first, last).collect())
}

fn every(days: i64, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(first), move |day| shifted(*day, days)).take_while(move |day| *day <= last)
}

/// What the clocks of a zone can show on a day, in minutes from UTC.
fn offsets(zone: &Zone, day: NaiveDate) -> impl Iterator<Item = i32> {
    let winter = i32::from(zone.minutes);
    let (is_winter, is_summer) = zone.law.as_deref().map_or((true, false), |law| summer_time::seasons(law, day));
    [is_winter.then_some(winter), is_summer.then_some(winter + 60)].into_iter().flatten()
}

/// Can the two be one instant on one of the days, or the next? What says that it is summer (BST) says so of both.
fn same_instant((a, b): (&Clock, &Clock), seasons: [Option<&str>; 2], days: &[NaiveDate]) -> Option<bool> {
    // “8 p.m. GMT, or 7 p.m. GMT for members” is no conversion.
    if a.zones.is_empty() || b.zones.is_empty() || a.zones == b.zones {
        return None;
    }
    let (from, to) = (readings(a)?, readings(b)?);
    let in_summer = |day: &NaiveDate| {
        let summers = seasons.iter().flatten().filter(|season| season.starts_with("summer"));
        summers.into_iter().all(|season| summer_time::is_in_use(season, (*day, *day)).unwrap_or(true))
    };
    let agree = |day: NaiveDate| {
        let instants = |clock: &Clock, minutes: &[i32]| -> Vec<i32> {
            let zones = clock.zones.iter().flat_map(|zone| offsets(zone, day));
            zones.flat_map(|zone| minutes.iter().map(move |minutes| minutes - zone)).collect()
        };
        let second = instants(b, &to);
        instants(a, &from).iter().any(|a| second.iter().any(|b| (a - b).rem_euclid(DAY) == 0))
    };
    let mut days = days.iter().copied().filter(in_summer).peekable();
    days.peek()?;
    Some(days.any(agree))
}

fn in_zone(a: &Clock, b: &Clock, day: NaiveDate) -> Option<String> {
    let offset = |clock: &Clock| offsets(clock.zones.first()?, day).next();
    let minutes = (a.minutes()? - offset(a)? + offset(b)?).rem_euclid(DAY);
    Some(match b.half {
        None => format!("{:02}:{:02}", minutes / 60, minutes % 60),
        Some(_) => {
            let hour = if minutes / 60 % 12 == 0 { 12 } else { minutes / 60 % 12 };
            let minute = if minutes % 60 == 0 { String::new() } else { format!(":{:02}", minutes % 60) };
            format!("{hour}{minute} {}", if minutes < DAY / 2 { "a.m." } else { "p.m." })
        }
    })
}

/// Do newsrooms of the language in which the time stands write hours from 0 to 24? A bare number may be of either half of the day.
fn counts_to_24(time: &Value, cx: &Context) -> bool {
    let class = cx.draft.lexicons.class("clock-24");
    let passage = as_words(time).map(|words| &cx.draft.passages()[words.passage]);
    clock(time, cx).is_some() && passage.is_some_and(|passage| passage.lexicon.has(class))
}

/// From one time to a later one, over midnight if need be; not known where a half of the day is missing, unless hours go to 24.
fn between(a: &Clock, b: &Clock, counts_to_24: bool) -> Option<i32> {
    let known = |clock: &Clock| clock.half.is_some() || clock.hour > 12 || clock.has_minutes && clock.hour >= 10;
    // “von 22 bis 2 Uhr” counts the hours to 24, “bis halb elf” does not.
    let to_24 = a.hour > 12 && a.half.is_none() && b.half.is_none() && !b.half_in_words;
    if !(known(b) || a.has_minutes && b.has_minutes || to_24 || counts_to_24) {
        return None;
    }
    let (from, to) = (readings(a)?, if to_24 { vec![b.minutes()?] } else { readings(b)? });
    // “8 to 9:30 p.m.”: the half of the second is that of the first.
    let least = from.iter().flat_map(|from| to.iter().map(move |to| (to - from).rem_euclid(DAY))).min()?;
    Some(least)
}

/// `5-12`; `22-4` runs over midnight.
fn in_hours(clock: &Clock, hours: &str) -> Option<bool> {
    let (from, to) = hours.split_once('-')?;
    let (from, to) = (from.parse::<i32>().ok()? * 60, to.parse::<i32>().ok()? * 60);
    let inside =
        |minutes: i32| if from <= to { (from..=to).contains(&minutes) } else { minutes >= from || minutes <= to };
    Some(readings(clock)?.into_iter().any(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_years_wait_for_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(whole_years(day("2000-05-02"), day("2022-05-01")), 21);
        assert_eq!(whole_years(day("2000-05-02"), day("2022-05-02")), 22);
    }
}
