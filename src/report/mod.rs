//! How a run is told: one file a format, each a [`Report`].
//!
//! Drafts with their findings come in; bytes go out. Here, and in the language server, spans become lines and columns.

mod excerpt;
pub mod facts;
mod github;
mod gitlab;
mod html;
mod json;
mod jsonl;
mod junit;
mod pretty;
mod rdjson;
mod record;
mod sarif;
mod short;
mod summary;
mod uri;

pub use github::Github;
pub use gitlab::Gitlab;
pub use html::Html;
pub use json::Json;
pub use jsonl::JsonLines;
pub use junit::Junit;
pub use pretty::{Look, Pretty, diagnostic};
pub use rdjson::Rdjson;
pub use sarif::Sarif;
pub use short::Short;
pub use summary::Summary;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use factlint_rules::Severity;
use miette::Diagnostic;

use crate::linter::Outcome;
use crate::source::Source;

/// All that a run found.
#[derive(Debug, Default)]
pub struct Run {
    /// In the order of their paths.
    pub drafts: Vec<Draft>,
    /// What could not be done.
    pub troubles: Vec<Trouble>,
    /// Whether no rule ran, because all that were asked for are unknown.
    pub no_rule: bool,
    /// What is known of the rules that found something, by their ids; only for formats that tell it.
    pub about: BTreeMap<String, About>,
}

/// What a report can tell of a rule.
#[derive(Clone, Debug)]
pub struct About {
    /// One line.
    pub title: String,
    /// The folder that it stands in.
    pub group: String,
    /// What it has where nothing else is configured.
    pub severity: Severity,
    /// Why it matters, what it accepts, what it cannot know; empty where that is not known.
    pub explanation: String,
    /// Where its page is on the web, for a rule that comes with factlint.
    pub page: Option<String>,
}

/// One draft that was checked.
#[derive(Debug)]
pub struct Draft {
    /// Its text, with a path that can be opened from here. A draft without findings need not keep its text.
    pub source: Source,
    /// Its path as it was given, or relative to the folder that was given.
    pub name: String,
    /// What was found; only what is to be shown.
    pub outcome: Outcome,
    /// How many findings are not shown, because they are less severe than asked for.
    pub hidden: usize,
    /// It is no draft but the configuration, with notes on it.
    pub is_config: bool,
}

impl Run {
    /// What was checked, without notes on the configuration.
    fn checked(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.iter().filter(|draft| !draft.is_config)
    }

    /// Why nothing was checked, if so: that must not read as drafts without faults.
    fn unchecked(&self) -> Option<&'static str> {
        if self.no_rule {
            Some("nothing was checked: no rule ran")
        } else {
            (!self.troubles.is_empty() && self.checked().count() == 0).then_some("nothing was checked")
        }
    }
}

/// Something that could not be read or used: it fails the run, and the rest goes on.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// The file.
    pub path: String,
    /// One line.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Line and column, from 1.
    pub place: Option<(usize, usize)>,
    /// With an excerpt of the file, where there is one.
    pub diagnostic: Option<Arc<dyn Diagnostic + Send + Sync>>,
}

impl Trouble {
    /// A trouble with a file as a whole.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Trouble {
        Trouble { path: path.into(), message: message.into(), help: None, place: None, diagnostic: None }
    }
}

/// A format of output.
pub trait Report {
    /// Writes the run.
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()>;

    /// Does it tell the run's troubles, so that they need not be told on standard error?
    fn tells_troubles(&self) -> bool {
        false
    }
}

/// The text with each control character, and each that turns the direction of writing, replaced by a blank.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect()
}

/// Would the character do something to a terminal, or to the text around it?
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// “1 error”, “2 errors”
pub(crate) fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn severities() -> [Severity; 3] {
    [Severity::Error, Severity::Warning, Severity::Note]
}

#[cfg(test)]
mod tests;
