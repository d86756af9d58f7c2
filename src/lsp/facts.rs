//! What factlint reads in a draft, in an editor: under the pointer, and as a list.

use serde_json::{Value, json};

use super::drafts::Open;
use super::position::Encoding;
use crate::facts::{Fact, Standing, once};
use crate::linter::Outcome;
use crate::report::facts::{FactList, write_json, write_markdown};

/// The command that gives the list.
pub(super) const LIST: &str = "factlint.facts";

/// What is read at an offset: of facts that lie in one another, the shortest.
pub(super) fn at(facts: &[Fact], offset: usize) -> Option<&Fact> {
    facts
        .iter()
        .filter(|fact| fact.span.start() <= offset && offset <= fact.span.end())
        .min_by_key(|fact| fact.span.end() - fact.span.start())
}

/// A fact as a hover tells it.
pub(super) fn told(fact: &Fact) -> String {
    let mut text = format!("**{}** ({})\n", fact.read, fact.kind);
    for checked in &fact.checked {
        let verdict = match checked.standing {
            Standing::Agrees => "agrees with ",
            Standing::Contradicts => "contradicted: ",
            Standing::CannotTell => "cannot tell: ",
            Standing::Unchecked => "",
        };
        text.push_str(&format!("- {verdict}{}", checked.text));
        if let Some(rule) = &checked.rule {
            text.push_str(&format!(" (`{rule}`)"));
        }
        text.push('\n');
    }
    if fact.checked.is_empty() {
        text.push_str("- nothing to check it against\n");
    }
    text
}

/// A hover over a fact without a finding.
pub(super) fn hover(open: &Open, facts: &[Fact], offset: usize, encoding: Encoding) -> Option<Value> {
    let fact = at(facts, offset).filter(|fact| fact.kind != "quotation")?;
    Some(json!({
        "contents": {"kind": "markdown", "value": told(fact)},
        "range": encoding.range(&open.source, fact.span),
    }))
}

/// The lens above a draft that lists its facts.
pub(super) fn lens(uri: &str) -> Value {
    let top = json!({"line": 0, "character": 0});
    json!({
        "range": {"start": top, "end": top},
        "command": {"title": "List the facts", "command": LIST, "arguments": [uri]},
    })
}

/// The list: as a Markdown checklist to show, and as `factlint facts --format json` gives it.
pub(super) fn list(open: &Open, facts: Vec<Fact>) -> Value {
    let list = FactList {
        source: open.source.clone(),
        name: open.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        facts: once(facts),
        outcome: Outcome::default(),
    };
    let (mut markdown, mut json) = (Vec::new(), Vec::new());
    // Writing into memory cannot fail.
    let _ = write_markdown(&list, &mut markdown);
    let _ = write_json(&list, &mut json);
    json!({
        "markdown": String::from_utf8_lossy(&markdown),
        "list": serde_json::from_slice::<Value>(&json).unwrap_or_default(),
    })
}
