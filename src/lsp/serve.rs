//! The server's loop: one message after another; drafts are checked when none waits.

use std::collections::BTreeMap;
use std::path::PathBuf;

use factlint_rules::pack::{PackFile, Parts};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{DidChangeTextDocumentParams, DidOpenTextDocumentParams, Position, Range};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::drafts::{Checked, Open};
use super::facts;
use super::incoming::Incoming;
use super::position::Encoding;
use super::words::{FIX_ALL, UNNECESSARY, Ways, actions, diagnostics, hover};
use crate::cli::args::RuleSource;
use crate::cli::setup::Setups;
use crate::config::{Config, NAME};
use crate::facts::Fact;
use crate::linter::Linter;
use crate::mentions::Memory;
use crate::rules::{self, Handbook, examples};
use crate::source::Span;

/// Serves a client until it leaves. `true` if it left as the protocol asks.
pub fn serve(connection: &Connection, source: &RuleSource) -> bool {
    let Ok((id, params)) = connection.initialize_start() else { return false };
    let offered: Vec<&str> = params["capabilities"]["general"]["positionEncodings"]
        .as_array()
        .map(|list| list.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let text = &params["capabilities"]["textDocument"];
    let workspace = &params["capabilities"]["workspace"];
    let client = Client {
        encoding: Encoding::choose(&offered),
        pulls: text["diagnostic"].is_object(),
        tags: ["publishDiagnostics", "diagnostic"].iter().any(|kind| {
            let known = text[kind]["tagSupport"]["valueSet"].as_array();
            known.is_some_and(|known| known.contains(&UNNECESSARY.into()))
        }),
        versioned: workspace["workspaceEdit"]["documentChanges"] == true,
        watches: workspace["didChangeWatchedFiles"]["dynamicRegistration"] == true,
        refreshes: workspace["diagnostics"]["refreshSupport"] == true,
    };
    let result = json!({
        "capabilities": {
            "positionEncoding": client.encoding.word(),
            "textDocumentSync": {"openClose": true, "change": 2, "save": {"includeText": false}},
            "hoverProvider": true,
            "codeLensProvider": {"resolveProvider": false},
            "executeCommandProvider": {"commands": [facts::LIST]},
            "codeActionProvider": {"codeActionKinds": ["quickfix", FIX_ALL]},
            "diagnosticProvider": {
                "identifier": "factlint", "interFileDependencies": false, "workspaceDiagnostics": false,
            },
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        },
        "serverInfo": {"name": "factlint", "version": env!("CARGO_PKG_VERSION")},
    });
    if connection.initialize_finish(id, result).is_err() {
        return false;
    }
    let mut server =
        Server { connection, source, setups: Setups::new(source, None), client, open: BTreeMap::new(), book: None };
    server.run(&mut Incoming::new(connection))
}

/// What the client can do.
struct Client {
    encoding: Encoding,
    /// It asks for diagnostics; then they are not pushed besides.
    pulls: bool,
    /// It knows the tag of what is unnecessary.
    tags: bool,
    versioned: bool,
    watches: bool,
    refreshes: bool,
}

struct Server<'a> {
    connection: &'a Connection,
    source: &'a RuleSource,
    setups: Setups<'a>,
    client: Client,
    /// By address.
    open: BTreeMap<String, Open>,
    book: Option<Handbook>,
}

/// Why a request is not answered.
type Refusal = (ErrorCode, String);

impl Server<'_> {
    fn run(&mut self, incoming: &mut Incoming) -> bool {
        if self.client.watches {
            self.watch();
        }
        loop {
            let message = match incoming.next() {
                Ok(Some(message)) => message,
                Ok(None) => {
                    self.check_waiting();
                    let Ok(message) = incoming.wait() else { return false };
                    message
                }
                Err(_) => return false,
            };
            match message {
                Message::Request(request) if request.method == "shutdown" => {
                    self.answer(request.id, Ok(Value::Null));
                    return self.leave(incoming);
                }
                Message::Request(request) => {
                    let answer = self.request(&request);
                    self.answer(request.id, answer);
                }
                Message::Notification(note) if note.method == "exit" => return false,
                Message::Notification(note) => self.note(note),
                Message::Response(_) => {}
            }
        }
    }

    /// After “shutdown” only “exit” may come.
    fn leave(&mut self, incoming: &mut Incoming) -> bool {
        while let Ok(message) = incoming.wait() {
            match message {
                Message::Notification(note) if note.method == "exit" => return true,
                Message::Request(request) => {
                    let refusal = (ErrorCode::InvalidRequest, "the server is shutting down".to_owned());
                    self.answer(request.id, Err(refusal));
                }
                _ => {}
            }
        }
        false
    }

    fn send(&self, message: Message) {
        // A client that has gone shows at the next message that does not come.
        let _ = self.connection.sender.send(message);
    }

    fn answer(&self, id: RequestId, answer: Result<Value, Refusal>) {
        self.send(Message::Response(match answer {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        }));
    }

    fn ask(&self, id: &str, method: &str, params: Value) {
        self.send(Message::Request(Request::new(id.to_owned().into(), method.to_owned(), params)));
    }

    fn watch(&self) {
        let watchers = json!([{"globPattern": "**/*.yaml"}, {"globPattern": "**/*.yml"}]);
        let registration = json!({
            "id": "factlint-files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers},
        });
        self.ask("factlint-watch", "client/registerCapability", json!({"registrations": [registration]}));
    }

    fn note(&mut self, note: Notification) {
        match note.method.as_str() {
            "textDocument/didOpen" => {
                if let Some(params) = read::<DidOpenTextDocumentParams>(note.params) {
                    let document = params.text_document;
                    let uri = document.uri.0;
                    let language = serde_json::to_value(&document.language_id).unwrap_or_default();
                    let language = language.as_str().unwrap_or_default();
                    let open = Open::new(&uri, language, document.version, document.text);
                    self.open.insert(uri, open);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = read::<DidChangeTextDocumentParams>(note.params) {
                    let id = params.text_document;
                    if let Some(open) = self.open.get_mut(&id.text_document_identifier.uri.0) {
                        open.change(id.version, params.content_changes, self.client.encoding);
                    }
                }
            }
            "textDocument/didSave" => {
                let uri = note.params["textDocument"]["uri"].as_str().unwrap_or_default();
                if self.open.get(uri).is_some_and(|open| open.is_yaml) {
                    self.read_again();
                }
            }
            "textDocument/didClose" => {
                let uri = note.params["textDocument"]["uri"].as_str().unwrap_or_default();
                if self.open.remove(uri).is_some() && !self.client.pulls {
                    self.publish(uri, None, Vec::new());
                }
            }
            "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => self.read_again(),
            _ => {}
        }
    }

    /// Configurations and rules may have changed: all that is open is checked again.
    fn read_again(&mut self) {
        self.setups = Setups::new(self.source, None);
        self.book = None;
        for open in self.open.values_mut() {
            open.forget();
            open.memory = Memory::default();
        }
        if self.client.pulls && self.client.refreshes {
            self.ask("factlint-refresh", "workspace/diagnostic/refresh", Value::Null);
        }
    }

    /// Checks what has not been checked in its present version, and tells it.
    fn check_waiting(&mut self) {
        let waiting: Vec<String> =
            self.open.iter().filter(|(_, open)| !open.told).map(|(uri, _)| uri.clone()).collect();
        for uri in waiting {
            self.check(&uri);
            if let Some(open) = self.open.get_mut(&uri) {
                open.told = true;
            }
            if self.client.pulls {
                continue;
            }
            if let Some(open) = self.open.get(&uri) {
                let found = self.found(&uri, open);
                self.publish(&uri, Some(open.version), found);
            }
        }
    }

    fn publish(&self, uri: &str, version: Option<i32>, diagnostics: Vec<Value>) {
        let mut params = json!({"uri": uri});
        params["diagnostics"] = diagnostics.into();
        if let Some(version) = version {
            params["version"] = version.into();
        }
        // Moved, not made into a value anew: there may be hundreds.
        self.send(Message::Notification(Notification { method: "textDocument/publishDiagnostics".into(), params }));
    }

    fn found(&self, uri: &str, open: &Open) -> Vec<Value> {
        match (&open.checked, &self.book) {
            (Some(checked), Some(book)) => {
                diagnostics(uri, open, checked, self.client.encoding, self.client.tags, book)
            }
            _ => Vec::new(),
        }
    }

    /// Checks a draft unless its present version has been.
    fn check(&mut self, uri: &str) {
        if self.book.is_none() {
            self.book = Some(Handbook::new(rules::read(&self.source.rules).pages));
        }
        let Some(open) = self.open.get_mut(uri).filter(|open| open.checked.is_none()) else { return };
        open.checked = Some(if open.is_yaml {
            yaml(open, &mut self.setups)
        } else {
            let setup = self.setups.of(&open.path);
            if setup.config.as_ref().is_some_and(|config| config.excludes(&open.path)) {
                Checked { findings: Vec::new(), errors: Vec::new() }
            } else {
                let (settings, _) = setup.settings_for(&open.path);
                let mut memory = std::mem::take(&mut open.memory);
                let run = std::panic::AssertUnwindSafe(|| {
                    let outcome = setup.linter.check_again(&open.source, open.format, &settings, &mut memory);
                    (outcome, memory)
                });
                match std::panic::catch_unwind(run) {
                    Ok((outcome, memory)) => {
                        open.memory = memory;
                        Checked { findings: outcome.findings, errors: outcome.errors }
                    }
                    Err(_) => {
                        let message = "factlint failed on this draft, which is a bug in factlint".to_owned();
                        Checked { findings: Vec::new(), errors: vec![(message, Span::new(0, 0))] }
                    }
                }
            }
        });
    }

    fn request(&mut self, request: &Request) -> Result<Value, Refusal> {
        let params = &request.params;
        let uri = params["textDocument"]["uri"].as_str().unwrap_or_default();
        match request.method.as_str() {
            "textDocument/diagnostic" => {
                self.check(uri);
                let open = self.open.get(uri).ok_or_else(|| not_open(uri))?;
                let found = self.found(uri, open);
                Ok(json!({"kind": "full", "resultId": open.version.to_string(), "items": found}))
            }
            "textDocument/codeAction" => {
                self.check(uri);
                let range: Range = value(&params["range"])?;
                let only: Vec<String> = value::<Option<_>>(&params["context"]["only"])?.unwrap_or_default();
                self.with(uri, |open, checked, ways| actions(uri, open, checked, range, &only, ways)).map(Value::from)
            }
            "textDocument/hover" => {
                self.check(uri);
                let position: Position = value(&params["position"])?;
                let encoding = self.client.encoding;
                let shown = self.with(uri, |open, checked, ways| {
                    hover(open, checked, encoding.offset(&open.source, position), ways)
                });
                if let Some(shown) = shown? {
                    return Ok(shown);
                }
                let (open, list) = self.facts(uri)?;
                let offset = encoding.offset(&open.source, position);
                Ok(facts::hover(open, list, offset, encoding).unwrap_or_default())
            }
            "textDocument/codeLens" => {
                let open = self.open.get(uri).ok_or_else(|| not_open(uri))?;
                Ok(if open.is_yaml { json!([]) } else { json!([facts::lens(uri)]) })
            }
            "workspace/executeCommand" if params["command"] == facts::LIST => {
                let uri = params["arguments"][0].as_str().unwrap_or_default();
                let (open, list) = self.facts(uri)?;
                Ok(facts::list(open, list.to_vec()))
            }
            "workspace/executeCommand" => {
                Err((ErrorCode::InvalidParams, format!("there is no command {}", params["command"])))
            }
            method => Err((ErrorCode::MethodNotFound, format!("“{method}” is not known here"))),
        }
    }

    /// A draft with its facts, read when they are first asked for.
    fn facts(&mut self, uri: &str) -> Result<(&Open, &[Fact]), Refusal> {
        let open = self.open.get_mut(uri).ok_or_else(|| not_open(uri))?;
        if open.facts.is_none() {
            let setup = self.setups.of(&open.path);
            let excluded = setup.config.as_ref().is_some_and(|config| config.excludes(&open.path));
            open.facts = Some(if open.is_yaml || excluded {
                Vec::new()
            } else {
                let (settings, _) = setup.settings_for(&open.path);
                let run = std::panic::AssertUnwindSafe(|| setup.linter.facts(&open.source, open.format, &settings));
                let failed = |_| (ErrorCode::InternalError, "factlint failed on this draft".to_owned());
                std::panic::catch_unwind(run).map_err(failed)?.1
            });
        }
        Ok((open, open.facts.as_deref().unwrap_or_default()))
    }

    /// Something of a draft that is open and checked.
    fn with<T>(&mut self, uri: &str, tell: impl FnOnce(&Open, &Checked, &Ways) -> T) -> Result<T, Refusal> {
        let path = self.open.get(uri).ok_or_else(|| not_open(uri))?.path.clone();
        let config = match &self.setups.of(&path).config {
            Some(config) => (config.path.clone(), Some(config.text.to_string())),
            None => (path.parent().map_or_else(PathBuf::new, |folder| folder.join(NAME)), None),
        };
        let (Some(open), Some(book)) = (self.open.get(uri), &self.book) else { return Err(not_open(uri)) };
        let checked = open.checked.as_ref().ok_or_else(|| not_open(uri))?;
        let ways = Ways { encoding: self.client.encoding, versioned: self.client.versioned, book, config };
        Ok(tell(open, checked, &ways))
    }
}

fn not_open(uri: &str) -> Refusal {
    (ErrorCode::InvalidParams, format!("{uri} is not open"))
}

fn value<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    T::deserialize(value).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// What is wrong with a configuration or a rule as it is written: its grammar, and the examples that do not hold.
fn yaml(open: &Open, setups: &mut Setups) -> Checked {
    let text = open.source.text();
    let mut errors = Vec::new();
    let mut tell = |error: &factlint_rules::RuleError| {
        let message = match &error.help {
            Some(help) => format!("{}\n{help}", error.message),
            None => error.message.clone(),
        };
        errors.push((message, Span::new(error.span.offset(), error.span.offset() + error.span.len())));
    };
    let has = |key: &str| text.lines().any(|line| line.starts_with(key));
    if open.path.file_name().is_some_and(|name| name == NAME) {
        if let Err(error) = Config::read(&open.path, &open.source.path, text) {
            tell(&error);
        }
    } else if has("kind:") && has("id:") {
        let file = PackFile { path: open.source.path.replace('\\', "/"), text: text.to_owned() };
        let (parts, pages, broken) = Parts::compile(&[file]);
        broken.iter().for_each(&mut tell);
        let mut all = setups.of(&open.path).linter.pack().clone();
        all.extend(parts);
        all.misnamed(&pages).iter().for_each(&mut tell);
        let linter = Linter::new(all);
        for case in pages.pages.iter().flat_map(examples::cases) {
            let start = open.source.lines().start(case.example.line).unwrap_or_default();
            let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
            let failures = case.run(&linter).into_iter();
            errors.extend(
                failures.map(|failure| (format!("{}: {}", failure.kind, failure.message), Span::new(start, end))),
            );
        }
    }
    Checked { findings: Vec::new(), errors }
}
