//! When clocks were on summer time, by region and year, as laws set it.
//!
//! The rules are those of the tz database, for the years in which a whole region kept one; where none is known, nothing is
//! said.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};

use super::day_rules::day_of;

/// The years that a date may have of which neither the year nor the draft's is known.
pub const ANY_YEAR: RangeInclusive<i32> = 1976..=2030;

/// Whose law, the first year of a rule, and the days on which summer time begins and ends, if there is any; the newest
/// rule first.
const RULES: [(&str, i32, &str, &str); 26] = [
    // The Energy Policy Act of 2005, the act of 1986, the winters of the oil crisis, and the Uniform Time Act of 1966.
    ("us", 2007, "nth 2 7 3", "nth 1 7 11"),
    ("us", 1987, "nth 1 7 4", "nth -1 7 10"),
    ("us", 1976, "nth -1 7 4", "nth -1 7 10"),
    ("us", 1975, "nth -1 7 2", "nth -1 7 10"),
    ("us", 1974, "nth 1 7 1", "nth -1 7 10"),
    ("us", 1967, "nth -1 7 4", "nth -1 7 10"),
    ("eu", 1996, "nth -1 7 3", "nth -1 7 10"),
    ("eu", 1981, "nth -1 7 3", "nth -1 7 9"),
    ("uk", 1996, "nth -1 7 3", "nth -1 7 10"),
    ("uk", 1990, "nth -1 7 3", "nth 4 7 10"),
    // The Sunday after the fourth Saturday.
    ("uk", 1981, "nth -1 7 3", "nth 4 6 10 1"),
    ("au", 2008, "nth 1 7 10", "nth 1 7 4"),
    ("nz", 2008, "nth -1 7 9", "nth 1 7 4"),
    ("nz", 2007, "nth -1 7 9", "nth 3 7 3"),
    ("nz", 1990, "nth 1 7 10", "nth 3 7 3"),
    ("cl", 2023, "nth 1 7 9", "nth 1 7 4"),
    ("il", 2013, "nth -1 7 3 -2", "nth -1 7 10"),
    ("mx", 2023, "", ""),
    ("mx", 2002, "nth 1 7 4", "nth -1 7 10"),
    ("br", 2020, "", ""),
    ("br", 2018, "nth 1 7 11", "nth 3 7 2"),
    ("br", 2008, "nth 3 7 10", "nth 3 7 2"),
    ("ru", 2015, "", ""),
    // From 2011 to 2014 Russia kept summer time all year.
    ("ru", 2011, "fixed 1-1", "fixed 12-31"),
    ("ru", 1996, "nth -1 7 3", "nth -1 7 10"),
    ("tr", 2017, "", ""),
];

/// Is it winter time on a day, and is it summer time? The days on which clocks change are of both, and so are those of a
/// year whose law is not known.
pub fn seasons(law: &str, day: NaiveDate) -> (bool, bool) {
    let is_in_use = |season: &str| is_in_use_on(season, law, day).unwrap_or(true);
    (is_in_use("winter"), is_in_use("summer"))
}

/// Is a season's time, as `summer us` or `winter eu`, in use on one of the days from the first to the last? The days on
/// which clocks change are of both.
pub fn is_in_use(season: &str, (first, last): (NaiveDate, NaiveDate)) -> Option<bool> {
    let (season, law) = season.split_once(' ')?;
    let mut day = first;
    while day <= last {
        if is_in_use_on(season, law, day)? {
            return Some(true);
        }
        day = day.checked_add_days(Days::new(1))?;
    }
    Some(false)
}

fn is_in_use_on(season: &str, law: &str, day: NaiveDate) -> Option<bool> {
    let (_, _, begins, ends) = RULES.iter().find(|(own, since, ..)| *own == law && *since <= day.year())?;
    if begins.is_empty() {
        return Some(season == "winter");
    }
    let (begins, ends) = (day_of(begins, day.year())?, day_of(ends, day.year())?);
    let after_begin = day >= begins;
    let before_end = day <= ends;
    let is_summer = if begins < ends { after_begin && before_end } else { after_begin || before_end };
    Some(is_summer == (season == "summer") || day == begins || day == ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(season: &str, day: &str) -> Option<bool> {
        let day = day.parse().expect("a date");
        is_in_use(season, (day, day))
    }

    #[test]
    fn each_year_has_its_rule() {
        assert_eq!(on("summer us", "2022-03-20"), Some(true));
        assert_eq!(on("summer us", "2005-03-20"), Some(false));
        assert_eq!(on("winter us", "2005-03-20"), Some(true));
        assert_eq!(on("winter us", "1986-04-20"), Some(true));
        assert_eq!(on("winter us", "1990-04-20"), Some(false));
        assert_eq!(on("summer us", "1974-01-20"), Some(true));
        assert_eq!(on("summer us", "1950-07-20"), None);
        assert_eq!(on("winter us", "2006-11-01"), Some(true));
        assert_eq!(on("summer eu", "1990-10-05"), Some(false));
        assert_eq!(on("summer uk", "1990-10-05"), Some(true));
        assert_eq!(on("summer au", "2022-01-10"), Some(true));
        assert_eq!(on("summer au", "2022-07-10"), Some(false));
        assert_eq!(on("summer br", "2022-01-10"), Some(false));
        assert_eq!(on("summer br", "2015-01-10"), Some(true));
        assert_eq!(on("winter ru", "2013-01-10"), Some(false));
    }

    #[test]
    fn the_days_of_the_change_are_of_both() {
        for season in ["summer us", "winter us"] {
            assert_eq!(on(season, "2022-03-13"), Some(true));
            assert_eq!(on(season, "2022-11-06"), Some(true));
        }
    }
}
