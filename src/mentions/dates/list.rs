//! Dates that stand together and share their month, their year or their weekdays: “Monday and Tuesday, 10 and 11
//! January 2022”, “May 3–5, 2021”, “28 December to 3 January 2021”.
//!
//! The first weekday goes with the first day. A date without a month takes it from the day before or after it that has
//! one; a year goes backwards over a range, and over “and” only where the month is shared too.

use factlint_rules::{Kind, KindSet};

use super::atoms::Atoms;
use super::forms::{self, Item};
use super::{DateReading, Form, Link};
use crate::mentions::Mention;
use crate::mentions::mention::Reading;

/// As many dates as one list may have.
const MOST: usize = 40;

struct Joint {
    link: Link,
    /// Joined by nothing but a comma, and what may stand before any date.
    comma: bool,
}

/// The dates of the list that starts at a token; none if no date starts there.
pub fn read(atoms: &Atoms, at: usize) -> Vec<Mention> {
    let Some(first) = forms::read(atoms, at, true) else { return Vec::new() };
    let mut items = vec![first];
    let mut joints: Vec<Joint> = Vec::new();
    while items.len() < MOST {
        let end = items.last().map_or(at, |item| item.end);
        let Some((link, next)) = atoms.link(end) else { break };
        let Some(item) = forms::read(atoms, next, false) else { break };
        // “aged 47, on 3 April”: a preposition or an article behind the comma joins no more than the comma does.
        let comma = atoms.passage.is_sign(end, ',') && !atoms.joins(end + 1);
        joints.push(Joint { link, comma });
        items.push(item);
    }
    share_months(atoms, &mut items, &joints);
    if items[0].open {
        items.iter_mut().filter(|item| item.weekdays.is_empty()).for_each(|item| item.whole = true);
    }
    let whole = items.iter().position(|item| !item.whole).unwrap_or(items.len());
    items.truncate(whole);
    close_bracket(atoms, &mut items);
    if items.is_empty() {
        return Vec::new();
    }
    share_years(&mut items, &joints);
    share_weekdays(&mut items, &joints);
    if items.iter().any(|item| item.weekdays.is_empty() && !item.parts.has_month()) {
        return Vec::new();
    }
    let mut mentions = Vec::with_capacity(items.len());
    let mut before = None;
    for (place, item) in items.into_iter().enumerate() {
        let mut parts = item.parts;
        parts.joined = before.map(|first| (joints[place - 1].link, first));
        if let Some(name) = item.weekdays.first() {
            parts.weekday = Some(name.value);
            parts.parts.weekday = Some(name.part);
        }
        before = Some(item.first as u32);
        let mut kinds = KindSet::of(&[Kind::Date]);
        if parts.weekday.is_some() {
            kinds = kinds.with(Kind::Weekday);
        }
        if parts.has_month() {
            kinds = kinds.with(Kind::Month);
        }
        let reading = Reading::Date(Box::new(DateReading::Date(parts)));
        mentions.push(Mention::new(kinds, item.first, item.end, reading));
    }
    mentions
}

/// Gives days without a month that of a neighbour.
fn share_months(atoms: &Atoms, items: &mut [Item], joints: &[Joint]) {
    for at in 0..items.len() {
        if items[at].parts.has_month() {
            continue;
        }
        // “3月10日(月)、11日(火)”: the weekdays stand behind, so nothing else can be meant.
        if items[at].behind {
            if let Some(before) = at.checked_sub(1).map(|before| items[before].parts.clone())
                && before.has_month()
                && before.form != Form::Numeric
                && before.days[0].0 < items[at].parts.days[0].0
            {
                take_month(&mut items[at], before.days[0].1);
                items[at].parts.years = before.years;
            }
            continue;
        }
        let behind = (at + 1..items.len()).find(|next| items[*next].parts.has_month());
        if let Some(next) = behind
            && items[next].parts.form == Form::DayMonth
        {
            // “killing 12, 3 May”: a comma alone joins no dates.
            let loose = joints[at..next].iter().all(|joint| joint.comma);
            if !loose || !items[at].weekdays.is_empty() {
                let month = items[next].parts.days[0].1;
                take_month(&mut items[at], month);
                // “28–3 January” may start in the month before.
                let (day, month) = items[at].parts.days[0];
                if joints[at].link == Link::To && next == at + 1 && items[next].parts.days[0].0 < day {
                    items[at].parts.days.push((day, if month == 1 { 12 } else { month - 1 }));
                }
                continue;
            }
        }
        let Some(before) = at.checked_sub(1) else { continue };
        let from = &items[before].parts;
        let same_form = from.form == Form::MonthDay || from.shares_month && from.form == Form::Bare;
        let day = items[at].parts.days[0].0;
        let fits = !joints[before].comma && items[at].weekdays.is_empty() && day <= 31;
        if same_form && fits && from.years.is_empty() {
            let month = from.days[0].1;
            let end = items[at].end;
            let year = atoms.year_after(end);
            if year.is_some() || forms::follows(atoms, end) {
                take_month(&mut items[at], month);
                if let Some(year) = year {
                    items[at].parts.years = vec![year.value];
                    items[at].parts.parts.year = year.part;
                    items[at].doubtful_year = year.doubtful;
                    items[at].end = year.end;
                }
                let (day, month) = items[at].parts.days[0];
                let goes_on = joints[before].link == Link::To && day < items[before].parts.days[0].0 && day <= 15;
                if goes_on {
                    items[at].parts.days.push((day, month % 12 + 1)); // “Sept 30–01”
                }
            }
        }
    }
}

fn take_month(item: &mut Item, month: u8) {
    item.parts.days[0].1 = month;
    item.parts.shares_month = true;
    item.whole = true;
}

/// “Monday and Tuesday (10 and 11)”: the bracket closes behind the last day, or these are no dates.
fn close_bracket(atoms: &Atoms, items: &mut Vec<Item>) {
    if !items.first().is_some_and(|item| item.open) {
        return;
    }
    let wanted = items[0].weekdays.len();
    let closed = items.last().is_some_and(|item| atoms.passage.is_sign(item.end, ')'));
    // The days inside the bracket have no weekday of their own, so they are whole only together.
    if items.len() != wanted || !closed {
        items.clear();
        return;
    }
    if let Some(last) = items.last_mut() {
        last.end += 1;
    }
}

fn share_years(items: &mut [Item], joints: &[Joint]) {
    for item in items.iter_mut().filter(|item| item.doubtful_year) {
        item.parts.hint = item.parts.years.pop();
    }
    for at in (0..items.len().saturating_sub(1)).rev() {
        let (month, year) = match &items[at + 1].parts {
            next if next.years.len() == 1 => (next.days[0].1, next.years[0]),
            _ => continue,
        };
        let shared = items[at + 1].parts.shares_month;
        let item = &mut items[at];
        if !item.parts.years.is_empty() || item.parts.form == Form::Numeric {
            continue;
        }
        let year = if item.parts.days[0].1 > month { year - 1 } else { year };
        if item.parts.shares_month && item.parts.days.len() == 2 {
            // “28–3 January 2021”: in December it is the year before.
            item.parts.years = if item.parts.days[0].1 == 1 { vec![year, year - 1] } else { vec![year] };
        } else if item.parts.shares_month || joints[at].link == Link::To || shared {
            item.parts.years = vec![year];
        } else {
            item.parts.hint = Some(year);
        }
    }
}

/// Are two dates further apart than the days of one week?
fn is_season(first: &Item, last: &Item) -> bool {
    let day = |item: &Item| {
        let (day, month) = item.parts.days[0];
        31 * i32::from(month) + i32::from(day)
    };
    let years = |item: &Item| item.parts.years.first().copied().unwrap_or_default();
    let known = first.parts.has_month() && last.parts.has_month();
    known && years(first) == years(last) && day(last) - day(first) > 8
}

fn share_weekdays(items: &mut [Item], joints: &[Joint]) {
    let names = match items.first() {
        Some(first) if first.weekdays.len() > 1 => first.weekdays.clone(),
        _ => return,
    };
    let free = items[1..].iter().all(|item| item.weekdays.is_empty());
    let ends = items.len() == 2 && joints[0].link == Link::To;
    if ends && is_season(&items[0], &items[1]) {
        items[0].weekdays.clear(); // “open Monday to Friday, 1 May to 30 September”
    } else if free && names.len() == items.len() {
        for (item, name) in items.iter_mut().zip(names) {
            item.weekdays = vec![name];
        }
    } else if free && ends {
        items[0].weekdays = vec![names[0]];
        items[1].weekdays = vec![names[names.len() - 1]];
    } else {
        items[0].weekdays.clear();
    }
}
