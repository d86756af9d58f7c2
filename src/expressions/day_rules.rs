//! Days that a rule names: holidays of a fixed day, those of the nth weekday of a month, those that move with Easter, and
//! the days on which clocks change.

use chrono::{Datelike, NaiveDate};

use super::calendar::shifted;

/// The days of a rule in a year: `fixed 12-25`, `nth 4 4 11` (the fourth Thursday of November), `nth 4 4 11 1` (the day after
/// it), `easter -2`, `orthodox 0`. `nth -1 1 5 from 1971 or fixed 5-30` has two readings, the first since 1971 only. Easter
/// is that of either church.
pub fn days_of(rule: &str, year: i32) -> Vec<NaiveDate> {
    let one = |rule: &str| -> Vec<NaiveDate> {
        let (rule, from) = rule.split_once(" from ").unwrap_or((rule, ""));
        if from.parse().is_ok_and(|from: i32| year < from) {
            return Vec::new();
        }
        let other = rule.strip_prefix("easter").and_then(|days| day_of(&format!("orthodox{days}"), year));
        day_of(rule, year).into_iter().chain(other).collect()
    };
    rule.split(" or ").flat_map(one).collect()
}

/// The day of one rule in a year.
pub fn day_of(rule: &str, year: i32) -> Option<NaiveDate> {
    let mut words = rule.split([' ', ',']).filter(|word| !word.is_empty());
    let kind = words.next()?;
    if kind == "fixed" {
        let (month, day) = words.next()?.split_once('-')?;
        return NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?);
    }
    let mut number = || words.next()?.parse::<i64>().ok();
    match kind {
        "nth" => {
            let (nth, weekday, month) = (number()?, number()?, u32::try_from(number()?).ok()?);
            shifted(nth_weekday(year, month, weekday, nth)?, number().unwrap_or(0))
        }
        "easter" => shifted(easter(year)?, number()?),
        "orthodox" => shifted(orthodox_easter(year)?, number()?),
        _ => None,
    }
}

/// The nth such weekday of a month; −1 is the last.
fn nth_weekday(year: i32, month: u32, weekday: i64, nth: i64) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let until = |day: NaiveDate| (weekday - i64::from(day.weekday().number_from_monday())).rem_euclid(7);
    if nth > 0 {
        return shifted(first, until(first) + 7 * (nth - 1)).filter(|day| day.month() == month);
    }
    let next =
        if month == 12 { NaiveDate::from_ymd_opt(year + 1, 1, 1) } else { NaiveDate::from_ymd_opt(year, month + 1, 1) };
    let last = next?.pred_opt()?;
    shifted(last, until(last) - if until(last) > 0 { 7 } else { 0 })
}

/// Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
#[allow(clippy::many_single_char_names, reason = "the letters are the rule's own")]
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let h = (19 * a + b - d - (b - f + 1) / 3 + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

/// Easter Sunday of the Julian calendar, as a Gregorian date; from 1900 to 2099 they are 13 days apart.
#[allow(clippy::many_single_char_names, reason = "the letters are the rule's own")]
fn orthodox_easter(year: i32) -> Option<NaiveDate> {
    if !(1900..2100).contains(&year) {
        return None;
    }
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)?;
    shifted(julian, 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movable_days() {
        let day = |rule: &str, year: i32| day_of(rule, year).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(day("easter 0", 2022), "2022-04-17");
        assert_eq!(day("easter -2", 2024), "2024-03-29");
        assert_eq!(day("orthodox 0", 2022), "2022-04-24");
        assert_eq!(day("nth 4 4 11", 2022), "2022-11-24");
        assert_eq!(day("nth -1 1 5", 2022), "2022-05-30");
        assert_eq!(day("fixed 12-25", 2022), "2022-12-25");
        assert_eq!(day("fixed 2-30", 2022), "");
        assert_eq!(day("never", 2022), "");
    }

    #[test]
    fn readings_and_their_first_years() {
        let days =
            |rule: &str, year: i32| -> Vec<String> { days_of(rule, year).iter().map(NaiveDate::to_string).collect() };
        assert_eq!(days("nth 4 4 11 1", 2022), ["2022-11-25"]);
        assert_eq!(days("nth -1 1 5 from 1971 or fixed 5-30", 2024), ["2024-05-27", "2024-05-30"]);
        assert_eq!(days("nth -1 1 5 from 1971 or fixed 5-30", 1960), ["1960-05-30"]);
        assert_eq!(days("easter -2", 2024), ["2024-03-29", "2024-05-03"]);
        assert_eq!(days("nth -1 7 12", 2023), ["2023-12-31"]);
    }
}
