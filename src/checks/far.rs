//! Rules that look through the whole draft for their second form.
//!
//! Each match of the first form is held against each match of the second. So what hangs on one of the two alone is
//! asked once, not once a pair, and the second form is looked for only when a first one has met its own conditions.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};

use factlint_rules::Rule;
use factlint_rules::check::{Guard, PatternCheck};
use factlint_rules::expr::{Expr, Op};
use factlint_rules::program::Program;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHasher};

use super::case::{Case, Verdict};
use super::guards::{self, Place};
use super::kept::Kept;
use super::matcher::{Match, matches_at};
use super::pattern::{Judge, Judged, both};
use super::places::{Places, Reach};
use super::plan::{RulePrograms, RuleSet};
use crate::expressions::{Context, Value, Words, are_near, evaluate, is_slip, is_transposed, number};
use crate::mentions::{Draft, Passage};

/// More matches of a second form than that are not compared with each of the first: the rule says nothing.
const MOST: usize = 512;

/// Slots, one bit each.
type Slots = u64;
/// The bit of what is no slot of either form: the block, the whole match.
const ELSE: Slots = 1 << 63;

/// The second forms of a draft's rules.
pub struct Seconds<'r> {
    /// By the places of the rules.
    of: FxHashMap<usize, Second<'r>>,
    search: Search<'r>,
}

/// How second forms are looked for.
struct Search<'r> {
    rules: &'r RuleSet,
    places: Places,
}

/// The second form of a rule in a draft.
struct Second<'r> {
    split: &'r Split,
    /// Where it stands; nowhere, if it stands too often.
    matches: OnceCell<Vec<Other>>,
}

/// A match of the second form.
struct Other {
    way: Match,
    /// The key of its words in the slots that both forms fill.
    key: u64,
    /// The figure that bonds are asked of.
    figure: Option<Figure>,
    /// Does it meet the parts that hang on it alone? Asked when a first form is held against it.
    meets: OnceCell<bool>,
}

/// The conditions of a rule taken apart, by the form that each part hangs on.
#[derive(Debug)]
pub struct Split {
    /// The slots that the second form can fill.
    fills: Slots,
    /// Those that only it can fill.
    alone: Slots,
    /// What must hold for the rule to apply, part by part.
    parts: Vec<Part>,
    /// Which of them ask nothing but in what block the second form stands.
    of_blocks: Vec<usize>,
    /// How many parts there are that are not taken apart.
    count: usize,
    /// What each guard hangs on, in their order; nothing but the first form where it is a pattern.
    guards: Vec<Slots>,
    /// What a figure of the first form and one of the second have to have in common.
    bonds: Option<Bonds>,
}

/// What a figure of the first form and one of the second have to have in common for a rule to compare them, as its condition
/// tells. It is asked before anything else, for few pairs of a draft have it.
#[derive(Debug)]
struct Bonds {
    own: u8,
    theirs: u8,
    /// One of these at least.
    any: Vec<Bond>,
}

/// How the printed values of two figures hang together.
#[derive(Clone, Debug)]
enum Bond {
    /// They are the same.
    Same,
    /// One is so many times the other.
    Times(Decimal),
    /// A slip of the keys leads from one to the other.
    Slip,
    /// They have the same digits in another order.
    Transposed,
    /// They differ by that part of the greater at most.
    Near(Decimal),
}

impl Bond {
    fn holds(&self, a: Decimal, b: Decimal) -> bool {
        match self {
            Bond::Same => a == b,
            Bond::Times(times) => [(a, b), (b, a)].iter().any(|(a, b)| b.checked_mul(*times) == Some(*a)),
            Bond::Slip => is_slip(a, b),
            Bond::Transposed => is_transposed(a, b),
            Bond::Near(part) => are_near(a, b, *part) != Some(false),
        }
    }
}

impl Bonds {
    /// The bonds that a condition asks for between a slot of the first form and one that only the second fills.
    fn of(parts: &[Part], check: &PatternCheck, fills: Slots, alone: Slots) -> Option<Bonds> {
        let sides = |(a, b, _): &(u8, u8, Bond)| {
            let is_theirs = |slot: u8| alone & 1 << slot != 0;
            let is_own = |slot: u8| fills & 1 << slot == 0;
            [(*a, *b), (*b, *a)].into_iter().find(|(own, theirs)| is_own(*own) && is_theirs(*theirs))
        };
        parts.iter().filter_map(|part| part.bonds(check)).find_map(|pairs| {
            let (own, theirs) = sides(pairs.first()?)?;
            let one_pair = pairs.iter().all(|pair| sides(pair) == Some((own, theirs)));
            one_pair.then(|| Bonds { own, theirs, any: pairs.into_iter().map(|(_, _, bond)| bond).collect() })
        })
    }

    /// May two figures be compared? One whose value is not known may be; none is with itself.
    fn hold(&self, own: Option<Figure>, theirs: Option<Figure>) -> bool {
        own.zip(theirs).is_none_or(|(own, theirs)| {
            own.words != theirs.words && self.any.iter().any(|bond| bond.holds(own.face, theirs.face))
        })
    }
}

/// A figure that bonds are asked of.
#[derive(Clone, Copy)]
struct Figure {
    words: Words,
    /// What it says in print.
    face: Decimal,
}

impl Figure {
    /// The figure in that slot of a match; `None` if there is none.
    fn of(way: &Match, slot: u8, draft: &Draft) -> Option<Figure> {
        let (_, words) = way.captures.iter().find(|(other, _)| *other == slot)?;
        Some(Figure { words: *words, face: number(draft, words)?.face })
    }
}

/// A part of a condition, with the slots that it hangs on.
#[derive(Debug)]
enum Part {
    /// `a and b`, `a or b`.
    Both(Op, Box<(Part, Part)>, Slots),
    /// Anything else, with its number among such parts.
    One(Expr, usize, Slots),
}

impl Part {
    /// Takes a condition apart; `count` is of the parts so far.
    fn of(expr: &Expr, check: &PatternCheck, count: &mut usize) -> Part {
        if let Expr::Binary(op @ (Op::And | Op::Or), left, right) = expr {
            let both = (Part::of(left, check, count), Part::of(right, check, count));
            let slots = both.0.slots() | both.1.slots();
            return Part::Both(*op, Box::new(both), slots);
        }
        *count += 1;
        Part::One(expr.clone(), *count - 1, slots_of(expr, check))
    }

    fn slots(&self) -> Slots {
        match self {
            Part::Both(_, _, slots) | Part::One(_, _, slots) => *slots,
        }
    }

    /// Between which slots it asks for which bonds, one of them at least; `None` if it can hold without.
    fn bonds(&self, check: &PatternCheck) -> Option<Vec<(u8, u8, Bond)>> {
        match self {
            Part::Both(Op::Or, both, _) => {
                let mut any = both.0.bonds(check)?;
                any.extend(both.1.bonds(check)?);
                Some(any)
            }
            Part::Both(_, both, _) => both.0.bonds(check).or_else(|| both.1.bonds(check)),
            Part::One(expr, ..) => bond_of(expr, check).map(|bond| vec![bond]),
        }
    }

    /// Does it ask nothing but of what kind blocks are and where they stand?
    fn asks_block_alone(&self) -> bool {
        match self {
            Part::Both(_, both, _) => both.0.asks_block_alone() && both.1.asks_block_alone(),
            Part::One(Expr::Binary(_, left, right), ..) => [left, right].into_iter().all(|side| match &**side {
                Expr::Field(of, field) => {
                    matches!(**of, Expr::Var(_)) && matches!(field.as_str(), "block-kind" | "block-number")
                }
                Expr::Text(_) | Expr::Number(_) => true,
                _ => false,
            }),
            Part::One(..) => false,
        }
    }

    /// The parts that must all hold.
    fn split(self, each: &mut Vec<Part>) {
        match self {
            Part::Both(Op::And, both, _) => {
                both.0.split(each);
                both.1.split(each);
            }
            part => each.push(part),
        }
    }

    /// Is it true? What hangs on the first form alone (`is_own`) is asked once a match, and kept in `known`.
    fn truth(&self, cx: &Context, is_own: &dyn Fn(Slots) -> bool, known: &[OnceCell<Option<bool>>]) -> Option<bool> {
        match self {
            Part::One(expr, number, slots) if is_own(*slots) => {
                *known[*number].get_or_init(|| evaluate(expr, cx).truth())
            }
            Part::One(expr, ..) => evaluate(expr, cx).truth(),
            Part::Both(op, both, _) => {
                let decides = Some(*op == Op::Or);
                let left = both.0.truth(cx, is_own, known);
                if left == decides {
                    return left;
                }
                let right = both.1.truth(cx, is_own, known);
                if right == decides { right } else { left.and(right) }
            }
        }
    }
}

impl Split {
    /// Takes the conditions of a rule apart.
    pub fn new(rule: &Rule, check: &PatternCheck, programs: &RulePrograms) -> Split {
        let slots = |forms: &[Program]| forms.iter().map(Program::slots).fold(0, |all, slots| all | slots);
        let (first, fills) = (slots(&programs.forms), slots(&programs.with));
        let mut parts = Vec::new();
        let mut count = 0;
        if let Some(condition) = &rule.applies {
            Part::of(condition, check, &mut count).split(&mut parts);
        }
        let guards = check.unless.iter().chain(&check.require).map(|guard| match guard {
            Guard::Condition(condition) => slots_of(condition, check),
            Guard::Pattern(..) => 0,
        });
        let alone = fills & !first;
        let bonds = Bonds::of(&parts, check, fills, alone);
        let asks_block = |part: &Part| part.slots() != 0 && part.slots() & !alone == 0 && part.asks_block_alone();
        let of_blocks = (0..parts.len()).filter(|at| asks_block(&parts[*at])).collect();
        Split { fills, alone, parts, of_blocks, count, guards: guards.collect(), bonds }
    }

    /// Is that a block in which the second form may stand, by what asks nothing but that?
    fn may_stand_in(&self, passage: usize, judge: &Judge) -> bool {
        if self.of_blocks.is_empty() {
            return true;
        }
        let words = Value::Words(Words::tokens(passage, 0, 0));
        let vars: Vec<(&str, Value)> =
            judge.check.slots.iter().map(|slot| (slot.name.as_str(), words.clone())).collect();
        let cx = Context { passage, ..judge.context(&vars) };
        self.of_blocks.iter().all(|at| self.parts[*at].truth(&cx, &|_| false, &[]) == Some(true))
    }

    /// Does that hang on nothing but the first form, which has filled these slots?
    fn is_own(&self, slots: Slots, filled: Slots) -> bool {
        slots & self.fills & !filled == 0
    }

    /// Does that hang on nothing but the second form?
    fn is_theirs(&self, slots: Slots) -> bool {
        slots != 0 && slots & !self.alone == 0
    }

    /// The key of a match's words in the slots that both forms fill; 0 if it does not fill them all.
    fn key(&self, way: &Match, judge: &Judge) -> u64 {
        let shared = self.fills & !self.alone;
        let mut hasher = FxHasher::default();
        let mut left = shared;
        for (slot, words) in way.captures.iter().filter(|(slot, _)| shared & 1 << slot != 0) {
            left &= !(1 << slot);
            words.text(judge.draft).hash(&mut hasher);
        }
        if left == 0 && shared != 0 { hasher.finish() } else { 0 }
    }
}

impl Other {
    /// Does it meet the parts that hang on the second form alone?
    fn meets(&self, split: &Split, judge: &Judge) -> bool {
        *self.meets.get_or_init(|| {
            let vars = judge.vars(&self.way);
            let passage = self.way.captures.first().map_or(judge.passage.index, |(_, words)| words.passage);
            let cx = Context { passage, ..judge.context(&vars) };
            let mut theirs = split.parts.iter().filter(|part| split.is_theirs(part.slots()));
            theirs.all(|part| part.truth(&cx, &|_| false, &[]) == Some(true))
        })
    }
}

impl<'r> Seconds<'r> {
    /// None are known yet.
    pub fn new(rules: &'r RuleSet) -> Seconds<'r> {
        Seconds { of: FxHashMap::default(), search: Search { rules, places: Places::default() } }
    }
}

impl Search<'_> {
    /// Where the second forms of a rule stand in a passage.
    fn matches(&mut self, judge: &Judge, place: usize, passage: &Passage) -> Vec<Match> {
        let kept = Kept::of(passage);
        let features = kept.features(passage);
        let forms = judge.programs.with.iter().enumerate();
        let mut forms = forms.filter(|(_, form)| features.have(form.needs())).peekable();
        if forms.peek().is_none() {
            return Vec::new();
        }
        kept.seconds(place, passage, || {
            let (language, lexicons) = (passage.language, judge.draft.lexicons);
            let places = &mut self.places;
            let rows = kept.rows(passage, self.rules.asked(language, lexicons), places);
            places.look_into(&rows.features, passage);
            let steps = self.rules.far_steps(language, place, lexicons);
            let mut found = Vec::new();
            for (number, form) in forms {
                let attempt = |at: usize| {
                    let sentence = &passage.sentences[passage.sentence_of(at)];
                    found.extend(matches_at(form, passage, at, sentence.end as usize));
                };
                match steps.get(number) {
                    Some(steps) if !steps.is_empty() => {
                        places.of(rows, passage, steps, Reach::Sentence).for_each(attempt);
                    }
                    _ => (0..passage.tokens.len()).for_each(attempt),
                }
            }
            found.sort_by_key(|found| found.first);
            found
        })
    }
}

impl Second<'_> {
    fn matches(&self, judge: &Judge, place: usize, search: &mut Search) -> &[Other] {
        judge.draft.look_around();
        self.matches.get_or_init(|| {
            let mut found = Vec::new();
            for passage in judge.draft.passages() {
                if !self.split.may_stand_in(passage.index, judge) {
                    continue;
                }
                found.extend(search.matches(judge, place, passage));
                if found.len() > MOST {
                    return Vec::new();
                }
            }
            let other = |way: Match| {
                let figure = self.split.bonds.as_ref().and_then(|bonds| Figure::of(&way, bonds.theirs, judge.draft));
                Other { key: self.split.key(&way, judge), figure, way, meets: OnceCell::new() }
            };
            found.into_iter().map(other).collect()
        })
    }
}

/// The bond that an expression asks for: `a.face == b.face`, `slip-of(a.face, b.face)`.
fn bond_of(expr: &Expr, check: &PatternCheck) -> Option<(u8, u8, Bond)> {
    let slot = |expr: &Expr| match expr {
        Expr::Field(of, name) if name == "face" => match &**of {
            Expr::Var(name) => check.slots.iter().position(|slot| slot.name == *name && !slot.list),
            _ => None,
        },
        _ => None,
    };
    let (a, b, bond) = match expr {
        Expr::Binary(Op::Equal, a, b) => match &**b {
            Expr::Binary(Op::Multiply, b, times) => match &**times {
                Expr::Number(times) => (&**a, &**b, Bond::Times(*times)),
                _ => return None,
            },
            b => (&**a, b, Bond::Same),
        },
        Expr::Call(name, arguments) => match (name.as_str(), &arguments[..]) {
            ("slip-of", [a, b]) => (a, b, Bond::Slip),
            ("transposed", [a, b]) => (a, b, Bond::Transposed),
            ("near", [a, b, Expr::Number(part)]) => (a, b, Bond::Near(*part)),
            _ => return None,
        },
        _ => return None,
    };
    Some((slot(a)? as u8, slot(b)? as u8, bond))
}

/// Do both forms fill their first slots with the very same words?
fn is_there(way: &Match, other: &Match) -> bool {
    let first = |way: &Match| way.captures.first().map(|(_, words)| (words.passage, words.first, words.end));
    first(way) == first(other) && way.first == other.first
}

/// The slots that an expression hangs on.
fn slots_of(expr: &Expr, check: &PatternCheck) -> Slots {
    match expr {
        Expr::Number(_) | Expr::Text(_) | Expr::Bool(_) | Expr::Class(_) => 0,
        Expr::Var(name) => check.slots.iter().position(|slot| slot.name == *name).map_or(ELSE, |at| 1 << at),
        Expr::Field(inner, _) | Expr::Not(inner) | Expr::Negative(inner) => slots_of(inner, check),
        Expr::Call(_, arguments) => arguments.iter().fold(0, |all, argument| all | slots_of(argument, check)),
        Expr::Binary(_, left, right) => slots_of(left, check) | slots_of(right, check),
    }
}

impl<'r> Judge<'r, '_> {
    /// As [`Judge::judge`], with a second form that may stand anywhere in the draft.
    pub fn judge_far(
        &self,
        mut ways: Vec<Match>,
        place: usize,
        seconds: &mut Seconds<'r>,
    ) -> Option<(Option<Case<'r>>, usize)> {
        let split = self.programs.split.get_or_init(|| Split::new(self.rule, self.check, self.programs));
        let Seconds { of, search } = seconds;
        let second = of.entry(place).or_insert_with(|| Second { split, matches: OnceCell::new() });
        ways.sort_by_key(|way| std::cmp::Reverse(way.end));
        let mut judged = Judged::default();
        for way in ways {
            let filled = way.captures.iter().fold(0, |all, (slot, _)| all | 1 << slot);
            let is_own = |slots: Slots| split.is_own(slots, filled);
            let figure = split.bonds.as_ref().and_then(|bonds| Figure::of(&way, bonds.own, self.draft));
            let is_bound = |other: &Other| split.bonds.as_ref().is_none_or(|bonds| bonds.hold(figure, other.figure));
            // Few figures are bound to any other, and in few drafts does a second form meet its own conditions; nothing more is asked
            // of the rest. But the second form is not looked for because of a first one that its own conditions leave out.
            let may_pair = |other: &Other| is_bound(other) && other.meets(split, self);
            if second.matches.get().is_some_and(|matches| !matches.iter().any(may_pair)) {
                self.draft.look_around();
                continue;
            }
            let mut vars = self.vars(&way);
            let known = vec![OnceCell::new(); split.count];
            let mut own = split.parts.iter().filter(|part| is_own(part.slots()));
            if !own.all(|part| part.truth(&self.context(&vars), &is_own, &known) == Some(true)) {
                continue;
            }
            let silent = |vars: &[(&'r str, Value)], own: bool| {
                let place = Place { passage: self.passage, first: way.first, end: way.end };
                guards::is_silent_of(
                    self.programs,
                    &self.check.unless,
                    &self.check.require,
                    place,
                    &self.context(vars),
                    |guard| is_own(split.guards[guard]) == own,
                )
            };
            let matches = second.matches(self, place, search);
            if matches.is_empty() {
                continue;
            }
            let key = split.key(&way, self);
            let mut own_silent = None;
            for found in matches.iter().filter(|other| is_bound(other)) {
                let other = &found.way;
                let other_words = key != 0 && found.key != 0 && key != found.key;
                if other_words || is_there(&way, other) || !self.same_slots(&way, other) || !found.meets(split, self) {
                    continue;
                }
                self.fill(&mut vars, split.fills & !filled, other);
                let cx = self.context(&vars);
                let mut pair = split.parts.iter().filter(|part| {
                    let slots = part.slots();
                    !is_own(slots) && !split.is_theirs(slots)
                });
                if !pair.all(|part| part.truth(&cx, &is_own, &known) == Some(true)) {
                    continue;
                }
                let verdict = self.verdict(&cx);
                if verdict == Some(Verdict::Holds) {
                    let case = Case::new(self.rule, self.accused(&both(&way, other)), Verdict::Holds, vars);
                    return Some((Some(case), way.end));
                }
                if *own_silent.get_or_insert_with(|| silent(&vars, true)) || silent(&vars, false) {
                    judged.guarded.get_or_insert(way.end);
                } else if let Some(verdict) = verdict {
                    judged.accused.get_or_insert_with(|| {
                        let words = self.accused(&both(&way, other));
                        (Case::new(self.rule, words, verdict, vars.clone()), way.end)
                    });
                }
            }
        }
        judged.told()
    }

    /// Sets these slots to what another match has in them.
    fn fill(&self, vars: &mut [(&'r str, Value)], slots: Slots, other: &Match) {
        for (number, slot) in self.check.slots.iter().enumerate().filter(|(number, _)| slots & 1 << number != 0) {
            vars[number].1 = Judge::value(slot, number, other);
        }
    }
}
