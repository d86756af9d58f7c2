//! The newsroom's own facts against the draft: spellings that it rejects, names a letter away from its people's, and
//! offices that its people do not hold.
//!
//! The facts are rows of the table `house`, which a configuration makes; without it nothing is looked for. Linear in the
//! words of the draft.

use chrono::NaiveDate;
use factlint_rules::Severity;
use factlint_rules::token::{Shape, tokenize};
use rustc_hash::FxHashMap;

use super::drift::{inflected, like_first, sentence_has};
use super::index::{First, Use};
use super::pair::Pair;
use super::roles::role;
use super::spelling::{Slip, slip};
use crate::document::BlockKind;
use crate::expressions::Words;
use crate::expressions::facts::{first_day, last_day};
use crate::mentions::{Draft, Passage};
use crate::tables::Row;

/// A spelling that a row rejects.
struct Rejected<'t> {
    text: &'t str,
    row: Row<'t>,
    /// It counts only where any word takes a capital: “E-mail” for “e-mail”.
    opens: bool,
}

/// The rows of a kind that are true at the draft's date.
fn rows<'c>(draft: &'c Draft, kind: &str) -> Vec<Row<'c>> {
    let holds = |row: &Row| match draft.date {
        Some(date) => {
            let day = |text: &str, of: fn(&str) -> Option<NaiveDate>| of(text);
            day(row.cell("from"), first_day).is_none_or(|from| from <= date)
                && day(row.cell("until"), last_day).is_none_or(|until| date <= until)
        }
        None => row.cell("until").is_empty(),
    };
    draft.lexicons.tables().rows("house").filter(|row| row.cell("kind") == kind && holds(row)).collect()
}

/// Does the newsroom's list say how one of a pair's forms is spelt?
pub fn decides(draft: &Draft, pair: &Pair) -> bool {
    let holds = |form: &str, listed: &str| {
        let words: Vec<&str> = form.split_whitespace().collect();
        let listed: Vec<&str> = listed.split_whitespace().collect();
        !listed.is_empty() && words.windows(listed.len()).any(|words| words == listed)
    };
    draft.lexicons.tables().rows("house").any(|row| {
        let name = row.cell("name");
        // Of a person the surname alone is told.
        let surname = name.split_whitespace().last().filter(|_| row.cell("kind") == "person");
        let mut listed = [name].into_iter().chain(surname).chain(row.list("rejected"));
        listed.any(|listed| holds(&pair.found, listed) || holds(&pair.preferred, listed))
    })
}

fn severity(row: &Row) -> Option<Severity> {
    match row.cell("severity") {
        "note" => Some(Severity::Note),
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        _ => None,
    }
}

/// Spellings that the rows of a kind reject; for people also those a slip away from the one they ask for.
pub fn spellings(draft: &Draft, kind: &str) -> Vec<Pair> {
    let rows = rows(draft, kind);
    if rows.is_empty() {
        return Vec::new();
    }
    let mut by_word: FxHashMap<String, Vec<Rejected>> = FxHashMap::default();
    for row in &rows {
        for text in row.list("rejected") {
            let capital = capitalised(text);
            if kind == "term" && capital != text {
                let first = first_word(&capital);
                by_word.entry(first).or_default().push(Rejected { text, row: *row, opens: true });
            }
            by_word.entry(first_word(text)).or_default().push(Rejected { text, row: *row, opens: false });
        }
    }
    let mut pairs = Vec::new();
    for passage in draft.passages() {
        for at in 0..passage.tokens.len() {
            let Some(list) = by_word.get(passage.word(at)) else { continue };
            // The longest first: “Kim Jong-un” before “Kim”.
            let found = list
                .iter()
                .filter_map(|rejected| Some((rejected, end_of(passage, at, rejected)?)))
                .max_by_key(|(_, end)| *end);
            if let Some((rejected, end)) = found
                && !is_another(draft, passage, kind, rejected, at, end)
            {
                pairs.push(pair(draft, passage, rejected, at, end));
            }
        }
    }
    if kind == "person" {
        slips(draft, &rows, &mut pairs);
    }
    pairs
}

fn first_word(text: &str) -> String {
    tokenize(text).first().map_or_else(String::new, |token| token.text(text).to_owned())
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Stands the rejected spelling at the token? The token after it.
fn end_of(passage: &Passage, at: usize, rejected: &Rejected) -> Option<usize> {
    let end = at + tokenize(rejected.text).len();
    if end > passage.tokens.len() || rejected.opens && !passage.opens_sentence(at) {
        return None;
    }
    let said = passage.slice(at, end);
    let wanted = if rejected.opens { capitalised(rejected.text) } else { rejected.text.to_owned() };
    let glued = passage.tokens.get(end).is_some_and(|token| !token.blank_before && token.shape != Shape::None);
    (said.split_whitespace().eq(wanted.split_whitespace()) && !glued).then_some(end)
}

/// A person of another first name, a part of another name, a dish: not the one that the row speaks of.
fn is_another(draft: &Draft, passage: &Passage, kind: &str, rejected: &Rejected, at: usize, end: usize) -> bool {
    if kind == "place" {
        let class = draft.lexicons.class("place-product");
        return at > 0 && passage.has(at - 1, class) || passage.has(end, class);
    }
    if kind != "person" {
        return false;
    }
    let own: Vec<&str> = rejected.row.cell("name").split_whitespace().collect();
    draft.things().uses_of(passage.word(end - 1)).iter().any(|number| {
        Use::of(draft, *number).is_some_and(|name| {
            let here = name.at.passage == passage.index && (name.at.first as usize) < at && name.at.end as usize >= end;
            here && match name.first(draft) {
                First::Name(first) => !own.iter().any(|word| like_first(draft, &name, first, word)),
                _ => false,
            }
        })
    })
}

fn pair(draft: &Draft, passage: &Passage, rejected: &Rejected, at: usize, end: usize) -> Pair {
    let words = Words::tokens(passage.index, at, end);
    let name = rejected.row.cell("name");
    let count = |text: &str| text.split([' ', '-']).filter(|word| !word.is_empty()).count();
    let (asked, wrong) = (count(name), count(rejected.text));
    // “Zelensky” for “Volodymyr Zelenskyy” is the surname only.
    let mut preferred = if rejected.row.cell("kind") == "person" && wrong < asked {
        let words: Vec<&str> = name.split_whitespace().collect();
        words[words.len().saturating_sub(wrong)..].join(" ")
    } else {
        name.to_owned()
    };
    if rejected.opens {
        preferred = capitalised(&preferred);
    }
    let mut pair = Pair::new(words, words, words.text(draft), preferred);
    pair.others.clear();
    pair.severity = severity(&rejected.row);
    facts(&mut pair, passage);
    pair
}

fn facts(pair: &mut Pair, passage: &Passage) {
    pair.fact("headline", matches!(passage.block.kind, BlockKind::Headline | BlockKind::Heading));
}

/// The first name of one of the newsroom's people, and a last name that is a slip away from that person's.
fn slips(draft: &Draft, rows: &[Row], pairs: &mut Vec<Pair>) {
    let mut by_first: FxHashMap<&str, Vec<(&str, &Row)>> = FxHashMap::default();
    for row in rows {
        let mut words = row.cell("name").split_whitespace();
        if let (Some(first), Some(last)) = (words.next(), words.next_back())
            && last.chars().count() > 4
        {
            by_first.entry(first).or_default().push((last, row));
        }
    }
    for number in 0..draft.things().names.len() as u32 {
        let Some(name) = Use::of(draft, number) else { continue };
        let First::Name(first) = name.first(draft) else { continue };
        let Some(people) = by_first.get(first) else { continue };
        let own = name.last();
        // Somebody else who is on the list, too.
        if people.iter().any(|(last, _)| *last == own) || name.reading.body {
            continue;
        }
        let near = people.iter().find(|(last, _)| {
            matches!(slip(last, own), Slip::Swap | Slip::Doubled | Slip::LeftOut | Slip::Alike)
                && !inflected(draft, &name, last, own)
        });
        let Some((last, row)) = near else { continue };
        let words = name.last_word();
        if pairs.iter().any(|pair| pair.culprit.passage == words.passage && pair.culprit.end == words.end) {
            continue;
        }
        let mut pair = Pair::new(words, words, own, *last);
        pair.others.clear();
        pair.severity = severity(row).map(|severity| severity.min(Severity::Warning));
        pair.fact("near", true);
        facts(&mut pair, name.passage);
        pairs.push(pair);
    }
}

/// People whom the draft gives an office of the same kind as theirs, for something else.
pub fn titles(draft: &Draft) -> Vec<Pair> {
    let elsewhen = ["drift-elsewhen", "drift-then"].map(|class| draft.lexicons.class(class));
    let mut pairs = Vec::new();
    for row in rows(draft, "person") {
        let title = row.cell("title").to_lowercase();
        let mut own: Vec<&str> = row.cell("name").split_whitespace().collect();
        let Some(last) = own.pop().filter(|_| !title.is_empty()) else { continue };
        for number in draft.things().uses_of(last) {
            let Some(name) = Use::of(draft, *number) else { continue };
            let another = match name.first(draft) {
                First::Name(first) => !own.iter().any(|word| like_first(draft, &name, first, word)),
                _ => false,
            };
            let Some(role) = role(draft, &name).filter(|role| !another && !role.joint && !role.fields.is_empty())
            else {
                continue;
            };
            let said = role.words.text(draft).to_lowercase();
            let has = |word: &str| title.split([' ', '-', '\'', '’']).any(|own| own == word);
            // The same kind of office, and none of the words that say what for.
            let shares = role.fields.iter().any(|field| has(field))
                || said.split([' ', '-']).filter(|word| has(word)).count() > 1;
            if !has(&role.head.to_lowercase()) || shares || title.contains(&said) {
                continue;
            }
            let mut pair = Pair::new(role.words, name.at, role.words.text(draft), row.cell("title"));
            pair.severity = severity(&row);
            pair.fact("elsewhen", elsewhen.iter().any(|class| sentence_has(&name, *class)));
            pairs.push(pair);
        }
    }
    pairs
}
