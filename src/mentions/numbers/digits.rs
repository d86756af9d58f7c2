//! A token of digits and separators as a value, by the customs of a language.
//!
//! What fits no custom (a version, a date, a broken number) has no value: silence is better than a wrong sum.

use factlint_rules::token::digit_value;
use rust_decimal::Decimal;

/// What a token of digits says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Digits {
    /// The value.
    pub value: Decimal,
    /// How many decimals are printed.
    pub decimals: u32,
    /// The sign that groups thousands, if there is one.
    pub group: Option<char>,
    /// The decimal sign, if there is one.
    pub point: Option<char>,
}

/// Reads a token of digits; `decimal` and `groups` are the signs of the language.
pub fn read(text: &str, decimal: char, groups: &[char]) -> Option<Digits> {
    let mut parts: Vec<(u64, usize)> = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    let (mut value, mut length) = (0u64, 0usize);
    let mut leading_zero = false;
    for c in text.chars() {
        match digit_value(c) {
            Some(digit) => {
                leading_zero |= parts.is_empty() && length == 1 && value == 0;
                value = value.checked_mul(10)?.checked_add(u64::from(digit))?;
                length += 1;
            }
            None => {
                parts.push((value, length));
                signs.push(plain_separator(c));
                (value, length) = (0, 0);
            }
        }
    }
    parts.push((value, length));
    if leading_zero || parts.iter().any(|(_, length)| *length == 0 || *length > 18) {
        return None;
    }
    let last = *signs.last().unwrap_or(&' ');
    let same = signs.iter().all(|sign| *sign == last);
    if signs.is_empty() {
        return build(&parts, None, None, 0);
    }
    let is_group = |sign: char| sign == ' ' || sign == '\'' || groups.contains(&sign);
    if same && signs.len() == 1 {
        let (first, rest) = (parts[0], parts[1]);
        let three = rest.1 == 3 && (1..=3).contains(&first.1) && first.0 != 0;
        if last == decimal {
            // “1,234” where the comma is decimal: another custom may be meant, so it is not known.
            return if three && decimal == ',' { None } else { build(&parts, None, Some(last), 1) };
        }
        if is_group(last) && three {
            return build(&parts, Some(last), None, 0);
        }
        // A decimal sign of another custom, where it cannot be a group.
        let foreign = matches!(last, '.' | ',') && rest.1 != 3 && rest.1 <= 2;
        return if foreign && last == '.' { build(&parts, None, Some(last), 1) } else { None };
    }
    if same {
        return (last != decimal && grouped(&parts)).then(|| build(&parts, Some(last), None, 0)).flatten();
    }
    let group = signs[0];
    let head = &parts[..parts.len() - 1];
    let uniform = signs[..signs.len() - 1].iter().all(|sign| *sign == group);
    if uniform && matches!(last, '.' | ',') && group != last && grouped(head) {
        return build(&parts, Some(group), Some(last), 1);
    }
    None
}

/// Groups of three, or the Indian way: the last of three, those before it of two.
fn grouped(parts: &[(u64, usize)]) -> bool {
    let Some(((_, first), rest)) = parts.split_first() else { return false };
    let Some((last, middle)) = rest.split_last() else { return false };
    let western = (1..=3).contains(first) && rest.iter().all(|(_, length)| *length == 3);
    let indian = (1..=2).contains(first) && last.1 == 3 && middle.iter().all(|(_, length)| *length == 2);
    parts[0].0 != 0 && (western || indian)
}

/// Is it meant as one number, and grouped as none is, where that sign is the decimal one? Chains of short parts are
/// versions, dates, addresses.
pub fn is_misgrouped(text: &str, decimal: char) -> bool {
    let group = if decimal == ',' { '.' } else { ',' };
    let signs: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    if signs.chars().any(|c| !matches!(c, ',' | '.')) {
        return false;
    }
    let parts: Vec<(u64, usize)> =
        text.split([',', '.']).map(|part| (u64::from(part != "0"), part.chars().count())).collect();
    let first_fits = (1..=3).contains(&parts[0].1) && !text.starts_with('0');
    // “1.234,567” in English: a point that groups and a comma that groups are of two customs.
    let two_customs = signs == format!("{decimal}{group}") && parts[1].1 == 3 && parts[2].1 == 3;
    // “1,2500” where the comma groups; a rate of exchange, “1.2500”, keeps its English point in other languages.
    let four_in_group = signs == group.to_string() && parts[1].1 == 4 && (group == ',' || text.ends_with("000"));
    // A list without blanks (“1,2,3”, “12,13,14”) has no part of three digits; a chain of points is a date or a version.
    let has_three = parts.iter().skip(1).any(|(_, length)| *length == 3);
    let ends_in_zeros = text.ends_with("00") || text.ends_with(",0") && parts.iter().any(|(_, length)| *length == 2);
    let chain = decimal == '.' && signs.len() >= 2 && signs.chars().all(|c| c == group);
    let badly_grouped = chain && !grouped(&parts) && (has_three || ends_in_zeros) && parts[0].1 <= 3;
    first_fits && (two_customs || four_in_group || badly_grouped)
}

/// Has its only group two digits, as “12,50” where the comma groups? It is a slip of a whole number, or a price by
/// another custom: what it counts decides.
pub fn has_short_group(text: &str, decimal: char) -> bool {
    let group = if decimal == ',' { '.' } else { ',' };
    text.split_once(group).is_some_and(|(head, rest)| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        (1..=3).contains(&head.len()) && !head.starts_with('0') && rest.len() == 2 && digits(head) && digits(rest)
    })
}

fn build(parts: &[(u64, usize)], group: Option<char>, point: Option<char>, fraction: usize) -> Option<Digits> {
    let mut value = Decimal::ZERO;
    let mut decimals = 0;
    for (at, (part, length)) in parts.iter().enumerate() {
        let shift = Decimal::from(10u64.checked_pow(u32::try_from(*length).ok()?)?);
        if fraction == 1 && at + 1 == parts.len() {
            decimals = u32::try_from(*length).ok()?;
            value = value.checked_add(Decimal::from(*part).checked_div(shift)?)?;
        } else {
            value = value.checked_mul(shift)?.checked_add(Decimal::from(*part))?;
        }
    }
    Some(Digits { value, decimals, group, point })
}

fn plain_separator(c: char) -> char {
    match c {
        '\u{A0}' | '\u{2009}' | '\u{202F}' => ' ',
        '’' => '\'',
        '٫' => '.',
        '٬' => ',',
        _ => c,
    }
}

/// One unit of the last digit that is not zero of a whole number.
pub fn last_unit(value: Decimal) -> Decimal {
    let mut unit = Decimal::ONE;
    let mut rest = value.abs();
    if rest.is_zero() || !rest.fract().is_zero() {
        return unit;
    }
    while (rest % Decimal::TEN).is_zero() {
        rest /= Decimal::TEN;
        unit *= Decimal::TEN;
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn en(text: &str) -> Option<String> {
        read(text, '.', &[',']).map(|digits| digits.value.normalize().to_string())
    }

    fn de(text: &str) -> Option<String> {
        read(text, ',', &['.', '\'', ' ']).map(|digits| digits.value.normalize().to_string())
    }

    #[test]
    fn each_language_has_its_separators() {
        assert_eq!(en("1,234.5").as_deref(), Some("1234.5"));
        assert_eq!(de("1.234,5").as_deref(), Some("1234.5"));
        assert_eq!(en("1,00,000").as_deref(), Some("100000"));
        assert_eq!(de("12\u{202F}000").as_deref(), Some("12000"));
        assert_eq!(de("1'000").as_deref(), Some("1000"));
        assert_eq!(de("3,5").as_deref(), Some("3.5"));
        assert_eq!(de("1.000").as_deref(), Some("1000"));
        assert_eq!(en("1.000").as_deref(), Some("1"));
    }

    #[test]
    fn what_fits_no_custom_has_no_value() {
        for text in ["2.14.0", "20.02.2009", "1,5,00", "007", "1,5"] {
            assert_eq!(en(text), None, "{text}");
        }
        assert_eq!(de("1,234"), None);
        assert_eq!(en(&"9".repeat(400)), None);
        assert_eq!(en(&format!("1.{}", "9".repeat(40))), None);
    }

    #[test]
    fn a_number_grouped_as_none_is() {
        assert!(is_misgrouped("1,5,00", '.'));
        assert!(is_misgrouped("12,00,00", '.'));
        assert!(is_misgrouped("1.234,567", '.') && !is_misgrouped("1.234,567", ','));
        assert!(is_misgrouped("1,234.567", ',') && !is_misgrouped("1,234.567", '.'));
        assert!(is_misgrouped("6,0000", '.') && !is_misgrouped("0,0000", '.'));
        assert!(is_misgrouped("1,2500", '.') && !is_misgrouped("1.2500", ','));
        assert!(has_short_group("12,50", '.') && has_short_group("12.50", ','));
        assert!(!has_short_group("12.50", '.') && !has_short_group("1,250", '.') && !has_short_group("0,50", '.'));
        for text in ["1,00,000", "1,000,000", "1,2,3", "3.14", "12,13,14", "2,500", "0,7500,15000", "0,123,255"] {
            assert!(!is_misgrouped(text, '.'), "{text}");
        }
    }
}
