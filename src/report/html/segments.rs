//! A block's text cut where marks begin and end: marks may overlap, elements may not.

use std::ops::Range;

/// Why words are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// They are accused by the finding of this number.
    Accused(usize),
    /// They are evidence for it: which, from 1.
    Evidence(usize, usize),
}

/// A mark in a block's text; where it is empty, something is missing there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub range: Range<usize>,
    pub role: Role,
}

/// A piece of a block's text with one set of marks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub range: Range<usize>,
    /// All marks that cover it, the narrowest first.
    pub roles: Vec<Role>,
    /// Those of them that end here.
    pub ends: Vec<Role>,
}

/// Cuts a text of `len` bytes. Each mark must lie in the text, on character borders; `cuts` are borders besides.
pub(super) fn segments(len: usize, marks: &[Mark], cuts: &[usize]) -> Vec<Segment> {
    let mut borders: Vec<usize> = [0, len].into_iter().chain(cuts.iter().copied()).collect();
    borders.extend(marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]));
    borders.sort_unstable();
    borders.dedup();
    let mut narrowest: Vec<&Mark> = marks.iter().collect();
    narrowest.sort_by_key(|mark| (mark.range.len(), mark.role));
    let mut segments = Vec::new();
    for (at, &start) in borders.iter().enumerate() {
        let empty: Vec<Role> =
            narrowest.iter().filter(|mark| mark.range == (start..start)).map(|mark| mark.role).collect();
        if !empty.is_empty() {
            segments.push(Segment { range: start..start, ends: empty.clone(), roles: empty });
        }
        let Some(&end) = borders.get(at + 1) else { break };
        let covering = || narrowest.iter().filter(|mark| mark.range.start <= start && end <= mark.range.end);
        let roles = covering().map(|mark| mark.role).collect();
        let ends = covering().filter(|mark| mark.range.end == end).map(|mark| mark.role).collect();
        segments.push(Segment { range: start..end, roles, ends });
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_marks_are_cut_and_a_missing_thing_is_a_place() {
        let mark = |range: Range<usize>, role| Mark { range, role };
        let (one, two, three) = (Role::Accused(1), Role::Evidence(2, 1), Role::Accused(3));
        let marks = [mark(0..10, one), mark(5..12, two), mark(12..12, three)];
        let shown: Vec<_> =
            segments(20, &marks, &[]).into_iter().map(|segment| (segment.range, segment.roles, segment.ends)).collect();
        assert_eq!(
            shown,
            [
                (0..5, vec![one], vec![]),
                (5..10, vec![two, one], vec![one]),
                (10..12, vec![two], vec![two]),
                (12..12, vec![three], vec![three]),
                (12..20, vec![], vec![]),
            ]
        );
        assert!(segments(0, &[], &[]).is_empty());
    }
}
