//! A draft that is being written: checked with what is kept of the version before, it has the same findings as checked
//! for the first time.

use factlint::document::Format;
use factlint::linter::{Linter, Settings};
use factlint::mentions::Memory;
use factlint::source::Source;

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// Types, cuts, doubles and moves, as a writer does.
fn edit(text: &mut String, dice: &mut Dice, sentences: &[String]) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = dice.below(lines.len());
    let words: Vec<&str> = lines[line].split(' ').collect();
    match dice.below(9) {
        0 => lines[line].push_str(" It was 12 then."),
        1 => lines.insert(line, format!("{}\n", sentences[dice.below(sentences.len())])),
        2 => _ = lines.remove(line),
        3 => {
            let copy = lines[line].clone();
            lines.insert(dice.below(lines.len()), copy);
        }
        4 => {
            let other = dice.below(lines.len());
            lines.swap(line, other);
        }
        5 => lines[line] = words[..words.len() / 2].join(" "),
        6 => {
            let mut digits = lines[line].clone().into_bytes();
            if let Some(digit) = digits.iter_mut().rev().find(|byte| byte.is_ascii_digit()) {
                *digit = b'0' + dice.below(10) as u8;
            }
            lines[line] = String::from_utf8(digits).expect("a digit for a digit");
        }
        // Another line of the same paragraph: its words are the same.
        7 => lines[line] = [words[..words.len() / 2].join(" "), words[words.len() / 2..].join(" ")].join("\n"),
        _ => lines[line] = format!("{} {}", lines[line], sentences[dice.below(sentences.len())]),
    }
    *text = lines.join("\n");
    if text.trim().is_empty() {
        text.push_str("The talks begin on Monday (10).");
    }
}

#[test]
fn a_draft_being_written_has_the_findings_of_a_new_one() {
    let linter = Linter::new(factlint::rules::embedded());
    let pages = factlint::rules::embedded_pages().pages;
    let examples = pages.iter().flat_map(|page| page.examples.iter());
    let sentences: Vec<String> =
        examples.filter(|example| example.lang == "en").map(|example| example.text.clone()).collect();
    let article = std::fs::read_to_string("tests/articles/talks.txt").expect("it is there");
    let settings = Settings { date: chrono::NaiveDate::from_ymd_opt(2022, 1, 9), ..Settings::default() };
    let mut dice = Dice(11);
    for (start, format) in [(article.as_str(), Format::Text), ("Talks", Format::Markdown), ("<p>Talks", Format::Html)] {
        let mut text = start.to_owned();
        let mut memory = Memory::default();
        for step in 0..EDITS {
            edit(&mut text, &mut dice, &sentences);
            let source = Source::new("draft", text.as_str());
            let new = linter.check(&source, format, &settings).findings;
            let again = linter.check_again(&source, format, &settings, &mut memory).findings;
            assert_eq!(new, again, "{format:?}, step {step}:\n{text}");
        }
    }
}

/// What a rule asks of the lines of the source hangs on more than the words of a passage.
#[test]
fn a_line_that_is_broken_anew_is_looked_at_again() {
    let linter = Linter::new(factlint::rules::embedded());
    let mut memory = Memory::default();
    let joined = "On the eve of the opening After talks about the dam, little hope is left of them.";
    let broken = joined.replace(" After", "\nAfter");
    for text in [&broken, joined, &broken] {
        let source = Source::new("draft.md", text);
        let new = linter.check(&source, Format::Markdown, &Settings::default()).findings;
        let again = linter.check_again(&source, Format::Markdown, &Settings::default(), &mut memory).findings;
        assert_eq!(new, again, "{text}");
    }
}

/// Edits of each draft.
const EDITS: usize = 150;
