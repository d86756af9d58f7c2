//! `factlint rules docs`: the rule reference.

use std::process::Command;

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
