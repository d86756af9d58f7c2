//! Functions of blocks: what a block reads as, by its form and by the words of its language.

use factlint_rules::token::{Shape, TokenKind};

use super::evaluate::{Context, whole};
use super::value::{Value, Words};
use crate::document::BlockKind;
use crate::mentions::Passage;

/// A function of blocks; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let block = match arguments.first() {
        Some(Value::Block(block)) => cx.draft.passages.get(*block),
        _ => None,
    };
    let truth = |truth: Option<bool>| truth.map_or(Value::Unknown, Value::Bool);
    Some(match name {
        "words" => block.map_or(Value::Unknown, |passage| whole(words(passage))),
        "is-quotation" => truth(block.map(is_quotation)),
        "has-translation-after" => truth(block.map(|passage| has_translation_after(passage, cx))),
        "reads-as-caption" => truth(block.map(|passage| reads_as_caption(passage, cx))),
        "blocks-in" => match arguments.first() {
            Some(Value::Text(code)) => {
                let of = |passage: &&Passage| passage.block.language.as_deref() == Some(code);
                whole(cx.draft.passages.iter().filter(of).count())
            }
            _ => Value::Unknown,
        },
        "block-of" => match arguments.first() {
            Some(Value::Words(words)) => Value::Block(words.passage),
            _ => Value::Unknown,
        },
        "blocks-of" => match arguments.first() {
            Some(Value::Text(kind)) => {
                whole(cx.draft.passages.iter().filter(|passage| passage.block.kind.word() == kind).count())
            }
            _ => Value::Unknown,
        },
        "missing-number" => block.and_then(|passage| missing_number(passage, cx)).map_or(Value::Unknown, whole),
        "quote-goes-on" => truth(block.map(|passage| quote_goes_on(passage, cx))),
        "goes-on" => truth(block.map(|passage| {
            let next = cx.draft.passages.get(passage.index + 1);
            next.is_some_and(|next| next.text().trim_start().starts_with(char::is_lowercase))
        })),
        "closed-later" => match arguments.first() {
            Some(Value::Words(words)) => Value::Bool(closed_later(words, cx)),
            _ => Value::Unknown,
        },
        _ => return None,
    })
}

fn words(passage: &Passage) -> usize {
    passage.tokens.iter().filter(|token| token.shape != Shape::None).count()
}

/// Set as a quotation, or for the most part inside quotation marks or italics.
fn is_quotation(passage: &Passage) -> bool {
    if passage.block.kind == BlockKind::Quote {
        return true;
    }
    let spoken = passage.quoted.iter().filter(|quoted| **quoted).count();
    let letters: u32 = passage.block.emphasis.iter().map(|(start, end)| end.saturating_sub(*start)).sum();
    spoken * 10 >= passage.tokens.len() * 6 || letters as usize * 10 >= passage.text().len().max(1) * 6
}

/// Does the next block translate it: in brackets or quotation marks, or with words that say so; or does a bracket inside
/// it, or do words right before it?
fn has_translation_after(passage: &Passage, cx: &Context) -> bool {
    let says_so = cx.draft.lexicons.class("translation-phrase");
    let speaks = |passage: &Passage| {
        let lexicon = cx.draft.lexicons.get(cx.draft.language);
        lexicon.phrases(says_so).any(|(_, phrase)| passage.text().to_lowercase().contains(&phrase.to_lowercase()))
    };
    if speaks(passage) {
        return true;
    }
    let at = passage.index;
    let before = at.checked_sub(1).and_then(|before| cx.draft.passages.get(before));
    if before.is_some_and(|before| before.text().trim_end().ends_with(':') || speaks(before)) {
        return true;
    }
    let opens = |text: &str| text.starts_with(['(', '[', '“', '"', '«', '„', '‘']);
    cx.draft.passages.get(at + 1).is_some_and(|next| opens(next.text()) || speaks(next))
}

/// A photo credit by itself, or one sentence without a full stop that ends in a credit or in a day.
fn reads_as_caption(passage: &Passage, cx: &Context) -> bool {
    let text = passage.text().trim();
    let count = words(passage);
    let markup = cx.draft.source.slice(passage.block.span).starts_with(['!', '<']);
    if count == 0 || count > 45 || markup || text.starts_with(['“', '"', '«', '„']) {
        return false;
    }
    let credit = cx.draft.lexicons.class("credit");
    let inner = text.trim_start_matches(['(', '[']);
    let bracketed = inner.len() < text.len() && text.ends_with([')', ']']);
    let first = passage.tokens.iter().position(|token| token.kind != TokenKind::Sign).unwrap_or(0);
    let opens_with_credit = passage.has(first, credit);
    let full_stop = text.trim_end_matches(['”', '"', ')', ']']).ends_with(['.', '!', '?', '…', ':', ';']);
    // “FILE PHOTO: The bridge is seen in 2019.”
    let archive = cx.draft.lexicons.class("archive-word");
    let after_archive = passage.hit(first, archive).map(|hit| passage.word(first + hit.len as usize));
    if after_archive.is_some_and(|sign| matches!(sign, ":" | "-" | "–" | "—")) {
        return true;
    }
    // “(AP Photo/Jane Roe)”, “Photo: Jane Roe”: names and little else.
    if opens_with_credit && count <= 14 && (bracketed || !full_stop) {
        let small =
            passage.tokens.iter().filter(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower).count();
        return bracketed || small * 2 <= count;
    }
    // “Jane Roe/Reuters”
    let agency = cx.draft.lexicons.class("agency");
    let by_agency = |at: usize| at > 0 && passage.is_sign(at - 1, '/') && passage.has(at, agency);
    let by_any = |from: usize| (from..passage.tokens.len()).any(by_agency);
    if count <= 8 && !full_stop && by_any(0) {
        return true;
    }
    if count < 6 {
        return false;
    }
    let tail = passage.tokens.len().saturating_sub(10);
    // “Workers mend the bridge on Friday. (AP Photo/Jane Roe)”
    let in_bracket = |at: usize| passage.has(at, credit) && at > 0 && matches!(passage.word(at - 1), "(" | "[");
    if text.ends_with([')', ']']) && passage.sentences.len() <= 3 && (tail..passage.tokens.len()).any(in_bracket) {
        return true;
    }
    if passage.sentences.len() > 1 {
        return false;
    }
    let ends_with_credit =
        by_any(tail) || (tail..passage.tokens.len()).any(|at| passage.has(at, credit) && opens_a_bracket(passage, at));
    let weekday = cx.draft.lexicons.class("weekday");
    let near_end = passage.tokens.len().saturating_sub(6);
    let ends_in_day = text.ends_with(')') && (near_end..passage.tokens.len()).any(|at| passage.has(at, weekday));
    !full_stop && passage.block.kind == BlockKind::Paragraph && (ends_with_credit || ends_in_day)
}

fn opens_a_bracket(passage: &Passage, at: usize) -> bool {
    at > 0 && matches!(passage.word(at - 1), "(" | "[" | "/" | "|" | "—" | "–" | ".")
}

/// The number that a numbered block leaves out before it: `Step 4` right after `Step 2` is missing 3. Only in a series
/// that begins with 1 and has no other gap.
fn missing_number(passage: &Passage, cx: &Context) -> Option<usize> {
    let (label, own) = numbered(passage, cx)?;
    let series: Vec<(usize, usize)> = cx
        .draft
        .passages
        .iter()
        .filter_map(|other| {
            numbered(other, cx).filter(|(name, _)| *name == label).map(|(_, number)| (other.index, number))
        })
        .collect();
    let place = series.iter().position(|(index, _)| *index == passage.index)?;
    let before = series.get(place.checked_sub(1)?)?.1;
    let gaps = series.windows(2).filter(|pair| pair[1].1 != pair[0].1 + 1).count();
    (series.len() >= 3 && series[0].1 == 1 && own == before + 2 && gaps == 1).then_some(before + 1)
}

/// The label and number that a block opens with: “Step 4”, or the list and number of its marker.
fn numbered(passage: &Passage, cx: &Context) -> Option<(String, usize)> {
    if let (Some(list), Some(marker)) = (passage.block.list, &passage.block.marker) {
        let number = marker.trim_end_matches(['.', ')']).parse().ok()?;
        return Some((format!("list {list} {}", passage.block.level), number));
    }
    // “## 4. Close the box”
    if passage.block.kind == BlockKind::Heading && matches!(passage.word(1), "." | ")") {
        let number = passage.word(0).parse().ok()?;
        return Some((format!("heading {}", passage.block.level), number));
    }
    let label = cx.draft.lexicons.class("numbered-label");
    if !passage.has(0, label) || !matches!(passage.block.kind, BlockKind::Heading | BlockKind::Paragraph) {
        return None;
    }
    let number = passage.word(1).parse().ok()?;
    let ends = passage.tokens.len() == 2 || matches!(passage.word(2), ":" | "." | "–" | "—" | "-" | ")");
    ends.then(|| (passage.word(0).to_lowercase(), number))
}

/// Opens the next block with a quotation mark, as each paragraph of a long quotation does? At the end of a draft it may
/// go on elsewhere.
fn quote_goes_on(passage: &Passage, cx: &Context) -> bool {
    cx.draft.passages[passage.index + 1..].iter().take(2).any(|next| {
        next.block.kind == BlockKind::Quote
            || next.text().trim_start().starts_with(['“', '"', '„', '«', '»', '‘', '\''])
    })
}

/// Is a bracket or a quotation that opens in one block closed in a later one, before another opens?
fn closed_later(words: &Words, cx: &Context) -> bool {
    let signs: &[char] = match words.text(cx.draft).chars().next() {
        Some('“') => &['“', '”'],
        Some('«') => &['«', '»'],
        _ => &['(', ')', '[', ']'],
    };
    let mut later = cx.draft.passages.iter().skip(words.passage + 1).take(6);
    let next = later.find_map(|passage| passage.text().chars().find(|c| signs.contains(c)));
    next.is_some_and(|sign| matches!(sign, ')' | ']' | '”' | '»'))
}
