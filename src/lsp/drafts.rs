//! The drafts that an editor has open, as it has them: each with its version and what was found in it.

use std::path::{Path, PathBuf};

use lsp_types::TextDocumentContentChangeEvent;

use super::position::Encoding;
use crate::document::Format;
use crate::facts::Fact;
use crate::findings::Finding;
use crate::mentions::Memory;
use crate::source::{Source, Span};

/// An open draft.
pub(super) struct Open {
    pub source: Source,
    pub version: i32,
    pub format: Format,
    /// Where it would be on the disk.
    pub path: PathBuf,
    /// It is YAML: a rule or a configuration, not a draft.
    pub is_yaml: bool,
    /// What was found in this version; `None` if it has not been checked yet.
    pub checked: Option<Checked>,
    /// Its facts in this version, once someone has asked for them.
    pub facts: Option<Vec<Fact>>,
    /// What was read of the version that was checked last.
    pub memory: Memory,
    /// The client was told; a request may have asked for the check before.
    pub told: bool,
}

/// What was found.
#[derive(Clone)]
pub(super) struct Checked {
    pub findings: Vec<Finding>,
    /// What could not be read, or is broken: message and place.
    pub errors: Vec<(String, Span)>,
}

impl Open {
    pub(super) fn new(uri: &str, language: &str, version: i32, text: String) -> Open {
        let path = path_of(uri);
        let end = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
        let format = match language {
            "markdown" => Format::Markdown,
            "html" => Format::Html,
            "plaintext" | "text" => Format::Text,
            _ => match end.as_str() {
                "md" | "markdown" => Format::Markdown,
                "html" | "htm" | "xhtml" => Format::Html,
                _ => Format::Text,
            },
        };
        let is_yaml = language == "yaml" || end == "yaml" || end == "yml";
        let source = Source::new(path.to_string_lossy(), text);
        Open {
            source,
            version,
            format,
            path,
            is_yaml,
            checked: None,
            facts: None,
            memory: Memory::default(),
            told: false,
        }
    }

    /// Makes changes, one after another. Each range is of the text after those before it.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            let text = match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                    let span = encoding.span(&self.source, change.range);
                    let mut text = self.source.text().to_owned();
                    text.replace_range(span.range(), &change.text);
                    text
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => change.text,
            };
            self.source = Source::new(self.source.path.as_str(), text);
        }
        self.version = version;
        self.forget();
    }

    /// What was found no longer holds.
    pub(super) fn forget(&mut self) {
        self.checked = None;
        self.facts = None;
        self.told = false;
    }
}

/// The path of a `file:` address; of another scheme, its last part in the folder here.
pub(super) fn path_of(uri: &str) -> PathBuf {
    let Some(rest) = uri.strip_prefix("file://") else {
        return std::env::current_dir().unwrap_or_default().join(uri.rsplit(['/', ':']).next().unwrap_or(uri));
    };
    let mut bytes = Vec::with_capacity(rest.len());
    let raw = rest.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let decoded = raw.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match decoded.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| raw[at] == b'%') {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(raw[at]);
                at += 1;
            }
        }
    }
    let path = String::from_utf8_lossy(&bytes).into_owned();
    // Windows writes `/C:/…`.
    let drive = path.as_bytes().get(2) == Some(&b':') && path.starts_with('/');
    PathBuf::from(if drive { path[1..].to_owned() } else { path })
}

/// The `file:` address of a path.
pub(super) fn uri_of(path: &Path) -> String {
    let mut uri = String::from("file://");
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_address() {
        let path = Path::new("/news/Ünder 100%/a b.md");
        assert_eq!(path_of(&uri_of(path)), path);
        assert_eq!(path_of("file:///C%3A/news/a.md"), Path::new("C:/news/a.md"));
        assert_eq!(path_of("file:///a%zz"), Path::new("/a%zz"));
        assert!(path_of("untitled:Untitled-1").ends_with("Untitled-1"));
    }
}
