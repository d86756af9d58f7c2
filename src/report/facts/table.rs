//! The table on the terminal: place, kind, words with their reading, verdict.

use std::io::{self, Write};

use super::{FactList, counted, line};
use crate::facts::Standing;
use crate::report::Look;

/// Blanks between columns, and the least that words and verdict get.
const GAP: usize = 2;
const LEAST: usize = 18;

/// Writes the table.
pub fn write_table(list: &FactList, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let place = list.facts.iter().map(|fact| list.place(fact).len()).max().unwrap_or(0);
    let kind = list.facts.iter().map(|fact| fact.kind.len()).max().unwrap_or(0);
    let rest = look.width.saturating_sub(place + kind + 2 + 3 * GAP + 1);
    let words_width = (rest * 2 / 5).max(LEAST);
    let verdict_width = rest.saturating_sub(words_width).max(LEAST);
    for fact in &list.facts {
        let (mark, colour) = match fact.standing() {
            Standing::Contradicts => ("✗", "31"),
            Standing::CannotTell => ("?", "33"),
            Standing::Unchecked => ("·", "2"),
            Standing::Agrees => ("✓", "32"),
        };
        let mut words = wrap(&line(&fact.words), words_width);
        let reading = FactList::reading(fact);
        if !reading.is_empty() {
            words.extend(wrap(&format!("= {}", line(reading)), words_width));
        }
        let mut verdict = wrap(&line(&FactList::verdict(fact)), verdict_width);
        if let Some(again) = list.again(fact) {
            verdict.extend(wrap(&again, verdict_width));
        }
        for at in 0..words.len().max(verdict.len()) {
            let first = at == 0;
            let left = if first { list.place(fact) } else { String::new() };
            let what = if first { fact.kind } else { "" };
            let word = words.get(at).map_or("", String::as_str);
            let told = verdict.get(at).map_or("", String::as_str);
            let sign = if first { mark } else { " " };
            let pad = " ".repeat(words_width.saturating_sub(width(word)));
            let row = format!("{left:>place$}  {what:kind$}  {word}{pad}  {sign} ");
            if told.is_empty() {
                writeln!(out, "{}", row.trim_end())?;
            } else if look.colour {
                writeln!(out, "{row}\u{1b}[{colour}m{told}\u{1b}[0m")?;
            } else {
                writeln!(out, "{row}{told}")?;
            }
        }
    }
    let counts: Vec<String> = list.counts().map(|(standing, count)| counted(standing, count)).collect();
    if counts.is_empty() {
        return writeln!(out, "No facts that can be checked.");
    }
    writeln!(out, "\n{}", counts.join(", "))
}

/// Cut at blanks into lines of that many columns; a longer word is cut.
fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in text.split(' ') {
        if !current.is_empty() && width(&current) + 1 + width(word) > most {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        for c in word.chars() {
            if width(&current) + char_width(c) > most {
                lines.push(std::mem::take(&mut current));
            }
            current.push(c);
        }
    }
    if !current.is_empty() {
        lines.push(current);
    }
    lines
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Columns of a terminal that a character takes: two where it is East Asian or a picture, none where it combines.
fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_asked_in_columns() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("東京都 2", 4), ["東京", "都 2"]);
        assert_eq!(wrap("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(wrap("", 4), Vec::<String>::new());
    }
}
