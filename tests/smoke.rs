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
