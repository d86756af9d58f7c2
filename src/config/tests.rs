//! Configurations, good and broken.

use std::path::{Path, PathBuf};

use factlint_rules::Severity;

use super::*;

fn read(text: &str) -> Result<Config, Box<RuleError>> {
    Config::read(Path::new("/news/factlint.yaml"), "factlint.yaml", text)
}

fn error(text: &str) -> (String, Option<String>, usize) {
    let error = read(text).expect_err("it is broken");
    let line = error.position().0;
    (error.message, error.help, line)
}

#[test]
fn a_misspelt_key_is_told_with_the_nearest_and_its_line() {
    let (message, help, line) = error("dates: dmy\nexlude: [old/]\n");
    assert_eq!(message, "there is no key “exlude” here");
    assert_eq!(help.as_deref(), Some("did you mean “exclude”?"));
    assert_eq!(line, 2);
    let (message, help, line) = error("rules:\n  calendar: off\n  percent-of:\n    serverity: note\n");
    assert_eq!(message, "there is no key “serverity” here");
    assert_eq!((help.as_deref(), line), (Some("did you mean “severity”?"), 4));
    assert_eq!(error("rules: {percent-of: {min: 3}}\n").1.as_deref(), Some("the key is severity"));
    let (message, help, line) = error("stet:\n  - {rule: percent-of, word: x}\n");
    assert_eq!(message, "there is no key “word” here");
    assert_eq!((help.as_deref(), line), (Some("did you mean “words”?"), 2));
}

#[test]
fn wrong_values_are_told() {
    assert_eq!(error("dates: ymd\n").1.as_deref(), Some("dates is one of mdy, dmy"));
    assert!(error("rules:\n  percent-of: fatal\n").0.contains("“fatal” is no severity"));
    assert!(error("format: 2\n").0.contains("needs a newer factlint"));
    assert!(error("rules: [").2 >= 1);
    let (message, _, line) = error("dates: dmy\nexclude:\n  - archive/**\n  - drafts/[old\n");
    assert_eq!((message.as_str(), line), ("“drafts/[old” is no pattern of paths", 4));
    assert!(error("stet: [{path: 'a[', rule: percent-of}]\n").0.contains("no pattern of paths"));
}

#[test]
fn an_empty_file_is_a_configuration() {
    assert!(read("").is_ok());
    assert!(read("# nothing yet\n").is_ok());
}

#[test]
fn a_folder_that_is_left_out_is_so_with_all_in_it() {
    let config = read("exclude: [archive/, '*.tmp.md', '!keep.tmp.md']").expect("it is right");
    assert!(config.excludes(Path::new("/news/archive/2021/a.md")));
    assert!(config.excludes(Path::new("/news/b/a.tmp.md")));
    assert!(!config.excludes(Path::new("/news/keep.tmp.md")));
    assert!(!config.excludes(Path::new("/news/a.md")));
    assert!(!config.excludes(Path::new("/elsewhere/archive/a.md")));
}

#[test]
fn levels_reach_the_settings() {
    let config =
        read("rules:\n  calendar: off\n  weekday-date: error\n  dialect-drift: {severity: warning}\ndialect: en-GB\n")
            .expect("it is right");
    let mut settings = Settings::default();
    let errors = config.apply(&mut settings, &Pack::default(), "factlint.yaml");
    assert_eq!(errors.len(), 3, "an empty pack knows none of the names");
    assert_eq!(errors[0].position().0, 2);
    assert_eq!(settings.levels["calendar"], None);
    assert_eq!(settings.levels["weekday-date"], Some(Severity::Error));
    assert_eq!(settings.levels["dialect-drift"], Some(Severity::Warning));
    assert_eq!(settings.dialect.as_deref(), Some("en-GB"));
}

#[test]
fn a_stet_holds_for_its_drafts() {
    let config =
        read("stet:\n  - {path: /a.md, rule: doubled-word, words: the the, because: a song}\n").expect("right");
    assert!(config.stets[0].holds_for(Path::new("/news/a.md")));
    assert!(!config.stets[0].holds_for(Path::new("/news/b/a.md")));
    assert_eq!(config.stets[0].house().words.as_deref(), Some("the the"));
}

#[test]
fn a_baseline_is_added_and_can_be_read_again() {
    let new = [(PathBuf::from("a b.md"), "doubled-word".to_owned(), "the \"the\": #".to_owned())];
    for text in ["", "dates: dmy", "stet:\n  - {rule: percent-of}\ndates: dmy\n", "stet: []\n"] {
        let written = baseline(text, &new, "it was so").expect("a line can be added");
        let config = read(&written).expect("it is right");
        let stet = config.stets.iter().find(|stet| stet.rule == "doubled-word").expect("it is there");
        assert_eq!(stet.words.as_deref(), Some("the \"the\": #"));
        assert!(stet.holds_for(Path::new("/news/a b.md")));
    }
    assert_eq!(baseline("stet: [{rule: a}]\n", &new, ""), None);
}

fn house(section: &str) -> Result<Config, Box<RuleError>> {
    Config::read(Path::new("/n/factlint.yaml"), "factlint.yaml", &format!("house:\n{section}"))
}

#[test]
fn the_house_facts_of_the_documents_are_read() {
    let text = include_str!("../../docs/house.md");
    let section = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("it has a section");
    let config = Config::read(Path::new("/n/factlint.yaml"), "factlint.yaml", section).expect("it is right");
    let mut pack = crate::rules::embedded();
    config.house.expect("it has facts").extend(&mut pack);
    let rows = &pack.tables.iter().find(|table| table.name == "house").expect("it makes a table").rows;
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[0][6], "error");
    assert_eq!(rows[5][6], "note");
}

#[test]
fn a_wrong_house_row_is_refused_with_its_place() {
    let refused = [
        ("  people:\n    - name: Vera\n", "the row of “Vera” says nothing", 3),
        (
            "  places:\n    - {name: Kyiv, rejected: [Kiev]}\n    - {name: Kiev, rejected: [Kyiv]}\n",
            "“Kiev” stands in the row of “Kyiv” too: which of the two is right?",
            4,
        ),
        ("  terms:\n    - {name: email, rejected: [email]}\n", "“email” is given twice for “email”", 3),
        (
            "  people:\n    - {name: Vera Holt, from: 2020, until: 2019}\n",
            "the period of “Vera Holt” ends before it starts",
            3,
        ),
        ("  people:\n    - {name: Vera Holt, from: soon}\n", "“soon” is no date", 3),
        ("  people:\n    - {name: Vera Holt, titel: mayor}\n", "there is no key “titel” here", 3),
        ("  severity: grave\n", "“grave” is not known here", 2),
        ("  places:\n    - {name: Kyiv, title: mayor}\n", "“Kyiv” has a title, and is no person", 3),
    ];
    for (section, message, line) in refused {
        let error = house(section).expect_err(section);
        assert_eq!((error.message.as_str(), error.position().0), (message, line), "{section}");
    }
}
