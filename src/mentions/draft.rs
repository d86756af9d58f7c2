//! A draft, read once: what every check asks of.

use std::cell::{Cell, OnceCell};

use chrono::{Datelike, NaiveDate};

use super::dates::Order;
use super::memory::Memory;
use super::{Cells, Passage, Rates, Readers, Reckonings};
use crate::document::Document;
use crate::lexicons::Lexicons;
use crate::linter::Settings;
use crate::source::Source;
use crate::things::Things;

/// A draft, read once.
///
/// It knows whether someone has looked at more of it than the passage at hand ([`Draft::watch`]): what a check found
/// by looking at one passage alone still holds when another passage is changed.
#[derive(Debug)]
pub struct Draft<'d> {
    source: &'d Source,
    /// Its blocks, and what it says of itself.
    pub document: &'d Document,
    passages: Vec<Passage<'d>>,
    things: Things<'d>,
    cells: Cells,
    rates: Rates,
    reckonings: OnceCell<Reckonings>,
    /// The words of all languages.
    pub lexicons: &'d Lexicons,
    /// The place of the document's language among the lexicons.
    pub language: Option<usize>,
    /// The publication date.
    pub date: Option<NaiveDate>,
    /// What the run was told.
    pub settings: &'d Settings,
    looked_around: Cell<bool>,
}

impl<'d> Draft<'d> {
    /// Reads a document's blocks; those that stood in the version before are not read again.
    pub fn read(
        source: &'d Source,
        document: &'d Document,
        lexicons: &'d Lexicons,
        readers: &Readers,
        settings: &'d Settings,
        mut memory: Option<&mut Memory>,
    ) -> Draft<'d> {
        let language = document.language.as_ref().and_then(|language| lexicons.find(&language.code));
        let date = document.date.map(|published| published.date);
        let order = document.date_order.as_deref().or(settings.date_order.as_deref()).and_then(Order::of);
        if let Some(memory) = &mut memory {
            memory.begin((language, date, order, settings.clone()));
        }
        let passages: Vec<Passage> = document
            .blocks
            .iter()
            .enumerate()
            .map(|(index, block)| {
                let own = match &block.language {
                    Some(code) => lexicons.find(code),
                    None => language,
                };
                let read = || {
                    let mut passage = Passage::new(block, index, own, lexicons);
                    readers.read(&mut passage, order);
                    passage
                };
                match &mut memory {
                    Some(memory) => memory.passage(block, index, own, lexicons, read),
                    None => read(),
                }
            })
            .collect();
        let near = memory.map(|memory| {
            memory.end();
            memory.near.clone()
        });
        let things = Things::read(&passages, lexicons, near.unwrap_or_default());
        let cells = Cells::of(&passages);
        let rates = Rates::of(&passages, lexicons.class("or"), date.map(|date| date.year()));
        let looked_around = Cell::new(false);
        Draft {
            source,
            document,
            passages,
            things,
            cells,
            rates,
            reckonings: OnceCell::new(),
            lexicons,
            language,
            date,
            settings,
            looked_around,
        }
    }

    /// Runs something; did it look at more of the draft than one passage?
    pub fn watch<T>(&self, run: impl FnOnce() -> T) -> (T, bool) {
        self.looked_around.set(false);
        let done = run();
        (done, self.looked_around.get())
    }

    /// What is asked now hangs on more than one passage.
    pub fn look_around(&self) {
        self.looked_around.set(true);
    }

    /// Its text as it stands in its file, whose lines and markup no passage has.
    pub fn source(&self) -> &'d Source {
        self.look_around();
        self.source
    }

    /// All passages, one a block, in reading order.
    pub fn passages(&self) -> &[Passage<'d>] {
        self.look_around();
        &self.passages
    }

    /// The passage of words that one has in hand.
    pub fn passage(&self, at: usize) -> Option<&Passage<'d>> {
        self.passages.get(at)
    }

    /// Its people, bodies, places, grouped.
    pub fn things(&self) -> &Things<'d> {
        self.look_around();
        &self.things
    }

    /// Its tables.
    pub fn cells(&self) -> &Cells {
        self.look_around();
        &self.cells
    }

    /// Its rates of exchange.
    pub fn rates(&self) -> &Rates {
        self.look_around();
        &self.rates
    }

    /// How its tables reckon; made when it is first asked for.
    pub fn reckonings(&self) -> &Reckonings {
        self.look_around();
        let class = |name| self.lexicons.class(name);
        self.reckonings.get_or_init(|| Reckonings::of(&self.passages, class("total"), class("subset-row")))
    }
}
