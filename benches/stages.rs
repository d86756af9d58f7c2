//! What each stage of the data's way costs, start-up with all rules, and what four times the rules cost.
//!
//! `cargo bench --bench stages [-- FOLDER]`. Without a folder, the text is the project's own: its articles and the
//! right examples of its rules, shuffled into 2,000 articles. Times are the best of several runs, in one process, so
//! that their ratios can be compared; for counts that do not depend on the machine, see `benches/instructions.sh`.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::time::{Duration, Instant};

use factlint::checks::{self, Plan, RuleSet};
use factlint::document::{Document, Format};
use factlint::lexicons::Lexicons;
use factlint::linter::{Linter, Settings};
use factlint::mentions::{Draft, Passage, Readers};
use factlint::source::Source;
use factlint_rules::Pack;

const RUNS: usize = 5;

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
    let rules = RuleSet::new(&pack, &lexicons);
    let settings = Settings::default();
    let plan = Plan::new(&rules, &settings);
    println!("\nstage                          ms   MB/s");
    let show = |name: &str, time: Duration| {
        println!("{name:<24} {:>8.1} {:>6.0}", time.as_secs_f64() * 1e3, bytes as f64 / 1e6 / time.as_secs_f64());
    };
    let (time, sources) = best(|| texts.iter().map(|text| Source::new("draft.md", text.as_str())).collect::<Vec<_>>());
    show("lines", time);
    let (time, documents) =
        best(|| sources.iter().map(|source| Document::parse(source, Format::Markdown)).collect::<Vec<_>>());
    show("document", time);
    let read_passages = |document: &Document| {
        let blocks = document.blocks.iter().enumerate();
        let tokens = blocks.map(|(at, block)| {
            let language = block.language.as_deref().or(Some("en")).and_then(|code| lexicons.find(code));
            Passage::new(block, at, language, &lexicons).tokens.len()
        });
        tokens.sum::<usize>()
    };
    let (tokens, _) = best(|| documents.iter().map(read_passages).sum::<usize>());
    show("tokens and lexicon", tokens);
    let (both, drafts) = best(|| {
        let pairs = sources.iter().zip(&documents);
        pairs
            .map(|(source, document)| Draft::read(source, document, &lexicons, &readers, &settings, None))
            .collect::<Vec<_>>()
    });
    show("mentions and things", both.saturating_sub(tokens));
    let (time, _) = best(|| drafts.iter().map(|draft| checks::run(draft, &rules, &plan).len()).sum::<usize>());
    show("checks", time);
    let all = |linter: &Linter| {
        sources.iter().map(|source| linter.check(source, Format::Markdown, &settings).findings.len()).sum::<usize>()
    };
    let (whole, findings) = best(|| all(&linter));
    show("everything", whole);
    println!("{findings} findings");

    let many = Linter::new(four_times(&pack));
    let (time, _) = best(|| all(&many));
    let ratio = time.as_secs_f64() / whole.as_secs_f64();
    println!("\nfour times the rules ({}): {ratio:.2} times the time", many.pack().rules.len());
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
    let mut pack = pack.clone();
    let rules = pack.rules.clone();
    for copy in 1..4 {
        pack.rules.extend(rules.iter().cloned().map(|mut rule| {
            rule.id = format!("{}-{copy}", rule.id);
            rule
        }));
    }
    pack
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
