//! The reports that other tools read: each is what its readers ask for, over the project's own article and over a text
//! whose characters have one, two and four bytes. `tests/schemas.sh` validates SARIF with the official schema.

use factlint::document::Format;
use factlint::findings::{Edit, Finding, Fix, Label};
use factlint::linter::{Linter, Outcome, Settings};
use factlint::report::{About, Draft, Gitlab, Html, Junit, Rdjson, Report, Run, Sarif, Trouble};
use factlint::source::{Source, Span};
use factlint_rules::Severity;
use serde_json::Value;

const ARTICLE: &str = "tests/articles/talks.txt";

/// The accused words stand after characters of two, three and four bytes, on a line that ends with CRLF.
const UNICODE: &str = "Żółw\r\nIn 東京 🇺🇦 cafe\u{301} on Monday (10) and Wednesday (100) <b>\"&'</b> they met.\r\n";

fn draft(path: &str, source: Source, findings: Vec<Finding>) -> Draft {
    let outcome = Outcome { findings, ..Outcome::default() };
    let mut source = source;
    source.path = path.into();
    Draft { source, name: path.into(), outcome, hidden: 0, is_config: false }
}

fn article() -> Run {
    let bytes = std::fs::read(ARTICLE).expect("the article can be read");
    let source = Source::decode(ARTICLE, bytes).expect("the article is text");
    let linter = Linter::new(factlint::rules::embedded());
    let findings = linter.check(&source, Format::Text, &Settings::default()).findings;
    Run { drafts: vec![draft(ARTICLE, source, findings)], ..Run::default() }
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the text has the words");
    Span::new(start, start + words.len())
}

fn unicode() -> Run {
    let finding = Finding {
        rule: "weekday-day-sequence".into(),
        class: "weekday-day-sequence".into(),
        also: vec!["other".into()],
        severity: Severity::Error,
        message: "“Wednesday (100)” is [the 12th](1) & <not> {0}".into(),
        span: span(UNICODE, "Wednesday (100)"),
        labels: vec![Label { span: span(UNICODE, "Monday (10)"), text: "Monday is the 10th [sic]".into() }],
        fixes: vec![
            Fix {
                title: "Change 100 to 12".into(),
                safe: false,
                edits: vec![Edit { span: span(UNICODE, "100"), text: "12".into() }],
            },
            Fix {
                title: "Change both".into(),
                safe: false,
                edits: vec![
                    Edit { span: span(UNICODE, "Monday"), text: "Tuesday".into() },
                    Edit { span: span(UNICODE, "Wednesday"), text: "Thursday".into() },
                ],
            },
        ],
        help: Some("Either is wrong".into()),
    };
    let note = Finding { severity: Severity::Note, fixes: Vec::new(), labels: Vec::new(), ..finding.clone() };
    let mut run = Run::default();
    run.drafts.push(draft("./drafts/żółw 1.md", Source::new("", UNICODE), vec![finding.clone(), note]));
    run.drafts.push(draft("other.md", Source::new("", UNICODE), vec![finding]));
    run.drafts.push(draft("clean.md", Source::new("", "Nothing."), Vec::new()));
    let mut trouble = Trouble::new("bad\u{1}.txt", "is not text");
    trouble.place = Some((2, 3));
    trouble.help = Some("convert it".into());
    run.troubles.push(trouble);
    let about = About {
        title: "Weekdays follow each other".into(),
        group: "calendar".into(),
        severity: Severity::Error,
        explanation: "Why.".into(),
        page: Some("https://example.org/weekday-day-sequence".into()),
    };
    run.about.insert("weekday-day-sequence".into(), about);
    run
}

fn write(report: &dyn Report, run: &Run) -> String {
    let mut out = Vec::new();
    report.write(run, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn json(report: &dyn Report, run: &Run) -> Value {
    serde_json::from_str(&write(report, run)).expect("it is JSON")
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("a small one")
}

/// The words of a text between two places whose columns count characters.
fn words_at(text: &str, place: &Value) -> String {
    let at = |line: &Value, column: &Value| {
        let line = text.split_inclusive('\n').take(number(line) - 1).map(str::len).sum::<usize>();
        line + text[line..].chars().take(number(column) - 1).map(char::len_utf8).sum::<usize>()
    };
    let (start, end) = (at(&place["startLine"], &place["startColumn"]), at(&place["endLine"], &place["endColumn"]));
    text[start..end].to_owned()
}

#[test]
fn sarif_has_the_articles_findings_at_their_words() {
    let run = article();
    let text = std::fs::read_to_string(ARTICLE).expect("the article can be read");
    let log = json(&Sarif, &run);
    let results = list(&log["runs"][0]["results"]);
    let findings = &run.drafts[0].outcome.findings;
    assert_eq!(results.len(), findings.len());
    assert!(results.len() >= 19);
    let rules = list(&log["runs"][0]["tool"]["driver"]["rules"]);
    for (result, finding) in results.iter().zip(findings) {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], ARTICLE);
        let words = &text[finding.span.start()..finding.span.end()];
        assert_eq!(words_at(&text, &place["region"]), words);
        assert_eq!(place["region"]["snippet"]["text"], words);
        assert_eq!(rules[number(&result["ruleIndex"])]["id"], result["ruleId"]);
        for (related, label) in result["relatedLocations"].as_array().into_iter().flatten().zip(&finding.labels) {
            let region = &related["physicalLocation"]["region"];
            assert_eq!(words_at(&text, region), text[label.span.start()..label.span.end()]);
        }
    }
    let prints: std::collections::BTreeSet<&str> =
        results.iter().filter_map(|result| result["partialFingerprints"]["factlint/v1"].as_str()).collect();
    assert_eq!(prints.len(), results.len(), "each has a fingerprint of its own");
}

#[test]
fn sarif_tells_rules_evidence_fixes_and_what_failed() {
    let log = json(&Sarif, &unicode());
    let run = &log["runs"][0];
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["shortDescription"]["text"], "Weekdays follow each other");
    assert_eq!(rule["helpUri"], "https://example.org/weekday-day-sequence");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "drafts/%C5%BC%C3%B3%C5%82w%201.md"
    );
    let message = result["message"]["text"].as_str().expect("a text");
    assert!(message.starts_with("“Wednesday (100)” is \\[the 12th\\](1) & <not> {{0}}\n"), "{message}");
    assert!(message.contains("\n[Monday is the 10th \\[sic\\]](1)\n"), "{message}");
    assert_eq!(result["relatedLocations"][0]["id"], 1);
    assert_eq!(words_at(UNICODE, &result["relatedLocations"][0]["physicalLocation"]["region"]), "Monday (10)");
    let fixes = list(&result["fixes"]);
    assert_eq!(fixes.len(), 2);
    let replacement = &fixes[0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(words_at(UNICODE, &replacement["deletedRegion"]), "100");
    assert_eq!(replacement["insertedContent"]["text"], "12");
    assert_eq!(list(&fixes[1]["artifactChanges"][0]["replacements"]).len(), 2);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let told = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(told["message"]["text"], "is not text\nconvert it");
    assert_eq!(json(&Sarif, &article())["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn gitlab_has_what_it_needs_and_no_fingerprint_twice() {
    for run in [article(), unicode()] {
        let issues = json(&Gitlab, &run);
        let findings = run.drafts.iter().map(|draft| draft.outcome.findings.len()).sum::<usize>();
        assert_eq!(list(&issues).len(), findings);
        let prints: std::collections::BTreeSet<&str> =
            list(&issues).iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
        assert_eq!(prints.len(), findings, "the same words in two files, and twice in one, are different issues");
        for issue in list(&issues) {
            assert!(issue["description"].as_str().is_some_and(|text| !text.is_empty()));
            assert!(issue["check_name"].is_string());
            assert!(["info", "minor", "major"].contains(&issue["severity"].as_str().expect("a word")));
            assert!(issue["location"]["positions"]["begin"]["line"].as_u64() >= Some(1));
        }
    }
    let issues = json(&Gitlab, &unicode());
    assert_eq!(issues[0]["location"]["path"], "drafts/żółw 1.md");
    let begin = &issues[0]["location"]["positions"]["begin"];
    assert_eq!((&begin["line"], &begin["column"]), (&2.into(), &35.into()));
    assert!(issues[0]["description"].as_str().expect("a text").ends_with(": Monday is the 10th [sic] (line 2)"));
    assert_eq!((&issues[0]["severity"], &issues[1]["severity"]), (&"major".into(), &"info".into()));
    assert_eq!(json(&Gitlab, &Run::default()), serde_json::json!([]));
}

/// The words of a text between two places whose columns count bytes.
fn words_at_bytes(text: &str, range: &Value) -> String {
    let at = |place: &Value| {
        let line = text.split_inclusive('\n').take(number(&place["line"]) - 1).map(str::len).sum::<usize>();
        line + number(&place["column"]) - 1
    };
    text[at(&range["start"])..at(&range["end"])].to_owned()
}

#[test]
fn rdjson_counts_bytes_and_a_suggestion_is_one_replacement() {
    let result = json(&Rdjson, &unicode());
    let first = &result["diagnostics"][0];
    assert_eq!(first["location"]["path"], "drafts/żółw 1.md");
    assert_eq!(words_at_bytes(UNICODE, &first["location"]["range"]), "Wednesday (100)");
    assert_eq!(words_at_bytes(UNICODE, &first["relatedLocations"][0]["location"]["range"]), "Monday (10)");
    assert_eq!((&first["severity"], &result["diagnostics"][1]["severity"]), (&"ERROR".into(), &"INFO".into()));
    assert_eq!(first["code"]["url"], "https://example.org/weekday-day-sequence");
    let suggestions = list(&first["suggestions"]);
    assert_eq!(words_at_bytes(UNICODE, &suggestions[0]["range"]), "100");
    assert_eq!(suggestions[0]["text"], "12");
    assert_eq!(words_at_bytes(UNICODE, &suggestions[1]["range"]), "Monday (10) and Wednesday");
    assert_eq!(suggestions[1]["text"], "Tuesday (10) and Thursday");
    let last = list(&result["diagnostics"]).last().expect("the trouble");
    assert_eq!(last["location"]["range"]["start"], serde_json::json!({"line": 2, "column": 3}));

    let run = article();
    let text = std::fs::read_to_string(ARTICLE).expect("the article can be read");
    let result = json(&Rdjson, &run);
    for (diagnostic, finding) in list(&result["diagnostics"]).iter().zip(&run.drafts[0].outcome.findings) {
        let range = &diagnostic["location"]["range"];
        assert_eq!(words_at_bytes(&text, range), text[finding.span.start()..finding.span.end()]);
        assert_eq!(list(&result["diagnostics"]).len(), run.drafts[0].outcome.findings.len());
    }
}

#[test]
fn junit_fails_what_fails_the_run() {
    let xml = write(&Junit { fails: Severity::Warning }, &unicode());
    let report = quick_junit::Report::deserialize_from_str(&xml).expect("it is JUnit's XML");
    let suites = &report.test_suites;
    assert_eq!((report.tests, report.failures, report.errors), (5, 2, 1));
    assert_eq!(suites[0].name.as_str(), "./drafts/żółw 1.md");
    assert_eq!((suites[0].tests, suites[0].failures), (2, 1));
    assert_eq!((suites[2].tests, suites[2].failures), (1, 0));
    assert!(xml.contains("Wednesday (100)” is [the 12th](1) &amp; &lt;not&gt; {0}"), "{xml}");
    assert!(xml.contains("./drafts/żółw 1.md:2:35: error: "), "{xml}");
    assert!(xml.contains("./drafts/żółw 1.md:2:19: Monday is the 10th [sic]"), "{xml}");
    assert!(xml.contains("fix: Change 100 to 12"));
    assert!(!xml.contains('\u{1}'), "XML has no control characters");
    let all = write(&Junit { fails: Severity::Note }, &unicode());
    assert_eq!(quick_junit::Report::deserialize_from_str(&all).expect("XML").failures, 3);

    let run = article();
    let xml = write(&Junit { fails: Severity::Note }, &run);
    let report = quick_junit::Report::deserialize_from_str(&xml).expect("it is JUnit's XML");
    assert_eq!(report.failures, run.drafts[0].outcome.findings.len());
}

/// What a browser makes of the page is tested in one: `tests/page.sh`.
#[test]
fn the_page_has_each_finding_with_its_words_and_nothing_of_the_draft_is_markup() {
    let mut run = unicode();
    run.drafts[0].name = "</script><b>.md".into();
    run.drafts[0].source.path = "plain.txt".into();
    let page = write(&Html, &run);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert!(!page.contains("<b>\"&'</b>") && page.contains("&lt;b&gt;&quot;&amp;&#39;&lt;/b&gt;"), "{page}");
    assert!(page.contains("“Wednesday (100)” is [the 12th](1) &amp; &lt;not&gt; {0}"));
    for number in 1..=3 {
        assert!(page.contains(&format!("id=\"f{number}\"")), "a card for {number}");
        assert!(page.contains(&format!("id=\"p{number}\"")), "words for {number}");
    }
    assert!(page.contains(">Wednesday (100)</a>") && page.contains(">Monday (10)</span>"), "{page}");
    assert!(page.contains("1 draft without findings") && page.contains("Could not be checked"));
    assert!(write(&Html, &Run::default()).contains("Nothing to report."));
}
