//! What factlint reads in a mention, in words: “Wednesday 12 January 2022”, “80%, from 79.5% to under 81%”.

use chrono::{Datelike, NaiveDate};
use factlint_rules::Kind;
use rust_decimal::Decimal;

use crate::mentions::dates::{Anchor, Clock, DateParts, DateReading, Zone};
use crate::mentions::names::NameReading;
use crate::mentions::numbers::{Measure, NumberReading};
use crate::mentions::{Bound, Draft, Interval, Mention, Passage, Reading};

/// Kinds of names, of which a list needs each only once.
pub(super) const NAMES: [&str; 5] = ["person", "organisation", "acronym", "place", "name"];

/// The kind of fact that a mention is; `None` if it is none by itself.
pub fn kind_of(mention: &Mention) -> Option<&'static str> {
    Some(match &mention.reading {
        _ if mention.is(Kind::List) => return None,
        Reading::None if mention.is(Kind::Quotation) => "quotation",
        Reading::Date(reading) => match &**reading {
            DateReading::Date(_) if mention.is(Kind::Year) => "year",
            DateReading::Date(_) => "date",
            DateReading::Time(_) => "time",
            DateReading::Duration(_) => "duration",
        },
        Reading::Number(reading) => match &reading.measure {
            Measure::Plain => "number",
            Measure::Percent => "percentage",
            Measure::Points => "percentage points",
            Measure::Fraction => "fraction",
            Measure::Multiple => "multiple",
            Measure::Ordinal => "ordinal",
            Measure::Age => "age",
            Measure::Money(_) => "money",
            Measure::Unit(unit) if unit.is_temperature() => "temperature",
            Measure::Unit(_) => "quantity",
        },
        Reading::Name(_) => {
            let named = [
                (Kind::Acronym, "acronym"),
                (Kind::Person, "person"),
                (Kind::Organisation, "organisation"),
                (Kind::Place, "place"),
                (Kind::Name, "name"),
            ];
            if mention.is(Kind::Demonym) || mention.is(Kind::Title) {
                return None;
            }
            named.into_iter().find(|(kind, _)| mention.is(*kind))?.1
        }
        Reading::None => return None,
    })
}

/// What a mention is read as.
pub fn read_as(mention: &Mention, passage: &Passage, draft: &Draft) -> String {
    match &mention.reading {
        Reading::None => {
            let words = (mention.first as usize..mention.end as usize)
                .filter(|at| passage.tokens[*at].kind == factlint_rules::token::TokenKind::Word)
                .count();
            if words == 1 { "1 quoted word".into() } else { format!("{words} quoted words") }
        }
        Reading::Date(reading) => match &**reading {
            DateReading::Date(parts) => date(parts, draft.date),
            DateReading::Time(clock) => time(clock),
            DateReading::Duration(length) => {
                let many = if length.count == 1 { "" } else { "s" };
                let unit = if many == "s" && length.unit.word() == "century" { "centurie" } else { length.unit.word() };
                format!("{}{} {unit}{many}", if length.hedged { "about " } else { "" }, length.count)
            }
        },
        Reading::Number(reading) => number(reading),
        Reading::Name(reading) => name(mention, reading, passage, draft),
    }
}

/// A whole day: “Wednesday 12 January 2022”.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%A %-d %B %-Y").to_string()
}

/// The English name of a weekday, 1 being Monday.
fn weekday(number: u8) -> String {
    // 1 January 2024 was a Monday.
    let date = NaiveDate::from_ymd_opt(2024, 1, u32::from(number.clamp(1, 7)));
    date.map_or_else(String::new, |date| date.format("%A").to_string())
}

fn month(number: u8) -> String {
    let date = NaiveDate::from_ymd_opt(2024, u32::from(number), 1);
    date.map_or_else(|| format!("month {number}"), |date| date.format("%B").to_string())
}

fn date(parts: &DateParts, published: Option<NaiveDate>) -> String {
    if let (Some(Anchor::Relative(by)), Some(published)) = (parts.anchor, published)
        && let Some(date) = published.checked_add_signed(chrono::TimeDelta::days(by.into()))
        && parts.days.iter().all(|(day, _)| *day == 0 || u32::from(*day) == date.day())
    {
        return format!("{}, by the publication date", day(date));
    }
    let mut pieces = Vec::new();
    if let Some(anchor) = parts.anchor {
        pieces.push(match anchor {
            Anchor::This => "this".to_owned(),
            Anchor::Last => "last".to_owned(),
            Anchor::Next => "next".to_owned(),
            Anchor::Relative(0) => "the day of publication".to_owned(),
            Anchor::Relative(by @ ..0) => format!("{} before publication", days(by)),
            Anchor::Relative(by) => format!("{} after publication", days(by)),
        });
    }
    pieces.extend(parts.weekday.map(weekday));
    let mut either: Vec<String> = Vec::new();
    for (day, of) in &parts.days {
        let piece = match (*day, *of) {
            (0, 0) => continue,
            (0, of) => month(of),
            (day, 0) => format!("the {}", crate::expressions::ordinal(day.into())),
            (day, of) => format!("{day} {}", month(of)),
        };
        if !either.contains(&piece) {
            either.push(piece);
        }
    }
    if !either.is_empty() {
        pieces.push(either.join(" or "));
    }
    if !parts.years.is_empty() {
        pieces.push(parts.years.iter().map(i32::to_string).collect::<Vec<_>>().join(" or "));
    }
    if parts.before_christ {
        pieces.push("BC".into());
    }
    pieces.join(" ")
}

fn days(by: i8) -> String {
    if by.abs() == 1 { "1 day".into() } else { format!("{} days", by.unsigned_abs()) }
}

fn time(clock: &Clock) -> String {
    let mut text = match clock.minutes() {
        Some(minutes) => format!("{}:{:02}", minutes / 60, minutes % 60),
        None => return "no time of day".into(),
    };
    if clock.half.is_none() && !clock.in_words && (1..=12).contains(&clock.hour) && !clock.has_minutes {
        text.push_str(", before or after noon");
    }
    let zones: Vec<String> = clock
        .zones
        .iter()
        .flat_map(Zone::all_year)
        .map(|zone| match (zone / 60, (zone % 60).abs()) {
            (0, 0) => "UTC".into(),
            (hours, 0) => format!("UTC{hours:+}"),
            (hours, minutes) => format!("UTC{hours:+}:{minutes:02}"),
        })
        .collect();
    if !zones.is_empty() {
        text.push_str(&format!(", {}", zones.join(" or ")));
    }
    text
}

fn number(reading: &NumberReading) -> String {
    let hundred = |value: Decimal| value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value);
    let plain = |value: Decimal| value;
    let write = |to: &dyn Fn(Decimal) -> Decimal, before: &str, after: &str| {
        let one = |value: Decimal| format!("{before}{}{after}", figure(to(value)));
        let face = match reading.top {
            Some(top) => format!("{} to {}", one(reading.face), one(top)),
            None => one(reading.face),
        };
        let hedged = reading.hedge.is_some() && reading.top.is_none();
        let bare = |value: Decimal| figure(to(value));
        match span(reading.reading(), if hedged || after == "%" { &one } else { &bare }) {
            Some(span) if hedged => span,
            Some(span) => format!("{face}, {span}"),
            None => face,
        }
    };
    match &reading.measure {
        Measure::Plain => write(&plain, "", ""),
        Measure::Percent => write(&hundred, "", "%"),
        Measure::Points => write(&hundred, "", " points"),
        Measure::Fraction => write(&hundred, "", "%"),
        Measure::Multiple => write(&plain, "× ", ""),
        Measure::Ordinal => {
            let whole = i64::try_from(reading.face.trunc()).ok().filter(|whole| Decimal::from(*whole) == reading.face);
            whole.map_or_else(|| figure(reading.face), crate::expressions::ordinal)
        }
        Measure::Age => write(&plain, "", " years of age"),
        Measure::Money(currency) => write(&plain, &format!("{currency} "), ""),
        Measure::Unit(unit) => write(&plain, "", &format!(" {}", unit.names.1)),
    }
}

/// From where to where, unless it is one number.
fn span(interval: Interval, one: &dyn Fn(Decimal) -> String) -> Option<String> {
    if interval.single().is_some() {
        return None;
    }
    Some(match (interval.low, interval.high) {
        (Bound::Open, Bound::Open) => "any number".into(),
        (Bound::Included(low), Bound::Open) => format!("{} or more", one(low)),
        (Bound::Excluded(low), Bound::Open) => format!("more than {}", one(low)),
        (Bound::Open, Bound::Included(high)) => format!("{} or less", one(high)),
        (Bound::Open, Bound::Excluded(high)) => format!("less than {}", one(high)),
        (low @ (Bound::Included(from) | Bound::Excluded(from)), high @ (Bound::Included(to) | Bound::Excluded(to))) => {
            let from = one(from);
            let to = one(to);
            let over = if matches!(low, Bound::Excluded(_)) { "over " } else { "" };
            let under = if matches!(high, Bound::Excluded(_)) { "under " } else { "" };
            format!("from {over}{from} to {under}{to}")
        }
    })
}

/// A decimal as people write it, thousands set off by commas.
fn figure(value: Decimal) -> String {
    // Only what was divided has more decimals than anybody printed.
    let value = if value.scale() > 20 { value.round_dp(2) } else { value };
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("−", digits));
    let (whole, rest) = digits.split_once('.').map_or((digits, ""), |(whole, rest)| (whole, rest));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if whole.len() > 4 && at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{rest}") }
}

fn name(mention: &Mention, reading: &NameReading, passage: &Passage, draft: &Draft) -> String {
    let words = passage.slice(mention.first as usize, mention.end as usize);
    let tables = draft.lexicons.tables();
    let known = tables.body(words).or_else(|| {
        let holds = |row: &crate::tables::Row| row.list("acronyms").any(|letters| letters == words);
        let mut rows = tables.rows("organisations").filter(holds);
        // Letters that several bodies go by tell nothing.
        let first = rows.next()?;
        rows.next().is_none().then_some(first)
    });
    if let Some(row) = known.filter(|_| mention.is(Kind::Acronym) || mention.is(Kind::Organisation)) {
        let full = row.cell("name");
        return if full == words { "a body of the table".into() } else { full.to_owned() };
    }
    let titles = passage.slice(reading.titles.0 as usize, reading.titles.1 as usize);
    if reading.titles.1 > reading.titles.0 && !titles.is_empty() {
        return format!("{words}, {titles}");
    }
    words.to_owned()
}
