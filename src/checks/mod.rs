//! The five kinds of check, each in a file of its own, and the plan of which rules run where.
//!
//! A [`Draft`](crate::mentions::Draft) comes in; [`Case`]s go out: a rule, the words that took part, and whether its
//! claim holds. A case that does not hold becomes a finding.

mod agree;
mod block;
mod calendar;
mod case;
mod drift;
mod far;
mod guards;
mod kept;
mod matcher;
mod pattern;
mod places;
mod plan;
mod regex;

pub use calendar::{Solved, solved, weekday_of};
pub use case::{Accused, Case, Verdict};
pub use plan::{Level, Plan, RuleSet};

use crate::mentions::Draft;

/// All cases of a draft, in no order that matters.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan) -> Vec<Case<'r>> {
    let mut cases = Vec::new();
    pattern::run(draft, rules, plan, &mut cases);
    regex::run(draft, rules, plan, &mut cases);
    calendar::run(draft, rules, plan, &mut cases);
    agree::run(draft, rules, plan, &mut cases);
    drift::run(draft, rules, plan, &mut cases);
    block::run(draft, rules, plan, &mut cases);
    cases
}
