//! Whole dates beside a weekday: right if any reading has it.

use chrono::Datelike;
use factlint_rules::Severity;

use super::Contradiction;
use super::days::{date, weekday, weekday_of};
use super::entries::Calendar;
use super::repair;
use crate::expressions::DateValue;
use crate::mentions::dates::DateParts;

/// Eras that count from elsewhere are read in Thai only.
const LAST_YEAR: i32 = 2200;
/// Before this, even the place decides which calendar was meant.
const UNSURE_BEFORE: i32 = 1600;

/// Adds the whole dates whose weekday is that of no reading.
pub fn judge(calendar: &mut Calendar, found: &mut Vec<Contradiction>) {
    for place in 0..calendar.entries.len() {
        let entry = &calendar.entries[place];
        let parts = entry.parts;
        let Some(said) = parts.weekday else { continue };
        if entry.bad || parts.years.is_empty() || !parts.has_month() {
            continue;
        }
        let years = calendar.years(place);
        if years.iter().any(|year| *year >= LAST_YEAR) {
            continue;
        }
        let mut weekdays = Vec::new();
        for year in years.iter().copied() {
            for (day, month) in parts.days.iter().copied() {
                weekdays.extend(weekday_of(year, month, day, false));
                if calendar.julian(place, year) {
                    weekdays.extend(weekday_of(year, month, day, true));
                    // Until 1752 the English year began on 25 March.
                    if month <= 3 {
                        weekdays.extend(weekday_of(year + 1, month, day, true));
                    }
                }
            }
        }
        if weekdays.is_empty() {
            continue;
        }
        if weekdays.contains(&said) {
            calendar.entries[place].holds = true;
            continue;
        }
        calendar.entries[place].bad = true;
        if calendar.is_title(place) {
            continue;
        }
        let readings: Vec<_> = years
            .iter()
            .flat_map(|year| parts.days.iter().filter_map(|(day, month)| date(*year, *month, *day)))
            .collect();
        let Some(first) = readings.first().copied() else { continue };
        let head = calendar.head(place);
        if let Some(last) = found.last_mut()
            && head != place
            && calendar.head(last.culprit) == head
            && slip(last.expected, calendar.entries[last.culprit].parts)
                == slip(DateValue::of(first, weekday(first)), parts)
        {
            // The list is wrong as one: its first date is named, and all are mended together.
            last.repairs = repair::together(&last.repairs, &repair::all(calendar, place, &readings));
            continue;
        }
        let severity =
            if parts.years.iter().any(|year| *year < UNSURE_BEFORE) { Severity::Warning } else { Severity::Error };
        found.push(Contradiction {
            sort: "full-date",
            culprit: place,
            from: None,
            expected: DateValue { year: parts.year().or(Some(first.year())), ..DateValue::of(first, weekday(first)) },
            evidence: Vec::new(),
            severity,
            repairs: repair::all(calendar, place, &readings),
        });
    }
}

/// By how many days a weekday is off.
fn slip(right: DateValue, said: &DateParts) -> Option<u8> {
    Some((right.weekday? + 7 - said.weekday?) % 7)
}
