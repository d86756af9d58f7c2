//! Notes like “Monday (10)”: a weekday and a day without a month.
//!
//! With a publication date each note is judged by itself first: does a day near it have both? Without one, the notes
//! are laid on runs of days (one month, or a short run over the end of one), and the run that satisfies most of them
//! counts. A minority of two that agree is another month; one number for all is a count.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use factlint_rules::token::TokenKind;
use factlint_rules::{Kind, Severity};

use super::Contradiction;
use super::days::weekday;
use super::entries::{Calendar, nearest};
use super::repair;
use super::yearless::{other_publication, shifted};
use crate::expressions::DateValue;
use crate::mentions::dates::{Anchor, Form};

/// Days before and after the publication date in which a note lies.
const BACK: i64 = 45;
const AHEAD: i64 = 31;
/// The same for a note that is a witness.
const CLOSE: i64 = 14;
/// What “this” reaches, and where the nearest day of a weekday is looked for.
const TIED: i64 = 8;
/// What “last” and “next” reach.
const LAST: i64 = 15;
/// A slip is by so many days at most.
const SLIP: u32 = 2;
/// A run over the end of a month is short, or anything could be explained by some month's end.
const RUN: u16 = 16;

/// As many notes are looked at for labels: a chronology has thousands.
const LOOKED_AT: usize = 60;

/// Sentences from one note to the next, if they are held against each other without a majority.
const APART: usize = 1;

type Key = (u8, u16);

/// Adds the notes that no run of days satisfies.
pub fn judge(calendar: &mut Calendar, found: &mut Vec<Contradiction>) {
    let places: Vec<usize> = (0..calendar.entries.len())
        .filter(|place| {
            let entry = &calendar.entries[*place];
            let is_note = matches!(entry.parts.form, Form::Bracket | Form::Bare)
                && entry.parts.weekday.is_some()
                && !entry.parts.has_month();
            is_note
                && !entry.bad
                && !calendar.is_named_day(*place)
                && (!entry.quoted || is_no_day(key(calendar, *place).1))
        })
        .collect();
    if places.is_empty() {
        return;
    }
    let notes = Notes { calendar, places };
    let mut judged = match notes.calendar.published {
        Some(published) => notes.by_publication(published),
        None => notes.by_runs(None),
    };
    let counted = notes.counted(&judged.found);
    judged.found.retain(|found| !counted.contains(&found.culprit));
    for (place, holds) in judged.holds {
        calendar.entries[place].holds = holds;
    }
    for found in judged.found.iter().filter(|found| found.severity > Severity::Note) {
        calendar.entries[found.culprit].bad = true;
    }
    found.extend(judged.found);
}

fn key(calendar: &Calendar, place: usize) -> Key {
    let parts = calendar.entries[place].parts;
    (parts.weekday.unwrap_or(0), parts.days.first().map_or(0, |(day, _)| *day))
}

fn is_no_day(day: u16) -> bool {
    day == 0 || day > 31
}

#[derive(Default)]
struct Judged {
    holds: Vec<(usize, bool)>,
    found: Vec<Contradiction>,
}

struct Notes<'c, 'd> {
    calendar: &'c Calendar<'d>,
    places: Vec<usize>,
}

impl Notes<'_, '_> {
    fn key(&self, place: usize) -> Key {
        key(self.calendar, place)
    }

    fn distinct(&self, places: &[usize]) -> BTreeSet<Key> {
        places.iter().map(|place| self.key(*place)).collect()
    }

    fn by_publication(&self, published: NaiveDate) -> Judged {
        let mut judged = Judged::default();
        let day_of = |place: usize, from: i64, to: i64| {
            let (said, day) = self.key(place);
            (from..=to)
                .filter_map(|by| shifted(published, by))
                .find(|date| date.day() == u32::from(day) && weekday(*date) == said)
        };
        let (mut near, mut close, mut off) = (Vec::new(), Vec::new(), Vec::new());
        for place in self.places.iter().copied() {
            if is_no_day(self.key(place).1) {
                continue;
            }
            let (from, to) = match self.calendar.entries[place].parts.anchor {
                Some(Anchor::This | Anchor::Relative(_)) => (-TIED, TIED),
                Some(Anchor::Last) => (-LAST, 0),
                Some(Anchor::Next) => (0, LAST),
                None => (-BACK, AHEAD),
            };
            if day_of(place, from, to).is_some() {
                near.push(place);
                judged.holds.push((place, true));
                if day_of(place, -CLOSE, CLOSE).is_some() {
                    close.push(place);
                }
            } else {
                off.push(place);
            }
        }
        // Dates with a month and their weekday are witnesses too.
        let dated = self.calendar.entries.iter().enumerate().filter(|(_, entry)| {
            entry.holds && entry.parts.weekday.is_some() && entry.parts.has_month() && !entry.quoted
        });
        close.extend(dated.map(|(place, _)| place));
        close.sort_unstable();
        for place in self.places.iter().copied().filter(|place| is_no_day(self.key(*place).1)) {
            if !close.is_empty() && self.distinct(&self.places).len() >= 2 {
                judged.found.push(self.contradiction(place, Severity::Error, &close, Some(published), None));
            }
        }
        let (tied, loose): (Vec<usize>, Vec<usize>) = off.iter().copied().partition(|place| {
            matches!(self.calendar.entries[*place].parts.anchor, Some(Anchor::This | Anchor::Relative(_)))
        });
        for place in tied {
            let slip = self.is_slip(place, published);
            if slip || !close.is_empty() {
                let severity = if slip || close.len() >= 2 { Severity::Error } else { Severity::Warning };
                judged.found.push(self.contradiction(place, severity, &close, Some(published), None));
            }
        }
        let distinct = self.distinct(&loose);
        if distinct.len() >= 2 && agree(&distinct) {
            // Another month; or, if nothing at all is near, the wrong publication date.
            if distinct.len() >= 3 && near.is_empty() && close.is_empty() {
                judged.found.push(other_publication(self.calendar, loose[0], &loose));
            }
            return judged;
        }
        if close.is_empty() && distinct.len() >= 3 {
            let own = Notes { calendar: self.calendar, places: loose };
            judged.found.extend(own.by_runs(Some(published)).found);
            return judged;
        }
        let witnesses = self.distinct(&close).len();
        for place in loose {
            if self.is_slip(place, published) {
                let severity = if witnesses >= 2 { Severity::Error } else { Severity::Warning };
                judged.found.push(self.contradiction(place, severity, &close, Some(published), None));
            } else if witnesses >= 1 {
                judged.found.push(self.contradiction(place, Severity::Warning, &close, Some(published), None));
            }
        }
        judged
    }

    /// Does a day near the publication date with that weekday lie within a slip of the number? Or did the writer put
    /// the day of publication?
    fn is_slip(&self, place: usize, published: NaiveDate) -> bool {
        let (said, day) = self.key(place);
        let day = u32::from(day);
        let near = (-TIED..=TIED).filter_map(|by| shifted(published, by)).filter(|date| weekday(*date) == said);
        let slips = |date: NaiveDate| {
            let over =
                |by: i64| shifted(date, by).is_some_and(|other| other.month() != date.month() && other.day() == day);
            date.day().abs_diff(day) <= SLIP || (-i64::from(SLIP)..=i64::from(SLIP)).any(over)
        };
        near.into_iter().any(slips) || day == published.day() && said != weekday(published)
    }

    /// Lays the notes on runs of days.
    fn by_runs(&self, published: Option<NaiveDate>) -> Judged {
        let mut judged = Judged::default();
        let days: Vec<usize> = self.places.iter().copied().filter(|place| !is_no_day(self.key(*place).1)).collect();
        let all = self.distinct(&days);
        let runs = best_runs(&all, |key| days.iter().position(|place| self.key(*place) == key));
        let Some(best) = runs.first() else { return judged };
        let holds = |run: &Run, place: usize| run.keys.contains(&self.key(place));
        let (kept, out): (Vec<usize>, Vec<usize>) = days.iter().copied().partition(|place| holds(best, *place));
        let (kept_keys, out_keys) = (self.distinct(&kept), self.distinct(&out));
        let no_days = self.places.iter().copied().filter(|place| is_no_day(self.key(*place).1));
        for place in no_days {
            if kept_keys.len() >= 2 {
                judged.found.push(self.contradiction(place, Severity::Error, &kept, published, Some(best)));
            }
        }
        let one_number = all.iter().map(|(_, day)| *day).collect::<BTreeSet<_>>().len() == 1;
        let second_month = out_keys.len() >= 2 && agree(&out_keys);
        if out.is_empty() {
            judged.holds.extend(kept.iter().map(|place| (*place, kept_keys.len() >= 2)));
            return judged;
        }
        if one_number || second_month {
            return judged;
        }
        let always = |place: &usize| runs.iter().all(|run| !holds(run, *place));
        let all_agree_but_one = kept_keys.len() >= 2 && out_keys.len() == 1 && !out.iter().any(always);
        if all_agree_but_one {
            // One is wrong, and it may be either: “Monday (30), Tuesday (30), Wednesday (1)”.
            let doubted = |place: &usize| runs.iter().any(|run| !holds(run, *place));
            let Some(last) = days.iter().copied().filter(doubted).max() else { return judged };
            if !self.stand_together(&days) || self.counts(&days) || self.may_count(&days, last) {
                return judged;
            }
            let others: Vec<usize> =
                days.iter().copied().filter(|place| doubted(place) && self.key(*place) != self.key(last)).collect();
            let mut found = self.contradiction(last, Severity::Warning, &others, published, None);
            found.sort = "day-note-tie";
            judged.found.push(found);
        } else if kept_keys.len() > out_keys.len() && kept_keys.len() >= 2 {
            for place in out.iter().copied().filter(always) {
                let sure = kept_keys.len() > out_keys.len() + 1;
                let severity = if sure { Severity::Error } else { Severity::Warning };
                judged.found.push(self.contradiction(place, severity, &kept, published, Some(best)));
            }
        } else if kept_keys.len() >= 2 || (kept_keys.len(), out_keys.len()) == (1, 1) {
            // No majority: the last in the text is named, the others shown, and no side taken.
            let Some(last) = days.iter().copied().max() else { return judged };
            // Two notes far apart need not be of one week.
            if !self.stand_together(&days) || self.counts(&days) || self.may_count(&days, last) {
                return judged;
            }
            let others: Vec<usize> = days.iter().copied().filter(|place| self.key(*place) != self.key(last)).collect();
            let mut found = self.contradiction(last, Severity::Warning, &others, published, None);
            found.sort = "day-note-tie";
            judged.found.push(found);
        }
        judged
    }

    /// Do the weekdays of their blocks count something: “Monday 3 goals, Wednesday 5 and Friday 8”?
    fn counts(&self, days: &[usize]) -> bool {
        let counted = |place: &usize| {
            let passage = self.calendar.passage(*place);
            passage.mentions.iter().any(|mention| {
                let after = passage.tokens.get(mention.end as usize);
                mention.is(Kind::Weekday)
                    && !mention.is(Kind::Date)
                    && after.is_some_and(|token| token.kind == TokenKind::Number)
            })
        };
        days.iter().any(counted)
    }

    /// May the brackets of a list hold counts, as in “Goals: Monday (2), Sunday (5)”? One of them is no day, or is off by
    /// more than a slip; or the list stands behind a colon.
    fn may_count(&self, days: &[usize], last: usize) -> bool {
        if !days.iter().all(|place| self.calendar.entries[*place].parts.form == Form::Bracket) {
            return false;
        }
        let slips = |other: usize| {
            let own = self.key(last).1;
            self.aligned(last, other).first().is_some_and(|day| u32::from(day.abs_diff(own)) <= SLIP)
        };
        let behind_colon = |place: &usize| {
            let first = self.calendar.entries[*place].tokens.0;
            first > 0 && self.calendar.passage(*place).is_sign(first - 1, ':')
        };
        let own = self.key(last);
        self.places.iter().any(|place| is_no_day(self.key(*place).1))
            || days.iter().any(behind_colon)
            || !days.iter().filter(|place| self.key(**place) != own).any(|place| slips(*place))
    }

    /// The accused of sentences that have no other notes, where one of them is no day at all: the brackets of such a sentence count something.
    fn counted(&self, found: &[Contradiction]) -> BTreeSet<usize> {
        let sentence = |place: usize| {
            let entry = &self.calendar.entries[place];
            (entry.passage, self.calendar.passage(place).sentence_of(entry.tokens.0))
        };
        let accused: BTreeSet<usize> = found.iter().map(|found| found.culprit).collect();
        let counts = |place: &usize| {
            let own = sentence(*place);
            let beside: Vec<usize> = self.places.iter().copied().filter(|other| sentence(*other) == own).collect();
            beside.len() >= 2
                && beside.iter().all(|other| accused.contains(other))
                && beside.iter().any(|other| is_no_day(self.key(*other).1))
        };
        accused.iter().copied().filter(counts).collect()
    }

    /// Is each note in the sentence of the one before it, or in the next one?
    fn stand_together(&self, days: &[usize]) -> bool {
        let place = |at: usize| {
            let entry = &self.calendar.entries[at];
            (entry.passage, self.calendar.passage(at).sentence_of(entry.tokens.0))
        };
        days.windows(2).all(|pair| {
            let (one, other) = (place(pair[0]), place(pair[1]));
            one.0 == other.0 && other.1 - one.1 <= APART
        })
    }

    fn contradiction(
        &self,
        place: usize,
        severity: Severity,
        witnesses: &[usize],
        published: Option<NaiveDate>,
        run: Option<&Run>,
    ) -> Contradiction {
        let (said, day) = self.key(place);
        let mut seen = BTreeSet::new();
        let mut evidence: Vec<usize> = nearest(witnesses, place)
            .take(LOOKED_AT)
            .filter(|other| seen.insert(self.key(*other)))
            .take(super::LABELS)
            .collect();
        evidence.sort_unstable();
        let days = match (published, run) {
            (Some(published), None) => near_days(published, said, day),
            (_, Some(run)) => self.run_days(place, run, &evidence),
            (None, None) => evidence.first().map(|other| self.aligned(place, *other)).unwrap_or_default(),
        };
        // A day between its neighbours in the text is the one that is meant.
        let fits = |first: &u16| {
            let day_of = |other: Option<&usize>| other.map(|other| self.key(*other).1);
            let before = day_of(evidence.iter().rev().find(|other| **other < place));
            let after = day_of(evidence.iter().find(|other| **other > place));
            before.zip(after).is_some_and(|(before, after)| (before..=after).contains(first))
        };
        let most = if days.first().is_some_and(fits) { 1 } else { 3 };
        let mut repairs: Vec<_> =
            days.iter().take(most).filter_map(|day| repair::day(self.calendar, place, *day, None)).collect();
        let right = match (published, run, evidence.first()) {
            _ if is_no_day(day) => None,
            (Some(published), None, _) => (-TIED..=TIED)
                .filter_map(|by| shifted(published, by))
                .find(|date| date.day() == u32::from(day))
                .map(weekday),
            (_, Some(run), _) => Some(run.weekday(day)),
            (_, None, Some(other)) => {
                let (weekday, other_day) = self.key(*other);
                Some(((i32::from(weekday) - i32::from(other_day) + i32::from(day) - 1).rem_euclid(7) + 1) as u8)
            }
            _ => None,
        };
        repairs.extend(right.and_then(|right| repair::weekday_to(self.calendar, place, right)));
        let expected = DateValue { weekday: Some(said), day: days.first().copied(), ..DateValue::default() };
        Contradiction { sort: "day-note", culprit: place, from: None, expected, evidence, severity, repairs }
    }

    /// The days of a run that have the note's weekday: those between its neighbours in the text first.
    fn run_days(&self, place: usize, run: &Run, evidence: &[usize]) -> Vec<u16> {
        let said = self.key(place).0;
        let known: Vec<u16> = evidence.iter().map(|other| self.key(*other).1).filter(|day| !is_no_day(*day)).collect();
        let before = evidence.iter().rev().find(|other| **other < place).map(|other| self.key(*other).1);
        let after = evidence.iter().find(|other| **other > place).map(|other| self.key(*other).1);
        let middle = match (before, after) {
            (Some(a), Some(b)) => i32::from(a) + i32::from(b),
            _ => {
                2 * known.iter().map(|day| i32::from(*day)).sum::<i32>()
                    / i32::try_from(known.len().max(1)).unwrap_or(1)
            }
        };
        let mut days: Vec<u16> = (1..=run.length).filter(|day| run.weekday(*day) == said).collect();
        days.sort_by_key(|day| (2 * i32::from(*day) - middle).abs());
        days
    }

    /// The days with the note's weekday if another note is right.
    fn aligned(&self, place: usize, other: usize) -> Vec<u16> {
        let (said, own) = self.key(place);
        let (weekday, day) = self.key(other);
        let mut days: Vec<u16> = (1..=31)
            .filter(|candidate| {
                (i32::from(*candidate) - i32::from(day) - i32::from(said) + i32::from(weekday)).rem_euclid(7) == 0
            })
            .collect();
        days.sort_by_key(|candidate| candidate.abs_diff(own));
        days.truncate(1);
        days
    }
}

/// The days near a publication date with that weekday; the one nearest to the number first.
fn near_days(published: NaiveDate, said: u8, day: u16) -> Vec<u16> {
    let mut days: Vec<(i64, u16)> = (-TIED..=TIED)
        .filter_map(|by| Some((by, shifted(published, by)?)))
        .filter(|(_, date)| weekday(*date) == said)
        .map(|(by, date)| (by, date.day() as u16))
        .collect();
    days.sort_by_key(
        |(by, candidate)| if is_no_day(day) { (by.abs(), 0) } else { (i64::from(candidate.abs_diff(day)), by.abs()) },
    );
    days.into_iter().map(|(_, day)| day).collect()
}

/// A run of days and the notes that it satisfies.
struct Run {
    /// The weekday of a day 0.
    class: u8,
    /// The days of its month.
    length: u16,
    keys: BTreeSet<Key>,
}

impl Run {
    fn weekday(&self, day: u16) -> u8 {
        weekday_in(self.class, day)
    }
}

fn weekday_in(class: u8, day: u16) -> u8 {
    ((u16::from(class) + day - 1) % 7) as u8 + 1
}

/// The runs that satisfy most notes; of as many, those that cross the end of a month where the text does, or none.
/// `order` is the place of a note in the text.
fn best_runs(all: &BTreeSet<Key>, order: impl Fn(Key) -> Option<usize>) -> Vec<Run> {
    let mut best: Vec<Run> = Vec::new();
    let mut most = (1, false);
    let mut add = |class: u8, length: u16, keys: BTreeSet<Key>, in_order: bool| {
        let rank = (keys.len(), in_order);
        if rank > most {
            best.clear();
            most = rank;
        }
        if rank == most {
            best.push(Run { class, length, keys });
        }
    };
    for class in 0..7u8 {
        for length in 28..=31u16 {
            let in_month: BTreeSet<Key> =
                all.iter().copied().filter(|(said, day)| *day <= length && weekday_in(class, *day) == *said).collect();
            if length == 31 {
                add(class, length, in_month.clone(), true);
            }
            for first in (length - RUN + 2)..=length {
                let next = (u16::from(class) + length) % 7;
                let low = all
                    .iter()
                    .copied()
                    .filter(|(said, day)| day + length < first + RUN && weekday_in(next as u8, *day) == *said);
                let low: BTreeSet<Key> = low.collect();
                let high: BTreeSet<Key> = in_month.iter().copied().filter(|(_, day)| *day >= first).collect();
                if !low.is_empty() && !high.is_empty() {
                    let first_of = |keys: &BTreeSet<Key>| keys.iter().filter_map(|key| order(*key)).min();
                    let in_order = first_of(&high) <= low.iter().filter_map(|key| order(*key)).max();
                    add(class, length, high.union(&low).copied().collect(), in_order);
                }
            }
        }
    }
    best
}

/// Does one run satisfy all?
fn agree(keys: &BTreeSet<Key>) -> bool {
    best_runs(keys, |_| None).first().is_some_and(|run| run.keys.len() == keys.len())
}
