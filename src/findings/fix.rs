//! Applying fixes to a text: which edits can be made together, and the text after them.

use super::{Edit, Finding};

/// The edits of all safe fixes that can be made together, in the order of the text: the first safe fix of each
/// finding; one that overlaps an earlier one waits for the next round. Also how many fixes that are.
pub fn safe_edits(findings: &[Finding]) -> (Vec<Edit>, usize) {
    let mut edits: Vec<Edit> = Vec::new();
    let mut count = 0;
    for finding in findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.safe) else { continue };
        // They are in order and apart, so only the last that begins before the new one ends can touch it.
        let place = |new: &Edit| edits.partition_point(|old| old.span.start() <= new.span.end());
        let clash = fix.edits.iter().any(|new| edits[..place(new)].last().is_some_and(|old| touches(old, new)));
        if !clash && !fix.edits.is_empty() {
            for edit in &fix.edits {
                let place = edits.partition_point(|old| old.span <= edit.span);
                edits.insert(place, edit.clone());
            }
            count += 1;
        }
    }
    (edits, count)
}

/// Would the two edits write over each other? Two that meet do too: which goes first would be chance.
fn touches(a: &Edit, b: &Edit) -> bool {
    a.span.start() <= b.span.end() && b.span.start() <= a.span.end()
}

/// The text after these edits. An edit that begins inside an earlier one, or outside the text, is left out.
///
/// ```
/// use factlint::findings::{apply, Edit};
/// use factlint::source::Span;
/// let edits = [Edit { span: Span::new(3, 6), text: "12".into() }];
/// assert_eq!(apply("on 100 May", &edits), "on 12 May");
/// ```
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let Some(before) = text.get(done..edit.span.start()) else { continue };
        if text.get(edit.span.range()).is_none() {
            continue;
        }
        out.push_str(before);
        out.push_str(&edit.text);
        done = edit.span.end();
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;
    use crate::findings::Fix;
    use crate::source::Span;
    use factlint_rules::Severity::Error;

    fn mend(start: usize, end: usize, text: &str, safe: bool) -> Finding {
        let mut mended = finding("rule", Error, start, end);
        let edits = vec![Edit { span: Span::new(start, end), text: text.into() }];
        mended.fixes = vec![Fix { title: "Change it".into(), safe, edits }];
        mended
    }

    #[test]
    fn overlapping_fixes_wait_and_unsafe_ones_are_left() {
        let findings = [mend(0, 3, "an", true), mend(2, 5, "xx", true), mend(6, 9, "yy", false)];
        let (edits, count) = safe_edits(&findings);
        assert_eq!((edits.len(), count), (1, 1));
        assert_eq!(apply("aaa bb ccc", &edits), "an bb ccc");
    }

    #[test]
    fn an_edit_out_of_range_or_inside_a_character_does_no_harm() {
        let edits =
            [Edit { span: Span::new(1, 2), text: "x".into() }, Edit { span: Span::new(90, 95), text: "y".into() }];
        assert_eq!(apply("é!", &edits), "é!");
    }
}
