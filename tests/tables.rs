//! The tables of facts against the raw facts that they were made of: every term and every capital, to the day.
//!
//! The raw facts lie beside the project where it is made; elsewhere there is nothing to compare, and the tests pass.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use factlint::tables::Tables;

/// The rows of a file of the raw facts, by column; none where the folder is not there.
fn raw(name: &str) -> Vec<Vec<(String, String)>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts-raw").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else { return Vec::new() };
    let mut lines = records(&text).into_iter();
    let head = lines.next().unwrap_or_default();
    lines.map(|line| head.iter().cloned().zip(line).collect()).collect()
}

/// The fields of a CSV file, quoted ones with their commas and line ends.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        records.push(record);
    }
    records
}

fn get<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
    row.iter().find(|(name, _)| name == column).map_or_else(|| panic!("no column {column}"), |(_, value)| value)
}

fn tables() -> Tables {
    Tables::new(&Arc::new(factlint::rules::embedded()))
}

#[test]
fn every_term_of_office_is_that_of_the_raw_facts() {
    let tables = tables();
    let ours: HashSet<[&str; 5]> = tables
        .rows("offices")
        .map(|row| ["body", "office", "holder", "from", "until"].map(|column| row.cell(column)))
        .collect();
    for row in raw("offices/offices.csv") {
        let term = ["body", "office", "holder", "start", "end"].map(|column| get(&row, column));
        assert!(ours.contains(&term), "{term:?}");
    }
}

#[test]
fn every_capital_is_that_of_the_raw_facts() {
    let tables = tables();
    let ours: HashSet<[&str; 4]> = tables
        .rows("capitals")
        .map(|row| ["country", "city", "from", "until"].map(|column| row.cell(column)))
        .collect();
    let mut curated = HashSet::new();
    for row in raw("places/capitals.csv") {
        let capital = ["iso2", "capital", "from", "until"].map(|column| get(&row, column));
        assert!(ours.contains(&capital), "{capital:?}");
        curated.insert(get(&row, "iso2").to_owned());
    }
    for row in raw("countries/countries.csv") {
        let (country, city) = (get(&row, "iso2"), get(&row, "capital"));
        if !city.is_empty() && !curated.contains(country) {
            assert!(ours.contains(&[country, city, "", ""]), "{country} {city}");
        }
    }
}

#[test]
fn each_office_has_one_holder_at_a_time() {
    // The compiler of tables refuses two: this says that the shipped one went through it.
    let tables = tables();
    let table = tables.get("offices").expect("it is shipped");
    assert!(table.rows.len() > 700 && !table.date.is_empty() && !table.source.is_empty());
}
