//! The counts of a run, and what it could not check.

use factlint_rules::Severity;
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::{Run, plural, severities};

/// The counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Drafts that were checked.
    pub files: usize,
    /// Proven contradictions.
    pub errors: usize,
    /// What an editor would nearly always change.
    pub warnings: usize,
    /// What is worth a look.
    pub notes: usize,
    /// What was let stand.
    pub suppressed: usize,
    /// What is less severe than was asked for.
    pub hidden: usize,
}

impl Summary {
    /// Counts a run.
    pub fn of(run: &Run) -> Summary {
        let count = |severity: Severity| {
            let all = run.drafts.iter().flat_map(|draft| &draft.outcome.findings);
            all.filter(|finding| finding.severity == severity).count()
        };
        let [errors, warnings, notes] = severities().map(count);
        Summary {
            files: run.checked().count(),
            errors,
            warnings,
            notes,
            suppressed: run.drafts.iter().map(|draft| draft.outcome.suppressed).sum(),
            hidden: run.drafts.iter().map(|draft| draft.hidden).sum(),
        }
    }

    /// “3 files: 2 errors, 1 warning; 1 let stand”
    pub fn line(&self) -> String {
        let mut line = plural(self.files, "file");
        let counts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| plural(count, word))
            .collect();
        line.push_str(": ");
        line.push_str(&if counts.is_empty() { "nothing to report".to_owned() } else { counts.join(", ") });
        if self.suppressed > 0 {
            line.push_str(&format!("; {} let stand", self.suppressed));
        }
        if self.hidden > 0 {
            line.push_str(&format!("; {} less severe not shown", self.hidden));
        }
        line
    }
}

/// What could not be checked, and why: a line each.
pub(super) fn not_checked(run: &Run) -> Vec<String> {
    let mut lines = Vec::new();
    let files = run.checked().count();
    let undated: Vec<_> =
        run.checked().filter(|draft| draft.outcome.date.is_none() && !draft.outcome.not_run.is_empty()).collect();
    if !undated.is_empty() {
        let rules: FxHashSet<&String> = undated.iter().flat_map(|draft| &draft.outcome.not_run).collect();
        let of = if files > 1 { format!(" in {} of {} files", undated.len(), files) } else { String::new() };
        lines.push(format!("no publication date{of}: {} silent; --date sets it", plural(rules.len(), "rule")));
    }
    let unknown = run.checked().filter(|draft| draft.outcome.language.is_none()).count();
    if unknown > 0 {
        let of = if files > 1 { format!(" of {unknown} of {files} files") } else { String::new() };
        lines.push(format!("language{of} unknown: only rules that need none ran; --lang sets it"));
    }
    if !run.troubles.is_empty() {
        lines.push(format!("{} in the run itself, told above", plural(run.troubles.len(), "error")));
    }
    lines
}
