//! A block cut into tokens, with all that was read in it.

use std::ops::Range;

use factlint_rules::lexicon::{ClassId, Hit, Lexicon};
use factlint_rules::token::{Token, tokenize_into};
use factlint_rules::{Kind, KindSet};

use super::mention::Mention;
use super::{quotes, sentences};
use crate::document::Block;
use crate::lexicons::Lexicons;
use crate::source::Span;

/// A block cut into tokens, with all that was read in it.
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
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Phrases of the lexicon, in the order of the tokens they start at.
    hits: Vec<Hit>,
    /// For each token, where its hits start in `hits`; one entry more than there are tokens.
    hit_starts: Vec<u32>,
    /// Ranges of tokens.
    pub sentences: Vec<Range<u32>>,
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
}

impl<'d> Passage<'d> {
    /// Cuts a block into tokens and looks its words up. The mentions come later, from the readers.
    pub fn new(block: &'d Block, index: usize, language: Option<usize>, lexicons: &'d Lexicons) -> Passage<'d> {
        let lexicon = lexicons.get(language);
        let mut tokens = Vec::with_capacity(block.text.len() / 5 + 4);
        tokenize_into(&block.text, &mut tokens);
        let mut hits = Vec::with_capacity(tokens.len());
        let mut hit_starts = Vec::with_capacity(tokens.len() + 1);
        lexicon.look_up(&block.text, &tokens, &mut hits, &mut hit_starts);
        let mut passage = Passage {
            block,
            index,
            language,
            lexicon,
            tokens,
            hits,
            hit_starts,
            sentences: Vec::new(),
            quoted: Vec::new(),
            quotations: Vec::new(),
            mentions: Vec::new(),
            mention_starts: Vec::new(),
            kinds: Vec::new(),
        };
        passage.kinds = (0..passage.tokens.len()).map(|at| passage.kinds_of_token(at)).collect();
        quotes::read(&mut passage);
        passage.sentences = sentences::read(&passage, lexicons);
        passage
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

    /// The longest phrase of a class that starts at a token.
    pub fn hit(&self, at: usize, class: ClassId) -> Option<Hit> {
        self.hits(at).iter().filter(|hit| hit.class == class).max_by_key(|hit| hit.len).copied()
    }

    /// Starts a phrase of the class at the token?
    pub fn has(&self, at: usize, class: ClassId) -> bool {
        self.hits(at).iter().any(|hit| hit.class == class)
    }

    /// The value of the longest phrase of a class at a token, as a number, and its length in tokens.
    pub fn number_of(&self, at: usize, class: ClassId) -> Option<(i64, usize)> {
        let hit = self.hit(at, class)?;
        Some((self.lexicon.number(hit.value)?, hit.len as usize))
    }

    /// Is there a phrase of the class that ends right before the token?
    pub fn has_before(&self, at: usize, class: ClassId) -> bool {
        (at.saturating_sub(8)..at)
            .any(|start| self.hits(start).iter().any(|hit| hit.class == class && start + hit.len as usize == at))
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

    /// The place of the sentence of a token.
    pub fn sentence_of(&self, at: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.end as usize <= at)
            .min(self.sentences.len().saturating_sub(1))
    }

    /// Opens the token its sentence? Opening quotation marks and brackets before it do not count.
    pub fn opens_sentence(&self, at: usize) -> bool {
        let Some(sentence) = self.sentences.get(self.sentence_of(at)) else { return false };
        (sentence.start as usize..at)
            .all(|before| self.tokens[before].text(&self.block.text).chars().all(|c| "\"'“‘«„‚([*–—-•¿¡".contains(c)))
    }

    /// Takes the mentions that the readers made, in any order.
    pub fn set_mentions(&mut self, mut mentions: Vec<Mention>) {
        mentions.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.end)));
        for mention in &mentions {
            if let Some(kinds) = self.kinds.get_mut(mention.first as usize) {
                *kinds = kinds.or(mention.kinds);
            }
        }
        self.mention_starts = Vec::with_capacity(self.tokens.len() + 1);
        let mut next = 0;
        for at in 0..=self.tokens.len() as u32 {
            while mentions.get(next).is_some_and(|mention| mention.first < at) {
                next += 1;
            }
            self.mention_starts.push(next as u32);
        }
        self.mentions = mentions;
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

    /// The phrases of the lexicon that start at tokens `first..end`.
    pub fn hits_in(&self, first: usize, end: usize) -> &[Hit] {
        let Some((start, last)) = self.hit_starts.get(first).zip(self.hit_starts.get(end)) else { return &[] };
        &self.hits[*start as usize..*last as usize]
    }

    /// The kinds that a token is of by its letters alone.
    pub fn token_kinds(&self, at: usize) -> KindSet {
        let token_kinds = KindSet::of(&[
            Kind::Word,
            Kind::Lowercase,
            Kind::Capitalised,
            Kind::Uppercase,
            Kind::Echo,
            Kind::Digits,
            Kind::Sign,
        ]);
        self.kinds_at(at).and(token_kinds)
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
                if self.is_echo(at) { shape.with(Kind::Echo) } else { shape }
            }
            TokenKind::Number => KindSet::of(&[Kind::Digits]),
            TokenKind::Sign => KindSet::of(&[Kind::Sign]),
            TokenKind::Opaque => KindSet::EMPTY,
        }
    }

    fn is_echo(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.tokens.get(before)) else { return false };
        let token = &self.tokens[at];
        token.blank_before
            && before.end - before.start == token.end - token.start
            && before.kind == token.kind
            && same_word(self.word(at - 1), self.word(at))
    }
}

/// The same word, in whatever capitals.
fn same_word(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    factlint_rules::token::fold(a) == factlint_rules::token::fold(b)
}
