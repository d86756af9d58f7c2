//! A scripted client talks to `factlint lsp` as an editor does.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A rule of the tests’ own; its first line is empty, so that lines count from 0 as the protocol counts them.
const RULE: &str = include_str!("zap.yaml");

struct Client {
    folder: tempfile::TempDir,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Notifications that came while an answer was waited for.
    notes: Vec<Value>,
    next: u64,
}

impl Client {
    fn start(capabilities: Value) -> (Client, Value) {
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path().join("rules/house");
        std::fs::create_dir_all(&rules).unwrap();
        std::fs::write(rules.join("zap.yaml"), RULE).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["lsp", "--rules", "rules"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut client = Client { folder, child, input, output, notes: Vec::new(), next: 0 };
        let result =
            client.ask("initialize", json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        client.tell("initialized", json!({}));
        (client, result["result"].clone())
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path().join(name).display())
    }

    fn write(&mut self, text: &str) {
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.write(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string());
        loop {
            let message = self.read();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.notes.push(message);
        }
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server has gone");
            match line.trim().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().unwrap(),
                _ if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// The next diagnostics that are pushed.
    fn pushed(&mut self) -> Value {
        let is = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
        if let Some(at) = self.notes.iter().position(is) {
            return self.notes.remove(at)["params"].clone();
        }
        loop {
            let message = self.read();
            if is(&message) {
                return message["params"].clone();
            }
        }
    }

    fn open(&mut self, name: &str, language: &str, text: &str) -> String {
        let uri = self.uri(name);
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
        uri
    }

    fn leave(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

fn range(line: u32, from: u32, to: u32) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

#[test]
fn diagnostics_are_pushed_with_version_label_and_page() {
    let (mut client, result) = Client::start(json!({}));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    let uri = client.open("a.md", "markdown", "# Head\n\n🇺🇦 é a **big** zap.\r\n");
    let pushed = client.pushed();
    assert_eq!((&pushed["uri"], &pushed["version"]), (&json!(uri), &json!(1)));
    let found = &pushed["diagnostics"][0];
    assert_eq!((&found["code"], &found["severity"], &found["source"]), (&json!("zap"), &json!(1), &json!("factlint")));
    assert_eq!(found["message"], "“zap” after “big” is “zip”");
    assert_eq!(found["range"]["start"], json!({"line": 2, "character": 11}));
    assert_eq!(found["relatedInformation"][0]["message"], "big stands here");
    assert_eq!(found["relatedInformation"][0]["location"]["uri"], json!(uri));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(client.pushed()["diagnostics"], json!([]));
    client.leave();
}

#[test]
fn drafts_of_several_folders_have_each_the_configuration_of_their_own() {
    let (mut client, result) = Client::start(json!({"workspace": {"workspaceFolders": true}}));
    assert_eq!(result["capabilities"]["workspace"]["workspaceFolders"]["supported"], json!(true));
    for (name, config) in [("strict", "rules: {}\n"), ("lax", "rules: {zap: off}\n")] {
        let folder = client.folder.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("factlint.yaml"), config).unwrap();
    }
    let added = json!([{"uri": client.uri("strict"), "name": "strict"}, {"uri": client.uri("lax"), "name": "lax"}]);
    client.tell("workspace/didChangeWorkspaceFolders", json!({"event": {"added": added, "removed": []}}));
    for (name, count) in [("strict/a.md", 1), ("lax/a.md", 0)] {
        client.open(name, "markdown", "It was a big zap on the hill.\n");
        let pushed = client.pushed();
        let found = pushed["diagnostics"].as_array().unwrap();
        assert_eq!(found.iter().filter(|found| found["code"] == "zap").count(), count, "{name}: {pushed}");
    }
    client.leave();
}

#[test]
fn what_is_there_for_nothing_is_tagged_for_clients_that_know_tags() {
    for (capabilities, tags) in [
        (json!({"textDocument": {"publishDiagnostics": {"tagSupport": {"valueSet": [1, 2]}}}}), json!([1])),
        (json!({}), Value::Null),
    ] {
        let (mut client, _) = Client::start(capabilities);
        client.open("a.md", "markdown", "The council met the the mayor and a big zap on the hill.\n");
        let pushed = client.pushed();
        let found = pushed["diagnostics"].as_array().unwrap();
        let of = |code: &str| found.iter().find(|found| found["code"] == code).map(|found| found["tags"].clone());
        assert_eq!((of("doubled-word"), of("zap")), (Some(tags), Some(Value::Null)));
        client.leave();
    }
}

#[test]
fn edits_are_made_in_place_and_results_are_of_the_last_version() {
    for (offered, character) in [(json!(["utf-8"]), 8), (json!(["utf-16"]), 5), (json!(["utf-32"]), 4)] {
        let (mut client, result) = Client::start(json!({"general": {"positionEncodings": offered}}));
        assert_eq!(result["capabilities"]["positionEncoding"], offered[0]);
        let uri = client.open("a.txt", "plaintext", "é 🙂 big zip.\nLast");
        assert_eq!(client.pushed()["diagnostics"], json!([]));
        // “zip” to “zap” in two changes of one message, the second of the text after the first.
        let at = character + 4;
        let changes = json!([
            {"range": range(0, at, at + 3), "text": ""},
            {"range": range(0, at, at), "text": "zap"}
        ]);
        for version in 2..=6 {
            let changes =
                if version == 2 { changes.clone() } else { json!([{"range": range(1, 99, 99), "text": "!"}]) };
            let document = json!({"uri": uri, "version": version});
            client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        }
        let mut last = 1;
        while last < 6 {
            let pushed = client.pushed();
            let version = pushed["version"].as_i64().unwrap();
            assert!(version > last, "never stale");
            last = version;
            assert_eq!(pushed["diagnostics"][0]["range"], range(0, character, at + 3));
        }
        client.leave();
    }
}

#[test]
fn diagnostics_can_be_asked_for_and_are_then_not_pushed() {
    let (mut client, _) = Client::start(json!({"textDocument": {"diagnostic": {}}}));
    let uri = client.open("a.md", "markdown", "A big zap.");
    let answer = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
    assert_eq!(answer["result"]["kind"], "full");
    assert_eq!(answer["result"]["items"].as_array().map(Vec::len), Some(1));
    assert!(client.notes.is_empty());
    let missing = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": "file:///none.md"}}));
    assert_eq!(missing["error"]["code"], -32602);
    client.leave();
}

#[test]
fn every_fix_is_an_action_and_so_are_stet_and_fix_all() {
    let (mut client, _) = Client::start(json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}));
    let text = "# Head\n\nOne line\nand a big zap.\n\nA red zap.\n";
    let uri = client.open("a.md", "markdown", text);
    let context = json!({"diagnostics": []});
    let params = json!({"textDocument": {"uri": uri}, "range": range(3, 6, 6), "context": context});
    let answer = client.ask("textDocument/codeAction", params.clone());
    let actions = answer["result"].as_array().unwrap();
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Change zap to zip", "Change zap to zop", "Let it stand: zap", "Fix all safe problems (2)"]);
    let change = |action: &Value| action["edit"]["documentChanges"][0].clone();
    assert_eq!(change(&actions[0])["textDocument"]["version"], 1);
    assert_eq!(change(&actions[2])["edits"][0], json!({"range": range(2, 0, 0), "newText": "<!-- stet: zap -->\n"}));
    assert_eq!(change(&actions[3])["edits"].as_array().map(Vec::len), Some(2));
    let mut only = params;
    only["context"]["only"] = json!(["source.fixAll"]);
    assert_eq!(client.ask("textDocument/codeAction", only)["result"].as_array().map(Vec::len), Some(1));
    client.leave();
}

#[test]
fn in_plain_text_a_stet_goes_into_the_configuration() {
    let (mut client, _) = Client::start(json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}));
    let uri = client.open("a.txt", "plaintext", "A big zap.");
    let params = json!({"textDocument": {"uri": uri}, "range": range(0, 3, 3), "context": {"diagnostics": []}});
    let answer = client.ask("textDocument/codeAction", params);
    let changes = &answer["result"][2]["edit"]["documentChanges"];
    assert_eq!(changes[0], json!({"kind": "create", "uri": client.uri("factlint.yaml")}));
    let text = changes[1]["edits"][0]["newText"].as_str().unwrap();
    assert!(text.contains("rule: zap") && text.contains("words: \"big zap\""), "{text}");
    // The editor writes it, and says so: the finding is gone.
    assert_eq!(client.pushed()["diagnostics"].as_array().map(Vec::len), Some(1));
    std::fs::write(client.folder.path().join("factlint.yaml"), text).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(client.pushed()["diagnostics"], json!([]));
    client.leave();
}

#[test]
fn a_hover_shows_the_proof_and_the_explanation() {
    let (mut client, _) = Client::start(json!({}));
    let uri = client.open("a.md", "markdown", "A big zap.");
    let at = |character: u32| json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": character}});
    let text = client.ask("textDocument/hover", at(4))["result"]["contents"]["value"].as_str().unwrap().to_owned();
    for words in ["“zap” after “big” is “zip”", "big stands here (line 1)", "Zap is only for tests."] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(client.ask("textDocument/hover", at(0))["result"], Value::Null);
    client.leave();
}

#[test]
fn a_hover_shows_what_is_read_in_a_date_or_a_number() {
    let (mut client, _) = Client::start(json!({}));
    let text =
        "---\ndate: 2022-01-09\n---\n🇺🇦 東京: they meet on Wednesday (12). In it, 45 of 60 members (75%) agree.\r\n";
    let uri = client.open("a.md", "markdown", text);
    client.pushed();
    let mut hover = |words: &str| {
        let line = text.lines().nth(3).unwrap();
        let before = line.find(words).unwrap();
        let character = line[..before].encode_utf16().count() + 1;
        let position = json!({"line": 3, "character": character});
        let answer = client.ask("textDocument/hover", json!({"textDocument": {"uri": uri}, "position": position}));
        (
            answer["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned(),
            answer["result"]["range"].clone(),
        )
    };
    let (date, place) = hover("Wednesday (12)");
    assert!(date.contains("**Wednesday 12 January 2022, by the publication date 2022-01-09** (date)"), "{date}");
    assert_eq!(place, range(3, 22, 36));
    let (share, _) = hover("75%");
    assert!(
        share.contains("75%, from 74.5% to under 76%") && share.contains("agrees with 45, 60 (`percent-of`)"),
        "{share}"
    );
    assert_eq!(hover("they").0, "");
    client.leave();
}

#[test]
fn the_facts_are_a_lens_and_a_command_and_follow_the_text() {
    let (mut client, result) = Client::start(json!({}));
    assert_eq!(result["capabilities"]["executeCommandProvider"]["commands"], json!(["factlint.facts"]));
    let uri = client.open("a.md", "markdown", "In it, 45 of 60 members (75%) agree.");
    let lens = client.ask("textDocument/codeLens", json!({"textDocument": {"uri": uri}}))["result"][0].clone();
    assert_eq!(lens["command"]["command"], "factlint.facts");
    let run = json!({"command": "factlint.facts", "arguments": lens["command"]["arguments"]});
    let list = client.ask("workspace/executeCommand", run.clone())["result"].clone();
    assert!(list["markdown"].as_str().unwrap().contains("- [ ] 1:26 percentage **75%**"), "{list}");
    assert_eq!(list["list"]["summary"]["agrees"], 3);
    let whole = json!({"text": "They met in Vienna."});
    client
        .tell("textDocument/didChange", json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [whole]}));
    let list = client.ask("workspace/executeCommand", run)["result"].clone();
    assert_eq!(list["list"]["facts"].as_array().map(Vec::len), Some(1), "{list}");
    client.leave();
}

#[test]
fn a_request_that_is_taken_back_while_it_waits_is_answered_so() {
    let (mut client, _) = Client::start(json!({}));
    // The server reads this one for a while; what is written after it waits.
    let uri = client.open(
        "a.md",
        "markdown",
        &"A big zip with 45 of 60 members (75%) on Monday, 10 January 2022.\n\n".repeat(400),
    );
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}});
    let ask =
        |id: u64| json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params}).to_string();
    let take_back = json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 502}}).to_string();
    let mut burst = String::new();
    for message in [ask(501), ask(502), take_back] {
        burst.push_str(&format!("Content-Length: {}\r\n\r\n{message}", message.len()));
    }
    client.input.write_all(burst.as_bytes()).unwrap();
    client.input.flush().unwrap();
    let mut answers = Vec::new();
    while answers.len() < 2 {
        let message = client.read();
        if message["method"].is_null() {
            answers.push((message["id"].as_u64().unwrap(), message["error"]["code"].clone()));
        }
    }
    answers.sort_by_key(|(id, _)| *id);
    assert_eq!(answers, [(501, Value::Null), (502, json!(-32800))]);
    client.leave();
}

#[test]
fn a_rule_and_a_configuration_are_checked_as_they_are_written() {
    let (mut client, _) = Client::start(json!({}));
    client.open("zup.yaml", "yaml", &RULE.replace("id: zap", "id: zup").replace("{it:word}", "{it:wrd}"));
    let found = client.pushed()["diagnostics"][0].clone();
    assert!(found["message"].as_str().unwrap().contains("did you mean “word”?"), "{found}");
    assert_eq!(found["range"]["start"]["line"], 5);
    client.open("mine/zap.yaml", "yaml", &RULE.replace("A [[big zap]]", "A big [[zap]]"));
    let found = client.pushed()["diagnostics"][0].clone();
    assert!(found["message"].as_str().unwrap().starts_with("misplaced"), "{found}");
    assert_eq!(found["range"]["start"]["line"], 12);
    client.open("factlint.yaml", "yaml", "exlude: []\n");
    assert!(client.pushed()["diagnostics"][0]["message"].as_str().unwrap().contains("did you mean “exclude”?"));
    client.leave();
}

#[test]
fn nonsense_is_answered_and_survived() {
    let (mut client, _) = Client::start(json!({}));
    assert_eq!(client.ask("textDocument/rename", json!({}))["error"]["code"], -32601);
    assert_eq!(client.ask("textDocument/codeLens", json!({}))["error"]["code"], -32602);
    let unknown = json!({"command": "no.such", "arguments": []});
    assert_eq!(client.ask("workspace/executeCommand", unknown)["error"]["code"], -32602);
    client.tell("$/cancelRequest", json!({"id": 99}));
    assert_eq!(client.ask("textDocument/hover", json!(["what"]))["error"]["code"], -32602);
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": "file:///none", "version": 2}, "contentChanges": []}),
    );
    client.tell("textDocument/didOpen", json!({"textDocument": 7}));
    client.write("{ this is no JSON");
    let uri = client.open("a.md", "markdown", "A big zip.");
    assert_eq!(client.pushed()["diagnostics"], json!([]));
    let change = json!({"range": {"start": {"line": 9, "character": 9}, "end": {"line": 0, "character": 0}}, "text": "A big zap."});
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]}),
    );
    assert_eq!(client.pushed()["diagnostics"].as_array().map(Vec::len), Some(1));
    client.leave();
}

#[test]
fn a_client_that_dies_takes_the_server_with_it() {
    let (client, _) = Client::start(json!({}));
    let Client { mut child, input, output, .. } = client;
    drop(input);
    drop(output);
    assert!(child.wait().unwrap().code().is_some());
}

/// Few words, so that a build for tests is quick with it.
fn ten_megabytes() -> String {
    let text = format!("A big zap.\n\n{}", format!("{}\n\n", "é".repeat(2_500)).repeat(2_000));
    assert!(text.len() >= 10_000_000);
    text
}

#[test]
fn a_file_of_ten_megabytes_is_checked_changed_and_asked_about() {
    let (mut client, _) = Client::start(json!({}));
    let uri = client.open("a.txt", "plaintext", &ten_megabytes());
    assert_eq!(client.pushed()["diagnostics"][0]["range"], range(0, 2, 9));
    let end = json!({"line": 4001, "character": 0});
    let change = json!({"range": {"start": end, "end": end}, "text": "A red zap."});
    let document = json!({"uri": uri, "version": 2});
    client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
    let pushed = client.pushed();
    assert_eq!(pushed["diagnostics"].as_array().map(Vec::len), Some(2), "{pushed}");
    let position = json!({"textDocument": {"uri": uri}, "position": {"line": 4000, "character": 3}});
    assert!(client.ask("textDocument/hover", position).get("error").is_none());
    client.leave();
}

#[test]
fn a_client_that_dies_while_the_server_is_busy_takes_it_along() {
    let (mut client, _) = Client::start(json!({}));
    let text = ten_megabytes();
    client.open("a.txt", "plaintext", &text[..text.floor_char_boundary(1_000_000)]);
    let Client { mut child, input, output, .. } = client;
    drop(input);
    drop(output);
    assert!(child.wait().unwrap().code().is_some());
}
