//! Times of day: “8 p.m. GMT”, “20:30”, “20.30 Uhr”, “13h30”, “1900 GMT”, noon and midnight.
//!
//! A pair of numbers is a time only if something says so: its hour and minute exist, or “at”, a half of the day, a zone
//! or an hour word stands beside it. 25:23 is a score.

use factlint_rules::lexicon::ClassId;
use factlint_rules::token::TokenKind;
use factlint_rules::{Kind, KindSet};

use super::atoms::{Atoms, number};
use super::{Clock, DateReading, Part, Zone, forms};
use crate::mentions::Mention;
use crate::mentions::mention::Reading;

/// The time of day at a token.
pub fn read(atoms: &Atoms, at: usize) -> Option<Mention> {
    let said = || if atoms.is_number(at) { figures(atoms, at) } else { word(atoms, at) };
    let (mut clock, mut end) = spoken(atoms, at).or_else(said)?;
    if let Some((zones, after)) = zone(atoms, end).or_else(|| place(atoms, at, end)) {
        clock.zones = zones;
        clock.zone = Some(atoms.part(end, after));
        end = after;
    }
    let reading = Reading::Date(Box::new(DateReading::Time(clock)));
    Some(Mention::new(KindSet::of(&[Kind::Time]), at, end, reading))
}

fn word(atoms: &Atoms, at: usize) -> Option<(Clock, usize)> {
    let (hour, len) = match atoms.skip(at, atoms.classes.noon) {
        0 => (0, atoms.skip(at, atoms.classes.midnight)),
        len => (12, len),
    };
    let clock = Clock { hour, half: Some(hour == 12), in_words: true, ..Clock::default() };
    (len > 0).then_some((clock, at + len))
}

/// A time as it is said: “half past seven”, “halb acht”, “a las cinco y media de la tarde”, “three in the afternoon”.
///
/// A number in words alone is a count; a half of the day, “o'clock” or a part of the hour makes it a time. Where an hour
/// of the clock and one of length are the same word (heures, horas, uur), more must say so.
fn spoken(atoms: &Atoms, at: usize) -> Option<(Clock, usize)> {
    let classes = atoms.classes;
    let led = atoms.passage.has_before(at, classes.clock_at) || atoms.passage.has_before(at, classes.clock_at_hour);
    let in_digits = atoms.is_number(at);
    let hour_at = |at: usize| match atoms.digits(at, 2) {
        Some(hour) if atoms.clean_before(at) => Some((hour, at + 1)),
        Some(_) => None,
        None => atoms.passage.number_of(at, classes.clock_hour).map(|(hour, len)| (hour, at + len)),
    };
    let (before, from) =
        atoms.passage.number_of(at, classes.clock_past).map_or((None, at), |(minutes, len)| (Some(minutes), at + len));
    let (hour, mut end) =
        hour_at(from).filter(|(hour, _)| (1..=24).contains(hour) && (before.is_none() || *hour <= 12))?;
    let oclock = atoms.skip(end, classes.oclock);
    let is_length = oclock > 0 && atoms.skip(end, classes.unit) > 0;
    let mut minutes = before;
    if minutes.is_none()
        && led
        && let Some((after, len)) = atoms.passage.number_of(end + oclock, classes.clock_and)
    {
        (minutes, end) = (Some(after), end + oclock + len);
    } else if oclock > 0 && !(is_length && before.is_some()) {
        end += oclock;
    }
    // “at 9 in the evening”; “killed three in the morning”
    let sure = led || oclock > 0 || minutes.is_some();
    let half = |at: usize| {
        let of = |halves: &[ClassId]| halves.iter().map(|class| atoms.skip(at, *class)).max().unwrap_or(0);
        let (am, pm) = (of(&[classes.am, classes.am_spoken]), of(&[classes.pm, classes.pm_spoken]));
        (sure && hour <= 12 && am.max(pm) > 0).then_some((pm >= am, at + am.max(pm)))
    };
    let half = half(end);
    if let Some((_, after)) = half {
        end = after;
    }
    let stops = |at: usize| {
        atoms.passage.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Sign && !atoms.is_dash(at))
    };
    let told = minutes.is_some()
        || half.is_some() && (!in_digits || led)
        || !in_digits && oclock > 0 && (!is_length || led && stops(end));
    // “half past 3” and “a las 3 y media” are said; “3 p.m.” is read as figures. “Halb acht Stunden” is none.
    if !told
        || in_digits
            && minutes.is_none()
            && atoms.skip(at + 1, classes.am_spoken).max(atoms.skip(at + 1, classes.pm_spoken)) == 0
        || atoms.skip(end, classes.unit) > 0
    {
        return None;
    }
    let total = (hour * 60 + minutes.unwrap_or(0)).rem_euclid(24 * 60);
    let clock = Clock {
        hour: u16::try_from(total / 60).ok()?,
        minute: u16::try_from(total % 60).ok()?,
        has_minutes: minutes.is_some(),
        // Twelve in the morning or at night is noon here and midnight there.
        half: half.filter(|_| hour < 12).map(|(pm, _)| pm),
        half_in_words: true,
        ..Clock::default()
    };
    Some((clock, end))
}

fn figures(atoms: &Atoms, at: usize) -> Option<(Clock, usize)> {
    let classes = atoms.classes;
    // “9:00 EST/15:00 UTC”, “7 p.m.-8 p.m.”, “9:15-10:45 a.m.”
    let behind = |class| atoms.passage.has_before(at - 1, class);
    let minutes =
        || at > 3 && atoms.is_number(at - 2) && atoms.is_glued_sign(at - 3, ':') && atoms.passage.glued(at - 2);
    let second = at > 1
        && (atoms.passage.is_sign(at - 1, '/') && behind(classes.zone)
            || atoms.is_dash(at - 1) && (behind(classes.am) || behind(classes.pm) || minutes()));
    if !second && !atoms.clean_before(at) {
        return None;
    }
    let text = atoms.passage.word(at);
    let hour_words = |at: usize| atoms.skip(at, classes.oclock);
    let half_at = |at: usize| {
        let (am, pm) = (atoms.skip(at, classes.am), atoms.skip(at, classes.pm));
        if am.max(pm) == 0 { None } else { Some((pm >= am, at + am.max(pm))) }
    };
    let mut hour;
    let (mut minute, mut hour_part) = (None, atoms.part(at, at + 1));
    let mut end = at + 1;
    let mut sure = atoms.passage.has_before(at, classes.clock_at);
    let mut dotted = false;
    if let Some((whole, rest)) = text.split_once('.') {
        hour = number(whole, 2)?;
        minute = Some(number(rest, 2).filter(|_| rest.chars().count() == 2)?);
        hour_part = Part { start: hour_part.start, end: hour_part.start + whole.len() as u32 };
        dotted = true;
    } else if let Some(value) = number(text, 4) {
        hour = value;
        let colon = atoms.is_glued_sign(end, ':');
        let letter = hour_words(end);
        let from = if colon { end + 1 } else { end + letter };
        // “24 hrs 31 hrs” are two lengths of time.
        let alone = |at: usize| letter == 0 || hour_words(at + 1) == 0 || zone(atoms, at + 1).is_some();
        let two = atoms.digits(from, 2).filter(|_| atoms.passage.word(from).chars().count() == 2 && alone(from));
        // “2 horas 30 minutos” and “2 horas y 30 minutos” are a length of time.
        let rest = from + atoms.skip(from, classes.date_and);
        let unit = || atoms.passage.has(rest + 1, classes.unit) && zone(atoms, rest + 1).is_none();
        if letter > 0 && atoms.is_number(rest) && unit() {
            return None;
        }
        if (colon && atoms.passage.glued(from) || letter > 0) && two.is_some() {
            minute = two;
            end = from + 1;
            sure |= letter > 0;
            // “2:01:39” is a race, “20:30:15” a time with seconds, as is “23:89:59 Uhr”.
            if atoms.is_glued_sign(end, ':') {
                let seconds = colon && atoms.digits(end + 1, 2).is_some() && hour_words(end + 2) > 0;
                if !seconds {
                    return None;
                }
                end += 2;
            }
        } else if letter > 0 {
            end += letter;
            sure = true;
        }
        if minute.is_none() && text.chars().count() == 4 {
            zone(atoms, end)?;
            (hour, minute) = (value / 100, Some(value % 100));
        } else if text.chars().count() > 2 {
            return None;
        }
    } else {
        return None;
    }
    let mut half = None;
    let mut half_in_words = false;
    if let Some((pm, after)) = half_at(end) {
        let words = atoms.passage.slice(end, after);
        half_in_words = words.contains(' ') && !words.contains('.');
        (half, end, sure) = (Some(pm), after, true);
    } else if minute.is_some() && hour_words(end) > 0 && zone(atoms, end).is_none() {
        end += hour_words(end);
        sure = true;
    }
    let zoned = zone(atoms, end).is_some();
    let said = half.is_some() || zoned || end > at + 1 && sure && !dotted || dotted && hour_words(end) > 0;
    let exists = hour < 24 && minute.is_some_and(|minute| minute < 60);
    // 48 heures is a length of time, 7u75 a version: what does not exist must be called a time by more than its unit.
    let closes = |at: usize| zone(atoms, at).map_or(at, |(_, after)| after);
    let in_bracket = at > 0 && atoms.passage.is_sign(at - 1, '(') && atoms.passage.is_sign(closes(end), ')');
    // “Until 1972 GMT was the time of the world.”
    let stops = |at: usize| atoms.passage.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Sign);
    let year = text.chars().count() == 4 && text.starts_with(['1', '2']) && !stops(closes(end));
    let led_to = atoms.passage.has_before(at, classes.clock_at) && !year;
    // “14h75”
    let lettered = text.len() == 2 && end == at + 3 && atoms.passage.word(at + 1) == "h" && atoms.passage.glued(at + 1);
    // “de 08:00 a 13:71 horas”, “8:00-13:71 Uhr”
    let led_from = || {
        let to = (1..=2).find(|len| at > *len && atoms.skip(at - len, classes.clock_to) == *len);
        let dash = (at > 0 && atoms.is_dash(at - 1)).then_some(1);
        to.or(dash)
            .is_some_and(|len| at > len + 2 && atoms.is_number(at - len - 1) && atoms.is_glued_sign(at - len - 2, ':'))
    };
    let ends_range = minute.is_some() && hour_words(end - 1) > 0 && led_from();
    let called = minute.is_some() && (half.is_some() || led_to || zoned && in_bracket || lettered || ends_range);
    let impossible = hour > 24 || minute.is_some_and(|minute| minute > 59);
    if impossible && !called {
        return None;
    }
    // “alle 21” and “dalle 9 alle 17”, but “alle 21 vittime”.
    let led = || {
        let clear = forms::follows(atoms, end) || atoms.skip(end, classes.clock_at_hour) > 0;
        atoms.passage.has_before(at, classes.clock_at_hour) && clear && atoms.clean_after(end)
    };
    // “van 20.00 tot 21.30 uur”: the unit stands behind the second.
    let shares_unit = || {
        let to = atoms.skip(end, classes.clock_to);
        to > 0 && atoms.is_number(end + to) && hour_words(end + to + 1) > 0
    };
    let is_time = match (minute, dotted) {
        (Some(_), false) => sure || zoned || exists && atoms.clean_after(end),
        (Some(_), true) => half.is_some() || zoned || end > at + 1 && sure || led() || shares_unit(),
        (None, _) => said || hour <= 24 && led(),
    };
    if !is_time || hour > 99 {
        return None;
    }
    let clock = Clock {
        hour: u16::try_from(hour).ok()?,
        minute: u16::try_from(minute.unwrap_or(0)).ok()?,
        has_minutes: minute.is_some(),
        half,
        half_in_words,
        zones: Vec::new(),
        zone: None,
        in_words: false,
        hour_part: Some(hour_part),
    };
    Some((clock, end))
}

/// The meanings of the zone's name at a token, and the token after it.
fn zone(atoms: &Atoms, at: usize) -> Option<(Vec<Zone>, usize)> {
    // “à 15h, heure de Paris”: a comma only before a zone of several words.
    let long = |at: usize| atoms.skip(at, atoms.classes.zone) > 1 || clock_of_place(atoms, at).is_some();
    let at = at + usize::from(atoms.is_comma(at) && long(at + 1));
    // “(9 p.m. in Moscow)”: a place is the clock's where the bracket says no more.
    let in_bracket = place_named(atoms, at).filter(|(_, end)| atoms.passage.is_sign(*end, ')'));
    in_bracket.or_else(|| clock_of_place(atoms, at)).or_else(|| meanings(atoms, at, atoms.classes.zone))
}

/// “New York time”, “heure de Paris”.
fn clock_of_place(atoms: &Atoms, at: usize) -> Option<(Vec<Zone>, usize)> {
    let lead = atoms.skip(at, atoms.classes.zone_of);
    let (zones, end) = meanings(atoms, at + lead, atoms.classes.zone_place)?;
    let tail = atoms.skip(end, atoms.classes.zone_time);
    (lead + tail > 0).then_some((zones, end + tail))
}

/// “in Moscow”, where a bracket or an “or” before it or behind it says that another clock is told.
fn place(atoms: &Atoms, first: usize, at: usize) -> Option<(Vec<Zone>, usize)> {
    let (zones, end) = place_named(atoms, at)?;
    let is_or = |at: usize| atoms.skip(at, atoms.classes.time_or) > 0;
    let leads = atoms.passage.is_sign(end, '(') || is_or(end + usize::from(atoms.is_comma(end)));
    let follows = (first.saturating_sub(2)..first).any(is_or);
    let told = leads || follows || atoms.passage.is_sign(end, ')') || listed(atoms, first, end);
    told.then_some((zones, end))
}

/// Is it one of several clocks in a row? “2pm in London, 9am in New York and 9pm in Singapore”
fn listed(atoms: &Atoms, first: usize, end: usize) -> bool {
    let joint = |at: usize| {
        let at = at + usize::from(atoms.is_comma(at));
        at + atoms.skip(at, atoms.classes.date_and)
    };
    let next = joint(end);
    let goes_on =
        next > end && atoms.is_number(next) && (next + 1..=next + 5).any(|at| place_named(atoms, at).is_some());
    let before = (1..=3).filter_map(|back| first.checked_sub(back)).find(|at| joint(*at) == first);
    goes_on || before.is_some_and(|at| atoms.passage.has_before(at, atoms.classes.zone_place))
}

fn place_named(atoms: &Atoms, at: usize) -> Option<(Vec<Zone>, usize)> {
    let lead = atoms.skip(at, atoms.classes.zone_in);
    meanings(atoms, at + lead, atoms.classes.zone_place).filter(|_| lead > 0)
}

fn meanings(atoms: &Atoms, at: usize, class: ClassId) -> Option<(Vec<Zone>, usize)> {
    let longest = atoms.passage.hit(at, class)?.len;
    let of_class = atoms.passage.hits(at).iter().filter(|hit| hit.class == class && hit.len == longest);
    let zones: Vec<Zone> = of_class.filter_map(|hit| Zone::parse(atoms.passage.lexicon.value(hit.value))).collect();
    (!zones.is_empty()).then_some((zones, at + longest as usize))
}
