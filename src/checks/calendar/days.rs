//! Days of the Gregorian and the Julian calendar.

use chrono::{Datelike, NaiveDate};

/// The days of a month.
pub fn month_length(year: i32, month: u8, julian: bool) -> u16 {
    match month {
        2 if is_leap(year, julian) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Has the year a 29 February?
pub fn is_leap(year: i32, julian: bool) -> bool {
    year % 4 == 0 && (julian || year % 100 != 0 || year % 400 == 0)
}

/// The weekday of a date, 1 for Monday; `None` if there is no such date.
///
/// ```
/// use factlint::checks::weekday_of;
/// assert_eq!(weekday_of(2023, 6, 14, false), Some(3));
/// assert_eq!(weekday_of(1917, 10, 25, true), Some(3));
/// assert_eq!(weekday_of(2023, 2, 29, false), None);
/// ```
pub fn weekday_of(year: i32, month: u8, day: u16, julian: bool) -> Option<u8> {
    if !(1..=12).contains(&month) || day == 0 || day > month_length(year, month, julian) {
        return None;
    }
    // Days since 1 March of the year 0, then the weekday of that day in its calendar.
    let (m, y) =
        if month > 2 { (i64::from(month) - 3, i64::from(year)) } else { (i64::from(month) + 9, i64::from(year) - 1) };
    let days = 365 * y + y.div_euclid(4) + (153 * m + 2) / 5 + i64::from(day) - 1;
    let days = if julian { days - 2 } else { days - y.div_euclid(100) + y.div_euclid(400) };
    u8::try_from((days + 2).rem_euclid(7) + 1).ok()
}

/// A Gregorian date, if there is one.
pub fn date(year: i32, month: u8, day: u16) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))
}

/// The weekday of a date that exists, 1 for Monday.
pub fn weekday(date: NaiveDate) -> u8 {
    date.weekday().number_from_monday() as u8
}

/// Could a writer of that language, who names such places or none, mean the Julian calendar in that year? The year is
/// that in which the language's countries had changed; from then until 1923 only a place that still kept it counts.
pub fn holds_julian(language: &str, year: i32, names_old_places: bool) -> bool {
    let changed = match language {
        "en" | "cy" | "ga" | "de" | "nl" => 1753,
        "sv" | "fi" => 1754,
        "da" | "nb" | "nn" | "is" => 1701,
        "ru" | "uk" | "bg" | "sr" | "ro" | "et" | "lv" | "lt" => 1920,
        "el" | "tr" | "ar" => 1927,
        _ => 1584,
    };
    year < changed || year <= 1923 && names_old_places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_agree_with_the_calendar() {
        for (year, month, day) in [(2022, 1, 10), (2000, 2, 29), (1900, 3, 1), (1582, 10, 15), (2099, 12, 31)] {
            let expected = date(year, month, day).map(weekday);
            assert_eq!(weekday_of(year, month, day, false), expected, "{year}-{month}-{day}");
        }
        // 4 October 1582 (Julian), a Thursday, came before 15 October (Gregorian), a Friday.
        assert_eq!(weekday_of(1582, 10, 4, true), Some(4));
        assert_eq!(weekday_of(1582, 10, 15, false), Some(5));
    }
}
