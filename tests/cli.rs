//! The command line as a user meets it: commands, exit codes, bad input, fixes, stets, configuration.
//!
//! The tests bring a rule of their own, so that what the embedded rules come to say changes nothing here.

use std::process::{Command, Output, Stdio};

/// A rule that says of “zap” that it is wrong, and mends it; of “zip” that it may be.
const RULES: [(&str, &str); 2] = [
    (
        "zap",
        r#"
id: zap
title: No zap
severity: error
kind: pattern
match: "{it:word} 'zap'"
message: "“zap” after “{it}” is “zip”"
labels: {it: "{it} stands here"}
fixes: [{title: "Change zap to zip", safe: true, replace: {match: "{it} zip"}}]
explain: A rule for tests.
examples: ["A [[big zap]]."]
"#,
    ),
    (
        "zop",
        r#"
id: zop
title: No zop
severity: note
kind: pattern
match: "'zop'"
message: "zop"
explain: A rule for tests.
examples: ["A [[zop]]."]
"#,
    ),
];

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (id, text) in RULES {
            let path = folder.path().join(format!(".rules/house/{id}.yaml"));
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        Folder(folder)
    }

    fn with(self, name: &str, text: impl AsRef<[u8]>) -> Folder {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
        std::fs::write(path, text).expect("a file");
        self
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("the file is there")
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
        command.args(args).current_dir(self.0.path()).env_remove("NO_COLOR").env_remove("COLUMNS");
        command
    }

    fn run_with(&self, args: &[&str], input: &str) -> Ran {
        use std::io::Write;
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("factlint runs");
        child.stdin.take().expect("it was piped").write_all(input.as_bytes()).ok();
        Ran::new(&child.wait_with_output().expect("factlint ends"))
    }

    /// `check` with this test's rules only.
    fn check(&self, args: &[&str]) -> Ran {
        self.run(&[&["check", "--rules", ".rules", "--select", "house"], args].concat())
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.check(&[&["--format", "json"], args].concat()).out).expect("it is JSON")
    }
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn new(output: &Output) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran {
            code: output.status.code().expect("it was not killed"),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }
}

fn words(value: &serde_json::Value, key: &str) -> Vec<String> {
    let list = value["findings"].as_array().expect("a list");
    list.iter().map(|finding| finding[key].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn exit_codes_follow_the_worst() {
    let folder = Folder::new().with("bad.md", "A big zap.\n").with("note.md", "A zop.\n").with("good.md", "A zip.\n");
    assert_eq!(folder.check(&["good.md"]).code, 0);
    assert_eq!(folder.check(&["note.md"]).code, 0);
    assert_eq!(folder.check(&["note.md", "--fail-on", "note"]).code, 1);
    assert_eq!(folder.check(&["bad.md"]).code, 1);
    let broken = folder.check(&["bad.md", "missing.md"]);
    assert_eq!(broken.code, 2);
    assert!(broken.out.contains("“zap” after “big” is “zip”"), "the rest is still checked: {}", broken.out);
    assert!(broken.out.contains("missing.md: cannot be read: no such file or directory"), "{}", broken.out);
    assert_eq!(folder.check(&["bad.md", "--ignore", "zap"]).code, 0);
}

#[test]
fn a_hidden_finding_still_fails_the_run_and_is_counted() {
    let folder = Folder::new().with("note.md", "A zop.\n");
    let ran = folder.check(&["note.md", "--severity", "error", "--fail-on", "note"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("1 less severe not shown"), "{}", ran.out);
}

#[test]
fn bytes_that_are_not_text_are_one_trouble_with_its_place() {
    let folder = Folder::new().with("bad.txt", b"One\nTw\xff\xfe\x00o".as_slice()).with("ok.txt", "A big zap.\n");
    let json = folder.json(&["bad.txt", "ok.txt"]);
    assert_eq!(json["errors"].as_array().map(Vec::len), Some(1));
    assert_eq!((&json["errors"][0]["line"], &json["errors"][0]["column"]), (&2.into(), &3.into()));
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn folders_are_walked_without_what_is_ignored_hidden_or_no_draft() {
    let folder = Folder::new()
        .with("d/a.md", "A big zap.")
        .with("d/b/c.TXT", "A big zap.")
        .with("d/.hidden.md", "A big zap.")
        .with("d/out/x.md", "A big zap.")
        .with("d/requirements.txt", "A big zap.")
        .with("d/x.rs", "A big zap.")
        .with("d/.gitignore", "out/\n");
    assert_eq!(words(&folder.json(&["d"]), "path"), ["a.md", "b/c.TXT"]);
    assert_eq!(words(&folder.json(&["."]), "path"), ["d/a.md", "d/b/c.TXT"]);
    assert!(folder.check(&["d", "--format", "short"]).out.starts_with("d/a.md:1:3: error[zap]"));
    assert_eq!(words(&folder.json(&["d/x.rs"]), "path"), ["d/x.rs"]);
    let empty = Folder::new().with("e/x.rs", "").check(&["e"]);
    assert_eq!(empty.code, 2);
    assert!(empty.out.contains("no drafts in this folder"), "{}", empty.out);
}

#[test]
fn an_exclusion_holds_for_files_named_by_hand() {
    let folder = Folder::new().with("old/a.md", "A big zap.").with("factlint.yaml", "exclude: [old/]\n");
    assert_eq!(folder.check(&["old/a.md"]).code, 0);
    assert_eq!(folder.check(&["old/a.md", "--isolated"]).code, 1);
}

#[test]
fn the_nearest_configuration_alone_counts() {
    let folder = Folder::new()
        .with("a.md", "A big zap.")
        .with("sub/b.md", "A big zap.")
        .with("factlint.yaml", "rules: {doubled-word: off}\nextensions: [md]\nstet: [{rule: zap, words: big zap}]\n")
        .with("sub/factlint.yaml", "dates: dmy\n");
    let json = folder.json(&["a.md", "sub/b.md"]);
    assert_eq!(words(&json, "path"), ["sub/b.md"]);
    assert_eq!(json["summary"]["suppressed"], 1);
}

#[test]
fn a_broken_configuration_is_told_and_the_drafts_are_checked() {
    let folder = Folder::new().with("a.md", "A big zap.").with("factlint.yaml", "dates: dmy\nexlude: [old/]\n");
    let ran = folder.check(&["a.md"]);
    assert_eq!(ran.code, 2);
    for words in ["there is no key “exlude”", "did you mean “exclude”?", "factlint.yaml:2:1", "“zap” after"]
    {
        assert!(ran.out.contains(words), "{words} in {}", ran.out);
    }
}

#[test]
fn a_broken_rule_is_told_and_the_others_run() {
    let folder = Folder::new().with("a.md", "A big zap.").with(
        ".rules/house/bad.yaml",
        "id: bad\ntitle: T\nseverity: error\nkind: pattern\nmatch: \"{x:persn}\"\nmessage: m\nexplain: e\nexamples: []\n",
    );
    let ran = folder.check(&["a.md"]);
    assert_eq!(ran.code, 2);
    for words in ["bad.yaml:5:", "no kind of mention “persn”", "did you mean “person”?", "“zap” after"] {
        assert!(ran.out.contains(words), "{words} in {}", ran.out);
    }
}

#[test]
fn names_of_a_rule_that_nothing_answers_to_are_told_with_their_place() {
    let pattern = "kind: pattern\nmatch: \"{it:word} 'zap'\"";
    for (keys, words) in [
        // What stands outside the rule's file
        (
            format!("{pattern}\nover: [zop, zopp]"),
            ["bad.yaml:6:13", "no rule, class or group is called “zopp”", "did you mean “zop”?"],
        ),
        (
            format!("{pattern}\nalso: [zop, zopp]"),
            ["bad.yaml:6:13", "no rule is of the class “zopp”", "did you mean “zop”?"],
        ),
        (
            format!("{pattern}\nacquits: smu"),
            ["bad.yaml:6:10", "no other rule acquits “smu”", "groups of other rules are change, sum"],
        ),
        (format!("{pattern}\nlanguages: [en, xx]"), ["bad.yaml:6:17", "no language is called “xx”", "languages are"]),
        (
            format!("{pattern}\nunless: is(it, <agoo>)"),
            ["bad.yaml:6:16", "no language fills the class <agoo>", "did you mean “ago”?"],
        ),
        (
            format!("{pattern}\nwhere: value(it, <number-hedge>) == 'abuot'"),
            ["bad.yaml:6:38", "has no value “abuot”", "did you mean “about”?"],
        ),
        (
            format!("{pattern}\nwhere: table-date('capitol') == 'x'"),
            ["bad.yaml:6:20", "there is no table “capitol”", "did you mean “capitals”?"],
        ),
        // What every rule may say
        (
            format!("{pattern}\nof: captoin"),
            ["bad.yaml:6:5", "a pattern rule speaks of no “captoin”", "did you mean “caption”?"],
        ),
        (
            format!("{pattern}\nwhere: block.kind == 'captoin'"),
            ["bad.yaml:6:23", "“captoin” cannot stand here", "did you mean “caption”?"],
        ),
        (
            format!("{pattern}\nwhere: named(it, 'yeer') > 1"),
            ["bad.yaml:6:19", "“yeer” cannot stand here", "did you mean “year”?"],
        ),
        (
            format!("{pattern}\nunless:\n  - quoted(it)\n  - {{aftr: 'a'}}"),
            ["bad.yaml:8:6", "“aftr” is no scope", "did you mean “after”?"],
        ),
        // Keys that say nothing
        (
            format!("{pattern}\nsame: letters"),
            ["bad.yaml:6:1", "“same” says nothing in a rule with kind: pattern", "kind: agree"],
        ),
        (format!("{pattern}\nfragments: {{a: \"'b'\"}}"), ["bad.yaml:6:1", "no pattern uses the fragment “a”", "@a"]),
        (
            "kind: calendar\nof: full-dat".into(),
            ["bad.yaml:5:5", "a calendar rule speaks of no “full-dat”", "“full-date”"],
        ),
        (
            "kind: calendar\nof: full-date\nwhere: true".into(),
            ["bad.yaml:6:1", "“where” says nothing in a rule with kind: calendar", ""],
        ),
        (
            "kind: agree\nof: name\ndiffer: speling".into(),
            ["bad.yaml:6:1", "there is no such comparison", "differ: spelling"],
        ),
        (
            "kind: pattern\nregex: 'a(?<b>c)'\ntriggers: [a]\njudge: [c]".into(),
            ["bad.yaml:7:9", "“c” is no group", "did you mean “b”?"],
        ),
    ] {
        let rule = format!("id: bad\ntitle: T\nseverity: error\n{keys}\nmessage: m\nexplain: e\nexamples: []\n");
        let folder = Folder::new().with("a.md", "A big zap.").with(".rules/house/bad.yaml", rule);
        let ran = folder.check(&["a.md"]);
        assert_eq!(ran.code, 2, "{keys}");
        // Lines are broken where the terminal ends.
        let out = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in words {
            assert!(out.contains(words), "{words} in {}", ran.out);
        }
        assert!(out.contains("“zap” after"), "the other rules run: {}", ran.out);
    }
}

#[test]
fn a_lexicon_that_nothing_asks_for_is_told() {
    let ran = Folder::new()
        .with("a.md", "A big zap.")
        .with(".rules/languages/en/mine.yaml", "language: en\nclasses:\n  weekdy: [zapday]\n")
        .check(&["a.md"]);
    assert_eq!(ran.code, 2);
    for words in ["mine.yaml:3:3", "no rule asks for the class “weekdy”", "did you mean “weekday”?"] {
        assert!(ran.out.contains(words), "{words} in {}", ran.out);
    }
}

#[test]
fn a_rule_that_is_nested_or_long_beyond_reason_is_refused_with_its_place() {
    let rule = |pattern: &str, claim: &str| {
        format!(
            "id: bad\ntitle: T\nseverity: error\nkind: pattern\nmatch: \"{pattern}\"\nclaim: {claim}\nmessage: m\nexplain: e\nexamples: []\n"
        )
    };
    for (pattern, claim, words) in [
        ("[".repeat(100_000), "true".to_owned(), "bad.yaml:5:41"),
        ((0..65).map(|at| format!("{{s{at}:word}} ")).collect(), "true".to_owned(), "“s64” is a slot too many"),
        ("'zog*'".to_owned(), "true".to_owned(), "“zog*” is no word"),
        ("'zog'".to_owned(), format!("{}true", "not ".repeat(100_000)), "bad.yaml:6:263"),
        ("'a'? ".repeat(60_000), "true".to_owned(), "too long"),
    ] {
        let ran = Folder::new()
            .with("a.md", "A big zap.")
            .with(".rules/house/bad.yaml", rule(&pattern, &claim))
            .check(&["a.md"]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.out.contains(words) && ran.out.contains("“zap” after"), "{words}");
    }
}

#[test]
fn unknown_names_are_told_with_the_nearest() {
    let ran = Folder::new().with("a.md", "A zip.").check(&["a.md", "--ignore", "zapp"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("did you mean “zap”?"), "{}", ran.out);
}

#[test]
fn a_safe_fix_is_applied_and_all_else_is_kept() {
    let folder = Folder::new().with("a.txt", "\u{feff}A big zap.\r\nA zop, a red zap.\r\n");
    let diff = folder.check(&["a.txt", "--diff"]);
    assert_eq!(diff.code, 1);
    assert!(diff.out.contains("--- a/a.txt") && diff.out.contains("+A zop, a red zip."), "{}", diff.out);
    let ran = folder.check(&["a.txt", "--fix"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("a.txt: 2 fixes applied"), "{}", ran.err);
    assert!(ran.out.contains("1 note"), "what remains is told: {}", ran.out);
    assert_eq!(folder.read("a.txt"), "\u{feff}A big zip.\r\nA zop, a red zip.\r\n");
    assert_eq!(folder.check(&["a.txt", "--diff"]).code, 0);
}

#[test]
fn nothing_is_written_where_a_rule_a_name_or_the_configuration_is_refused() {
    let folder = Folder::new()
        .with("a.md", "A big zap.")
        .with("sub/a.md", "A big zap.")
        .with("sub/factlint.yaml", "exlude: [old/]\n")
        .with("broken.yaml", "dates: [\n")
        .with("bad/bad.yaml", "id: bad\n");
    let refused: [&[&str]; 6] = [
        &["sub/a.md"],
        &["a.md", "--config", "missing.yaml"],
        &["a.md", "--config", "broken.yaml"],
        &["a.md", "--rules", "bad"],
        &["a.md", "--rules", "missing"],
        &["a.md", "--ignore", "zopp"],
    ];
    for args in refused {
        for flag in ["--fix", "--stet-all", "--interactive"] {
            let filter = [&["check", "--rules", ".rules", "--select", "house"], args, &[flag]].concat();
            let ran = folder.run_with(&filter, "1l");
            let said = format!("{}{}", ran.out, ran.err);
            assert_eq!(ran.code, 2, "{args:?} {flag}: {said}");
            assert!(said.contains(&format!("{flag}: nothing was changed")), "{said}");
            assert_eq!(folder.read(args[0]), "A big zap.", "{args:?} {flag}");
            assert!(!folder.path("factlint.yaml").exists(), "{args:?} {flag}");
        }
    }
    assert_eq!(folder.read("sub/factlint.yaml"), "exlude: [old/]\n");
    let filter = ["check", "-", "--fix", "--rules", ".rules", "--select", "zap,zopp"];
    let ran = folder.run_with(&filter, "A big zap.\n");
    assert_eq!((ran.code, &*ran.out), (2, "A big zap.\n"), "{}", ran.err);
    assert_eq!(folder.check(&["a.md", "missing.md", "--fix"]).code, 2);
    assert_eq!(folder.read("a.md"), "A big zip.", "a draft that is missing keeps no other from being mended");
}

#[cfg(unix)]
#[test]
fn a_fix_keeps_permissions_and_refuses_links_and_read_only_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new().with("a.md", "A big zap.").with("b.md", "A big zap.");
    let mode = |name: &str| std::fs::metadata(folder.path(name)).expect("it is there").permissions().mode() & 0o777;
    let set = |name: &str, mode| {
        std::fs::set_permissions(folder.path(name), std::fs::Permissions::from_mode(mode)).expect("it can be set");
    };
    set("a.md", 0o640);
    assert_eq!(folder.check(&["a.md", "--fix"]).code, 0);
    assert_eq!(mode("a.md"), 0o640);
    set("b.md", 0o444);
    std::os::unix::fs::symlink("b.md", folder.path("c.md")).expect("a link");
    for (name, why) in [("b.md", "it is read-only"), ("c.md", "it is a symbolic link")] {
        let ran = folder.check(&[name, "--fix"]);
        assert_eq!(ran.code, 2);
        assert!(ran.out.contains(why), "{}", ran.out);
        assert_eq!(folder.read(name), "A big zap.");
    }
}

#[test]
fn a_baseline_makes_the_next_run_clean_and_an_old_stet_is_a_note() {
    let folder = Folder::new().with("d/a.md", "A big zap.\n\nA red zap.");
    assert_eq!(folder.check(&["d", "--stet-all"]).code, 0);
    let ran = folder.check(&["d"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("2 let stand"), "{}", ran.out);
    let folder = folder.with("d/a.md", "A big zap.");
    let all = folder.run(&["check", "--rules", ".rules", "--format", "short", "d"]);
    assert!(all.out.contains("factlint.yaml:3:5: note[unused-stet]"), "{}", all.out);
    assert_eq!(all.code, 0);
}

#[test]
fn standard_input_has_a_name() {
    let folder = Folder::new();
    let args = ["check", "-", "--rules", ".rules", "--select", "zap", "--format", "short", "--stdin-name", "d/a.md"];
    let ran = folder.run_with(&args, "A `code zap` and a **big** zap.\n");
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("d/a.md:1:"), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1);
}

#[test]
fn mended_standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    let args = ["check", "-", "--fix", "--rules", ".rules", "--select", "zap", "--format", "short"];
    let ran = folder.run_with(&args, "A big zap.\n");
    assert_eq!((ran.code, &*ran.out), (0, "A big zip.\n"), "{}", ran.err);
    let clean = folder.run_with(&args, "A big zip.\n");
    assert_eq!((clean.code, &*clean.out), (0, "A big zip.\n"));
}

#[test]
fn a_page_that_factlint_wrote_is_no_draft() {
    let folder = Folder::new().with("d/a.md", "A big zap.");
    let page = folder.check(&["d", "--format", "html"]).out;
    let folder = folder.with("d/report.html", &page).with("d/story.html", "<p>A red zap.</p>");
    let ran = folder.check(&["d", "--format", "short"]);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(!ran.out.contains("report.html"));
}

#[test]
fn a_word_document_is_told_as_one() {
    let folder = Folder::new().with("a.docx", "PK\u{3}\u{4}\u{0}");
    let ran = folder.check(&["a.docx"]);
    let said = format!("{}{}", ran.out, ran.err);
    assert_eq!(ran.code, 2);
    assert!(said.contains("this is a Word document, not text") && said.contains("pandoc"), "{said}");
}

#[test]
fn a_run_without_any_rule_does_not_say_that_all_is_well() {
    let folder = Folder::new().with("a.md", "A big zap.");
    let ran = folder.run(&["check", "a.md", "--select", "zapp", "--rules", ".rules"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("nothing was checked") && !ran.out.contains("nothing to report"), "{}", ran.out);
}

#[test]
fn a_run_that_read_no_draft_does_not_say_that_all_is_well() {
    let ran = Folder::new().check(&["missing.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("nothing was checked\n") && !ran.out.contains("nothing to report"), "{}", ran.out);
    let page = Folder::new().check(&["missing.md", "--format", "html"]).out;
    assert!(page.contains("Nothing was checked.") && !page.contains("Nothing to report."), "{page}");
}

#[test]
fn a_draft_in_none_of_the_configured_languages_has_no_known_one() {
    let text = "The minister said on Monday that the talks would go on, and that all of them had been told of it.";
    let folder = Folder::new().with("a.md", text).with("factlint.yaml", "languages: [en]\n");
    assert_eq!(folder.json(&["a.md"])["inputs"][0]["language"], "en");
    let folder = folder.with("factlint.yaml", "languages: [pt]\n");
    assert!(folder.json(&["a.md"])["inputs"][0]["language"].is_null());
}

#[test]
fn an_unknown_language_of_the_configuration_is_told() {
    let folder = Folder::new().with("a.md", "A big zap.").with("factlint.yaml", "languages: [en, eng]\n");
    let ran = folder.run(&["check", "a.md", "--rules", ".rules"]);
    let said = format!("{}{}", ran.out, ran.err);
    assert_eq!(ran.code, 2);
    assert!(said.contains("no language is called “eng”") && said.contains("factlint.yaml:1:17"), "{said}");
}

#[test]
fn order_is_the_same_at_any_number_of_threads() {
    let mut folder = Folder::new();
    for at in 0..40 {
        folder = folder.with(&format!("d/{at:02}.md"), "A big zap and a red zap.".repeat(at));
    }
    let one = folder.check(&["d", "--format", "short", "--jobs", "1"]).out;
    assert!(one.lines().count() > 100);
    assert_eq!(one, folder.check(&["d", "--format", "short", "--jobs", "7"]).out);
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = Folder::new().with("a.md", "A big zap.");
    assert!(!folder.check(&["a.md"]).out.contains('\u{1b}'));
    assert!(folder.check(&["a.md", "--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = Folder::new().with("a.md", "A big zap.\n\n".repeat(9));
    let mut command = folder.command(&["check", "--rules", ".rules", "--color", "never", "a.md"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("factlint runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("factlint ends");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn wrong_flags_are_told() {
    let folder = Folder::new();
    for args in [
        &["check", "--date", "9/1/2022"][..],
        &["check", "--lang", "english!"],
        &["chek"],
        &["check", "--format", "xml"],
    ] {
        assert_eq!(folder.run(args).code, 2, "{args:?}");
    }
    for (flag, value, words) in [
        ("--date", "9/1/2022", "a date is written YYYY-MM-DD: 2022-01-09"),
        ("--date", "2022-02-30", "the calendar has no such day"),
        ("--jobs", "0", "a number from 1 belongs here; without --jobs, all cores work"),
    ] {
        let ran = folder.run(&["check", flag, value]);
        assert!(ran.code == 2 && ran.err.contains(words), "{}", ran.err);
    }
    assert_eq!(folder.run(&["--help"]).code, 0);
    assert_eq!(folder.run(&["completions", "bash"]).code, 0);
}

#[test]
fn rules_are_listed_explained_and_begun() {
    let folder = Folder::new();
    let list: serde_json::Value =
        serde_json::from_str(&folder.run(&["rules", "list", "--rules", ".rules", "--format", "json"]).out)
            .expect("JSON");
    let zap = list["rules"].as_array().and_then(|rules| rules.iter().find(|rule| rule["id"] == "zap"));
    let zap = zap.expect("it is listed");
    assert_eq!((&zap["group"], &zap["kind"], &zap["severity"]), (&"house".into(), &"pattern".into(), &"error".into()));
    let page = folder.run(&["explain", "zap", "--rules", ".rules"]);
    assert!(page.out.contains("A [[big zap]].") && page.out.contains("Change zap to zip"), "{}", page.out);
    let unknown = folder.run(&["explain", "zapp", "--rules", ".rules"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean “zap”?"), "{}", unknown.err);
    let group = folder.run(&["explain", "calendar"]).err;
    assert!(group.contains("weekday-day-sequence") && !group.contains("-\n"), "no id is broken: {group}");
    assert_eq!(folder.run(&["rules", "new", "teh", "--into", "mine"]).code, 0);
    let test = folder.run(&["rules", "test", "mine"]);
    assert_eq!((test.code, test.out.as_str()), (0, "8 examples of 1 rule: all hold\n"), "{}", test.err);
    assert_eq!(folder.run(&["rules", "new", "teh", "--into", "mine"]).code, 2, "it is not written over");
    let replacing = folder.run(&["rules", "new", "percent-of", "--into", "mine"]);
    assert!(replacing.out.contains("percent-of is a built-in rule"), "{}", replacing.out);
}

#[test]
fn examples_that_do_not_hold_are_told_with_their_place() {
    let rule = RULES[0].1.replace(
        "examples: [\"A [[big zap]].\"]",
        "examples:\n  - \"A [[big]] zap.\"\n  - \"A big zap.\"\n  - \"A [[zip]].\"",
    );
    let folder = Folder::new().with("mine/zap.yaml", rule);
    let ran = folder.run(&["rules", "test", "mine"]);
    assert_eq!(ran.code, 1);
    for line in [
        "mine/zap.yaml:12: zap/wrong 1: misplaced: marked “big”, and flagged “big zap”",
        "mine/zap.yaml:13: zap/right 1: noisy: flagged “big zap”",
        "mine/zap.yaml:14: zap/wrong 2: missed: nothing is said of “zip”",
        "3 examples of 1 rule: 3 do not hold",
    ] {
        assert!(ran.out.contains(line), "{line} in {}", ran.out);
    }
}

#[test]
fn parts_of_a_rule_that_no_example_needs_are_told() {
    let rule = RULES[0].1.replace(
        "match: \"{it:word} 'zap'\"",
        "match: \"{it:word} ['zap' | 'zup']\"\nunless: [{before: \"<hedge>\"}, {after: \"'now'\"}]\nlanguages: [en, de]",
    );
    let rule = rule.replace("[\"A [[big zap]].\"]", "[\"A [[big zap]].\", \"A big zap now.\"]");
    let folder = Folder::new().with("mine/zap.yaml", rule);
    assert_eq!(folder.run(&["rules", "test", "mine"]).code, 0);
    let ran = folder.run(&["rules", "test", "mine", "--coverage"]);
    assert_eq!(ran.code, 1);
    let told: Vec<&str> = ran.out.lines().filter_map(|line| line.split("not exercised: ").nth(1)).collect();
    assert_eq!(
        told,
        [
            "the language de has no example",
            "no example needs the alternative “'zup'” of form 1",
            "no example needs guard 1 of “unless” (before: <hedge>)"
        ]
    );
}

#[test]
fn a_house_is_learnt_from_drafts_and_holds_for_the_next() {
    let folder = Folder::new()
        .with("drafts/a.md", "Minister Vera Tarasenko spoke. Tarasenko left. The Coastal Repair Council (CRC) met.\n")
        .with(
            "drafts/b.md",
            "Vera Tarasenko spoke again. The Coastal Repair Council (CRC) met. NATO and the NATO men.\n",
        )
        .with("drafts/c.md", "In the hall, Vera Tarassenko spoke to Nato and the CRC.\n")
        .with("new.md", "On Monday Vera Tarassenko spoke to Nato.\n");
    let learnt = folder.run(&["house", "learn", "drafts", "--at-least", "2"]);
    assert_eq!(learnt.code, 0, "{}", learnt.err);
    for line in [
        "    - name: Vera Tarasenko\n      title: minister\n      rejected: [Vera Tarassenko]\n",
        "    - name: Coastal Repair Council\n      acronym: CRC\n",
        "    - name: NATO\n      rejected: [Nato]\n",
    ] {
        assert!(learnt.out.contains(line), "{}", learnt.out);
    }
    let folder = folder.with("factlint.yaml", &learnt.out);
    let found = folder.run(&["check", "new.md", "--format", "short", "--select", "people,organisations"]);
    assert!(
        found.out.contains("warning[name-drift-house]") && found.out.contains("[acronym-case-drift-house]"),
        "{}",
        found.out
    );
    assert_eq!(found.code, 1);
}

#[test]
fn a_language_that_is_not_known_is_refused_with_those_that_are() {
    let folder =
        Folder::new().with("a.md", "The minister said that 45 of 60 members (80%) backed the plan of the party.");
    for args in [&["check", "a.md", "--lang", "xx"][..], &["facts", "a.md", "--lang", "xx"]] {
        let ran = folder.run(args);
        let said = format!("{}{}", ran.out, ran.err);
        assert_eq!(ran.code, 2, "{said}");
        assert!(said.contains("--lang: no language is called “xx”") && said.contains("languages are "), "{said}");
        assert!(said.contains("80%"), "the draft is read in the language that it is in: {said}");
    }
    assert_eq!(folder.run(&["check", "a.md", "--lang", "EN"]).code, 1);
}

#[test]
fn a_language_that_front_matter_names_and_nobody_knows_is_a_note() {
    let text = "---\nlang: xx\n---\n\nThe minister said that 45 of 60 members (80%) backed the plan of the party.\n";
    let folder = Folder::new().with("a.md", text).with("b.md", text.replace("xx", "english"));
    let ran = folder.run(&["check", "a.md", "b.md", "--format", "short"]);
    for line in
        ["a.md:2:7: note[unread-metadata] “xx” is no language that factlint knows", "b.md:2:7: note[unread-metadata]"]
    {
        assert!(ran.out.contains(line), "{line} in {}", ran.out);
    }
    // A language without a lexicon has no words for rules; what is no language at all leaves it to the text.
    assert_eq!(ran.out.matches("error[percent-of]").count(), 1, "{}", ran.out);
    assert!(!folder.run(&["check", "a.md", "--ignore", "unread-metadata"]).out.contains("unread-metadata"));
    let folder = folder.with("factlint.yaml", "rules: {unread-metadata: off}\n");
    let ran = folder.run(&["check", "a.md", "--format", "short"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
}

#[test]
fn what_is_nearly_a_stet_is_a_note_with_the_right_form() {
    let nearly =
        ["<!-- stet zap -->", "<!-- let stand zap -->", "<!-- Stet: zap because of it -->", "<!-- factlint-ignore -->"];
    let text: String = nearly.iter().map(|comment| format!("{comment}\n\nA big zap.\n\n")).collect();
    let folder = Folder::new().with("a.md", &text).with("a.html", text);
    for name in ["a.md", "a.html"] {
        let json = folder.json(&[name]);
        let notes: Vec<_> =
            json["findings"].as_array().into_iter().flatten().filter(|f| f["rule"] == "unused-stet").collect();
        let help: Vec<_> = notes.iter().filter_map(|note| note["help"].as_str()).collect();
        let right = "write <!-- stet: zap because … -->";
        assert_eq!(help, [right, right, right, "write <!-- stet: rule-id because … -->"], "{name}");
        assert_eq!(json["summary"]["errors"], 4, "{name}");
    }
}

#[test]
fn a_date_that_front_matter_gives_and_nobody_understands_is_a_note() {
    let draft = |date: &str| format!("---\ndate: {date}\n---\n\nThe talks will be held in the hall of the town.\n");
    let folder = Folder::new()
        .with("a.md", draft("soon"))
        .with("b.md", draft("9 January 2022"))
        .with("c.md", draft(""))
        .with("d.md", draft("soon\npublished: 2022-01-09"));
    let ran = folder.check(&["a.md", "b.md", "c.md", "d.md", "--format", "short"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out, "a.md:2:7: note[unread-metadata] “soon” is no date, so it is as if none were named\n");
    assert_eq!(folder.check(&["a.md", "--date", "2022-01-09", "--format", "short"]).out, "");
}
