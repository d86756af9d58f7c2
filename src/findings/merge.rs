//! One fault, one finding: several rules that found the same fault become the finding of one of them.
//!
//! Findings of one draft come in, in any order; out go those that speak, in the order of the source, each with the ids
//! of the silenced in `also`.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::{Finding, Label};
use crate::source::Span;

/// A longer span than this holds a passage; a short finding inside it is another fault than the passage.
const PASSAGE: usize = 100;

/// Merges findings that are one fault. `over(a, b)` says whether the rule `a` names `b` as one that gives way to it.
///
/// A draft may have thousands of findings, so each is held only against those that overlap it, or share its evidence.
pub fn merge(mut findings: Vec<Finding>, over: &dyn Fn(&str, &str) -> bool) -> Vec<Finding> {
    findings.sort_by(strength);
    let near = neighbours(&findings);
    let order = order(&findings, &near, over);
    let mut slots: Vec<Option<usize>> = vec![None; findings.len()];
    let mut by_evidence: FxHashMap<Vec<Span>, usize> = FxHashMap::default();
    let mut speaking: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut findings: Vec<Option<Finding>> = findings.into_iter().map(Some).collect();
    for id in order {
        let Some(finding) = findings[id].take() else { continue };
        let fits = |slot: &usize| {
            let other = &speaking[*slot];
            !overlaps(other, &finding) || is_one_place(other, &finding, over)
        };
        let beside = near[id].iter().filter_map(|other| slots[*other]).filter(fits);
        let shared = evidence(&finding).and_then(|spans| by_evidence.get(&spans).copied()).filter(fits);
        let slot = match beside.chain(shared).min() {
            Some(slot) => {
                absorb(&mut speaking[slot], finding);
                slot
            }
            None => {
                slots[id] = Some(speaking.len());
                speaking.push(finding);
                speaking.len() - 1
            }
        };
        if let Some(spans) = evidence(&speaking[slot]) {
            by_evidence.entry(spans).or_insert(slot);
        }
    }
    speaking.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    speaking
}

/// Who is looked at first, by place: a rule that names another goes before it, which a plain order cannot say of three.
fn order(findings: &[Finding], near: &[Vec<usize>], over: &dyn Fn(&str, &str) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    let mut place = order.clone();
    for at in 1..findings.len() {
        let strong = &findings[order[at]];
        let gives_way = |weak: &Finding| {
            strong.severity == weak.severity
                && strong.rule != weak.rule
                && over(&strong.rule, &weak.rule)
                && (!overlaps(strong, weak) || is_one_place(strong, weak, over))
        };
        let before = near[order[at]].iter().filter(|other| place[**other] < at && gives_way(&findings[**other]));
        if let Some(to) = before.map(|other| place[*other]).min() {
            order[to..=at].rotate_right(1);
            for moved in to..=at {
                place[order[moved]] = moved;
            }
        }
    }
    order
}

/// For each finding the others that overlap it, or have the same mentions in their evidence.
fn neighbours(findings: &[Finding]) -> Vec<Vec<usize>> {
    let mut near = vec![Vec::new(); findings.len()];
    let mut by_start: Vec<usize> = (0..findings.len()).collect();
    by_start.sort_by_key(|id| findings[*id].span);
    let mut open: Vec<usize> = Vec::new();
    let mut groups: FxHashMap<Vec<Span>, Vec<usize>> = FxHashMap::default();
    for id in by_start {
        let finding = &findings[id];
        open.retain(|other| findings[*other].span.end() >= finding.span.start());
        let beside = open.iter().copied().filter(|other| overlaps(&findings[*other], finding)).collect::<Vec<_>>();
        let group = evidence(finding).map(|spans| groups.entry(spans).or_default());
        let shared = group.as_deref().into_iter().flatten().copied();
        let shared = shared.filter(|other| !overlaps(&findings[*other], finding)).collect::<Vec<_>>();
        for other in beside.into_iter().chain(shared) {
            near[id].push(other);
            near[other].push(id);
        }
        open.push(id);
        if let Some(group) = group {
            group.push(id);
        }
    }
    near
}

/// Who speaks first: the more severe; then the more specific, which is the shorter; then the id. Which rule names which is
/// left to `order`: beside lengths, it would put three in a circle.
fn strength(a: &Finding, b: &Finding) -> Ordering {
    let length = |span: Span| span.end() - span.start();
    b.severity
        .cmp(&a.severity)
        .then_with(|| length(a.span).cmp(&length(b.span)))
        .then_with(|| a.rule.cmp(&b.rule))
        .then_with(|| a.span.cmp(&b.span))
}

fn overlaps(a: &Finding, b: &Finding) -> bool {
    a.span.overlaps(b.span) || a.span == b.span
}

/// Are two that overlap one fault?
fn is_one_place(a: &Finding, b: &Finding, over: &dyn Fn(&str, &str) -> bool) -> bool {
    let length = |span: Span| span.end() - span.start();
    let (short, long) = (length(a.span).min(length(b.span)), length(a.span).max(length(b.span)));
    let apart = long > PASSAGE && short * 4 < long;
    !apart || over(&a.rule, &b.rule) || over(&b.rule, &a.rule)
}

/// All mentions that a finding with labels is about.
fn evidence(finding: &Finding) -> Option<Vec<Span>> {
    if finding.labels.is_empty() {
        return None;
    }
    let mut spans: Vec<Span> = finding.labels.iter().map(|label| label.span).chain([finding.span]).collect();
    spans.sort_unstable();
    spans.dedup();
    Some(spans)
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
    fn rules_that_name_each_other_beside_lengths_are_no_circle() {
        // “long” goes before “short” by name, “short” before “middle” and “middle” before “long” by length.
        let over = |a: &str, b: &str| a == "long" && b == "short";
        let kinds = [("middle", 8), ("long", 12), ("short", 5)];
        let mut seed = 1_u32;
        for count in 20..60 {
            let many = (0..count).map(|at| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let (rule, length) = kinds[(seed >> 16) as usize % 3];
                finding(rule, Warning, at * 20, at * 20 + length)
            });
            assert_eq!(merge(many.collect(), &over).len(), count);
        }
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
