//! `calendar`: is there one calendar in which all dates hold?
//!
//! The dates of a draft come in, in all its languages; [`Contradiction`]s go out, each with the date that must be
//! wrong, what it should say, the dates that prove it, and every way to mend it. A rule says of which sorts it speaks
//! (`of: full-date`), and gives the words.
//!
//! Complete dates are judged alone (`full`); dates without a year by the publication date or by each other (`yearless`);
//! notes like “Monday (10)” by the run of days that satisfies most of them (`notes`). A date found wrong is no evidence.

mod days;
mod entries;
mod full;
mod impossible;
mod notes;
mod ranges;
mod repair;
mod solved;
mod yearless;

pub use days::weekday_of;
pub use solved::{Solved, solved};

use factlint_rules::check::{CONTRADICTIONS, Check};
use factlint_rules::rule::CheckKind;
use factlint_rules::{Rule, Severity};

use super::case::{Accused, Case, Verdict};
use super::plan::{Plan, RuleSet};
use crate::expressions::{Context, DateValue, Value, Words, fill};
use crate::findings::{Edit, Fix};
use crate::mentions::Draft;
use crate::source::Span;
use entries::Calendar;
use repair::Repair;

/// What no calendar makes true.
#[derive(Debug)]
struct Contradiction {
    /// The name of its sort, by which a rule asks for it.
    sort: &'static str,
    /// The date that must be wrong, by its place among the entries.
    culprit: usize,
    /// Another first entry, where the words from there to the culprit are accused together.
    from: Option<usize>,
    /// What it should say.
    expected: DateValue,
    /// The dates that prove it, the nearest first.
    evidence: Vec<usize>,
    /// How sure it is.
    severity: Severity,
    /// Each way to agree.
    repairs: Vec<Repair>,
}

/// As many labels as an editor reads.
const LABELS: usize = 3;

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let asked: Vec<(&Rule, &[String])> = rules
        .of_kind(CheckKind::Calendar, plan)
        .filter_map(|(_, rule)| match &*rule.check {
            Check::Calendar(check) => Some((rule, check.of.as_slice())),
            _ => None,
        })
        .collect();
    if asked.is_empty() {
        return;
    }
    let mut calendar = Calendar::read(draft);
    let contradictions = solve(&mut calendar);
    debug_assert!(contradictions.iter().all(|found| CONTRADICTIONS.contains(&found.sort)));
    for found in &contradictions {
        for (rule, sorts) in &asked {
            if sorts.iter().any(|sort| sort == found.sort) {
                cases.push(case(&calendar, found, rule));
            }
        }
    }
    for (place, entry) in calendar.entries.iter().enumerate().filter(|(_, entry)| entry.holds) {
        let sort = entry.sort();
        for (rule, sorts) in &asked {
            if sorts.iter().any(|name| name == sort) {
                let words = calendar.words(place);
                let vars = vec![("culprit", Value::Words(words))];
                cases.push(Case::new(rule, Accused::Words(words), Verdict::Holds, vars));
            }
        }
    }
}

fn solve(calendar: &mut Calendar) -> Vec<Contradiction> {
    let mut found = Vec::new();
    impossible::judge(calendar, &mut found);
    full::judge(calendar, &mut found);
    yearless::judge(calendar, &mut found);
    notes::judge(calendar, &mut found);
    ranges::judge(calendar, &mut found);
    found
}

fn case<'r>(calendar: &Calendar, found: &Contradiction, rule: &'r Rule) -> Case<'r> {
    let culprit = calendar.words(found.culprit);
    let accused = match found.from {
        Some(from) => Words { first: calendar.words(from).first, mention: None, ..culprit },
        None => culprit,
    };
    let evidence = found.evidence.iter().take(LABELS).map(|place| Value::Words(calendar.words(*place))).collect();
    let mut vars = vec![
        ("culprit", Value::Words(culprit)),
        ("expected", Value::Date(found.expected)),
        ("evidence", Value::List(evidence)),
    ];
    if let Some(from) = found.from {
        vars.push(("other", Value::Words(calendar.words(from))));
    }
    let fixes = found.repairs.iter().filter_map(|repair| fix(calendar, repair, rule, culprit.passage)).collect();
    let mut case = Case::new(rule, Accused::Words(accused), Verdict::Contradicts, vars);
    case.severity = Some(found.severity.min(rule.severity));
    case.fixes = fixes;
    case
}

/// A repair in the words of the rule's own fix.
fn fix(calendar: &Calendar, repair: &Repair, rule: &Rule, passage: usize) -> Option<Fix> {
    let template = rule.fixes.iter().find(|fix| fix.replace.iter().any(|(name, _)| name == "part"))?;
    let vars = [("part", Value::from(repair.old.clone())), ("new", Value::from(repair.new.clone()))];
    let cx = Context { draft: calendar.draft, passage, vars: &vars };
    let mut edits = Vec::with_capacity(repair.edits.len());
    for edit in &repair.edits {
        let block = calendar.draft.passages().get(edit.passage)?.block;
        let span: Span = block.map.exact(edit.part.start, edit.part.end)?;
        edits.push(Edit { span, text: edit.text.clone() });
    }
    edits.sort_by_key(|edit| edit.span);
    Some(Fix { title: fill(&template.title, &cx), safe: false, edits })
}

#[cfg(test)]
mod tests;
