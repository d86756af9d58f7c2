//! A draft, read once: what every check asks of.

use chrono::NaiveDate;

use super::{Cells, Passage, Rates, Readers};
use crate::document::Document;
use crate::lexicons::Lexicons;
use crate::linter::Settings;
use crate::source::Source;
use crate::things::Things;

/// A draft, read once.
#[derive(Debug)]
pub struct Draft<'d> {
    /// Its text.
    pub source: &'d Source,
    /// Its blocks, and what it says of itself.
    pub document: &'d Document,
    /// One a block, in reading order.
    pub passages: Vec<Passage<'d>>,
    /// Its people, bodies, places, grouped.
    pub things: Things<'d>,
    /// Its tables.
    pub cells: Cells,
    /// Its rates of exchange.
    pub rates: Rates,
    /// The words of all languages.
    pub lexicons: &'d Lexicons,
    /// The place of the document's language among the lexicons.
    pub language: Option<usize>,
    /// The publication date.
    pub date: Option<NaiveDate>,
    /// What the run was told.
    pub settings: &'d Settings,
}

impl<'d> Draft<'d> {
    /// Reads a document's blocks.
    pub fn read(
        source: &'d Source,
        document: &'d Document,
        lexicons: &'d Lexicons,
        readers: &Readers,
        settings: &'d Settings,
    ) -> Draft<'d> {
        let language = document.language.as_ref().and_then(|language| lexicons.find(&language.code));
        let passages: Vec<Passage> = document
            .blocks
            .iter()
            .enumerate()
            .map(|(index, block)| {
                let own = match &block.language {
                    Some(code) => lexicons.find(code),
                    None => language,
                };
                let mut passage = Passage::new(block, index, own, lexicons);
                readers.read(&mut passage);
                passage
            })
            .collect();
        let date = document.date.map(|published| published.date);
        let things = Things::read(&passages, lexicons);
        let cells = Cells::of(&passages);
        let rates = Rates::of(&passages, lexicons.class("or"));
        Draft { source, document, passages, things, cells, rates, lexicons, language, date, settings }
    }
}
