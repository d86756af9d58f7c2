//! Reports of findings made by hand.

use super::*;
use crate::findings::{Edit, Finding, Fix, Label};
use crate::source::Span;

/// The span of the first place of some words.
fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the test's text has the words");
    Span::new(start, start + words.len())
}

fn finding(text: &str, rule: &str, words: &str, message: &str) -> Finding {
    Finding {
        rule: rule.into(),
        class: rule.into(),
        also: Vec::new(),
        severity: Severity::Error,
        message: message.into(),
        span: span(text, words),
        labels: Vec::new(),
        fixes: Vec::new(),
        help: None,
    }
}

fn label(text: &str, words: &str, says: &str) -> Label {
    Label { span: span(text, words), text: says.into() }
}

/// An article whose paragraph is one line of some 1,500 characters.
fn article() -> (String, Vec<Finding>) {
    let filler = "The delegations were still arguing over the order of the agenda late into the night. ".repeat(4);
    let text = format!(
        "Two rivers, one table\n\nPolícia na margem, neste domingo (9)\n\n{filler}Envoys meet in Odense on Monday (10), \
         rest, and move to Aarhus on Wednesday (100) for a session that the hosts called “decisive”. {filler}{filler}\
         The last round opens in Esbjerg on Thursday (13), the hosts said. {filler}\n"
    );
    let mut day = finding(&text, "weekday-day-sequence", "Wednesday (100)", "Wednesday is the 12th, not the 100th");
    day.labels = vec![
        label(&text, "domingo (9)", "Sunday is the 9th"),
        label(&text, "Monday (10)", "Monday is the 10th"),
        label(&text, "Thursday (13)", "Thursday is the 13th"),
        label(&text, "the hosts said.", "one more"),
    ];
    let edit = Edit { span: span(&text, "100"), text: "12".into() };
    day.fixes = vec![Fix { title: "Change 100 to 12".into(), safe: false, edits: vec![edit] }];
    (text, vec![day])
}

fn run(text: &str, findings: Vec<Finding>) -> Run {
    let outcome = Outcome { findings, ..Outcome::default() };
    let draft = Draft {
        source: Source::new("talks.txt", text),
        name: "talks.txt".into(),
        outcome,
        hidden: 0,
        is_config: false,
    };
    Run { drafts: vec![draft], ..Run::default() }
}

fn render(report: &dyn Report, run: &Run) -> String {
    let mut out = Vec::new();
    report.write(run, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn pretty(width: usize) -> Pretty {
    Pretty { look: Look { colour: false, width }, quiet: false }
}

#[test]
fn a_long_line_is_shown_around_its_words_with_its_real_column() {
    let (text, findings) = article();
    for width in [80, 120] {
        let shown = render(&pretty(width), &run(&text, findings.clone()));
        let column = text.lines().nth(4).and_then(|line| line.split("Wednesday").next()).map(|b| b.chars().count() + 1);
        assert!(shown.contains(&format!("[talks.txt:5:{}]", column.expect("line 5 has it"))), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= width + 12), "{shown}");
        for words in
            ["Monday is the 10th", "Thursday is the 13th", "possible fix: Change 100 to 12", "and 1 more place"]
        {
            assert!(shown.contains(words), "{words} in {shown}");
        }
        assert!(!shown.contains('\u{1b}'));
    }
}

#[test]
fn characters_are_counted_not_bytes_and_control_characters_do_nothing() {
    let text = "Żółw \u{1b}[31m é 東京 the the end";
    let shown = render(&pretty(80), &run(text, vec![finding(text, "doubled-word", "the the", "“the” twice")]));
    assert!(shown.contains("[talks.txt:1:17]"), "{shown}");
    assert!(!shown.contains('\u{1b}'));
}

#[test]
fn a_paragraph_as_a_whole_is_shown_by_its_ends() {
    let (text, _) = article();
    let paragraph = text.lines().nth(4).expect("it has five lines");
    let shown = render(&pretty(80), &run(&text, vec![finding(&text, "duplicate-passage", paragraph, "twice")]));
    assert!(shown.lines().all(|line| line.chars().count() <= 120), "{shown}");
}

#[test]
fn nothing_found_is_said_and_what_was_not_checked() {
    let mut clean = run("Some text.", Vec::new());
    clean.drafts[0].outcome.not_run = vec!["weekday-inferred-year".into()];
    let shown = render(&pretty(80), &clean);
    assert!(shown.contains("1 file: nothing to report"));
    assert!(shown.contains("no publication date: 1 rule silent; --date sets it"));
}

#[test]
fn short_is_one_line() {
    let (text, findings) = article();
    assert_eq!(
        render(&Short, &run(&text, findings)),
        "talks.txt:5:407: error[weekday-day-sequence] Wednesday is the 12th, not the 100th\n"
    );
}

#[test]
fn json_keeps_the_contract() {
    let (text, findings) = article();
    let json = render(&Json, &run(&text, findings));
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let keys =
        |value: &serde_json::Value| -> Vec<String> { value.as_object().expect("an object").keys().cloned().collect() };
    let sorted = |mut keys: Vec<String>| {
        keys.sort();
        keys
    };
    assert_eq!(sorted(keys(&value)), ["errors", "findings", "inputs", "summary", "version"]);
    let finding = &value["findings"][0];
    assert_eq!(
        sorted(keys(finding)),
        [
            "also",
            "class",
            "column",
            "endColumn",
            "endLine",
            "fingerprint",
            "fixes",
            "help",
            "labels",
            "line",
            "message",
            "path",
            "rule",
            "severity",
            "span"
        ]
    );
    assert_eq!(sorted(keys(&finding["labels"][0])), ["column", "endColumn", "endLine", "line", "span", "text"]);
    let span = &finding["span"];
    let bytes = span["start"].as_u64().expect("a number") as usize..span["end"].as_u64().expect("a number") as usize;
    assert_eq!(&text[bytes], "Wednesday (100)");
    assert_eq!(finding["fixes"][0]["edits"][0]["text"], "12");
    assert_eq!(sorted(keys(&value["inputs"][0])), ["date", "dateFrom", "language", "languageFrom", "notRun", "path"]);
    assert_eq!(value["version"], 1);
}

#[test]
fn jsonl_is_one_object_a_line() {
    let (text, findings) = article();
    let twice = [findings.clone(), findings].concat();
    let lines = render(&JsonLines, &run(&text, twice));
    let objects: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(objects.len(), 2);
    assert_ne!(objects[0]["fingerprint"], objects[1]["fingerprint"]);
}

#[test]
fn github_is_escaped() {
    let text = "45 of 60 members (80%)";
    let mut run = run(text, vec![finding(text, "percent-of", "80%", "45 of 60 is 75%, not 80%\r\n")]);
    run.drafts[0].source.path = "a,b:c%.md".into();
    assert_eq!(
        render(&Github, &run),
        "::error file=a%2Cb%3Ac%25.md,line=1,endLine=1,col=19,endColumn=22,title=factlint(percent-of)::45 of 60 is \
         75%25, not 80%25%0D%0A\n"
    );
}
