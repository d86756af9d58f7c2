//! Units of measure: what the table `units` says of them.
//!
//! The lexicons say which words mean a unit, by its id; the table says what it measures and how it converts.

use std::sync::Arc;

use factlint_rules::Pack;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id: `kilometre`.
    pub id: String,
    /// What it measures: `length`.
    pub dimension: String,
    /// How many base units it is.
    pub factor: Decimal,
    /// The factor is divided by the value, not multiplied: litres for a way against miles a gallon.
    pub reciprocal: bool,
    /// What its zero is on the base scale: only temperatures have one.
    pub offset: Decimal,
    /// Other sizes that go by the same word: a gallon is American or imperial, a ton short, long or metric.
    pub also: Vec<Decimal>,
    /// Its name in the singular and the plural, in English, for messages.
    pub names: (String, String),
}

impl Unit {
    /// Is it one of time?
    pub fn is_time(&self) -> bool {
        self.dimension == "time"
    }

    /// Is it one of temperature?
    pub fn is_temperature(&self) -> bool {
        self.dimension == "temperature"
    }

    /// All its sizes.
    pub fn factors(&self) -> impl Iterator<Item = Decimal> {
        std::iter::once(self.factor).chain(self.also.iter().copied())
    }
}

/// All units, by id.
#[derive(Clone, Debug, Default)]
pub struct Units(FxHashMap<String, Arc<Unit>>);

impl Units {
    /// Those of the table `units` of a pack; rows that are no units are left out.
    pub fn new(pack: &Pack) -> Units {
        let mut units = FxHashMap::default();
        for table in pack.tables.iter().filter(|table| table.name == "units") {
            for row in table.rows.iter() {
                let Some(unit) = unit(row) else { continue };
                units.insert(unit.id.clone(), Arc::new(unit));
            }
        }
        Units(units)
    }

    /// The unit of that id.
    pub fn get(&self, id: &str) -> Option<&Arc<Unit>> {
        self.0.get(id)
    }
}

fn unit(row: &[String]) -> Option<Unit> {
    let [id, dimension, factor, offset, also, one, many] = row else { return None };
    Some(Unit {
        id: id.clone(),
        dimension: dimension.clone(),
        factor: factor.trim_end_matches('/').parse().ok()?,
        reciprocal: factor.ends_with('/'),
        offset: if offset.is_empty() { Decimal::ZERO } else { offset.parse().ok()? },
        also: also.split('|').filter_map(|factor| factor.parse().ok()).collect(),
        names: (one.clone(), many.clone()),
    })
}
