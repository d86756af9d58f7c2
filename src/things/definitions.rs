//! Acronyms beside their words: `World Health Organization (WHO)`.
//!
//! Letters are read off the heads of the words, in order. Loose reading serves silence only: a neighbour swap is a slip,
//! any other order is a foreign name.

use factlint_rules::token::{Shape, TokenKind};
use rustc_hash::FxHashMap;

use super::organisations::leads;
use super::pair::Pair;
use super::spelling::{distance, folded};
use crate::document::BlockKind;
use crate::expressions::Words;
use crate::lexicons::Lexicons;
use crate::mentions::{Draft, Passage};
use crate::tables::body_key;

/// Words before the bracket that are looked at.
const REACH: usize = 14;

/// Long words with their letters in brackets.
#[derive(Debug)]
pub struct Definition<'d> {
    /// The letters, points and a plural s cut.
    pub letters: String,
    /// Where they stand.
    short: Words,
    /// The capitalised words before the bracket, with small words between.
    run: Vec<(&'d str, bool)>,
    /// Where these stand.
    long: Words,
    /// All words before the bracket in the sentence.
    words: Vec<&'d str>,
    /// The letters do not stand in brackets behind the name, and may be those of something else.
    apposed: bool,
}

/// All of a draft.
pub fn definitions<'d>(passages: &[Passage<'d>], lexicons: &Lexicons) -> Vec<Definition<'d>> {
    let mut found = Vec::new();
    for passage in passages {
        found.extend(brackets(passage, '(').filter_map(|open| definition(lexicons, passage, open)));
    }
    found
}

/// The tokens that are such a bracket, but for the first one.
fn brackets(passage: &Passage, sign: char) -> impl Iterator<Item = usize> {
    let is_sign = |at: &usize| passage.tokens[*at].kind == TokenKind::Sign;
    (1..passage.tokens.len()).filter(is_sign).filter(move |at| passage.is_sign(*at, sign))
}

fn is_close(passage: &Passage, at: usize) -> bool {
    passage.is_sign(at, ')') || passage.is_sign(at, ']')
}

/// Names and letters beside each other in other ways: “the WHO (World Health Organization)”, “the World Health Organization, or WHO,”.
fn apposed<'d>(draft: &Draft<'d>) -> Vec<Definition<'d>> {
    let lexicons = draft.lexicons;
    let mut found = Vec::new();
    for passage in draft.passages() {
        found.extend(brackets(passage, '(').filter_map(|open| name_in_brackets(lexicons, passage, open)));
        let square = brackets(passage, '[').filter_map(|open| definition(lexicons, passage, open));
        found.extend(square.map(|definition| Definition { apposed: true, ..definition }));
        let is_short = |at: &usize| {
            let token = &passage.tokens[*at];
            token.shape == Shape::Upper && (3..=8).contains(&(token.end - token.start))
        };
        found.extend((1..passage.tokens.len()).filter(is_short).filter_map(|at| letters_behind(lexicons, passage, at)));
    }
    found
}

/// “the WHO (World Health Organization)”
fn name_in_brackets<'d>(lexicons: &Lexicons, passage: &Passage<'d>, open: usize) -> Option<Definition<'d>> {
    let short = open - 1;
    if passage.tokens[short].shape != Shape::Upper {
        return None;
    }
    let close = (open + 2..open + 2 + REACH).find(|at| is_close(passage, *at))?;
    let definition = beside(lexicons, passage, short, close);
    (open + 1..open + 3).contains(&(definition.long.first as usize)).then_some(definition)
}

/// “the World Health Organization, or WHO,”, “the World Health Organization – WHO –”, “known as the WHO”
fn letters_behind<'d>(lexicons: &Lexicons, passage: &Passage<'d>, short: usize) -> Option<Definition<'d>> {
    let (lead, the) = (lexicons.class("acronym-lead"), lexicons.class("the-word"));
    let mut end = short;
    let marked = passage.is_quotation_mark(end - 1) && passage.glued(end);
    end -= usize::from(marked);
    if end > 0 && passage.has(end - 1, the) {
        end -= 1;
    }
    let is_dash =
        |at: usize| at < passage.tokens.len() && matches!(passage.word(at), "–" | "—" | "-") && !passage.glued(at);
    let after = short + 1 + usize::from(marked && passage.is_quotation_mark(short + 1));
    let open = if end > 0 && is_dash(end - 1) && is_dash(after) {
        end - 1
    } else {
        let start = passage.start_before(end, lead)?;
        let closed = passage.tokens.get(after).is_none_or(|token| token.kind == TokenKind::Sign);
        if start == 0 || !passage.is_sign(start - 1, ',') || !closed {
            return None;
        }
        start - 1
    };
    let definition = beside(lexicons, passage, short, open);
    (definition.long.first < definition.long.end).then_some(definition)
}

/// The letters at a token, with the name that ends before another.
fn beside<'d>(lexicons: &Lexicons, passage: &Passage<'d>, short: usize, end: usize) -> Definition<'d> {
    let (run, words, first) = words_before(lexicons, passage, end);
    Definition {
        letters: passage.word(short).to_owned(),
        short: Words::tokens(passage.index, short, short + 1),
        long: Words::tokens(passage.index, first, end),
        run,
        words,
        apposed: true,
    }
}

fn definition<'d>(lexicons: &Lexicons, passage: &Passage<'d>, open: usize) -> Option<Definition<'d>> {
    let the = lexicons.class("the-word");
    let mut at = open + 1;
    if passage.has(at, the) && passage.tokens.get(at)?.shape == Shape::Lower {
        at += 1;
    }
    at += usize::from(passage.is_quotation_mark(at));
    let close = (at + 1..at + 16).find(|at| is_close(passage, *at))?;
    let close = close - usize::from(passage.is_quotation_mark(close - 1));
    let text = passage.slice(at, close);
    if text.contains(|c: char| !(c.is_alphabetic() || c == '.' || c == '&')) || text.contains(". ") {
        return None;
    }
    let mut letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    if let Some(singular) = letters.strip_suffix('s')
        && singular.chars().count() > 1
        && singular.chars().all(char::is_uppercase)
    {
        letters.truncate(singular.len());
    }
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    if capitals < 2 || letters.chars().count() > 8 || !letters.starts_with(char::is_uppercase) {
        return None;
    }
    let (run, words, first) = words_before(lexicons, passage, open);
    Some(Definition {
        letters,
        short: Words::tokens(passage.index, at, close),
        long: Words::tokens(passage.index, first, open),
        run,
        words,
        apposed: false,
    })
}

/// The long names of the draft with the acronyms that are read off them.
pub fn explained(draft: &Draft) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for definition in &draft.things().definitions {
        let mut run = &definition.run[..];
        let count = definition.letters.chars().count();
        // The longest tail that starts with the first letter, and has a capital for each.
        while let [(first, _), rest @ ..] = run
            && (run.iter().filter(|(_, capital)| *capital).count() > count
                || initial(first) != initial(&definition.letters))
        {
            run = rest;
        }
        let words: Vec<&str> = run.iter().map(|(word, _)| *word).collect();
        if words.len() > 1 && reads_strictly(&definition.letters, &words) {
            found.push((words.join(" "), definition.letters.clone()));
        }
    }
    found
}

type Before<'d> = (Vec<(&'d str, bool)>, Vec<&'d str>, usize);

/// A word of the run, its capital, its token.
type Run<'d> = Vec<(&'d str, bool, usize)>;

/// The words before a token: the run of capitals, and all, and where the run starts.
fn words_before<'d>(lexicons: &Lexicons, passage: &Passage<'d>, open: usize) -> Before<'d> {
    let class = |name: &str| lexicons.class(name);
    let small = [
        class("particle"),
        class("name-joiner"),
        class("and-word"),
        class("the-word"),
        class("of-body"),
        class("elision"),
        class("locative"),
    ];
    let (mut run, mut words): (Run, Vec<&str>) = (Vec::new(), Vec::new());
    let mut in_run = true;
    let mut at = open;
    while at > 0 && words.len() < REACH {
        at -= 1;
        let token = &passage.tokens[at];
        let word = passage.word(at);
        match token.kind {
            TokenKind::Word => {
                if (word == "s" || word == "S") && at > 0 && passage.glued(at) && passage.is_sign(at - 1, '\'') {
                    at -= 1;
                    continue;
                }
                words.push(word);
                let capital = word.starts_with(char::is_uppercase);
                if in_run && (capital || small.iter().any(|class| passage.has(at, *class))) {
                    run.push((word, capital, at));
                } else {
                    in_run = false;
                }
            }
            TokenKind::Sign if matches!(word, "-" | "'" | "’" | "&" | "‑") => {}
            TokenKind::Sign if word == "," && in_run => {}
            _ => break,
        }
    }
    while run.last().is_some_and(|(_, capital, _)| !capital) {
        run.pop();
    }
    // A function word that opens the sentence is no part of the name.
    while run.len() > 1 && run.last().is_some_and(|(word, ..)| passage.lexicon.is(word, class("name-stop"))) {
        run.pop();
        while run.last().is_some_and(|(_, capital, _)| !capital) {
            run.pop();
        }
    }
    let first = run.last().map_or(open, |(.., at)| *at);
    words.reverse();
    (run.into_iter().rev().map(|(word, capital, _)| (word, capital)).collect(), words, first)
}

fn initial(word: &str) -> char {
    folded(word).chars().next().unwrap_or(' ')
}

/// The letters are heads of the words in order; a word may give none, or its first two or three letters.
fn reads_strictly(letters: &str, words: &[&str]) -> bool {
    fn go(letters: &[char], words: &[Vec<char>]) -> bool {
        if letters.is_empty() {
            return true;
        }
        let Some((word, rest)) = words.split_first() else { return false };
        // “Extensible Markup Language (XML)”: the letter as it sounds.
        let sounds = letters[0] == 'x' && word.starts_with(&['e', 'x']) && go(&letters[1..], rest);
        sounds
            || (0..=3.min(word.len()).min(letters.len()))
                .rev()
                .any(|take| word[..take] == letters[..take] && go(&letters[take..], rest))
    }
    let letters: Vec<char> = folded(letters).chars().collect();
    let words: Vec<Vec<char>> = words
        .iter()
        .flat_map(|word| folded(word).split(' ').map(|part| part.chars().collect()).collect::<Vec<_>>())
        .collect();
    // Every head that the last words have must be used: the name ends where its letters end.
    words.len() <= REACH + 4 && go(&letters, &words)
}

/// The letters can be found in the words, in order, the first at a word's head.
fn reads_loosely(letters: &str, words: &[&str]) -> bool {
    let joined = words.iter().map(|word| folded(word)).collect::<Vec<_>>().join(" ");
    let text: Vec<char> = joined.chars().collect();
    let letters: Vec<char> = folded(letters).chars().collect();
    let mut at = text.len();
    for (number, letter) in letters.iter().enumerate().rev() {
        loop {
            if at == 0 {
                return false;
            }
            at -= 1;
            if text[at] == *letter && (number > 0 || at == 0 || text[at - 1] == ' ') {
                break;
            }
        }
    }
    true
}

/// Are two neighbours of one the other way about in the other?
pub fn is_neighbour_swap(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    match (&a[same..], &b[same..]) {
        ([a, b, behind @ ..], [c, d, other @ ..]) => a == d && b == c && behind == other,
        _ => false,
    }
}

/// How often each acronym is used.
fn acronym_uses(draft: &Draft) -> FxHashMap<String, Vec<Words>> {
    let mut uses: FxHashMap<String, Vec<Words>> = FxHashMap::default();
    for passage in draft.passages() {
        for (place, mention) in passage.of(factlint_rules::Kind::Acronym) {
            let words = Words::mention(passage.index, place, mention);
            let letters: String = words.text(draft).chars().filter(|c| c.is_alphabetic()).collect();
            uses.entry(letters).or_default().push(words);
        }
    }
    uses
}

/// Definitions whose letters are not those of the words.
pub fn wrong_letters(draft: &Draft) -> Vec<Pair> {
    let (defined, apposed) = (&draft.things().definitions, apposed(draft));
    if defined.is_empty() && apposed.is_empty() {
        return Vec::new();
    }
    let uses = acronym_uses(draft);
    let used = |letters: &str| uses.get(letters).map_or(0, Vec::len);
    let tables = draft.lexicons.tables();
    let mut pairs = Vec::new();
    for definition in defined.iter().chain(&apposed) {
        let letters = definition.letters.to_uppercase();
        let plain: Vec<&str> = definition.run.iter().map(|(word, _)| *word).collect();
        let (mut expected, mut in_table) = (Vec::new(), false);
        // As it stands: “United Nations Children's Fund” has its genitive in the table, too.
        let whole: Vec<&str> = definition.long.text(draft).split_whitespace().collect();
        for start in 0..whole.len().saturating_sub(1) {
            if !whole[start].starts_with(char::is_uppercase) {
                continue;
            }
            if let Some(row) = tables.body(&whole[start..].join(" "))
                && row.cell("unique") == "yes"
            {
                expected = row.list("acronyms").chain(row.list("foreign")).map(str::to_uppercase).collect();
                in_table = true;
                break;
            }
        }
        let right = expected.iter().any(|one| one.replace(['.', '-', ' '], "") == letters);
        if right || plain.is_empty() {
            continue;
        }
        let initials: Vec<String> = (0..plain.len())
            .filter(|start| definition.run[*start].1)
            .flat_map(|start| {
                let tail = &definition.run[start..];
                let capitals =
                    tail.iter().filter(|(_, capital)| *capital).map(|(word, _)| initial(word)).collect::<String>();
                let all = tail.iter().map(|(word, _)| initial(word)).collect::<String>();
                [capitals.to_uppercase(), all.to_uppercase()]
            })
            .collect();
        let strict = reads_strictly(&letters, &plain) || reads_strictly(&letters, &definition.words);
        let swapped = initials.iter().find(|one| one.chars().count() > 2 && is_neighbour_swap(one, &letters)).cloned();
        let swap_of_table = expected.iter().find(|one| is_neighbour_swap(one, &letters)).cloned();
        let other_body = tables.is_acronym(&letters);
        let near = initials.iter().find(|one| {
            one.chars().count() > 2 && one.chars().count() == letters.chars().count() && distance(one, &letters, 2) == 1
        });
        let preferred = match (in_table, &swap_of_table, &swapped, near) {
            (true, _, _, _) => expected.first().cloned().unwrap_or_default(),
            (_, Some(one), _, _) | (_, None, Some(one), _) => one.clone(),
            (_, None, None, Some(one)) => one.clone(),
            _ => continue,
        };
        let sorted = |letters: &str| {
            let mut letters: Vec<char> = letters.chars().collect();
            letters.sort_unstable();
            letters
        };
        // “North Atlantic Treaty Organization (NOTA)”
        let anagram = expected.iter().any(|one| sorted(one) == sorted(&letters));
        let off_by_one =
            near.is_some() || expected.iter().any(|one| one.len() == letters.len() && distance(one, &letters, 2) == 1);
        if definition.apposed && !(in_table && (anagram || off_by_one)) {
            continue;
        }
        let mut pair = Pair::new(definition.short, definition.long, definition.short.text(draft), preferred.clone());
        pair.uses = used(&preferred);
        pair.rare = used(&letters);
        pair.fact("in-table", in_table);
        pair.fact("of-another-body", other_body);
        pair.fact("neighbour-swap", swapped.is_some() || swap_of_table.is_some());
        pair.fact("one-letter", near.is_some());
        pair.fact("anagram", anagram);
        pair.fact("translated", swapped.as_deref().is_some_and(|one| is_translated(draft, definition, one)));
        let whole: String =
            definition.run.iter().filter(|(_, capital)| *capital).map(|(word, _)| initial(word)).collect();
        let whole = whole.to_uppercase();
        let differing: Vec<usize> =
            whole.chars().zip(letters.chars()).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
        let length = letters.chars().count();
        pair.fact("last-word", whole.chars().count() == length && differing == [length - 1]);
        pair.fact("long", length > 3);
        pair.fact("all-words", whole.chars().count() == length && differing.len() == 1);
        pair.fact("mixed-case", !definition.letters.chars().all(char::is_uppercase));
        let lexicon = draft.passages()[definition.short.passage].lexicon;
        let is = |word: &str, class: &str| lexicon.is(word, draft.lexicons.class(class));
        let capitals = || definition.run.iter().filter(|(_, capital)| *capital).map(|(word, _)| *word);
        // Firms are known by what the exchange calls them, bodies of other countries by letters of their own language.
        pair.fact("firm", capitals().next_back().is_some_and(|word| is(word, "firm-word")));
        pair.fact("foreign", capitals().any(|word| is(word, "demonym") || is(word, "country")));
        let loose = reads_loosely(&letters, &definition.words) && !pair.has("neighbour-swap") && !in_table;
        // “Office of General Counsel (OCG)” reads strictly only through its small words: no acquittal for a swap.
        let capitals: Vec<&str> =
            definition.run.iter().filter(|(_, capital)| *capital).map(|(word, _)| *word).collect();
        // As many letters as words are their initials: “IASF” takes no second letter of “International Security Assistance Force”.
        let initials = letters.chars().count() == capitals.len();
        let exact = capitals.iter().map(|word| initial(word)).eq(folded(&letters).chars());
        let strict =
            if pair.has("neighbour-swap") { exact || !initials && reads_strictly(&letters, &capitals) } else { strict };
        // “Food and Drug Administration (FAD)”: what the table has otherwise, and two letters swapped, is never read off.
        pair.fact("reads-off", (strict && !(in_table && swap_of_table.is_some())) || loose);
        pair.fact("reads-strictly", strict);
        pair.fact("expected-known", tables.is_acronym(&preferred));
        pair.fact("english", draft.passages()[definition.short.passage].lexicon.language == "en");
        pair.fact("used-elsewhere", used(&letters) > 1);
        pair.fact("expected-used", used(&preferred) > 0);
        pair.fact("weak", weak(draft, &definition.short));
        pairs.push(pair);
    }
    pairs
}

/// Is one of the two words that changed places a people's or a country's? Other languages say those last:
/// “Confederation of Portuguese Industry (CIP)”.
fn is_translated(draft: &Draft, definition: &Definition, initials: &str) -> bool {
    let letters: Vec<char> = definition.letters.to_uppercase().chars().collect();
    let own: Vec<char> = initials.chars().collect();
    let lexicon = draft.passages()[definition.short.passage].lexicon;
    let classes = ["demonym", "country"].map(|class| draft.lexicons.class(class));
    let capitals: Vec<&str> = definition.run.iter().filter(|(_, capital)| *capital).map(|(word, _)| *word).collect();
    let offset = capitals.len().saturating_sub(own.len());
    let swapped = 1..own.len().min(letters.len());
    // “National Rally of Independents (RNI)”, “Angolan Institute for Cancer Control (IACC)”: the kind of body comes
    // first in those languages, and what it is after it.
    let kinds = ["demonym", "body-adjective"].map(|class| draft.lexicons.class(class));
    if own.len() > 2
        && own.len() == letters.len()
        && (own[0], own[1]) == (letters[1], letters[0])
        && own[2..] == letters[2..]
        && capitals.get(offset).is_some_and(|word| kinds.iter().any(|class| lexicon.is(word, *class)))
        && capitals.get(offset + 1).is_some_and(|word| lexicon.is(word, draft.lexicons.class("body-kind")))
    {
        return true;
    }
    // The head of the name comes first in those languages, too.
    own.first() == letters.first()
        && swapped.filter(|at| own[*at] != letters[*at]).any(|at| {
            capitals.get(offset + at).is_some_and(|word| classes.iter().any(|class| lexicon.is(word, *class)))
        })
}

fn weak(draft: &Draft, words: &Words) -> bool {
    let passage = &draft.passages()[words.passage];
    !passage.block.kind.is_prose() && passage.block.kind != BlockKind::ListItem
}

/// Stands it in a sentence of the running text, and not in a line of a list, a heading, a caption?
fn is_told(draft: &Draft, words: &Words) -> bool {
    let passage = &draft.passages()[words.passage];
    let text = passage.text().trim_end_matches(['"', '”', '»', ')', ' ', '\n']);
    let ends = text.ends_with(['.', '!', '?']) && !text.ends_with("...");
    if passage.block.kind != BlockKind::Paragraph || !ends || passage.tokens.len() <= 3 {
        return false;
    }
    // “Interview with the author of FAI. In an interview …”: a heading that runs on into its paragraph.
    let first = passage.sentences.first().map_or(0, |range| range.end as usize);
    let heads = passage.sentences.len() > 1 && (words.end as usize) < first && words.end as usize + 1 >= first;
    !heads
}

/// One acronym with two long names.
pub fn two_names(draft: &Draft) -> Vec<Pair> {
    let definitions = &draft.things().definitions;
    let mut first: FxHashMap<&str, &Definition> = FxHashMap::default();
    let mut pairs = Vec::new();
    for definition in definitions {
        let Some(other) = first.get(definition.letters.as_str()) else {
            first.insert(&definition.letters, definition);
            continue;
        };
        let (a, b) = (content(other), content(definition));
        if a.len() != b.len() || a.len() < 2 {
            continue;
        }
        let differing: Vec<usize> = (0..a.len()).filter(|at| a[*at] != b[*at]).collect();
        let [one] = differing[..] else { continue };
        let mut pair = Pair::new(definition.long, other.long, definition.long.text(draft), other.long.text(draft));
        let reads = |definition: &Definition| {
            let plain: Vec<&str> = definition.run.iter().map(|(word, _)| *word).collect();
            reads_strictly(&definition.letters, &plain)
        };
        pair.fact("both-read-off", reads(definition) && reads(other));
        let near = distance(&a[one], &b[one], 3) <= 2 || a[one].starts_with(&b[one]) || b[one].starts_with(&a[one]);
        pair.fact("inflection", near);
        pair.fact("dialect", body_key(&a[one]) == body_key(&b[one]));
        pair.fact("weak", weak(draft, &definition.short) || weak(draft, &other.short));
        pairs.push(pair);
    }
    pairs
}

/// Are words of the language written together, so that letters stand for parts of one?
fn compounds(language: &str) -> bool {
    matches!(language, "de" | "nl")
}

/// The head of each of the last words with a capital gives a letter, and what stands between is read off inside of them:
/// “Verband Bayerischer Heimatkinos (VBHK)”.
fn reads_through(letters: &str, definition: &Definition) -> bool {
    fn go(letters: &[char], words: &[Vec<char>]) -> bool {
        let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
        if letters.first() != word.first() {
            return false;
        }
        // Its first letter, and as many of those behind as it has in their order.
        let mut taken = 1;
        let mut inside = word.iter().skip(1);
        loop {
            if go(&letters[taken..], rest) {
                return true;
            }
            let Some(next) = letters.get(taken) else { return false };
            if !inside.any(|letter| letter == next) {
                return false;
            }
            taken += 1;
        }
    }
    let letters: Vec<char> = folded(letters).chars().collect();
    let words: Vec<Vec<char>> =
        definition.run.iter().filter(|(_, capital)| *capital).map(|(word, _)| folded(word).chars().collect()).collect();
    (0..words.len().saturating_sub(1)).any(|start| go(&letters, &words[start..]))
}

/// The letters are read off the last words in order, from one with a capital on: “Syndicat national des pilotes (SNP)”.
fn reads_with_small(letters: &str, definition: &Definition) -> bool {
    const MOST: usize = 10;
    let words = &definition.words;
    (words.len().saturating_sub(MOST)..words.len().saturating_sub(1)).any(|start| {
        words[start].starts_with(char::is_uppercase)
            && initial(words[start]) == initial(letters)
            && reads_strictly(letters, &words[start..])
    })
}

/// The words of the long name that its letters are read off, small ones apart.
fn content(definition: &Definition) -> Vec<String> {
    let words: Vec<String> =
        definition.run.iter().filter(|(_, capital)| *capital).map(|(word, _)| folded(word)).collect();
    let count = definition.letters.chars().count().min(words.len());
    words[words.len() - count..].to_vec()
}

/// Stands the word somewhere else in the draft: in a headline of capitals, too?
fn is_written(draft: &Draft, word: &str, but: &Words) -> bool {
    draft.passages().iter().any(|passage| {
        (0..passage.tokens.len()).any(|at| {
            let there = (passage.index, at) == (but.passage, but.first as usize);
            passage.tokens[at].kind == TokenKind::Word && passage.word(at) == word && !there
        })
    })
}

/// Acronyms that are used before their definition, defined twice, or never used after it.
pub fn misplaced(draft: &Draft) -> Vec<Pair> {
    let definitions = &draft.things().definitions;
    if definitions.is_empty() {
        return Vec::new();
    }
    let uses = acronym_uses(draft);
    let mut first: FxHashMap<&str, &Definition> = FxHashMap::default();
    let mut pairs = Vec::new();
    let place = |words: &Words| (words.passage, words.first);
    for definition in definitions {
        let letters = definition.letters.as_str();
        let common = draft.lexicons.class("common-acronym");
        let known = draft.passages()[definition.short.passage].lexicon.is(letters, common);
        let plain: Vec<&str> = definition.run.iter().map(|(word, _)| *word).collect();
        let language = &draft.passages()[definition.short.passage].lexicon.language;
        let capitals = plain.len() >= 2
            && (reads_strictly(letters, &plain) || compounds(language) && reads_through(letters, definition));
        let small = || leads(language) && reads_with_small(letters, definition);
        if !(capitals || small()) {
            continue;
        }
        if let Some(other) = first.get(letters) {
            if content(other) == content(definition) {
                let mut pair = Pair::new(definition.short, other.short, letters, letters);
                pair.fact("defined-twice", true);
                pair.fact("known", known);
                pair.fact("headline", !is_told(draft, &definition.short) || !is_told(draft, &other.short));
                pairs.push(pair);
            }
            continue;
        }
        first.insert(letters, definition);
        let list = uses.get(letters).map_or(&[][..], Vec::as_slice);
        let before = list.iter().find(|words| place(words) < place(&definition.short) && is_told(draft, words));
        if let Some(before) = before {
            let mut pair = Pair::new(*before, definition.short, letters, letters);
            pair.fact("used-before", true);
            pair.fact("known", known);
            pair.fact("quoted", before.quoted(draft));
            let sentence = |words: &Words| draft.passages()[words.passage].sentence_of(words.first as usize);
            let one = before.passage == definition.short.passage;
            // “The CRC closed early, the Coastal Repair Council (CRC) said.”
            let says = draft.passages()[definition.short.passage]
                .has(definition.short.end as usize + 1, draft.lexicons.class("attribution"));
            pair.fact("close", one && sentence(before) == sentence(&definition.short) && !says);
            pair.fact("headline", !is_told(draft, &definition.short));
            pairs.push(pair);
        } else if capitals
            && list.iter().all(|words| place(words) == place(&definition.short))
            && !is_written(draft, letters, &definition.short)
        {
            let mut pair = Pair::new(definition.short, definition.long, letters, letters);
            pair.fact("never-used", true);
            pair.fact("known", known);
            pairs.push(pair);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_off_the_heads_of_the_words() {
        assert!(reads_strictly("MSF", &["Médecins", "Sans", "Frontières"]));
        assert!(reads_strictly(
            "UNESCO",
            &["United", "Nations", "Educational", "Scientific", "and", "Cultural", "Organization"]
        ));
        assert!(!reads_strictly("WTO", &["World", "Health", "Organization"]));
        assert!(reads_loosely("WTO", &["World", "Health", "Organization"]));
        assert!(is_neighbour_swap("OGC", "OCG") && !is_neighbour_swap("ABC", "CAB"));
    }
}
