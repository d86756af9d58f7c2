//! The examples of rules as their tests: a wrong example must be flagged just where it is marked, a right one not at
//! all, and not by any other rule at warning or error.
//!
//! A linter and the pages of rules come in; out goes what does not hold, with its place in the rule file.

use factlint_rules::Severity;
use factlint_rules::example::Example;
use factlint_rules::rule::Page;

use crate::config::House;
use crate::document::Format;
use crate::findings::{Finding, apply};
use crate::linter::{Linter, Settings};
use crate::source::{Source, Span};

/// One example of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The rule's page.
    pub page: &'a Page,
    /// The example.
    pub example: &'a Example,
    /// Its number among the wrong or the right ones of its rule, from 1.
    pub number: usize,
}

/// In what an example does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `missed`, `noisy`, `misplaced`, `message`, `labels`, `fixed`, `other-rule` or `house`
    pub kind: &'static str,
    /// One line.
    pub message: String,
}

/// All examples of a rule, in their order.
pub fn cases(page: &Page) -> impl Iterator<Item = Case<'_>> {
    let (mut wrong, mut right) = (0, 0);
    page.examples.iter().map(move |example| {
        let number = if example.marks.is_empty() { &mut right } else { &mut wrong };
        *number += 1;
        Case { page, example, number: *number }
    })
}

impl Case<'_> {
    /// `percent-of/wrong 2`
    pub fn name(&self) -> String {
        let kind = if self.example.marks.is_empty() { "right" } else { "wrong" };
        format!("{}/{kind} {}", self.page.id, self.number)
    }

    /// Runs it with all rules of the linter.
    pub fn run(&self, linter: &Linter) -> Vec<Failure> {
        let id = self.page.id.as_str();
        let house = self.example.options.iter().find(|(name, _)| name == "house");
        if let Some(error) = house.and_then(|(_, text)| House::parse(text).err()) {
            return vec![Failure { kind: "house", message: error.message.clone() }];
        }
        let outcome = self.check(linter, Vec::new());
        let (ours, others): (Vec<&Finding>, Vec<&Finding>) = outcome.iter().partition(|finding| by(finding, id));
        let mut failures = self.places(&ours);
        if self.example.marks.is_empty() {
            failures.extend(others.iter().filter(|finding| finding.severity >= Severity::Warning).map(|finding| {
                let words = self.words(finding.span);
                let severity = finding.severity.word();
                let message = format!("{severity} of {} at “{words}”: {}", finding.rule, finding.message);
                Failure { kind: "other-rule", message }
            }));
        } else if failures.is_empty() {
            // Where another rule spoke for this one, its own words are only heard without the others.
            let alone = self.check(linter, vec![id.to_owned()]);
            let mut own = alone.iter().filter(|finding| &*finding.rule == id);
            failures.extend(own.next().map(|first| self.contents(first)).unwrap_or_default());
        }
        failures
    }

    fn check(&self, linter: &Linter, select: Vec<String>) -> Vec<Finding> {
        let example = self.example;
        let mut settings = Settings {
            date: example.date.as_deref().and_then(|date| date.parse().ok()),
            language: (example.lang != "und").then(|| example.lang.clone()),
            select,
            ..Settings::default()
        };
        // Facts of a newsroom are the linter's, not the settings'.
        let house = example.options.iter().find(|(name, _)| name == "house");
        let with_house = house.and_then(|(_, text)| House::parse(text).ok()).map(|house| {
            let mut pack = linter.pack().clone();
            house.extend(&mut pack);
            Linter::new(pack)
        });
        let linter = with_house.as_ref().unwrap_or(linter);
        for (name, value) in &example.options {
            match name.as_str() {
                "dialect" => settings.dialect = Some(value.clone()),
                "dates" => settings.date_order = Some(value.clone()),
                _ => {}
            }
        }
        let format = match example.format.as_str() {
            "text" => Format::Text,
            "html" => Format::Html,
            _ => Format::Markdown,
        };
        linter.check(&Source::new("example", example.text.as_str()), format, &settings).findings
    }

    /// Is it flagged where it is marked, and nowhere else?
    fn places(&self, ours: &[&Finding]) -> Vec<Failure> {
        let marks: Vec<Span> = self.example.marks.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        let id = self.page.id.as_str();
        let at =
            |finding: &Finding, mark: Span| finding.span == mark || &*finding.rule != id && finding.span.overlaps(mark);
        let missed: Vec<Span> =
            marks.iter().copied().filter(|mark| !ours.iter().any(|finding| at(finding, *mark))).collect();
        let mut noisy: Vec<&Finding> =
            ours.iter().copied().filter(|finding| !marks.iter().any(|mark| at(finding, *mark))).collect();
        let mut failures = Vec::new();
        for mark in missed {
            if let Some(near) = noisy.iter().position(|finding| finding.span.overlaps(mark)) {
                let finding = noisy.remove(near);
                let message = format!("marked “{}”, and flagged “{}”", self.words(mark), self.words(finding.span));
                failures.push(Failure { kind: "misplaced", message });
            } else {
                let message = format!("nothing is said of “{}”", self.words(mark));
                failures.push(Failure { kind: "missed", message });
            }
        }
        for finding in noisy {
            let message = format!("flagged “{}”: {}", self.words(finding.span), finding.message);
            failures.push(Failure { kind: "noisy", message });
        }
        failures
    }

    /// Has its first finding the message, the labels and the fix that the example names?
    fn contents(&self, first: &Finding) -> Vec<Failure> {
        let mut failures = Vec::new();
        let mut differ = |kind, wanted: &str, got: &str| {
            if wanted != got {
                failures.push(Failure { kind, message: format!("should be “{wanted}”, and is “{got}”") });
            }
        };
        if let Some(message) = &self.example.message {
            differ("message", message, &first.message);
        }
        if let Some(labels) = &self.example.labels {
            let mut spans: Vec<Span> = first.labels.iter().map(|label| label.span).collect();
            spans.sort_unstable();
            let got: Vec<&str> = spans.iter().map(|span| self.words(*span)).collect();
            differ("labels", &labels.join("”, “"), &got.join("”, “"));
        }
        if let Some(fixed) = &self.example.fixed {
            let got = first.fixes.first().map(|fix| apply(&self.example.text, &fix.edits));
            differ("fixed", fixed, got.as_deref().unwrap_or("not offered a fix"));
        }
        failures
    }

    fn words(&self, span: Span) -> &str {
        self.example.text.get(span.range()).unwrap_or_default()
    }
}

/// Did the rule find it, alone or with another that speaks?
fn by(finding: &Finding, id: &str) -> bool {
    &*finding.rule == id || finding.also.iter().any(|also| &**also == id)
}
