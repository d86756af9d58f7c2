//! Tables of facts: rows of named columns, each file with its source, licence and date.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::RuleError;
use crate::lexicon::Text;
use crate::yaml::File;

/// A table file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFile {
    /// The version of the grammar.
    pub format: Option<u32>,
    /// Its name: `capitals`.
    pub table: String,
    /// Where the facts come from.
    pub source: String,
    /// Their licence.
    pub licence: String,
    /// The day that they were true of, `YYYY-MM-DD`.
    pub date: Text,
    /// The columns, in order.
    pub columns: Vec<String>,
    /// The rows: texts in the order of the columns; shorter rows end in empty cells.
    pub rows: Vec<Vec<Option<Text>>>,
}

/// A table ready to ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Where the facts come from.
    pub source: String,
    /// The day that they were true of.
    pub date: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// Reads a table file.
pub fn compile(file: File) -> Result<Table, RuleError> {
    let yaml: TableFile = file.parse()?;
    let width = yaml.columns.len();
    let mut rows = Vec::new();
    for (at, row) in yaml.rows.into_iter().enumerate() {
        if row.len() > width {
            let message = format!("row {} has {} cells, and the table {width} columns", at + 1, row.len());
            return Err(RuleError::new(file.path, file.text, 0..0, message, None));
        }
        let mut cells: Vec<String> = row.into_iter().map(|cell| cell.map(|text| text.0).unwrap_or_default()).collect();
        cells.resize(width, String::new());
        rows.push(cells);
    }
    Ok(Table { name: yaml.table, source: yaml.source, date: yaml.date.0, columns: yaml.columns, rows })
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The rows by the value of a column, compared without capitals.
    pub fn index(&self, column: usize) -> BTreeMap<String, Vec<usize>> {
        let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            index.entry(row[column].to_lowercase()).or_default().push(at);
        }
        index
    }
}
