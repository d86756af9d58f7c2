//! What a regular expression cannot match, told by an automaton that is laid out when the binary is built.
//!
//! To compile an expression takes longer than to read the draft it is for, and most blocks that have its trigger hold no
//! match. So with the expression goes an automaton that matches wherever it does, and in some places more: counts are
//! loops in it, and of letters beyond ASCII it knows that they are such. It is small, and is used where its bytes lie: an automaton
//! of the crate that makes it would be looked through whole before its first use.

use std::collections::VecDeque;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::alphabet::Unit;
use regex_automata::util::primitives::StateID;
use regex_automata::{Input, MatchKind};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};
use rustc_hash::FxHashMap;

/// An automaton of more bytes than this is not laid out.
const LARGEST: usize = 1 << 21;

/// The state from which nothing matches.
const DEAD: u16 = 0;
/// The state in which the expression has matched, or may have.
const MATCH: u16 = 1;
/// The state in which a text begins.
const START: u16 = 2;

/// The bytes of an expression's sieve; `None` if it would be too large.
///
/// First a bit for each byte that a text can end in which it matches; then the class of each of the 256 bytes, and the number of classes,
/// and one more for the end of the text; then for each state from [`START`] on the states that follow, one a class. A number has two
/// bytes, the lower first.
pub fn build(regex: &str) -> Option<Vec<u8>> {
    let hir = regex_syntax::ParserBuilder::new().utf8(false).build().parse(regex).ok()?;
    let mut bytes = ends(&hir).unwrap_or([u8::MAX; 32]).to_vec();
    bytes.extend(automaton_of(&hir)?);
    Some(bytes)
}

/// The bytes that a text can end in which the expression matches, if it matches at the ends of texts alone and never nothing.
fn ends(hir: &Hir) -> Option<[u8; 32]> {
    let anchored = hir.properties().look_set_suffix().contains(Look::End);
    let mut ends = [0; 32];
    (anchored && !add_ends(hir, &mut ends)).then_some(ends)
}

/// Adds the last bytes of what it matches; can it match nothing?
fn add_ends(hir: &Hir, ends: &mut [u8; 32]) -> bool {
    let mut add = |byte: u8| ends[usize::from(byte / 8)] |= 1 << (byte % 8);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => literal.0.last().is_none_or(|last| {
            add(*last);
            false
        }),
        HirKind::Class(Class::Unicode(class)) => {
            for range in class.ranges() {
                (0..128_u8)
                    .filter(|byte| (range.start()..=range.end()).contains(&char::from(*byte)))
                    .for_each(&mut add);
                if !range.end().is_ascii() {
                    (0x80..0xC0).for_each(&mut add);
                }
            }
            false
        }
        HirKind::Class(Class::Bytes(_)) => {
            (0..=u8::MAX).for_each(add);
            false
        }
        HirKind::Repetition(repetition) => add_ends(&repetition.sub, ends) || repetition.min == 0,
        HirKind::Capture(capture) => add_ends(&capture.sub, ends),
        HirKind::Concat(parts) => parts.iter().rev().all(|part| add_ends(part, ends)),
        // Each of them adds its own.
        HirKind::Alternation(parts) => parts.iter().filter(|part| add_ends(part, ends)).count() > 0,
    }
}

fn automaton_of(hir: &Hir) -> Option<Vec<u8>> {
    let whole = [Loose::Exact, Loose::Ascii, Loose::Cut].into_iter().find_map(|loose| automaton(&loosened(hir, loose)));
    // Of a long list of phrases their beginnings tell enough.
    whole.or_else(|| [24, 12, 8].into_iter().find_map(|most| automaton(&beginning(&loosened(hir, Loose::Cut), most).0)))
}

/// What the matches begin with, up to about so many bytes, and whether that is all of them.
fn beginning(hir: &Hir, most: usize) -> (Hir, bool) {
    match hir.kind() {
        HirKind::Literal(literal) if literal.0.len() > most => (Hir::literal(&literal.0[..most]), false),
        HirKind::Alternation(parts) => {
            let (parts, whole): (Vec<Hir>, Vec<bool>) = parts.iter().map(|part| beginning(part, most)).unzip();
            (Hir::alternation(parts), whole.into_iter().all(|whole| whole))
        }
        HirKind::Concat(parts) => {
            let (mut left, mut whole) = (most, true);
            let mut kept = Vec::new();
            for part in parts {
                // What follows something that is cut does not follow its beginning.
                if left == 0 || !whole {
                    return (Hir::concat(kept), false);
                }
                let (start, all) = beginning(part, left);
                kept.push(start);
                whole = all;
                left = left.saturating_sub(part.properties().minimum_len().unwrap_or(left));
            }
            (Hir::concat(kept), whole)
        }
        HirKind::Repetition(repetition) if repeats(hir) => (beginning(&repetition.sub, most).0, false),
        _ => (hir.clone(), true),
    }
}

/// Is it one of something, or more?
fn repeats(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Repetition(repetition) if repetition.min == 1 && repetition.max.is_none())
}

/// How much more than its expression an automaton matches: the tightest that is small enough is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loose {
    /// Counts are loops. It knows the signs beyond ASCII of a class, or those that it leaves out, where they are few.
    Exact,
    /// It knows of letters and signs beyond ASCII that they are such.
    Ascii,
    /// What follows any number of nearly any signs is not looked for.
    Cut,
}

fn automaton(hir: &Hir) -> Option<Vec<u8>> {
    let config = thompson::Config::new().which_captures(WhichCaptures::None);
    let nfa = thompson::Compiler::new().configure(config).build_from_hir(hir).ok()?;
    let config = dense::Config::new()
        .minimize(true)
        .accelerate(false)
        .start_kind(StartKind::Unanchored)
        .match_kind(MatchKind::All)
        .dfa_size_limit(Some(LARGEST))
        .determinize_size_limit(Some(4 * LARGEST));
    lay_out(&dense::Builder::new().configure(config).build_from_nfa(&nfa).ok()?)
}

fn lay_out(dfa: &dense::DFA<Vec<u32>>) -> Option<Vec<u8>> {
    let classes = dfa.byte_classes();
    let mut bytes: Vec<u8> = (0..=u8::MAX).map(|byte| classes.get(byte)).collect();
    let units: Vec<Unit> = classes.representatives(..).collect();
    bytes.extend(u16::try_from(units.len()).ok()?.to_le_bytes());
    let start = dfa.start_state_forward(&Input::new("")).ok()?;
    let mut numbers: FxHashMap<StateID, u16> = FxHashMap::from_iter([(start, START)]);
    let mut open = VecDeque::from([start]);
    while let Some(state) = open.pop_front() {
        for unit in &units {
            let next = match unit.as_u8() {
                Some(byte) => dfa.next_state(state, byte),
                None => dfa.next_eoi_state(state),
            };
            let new = START + u16::try_from(numbers.len()).ok()?;
            let number = if dfa.is_dead_state(next) {
                DEAD
            } else if dfa.is_match_state(next) || dfa.is_quit_state(next) {
                MATCH
            } else {
                *numbers.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    new
                })
            };
            bytes.extend(number.to_le_bytes());
        }
    }
    Some(bytes)
}

/// Matches wherever the expression does.
fn loosened(hir: &Hir, loose: Loose) -> Hir {
    let loosened = |hir: &Hir| loosened(hir, loose);
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            let (min, max) = match (repetition.min, repetition.max) {
                (min, Some(max @ ..=1)) => (min, Some(max)),
                (min, _) => (min.min(1), None),
            };
            Hir::repetition(Repetition { min, max, greedy: true, sub: Box::new(loosened(&repetition.sub)) })
        }
        HirKind::Capture(capture) => loosened(&capture.sub),
        HirKind::Concat(parts) => {
            let cut = |part: &Hir| loose == Loose::Cut && holds_run(part);
            let end = parts.iter().position(cut).map_or(parts.len(), |at| at + usize::from(!runs_on(&parts[at])));
            Hir::concat(parts[..end].iter().map(loosened).collect())
        }
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(loosened).collect()),
        HirKind::Class(Class::Unicode(class)) if loose == Loose::Exact && is_told(class) => hir.clone(),
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

/// Is it a part that [`runs_on`], or has one in it?
fn holds_run(hir: &Hir) -> bool {
    runs_on(hir) || hir.kind().subs().iter().any(holds_run)
}

/// Is it any number of nearly any signs?
fn runs_on(hir: &Hir) -> bool {
    const MANY: usize = 40;
    let HirKind::Repetition(repetition) = hir.kind() else { return false };
    let HirKind::Class(Class::Unicode(class)) = repetition.sub.kind() else { return false };
    let ascii = (0..128_u8)
        .filter(|byte| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&char::from(*byte))));
    repetition.max.is_none_or(|max| max > 1) && ascii.count() > MANY
}

/// Are the signs beyond ASCII that are in it few enough, or those that it leaves out: `[ÃÂ]`, `[^”]`? Then those are what matters.
fn is_told(class: &ClassUnicode) -> bool {
    const FEW: usize = 6;
    const SOME: usize = 40;
    let mut others = class.clone();
    others.negate();
    let beyond = |class: &ClassUnicode| class.ranges().iter().filter(|range| !range.end().is_ascii()).count();
    beyond(class) <= SOME || beyond(&others) <= FEW
}

/// Can the expression that the sieve is of match in the text? Without a sieve it can.
pub fn may_match(sieve: &[u8], text: &str) -> bool {
    let Some((ends, automaton)) = sieve.split_first_chunk::<32>() else { return true };
    let may_end = |last: &u8| ends[usize::from(last / 8)] & 1 << (last % 8) != 0;
    text.as_bytes().last().is_none_or(may_end) && runs(automaton, text)
}

/// Comes the automaton to a match in the text?
fn runs(automaton: &[u8], text: &str) -> bool {
    let Some((classes, numbers)) = automaton.split_first_chunk::<256>() else { return true };
    let Some(([width], states)) = numbers.as_chunks::<2>().0.split_first_chunk::<1>() else { return true };
    let width = usize::from(u16::from_le_bytes(*width));
    let follow = |state: u16, class: usize| {
        let next = states.get(usize::from(state - START) * width + class);
        next.map_or(MATCH, |next| u16::from_le_bytes(*next))
    };
    let mut state = START;
    for byte in text.bytes() {
        state = follow(state, usize::from(classes[usize::from(byte)]));
        if state <= MATCH {
            return state == MATCH;
        }
    }
    follow(state, width - 1) == MATCH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sieve_lets_through_what_the_expression_matches() {
        let sieve = build(r"(?-u:\b)x[a-zé]{2,3}y|“[^”]*$").expect("it is small");
        for text in ["an xaéy", "a “quotation", "xaaaaaaaay"] {
            assert!(may_match(&sieve, text), "{text}");
        }
        for text in ["", "axaay", "xAAy", "a “quotation”"] {
            assert!(!may_match(&sieve, text), "{text}");
        }
    }

    #[test]
    fn what_follows_a_cut_is_not_looked_for() {
        let hir = regex_syntax::parse(r"\[ ?(NAME(?:[ :][^\]\n]*[^\]\s])?|X)\]").expect("it is right");
        let sieve = automaton(&loosened(&hir, Loose::Cut)).expect("it is small");
        for text in ["the [NAME TO COME] said", "the [ NAME]", "the [X]"] {
            assert!(runs(&sieve, text), "{text}");
        }
        assert!(!runs(&sieve, "the [YEAR] said"));
    }

    #[test]
    fn a_long_list_is_told_by_its_beginnings() {
        let hir =
            regex_syntax::parse("as an AI (?:language )?model|let me know (?:if|whether) x").expect("it is right");
        let sieve = automaton(&beginning(&hir, 8).0).expect("it is small");
        for text in ["as an AI model", "so let me know if x", "as an AImless"] {
            assert!(runs(&sieve, text), "{text}");
        }
        assert!(!runs(&sieve, "let me go as an A"));
        // What is cut in one alternative is followed by nothing.
        let hir = regex_syntax::parse("(?:x+y|a long way|b)z").expect("it is right");
        let sieve = automaton(&beginning(&hir, 4).0).expect("it is small");
        for text in ["xxyz", "a long wayz", "bz"] {
            assert!(runs(&sieve, text), "{text}");
        }
        assert!(!runs(&sieve, "a lama"));
    }

    #[test]
    fn what_ends_a_text_is_asked_first() {
        let sieve = build(r"^\p{Lu}.* (?:\p{Ll}+|[0-9](?:,|;)?)$").expect("it is small");
        for text in ["A cat saw", "A garçon é", "A 1", "A 1,"] {
            assert!(may_match(&sieve, text), "{text}");
        }
        let ends = sieve.first_chunk::<32>().expect("they come first");
        let may_end = |byte: u8| ends[usize::from(byte / 8)] & 1 << (byte % 8) != 0;
        assert!(may_end(b'z') && may_end(b';') && may_end(0xA9) && !may_end(b'.') && !may_end(b'A') && !may_end(b' '));
        assert_eq!(build("a$|b").expect("it is small")[..32], [u8::MAX; 32]);
        assert_eq!(build("a*$").expect("it is small")[..32], [u8::MAX; 32]);
    }

    #[test]
    fn what_has_no_sieve_lets_everything_through() {
        assert!(may_match(&[], "") && may_match(b"none", "x"));
    }
}
