//! What a number can be: an interval of decimals whose ends may be open or absent.
//!
//! “80%” is [0.795, 0.81), “more than 20” has no top. Two readings agree if their intervals meet. All arithmetic is
//! exact or checked: what overflows, or divides by what may be zero, is not known (`None`).

use rust_decimal::Decimal;
use std::cmp::Ordering;

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// There is no end.
    Open,
    /// The end belongs to the interval.
    Included(Decimal),
    /// It does not.
    Excluded(Decimal),
}

impl Bound {
    /// The number at the end.
    pub fn value(self) -> Option<Decimal> {
        match self {
            Bound::Open => None,
            Bound::Included(value) | Bound::Excluded(value) => Some(value),
        }
    }

    fn map(self, f: impl FnOnce(Decimal) -> Option<Decimal>) -> Option<Bound> {
        Some(match self {
            Bound::Open => Bound::Open,
            Bound::Included(value) => Bound::Included(f(value)?),
            Bound::Excluded(value) => Bound::Excluded(f(value)?),
        })
    }

    fn with(self, other: Bound, f: impl FnOnce(Decimal, Decimal) -> Option<Decimal>) -> Option<Bound> {
        Some(match (self, other) {
            (Bound::Open, _) | (_, Bound::Open) => Bound::Open,
            (Bound::Included(a), Bound::Included(b)) => Bound::Included(f(a, b)?),
            (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) => {
                Bound::Excluded(f(a, b)?)
            }
        })
    }
}

/// The numbers between two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Bound,
    /// The upper end.
    pub high: Bound,
}

impl Interval {
    /// One number.
    pub fn exact(value: Decimal) -> Interval {
        Interval { low: Bound::Included(value), high: Bound::Included(value) }
    }

    /// Both ends included; in either order.
    pub fn closed(a: Decimal, b: Decimal) -> Interval {
        Interval { low: Bound::Included(a.min(b)), high: Bound::Included(a.max(b)) }
    }

    /// The one number that it holds, if it holds no other.
    pub fn single(self) -> Option<Decimal> {
        match (self.low, self.high) {
            (Bound::Included(a), Bound::Included(b)) if a == b => Some(a),
            _ => None,
        }
    }

    /// Its middle, where it has two ends.
    pub fn middle(self) -> Option<Decimal> {
        let (low, high) = (self.low.value()?, self.high.value()?);
        low.checked_add(high)?.checked_div(Decimal::TWO)
    }

    /// Can the two be equal?
    ///
    /// ```
    /// use factlint::mentions::Interval;
    /// let printed = |a: &str, b: &str| Interval::closed(a.parse().unwrap(), b.parse().unwrap());
    /// assert!(printed("0.665", "0.675").meets(printed("0.65", "0.67")));
    /// assert!(!printed("0.75", "0.75").meets(printed("0.795", "0.81")));
    /// ```
    pub fn meets(self, other: Interval) -> bool {
        starts_by(self.low, other.high) && starts_by(other.low, self.high)
    }

    /// Can the first be less than the second?
    pub fn can_be_less(self, other: Interval) -> bool {
        match (self.low.value(), other.high.value()) {
            (Some(low), Some(high)) => low < high,
            _ => true,
        }
    }

    /// Can the first be less than the second, or equal?
    pub fn can_be_at_most(self, other: Interval) -> bool {
        starts_by(self.low, other.high)
    }

    /// The sum.
    pub fn add(self, other: Interval) -> Option<Interval> {
        Some(Interval {
            low: self.low.with(other.low, Decimal::checked_add)?,
            high: self.high.with(other.high, Decimal::checked_add)?,
        })
    }

    /// With the other sign.
    #[must_use]
    pub fn negative(self) -> Interval {
        let flip = |bound: Bound| bound.map(|value| Some(-value)).unwrap_or(Bound::Open);
        Interval { low: flip(self.high), high: flip(self.low) }
    }

    /// The difference.
    pub fn subtract(self, other: Interval) -> Option<Interval> {
        self.add(other.negative())
    }

    /// The product.
    pub fn multiply(self, other: Interval) -> Option<Interval> {
        self.corners(other, Decimal::checked_mul)
    }

    /// The quotient; not known if the divisor can be zero.
    pub fn divide(self, other: Interval) -> Option<Interval> {
        if other.meets(Interval::exact(Decimal::ZERO)) {
            return None;
        }
        self.corners(other, Decimal::checked_div)
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Interval {
        if self.low.value().is_some_and(|low| low >= Decimal::ZERO) {
            return self;
        }
        if self.high.value().is_some_and(|high| high <= Decimal::ZERO) {
            return self.negative();
        }
        let high = match (self.low, self.high) {
            (Bound::Open, _) | (_, Bound::Open) => Bound::Open,
            (low, high) => {
                let flipped = low.map(|value| Some(-value)).unwrap_or(Bound::Open);
                if compare(flipped, high) == Ordering::Greater { flipped } else { high }
            }
        };
        Interval { low: Bound::Included(Decimal::ZERO), high }
    }

    /// The least interval that holds both.
    #[must_use]
    pub fn to(self, other: Interval) -> Interval {
        let low = match (self.low, other.low) {
            (Bound::Open, _) | (_, Bound::Open) => Bound::Open,
            (a, b) => {
                if compare(a, b) == Ordering::Greater {
                    b
                } else {
                    a
                }
            }
        };
        let high = match (self.high, other.high) {
            (Bound::Open, _) | (_, Bound::Open) => Bound::Open,
            (a, b) => {
                if compare(a, b) == Ordering::Less {
                    b
                } else {
                    a
                }
            }
        };
        Interval { low, high }
    }

    /// The least and greatest of the results at the four corners. An open end makes a side open, unless the other
    /// operand is one number of a known sign.
    fn corners(self, other: Interval, f: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Interval> {
        if let (Some(a), Some(b)) = (self.single(), other.single()) {
            return Some(Interval::exact(f(a, b)?));
        }
        let ends = [self.low, self.high, other.low, other.high];
        if ends.contains(&Bound::Open) {
            return self.open_corners(other, f);
        }
        let mut corners = Vec::with_capacity(4);
        for a in [self.low, self.high] {
            for b in [other.low, other.high] {
                corners.push(a.with(b, &f)?);
            }
        }
        corners.sort_by(|a, b| compare(*a, *b));
        let equal = |a: Bound, b: Bound| a.value() == b.value();
        // An end is included if any corner includes it.
        let best = |end: Bound| {
            let included = corners.iter().any(|corner| equal(*corner, end) && matches!(corner, Bound::Included(_)));
            match end {
                Bound::Excluded(value) if included => Bound::Included(value),
                _ => end,
            }
        };
        Some(Interval { low: best(corners[0]), high: best(corners[3]) })
    }

    fn open_corners(self, other: Interval, f: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Interval> {
        let known = other.single()?;
        if known == Decimal::ZERO {
            return None;
        }
        let low = self.low.map(|value| f(value, known))?;
        let high = self.high.map(|value| f(value, known))?;
        Some(if known > Decimal::ZERO { Interval { low, high } } else { Interval { low: high, high: low } })
    }
}

/// Does an interval with this low end reach down to that high end?
fn starts_by(low: Bound, high: Bound) -> bool {
    match (low, high) {
        (Bound::Open, _) | (_, Bound::Open) => true,
        (Bound::Included(low), Bound::Included(high)) => low <= high,
        (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => low < high,
    }
}

fn compare(a: Bound, b: Bound) -> Ordering {
    a.value().cmp(&b.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn half_open(low: &str, high: &str) -> Interval {
        Interval { low: Bound::Included(decimal(low)), high: Bound::Excluded(decimal(high)) }
    }

    #[test]
    fn an_excluded_end_is_not_met() {
        assert!(!half_open("65.5", "67").meets(Interval::exact(decimal("67"))));
        assert!(half_open("65.5", "67").meets(Interval::exact(decimal("65.5"))));
    }

    #[test]
    fn division_by_what_may_be_zero_is_not_known() {
        let around_zero = Interval::closed(decimal("-1"), decimal("1"));
        assert_eq!(Interval::exact(decimal("4")).divide(around_zero), None);
    }

    #[test]
    fn an_open_end_stays_open() {
        let more_than_20 = Interval { low: Bound::Excluded(decimal("20")), high: Bound::Open };
        let half = more_than_20.divide(Interval::exact(decimal("2"))).expect("two is not zero");
        assert_eq!(half.low, Bound::Excluded(decimal("10")));
        assert_eq!(half.high, Bound::Open);
        assert_eq!(more_than_20.negative().low, Bound::Open);
    }

    #[test]
    fn overflow_is_not_known() {
        assert_eq!(Interval::exact(Decimal::MAX).add(Interval::exact(Decimal::MAX)), None);
    }
}
