//! The other figures of a sentence that measure what one does, in whatever order they are told: shares of one whole, parts and their total.

use factlint_rules::token::TokenKind;
use factlint_rules::{Kind, KindSet};

use super::evaluate::{Context, as_words};
use super::numbers::number;
use super::retold::{FIGURES, are_akin, sentence};
use super::value::{Value, Words};
use crate::mentions::numbers::Measure;
use crate::mentions::{Interval, Mention, Reading};

/// What a number may be a part of and then counts nothing.
const APART: KindSet = KindSet::of(&[Kind::Date, Kind::Year, Kind::Age, Kind::Duration, Kind::Time, Kind::Ordinal]);

/// Which of the mates of a figure are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
    Both,
}

/// A function about the mates of a figure; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let figure = || arguments.first().and_then(as_words);
    let list = |side| figure().and_then(|x| mates(x, side, cx)).map_or(Value::Unknown, Value::List);
    Some(match name {
        "mates" => list(Side::Both),
        "mates-before" => list(Side::Before),
        "mates-after" => list(Side::After),
        "adds-up" => match (arguments.first().and_then(|x| cx.number(x)), arguments.get(1)) {
            (Some(total), Some(Value::List(parts))) => adds_up(total, parts, cx).map_or(Value::Unknown, Value::Bool),
            _ => Value::Unknown,
        },
        "counting" => match arguments.first().and_then(as_words).zip(arguments.get(1).and_then(as_words)) {
            Some((x, word)) => counting(x, word, cx).map_or(Value::Unknown, Value::List),
            None => Value::Unknown,
        },
        _ => return None,
    })
}

/// The other figures of its sentence that measure what it does, in the order of the text. What names something, and what
/// may be a year, measures nothing.
fn mates(x: &Words, side: Side, cx: &Context) -> Option<Vec<Value>> {
    let measure = &number(cx.draft, x)?.measure;
    let (passage, sentence) = sentence(x, cx)?;
    let inside = |mention: &Mention| sentence.contains(&(mention.first as usize));
    let apart: Vec<&Mention> =
        passage.mentions.iter().filter(|mention| mention.kinds.meets(APART) && inside(mention)).collect();
    let is_apart = |mention: &Mention| {
        let covers = |other: &&Mention| other.first <= mention.first && mention.end <= other.end;
        apart.iter().any(|other| covers(other) && (other.len() > mention.len() || *measure == Measure::Plain))
    };
    let mut end = 0;
    let mut found = Vec::new();
    for (place, mention) in passage.mentions.iter().enumerate() {
        let Reading::Number(other) = &mention.reading else { continue };
        let beside = match side {
            Side::Before => mention.end <= x.first,
            Side::After => mention.first >= x.end,
            Side::Both => mention.end <= x.first || mention.first >= x.end,
        };
        let counts = mention.kinds.meets(FIGURES) && other.measure == *measure && !other.labelled && !other.year_like;
        if beside && counts && inside(mention) && mention.first >= end && !is_apart(mention) {
            end = mention.end;
            found.push(Value::Words(Words::mention(passage.index, place, mention)));
        }
    }
    Some(found)
}

/// Can it be the sum of the parts, or of two or more of them that stand in a row?
fn adds_up(total: Interval, parts: &[Value], cx: &Context) -> Option<bool> {
    let parts = parts.iter().map(|part| cx.number(part)).collect::<Option<Vec<Interval>>>()?;
    for start in 0..parts.len() {
        let mut sum = parts[start];
        for part in &parts[start + 1..] {
            sum = sum.add(*part)?;
            if sum.meets(total) {
                return Some(true);
            }
        }
    }
    Some(false)
}

/// So many sentences before a figure may count what it is told for one of.
const BACK: usize = 2;
/// So many words behind a figure may lead to its noun: “12 old stone houses”.
const NOUN: usize = 3;

/// The other figures of its sentence and of the two before it that count such things: “12 old houses” for “house”, and so “12 square
/// miles” for “mile”.
fn counting(x: &Words, word: &Words, cx: &Context) -> Option<Vec<Value>> {
    let passage = cx.draft.passage(x.passage)?;
    let last = passage.sentence_of(x.first as usize);
    let sentences = last.saturating_sub(BACK)..=last;
    let word = word.text(cx.draft);
    let counts_it = |mention: &Mention| {
        let behind = (mention.end as usize..passage.tokens.len().min(mention.end as usize + NOUN))
            .take_while(|at| passage.tokens[*at].kind == TokenKind::Word);
        behind.chain(mention.first as usize..mention.end as usize).any(|at| are_akin(passage.word(at), word))
    };
    let mut end = 0;
    let mut found = Vec::new();
    for (place, mention) in passage.mentions.iter().enumerate() {
        let Reading::Number(number) = &mention.reading else { continue };
        let may = matches!(number.measure, Measure::Plain | Measure::Unit(_)) && !number.labelled && !number.year_like;
        let apart = mention.end <= x.first || mention.first >= x.end;
        if may
            && apart
            && mention.kinds.meets(FIGURES)
            && mention.first >= end
            && sentences.contains(&passage.sentence_of(mention.first as usize))
            && counts_it(mention)
        {
            end = mention.end;
            found.push(Value::Words(Words::mention(passage.index, place, mention)));
        }
    }
    Some(found)
}
