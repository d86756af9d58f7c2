//! One fault, one finding: several rules that found the same fault become the finding of one of them.
//!
//! Findings of one draft come in, in any order; out go those that speak, in the order of the source, each with the ids
//! of the silenced in `also`.

use std::cmp::Ordering;

use super::{Finding, Label};
use crate::source::Span;

/// A longer span than this holds a passage; a short finding inside it is another fault than the passage.
const PASSAGE: usize = 100;

/// Merges findings that are one fault. `over(a, b)` says whether the rule `a` names `b` as one that gives way to it.
pub fn merge(mut findings: Vec<Finding>, over: &dyn Fn(&str, &str) -> bool) -> Vec<Finding> {
    findings.sort_by(|a, b| strength(a, b, over));
    // A rule that names another goes before it, which a plain order cannot say of three; so look once more.
    for at in 1..findings.len() {
        let winner = (0..at).find(|before| {
            let (strong, weak) = (&findings[at], &findings[*before]);
            strong.severity == weak.severity
                && strong.rule != weak.rule
                && same_fault(strong, weak, over)
                && over(&strong.rule, &weak.rule)
        });
        if let Some(to) = winner {
            findings[to..=at].rotate_right(1);
        }
    }
    let mut speaking: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        match speaking.iter_mut().find(|other| same_fault(other, &finding, over)) {
            Some(other) => absorb(other, finding),
            None => speaking.push(finding),
        }
    }
    speaking.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    speaking
}

/// Who speaks first: the more severe; then the more specific, which is the shorter; then the id.
fn strength(a: &Finding, b: &Finding, over: &dyn Fn(&str, &str) -> bool) -> Ordering {
    let length = |span: Span| span.end() - span.start();
    b.severity
        .cmp(&a.severity)
        .then_with(|| over(&b.rule, &a.rule).cmp(&over(&a.rule, &b.rule)))
        .then_with(|| length(a.span).cmp(&length(b.span)))
        .then_with(|| a.rule.cmp(&b.rule))
        .then_with(|| a.span.cmp(&b.span))
}

fn same_fault(a: &Finding, b: &Finding, over: &dyn Fn(&str, &str) -> bool) -> bool {
    if a.span.overlaps(b.span) || a.span == b.span {
        let length = |span: Span| span.end() - span.start();
        let (short, long) = (length(a.span).min(length(b.span)), length(a.span).max(length(b.span)));
        let apart = long > PASSAGE && short * 4 < long;
        return !apart || over(&a.rule, &b.rule) || over(&b.rule, &a.rule);
    }
    let mentions = |finding: &Finding| {
        let mut spans: Vec<Span> = finding.labels.iter().map(|label| label.span).chain([finding.span]).collect();
        spans.sort_unstable();
        spans.dedup();
        spans
    };
    !a.labels.is_empty() && !b.labels.is_empty() && mentions(a) == mentions(b)
}

/// The silenced gives its id; and its evidence, where the other has none.
fn absorb(speaking: &mut Finding, silent: Finding) {
    if speaking.labels.is_empty() && speaking.span == silent.span {
        speaking.labels = silent.labels.into_iter().filter(|label: &Label| label.span != speaking.span).collect();
    }
    if speaking.fixes.is_empty() && speaking.span == silent.span {
        speaking.fixes = silent.fixes;
    }
    let ids = std::iter::once(silent.rule).chain(silent.also);
    for id in ids {
        if id != speaking.rule && !speaking.also.contains(&id) {
            speaking.also.push(id);
        }
    }
    speaking.also.sort();
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;
    use factlint_rules::Severity::{Error, Note, Warning};

    fn none(_: &str, _: &str) -> bool {
        false
    }

    fn ids(findings: &[Finding]) -> Vec<(&str, Vec<&str>)> {
        findings.iter().map(|f| (&*f.rule, f.also.iter().map(|id| &**id).collect())).collect()
    }

    #[test]
    fn the_more_severe_speaks() {
        let merged = merge(vec![finding("a", Warning, 10, 20), finding("b", Error, 15, 25)], &none);
        assert_eq!(ids(&merged), [("b", vec!["a"])]);
    }

    #[test]
    fn a_tie_goes_to_the_rule_that_names_the_other_then_to_the_shorter() {
        let pair = || vec![finding("long", Error, 10, 40), finding("short", Error, 15, 25)];
        assert_eq!(ids(&merge(pair(), &none)), [("short", vec!["long"])]);
        let over = |a: &str, b: &str| a == "long" && b == "short";
        assert_eq!(ids(&merge(pair(), &over)), [("long", vec!["short"])]);
    }

    #[test]
    fn the_same_pair_of_mentions_is_one_fault() {
        let with = |mut f: Finding, start, end| {
            f.labels.push(Label { span: Span::new(start, end), text: String::new() });
            f
        };
        let a = with(finding("a", Error, 10, 20), 40, 50);
        let b = with(finding("b", Warning, 40, 50), 10, 20);
        let c = with(finding("c", Warning, 40, 50), 60, 70);
        assert_eq!(ids(&merge(vec![a.clone(), b], &none)), [("a", vec!["b"])]);
        assert_eq!(merge(vec![a, c], &none).len(), 2);
    }

    #[test]
    fn a_slip_inside_a_foreign_paragraph_is_another_fault() {
        let both = || vec![finding("foreign", Warning, 0, 400), finding("slip", Warning, 30, 35)];
        assert_eq!(merge(both(), &none).len(), 2);
        let over = |a: &str, b: &str| a == "foreign" && b == "slip";
        assert_eq!(ids(&merge(both(), &over)), [("foreign", vec!["slip"])]);
    }

    #[test]
    fn places_that_only_touch_are_two() {
        assert_eq!(merge(vec![finding("a", Note, 0, 5), finding("b", Note, 5, 9)], &none).len(), 2);
    }
}
