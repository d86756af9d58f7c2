//! Tables of facts: rows of named columns, each file with its source, licence and date.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_yaml::Spanned;

use crate::deferred::Deferred;
use crate::error::RuleError;
use crate::lexicon::Text;
use crate::registry::nearest;
use crate::rule::check_format;
use crate::yaml::File;

/// A table file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableFile {
    /// The version of the grammar.
    pub format: Option<Spanned<u32>>,
    /// Its name: `capitals`.
    pub table: String,
    /// Where the facts come from.
    pub source: String,
    /// Their licence.
    pub licence: String,
    /// The day that they were true of, `YYYY-MM-DD`.
    pub date: Text,
    /// The columns, in order.
    pub columns: Vec<Spanned<String>>,
    /// The rows: texts in the order of the columns; shorter rows end in empty cells.
    pub rows: Vec<Spanned<Vec<Option<Text>>>>,
}

/// A table ready to ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
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
    pub rows: Deferred<Vec<Vec<String>>>,
}

/// The columns of the tables that the checks ask, and which of them make two rows one thing at two times.
const KNOWN: [(&str, &[&str], &[&str]); 4] = [
    ("capitals", &["country", "city", "aliases", "from", "until", "note"], &["country", "city"]),
    (
        "offices",
        &["body", "office", "words", "holder", "aliases", "from", "until", "acting", "verify", "coverage"],
        &["body", "office"],
    ),
    ("organisations", &["name", "acronyms", "aliases", "foreign", "unique"], &["name"]),
    ("place-variants", &["preferred", "variants", "kind", "note", "language"], &["preferred", "language"]),
];

/// Reads a table file. Columns that no check knows, rows that are there twice, periods that overlap and spellings that
/// stand for two things are refused with their place.
pub fn compile(file: File) -> Result<Table, RuleError> {
    let yaml: TableFile = file.parse()?;
    check_format(file, yaml.format.as_ref())?;
    let known = KNOWN.iter().find(|(name, ..)| *name == yaml.table);
    let mut columns: Vec<String> = Vec::new();
    for column in &yaml.columns {
        if columns.contains(&column.value) {
            return Err(file.error(column, format!("the column “{}” is there twice", column.value), None));
        }
        if let Some((name, known, _)) = known
            && !known.contains(&column.value.as_str())
        {
            let help = nearest(&column.value, known.iter().copied())
                .or_else(|| Some(format!("the columns of {name} are {}", known.join(", "))));
            return Err(file.error(column, format!("{name} has no column “{}”", column.value), help));
        }
        columns.push(column.value.clone());
    }
    let width = columns.len();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (at, row) in yaml.rows.iter().enumerate() {
        if row.value.len() > width {
            let message = format!("row {} has {} cells, and the table {width} columns", at + 1, row.value.len());
            return Err(file.error(row, message, None));
        }
        let mut cells: Vec<String> =
            row.value.iter().map(|cell| cell.as_ref().map(|text| text.0.clone()).unwrap_or_default()).collect();
        cells.resize(width, String::new());
        rows.push(cells);
    }
    let table = Table { name: yaml.table, source: yaml.source, date: yaml.date.0, columns, rows: rows.into() };
    refuse_doubles(file, &table, &yaml.rows, known.map_or(&[], |(_, _, key)| *key))?;
    Ok(table)
}

type Rows = [Spanned<Vec<Option<Text>>>];

fn refuse_doubles(file: File, table: &Table, places: &Rows, key: &[&str]) -> Result<(), RuleError> {
    let column = |name: &str| table.column(name);
    let mut seen: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut by_key: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    let mut spellings: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let error = |message: String| Err(file.error(&places[at], message, None));
        if let Some(first) = seen.insert(row, at) {
            return error(format!("row {} is row {} again", at + 1, first + 1));
        }
        let cell = |name: &str| column(name).map_or("", |at| row[at].as_str());
        let (from, until) = (cell("from"), cell("until"));
        if !from.is_empty() && !until.is_empty() && is_before(until, from) {
            return error(format!("row {} ends before it starts", at + 1));
        }
        // One spelling of two places of one language would make each the other's.
        let variants = std::iter::once(cell("preferred")).chain(cell("variants").split('|')).map(str::trim);
        for name in variants.filter(|name| !name.is_empty()) {
            if let Some(first) = spellings.insert((cell("language"), name), at) {
                return error(format!("“{name}” stands in row {} too", first + 1));
            }
        }
        if column("from").is_none() || !cell("acting").is_empty() || !cell("verify").is_empty() {
            continue;
        }
        let others = by_key.entry(key.iter().map(|name| cell(name)).collect()).or_default();
        for other in others.iter().filter(|_| !key.is_empty()) {
            let of = |name: &str| column(name).map_or("", |at| table.rows[*other][at].as_str());
            let apart = !of("until").is_empty() && !is_before(from, of("until"))
                || !until.is_empty() && !is_before(of("from"), until);
            if !apart {
                return error(format!("the period of row {} overlaps that of row {}", at + 1, other + 1));
            }
        }
        others.push(at);
    }
    Ok(())
}

/// Is a date of a table surely before another, as far as both are told: 2019 and 2019-05 are not apart?
fn is_before(a: &str, b: &str) -> bool {
    let shared = a.len().min(b.len());
    a.get(..shared) < b.get(..shared)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(table: &str, rest: &str) -> (String, usize) {
        let text = format!("table: {table}\nsource: s\nlicence: l\ndate: 2020-01-01\n{rest}");
        let error = compile(File { path: "t.yaml", text: &text }).expect_err("it is broken");
        (error.message.clone(), error.position().0)
    }

    #[test]
    fn broken_tables_are_refused_with_their_place() {
        let offices = "columns: [body, office, holder, from, until]\nrows:\n- [XX, mayor, Ann, 2000, 2004]\n";
        let cases = [
            (
                "offices",
                format!("{offices}- [XX, mayor, Bo, 2002, 2006]\n"),
                "the period of row 2 overlaps that of row 1",
                8,
            ),
            ("offices", format!("{offices}- [XX, mayor, Ann, 2000, 2004]\n"), "row 2 is row 1 again", 8),
            ("offices", format!("{offices}- [XX, mayor, Bo, 2009, 2006]\n"), "row 2 ends before it starts", 8),
            ("offices", "columns: [body, offce]\nrows: []\n".into(), "offices has no column “offce”", 5),
            (
                "place-variants",
                "columns: [preferred, variants]\nrows:\n- [Kyiv, Kiev]\n- [Kiev, Kyiv]\n".into(),
                "“Kiev” stands in row 1 too",
                8,
            ),
            ("mine", "columns: [a]\nrows:\n- [x]\n- [x, y]\n".into(), "row 2 has 2 cells, and the table 1 columns", 8),
        ];
        for (table, rest, message, line) in cases {
            assert_eq!(refused(table, &rest), (message.to_owned(), line), "{rest}");
        }
    }

    #[test]
    fn terms_that_touch_do_not_overlap() {
        let text = "table: offices\nsource: s\nlicence: l\ndate: 2020-01-01\ncolumns: [body, office, holder, from, until]\nrows:\n\
                    - [XX, mayor, Ann, 2000, 2004-05-01]\n- [XX, mayor, Bo, 2004-05-01]\n- [YY, mayor, Cy, 2001]\n";
        assert_eq!(compile(File { path: "t.yaml", text }).map(|table| table.rows.len()).ok(), Some(3));
    }
}
