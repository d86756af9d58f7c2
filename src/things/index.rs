//! Every use of a name in the draft, found by its last word and by its inner words.
//!
//! Built once, over all passages, before any rule runs; linear in the number of names.

use std::cell::OnceCell;
use std::rc::Rc;

use factlint_rules::Kind;
use factlint_rules::lexicon::word_key;
use factlint_rules::token::{Shape, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::definitions::{Definition, definitions};
use super::drift::{LastNear, Near, near_words};
use super::spelling::is_mixed_script;
use crate::expressions::Words;
use crate::mentions::names::{NameReading, NameWord};
use crate::mentions::{Draft, Mention, Passage, Reading};

/// A use of a name.
#[derive(Clone, Copy, Debug)]
pub struct NameUse<'d> {
    /// The passage.
    pub passage: u32,
    /// Its mention there.
    pub mention: u32,
    /// Its last word, suffixes (Jr) apart.
    pub last: &'d str,
    /// How many of the reading's words are the name, suffixes apart.
    pub count: u32,
}

/// All things of a draft.
#[derive(Debug, Default)]
pub struct Things<'d> {
    /// Every use of a name, in reading order.
    pub names: Vec<NameUse<'d>>,
    /// By last word.
    pub by_last: FxHashMap<&'d str, Vec<u32>>,
    /// The uses of which the word is not the last.
    pub by_inner: FxHashMap<&'d str, Vec<u32>>,
    /// Keys of the words in lower case, made when one is first asked for.
    lower: OnceCell<FxHashSet<u64>>,
    /// Words of names that may be one word, made when a rule first asks.
    near: OnceCell<Rc<[Near]>>,
    last_near: LastNear,
    /// Long words with their letters in brackets.
    pub definitions: Vec<Definition<'d>>,
    /// The letters of acronyms that the draft explains, gathered when they are first asked for.
    explained: OnceCell<FxHashSet<String>>,
}

/// The reading of a mention that is a name.
pub fn reading(mention: &Mention) -> Option<&NameReading> {
    match &mention.reading {
        Reading::Name(reading) => Some(reading),
        _ => None,
    }
}

impl<'d> Things<'d> {
    /// Groups the names of all passages.
    pub fn read(passages: &[Passage<'d>], lexicons: &crate::lexicons::Lexicons, last_near: LastNear) -> Things<'d> {
        let suffix = lexicons.class("name-suffix");
        let definitions = definitions(passages, lexicons);
        let mut things = Things { last_near, definitions, ..Things::default() };
        for passage in passages {
            for (place, mention) in passage.of(Kind::Name) {
                let Some(reading) = reading(mention) else { continue };
                if reading.joint || reading.words.is_empty() {
                    continue;
                }
                let mut words = &reading.words[..];
                while let [rest @ .., last] = words
                    && !rest.is_empty()
                    && passage.has(last.first as usize, suffix)
                {
                    words = rest;
                }
                let Some((last, inner)) = words.split_last() else { continue };
                let number = things.names.len() as u32;
                let last = last.text(passage);
                if is_mixed_script(last) {
                    continue;
                }
                things.by_last.entry(last).or_default().push(number);
                for word in inner {
                    things.by_inner.entry(word.text(passage)).or_default().push(number);
                }
                things.names.push(NameUse {
                    passage: passage.index as u32,
                    mention: place as u32,
                    last,
                    count: words.len() as u32,
                });
            }
        }
        things
    }

    /// Has the draft the word in lower case?
    pub fn is_lower(&self, word: &str, draft: &Draft) -> bool {
        let set = self.lower.get_or_init(|| {
            let mut set = FxHashSet::default();
            for passage in draft.passages() {
                for (at, token) in passage.tokens.iter().enumerate() {
                    if token.kind == TokenKind::Word && token.shape == Shape::Lower {
                        set.insert(passage.keys[at]);
                    }
                }
            }
            set
        });
        set.contains(&word_key(word))
    }

    /// The letters of acronyms that the draft explains.
    pub fn explained(&self) -> &FxHashSet<String> {
        let letters = || self.definitions.iter().map(|definition| definition.letters.clone());
        self.explained.get_or_init(|| letters().collect())
    }

    /// The words of names that are one slip or one transliteration apart.
    pub fn near(&self) -> &[Near] {
        self.near.get_or_init(|| near_words(self, &self.last_near))
    }

    /// The uses of a last word.
    pub fn uses_of(&self, last: &str) -> &[u32] {
        self.by_last.get(last).map_or(&[], Vec::as_slice)
    }

    /// How often the word is used in names.
    pub fn total(&self, word: &str) -> usize {
        self.uses_of(word).len() + self.by_inner.get(word).map_or(0, Vec::len)
    }
}

/// A use with all that it hangs on.
#[derive(Clone, Copy, Debug)]
pub struct Use<'c, 'd> {
    /// Its passage.
    pub passage: &'c Passage<'d>,
    /// Its reading.
    pub reading: &'c NameReading,
    /// Its words, suffixes apart.
    pub words: &'c [NameWord],
    /// Its place.
    pub at: Words,
}

impl<'c, 'd> Use<'c, 'd> {
    /// The use of that number.
    pub fn of(draft: &'c Draft<'d>, number: u32) -> Option<Use<'c, 'd>> {
        let name = draft.things().names.get(number as usize)?;
        let passage = draft.passages().get(name.passage as usize)?;
        let mention = passage.mentions.get(name.mention as usize)?;
        let reading = reading(mention)?;
        let words = reading.words.get(..name.count as usize)?;
        Some(Use { passage, reading, words, at: Words::mention(passage.index, name.mention as usize, mention) })
    }

    /// Its last word.
    pub fn last(&self) -> &'d str {
        self.words.last().map_or("", |word| word.text(self.passage))
    }

    /// The words before the last.
    pub fn inner(&self) -> impl Iterator<Item = &'d str> + 'c {
        let passage = self.passage;
        self.words[..self.words.len() - 1].iter().map(move |word| word.text(passage))
    }

    /// Its first name, where it has one that is one: a word that opens a sentence and that the draft also has in lower
    /// case is none.
    pub fn first(&self, draft: &Draft) -> First<'d> {
        let [first, _, ..] = self.words else {
            return if self.reading.peeled { First::Unknown } else { First::None };
        };
        let text = first.text(self.passage);
        if self.reading.opens && draft.things().is_lower(text, draft) {
            return if self.words.len() > 2 { First::Name(self.words[1].text(self.passage)) } else { First::Unknown };
        }
        First::Name(self.words[self.given_place(draft)].text(self.passage))
    }

    /// Which of its words is the first name: “Teenager Leylah Oyelaran” opens a sentence with what she is, “LR Luc Roux” with a party.
    pub fn given_place(&self, draft: &Draft) -> usize {
        let [first, second, _] = self.words else { return 0 };
        let lone = || draft.things().by_inner.get(first.text(self.passage)).is_none_or(|list| list.len() < 2);
        // “la senadora del PP Ana Luz”
        let party = || self.passage.has(first.first as usize, draft.lexicons.class("party-sign"));
        let known = !self.is_given(draft, *first) && self.is_given(draft, *second);
        usize::from(known && (self.reading.opens && lone() || party()))
    }

    /// Has a list of first names the word?
    pub fn is_given(&self, draft: &Draft, word: NameWord) -> bool {
        let at = word.first as usize;
        ["first-name", "given-name"].iter().any(|class| self.passage.has(at, draft.lexicons.class(class)))
    }

    /// Is it of a person, as far as its words tell?
    pub fn is_person(&self) -> bool {
        self.at.mention.is_some_and(|at| self.passage.mentions[at as usize].is(Kind::Person))
    }

    /// Has it a title or an honorific?
    pub fn is_titled(&self) -> bool {
        self.reading.titles.1 > self.reading.titles.0
    }

    /// The gender that Mr, Ms or Mrs right before it tells.
    pub fn courtesy(&self, draft: &Draft<'d>) -> Option<&'d str> {
        let at = (self.reading.titles.1 as usize).checked_sub(1).filter(|_| self.is_titled())?;
        let hit = self.passage.hit(at, draft.lexicons.class("honorific"))?;
        Some(self.passage.lexicon.value(hit.value)).filter(|value| matches!(*value, "m" | "f"))
    }

    /// The place of one of its words.
    pub fn word(&self, place: usize) -> Words {
        let word = self.words[place];
        Words::tokens(self.passage.index, word.first as usize, word.end as usize)
    }

    /// Its last word's place.
    pub fn last_word(&self) -> Words {
        self.word(self.words.len() - 1)
    }

    /// Its sentence, as tokens.
    pub fn sentence(&self) -> (usize, usize) {
        self.passage.sentence_around(self.at.first as usize)
    }

    /// Stand the two in one sentence?
    pub fn with(&self, other: &Use) -> bool {
        self.passage.index == other.passage.index && self.sentence() == other.sentence()
    }
}

/// A first name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First<'d> {
    /// It has this one.
    Name(&'d str),
    /// It has none.
    None,
    /// What stands there may be one or not.
    Unknown,
}
