//! Values in messages: words as they stand, numbers as people write them.

use rust_decimal::Decimal;

use super::evaluate::Context;
use super::value::Value;
use crate::mentions::Interval;

/// A value as it stands in a message.
pub fn value(cx: &Context, value: &Value) -> String {
    match value {
        Value::Unknown | Value::Document => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(interval) => number(*interval),
        Value::Text(text) => text.to_string(),
        Value::Words(words) => words.text(cx.draft).to_owned(),
        Value::List(list) => list.iter().map(|item| self::value(cx, item)).collect::<Vec<_>>().join(", "),
        Value::Block(block) => cx.block(*block).map_or("", |passage| passage.text()).to_owned(),
        Value::Date(date) => super::dates::print(date, cx),
        Value::Class(class) => cx.draft.lexicons.classes().name(*class).to_owned(),
    }
}

/// “75”, “34–37”, “more than 20”.
pub fn number(interval: Interval) -> String {
    if let Some(single) = interval.single() {
        return decimal(single);
    }
    match (interval.low.value(), interval.high.value()) {
        (Some(low), Some(high)) => {
            let (low, high) = (decimal(low), decimal(high));
            if low == high { low } else { format!("{low}–{high}") }
        }
        (Some(low), None) => format!("more than {}", decimal(low)),
        (None, Some(high)) => format!("less than {}", decimal(high)),
        (None, None) => "any number".into(),
    }
}

/// A share as a percentage: “75%”, “34–37%”.
pub fn percent(interval: Interval) -> String {
    let hundred = Interval::exact(Decimal::ONE_HUNDRED);
    interval.multiply(hundred).map_or_else(String::new, |share| format!("{}%", number(round(share))))
}

fn round(interval: Interval) -> Interval {
    match (interval.low.value(), interval.high.value()) {
        (Some(low), Some(high)) => Interval::closed(low.round_dp(1), high.round_dp(1)),
        _ => interval,
    }
}

/// At most four significant decimals, thousands set off by commas.
fn decimal(value: Decimal) -> String {
    let places = if value.abs() >= Decimal::ONE_HUNDRED { 1 } else { 2 };
    let text = value.round_dp(places).normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("−", digits));
    let (whole, rest) =
        digits.split_once('.').map_or((digits, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    if whole.len() <= 4 {
        return format!("{sign}{whole}{rest}");
    }
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// “1st”, “12th”, “22nd”.
pub fn ordinal(number: i64) -> String {
    let suffix = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th"
        );
    }

    #[test]
    fn numbers_are_grouped_and_rounded() {
        assert_eq!(decimal(Decimal::from(1_234_567)), "1,234,567");
        assert_eq!(decimal("0.3333333".parse().expect("a decimal")), "0.33");
        assert_eq!(percent(Interval::exact("0.75".parse().expect("a decimal"))), "75%");
    }
}
