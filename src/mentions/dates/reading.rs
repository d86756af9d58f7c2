//! What a date, a time of day or a length of time can mean.

use chrono::NaiveDate;

/// Days before and after the publication date in which a date without a year lies. A whole year would let every slip of a
/// weekday by a day pass.
pub const YEARLESS: std::ops::RangeInclusive<i64> = -240..=330;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub enum DateReading {
    /// A day, a month, a year or a weekday, whole or in part.
    Date(DateParts),
    /// A time of day.
    Time(Clock),
    /// A length of time.
    Duration(Length),
}

/// A date, whole or in part. What the words do not say is absent, unless a neighbour of the same list says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DateParts {
    /// 1 is Monday.
    pub weekday: Option<u8>,
    /// Day and month, 0 where there is none: one reading, or one for each order of a date in digits.
    pub days: Vec<(u16, u8)>,
    /// The year, and what else it can be; empty where there is none.
    pub years: Vec<i32>,
    /// A year that a neighbour has and this date may share: it may save the date, and never condemns it.
    pub hint: Option<i32>,
    /// How it is written.
    pub form: Form,
    /// What ties it to the publication date.
    pub anchor: Option<Anchor>,
    /// Years run backwards.
    pub before_christ: bool,
    /// Where its parts stand.
    pub parts: Parts,
    /// How it is joined to the date before it in a list, and the first token of that one.
    pub joined: Option<(Link, u32)>,
    /// A word that opens a range stands before it.
    pub opens_range: bool,
    /// Its month stands at a neighbour.
    pub shares_month: bool,
}

impl DateParts {
    /// The day of the month, where all readings agree.
    pub fn day(&self) -> Option<u16> {
        let first = self.days.first()?.0;
        (first > 0 && self.days.iter().all(|(day, _)| *day == first)).then_some(first)
    }

    /// The month, where all readings agree.
    pub fn month(&self) -> Option<u8> {
        let first = self.days.first()?.1;
        (first > 0 && self.days.iter().all(|(_, month)| *month == first)).then_some(first)
    }

    /// The year, where there is only one.
    pub fn year(&self) -> Option<i32> {
        match self.years[..] {
            [year] => Some(year),
            _ => None,
        }
    }

    /// The Gregorian dates that it can be in these years.
    pub fn in_years(&self, years: impl IntoIterator<Item = i32>) -> Vec<NaiveDate> {
        let date = |year, (day, month): (u16, u8)| NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day));
        years.into_iter().flat_map(|year| self.days.iter().filter_map(move |day| date(year, *day))).collect()
    }

    /// Has it a day?
    pub fn has_day(&self) -> bool {
        self.form == Form::Numeric || self.days.iter().any(|(day, _)| *day > 0)
    }

    /// Has it a month?
    pub fn has_month(&self) -> bool {
        self.form == Form::Numeric || self.days.iter().any(|(_, month)| *month > 0)
    }
}

/// How a date is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A weekday, a month or a year alone.
    #[default]
    Lone,
    /// “10 January 2022”
    DayMonth,
    /// “January 10, 2022”
    MonthDay,
    /// “10/01/2022”, “2022-01-10”
    Numeric,
    /// “Monday (10)”
    Bracket,
    /// “Monday 10”, “Monday the 10th”
    Bare,
}

/// What ties a date to the publication date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// “this Monday”
    This,
    /// “last Monday”
    Last,
    /// “next Monday”
    Next,
    /// “yesterday” is −1.
    Relative(i8),
}

/// How two dates of a list are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// “10 and 11 January”
    And,
    /// “10 to 11 January”
    To,
}

/// A range of bytes of the passage's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// Where the parts of a date stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The weekday.
    pub weekday: Option<Part>,
    /// The day, without its ending.
    pub day: Option<Part>,
    /// The ending that makes the day an ordinal.
    pub ending: Option<Part>,
    /// The month.
    pub month: Option<Part>,
    /// The year.
    pub year: Option<Part>,
}

/// A time of day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    /// As it is printed.
    pub hour: u16,
    /// As it is printed; 0 where there is none.
    pub minute: u16,
    /// The minutes are printed.
    pub has_minutes: bool,
    /// After noon (`true`), before it, or not said.
    pub half: Option<bool>,
    /// The half is said in words, which may stand beside any hour: 17h de la tarde.
    pub half_in_words: bool,
    /// One for each meaning of the zone's name; empty where there is none.
    pub zones: Vec<Zone>,
    /// The name of the zone.
    pub zone: Option<Part>,
    /// It is said in a word: noon, midnight.
    pub in_words: bool,
    /// The hour's digits.
    pub hour_part: Option<Part>,
}

/// A meaning of a zone's name: `CET` is one clock, Paris has another in summer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// From UTC; in winter, where a law sets another time for summer.
    pub minutes: i16,
    /// Whose law that is: `eu`.
    pub law: Option<Box<str>>,
}

impl Zone {
    /// As a lexicon has it: `540`, `60 eu`.
    pub fn parse(text: &str) -> Option<Zone> {
        let (minutes, law) = text.split_once(' ').map_or((text, None), |(minutes, law)| (minutes, Some(law.into())));
        Some(Zone { minutes: minutes.parse().ok()?, law })
    }

    /// Minutes from UTC in winter and in summer.
    pub fn all_year(&self) -> impl Iterator<Item = i16> + use<> {
        [Some(self.minutes), self.law.is_some().then_some(self.minutes + 60)].into_iter().flatten()
    }
}

impl Clock {
    /// Minutes from midnight, if there is such a time.
    pub fn minutes(&self) -> Option<i32> {
        let hour = match (self.half, self.hour) {
            (_, 13..=23) => self.hour,
            (Some(true), 12) => 12,
            (Some(false), 12) => 0,
            (Some(true), hour @ 1..=11) => hour + 12,
            (_, hour @ 0..=24) => hour,
            _ => return None,
        };
        (self.minute < 60 && (hour < 24 || self.minute == 0)).then_some(i32::from(hour) * 60 + i32::from(self.minute))
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the units")]
pub enum Unit {
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit of that name in the lexicons.
    pub fn parse(name: &str) -> Option<Unit> {
        Some(match name {
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "night" => Unit::Night,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        })
    }

    /// Its name in the lexicons.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Night => "night",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
        }
    }
}

/// A length of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// A hedge stands before it.
    pub hedged: bool,
    /// Where the number stands.
    pub number: Part,
}
