//! One acronym in two cases: NATO and Nato. Parts of a hyphenated word (`Russia-Nato`) are words of their own.

use std::cell::OnceCell;
use std::ops::Range;

use factlint_rules::Kind;
use factlint_rules::lexicon::{ClassId, word_key};
use factlint_rules::token::{Shape, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::definitions::is_neighbour_swap;
use super::pair::Pair;
use super::spelling::{distance, folded};
use crate::document::BlockKind;
use crate::expressions::Words;
use crate::mentions::names::opens;
use crate::mentions::{Draft, Passage};

/// A draft with more words of capitals than this, which no table knows, sets words in capitals for other reasons.
const LOUD: usize = 12;

/// An acronym that the draft has so many times is one that it knows.
const OFTEN: usize = 3;

/// Pairs of forms that differ in their capitals only.
pub fn cases(draft: &Draft) -> Vec<Pair> {
    let mut upper: FxHashMap<&str, Vec<Words>> = FxHashMap::default();
    let bodies = || draft.passages().iter().filter(|passage| !is_title(passage));
    for passage in bodies() {
        for at in capitals(passage) {
            let token = &passage.tokens[at];
            if (4..=8).contains(&(token.end - token.start)) && !in_a_code(passage, at) {
                upper.entry(passage.word(at)).or_default().push(Words::tokens(passage.index, at, at + 1));
            }
        }
    }
    if upper.is_empty() {
        return Vec::new();
    }
    let explained = draft.things().explained();
    let keys: FxHashSet<u64> = upper.keys().map(|letters| word_key(letters)).collect();
    let mut capital: FxHashMap<&str, Vec<Words>> = FxHashMap::default();
    for passage in bodies() {
        for (at, token) in passage.tokens.iter().enumerate() {
            if token.shape != Shape::Capitalised || !keys.contains(&passage.keys[at]) {
                continue;
            }
            // “SocksProxy5”: part of a code.
            let code = |at: usize| {
                passage.tokens.get(at).is_some_and(|token| matches!(token.kind, TokenKind::Number | TokenKind::Word))
            };
            if passage.glued(at) && code(at - 1) || passage.glued(at + 1) && code(at + 1) {
                continue;
            }
            let letters = passage.word(at).to_uppercase();
            // A word that opens a sentence may be any word.
            if opens(passage, at) && !is_known(draft, passage, &letters) && !explained.contains(&letters) {
                continue;
            }
            if let Some((letters, _)) = upper.get_key_value(letters.as_str()) {
                capital.entry(letters).or_default().push(Words::tokens(passage.index, at, at + 1));
            }
        }
    }
    let shouts = upper.keys().filter(|letters| !draft.lexicons.tables().is_acronym(letters)).count() > LOUD;
    let mut letters: Vec<&str> = capital.keys().copied().collect();
    letters.sort_unstable();
    let mut pairs = Vec::new();
    for letters in letters {
        let before = pairs.len();
        add(draft, &upper[letters], &capital[letters], letters, &mut pairs);
        for pair in &mut pairs[before..] {
            pair.fact("shouts", shouts);
            pair.fact("defined", explained.contains(letters));
        }
    }
    pairs
}

/// Pairs of forms that differ in their full stops only: F.B.I. and FBI. The rarer one is told, at a tie the later.
pub fn stops(draft: &Draft) -> Vec<Pair> {
    let the = draft.lexicons.class("the-word");
    let bodies = || draft.passages().iter().filter(|passage| passage.block.kind.is_prose() && !is_title(passage));
    let mut forms: FxHashMap<String, [Vec<Words>; 2]> = FxHashMap::default();
    for passage in bodies() {
        let mut next = 0;
        for at in 0..passage.tokens.len() {
            if at >= next
                && passage.tokens[at].shape == Shape::Initial
                && let Some((end, letters)) = stopped_letters(passage, at, the)
            {
                let words = Words::tokens(passage.index, at, end);
                if !words.quoted(draft) {
                    forms.entry(letters).or_default()[0].push(words);
                }
                next = end;
            }
        }
    }
    if forms.is_empty() {
        return Vec::new();
    }
    for passage in bodies() {
        for at in capitals(passage) {
            let words = Words::tokens(passage.index, at, at + 1);
            if let Some([_, plain]) = forms.get_mut(passage.word(at))
                && !words.quoted(draft)
            {
                plain.push(words);
            }
        }
    }
    let mut pairs = Vec::new();
    for (letters, [stopped, plain]) in &forms {
        let Some(mut pair) = Pair::of_forms(draft, stopped, plain) else { continue };
        pair.fact("known", letters.chars().count() > 2 || draft.lexicons.tables().is_acronym(letters));
        pairs.push(pair);
    }
    pairs.sort_unstable_by_key(|pair| (pair.culprit.passage, pair.culprit.first));
    pairs
}

/// Single capitals with a full stop behind each, from that token on, that are no initials of a name: where they end, and the letters.
fn stopped_letters(passage: &Passage, at: usize, the: ClassId) -> Option<(usize, String)> {
    let is_letter = |at: usize| {
        passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.shape == Shape::Initial)
    };
    let mut letters = String::new();
    let mut end = at;
    while is_letter(end) && (end == at || passage.glued(end)) && passage.is_sign(end + 1, '.') && passage.glued(end + 1)
    {
        letters.push_str(passage.word(end));
        end += 2;
    }
    let joined = at > 0 && passage.glued(at) && (passage.is_sign(at - 1, '.') || passage.is_sign(at - 1, '-'));
    // “J.F.K. Roe”, but “the F.B.I. Director”.
    let initials = passage.kinds_at(end).has(Kind::Capitalised) && !(at > 0 && passage.has(at - 1, the));
    (letters.chars().count() > 1 && !joined && !initials).then_some((end, letters))
}

fn add(draft: &Draft, upper: &[Words], capital: &[Words], letters: &str, pairs: &mut Vec<Pair>) {
    let spoken = |list: &[Words]| -> Vec<Words> { list.iter().filter(|words| !words.quoted(draft)).copied().collect() };
    let (upper_said, capital_said) = (spoken(upper), spoken(capital));
    let (Some(first_upper), Some(first_capital)) = (upper_said.first(), capital_said.first()) else { return };
    let in_table = is_known(draft, &draft.passages()[first_capital.passage], letters);
    let later = |a: &Words, b: &Words| (a.passage, a.first) > (b.passage, b.first);
    let accuse_capital = match upper_said.len().cmp(&capital_said.len()) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => in_table || later(first_capital, first_upper),
    };
    let (accused, others) = if accuse_capital { (&capital_said, &upper_said) } else { (&upper_said, &capital_said) };
    let mid_sentence = |words: &&Words| {
        draft.passages()[words.passage].block.kind.is_prose()
            && !draft.passages()[words.passage].opens_sentence(words.first as usize)
    };
    for culprit in accused {
        let preferred = others[0].text(draft);
        let mut pair = Pair::new(*culprit, others[0], culprit.text(draft), preferred);
        pair.others = others.iter().take(3).copied().collect();
        pair.uses = others.len();
        pair.rare = accused.len();
        pair.fact("in-table", in_table);
        let opening = |words: &Words| opens(&draft.passages()[words.passage], words.first as usize);
        pair.fact("opens", capital_said.iter().all(opening));
        let lexicon = draft.passages()[culprit.passage].lexicon;
        pair.fact("besides", lexicon.is(&letters.to_lowercase(), draft.lexicons.class("acronym-word")));
        pair.fact("nouns-capitalised", lexicon.language == "de");
        pair.fact("used-twice", upper_said.iter().filter(mid_sentence).count() >= 2);
        pair.fact("lower-case-here", draft.things().is_lower(letters, draft));
        pair.fact("rarer", accused.len() < others.len());
        pair.fact("later", later(culprit, &others[0]));
        pair.fact("place", capital_said.iter().any(|words| is_place(draft, words)));
        // “Fuentes de la Otan”: behind an article, a body's letters end nobody's name.
        let the = draft.lexicons.class("the-word");
        let apart = |words: &&Words| {
            let passage = &draft.passages()[words.passage];
            !(in_table && (words.first as usize).checked_sub(1).is_some_and(|at| passage.has(at, the)))
        };
        pair.fact("in-a-name", capital_said.iter().filter(apart).any(|words| in_a_name(draft, words)));
        pair.fact("common-word", is_known_word(draft, &capital_said[0]));
        pair.fact("last-of-name", capital_said.iter().filter(apart).any(|words| in_person(draft, words)));
        pairs.push(pair);
    }
}

/// Are the letters a body's, by the table or the language's own list?
fn is_known(draft: &Draft, passage: &Passage, letters: &str) -> bool {
    draft.lexicons.tables().is_acronym(letters) || passage.lexicon.is(letters, draft.lexicons.class("body-letters"))
}

/// Capitals of a headline are the headline's.
fn is_title(passage: &Passage) -> bool {
    matches!(passage.block.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::TableCell)
}

/// Is it part of a word with a figure: `SARS-CoV-2`?
fn in_a_code(passage: &Passage, at: usize) -> bool {
    let mut end = at + 1;
    while passage.is_sign(end, '-') && passage.glued(end) && passage.glued(end + 1) {
        if passage.tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Number) {
            return true;
        }
        end += 2;
    }
    false
}

/// The words of capitals of a passage that may be acronyms: not those that stand among others of a headline or a shout, nor in a
/// line of figures.
fn capitals<'p>(passage: &'p Passage) -> impl Iterator<Item = usize> + 'p {
    let shouts = |at: usize| {
        passage.tokens.get(at).is_some_and(|token| token.shape == Shape::Upper && token.end - token.start >= 4)
    };
    let rows = OnceCell::new();
    let is_upper = |at: &usize| passage.tokens[*at].shape == Shape::Upper;
    (0..passage.tokens.len()).filter(is_upper).filter(move |at| {
        let beside = at.checked_sub(1).is_some_and(shouts) || shouts(at + 1);
        !beside && !rows.get_or_init(|| rows_of_figures(passage)).iter().any(|row: &Range<usize>| row.contains(at))
    })
}

/// The lines of a passage that have as many numbers as words, or more.
fn rows_of_figures(passage: &Passage) -> Vec<Range<usize>> {
    let count = passage.tokens.len();
    let breaks = |at: usize| passage.slice(at - 1, at + 1).contains('\n');
    let mut ends: Vec<usize> = Vec::new();
    if passage.text().contains('\n') {
        ends.extend((1..count).filter(|at| breaks(*at)));
    }
    ends.push(count);
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let lines = starts.zip(&ends).map(|(start, end)| start..*end);
    let is_row = |line: &Range<usize>| {
        let count = |kind: TokenKind| passage.tokens[line.clone()].iter().filter(|token| token.kind == kind).count();
        count(TokenKind::Number) >= count(TokenKind::Word)
    };
    lines.filter(is_row).collect()
}

/// Acronyms that stand once, and are two letters in another order, or one letter off, from one that the draft explains or
/// that the table has.
pub fn slips(draft: &Draft) -> Vec<Pair> {
    const SIDE_BY_SIDE: u32 = 3;
    let tables = draft.lexicons.tables();
    let mut uses: Vec<(&str, Vec<Words>)> = Vec::new();
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for passage in draft.passages().iter().filter(|passage| !is_title(passage)) {
        for at in capitals(passage) {
            let token = &passage.tokens[at];
            if !(3..=8).contains(&(token.end - token.start)) {
                continue;
            }
            let word = passage.word(at);
            let place = *seen.entry(word).or_insert_with(|| {
                uses.push((word, Vec::new()));
                uses.len() - 1
            });
            uses[place].1.push(Words::tokens(passage.index, at, at + 1));
        }
    }
    let crowded = uses.len() > LOUD;
    let explained = draft.things().explained();
    let is_known = |word: &str| explained.contains(word) || tables.is_acronym(word);
    let often = |list: &[Words]| list.len() >= OFTEN;
    // Few are: each of the others is held against these alone.
    let known: Vec<&(&str, Vec<Words>)> = uses.iter().filter(|(word, list)| is_known(word) || list.len() > 1).collect();
    let mut pairs = Vec::new();
    for (word, list) in uses.iter().filter(|(word, _)| !is_known(word)) {
        let [culprit] = list[..] else { continue };
        let pair_with = |other: Words, letters: &str, swap: bool| {
            let mut pair = Pair::new(culprit, other, *word, letters);
            pair.fact("swap", swap);
            pair.fact("quoted", culprit.quoted(draft));
            pair.fact("spelt-out", is_spelt_out(draft, word));
            pair.fact("lower-case-here", draft.things().is_lower(word, draft));
            pair
        };
        if let Some((other, letters)) = named_body(draft, word) {
            let mut pair = pair_with(other, &letters, true);
            pair.fact("named", true);
            pairs.push(pair);
            continue;
        }
        for (other, others) in &known {
            let swap = is_neighbour_swap(word, other);
            let near = swap || distance(word, other, 1) == 1;
            if !near {
                continue;
            }
            let mut pair = pair_with(others[0], other, swap);
            pair.uses = others.len();
            pair.rare = 1;
            let passage = &draft.passages()[culprit.passage];
            let at = culprit.first as usize;
            pair.fact("one-letter", !swap);
            let length = word.chars().count().min(other.chars().count());
            pair.fact("long", length >= 5);
            pair.fact("four", length == 4);
            pair.fact("often", often(others));
            pair.fact("crowded", crowded);
            pair.fact("defined", explained.contains(*other));
            pair.fact("in-table", tables.is_acronym(other));
            let sign = |at: Option<usize>| {
                at.and_then(|at| passage.tokens.get(at))
                    .filter(|token| token.kind == TokenKind::Sign)
                    .map(|token| &passage.text()[token.start as usize..token.end as usize])
            };
            let around = [sign(at.checked_sub(1)), sign(Some(at + 1))];
            // “<NAOT.O>”, “ABC-1”, “(ABC)”, “COM.ABC”: a code, or letters that are explained just here.
            let dotted = around[0] == Some(".") && passage.glued(at);
            pair.fact(
                "coded",
                dotted
                    || around.iter().flatten().any(|sign| {
                        matches!(*sign, "<" | ">" | "(" | ")" | "-" | "/" | "&" | "@" | "#" | "_" | "=" | "[" | "]")
                    }),
            );
            pair.fact("common", passage.lexicon.is(word, draft.lexicons.class("common-acronym")));
            // “PDS and PSD”: two bodies side by side.
            let beside =
                |words: &Words| words.passage == culprit.passage && words.first.abs_diff(culprit.first) <= SIDE_BY_SIDE;
            pair.fact("coordinated", others.iter().any(beside));
            let around = frame(draft, &culprit);
            let framed = around.is_some() && others.iter().any(|words| frame(draft, words) == around);
            pair.fact("same-length", word.len() == other.len());
            pair.fact("same-frame", framed);
            let speak = others.iter().filter(|words| says(draft, words)).count();
            pair.fact("says", says(draft, &culprit) && speak >= 2);
            pair.fact("before", (others[0].passage, others[0].first) > (culprit.passage, culprit.first));
            pairs.push(pair);
            break;
        }
    }
    pairs
}

/// The long name in the draft of a body that the table has, whose letters are these but for two neighbours; and its letters.
fn named_body(draft: &Draft, word: &str) -> Option<(Words, String)> {
    let letters: Vec<char> = word.chars().collect();
    let swapped = (1..letters.len()).filter(|at| letters[*at] != letters[at - 1]).map(|at| {
        let mut other = letters.clone();
        other.swap(at - 1, at);
        other.into_iter().collect::<String>()
    });
    let tables = draft.lexicons.tables();
    let known: Vec<String> = swapped.filter(|other| tables.is_acronym(other)).collect();
    let of_body = |other: &String| {
        let rows = tables.rows("organisations").filter(|row| row.list("acronyms").any(|own| own == other));
        let names = rows.flat_map(|row| std::iter::once(row.cell("name")).chain(row.list("aliases")));
        let mut found = names.filter_map(|name| long_name(draft, name));
        found.next().map(|words| (words, other.clone()))
    };
    known.iter().find_map(of_body)
}

/// Where the draft first has a name of several words.
fn long_name(draft: &Draft, name: &str) -> Option<Words> {
    draft.passages().iter().filter(|_| name.contains(' ')).find_map(|passage| {
        let start = passage.text().find(name)? as u32;
        let end = start + name.len() as u32;
        let first = passage.tokens.partition_point(|token| token.start < start);
        let last = passage.tokens.partition_point(|token| token.end <= end);
        (first < last).then(|| Words::tokens(passage.index, first, last))
    })
}

/// Has the draft words that begin with the letters in their order: “the New York Futures Exchange … the NYFE”? Small words
/// between capitals may be left out.
fn is_spelt_out(draft: &Draft, letters: &str) -> bool {
    let first = |passage: &Passage, at: usize| passage.word(at).chars().next();
    let follows = |passage: &Passage, at: usize| {
        let mut at = at;
        letters.chars().all(|letter| {
            let is_capital = |at: &usize| {
                let token = &passage.tokens[*at];
                token.shape != Shape::Lower && !matches!(passage.word(*at), "'" | "’")
            };
            let next = (at..passage.tokens.len()).find(is_capital);
            let found = next.filter(|next| {
                next - at <= 2
                    && passage.tokens[*next].shape == Shape::Capitalised
                    && first(passage, *next) == Some(letter)
            });
            at = found.map_or(at, |found| found + 1);
            found.is_some()
        })
    };
    let starts = |passage: &Passage, at: usize| {
        passage.tokens[at].shape == Shape::Capitalised && first(passage, at) == letters.chars().next()
    };
    draft
        .passages()
        .iter()
        .any(|passage| (0..passage.tokens.len()).any(|at| starts(passage, at) && follows(passage, at)))
}

/// The words right before and right after an acronym, where it has both.
fn frame(draft: &Draft, words: &Words) -> Option<(String, String)> {
    let passage = &draft.passages()[words.passage];
    let word = |at: usize| {
        passage.tokens.get(at).filter(|token| token.kind == TokenKind::Word).map(|_| folded(passage.word(at)))
    };
    word((words.first as usize).checked_sub(1)?).zip(word(words.end as usize))
}

/// Is it who says something: “the FCC said”?
fn says(draft: &Draft, words: &Words) -> bool {
    draft.passages()[words.passage].has(words.end as usize, draft.lexicons.class("attribution"))
}

fn is_place(draft: &Draft, words: &Words) -> bool {
    let passage = &draft.passages()[words.passage];
    ["country", "city", "demonym"].iter().any(|class| {
        passage.hits(words.first as usize).iter().any(|hit| {
            // NATO stands among the bodies that titles have.
            hit.class == draft.lexicons.class(class) && passage.lexicon.value(hit.value).len() == 2
        })
    })
}

/// Is it part of a longer name: “Clean Water Act”?
fn in_a_name(draft: &Draft, words: &Words) -> bool {
    let passage = &draft.passages()[words.passage];
    passage.of(Kind::Name).any(|(_, mention)| {
        mention.first <= words.first
            && words.end <= mention.end
            && crate::things::reading(mention).is_some_and(|reading| reading.words.len() > 1)
    })
}

fn is_known_word(draft: &Draft, words: &Words) -> bool {
    let lexicon = draft.passages()[words.passage].lexicon;
    ["name-stop", "title", "organisation-word", "title-modifier"]
        .iter()
        .any(|class| lexicon.is(words.text(draft), draft.lexicons.class(class)))
}

fn in_person(draft: &Draft, words: &Words) -> bool {
    let passage = &draft.passages()[words.passage];
    passage
        .of(Kind::Person)
        .any(|(_, mention)| mention.first <= words.first && words.end <= mention.end && mention.len() > 1)
}
