//! Past ten findings of one rule in a draft: the first ten places, and one finding that carries the count.

use factlint_rules::Severity;
use rustc_hash::FxHashMap;
use std::sync::Arc;

use super::Finding;

/// How many findings of one rule are shown each by itself.
pub const SHOWN: usize = 10;

/// Caps the findings of each rule. They come in, and go out, in the order of the source.
pub fn cap(findings: Vec<Finding>) -> Vec<Finding> {
    let mut counts: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    for finding in &findings {
        *counts.entry(finding.rule.clone()).or_default() += 1;
    }
    let mut seen: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    // The severest of those that are counted rather than shown.
    let mut rest: FxHashMap<Arc<str>, Severity> = FxHashMap::default();
    for finding in &findings {
        let at = seen.entry(finding.rule.clone()).or_default();
        *at += 1;
        if *at > SHOWN {
            let severest = rest.entry(finding.rule.clone()).or_insert(finding.severity);
            *severest = finding.severity.max(*severest);
        }
    }
    seen.clear();
    let mut capped = Vec::with_capacity(findings.len());
    for mut finding in findings {
        let at = seen.entry(finding.rule.clone()).or_default();
        *at += 1;
        let count = counts[&finding.rule];
        // One more than is shown needs no count.
        if *at <= SHOWN || count == SHOWN + 1 {
            capped.push(finding);
        } else if *at == SHOWN + 1 {
            finding.message =
                format!("{}; and {} more places like it, {count} in all", finding.message, count - SHOWN - 1);
            finding.severity = rest[&finding.rule];
            capped.push(finding);
        }
    }
    capped
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;

    #[test]
    fn a_thousand_places_are_ten_and_a_count() {
        let many = (0..1000).map(|at| finding("space", Severity::Warning, at * 5, at * 5 + 2)).collect();
        let capped = cap(many);
        assert_eq!(capped.len(), 11);
        assert_eq!(capped[10].message, "space; and 989 more places like it, 1000 in all");
    }

    #[test]
    fn eleven_places_and_other_rules_stay() {
        let mut few: Vec<Finding> = (0..11).map(|at| finding("a", Severity::Note, at * 5, at * 5 + 2)).collect();
        few.push(finding("b", Severity::Error, 90, 95));
        assert_eq!(cap(few.clone()), few);
    }
}
