//! Tables of facts at work: indexed when a draft first names something that is in them.

use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

use factlint_rules::Pack;
use factlint_rules::table::Table;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::things::spelling::{folded, letters, letters_kept, transliteration_key};

/// All tables of a pack.
#[derive(Debug, Default)]
pub struct Tables {
    pack: Arc<Pack>,
    /// For each column of each table, once it has been asked for.
    columns: Vec<Vec<OnceLock<ByCell>>>,
    acronyms: OnceLock<FxHashSet<String>>,
    bodies: OnceLock<FxHashMap<String, usize>>,
    places: OnceLock<FxHashMap<String, Vec<usize>>>,
    holders: OnceLock<Holders>,
}

/// The hash of each cell of a column, with the place of its row, in order.
type ByCell = Vec<(u64, u32)>;

/// The rows of the table of offices by the letters of the holder's name that every transliteration keeps: the folded name, and its
/// row.
type Holders = FxHashMap<String, Vec<(String, usize)>>;

impl Tables {
    /// The tables of a pack, none of them indexed yet.
    pub fn new(pack: &Arc<Pack>) -> Tables {
        let columns = |table: &Table| table.columns.iter().map(|_| OnceLock::new()).collect();
        let columns = pack.tables.iter().map(columns).collect();
        Tables { pack: Arc::clone(pack), columns, ..Tables::default() }
    }

    /// A table by its name.
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.pack.tables.iter().find(|table| table.name == name)
    }

    /// Are the letters the acronym of a body that the table has?
    pub fn is_acronym(&self, letters: &str) -> bool {
        let set = self.acronyms.get_or_init(|| {
            let mut set = FxHashSet::default();
            for row in self.rows("organisations") {
                for cell in ["acronyms", "foreign"] {
                    set.extend(row.list(cell).map(str::to_uppercase));
                }
            }
            set
        });
        set.contains(letters)
    }

    /// The row of a body by any of its names, folded.
    pub fn body(&self, name: &str) -> Option<Row<'_>> {
        let map = self.bodies.get_or_init(|| {
            let mut map = FxHashMap::default();
            for (at, row) in self.rows("organisations").enumerate() {
                for name in std::iter::once(row.cell("name")).chain(row.list("aliases")) {
                    map.entry(body_key(name)).or_insert(at);
                }
            }
            map
        });
        let at = *map.get(&body_key(name))?;
        let table = self.get("organisations")?;
        Some(Row { table, cells: table.rows.get(at)? })
    }

    /// The row of the table of place variants that has the name, just so: one of the language before one of all.
    pub fn place_family(&self, name: &str, language: &str) -> Option<usize> {
        let map = self.places.get_or_init(|| {
            let mut map: FxHashMap<String, Vec<usize>> = FxHashMap::default();
            for (at, row) in self.rows("place-variants").enumerate() {
                for name in std::iter::once(row.cell("preferred")).chain(row.list("variants")) {
                    map.entry(name.to_owned()).or_default().push(at);
                }
            }
            map
        });
        let rows = map.get(name)?;
        let of = |at: usize| self.rows("place-variants").nth(at).map_or("", |row| row.cell("language"));
        let own = rows.iter().find(|at| of(**at) == language);
        own.or_else(|| rows.iter().find(|at| of(**at).is_empty())).copied()
    }

    /// The terms of office of a person, by the full name or an alias of it.
    pub fn offices_of(&self, who: &str) -> impl Iterator<Item = Row<'_>> {
        let holders = self.holders.get_or_init(|| {
            let mut holders = Holders::default();
            for (at, row) in self.rows("offices").enumerate() {
                for name in std::iter::once(row.cell("holder")).chain(row.list("aliases")) {
                    let name = folded(name);
                    holders.entry(letters_kept(&name)).or_default().push((name, at));
                }
            }
            holders
        });
        let name = folded(who);
        let near = holders.get(&letters_kept(&name)).map_or(&[][..], Vec::as_slice);
        let of_name = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
            near.iter().filter(|(other, _)| is(other)).map(|(_, at)| *at).collect()
        };
        let mut rows = of_name(&|other| other == name);
        if rows.is_empty() {
            // “Wladimir Putin”: as another alphabet is written in the draft's language.
            let key = transliteration_key(&name);
            rows = of_name(&|other| transliteration_key(other) == key);
        }
        let table = self.get("offices");
        rows.into_iter().filter_map(move |at| {
            let table = table?;
            Some(Row { table, cells: table.rows.get(at)? })
        })
    }

    /// The rows of a table; none if there is no such table.
    pub fn rows(&self, name: &str) -> impl Iterator<Item = Row<'_>> {
        let table = self.get(name);
        table.into_iter().flat_map(|table| table.rows.iter().map(move |cells| Row { table, cells }))
    }

    /// The rows of a table that have this in a column.
    pub fn rows_where(&self, name: &str, column: &str, value: &str) -> impl Iterator<Item = Row<'_>> {
        let table = self.pack.tables.iter().position(|table| table.name == name);
        let place = table.and_then(|table| Some((table, self.pack.tables[table].column(column)?)));
        let rows = place.map_or_else(Vec::new, |(table, column)| self.rows_with(table, column, value));
        rows.into_iter()
    }

    fn rows_with(&self, table: usize, column: usize, value: &str) -> Vec<Row<'_>> {
        let own = &self.pack.tables[table];
        let hash = |cell: &str| FxBuildHasher.hash_one(cell);
        let by_cell = self.columns[table][column].get_or_init(|| {
            let cells = own.rows.iter().zip(0..).map(|(cells, row)| (hash(&cells[column]), row));
            let mut cells: ByCell = cells.collect();
            cells.sort_unstable();
            cells
        });
        let wanted = hash(value);
        let from = by_cell.partition_point(|(hash, _)| *hash < wanted);
        let same = by_cell[from..].iter().take_while(|(hash, _)| *hash == wanted);
        let rows = same.map(|(_, row)| Row { table: own, cells: &own.rows[*row as usize] });
        rows.filter(|row| row.cells[column] == value).collect()
    }
}

/// A name of a body without what dialects and styles write in two ways.
pub fn body_key(name: &str) -> String {
    const DIALECTS: [(&str, &str); 17] = [
        ("isation", "ization"),
        ("ising", "izing"),
        ("programme", "program"),
        ("defence", "defense"),
        ("offence", "offense"),
        ("licence", "license"),
        ("ageing", "aging"),
        ("centre", "center"),
        ("theatre", "theater"),
        ("fibre", "fiber"),
        ("bour", "bor"),
        ("vour", "vor"),
        ("colour", "color"),
        ("honour", "honor"),
        ("armour", "armor"),
        ("paed", "ped"),
        ("jewellery", "jewelry"),
    ];
    let folded = folded(name);
    let mut key = String::with_capacity(folded.len());
    for word in folded.split([' ', ',']).filter(|word| !word.is_empty() && *word != "the") {
        if !key.is_empty() {
            key.push(' ');
        }
        // Harbour and harbor, theatre and theater; but four, tour, hour.
        match (word.strip_suffix("our"), word.strip_suffix("tre")) {
            (Some(stem), _) if stem.len() > 2 => key.extend([stem, "or"]),
            (_, Some(stem)) if stem.len() > 2 => key.extend([stem, "ter"]),
            _ => key.push_str(word),
        }
    }
    let has = letters(&key);
    for (from, to) in DIALECTS {
        if has & letters(from) == letters(from) && key.contains(from) {
            key = key.replace(from, to);
        }
    }
    key
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    cells: &'t [String],
}

impl<'t> Row<'t> {
    /// A cell by its column; empty where there is none.
    pub fn cell(&self, column: &str) -> &'t str {
        self.table.column(column).and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    /// The entries of a cell that holds several, set off by `|`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cell(column).split('|').map(str::trim).filter(|entry| !entry.is_empty())
    }
}
