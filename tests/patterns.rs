//! The pattern language at work: small rules, small texts, and what must be flagged.

use factlint::document::Format;
use factlint::linter::{Linter, Settings};
use factlint::source::Source;
use factlint_rules::Pack;
use factlint_rules::pack::{PackFile, Parts};

const LEXICON: &str = "
language: en
classes:
  of: [of, out of]
  rose: [rose, 'went up']
  stop: [including, such as]
  colour: {warm: [red, dark red], cold: [blue]}
";

/// The words that a rule of this body flags in a text.
fn flags(body: &str, text: &str) -> Vec<String> {
    let yaml = format!(
        "id: it\ntitle: It\nseverity: warning\nkind: pattern\n{body}\nmessage: \"“{{match}}”\"\nexplain: x\nexamples: []\n"
    );
    let file = |path: &str, text: &str| PackFile { path: path.into(), text: text.into() };
    let (parts, _, errors) = Parts::compile(&[file("languages/en.yaml", LEXICON), file("test/it.yaml", &yaml)]);
    assert!(errors.is_empty(), "{:?}", errors.iter().map(|error| (&error.message, &error.help)).collect::<Vec<_>>());
    let source = Source::new("draft.md", text);
    let settings = Settings { language: Some("en".into()), ..Settings::default() };
    let outcome = Linter::new(Pack::from(parts)).check(&source, Format::Markdown, &settings);
    outcome.findings.iter().map(|finding| source.slice(finding.span).to_owned()).collect()
}

fn matches(pattern: &str, text: &str) -> Vec<String> {
    flags(&format!("match: \"{pattern}\""), text)
}

#[test]
fn classes_match_phrases_in_any_capitals_and_the_longest_wins() {
    assert_eq!(matches("<colour>", "A Dark red car, a BLUE one, a reddish one."), ["Dark red", "BLUE"]);
}

#[test]
fn literals_are_words_and_not_parts_of_words() {
    assert_eq!(matches("'the' {word}", "the cat, other cats, The dog"), ["the cat", "The dog"]);
}

#[test]
fn a_gap_counts_words_and_stops_at_punctuation() {
    assert_eq!(matches("<rose> ~2 <colour>", "It rose to deep red."), ["rose to deep red"]);
    assert!(matches("<rose> ~2 <colour>", "It rose to a very deep red.").is_empty());
    assert!(matches("<rose> ~2 <colour>", "It rose, then red.").is_empty());
    assert_eq!(matches("<rose> ~2, <colour>", "It rose, then red."), ["rose, then red"]);
}

#[test]
fn a_match_stays_in_its_sentence() {
    assert!(matches("<rose> ~5, <colour>", "It rose. The red one fell.").is_empty());
    assert_eq!(flags("match: \"<rose> . 'the'\"\nwithin: 2 sentences", "It rose. The red one fell."), ["rose. The"]);
}

#[test]
fn groups_and_repetitions_take_the_longest_way() {
    assert_eq!(
        matches("<colour> [ , <colour> ]* [ 'and' <colour> ]?", "red, blue, red and blue car"),
        ["red, blue, red and blue"]
    );
    assert!(matches("<colour>{3,4}", "red blue").is_empty());
}

#[test]
fn blanks_and_their_absence_can_be_asked_for() {
    assert_eq!(matches("{word} _ ,", "one , two, three"), ["one ,"]);
    assert_eq!(matches("{digits} & {word}", "20kg and 20 kg"), ["20kg"]);
}

#[test]
fn what_must_not_follow_is_not_eaten() {
    assert_eq!(matches("<colour> !<rose>", "The red rose and the blue sky."), ["blue"]);
}

#[test]
fn anchors_are_of_sentence_and_block() {
    assert_eq!(matches("^ <colour>", "Red is first. Blue is not red."), ["Red", "Blue"]);
    assert_eq!(matches("^^ <colour>", "Red is first. Blue is not red."), ["Red"]);
    assert_eq!(matches("<colour> . $$", "It is red. It is blue."), ["blue."]);
}

#[test]
fn guards_look_where_their_scope_says() {
    let guarded =
        |scope: &str, text: &str| flags(&format!("match: \"<colour>\"\nunless: {{{scope}: \"<stop>\"}}"), text);
    assert!(guarded("before", "All, including red, fell.").is_empty());
    assert_eq!(guarded("before", "Including all, red fell."), ["red"]);
    assert!(guarded("earlier", "Including all, red fell.").is_empty());
    assert_eq!(guarded("earlier", "Red fell, including all."), ["Red"]);
    assert!(guarded("later", "Red fell, including all.").is_empty());
    assert!(guarded("after", "Red such as this.").is_empty());
    assert!(guarded("paragraph", "Red fell. It went, including all.").is_empty());
    assert_eq!(guarded("paragraph", "Red fell.\n\nIt went, including all."), ["Red"]);
    assert!(guarded("document", "Red fell.\n\nIt went, including all.").is_empty());
}

#[test]
fn what_is_required_must_be_there() {
    let rule = "match: \"<colour>\"\nrequire: {sentence: \"<rose>\"}";
    assert_eq!(flags(rule, "It went up to red. Blue fell."), ["red"]);
}

#[test]
fn judge_names_what_is_accused() {
    assert_eq!(flags("match: \"{verb:<rose>} ~3 {to:<colour>}\"\njudge: [to]", "It rose to dark red."), ["dark red"]);
}

#[test]
fn conditions_see_the_values_of_classes() {
    let rule = "match: \"{c:<colour>}\"\nwhere: value(c, <colour>) == 'cold'";
    assert_eq!(flags(rule, "red, blue"), ["blue"]);
}

#[test]
fn markup_inside_a_word_hides_nothing_and_the_span_is_of_the_file() {
    assert_eq!(matches("<colour> {word}", "a **re**d car"), ["re**d car"]);
    assert_eq!(matches("<colour> {word}", "a dark\nred car"), ["dark\nred car"]);
}

#[test]
fn a_second_form_must_stand_within_reach() {
    let rule =
        "match: \"{c:<colour>}\"\nwith: \"<rose> ~2 {c:<colour>}\"\nwithin: 2 sentences\njudge: [c]\nwhere: has(c)";
    assert_eq!(flags(rule, "They say blue came. It rose to blue."), ["blue", "blue"]);
}
