//! Days that no calendar has, and ordinals with an ending that their number does not take.

use factlint_rules::Severity;

use super::Contradiction;
use super::days::month_length;
use super::entries::Calendar;
use super::repair::{self, Repair};
use crate::expressions::DateValue;
use crate::mentions::dates::Form;

/// A short quotation names such a day on purpose: “on February 30”, or hardly more than the day.
const SHORT_QUOTATION: u32 = 60;
/// Beside the day: “the 31st of June”.
const BARE_QUOTATION: u32 = 14;

/// Adds the days that do not exist.
pub fn judge(calendar: &mut Calendar, found: &mut Vec<Contradiction>) {
    for place in 0..calendar.entries.len() {
        if calendar.entries[place].parts.has_month() {
            day(calendar, place, found);
        }
        if !calendar.entries[place].bad {
            ending(calendar, place, found);
        }
    }
}

fn day(calendar: &mut Calendar, place: usize, found: &mut Vec<Contradiction>) {
    let entry = &calendar.entries[place];
    let parts = entry.parts;
    let only_leap_day = parts.years.is_empty() && parts.days == [(29, 2)] && !calendar.has_leap_year();
    let years = calendar.years(place);
    let longest = |month: u8| match (&years[..], month) {
        (_, 0 | 13..) => 31,
        ([], 2) => 29,
        ([], month) => month_length(2001, month, false),
        (years, month) => {
            let of = |year: &i32| month_length(*year, month, calendar.julian(place, *year));
            years.iter().map(of).max().unwrap_or(31)
        }
    };
    if parts.days.iter().any(|(day, month)| *day <= longest(*month)) && !only_leap_day {
        return;
    }
    let Some((day, month)) = parts.days.first().copied() else { return };
    // Nobody misses a day by much: “May 50” is something else, and “0 May” a mark of it.
    let loose =
        parts.years.is_empty() && parts.weekday.is_none() && parts.parts.ending.is_none() && !calendar.is_said(place);
    let swedish = month == 2 && day == 30 && (parts.years.contains(&1712) || calendar.years.contains(&1712));
    let about = |class| calendar.has_about(place, calendar.draft.lexicons.class(class));
    let denied = about("no-such-date") || only_leap_day && about("leap-word");
    let other = calendar.ends_sentence(place)
        || calendar.is_work(place)
        || calendar.opens_name(place)
        || calendar.is_count(place)
        || calendar.is_label(place);
    if day == 0 || day > 31 && loose || swedish || denied || other {
        calendar.entries[place].bad = true;
        return;
    }
    let last = if only_leap_day { 28 } else { longest(month) };
    let mut repairs = Vec::new();
    repairs.extend(repair::day(calendar, place, last, None));
    if parts.form != Form::Numeric && !parts.shares_month {
        repairs.extend(repair::day(calendar, place, 1, Some(month % 12 + 1)));
    }
    let severity = if in_short_quotation(calendar, place, month == 2) {
        Severity::Note
    } else if only_leap_day {
        Severity::Warning
    } else {
        Severity::Error
    };
    calendar.entries[place].bad = true;
    found.push(Contradiction {
        sort: if only_leap_day { "leap-day" } else { "impossible-day" },
        culprit: place,
        from: None,
        expected: DateValue { day: Some(last), month: Some(month), year: parts.year(), weekday: None },
        evidence: Vec::new(),
        severity,
        repairs,
    });
}

/// Does it stand in a quotation that is short, or, unless it is the day of jests, in one that says hardly more?
fn in_short_quotation(calendar: &Calendar, place: usize, is_jest: bool) -> bool {
    let passage = calendar.passage(place);
    let (first, end) = calendar.entries[place].tokens;
    let own = passage.tokens[end - 1].end.saturating_sub(passage.tokens[first].start);
    let most = if is_jest { SHORT_QUOTATION } else { own + BARE_QUOTATION };
    passage.quotations.iter().any(|range| {
        let part = (range.start as usize, range.end as usize);
        let bytes = passage.tokens.get(part.0).zip(passage.tokens.get(part.1.wrapping_sub(1)));
        part.0 <= first
            && end <= part.1
            && bytes.is_some_and(|(open, close)| close.end.saturating_sub(open.start) <= most)
    })
}

fn ending(calendar: &mut Calendar, place: usize, found: &mut Vec<Contradiction>) {
    let parts = calendar.entries[place].parts;
    let (Some(day), Some(old)) = (parts.day(), parts.parts.ending) else { return };
    let passage = calendar.passage(place);
    let text = &passage.text()[old.start as usize..old.end as usize];
    let Some(right) = repair::ending(calendar, passage, day) else { return };
    if repair::takes(calendar, passage, day, text) {
        return;
    }
    let number = parts.parts.day.map_or("", |part| &passage.text()[part.start as usize..part.end as usize]);
    let repair = Repair::one(calendar.entries[place].passage, old, right.to_owned())
        .titled(format!("{number}{text}"), format!("{number}{right}"));
    found.push(Contradiction {
        sort: "ordinal-ending",
        culprit: place,
        from: None,
        expected: DateValue { day: Some(day), ..DateValue::default() },
        evidence: Vec::new(),
        severity: Severity::Error,
        repairs: vec![repair],
    });
}
