//! Functions of blocks: what a block reads as, by its form and by the words of its language.

use factlint_rules::Kind;
use factlint_rules::lexicon::ClassId;
use factlint_rules::token::{Shape, TokenKind};

use super::evaluate::{Context, whole};
use super::value::{Value, Words};
use crate::document::BlockKind;
use crate::mentions::Passage;
use crate::source::Source;

/// The highest number of a series that is looked through.
const LONGEST_SERIES: usize = 40;

/// A function of blocks; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let block = match arguments.first() {
        Some(Value::Block(block)) => cx.block(*block),
        _ => None,
    };
    let truth = |truth: Option<bool>| truth.map_or(Value::Unknown, Value::Bool);
    Some(match name {
        "words" => block.map_or(Value::Unknown, |passage| whole(words(passage))),
        "is-quotation" => truth(block.map(is_quotation)),
        "is-verse" => truth(block.map(|passage| is_verse(cx.draft.source().slice(passage.block.span)))),
        "has-translation-after" => truth(block.map(|passage| has_translation_after(passage, cx))),
        "reads-as-caption" => truth(block.map(|passage| reads_as_caption(passage, cx))),
        "blocks-in" => match arguments.first() {
            Some(Value::Text(code)) => {
                let of = |passage: &&Passage| passage.block.language.as_deref() == Some(code);
                whole(cx.draft.passages().iter().filter(of).count())
            }
            _ => Value::Unknown,
        },
        "blocks-not-in" => match arguments.first() {
            Some(Value::Text(code)) => {
                let of =
                    |passage: &&Passage| passage.block.language.as_deref().is_some_and(|language| language != code);
                whole(cx.draft.passages().iter().filter(of).count())
            }
            _ => Value::Unknown,
        },
        "opens-emphasised" => truth(block.map(|passage| opens_emphasised(passage, cx.draft.source()))),
        "block-of" => match arguments.first() {
            Some(Value::Words(words)) => Value::Block(words.passage),
            _ => Value::Unknown,
        },
        "blocks-of" => match arguments.first() {
            Some(Value::Text(kind)) => {
                whole(cx.draft.passages().iter().filter(|passage| passage.block.kind.word() == kind).count())
            }
            _ => Value::Unknown,
        },
        "headings-between" => match (block_of(arguments.first()), block_of(arguments.get(1))) {
            (Some(a), Some(b)) => {
                let between = cx.draft.passages().get(a.min(b)..a.max(b)).unwrap_or_default();
                whole(between.iter().filter(|passage| passage.block.kind == BlockKind::Heading).count())
            }
            _ => Value::Unknown,
        },
        "blocks-between" => match (block_of(arguments.first()), block_of(arguments.get(1))) {
            (Some(a), Some(b)) => whole(a.abs_diff(b)),
            _ => Value::Unknown,
        },
        "section-words" => {
            let headings =
                cx.draft.passages().iter().filter(|passage| passage.block.kind == BlockKind::Heading).count();
            whole(cx.draft.passages().iter().map(words).sum::<usize>() / headings.max(1))
        }
        "repeated-number" => block.and_then(|passage| repeated_number(passage, cx)).map_or(Value::Unknown, whole),
        "missing-number" => block.and_then(|passage| missing_number(passage, cx)).map_or(Value::Unknown, whole),
        "last-captioned" => match arguments.first() {
            Some(Value::Words(words)) => last_captioned(words, cx).map_or(Value::Unknown, whole),
            _ => Value::Unknown,
        },
        "left-out" => match arguments.first() {
            Some(Value::Words(words)) => left_out(words, cx).map_or(Value::Unknown, whole),
            _ => Value::Unknown,
        },
        "quote-goes-on" => truth(block.map(|passage| quote_goes_on(passage, cx))),
        "goes-on" => truth(block.map(|passage| {
            let next = cx.draft.passages().get(passage.index + 1);
            next.is_some_and(|next| next.text().trim_start().starts_with(char::is_lowercase))
        })),
        "opened-earlier" => truth(block.map(|passage| opened_earlier(passage, cx))),
        "closed-later" => match arguments.first() {
            Some(Value::Words(words)) => Value::Bool(closed_later(words, cx)),
            _ => Value::Unknown,
        },
        _ => return None,
    })
}

/// The block that a value is, or stands in.
fn block_of(value: Option<&Value>) -> Option<usize> {
    match value? {
        Value::Block(block) => Some(*block),
        Value::Words(words) => Some(words.passage),
        _ => None,
    }
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

/// Is its first word set in italics or bold, and not its last: the head of an entry?
fn opens_emphasised(passage: &Passage, source: &Source) -> bool {
    const MARKS: [&str; 8] = ["*", "_", "<b>", "<b ", "<strong", "<em", "<i>", "<i "];
    if passage.tokens.is_empty() {
        return false;
    }
    let marked = |from: usize, to: usize| {
        let text = source.text().get(from..to).unwrap_or_default();
        MARKS.iter().any(|mark| text.contains(mark))
    };
    let (block, last) = (passage.block.span, passage.tokens.len() - 1);
    let (first, last) = (passage.span(0, 1), passage.span(last, last + 1));
    marked(block.start(), first.start()) && !marked(last.end(), block.end())
}

/// Three short lines and more, each of which begins with a capital, whatever signs stand before it.
fn is_verse(source: &str) -> bool {
    const LONGEST: usize = 80;
    let is_short = |line: &str| line.chars().nth(LONGEST).is_none();
    let opens = |line: &str| line.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    source.lines().count() > 2 && source.lines().all(|line| is_short(line) && opens(line))
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
    let before = at.checked_sub(1).and_then(|before| cx.draft.passages().get(before));
    if before.is_some_and(|before| before.text().trim_end().ends_with(':') || speaks(before)) {
        return true;
    }
    // A bracket or one quotation from end to end: what goes on with “she said” translates nothing.
    let held = |text: &str| {
        let inner = text.trim_end_matches(['.', ',']).strip_prefix(['(', '[', '“', '"', '«', '„', '‘']);
        let inner = inner.and_then(|text| text.strip_suffix([')', ']', '”', '“', '"', '»', '«', '’']));
        inner.is_some_and(|text| !text.contains(['“', '”', '"', '«', '»', '„']))
    };
    let alike = |next: &Passage| {
        let (one, other) = (words(passage), words(next));
        one <= other * 3 && other <= one * 3
    };
    cx.draft.passages().get(at + 1).is_some_and(|next| held(next.text().trim()) && alike(next) || speaks(next))
}

/// A photo credit by itself, or one sentence without a full stop that ends in a credit or in a day.
fn reads_as_caption(passage: &Passage, cx: &Context) -> bool {
    let text = passage.text().trim();
    let count = words(passage);
    if count == 0 || count > 45 || passage.block.figure || text.starts_with(['“', '"', '«', '„']) {
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
        if bracketed || small * 2 <= count {
            return true;
        }
    }
    // “The mayor at the bridge (file photo)”
    // “… on its mailing list (archive).” is a sentence, and a long one.
    let sentence = count > 15 && text.ends_with('.');
    if passage.sentences.len() <= 2 && count >= 3 && !sentence && ends_in_note(passage, archive) {
        return true;
    }
    // “Workers leave the plant. (Reuters)”, “Workers before the plant. © dpa”: amid the text, for an agency signs at its end.
    let says = cx.draft.lexicons.class("attribution");
    // A line of plain text that only looks like a heading has no level.
    let runs = passage.block.kind == BlockKind::Paragraph
        || passage.block.kind == BlockKind::Heading && passage.block.level == 0;
    let amid = cx.draft.passages().len() > passage.index + 1 && runs;
    if amid && (4..=25).contains(&count) && passage.sentences.len() <= 2 {
        let told = (0..passage.tokens.len()).any(|at| passage.has(at, says));
        // “82% of them watch it (Bloomberg)” names where a figure is from.
        let counts = text.contains('%') || text.starts_with(|c: char| c.is_ascii_digit());
        // A brief has its full stop before its agency: “Shares fell. (Reuters)”.
        let stop = text.rfind('(').is_some_and(|at| text[..at].trim_end().ends_with(['.', '!', '?', '”', '"']));
        if !told && !counts && !stop && ends_in_note(passage, cx.draft.lexicons.class("agency")) {
            return true;
        }
        let sign = (3..passage.tokens.len()).rev().find(|at| passage.word(*at) == "©");
        // “© 1998 Jane Roe” says whose a text is.
        let names = |at: usize| passage.tokens[at + 1..].iter().all(|token| token.kind != TokenKind::Number);
        if !full_stop && sign.is_some_and(|at| passage.tokens.len() - at <= 6 && names_only(passage, at) && names(at)) {
            return true;
        }
    }
    // “Jane Roe/Reuters”, “REUTERS/Jane Roe”, “(Jane Roe/The Valley News)”
    let agency = cx.draft.lexicons.class("agency");
    let has_slash = || (0..passage.tokens.len()).any(|at| passage.is_sign(at, '/'));
    let opens_with_agency = passage.hit(first, agency).map(|hit| passage.word(first + hit.len as usize));
    if count <= 8 && !full_stop && names_only(passage, first) {
        let signed = opens_with_agency.is_some_and(|sign| sign == "/" || sign == ":" && bracketed);
        if signed || bracketed && count >= 3 && has_slash() {
            return true;
        }
    }
    // “FG/AP” are two settings, not a photographer and an agency.
    let is_name = |at: usize| passage.word(at).chars().count() > 2 || passage.tokens[at].kind == TokenKind::Sign;
    let by_agency = |at: usize| at > 1 && passage.is_sign(at - 1, '/') && passage.has(at, agency) && is_name(at - 2);
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
    // “The mayor leaves on Monday, May 1, 2023. (Jane Roe/The Valley News via AP)”
    if runs && passage.sentences.len() <= 3 && ends_in_signature(passage) {
        return true;
    }
    // “Residents protest on Tuesday. Picture: Jane Roe”, “A woman at the gate. [Jane Roe/AFP]”
    let after_stop = |at: usize| at > 0 && matches!(passage.word(at - 1), "." | "!" | "?" | "[" | "(");
    // “EFE/Ana Ruiz”
    let agency_first =
        |at: usize| passage.hit(at, agency).is_some_and(|hit| passage.is_sign(at + hit.len as usize, '/'));
    let signed = |at: usize| {
        after_stop(at)
            && names_only(passage, at)
            && (passage.has(at, credit)
                || !full_stop && (agency_first(at) || (at..passage.tokens.len()).any(by_agency)))
    };
    if passage.sentences.len() <= 3 && (tail..passage.tokens.len()).any(signed) {
        return true;
    }
    if passage.sentences.len() > 1 {
        return false;
    }
    let ends_with_credit =
        by_any(tail) || (tail..passage.tokens.len()).any(|at| passage.has(at, credit) && opens_a_bracket(passage, at));
    let weekday = cx.draft.lexicons.class("weekday");
    let near_end = passage.tokens.len().saturating_sub(6);
    let last_bracket = text.rfind('(').map_or("", |at| &text[at..]);
    // A line that opens with a figure is a time or a score: “1 a.m. GMT Tuesday (8 p.m. EST Monday)”; one with hours
    // tells when a place is open: “From Monday to Friday, 9 a.m. to 6 p.m. (5 p.m. on Friday)”.
    let has_hours = passage.mentions.iter().any(|mention| mention.is(Kind::Time));
    let ends_in_day = !text.starts_with(|c: char| c.is_ascii_digit())
        && !has_hours
        && text.ends_with(')')
        && last_bracket.contains(|c: char| c.is_ascii_digit())
        && (near_end..passage.tokens.len()).any(|at| passage.has(at, weekday));
    !full_stop && runs && (ends_with_credit || ends_in_day)
}

/// Does it end in a bracket that holds a phrase of the class and nothing else?
fn ends_in_note(passage: &Passage, class: ClassId) -> bool {
    let last = (0..passage.tokens.len()).rev().find(|at| !passage.is_sign(*at, '.'));
    let opens = |close: usize| (close.saturating_sub(6)..close).rev().find(|at| passage.word(*at) == "(");
    last.filter(|close| passage.word(*close) == ")").is_some_and(|close| {
        opens(close)
            .is_some_and(|open| passage.hit(open + 1, class).is_some_and(|hit| open + 1 + hit.len as usize == close))
    })
}

/// Does it end in a photographer of two names or more, a stroke, and for whom: in a bracket, or as a sentence of its own
/// without a full stop?
fn ends_in_signature(passage: &Passage) -> bool {
    const LONGEST: usize = 12;
    let tokens = &passage.tokens;
    let Some(stroke) = (tokens.len().saturating_sub(LONGEST)..tokens.len()).rev().find(|at| passage.is_sign(*at, '/'))
    else {
        return false;
    };
    let is_word = |at: &usize| tokens[*at].kind == TokenKind::Word;
    let names = (0..stroke).rev().take_while(is_word).count();
    let first = stroke - names;
    let end = (stroke + 1..tokens.len()).find(|at| !is_word(at)).unwrap_or(tokens.len());
    let is_closed = match first.checked_sub(1).map(|before| passage.word(before)) {
        Some("(") => {
            let follows_stop = first > 1 && matches!(passage.word(first - 2), "." | "!" | "?");
            follows_stop && passage.word(end) == ")" && end + 1 == tokens.len()
        }
        Some("." | "!" | "?" | "”") => end == tokens.len(),
        _ => false,
    };
    is_closed
        && names >= 2
        && end > stroke + 1
        && tokens[stroke + 1].shape != Shape::Lower
        && names_only(passage, first)
}

/// From this token on, are all words names: none in small letters but “by”, “via”, “for”, “von”, “de”?
fn names_only(passage: &Passage, from: usize) -> bool {
    let small = |at: &usize| passage.tokens[*at].shape == Shape::Lower;
    let long = |at: &usize| passage.word(*at).chars().count() > 3;
    let rest = from + 1..passage.tokens.len();
    !rest.clone().any(|at| small(&at) && long(&at)) && rest.filter(small).count() <= 2
}

fn opens_a_bracket(passage: &Passage, at: usize) -> bool {
    at > 0 && matches!(passage.word(at - 1), "(" | "[" | "/" | "|" | "—" | "–" | ".")
}

/// The number that a numbered block leaves out before it: `Step 4` right after `Step 2` is missing 3, and `Phase 5` 3 and 4.
/// Only in a series that begins with 1 and has no other gap.
fn missing_number(passage: &Passage, cx: &Context) -> Option<usize> {
    let (label, own) = numbered(passage, cx)?;
    // The first is 1, and one is missing.
    if own < 3 {
        return None;
    }
    let (series, place) = series_of(&label, passage, cx)?;
    let before = series.get(place.checked_sub(1)?)?.1;
    let gaps = series.windows(2).filter(|pair| pair[1].1 != pair[0].1 + 1).count();
    // “1. Read it. 3. Sign it.”: of a list, two items are enough.
    let least = if matches!(label, Series::List(..)) { 2 } else { 3 };
    // What is named by a word may lack two in a row; a list of bare numbers, one.
    let widest = if matches!(label, Series::Label(..) | Series::Ordinal(..)) { 2 } else { 1 };
    let missing = own.checked_sub(before + 1)?;
    (series.len() >= least && series[0].1 == 1 && (1..=widest).contains(&missing) && gaps == 1).then_some(before + 1)
}

/// The number that a numbered block repeats, right after the block that has it: `Step 2` after `Step 2`. Only in a series that
/// begins with 1 and goes up by one everywhere else, twice at least.
fn repeated_number(passage: &Passage, cx: &Context) -> Option<usize> {
    let (label, own) = numbered(passage, cx)?;
    if own < 2 {
        return None;
    }
    let (series, place) = series_of(&label, passage, cx)?;
    let before = series.get(place.checked_sub(1)?)?.1;
    let others = series.windows(2).filter(|pair| pair[1].1 != pair[0].1 + 1).count();
    (series.len() >= 3 && series[0].1 == 1 && own == before && others == 1).then_some(own)
}

/// The numbered blocks of a series, each its passage and its number, and which of them the passage is.
fn series_of(label: &Series, passage: &Passage, cx: &Context) -> Option<(Vec<(usize, usize)>, usize)> {
    let of_series = |other: &Passage| numbered(other, cx).filter(|(name, _)| name == label).map(|(_, number)| number);
    let passages = cx.draft.passages().iter();
    let series: Vec<_> = passages.filter_map(|other| Some((other.index, of_series(other)?))).collect();
    let place = series.iter().position(|(index, _)| *index == passage.index)?;
    Some((series, place))
}

/// What a numbered block is one of.
#[derive(PartialEq)]
enum Series {
    /// The list of that number, at that level.
    List(u32, u8),
    /// Headings of that level.
    Headings(u8),
    /// Headings of that level, in Roman numbers.
    Roman(u8),
    /// Numbers in brackets.
    Brackets,
    /// The blocks that open with the word of that key.
    Label(u64),
    /// The same with Roman numbers: “Part IV: …”
    RomanLabel(u64),
    /// The blocks that open with an ordinal and the word of that key: “3rd step: …”
    Ordinal(u64),
}

/// The series and number that a block opens with: “Step 4”, or the list and number of its marker.
fn numbered(passage: &Passage, cx: &Context) -> Option<(Series, usize)> {
    if let (Some(list), Some(marker)) = (passage.block.list, &passage.block.marker) {
        let number = marker.trim_end_matches(['.', ')']).parse().ok()?;
        return Some((Series::List(list, passage.block.level), number));
    }
    let kind = passage.block.kind;
    let is_heading = matches!(kind, BlockKind::Headline | BlockKind::Heading);
    // “## 4. Close the box”
    if is_heading
        && matches!(passage.word(1), "." | ")")
        && let Ok(number) = passage.word(0).parse()
    {
        return Some((Series::Headings(passage.block.level), number));
    }
    // “IV. The bill”
    if is_heading
        && matches!(passage.word(1), "." | ")" | ":" | "–" | "—")
        && let Some(number) = roman(passage.word(0))
    {
        return Some((Series::Roman(passage.block.level), number));
    }
    // “(4) close the box”
    if passage.block.kind == BlockKind::Paragraph && passage.word(0) == "(" && passage.word(2) == ")" {
        return Some((Series::Brackets, passage.word(1).parse().ok()?));
    }
    if !(is_heading || kind == BlockKind::Paragraph) {
        return None;
    }
    let label = cx.draft.lexicons.class("numbered-label");
    let ends = |at: usize| passage.tokens.len() == at || matches!(passage.word(at), ":" | "." | "–" | "—" | "-" | ")");
    if passage.has(0, label) && ends(2) {
        let (word, key) = (passage.word(1), passage.keys[0]);
        let roman = || roman(word).map(|number| (Series::RomanLabel(key), number));
        return word.parse().ok().map(|number| (Series::Label(key), number)).or_else(roman);
    }
    // “3.º passo: …”, “Third step: …”
    let place = (1..=3).find(|at| passage.has(*at, label) && ends(at + 1))?;
    let in_words = || passage.number_of(0, cx.draft.lexicons.class("day-word")).map(|(number, _)| number);
    let ending = |at: usize| passage.glued(at) || passage.is_sign(at, '.');
    let number = if place == 1 { in_words() } else { None };
    let number = number.or_else(|| (1..place).all(ending).then(|| passage.word(0).parse().ok())?)?;
    Some((Series::Ordinal(passage.keys[place]), usize::try_from(number).ok()?))
}

/// The value of a Roman number up to XX.
fn roman(word: &str) -> Option<usize> {
    const NUMBERS: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX", "XX",
    ];
    NUMBERS.iter().position(|number| *number == word).map(|place| place + 1)
}

/// The number that a series in running text leaves out before these words: “Table 4” where only “Table 1” and “Table 2”
/// came before it, and no “Table 3” comes at all.
fn left_out(words: &Words, cx: &Context) -> Option<usize> {
    let own = cx.draft.passage(words.passage)?;
    let label = own.word(words.first as usize).to_lowercase();
    let number: usize = own.word((words.end as usize).checked_sub(1)?).parse().ok()?;
    if !(4..=LONGEST_SERIES).contains(&number) {
        return None;
    }
    let mut expected = 1;
    for passage in &cx.draft.passages()[..=words.passage] {
        let until = if passage.index == words.passage { words.first as usize } else { passage.tokens.len() };
        for found in (0..until).filter_map(|at| labelled(passage, at, &label)) {
            match found {
                _ if found < expected => {}
                _ if found == expected => expected += 1,
                _ => return None,
            }
        }
    }
    let stem: String = label.chars().take(3).collect();
    let named = |passage: &Passage, at: usize| {
        passage.word(at).parse() == Ok(expected)
            && (at.saturating_sub(6)..at).any(|before| passage.word(before).to_lowercase().starts_with(&stem))
    };
    let is_there = |passage: &Passage| (0..passage.tokens.len()).any(|at| named(passage, at));
    (expected + 1 == number && !cx.draft.passages().iter().any(is_there)).then_some(expected)
}

/// The last number of a series of captions from 1 on: blocks that open with “Figure 1”, “Figure 2”, “Figure 3”.
fn last_captioned(words: &Words, cx: &Context) -> Option<usize> {
    let label = cx.draft.passage(words.passage)?.word(words.first as usize).to_lowercase();
    let captioned = |passage: &Passage| {
        let number = labelled(passage, (0..passage.tokens.len()).next()?, &label)?;
        let closed = passage.tokens.iter().take(5).any(|token| {
            matches!(passage.text().get(token.start as usize..token.end as usize), Some("." | ":" | "–" | "—" | "|"))
        });
        closed.then_some(number)
    };
    let mut numbers: Vec<usize> = cx.draft.passages().iter().filter_map(captioned).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let in_order = numbers.iter().enumerate().all(|(place, number)| *number == place + 1);
    (in_order && numbers.len() >= 2).then_some(numbers.len())
}

/// The number in “Table 4”, “Fig. 4”, if the label stands at this token.
fn labelled(passage: &Passage, at: usize, label: &str) -> Option<usize> {
    if passage.tokens[at].kind != TokenKind::Word || passage.word(at).to_lowercase() != label {
        return None;
    }
    let next = if passage.is_sign(at + 1, '.') { at + 2 } else { at + 1 };
    passage.word(next).parse().ok()
}

/// Opens the next block with a quotation mark, as each paragraph of a long quotation does? At the end of a draft it may
/// go on elsewhere.
fn quote_goes_on(passage: &Passage, cx: &Context) -> bool {
    cx.draft.passages()[passage.index + 1..].iter().take(2).any(|next| {
        next.block.kind == BlockKind::Quote
            || names_a_speaker(next)
            || next.text().trim_start().starts_with(['“', '"', '„', '«', '»', '‘', '\''])
    })
}

/// Opens a block with the name of who speaks, as plays do: “ANNA:”, “2ND GUARD:”?
fn names_a_speaker(passage: &Passage) -> bool {
    let shout = |at: usize| passage.tokens.get(at).is_some_and(|token| token.shape == Shape::Upper);
    let colon = (1..4).find(|at| passage.is_sign(*at, ':'));
    colon.is_some_and(|colon| shout(colon - 1) && passage.word(colon - 1).chars().count() > 1)
}

/// Is a quotation still open where the block begins: does an earlier block open one and not close it?
fn opened_earlier(passage: &Passage, cx: &Context) -> bool {
    // “"He said "no" and went on.”: a quotation in it is closed, the first is not.
    let odd = |text: &str| text.starts_with('"') && text.matches('"').count() % 2 == 1;
    let last = |text: &str| text.rfind(['“', '”', '„', '«', '»', '"']).map(|at| opens(text, at) || odd(text));
    let mut before = cx.draft.passages()[..passage.index].iter().rev().take(12);
    before.find_map(|other| last(other.text())).unwrap_or(false)
}

/// Does the quotation mark at this byte open a quotation? A straight one, the one that German closes with, and guillemets, which
/// point either way, do where no word stands before them.
fn opens(text: &str, at: usize) -> bool {
    let stands_free =
        || text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'));
    let mut signs = text[at..].chars();
    match signs.next() {
        Some('"' | '“') => stands_free(),
        // French sets a blank before the one that closes, too.
        Some('»') => stands_free() && signs.next().is_some_and(char::is_alphanumeric),
        Some('«') => stands_free() && signs.next().is_some_and(|next| next.is_alphanumeric() || next.is_whitespace()),
        sign => sign == Some('„'),
    }
}

/// Is a bracket or a quotation that opens in one block closed in a later one, before another opens?
fn closed_later(words: &Words, cx: &Context) -> bool {
    let signs: &[char] = match words.text(cx.draft).chars().next() {
        Some('“') => &['“', '”'],
        Some('«') => &['«', '»'],
        Some('»') => &['»', '«'],
        Some('‘') => &['‘', '’'],
        Some('„') => &['„', '“', '”'],
        _ => &['(', ')', '[', ']'],
    };
    let mut later = cx.draft.passages().iter().skip(words.passage + 1).take(6);
    let next = later.find_map(|passage| passage.text().chars().find(|c| signs.contains(c)));
    next.is_some_and(|sign| sign == signs[1] || matches!(sign, ']' | '”'))
}
