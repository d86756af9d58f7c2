//! Past ten findings of one rule in a draft: the first ten places, and one finding that carries the count.

use factlint_rules::Severity;
use rustc_hash::FxHashMap;
use std::sync::Arc;

use super::Finding;

/// How many findings of one rule are shown each by itself.
pub const SHOWN: usize = 10;

/// Makes one of the findings of a rule that has more than its rule allows: the first place, and how many there are. A
/// text that was scraped badly has the same slip by the thousand, and it is one fault.
pub fn once(findings: Vec<Finding>, past: &dyn Fn(&str) -> Option<usize>) -> Vec<Finding> {
    let mut counts: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    for finding in &findings {
        *counts.entry(finding.rule.clone()).or_default() += 1;
    }
    counts.retain(|rule, count| past(rule).is_some_and(|past| *count > past));
    let mut kept = Vec::with_capacity(findings.len());
    for mut finding in findings {
        match counts.get_mut(&finding.rule) {
            None => kept.push(finding),
            Some(0) => {}
            Some(count) => {
                finding.message = format!("{}; {count} places like it in this draft", finding.message);
                *count = 0;
                kept.push(finding);
            }
        }
    }
    kept
}

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
    fn a_slip_by_the_thousand_is_one_finding() {
        let many: Vec<Finding> = (0..1000).map(|at| finding("space", Severity::Warning, at * 5, at * 5 + 2)).collect();
        let one = once(many.clone(), &|_| Some(4));
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].message, "space; 1000 places like it in this draft");
        assert_eq!(once(many[..4].to_vec(), &|_| Some(4)).len(), 4);
        assert_eq!(once(many, &|_| None).len(), 1000);
    }

    #[test]
    fn eleven_places_and_other_rules_stay() {
        let mut few: Vec<Finding> = (0..11).map(|at| finding("a", Severity::Note, at * 5, at * 5 + 2)).collect();
        few.push(finding("b", Severity::Error, 90, 95));
        assert_eq!(cap(few.clone()), few);
    }
}
