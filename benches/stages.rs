//! What each stage of the data's way costs, start-up with all rules, and what four times the rules cost.
//!
//! `cargo bench --bench stages [-- FOLDER]`. Without a folder, the text is the project's own: its articles and the
//! right examples of its rules, shuffled into 2,000 articles. Times are the best of several runs, in one process, so
//! that their ratios can be compared; for counts that do not depend on the machine, see `benches/instructions.sh`.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::time::{Duration, Instant};

use factlint::checks::{self, Plan, RuleSet};
use factlint::document::{Document, Format};
use factlint::language::Detector;
use factlint::lexicons::Lexicons;
use factlint::linter::{Linter, Settings};
use factlint::mentions::{Draft, Passage, Readers};
use factlint::source::Source;
use factlint_rules::Pack;

const RUNS: usize = 5;

/// The binary's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let texts = folder.map_or_else(own_texts, |folder| read_folder(std::path::Path::new(&folder)));
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} drafts, {:.1} MB", texts.len(), bytes as f64 / 1e6);

    let (load, pack) = best(factlint::rules::embedded);
    let (compile, linter) = best(|| Linter::new(pack.clone()));
    let small = Source::new("small.md", texts[0].clone());
    let (first, _) = best(|| Linter::new(pack.clone()).check(&small, Format::Markdown, &Settings::default()));
    println!(
        "\nstart-up with {} rules: load {load:?}, compile {compile:?}; compile and check a draft of {} bytes {first:?}",
        pack.rules.len(),
        texts[0].len()
    );

    let pack = std::sync::Arc::new(pack);
    let lexicons = Lexicons::new(&pack);
    let readers = Readers::new(&lexicons, &pack);
    let rules = RuleSet::new(&pack);
    let settings = Settings::default();
    let plan = Plan::new(&rules, &settings);
    println!("\nstage                          ms   MB/s");
    let show = |name: &str, time: Duration| {
        println!("{name:<24} {:>8.1} {:>6.0}", time.as_secs_f64() * 1e3, bytes as f64 / 1e6 / time.as_secs_f64());
    };
    let (time, sources) = best(|| texts.iter().map(|text| Source::new("draft.md", text.as_str())).collect::<Vec<_>>());
    show("lines", time);
    let parse = || sources.iter().map(|source| Document::parse(source, Format::Markdown)).collect::<Vec<_>>();
    let (parsed, _) = best(parse);
    show("document", parsed);
    let detector = Detector::new(&pack);
    let (time, documents) = best(|| {
        let mut documents = parse();
        for document in &mut documents {
            detector.detect(document, &pack);
        }
        documents
    });
    show("language", time.saturating_sub(parsed));
    let read_passages = |document: &Document| {
        let blocks = document.blocks.iter().enumerate();
        let tokens = blocks.map(|(at, block)| {
            let whole = document.language.as_ref().map(|language| language.code.as_str());
            let language = block.language.as_deref().or(whole).and_then(|code| lexicons.find(code));
            Passage::new(block, at, language, &lexicons).tokens.len()
        });
        tokens.sum::<usize>()
    };
    let (tokens, _) = best(|| documents.iter().map(read_passages).sum::<usize>());
    show("tokens and lexicon", tokens);
    let read_drafts = || {
        let pairs = sources.iter().zip(&documents);
        pairs.map(|(source, document)| Draft::read(source, document, &lexicons, &readers, &settings, None))
    };
    let (both, _) = best(|| read_drafts().map(|draft| draft.passages().len()).sum::<usize>());
    show("mentions and things", both.saturating_sub(tokens));
    // Of drafts just read: the checks keep what they found of one.
    let (time, _) = best(|| read_drafts().map(|draft| checks::run(&draft, &rules, &plan).len()).sum::<usize>());
    show("checks", time.saturating_sub(both));
    let without = ["numbers", "units"].map(|group| (group.to_owned(), None));
    let few = Plan::new(&rules, &Settings { levels: without.into_iter().collect(), ..Settings::default() });
    let (rest, _) = best(|| read_drafts().map(|draft| checks::run(&draft, &rules, &few).len()).sum::<usize>());
    show("  of numbers and units", time.saturating_sub(rest));
    let all = |linter: &Linter| {
        sources.iter().map(|source| linter.check(source, Format::Markdown, &settings).findings.len()).sum::<usize>()
    };
    let (whole, findings) = best(|| all(&linter));
    show("everything", whole);
    println!("{findings} findings");

    println!("\na long draft                            KB     ms  findings");
    for (name, text) in long_drafts() {
        let source = Source::new("draft.md", text.as_str());
        let settings = Settings { date: chrono::NaiveDate::from_ymd_opt(2022, 1, 9), ..Settings::default() };
        let (time, found) = best(|| linter.check(&source, Format::Markdown, &settings).findings.len());
        println!("{name:<36} {:>5} {:>6.1} {found:>9}", text.len() / 1000, time.as_secs_f64() * 1e3);
    }

    let many = Linter::new(four_times(&pack));
    let (time, _) = best(|| all(&many));
    let ratio = time.as_secs_f64() / whole.as_secs_f64();
    println!("\nfour times the rules ({}): {ratio:.2} times the time", many.pack().rules.len());
}

/// Drafts of one thing: what grows with the square of it shows here.
fn long_drafts() -> Vec<(&'static str, String)> {
    let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let chronology = |off: usize, line: &dyn Fn(&str, u32, i32) -> String| -> String {
        let day = |nth: i32| {
            let date = chrono::NaiveDate::from_ymd_opt(1900 + nth % 120, 5, nth.cast_unsigned() % 28 + 1).unwrap();
            let weekday = chrono::Datelike::weekday(&date).num_days_from_monday() as usize;
            line(weekdays[(weekday + off) % 7], nth.cast_unsigned() % 28 + 1, 1900 + nth % 120)
        };
        (0..5000).map(day).collect()
    };
    let full = |weekday: &str, day: u32, year: i32| format!("On {weekday}, {day} May {year}, the port was shut.\n\n");
    let free = |weekday: &str, day: u32, _: i32| format!("On {weekday}, {day} May, the port was shut.\n\n");
    let note = |weekday: &str, day: u32, _: i32| format!("On {weekday} ({day}) the port was shut.\n\n");
    let mut table = String::from("The votes of the towns stand below.\n\n| Place | Votes | Share |\n|---|---:|---:|\n");
    (0..10_000).for_each(|row| table.push_str(&format!("| Town {row} | {} | {}% |\n", 100 + row % 977, row % 100)));
    let syllables = ["bar", "del", "kom", "ran", "tis", "vel", "mor", "gun", "pas", "lin", "fer", "dok"];
    let name = |nth: usize| {
        let part = |at: usize| syllables[at % syllables.len()];
        let last = format!("{}{}{}", part(nth), part(nth / 12), part(nth / 144));
        format!(
            "Anna {}{} said that the port was shut to all of them for a day. ",
            last[..1].to_uppercase(),
            &last[1..]
        )
    };
    let names = (0..5000).map(|nth| name(nth) + if nth % 5 == 0 { "\n\n" } else { "" }).collect();
    vec![
        ("5,000 dates, right", chronology(0, &full)),
        ("5,000 dates, wrong", chronology(1, &full)),
        ("5,000 dates without a year, wrong", chronology(1, &free)),
        ("5,000 notes of days, wrong", chronology(1, &note)),
        ("a table of 10,000 rows", table),
        ("5,000 names", names),
    ]
}

/// The least time of several runs, and the last result.
fn best<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut least = Duration::MAX;
    let mut last = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        let result = work();
        least = least.min(start.elapsed());
        last = Some(result);
    }
    (least, last.unwrap())
}

/// The pack with each rule three times more, under other ids.
fn four_times(pack: &Pack) -> Pack {
    let mut rules = pack.rules.clone();
    for copy in 1..4 {
        rules.extend(pack.rules.iter().cloned().map(|mut rule| {
            rule.id = format!("{}-{copy}", rule.id);
            rule
        }));
    }
    pack.with_rules(rules)
}

/// 2,000 articles of the project's own sentences, in an order that is the same each time.
fn own_texts() -> Vec<String> {
    let article = std::fs::read_to_string("tests/articles/talks.txt").unwrap();
    let mut sentences: Vec<String> = article.lines().map(str::to_owned).collect();
    for page in factlint::rules::embedded_pages().pages {
        let right = page.examples.into_iter().filter(|example| example.marks.is_empty() && example.lang == "en");
        sentences.extend(right.map(|example| example.text));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    let mut state = 1usize;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut write = |_| {
        let mut article = String::new();
        while article.len() < 5000 {
            article.push_str(&sentences[next() % sentences.len()]);
            article.push_str(if next() % 4 == 0 { "\n\n" } else { " " });
        }
        article
    };
    (0..2000).map(&mut write).collect()
}

fn read_folder(folder: &std::path::Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(read_folder(&path));
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            texts.push(text);
        }
    }
    texts
}
