//! A lexicon ready to look words up in.
//!
//! All phrases lie in one text and are found by a key of their first word; where more words follow, the key of the
//! second is compared before any letters are. Building it takes no memory for a phrase of its own, so that a language
//! costs little when a draft first needs it.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::lexicon::{ClassId, Classes, StoredLexicon};
use crate::token::{Shape, Token, TokenKind, fold, plain_sign, tokenize_into};

/// A lexicon ready to look words up in.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// BCP 47 code.
    pub language: String,
    /// The decimal sign.
    pub decimal: char,
    /// The signs that group thousands.
    pub groups: Vec<char>,
    /// Phrases as they are written, values, and the folded words of phrases.
    text: String,
    values: Vec<Value>,
    /// By class.
    phrases: Vec<Phrase>,
    words: Vec<Word>,
    by_class: FxHashMap<ClassId, Stretch>,
    /// By the key of a first word: the range of `chains`.
    by_first: FxHashMap<u64, (u32, u32)>,
    chains: Vec<Link>,
    prefixes: FxHashMap<ClassId, Vec<String>>,
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

/// The phrases of a class: the first, the one after the last, and how many tokens the longest has.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    from: u32,
    to: u32,
    longest: u8,
}

/// A part of the lexicon's text.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    start: u32,
    end: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Value {
    text: Part,
    number: Option<i64>,
}

#[derive(Debug)]
struct Phrase {
    /// As it is written.
    written: Part,
    class: ClassId,
    value: ValueId,
    /// Its words in `words`: the first, and how many.
    words: (u32, u8),
}

/// A word of a phrase.
#[derive(Debug)]
struct Word {
    /// Folded.
    text: Part,
    case: Case,
    /// Does it stand after a blank?
    blank: bool,
}

/// A phrase among those that begin with one word.
#[derive(Clone, Copy, Debug)]
struct Link {
    /// The key of its second word; nothing is asked of it where there is none.
    second: Option<u64>,
    phrase: u32,
    /// What its first word asks for.
    case: Case,
    /// What is found where it stands: kept here, so that phrases of one word are found without a look at anything else.
    hit: Hit,
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

/// The key of a word, whatever its capitals: words that fold to one have one.
pub fn word_key(word: &str) -> u64 {
    with_folded(word, folded_key)
}

/// The key of a word that is folded.
fn folded_key(folded: &str) -> u64 {
    FxBuildHasher.hash_one(folded)
}

impl Lexicon {
    /// Builds the look-up of a language, with the literal words of the rules besides: class and word. Classes are
    /// numbered in `classes`, which must know them all.
    pub fn build(stored: &StoredLexicon, literals: &[(String, String)], classes: &Classes) -> Lexicon {
        let mut lexicon = Lexicon {
            language: stored.language.clone(),
            decimal: stored.decimal().unwrap_or('.'),
            groups: stored.groups().to_vec(),
            values: vec![Value::default()],
            ..Lexicon::default()
        };
        lexicon.reserve(stored.size());
        let mut tokens = Vec::new();
        for name in stored.classes() {
            let Some(class) = classes.id(name) else { continue };
            let from = lexicon.phrases.len() as u32;
            for (value, phrases) in stored.entries(name) {
                let value = if value.is_empty() { ValueId(0) } else { lexicon.add_value(value) };
                for phrase in phrases {
                    lexicon.add(class, value, phrase, &mut tokens);
                }
            }
            if lexicon.phrases.len() as u32 > from {
                lexicon.close(class, from);
            }
        }
        for (class, word) in literals {
            if let Some(class) = classes.id(class) {
                let from = lexicon.phrases.len() as u32;
                lexicon.add(class, ValueId(0), word, &mut tokens);
                lexicon.close(class, from);
            }
        }
        lexicon.chain();
        lexicon
    }

    /// Makes room for the phrases of so many bytes, so that little is moved while they are added: a phrase has seldom less
    /// than eight.
    fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes * 5 / 4);
        self.phrases.reserve(bytes / 8);
        self.words.reserve(bytes / 6);
    }

    /// Notes that the phrases from that one on are the class's.
    fn close(&mut self, class: ClassId, from: u32) {
        let longest = self.phrases[from as usize..].iter().map(|phrase| phrase.words.1).max().unwrap_or_default();
        self.by_class.insert(class, Stretch { from, to: self.phrases.len() as u32, longest });
    }

    fn add_value(&mut self, value: &str) -> ValueId {
        let text = self.push(value);
        self.values.push(Value { text, number: value.parse().ok() });
        ValueId(self.values.len() as u32 - 1)
    }

    fn add(&mut self, class: ClassId, value: ValueId, phrase: &str, tokens: &mut Vec<Token>) {
        if let Some(prefix) = phrase.strip_suffix('*') {
            self.prefixes.entry(class).or_default().push(fold(prefix));
            return;
        }
        let first = self.words.len() as u32;
        // Most phrases are one word in small letters.
        if !phrase.is_empty() && phrase.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let text = self.push(phrase);
            self.words.push(Word { text, case: Case::Any, blank: true });
            self.phrases.push(Phrase { written: text, class, value, words: (first, 1) });
            return;
        }
        tokenize_into(phrase, tokens);
        if tokens.is_empty() {
            return;
        }
        let written = self.push(phrase);
        let words = (first, tokens.len() as u8);
        for token in tokens.iter() {
            let word = token.text(phrase);
            // What is written in small letters is its own folded form.
            let text = if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
                Part { start: written.start + token.start, end: written.start + token.end }
            } else {
                with_folded(word, |folded| self.push(folded))
            };
            self.words.push(Word { text, case: Case::of(token.shape), blank: token.blank_before });
        }
        self.phrases.push(Phrase { written, class, value, words });
    }

    fn push(&mut self, text: &str) -> Part {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Part { start, end: self.text.len() as u32 }
    }

    /// Lays the phrases of each first word side by side: those of one word in the order of their classes, then the others
    /// in the order of their second words' keys, else in the order of the files.
    fn chain(&mut self) {
        let key_of =
            |phrase: &Phrase, at: usize| self.words(phrase).get(at).map(|word| folded_key(self.text(word.text)));
        // How many phrases each first word has, then where its chain ends, then the phrases themselves, from the back.
        let firsts: Vec<Option<u64>> = self.phrases.iter().map(|phrase| key_of(phrase, 0)).collect();
        let mut by_first: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
        by_first.reserve(firsts.len() / 2);
        for first in firsts.iter().flatten() {
            by_first.entry(*first).or_default().1 += 1;
        }
        let mut end = 0;
        for chain in by_first.values_mut() {
            end += chain.1;
            *chain = (end, end);
        }
        let nothing = Hit { class: ClassId(0), len: 0, value: ValueId(0) };
        let mut chains = vec![Link { second: None, phrase: 0, case: Case::Any, hit: nothing }; end as usize];
        for (place, (phrase, first)) in self.phrases.iter().zip(&firsts).enumerate().rev() {
            if let Some(chain) = first.and_then(|first| by_first.get_mut(&first)) {
                chain.0 -= 1;
                chains[chain.0 as usize] = Link {
                    second: key_of(phrase, 1),
                    phrase: place as u32,
                    case: self.words(phrase)[0].case,
                    hit: Hit { class: phrase.class, len: phrase.words.1, value: phrase.value },
                };
            }
        }
        for (start, end) in by_first.values() {
            chains[*start as usize..*end as usize].sort_by_key(|link| (link.second, link.hit.class.0));
        }
        (self.chains, self.by_first) = (chains, by_first);
    }

    fn text(&self, part: Part) -> &str {
        &self.text[part.start as usize..part.end as usize]
    }

    fn links(&self, first: u64) -> &[Link] {
        self.by_first.get(&first).map_or(&[], |(start, end)| &self.chains[*start as usize..*end as usize])
    }

    fn words(&self, phrase: &Phrase) -> &[Word] {
        &self.words[phrase.words.0 as usize..phrase.words.0 as usize + phrase.words.1 as usize]
    }

    /// The text of a value.
    pub fn value(&self, id: ValueId) -> &str {
        self.text(self.values[id.0 as usize].text)
    }

    /// The value as a whole number, where it is one.
    pub fn number(&self, id: ValueId) -> Option<i64> {
        self.values[id.0 as usize].number
    }

    /// How many tokens the longest phrase of a class has; 1 if it has none.
    pub fn longest(&self, class: ClassId) -> usize {
        self.by_class.get(&class).map_or(1, |stretch| stretch.longest.max(1)).into()
    }

    /// Has the language this class?
    pub fn has(&self, class: ClassId) -> bool {
        self.by_class.contains_key(&class) || self.prefixes.contains_key(&class)
    }

    /// The phrases of a class with their values, in the order of the files.
    pub fn phrases(&self, class: ClassId) -> impl Iterator<Item = (&str, &str)> {
        let Stretch { from, to, .. } = self.by_class.get(&class).copied().unwrap_or_default();
        let list = &self.phrases[from as usize..to as usize];
        list.iter().map(|phrase| (self.value(phrase.value), self.text(phrase.written)))
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
        let is_phrase = |link: &Link| {
            link.second.is_none()
                && link.hit.class == class
                && folds_to(word, self.text(self.words(&self.phrases[link.phrase as usize])[0].text))
        };
        self.links(key).iter().any(is_phrase)
            || self.prefixes.get(&class).is_some_and(|list| {
                with_folded(word, |folded| list.iter().any(|prefix| folded.starts_with(prefix.as_str())))
            })
    }

    /// Looks up the phrases that start at each token, whose keys ([`word_key`]) are given: they are added to `hits`, those
    /// of a token in the order of their classes, and where those of a token start is added to `starts`, with one entry
    /// more for the end.
    pub fn look_up(&self, text: &str, tokens: &[Token], keys: &[u64], hits: &mut Vec<Hit>, starts: &mut Vec<u32>) {
        for at in 0..tokens.len() {
            starts.push(hits.len() as u32);
            let links = self.links(keys[at]);
            // One look at the letters for all of them: that the keys of two words are one happens once in 2⁶⁴ words.
            let Some(first) = links.first() else { continue };
            let first = self.words(&self.phrases[first.phrase as usize])[0].text;
            if !folds_to(tokens[at].text(text), self.text(first)) {
                continue;
            }
            let alone = links.iter().take_while(|link| link.second.is_none()).count();
            let (alone, longer) = links.split_at(alone);
            let next = keys.get(at + 1).copied();
            let from = longer.partition_point(|link| link.second < next);
            let longer = longer[from..].iter().take_while(|link| link.second == next);
            let shape = tokens[at].shape;
            let first_hit = hits.len();
            hits.extend(alone.iter().filter(|link| link.case.fits(shape)).map(|link| link.hit));
            let first_longer = hits.len();
            for link in longer.filter(|link| link.case.fits(shape)) {
                let words = self.words(&self.phrases[link.phrase as usize]);
                let Some(stretch) = tokens.get(at..at + words.len()) else { continue };
                let fits = words.iter().zip(stretch).skip(1).all(|(word, token)| {
                    word.case.fits(token.shape)
                        && word.blank == token.blank_before
                        && folds_to(token.text(text), self.text(word.text))
                });
                if fits {
                    hits.push(link.hit);
                }
            }
            if hits.len() > first_longer {
                hits[first_hit..].sort_by_key(|hit| hit.class.0);
            }
        }
        starts.push(hits.len() as u32);
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
    word.eq_ignore_ascii_case(folded) || !(word.is_ascii() && folded.is_ascii()) && fold(word) == folded
}

/// Is the sign written so, or in one of its other forms?
pub fn is_plain_sign(token: &Token, text: &str, sign: char) -> bool {
    token.kind == TokenKind::Sign && token.text(text).chars().next().is_some_and(|c| plain_sign(c) == plain_sign(sign))
}
