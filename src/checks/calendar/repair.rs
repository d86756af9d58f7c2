//! Ways to mend a date, each in the form of what it replaces: abbreviation, capitals, zeros, ordinal endings.

use chrono::{Datelike, NaiveDate};
use factlint_rules::token::digit_value;

use super::days::{date, weekday};
use super::entries::Calendar;
use crate::expressions::recase;
use crate::mentions::Passage;
use crate::mentions::dates::{Form, Part};

/// An edit of a part of a date.
#[derive(Clone, Debug)]
pub struct PartEdit {
    /// The passage.
    pub passage: usize,
    /// The bytes of its text.
    pub part: Part,
    /// The new words.
    pub text: String,
}

/// A way to mend a date.
#[derive(Clone, Debug)]
pub struct Repair {
    /// What changes, as an editor reads it.
    pub old: String,
    /// What it becomes.
    pub new: String,
    /// The edits.
    pub edits: Vec<PartEdit>,
}

impl Repair {
    /// A repair of one part.
    pub fn one(passage: usize, part: Part, text: String) -> Repair {
        Repair { old: String::new(), new: text.clone(), edits: vec![PartEdit { passage, part, text }] }
    }

    /// With the words that an editor reads.
    #[must_use]
    pub fn titled(mut self, old: String, new: String) -> Repair {
        (self.old, self.new) = (old, new);
        self
    }
}

/// The ways to mend two dates of a list at once, each by the same change: “Monday 4 and Tuesday 5” to “Tuesday 4 and
/// Wednesday 5”. A part that they share changes once; where they would change it differently, there is no such way.
pub fn together(one: &[Repair], other: &[Repair]) -> Vec<Repair> {
    let both = |(a, b): (&Repair, &Repair)| {
        let mut repair = a.clone();
        for edit in &b.edits {
            match a.edits.iter().find(|own| own.passage == edit.passage && own.part == edit.part) {
                Some(own) if own.text != edit.text => return None,
                Some(_) => {}
                None => repair.edits.push(edit.clone()),
            }
        }
        if repair.edits.len() > a.edits.len() {
            repair = repair.titled(format!("{}, {}", a.old, b.old), format!("{}, {}", a.new, b.new));
        }
        Some(repair)
    };
    // The same changes come in the same order; only over the end of a month some are missing.
    let alike = if one.len() == other.len() { one.len() } else { 1 };
    one.iter().zip(other).take(alike).filter_map(both).collect()
}

/// How far a day, and a year, is looked for.
const DAYS: i32 = 6;
const YEARS: i32 = 6;

/// Each way to make one part of a date agree with the others. `readings` are the days that it can be.
pub fn all(calendar: &Calendar, place: usize, readings: &[NaiveDate]) -> Vec<Repair> {
    let parts = calendar.entries[place].parts;
    let Some(said) = parts.weekday else { return Vec::new() };
    let mut repairs = Vec::new();
    let mut weekdays = Vec::new();
    for reading in readings {
        let right = weekday(*reading);
        if !weekdays.contains(&right) {
            weekdays.push(right);
            repairs.extend(self::weekday_to(calendar, place, right));
        }
    }
    // Of a date in two orders, which of its numbers is the day is not known.
    if parts.form == Form::Numeric && parts.days.len() > 1 {
        return repairs;
    }
    for reading in readings.iter().take(2) {
        let (year, month, day) = (reading.year(), reading.month() as u8, reading.day().cast_signed());
        let mut steps: Vec<i32> = (-DAYS..=DAYS).filter(|step| *step != 0).collect();
        steps.sort_by_key(|step| step.abs());
        for step in steps {
            let Ok(other) = u16::try_from(day + step) else { continue };
            if date(year, month, other).map(weekday) == Some(said) {
                repairs.extend(self::day(calendar, place, other, None));
            }
        }
        if parts.parts.year.is_some() && parts.years.contains(&year) {
            let near = (1..=YEARS).flat_map(|by| [year - by, year + by]);
            let fits = |other: &i32| date(*other, month, reading.day() as u16).map(weekday) == Some(said);
            if let Some(other) = near.into_iter().find(fits) {
                repairs.extend(self::year_to(calendar, place, other));
            }
        }
        if parts.form != Form::Numeric {
            for other in [month.wrapping_sub(1), month + 1] {
                if date(year, other, reading.day() as u16).map(weekday) == Some(said) {
                    repairs.extend(self::month_to(calendar, place, other));
                }
            }
        }
    }
    repairs
}

/// The day, with its ending; and the month too, if one is given.
pub fn day(calendar: &Calendar, place: usize, day: u16, month: Option<u8>) -> Option<Repair> {
    let entry = &calendar.entries[place];
    let passage = calendar.passage(place);
    let part = entry.parts.parts.day?;
    let old = text(passage, part);
    if old.chars().any(|c| digit_value(c).is_none()) {
        return None; // a day in words
    }
    let new = digits(i64::from(day), old);
    let mut edits = vec![PartEdit { passage: entry.passage, part, text: new.clone() }];
    let mut titles = (old.to_owned(), new);
    if let Some(ending) = entry.parts.parts.ending {
        let before = text(passage, ending);
        let after = if takes(calendar, passage, day, before) { before } else { self::ending(calendar, passage, day)? };
        if after != before {
            edits.push(PartEdit { passage: entry.passage, part: ending, text: recase(after, before) });
            titles = (format!("{}{before}", titles.0), format!("{}{after}", titles.1));
        }
    }
    if let Some(month) = month {
        let repair = month_to(calendar, place, month)?;
        titles = match entry.parts.form {
            Form::MonthDay => (format!("{} {}", repair.old, titles.0), format!("{} {}", repair.new, titles.1)),
            _ => (format!("{} {}", titles.0, repair.old), format!("{} {}", titles.1, repair.new)),
        };
        edits.extend(repair.edits);
    }
    Some(Repair { old: titles.0, new: titles.1, edits })
}

/// The weekday.
pub fn weekday_to(calendar: &Calendar, place: usize, weekday: u8) -> Option<Repair> {
    let entry = &calendar.entries[place];
    let old = entry.parts.weekday?;
    name(
        calendar,
        place,
        entry.parts.parts.weekday?,
        (old, weekday),
        &["weekday-beside-day", "weekday", "weekday-short"],
    )
}

/// The month.
pub fn month_to(calendar: &Calendar, place: usize, month: u8) -> Option<Repair> {
    let entry = &calendar.entries[place];
    let old = entry.parts.days.first()?.1;
    name(calendar, place, entry.parts.parts.month?, (old, month), &["month", "month-short"])
}

/// The year.
pub fn year_to(calendar: &Calendar, place: usize, year: i32) -> Option<Repair> {
    let entry = &calendar.entries[place];
    let part = entry.parts.parts.year?;
    let old = text(calendar.passage(place), part);
    let new = digits(i64::from(year), old);
    Some(Repair::one(entry.passage, part, new.clone()).titled(old.to_owned(), new))
}

/// The same name of another value: the whole one for a whole one, the abbreviation for an abbreviation.
fn name(calendar: &Calendar, place: usize, part: Part, (old, new): (u8, u8), classes: &[&str]) -> Option<Repair> {
    let passage = calendar.passage(place);
    let words = text(passage, part);
    let bare = words.trim_end_matches('.');
    let lexicon = passage.lexicon;
    let folded = factlint_rules::token::fold(bare);
    let value = |number: u8| number.to_string();
    let ids: Vec<_> = classes.iter().map(|name| calendar.draft.lexicons.class(name)).collect();
    let (class, at) = ids.iter().find_map(|class| {
        let own = value(old);
        let mut list = lexicon.phrases(*class).filter(|(other, _)| *other == own);
        Some((
            *class,
            list.position(|(_, phrase)| factlint_rules::token::fold(phrase.trim_end_matches('.')) == folded)?,
        ))
    })?;
    let wanted = value(new);
    let of = |class| lexicon.phrases(class).filter(|(other, _)| *other == wanted).map(|(_, phrase)| phrase);
    let is_latin = |text: &str| text.chars().find(|c| c.is_alphabetic()).is_some_and(|c| c < '\u{250}');
    let same_script = |phrase: &&str| is_latin(phrase) == is_latin(words);
    let found = of(class)
        .nth(at)
        .filter(same_script)
        .or_else(|| of(class).find(same_script))
        .or_else(|| ids.iter().find_map(|class| of(*class).find(same_script)))?;
    let mut text = recase(found.trim_end_matches('.'), bare);
    // An abbreviation that is a whole word (“May”) has no dot.
    if words.ends_with('.') && of(ids[0]).all(|whole| !whole.eq_ignore_ascii_case(&text)) {
        text.push('.');
    }
    (text != words)
        .then(|| Repair::one(calendar.entries[place].passage, part, text.clone()).titled(words.to_owned(), text))
}

/// The ending that the language gives to a day's number; `None` where it does not say.
pub fn ending<'d>(calendar: &Calendar, passage: &Passage<'d>, day: u16) -> Option<&'d str> {
    let class = calendar.draft.lexicons.class("day-ending");
    let list = || passage.lexicon.phrases(class);
    list()
        .find(|(days, _)| covers(days, day))
        .or_else(|| list().find(|(days, _)| *days == "other"))
        .map(|(_, text)| text)
}

/// Does the number take that ending? Where the language does not say, every ending will do.
pub fn takes(calendar: &Calendar, passage: &Passage, day: u16, ending: &str) -> bool {
    let class = calendar.draft.lexicons.class("day-ending");
    let special = passage.lexicon.phrases(class).any(|(days, _)| covers(days, day));
    let own = |(days, text): (&str, &str)| {
        text.eq_ignore_ascii_case(ending) && (days.is_empty() || covers(days, day) || days == "other" && !special)
    };
    passage.lexicon.phrases(class).any(own)
}

/// `1 21 31`
fn covers(days: &str, day: u16) -> bool {
    days.split(' ').any(|text| text.parse() == Ok(day))
}

/// A number in the digits and with the zeros of another.
pub fn digits(number: i64, like: &str) -> String {
    let zero = like.chars().find_map(|c| Some(c as u32 - digit_value(c)?)).unwrap_or('0' as u32);
    let padded = like.chars().next().and_then(digit_value) == Some(0);
    let width = if padded { like.chars().count() } else { 1 };
    format!("{number:0width$}")
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| char::from_u32(zero + digit)).unwrap_or(c))
        .collect()
}

/// The letters of a part.
pub fn text<'d>(passage: &Passage<'d>, part: Part) -> &'d str {
    passage.text().get(part.start as usize..part.end as usize).unwrap_or_default()
}
