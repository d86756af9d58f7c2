//! The way of the data, end to end.
use factlint::document::Format;
use factlint::linter::{Linter, Settings};
use factlint::source::Source;

#[test]
fn a_doubled_word_is_found_where_it_stands() {
    let linter = Linter::new(factlint::rules::embedded());
    let source = Source::new("a.txt", "The council approved the the budget.");
    let outcome = linter.check(&source, Format::Text, &Settings::default());
    let found: Vec<_> =
        outcome.findings.iter().map(|f| (f.rule.as_ref(), source.slice(f.span), f.message.as_str())).collect();
    assert_eq!(found, [("doubled-word", "the", "“the” stands twice in a row")]);
    assert_eq!(outcome.findings[0].span.start(), 25);
    println!("{:#?}", outcome.findings);
}

#[test]
fn a_number_grouped_by_blanks_is_corrected_whole() {
    let linter = Linter::new(factlint::rules::embedded());
    let text = "La ferme fait 10 000 acres (6 500 hectares) et le propriétaire veut la vendre avant la fin de l'année.";
    let source = Source::new("a.txt", text);
    let outcome = linter.check(&source, Format::Text, &Settings::default());
    let found: Vec<_> = outcome.findings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(found, ["10 000 acres is 4 047 hectares, not 6 500 hectares"]);
}
