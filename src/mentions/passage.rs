//! A block cut into tokens, with all that was read in it.

use std::any::Any;
use std::cell::OnceCell;
use std::num::NonZeroU64;
use std::ops::{Deref, Range};
use std::rc::Rc;

use factlint_rules::lexicon::{ClassId, Hit, Lexicon, word_key};
use factlint_rules::token::{Token, tokenize_into};
use factlint_rules::{Kind, KindSet};

use super::mention::Mention;
use super::{quotes, sentences};
use crate::document::Block;
use crate::lexicons::Lexicons;
use crate::source::Span;

/// A block at its place in a draft, cut into tokens, with all that was read in it.
#[derive(Debug)]
pub struct Passage<'d> {
    /// The block.
    pub block: &'d Block,
    /// Its place in the document.
    pub index: usize,
    /// The place of its language among the lexicons.
    pub language: Option<usize>,
    /// The words of its language.
    pub lexicon: &'d Lexicon,
    parsed: Rc<Parsed>,
}

/// What was read of a block, wherever it stands.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// For each token the key of its word, whatever its capitals.
    pub keys: Vec<u64>,
    /// Phrases of the lexicon, in the order of the tokens they start at.
    hits: Vec<Hit>,
    /// For each token, where its hits start in `hits`; one entry more than there are tokens.
    hit_starts: Vec<u32>,
    /// For each token a bit for each class of its hits, by the class's number modulo 64: a quick no for most classes.
    hit_bits: Vec<u64>,
    /// Ranges of tokens.
    pub sentences: Vec<Range<u32>>,
    /// For each token the place of its sentence.
    sentence_of: Vec<u32>,
    /// For each sentence its first token that is no opening quotation mark or bracket.
    openers: Vec<u32>,
    /// For each token: does it stand inside quotation marks?
    pub quoted: Vec<bool>,
    /// Ranges of tokens from opening to closing mark, marks included.
    pub quotations: Vec<Range<u32>>,
    /// In the order of their first tokens; of one token, the longest first.
    pub mentions: Vec<Mention>,
    /// For each token, where the mentions that start at it or later begin in `mentions`.
    mention_starts: Vec<u32>,
    /// For each token, the kinds that it is of by its letters, and those of the mentions that start at it.
    kinds: Vec<KindSet>,
    /// For each token what it tells. Read when first asked for.
    pub told: OnceCell<Vec<Told>>,
    /// What the checks keep of it.
    pub kept: OnceCell<Box<dyn Any>>,
}

/// What a token tells, for comparing what two sentences tell.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Does it tell anything: is it a figure, or a word that neither holds others together nor says when?
    pub tells: bool,
    /// The key of what the word and its forms begin with, where it is long enough to mean one thing.
    pub root: Option<NonZeroU64>,
}

/// The bit of a class among [`Parsed::hit_bits`].
fn class_bit(class: ClassId) -> u64 {
    1 << (class.0 % 64)
}

impl Deref for Passage<'_> {
    type Target = Parsed;

    fn deref(&self) -> &Parsed {
        &self.parsed
    }
}

impl<'d> Passage<'d> {
    /// Cuts a block into tokens and looks its words up. The mentions come later, from the readers.
    pub fn new(block: &'d Block, index: usize, language: Option<usize>, lexicons: &'d Lexicons) -> Passage<'d> {
        let lexicon = lexicons.get(language);
        let mut tokens = Vec::with_capacity(block.text.len() / 5 + 4);
        tokenize_into(&block.text, &mut tokens);
        let mut hits = Vec::with_capacity(4 * tokens.len());
        let mut hit_starts = Vec::with_capacity(tokens.len() + 1);
        let keys: Vec<u64> = tokens.iter().map(|token| word_key(token.text(&block.text))).collect();
        lexicon.look_up(&block.text, &tokens, &keys, &mut hits, &mut hit_starts);
        let bits_of = |range: &[u32]| {
            hits[range[0] as usize..range[1] as usize].iter().fold(0, |bits, hit: &Hit| bits | class_bit(hit.class))
        };
        let hit_bits = hit_starts.windows(2).map(bits_of).collect();
        let parsed = Parsed { tokens, keys, hits, hit_starts, hit_bits, ..Parsed::default() };
        let mut passage = Passage { block, index, language, lexicon, parsed: Rc::new(parsed) };
        passage.parsed_mut().kinds = (0..passage.tokens.len()).map(|at| passage.kinds_of_token(at)).collect();
        (passage.parsed_mut().quoted, passage.parsed_mut().quotations) = quotes::read(&passage);
        passage.set_sentences(sentences::read(&passage, lexicons));
        passage
    }

    /// A block that has been read, at its new place.
    pub(super) fn again(
        block: &'d Block,
        index: usize,
        language: Option<usize>,
        lexicons: &'d Lexicons,
        parsed: Rc<Parsed>,
    ) -> Passage<'d> {
        Passage { block, index, language, lexicon: lexicons.get(language), parsed }
    }

    /// What was read, for another version of the draft.
    pub(super) fn parsed(&self) -> Rc<Parsed> {
        Rc::clone(&self.parsed)
    }

    fn parsed_mut(&mut self) -> &mut Parsed {
        Rc::get_mut(&mut self.parsed).expect("a passage is shared when it has been read, not before")
    }

    /// The block's text.
    pub fn text(&self) -> &'d str {
        &self.block.text
    }

    /// A token's own text.
    pub fn word(&self, at: usize) -> &'d str {
        self.tokens.get(at).map_or("", |token| token.text(&self.block.text))
    }

    /// Is the token this sign?
    pub fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| factlint_rules::lexicon::is_plain_sign(token, &self.block.text, sign))
    }

    /// The phrases of the lexicon that start at a token.
    pub fn hits(&self, at: usize) -> &[Hit] {
        let Some((start, end)) = self.hit_starts.get(at).zip(self.hit_starts.get(at + 1)) else { return &[] };
        &self.hits[*start as usize..*end as usize]
    }

    /// The phrases of a class that start at a token.
    #[inline]
    pub fn hits_of(&self, at: usize, class: ClassId) -> &[Hit] {
        if self.hit_bits.get(at).is_none_or(|bits| bits & class_bit(class) == 0) {
            return &[];
        }
        let hits = self.hits(at);
        let first = hits.iter().position(|hit| hit.class >= class).unwrap_or(hits.len());
        let count = hits[first..].iter().take_while(|hit| hit.class == class).count();
        &hits[first..first + count]
    }

    /// The longest phrase of a class that starts at a token.
    pub fn hit(&self, at: usize, class: ClassId) -> Option<Hit> {
        self.hits_of(at, class).iter().max_by_key(|hit| hit.len).copied()
    }

    /// Starts a phrase of the class at the token?
    pub fn has(&self, at: usize, class: ClassId) -> bool {
        !self.hits_of(at, class).is_empty()
    }

    /// The value of the longest phrase of a class at a token, as a number, and its length in tokens.
    pub fn number_of(&self, at: usize, class: ClassId) -> Option<(i64, usize)> {
        let hit = self.hit(at, class)?;
        Some((self.lexicon.number(hit.value)?, hit.len as usize))
    }

    /// Is there a phrase of the class that ends right before the token?
    pub fn has_before(&self, at: usize, class: ClassId) -> bool {
        self.start_before(at, class).is_some()
    }

    /// Where the phrase of the class starts that ends right before the token; of several, the shortest.
    pub fn start_before(&self, at: usize, class: ClassId) -> Option<usize> {
        let ends = |start: &usize| self.hits_of(*start, class).iter().any(|hit| start + hit.len as usize == at);
        (at.saturating_sub(8)..at).rev().find(ends)
    }

    /// Is the token a quotation mark, of any custom?
    pub fn is_quotation_mark(&self, at: usize) -> bool {
        at < self.tokens.len() && self.word(at).starts_with(['"', '“', '”', '„', '«', '»', '‘', '’', '\''])
    }

    /// Is the token set in italics or bold?
    pub fn is_emphasised(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        self.block.emphasis.iter().any(|(start, end)| (*start..*end).contains(&token.start))
    }

    /// Do the two tokens touch?
    pub fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.blank_before)
    }

    /// The text of tokens `first..end`.
    pub fn slice(&self, first: usize, end: usize) -> &'d str {
        let Some((start, last)) = self.tokens.get(first).zip(self.tokens.get(end.wrapping_sub(1))) else { return "" };
        self.block.text.get(start.start as usize..last.end as usize).unwrap_or_default()
    }

    /// The span in the source of tokens `first..end`.
    pub fn span(&self, first: usize, end: usize) -> Span {
        match self.tokens.get(first).zip(self.tokens.get(end.wrapping_sub(1))) {
            Some((start, last)) => self.block.source_span(start.start, last.end.max(start.start)),
            None => Span::new(self.block.span.start(), self.block.span.start()),
        }
    }

    fn set_sentences(&mut self, sentences: Vec<Range<u32>>) {
        let opens = |at: &u32| !self.word(*at as usize).chars().all(|c| "\"'“‘«„‚([*–—-•¿¡".contains(c));
        let openers =
            sentences.iter().map(|sentence| { sentence.clone() }.find(opens).unwrap_or(sentence.end)).collect();
        let mut sentence_of = Vec::with_capacity(self.tokens.len());
        for (place, sentence) in sentences.iter().enumerate() {
            sentence_of.resize(sentence.end as usize, place as u32);
        }
        let parsed = self.parsed_mut();
        (parsed.sentences, parsed.sentence_of, parsed.openers) = (sentences, sentence_of, openers);
    }

    /// The place of the sentence of a token.
    pub fn sentence_of(&self, at: usize) -> usize {
        self.sentence_of.get(at).map_or(self.sentences.len().saturating_sub(1), |place| *place as usize)
    }

    /// The tokens of the sentence of a token: its first, and the one after its last.
    pub fn sentence_around(&self, at: usize) -> (usize, usize) {
        let range = self.sentences.get(self.sentence_of(at));
        range.map_or((0, self.tokens.len()), |range| (range.start as usize, range.end as usize))
    }

    /// Opens the token its sentence? Opening quotation marks and brackets before it do not count.
    pub fn opens_sentence(&self, at: usize) -> bool {
        self.openers.get(self.sentence_of(at)).is_some_and(|opener| at <= *opener as usize)
    }

    /// Takes the mentions that the readers made, in any order.
    pub fn set_mentions(&mut self, mut mentions: Vec<Mention>) {
        mentions.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.end)));
        let parsed = self.parsed_mut();
        for mention in &mentions {
            if let Some(kinds) = parsed.kinds.get_mut(mention.first as usize) {
                *kinds = kinds.or(mention.kinds);
            }
        }
        parsed.mention_starts = Vec::with_capacity(parsed.tokens.len() + 1);
        let mut next = 0;
        for at in 0..=parsed.tokens.len() as u32 {
            while mentions.get(next).is_some_and(|mention| mention.first < at) {
                next += 1;
            }
            parsed.mention_starts.push(next as u32);
        }
        parsed.mentions = mentions;
    }

    /// The places of the mentions that start at a token.
    pub fn mentions_at(&self, at: usize) -> Range<usize> {
        match self.mention_starts.get(at).zip(self.mention_starts.get(at + 1)) {
            Some((start, end)) => *start as usize..*end as usize,
            None => 0..0,
        }
    }

    /// The mentions of a kind, with their places.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = (usize, &Mention)> {
        self.mentions.iter().enumerate().filter(move |(_, mention)| mention.is(kind))
    }

    /// The kinds that a token is of by its letters alone, and those of the mentions that start at it.
    pub fn kinds_at(&self, at: usize) -> KindSet {
        self.kinds.get(at).copied().unwrap_or_default()
    }

    /// All phrases of the lexicon, in the order of the tokens they start at.
    pub fn all_hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The kinds that a token is of by its letters alone.
    pub fn token_kinds(&self, at: usize) -> KindSet {
        const OF_TOKENS: KindSet = KindSet::of(&[
            Kind::Word,
            Kind::Lowercase,
            Kind::Capitalised,
            Kind::Uppercase,
            Kind::Echo,
            Kind::Reprise,
            Kind::Digits,
            Kind::Sign,
        ]);
        self.kinds_at(at).and(OF_TOKENS)
    }

    fn kinds_of_token(&self, at: usize) -> KindSet {
        use factlint_rules::token::{Shape, TokenKind};
        let Some(token) = self.tokens.get(at) else { return KindSet::EMPTY };
        match token.kind {
            TokenKind::Word => {
                let shape = match token.shape {
                    Shape::Lower | Shape::None => KindSet::of(&[Kind::Word, Kind::Lowercase]),
                    Shape::Capitalised | Shape::Initial => KindSet::of(&[Kind::Word, Kind::Capitalised]),
                    Shape::Upper => KindSet::of(&[Kind::Word, Kind::Uppercase]),
                    Shape::Mixed => KindSet::of(&[Kind::Word]),
                };
                let shape = if self.is_echo(at) { shape.with(Kind::Echo) } else { shape };
                if self.is_reprise(at) { shape.with(Kind::Reprise) } else { shape }
            }
            TokenKind::Number => KindSet::of(&[Kind::Digits]),
            TokenKind::Sign => KindSet::of(&[Kind::Sign]),
            TokenKind::Opaque => KindSet::EMPTY,
        }
    }

    fn is_echo(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.tokens.get(before)) else { return false };
        let token = &self.tokens[at];
        token.blank_before && before.kind == token.kind && self.keys[at - 1] == self.keys[at]
    }

    /// “of the of the”, but not “day after day after day”, which has one word more, or “very very very very”.
    fn is_reprise(&self, at: usize) -> bool {
        let keys = &self.keys[..];
        // Hardly any word stands two to four words before itself.
        (2..=4).filter(|len| at >= *len && keys[at - *len] == keys[at]).any(|len| {
            let (first, Some(copy)) = (at - len, keys.get(at..at + len)) else { return false };
            let copies = &keys[first..at];
            let goes_on = keys.get(at + len) == Some(&copy[0]);
            let has_begun = first > 0 && keys[first - 1] == copy[len - 1];
            copies == copy
                && !goes_on
                && !has_begun
                && copy.windows(2).all(|pair| pair[0] != pair[1])
                && (first..at + len).all(|at| self.is_spaced_word(at, at == first))
        })
    }

    fn is_spaced_word(&self, at: usize, leads: bool) -> bool {
        let token = &self.tokens[at];
        token.kind == factlint_rules::token::TokenKind::Word && (leads || token.blank_before)
    }
}
