//! What a regular expression cannot match, told by an automaton that is laid out when the binary is built.
//!
//! To compile an expression takes longer than to read the draft it is for, and most blocks that have its trigger hold no
//! match. So with the expression goes an automaton that matches wherever it does, and in some places more: counts are
//! loops in it, and of letters beyond ASCII it knows that they are such. It is small, and is used where its bytes lie.

use regex_automata::dfa::{Automaton, StartKind, dense, sparse};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::{Input, MatchKind};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};

/// Larger automata, in bytes, would take longer to look through than their expression to compile.
const LARGEST: usize = 1 << 20;

/// The bytes of an expression's sieve; `None` if it would be too large.
pub fn build(regex: &str) -> Option<Vec<u8>> {
    let hir = regex_syntax::ParserBuilder::new().utf8(false).build().parse(regex).ok()?;
    let config = thompson::Config::new().which_captures(WhichCaptures::None);
    let nfa = thompson::Compiler::new().configure(config).build_from_hir(&loosened(&hir)).ok()?;
    let config = dense::Config::new()
        .minimize(true)
        .accelerate(false)
        .start_kind(StartKind::Unanchored)
        .match_kind(MatchKind::All)
        .dfa_size_limit(Some(LARGEST))
        .determinize_size_limit(Some(4 * LARGEST));
    let dfa = dense::Builder::new().configure(config).build_from_nfa(&nfa).ok()?;
    Some(dfa.to_sparse().ok()?.to_bytes_little_endian())
}

/// Matches wherever the expression does.
fn loosened(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            let (min, max) = match (repetition.min, repetition.max) {
                (min, Some(max @ ..=1)) => (min, Some(max)),
                (min, _) => (min.min(1), None),
            };
            Hir::repetition(Repetition { min, max, greedy: true, sub: Box::new(loosened(&repetition.sub)) })
        }
        HirKind::Capture(capture) => loosened(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(loosened).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(loosened).collect()),
        HirKind::Class(Class::Unicode(class)) => {
            let ascii = class.ranges().iter().filter(|range| range.start().is_ascii());
            let ascii = ascii.map(|range| ClassUnicodeRange::new(range.start(), range.end().min('\x7F')));
            let beyond = class.ranges().last().filter(|range| !range.end().is_ascii());
            let beyond = beyond.map(|_| ClassUnicodeRange::new('\u{80}', char::MAX));
            Hir::class(Class::Unicode(ClassUnicode::new(ascii.chain(beyond))))
        }
        _ => hir.clone(),
    }
}

/// An expression's sieve.
#[derive(Debug)]
pub struct Sieve<'b>(Option<sparse::DFA<&'b [u8]>>);

impl<'b> Sieve<'b> {
    /// Reads it; one that has no bytes, or those of another machine, lets everything through.
    pub fn new(bytes: &'b [u8]) -> Sieve<'b> {
        Sieve(sparse::DFA::from_bytes(bytes).ok().map(|(dfa, _)| dfa))
    }

    /// Can the expression match in the text?
    pub fn may_match(&self, text: &str) -> bool {
        let search = |dfa: &sparse::DFA<&[u8]>| dfa.try_search_fwd(&Input::new(text).earliest(true));
        self.0.as_ref().is_none_or(|dfa| search(dfa).map_or(true, |found| found.is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sieve_lets_through_what_the_expression_matches() {
        let bytes = build(r"(?-u:\b)x[a-zé]{2,3}y|“[^”]*$").expect("it is small");
        let sieve = Sieve::new(&bytes);
        for text in ["an xaéy", "a “quotation", "xaaaaaaaay"] {
            assert!(sieve.may_match(text), "{text}");
        }
        for text in ["", "axaay", "xAAy", "a “quotation”"] {
            assert!(!sieve.may_match(text), "{text}");
        }
    }

    #[test]
    fn what_has_no_sieve_lets_everything_through() {
        assert_eq!(
            build(&format!("a(?:{})z", r"[^b]{1,2}b[^c]{1,2}c|".repeat(200) + "d")).map(|bytes| bytes.is_empty()),
            Some(false)
        );
        assert!(Sieve::new(&[]).may_match("") && Sieve::new(b"none").may_match("x"));
    }
}
