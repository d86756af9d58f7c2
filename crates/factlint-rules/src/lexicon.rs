//! A language's lexicon: which words say what.
//!
//! A lexicon file names *classes* of words; a class is a list of phrases, or a mapping of values to phrases
//! (`weekday: {1: [Monday, Mon]}`). Rules and the readers of mentions ask for classes, never for words, so one rule
//! serves every language that has the classes it uses. Several files may add to one language.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use serde_yaml::Spanned;

use crate::bits::BitSet;
pub use crate::lookup::{Hit, Lexicon, ValueId, folds_to, is_plain_sign, word_key};
use crate::token::tokenize;

/// Tokens of a phrase, at most; patterns reckon with it.
pub const LONGEST_PHRASE: usize = 24;

/// A lexicon file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LexiconFile {
    /// The version of the file's grammar; 1 where it is silent.
    pub format: Option<Spanned<u32>>,
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

/// The words of one language, all its files merged.
#[derive(Clone, Debug, Default, PartialEq)]
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

    /// The first phrase that is too long to be one.
    pub fn overlong(&self) -> Option<&str> {
        let phrases = self.classes.iter().flat_map(|(_, _, phrases)| phrases);
        phrases.map(String::as_str).find(|phrase| phrase.len() > 400 || tokenize(phrase).len() > LONGEST_PHRASE)
    }

    /// Adds the words of another of the same language, and its name and signs, if it has some.
    pub fn extend(&mut self, other: LexiconData) {
        if !other.name.is_empty() {
            self.name = other.name;
        }
        self.decimal = other.decimal.or(self.decimal);
        self.groups.extend(other.groups);
        self.classes.extend(other.classes);
    }

    /// Adds those words of another of the same language that it does not have. Had it not all of them?
    pub fn extend_with_new(&mut self, other: LexiconData) -> bool {
        let mut known: FxHashSet<(&str, &str, &str)> = FxHashSet::default();
        for (class, value, phrases) in &self.classes {
            known.extend(phrases.iter().map(|phrase| (class.as_str(), value.as_str(), phrase.as_str())));
        }
        let mut new = Vec::new();
        for (class, value, mut phrases) in other.classes {
            phrases.retain(|phrase| !known.contains(&(&class, &value, phrase)));
            if !phrases.is_empty() || !self.classes.iter().any(|(name, ..)| *name == class) {
                new.push((class, value, phrases));
            }
        }
        let any = !new.is_empty();
        self.classes.extend(new);
        any
    }
}

/// The name of the class that stands for a literal word of a rule.
pub fn literal_class(word: &str) -> String {
    format!("'{word}")
}

/// A class of words, by the number that the whole program knows it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClassId(pub u16);

/// A set of classes.
#[derive(Clone, Debug, Default)]
pub struct ClassSet(BitSet);

impl ClassSet {
    /// Is the class in it?
    #[inline]
    pub fn has(&self, class: ClassId) -> bool {
        self.0.has(class.0.into())
    }
}

impl FromIterator<ClassId> for ClassSet {
    fn from_iter<I: IntoIterator<Item = ClassId>>(classes: I) -> ClassSet {
        let mut set = ClassSet::default();
        classes.into_iter().for_each(|class| set.0.insert(class.0.into()));
        set
    }
}

/// The names of all classes, and their numbers: every class has one number in all languages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
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

    /// The class's number; one that nothing has if it was never named.
    pub fn known(&self, name: &str) -> ClassId {
        self.id(name).unwrap_or(ClassId(u16::MAX))
    }

    /// The class's name.
    pub fn name(&self, id: ClassId) -> &str {
        &self.names[id.0 as usize]
    }

    /// All their names, those of words that rules have letter for letter among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Does the class stand for a word that a rule has letter for letter?
    pub fn is_literal(&self, id: ClassId) -> bool {
        self.name(id).starts_with('\'')
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

impl From<Vec<String>> for Classes {
    fn from(names: Vec<String>) -> Classes {
        let number = |(place, name): (usize, &String)| (name.clone(), ClassId(place as u16));
        Classes { ids: names.iter().enumerate().map(number).collect(), names }
    }
}

impl From<Classes> for Vec<String> {
    fn from(classes: Classes) -> Vec<String> {
        classes.names
    }
}
