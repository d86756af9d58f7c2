//! The lexicon classes that the reader of numbers asks for, looked up once.

use std::sync::OnceLock;

use factlint_rules::Pack;
use factlint_rules::lexicon::{ClassId, ClassSet, Lexicon};
use factlint_rules::token::fold;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::units::Units;
use crate::lexicons::Lexicons;
use crate::mentions::Passage;

macro_rules! classes {
    ($($field:ident = $name:literal),* $(,)?) => {
        /// The lexicon classes that this reader asks for, by number, and the units of measure.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "a field is named as its class")]
        pub struct NumberClasses {
            $(pub $field: ClassId,)*
            /// The units of measure.
            pub units: Units,
            /// The classes whose phrases can open a number.
            pub openers: ClassSet,
            /// For each language: words that compounds are made of.
            compounds: Vec<OnceLock<Compounds>>,
            /// For each language: its units of one letter, as they are written, each with its value.
            letters: Vec<OnceLock<Vec<(char, String)>>>,
        }

        impl NumberClasses {
            /// Looks the classes up.
            pub fn new(lexicons: &Lexicons, pack: &Pack) -> NumberClasses {
                let languages = 0..lexicons.count();
                let openers = OPENERS.iter().map(|name| lexicons.class(name)).collect();
                NumberClasses {
                    openers,
                    $($field: lexicons.class($name),)*
                    units: Units::new(pack),
                    compounds: languages.clone().map(|_| OnceLock::new()).collect(),
                    letters: languages.map(|_| OnceLock::new()).collect(),
                }
            }
        }
    };
}

/// What a number opens with, if not with digits.
const OPENERS: &[&str] = &[
    "number-word",
    "bare-scale",
    "one-article",
    "half",
    "half-before",
    "fraction-phrase",
    "multiple",
    "ordinal",
    "currency-sign",
    "minus",
];

classes! {
    number_word = "number-word",
    scale = "scale",
    bare_scale = "bare-scale",
    scale_glued = "scale-glued",
    scale_link = "scale-link",
    one_article = "one-article",
    round_noun = "round-noun",
    number_and = "number-and",
    last_one = "last-one",
    and_a_half = "and-a-half",
    number_compound = "number-compound",
    minus = "minus",
    fewer = "fewer",
    degrees = "degrees",
    hedge = "number-hedge",
    hedge_after = "number-hedge-after",
    percent = "percent",
    points = "points",
    points_bare = "points-bare",
    denominator = "denominator",
    half = "half",
    half_before = "half-before",
    fraction_of = "fraction-of",
    one_in = "one-in",
    multiple = "multiple",
    times = "times",
    ordinal = "ordinal",
    ordinal_suffix = "ordinal-suffix",
    number_label = "number-label",
    told_when = "told-when",
    range_to = "range-to",
    range_through = "range-through",
    range_dash = "range-dash",
    between = "between",
    from = "from",
    to = "to",
    by = "by",
    and = "and",
    list_verb = "list-verb",
    honorific = "honorific",
    name_suffix = "name-suffix",
    range_and = "range-and",
    age_before = "age-word",
    age_alone = "age-word-alone",
    after_date = "after-date",
    age_after = "age-unit",
    currency = "currency",
    currency_sign = "currency-sign",
    unit = "unit",
    unit_tight = "unit-tight",
    basis_points = "basis-points",
    fraction_phrase = "fraction-phrase",
    noun_in = "one-noun-in",
    counted = "counted",
    year_before = "year-before",
    out_of = "out-of",
    the = "the-word",
    date_to = "date-to",
    rose = "rose",
    fell = "fell",
    went = "went",
}

/// The words of a language that writes “zweihundertdreißig” as one.
#[derive(Debug, Default)]
struct Compounds {
    words: FxHashMap<String, Decimal>,
    /// Scale words with their values, the greatest first.
    scales: Vec<(String, Decimal)>,
    /// What may stand between: “und”.
    joints: Vec<String>,
}

impl NumberClasses {
    /// Is a unit of one letter written so? “5 m” is not “5 M”.
    pub fn is_unit_letter(&self, passage: &Passage, letter: char, value: &str) -> bool {
        let lexicon = passage.lexicon;
        let Some(letters) = passage.language.and_then(|language| self.letters.get(language)) else { return false };
        let letters = letters.get_or_init(|| {
            let one = |phrase: &str| {
                let mut letters = phrase.chars();
                letters.next().filter(|_| letters.next().is_none())
            };
            let phrases = lexicon.phrases(self.unit);
            phrases.filter_map(|(value, phrase)| Some((one(phrase)?, value.to_owned()))).collect()
        });
        letters.iter().any(|(known, unit)| *known == letter && unit == value)
    }

    /// The value of a number written as one word, in the languages that write so.
    pub fn compound(&self, language: Option<usize>, lexicon: &Lexicon, word: &str) -> Option<Decimal> {
        if !lexicon.has(self.number_compound) {
            return None;
        }
        let compounds = self.compounds.get(language?)?.get_or_init(|| {
            let phrases = |class| {
                lexicon
                    .phrases(class)
                    .filter_map(|(value, phrase)| Some((fold(phrase), value.parse::<Decimal>().ok()?)))
            };
            let mut scales: Vec<(String, Decimal)> = phrases(self.scale)
                .chain(phrases(self.bare_scale))
                .filter(|(_, value)| *value == Decimal::ONE_HUNDRED || *value == Decimal::ONE_THOUSAND)
                .collect();
            scales.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
            let ones = phrases(self.one_article);
            Compounds {
                words: ones.chain(phrases(self.number_word)).collect(),
                scales,
                joints: lexicon.phrases(self.number_compound).map(|(_, phrase)| fold(phrase)).collect(),
            }
        });
        let folded = fold(word);
        compounds
            .scales
            .iter()
            .any(|(scale, _)| folded.contains(scale.as_str()))
            .then(|| compounds.value(&folded, 4))?
    }
}

impl Compounds {
    fn value(&self, word: &str, depth: u8) -> Option<Decimal> {
        if let Some(value) = self.words.get(word) {
            return Some(*value);
        }
        let depth = depth.checked_sub(1)?;
        for (scale, value) in &self.scales {
            let Some(at) = word.find(scale.as_str()) else { continue };
            let (left, right) = (&word[..at], &word[at + scale.len()..]);
            let left = if left.is_empty() { Decimal::ONE } else { self.value(left, depth)? };
            if left >= *value {
                return None;
            }
            let right = self.after(right, depth).or_else(|| self.after_lost_vowel(scale, right, depth))?;
            if right >= *value {
                return None;
            }
            return left.checked_mul(*value)?.checked_add(right);
        }
        None
    }

    /// What follows a scale, with its joint or without.
    fn after(&self, right: &str, depth: u8) -> Option<Decimal> {
        if right.is_empty() {
            return Some(Decimal::ZERO);
        }
        let joined = self.joints.iter().find_map(|joint| right.strip_prefix(joint.as_str()));
        joined.and_then(|rest| self.value(rest, depth)).or_else(|| self.value(right, depth))
    }

    /// “centotto”, “centottanta”: one vowel stands for two.
    fn after_lost_vowel(&self, scale: &str, right: &str, depth: u8) -> Option<Decimal> {
        let vowel = scale.chars().last().filter(|last| matches!(last, 'a' | 'e' | 'i' | 'o' | 'u'))?;
        self.value(&format!("{vowel}{right}"), depth)
    }
}
