//! What a finding is called from one run to the next: by its rule, its words and how often they stood before, never
//! by its line, so that text added above does not make it new.

use rustc_hash::FxHashMap;

use super::Finding;
use crate::source::Source;

/// The fingerprints of a draft's findings, in their order: 16 hexadecimal digits each.
pub fn fingerprints(source: &Source, findings: &[Finding]) -> Vec<String> {
    let mut counts: FxHashMap<(&str, &str), u32> = FxHashMap::default();
    findings
        .iter()
        .map(|finding| {
            let words = source.slice(finding.span);
            let count = counts.entry((&finding.rule, words)).or_default();
            *count += 1;
            hash(&[&finding.rule, words, &count.to_string()])
        })
        .collect()
}

/// A short name for texts: 16 hexadecimal digits.
pub fn hash(texts: &[&str]) -> String {
    format!("{:016x}", fnv(texts))
}

/// FNV-1a over texts; a byte that no text has stands between them.
fn fnv(texts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in texts.iter().flat_map(|text| text.bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::super::tests::finding;
    use super::*;
    use factlint_rules::Severity::Error;

    #[test]
    fn a_line_above_changes_nothing_and_the_same_words_twice_are_two() {
        let (one, two) = (Source::new("a", "the the. the the."), Source::new("a", "New\n\nthe the. the the."));
        let at = |start| finding("doubled-word", Error, start, start + 7);
        let before = fingerprints(&one, &[at(0), at(9)]);
        assert_ne!(before[0], before[1]);
        assert_eq!(before, fingerprints(&two, &[at(5), at(14)]));
        assert_eq!(before[0].len(), 16);
    }
}
