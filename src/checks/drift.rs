//! `agree` over words of a lexicon class: spellings that drift within one draft.
//!
//! `of: <dialect>` gathers the words of the class; `same` says which of them are one thing (`document`: all of them;
//! `value`: those of one value), `differ` in what they must not differ (`value`, or the letters: `words`). The rarer form
//! is accused, each place by itself, with the nearest word of the other form as its label. `same: stem` and `differ: branch`
//! are the two halves of a value (`potential:z`), so that inflected forms are one word. `same: letters` gathers compounds
//! around a hyphen of the class, and the same letters without it.

use factlint_rules::check::{AgreeCheck, Check};
use factlint_rules::lexicon::{ClassId, word_key};
use factlint_rules::program::Feature;
use factlint_rules::rule::CheckKind;
use factlint_rules::token::{Shape, TokenKind, fold};
use factlint_rules::{Rule, Severity};
use rustc_hash::{FxHashMap, FxHashSet};

use super::block::is_heading;
use super::case::{Accused, Case, Verdict};
use super::guards::{self, Place};
use super::kept::Kept;
use super::plan::{Plan, RulePrograms, RuleSet};
use crate::expressions::{Context, Value, Words, holds};
use crate::mentions::{Draft, Passage};

/// Adds the cases of these rules.
pub fn run<'r>(draft: &Draft, rules: &'r RuleSet, plan: &Plan, cases: &mut Vec<Case<'r>>) {
    for (place, rule) in rules.of_kind(CheckKind::Agree, plan) {
        let Check::Agree(check) = &*rule.check else { continue };
        let class = check.of.strip_prefix('<').and_then(|of| of.strip_suffix('>'));
        let Some(class) = class else { continue };
        let programs = rules.programs(place);
        let class = draft.lexicons.class(class);
        let found = match check.same.as_str() {
            "letters" => compounds(draft, rule, class),
            _ => gather(draft, rule, check, class),
        };
        judge(draft, rule, check, programs, &found, cases);
    }
}

/// A word of the class, what thing it is, and in which form.
#[derive(Debug)]
struct Form {
    words: Words,
    thing: String,
    spelling: String,
}

fn gather(draft: &Draft, rule: &Rule, check: &AgreeCheck, class: ClassId) -> Vec<Form> {
    let mut found = Vec::new();
    let has = |passage: &Passage| Kept::of(passage).features(passage).have(&[Feature::Class(class)]);
    let passages = draft.passages().iter().filter(|passage| has(passage));
    for passage in passages.filter(|passage| rule.runs_in(&passage.lexicon.language) && !is_heading(passage)) {
        let mut at = 0;
        while at < passage.tokens.len() {
            let Some(hit) = passage.hit(at, class) else {
                at += 1;
                continue;
            };
            let end = at + hit.len as usize;
            let mut words = Words::tokens(passage.index, at, end);
            words.hit = Some((hit.class, hit.value));
            if is_narrators(passage, at, end) {
                let value = passage.lexicon.value(hit.value);
                let (stem, branch) = value.split_once(':').unwrap_or((value, ""));
                let thing = match check.same.as_str() {
                    "value" => value,
                    "stem" => stem,
                    _ => "",
                };
                let spelling = match check.differ.as_str() {
                    "value" => value.to_owned(),
                    "branch" => branch.to_owned(),
                    _ => fold(words.text(draft)),
                };
                found.push(Form { words, thing: thing.to_owned(), spelling });
            }
            at = end;
        }
    }
    found
}

/// Compounds that are written with a hyphen of the class, and the words of the same letters without it.
fn compounds(draft: &Draft, rule: &Rule, class: ClassId) -> Vec<Form> {
    let has = |passage: &Passage| Kept::of(passage).features(passage).have(&[Feature::Class(class)]);
    if !draft.passages().iter().any(has) {
        return Vec::new();
    }
    let passages =
        || draft.passages().iter().filter(|passage| rule.runs_in(&passage.lexicon.language) && !is_heading(passage));
    let mut found = Vec::new();
    for passage in passages().filter(|passage| has(passage)) {
        let mut at = 0;
        while at < passage.tokens.len() {
            // Most words stand alone.
            if !passage.glued(at + 1) {
                at += 1;
                continue;
            }
            let end = chain(passage, at, class);
            if end > at + 1
                && is_narrators(passage, at, at + 1)
                && let Some((thing, spelling)) = joined(passage, at, end)
            {
                found.push(Form { words: Words::tokens(passage.index, at, end), thing, spelling });
            }
            at = end.max(at + 1);
        }
    }
    if found.is_empty() {
        return found;
    }
    let known: FxHashSet<String> = found.iter().map(|form| form.thing.clone()).collect();
    let mut keys: FxHashSet<u64> = known.iter().map(|thing| word_key(thing)).collect();
    keys.extend(known.iter().flat_map(|thing| ENDINGS.iter().map(move |ending| word_key(&format!("{thing}{ending}")))));
    for passage in passages() {
        // Few words of a draft are a compound without its hyphen.
        for at in (0..passage.tokens.len()).filter(|at| keys.contains(&passage.keys[*at])) {
            let token = &passage.tokens[at];
            if token.kind == TokenKind::Word
                && (token.end - token.start) as usize >= SHORTEST
                && !is_in_chain(passage, at, class)
                && is_narrators(passage, at, at + 1)
            {
                let word = stem(passage, &fold(passage.word(at)));
                if known.contains(&word) {
                    found.push(Form {
                        words: Words::tokens(passage.index, at, at + 1),
                        thing: word.clone(),
                        spelling: word,
                    });
                }
            }
        }
    }
    found.sort_by_key(|form| (form.words.passage, form.words.first));
    found
}

/// The fewest letters of a compound that is looked at.
const SHORTEST: usize = 7;

/// The token after the words that hyphens join from a token on.
fn chain(passage: &Passage, at: usize, class: ClassId) -> usize {
    let is_word = |at: usize| passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
    let mut end = at + 1;
    if !is_word(at) {
        return end;
    }
    while passage.has(end, class) && passage.glued(end) && passage.glued(end + 1) && is_word(end + 1) {
        end += 2;
    }
    // “Haupt-, Neben-”: a hyphen that stays open makes no compound.
    if passage.has(end, class) && passage.glued(end) { end + 1 } else { end }
}

/// Is a token joined to another by a hyphen, before or behind it?
fn is_in_chain(passage: &Passage, at: usize, class: ClassId) -> bool {
    let behind = passage.has(at + 1, class) && passage.glued(at + 1);
    let before = at > 0 && passage.has(at - 1, class) && passage.glued(at);
    behind || before && passage.glued(at - 1)
}

/// The letters of a compound, and how it is parted.
fn joined(passage: &Passage, at: usize, end: usize) -> Option<(String, String)> {
    let nouns = passage.lexicon.language == "de";
    let mut spelling = String::new();
    for part in (at..end).step_by(2) {
        let word = passage.word(part);
        let shape = passage.tokens[part].shape;
        let plain = match shape {
            Shape::Lower => true,
            Shape::Capitalised => nouns || part == at,
            _ => false,
        };
        if !plain || word.chars().count() < 2 || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        if !spelling.is_empty() {
            spelling.push('-');
        }
        spelling.push_str(&fold(word));
    }
    // To re-sign is not to resign.
    if spelling.len() <= SHORTEST || spelling.starts_with("re-") || (end - at).is_multiple_of(2) {
        return None;
    }
    let spelling = stem(passage, &spelling);
    Some((spelling.replace('-', ""), spelling))
}

/// What inflects the nouns of German and Dutch, the longer first; those of others take the last.
const ENDINGS: [&str; 6] = ["es", "en", "er", "n", "e", "s"];

/// A word without what inflects it.
fn stem(passage: &Passage, word: &str) -> String {
    let endings = match passage.lexicon.language.as_str() {
        "de" | "nl" => &ENDINGS[..],
        _ => &ENDINGS[ENDINGS.len() - 1..],
    };
    let short = endings.iter().find_map(|ending| word.strip_suffix(ending)).filter(|short| short.len() + 1 >= SHORTEST);
    short.unwrap_or(word).to_owned()
}

/// Not quoted, not set as a title, and not part of a name: bodies keep their own spelling.
fn is_narrators(passage: &Passage, at: usize, end: usize) -> bool {
    let token = &passage.tokens[at];
    // Its nouns have capitals, too.
    let nouns = passage.lexicon.language == "de";
    let is_name = match token.shape {
        Shape::Lower | Shape::None => false,
        Shape::Capitalised | Shape::Initial if nouns => false,
        Shape::Capitalised => {
            !passage.opens_sentence(at) || passage.tokens.get(end).is_some_and(|next| next.shape == Shape::Capitalised)
        }
        _ => true,
    };
    !is_name && !passage.is_emphasised(at) && !passage.quoted[at]
}

fn judge<'r>(
    draft: &Draft,
    rule: &'r Rule,
    check: &AgreeCheck,
    programs: &RulePrograms,
    found: &[Form],
    cases: &mut Vec<Case<'r>>,
) {
    let mut things: FxHashMap<&str, Vec<&Form>> = FxHashMap::default();
    for form in found {
        things.entry(&form.thing).or_default().push(form);
    }
    let house = draft.settings.dialect.as_deref().filter(|_| check.same == "document");
    for forms in things.values() {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for form in forms {
            match counts.iter_mut().find(|(name, _)| *name == form.spelling) {
                Some((_, count)) => *count += 1,
                None => counts.push((&form.spelling, 1)),
            }
        }
        let knows_house = |house: &str| {
            counts.iter().any(|(name, _)| *name == house)
                || counts.iter().any(|(name, _)| name.split('-').next() == house.split('-').next())
        };
        let wanted = match house.filter(|house| knows_house(house)) {
            Some(house) => house,
            // The first of the commonest: of two that are even, the later is accused.
            None => match counts.iter().rev().max_by_key(|(_, count)| *count) {
                Some((name, _)) if counts.len() > 1 => name,
                _ => continue,
            },
        };
        for culprit in forms.iter().filter(|form| form.spelling != wanted) {
            let place = |words: &Words| (words.passage, words.first);
            let other = forms
                .iter()
                .filter(|form| form.spelling == wanted)
                .min_by_key(|form| {
                    let (a, b) = (place(&form.words), place(&culprit.words));
                    (a.0.abs_diff(b.0), a.1.abs_diff(b.1))
                })
                .map_or(Value::Unknown, |form| Value::Words(form.words));
            let alone = matches!(other, Value::Unknown);
            let vars = vec![("culprit", Value::Words(culprit.words)), ("other", other)];
            let cx = Context { draft, passage: culprit.words.passage, vars: &vars };
            if !rule.applies.as_ref().is_none_or(|condition| holds(condition, &cx)) {
                continue;
            }
            let passage = &draft.passages()[culprit.words.passage];
            let at = Place { passage, first: culprit.words.first as usize, end: culprit.words.end as usize };
            if guards::is_silent(programs, &check.unless, &[], at, &cx) {
                continue;
            }
            let mut case = Case::new(rule, Accused::Words(culprit.words), Verdict::Contradicts, vars);
            if let Some(house) = house {
                case.severity = Some(Severity::Warning);
                if alone {
                    case.message = Some(format!("“{}” is not {house} spelling", culprit.words.text(draft)));
                }
            }
            cases.push(case);
        }
    }
}
