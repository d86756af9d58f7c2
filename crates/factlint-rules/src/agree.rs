//! What an `agree` rule can compare, and the facts that it may weigh or guard with.
//!
//! A comparison is an ability of the engine: which mentions are one thing, and in what two of them differ. The rule says
//! which facts of such a pair speak for a fault (`evidence:` with weights), which forbid one (`unless:`), and how much
//! is enough (`at-least:`).

/// A comparison: `of: name, same: last-word, differ: spelling`.
#[derive(Debug)]
pub struct Comparison {
    /// The kind of mention.
    pub of: &'static str,
    /// What makes mentions one thing.
    pub same: &'static str,
    /// In what they differ.
    pub differ: &'static str,
    /// The facts that it tells of a pair.
    pub facts: &'static [&'static str],
}

const SPELLING: &[&str] = &[
    // How they differ
    "accent",
    "swap",
    "doubled",
    "left-out",
    "alike",
    "other-letter",
    "far",
    "same-key",
    "first-letter",
    "short",
    "tiny",
    "compound",
    // What stands before the name
    "same-first",
    "like-first",
    "other-first",
    "unknown-first",
    "bare",
    "same-title",
    "other-title",
    // What the frequent one is
    "person",
    "unproven",
    "often",
    "very-often",
    // Where they stand
    "attributed",
    "attributed-both",
    "located-both",
    "other-located",
    "located",
    "same-sentence",
    "coordinated",
    "weak",
    "headline",
    "caption",
    "with-article",
    "titled",
    "courtesy",
    "opens",
    // A comma follows, or a verb of one (<one-verb>).
    "acts",
    // What they are besides
    "inflection",
    "common-word",
    "table-word",
    "mentioned",
    "lone-line",
    "kinship",
    "inner-name",
    "body",
    "both-first",
    "nouns-capitalised",
    "marked",
    "introduces",
    "introduces-bare",
    "body-word",
    "introduced-here",
    "known-place",
    "rare-common",
    "dialect",
    "mixed-language",
    // What the word that they share is
    "neighbour-given",
    "neighbour-general",
    "neighbour-partner",
];

/// All comparisons.
pub const COMPARISONS: &[Comparison] = &[
    Comparison { of: "name", same: "last-word", differ: "spelling", facts: SPELLING },
    Comparison { of: "name", same: "other-words", differ: "inner-spelling", facts: SPELLING },
    Comparison { of: "name", same: "neighbour", differ: "spelling", facts: SPELLING },
    Comparison { of: "name", same: "other-words", differ: "given-spelling", facts: SPELLING },
    Comparison { of: "acronym", same: "letters", differ: "stops", facts: &["known"] },
    Comparison {
        of: "acronym",
        same: "letters",
        differ: "case",
        facts: &[
            "lower-case-here",
            "place",
            "last-of-name",
            "in-table",
            "rarer",
            "later",
            "used-twice",
            "in-a-name",
            "common-word",
            "defined",
            "shouts",
            "opens",
            "besides",
            "nouns-capitalised",
        ],
    },
    Comparison {
        of: "acronym",
        same: "letters",
        differ: "spelling",
        facts: &[
            "swap",
            "one-letter",
            // The draft has the long name of the body of the table whose letters are meant.
            "named",
            "long",
            "four",
            "often",
            "crowded",
            "defined",
            "in-table",
            "quoted",
            "lower-case-here",
            "coded",
            "common",
            "coordinated",
            "same-length",
            "same-frame",
            "spelt-out",
            "says",
            "before",
        ],
    },
    Comparison {
        of: "organisation",
        same: "first-words",
        differ: "last-word",
        facts: &["like", "dialect", "in-table", "short-form", "same-sentence", "three"],
    },
    Comparison {
        of: "organisation",
        same: "last-words",
        differ: "first-word",
        facts: &["like", "dialect", "in-table", "short-form", "same-sentence", "three"],
    },
    Comparison {
        of: "organisation",
        same: "other-words",
        differ: "small-words",
        facts: &["small-words", "articles", "number", "firm", "headed", "three", "joined", "same-sentence"],
    },
    Comparison {
        of: "organisation",
        same: "folded-words",
        differ: "ampersand",
        facts: &["same-sentence", "alone", "common-word"],
    },
    Comparison {
        of: "organisation",
        same: "folded-words",
        differ: "spelling",
        facts: &[
            "hyphen",
            "dialect",
            "accents",
            "two-bodies",
            "often",
            "rarer",
            "in-table",
            "body",
            "own-name",
            "same-sentence",
            "nouns-capitalised",
        ],
    },
    Comparison {
        of: "definition",
        same: "long-name",
        differ: "letters",
        facts: &[
            "reads-off",
            "in-table",
            "of-another-body",
            "neighbour-swap",
            "translated",
            "anagram",
            "one-letter",
            "last-word",
            "reads-strictly",
            "long",
            "all-words",
            "mixed-case",
            "firm",
            "foreign",
            "english",
            "expected-known",
            "used-elsewhere",
            "expected-used",
            "weak",
        ],
    },
    Comparison {
        of: "definition",
        same: "letters",
        differ: "long-name",
        facts: &["both-read-off", "inflection", "dialect", "weak"],
    },
    Comparison {
        of: "acronym",
        same: "letters",
        differ: "definition",
        facts: &["used-before", "defined-twice", "never-used", "known", "close", "headline", "quoted"],
    },
    Comparison {
        of: "person",
        same: "last-word-and-role",
        differ: "first",
        facts: &[
            "same-sentence",
            "kinship",
            "used-again",
            "specific-role",
            "one-at-a-time",
            "both-given",
            "both-titled",
            "bare",
            "introduced-here",
            "elsewhen",
            "told-apart",
        ],
    },
    Comparison {
        of: "person",
        same: "last-word",
        differ: "first",
        facts: &[
            "several",
            "kinship",
            "same-sentence",
            "introduced",
            "introduced-here",
            "listed",
            "attributed",
            "attributed-both",
            "opens",
            "same-initial",
            "quoted",
            "given",
            "same-age",
            "same-gender",
            "person",
            "bare-between",
            "bare-after",
        ],
    },
    Comparison {
        of: "person",
        same: "last-word",
        differ: "honorific",
        facts: &[
            "kinship",
            "other-first",
            "introduced",
            "given-name",
            "same-sentence",
            "full",
            "introduced-here",
            "quoted",
            "married",
            "couple",
        ],
    },
    Comparison {
        of: "person",
        same: "last-word-and-head",
        differ: "title-modifier",
        facts: &["elsewhen", "kinship", "other-first"],
    },
    Comparison {
        of: "person",
        same: "last-word",
        differ: "party",
        facts: &["elsewhen", "kinship", "other-first", "state-only"],
    },
    Comparison { of: "person", same: "last-word", differ: "headline-first", facts: &["kinship", "several"] },
    Comparison {
        of: "person",
        same: "last-word",
        differ: "age",
        facts: &["elsewhen", "kinship", "other-first", "several", "full", "suffix", "sure", "same-sentence", "listed"],
    },
    Comparison { of: "person", same: "last-word", differ: "pronoun", facts: &["honorific-clash"] },
    Comparison {
        of: "person",
        same: "last-word",
        differ: "introduction",
        facts: &["attributed", "common-word", "table-word", "opens", "quoted"],
    },
    Comparison {
        of: "place",
        same: "variant",
        differ: "spelling",
        facts: &["renamed", "same-sentence", "told", "elsewhen", "long-ago", "style", "rarer"],
    },
    Comparison { of: "organisation", same: "name", differ: "number", facts: &["team", "plural-name", "quoted"] },
    Comparison { of: "house", same: "person", differ: "spelling", facts: &["near", "headline"] },
    Comparison { of: "house", same: "organisation", differ: "spelling", facts: &["near", "headline"] },
    Comparison { of: "house", same: "acronym", differ: "spelling", facts: &["near", "headline"] },
    Comparison { of: "house", same: "place", differ: "spelling", facts: &["near", "headline"] },
    Comparison { of: "house", same: "term", differ: "spelling", facts: &["near", "headline"] },
    Comparison { of: "house", same: "person", differ: "title", facts: &["elsewhen"] },
    // Words of a class: `of: "<spelling-variant>"`.
    Comparison { of: CLASS, same: "value", differ: "words", facts: &[] },
    Comparison { of: CLASS, same: "document", differ: "value", facts: &[] },
    // The two halves of a value: `potential:z`.
    Comparison { of: CLASS, same: "stem", differ: "branch", facts: &[] },
    // Compounds around a hyphen of the class, and the same letters without it.
    Comparison { of: CLASS, same: "letters", differ: "hyphens", facts: &[] },
];

/// What stands for any class in a comparison.
const CLASS: &str = "<class>";

/// Is there a comparison of that?
pub fn has(of: &str) -> bool {
    of.starts_with('<') || COMPARISONS.iter().any(|comparison| comparison.of == of)
}

/// The comparison of these words; else what is known.
pub fn find(of: &str, differ: &str, same: &str) -> Result<&'static Comparison, String> {
    let of = if of.starts_with('<') { CLASS } else { of };
    let same_or_silent = |comparison: &&Comparison| same.is_empty() || comparison.same == same;
    let fits = |comparison: &&Comparison| comparison.of == of && comparison.differ == differ;
    let mut found = COMPARISONS.iter().filter(fits).filter(same_or_silent);
    found.next().ok_or_else(|| {
        let known: Vec<String> = COMPARISONS
            .iter()
            .filter(|comparison| comparison.of == of || !COMPARISONS.iter().any(|other| other.of == of))
            .map(|comparison| {
                format!("of: {}, same: {}, differ: {}", comparison.of, comparison.same, comparison.differ)
            })
            .collect();
        format!("what can be compared: {}", known.join("; "))
    })
}
