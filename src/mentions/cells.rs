//! Where the cells of a draft's tables are, so that a rule that asks for a neighbour does not walk the draft.
//!
//! Passages come in; a cell's passage is found by table, row and column.

use rustc_hash::FxHashMap;

use super::Passage;
use crate::document::Cell;

/// The cells of all tables.
#[derive(Debug, Default)]
pub struct Cells(FxHashMap<(u32, u32, u32), usize>);

impl Cells {
    /// Those of the passages.
    pub fn of(passages: &[Passage]) -> Cells {
        let key = |cell: Cell| (cell.table, cell.row, cell.column);
        Cells(passages.iter().filter_map(|passage| Some((key(passage.block.cell?), passage.index))).collect())
    }

    /// The passage of a cell.
    pub fn find(&self, table: u32, row: u32, column: u32) -> Option<usize> {
        self.0.get(&(table, row, column)).copied()
    }
}
