//! What the reader makes of printed numbers, by language.

use super::{Measure, NumberReading};
use crate::document::{Block, BlockKind};
use crate::lexicons::Lexicons;
use crate::mentions::{Passage, Readers, Reading};

/// Each number of a text: its words, its value, what it measures.
fn read(language: &str, text: &str) -> Vec<String> {
    let pack = crate::rules::embedded();
    let lexicons = Lexicons::new(&pack.clone().into());
    let readers = Readers::new(&lexicons, &pack);
    let block = Block::verbatim(BlockKind::Paragraph, text, 0);
    let mut passage = Passage::new(&block, 0, lexicons.find(language), &lexicons);
    readers.read(&mut passage, None);
    let measure = |number: &NumberReading| match &number.measure {
        Measure::Money(code) => code.to_string(),
        Measure::Unit(unit) => unit.id.clone(),
        other => format!("{other:?}").to_lowercase(),
    };
    passage
        .mentions
        .iter()
        .filter_map(|mention| match &mention.reading {
            Reading::Number(number) => {
                let words = passage.slice(mention.first as usize, mention.end as usize);
                let top = number.top.map(|top| format!("–{}", top.normalize())).unwrap_or_default();
                Some(format!("{words} = {}{top} {}", number.face.round_dp(3).normalize(), measure(number)))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn words_are_numbers_in_seven_languages() {
    assert_eq!(read("en", "two hundred and five cows"), ["two hundred and five = 205 plain"]);
    assert_eq!(read("en", "forty-five thousand homes"), ["forty-five thousand = 45000 plain"]);
    assert_eq!(read("de", "zweihundertdreißig Menschen"), ["zweihundertdreißig = 230 plain"]);
    assert_eq!(read("pt", "duzentos e cinquenta barcos"), ["duzentos e cinquenta = 250 plain"]);
    assert_eq!(read("es", "tres mil millones de euros"), ["tres mil millones de euros = 3000000000 EUR"]);
    assert_eq!(read("fr", "quatre-vingt-dix maires"), ["quatre-vingt-dix = 90 plain"]);
    assert_eq!(read("it", "duecentocinquanta case"), ["duecentocinquanta = 250 plain"]);
    assert_eq!(read("nl", "driehonderdvijftig huizen"), ["driehonderdvijftig = 350 plain"]);
}

#[test]
fn hedges_belong_to_their_number() {
    assert_eq!(read("en", "more than 500 people"), ["more than 500 = 500 plain"]);
    assert_eq!(read("fr", "près de 12 % des élus"), ["près de 12 % = 0.12 percent"]);
}

#[test]
fn measures_stand_before_or_after() {
    assert_eq!(read("en", "$5bn"), ["$5bn = 5000000000 USD"]);
    assert_eq!(read("en", "a 116-foot mast"), ["116-foot = 116 foot"]);
    assert_eq!(read("en", "6ft 2in tall"), ["6ft 2in = 6.167 foot"]);
    assert_eq!(read("pt", "3 milhões de euros"), ["3 milhões de euros = 3000000 EUR"]);
    assert_eq!(read("de", "20 Grad Celsius"), ["20 Grad Celsius = 20 celsius"]);
}

#[test]
fn a_range_gives_both_ends_and_the_whole() {
    assert_eq!(
        read("en", "5 to 10 percent"),
        ["5 to 10 percent = 0.05–0.1 percent", "5 = 0.05 percent", "10 percent = 0.1 percent"]
    );
}

#[test]
fn a_share_takes_no_scale_from_the_sum_after_it() {
    assert_eq!(read("en", "rose 20% to $54 million")[0], "20% = 0.2 percent");
    assert_eq!(read("en", "$7 to $9 billion")[1], "$7 = 7000000000 USD");
}

#[test]
fn four_digits_before_what_is_counted_are_no_year() {
    assert_eq!(read("en", "of the 2000 people"), ["2000 = 2000 plain"]);
    assert_eq!(read("de", "von den 1500 Einwohnern"), ["1500 = 1500 plain"]);
    assert!(read("en", "in 2000 people fled").is_empty());
    assert_eq!(read("nl", "1350 van de 2500 stemmen"), ["1350 = 1350 plain", "2500 = 2500 plain"]);
    assert_eq!(read("de", "stieg von 1500 auf 1800"), ["1500 = 1500 plain", "1800 = 1800 plain"]);
    assert!(read("de", "von 2019 auf 2020 verschoben").is_empty());
    assert!(read("en", "from 1500 to 1800").is_empty());
    assert_eq!(read("es", "al pasar de 1500 a 1800")[1..], ["1500 = 1500 plain", "1800 = 1800 plain"]);
}

#[test]
fn what_is_no_number_is_none() {
    for text in
        ["version 1.2.3", "at 10:30", "the A320", "call 555-1234-22", "in the 1990s", "Covid-19", "a third party"]
    {
        assert!(
            read("en", text).iter().all(|found| !found.contains("plain") && !found.contains("fraction")),
            "{text}: {:?}",
            read("en", text)
        );
    }
}

#[test]
fn monstrous_numbers_are_none() {
    for text in ["9".repeat(400), format!("1.{}", "9".repeat(400)), "million ".repeat(200), "one million ".repeat(200)]
    {
        read("en", &text);
    }
    assert!(read("en", &"9".repeat(400)).is_empty());
}

#[test]
fn a_hedge_that_ends_in_the_word_for_minus_is_no_sign() {
    assert_eq!(read("es", "Al menos 13 barcos"), ["Al menos 13 = 13 plain"]);
    assert_eq!(read("pt", "pelo menos 13 barcos"), ["pelo menos 13 = 13 plain"]);
    assert_eq!(read("fr", "au moins 13 bateaux"), ["au moins 13 = 13 plain"]);
    assert_eq!(read("es", "a menos 13 grados"), ["menos 13 = -13 plain"]);
}

#[test]
fn a_hedge_is_no_part_of_an_acronym() {
    assert_eq!(read("en", "the E.C. 30,700 tonnes"), ["30,700 tonnes = 30700 tonne"]);
    assert_eq!(read("en", "built c. 1,700 homes"), ["c. 1,700 = 1700 plain"]);
}

#[test]
fn numbers_side_by_side_share_what_one_of_them_says() {
    assert_eq!(read("en", "4.89 and 4.79 billion"), ["4.89 = 4890000000 plain", "4.79 billion = 4790000000 plain"]);
    let points = read("en", "between 59 and 84 basis points");
    assert!(points.contains(&"59 = 0.006 points".to_owned()), "{points:?}");
    assert_eq!(read("en", "in 1987-89"), Vec::<String>::new());
    let thousands = read("es", "de 29.000 a 28.000 millones");
    assert!(thousands[0].contains("= 29000000000"), "{thousands:?}");
}

#[test]
fn halves_and_quarters_of_a_scale_or_a_point_are_numbers() {
    assert_eq!(read("en", "half a million people"), ["half a million = 500000 plain"]);
    assert_eq!(read("pt", "meio milhão de pessoas"), ["meio milhão = 500000 plain"]);
    assert_eq!(read("en", "by half a point"), ["half a point = 0.005 points"]);
    assert_eq!(read("en", "three-quarters of a point"), ["three-quarters of a point = 0.008 points"]);
    assert_eq!(read("en", "rose by a third to 40 homes"), ["a third = 0.333 fraction", "40 = 40 plain"]);
    assert_eq!(read("en", "sold by a third party"), ["third = 3 ordinal"]);
}

#[test]
fn fewer_than_is_not_minus() {
    assert_eq!(read("pt", "menos três do que ontem"), ["três = 3 plain"]);
    assert_eq!(read("pt", "menos 500 do que ontem"), ["500 = 500 plain"]);
    assert_eq!(read("pt", "menos 3 graus Celsius"), ["menos 3 graus Celsius = -3 celsius"]);
    assert_eq!(read("en", "minus 500 in the third round"), ["minus 500 = -500 plain", "third = 3 ordinal"]);
}

#[test]
fn a_list_of_names_after_a_noun_stands_between_commas() {
    let lists = |text| read("en", text).into_iter().filter(|words| words.contains("and")).collect::<Vec<_>>();
    assert_eq!(lists("the winners, Ann, Bea and Tom, were pleased"), ["Ann, Bea and Tom = 3 plain"]);
    assert_eq!(lists("the winners - Ann and Bea - were pleased"), ["Ann and Bea = 2 plain"]);
    assert_eq!(lists("the winners, Ann, Bea and the mayor, were pleased"), Vec::<String>::new());
    assert_eq!(lists("he met Ann, Bea and Tom, who were pleased"), Vec::<String>::new());
}

#[test]
fn a_round_noun_counts_loosely() {
    assert_eq!(read("fr", "une centaine de manifestants"), ["une centaine = 100 plain"]);
    assert_eq!(read("it", "più di un centinaio"), ["più di un centinaio = 100 plain"]);
    assert_eq!(read("fr", "des centaines de manifestants"), Vec::<String>::new());
}

#[test]
fn an_article_that_lost_its_vowel_may_stand_before_a_number() {
    assert_eq!(read("it", "dal 6% all'8%"), ["6% = 0.06 percent", "8% = 0.08 percent"]);
    assert_eq!(read("en", "in the '80s"), Vec::<String>::new());
}

#[test]
fn single_small_words_behind_a_colon_are_a_list() {
    let lists = |text| read("en", text).into_iter().filter(|words| words.contains("and")).collect::<Vec<_>>();
    assert_eq!(lists("three colours: red, white and blue."), ["red, white and blue = 3 plain"]);
    assert_eq!(lists("three wishes: to eat, to sleep and to pray."), ["to eat, to sleep and to pray = 3 plain"]);
    assert_eq!(lists("three wishes: red wine, white bread and soup."), Vec::<String>::new());
}

#[test]
fn a_way_to_a_number_that_is_no_year_leads_from_none() {
    assert_eq!(read("de", "von 1200 auf 900"), ["1200 = 1200 plain", "900 = 900 plain"]);
    assert_eq!(read("es", "de 900 a 1200")[1..], ["900 = 900 plain", "1200 = 1200 plain"]);
    assert_eq!(read("en", "from 1990 to 95").len(), 1);
}

#[test]
fn what_money_goes_to_is_no_money() {
    assert_eq!(read("en", "$9 million to three winners"), ["$9 million = 9000000 USD", "three = 3 plain"]);
    assert_eq!(read("en", "from $50 to 40")[..2], ["$50 = 50 USD", "40 = 40 USD"]);
}

#[test]
fn a_number_in_words_is_read_whole() {
    assert_eq!(read("fr", "neuf-cent-soixante-et-un lits"), ["neuf-cent-soixante-et-un = 961 plain"]);
    assert_eq!(read("fr", "huitante-six lits"), ["huitante-six = 86 plain"]);
    assert_eq!(read("it", "centottanta posti"), ["centottanta = 180 plain"]);
    assert_eq!(read("pt", "um milhão e meio de pessoas"), ["um milhão e meio = 1500000 plain"]);
    assert_eq!(read("nl", "twee en een half miljoen mensen"), ["twee en een half miljoen = 2500000 plain"]);
    assert_eq!(read("es", "ciento un mil camas"), ["ciento un mil = 101000 plain"]);
    let joined = read("en", "one thousand, four hundred and six (1,406) beds");
    assert_eq!(joined[0], "one thousand, four hundred and six = 1406 plain");
    let parted = read("en", "of the two thousand, five hundred stayed");
    assert!(parted.contains(&"two thousand = 2000 plain".to_owned()), "{parted:?}");
}
