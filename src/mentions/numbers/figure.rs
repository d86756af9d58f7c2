//! A number itself, in digits or in words, with its scale word: “1.2 million”, “two hundred and five”, “3bn”.

use factlint_rules::token::TokenKind;
use rust_decimal::Decimal;

use super::classes::NumberClasses;
use super::digits::{self, last_unit};
use crate::mentions::Passage;

/// A number as it stands, without what it measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub end: usize,
    /// Its value, with its scale.
    pub value: Decimal,
    /// One unit of its last printed digit.
    pub step: Decimal,
    /// One unit of its last digit that is not zero.
    pub coarse: Decimal,
    /// How many decimals are printed.
    pub decimals: u32,
    /// The value of its scale word, or 1.
    pub scale: Decimal,
    /// It is written in words.
    pub in_words: bool,
    /// The article stands for one: “a million”.
    pub article: bool,
    /// The noun says that it is not counted: “une centaine”, “un centinaio”.
    pub loose: bool,
    /// Four bare digits between 1000 and 2100.
    pub year_like: bool,
}

impl Figure {
    /// A hundredth of it: 25 basis points are 0.25 points.
    pub fn hundredths(mut self) -> Option<Figure> {
        let part = Decimal::new(1, 2);
        self.value = self.value.checked_mul(part)?;
        self.step = self.step.checked_mul(part)?;
        self.coarse = self.coarse.checked_mul(part)?;
        self.decimals += 2;
        Some(self)
    }

    /// With another scale, if it can be told.
    pub fn scaled(mut self, scale: Decimal, end: usize) -> Option<Figure> {
        self.value = self.value.checked_mul(scale)?;
        self.step = self.step.checked_mul(scale)?;
        self.coarse = self.coarse.checked_mul(scale)?;
        self.scale = self.scale.checked_mul(scale)?;
        self.year_like = false;
        self.end = end;
        Some(self)
    }
}

/// Reads the number that starts at a token. `money`: a sign of money stands before it, so that “5m” is five million.
pub fn read(passage: &Passage, classes: &NumberClasses, at: usize, money: bool) -> Option<Figure> {
    let token = passage.tokens.get(at)?;
    match token.kind {
        TokenKind::Number => in_digits(passage, classes, at, money),
        TokenKind::Word => in_words(passage, classes, at, opens_bracket(passage, at)),
        _ => None,
    }
}

fn in_digits(passage: &Passage, classes: &NumberClasses, at: usize, money: bool) -> Option<Figure> {
    let lexicon = passage.lexicon;
    let text = passage.word(at);
    let mut read = digits::read(text, lexicon.decimal(), &lexicon.groups)?;
    let mut end = at + 1;
    // “1 000 000” with plain blanks, where the language groups so.
    if lexicon.groups.contains(&' ') && read.group.is_none() && read.decimals == 0 && (1..=3).contains(&text.len()) {
        while let Some(group) = three_digits(passage, end) {
            read.value = read.value.checked_mul(Decimal::ONE_THOUSAND)?.checked_add(Decimal::from(group))?;
            read.group = Some(' ');
            end += 1;
        }
        // “25 000,00 €”: the last group has the decimals.
        if let Some((rest, decimals)) = last_group(passage, end, lexicon.decimal()) {
            read.value = read.value.checked_mul(Decimal::ONE_THOUSAND)?.checked_add(rest)?;
            (read.group, read.decimals) = (Some(' '), decimals);
            end += 1;
        }
    }
    let step = Decimal::new(1, read.decimals);
    let year_like = end == at + 1
        && text.len() == 4
        && read.decimals == 0
        && read.value >= Decimal::ONE_THOUSAND
        && read.value <= Decimal::from(2100);
    let figure = Figure {
        first: at,
        end,
        value: read.value,
        step,
        coarse: if read.decimals > 0 { step } else { last_unit(read.value) },
        decimals: read.decimals,
        scale: Decimal::ONE,
        in_words: false,
        article: false,
        loose: false,
        year_like,
    };
    Some(scale_after(passage, classes, figure, money).unwrap_or(figure))
}

fn three_digits(passage: &Passage, at: usize) -> Option<u32> {
    let token = passage.tokens.get(at)?;
    let text = passage.word(at);
    let next_glued = passage.glued(at + 1)
        && passage.tokens.get(at + 1).is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Number));
    (token.kind == TokenKind::Number && token.blank_before && text.len() == 3 && !next_glued)
        .then(|| text.parse().ok())
        .flatten()
}

/// Three digits and one or two decimals, behind a plain blank: their value, and how many decimals.
fn last_group(passage: &Passage, at: usize, decimal: char) -> Option<(Decimal, u32)> {
    let token = passage.tokens.get(at)?;
    let (whole, part) = passage.word(at).split_once(decimal)?;
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let fits = token.kind == TokenKind::Number
        && token.blank_before
        && whole.len() == 3
        && (1..=2).contains(&part.len())
        && digits(whole)
        && digits(part);
    let value = fits.then(|| format!("{whole}.{part}").parse().ok())??;
    Some((value, part.len() as u32))
}

/// The scale word after a number: “million”, “-million”, “bn”.
fn scale_after(passage: &Passage, classes: &NumberClasses, figure: Figure, money: bool) -> Option<Figure> {
    let mut at = figure.end;
    // “1,2 M€”, “150 k€”
    let money = money || passage.glued(at + 1) && passage.has(at + 1, classes.currency_sign);
    if passage.glued(at) {
        let glued = passage.hit(at, classes.scale_glued).or_else(|| passage.hit(at, classes.scale));
        if let Some(hit) = glued {
            let word = passage.word(at);
            // “5m” and “5M” are metres, or millions.
            let is_unit = passage.has(at, classes.unit);
            if (money || !is_unit) && exact_case(word) {
                return figure.scaled(passage.lexicon.value(hit.value).parse().ok()?, at + hit.len as usize);
            }
        }
        if !passage.is_sign(at, '-') {
            return None;
        }
        at += 1;
        if !passage.glued(at) {
            return None;
        }
    }
    let hit = passage.hit(at, classes.scale).or_else(|| passage.hit(at, classes.scale_glued).filter(|_| money))?;
    // “5 M” of money is millions, and nothing else is.
    if passage.word(at).chars().count() <= 2 && !money && passage.has(at, classes.unit) {
        return None;
    }
    let value: Decimal = passage.lexicon.value(hit.value).parse().ok()?;
    let scaled = figure.scaled(value, at + hit.len as usize)?;
    // “5 hundred thousand”, “3 mil milhões”.
    let next = passage.hit(scaled.end, classes.scale);
    let twice = next.and_then(|next| {
        let more: Decimal = passage.lexicon.value(next.value).parse().ok()?;
        (more > value).then(|| scaled.scaled(more, scaled.end + next.len as usize)).flatten()
    });
    Some(twice.unwrap_or(scaled))
}

/// “MM” is not “mm”; a scale sign is written in small letters, or is one capital.
fn exact_case(word: &str) -> bool {
    word.chars().count() > 2 || !word.chars().all(char::is_uppercase) || word.chars().count() == 1
}

/// “-cinq” in “octante-cinq”, where the word before the hyphen is not known: no number begins there.
fn is_rest_of_a_word(passage: &Passage, classes: &NumberClasses, at: usize) -> bool {
    at >= 2
        && passage.is_sign(at - 1, '-')
        && passage.glued(at - 1)
        && passage.glued(at)
        && passage.tokens[at - 2].kind == TokenKind::Word
        && !passage.has(at - 2, classes.number_word)
}

/// “and a half” in “two-and-a-half million”, “e meio” in “um milhão e meio”: the token after it.
fn and_a_half(passage: &Passage, classes: &NumberClasses, at: usize) -> Option<usize> {
    let at = at + usize::from(hyphen(passage, at));
    let end = at + passage.hit(at, classes.and_a_half)?.len as usize;
    Some(end + usize::from(hyphen(passage, end) && passage.has(end + 1, classes.scale)))
}

/// A hyphen within a word.
fn hyphen(passage: &Passage, at: usize) -> bool {
    passage.is_sign(at, '-') && passage.glued(at) && passage.glued(at + 1)
}

/// “, five hundred and six (2,506)” after “two thousand”: the same number goes on after a comma. Only the figures that are
/// said again in brackets tell it from “of the two thousand, five hundred”.
fn after_comma(
    passage: &Passage,
    classes: &NumberClasses,
    at: usize,
    so_far: Decimal,
    bracketed: bool,
) -> Option<Figure> {
    if !passage.is_sign(at, ',') || !passage.glued(at) || passage.glued(at + 1) {
        return None;
    }
    let and = passage.hit(at + 1, classes.number_and).map_or(0, |hit| hit.len as usize);
    let rest =
        in_words(passage, classes, at + 1 + and, bracketed).filter(|rest| !rest.article && rest.value < so_far)?;
    if bracketed && (rest.end..rest.end + 3).any(|at| passage.is_sign(at, ')')) {
        return Some(rest);
    }
    let digits = (rest.end..rest.end + 4).find(|at| passage.is_sign(*at, '('))? + 1;
    let printed = in_digits(passage, classes, digits, false)?;
    (printed.value != rest.value).then_some(rest)
}

/// “half a million”, “meio milhão”; what is counted in halves of less is not counted.
fn half_of_scale(passage: &Passage, classes: &NumberClasses, at: usize) -> Option<Figure> {
    let half = passage.hit(at, classes.half_before)?;
    let after = at + half.len as usize;
    let article = passage.hit(after, classes.one_article).map_or(0, |article| article.len as usize);
    let hit = passage.hit(after + article, classes.scale)?;
    let scale: Decimal = passage.lexicon.value(hit.value).parse().ok()?;
    if scale < Decimal::ONE_THOUSAND {
        return None;
    }
    let value = scale.checked_div(Decimal::TWO)?;
    let coarse = last_unit(value);
    let end = after + article + hit.len as usize;
    let (decimals, scale) = (0, Decimal::ONE);
    Some(Figure {
        first: at,
        end,
        value,
        step: coarse,
        coarse,
        decimals,
        scale,
        in_words: true,
        article: true,
        loose: false,
        year_like: false,
    })
}

/// Does it begin a bracket behind figures? “R$ 2.271,00 (dois mil, duzentos e setenta e um reais)”
fn opens_bracket(passage: &Passage, at: usize) -> bool {
    let figures = |at: &usize| passage.tokens[*at].kind == TokenKind::Number;
    at > 1 && passage.is_sign(at - 1, '(') && (at.saturating_sub(4)..at - 1).any(|at| figures(&at))
}

fn in_words(passage: &Passage, classes: &NumberClasses, at: usize, bracketed: bool) -> Option<Figure> {
    if is_rest_of_a_word(passage, classes, at) {
        return None;
    }
    if let Some(half) = half_of_scale(passage, classes, at) {
        return Some(half);
    }
    let value_of = |at: usize, class| {
        let hit = passage.hit(at, class)?;
        let value: Decimal = passage.lexicon.value(hit.value).parse().ok()?;
        Some((value, hit.len as usize))
    };
    let word_at = |at: usize| {
        value_of(at, classes.number_word).or_else(|| {
            let token = passage.tokens.get(at)?;
            let long = token.kind == TokenKind::Word && token.end - token.start >= 8;
            let value = long.then(|| classes.compound(passage.language, passage.lexicon, passage.word(at)))??;
            Some((value, 1))
        })
    };
    let mut total = Decimal::ZERO;
    let mut current;
    let mut next = at;
    let (mut article, mut loose, mut halved) = (false, false, false);
    let mut least_scale = Decimal::MAX;
    // What may follow is smaller than the unit that was said last.
    let mut room = Decimal::MAX;
    if let Some((value, length)) = word_at(at) {
        current = value;
        next += length;
        room = last_unit(value);
        if value >= Decimal::ONE_THOUSAND {
            (total, current, least_scale) = (value, Decimal::ZERO, value);
        }
    } else if let Some((value, length)) = value_of(at, classes.bare_scale) {
        current = value;
        next += length;
        room = value;
        if value >= Decimal::ONE_THOUSAND {
            (total, current, least_scale) = (value, Decimal::ZERO, value);
        }
    } else if let Some((value, length)) = value_of(at, classes.one_article) {
        next += length;
        article = true;
        if let Some((about, length)) = value_of(next, classes.round_noun) {
            (current, loose, room) = (about, true, Decimal::ZERO);
            next += length;
        } else {
            value_of(next + usize::from(hyphen(passage, next)), classes.scale)?;
            current = value;
        }
    } else {
        return None;
    }
    let mut scale = Decimal::ONE;
    loop {
        let hyphen_here = usize::from(hyphen(passage, next));
        let here = next + hyphen_here;
        if let Some((value, length)) = value_of(here, classes.scale) {
            if value < Decimal::ONE_THOUSAND {
                let hundred =
                    current.is_zero() || current < value && (value == Decimal::ONE_HUNDRED || total.is_zero());
                if !hundred {
                    break;
                }
                current = current.max(Decimal::ONE).checked_mul(value)?;
            } else if value < least_scale {
                total = total.checked_add(current.max(Decimal::ONE).checked_mul(value)?)?;
                (current, least_scale, scale) = (Decimal::ZERO, value, value);
            } else if !total.is_zero() && current.is_zero() && value > total {
                // “hundred thousand million”, “mil milhões”: all that was said is counted in the new scale.
                total = total.checked_mul(value)?;
                (least_scale, scale) = (value, value);
            } else if total.is_zero() {
                total = current.max(Decimal::ONE).checked_mul(value)?;
                (current, least_scale, scale) = (Decimal::ZERO, value, value);
            } else {
                break;
            }
            room = value;
            next = here + length;
            continue;
        }
        if let Some(end) = and_a_half(passage, classes, next) {
            let counted = value_of(end, classes.scale).filter(|(value, _)| *value >= Decimal::ONE_THOUSAND);
            if total.is_zero() && !article && current < Decimal::ONE_THOUSAND && counted.is_some() {
                // “two and a half million”
                current = current.checked_add(Decimal::new(5, 1))?;
                (room, next) = (Decimal::ZERO, end);
                continue;
            }
            if scale >= Decimal::ONE_THOUSAND && current.is_zero() && value_of(end, classes.scale).is_none() {
                // “a million and a half”
                total = total.checked_add(scale.checked_div(Decimal::TWO)?)?;
                next = end;
                halved = true;
                break;
            }
        }
        // “two hundred [and] five”, “deux-cent-cinq”
        let and = value_of_any(passage, here, classes.number_and);
        let mut follows = here + and.unwrap_or(0);
        follows += usize::from(and.is_some() && hyphen(passage, follows));
        let more = word_at(follows).or_else(|| value_of(follows, classes.bare_scale));
        match more {
            Some((value, length)) if room > Decimal::ONE && value < room && !(value.is_zero()) => {
                let base = last_unit(current.max(total)).max(Decimal::TEN);
                if value >= base && !current.is_zero() {
                    break;
                }
                current = current.checked_add(value)?;
                room = last_unit(value);
                next = follows + length;
                continue;
            }
            _ => {}
        }
        // “cento e um (101)”, “ciento un mil”: what is an article elsewhere is the last digit here.
        if room > Decimal::ONE
            && let Some((one, length)) = value_of(follows, classes.last_one)
        {
            let end = follows + length;
            let counted = value_of(end, classes.scale).is_some_and(|(value, _)| value >= Decimal::ONE_THOUSAND);
            if counted || bracketed || hyphen_here == 1 || passage.is_sign(end, '(') || passage.is_sign(end, ')') {
                current = current.checked_add(one)?;
                room = Decimal::ONE;
                next = end;
                continue;
            }
        }
        if scale >= Decimal::ONE_THOUSAND
            && current.is_zero()
            && let Some(rest) = after_comma(passage, classes, next, scale, bracketed)
        {
            current = rest.value;
            next = rest.end;
        }
        break;
    }
    // “anderthalb” counts only what a scale word counts.
    if !total.checked_add(current)?.fract().is_zero() {
        return None;
    }
    let value = total.checked_add(current)?;
    let coarse = last_unit(value);
    // What is said in words is as precise as its last scale word: “two million” is counted in millions.
    let step = if halved || scale < Decimal::ONE_THOUSAND || !current.is_zero() { Decimal::ONE } else { scale };
    Some(Figure {
        first: at,
        end: next,
        value,
        step: step.min(coarse.max(Decimal::ONE)),
        coarse,
        decimals: 0,
        scale: if current.is_zero() { scale } else { Decimal::ONE },
        in_words: true,
        article,
        loose,
        year_like: false,
    })
}

fn value_of_any(passage: &Passage, at: usize, class: factlint_rules::lexicon::ClassId) -> Option<usize> {
    passage.hit(at, class).map(|hit| hit.len as usize)
}
