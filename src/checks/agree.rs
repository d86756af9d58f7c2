//! `agree`: do all mentions of one thing agree?
//!
//! The things give pairs that differ, with their facts; a rule guards with the facts and weighs them.

use factlint_rules::agree::find;
use factlint_rules::check::Check;
use factlint_rules::rule::CheckKind;

use super::case::{Accused, Case, Verdict};
use super::guards::{self, Place};
use super::plan::{Plan, RuleSet};
use crate::expressions::{Context, Value, holds};
use crate::mentions::{Draft, Interval};
use crate::things::{self, Pair};

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    // One comparison may serve several rules: its `of`, `same` and `differ`, and the pairs.
    type Compared<'k> = ((&'k str, &'k str, &'k str), Vec<Pair>);
    let mut found: Vec<Compared> = Vec::new();
    for (place, rule) in rules.of_kind(CheckKind::Agree, plan) {
        let Check::Agree(check) = &*rule.check else { continue };
        // Words of a class are `drift`'s.
        if check.of.starts_with('<') {
            continue;
        }
        let key = (check.of.as_str(), check.same.as_str(), check.differ.as_str());
        if !found.iter().any(|(other, _)| *other == key) {
            found.push((key, things::compare(draft, key.0, key.1, key.2)));
        }
        let programs = rules.programs(place);
        let Some((_, pairs)) = found.iter().find(|(other, _)| *other == key) else { continue };
        let facts = find(key.0, key.2, key.1).map_or(&[][..], |comparison| comparison.facts);
        for pair in pairs {
            let passage = &draft.passages()[pair.culprit.passage];
            if !rule.runs_in(&passage.lexicon.language) {
                continue;
            }
            let score: f64 = check.evidence.iter().filter(|(name, _)| pair.has(name)).map(|(_, weight)| *weight).sum();
            if score < check.at_least {
                continue;
            }
            let mut vars: Vec<(&'r str, Value)> = vec![
                ("culprit", Value::Words(pair.culprit)),
                ("other", Value::List(pair.others.iter().take(3).map(|words| Value::Words(*words)).collect())),
                ("preferred", Value::from(pair.preferred.clone())),
                ("found", Value::from(pair.found.clone())),
                ("uses", Value::Number(Interval::exact(pair.uses.into()))),
                ("rare", Value::Number(Interval::exact(pair.rare.into()))),
            ];
            if let [one] = pair.others[..] {
                vars[1].1 = Value::Words(one);
            }
            vars.extend(facts.iter().map(|fact| (*fact, Value::Bool(pair.has(fact)))));
            let cx = Context { draft, passage: pair.culprit.passage, vars: &vars };
            let applies = rule.applies.as_ref().is_none_or(|condition| holds(condition, &cx));
            let (first, end) = (pair.culprit.first as usize, pair.culprit.end as usize);
            let guarded = || guards::is_silent(programs, &check.unless, &[], Place { passage, first, end }, &cx);
            if applies && !guarded() {
                let mut case = Case::new(rule, Accused::Words(pair.culprit), Verdict::Contradicts, vars);
                case.severity = pair.severity;
                cases.push(case);
            }
        }
    }
}
