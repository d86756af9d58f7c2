//! A language's lexicon: which words say what.
//!
//! A lexicon file names *classes* of words; a class is a list of phrases, or a mapping of values to phrases
//! (`weekday: {1: [Monday, Mon]}`). Rules and the readers of mentions ask for classes, never for words, so one rule
//! serves every language that has the classes it uses. Several files may add to one language.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::token::{Shape, Token, TokenKind, fold, plain_sign, tokenize_into};

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

/// A set of classes.
#[derive(Clone, Debug, Default)]
pub struct ClassSet {
    /// One bit a class.
    bits: Vec<u64>,
}

impl ClassSet {
    /// Adds a class.
    pub fn insert(&mut self, class: ClassId) {
        let word = class.0 as usize / 64;
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << (class.0 % 64);
    }

    /// Is the class in it?
    pub fn has(&self, class: ClassId) -> bool {
        self.bits.get(class.0 as usize / 64).is_some_and(|bits| bits & (1 << (class.0 % 64)) != 0)
    }

    /// Takes all classes out, and keeps the memory.
    pub fn clear(&mut self) {
        self.bits.fill(0);
    }

    /// Its classes, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = ClassId> {
        self.bits.iter().enumerate().flat_map(|(word, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(ClassId(word as u16 * 64 + bit as u16))
            })
        })
    }
}

impl FromIterator<ClassId> for ClassSet {
    fn from_iter<I: IntoIterator<Item = ClassId>>(classes: I) -> ClassSet {
        let mut set = ClassSet::default();
        classes.into_iter().for_each(|class| set.insert(class));
        set
    }
}

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

/// A lexicon as it lies in a pack: its words are packed by class, and unpacked only when a draft needs them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StoredLexicon {
    /// BCP 47 code.
    pub language: String,
    /// The language's name in English.
    pub name: String,
    decimal: Option<char>,
    groups: Vec<char>,
    /// The names of its classes, sorted, and where each ends in `packed`.
    classes: Vec<(String, u32)>,
    #[serde(with = "serde_bytes")]
    packed: Vec<u8>,
}

/// A value (empty where the class has none) and its phrases.
type Entry<'p> = (&'p str, Vec<&'p str>);

impl StoredLexicon {
    /// Packs a lexicon.
    pub fn pack(data: &LexiconData) -> StoredLexicon {
        let mut by_class: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
        for (class, value, phrases) in &data.classes {
            by_class.entry(class).or_default().push((value, phrases.iter().map(String::as_str).collect()));
        }
        let mut stored = StoredLexicon {
            language: data.language.clone(),
            name: data.name.clone(),
            decimal: data.decimal,
            groups: data.groups.clone(),
            ..StoredLexicon::default()
        };
        for (class, entries) in by_class {
            stored.packed.extend(postcard::to_allocvec(&entries).expect("texts can be written"));
            stored.classes.push((class.to_owned(), stored.packed.len() as u32));
        }
        stored
    }

    /// Adds the words of another lexicon of the same language.
    pub fn extend(&mut self, other: &StoredLexicon) {
        let mut data = LexiconData {
            language: self.language.clone(),
            name: self.name.clone(),
            decimal: self.decimal,
            groups: self.groups.clone(),
            classes: Vec::new(),
        };
        for lexicon in [&*self, other] {
            for class in lexicon.classes() {
                for (value, phrases) in lexicon.entries(class) {
                    let phrases = phrases.into_iter().map(str::to_owned).collect();
                    data.classes.push((class.to_owned(), value.to_owned(), phrases));
                }
            }
        }
        *self = StoredLexicon::pack(&data);
    }

    /// The names of its classes, sorted.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.classes.iter().map(|(name, _)| name.as_str())
    }

    /// Has the language this class?
    pub fn has(&self, class: &str) -> bool {
        self.find(class).is_ok()
    }

    /// The values and phrases of a class, unpacked.
    pub fn entries(&self, class: &str) -> Vec<Entry<'_>> {
        let Ok(place) = self.find(class) else { return Vec::new() };
        let start = place.checked_sub(1).map_or(0, |before| self.classes[before].1);
        let bytes = &self.packed[start as usize..self.classes[place].1 as usize];
        postcard::from_bytes(bytes).expect("they were packed by this code")
    }

    fn find(&self, class: &str) -> Result<usize, usize> {
        self.classes.binary_search_by(|(name, _)| name.as_str().cmp(class))
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
    /// The first and the last phrase that begin with a word; each knows the next.
    by_first: FxHashMap<Box<str>, (u32, u32)>,
    phrases: Vec<Phrase>,
    by_class: FxHashMap<ClassId, Vec<(ValueId, Box<str>)>>,
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
    /// The next phrase that begins with the same word; itself if there is none.
    next: u32,
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
    /// Builds the look-up of a language, with the literal words of the rules besides: class and word. Classes are
    /// numbered in `classes`, which must know them all.
    pub fn build(stored: &StoredLexicon, literals: &[(String, String)], classes: &Classes) -> Lexicon {
        let mut lexicon = Lexicon {
            language: stored.language.clone(),
            decimal: stored.decimal.unwrap_or('.'),
            groups: stored.groups.clone(),
            values: vec!["".into()],
            ..Lexicon::default()
        };
        let mut tokens = Vec::new();
        for name in stored.classes() {
            let Some(class) = classes.id(name) else { continue };
            for (value, phrases) in stored.entries(name) {
                let value = if value.is_empty() {
                    ValueId(0)
                } else {
                    lexicon.values.push(value.into());
                    ValueId(lexicon.values.len() as u32 - 1)
                };
                for phrase in phrases {
                    lexicon.add(class, value, phrase, &mut tokens);
                }
            }
        }
        for (class, word) in literals {
            if let Some(class) = classes.id(class) {
                lexicon.add(class, ValueId(0), word, &mut tokens);
            }
        }
        lexicon
    }

    fn add(&mut self, class: ClassId, value: ValueId, phrase: &str, tokens: &mut Vec<Token>) {
        if let Some(prefix) = phrase.strip_suffix('*') {
            self.prefixes.entry(class).or_default().push(fold(prefix));
            return;
        }
        tokenize_into(phrase, tokens);
        let Some((first, rest)) = tokens.split_first() else { return };
        let rest = rest
            .iter()
            .map(|token| (fold(token.text(phrase)).into_boxed_str(), Case::of(token.shape), token.blank_before))
            .collect();
        let place = self.phrases.len() as u32;
        self.phrases.push(Phrase { case: Case::of(first.shape), rest, class, value, next: place });
        let ends = self.by_first.entry(fold(first.text(phrase)).into_boxed_str()).or_insert((place, place));
        if ends.1 != place {
            self.phrases[ends.1 as usize].next = place;
            ends.1 = place;
        }
        self.by_class.entry(class).or_default().push((value, phrase.into()));
    }

    /// The phrases that begin with a folded word.
    fn starting(&self, folded: &str) -> impl Iterator<Item = &Phrase> {
        let mut next = self.by_first.get(folded).map(|(first, _)| *first);
        std::iter::from_fn(move || {
            let place = next?;
            let phrase = self.phrases.get(place as usize)?;
            next = (phrase.next != place).then_some(phrase.next);
            Some(phrase)
        })
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
        list.iter().map(|(value, phrase)| (self.value(*value), &**phrase))
    }

    /// The first phrase of a class with this value: the form to print.
    pub fn phrase(&self, class: ClassId, value: &str) -> Option<&str> {
        self.phrases(class).find(|(other, _)| *other == value).map(|(_, phrase)| phrase)
    }

    /// Is the word of this class: a phrase of one word, or the class's prefix (`uni*`)?
    pub fn is(&self, word: &str, class: ClassId) -> bool {
        let folded = fold(word);
        self.starting(&folded).any(|phrase| phrase.class == class && phrase.rest.is_empty())
            || self
                .prefixes
                .get(&class)
                .is_some_and(|list| list.iter().any(|prefix| folded.starts_with(prefix.as_str())))
    }

    /// Adds the phrases that start at token `at` to `hits`.
    pub fn look_up(&self, text: &str, tokens: &[Token], at: usize, hits: &mut Vec<Hit>) {
        let first = &tokens[at];
        let word = first.text(text);
        let found = with_folded(word, |folded| self.by_first.get(folded).map(|(first, _)| *first));
        let mut next = found;
        while let Some(phrase) = next.and_then(|place| self.phrases.get(place as usize)) {
            next = (Some(phrase.next) != next).then_some(phrase.next);
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
