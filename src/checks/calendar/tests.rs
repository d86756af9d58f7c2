//! Every language has its dates: a Monday, 10 January 2022, holds, and the 11th does not.

use chrono::NaiveDate;

use crate::document::Format;
use crate::linter::{Linter, Settings};
use crate::source::Source;

const MONDAYS: &[(&str, &str)] = &[
    ("en", "It opens on Monday, 10 January 2022."),
    ("pt", "Abre na segunda-feira, 10 de janeiro de 2022."),
    ("es", "Abre el lunes 10 de enero de 2022."),
    ("fr", "Cela ouvre le lundi 10 janvier 2022."),
    ("de", "Es öffnet am Montag, dem 10. Januar 2022."),
    ("it", "Apre lunedì 10 gennaio 2022."),
    ("nl", "Het opent op maandag 10 januari 2022."),
    ("pl", "Otwarcie w poniedziałek, 10 stycznia 2022 r."),
    ("ru", "Открытие в понедельник, 10 января 2022 года."),
    ("uk", "Відкриття в понеділок, 10 січня 2022 року."),
    ("sv", "Det öppnar måndagen den 10 januari 2022."),
    ("da", "Det åbner mandag den 10. januar 2022."),
    ("nb", "Det åpner mandag 10. januar 2022."),
    ("nn", "Det opnar måndag 10. januar 2022."),
    ("fi", "Se avataan maanantaina 10. tammikuuta 2022."),
    ("cs", "Otevře se v pondělí 10. ledna 2022."),
    ("sk", "Otvorí sa v pondelok 10. januára 2022."),
    ("sl", "Odpre se v ponedeljek, 10. januarja 2022."),
    ("hr", "Otvara se u ponedjeljak, 10. siječnja 2022."),
    ("sr", "Отвара се у понедељак, 10. јануара 2022."),
    ("bg", "Открива се в понеделник, 10 януари 2022 г."),
    ("ro", "Se deschide luni, 10 ianuarie 2022."),
    ("hu", "A megnyitó 2022. január 10., hétfő."),
    ("el", "Ανοίγει τη Δευτέρα 10 Ιανουαρίου 2022."),
    ("tr", "Açılış 10 Ocak 2022 Pazartesi günü."),
    ("et", "Avatakse esmaspäeval, 10. jaanuaril 2022."),
    ("lv", "Atklās pirmdien, 2022. gada 10. janvārī."),
    ("lt", "Atidarymas pirmadienį, 2022 m. sausio 10 d."),
    ("ca", "Obre dilluns, 10 de gener de 2022."),
    ("gl", "Abre o luns, 10 de xaneiro de 2022."),
    ("eu", "Irekiera 2022ko urtarrilaren 10a, astelehena."),
    ("ga", "Osclófar é Dé Luain 10 Eanáir 2022."),
    ("cy", "Mae'n agor Dydd Llun 10 Ionawr 2022."),
    ("is", "Það opnar mánudaginn 10. janúar 2022."),
    ("mt", "Jiftaħ It-Tnejn, 10 ta’ Jannar 2022."),
    ("ar", "الافتتاح يوم الاثنين، 10 يناير 2022."),
    ("fa", "افتتاح دوشنبه 10 ژانویه 2022."),
    ("he", "הפתיחה ביום שני, 10 בינואר 2022."),
    ("hi", "उद्घाटन सोमवार, 10 जनवरी 2022 को।"),
    ("id", "Dibuka Senin, 10 Januari 2022."),
    ("ms", "Dibuka Isnin, 10 Januari 2022."),
    ("vi", "Khai mạc Thứ Hai, ngày 10 tháng 1 năm 2022."),
    ("ja", "2022年1月10日(月)に開く。"),
    ("ko", "2022년 1월 10일 월요일에 연다."),
    ("zh", "2022年1月10日星期一开幕。"),
];

fn flagged(linter: &Linter, lang: &str, text: &str, date: Option<&str>) -> Vec<(String, String)> {
    let settings = Settings {
        language: Some(lang.to_owned()),
        date: date.map(|date| date.parse::<NaiveDate>().expect("a date")),
        select: vec!["calendar".into()],
        ..Settings::default()
    };
    let source = Source::new("a.txt", text);
    let outcome = linter.check(&source, Format::Text, &settings);
    outcome.findings.iter().map(|found| (found.rule.to_string(), source.slice(found.span).to_owned())).collect()
}

#[test]
fn every_language_has_its_dates() {
    let linter = Linter::new(crate::rules::embedded());
    let mut missing = Vec::new();
    for (lang, right) in MONDAYS {
        let found = flagged(&linter, lang, right, None);
        if !found.is_empty() {
            missing.push(format!("{lang}: {right} is flagged: {found:?}"));
        }
        let wrong = right.replacen("10", "11", 1);
        let found = flagged(&linter, lang, &wrong, None);
        if !found.iter().any(|(rule, _)| rule == "weekday-date") {
            missing.push(format!("{lang}: {wrong} passes"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_number_that_is_no_day_is_named_with_or_without_a_date() {
    let linter = Linter::new(crate::rules::embedded());
    let text = "Talks open on Monday (10), pause on Wednesday (100) and end on Thursday (13).";
    for date in [None, Some("2022-01-09")] {
        let found = flagged(&linter, "en", text, date);
        assert_eq!(found, [("weekday-day-sequence".to_owned(), "Wednesday (100)".to_owned())], "{date:?}");
    }
}

#[test]
fn thai_years_are_buddhist_and_japanese_eras_are_silent() {
    let linter = Linter::new(crate::rules::embedded());
    let is_flagged = |lang: &str, text: &str| !flagged(&linter, lang, text, None).is_empty();
    assert!(!is_flagged("th", "วันจันทร์ที่ 10 มกราคม พ.ศ. 2565"));
    assert!(is_flagged("th", "วันอังคารที่ 10 มกราคม พ.ศ. 2565"));
    assert!(!is_flagged("th", "วันที่ 29 กุมภาพันธ์ 2563"));
    assert!(!is_flagged("ja", "会議は令和4年1月10日(月)に開く。"));
    assert!(is_flagged("ja", "会議は4月31日に開く。"));
}

#[test]
fn every_language_knows_the_days_that_its_months_lack() {
    let linter = Linter::new(crate::rules::embedded());
    let mut missing = Vec::new();
    for (lang, right) in MONDAYS {
        // The 32nd of January: no month has it, and a language that reads the date must say so.
        let wrong = right.replacen("10", "32", 1);
        let found = flagged(&linter, lang, &wrong, None);
        if !found.iter().any(|(rule, _)| rule == "impossible-date") {
            missing.push(format!("{lang}: {wrong} gives {found:?}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_language_has_its_notes_of_days() {
    let linter = Linter::new(crate::rules::embedded());
    let lexicons = crate::lexicons::Lexicons::new(&crate::rules::embedded().clone().into());
    let mut missing = Vec::new();
    for (lang, _) in MONDAYS {
        let lexicon = lexicons.get(lexicons.find(lang));
        let name = |day: &str| lexicon.phrase(lexicons.class("weekday"), day).unwrap_or_default();
        let text = |second: &str| {
            format!("{} (10), {} (11), {} ({second}), {} (13).", name("1"), name("2"), name("3"), name("4"))
        };
        let text = |second: &str| {
            if *lang == "ja" {
                format!("会議は{}に開く。", text(second).replace(", ", "、"))
            } else {
                text(second)
            }
        };
        let found = flagged(&linter, lang, &text("12"), None);
        if !found.is_empty() {
            missing.push(format!("{lang}: {} is flagged: {found:?}", text("12")));
        }
        let found = flagged(&linter, lang, &text("14"), None);
        if !found.iter().any(|(rule, _)| rule == "weekday-day-sequence") {
            missing.push(format!("{lang}: {} gives {found:?}", text("14")));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
