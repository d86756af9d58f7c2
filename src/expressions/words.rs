//! Functions and fields of words, blocks and the document.

use factlint_rules::lexicon::{ClassId, word_key};
use factlint_rules::token::{Shape, TokenKind, fold};
use factlint_rules::{Kind, KindSet};

use super::evaluate::{Context, as_words, whole};
use super::retold::sentence;
use super::value::{Value, Words};
use crate::language::primary;
use crate::mentions::{Passage, Reading};
use crate::things::spelling;

/// A field of words.
pub fn field(words: &Words, name: &str, cx: &Context) -> Option<Value> {
    Some(match name {
        "text" => Value::from(words.text(cx.draft).to_owned()),
        "quoted" => Value::Bool(words.quoted(cx.draft)),
        "block-kind" => Value::word(cx.draft.passage(words.passage)?.block.kind.word()),
        "block-number" => {
            cx.draft.look_around();
            whole(words.passage)
        }
        "place" => {
            cx.draft.look_around();
            whole(words.passage * 1_000_000 + words.first as usize)
        }
        _ => return None,
    })
}

/// A field of a block.
pub fn block_field(block: usize, name: &str, cx: &Context) -> Value {
    let Some(passage) = cx.block(block) else { return Value::Unknown };
    match name {
        "kind" => Value::word(passage.block.kind.word()),
        "level" => whole(passage.block.level.into()),
        "text" => Value::from(passage.text().to_owned()),
        "is-last" => Value::Bool(passage.index + 1 == cx.draft.passages().len()),
        "language" => match (&passage.block.language, &cx.draft.document.language) {
            (Some(code), _) => Value::from(primary(code)),
            (None, Some(language)) => Value::from(primary(&language.code)),
            (None, None) => Value::Unknown,
        },
        _ => Value::Unknown,
    }
}

/// A field of the document.
pub fn document_field(name: &str, cx: &Context) -> Value {
    match name {
        "language" => {
            cx.draft.document.language.as_ref().map_or(Value::Unknown, |language| Value::from(primary(&language.code)))
        }
        "date" => cx.draft.date.map_or(Value::Unknown, super::dates::of_day),
        "dialect" => cx.draft.settings.dialect.clone().map_or(Value::Unknown, Value::from),
        _ => Value::Unknown,
    }
}

/// Are the words of that class: found by it, or a phrase of it as a whole?
pub fn is_of(words: &Words, class: ClassId, cx: &Context) -> bool {
    let Some(passage) = cx.draft.passage(words.passage) else { return false };
    let first = words.first as usize;
    if passage.hits_of(first, class).iter().any(|hit| u32::from(hit.len) == words.end - words.first) {
        return true;
    }
    match words.end - words.first {
        1 if words.bytes.is_none() => passage.lexicon.is_keyed(passage.keys[first], passage.word(first), class),
        _ => passage.lexicon.is(words.text(cx.draft), class),
    }
}

/// A function of words or blocks; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let first = arguments.first();
    let bound = first.and_then(as_words);
    let truth = |truth: Option<bool>| truth.map_or(Value::Unknown, Value::Bool);
    let passage = |words: &Words| cx.draft.passage(words.passage);
    let both = || cx.text(first?).zip(cx.text(arguments.get(1)?));
    Some(match name {
        "has" => Value::Bool(
            !matches!(first, None | Some(Value::Unknown))
                && !matches!(first, Some(Value::List(list)) if list.is_empty()),
        ),
        "text" => first.and_then(|value| cx.text(value)).map_or(Value::Unknown, |text| Value::from(text.into_owned())),
        "lower" => {
            first.and_then(|value| cx.text(value)).map_or(Value::Unknown, |text| Value::from(text.to_lowercase()))
        }
        "length" => first.and_then(|value| cx.text(value)).map_or(Value::Unknown, |text| whole(text.chars().count())),
        "near-spelling" => truth(both().map(|(a, b)| spelling::is_near(&a, &b))),
        "misspelt" => truth(both().map(|(a, b)| spelling::is_misspelt(&a, &b))),
        "decoded" => first
            .and_then(|value| cx.text(value))
            .and_then(|text| super::decoding::decoded(&text))
            .map_or(Value::Unknown, Value::from),
        "vowel-sound" => truth(bound.and_then(|words| vowel_sound(words, cx))),
        "is" => match (first, arguments.get(1)) {
            (Some(Value::Words(words)), Some(Value::Class(class))) => Value::Bool(is_of(words, *class, cx)),
            _ => Value::Unknown,
        },
        "beside" | "said-with" => match (bound, arguments.get(1)) {
            (Some(words), Some(Value::Class(class))) => truth(sentence(words, cx).map(|(passage, mut sentence)| {
                sentence.any(|at| passage.has(at, *class) && !hedges(passage, at, *class))
            })),
            _ => Value::Unknown,
        },
        "value" => match (bound, arguments.get(1)) {
            (Some(words), Some(Value::Class(class))) => {
                class_value(words, *class, cx).map_or(Value::Unknown, Value::from)
            }
            _ => Value::Unknown,
        },
        "phrase" => {
            let lexicon = cx.draft.passage(cx.passage).map(|passage| passage.lexicon);
            match (lexicon, first.and_then(|value| cx.text(value)), arguments.get(1)) {
                (Some(lexicon), Some(value), Some(Value::Class(class))) => {
                    lexicon.phrase(*class, &value).map_or(Value::Unknown, |phrase| Value::from(phrase.to_owned()))
                }
                _ => Value::Unknown,
            }
        }
        "recased" => both().map_or(Value::Unknown, |(words, like)| Value::from(recase(&words, &like))),
        "figures" => bound.map_or(Value::Unknown, |words| whole(figures(words, cx))),
        "used" => bound.map_or(Value::Unknown, |words| {
            let text = words.text(cx.draft);
            whole(uses(text, cx, |word| word == text))
        }),
        "used-in-any-case" => {
            first.and_then(|value| cx.text(value)).map_or(Value::Unknown, |text| whole(uses(&text, cx, |_| true)))
        }
        "lowercase-elsewhere" => bound.map_or(Value::Unknown, |words| {
            let text = words.text(cx.draft).to_lowercase();
            Value::Bool(uses(&text, cx, |word| word == text) > 0)
        }),
        "quoted" => bound.map_or(Value::Unknown, |words| Value::Bool(words.quoted(cx.draft))),
        "emphasised" => truth(bound.and_then(|words| {
            let passage = passage(words).filter(|passage| passage.tokens.len() > words.first as usize)?;
            Some(passage.is_emphasised(words.first as usize))
        })),
        "alone-in-quotes" => truth(bound.and_then(|words| {
            let passage = passage(words)?;
            let mark = |at: usize| passage.is_quotation_mark(at) || passage.word(at).starts_with('`');
            let (before, after) = (words.first.checked_sub(1)? as usize, words.end as usize);
            Some(after < passage.tokens.len() && mark(before) && mark(after))
        })),
        "wide-gap" => truth(bound.and_then(|words| {
            let passage = passage(words)?;
            let before = passage.tokens.get(words.first.checked_sub(1)? as usize)?;
            let gap = before.end as usize..passage.tokens.get(words.first as usize)?.start as usize;
            let gap = passage.text().get(gap)?;
            Some(gap.len() > 1 || gap == "\t")
        })),
        "opens-line" => truth(bound.and_then(|words| Some(gap_before(words, cx)?.contains('\n')))),
        "markup-before" => truth(bound.and_then(|words| {
            // A quotation mark of a wrapped line is none.
            Some(gap_before(words, cx)?.contains(|c: char| !c.is_whitespace() && c != '>'))
        })),
        "glued" => truth(bound.and_then(|words| Some(passage(words)?.glued(words.first as usize)))),
        "starts-sentence" => truth(bound.and_then(|words| Some(passage(words)?.opens_sentence(words.first as usize)))),
        "starts-block" => bound.map_or(Value::Unknown, |words| Value::Bool(words.first == 0)),
        "ends-block" => truth(bound.and_then(|words| Some(words.end as usize == passage(words)?.tokens.len()))),
        "in-document" => match first {
            Some(Value::Class(class)) => Value::Bool(
                cx.draft.passages().iter().any(|passage| (0..passage.tokens.len()).any(|at| passage.has(at, *class))),
            ),
            _ => Value::Unknown,
        },
        _ => return None,
    })
}

/// What stands in the source between words and the word before them.
fn gap_before<'c>(words: &Words, cx: &Context<'c>) -> Option<&'c str> {
    let passage = cx.draft.passage(words.passage)?;
    let (before, first) = (words.first.checked_sub(1)? as usize, words.first as usize);
    let (from, to) = (passage.span(before, before + 1).end(), passage.span(first, first + 1).start());
    cx.draft.source().text().get(from..to)
}

fn class_value(words: &Words, class: ClassId, cx: &Context) -> Option<String> {
    let passage = cx.draft.passage(words.passage)?;
    let hit = passage
        .hits(words.first as usize)
        .iter()
        .find(|hit| hit.class == class && u32::from(hit.len) == words.end - words.first)?;
    Some(passage.lexicon.value(hit.value).to_owned())
}

/// How many figures the sentence of a mention has, days, years and times apart.
fn figures(words: &Words, cx: &Context) -> usize {
    let kinds = KindSet::of(&[Kind::Count, Kind::Money, Kind::Percent, Kind::Quantity, Kind::Fraction, Kind::Points]);
    let Some((passage, sentence)) = sentence(words, cx) else { return 0 };
    let mut end = 0;
    let counted = passage.mentions.iter().filter(|mention| {
        let counts = mention.kinds.meets(kinds) && sentence.contains(&(mention.first as usize)) && mention.first >= end;
        if counts {
            end = mention.end;
        }
        counts
    });
    counted.count()
}

/// How often the document has a word that is this one, whatever its capitals, and passes.
fn uses(word: &str, cx: &Context, passes: impl Fn(&str) -> bool) -> usize {
    let key = word_key(word);
    let in_passage = |passage: &Passage| {
        let keyed = passage.keys.iter().enumerate().filter(|(_, own)| **own == key);
        keyed.filter(|(at, _)| passes(passage.word(*at))).count()
    };
    cx.draft.passages().iter().map(in_passage).sum()
}

/// Is a word said with a vowel first? Words that are said otherwise than they are written stand in the lexicon's
/// classes `vowel-sound`, `consonant-sound` and `either-sound`; what cannot be told from the letters is not known.
fn vowel_sound(words: &Words, cx: &Context) -> Option<bool> {
    let passage = cx.draft.passage(words.passage)?;
    let token = passage.tokens.get(words.first as usize)?;
    let word = token.text(passage.text());
    let key = passage.keys[words.first as usize];
    let is = |class: &str| passage.lexicon.is_keyed(key, word, cx.draft.lexicons.class(class));
    let folded = fold(word);
    let first = folded.chars().next()?;
    let spelt = "aefhilmnorsx".contains(first);
    // US is not us, and UN is not un-.
    if token.shape == Shape::Upper && folded.len() == 2 {
        return Some(spelt);
    }
    if is("either-sound") {
        return None;
    }
    if is("vowel-sound") {
        return Some(true);
    }
    if is("consonant-sound") {
        return Some(false);
    }
    if token.kind == TokenKind::Number {
        return number_sound(word);
    }
    let said = "aeiouáéíóúàèìòùâêîôûäëïöü".contains(first);
    // NATO is said as a word, an MP letter by letter: of acronyms with vowels only those decide that agree in both.
    let sayable = folded.chars().skip(1).any(|c| "aeiouyáéíóúàèìòùâêîôûäëïöü".contains(c));
    match token.shape {
        _ if !first.is_alphabetic() => None,
        _ if folded.chars().count() == 1 => Some(spelt),
        Shape::Upper if !sayable => Some(spelt),
        Shape::Upper => (spelt == said).then_some(said),
        // MoD, RoI, RoSPA, PhD: spelt, with a small letter between, though some may be said as words.
        Shape::Mixed if word.len() <= 5 && word.ends_with(char::is_uppercase) => (spelt == said).then_some(said),
        // mRNA, pH, MPs: spelt in part.
        Shape::Mixed if word.starts_with(char::is_lowercase) && !said => None,
        Shape::Mixed if word.chars().nth(1).is_some_and(char::is_uppercase) => None,
        // uswds: letter by letter, whatever its case.
        _ if first == 'u' && !sayable && folded.len() > 3 => None,
        _ if !sayable && !said => None,
        // X-ray, Xbox: spelt in front; mtime, rvalue, Nguyen, Mbeki: by nobody's rule.
        _ if first == 'x' => folded.chars().nth(1).filter(|second| !"aeiouyh".contains(*second)).map(|_| true),
        _ if !said && !opens_an_english_word(&folded) => None,
        _ => Some(said),
    }
}

/// Can an English word begin with these consonants?
fn opens_an_english_word(word: &str) -> bool {
    let vowel = |c: char| "aeiouyáéíóúàèìòùâêîôûäëïöü".contains(c);
    let mut letters = word.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return true };
    if vowel(second) || !second.is_alphabetic() {
        return true;
    }
    match first {
        'b' | 'f' | 'g' | 'k' | 'p' | 'c' if matches!(second, 'l' | 'r' | 'h') => true,
        'd' => matches!(second, 'r' | 'w' | 'j' | 'h'),
        'g' | 'k' | 'm' | 'p' if second == 'n' => true,
        'k' | 'q' | 'z' if second == 'w' => true,
        'l' => second == 'l',
        'p' => matches!(second, 's' | 't'),
        'q' => second == 'u',
        'r' => second == 'h',
        's' => !matches!(second, 'b' | 'd' | 'f' | 'g' | 'j' | 'x' | 's'),
        't' => matches!(second, 'h' | 'r' | 's' | 'w' | 'z'),
        'v' => matches!(second, 'l' | 'r'),
        'w' => matches!(second, 'h' | 'r'),
        'z' => matches!(second, 'h' | 'l'),
        _ => false,
    }
}

/// Eight, eleven and eighteen open with a vowel, alone or before thousands. 1100 and 1800 are said in two ways.
fn number_sound(word: &str) -> Option<bool> {
    let digits: String = word.split('.').next()?.chars().filter(char::is_ascii_digit).collect();
    let grouped = word.contains(',');
    match (digits.len() % 3, digits.as_str()) {
        _ if digits.is_empty() || digits.len() > 9 => None,
        _ if digits.starts_with('8') => Some(true),
        (2, _) if digits.starts_with("11") || digits.starts_with("18") => Some(true),
        (1, _) if !grouped && digits.len() == 4 && (digits.starts_with("11") || digits.starts_with("18")) => None,
        _ => Some(false),
    }
}

/// `words` capitalised as `like`: first letter, or all.
pub fn recase(words: &str, like: &str) -> String {
    let letters: Vec<char> = like.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() > 1 && letters.iter().all(|c| c.is_uppercase()) {
        return words.to_uppercase();
    }
    let mut chars = words.chars();
    match chars.next() {
        Some(first) if letters.first().is_some_and(|c| c.is_uppercase()) => first.to_uppercase().chain(chars).collect(),
        _ => words.to_owned(),
    }
}

/// Does a phrase of a class lie in what hedges a figure: the “more” of “more than 100”?
fn hedges(passage: &Passage, at: usize, class: ClassId) -> bool {
    let end = at + passage.hit(at, class).map_or(1, |hit| hit.len as usize);
    let mut begun = passage.mentions.iter().take_while(|mention| mention.first as usize <= at);
    begun.any(|mention| match &mention.reading {
        Reading::Number(number) => number.hedge.is_some() && end <= number.figure.start as usize,
        _ => false,
    })
}
