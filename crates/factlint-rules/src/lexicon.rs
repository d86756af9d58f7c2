//! A language's lexicon: which words say what.
//!
//! A lexicon file names *classes* of words; a class is a list of phrases, or a mapping of values to phrases
//! (`weekday: {1: [Monday, Mon]}`). Rules and the readers of mentions ask for classes, never for words, so one rule
//! serves every language that has the classes it uses. Several files may add to one language.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::token::{Shape, Token, TokenKind, fold, plain_sign, tokenize};

/// A lexicon file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LexiconFile {
    /// The version of the file's grammar; 1 where it is silent.
    #[serde(default)]
    pub format: Option<u32>,
    /// BCP 47 code: `en`, `pt`.
    pub language: String,
    /// The language's name in English.
    #[serde(default)]
    pub name: Option<String>,
    /// The decimal sign.
    #[serde(default)]
    pub decimal: Option<String>,
    /// The signs that group thousands.
    #[serde(default)]
    pub group: Vec<String>,
    /// Where the words come from, and their licence.
    #[serde(default)]
    pub source: Option<String>,
    /// The classes.
    #[serde(default)]
    pub classes: BTreeMap<String, ClassFile>,
}

/// A class: phrases, or phrases by value.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum ClassFile {
    /// `out-of: [of, out of]`
    Phrases(Vec<Text>),
    /// `weekday: {1: [Monday, Mon]}`
    Values(BTreeMap<Text, Vec<Text>>),
}

/// A scalar read as text, so that `1: [one]` and `- 1` need no quotes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Text;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text or a number")
            }
            fn visit_str<E>(self, v: &str) -> Result<Text, E> {
                Ok(Text(v.to_owned()))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Text, E> {
                Ok(Text(v.to_string()))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Text, E> {
                Ok(Text(v.to_string()))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Text, E> {
                Ok(Text(v.to_string()))
            }
            fn visit_bool<E>(self, v: bool) -> Result<Text, E> {
                Ok(Text(v.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A lexicon as it is stored in a pack: one language, all its files merged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LexiconData {
    /// BCP 47 code.
    pub language: String,
    /// The language's name in English.
    pub name: String,
    /// The decimal sign, if the files name one.
    pub decimal: Option<char>,
    /// The signs that group thousands.
    pub groups: Vec<char>,
    /// Class, value (empty where it has none), phrases.
    pub classes: Vec<(String, String, Vec<String>)>,
}

impl LexiconData {
    /// Adds a file of the same language.
    pub fn add(&mut self, file: LexiconFile) {
        self.language = file.language;
        if let Some(name) = file.name {
            self.name = name;
        }
        if let Some(decimal) = file.decimal.and_then(|text| text.chars().next()) {
            self.decimal = Some(decimal);
        }
        self.groups.extend(file.group.iter().filter_map(|text| text.chars().next()));
        for (class, phrases) in file.classes {
            let texts = |list: Vec<Text>| list.into_iter().map(|text| text.0).collect();
            match phrases {
                ClassFile::Phrases(list) => self.classes.push((class, String::new(), texts(list))),
                ClassFile::Values(map) => {
                    for (value, list) in map {
                        self.classes.push((class.clone(), value.0, texts(list)));
                    }
                }
            }
        }
    }

    /// Has the language this class?
    pub fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|(name, _, _)| name == class)
    }
}

/// A class of words, by the number that the whole program knows it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClassId(pub u16);

/// The names of all classes, and their numbers.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    ids: FxHashMap<String, ClassId>,
    names: Vec<String>,
}

impl Classes {
    /// The class's number, new if need be.
    pub fn intern(&mut self, name: &str) -> ClassId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = ClassId(u16::try_from(self.names.len()).expect("fewer than 65,536 classes"));
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        id
    }

    /// The class's number, if a lexicon or a rule has named it.
    pub fn id(&self, name: &str) -> Option<ClassId> {
        self.ids.get(name).copied()
    }

    /// The class's name.
    pub fn name(&self, id: ClassId) -> &str {
        &self.names[id.0 as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// A lexicon ready to look words up in.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// BCP 47 code.
    pub language: String,
    /// The decimal sign.
    pub decimal: char,
    /// The signs that group thousands.
    pub groups: Vec<char>,
    by_first: FxHashMap<Box<str>, Vec<Phrase>>,
    by_class: FxHashMap<ClassId, Vec<(ValueId, String)>>,
    prefixes: FxHashMap<ClassId, Vec<String>>,
    values: Vec<Box<str>>,
}

/// The value of a phrase in its class (`1` for Monday), as a number into the lexicon; 0 is “no value”.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValueId(u32);

/// A phrase of a class found at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The class.
    pub class: ClassId,
    /// How many tokens it covers, from the one it was looked up at.
    pub len: u8,
    /// Its value in the class.
    pub value: ValueId,
}

#[derive(Debug)]
struct Phrase {
    /// The first word's capital, where the lexicon writes one; the rest are folded.
    case: Case,
    rest: Vec<(Box<str>, Case, bool)>,
    class: ClassId,
    value: ValueId,
}

/// What capitals a word of a phrase asks for: `may` none, `Monday` a first one, `US` all.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Case {
    Any,
    First,
    All,
}

impl Case {
    fn of(shape: Shape) -> Case {
        match shape {
            Shape::Lower | Shape::None => Case::Any,
            Shape::Upper => Case::All,
            Shape::Capitalised | Shape::Initial | Shape::Mixed => Case::First,
        }
    }

    fn fits(self, shape: Shape) -> bool {
        match self {
            Case::Any => true,
            Case::First => !matches!(shape, Shape::Lower),
            Case::All => matches!(shape, Shape::Upper),
        }
    }
}

impl Lexicon {
    /// Builds the look-up of a language. Classes are numbered in `classes`, which must know them all.
    pub fn build(data: &LexiconData, classes: &Classes) -> Lexicon {
        let mut lexicon = Lexicon {
            language: data.language.clone(),
            decimal: data.decimal.unwrap_or('.'),
            groups: data.groups.clone(),
            values: vec!["".into()],
            ..Lexicon::default()
        };
        for (class, value, phrases) in &data.classes {
            let Some(class) = classes.id(class) else { continue };
            let value = if value.is_empty() {
                ValueId(0)
            } else {
                lexicon.values.push(value.as_str().into());
                ValueId(lexicon.values.len() as u32 - 1)
            };
            for phrase in phrases {
                lexicon.add(class, value, phrase);
            }
        }
        lexicon
    }

    fn add(&mut self, class: ClassId, value: ValueId, phrase: &str) {
        if let Some(prefix) = phrase.strip_suffix('*') {
            self.prefixes.entry(class).or_default().push(fold(prefix));
            return;
        }
        let tokens = tokenize(phrase);
        let Some((first, rest)) = tokens.split_first() else { return };
        let rest = rest
            .iter()
            .map(|token| (fold(token.text(phrase)).into_boxed_str(), Case::of(token.shape), token.blank_before))
            .collect();
        let entry = Phrase { case: Case::of(first.shape), rest, class, value };
        self.by_first.entry(fold(first.text(phrase)).into_boxed_str()).or_default().push(entry);
        self.by_class.entry(class).or_default().push((value, phrase.to_owned()));
    }

    /// The text of a value.
    pub fn value(&self, id: ValueId) -> &str {
        &self.values[id.0 as usize]
    }

    /// The value as a whole number, where it is one.
    pub fn number(&self, id: ValueId) -> Option<i64> {
        self.value(id).parse().ok()
    }

    /// Has the language this class?
    pub fn has(&self, class: ClassId) -> bool {
        self.by_class.contains_key(&class) || self.prefixes.contains_key(&class)
    }

    /// The phrases of a class with their values, in the order of the files.
    pub fn phrases(&self, class: ClassId) -> impl Iterator<Item = (&str, &str)> {
        let list = self.by_class.get(&class).map_or(&[][..], Vec::as_slice);
        list.iter().map(|(value, phrase)| (self.value(*value), phrase.as_str()))
    }

    /// The first phrase of a class with this value: the form to print.
    pub fn phrase(&self, class: ClassId, value: &str) -> Option<&str> {
        self.phrases(class).find(|(other, _)| *other == value).map(|(_, phrase)| phrase)
    }

    /// Is the word of this class: a phrase of one word, or the class's prefix (`uni*`)?
    pub fn is(&self, word: &str, class: ClassId) -> bool {
        let folded = fold(word);
        let whole =
            |phrases: &Vec<Phrase>| phrases.iter().any(|phrase| phrase.class == class && phrase.rest.is_empty());
        self.by_first.get(folded.as_str()).is_some_and(whole)
            || self
                .prefixes
                .get(&class)
                .is_some_and(|list| list.iter().any(|prefix| folded.starts_with(prefix.as_str())))
    }

    /// Adds the phrases that start at token `at` to `hits`.
    pub fn look_up(&self, text: &str, tokens: &[Token], at: usize, hits: &mut Vec<Hit>) {
        let first = &tokens[at];
        let word = first.text(text);
        let found = with_folded(word, |folded| self.by_first.get(folded));
        let Some(phrases) = found else { return };
        for phrase in phrases {
            let end = at + 1 + phrase.rest.len();
            if end > tokens.len() || !phrase.case.fits(first.shape) {
                continue;
            }
            let fits = phrase.rest.iter().zip(&tokens[at + 1..end]).all(|((word, case, blank), token)| {
                case.fits(token.shape) && *blank == token.blank_before && folds_to(token.text(text), word)
            });
            if fits {
                hits.push(Hit { class: phrase.class, len: 1 + phrase.rest.len() as u8, value: phrase.value });
            }
        }
    }
}

/// Calls `f` with the folded word, without memory from the heap for short ASCII words.
fn with_folded<R>(word: &str, f: impl FnOnce(&str) -> R) -> R {
    let mut buffer = [0u8; 32];
    if word.len() <= buffer.len() && word.is_ascii() {
        let bytes = &mut buffer[..word.len()];
        bytes.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        return f(std::str::from_utf8(bytes).expect("ASCII is UTF-8"));
    }
    f(&fold(word))
}

/// Is `folded` the folded form of `word`?
pub fn folds_to(word: &str, folded: &str) -> bool {
    if word.is_ascii() && folded.is_ascii() {
        return word.eq_ignore_ascii_case(folded);
    }
    fold(word) == folded
}

/// Is the sign written so, or in one of its other forms?
pub fn is_plain_sign(token: &Token, text: &str, sign: char) -> bool {
    token.kind == TokenKind::Sign && token.text(text).chars().next().is_some_and(|c| plain_sign(c) == plain_sign(sign))
}
