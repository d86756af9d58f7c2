//! Text that no one would write: no panic, no slow path, and every span on the borders of characters.

use factlint::document::Format;
use factlint::linter::{Linter, Settings};
use factlint::source::{Source, Span};

fn check(linter: &Linter, text: &str, format: Format) {
    let source = Source::new("draft", text);
    let settings = Settings { date: chrono::NaiveDate::from_ymd_opt(2022, 1, 9), ..Settings::default() };
    let outcome = linter.check(&source, format, &settings);
    let sound = |span: Span| text.get(span.range()).is_some();
    for finding in &outcome.findings {
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        let spans = std::iter::once(finding.span).chain(finding.labels.iter().map(|label| label.span)).chain(edits);
        for span in spans {
            assert!(sound(span), "{}: {span:?} is no span of {text:?}", finding.rule);
        }
    }
}

#[test]
fn hostile_texts_are_read() {
    let linter = Linter::new(factlint::rules::embedded());
    let digits = "9".repeat(400);
    let texts = [
        format!("It cost ${digits} million, {digits}% of {digits}, on {digits} May {digits}."),
        "On Feb 30 of never, 0 of 0 members (0%) left; 1 of 0 (100%).".into(),
        "Year 0, year 9999, Monday 1 January 0, Monday 1 January 99999, 00/00/0000, 99/99/9999.".into(),
        "(".repeat(3000),
        ")".repeat(3000),
        "“".repeat(2000) + "a",
        "\u{202E}Wednesday\u{202C} (\u{200F}100\u{200F})\u{200B} \u{FEFF}\u{AD}".into(),
        "one two three four five six seven eight nine ten ".repeat(300),
        "Monday (10), Tuesday (11), ".repeat(500),
        "the the the the ".repeat(500),
        "A B C D E F G H ".repeat(500),
        "45 of 60 of 45 of 60 of ".repeat(300),
        "\u{0}\u{1}\u{7}\r\r\n\n\r".into(),
        "é\u{301}\u{301}\u{301} 東京 🇺🇦 (١٢) Wed\u{AD}nesday １００".into(),
        "1/0, 0/0, 10^400, 1e-300, NaN, inf, -0, −0, +0, .0, 0., 1..2, 1,,2".into(),
        "---\ndate: 2022-13-45\nstet: {\n---\n\nText.".into(),
        "<div>".repeat(2000),
        "> ".repeat(500) + "x",
        "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(2000),
    ];
    for text in &texts {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            check(&linter, text, format);
        }
    }
}

/// Cuts, doubles and swaps pieces of the project's own text, the same way each time.
#[test]
fn mutated_articles_are_read() {
    let linter = Linter::new(factlint::rules::embedded());
    let mut seeds = vec![std::fs::read_to_string("tests/articles/talks.txt").expect("it is there")];
    for page in factlint::rules::embedded_pages().pages {
        seeds.extend(page.examples.into_iter().map(|example| example.text));
    }
    let spice = [
        "\u{A0}", "**", "[", "](", "<b>", "&amp;", "\n", "\r\n\r\n", "“", "\"", "(", "%", "€", ".", "1", "é",
        "\u{301}", "—", "|",
    ];
    let mut state = 7usize;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below.max(1)
    };
    for round in 0..1500 {
        let mut text = seeds[next(seeds.len())].clone();
        for _ in 0..=next(4) {
            let at = text.floor_char_boundary(next(text.len()));
            match next(4) {
                0 => text.insert_str(at, spice[next(spice.len())]),
                1 => text.truncate(at),
                2 => {
                    let end = text.floor_char_boundary((at + next(40)).min(text.len()));
                    text.replace_range(at.min(end)..end, "");
                }
                _ => {
                    let other = &seeds[next(seeds.len())];
                    let from = other.floor_char_boundary(next(other.len()));
                    let to = other.floor_char_boundary((from + 60).min(other.len()));
                    text.insert_str(at, &other[from..to]);
                }
            }
        }
        check(&linter, &text, [Format::Text, Format::Markdown, Format::Html][round % 3]);
    }
}
