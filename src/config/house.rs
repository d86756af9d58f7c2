//! `house:` of a configuration: the newsroom's own people, organisations, acronyms, places and terms.
//!
//! Its rows come in, each with its place; out go tables of facts, which the same checks ask as those that are built in.
//! A row that says nothing, contradicts another or is written wrongly is refused with its place.

use chrono::NaiveDate;
use factlint_rules::yaml::File;
use factlint_rules::{Pack, RuleError, Table};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_yaml::Spanned;

/// The columns of the table that the rows become.
const COLUMNS: [&str; 7] = ["kind", "name", "rejected", "title", "from", "until", "severity"];

/// The section, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HouseFile {
    severity: Option<Spanned<String>>,
    #[serde(default)]
    people: Vec<Spanned<Row>>,
    #[serde(default)]
    organisations: Vec<Spanned<Row>>,
    #[serde(default)]
    acronyms: Vec<Spanned<Row>>,
    #[serde(default)]
    places: Vec<Spanned<Row>>,
    #[serde(default)]
    terms: Vec<Spanned<Row>>,
}

/// A row, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    name: String,
    #[serde(default)]
    rejected: Vec<Spanned<String>>,
    title: Option<String>,
    acronym: Option<String>,
    from: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    severity: Option<Spanned<String>>,
}

/// The newsroom's facts, ready for the checks.
#[derive(Debug)]
pub struct House {
    tables: Vec<Table>,
}

impl House {
    pub(super) fn read(file: File, yaml: HouseFile) -> Result<House, Box<RuleError>> {
        let own = severity(file, yaml.severity.as_ref())?.unwrap_or_default();
        let kinds = [
            ("person", yaml.people),
            ("organisation", yaml.organisations),
            ("acronym", yaml.acronyms),
            ("place", yaml.places),
            ("term", yaml.terms),
        ];
        let (mut rows, mut bodies) = (Vec::new(), Vec::new());
        for (kind, list) in kinds {
            let mut seen: FxHashMap<String, &str> = FxHashMap::default();
            for row in &list {
                check(file, kind, row, &mut seen)?;
            }
            for row in &list {
                let value = &row.value;
                let date =
                    |date: &Option<Spanned<String>>| date.as_ref().map_or(String::new(), |date| date.value.clone());
                let rejected: Vec<&str> = value.rejected.iter().map(|word| word.value.as_str()).collect();
                if let Some(acronym) = &value.acronym {
                    bodies.push([&value.name, acronym, "", "", "yes"].map(str::to_owned).to_vec());
                }
                rows.push(vec![
                    kind.to_owned(),
                    value.name.clone(),
                    rejected.join("|"),
                    value.title.clone().unwrap_or_default(),
                    date(&value.from),
                    date(&value.until),
                    severity(file, value.severity.as_ref())?.unwrap_or_else(|| own.clone()),
                ]);
            }
        }
        let table = |name: &str, columns: &[&str], rows: Vec<Vec<String>>| Table {
            name: name.to_owned(),
            source: "house: of factlint.yaml".to_owned(),
            date: String::new(),
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
            rows: rows.into(),
        };
        let columns = ["name", "acronyms", "aliases", "foreign", "unique"];
        Ok(House { tables: vec![table("house", &COLUMNS, rows), table("organisations", &columns, bodies)] })
    }

    /// Reads the section by itself, as the examples of rules have it.
    pub fn parse(text: &str) -> Result<House, Box<RuleError>> {
        let file = File { path: "house", text };
        House::read(file, file.parse()?)
    }

    /// Adds the facts to those of a pack: the newsroom's go first.
    pub fn extend(&self, pack: &mut Pack) {
        for table in &self.tables {
            match pack.tables.iter_mut().find(|ours| ours.name == table.name) {
                Some(ours) => {
                    let rows = table.rows.iter().map(|row| {
                        ours.columns
                            .iter()
                            .map(|column| table.column(column).and_then(|at| row.get(at)).cloned().unwrap_or_default())
                            .collect()
                    });
                    let rows: Vec<Vec<String>> = rows.collect();
                    ours.rows.splice(0..0, rows);
                }
                None => pack.tables.push(table.clone()),
            }
        }
    }
}

/// Refuses a row that cannot be used.
fn check<'y>(
    file: File,
    kind: &str,
    row: &'y Spanned<Row>,
    seen: &mut FxHashMap<String, &'y str>,
) -> Result<(), Box<RuleError>> {
    let value = &row.value;
    let refuse = |message: String, help: &str| {
        let help = (!help.is_empty()).then(|| help.to_owned());
        Err(Box::new(file.error(row, message, help)))
    };
    if value.name.trim().is_empty() {
        return refuse("a row without a name".into(), "name: the spelling that the newsroom uses");
    }
    if value.title.is_some() && kind != "person" {
        return refuse(format!("“{}” has a title, and is no person", value.name), "titles belong to people:");
    }
    if value.acronym.is_some() && kind != "organisation" {
        return refuse(format!("“{}” has an acronym, and is no organisation", value.name), "");
    }
    let person = kind == "person" && value.name.split_whitespace().count() > 1;
    if value.rejected.is_empty() && value.title.is_none() && value.acronym.is_none() && !person {
        return refuse(
            format!("the row of “{}” says nothing", value.name),
            "give it rejected: [spellings], a title: or an acronym:",
        );
    }
    let mut words = vec![(value.name.as_str(), None)];
    words.extend(value.rejected.iter().map(|word| (word.value.as_str(), Some(word))));
    for (word, place) in words {
        let error = |message: String| match place {
            Some(place) => file.error(place, message, None),
            None => file.error(row, message, None),
        };
        if word.trim().is_empty() {
            return Err(Box::new(error("an empty spelling".into())));
        }
        if let Some(other) = seen.insert(word.to_owned(), &value.name) {
            let message = if other == value.name && place.is_some() {
                format!("“{word}” is given twice for “{other}”")
            } else if other == word && place.is_none() {
                format!("“{word}” has two rows")
            } else {
                format!("“{word}” stands in the row of “{other}” too: which of the two is right?")
            };
            return Err(Box::new(error(message)));
        }
    }
    let (from, until) = (day(file, value.from.as_ref())?, day(file, value.until.as_ref())?);
    match (from, until) {
        (Some(from), Some(until)) if until < from => {
            refuse(format!("the period of “{}” ends before it starts", value.name), "")
        }
        _ => Ok(()),
    }
}

fn day(file: File, text: Option<&Spanned<String>>) -> Result<Option<NaiveDate>, Box<RuleError>> {
    let Some(text) = text else { return Ok(None) };
    match crate::expressions::facts::first_day(&text.value) {
        Some(day) => Ok(Some(day)),
        None => {
            let help = Some("a date is written YYYY-MM-DD, YYYY-MM or YYYY".to_owned());
            Err(Box::new(file.error(text, format!("“{}” is no date", text.value), help)))
        }
    }
}

fn severity(file: File, value: Option<&Spanned<String>>) -> Result<Option<String>, Box<RuleError>> {
    super::one_of(file, value, &["note", "warning", "error"], "severity")?;
    Ok(value.map(|value| value.value.clone()))
}
