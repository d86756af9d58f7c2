//! What a writer feels: a keystroke in a draft of 10,000 words, from the message that tells it to the diagnostics of its
//! version, through the protocol; the server's memory; a burst of keystrokes; a file of 10 MB.
//!
//! `cargo bench --bench lsp [-- SERVER]`, with another factlint than the one just built if a path is given. The text is the
//! project's own, so that nobody else's need be there.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const WORDS: usize = 10_000;
const STROKES: usize = 300;
const BURST: usize = 50;
const URI: &str = "file:///bench/draft.md";

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let server = given.unwrap_or_else(|| env!("CARGO_BIN_EXE_factlint").to_owned());
    for (what, text) in [("news", news(WORDS)), ("sentences that rules look at, and nothing else", dense(WORDS))] {
        println!("\na draft of {WORDS} words, {} bytes: {what}", text.len());
        let mut client = Client::start(&server);
        let start = Instant::now();
        client.open(&text);
        let (_, found) = client.diagnostics_of(1);
        println!("opened and checked in {:?}: {found} findings", start.elapsed());
        type_into(&mut client, &text);
        client.leave();
    }

    let mut client = Client::start(&server);
    let text = news(WORDS);
    let large = text.repeat(10_000_000 / text.len() + 1);
    let start = Instant::now();
    client.open(&large);
    let (_, found) = client.diagnostics_of(1);
    println!("\na file of {:.1} MB: checked in {:?}: {found} findings", large.len() as f64 / 1e6, start.elapsed());
    println!("memory with it: {}", client.memory());
    client.leave();
}

fn type_into(client: &mut Client, text: &str) {
    let lines: Vec<usize> = text.lines().enumerate().filter(|(_, line)| line.len() > 3).map(|(at, _)| at).collect();
    let mut times: Vec<Duration> = Vec::with_capacity(STROKES);
    let mut version = 1;
    let before = client.processor_time();
    for stroke in 0..STROKES {
        version += 1;
        // Letters of a word that is typed into a paragraph, another paragraph every ten strokes.
        let line = lines[(stroke / 10 * 37) % lines.len()];
        let letter = if stroke % 5 == 0 { " " } else { "e" };
        let start = Instant::now();
        client.change(version, line, letter);
        client.diagnostics_of(version);
        times.push(start.elapsed());
    }
    let used = client.processor_time().saturating_sub(before) / STROKES as u32;
    times.sort_unstable();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100];
    println!("a keystroke: median {:?}, 99th percentile {:?}, worst {:?}", at(50), at(99), at(100));
    println!("    of which the server computes {used:?} on average, whatever else the machine does");

    let start = Instant::now();
    let first = version + 1;
    for _ in 0..BURST {
        version += 1;
        client.change(version, lines[0], "e");
    }
    let mut told = 1;
    while client.diagnostics_from(first).0 < version {
        told += 1;
    }
    println!("{BURST} keystrokes at once: {told} results, the last after {:?}", start.elapsed());
    println!("memory with the draft open: {}", client.memory());

    let start = Instant::now();
    let position = json!({"textDocument": {"uri": URI}, "position": {"line": lines[0], "character": 1}});
    client.ask("textDocument/hover", &position);
    println!("the first hover, which reads all facts: {:?}", start.elapsed());
    println!("memory after it: {}", client.memory());
}

/// The project's article, over and over.
fn news(words: usize) -> String {
    let article = std::fs::read_to_string("tests/articles/talks.txt").unwrap();
    let times = words.div_ceil(article.split_whitespace().count());
    let text = format!("{article}\n").repeat(times);
    let end =
        text.split_whitespace().nth(words).map_or(text.len(), |word| word.as_ptr() as usize - text.as_ptr() as usize);
    text[..end].to_owned()
}

/// Right examples of the rules, shuffled the same way each time: hardly a sentence without something to check.
fn dense(words: usize) -> String {
    let mut sentences = Vec::new();
    for page in factlint::rules::embedded_pages().pages {
        let right = page.examples.into_iter().filter(|example| example.marks.is_empty() && example.lang == "en");
        sentences.extend(right.map(|example| example.text.lines().collect::<Vec<_>>().join(" ")));
    }
    sentences.retain(|sentence| sentence.split_whitespace().count() > 5);
    let mut state = 1usize;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut text = String::from("A draft\n\n");
    let mut count = 2;
    while count < words {
        let sentence = &sentences[next() % sentences.len()];
        count += sentence.split_whitespace().count();
        text.push_str(sentence);
        text.push_str(if next() % 4 == 0 { "\n\n" } else { " " });
    }
    text
}

struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Client {
    fn start(server: &str) -> Client {
        let mut child = Command::new(server)
            .args(["lsp", "--isolated"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut client = Client { child, input, output };
        client.ask("initialize", &json!({"processId": null, "rootUri": null, "capabilities": {}}));
        client.tell("initialized", &json!({}));
        client
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.write(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.write(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}));
        loop {
            let message = self.read();
            if message["id"] == 1 && message.get("method").is_none() {
                return message;
            }
        }
    }

    fn open(&mut self, text: &str) {
        let document = json!({"uri": URI, "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", &json!({"textDocument": document}));
    }

    fn change(&mut self, version: i32, line: usize, letter: &str) {
        let at = json!({"line": line, "character": 3});
        let change = json!({"range": {"start": at, "end": at}, "text": letter});
        let document = json!({"uri": URI, "version": version});
        self.tell("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [change]}));
    }

    /// Waits for the diagnostics of a version; gives how many there are.
    fn diagnostics_of(&mut self, version: i32) -> (i32, usize) {
        loop {
            let told = self.diagnostics_from(version);
            if told.0 == version {
                return told;
            }
        }
    }

    /// The next diagnostics of that version or a later one.
    fn diagnostics_from(&mut self, version: i32) -> (i32, usize) {
        loop {
            let message = self.read();
            if message["method"] == "textDocument/publishDiagnostics" {
                let told = i32::try_from(message["params"]["version"].as_i64().unwrap()).unwrap();
                if told >= version {
                    return (told, message["params"]["diagnostics"].as_array().unwrap().len());
                }
            }
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

    /// What the system says that the server holds now, and held at most.
    fn memory(&self) -> String {
        let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())) else {
            return "not known on this system".into();
        };
        let line = |key: &str| {
            let line = status.lines().find(|line| line.starts_with(key)).unwrap_or_default();
            let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).unwrap_or_default();
            format!("{:.0} MB", kilobytes / 1024.0)
        };
        format!("{} (at most {})", line("VmRSS:"), line("VmHWM:"))
    }

    /// What the server has computed so far, in the system's hundredths of a second.
    fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks = |at: usize| after.split_whitespace().nth(at).and_then(|ticks| ticks.parse().ok()).unwrap_or(0u64);
        Duration::from_millis((ticks(11) + ticks(12)) * 10)
    }

    fn leave(mut self) {
        self.ask("shutdown", &Value::Null);
        self.tell("exit", &Value::Null);
        assert!(self.child.wait().unwrap().success());
    }
}
