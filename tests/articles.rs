//! Whole articles with the findings that they must give, and no others at error or warning.

use factlint::document::Format;
use factlint::linter::{Linter, Settings};
use factlint::source::Source;
use factlint_rules::Severity;

/// Rule (with the rules that found the same), severity, and the accused words, in the order of the text.
fn findings(path: &str) -> Vec<String> {
    let bytes = std::fs::read(path).expect("the article can be read");
    let source = Source::decode(path, bytes).expect("the article is text");
    let linter = Linter::new(factlint::rules::embedded());
    let outcome = linter.check(&source, Format::Text, &Settings::default());
    let line = |finding: &factlint::findings::Finding| {
        let also: String = finding.also.iter().map(|id| format!("+{id}")).collect();
        let words: String = source.slice(finding.span).chars().take(30).collect();
        format!("{} {}{also}: {words}", finding.severity.word(), finding.rule)
    };
    let told =
        |finding: &&factlint::findings::Finding| finding.severity > Severity::Note || &*finding.rule == "dialect-drift";
    outcome.findings.iter().filter(told).map(line).collect()
}

#[test]
fn the_projects_own_article_yields_its_nineteen_findings() {
    let expected = std::fs::read_to_string("tests/articles/talks.expected").expect("it is there");
    assert_eq!(findings("tests/articles/talks.txt").join("\n"), expected.trim_end());
}

/// The article that it all began with stays where it is, beside the project; where it is not, there is nothing to test.
#[test]
fn the_sample_article_yields_its_nineteen_findings() {
    let path = "../shared/articles/ukraine-talks.txt";
    if !std::path::Path::new(path).exists() {
        return;
    }
    let expected = std::fs::read_to_string("tests/articles/ukraine-talks.expected").expect("it is there");
    assert_eq!(findings(path).join("\n"), expected.trim_end());
}
