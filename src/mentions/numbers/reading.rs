//! What a number says: the printed value, how precise it is, how it is hedged, what it measures, and so the interval
//! of values that it can mean.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::units::Unit;
use crate::mentions::{Bound, Interval};

/// How a number is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// About, around, some.
    About,
    /// Said by a noun that counts nothing: “une centaine”.
    Loosely,
    /// Nearly, almost, just under.
    Nearly,
    /// Just over.
    JustOver,
    /// More than.
    MoreThan,
    /// At least.
    AtLeast,
    /// Less than.
    LessThan,
    /// At most, up to.
    AtMost,
}

impl Hedge {
    /// The hedge of that value in the class `hedge`.
    pub fn parse(value: &str) -> Option<Hedge> {
        Some(match value {
            "about" => Hedge::About,
            "loosely" => Hedge::Loosely,
            "nearly" => Hedge::Nearly,
            "just-over" => Hedge::JustOver,
            "more-than" => Hedge::MoreThan,
            "at-least" => Hedge::AtLeast,
            "less-than" => Hedge::LessThan,
            "at-most" => Hedge::AtMost,
            _ => return None,
        })
    }

    /// Its word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Hedge::About => "about",
            Hedge::Loosely => "loosely",
            Hedge::Nearly => "nearly",
            Hedge::JustOver => "just-over",
            Hedge::MoreThan => "more-than",
            Hedge::AtLeast => "at-least",
            Hedge::LessThan => "less-than",
            Hedge::AtMost => "at-most",
        }
    }
}

/// What a number measures.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// Nothing that is said.
    Plain,
    /// A share; the value of 80% is 0.8.
    Percent,
    /// Percentage points; the value of 3 points is 0.03.
    Points,
    /// A share in words.
    Fraction,
    /// A factor.
    Multiple,
    /// A place in an order.
    Ordinal,
    /// Years of life.
    Age,
    /// Money, in the currency of that code.
    Money(Arc<str>),
    /// A unit of measure.
    Unit(Arc<Unit>),
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberReading {
    /// The printed value, with its scale word.
    pub face: Decimal,
    /// The upper end of a range whose lower end is `face`.
    pub top: Option<Decimal>,
    /// One unit of the last printed digit.
    pub step: Decimal,
    /// One unit of the last digit that is not zero.
    pub coarse: Decimal,
    /// How many decimals are printed.
    pub decimals: u32,
    /// The value of its scale word, or 1.
    pub scale: Decimal,
    /// How it is hedged.
    pub hedge: Option<Hedge>,
    /// It is written in words.
    pub in_words: bool,
    /// Four bare digits that may be a year.
    pub year_like: bool,
    /// A word before it makes it a name: “page 12”.
    pub labelled: bool,
    /// What it measures.
    pub measure: Measure,
    /// The tokens of the number itself, without hedge, sign and unit.
    pub figure: Range<u32>,
}

impl NumberReading {
    /// All that it can mean.
    pub fn reading(&self) -> Interval {
        if self.hedge.is_none() {
            return self.unhedged();
        }
        self.hedged().unwrap_or_else(|| self.unhedged())
    }

    /// The printed value and its rounding, without the hedge: half a unit of the last digit up and down.
    pub fn printed(&self) -> Interval {
        let around = |value: Decimal| around(value, self.step);
        match self.top {
            Some(top) => around(self.face).to(around(top)),
            None if self.is_exact() => Interval::exact(self.face),
            None => around(self.face),
        }
    }

    /// As `printed`, but by the last digit that is not zero.
    pub fn rounded(&self) -> Interval {
        match self.top {
            Some(top) => around(self.face, self.coarse).to(around(top, self.coarse)),
            None => around(self.face, self.coarse),
        }
    }

    /// A count that nobody rounds.
    pub fn is_exact(&self) -> bool {
        let counts = matches!(self.measure, Measure::Plain | Measure::Ordinal | Measure::Age | Measure::Money(_));
        counts && self.decimals == 0 && self.scale == Decimal::ONE && !self.is_round()
    }

    /// Four digits or more, the last of them zero.
    fn is_round(&self) -> bool {
        self.face.abs() >= Decimal::ONE_THOUSAND && self.coarse > Decimal::ONE
    }

    fn unhedged(&self) -> Interval {
        match self.top {
            Some(top) => self.spread(self.face).to(self.spread(top)),
            None => self.spread(self.face),
        }
    }

    /// Rounded or cut off.
    fn spread(&self, value: Decimal) -> Interval {
        match &self.measure {
            // “a third” is within a point and a half, “two in three” within three.
            Measure::Fraction => around(value, self.coarse * Decimal::from(3)),
            // What more than doubled is said to have doubled too; what did not quite is said so less often.
            Measure::Multiple => {
                let (short, over) = (Decimal::new(1, 1), Decimal::new(2, 1));
                let (below, above) = if value < Decimal::ONE { (over, short) } else { (short, over) };
                Interval::closed(value - value * below, value + value * above)
            }
            Measure::Percent | Measure::Points => truncated(value, self.step),
            _ if self.decimals > 0 => truncated(value, self.step),
            // A count that is written out is rounded less: “of 2,000 people asked” are 2,000.
            Measure::Plain | Measure::Age | Measure::Ordinal | Measure::Money(_)
                if self.scale == Decimal::ONE && self.is_round() =>
            {
                let twentieth = value.abs() / (Decimal::TEN + Decimal::TEN);
                around(value, self.coarse.min(twentieth).max(self.step))
            }
            _ if self.scale >= Decimal::ONE_THOUSAND || self.is_round() => {
                // Zeros may be digits too: of a round number two digits are taken to be meant.
                let tenth = value.abs() / Decimal::TEN;
                let unit = self.coarse.min(tenth).max(self.step);
                // A headline's “$76 million” may be 76.6 cut off; its “3 million” is not 3.9.
                around(value, unit).to(truncated(value, unit.min(tenth)))
            }
            Measure::Unit(_) => truncated(value, self.step),
            Measure::Plain | Measure::Ordinal | Measure::Age | Measure::Money(_) => Interval::exact(value),
        }
    }

    fn hedged(&self) -> Option<Interval> {
        let value = self.face;
        let top = self.top.unwrap_or(value);
        let part = |share: Decimal| value.checked_mul(share);
        if value < Decimal::ZERO {
            return Some(self.unhedged().to(around(value, part(Decimal::new(2, 1))?.abs())));
        }
        Some(match self.hedge? {
            Hedge::About => {
                let least = if matches!(self.measure, Measure::Percent | Measure::Points) {
                    Decimal::new(1, 2)
                } else {
                    self.coarse.min(value.abs()) / Decimal::TWO
                };
                let share = if self.measure == Measure::Fraction { Decimal::new(125, 3) } else { Decimal::new(1, 1) };
                let width = part(share)?.max(least.min(part(Decimal::new(2, 1))?));
                Interval::closed(value - width, top.checked_add(width)?).to(self.unhedged())
            }
            // Who counts in tens says it of 14, and in hundreds of 70 and 150.
            Hedge::Loosely => Interval::closed(part(Decimal::new(65, 2))?, part(Decimal::new(15, 1))?),
            Hedge::Nearly => Interval { low: Bound::Included(part(Decimal::new(85, 2))?), high: Bound::Excluded(top) },
            Hedge::JustOver => {
                Interval { low: Bound::Excluded(value), high: Bound::Included(top.checked_mul(Decimal::new(115, 2))?) }
            }
            Hedge::MoreThan => Interval { low: Bound::Excluded(value), high: Bound::Open },
            Hedge::AtLeast => Interval { low: Bound::Included(value), high: Bound::Open },
            Hedge::LessThan => Interval { low: Bound::Open, high: Bound::Excluded(top) },
            Hedge::AtMost => Interval { low: Bound::Open, high: Bound::Included(top) },
        })
    }
}

/// Half a unit down and up, the upper end left out.
fn around(value: Decimal, unit: Decimal) -> Interval {
    let half = unit / Decimal::TWO;
    Interval { low: Bound::Included(value - half), high: Bound::Included(value + half) }
}

/// Half a unit towards zero, a whole unit away from it: rounded, or cut off.
fn truncated(value: Decimal, unit: Decimal) -> Interval {
    let half = unit / Decimal::TWO;
    if value < Decimal::ZERO {
        Interval { low: Bound::Excluded(value - unit), high: Bound::Included(value + half) }
    } else {
        Interval { low: Bound::Included(value - half), high: Bound::Excluded(value + unit) }
    }
}
