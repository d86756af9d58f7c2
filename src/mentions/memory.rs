//! What was read of a draft's last version, for the next one: an edit changes few blocks.

use std::rc::Rc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::Passage;
use super::dates::Order;
use super::passage::Parsed;
use crate::document::{Block, BlockKind, Cell};
use crate::language::Tallies;
use crate::lexicons::Lexicons;
use crate::linter::Settings;
use crate::things::LastNear;

/// What was read of a draft's last version, and which checks had nothing to say of a block by itself.
///
/// It changes nothing but the time that a check takes. It belongs to one draft and one linter.
#[derive(Debug, Default)]
pub struct Memory {
    /// What every reading hangs on besides its block.
    told: Option<Told>,
    last: FxHashMap<Key, Rc<Parsed>>,
    now: FxHashMap<Key, Rc<Parsed>>,
    /// What was counted of the blocks to tell their language.
    pub tallies: Tallies,
    pub(super) near: LastNear,
}

/// What a draft was told besides its blocks: its language, its date, the order of dates in digits, the settings.
pub(super) type Told = (Option<usize>, Option<NaiveDate>, Option<Order>, Settings);

/// All of a block but its place in the source.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    kind: BlockKind,
    /// The place of its language among the lexicons; `code` is what the block itself says.
    language: Option<usize>,
    code: Option<String>,
    level: u8,
    list: Option<u32>,
    cell: Option<Cell>,
    marker: Option<String>,
    emphasis: Vec<(u32, u32)>,
    figure: bool,
}

impl Key {
    fn of(block: &Block, language: Option<usize>) -> Key {
        // No `..`: what a block gets besides belongs here.
        let Block { text, kind, level, list, cell, marker, emphasis, figure, language: code, map: _, span: _ } = block;
        Key {
            text: text.clone(),
            kind: *kind,
            language,
            code: code.clone(),
            level: *level,
            list: *list,
            cell: *cell,
            marker: marker.clone(),
            emphasis: emphasis.clone(),
            figure: *figure,
        }
    }
}

impl Memory {
    /// A new version comes. What was read when it was told something else is forgotten.
    pub(super) fn begin(&mut self, told: Told) {
        if self.told.as_ref() != Some(&told) {
            let tallies = std::mem::take(&mut self.tallies);
            *self = Memory { told: Some(told), tallies, ..Memory::default() };
        }
    }

    /// The passage of a block: as it was, or read now.
    pub(super) fn passage<'d>(
        &mut self,
        block: &'d Block,
        index: usize,
        language: Option<usize>,
        lexicons: &'d Lexicons,
        read: impl FnOnce() -> Passage<'d>,
    ) -> Passage<'d> {
        let key = Key::of(block, language);
        let known = self.last.remove(&key).or_else(|| self.now.get(&key).cloned());
        let passage = match known {
            Some(parsed) => Passage::again(block, index, language, lexicons, parsed),
            None => read(),
        };
        self.now.insert(key, passage.parsed());
        passage
    }

    /// The version is read: what it no longer has is forgotten.
    pub(super) fn end(&mut self) {
        self.last = std::mem::take(&mut self.now);
    }
}
