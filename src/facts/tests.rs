use super::*;
use crate::document::Format;
use crate::linter::{Linter, Settings};
use crate::source::Source;

/// Each fact in a line: kind, words, reading, verdict, what it was held against.
fn list(text: &str) -> Vec<String> {
    let linter = Linter::new(crate::rules::embedded());
    let source = Source::new("a.txt", text);
    let (_, facts) = linter.facts(&source, Format::Text, &Settings::default());
    for fact in &facts {
        assert_eq!(source.slice(fact.span), fact.words, "a fact's words stand where it says");
    }
    once(facts)
        .iter()
        .map(|fact| {
            let checked: Vec<&str> = fact.checked.iter().map(|checked| &*checked.text).collect();
            format!("{} “{}”: {}; {} {}", fact.kind, fact.words, fact.read, fact.standing().word(), checked.join(" + "))
                .trim()
                .to_owned()
        })
        .collect()
}

#[test]
fn the_projects_article_is_listed_with_what_its_dates_rest_on() {
    let text = std::fs::read_to_string("tests/articles/talks.txt").expect("the article is there");
    let list = list(&text);
    let has = |line: &str| assert!(list.iter().any(|other| other == line), "{line}\nis not in\n{}", list.join("\n"));
    has("date “Wednesday (188)”: Wednesday the 188th; contradicts Wednesday is the 18th, not the 188th");
    has("date “Thursday (19)”: Thursday the 19th, from domingo (15), Monday (16); agrees domingo (15), Monday (16)");
    has("place “Vienna”: Vienna; unchecked");
    has("acronym “OPEC”: Organization of the Petroleum Exporting Countries; cannot-tell Opec here, OPEC elsewhere");
    has("place “Brazil”: Brazil; agrees Brazil");
    let doubtful = |line: &&String| line.starts_with("place “Brazil”") && line.contains("cannot-tell");
    assert_eq!(list.iter().filter(doubtful).count(), 1, "one of them is in doubt");
}

#[test]
fn a_share_agrees_with_its_parts_and_the_parts_with_it() {
    let held = list("In the panel, 45 of 60 members (75%) backed the plan.");
    assert_eq!(
        held,
        [
            "number “45”: 45; agrees 60, 75%",
            "number “60”: 60; agrees 45, 75%",
            "percentage “75%”: 75%, from 74.5% to under 76%; agrees 45, 60",
        ]
    );
    let broken = list("In the panel, 45 of 60 members (80%) backed the plan.");
    assert_eq!(broken[2], "percentage “80%”: 80%, from 79.5% to under 81%; contradicts 45 of 60 is 75%, not 80%");
    assert!(broken[0].contains("cannot-tell"), "one of the two is wrong: {}", broken[0]);
}

#[test]
fn a_publication_date_gives_notes_their_month_and_year() {
    let linter = Linter::new(crate::rules::embedded());
    let source = Source::new("a.txt", "The envoys meet on Wednesday (12) and called yesterday.");
    let settings = Settings { date: chrono::NaiveDate::from_ymd_opt(2022, 1, 9), ..Settings::default() };
    let (_, facts) = linter.facts(&source, Format::Text, &settings);
    let read: Vec<&str> = facts.iter().map(|fact| &*fact.read).collect();
    assert_eq!(
        read,
        [
            "Wednesday 12 January 2022, by the publication date 2022-01-09",
            "Saturday 8 January 2022, by the publication date",
        ]
    );
}

#[test]
fn what_nothing_settles_cannot_be_told() {
    let list = list("The envoys meet on Wednesday (12) in Geneva.");
    assert!(list[0].contains("cannot-tell no publication date"), "{}", list[0]);
}

#[test]
fn places_hold_in_text_of_many_scripts() {
    let list = list(
        "🇺🇦 東京 paid €5 million; e\u{301}te\u{301} (45 of 60, 75%) in Brasília on 03/04/2022.\r\n\r\nO café: “sim”.",
    );
    let words: Vec<&str> = list.iter().filter_map(|line| line.split(['“', '”']).nth(1)).collect();
    for expected in ["€5 million", "45", "75%", "Brasília", "03/04/2022"] {
        assert!(words.contains(&expected), "{expected} is not in {words:?}");
    }
    assert!(list.iter().any(|line| line.contains("3 April or 4 March 2022")), "{list:?}");
}

#[test]
fn a_draft_of_nothing_has_no_facts() {
    assert!(list("").is_empty());
    assert!(list("Nothing to see here, my friend.").is_empty());
}

#[test]
fn what_is_only_worth_a_look_contradicts_nothing() {
    let list = list("The CRC met.\n\nThe Coastal Repair Council (CRC) was founded in 1990.");
    assert!(list.iter().any(|line| line.starts_with("acronym “CRC”") && line.contains("; cannot-tell ")), "{list:?}");
    assert!(!list.iter().any(|line| line.contains("; contradicts ")), "{list:?}");
}
