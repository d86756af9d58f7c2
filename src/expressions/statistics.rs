//! Probabilities of test statistics, and means that whole numbers can have.
//!
//! The distributions are computed in binary floating point: a p value has two or three digits, and an interval that
//! is wider than any error of the computation.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

use crate::mentions::Interval;

/// The two-sided p value of a statistic, as an interval: the statistic is known to its last digit.
pub fn p_value(name: &str, x: Option<Interval>, df: Option<Interval>, more: Option<Interval>) -> Option<Interval> {
    let x = x?.abs();
    let (low, high) = (x.low.value()?.to_f64()?, x.high.value()?.to_f64()?);
    let df = df.and_then(Interval::middle).and_then(|df| df.to_f64());
    let more = more.and_then(Interval::middle).and_then(|df| df.to_f64());
    let p = |x: f64| -> Option<f64> {
        let p = match name {
            "p-z" => 2.0 * Normal::new(0.0, 1.0).ok()?.sf(x),
            "p-t" => 2.0 * StudentsT::new(0.0, 1.0, df?).ok()?.sf(x),
            "p-chi2" => ChiSquared::new(df?).ok()?.sf(x),
            "p-f" => FisherSnedecor::new(df?, more?).ok()?.sf(x),
            "p-r" => {
                let x = x.min(0.999_999);
                let t = x * (df? / (1.0 - x * x)).sqrt();
                2.0 * StudentsT::new(0.0, 1.0, df?).ok()?.sf(t)
            }
            _ => return None,
        };
        p.is_finite().then_some(p.clamp(0.0, 1.0))
    };
    let least = Decimal::from_f64(p(high)?)?.round_dp(8);
    let most = Decimal::from_f64(p(low)?)?.round_dp(8);
    Some(Interval::closed(least, most))
}

/// Is there a whole number whose share of `count` is printed so? GRIM: a mean of whole answers is a fraction of N.
pub fn is_possible_mean(mean: &str, count: Interval) -> Option<bool> {
    let mean: Decimal = mean.replace(',', ".").parse().ok()?;
    let count = count.middle()?;
    let places = mean.scale();
    if count < Decimal::ONE || !count.fract().is_zero() {
        return None;
    }
    let total = mean.checked_mul(count)?;
    let half = Decimal::new(5, places + 1);
    Some(
        [total.floor(), total.ceil()]
            .into_iter()
            .any(|total| total.checked_div(count).is_some_and(|other| (other - mean).abs() <= half)),
    )
}

/// Is there a whole number whose share of `count` is within the printed one?
pub fn is_possible_share(share: Interval, count: Interval) -> Option<bool> {
    let count = count.single()?;
    if count < Decimal::ONE || !count.fract().is_zero() {
        return None;
    }
    let part = share.multiply(Interval::exact(count))?;
    let low = part.low.value()?.ceil();
    let high = part.high.value()?.floor();
    Some((0..2).any(|step| low + Decimal::from(step) <= high && part.meets(Interval::exact(low + Decimal::from(step)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unnecessary_wraps, reason = "a missing part is `None`")]
    fn exact(text: &str) -> Option<Interval> {
        Some(Interval::exact(text.parse().expect("a decimal")))
    }

    #[test]
    fn p_values_are_those_of_the_tables() {
        let p = |name: &str, x, df, more| {
            p_value(name, exact(x), exact(df), exact(more))
                .and_then(Interval::middle)
                .expect("known")
                .round_dp(3)
                .to_string()
        };
        assert_eq!(p("p-t", "2.20", "28", "0"), "0.036");
        assert_eq!(p("p-f", "0.50", "1", "30"), "0.485");
        assert_eq!(p("p-chi2", "3.84", "1", "0"), "0.050");
        assert_eq!(p("p-z", "1.96", "1", "0"), "0.050");
        assert_eq!(p("p-r", "0.50", "20", "0"), "0.018");
    }

    #[test]
    fn a_mean_of_whole_numbers_is_a_fraction_of_their_count() {
        let possible = |mean, count: &str| is_possible_mean(mean, exact(count).expect("given"));
        assert_eq!(possible("3.45", "20"), Some(true));
        assert_eq!(possible("3.47", "20"), Some(false));
        assert_eq!(possible("3.47", "0"), None);
    }

    #[test]
    fn a_share_of_whole_things_is_one_that_a_count_gives() {
        let about = |low: &str, high: &str| {
            let end = |text: &str| text.parse().expect("a decimal");
            Interval::closed(end(low), end(high))
        };
        let of = |share, count: &str| is_possible_share(share, exact(count).expect("given"));
        assert_eq!(of(about("0.395", "0.405"), "12"), Some(false));
        assert_eq!(of(about("0.415", "0.425"), "12"), Some(true));
        assert_eq!(of(about("0.395", "0.405"), "0"), None);
    }

    #[test]
    fn nonsense_has_no_p_value() {
        assert_eq!(p_value("p-t", exact("2"), exact("-3"), None), None);
        assert_eq!(p_value("p-f", exact("2"), exact("1"), None), None);
    }
}
