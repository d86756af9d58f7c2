//! Which forms are read how, in the seven languages.

use super::*;
use crate::document::{Block, BlockKind};
use crate::mentions::Readers;

/// What is read in a text: `words = weekday day.month.year`, with `/` between readings.
fn said(lang: &str, text: &str) -> Vec<String> {
    let pack = crate::rules::embedded();
    let lexicons = Lexicons::new(&pack.clone().into());
    let block = Block::verbatim(BlockKind::Paragraph, text, 0);
    let mut passage = Passage::new(&block, 0, lexicons.find(lang), &lexicons);
    let readers = Readers::new(&lexicons, &pack);
    let mut mentions = Vec::new();
    read(&passage, &readers.dates, None, &mut mentions);
    passage.set_mentions(mentions);
    passage.mentions.iter().map(|mention| show(&passage, mention)).collect()
}

fn show(passage: &Passage, mention: &Mention) -> String {
    let words = passage.slice(mention.first as usize, mention.end as usize);
    let Reading::Date(reading) = &mention.reading else { return words.into() };
    match &**reading {
        DateReading::Date(parts) => {
            let mut text = format!("{words} =");
            if let Some(weekday) = parts.weekday {
                text += &format!(" w{weekday}");
            }
            let days: Vec<String> = parts.days.iter().map(|(day, month)| format!("{day}.{month}")).collect();
            if !days.is_empty() {
                text += &format!(" {}", days.join("/"));
            }
            let years: Vec<String> = parts.years.iter().map(i32::to_string).collect();
            if !years.is_empty() {
                text += &format!(" {}", years.join("/"));
            }
            text
        }
        DateReading::Time(clock) => {
            let zones: String = clock.zones.iter().flat_map(Zone::all_year).map(|zone| format!(" {zone}")).collect();
            match clock.minutes() {
                Some(minutes) => format!("{words} = {:02}:{:02}{zones}", minutes / 60, minutes % 60),
                None => format!("{words} = no time{zones}"),
            }
        }
        DateReading::Duration(length) => format!("{words} = {} {}", length.count, length.unit.word()),
    }
}

fn dates(lang: &str, text: &str) -> Vec<String> {
    said(lang, text).into_iter().map(|line| line.split(" = ").nth(1).unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_age_before_a_date_is_no_day() {
    assert_eq!(said("en", "She died, aged 47, on 3 April 2015."), ["3 April 2015 = 3.4 2015"]);
    assert_eq!(said("es", "Ana Ruiz, 29, el 3 de abril de 2015"), ["3 de abril de 2015 = 3.4 2015"]);
    assert_eq!(said("en", "on 10, and 11 April 2015").len(), 2);
}

#[test]
fn english_orders() {
    for (text, date) in [
        ("on Tuesday, January 10, 2022.", "w2 10.1 2022"),
        ("on Tues., Jan. 10, 2022, it", "w2 10.1 2022"),
        ("on Tuesday 10 January 2022 it", "w2 10.1 2022"),
        ("Tuesday the 10th of January", "w2 10.1"),
        ("Tuesday, the 10th", "w2 10.0"),
        ("on Jan. 10, 2022, a Tuesday,", "w2 10.1 2022"),
        ("10 January 2022 (Tuesday)", "w2 10.1 2022"),
        ("10/01/2022 (Tue)", "w2 10.1/1.10 2022"),
        ("2022-01-10", "10.1 2022"),
        ("Monday, 2022-01-10", "w1 10.1 2022"),
        ("Monday 10/31/2022", "w1 31.10 2022"),
        ("the first of May", "1.5"),
        ("January the 10th", "10.1"),
        ("Fri 9 Aug", "w5 9.8"),
        ("10-Jan-2022", "10.1 2022"),
        ("for Wednesday (100), a", "w3 100.0"),
        ("in January 2022", "0.1 2022"),
        ("in 2014.", "2014"),
        ("WEDNESDAY, MAY 4", "w3 4.5"),
        ("Sept. 31", "31.9"),
        ("On May 3, 2000 people", "3.5"),
        ("May 10 AD", "10.5"),
    ] {
        assert_eq!(dates("en", text), [date], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for text in [
        "version 1.2.2022",
        "It may 10 times",
        "wrote in the Herald Sun",
        "Room 5",
        "Monday, 10 people",
        "in 10.1",
        "$2000",
        "Wednesday (10%)",
        "Friday 13th Street",
        "call 555-10-2022",
    ] {
        let found: Vec<String> = said("en", text)
            .into_iter()
            .filter(|line| {
                line.contains('.')
                    && line.contains(" = ")
                    && line.split(" = ").nth(1).is_some_and(|read| read.contains('.'))
            })
            .collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn dates_share_their_parts() {
    assert_eq!(dates("en", "Friday and Saturday, October 23 and 24"), ["w5 23.10", "w6 24.10"]);
    assert_eq!(dates("en", "Monday and Tuesday, May 31 and June 1"), ["w1 31.5", "w2 1.6"]);
    assert_eq!(dates("en", "Tuesday–Thursday, 10–12 January"), ["w2 10.1", "w4 12.1"]);
    assert_eq!(dates("en", "June 6-7, 2021"), ["6.6 2021", "7.6 2021"]);
    assert_eq!(dates("en", "28 December to 3 January 2021"), ["28.12 2020", "3.1 2021"]);
    assert_eq!(dates("en", "10, 11 and 12 January 2022"), ["10.1 2022", "11.1 2022", "12.1 2022"]);
    assert_eq!(dates("en", "Monday and Tuesday (10 and 11)"), ["w1 10.0", "w2 11.0"]);
    assert_eq!(dates("en", "On May 6 and 12 people"), ["6.5"]);
    assert_eq!(dates("en", "killing 12, 3 May"), ["3.5"]);
    assert_eq!(dates("pt", "na sexta-feira (29) e no sábado (30)"), ["w5 29.0", "w6 30.0"]);
    assert_eq!(dates("pt", "segunda e terça-feira (10 e 11)"), ["w1 10.0", "w2 11.0"]);
    assert_eq!(dates("fr", "du samedi 4 mai au vendredi 14 juin"), ["w6 4.5", "w5 14.6"]);
    assert_eq!(dates("it", "dal 12 al 3 maggio"), ["12.5/12.4", "3.5"]);
}

#[test]
fn other_languages() {
    for (lang, text, date) in [
        ("pt", "neste domingo (9)", "w7 9.0"),
        ("pt", "na quarta (12)", "w3 12.0"),
        ("pt", "quarta-feira, 12 de janeiro de 2022", "w3 12.1 2022"),
        ("pt", "4ª-feira (dia 12)", "w3 12.0"),
        ("pt", "na segunda-feira (10/6)", "w1 10.6/6.10"),
        ("pt", "domingo passado (9)", "w7 9.0"),
        ("es", "el lunes 20, en", "w1 20.0"),
        ("es", "martes, 3 de mayo de 2022", "w2 3.5 2022"),
        ("es", "miercoles 4 de mayo del 2022", "w3 4.5 2022"),
        ("fr", "samedi 1er mai 2021", "w6 1.5 2021"),
        ("fr", "le lundi 20 à", "w1 20.0"),
        ("de", "am Samstag, den 25. Juli 2020", "w6 25.7 2020"),
        ("de", "So., 23.08.2020", "w7 23.8 2020"),
        ("de", "am Sonntag, dem 7. Juli", "w7 7.7"),
        ("de", "am Montag, den 10., in", "w1 10.0"),
        ("de", "10. 1. 2022", "10.1 2022"),
        ("it", "lunedì 1° maggio 2023", "w1 1.5 2023"),
        ("nl", "maandag 10 januari 2022", "w1 10.1 2022"),
        ("nl", "op maandag 10 in", "w1 10.0"),
    ] {
        assert_eq!(dates(lang, text), [date], "{text}");
    }
    assert!(dates("es", "a orillas del mar, 21 de julio") == ["21.7"]);
    assert!(dates("fr", "lundi 20 heures").iter().all(|date| date != "w1 20.0"));
}

#[test]
fn times_and_lengths() {
    for (lang, text, time) in [
        ("en", "at 8 p.m. today", "20:00"),
        ("en", "8:30pm", "20:30"),
        ("en", "8.30 a.m.", "08:30"),
        ("en", "at 20:30", "20:30"),
        ("en", "at 25:30", "no time"),
        ("en", "at noon", "12:00"),
        ("de", "um 20.30 Uhr", "20:30"),
        ("de", "um 20 Uhr", "20:00"),
        ("fr", "à 20h30", "20:30"),
        ("pt", "às 20h", "20:00"),
        ("en", "a three-day fair", "3 day"),
        ("en", "for 20 years", "20 year"),
    ] {
        assert_eq!(dates(lang, text)[0], time, "{text}");
    }
    for text in ["won 25:23", "a 34-year-old man", "a 10.30 ratio", "won 6-3"] {
        assert_eq!(dates("en", text), [""; 0], "{text}");
    }
}

#[test]
fn bad_input_is_read_without_panic() {
    for text in [
        "Feb 30 of never",
        "Monday (",
        "Monday (10",
        "Monday, ",
        "10 10 10 10 10",
        "1234567890123456789012345678901 January",
        "0 January 0",
        "31 31 31",
        "\u{202E}Monday\u{202C} (10)",
        "10/",
        "10/10/",
        "-",
        "May May May 10 May",
        "Jan.",
        "9999-99-99",
        "2022-02-",
        "10.",
        "10.10.",
        "10.10.10.10",
        "from to from to 10 to",
        "Monday and Tuesday and Wednesday (10 and 11",
    ] {
        for lang in ["en", "pt", "es", "fr", "de", "it", "nl", "xx"] {
            said(lang, text);
        }
    }
}

#[test]
fn the_reference_says_what_is_read() {
    let mut rows = 0;
    let mut wrong = Vec::new();
    for line in include_str!("../../../docs/dates.md").lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", lang, text, read, ""] = cells[..] else { continue };
        if lang.len() != 2 {
            continue; // a table's head
        }
        rows += 1;
        let said = dates(lang, text).join(", ");
        let said = if said.is_empty() { "—" } else { &said };
        if said != read {
            wrong.push(format!("{lang}: {text} | {said}, not {read}"));
        }
    }
    assert!(rows > 50, "{rows} rows");
    assert!(wrong.is_empty(), "docs/dates.md does not say what is read:\n{}", wrong.join("\n"));
}
