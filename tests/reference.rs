//! `factlint rules docs`: the rule reference.

use std::collections::BTreeMap;
use std::process::Command;

#[test]
fn the_committed_reference_is_what_the_rules_say() {
    let (pack, pages) = (factlint::rules::embedded(), factlint::rules::embedded_pages());
    let expected: BTreeMap<String, String> = factlint::rules::reference(&pack, &pages).into_iter().collect();
    assert!(expected.len() > 100, "a page a rule, and an index");
    let mut committed = BTreeMap::new();
    for entry in std::fs::read_dir("docs/rules").expect("the reference is there") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().expect("it has one").to_string_lossy().into_owned();
        committed.insert(name, std::fs::read_to_string(&path).expect("it is text"));
    }
    let mut stale: Vec<&String> =
        expected.iter().filter(|(name, text)| committed.get(*name) != Some(text)).map(|(name, _)| name).collect();
    stale.extend(committed.keys().filter(|name| !expected.contains_key(*name)));
    assert!(stale.is_empty(), "{stale:?} of docs/rules are stale; run: cargo run -- rules docs docs/rules");
}

#[test]
fn the_reference_has_a_page_a_rule_and_leaves_other_files_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let docs = folder.path().join("docs");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
        let output = command.args(["rules", "docs", "--isolated"]).arg(&docs).output().expect("factlint runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it is text")
    };
    run();
    let page = std::fs::read_to_string(docs.join("percent-of.md")).expect("the page is there");
    for words in ["45 of 60 members (<b>80%</b>)", "## Right", "rules/numbers/percent-of.yaml", "stet: percent-of"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let index = std::fs::read_to_string(docs.join("README.md")).expect("the index is there");
    let pages = std::fs::read_dir(&docs).expect("it can be listed").count();
    assert_eq!(index.matches(".md) |").count() + 1, pages, "the index names each page once");

    std::fs::write(docs.join("gone.md"), page).expect("it can be written");
    std::fs::write(docs.join("notes.md"), "Ours").expect("it can be written");
    assert!(run().ends_with(", 0 of them new or changed\n"));
    assert!(!docs.join("gone.md").exists(), "a page of a rule that is no more");
    assert_eq!(std::fs::read_to_string(docs.join("notes.md")).expect("it is still there"), "Ours");
}
