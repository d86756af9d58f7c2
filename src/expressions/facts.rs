//! Functions that ask the tables of facts. What a table does not have is not known, never false.

use chrono::{Days, NaiveDate};

use super::evaluate::Context;
use super::value::Value;
use crate::tables::{Row, Tables};
use crate::things::spelling::folded;

/// Near a change of office nobody is wrong: appointed, sworn in and in office are three days.
const GRACE: u64 = 45;
/// Longer ago than this a title is history, told without a word that says so.
const RECENT: i32 = 8;

/// A function; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let tables = cx.draft.lexicons.tables();
    let text = |at: usize| arguments.get(at).and_then(|value| cx.text(value));
    Some(match name {
        "listed" => {
            let (table, column, key, columns, words) = (text(0)?, text(1)?, text(2), text(3)?, text(4));
            match key.zip(words) {
                Some((key, words)) => listed(tables, &table, (&column, &key), &columns, &words, cx.draft.date),
                None => Value::Unknown,
            }
        }
        "cell" => {
            let (table, column, key, wanted) = (text(0)?, text(1)?, text(2), text(3)?);
            let row =
                key.and_then(|key| tables.rows_where(&table, &column, &key).find(|row| is_valid(row, cx.draft.date)));
            row.map_or(Value::Unknown, |row| Value::from(row.cell(&wanted).to_owned()))
        }
        "in-office" | "holder" => {
            let body = arguments.get(2).and_then(|value| cx.text(value));
            let told = match (text(0), text(1), days_asked(arguments.get(3), cx)) {
                (Some(who), Some(office), Some(days)) => {
                    in_office_throughout(tables, &who, &office, body.as_deref(), days)
                }
                _ => None,
            };
            match told {
                Some((held, _)) if name == "in-office" => Value::Bool(held),
                Some((_, holder)) => Value::from(holder),
                None => Value::Unknown,
            }
        }
        "bodies" => match text(0).zip(text(1)) {
            Some((who, office)) => {
                let mut codes: Vec<&str> = tables
                    .offices_of(&who)
                    .filter(|row| is_office(row, &office) && row.cell("acting").is_empty())
                    .map(|row| row.cell("body"))
                    .collect();
                codes.dedup();
                if codes.is_empty() {
                    Value::Unknown
                } else {
                    Value::List(codes.into_iter().map(|code| Value::from(code.to_owned())).collect())
                }
            }
            None => Value::Unknown,
        },
        "country-name" => {
            let passage = cx.draft.passage(cx.passage)?;
            let first = match arguments.first() {
                Some(Value::List(list)) => list.first().and_then(|value| cx.text(value)),
                _ => text(0),
            };
            let class = cx.draft.lexicons.class("country");
            first
                .and_then(|code| passage.lexicon.phrase(class, &code).map(str::to_owned))
                .map_or(Value::Unknown, Value::from)
        }
        "table-date" => {
            let table = text(0)?;
            tables.get(&table).map_or(Value::Unknown, |table| Value::from(table.date.clone()))
        }
        _ => return None,
    })
}

fn listed(
    tables: &Tables,
    table: &str,
    (column, key): (&str, &str),
    columns: &str,
    words: &str,
    date: Option<NaiveDate>,
) -> Value {
    let words = folded(words);
    let mut known = false;
    for row in tables.rows_where(table, column, key).filter(|row| is_valid(row, date)) {
        known = true;
        let mut cells = columns.split('|').flat_map(|column| row.list(column));
        if cells.any(|cell| folded(cell) == words) {
            return Value::Bool(true);
        }
    }
    if known { Value::Bool(false) } else { Value::Unknown }
}

/// Is the row true at the date; of today, where there is none?
fn is_valid(row: &Row, date: Option<NaiveDate>) -> bool {
    match date {
        Some(date) => {
            first_day(row.cell("from")).is_none_or(|from| from <= date)
                && last_day(row.cell("until")).is_none_or(|until| date <= until)
        }
        None => row.cell("until").is_empty(),
    }
}

/// The first day that a date of a table may mean: `1997`, `1997-12`, `1997-12-10`.
pub fn first_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    let year = i32::try_from(parts.next()??).ok()?;
    NaiveDate::from_ymd_opt(year, parts.next().flatten().unwrap_or(1), parts.next().flatten().unwrap_or(1))
}

/// The last day that it may mean.
pub fn last_day(text: &str) -> Option<NaiveDate> {
    let first = first_day(text)?;
    match text.matches('-').count() {
        0 => NaiveDate::from_ymd_opt(chrono::Datelike::year(&first), 12, 31),
        1 => first.checked_add_days(Days::new(27)),
        _ => Some(first),
    }
}

fn is_office(row: &Row, office: &str) -> bool {
    let office = folded(office);
    let mut names = std::iter::once(row.cell("office")).chain(row.list("words"));
    names.any(|name| folded(name) == office)
}

/// The first and the last day of the date that is given, or the publication date.
fn days_asked(given: Option<&Value>, cx: &Context) -> Option<(NaiveDate, NaiveDate)> {
    match given {
        Some(date) => super::calendar::span(date, cx),
        None => cx.draft.date.map(|date| (date, date)),
    }
}

/// What is the same on the first day and on the last.
fn in_office_throughout(
    tables: &Tables,
    who: &str,
    office: &str,
    body: Option<&str>,
    (first, last): (NaiveDate, NaiveDate),
) -> Option<(bool, String)> {
    let answer = in_office(tables, who, office, body, first)?;
    (first == last || in_office(tables, who, office, body, last)? == answer).then_some(answer)
}

/// Did the person hold the office then, and who did? `None` where the table cannot tell.
fn in_office(tables: &Tables, who: &str, office: &str, body: Option<&str>, date: NaiveDate) -> Option<(bool, String)> {
    use chrono::Datelike;
    if first_day(&tables.get("offices")?.date).is_none_or(|newest| date > newest) {
        return None;
    }
    let own: Vec<Row> = tables
        .offices_of(who)
        .filter(|row| is_office(row, office) && body.is_none_or(|body| row.cell("body") == body))
        .collect();
    let grace = Days::new(GRACE);
    let starts = |row: &Row| first_day(row.cell("from"));
    let ends = |row: &Row| last_day(row.cell("until"));
    for row in &own {
        let from = starts(row)?.checked_sub_days(grace)?;
        let until = ends(row).and_then(|until| until.checked_add_days(grace));
        if from <= date && until.is_none_or(|until| date <= until) {
            return Some((true, row.cell("holder").to_owned()));
        }
    }
    // Whose own term is long ago, or far ahead, is spoken of as history.
    let near = own.iter().any(|row| {
        let year = date.year();
        ends(row).is_some_and(|until| until.year() <= year && year - until.year() <= RECENT)
            || starts(row).is_some_and(|from| from.year() >= year && from.year() - year <= RECENT)
    });
    if !near {
        return None;
    }
    let covered = own.iter().all(|row| row.cell("coverage").parse::<i32>().is_ok_and(|first| first <= date.year()));
    if !covered {
        return None;
    }
    let body = own.first()?.cell("body");
    if own.iter().any(|row| row.cell("body") != body) {
        return None;
    }
    // What is to be verified is how the newest term began or ended; well before its end it is sure.
    let is_checked =
        |row: &Row| row.cell("verify").is_empty() || ends(row).is_some_and(|until| until.year() - date.year() > 1);
    // Who comes or goes about the day is named last: that it is none of theirs is sure.
    let holders = || {
        tables.rows_where("offices", "body", body).filter(|row| {
            row.cell("office") == own[0].cell("office")
                && is_checked(row)
                && row.cell("acting").is_empty()
                && starts(row).is_some_and(|from| from <= date)
                && ends(row).is_none_or(|until| date <= until)
        })
    };
    let settled = |row: &Row| {
        starts(row).and_then(|from| from.checked_add_days(grace)).is_some_and(|from| from <= date)
            && ends(row).and_then(|until| until.checked_sub_days(grace)).is_none_or(|until| date <= until)
    };
    let holder = holders().find(settled).or_else(|| holders().last())?;
    Some((false, holder.cell("holder").to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn tables() -> Tables {
        Tables::new(&crate::rules::embedded().into())
    }

    #[test]
    fn a_holder_is_known_at_the_date_and_near_a_change_nobody_is_wrong() {
        let ask = |who: &str, office: &str, date: &str| {
            in_office(&tables(), who, office, None, day(date)).map(|(held, _)| held)
        };
        assert_eq!(ask("Theresa May", "prime minister", "2018-03-01"), Some(true));
        assert_eq!(ask("Theresa May", "prime minister", "2022-01-12"), Some(false));
        assert_eq!(ask("Theresa May", "prime minister", "2019-08-01"), Some(true));
        assert_eq!(ask("Theresa May", "president", "2022-01-12"), None);
        assert_eq!(ask("Abraham Lincoln", "president", "2022-01-12"), None);
        assert_eq!(ask("Vera Nobody", "president", "2022-01-12"), None);
        assert_eq!(ask("Theresa May", "prime minister", "2040-01-12"), None);
    }

    #[test]
    fn every_term_of_the_offices_is_true_in_its_middle() {
        let tables = tables();
        for row in tables.rows("offices") {
            let (from, until) = (first_day(row.cell("from")).expect("a start"), last_day(row.cell("until")));
            let Some(until) = until else { continue };
            assert!(from <= until, "{} {}", row.cell("holder"), row.cell("from"));
            let middle = from + (until - from) / 2;
            let held = in_office(&tables, row.cell("holder"), row.cell("office"), Some(row.cell("body")), middle);
            assert!(held.is_none_or(|(held, _)| held), "{} {middle}", row.cell("holder"));
        }
    }

    #[test]
    fn capitals_change_with_the_date() {
        let tables = tables();
        let ask = |code: &str, city: &str, date: &str| {
            listed(&tables, "capitals", ("country", code), "city|aliases", city, Some(day(date))).truth()
        };
        assert_eq!(ask("AU", "Canberra", "2022-01-01"), Some(true));
        assert_eq!(ask("AU", "Sydney", "2022-01-01"), Some(false));
        assert_eq!(ask("KZ", "Almaty", "1995-01-01"), Some(true));
        assert_eq!(ask("KZ", "Almaty", "2005-01-01"), Some(false));
        assert_eq!(ask("UA", "Kiev", "2022-01-01"), Some(true));
        assert_eq!(ask("XX", "Sydney", "2022-01-01"), None);
    }
}
