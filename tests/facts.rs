//! `factlint facts`: the fact checker's list in its four formats, and what it refuses.

use std::io::Write;
use std::process::{Command, Stdio};

const DRAFT: &str =
    "In the panel, 45 of 60 members (80%) backed Zoë O'Neil, \"aye | *no*\".\n\nThey meet on Monday (10).\n";

/// Exit code, standard output and standard error.
fn facts(args: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .arg("facts")
        .args(args)
        .env("COLUMNS", "100")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("factlint runs");
    child.stdin.take().expect("it was piped").write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().expect("factlint ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("it was not killed"), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_table_has_a_row_a_fact_and_a_count_at_its_end() {
    let (code, out, err) = facts(&["-"], DRAFT);
    assert_eq!((code, err.as_str()), (0, ""), "a fact that is wrong is no failure of the list");
    let share = out.lines().find(|line| line.contains("percentage")).expect("the share is listed");
    assert_eq!(share.split_whitespace().take(3).collect::<Vec<_>>(), ["1:33", "percentage", "80%"]);
    assert!(share.contains("✗ contradicted: 45 of 60 is 75%, not 80%"), "{share}");
    assert!(out.contains("1 fact contradicted, "), "{out}");
    assert!(!out.contains('\u{1b}'), "no colour off a terminal");
}

#[test]
fn json_has_the_places_of_facts_and_of_what_they_were_checked_against() {
    let (_, out, _) = facts(&["-", "--format", "json", "--date", "2022-01-09"], DRAFT);
    let list: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(list["date"], "2022-01-09");
    let facts = list["facts"].as_array().expect("a list");
    let note = facts.iter().find(|fact| fact["words"] == "Monday (10)").expect("the date is listed");
    assert_eq!((note["line"].as_u64(), note["column"].as_u64()), (Some(3), Some(14)));
    assert_eq!(note["read"], "Monday 10 January 2022, by the publication date 2022-01-09");
    let share = facts.iter().find(|fact| fact["words"] == "80%").expect("the share is listed");
    assert_eq!(share["verdict"], "contradicts");
    assert_eq!(share["checked"][0]["rule"], "percent-of");
    let span = &share["span"];
    let range = span["start"].as_u64().expect("a number") as usize..span["end"].as_u64().expect("a number") as usize;
    assert_eq!(&DRAFT[range], "80%");
    assert_eq!(list["summary"]["contradicts"], 1);
}

#[test]
fn csv_keeps_to_its_cells_and_markdown_to_its_lines() {
    let (_, csv, _) = facts(&["-", "--format", "csv", "--stdin-name", "=a,b.txt"], DRAFT);
    assert!(csv.lines().all(|row| row.starts_with("path,") || row.starts_with("\"'=a,b.txt\",")), "{csv}");
    assert!(csv.contains("\"\"\"aye | *no*\"\"\""), "quotation marks are doubled: {csv}");
    let (_, list, _) = facts(&["-", "--format", "markdown"], DRAFT);
    assert!(list.contains("- [ ] 1:33 percentage **80%** (80%, from 79.5% to under 81%) — **contradicted: "), "{list}");
    assert!(list.contains(r#"**"aye \| \*no\*"**"#), "the draft's signs are no markup: {list}");
}

#[test]
fn what_cannot_be_read_is_told_and_fails() {
    let (code, out, err) = facts(&["missing.md"], "");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("missing.md: cannot be read"), "{err}");
    let (code, _, err) = facts(&["tests"], "");
    assert!(code == 2 && err.contains("is a folder; name one draft"), "{err}");
    let (code, out, _) = facts(&["-"], "");
    assert_eq!((code, out.trim_end()), (0, "No facts that can be checked."));
}
