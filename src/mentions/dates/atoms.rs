//! The smallest parts of dates at a token: a weekday, a day, a month, a year, and what joins them.
//!
//! Each look-up says what stands there, where its letters are, and which token follows. The guards against numbers and
//! words that only look like parts of dates are here, so that every form has them.

use factlint_rules::lexicon::ClassId;
use factlint_rules::token::{Shape, TokenKind, digit_value};

use super::{Anchor, DateClasses, Link, Order, Part};
use crate::mentions::Passage;

/// A passage and the classes to ask it for.
#[derive(Clone, Copy)]
pub(super) struct Atoms<'p, 'd> {
    pub passage: &'p Passage<'d>,
    pub classes: &'p DateClasses,
    /// The order of dates in digits, if the newsroom or the draft has one.
    pub order: Option<Order>,
}

/// A weekday or a month.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    pub value: u8,
    pub part: Part,
    /// The token after it.
    pub end: usize,
}

/// A day of the month.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    pub value: u16,
    /// Without its ending.
    pub part: Part,
    pub ending: Option<Part>,
    pub in_words: bool,
    pub end: usize,
}

/// A year.
#[derive(Clone, Copy, Debug)]
pub struct Year {
    pub value: i32,
    /// Where its four digits are; a year of an emperor has none.
    pub part: Option<Part>,
    /// It may be a count instead: “on May 3, 2000 people”.
    pub doubtful: bool,
    pub end: usize,
}

impl Atoms<'_, '_> {
    /// The bytes of tokens `first..end`.
    pub fn part(&self, first: usize, end: usize) -> Part {
        let tokens = &self.passage.tokens;
        let start = tokens.get(first).map_or(0, |token| token.start);
        let end = end.checked_sub(1).and_then(|last| tokens.get(last)).map_or(start, |token| token.end);
        Part { start, end: end.max(start) }
    }

    /// The length of the longest phrase of a class at a token; 0 if there is none.
    pub fn skip(&self, at: usize, class: ClassId) -> usize {
        self.passage.hit(at, class).map_or(0, |hit| hit.len as usize)
    }

    /// After any number of phrases of these classes, up to three.
    pub fn skip_all(&self, mut at: usize, classes: &[ClassId]) -> usize {
        for _ in 0..3 {
            let Some(len) = classes.iter().map(|class| self.skip(at, *class)).max().filter(|len| *len > 0) else {
                break;
            };
            at += len;
        }
        at
    }

    /// A weekday; an abbreviation only where no other word can be meant, and never alone.
    pub fn weekday(&self, at: usize, alone: bool) -> Option<Name> {
        let ends_name = |start: usize| start + self.skip(start, self.classes.no_weekday) > at;
        if (at.saturating_sub(4)..at).any(ends_name) {
            return None; // the Mail on Sunday
        }
        if self.passage.has_before(at, self.classes.each_day) {
            return None; // every Tuesday, 1 March to 31 May
        }
        if let Some((value, len)) = self.passage.number_of(at, self.classes.weekday) {
            return self.name(value, at, len, 7);
        }
        if alone {
            return None;
        }
        if let Some((value, len)) = self.passage.number_of(at, self.classes.weekday_beside_day) {
            return self.name(value, at, len, 7);
        }
        let (value, len) = self.passage.number_of(at, self.classes.weekday_short)?;
        let dotted = self.is_glued_sign(at + len, '.');
        let shape = self.passage.tokens[at].shape;
        let free = match at.checked_sub(1).map(|before| (before, self.passage.tokens[before])) {
            None => true,
            Some((before, token)) => match token.kind {
                TokenKind::Sign => !matches!(self.passage.word(before), "'" | "’" | "-" | "‑" | "&"),
                TokenKind::Word => {
                    // Never undotted in lower case: “a orillas del mar, 21 de julio”.
                    let leads = token.shape == Shape::Lower || self.passage.has(before, self.classes.date_preposition);
                    (leads && !matches!(shape, Shape::Lower | Shape::None))
                        || dotted && token.shape == Shape::Lower && len == 1
                }
                _ => true,
            },
        };
        // An abbreviation that is a word stands before a number, or has its dot.
        // “op ma 7 oktober 2014”: before a whole date it is no other word.
        let before_date = || {
            let day = self.day(at + len, 2, true)?;
            let month = self.month(self.skip_all(day.end, &[self.classes.date_of]), false)?;
            // “… v United⏎Sun 16 Nov: Albion v …”: in a list of days, a sign follows.
            let listed = shape != Shape::Lower
                && matches!(self.passage.tokens.get(month.end), Some(next) if next.kind == TokenKind::Sign)
                && matches!(self.passage.word(month.end), ":" | "–" | "—" | "-" | "|");
            (listed || self.year_after(month.end).is_some()).then_some(())
        };
        if !free && before_date().is_none() {
            return None;
        }
        self.name(value, at, len + usize::from(dotted), 7)
    }

    /// A month; an abbreviation alone only before a year.
    pub fn month(&self, at: usize, alone: bool) -> Option<Name> {
        if let Some((value, len)) = self.passage.number_of(at, self.classes.month) {
            return self.name(value, at, len, 12);
        }
        if let Some((value, len)) = self.passage.number_of(at, self.classes.month_short) {
            let dotted = self.is_glued_sign(at + len, '.');
            let name = self.name(value, at, len + usize::from(dotted), 12)?;
            return (!alone || self.year_after(name.end).is_some()).then_some(name);
        }
        if alone {
            return None;
        }
        // 10月: a number and its sign.
        let value = self.digits(at, 2)?;
        let sign = self.skip(at + 1, self.classes.month_sign);
        if sign == 0 {
            return None;
        }
        self.name(value, at, 1 + sign, 12)
    }

    fn name(&self, value: i64, at: usize, len: usize, most: i64) -> Option<Name> {
        let value = (1..=most).contains(&value).then(|| u8::try_from(value).ok())??;
        Some(Name { value, part: self.part(at, at + len), end: at + len })
    }

    /// A day of the month, of up to `digits` digits; `words` lets it be an ordinal in words.
    pub fn day(&self, at: usize, digits: usize, words: bool) -> Option<Day> {
        if words && let Some((value, len)) = self.passage.number_of(at, self.classes.day_word) {
            let value = u16::try_from(value).ok()?;
            return Some(Day { value, part: self.part(at, at + len), ending: None, in_words: true, end: at + len });
        }
        let value = u16::try_from(self.digits(at, digits)?).ok()?;
        let part = self.part(at, at + 1);
        let sign = self.skip(at + 1, self.classes.day_sign);
        if sign > 0 {
            return Some(Day { value, part, ending: None, in_words: false, end: at + 1 + sign });
        }
        let glued = self.passage.glued(at + 1);
        let ending = if glued { self.skip(at + 1, self.classes.day_ending) } else { 0 };
        let (ending, end) = match ending {
            0 => (None, at + 1),
            len => (Some(self.part(at + 1, at + 1 + len)), at + 1 + len),
        };
        Some(Day { value, part, ending, in_words: false, end })
    }

    /// The value of a token of digits alone.
    pub fn digits(&self, at: usize, most: usize) -> Option<i64> {
        let token = self.passage.tokens.get(at)?;
        if token.kind != TokenKind::Number {
            return None;
        }
        number(self.passage.word(at), most)
    }

    /// A year of four digits, or one of an emperor: 令和6年.
    pub fn year(&self, at: usize) -> Option<Year> {
        if let Some((before, len)) = self.passage.number_of(at, self.classes.era_year) {
            let count = self.passage.number_of(at + len, self.classes.era_first).map(|(count, _)| count);
            let count = count.or_else(|| self.digits(at + len, 2))?;
            let end = at + len + 1;
            let value = i32::try_from(before + count).ok()?;
            return Some(Year {
                value,
                part: None,
                doubtful: false,
                end: end + self.skip(end, self.classes.year_sign),
            });
        }
        let value = self.digits(at, 4).filter(|value| (1000..3000).contains(value))?;
        if self.passage.word(at).chars().count() != 4 {
            return None;
        }
        let sign = self.skip(at + 1, self.classes.year_sign);
        let end = at + 1 + sign;
        if sign == 0 && !self.clean_after(end) {
            return None;
        }
        Some(Year { value: i32::try_from(value).ok()?, part: Some(self.part(at, at + 1)), doubtful: false, end })
    }

    /// The year that follows a month or a day, over a comma or “of”.
    pub fn year_after(&self, at: usize) -> Option<Year> {
        let comma = self.is_comma(at) || self.passage.is_sign(at, ')');
        let from = at + usize::from(comma);
        let from = self.skip_all(from, &[self.classes.year_link]);
        let mut year = self.year(from)?;
        // “On May 3, 2000 people marched”: round, and a noun follows.
        let next = self.passage.tokens.get(year.end);
        year.doubtful = year.value % 100 == 0
            && next.is_some_and(|token| token.kind == TokenKind::Word && token.shape == Shape::Lower)
            && !self.passage.has(year.end, self.classes.after_date);
        Some(year)
    }

    /// A number that reads as a year of 1000 to 2100, alone, and all the years that it touches: a year of accounts may
    /// begin in the year before or end in the next, and “2019–20” is of both.
    pub fn lone_year(&self, at: usize) -> Option<(Vec<i32>, Year)> {
        let two_years = self.two_years(at);
        let year = two_years.or_else(|| self.year(at))?;
        let label = self.passage.has_before(at, self.classes.label_noun);
        let clean = self.clean_before(at) || self.is_second_year(at) || self.is_fiscal(at);
        if year.value > 2100 || !clean || label {
            return None;
        }
        let years = if two_years.is_some() {
            vec![year.value, year.value + 1]
        } else if self.is_fiscal(at) {
            vec![year.value - 1, year.value, year.value + 1]
        } else {
            vec![year.value]
        };
        Some((years, year))
    }

    /// Is it a year of accounts: FY2023, fiscal 2023?
    fn is_fiscal(&self, at: usize) -> bool {
        self.passage.has_before(at, self.classes.fiscal_year)
    }

    /// “2019–20” or “2022/23”, a season or a school year: two years in a row, the second in two digits. Its value is the first.
    fn two_years(&self, at: usize) -> Option<Year> {
        let joined = self.is_dash(at + 1) || self.passage.is_sign(at + 1, '/');
        if !joined || !self.passage.glued(at + 1) || !self.passage.glued(at + 2) {
            return None;
        }
        let width = |at: usize| self.passage.word(at).chars().count();
        let first = self.digits(at, 4).filter(|first| (1000..3000).contains(first) && width(at) == 4)?;
        let second = self.digits(at + 2, 2).filter(|_| width(at + 2) == 2)?;
        let goes_on = self.passage.glued(at + 3) && (self.is_dash(at + 3) || self.passage.is_sign(at + 3, '/'));
        if second != (first + 1) % 100 || goes_on || !self.clean_after(at + 3) {
            return None;
        }
        let part = Some(self.part(at, at + 3));
        Some(Year { value: i32::try_from(first).ok()?, part, doubtful: false, end: at + 3 })
    }

    /// Is it the 1945 of “1939-1945”?
    fn is_second_year(&self, at: usize) -> bool {
        let Some(first) = at.checked_sub(2) else { return false };
        self.is_dash(at - 1)
            && self.passage.glued(at)
            && self.passage.glued(at - 1)
            && self.year(first).is_some_and(|year| year.value <= 2100)
            && self.clean_before(first)
            && !(self.is_dash(at + 1) && self.passage.glued(at + 1))
    }

    /// What joins the date that ends before `at` to a next one, and where that one starts.
    pub fn link(&self, at: usize) -> Option<(Link, usize)> {
        let lead = [self.classes.date_preposition, self.classes.day_article, self.classes.weekday_day_link];
        let (link, end) = if self.is_dash(at) {
            (Link::To, at + 1)
        } else {
            let comma = usize::from(self.is_comma(at));
            let to = self.skip(at + comma, self.classes.date_to);
            let and = self.skip(at + comma, self.classes.date_and);
            if to > 0 {
                (Link::To, at + comma + to)
            } else if and > 0 || self.passage.is_sign(at + comma, '&') {
                (Link::And, at + comma + and.max(1))
            } else if comma > 0 {
                (Link::And, at + 1)
            } else {
                return None;
            }
        };
        Some((link, self.skip_all(end, &lead)))
    }

    /// Does a word or a sign that joins two dates start at the token?
    pub fn joins(&self, at: usize) -> bool {
        let word = self.skip(at, self.classes.date_to) + self.skip(at, self.classes.date_and);
        word > 0 || self.passage.is_sign(at, '&')
    }

    /// Is the token a dash or a hyphen?
    pub fn is_dash(&self, at: usize) -> bool {
        self.passage.tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Sign
                && matches!(self.passage.word(at), "-" | "–" | "—" | "‑" | "‐" | "〜" | "~" | "−")
        })
    }

    /// The anchor that ends right before a token: “this Monday”.
    pub fn anchor_before(&self, at: usize) -> Option<Anchor> {
        let from = at.saturating_sub(4);
        (from..at).find_map(|start| {
            let hit = self.passage.hit(start, self.classes.anchor)?;
            (start + hit.len as usize == at).then(|| self.anchor_of(hit.value))?
        })
    }

    /// The anchor after a weekday (“domingo passado”), and the token after it.
    pub fn anchor_after(&self, at: usize) -> Option<(Anchor, usize)> {
        let hit = self.passage.hit(at, self.classes.anchor_after)?;
        Some((self.anchor_of(hit.value)?, at + hit.len as usize))
    }

    fn anchor_of(&self, value: factlint_rules::lexicon::ValueId) -> Option<Anchor> {
        Some(match self.passage.lexicon.value(value) {
            "this" => Anchor::This,
            "last" => Anchor::Last,
            "next" => Anchor::Next,
            _ => return None,
        })
    }

    /// May a day or a year end here? Not before a percent sign, a clock's colon, or letters glued on.
    pub fn clean_after(&self, end: usize) -> bool {
        let Some(token) = self.passage.tokens.get(end) else { return true };
        let word = self.passage.word(end);
        match token.kind {
            // “In April 31-year-old Roe”: an age.
            TokenKind::Sign if self.is_dash(end) && !token.blank_before && self.passage.glued(end + 1) => {
                !self.passage.has(end + 1, self.classes.unit)
            }
            TokenKind::Sign => match word {
                "%" | "％" | "‰" | "€" | "$" | "£" | "¥" => false,
                ":" | "/" | "+" | "=" => token.blank_before || !self.is_number(end + 1) || !self.passage.glued(end + 1),
                "°" | "′" | "″" => false,
                _ => true,
            },
            TokenKind::Word => {
                let clock = [self.classes.oclock, self.classes.am, self.classes.pm];
                (token.blank_before || plain_letter(word)) && !clock.iter().any(|class| self.passage.has(end, *class))
            }
            _ => token.blank_before,
        }
    }

    /// May a day or a year start here? Not after a currency sign, a hash, or as the tail of a longer number.
    pub fn clean_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let word = self.passage.word(before);
        if matches!(word, "$" | "€" | "£" | "¥" | "#" | "§" | "№") {
            return false;
        }
        if self.passage.tokens[at].blank_before {
            return true;
        }
        // “ב-31 באפריל”, “fil-31 ta’ April”.
        if matches!(word, "-" | "־") && before > 0 && self.passage.has(before - 1, self.classes.day_prefix) {
            return true;
        }
        match self.passage.tokens[before].kind {
            TokenKind::Sign => matches!(word.chars().next(), Some(c) if "([{\"'“”‘’«»„,;（–—・、。".contains(c)),
            // 在1月10日: no blanks are written there.
            TokenKind::Word => plain_letter(word),
            _ => false,
        }
    }

    /// Is the token a comma of any script?
    pub fn is_comma(&self, at: usize) -> bool {
        self.passage.is_sign(at, ',') || matches!(self.passage.word(at), "،" | "、")
    }

    /// Is the token a number?
    pub fn is_number(&self, at: usize) -> bool {
        self.passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Is the token that sign, with no blank before it?
    pub fn is_glued_sign(&self, at: usize, sign: char) -> bool {
        self.passage.glued(at) && self.passage.is_sign(at, sign)
    }
}

/// The value of a run of at most `most` digits of any script.
pub fn number(text: &str, most: usize) -> Option<i64> {
    let mut value = 0;
    let mut count = 0;
    for c in text.chars() {
        value = value * 10 + i64::from(digit_value(c)?);
        count += 1;
        if count > most {
            return None;
        }
    }
    (count > 0).then_some(value)
}

/// Is it a word of a script that writes no blanks between words?
fn plain_letter(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{E00}'..='\u{E7F}'))
}
