//! Figures that stand in tables and lists: the cells above, the head of the row, the items that follow.

use factlint_rules::Kind;

use super::evaluate::{Context, whole};
use super::value::{Value, Words};
use crate::document::{BlockKind, Cell};
use crate::mentions::{Mention, Passage, Reading};

/// The only number of a passage, if nothing else than it and signs stand there.
fn only_number(passage: &Passage) -> Option<Value> {
    let place = passage.mentions.iter().position(|mention| mention.is(Kind::Number))?;
    let mention = &passage.mentions[place];
    Some(Value::Words(Words::mention(passage.index, place, mention)))
}

fn cell(words: &Words, cx: &Context) -> Option<Cell> {
    cx.draft.passages.get(words.passage)?.block.cell
}

fn cells<'c>(cx: &'c Context, of: Cell) -> impl Iterator<Item = (&'c Passage<'c>, Cell)> {
    cx.draft
        .passages
        .iter()
        .filter_map(move |passage| Some((passage, passage.block.cell?)))
        .filter(move |(_, cell)| cell.table == of.table)
}

/// The numbers of the cells above, or to the left, in order; unknown if a cell between holds something else.
pub fn neighbours(above: bool, words: &Words, cx: &Context) -> Value {
    let Some(own) = cell(words, cx) else { return Value::Unknown };
    let mut found = Vec::new();
    for (passage, cell) in cells(cx, own) {
        let before = if above {
            cell.column == own.column && cell.row < own.row && !cell.head
        } else {
            cell.row == own.row && cell.column < own.column && cell.column > 0
        };
        if !before {
            continue;
        }
        let empty = passage.text().trim().is_empty() || matches!(passage.text().trim(), "-" | "–" | "—");
        match only_number(passage) {
            Some(number) => found.push(number),
            None if empty => {}
            None => return Value::Unknown,
        }
    }
    if found.len() < 2 { Value::Unknown } else { Value::List(found) }
}

/// The words of the first cell of its row, or of the head of its column.
pub fn head(of_row: bool, words: &Words, cx: &Context) -> Value {
    let Some(own) = cell(words, cx) else { return Value::Unknown };
    cells(cx, own)
        .find(
            |(_, cell)| {
                if of_row {
                    cell.row == own.row && cell.column == 0
                } else {
                    cell.column == own.column && cell.row == 0
                }
            },
        )
        .map_or(Value::Unknown, |(passage, _)| Value::Text(passage.text().trim().trim_end_matches(':').to_owned()))
}

/// The list that follows the words' block at once.
fn list_after<'c>(words: &Words, cx: &'c Context) -> Vec<&'c Passage<'c>> {
    let mut items: Vec<&Passage> = Vec::new();
    for passage in cx.draft.passages.iter().skip(words.passage + 1) {
        let same = items.first().is_none_or(|first: &&Passage| {
            first.block.list == passage.block.list && first.block.level == passage.block.level
        });
        let deeper = items.first().is_some_and(|first| passage.block.level > first.block.level);
        match passage.block.kind {
            // A second paragraph of an item has no marker of its own.
            BlockKind::ListItem
                if passage.block.marker.is_none()
                    && items.first().is_some_and(|first| first.block.marker.is_some()) => {}
            BlockKind::ListItem if same => items.push(passage),
            BlockKind::ListItem if deeper => {}
            _ => break,
        }
    }
    items
}

/// How many items the list has that follows at once.
pub fn items_after(words: &Words, cx: &Context) -> Value {
    match list_after(words, cx).len() {
        0 => Value::Unknown,
        count => whole(count),
    }
}

/// The first count of each item of the list that follows; unknown if an item has none, or another number before it.
pub fn item_figures(words: &Words, cx: &Context) -> Value {
    let first_count = |passage: &Passage| {
        let is_number = |mention: &Mention| matches!(mention.reading, Reading::Number(_));
        let place = passage.mentions.iter().position(is_number)?;
        let mention = &passage.mentions[place];
        mention.is(Kind::Count).then(|| Value::Words(Words::mention(passage.index, place, mention)))
    };
    let found: Option<Vec<Value>> = list_after(words, cx).into_iter().map(first_count).collect();
    found.filter(|list| list.len() > 1).map_or(Value::Unknown, Value::List)
}
