//! Reads numbers: counts, percentages, money, quantities, ages, fractions, in digits and in words.
//!
//! A passage comes in with the dates that were read before; mentions go out, each with its printed value, how precise
//! and how hedged it is, and what it measures. What only looks like a number (versions, scores, page numbers) is none.

mod classes;
mod digits;
mod figure;
mod lists;
mod measure;
mod reading;
#[cfg(test)]
mod tests;
mod units;

use std::sync::Arc;

use factlint_rules::token::TokenKind;
use factlint_rules::{Kind, KindSet};
use rust_decimal::Decimal;

use super::{Mention, Passage, Reading};
pub use classes::NumberClasses;
pub use digits::{Digits, has_short_group, is_misgrouped, read as read_digits};
use figure::Figure;
pub use reading::{Hedge, Measure, NumberReading};
pub use units::{Unit, Units};

/// Kinds whose tokens are spoken for: a day of the month is no count.
const TAKEN: KindSet =
    KindSet::of(&[Kind::Date, Kind::Time, Kind::Duration, Kind::Year, Kind::Weekday, Kind::Month, Kind::Age]);

/// Adds the mentions of a passage; `mentions` holds what the readers before this one found.
pub fn read(passage: &Passage, classes: &NumberClasses, mentions: &mut Vec<Mention>) {
    // “1930 cm”, “$1960m”, “of the 2000 people”: what measures or counts something is no year.
    mentions.retain(|mention| {
        !(mention.is(Kind::Year)
            && (is_measured(passage, classes, mention) || is_amount(passage, classes, mention.first as usize)))
    });
    let mut taken = vec![false; passage.tokens.len()];
    for mention in mentions.iter().filter(|mention| mention.kinds.meets(TAKEN)) {
        taken[mention.first as usize..mention.end as usize].fill(true);
    }
    let mut reader = Reader { passage, classes, taken, mentions };
    let mut at = 0;
    while at < passage.tokens.len() {
        at = if reader.taken[at] { at + 1 } else { reader.at(at).unwrap_or(at + 1) };
    }
    lists::read(passage, classes, mentions);
}

/// Does a sign of money stand before the lone year, or a unit of something else than time after it?
fn is_measured(passage: &Passage, classes: &NumberClasses, mention: &Mention) -> bool {
    let (first, end) = (mention.first as usize, mention.end as usize);
    if end != first + 1 {
        return false;
    }
    if passage.glued(first) && passage.has_before(first, classes.currency_sign) {
        return true;
    }
    let Some(figure) = figure::read(passage, classes, first, false) else { return false };
    let (measure, _) = measure::after(passage, classes, &figure);
    match measure {
        Some((Measure::Unit(unit), _)) => !unit.is_time(),
        Some((Measure::Percent | Measure::Money(_), _)) => true,
        _ => figure.scale > Decimal::ONE,
    }
}

/// Years that a draft may well speak of; those before them are told with a word for a time, if at all.
const RECENT_YEARS: std::ops::RangeInclusive<u32> = 1800..=2100;

/// The four digits at the token, if it is such a number.
fn four_digits(passage: &Passage, at: usize) -> Option<u32> {
    passage.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let word = passage.word(at);
    (word.len() == 4).then(|| word.parse().ok()).flatten()
}

/// Do the words around what may be a year say that it is an amount?
fn is_amount(passage: &Passage, classes: &NumberClasses, at: usize) -> bool {
    counts(passage, classes, at) || is_part(passage, classes, at) || is_paired(passage, classes, at)
}

/// Does a word for what is counted follow, and none for a time go before: “the 2000 people”, “mit 1500 Plätzen”, not “in 2000 people”?
fn counts(passage: &Passage, classes: &NumberClasses, at: usize) -> bool {
    passage.has(at + 1, classes.counted) && !passage.glued(at + 1) && !is_dated(passage, classes, at)
}

/// Does a word for a time go before what may be a year of these days?
fn is_dated(passage: &Passage, classes: &NumberClasses, at: usize) -> bool {
    passage.has_before(at, classes.year_before)
        && four_digits(passage, at).is_none_or(|year| RECENT_YEARS.contains(&year))
}

/// Is it taken out of a number that is no year: “1350 van de 2500 stemmen”?
fn is_part(passage: &Passage, classes: &NumberClasses, at: usize) -> bool {
    let whole = |at: usize| four_digits(passage, at).is_some_and(|whole| whole > 2100 || counts(passage, classes, at));
    !is_dated(passage, classes, at)
        && passage.hits_of(at + 1, classes.out_of).iter().any(|hit| {
            let next = at + 1 + hit.len as usize;
            whole(next) || passage.has(next, classes.the) && whole(next + 1)
        })
}

/// Does a way lead from it to a number that is no year, or from such a one to it: “von 1200 auf 900”, “von 1500 auf 1800”?
fn is_paired(passage: &Passage, classes: &NumberClasses, at: usize) -> bool {
    let moves = [classes.rose, classes.fell, classes.went];
    let recent = four_digits(passage, at).is_some_and(|year| RECENT_YEARS.contains(&year));
    let is_other = |other: usize| {
        passage.tokens.get(other).is_some_and(|token| token.kind == TokenKind::Number) && {
            let digits = passage.word(other).chars().filter(char::is_ascii_digit).count();
            let link = at.min(other) + 1;
            // “from 1500 to 1800” may be years, “von 1500 auf 1800” and “rose from 1500 to 1800” none.
            let no_years = || {
                let start = passage.start_before(link - 1, classes.from);
                let moved = start.is_some_and(|start| moves.iter().any(|class| passage.has_before(start, *class)));
                moved || !(link..at.max(other)).any(|way| passage.has(way, classes.date_to))
            };
            let years = || recent && four_digits(passage, other).is_none_or(|year| RECENT_YEARS.contains(&year));
            digits == 3 || digits > 4 || digits == 4 && no_years() && !years()
        }
    };
    let joins = [classes.to, classes.range_to];
    let joined = |first: usize, end: usize| {
        passage.hits(first).iter().any(|hit| joins.contains(&hit.class) && first + hit.len as usize == end)
    };
    passage.has_before(at, classes.from)
        && (1..=2).any(|length| joined(at + 1, at + 1 + length) && is_other(at + 1 + length))
        || (1..=2).any(|length| {
            at > length + 1
                && joined(at - length, at)
                && is_other(at - length - 1)
                && passage.has_before(at - length - 1, classes.from)
        })
}

/// A number with what it measures, before hedges are looked for.
#[derive(Clone, Debug)]
struct Single {
    first: usize,
    end: usize,
    figure: Figure,
    measure: Measure,
    other: Option<Measure>,
    labelled: bool,
}

struct Reader<'p, 'd, 'm> {
    passage: &'p Passage<'d>,
    classes: &'p NumberClasses,
    taken: Vec<bool>,
    mentions: &'m mut Vec<Mention>,
}

impl Reader<'_, '_, '_> {
    /// Reads what starts at a token; gives the token to go on at.
    fn at(&mut self, at: usize) -> Option<usize> {
        if !self.can_start(at) {
            return None;
        }
        if let Some(next) = self
            .part_of_a_point(at)
            .or_else(|| self.fraction(at))
            .or_else(|| self.multiple(at))
            .or_else(|| self.ordinal_word(at))
        {
            return Some(next);
        }
        if self.is_chain(at) {
            return self.skip_chain(at);
        }
        let Some(mut first) = self.single(at) else {
            return self.skip_chain(at);
        };
        let Some((connector, mut second)) = self.second(&first) else {
            self.push(&first, false, None);
            return Some(first.end);
        };
        self.share_measure(&mut first, &mut second, connector);
        self.push(&first, false, None);
        self.push(&second, true, None);
        let rising = first.figure.value < second.figure.value;
        let alike = first.measure == second.measure;
        if rising && alike && connector.may_be_range {
            self.push(&first, false, Some(&second));
        }
        Some(second.end)
    }

    /// A cheap look; most words are no number.
    fn can_start(&self, at: usize) -> bool {
        let token = &self.passage.tokens[at];
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Opaque => false,
            TokenKind::Word | TokenKind::Sign => {
                let compounds = || self.passage.lexicon.has(self.classes.number_compound);
                self.passage.hits(at).iter().any(|hit| self.classes.openers.has(hit.class))
                    || token.kind == TokenKind::Word && token.end - token.start >= 8 && compounds()
                    || matches!(self.passage.word(at), "-" | "−" | "+")
            }
        }
    }

    fn is_free(&self, first: usize, end: usize) -> bool {
        self.taken.get(first..end).is_some_and(|tokens| tokens.iter().all(|taken| !taken))
    }

    /// A number with its sign, currency and measure.
    fn single(&self, at: usize) -> Option<Single> {
        let (passage, classes) = (self.passage, self.classes);
        let mut start = at;
        let mut negative = false;
        let signed = |at: usize| {
            let opens = passage.tokens[at].blank_before || at > 0 && matches!(passage.word(at - 1), "(" | "[");
            let sign = matches!(passage.word(at), "-" | "−" | "+") && opens;
            (sign && passage.glued(at + 1)).then_some(passage.word(at) != "+")
        };
        // “al menos 12” has a hedge that ends in the word for minus.
        let minus = passage.hit(start, classes.minus).map(|minus| start + minus.len as usize);
        let is_minus = |end: usize| self.hedge_before(end).1.is_none() && !self.are_fewer(start, end);
        if let Some(end) = minus.filter(|end| is_minus(*end)) {
            start = end;
            negative = true;
        } else if let Some(minus) = signed(start) {
            start += 1;
            negative = minus;
        }
        let sign = passage.hit(start, classes.currency_sign);
        if let Some(hit) = sign {
            start += hit.len as usize;
            if passage.word(start) == "-" && passage.glued(start) && passage.glued(start + 1) {
                start += 1;
                negative = true;
            }
        }
        let mut figure = figure::read(passage, classes, start, sign.is_some())?;
        figure.year_like &= !is_amount(passage, classes, start);
        if !self.is_free(at, figure.end) || !figure.in_words && sign.is_none() && self.is_glued_before(start) {
            return None;
        }
        if negative {
            figure.value = -figure.value;
        }
        // “Last week 12 people”: the week has no number.
        let is_label = |start: usize| start == 0 || !passage.has(start - 1, classes.told_when);
        let labelled =
            sign.is_none() && !figure.in_words && passage.start_before(at, classes.number_label).is_some_and(is_label);
        let single = |measure, end, other| Single { first: at, end, figure, measure, other, labelled };
        if let Some(hit) = sign {
            let code = Arc::from(passage.lexicon.value(hit.value));
            if is_glued_to_more(passage, figure.end) && !passage.has(figure.end, classes.currency) {
                return None;
            }
            return Some(single(Measure::Money(code), figure.end, None));
        }
        if let Some(hit) = passage.hit(figure.end, classes.ordinal_suffix)
            && passage.glued(figure.end)
            && !figure.in_words
            && measure::tight_unit(passage, classes, figure.end).is_none()
        {
            return Some(single(Measure::Ordinal, figure.end + hit.len as usize, None));
        }
        if let Some((feet, end)) = measure::feet_and_inches(passage, classes, &figure) {
            return Some(Single { figure: feet, ..single(measure::foot(classes)?, end, None) });
        }
        let (found, other) = measure::after(passage, classes, &figure);
        if let Some((measure, end)) = found {
            if measure == Measure::Points
                && passage.has(figure.end, classes.basis_points)
                && let Some(points) = figure.hundredths()
            {
                return Some(Single { figure: points, ..single(measure, end, None) });
            }
            let measure = match measure {
                Measure::Points if figure.value.abs() > Decimal::ONE_HUNDRED => Measure::Plain,
                measure => measure,
            };
            if measure == Measure::Plain {
                return Some(single(measure, figure.end, None));
            }
            let mut single = single(measure, end, other.map(|(measure, _)| measure));
            self.add_smaller_unit(&mut single);
            return Some(single);
        }
        if let Some(hit) = passage.hit(figure.end, classes.times) {
            return Some(single(Measure::Multiple, figure.end + hit.len as usize, None));
        }
        if self.is_age(at, figure.end) {
            return Some(single(Measure::Age, figure.end, None));
        }
        if is_glued_to_more(passage, figure.end) {
            return None;
        }
        Some(single(Measure::Plain, figure.end, None))
    }

    /// “menos 500 do que ontem” are 500 fewer, and not −500: so where the word for minus is the one for fewer, and of words that
    /// measure nothing in any language. A temperature and a share can be below zero.
    fn are_fewer(&self, minus: usize, at: usize) -> bool {
        let Some(figure) = figure::read(self.passage, self.classes, at, false) else { return false };
        let says_fewer = self.passage.has(minus, self.classes.fewer);
        match measure::after(self.passage, self.classes, &figure).0 {
            None => figure.in_words || says_fewer && !self.passage.has(figure.end, self.classes.degrees),
            Some((Measure::Money(_), _)) => says_fewer,
            Some((Measure::Unit(unit), _)) => says_fewer && !unit.is_temperature(),
            Some(_) => false,
        }
    }

    /// “aged 34,” “aged 34 in Basel”, but not “aos 45 minutos”, nor “aos 45 do segundo tempo”
    fn is_age(&self, first: usize, end: usize) -> bool {
        let (passage, classes) = (self.passage, self.classes);
        let ends = passage.tokens.get(end).is_none_or(|token| token.kind == TokenKind::Sign);
        ends && passage.has_before(first, classes.age_before)
            || passage.has(end, classes.after_date)
                && !passage.has(end, classes.range_to)
                && !passage.has(end, classes.range_and)
                && passage.has_before(first, classes.age_alone)
    }

    /// “5 feet 10 inches”, “6ft 2in”, “7 pounds, 6 ounces”: a comma or “and” joins what is not counted in tens, as the
    /// lengths of a list may be (“1 km, 500 m and 200 m”).
    fn add_smaller_unit(&self, single: &mut Single) {
        // “7 pounds 6 ounces” are no money.
        let ((Measure::Unit(unit), _) | (_, Some(Measure::Unit(unit)))) = (&single.measure, &single.other) else {
            return;
        };
        let unit = Arc::clone(unit);
        if unit.is_temperature() || unit.reciprocal || single.figure.decimals > 0 {
            return;
        }
        if let Some((height, end)) = measure::inches_after(self.passage, self.classes, &single.figure, single.end)
            && unit.id == "foot"
        {
            single.figure = height;
            single.end = end;
            return;
        }
        let and = self.passage.hit(single.end, self.classes.and).map(|hit| hit.len as usize);
        let joint = if self.passage.is_sign(single.end, ',') { 1 } else { and.unwrap_or(0) };
        let Some(smaller) = figure::read(self.passage, self.classes, single.end + joint, false) else { return };
        let (Some((Measure::Unit(other), end)), _) = measure::after(self.passage, self.classes, &smaller) else {
            return;
        };
        if other.dimension != unit.dimension || other.factor >= unit.factor {
            return;
        }
        let times = unit.factor.checked_div(other.factor).map(|times| times.round_dp(3).normalize());
        let in_tens = times.is_some_and(|times| (times % Decimal::TEN).is_zero());
        if joint > 0 && (in_tens || unit.is_time() || times.is_none_or(|times| !times.fract().is_zero())) {
            return;
        }
        let part = other.factor.checked_div(unit.factor);
        let Some((part, more)) = part.and_then(|part| Some((part, smaller.value.checked_mul(part)?))) else { return };
        if more >= Decimal::ONE {
            return;
        }
        single.figure.value += more;
        single.figure.step = part * smaller.step;
        single.figure.coarse = single.figure.step;
        // A sum of two units has no scale of its own.
        single.figure.decimals = 1;
        single.end = end;
        single.measure = Measure::Unit(unit);
        single.other = None;
    }

    /// The second number of a pair: “5 to 10”, “52-48”, “between 3 and 5”.
    fn second(&self, first: &Single) -> Option<(Connector, Single)> {
        let (passage, classes) = (self.passage, self.classes);
        let dash = passage.hit(first.end, classes.range_dash).is_some();
        let (length, may_be_range) = if dash {
            (1, true)
        } else if let Some(hit) = passage.hit(first.end, classes.range_to) {
            (hit.len as usize, true)
        } else if let Some(hit) = passage.hit(first.end, classes.range_and)
            && passage.has_before(first.first, classes.between)
        {
            (hit.len as usize, true)
        } else if let Some(hit) = passage.hit(first.end, classes.to)
            && passage.has_before(first.first, classes.from)
        {
            (hit.len as usize, false)
        } else if let Some(hit) = passage.hit(first.end, classes.range_and)
            && self.lends_its_scale(first, first.end + hit.len as usize)
        {
            (hit.len as usize, false)
        } else {
            return None;
        };
        let start = first.end + length;
        if start >= passage.tokens.len() || !self.is_free(start, start + 1) {
            return None;
        }
        let mut second = self.single(start)?;
        // “555-1234-22”: a chain is a telephone number, a date, a code.
        if dash && passage.is_sign(second.end, '-') && passage.glued(second.end) && passage.glued(second.end + 1) {
            let more = passage.tokens.get(second.end + 1).is_some_and(|token| token.kind == TokenKind::Number);
            if more {
                return None;
            }
        }
        // “Of 64 vessels, 16 – 52% – had it”: dashes with blanks around them set words off.
        if dash && is_spaced_dash(passage, first.end) && is_spaced_dash(passage, second.end) {
            return None;
        }
        second.labelled |= first.labelled;
        // “1914-18” is a pair of years.
        let years = dash && first.figure.year_like && second.measure == Measure::Plain;
        Some((Connector { may_be_range: may_be_range && !years, by_word: !dash }, second))
    }

    /// Does the number at a token lend its scale word to the one before it: “4.89 and 4.79 billion”?
    fn lends_its_scale(&self, first: &Single, at: usize) -> bool {
        let plain = first.measure == Measure::Plain && first.figure.scale == Decimal::ONE;
        plain
            && first.figure.decimals > 0
            && figure::read(self.passage, self.classes, at, false)
                .is_some_and(|second| second.scale >= Decimal::ONE_THOUSAND && second.decimals == first.figure.decimals)
    }

    /// In “5 to 10 percent” the first number is one of percent too; in “7 to 9 billion”, of billions.
    fn share_measure(&self, first: &mut Single, second: &mut Single, connector: Connector) {
        // “rose 20% to $54 million” are two figures, and no range.
        let may_share_scale = first.measure == Measure::Plain || first.measure == second.measure;
        if first.measure == Measure::Plain && !matches!(second.measure, Measure::Plain | Measure::Ordinal) {
            first.measure.clone_from(&second.measure);
            first.other.clone_from(&second.other);
            if second.measure == Measure::Points
                && self.passage.has(second.figure.end, self.classes.basis_points)
                && let Some(points) = first.figure.hundredths()
            {
                first.figure = points;
            }
        }
        // “$5-10 million”, but not “$9 million to three winners”: a range of money rises, unless it falls “from” one.
        let is_way = !connector.by_word
            || second.figure.value > first.figure.value
            || self.passage.has_before(first.first, self.classes.from)
            || self.passage.has_before(first.first, self.classes.between);
        if second.measure == Measure::Plain
            && matches!(first.measure, Measure::Money(_))
            && first.end == first.figure.end
            && is_way
        {
            second.measure = first.measure.clone();
        }
        let unscaled = second.figure.value.checked_div(second.figure.scale);
        if may_share_scale
            && second.figure.scale >= Decimal::ONE_THOUSAND
            && first.figure.scale == Decimal::ONE
            && unscaled.is_some_and(|value| {
                // “from 29,000 to 28,000 million”: both are in thousands of them.
                let alike = first.figure.value < Decimal::ONE_THOUSAND || value >= Decimal::ONE_THOUSAND;
                first.figure.value <= value * Decimal::ONE_HUNDRED && alike
            })
            && let Some(scaled) = first.figure.scaled(second.figure.scale, first.figure.end)
        {
            first.figure = scaled;
        }
    }

    /// Three numbers or more that hyphens join: a telephone number, a date, a code.
    fn is_chain(&self, at: usize) -> bool {
        let passage = self.passage;
        let joined = |at: usize| {
            passage.is_sign(at, '-')
                && passage.glued(at)
                && passage.glued(at + 1)
                && passage.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number)
        };
        joined(at + 1) && joined(at + 3)
    }

    /// Past a run of digits that touch each other or letters: a score, a code, a telephone number.
    fn skip_chain(&self, at: usize) -> Option<usize> {
        if self.passage.tokens[at].kind != TokenKind::Number {
            return None;
        }
        let mut next = at + 1;
        while self.passage.glued(next)
            && !matches!(self.passage.word(next), ")" | "]" | "," | ";" | "(" | "\"" | "”" | "»" | "%")
        {
            next += 1;
        }
        Some(next)
    }

    /// Does the digit at a token touch what makes it part of something else?
    fn is_glued_before(&self, at: usize) -> bool {
        if at == 0 || !self.passage.glued(at) {
            return false;
        }
        let before = &self.passage.tokens[at - 1];
        match before.kind {
            TokenKind::Word | TokenKind::Number | TokenKind::Opaque => true,
            TokenKind::Sign => match self.passage.word(at - 1) {
                // “all’8%”: an article that lost its vowel, and “the ’80s”.
                "'" | "’" => {
                    at < 2 || !self.passage.glued(at - 1) || self.passage.tokens[at - 2].kind != TokenKind::Word
                }
                "/" | ":" | "." | "_" | "#" | "@" | "&" | "=" | "*" | "°" | "^" | "\\" => true,
                "-" | "–" | "‑" | "−" => {
                    let word =
                        at >= 2 && self.passage.glued(at - 1) && self.passage.tokens[at - 2].kind != TokenKind::Sign;
                    // The end of “1987-89” is a year.
                    let year = at >= 2
                        && self.passage.glued(at - 1)
                        && self.taken[at - 2]
                        && self.passage.word(at - 2).len() == 4
                        && self.passage.word(at).len() == 2;
                    // The second of “5-10” is asked for from the first; “Covid-19” is none.
                    year || word
                        && self.passage.tokens[at - 2].kind == TokenKind::Word
                        && !self.passage.has(at - 2, self.classes.unit)
                }
                _ => false,
            },
        }
    }

    fn fraction(&mut self, at: usize) -> Option<usize> {
        let (passage, classes) = (self.passage, self.classes);
        let figure = figure::read(passage, classes, at, false)
            .filter(|figure| self.is_free(at, figure.end) && !self.is_glued_before(at));
        let (value, end) = measure::fraction(passage, classes, at, figure.as_ref())?;
        if !self.is_free(at, end) {
            return None;
        }
        let step = Decimal::new(1, 2);
        let mut coarse = step;
        // “one in five” holds two counts besides: “45 out of 60” is both.
        if let Some(figure) = figure
            && let Some(hit) = passage.hit(figure.end, classes.one_in)
        {
            coarse = step * Decimal::TWO;
            for start in [at, figure.end + hit.len as usize] {
                if let Some(single) = self.single(start) {
                    self.push(&single, true, None);
                }
            }
        }
        let (first, hedge) = self.hedge_before(at);
        let reading = NumberReading {
            face: value,
            top: None,
            step,
            coarse,
            decimals: 0,
            scale: Decimal::ONE,
            hedge,
            in_words: true,
            year_like: false,
            labelled: false,
            measure: Measure::Fraction,
            figure: at as u32..end as u32,
        };
        self.mention(&[Kind::Fraction], first, end, reading);
        Some(end)
    }

    fn part_of_a_point(&mut self, at: usize) -> Option<usize> {
        let (share, end) = measure::share_of_a_point(self.passage, self.classes, at)?;
        if !self.is_free(at, end) {
            return None;
        }
        let (first, hedge) = self.hedge_before(at);
        let point = Decimal::new(1, 2);
        let step = point.checked_mul(point)?;
        let face = share.checked_mul(point)?;
        let reading =
            NumberReading { step, coarse: step, decimals: 2, ..word_reading(face, Measure::Points, at, end, hedge) };
        self.mention(&[Kind::Number, Kind::Points], first, end, reading);
        Some(end)
    }

    fn multiple(&mut self, at: usize) -> Option<usize> {
        let hit = self.passage.hit(at, self.classes.multiple)?;
        let end = at + hit.len as usize;
        let face: Decimal = self.passage.lexicon.value(hit.value).parse().ok()?;
        let (first, hedge) = self.hedge_before(at);
        let reading = word_reading(face, Measure::Multiple, at, end, hedge);
        self.mention(&[Kind::Multiple], first, end, reading);
        Some(end)
    }

    fn ordinal_word(&mut self, at: usize) -> Option<usize> {
        let hit = self.passage.hit(at, self.classes.ordinal)?;
        let end = at + hit.len as usize;
        let face: Decimal = self.passage.lexicon.value(hit.value).parse().ok()?;
        self.mention(&[Kind::Ordinal], at, end, word_reading(face, Measure::Ordinal, at, end, None));
        Some(end)
    }

    /// The hedge that ends right before a token, and where it starts.
    fn hedge_before(&self, at: usize) -> (usize, Option<Hedge>) {
        let passage = self.passage;
        for first in at.saturating_sub(6)..at {
            let hit = passage
                .hits(first)
                .iter()
                .find(|hit| hit.class == self.classes.hedge && first + hit.len as usize == at);
            let Some(hedge) = hit.and_then(|hit| Hedge::parse(passage.lexicon.value(hit.value))) else { continue };
            // In “the E.C. 30,700” no “c.” says about.
            if first > 0 && passage.glued(first) && passage.is_sign(first - 1, '.') {
                return (at, None);
            }
            // “from 50 up to 60”: the end of a way, and no hedge.
            let through = passage.has(first, self.classes.range_through)
                && self.mentions.iter().rev().take(3).any(|mention| {
                    mention.end as usize <= first && first - mention.end as usize <= 4 && mention.is(Kind::Number)
                });
            if through || !self.is_free(first, at) {
                return (at, None);
            }
            return (first, Some(hedge));
        }
        (at, None)
    }

    /// Makes the mentions of a number; `bare`: without looking for a hedge before it; `to`: as far as that.
    fn push(&mut self, single: &Single, bare: bool, to: Option<&Single>) {
        let (mut first, mut hedge) = if bare { (single.first, None) } else { self.hedge_before(single.first) };
        let mut end = to.map_or(single.end, |to| to.end);
        if hedge.is_none()
            && let Some(hit) = self.passage.hit(end, self.classes.hedge_after)
        {
            hedge = Hedge::parse(self.passage.lexicon.value(hit.value));
            end += hit.len as usize;
        }
        if single.figure.loose {
            hedge = hedge.or(Some(Hedge::Loosely));
        }
        if single.first < first {
            first = single.first;
        }
        let measures = std::iter::once(&single.measure).chain(&single.other);
        for measure in measures {
            let reading = reading_of(single, measure, hedge, to);
            let kinds = kinds_of(&reading);
            self.mention(&kinds, first, end, reading);
        }
        // “5m” without a sign of money is five metres, or five million.
        if let Measure::Unit(_) = single.measure
            && let Some(hit) = self.passage.hit(single.figure.end, self.classes.scale_glued)
            && self.passage.glued(single.figure.end)
            && single.figure.end + hit.len as usize == single.end
            && let Ok(scale) = self.passage.lexicon.value(hit.value).parse()
            && let Some(figure) = single.figure.scaled(scale, single.end)
        {
            let single = Single { figure, measure: Measure::Plain, other: None, ..single.clone() };
            let reading = reading_of(&single, &Measure::Plain, hedge, None);
            self.mention(&[Kind::Number, Kind::Count], first, end, reading);
        }
    }

    fn mention(&mut self, kinds: &[Kind], first: usize, end: usize, reading: NumberReading) {
        self.mentions.push(Mention::new(KindSet::of(kinds), first, end, Reading::Number(Box::new(reading))));
    }
}

/// A dash or a hyphen with a blank before and after it.
fn is_spaced_dash(passage: &Passage, at: usize) -> bool {
    matches!(passage.word(at), "–" | "—" | "-") && !passage.glued(at) && !passage.glued(at + 1)
}

#[derive(Clone, Copy)]
struct Connector {
    may_be_range: bool,
    by_word: bool,
}

/// Does a letter, a digit or a ratio’s sign touch the token before `at`, so that it is part of something else?
fn is_glued_to_more(passage: &Passage, at: usize) -> bool {
    let Some(token) = passage.tokens.get(at).filter(|token| !token.blank_before) else { return false };
    match token.kind {
        TokenKind::Word | TokenKind::Number | TokenKind::Opaque => true,
        TokenKind::Sign => {
            let next =
                passage.tokens.get(at + 1).is_some_and(|next| !next.blank_before && next.kind != TokenKind::Sign);
            match passage.word(at) {
                "/" | ":" | "_" | "=" | "°" | "^" | "×" | "*" => next,
                "°C" => false,
                _ => false,
            }
        }
    }
}

fn word_reading(face: Decimal, measure: Measure, first: usize, end: usize, hedge: Option<Hedge>) -> NumberReading {
    NumberReading {
        face,
        top: None,
        step: Decimal::ONE,
        coarse: Decimal::ONE,
        decimals: 0,
        scale: Decimal::ONE,
        hedge,
        in_words: true,
        year_like: false,
        labelled: false,
        measure,
        figure: first as u32..end as u32,
    }
}

fn reading_of(single: &Single, measure: &Measure, hedge: Option<Hedge>, to: Option<&Single>) -> NumberReading {
    let figure = &single.figure;
    // A share is kept as such: 80% is 0.8.
    let part = match measure {
        Measure::Percent | Measure::Points => Decimal::new(1, 2),
        _ => Decimal::ONE,
    };
    let times = |value: Decimal| value.checked_mul(part).unwrap_or(value);
    let (step, coarse) = match to {
        Some(to) => (figure.step.min(to.figure.step), figure.coarse.min(to.figure.coarse)),
        None => (figure.step, figure.coarse),
    };
    NumberReading {
        face: times(figure.value),
        top: to.map(|to| times(to.figure.value)),
        step: times(step),
        coarse: times(coarse),
        decimals: figure.decimals,
        scale: figure.scale,
        hedge,
        in_words: figure.in_words,
        year_like: figure.year_like && *measure == Measure::Plain,
        labelled: single.labelled,
        measure: measure.clone(),
        figure: figure.first as u32..figure.end as u32,
    }
}

fn kinds_of(reading: &NumberReading) -> Vec<Kind> {
    let mut kinds = vec![Kind::Number];
    match &reading.measure {
        Measure::Plain => {
            let whole = reading.face.fract().is_zero() && reading.top.is_none_or(|top| top.fract().is_zero());
            if whole && !reading.labelled && !reading.year_like && reading.face >= Decimal::ZERO {
                kinds.push(Kind::Count);
            }
        }
        Measure::Percent => kinds.push(Kind::Percent),
        Measure::Points => kinds.push(Kind::Points),
        Measure::Fraction => kinds.push(Kind::Fraction),
        Measure::Multiple => kinds.push(Kind::Multiple),
        Measure::Ordinal => kinds = vec![Kind::Ordinal],
        Measure::Age => kinds = vec![Kind::Age],
        Measure::Money(_) => kinds.push(Kind::Money),
        Measure::Unit(unit) if unit.is_temperature() => kinds = vec![Kind::Temperature],
        Measure::Unit(unit) if unit.is_time() => kinds = vec![Kind::Duration],
        Measure::Unit(_) => kinds.push(Kind::Quantity),
    }
    kinds
}
