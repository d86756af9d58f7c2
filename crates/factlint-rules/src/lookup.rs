//! A lexicon ready to look words up in.
//!
//! It is laid out once, for the embedded ones when the binary is built, and used where its bytes lie, so that a language
//! costs next to nothing when a draft first needs it. All words lie in one text. Phrases are found by a key of their
//! first word; where more words follow, the key of the second is compared before any letters are.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use zerocopy::little_endian::{I64, U16, U32};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use crate::deferred::Packed;
use crate::lexicon::{ClassId, Classes, LexiconData, literal_class};
use crate::records::Records;
use crate::token::{Shape, Token, TokenKind, fold, plain_sign, tokenize_into};

/// A lexicon ready to look words up in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// BCP 47 code.
    pub language: String,
    /// The language's name in English.
    pub name: String,
    /// The decimal sign, if its files name one.
    decimal: Option<char>,
    /// The signs that group thousands.
    pub groups: Vec<char>,
    /// Phrases as they are written, values, and the folded words of phrases.
    text: Packed,
    /// By the number of a value.
    values: Records<Value>,
    /// In the order of their numbers.
    classes: Records<Class>,
    /// By class.
    phrases: Records<Phrase>,
    /// Prefixes, in the order of their classes.
    prefixes: Records<Prefix>,
    /// A table of first words: each stands where its key says, or in the next free slot behind. One at least is free.
    slots: Records<Slot>,
    /// The phrases of each first word, side by side.
    links: Records<Link>,
    /// The words of phrases of several.
    words: Records<Word>,
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

/// A part of the lexicon's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Part {
    start: U32,
    len: U16,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Value {
    text: Part,
    /// 1 if it is a whole number.
    is_number: U16,
    number: I64,
}

/// A class that the language has.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Class {
    class: U16,
    /// How many tokens the longest of its phrases has.
    longest: U16,
    /// Its first phrase, and the one after its last.
    from: U32,
    to: U32,
}

/// A phrase as it is written, with its value.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Phrase {
    written: Part,
    value: U32,
}

/// Letters that a word of the class begins with, folded (`uni*`).
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Prefix {
    class: U16,
    /// Its first byte: few words have it.
    first: u8,
    letters: Part,
    value: U32,
}

/// A place for a first word.
#[derive(Clone, Copy, Debug, Default, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Slot {
    /// The upper half of its key.
    tag: U32,
    /// Its letters, folded.
    word: Part,
    /// How many phrases begin with it; 0 where the slot is free.
    count: U16,
    /// The first of them in `links`.
    links: U32,
}

/// A phrase among those that begin with one word.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Link {
    /// The upper half of the key of its second word, and 1 at least; 0 where there is none.
    second: U32,
    /// Its words behind the first in `words`.
    words: U32,
    value: U32,
    class: U16,
    /// How many words it has.
    len: u8,
    /// What its first word asks for, a [`Case`].
    case: u8,
}

/// A word of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
struct Word {
    /// Folded.
    text: Part,
    /// What it asks for, a [`Case`].
    case: u8,
    /// 1 if it stands after a blank.
    blank: u8,
}

/// What capitals a word of a phrase asks for: `may` none, `Monday` a first one, `US` all.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Case {
    Any = 0,
    First = 1,
    All = 2,
}

impl Case {
    fn of(shape: Shape) -> Case {
        match shape {
            Shape::Lower | Shape::None => Case::Any,
            Shape::Upper => Case::All,
            Shape::Capitalised | Shape::Initial | Shape::Mixed => Case::First,
        }
    }
}

/// Fits a word of that shape what a [`Case`] asks for?
fn fits(case: u8, shape: Shape) -> bool {
    match case {
        0 => true,
        1 => !matches!(shape, Shape::Lower),
        _ => matches!(shape, Shape::Upper),
    }
}

/// The key of a word, whatever its capitals: words that fold to one have one.
pub fn word_key(word: &str) -> u64 {
    with_folded(word, folded_key)
}

/// The key of a word that is folded. It is the same on every machine, for it is embedded: the 128 bits of a product,
/// folded to 64, for each eight bytes, the last of which may be some of the eight before.
fn folded_key(bytes: &[u8]) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    fn mix(key: u64, part: u64) -> u64 {
        let product = u128::from(key ^ part) * u128::from(MIX);
        (product >> 64) as u64 ^ product as u64
    }
    let mut key = bytes.len() as u64 ^ MIX.rotate_left(32);
    let Some(last) = bytes.last_chunk::<8>() else {
        // Up to seven bytes: two fours that may overlap, or one to three.
        let part = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
            (Some(first), Some(last), _) => {
                u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
            }
            (.., [first, .., last]) => {
                u64::from(*first) | u64::from(bytes[bytes.len() / 2]) << 8 | u64::from(*last) << 16
            }
            (.., rest) => rest.first().copied().map_or(0, u64::from),
        };
        return mix(mix(key, part), 0);
    };
    for part in bytes.as_chunks::<8>().0 {
        key = mix(key, u64::from_le_bytes(*part));
    }
    mix(key, u64::from_le_bytes(*last))
}

/// The slot of so many in which a word of that key stands, unless another does.
fn home(key: u64, slots: usize) -> usize {
    (((key & u64::from(u32::MAX)) * slots as u64) >> 32) as usize
}

/// Half a key, as slots and links keep it.
fn half(key: u64) -> u32 {
    (key >> 32) as u32
}

impl Lexicon {
    /// Lays out a lexicon, with words besides that rules have letter for letter. The classes of both are numbered in
    /// `classes`, which must know them all.
    pub fn lay_out(data: &LexiconData, words: &BTreeSet<&str>, classes: &Classes) -> Lexicon {
        Layout::default().lay_out(data, words, classes)
    }

    /// The lexicon with words besides that rules have letter for letter. Their classes are numbered in `classes`.
    #[must_use]
    pub fn with_literals(&self, words: &BTreeSet<&str>, classes: &Classes) -> Lexicon {
        let mut layout = Layout::of(self);
        layout.add_literals(words, classes);
        let (language, name, groups) = (self.language.clone(), self.name.clone(), self.groups.clone());
        Lexicon { language, name, decimal: self.decimal, groups, ..layout.finish() }
    }

    /// What is laid out.
    pub fn data(&self, classes: &Classes) -> LexiconData {
        let (language, name, groups) = (self.language.clone(), self.name.clone(), self.groups.clone());
        let mut data = LexiconData { language, name, decimal: self.decimal, groups, classes: Vec::new() };
        for name in self.class_names(classes) {
            for (value, phrases) in self.entries(name, classes) {
                data.classes.push((name.to_owned(), value.to_owned(), phrases));
            }
        }
        data
    }

    /// The names of its classes, in the order of their numbers.
    pub fn class_names<'l>(&'l self, classes: &'l Classes) -> impl Iterator<Item = &'l str> {
        self.classes.iter().map(|class| classes.name(ClassId(class.class.get())))
    }

    /// The values (empty where the class has none) and phrases of a class, prefixes (`uni*`) among them.
    pub fn entries(&self, class: &str, classes: &Classes) -> Vec<(&str, Vec<String>)> {
        let Some(class) = classes.id(class) else { return Vec::new() };
        let phrases = self.phrases(class).map(|(value, phrase)| (value, phrase.to_owned()));
        let prefixes = self
            .prefixes_of(class)
            .map(|prefix| (self.value(ValueId(prefix.value.get())), format!("{}*", self.text(prefix.letters))));
        let mut entries: Vec<(&str, Vec<String>)> = Vec::new();
        for (value, phrase) in phrases.chain(prefixes) {
            match entries.last_mut() {
                Some((last, phrases)) if *last == value => phrases.push(phrase),
                _ => entries.push((value, vec![phrase])),
            }
        }
        entries
    }

    /// The decimal sign.
    pub fn decimal(&self) -> char {
        self.decimal.unwrap_or('.')
    }

    fn bytes(&self, part: Part) -> &[u8] {
        bytes(&self.text, part)
    }

    fn text(&self, part: Part) -> &str {
        std::str::from_utf8(self.bytes(part)).expect("it was laid out from texts")
    }

    /// The text of a value.
    pub fn value(&self, id: ValueId) -> &str {
        self.values.get(id.0 as usize).map_or("", |value| self.text(value.text))
    }

    /// The value as a whole number, where it is one.
    pub fn number(&self, id: ValueId) -> Option<i64> {
        self.values.get(id.0 as usize).filter(|value| value.is_number == 1).map(|value| value.number.get())
    }

    fn class(&self, class: ClassId) -> Option<&Class> {
        let place = self.classes.binary_search_by_key(&class.0, |own| own.class.get()).ok()?;
        self.classes.get(place)
    }

    fn prefixes_of(&self, class: ClassId) -> impl Iterator<Item = &Prefix> {
        let prefixes = &*self.prefixes;
        let from = prefixes.partition_point(|prefix| prefix.class.get() < class.0);
        prefixes[from..].iter().take_while(move |prefix| prefix.class == class.0)
    }

    /// How many tokens the longest phrase of a class has; 1 if it has none.
    pub fn longest(&self, class: ClassId) -> usize {
        self.class(class).map_or(1, |class| class.longest.get().max(1)).into()
    }

    /// Has the language this class?
    pub fn has(&self, class: ClassId) -> bool {
        self.class(class).is_some()
    }

    /// The phrases of a class with their values, in the order of the files.
    pub fn phrases(&self, class: ClassId) -> impl Iterator<Item = (&str, &str)> {
        let (from, to) = self.class(class).map_or((0, 0), |class| (class.from.get() as usize, class.to.get() as usize));
        let list = &self.phrases[from..to];
        list.iter().map(|phrase| (self.value(ValueId(phrase.value.get())), self.text(phrase.written)))
    }

    /// The first phrase of a class with this value: the form to print.
    pub fn phrase(&self, class: ClassId, value: &str) -> Option<&str> {
        self.phrases(class).find(|(other, _)| *other == value).map(|(_, phrase)| phrase)
    }

    /// Is the word of this class: a phrase of one word, or the class's prefix (`uni*`)?
    pub fn is(&self, word: &str, class: ClassId) -> bool {
        self.is_keyed(word_key(word), word, class)
    }

    /// As [`Lexicon::is`], of a word whose key ([`word_key`]) is known.
    pub fn is_keyed(&self, key: u64, word: &str, class: ClassId) -> bool {
        let is_phrase = |link: &Link| link.second == 0 && link.class == class.0;
        let mut prefixes = self.prefixes_of(class).peekable();
        self.chains().of(key, word).iter().any(is_phrase)
            || prefixes.peek().is_some()
                && with_folded(word, |word| {
                    let first = word.first().copied().unwrap_or_default();
                    prefixes.any(|prefix| prefix.first == first && word.starts_with(self.bytes(prefix.letters)))
                })
    }

    /// The classes that have the word as a phrase, whatever its capitals.
    pub fn classes_of(&self, word: &str) -> impl Iterator<Item = ClassId> {
        let alone = self.chains().of(word_key(word), word).iter().take_while(|link| link.second == 0);
        alone.map(|link| ClassId(link.class.get()))
    }

    fn chains(&self) -> Chains<'_> {
        Chains { slots: &self.slots, links: &self.links, text: &self.text }
    }

    /// Looks up the phrases that start at each token, whose keys ([`word_key`]) are given: they are added to `hits`, those
    /// of a token in the order of their classes, and where those of a token start is added to `starts`, with one entry
    /// more for the end.
    pub fn look_up(&self, text: &str, tokens: &[Token], keys: &[u64], hits: &mut Vec<Hit>, starts: &mut Vec<u32>) {
        let (chains, words) = (self.chains(), &*self.words);
        for at in 0..tokens.len() {
            starts.push(hits.len() as u32);
            let links = chains.of(keys[at], tokens[at].text(text));
            let shape = tokens[at].shape;
            let first_hit = hits.len();
            let mut alone = 0;
            for link in links.iter().take_while(|link| link.second == 0) {
                alone += 1;
                if fits(link.case, shape) {
                    hits.push(link.hit());
                }
            }
            let longer = &links[alone..];
            let Some(next) = keys.get(at + 1).filter(|_| !longer.is_empty()).map(|key| half(*key).max(1)) else {
                continue;
            };
            let first_longer = hits.len();
            let from = longer.partition_point(|link| link.second.get() < next);
            let longer = longer[from..].iter().take_while(|link| link.second == next);
            for link in longer.filter(|link| fits(link.case, shape)) {
                let words = &words[link.words.get() as usize..][..link.len as usize - 1];
                let Some(stretch) = tokens.get(at + 1..at + link.len as usize) else { continue };
                let fits = words.iter().zip(stretch).all(|(word, token)| {
                    fits(word.case, token.shape)
                        && (word.blank == 1) == token.blank_before
                        && folds_to_bytes(token.text(text), bytes(&self.text, word.text))
                });
                if fits {
                    hits.push(link.hit());
                }
            }
            if hits.len() > first_longer {
                hits[first_hit..].sort_by_key(|hit| hit.class.0);
            }
        }
        starts.push(hits.len() as u32);
    }
}

impl Link {
    /// What is found where its phrase stands.
    fn hit(&self) -> Hit {
        Hit { class: ClassId(self.class.get()), len: self.len, value: ValueId(self.value.get()) }
    }
}

/// The phrases by their first words.
#[derive(Clone, Copy)]
struct Chains<'l> {
    slots: &'l [Slot],
    links: &'l [Link],
    text: &'l [u8],
}

impl<'l> Chains<'l> {
    /// The phrases that begin with a word whose key is known: those of one word in the order of their classes, then the
    /// others in the order of their second words' keys, else in the order of the files.
    fn of(&self, key: u64, word: &str) -> &'l [Link] {
        let (front, back) = self.slots.split_at(home(key, self.slots.len()));
        for slot in back.iter().chain(front).take_while(|slot| slot.count != 0) {
            if slot.tag == half(key) && folds_to_bytes(word, bytes(self.text, slot.word)) {
                return &self.links[slot.links.get() as usize..][..slot.count.get() as usize];
            }
        }
        &[]
    }
}

fn bytes(text: &[u8], part: Part) -> &[u8] {
    &text[part.start.get() as usize..][..part.len.get() as usize]
}

/// A lexicon on its way into records.
#[derive(Default)]
struct Layout {
    text: String,
    values: Vec<Value>,
    classes: Vec<Class>,
    phrases: Vec<Phrase>,
    prefixes: Vec<Prefix>,
    words: Vec<Word>,
    /// The phrases by their first words, folded.
    chains: FxHashMap<String, Vec<Link>>,
    tokens: Vec<Token>,
}

impl Layout {
    /// A lexicon that is laid out, to be added to.
    fn of(lexicon: &Lexicon) -> Layout {
        let chain = |slot: &Slot| {
            let links = &lexicon.links[slot.links.get() as usize..][..slot.count.get() as usize];
            (lexicon.text(slot.word).to_owned(), links.to_vec())
        };
        Layout {
            text: std::str::from_utf8(&lexicon.text).expect("it was laid out from texts").to_owned(),
            values: lexicon.values.to_vec(),
            classes: lexicon.classes.to_vec(),
            phrases: lexicon.phrases.to_vec(),
            prefixes: lexicon.prefixes.to_vec(),
            words: lexicon.words.to_vec(),
            chains: lexicon.slots.iter().filter(|slot| slot.count != 0).map(chain).collect(),
            tokens: Vec::new(),
        }
    }

    fn lay_out(mut self, data: &LexiconData, words: &BTreeSet<&str>, classes: &Classes) -> Lexicon {
        self.values.push(Value::default());
        let mut by_class: BTreeMap<ClassId, Vec<(&str, &[String])>> = BTreeMap::new();
        for (class, value, phrases) in &data.classes {
            by_class.entry(classes.known(class)).or_default().push((value, phrases));
        }
        for (class, entries) in by_class {
            self.add_class(class, &entries);
        }
        self.add_literals(words, classes);
        let (language, name, groups) = (data.language.clone(), data.name.clone(), data.groups.clone());
        Lexicon { language, name, decimal: data.decimal, groups, ..self.finish() }
    }

    /// Adds words that rules have letter for letter, each as a class of its own, if it is not there.
    fn add_literals(&mut self, words: &BTreeSet<&str>, classes: &Classes) {
        for word in words {
            let class = classes.known(&literal_class(word));
            if !self.classes.iter().any(|own| own.class == class.0) {
                self.add_class(class, &[("", &[(*word).to_owned()])]);
            }
        }
        self.classes.sort_by_key(|class| class.class.get());
    }

    /// Adds a class with its values and phrases.
    fn add_class(&mut self, class: ClassId, entries: &[(&str, &[String])]) {
        let from = self.phrases.len() as u32;
        let mut longest = 0;
        for (value, phrases) in entries {
            let value = if value.is_empty() { 0 } else { self.add_value(value) };
            for phrase in *phrases {
                longest = longest.max(self.add(class, value, phrase));
            }
        }
        let to = self.phrases.len() as u32;
        let class = class.0.into();
        self.classes.push(Class { class, longest: u16::from(longest).into(), from: from.into(), to: to.into() });
    }

    /// The records, of a language that is still to be named.
    fn finish(mut self) -> Lexicon {
        let (slots, links) = self.chain();
        Lexicon {
            text: self.text.into_bytes().into(),
            values: self.values.into(),
            classes: self.classes.into(),
            phrases: self.phrases.into(),
            prefixes: self.prefixes.into(),
            slots: slots.into(),
            links: links.into(),
            words: self.words.into(),
            ..Lexicon::default()
        }
    }

    fn add_value(&mut self, value: &str) -> u32 {
        let text = self.push(value);
        let number = value.parse().ok();
        self.values.push(Value {
            text,
            is_number: u16::from(number.is_some()).into(),
            number: number.unwrap_or(0_i64).into(),
        });
        self.values.len() as u32 - 1
    }

    /// Adds a phrase; gives how many tokens it has.
    fn add(&mut self, class: ClassId, value: u32, phrase: &str) -> u8 {
        if let Some(prefix) = phrase.strip_suffix('*') {
            let folded = fold(prefix);
            let first = folded.bytes().next().unwrap_or_default();
            let letters = self.push(&folded);
            self.prefixes.push(Prefix { class: class.0.into(), first, letters, value: value.into() });
            return 0;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokenize_into(phrase, &mut tokens);
        if let [first, more @ ..] = &tokens[..] {
            let written = self.push(phrase);
            let words = self.words.len() as u32;
            for token in more {
                let text = self.push(&fold(token.text(phrase)));
                self.words.push(Word { text, case: Case::of(token.shape) as u8, blank: token.blank_before.into() });
            }
            self.phrases.push(Phrase { written, value: value.into() });
            let link = Link {
                second: more.first().map_or(0, |token| half(word_key(token.text(phrase))).max(1)).into(),
                words: words.into(),
                value: value.into(),
                class: class.0.into(),
                len: tokens.len() as u8,
                case: Case::of(first.shape) as u8,
            };
            self.chains.entry(fold(first.text(phrase))).or_default().push(link);
        }
        self.tokens = tokens;
        self.tokens.len() as u8
    }

    fn push(&mut self, text: &str) -> Part {
        let start = (self.text.len() as u32).into();
        self.text.push_str(text);
        Part { start, len: (text.len() as u16).into() }
    }

    /// Lays the phrases of each first word side by side, and the first words into slots.
    fn chain(&mut self) -> (Vec<Slot>, Vec<Link>) {
        let mut chains: Vec<_> = std::mem::take(&mut self.chains).into_iter().collect();
        chains.sort_by(|(a, _), (b, _)| a.cmp(b));
        // A third of them stays free, so that the next free one is near.
        let mut slots = vec![Slot::default(); chains.len() * 3 / 2 + 1];
        let mut links = Vec::new();
        for (word, mut chain) in chains {
            chain.sort_by_key(|link| (link.second.get(), link.class.get()));
            let key = folded_key(word.as_bytes());
            let mut at = home(key, slots.len());
            while slots[at].count != 0 {
                at = (at + 1) % slots.len();
            }
            slots[at] = Slot {
                tag: half(key).into(),
                word: self.push(&word),
                count: (chain.len() as u16).into(),
                links: (links.len() as u32).into(),
            };
            links.extend(chain);
        }
        (slots, links)
    }
}

/// Calls `f` with the folded word, without memory from the heap for short ASCII words.
fn with_folded<R>(word: &str, f: impl FnOnce(&[u8]) -> R) -> R {
    let mut buffer = [0u8; 32];
    if word.len() <= buffer.len() && word.is_ascii() {
        let bytes = &mut buffer[..word.len()];
        bytes.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        return f(bytes);
    }
    f(fold(word).as_bytes())
}

/// Is `folded` the folded form of `word`?
pub fn folds_to(word: &str, folded: &str) -> bool {
    folds_to_bytes(word, folded.as_bytes())
}

fn folds_to_bytes(word: &str, folded: &[u8]) -> bool {
    // Most words are folded as they stand.
    word.as_bytes() == folded
        || word.as_bytes().eq_ignore_ascii_case(folded)
        || !(word.is_ascii() && folded.is_ascii()) && fold(word).as_bytes() == folded
}

/// Is the sign written so, or in one of its other forms?
#[inline]
pub fn is_plain_sign(token: &Token, text: &str, sign: char) -> bool {
    token.kind == TokenKind::Sign && token.text(text).chars().next().is_some_and(|c| plain_sign(c) == plain_sign(sign))
}
