//! The kinds of mention that a pattern's slot can ask for: `{share:percent}`, `{who:person}`.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($variant:ident = $word:literal: $what:literal),* $(,)?) => {
        /// A kind of mention. A mention may be of several: “2015” is a year and a number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind { $(#[doc = $what] $variant),* }

        impl Kind {
            /// All kinds, in the order of their declaration.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),*];

            /// Their words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word that rule files use.
            pub fn word(self) -> &'static str {
                match self { $(Kind::$variant => $word),* }
            }

            /// What a slot of this kind matches, in one line.
            pub fn what(self) -> &'static str {
                match self { $(Kind::$variant => $what),* }
            }
        }
    };
}

kinds! {
    // Tokens
    Word = "word": "any word",
    Lowercase = "lowercase": "a word without a capital",
    Capitalised = "capitalised": "a word with a first capital only",
    Uppercase = "uppercase": "a word of two capitals or more and nothing else",
    Echo = "echo": "a word that repeats the one before it",
    Reprise = "reprise": "a word that opens a second copy of the two, three or four words before it",
    Digits = "digits": "a token of digits, whatever it means",
    Sign = "sign": "any single sign",
    // Numbers
    Number = "number": "any number, in digits or words",
    Count = "count": "a whole number that counts things",
    Ordinal = "ordinal": "10th, tenth",
    Percent = "percent": "a percentage; its value is the share (80% is 0.8)",
    Points = "points": "percentage points",
    Fraction = "fraction": "a third, two-thirds, one in five",
    Multiple = "multiple": "doubled, threefold, twice",
    Money = "money": "an amount of money",
    Quantity = "quantity": "a number with a unit",
    Temperature = "temperature": "a number with a unit of temperature",
    Age = "age": "34-year-old, aged 34",
    // The calendar
    Date = "date": "a date, whole or in part",
    Time = "time": "a time of day",
    Duration = "duration": "three days",
    Year = "year": "a year alone",
    Weekday = "weekday": "a weekday alone or in a date",
    Month = "month": "a month alone or in a date",
    // Names
    Name = "name": "a name of any kind",
    Person = "person": "a person's name",
    Title = "title": "a title or an office",
    Place = "place": "a name of a place",
    Organisation = "organisation": "a name of a body",
    Acronym = "acronym": "NATO, EU",
    Demonym = "demonym": "an adjective of nationality",
    // Passages
    Quotation = "quotation": "what stands in quotation marks, marks included",
    List = "list": "an enumeration of names or noun phrases",
}

impl Kind {
    /// The kind of that word in a rule file.
    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Is it a kind of token rather than of mention?
    pub fn is_token(self) -> bool {
        self <= Kind::Sign
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KindSet(u64);

impl KindSet {
    /// The empty set.
    pub const EMPTY: KindSet = KindSet(0);

    /// The set of these kinds.
    pub const fn of(kinds: &[Kind]) -> KindSet {
        let mut bits = 0;
        let mut at = 0;
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u64;
            at += 1;
        }
        KindSet(bits)
    }

    /// Is the kind in it?
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u64) != 0
    }

    /// The set with one kind more.
    #[must_use]
    pub const fn with(self, kind: Kind) -> KindSet {
        KindSet(self.0 | 1 << kind as u64)
    }

    /// What is in either.
    #[must_use]
    pub const fn or(self, other: KindSet) -> KindSet {
        KindSet(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: KindSet) -> KindSet {
        KindSet(self.0 & other.0)
    }

    /// Have the two a kind in common?
    pub const fn meets(self, other: KindSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Is it empty?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its kinds, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(Kind::ALL[bit as usize])
        })
    }
}
