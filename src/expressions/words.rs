//! Functions and fields of words, blocks and the document.

use factlint_rules::lexicon::ClassId;
use factlint_rules::token::{Shape, fold};

use super::evaluate::{Context, as_words, whole};
use super::value::{Value, Words};

/// A field of words.
pub fn field(words: &Words, name: &str, cx: &Context) -> Option<Value> {
    Some(match name {
        "text" => Value::Text(words.text(cx.draft).to_owned()),
        "quoted" => Value::Bool(words.quoted(cx.draft)),
        _ => return None,
    })
}

/// A field of a block.
pub fn block_field(block: usize, name: &str, cx: &Context) -> Value {
    let Some(passage) = cx.draft.passages.get(block) else { return Value::Unknown };
    match name {
        "kind" => Value::Text(passage.block.kind.word().to_owned()),
        "text" => Value::Text(passage.text().to_owned()),
        "language" => match (&passage.block.language, &cx.draft.document.language) {
            (Some(code), _) => Value::Text(primary(code)),
            (None, Some(language)) => Value::Text(primary(&language.code)),
            (None, None) => Value::Unknown,
        },
        _ => Value::Unknown,
    }
}

/// A field of the document.
pub fn document_field(name: &str, cx: &Context) -> Value {
    match name {
        "language" => {
            cx.draft.document.language.as_ref().map_or(Value::Unknown, |language| Value::Text(primary(&language.code)))
        }
        "date" => cx.draft.date.map_or(Value::Unknown, super::dates::of_day),
        "dialect" => cx.draft.settings.dialect.clone().map_or(Value::Unknown, Value::Text),
        _ => Value::Unknown,
    }
}

fn primary(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or(code).to_lowercase()
}

/// Are the words of that class: found by it, or a phrase of it as a whole?
pub fn is_of(words: &Words, class: ClassId, cx: &Context) -> bool {
    let Some(passage) = cx.draft.passages.get(words.passage) else { return false };
    passage
        .hits(words.first as usize)
        .iter()
        .any(|hit| hit.class == class && u32::from(hit.len) == words.end - words.first)
        || passage.lexicon.is(words.text(cx.draft), class)
}

/// A function of words or blocks; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let first = arguments.first();
    let bound = first.and_then(as_words);
    let truth = |truth: Option<bool>| truth.map_or(Value::Unknown, Value::Bool);
    let passage = |words: &Words| cx.draft.passages.get(words.passage);
    Some(match name {
        "has" => Value::Bool(
            !matches!(first, None | Some(Value::Unknown))
                && !matches!(first, Some(Value::List(list)) if list.is_empty()),
        ),
        "text" => first.and_then(|value| cx.text(value)).map_or(Value::Unknown, Value::Text),
        "lower" => {
            first.and_then(|value| cx.text(value)).map_or(Value::Unknown, |text| Value::Text(text.to_lowercase()))
        }
        "length" => first.and_then(|value| cx.text(value)).map_or(Value::Unknown, |text| whole(text.chars().count())),
        "vowel-sound" => truth(bound.and_then(|words| vowel_sound(words, cx))),
        "is" => match (first, arguments.get(1)) {
            (Some(Value::Words(words)), Some(Value::Class(class))) => Value::Bool(is_of(words, *class, cx)),
            _ => Value::Unknown,
        },
        "value" => match (bound, arguments.get(1)) {
            (Some(words), Some(Value::Class(class))) => {
                class_value(words, *class, cx).map_or(Value::Unknown, Value::Text)
            }
            _ => Value::Unknown,
        },
        "phrase" => {
            let lexicon = cx.draft.passages.get(cx.passage).map(|passage| passage.lexicon);
            match (lexicon, first.and_then(|value| cx.text(value)), arguments.get(1)) {
                (Some(lexicon), Some(value), Some(Value::Class(class))) => {
                    lexicon.phrase(*class, &value).map_or(Value::Unknown, |phrase| Value::Text(phrase.to_owned()))
                }
                _ => Value::Unknown,
            }
        }
        "recased" => {
            match (first.and_then(|value| cx.text(value)), arguments.get(1).and_then(|value| cx.text(value))) {
                (Some(words), Some(like)) => Value::Text(recase(&words, &like)),
                _ => Value::Unknown,
            }
        }
        "used" => bound.map_or(Value::Unknown, |words| whole(uses(words.text(cx.draft), cx))),
        "lowercase-elsewhere" => {
            bound.map_or(Value::Unknown, |words| Value::Bool(uses(&words.text(cx.draft).to_lowercase(), cx) > 0))
        }
        "quoted" => bound.map_or(Value::Unknown, |words| Value::Bool(words.quoted(cx.draft))),
        "starts-sentence" => truth(bound.and_then(|words| Some(passage(words)?.opens_sentence(words.first as usize)))),
        "starts-block" => bound.map_or(Value::Unknown, |words| Value::Bool(words.first == 0)),
        "ends-block" => truth(bound.and_then(|words| Some(words.end as usize == passage(words)?.tokens.len()))),
        "words" => match first {
            Some(Value::Block(block)) => cx.draft.passages.get(*block).map_or(Value::Unknown, |passage| {
                whole(passage.tokens.iter().filter(|token| token.shape != Shape::None).count())
            }),
            _ => Value::Unknown,
        },
        "in-document" => match first {
            Some(Value::Class(class)) => Value::Bool(
                cx.draft.passages.iter().any(|passage| (0..passage.tokens.len()).any(|at| passage.has(at, *class))),
            ),
            _ => Value::Unknown,
        },
        _ => return None,
    })
}

fn class_value(words: &Words, class: ClassId, cx: &Context) -> Option<String> {
    let passage = cx.draft.passages.get(words.passage)?;
    let hit = passage
        .hits(words.first as usize)
        .iter()
        .find(|hit| hit.class == class && u32::from(hit.len) == words.end - words.first)?;
    Some(passage.lexicon.value(hit.value).to_owned())
}

/// How often the document has a word just so.
fn uses(word: &str, cx: &Context) -> usize {
    cx.draft
        .passages
        .iter()
        .map(|passage| (0..passage.tokens.len()).filter(|at| passage.word(*at) == word).count())
        .sum()
}

/// Is a word said with a vowel first? Words that are said otherwise than they are written stand in the lexicon's
/// classes `vowel-sound` and `consonant-sound`; an acronym is spelt out.
fn vowel_sound(words: &Words, cx: &Context) -> Option<bool> {
    let passage = cx.draft.passages.get(words.passage)?;
    let token = passage.tokens.get(words.first as usize)?;
    let word = token.text(passage.text());
    if passage.lexicon.is(word, cx.draft.lexicons.class("vowel-sound")) {
        return Some(true);
    }
    if passage.lexicon.is(word, cx.draft.lexicons.class("consonant-sound")) {
        return Some(false);
    }
    let first = fold(word).chars().next()?;
    match token.shape {
        Shape::Initial if words.end - words.first == 1 => Some("aefhilmnorsx".contains(first)),
        Shape::Upper => {
            // NATO is said as a word, an MP letter by letter: only letters that agree in both decide.
            let spelt = "aefhilmnorsx".contains(first);
            let said = "aeiou".contains(first);
            let unsayable = !word.chars().any(|c| "AEIOUY".contains(c)) || word.len() < 4;
            if spelt == said || unsayable { Some(spelt) } else { None }
        }
        _ if first.is_alphabetic() => Some("aeiouáéíóúàèìòùâêîôûäëïöü".contains(first)),
        _ => None,
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
