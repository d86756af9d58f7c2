//! Figures that stand in tables and lists: the cells above, the head of the row, the items that follow.

use factlint_rules::Kind;
use factlint_rules::lexicon::ClassId;
use factlint_rules::token::TokenKind;

use super::evaluate::{Context, whole};
use super::value::{Value, Words};
use crate::document::{BlockKind, Cell};
use crate::mentions::{Mention, Passage, Reading, Reckoning};

/// The only number of a passage, if nothing else than it and signs stand there.
fn only_number(passage: &Passage) -> Option<Value> {
    let place = passage.mentions.iter().position(|mention| mention.is(Kind::Number))?;
    let mention = &passage.mentions[place];
    let inside = mention.first as usize..mention.end as usize;
    let is_sign = |at: usize| passage.tokens[at].kind == TokenKind::Sign;
    let alone = (0..passage.tokens.len()).all(|at| inside.contains(&at) || is_sign(at));
    alone.then(|| Value::Words(Words::mention(passage.index, place, mention)))
}

fn cell(words: &Words, cx: &Context) -> Option<Cell> {
    cx.draft.passage(words.passage)?.block.cell
}

fn at<'c>(cx: &'c Context, table: u32, row: u32, column: u32) -> Option<&'c Passage<'c>> {
    cx.draft.passages().get(cx.draft.cells().find(table, row, column)?)
}

/// The numbers of the cells above, or to the left, in order; unknown if a cell between holds something else or is
/// missing, if a row is part of another (“of which”), or if a total stands between.
pub fn neighbours(above: bool, words: &Words, cx: &Context) -> Value {
    let Some(own) = cell(words, cx) else { return Value::Unknown };
    let total = cx.draft.lexicons.class("total");
    let subset = cx.draft.lexicons.class("subset-row");
    let is_share = cx.draft.passage(words.passage).is_some_and(|passage| passage.of(Kind::Percent).next().is_some());
    let mut found = Vec::new();
    let places = if above { 0..own.row } else { 1..own.column };
    // The nearest first, so that a table of many totals is not walked again for each.
    for place in places.rev() {
        let (row, column) = if above { (place, own.column) } else { (own.row, place) };
        let Some(passage) = at(cx, own.table, row, column) else { return Value::Unknown };
        if passage.block.cell.is_some_and(|cell| cell.head) {
            let is = |class| (0..passage.tokens.len()).any(|word| passage.has(word, class));
            // Shares make a whole, and a table says so where it has the undecided.
            if above && !is_share && is(cx.draft.lexicons.class("unsummed-head")) {
                return Value::Unknown;
            }
            if above {
                break;
            }
            continue;
        }
        let head = if above { at(cx, own.table, row, 0) } else { at(cx, own.table, 0, column) };
        let is = |class| head.is_some_and(|head| (0..head.tokens.len().min(4)).any(|word| head.has(word, class)));
        if is(total) || is(subset) {
            return Value::Unknown;
        }
        match only_number(passage) {
            Some(number) => found.push(number),
            None if matches!(passage.text().trim(), "-" | "–" | "—") => {}
            None => return Value::Unknown,
        }
    }
    found.reverse();
    // What a column lacks, its foot may have left out, and the foot of the column of totals not.
    let at_foot = !above
        && at(cx, own.table, own.row, 0)
            .is_some_and(|head| (0..head.tokens.len().min(4)).any(|word| head.has(word, total)));
    let has_gap = |cell: &Value| match cell {
        Value::Words(words) => matches!(neighbours(true, words, cx), Value::Unknown),
        _ => false,
    };
    if found.len() < 2 || at_foot && found.iter().any(has_gap) { Value::Unknown } else { Value::List(found) }
}

/// The words of the first cell of its row, or of the head of its column.
pub fn head(of_row: bool, words: &Words, cx: &Context) -> Value {
    let Some(own) = cell(words, cx) else { return Value::Unknown };
    let (row, column) = if of_row { (own.row, 0) } else { (0, own.column) };
    let Some(passage) = at(cx, own.table, row, column) else { return Value::Unknown };
    let end = passage.tokens.len();
    let end = if end > 0 && passage.is_sign(end - 1, ':') { end - 1 } else { end };
    // Words, not their text, so that a phrase of several is found in a class.
    if end == 0 { Value::Unknown } else { Value::Words(Words::tokens(passage.index, 0, end)) }
}

/// The value in a class of the whole cell to the left, or else to the right: “Sunday” beside “7 May”.
pub fn beside(words: &Words, class: ClassId, cx: &Context) -> Value {
    let Some(own) = cell(words, cx) else { return Value::Unknown };
    let value = |column: u32| {
        let passage = at(cx, own.table, own.row, column)?;
        let hit = passage.hit(0, class)?;
        let end = hit.len as usize;
        (end == passage.tokens.len() || end + 1 == passage.tokens.len() && passage.is_sign(end, '.'))
            .then(|| Value::from(passage.lexicon.value(hit.value).to_owned()))
    };
    let left = own.column.checked_sub(1).and_then(value);
    left.or_else(|| value(own.column + 1)).unwrap_or(Value::Unknown)
}

/// The list that follows the words' block at once.
fn list_after<'c>(words: &Words, cx: &'c Context) -> Vec<&'c Passage<'c>> {
    let mut items: Vec<&Passage> = Vec::new();
    for passage in cx.draft.passages().iter().skip(words.passage + 1) {
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

/// What its cell would be by the arithmetic of its table.
pub fn reckoned(words: &Words, cx: &Context) -> Option<Reckoning> {
    cell(words, cx)?;
    cx.draft.reckonings().find(words.passage)
}

/// The only number of each item before the words' own in its list; unknown if one has none, or several.
pub fn items_before(words: &Words, cx: &Context) -> Value {
    let Some(own) = cx.draft.passage(words.passage) else { return Value::Unknown };
    let before = cx.draft.passages().get(..words.passage).unwrap_or_default();
    let first = before.iter().rposition(|passage| passage.block.kind != BlockKind::ListItem).map_or(0, |at| at + 1);
    let sole = |passage: &Passage| {
        let is_number = |mention: &Mention| matches!(mention.reading, Reading::Number(_));
        let mut numbers = passage.mentions.iter().enumerate().filter(|(_, mention)| is_number(mention));
        let (place, mention) = numbers.next()?;
        let same = passage.block.list == own.block.list && passage.block.level == own.block.level;
        (same && numbers.next().is_none()).then(|| Value::Words(Words::mention(passage.index, place, mention)))
    };
    let found: Option<Vec<Value>> = before[first..].iter().map(sole).collect();
    found.filter(|list| list.len() > 1).map_or(Value::Unknown, Value::List)
}
