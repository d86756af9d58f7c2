//! What is let stand: the draft's own stets, the newsroom's, and facts that a reporter has marked as checked (CQ).
//!
//! Merged findings come in; those that remain go out, with a count of the others and a note for each stet that did
//! nothing though its rule could have run.

use super::{Finding, HouseStet, Label};
use crate::document::Stet;
use crate::source::{Source, Span};

/// The id of the note on a stet that suppresses nothing.
pub const UNUSED_STET: &str = "unused-stet";
/// The rule that reminds of marks; a mark does not let itself stand.
const LEFTOVER_CQ: &str = "leftover-cq";

/// What suppressing asks about rules.
pub struct Rules<'a> {
    /// Does the name (an id, an alias, a class, a group) name the rule of this id?
    pub names: &'a dyn Fn(&str, &str) -> bool,
    /// Has any rule of that name run over this draft?
    pub ran: &'a dyn Fn(&str) -> bool,
    /// `None` if a rule has that name; else what may be meant.
    pub unknown: &'a dyn Fn(&str) -> Option<Option<String>>,
}

/// What remains.
#[derive(Debug, Default)]
pub struct Remaining {
    /// In the order of the source.
    pub findings: Vec<Finding>,
    /// How many are let stand.
    pub suppressed: usize,
    /// For each of the newsroom's stets, whether it let something stand.
    pub house_used: Vec<bool>,
}

/// Takes out what is let stand.
pub fn let_stand(
    findings: Vec<Finding>,
    source: &Source,
    stets: &[Stet],
    house: &[HouseStet],
    rules: &Rules,
) -> Remaining {
    let mut used: Vec<Vec<bool>> = stets.iter().map(|stet| vec![false; stet.rules.len()]).collect();
    let mut remaining = Remaining { house_used: vec![false; house.len()], ..Remaining::default() };
    for mut finding in findings {
        let mut stands = false;
        if &*finding.class != LEFTOVER_CQ && is_checked(source, finding.span) {
            stands = !turn(&mut finding, source);
        }
        let named = |name: &str| std::iter::once(&finding.rule).chain(&finding.also).any(|id| (rules.names)(id, name));
        for (at, stet) in stets.iter().enumerate() {
            if stet.covers.is_some_and(|covers| !covers.contains(finding.span)) {
                continue;
            }
            for (name, used) in stet.rules.iter().zip(&mut used[at]) {
                if named(name) {
                    *used = true;
                    stands = true;
                }
            }
        }
        for (stet, used) in house.iter().zip(&mut remaining.house_used) {
            let words = stet.words.as_deref().is_none_or(|words| same_words(words, source.slice(finding.span)));
            if words && named(&stet.rule) {
                *used = true;
                stands = true;
            }
        }
        if stands {
            remaining.suppressed += 1;
        } else {
            remaining.findings.push(finding);
        }
    }
    for (stet, used) in stets.iter().zip(&used) {
        if stet.rules.is_empty() {
            remaining.findings.push(misshapen(stet, source, rules));
        }
        for name in stet.rules.iter().zip(used).filter(|(_, used)| !**used).map(|(name, _)| name) {
            remaining.findings.extend(unused(name, stet.span, rules));
        }
    }
    remaining.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    remaining
}

/// A note on a stet that is not written as one, with its right form.
fn misshapen(stet: &Stet, source: &Source, rules: &Rules) -> Finding {
    let is_sign = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    let mut words = source.slice(stet.span).split(is_sign).filter(|word| !word.is_empty());
    let name = words.find(|word| (rules.unknown)(word).is_none()).unwrap_or("rule-id");
    let message = "this comment begins like a stet, and is none that lets something stand".to_owned();
    Finding::note(UNUSED_STET, message, stet.span, Some(format!("write <!-- stet: {name} because … -->")))
}

fn unused(name: &str, span: Span, rules: &Rules) -> Option<Finding> {
    let (message, help) = match (rules.unknown)(name) {
        Some(help) => (format!("no rule is called “{name}”, so this stet lets nothing stand"), help),
        None if (rules.ran)(name) => (format!("“{name}” has nothing to say here, so this stet can go"), None),
        None => return None,
    };
    Some(Finding::note(UNUSED_STET, message, span, help))
}

/// What a reporter has checked is true, so what disagrees with it is wrong: accuses the nearest of the evidence that has
/// no mark of its own. `false` if there is none.
fn turn(finding: &mut Finding, source: &Source) -> bool {
    let checked = finding.span;
    let apart = |span: Span| span.end() <= checked.start() || checked.end() <= span.start();
    let distance = |span: Span| span.start().abs_diff(checked.start());
    let wrong = (0..finding.labels.len())
        .filter(|at| apart(finding.labels[*at].span) && !is_checked(source, finding.labels[*at].span))
        .min_by_key(|at| distance(finding.labels[*at].span));
    let Some(wrong) = wrong else { return false };
    let label = finding.labels.remove(wrong);
    let words = |span: Span| source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    finding.message =
        format!("“{}” disagrees with “{}”, which is marked as checked", words(label.span), words(checked));
    finding.fixes.retain(|fix| fix.edits.iter().all(|edit| apart(edit.span)));
    finding.labels.insert(0, Label { span: checked, text: "checked (CQ)".into() });
    finding.span = label.span;
    true
}

/// Does `(CQ)` or `[CQ]` stand right after the words, or after the bracket that holds nothing else?
pub fn is_checked(source: &Source, span: Span) -> bool {
    let blanks = [' ', '\u{a0}'];
    let before = source.text().get(..span.start()).unwrap_or_default();
    let mut after = source.text().get(span.end()..).unwrap_or_default().trim_start_matches(blanks);
    for (open, close) in [('(', ')'), ('[', ']')] {
        if before.ends_with(open)
            && let Some(rest) = after.strip_prefix(close)
        {
            after = rest.trim_start_matches(blanks);
            break;
        }
    }
    ["(CQ)", "[CQ]"].iter().any(|mark| after.get(..mark.len()).is_some_and(|found| found.eq_ignore_ascii_case(mark)))
}

/// Are they the same, whatever blanks and line ends stand between the words?
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;
    use factlint_rules::Severity::Error;

    fn stet(rule: &str, covers: Option<(usize, usize)>) -> Stet {
        let covers = covers.map(|(start, end)| Span::new(start, end));
        Stet { rules: vec![rule.into()], covers, span: Span::new(0, 2), because: None }
    }

    fn run(text: &str, findings: Vec<Finding>, stets: &[Stet], house: &[HouseStet]) -> Remaining {
        let rules = Rules {
            names: &|id, name| id == name || name == "calendar" && id.starts_with("weekday"),
            ran: &|name| name != "needs-date",
            unknown: &|name| (name == "percnt-of").then(|| Some("did you mean “percent-of”?".into())),
        };
        let_stand(findings, &Source::new("a", text), stets, house, &rules)
    }

    const TEXT: &str = "One two three four five six seven.";

    #[test]
    fn a_stet_counts_by_the_primary_span_and_by_group() {
        let findings = || vec![finding("weekday-date", Error, 4, 7)];
        assert_eq!(run(TEXT, findings(), &[stet("calendar", Some((0, 10)))], &[]).suppressed, 1);
        let beside = run(TEXT, findings(), &[stet("calendar", Some((8, 20)))], &[]);
        assert_eq!(beside.suppressed, 0);
        assert_eq!(beside.findings.iter().map(|f| &*f.rule).collect::<Vec<_>>(), ["unused-stet", "weekday-date"]);
    }

    #[test]
    fn a_stet_for_a_silenced_rule_counts_too() {
        let mut merged = finding("foreign-paragraph", Error, 4, 7);
        merged.also.push("misplaced-caption".into());
        assert_eq!(run(TEXT, vec![merged], &[stet("misplaced-caption", None)], &[]).suppressed, 1);
    }

    #[test]
    fn an_unused_stet_is_told_only_if_its_rule_ran() {
        assert!(run(TEXT, vec![], &[stet("needs-date", None)], &[]).findings.is_empty());
        assert_eq!(run(TEXT, vec![], &[stet("percent-of", None)], &[]).findings.len(), 1);
        let unknown = run(TEXT, vec![], &[stet("percnt-of", None)], &[]);
        assert_eq!(unknown.findings[0].help.as_deref(), Some("did you mean “percent-of”?"));
    }

    #[test]
    fn what_a_reporter_checked_is_never_accused_but_the_mark_itself_is_told() {
        let text = "Jon Smyth (CQ) spoke; Jon Smith [cq], too. Jon Smyth spoke (CQ).";
        let findings = vec![
            finding("name-drift", Error, 0, 9),
            finding("name-drift", Error, 22, 31),
            finding("name-drift", Error, 43, 52),
        ];
        let remaining = run(text, findings, &[], &[]);
        assert_eq!((remaining.suppressed, remaining.findings.len()), (2, 1));
        assert_eq!(run(text, vec![finding("leftover-cq", Error, 0, 9)], &[], &[]).suppressed, 0);
    }

    #[test]
    fn a_mark_after_the_bracket_holds_for_what_is_in_it() {
        let source = Source::new("a", "45 of 60 (80%) (CQ), 30 (50%) [cq]; a total (80%), then (CQ)");
        let at = |words: &str| {
            let start = source.text().find(words).unwrap();
            is_checked(&source, Span::new(start, start + words.len()))
        };
        assert!(at("80%") && at("50%") && at("45 of 60 (80%)"));
        assert!(!at("60") && !at("a total"));
    }

    #[test]
    fn what_disagrees_with_a_checked_fact_is_accused_instead() {
        let text = "Of 60 members 45 (80%) (CQ) agreed; all 60 (CQ) came.";
        let mut accused = finding("percent-of", Error, 18, 21);
        let label = |start, end, text: &str| Label { span: Span::new(start, end), text: text.into() };
        accused.labels = vec![label(3, 5, "the whole"), label(14, 16, "the part"), label(40, 42, "again")];
        let change = |start, end| super::super::Fix {
            title: "x".into(),
            safe: false,
            edits: vec![super::super::Edit { span: Span::new(start, end), text: "1".into() }],
        };
        accused.fixes = vec![change(18, 21), change(14, 16)];
        let remaining = run(text, vec![accused], &[], &[]);
        assert_eq!((remaining.suppressed, remaining.findings.len()), (0, 1));
        let turned = &remaining.findings[0];
        assert_eq!(turned.span, Span::new(14, 16));
        assert_eq!(turned.message, "“45” disagrees with “80%”, which is marked as checked");
        assert_eq!((turned.labels[0].span, turned.fixes.len()), (Span::new(18, 21), 1));
    }

    #[test]
    fn a_newsrooms_stet_needs_its_words() {
        let house = |words: &str| HouseStet { rule: "doubled-word".into(), words: Some(words.into()) };
        let findings = vec![finding("doubled-word", Error, 4, 13)];
        let remaining = run(TEXT, findings, &[], &[house("two\nthree"), house("four")]);
        assert_eq!(remaining.house_used, [true, false]);
        assert_eq!(remaining.suppressed, 1);
    }
}
