//! `check --interactive` over a pipe, and what it and `--fix` refuse: in each case the file is as it was.

use std::io::{BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

/// A rule of the tests’ own.
const RULE: &str = include_str!("zap.yaml");

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(name: &str, text: &str) -> Folder {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let rules = folder.path().join(".rules/house");
        std::fs::create_dir_all(&rules).expect("a folder");
        std::fs::write(rules.join("zap.yaml"), RULE).expect("a file");
        std::fs::write(folder.path().join(name), text).expect("a file");
        Folder(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("the file is there")
    }

    fn spawn(&self, args: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["check", "--rules", ".rules", "--select", "house"])
            .args(args)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("factlint runs")
    }

    /// A whole session with these keys: exit code and all that was told.
    fn keys(&self, name: &str, keys: &str) -> (i32, String) {
        let mut child = self.spawn(&["--interactive", name]);
        child.stdin.take().expect("it was piped").write_all(keys.as_bytes()).ok();
        told(&child.wait_with_output().expect("factlint ends"))
    }
}

fn told(output: &Output) -> (i32, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code().expect("it was not killed"), String::from_utf8_lossy(&text).into_owned())
}

/// A session that has come to its first question.
fn asked(folder: &Folder, name: &str) -> (Child, ChildStdin, BufReader<ChildStdout>) {
    let mut child = folder.spawn(&["-i", name]);
    let input = child.stdin.take().expect("it was piped");
    let mut output = BufReader::new(child.stdout.take().expect("it was piped"));
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"\n> ") {
        output.read_exact(&mut byte).expect("it asks");
        seen.push(byte[0]);
    }
    (child, input, output)
}

fn end((mut child, mut input, mut output): (Child, ChildStdin, BufReader<ChildStdout>), keys: &str) -> (i32, String) {
    input.write_all(keys.as_bytes()).ok();
    drop(input);
    let mut text = String::new();
    output.read_to_string(&mut text).expect("it is text");
    child.stderr.take().expect("it was piped").read_to_string(&mut text).expect("it is text");
    (child.wait().expect("factlint ends").code().expect("it was not killed"), text)
}

const FOUR: &str = "Ein großer zap — 東京.\r\n\r\nA big zap.\r\n\r\nA red zap.\r\n\r\nA new zap.\r\n";

#[test]
fn each_finding_is_shown_and_each_key_does_its_own() {
    let folder = Folder::new("a.md", FOUR);
    let (code, out) = folder.keys("a.md", "x9?2\n1ls");
    assert_eq!(code, 1, "one was skipped: {out}");
    let expected =
        "Ein großer zop — 東京.\r\n\r\nA big zip.\r\n\r\n<!-- stet: zap -->\r\nA red zap.\r\n\r\nA new zap.\r\n";
    assert_eq!(folder.read("a.md"), expected);
    for part in ["1  Change zap to zip", "2  Change zap to zop", "No such key", "It has 2 fixes.", "make that change"] {
        assert!(out.contains(part), "{part} is not in {out}");
    }
    assert!(out.contains("“zap” after “big” is “zip”") && out.contains("big stands here"), "the proof: {out}");
    assert!(out.contains("2 changes, 1 let stand; some findings remain"), "{out}");
}

#[test]
fn quitting_and_the_end_of_the_keys_leave_the_rest_as_it_is() {
    let folder = Folder::new("a.md", FOUR);
    let (code, _) = folder.keys("a.md", "q");
    assert_eq!((code, folder.read("a.md").as_str()), (1, FOUR));
    let (code, _) = folder.keys("a.md", "1");
    assert_eq!((code, folder.read("a.md")), (1, FOUR.replacen("zap", "zip", 1)));
}

#[test]
fn in_plain_text_the_configuration_lets_stand() {
    let folder = Folder::new("a.txt", "A big zap.\n\nA red zap.\n");
    let (code, out) = folder.keys("a.txt", "l1");
    assert_eq!((code, folder.read("a.txt").as_str()), (0, "A big zap.\n\nA red zip.\n"), "{out}");
    assert!(folder.read("factlint.yaml").contains("big zap"), "{}", folder.read("factlint.yaml"));
    assert_eq!(told(&folder.spawn(&["a.txt"]).wait_with_output().expect("it ends")).0, 0, "the next run is clean");
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_written_over() {
    let folder = Folder::new("a.md", "A big zap.\n");
    let session = asked(&folder, "a.md");
    std::fs::write(folder.path("a.md"), "A big zap, saved by an editor.\n").expect("it can be written");
    let (code, out) = end(session, "1");
    assert_eq!((code, folder.read("a.md").as_str()), (2, "A big zap, saved by an editor.\n"));
    assert!(out.contains("a.md: was not changed: it was changed since it was read"), "{out}");
}

#[test]
fn a_file_that_vanished_is_told() {
    let folder = Folder::new("a.md", "A big zap.\n");
    let session = asked(&folder, "a.md");
    std::fs::remove_file(folder.path("a.md")).expect("it can be removed");
    let (code, out) = end(session, "1");
    assert_eq!(code, 2);
    assert!(out.contains("no such file"), "{out}");
    assert!(!folder.path("a.md").exists());
}

#[test]
fn standard_input_cannot_be_written() {
    let folder = Folder::new("a.md", "");
    let (code, out) = folder.keys("-", "A big zap.");
    assert!(code == 2 && out.contains("standard input cannot be written"), "{out}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn links_and_read_only_files_are_refused_before_anything_is_asked() {
        let folder = Folder::new("a.md", "A big zap.\n");
        std::os::unix::fs::symlink(folder.path("a.md"), folder.path("link.md")).expect("a link");
        let (code, out) = folder.keys("link.md", "1");
        assert!(code == 2 && out.contains("symbolic link") && !out.contains("\n> "), "{out}");
        std::fs::set_permissions(folder.path("a.md"), PermissionsExt::from_mode(0o444)).expect("it can be set");
        let (code, out) = folder.keys("a.md", "1");
        assert!(code == 2 && out.contains("it is read-only") && !out.contains("\n> "), "{out}");
        assert_eq!(folder.read("a.md"), "A big zap.\n");
    }

    /// A limit on the size of files is what a full disk is to one who writes: the write fails.
    #[test]
    fn on_a_full_disk_the_file_stays_and_nothing_is_left_behind() {
        let folder = Folder::new("a.md", "A big zap.\n");
        for flags in ["--fix", "--interactive"] {
            let script = format!(
                "trap '' XFSZ; ulimit -f 0; printf 1 | '{}' check --rules .rules --select house {flags} a.md | cat",
                env!("CARGO_BIN_EXE_factlint")
            );
            let output = Command::new("sh")
                .args(["-c", &script])
                .current_dir(folder.0.path())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .output()
                .expect("the shell runs");
            let (_, out) = told(&output);
            assert!(out.contains("file too large") && out.contains("the file is as it was"), "{flags}: {out}");
            assert_eq!(folder.read("a.md"), "A big zap.\n", "{flags}");
            let left = std::fs::read_dir(folder.0.path()).expect("a folder").flatten();
            let names: Vec<_> = left.map(|entry| entry.file_name()).filter(|name| name != ".rules").collect();
            assert_eq!(names, ["a.md"], "{flags}");
        }
    }

    #[test]
    fn a_session_that_is_interrupted_has_whole_changes_only() {
        let folder = Folder::new("a.md", FOUR);
        let (mut child, mut input, mut output) = asked(&folder, "a.md");
        input.write_all(b"1").expect("it reads");
        let mut seen = Vec::new();
        let mut byte = [0];
        while !seen.ends_with(b"\n> ") {
            output.read_exact(&mut byte).expect("it asks again");
            seen.push(byte[0]);
        }
        let id = child.id().to_string();
        // Not INT: what a shell starts in the background ignores that.
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        assert!(!child.wait().expect("it ends").success());
        assert_eq!(folder.read("a.md"), FOUR.replacen("zap", "zip", 1));
    }
}
