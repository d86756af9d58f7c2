//! What reports tell of rules besides their findings: titles, explanations, pages.

use factlint_rules::Pages;

use super::check::Task;
use crate::report::{About, Run};
use crate::rules::Handbook;

/// Adds to a run what is known of the rules that found something. `added` holds the pages of a user's rules.
pub(super) fn add(run: &mut Run, tasks: &[Task], added: Pages) {
    let book = Handbook::new(added);
    let packs = || tasks.iter().map(|task| task.setup.linter.pack());
    for finding in run.drafts.iter().flat_map(|draft| &draft.outcome.findings) {
        let id = &*finding.rule;
        if run.about.contains_key(id) {
            continue;
        }
        let Some(rule) = packs().find_map(|pack| pack.rule(id)) else { continue };
        let about = About {
            title: rule.title.clone(),
            group: rule.group.clone(),
            severity: rule.severity,
            explanation: book.explanation(id).unwrap_or_default().trim().to_owned(),
            page: book.page_address(id),
        };
        run.about.insert(id.to_owned(), about);
    }
}
