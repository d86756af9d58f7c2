//! Ranges of dates that end before they start.

use factlint_rules::Severity;

use super::Contradiction;
use super::days::month_length;
use super::entries::Calendar;
use super::repair::{self, PartEdit, Repair};
use crate::expressions::DateValue;
use crate::mentions::dates::Link;

/// A range that starts in the month before the one that is named is as short as this.
const SHORT: u16 = 16;

/// Adds the reversed ranges.
pub fn judge(calendar: &mut Calendar, found: &mut Vec<Contradiction>) {
    let between = calendar.draft.lexicons.class("between");
    let moved = calendar.draft.lexicons.class("date-moved");
    for place in 1..calendar.entries.len() {
        let before = place - 1;
        let (first, second) = (&calendar.entries[before], &calendar.entries[place]);
        let range = match second.parts.joined {
            Some((link, at)) if at as usize == first.tokens.0 && first.passage == second.passage => {
                link == Link::To || calendar.passage(before).has_before(first.tokens.0, between)
            }
            _ => false,
        };
        // “moved from 20 May to 12 May”
        let joined = range && !calendar.has_in_sentence(place, moved);
        if !joined || first.bad || second.bad || !is_reversed(calendar, before, place) {
            continue;
        }
        let severity = if first.parts.opens_range { Severity::Error } else { Severity::Warning };
        let repairs = swap(calendar, before, place).into_iter().collect();
        let parts = first.parts;
        let expected = DateValue { day: parts.day(), month: parts.month(), year: parts.year(), weekday: parts.weekday };
        calendar.entries[place].bad = true;
        found.push(Contradiction {
            sort: "reversed-range",
            culprit: place,
            from: Some(before),
            expected,
            evidence: vec![before],
            severity,
            repairs,
        });
    }
}

fn is_reversed(calendar: &Calendar, before: usize, place: usize) -> bool {
    let (first, second) = (calendar.entries[before].parts, calendar.entries[place].parts);
    let ([(day, month)], [(last_day, last_month)]) = (&first.days[..1], &second.days[..1]) else { return false };
    if *month == 0 || *last_month == 0 || *month > 12 || *last_month > 12 {
        return false;
    }
    if first.days.len() > 1 && !first.shares_month || second.days.len() > 1 && !second.shares_month {
        return false; // several readings
    }
    match (first.year(), second.year()) {
        (Some(year), Some(last)) if first.parts.year.is_some() && second.parts.year.is_some() => {
            (year, *month, *day) > (last, *last_month, *last_day)
        }
        // Without both years, a range may run over the new year; so only the days of one month are judged.
        _ if month != last_month || day <= last_day => false,
        // “28–3 January”: the first may be of the month before.
        _ if first.shares_month => {
            let length = month_length(2001, if *month == 1 { 12 } else { month - 1 }, false);
            length.saturating_sub(*day) + last_day > SHORT
        }
        _ if second.shares_month => month_length(2001, *month, false).saturating_sub(*day) + last_day > SHORT,
        _ => true,
    }
}

/// The two days change places, where they have the same form.
fn swap(calendar: &Calendar, before: usize, place: usize) -> Option<Repair> {
    let (first, second) = (&calendar.entries[before], &calendar.entries[place]);
    let (a, b) = (first.parts.parts.day?, second.parts.parts.day?);
    if first.parts.parts.ending.is_some()
        || second.parts.parts.ending.is_some()
        || first.parts.month() != second.parts.month()
    {
        return None;
    }
    let passage = calendar.passage(place);
    let (one, other) = (repair::text(passage, a), repair::text(passage, b));
    Some(Repair {
        old: format!("{one} and {other}"),
        new: format!("{other} and {one}"),
        edits: vec![
            PartEdit { passage: first.passage, part: a, text: other.to_owned() },
            PartEdit { passage: second.passage, part: b, text: one.to_owned() },
        ],
    })
}
