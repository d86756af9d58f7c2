//! Slips of the keys: can one number have become the other by one?

use rust_decimal::Decimal;

/// Can one of two numbers have become the other by one slip: a digit another, two changed about, a point moved, one more or
/// less (of the last digit, where there are decimals)? Zeros at the end are no digits that a slip changes; those before the
/// decimals are.
pub fn is_slip(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (normal(a), normal(b));
    let unit = a.scale().max(b.scale());
    let Some((x, y)) = in_units(a, unit).zip(in_units(b, unit)) else { return false };
    let one = 10_i64.checked_pow(unit);
    let apart = (x - y).abs();
    let one_more = Some(apart) == one || unit > 0 && apart == 1;
    let point_moved = x.checked_mul(10) == Some(y) || y.checked_mul(10) == Some(x);
    one_more || point_moved || differ_in_one_digit(x, y, unit > 0) || is_transposed(a, b)
}

/// Have two numbers the same digits in another order? A slip of the keys leaves the count of digits as it was.
pub fn is_transposed(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (normal(a), normal(b));
    let unit = a.scale();
    let Some((x, y)) = in_units(a, unit).zip(in_units(b, unit)).filter(|_| unit == b.scale()) else { return false };
    // Digits in another order leave the rest by nine as it was: few pairs come further.
    let (x, y) = (x.unsigned_abs(), y.unsigned_abs());
    x.abs_diff(y) % 9 == 0 && a != b && counts(x) == counts(y)
}

/// Without the zeros at the end of its decimals.
fn normal(value: Decimal) -> Decimal {
    if value.scale() == 0 { value } else { value.normalize() }
}

/// The number in units of that many decimals, if it is not too long: nobody mistypes what has eighteen digits into what he
/// knows.
fn in_units(value: Decimal, unit: u32) -> Option<i64> {
    let mantissa = i64::try_from(value.mantissa()).ok()?;
    mantissa
        .checked_mul(10_i64.checked_pow(unit.checked_sub(value.scale())?)?)
        .filter(|units| units.abs() < i64::MAX / 4)
}

/// Does one digit differ and no other? Numbers with decimals may be told with zeros before them.
fn differ_in_one_digit(x: i64, y: i64, padded: bool) -> bool {
    let (mut x, mut y) = (x.unsigned_abs(), y.unsigned_abs());
    let mut differ = 0;
    while x != y {
        differ += u32::from(x % 10 != y % 10);
        (x, y) = (x / 10, y / 10);
        if differ > 1 || !padded && (x == 0) != (y == 0) {
            return false;
        }
    }
    differ == 1
}

/// How often it has each digit.
fn counts(mut value: u64) -> [u8; 10] {
    let mut counts = [0; 10];
    while value > 0 {
        counts[(value % 10) as usize] += 1;
        value /= 10;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: &str, b: &str) -> (Decimal, Decimal) {
        (a.parse().expect("a number"), b.parse().expect("a number"))
    }

    #[test]
    fn a_slip_changes_one_digit_or_two_about_or_moves_the_point() {
        for (a, b) in [
            ("40", "45"),
            ("1240", "1420"),
            ("3.5", "35"),
            ("12", "13"),
            ("99", "100"),
            ("0.9", "1.0"),
            ("1.25", "1.26"),
            ("9.5", "0.5"),
            ("2", "0.2"),
        ] {
            let (a, b) = pair(a, b);
            assert!(is_slip(a, b) && is_slip(b, a), "{a} {b}");
        }
    }

    #[test]
    fn no_slip_leads_from_one_to_the_other() {
        for (a, b) in [("40", "40"), ("40", "405"), ("12", "34"), ("5", "50.5"), ("1200", "12"), ("112", "122.5")] {
            let (a, b) = pair(a, b);
            assert!(!is_slip(a, b) && !is_slip(b, a), "{a} {b}");
        }
    }

    #[test]
    fn transposed_numbers_have_the_same_digits() {
        for (a, b, same) in [("23", "32", true), ("1200", "2100", true), ("23", "23", false), ("1.2", "21", false)] {
            let (a, b) = pair(a, b);
            assert_eq!(is_transposed(a, b), same, "{a} {b}");
        }
    }
}
