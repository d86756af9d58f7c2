//! What factlint says of a draft: findings with their places, evidence and fixes.
//!
//! The checks give raw findings; [`settle`] merges those that are one fault, takes out what is let stand, and counts
//! what is too many to show.

mod cap;
mod fingerprint;
mod fix;
mod merge;
mod stet_edit;
mod suppress;
mod unread;

pub use cap::{cap, once};
pub use fingerprint::{fingerprints, hash};
pub use fix::{apply, safe_edits};
pub use merge::merge;
pub use stet_edit::stet_edit;
pub use suppress::{Remaining, Rules, UNUSED_STET, let_stand};
pub use unread::{UNREAD, unread};

use factlint_rules::{Pack, Severity};
use std::sync::Arc;

use crate::document::Stet;
use crate::source::{Source, Span};

/// One fault at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: Arc<str>,
    /// The rule's class.
    pub class: Arc<str>,
    /// Ids of other rules that found the same fault, and of other classes that it belongs to.
    pub also: Vec<Arc<str>>,
    /// How sure it is.
    pub severity: Severity,
    /// One line, no full stop, with both facts that conflict.
    pub message: String,
    /// The words that are accused.
    pub span: Span,
    /// The evidence.
    pub labels: Vec<Label>,
    /// Each way to agree is a fix of its own.
    pub fixes: Vec<Fix>,
    /// Why it matters, what to do.
    pub help: Option<String>,
}

impl Finding {
    /// A note on what a draft or a configuration says to factlint, which no rule finds: its id is one of [`NOTES`].
    pub fn note(id: &str, message: String, span: Span, help: Option<String>) -> Finding {
        let rule: Arc<str> = id.into();
        Finding {
            class: rule.clone(),
            rule,
            also: Vec::new(),
            severity: Severity::Note,
            message,
            span,
            labels: Vec::new(),
            fixes: Vec::new(),
            help,
        }
    }

    /// Is it a rule's? Such a one alone can be let stand.
    pub fn is_of_rule(&self) -> bool {
        !NOTES.contains(&&*self.rule)
    }
}

/// The ids of notes that no rule finds. A configuration may name them as it does rules.
pub const NOTES: [&str; 2] = [UNUSED_STET, UNREAD];

/// `None` if a rule or a note answers to the name; else what may be meant.
pub fn unknown(pack: &Pack, name: &str) -> Option<Option<String>> {
    if NOTES.contains(&name) { None } else { pack.unknown(name) }
}

/// Words that prove a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where they stand.
    pub span: Span,
    /// What they say: “Monday is the 10th”.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// “Change 100 to 12”
    pub title: String,
    /// Applied by `--fix`: no fact, no name and no quoted word can change.
    pub safe: bool,
    /// In the order of the source; they do not overlap.
    pub edits: Vec<Edit>,
}

/// A replacement of a span of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What it is replaced with.
    pub text: String,
}

/// “Let it stand”, said outside the draft, in `factlint.yaml`; the caller knows for which drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseStet {
    /// A rule's id, class or group.
    pub rule: String,
    /// Only findings of these words.
    pub words: Option<String>,
}

/// From the raw findings of a draft to those that are told. `ran(id)` says whether a rule ran over this draft.
pub fn settle(
    raw: Vec<Finding>,
    source: &Source,
    stets: &[Stet],
    house: &[HouseStet],
    pack: &Pack,
    ran: &dyn Fn(&str) -> bool,
) -> Remaining {
    let over = |a: &str, b: &str| pack.rule(a).is_some_and(|rule| rule.over.iter().any(|name| pack.names(b, name)));
    let rules = Rules {
        names: &|id, name| id == name || pack.names(id, name),
        ran: &|name| pack.rules.iter().any(|rule| rule.answers_to(name) && ran(&rule.id)),
        unknown: &|name| unknown(pack, name),
    };
    let_stand(merge(raw, &over), source, stets, house, &rules)
}

/// The findings of a draft as a report tells them: of a rule with many places the first ones, and how many there are.
pub fn sum_up(findings: Vec<Finding>, pack: &Pack) -> Vec<Finding> {
    let once_past = |id: &str| pack.rule(id).and_then(|rule| rule.once_past).map(|past| past as usize);
    cap(once(findings, &once_past))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A finding by hand, whose message is its rule's id.
    pub(crate) fn finding(rule: &str, severity: Severity, start: usize, end: usize) -> Finding {
        Finding {
            rule: rule.into(),
            class: rule.into(),
            also: Vec::new(),
            severity,
            message: rule.into(),
            span: Span::new(start, end),
            labels: Vec::new(),
            fixes: Vec::new(),
            help: None,
        }
    }
}
