//! The classes of the lexicon that names ask for.

use factlint_rules::lexicon::ClassId;

use crate::lexicons::Lexicons;

macro_rules! classes {
    ($($field:ident = $name:literal),* $(,)?) => {
        /// The lexicon classes that names ask for, by number.
        #[derive(Clone, Copy, Debug)]
        #[allow(missing_docs, reason = "each is named as its class")]
        pub struct NameClasses { $(pub $field: ClassId),* }

        impl NameClasses {
            /// Looks the classes up.
            pub fn new(lexicons: &Lexicons) -> NameClasses {
                NameClasses { $($field: lexicons.class($name)),* }
            }
        }
    };
}

classes! {
    title = "title",
    title_plural = "title-plural",
    modifier = "title-modifier",
    honorific = "honorific",
    lead = "name-lead",
    courtesy = "courtesy-word",
    female_title = "female-title",
    attribution = "attribution",
    quoted_by = "quoted-by",
    particle = "particle",
    origin_particle = "origin-particle",
    noble_word = "noble-word",
    elision = "elision",
    locative = "locative",
    organisation = "organisation-word",
    joiner = "name-joiner",
    stop = "name-stop",
    abbreviation = "abbreviation",
    country = "country",
    city = "city",
    demonym = "demonym",
    kinship = "kinship",
    elsewhen = "drift-elsewhen",
    and = "and-word",
    the = "the-word",
    of = "of-body",
    nickname = "nickname",
    pronoun = "pronoun",
    party_sign = "party-sign",
    party_name = "party-name",
    portfolio = "portfolio",
    compound_tail = "compound-tail",
    no_surname = "no-surname",
    first_name = "first-name",
    given_name = "given-name",
    office_head = "office-head",
    weekday = "weekday",
    month = "month",
    before_day = "before-day",
}
