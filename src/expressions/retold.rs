//! Is a thing told of again? What two sentences have in common, and how one word is told in several forms.

use factlint_rules::lexicon::word_key;
use factlint_rules::token::{TokenKind, fold, folded};
use factlint_rules::{Kind, KindSet};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use std::num::NonZeroU64;
use std::ops::Range;

use super::evaluate::{Context, as_words, whole};
use super::numbers::number;
use super::value::{Value, Words};
use crate::mentions::{Mention, Passage, Reading, Told};

/// By so many of its first letters a word of meaning is known, whatever its ending.
const ROOT: usize = 5;

/// So many words on either side of a figure tell what it measures.
const BESIDE: usize = 8;

/// Words that say when, or only hold others together.
const APART: [&str; 5] = ["function-word", "weekday", "weekday-short", "month", "month-short"];

/// What measures something.
pub(super) const FIGURES: KindSet = KindSet::of(&[Kind::Count, Kind::Money, Kind::Percent, Kind::Quantity]);

/// A function that compares what is told; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let words = |at: usize| arguments.get(at).and_then(as_words);
    let both = words(0).zip(words(1));
    Some(match name {
        "shared-words" => both.map_or(Value::Unknown, |(a, b)| whole(shared(a, b, cx).len())),
        "shared-alone" => both.map_or(Value::Unknown, |(a, b)| whole(shared_alone(a, b, cx))),
        "told-else" => both.map_or(Value::Unknown, |(a, b)| whole(told_else(a, b, cx))),
        "told-near" => both.map_or(Value::Unknown, |(a, b)| whole(told_near(a, b, cx))),
        "told-alike" => both.map_or(Value::Unknown, |(a, b)| whole(told_alike(a, b, cx))),
        "akin" => both.map_or(Value::Unknown, |(a, b)| Value::Bool(are_akin(a.text(cx.draft), b.text(cx.draft)))),
        "speaks-of" => both.and_then(|(x, word)| speaks_of(x, word, cx)).map_or(Value::Unknown, Value::Bool),
        "set-apart" => both.and_then(|(a, b)| are_set_apart(a, b, cx)).map_or(Value::Unknown, Value::Bool),
        "one-sentence" => both.map_or(Value::Unknown, |(a, b)| Value::Bool(in_one_sentence(a, b, cx))),
        "leads" => words(0).and_then(|x| leads(x, cx)).map_or(Value::Unknown, Value::Bool),
        "values-of" => words(0).and_then(|x| values_of(x, words(1), cx)).map_or(Value::Unknown, whole),
        _ => return None,
    })
}

/// The passage of a mention, and the tokens of its sentence.
pub fn sentence<'c>(words: &Words, cx: &Context<'c>) -> Option<(&'c Passage<'c>, Range<usize>)> {
    let passage = cx.draft.passage(words.passage)?;
    let range = passage.sentences.get(passage.sentence_of(words.first as usize))?;
    Some((passage, range.start as usize..range.end as usize))
}

/// What a word and its forms begin with: the first five letters, less what is an ending among them (“kills”, “killed”, “killing”).
fn root(word: &str) -> String {
    let mut root: Vec<char> = folded(word).take(ROOT).collect();
    let ending = root.iter().rev().take_while(|letter| "sdei".contains(**letter)).count().min(2);
    root.truncate((root.len() - ending).max(3.min(root.len())));
    root.into_iter().collect()
}

/// What the tokens of a passage tell. Words of four letters and more have the keys of their roots, so that “march” meets
/// “marched”; days and function words tell nothing.
fn told<'p>(passage: &'p Passage, cx: &Context) -> &'p [Told] {
    passage.told.get_or_init(|| {
        let apart = APART.map(|name| cx.draft.lexicons.class(name));
        let told = |at: usize| {
            let word = passage.word(at);
            let tells = match passage.tokens[at].kind {
                TokenKind::Word => word.len() > 1 && !apart.iter().any(|class| passage.has(at, *class)),
                kind => kind == TokenKind::Number,
            };
            let means = tells && passage.tokens[at].kind == TokenKind::Word && word.chars().count() >= 4;
            Told { tells, root: means.then(|| NonZeroU64::new(word_key(&root(word)))).flatten() }
        };
        (0..passage.tokens.len()).map(told).collect()
    })
}

/// How many words of meaning stand alike before two figures and after them, each in one row: “the blaze gutted 40 homes” and “a
/// blaze that gutted 45 homes” have three. A row goes from the figure to the first word, or figure, in which the two sentences
/// differ. None, if both go on after the figure, and otherwise (“12 games at home”, “13 games away”), if the row before it ends in
/// two names, or if the first sentence says closer than the second what that row begins with: “its sister plant” is not “the plant”.
fn told_alike(a: &Words, b: &Words, cx: &Context) -> usize {
    let Some(((passage, own), (other_passage, others))) = sentence(a, cx).zip(sentence(b, cx)) else { return 0 };
    let is_long = |word: &str| word.chars().count() >= ROOT;
    let alike = |a: &str, b: &str| are_akin(a, b) || is_long(a) && is_long(b) && root(a) == root(b);
    let is_name = |word: &str, passage: &Passage| {
        passage.lexicon.language != "de" && word.chars().next().is_some_and(char::is_uppercase)
    };
    let mut count = 0;
    for backwards in [true, false] {
        let mut own = row(a, passage, &own, backwards, cx).peekable();
        let mut other = row(b, other_passage, &others, backwards, cx).map(|(word, _)| word).peekable();
        let mut same = 0;
        let mut last = None;
        while let Some((word, _)) = own.peek() {
            // What the second names besides (“the blaze in Lyon gutted 40 homes”), the first need not.
            while other.next_if(|y| !alike(word, y) && !is_name(word, passage) && is_name(y, other_passage)).is_some() {
            }
            if other.next_if(|y| alike(word, y)).is_none() {
                break;
            }
            last = own.next().map(|(_, at)| at);
            same += 1;
        }
        let next = own.peek();
        let differ = next.zip(other.peek());
        let closer = next.zip(last).is_some_and(|((_, at), last)| at + 1 == last);
        let apart = if backwards {
            closer || differ.is_some_and(|((x, _), y)| is_name(x, passage) && is_name(y, other_passage))
        } else {
            differ.is_some()
        };
        if apart {
            return 0;
        }
        count += same;
    }
    count
}

/// The words of a sentence that tell something, with their tokens: from a figure to the start of the sentence, or from it to
/// the end, as far as no comma or bracket parts off another thing that is told.
fn row<'p>(
    figure: &Words,
    passage: &'p Passage,
    sentence: &Range<usize>,
    backwards: bool,
    cx: &Context,
) -> impl Iterator<Item = (&'p str, usize)> {
    let told = told(passage, cx);
    let (before, after) = (sentence.start..figure.first as usize, figure.end as usize..sentence.end);
    let (before, after) = if backwards { (before, 0..0) } else { (0..0, after) };
    let parts = |at: &usize| matches!(passage.word(*at), "," | ";" | ":" | "(" | ")" | "–" | "—");
    let tokens = before.rev().chain(after.take_while(move |at| !parts(at)));
    tokens.filter(|at| told[*at].tells).map(|at| (passage.word(at), at))
}

/// The words of meaning of a mention's sentence, each once.
fn stems(words: &Words, cx: &Context) -> Vec<NonZeroU64> {
    let Some((passage, sentence)) = sentence(words, cx) else { return Vec::new() };
    let mut stems: Vec<NonZeroU64> = told(passage, cx)[sentence].iter().filter_map(|told| told.root).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// The words of meaning that the sentences of two mentions share.
fn shared(a: &Words, b: &Words, cx: &Context) -> Vec<NonZeroU64> {
    let (mut own, other) = (stems(a, cx), stems(b, cx));
    own.retain(|stem| other.binary_search(stem).is_ok());
    own
}

/// The words of meaning beside a figure, at most so many words away, each once.
fn roots_beside(words: &Words, cx: &Context) -> Option<Vec<NonZeroU64>> {
    let (passage, sentence) = sentence(words, cx)?;
    let is_word = |at: &usize| matches!(passage.tokens[*at].kind, TokenKind::Word | TokenKind::Number);
    let before = (sentence.start..words.first as usize).rev().filter(is_word).take(BESIDE);
    let after = (words.end as usize..sentence.end).filter(is_word).take(BESIDE);
    let told = told(passage, cx);
    let mut roots: Vec<NonZeroU64> = before.chain(after).filter_map(|at| told[at].root).collect();
    roots.sort_unstable();
    roots.dedup();
    Some(roots)
}

/// Do two mentions stand in one sentence?
fn in_one_sentence(a: &Words, b: &Words, cx: &Context) -> bool {
    let place = |words: &Words| sentence(words, cx).map(|(passage, range)| (passage.index, range.start));
    place(a) == place(b)
}

/// How many words of meaning two figures of two sentences have in common beside them, each at most so many words away: of
/// long sentences, what one figure counts and the other does is told there.
fn told_near(a: &Words, b: &Words, cx: &Context) -> usize {
    if in_one_sentence(a, b, cx) {
        return 0;
    }
    let Some((mut own, other)) = roots_beside(a, cx).zip(roots_beside(b, cx)) else { return 0 };
    own.retain(|root| other.binary_search(root).is_ok());
    own.len()
}

/// How many words of meaning that stand beside a figure stand nowhere in the sentence of another.
fn told_else(a: &Words, b: &Words, cx: &Context) -> usize {
    let (own, other) = (roots_beside(a, cx).unwrap_or_default(), stems(b, cx));
    own.iter().filter(|root| other.binary_search(root).is_err()).count()
}

/// How many words of meaning the sentences of two mentions share that no other sentence of the text has; none of one
/// sentence. What the whole draft is about stands everywhere in it; what two sentences alone have in common is the one thing that both tell.
fn shared_alone(a: &Words, b: &Words, cx: &Context) -> usize {
    let own = [a, b].map(|words| sentence(words, cx).map(|(passage, sentence)| (passage.index, sentence.start)));
    if own[0] == own[1] {
        return 0;
    }
    let mut shared = shared(a, b, cx);
    for passage in cx.draft.passages().iter().filter(|passage| passage.block.kind.word() == "paragraph") {
        for sentence in &passage.sentences {
            if shared.is_empty() {
                return 0;
            }
            let tokens = sentence.start as usize..sentence.end as usize;
            if !own.contains(&Some((passage.index, tokens.start))) {
                let told = &told(passage, cx)[tokens];
                shared.retain(|stem| !told.iter().any(|told| told.root == Some(*stem)));
            }
        }
    }
    shared.len()
}

/// Are two words forms of one, as far as letters tell: job and jobs, city and cities, Mensch and Menschen? Both begin
/// alike, and what follows is an ending.
pub fn are_akin(a: &str, b: &str) -> bool {
    let same = folded(a).zip(folded(b)).take_while(|(x, y)| x == y).count();
    // Asked first: most words differ from the start.
    if same < 3 && !(folded(a).nth(same).is_none() && folded(b).nth(same).is_none()) {
        return false;
    }
    let rest = |word: &str| folded(word).count() - same;
    let (short, long) = (rest(a).min(rest(b)), rest(a).max(rest(b)));
    long == 0 || same >= 3 && short <= 1 && long <= 2 || same >= 3 && short == 1 && long == 3
}

/// Has the sentence of a mention a form of that word, or one of its family: “invest” of an investment?
fn speaks_of(x: &Words, word: &Words, cx: &Context) -> Option<bool> {
    let word = word.text(cx.draft);
    let is_long = folded(word).count() >= ROOT;
    let begins_alike = |other: &str| folded(other).take(ROOT).eq(folded(word).take(ROOT));
    let is_one = |other: &str| are_akin(other, word) || is_long && begins_alike(other);
    sentence(x, cx).map(|(passage, mut sentence)| sentence.any(|at| is_one(passage.word(at))))
}

/// How many different values the draft has for what a figure measures: all of them, or where a form of that word follows
/// at once or after one word more.
fn values_of(x: &Words, word: Option<&Words>, cx: &Context) -> Option<usize> {
    let measure = &number(cx.draft, x)?.measure;
    let word = word.map(|word| word.text(cx.draft));
    let follows = |passage: &Passage, mention: &Mention, word: &str| {
        let after =
            (mention.end as usize..passage.tokens.len()).filter(|at| passage.tokens[*at].kind == TokenKind::Word);
        after.take(2).any(|at| are_akin(passage.word(at), word))
    };
    let mut values: FxHashSet<Decimal> = FxHashSet::default();
    for passage in cx.draft.passages() {
        for mention in passage.mentions.iter().filter(|mention| mention.kinds.meets(FIGURES)) {
            if let Reading::Number(other) = &mention.reading
                && other.measure == *measure
                && word.is_none_or(|word| follows(passage, mention, word))
            {
                values.insert(other.face.normalize());
            }
        }
    }
    Some(values.len())
}

/// Is a figure the first of its sentence that measures what it measures?
fn leads(x: &Words, cx: &Context) -> Option<bool> {
    let measure = &number(cx.draft, x)?.measure;
    let (passage, sentence) = sentence(x, cx)?;
    let before = passage.mentions.iter().filter(|mention| {
        sentence.contains(&(mention.first as usize)) && mention.first < x.first && mention.end <= x.first
    });
    Some(!before.into_iter().any(|mention| match &mention.reading {
        Reading::Number(other) => other.measure == *measure && mention.kinds.meets(FIGURES),
        _ => false,
    }))
}

/// Are two sentences the same word for word, but for their figures and for names or a word of meaning or two: “Oakfield has
/// 124 boats. Lambrook has 142 boats”?
fn are_parallel(a: &Words, b: &Words, cx: &Context) -> Option<bool> {
    let ((one, own), (other, others)) = (sentence(a, cx)?, sentence(b, cx)?);
    let length = own.len();
    if length != others.len() || (a.first as usize).abs_diff(own.start) != (b.first as usize).abs_diff(others.start) {
        return Some(false);
    }
    let figures = [a, b].map(|words| words.first as usize..words.end as usize);
    let pairs = own.zip(others).filter(|(at, to)| !(figures[0].contains(at) && figures[1].contains(to)));
    let means = |word: &str| {
        word.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()) || word.chars().count() > 3
    };
    let unlike = pairs.map(|(at, to)| [one.word(at), other.word(to)]).filter(|[x, y]| !folded(x).eq(folded(y)));
    let unlike: Vec<_> = unlike.collect();
    let tells = |pair: &&[&str; 2]| pair.iter().all(|word| means(word)) && !are_akin(pair[0], pair[1]);
    Some(2 * unlike.len() < length && unlike.iter().any(|pair| tells(&pair)))
}

/// Do the sentences of two mentions tell of two places or two months: does each name its own, and none of the other's? A
/// year that the first names alone sets it apart too, and so do names in two sentences that are otherwise the same.
fn are_set_apart(a: &Words, b: &Words, cx: &Context) -> Option<bool> {
    if are_parallel(a, b, cx)? {
        return Some(true);
    }
    let named = |words: &Words, kind: Kind| -> Option<FxHashSet<String>> {
        let (passage, sentence) = sentence(words, cx)?;
        let own =
            passage.mentions.iter().filter(|mention| mention.is(kind) && sentence.contains(&(mention.first as usize)));
        Some(own.map(|mention| fold(passage.slice(mention.first as usize, mention.end as usize))).collect())
    };
    for kind in [Kind::Place, Kind::Month] {
        let (own, others) = (named(a, kind)?, named(b, kind)?);
        if !own.is_empty() && !others.is_empty() && own.is_disjoint(&others) {
            return Some(true);
        }
    }
    let (years, others) = (dated(a, cx)?, named(b, Kind::Year)?);
    Some(!years.is_empty() && years.is_disjoint(&others))
}

/// The years that a figure's sentence names, less those of a clause behind it that speaks of another thing: “the £4.6 million pool will
/// replace the lido, which closed in 2017”, “the crash, which killed 14, was the worst since 2019”.
fn dated(figure: &Words, cx: &Context) -> Option<FxHashSet<String>> {
    let (passage, sentence) = sentence(figure, cx)?;
    let [relative, since] = ["restrictive", "since"].map(|name| cx.draft.lexicons.class(name));
    let mut commas = (figure.end as usize..sentence.end).filter(|at| passage.word(*at) == ",");
    let first_comma = commas.clone().next();
    let clause = commas.find(|at| at + 1 < sentence.end && passage.has(at + 1, relative));
    let is_of_another = |year: usize| {
        clause.is_some_and(|comma| comma < year)
            || first_comma.is_some_and(|comma| comma < year && passage.has(year - 1, since))
    };
    let years = passage.mentions.iter().filter(|mention| {
        let at = mention.first as usize;
        mention.is(Kind::Year) && sentence.contains(&at) && !is_of_another(at)
    });
    Some(years.map(|year| fold(passage.slice(year.first as usize, year.end as usize))).collect())
}
