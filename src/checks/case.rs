//! A case: a rule, the words that took part, and its verdict; and how a case becomes a finding.

use factlint_rules::{Rule, Severity};
use std::sync::Arc;

use super::plan::Level;
use crate::document::{Block, BlockKind};
use crate::expressions::{Context, Value, Words, fill, holds};
use crate::findings::{Edit, Finding, Fix, Label};
use crate::mentions::Draft;
use crate::source::Span;

/// What a check says of the words that it looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The claim can be true.
    Holds,
    /// No reading makes it true.
    Contradicts,
}

/// The words that a case accuses.
#[derive(Clone, Debug)]
pub enum Accused {
    /// Words of the draft.
    Words(Words),
    /// A whole block.
    Block(usize),
}

/// A rule, the words that took part, and its verdict.
#[derive(Clone, Debug)]
pub struct Case<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// The words that are accused.
    pub accused: Accused,
    /// The variables of the check: slots, roles.
    pub vars: Vec<(&'r str, Value)>,
    /// What it says.
    pub verdict: Verdict,
    /// Another severity than the rule's, where the check has found how sure it is.
    pub severity: Option<Severity>,
    /// Evidence besides the rule's labels.
    pub labels: Vec<Label>,
    /// Fixes besides the rule's.
    pub fixes: Vec<Fix>,
    /// The one line, where the check itself words it.
    pub message: Option<String>,
}

/// Where a block stands, with the number that marks it as an item of a list.
fn numbered_span(draft: &Draft, block: &Block) -> Span {
    let own = block.source_span(0, block.text.len() as u32);
    let Some(marker) =
        block.marker.as_deref().filter(|marker| marker.starts_with(|first: char| first.is_ascii_digit()))
    else {
        return own;
    };
    let before = draft.source().slice(Span::new(0, own.start())).trim_end_matches([' ', '\t']);
    if before.ends_with(marker) { Span::new(before.len() - marker.len(), own.end()) } else { own }
}

impl<'r> Case<'r> {
    /// A case with nothing but its words.
    pub fn new(rule: &'r Rule, accused: Accused, verdict: Verdict, vars: Vec<(&'r str, Value)>) -> Case<'r> {
        Case { rule, accused, vars, verdict, severity: None, labels: Vec::new(), fixes: Vec::new(), message: None }
    }

    /// Where the accused words stand.
    pub fn span(&self, draft: &Draft) -> Span {
        match &self.accused {
            Accused::Words(words) => words.span(draft),
            Accused::Block(block) => {
                draft.document.blocks.get(*block).map_or_else(Span::default, |block| numbered_span(draft, block))
            }
        }
    }

    /// The passage that it is in.
    pub fn passage(&self) -> usize {
        match &self.accused {
            Accused::Words(words) => words.passage,
            Accused::Block(block) => *block,
        }
    }

    /// Does it stand in a correction, which quotes the mistake that it corrects?
    fn is_corrected(&self, draft: &Draft) -> bool {
        let at = match &self.accused {
            Accused::Words(words) => Some(words.first as usize),
            Accused::Block(_) => None,
        };
        is_correction(draft, self.passage(), at)
    }

    /// The finding of a case that contradicts; `None` where the rule keeps out of quotations, or of corrections, and this is in one.
    pub fn finding(&self, draft: &Draft, level: Level) -> Option<Finding> {
        let quoted = match &self.accused {
            Accused::Words(words) => words.quoted(draft),
            Accused::Block(_) => false,
        };
        if quoted && self.rule.outside_quotations || self.rule.outside_corrections && self.is_corrected(draft) {
            return None;
        }
        let cx = Context { draft, passage: self.passage(), vars: &self.vars };
        let severity = match level {
            Level::Set(severity) => severity,
            Level::Own => self.severity.unwrap_or(self.rule.severity),
        };
        // A speaker may have said it so: what stands in a quotation is at most a warning.
        let severity = if quoted { severity.min(Severity::Warning) } else { severity };
        let mut labels = self.labels.clone();
        for (name, template) in self.rule.labels.iter() {
            let each = match cx.var(name) {
                Value::List(list) => list,
                Value::Unknown => continue,
                value => vec![value],
            };
            for value in each {
                let Some(span) = span_of(&value, draft) else { continue };
                let mut vars = self.vars.clone();
                vars.retain(|(var, _)| var != name);
                vars.push((name.as_str(), value));
                let text = fill(template, &Context { vars: &vars, ..cx });
                labels.push(Label { span, text });
            }
        }
        // A quotation set off as a block is nobody's to change unasked either.
        let set_off = draft.passage(self.passage()).is_some_and(|passage| passage.block.kind == BlockKind::Quote);
        let mut fixes = self.fixes.clone();
        fixes.extend(
            self.rule
                .fixes
                .iter()
                .filter(|fix| fix.condition.as_ref().is_none_or(|condition| holds(condition, &cx)))
                .filter_map(|fix| {
                    let mut edits = Vec::new();
                    for (name, template) in &fix.replace {
                        let ((_, _, Value::Words(words)) | ("match", Accused::Words(words), Value::Unknown)) =
                            (name.as_str(), self.accused.clone(), cx.var(name))
                        else {
                            return None;
                        };
                        let new = fill(template, &cx);
                        let old = words.text(draft);
                        if new == old || new.is_empty() && !template.pieces.is_empty() {
                            return None;
                        }
                        edits.push(Edit { span: exact_span(&words, draft)?, text: new });
                    }
                    edits.sort_by_key(|edit| edit.span);
                    Some(Fix { title: fill(&fix.title, &cx), safe: fix.safe && !set_off, edits })
                }),
        );
        if quoted {
            fixes.clear();
        }
        Some(Finding {
            rule: Arc::from(self.rule.id.as_str()),
            class: Arc::from(self.rule.class.as_str()),
            also: self.rule.also.iter().map(|class| Arc::from(class.as_str())).collect(),
            severity,
            message: self.message.clone().unwrap_or_else(|| fill(&self.rule.message, &cx)),
            span: self.span(draft),
            labels,
            fixes,
            help: self.rule.help.as_ref().map(|help| fill(help, &cx)).filter(|help| !help.is_empty()),
        })
    }
}

fn span_of(value: &Value, draft: &Draft) -> Option<Span> {
    match value {
        Value::Words(words) => Some(words.span(draft)),
        Value::Block(block) => {
            draft.document.blocks.get(*block).map(|block| block.source_span(0, block.text.len() as u32))
        }
        _ => None,
    }
}

/// Where words stand in the source, if no markup runs through them.
pub fn exact_span(words: &Words, draft: &Draft) -> Option<Span> {
    let passage = draft.passage(words.passage)?;
    if let Some((start, end)) = words.bytes {
        return passage.block.map.exact(start, end);
    }
    let (first, last) = (passage.tokens.get(words.first as usize)?, passage.tokens.get(words.end as usize - 1)?);
    passage.block.map.exact(first.start, last.end)
}

/// Is the passage a correction: does it say that something was wrong, in the sentence of the token or in one next to it, or open with
/// “Correction:”? Of a long paragraph, a sentence further on quotes no mistake.
fn is_correction(draft: &Draft, passage: usize, at: Option<usize>) -> bool {
    let (says, opens) = (draft.lexicons.class("correction-word"), draft.lexicons.class("correction-head"));
    draft.passage(passage).is_some_and(|passage| {
        let head = passage.hit(0, opens).is_some_and(|hit| passage.is_sign(hit.len as usize, ':'));
        let near = |hit: usize| at.is_none_or(|at| passage.sentence_of(hit).abs_diff(passage.sentence_of(at)) < 2);
        head || (0..passage.tokens.len()).any(|token| passage.has(token, says) && near(token))
    })
}
