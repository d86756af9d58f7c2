//! `regex`: a regular expression over a block’s text, for what is really about letters.

use super::case::Case;
use super::plan::{Plan, RuleSet};
use crate::mentions::Draft;

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    let _ = (draft, rules, plan, cases);
}
