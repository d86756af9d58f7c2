//! What expressions may use: the functions, and the fields of each kind of mention, with their types.
//!
//! This is the one list; rule files are checked against it when they are loaded, and the reference is made from it.
//! What a function does is in the main crate's `expressions/`.

use crate::block::WORDS as BLOCKS;
use crate::kind::{Kind, KindSet};

/// The type of a value in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Not known before it runs.
    Any,
    /// A condition.
    Bool,
    /// A number, read as an interval.
    Number,
    /// A text.
    Text,
    /// A day of the calendar, or what is known of one.
    Date,
    /// A mention of one of these kinds.
    Mention(KindSet),
    /// Several of one type.
    List(&'static Type),
    /// Several mentions of these kinds.
    Mentions(KindSet),
    /// A block of the document.
    Block,
    /// The document.
    Document,
    /// A class of a lexicon.
    Class,
}

impl Type {
    /// Can a value of this type stand where `wanted` is asked for?
    pub fn fits(&self, wanted: &Type) -> bool {
        match (self, wanted) {
            (Type::Any, _) | (_, Type::Any) => true,
            // A mention serves as its reading, or as its words.
            (Type::Mention(_), Type::Number | Type::Text | Type::Date | Type::Mention(_)) => true,
            (Type::Mentions(_), Type::List(_) | Type::Mentions(_)) => true,
            (Type::List(_), Type::List(_) | Type::Mentions(_)) => true,
            _ => self == wanted,
        }
    }

    /// The type in words.
    pub fn words(&self) -> String {
        match self {
            Type::Any => "anything".into(),
            Type::Bool => "a condition".into(),
            Type::Number => "a number".into(),
            Type::Text => "a text".into(),
            Type::Date => "a date".into(),
            Type::Mention(KindSet::EMPTY) => "a phrase".into(),
            Type::Mention(kinds) => kinds.iter().map(Kind::word).collect::<Vec<_>>().join("|"),
            Type::List(_) | Type::Mentions(_) => "a list".into(),
            Type::Block => "a block".into(),
            Type::Document => "the document".into(),
            Type::Class => "a class".into(),
        }
    }
}

/// A function of the expression language.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// The types of its parameters.
    pub params: &'static [Type],
    /// How many of the last parameters may be left out.
    pub optional: usize,
    /// The type of its result.
    pub result: Type,
    /// One line for the reference.
    pub doc: &'static str,
}

const fn f(name: &'static str, params: &'static [Type], result: Type, doc: &'static str) -> Function {
    Function { name, params, optional: 0, result, doc }
}

const ANY: Type = Type::Any;
const NUMBER: Type = Type::Number;
const TEXT: Type = Type::Text;
const DATE: Type = Type::Date;
const BLOCK: Type = Type::Block;

/// All functions, by subject.
pub const FUNCTIONS: &[Function] = &[
    // Numbers
    f("abs", &[NUMBER], NUMBER, "abs(x): without its sign"),
    f("sum", &[Type::List(&NUMBER)], NUMBER, "sum(list): all of them added"),
    f("count", &[ANY], NUMBER, "count(list): how many there are"),
    f("min", &[NUMBER, NUMBER], NUMBER, "min(a, b): the lesser"),
    f("max", &[NUMBER, NUMBER], NUMBER, "max(a, b): the greater"),
    f(
        "near",
        &[NUMBER, NUMBER, NUMBER],
        Type::Bool,
        "near(a, b, 0.3): do they differ by at most that part of the greater?",
    ),
    f("percent", &[NUMBER], TEXT, "x | percent: printed as a percentage"),
    f("plain", &[NUMBER], TEXT, "x | plain: printed with its digits"),
    f("ordinal", &[NUMBER], TEXT, "x | ordinal: printed as 12th"),
    f("sum-up", &[ANY], TEXT, "list | sum-up: printed as 5 + 4 + 2"),
    f("any", &[ANY], Type::Bool, "any(list.hedged): is one of them true?"),
    f("like", &[NUMBER, ANY], TEXT, "x | like(figure): written in the form of that figure"),
    f("alike", &[ANY, ANY], Type::Bool, "alike(a, b): do they measure the same, in the same unit or currency?"),
    f(
        "comparable",
        &[ANY, ANY],
        Type::Bool,
        "comparable(a, b): are they alike, or does one leave out the unit of the other, as in “€150 million from 120 million”? Of a list, all of it",
    ),
    f("all-alike", &[ANY], Type::Bool, "all-alike(list): do all of them measure the same?"),
    f("converted", &[ANY, ANY], NUMBER, "converted(a, b): the printed value of a in the unit of b"),
    f("converts", &[ANY, ANY], Type::Bool, "converts(a, b): are they one quantity in two units, as people round?"),
    f(
        "converts-difference",
        &[ANY, ANY],
        Type::Bool,
        "converts-difference(a, b): are they one difference of temperatures?",
    ),
    f(
        "usual-rate",
        &[ANY, ANY],
        NUMBER,
        "usual-rate(a, b): the rate at which the document's other pairs convert a's currency into b's, 10% either way",
    ),
    f(
        "shares-beside",
        &[ANY, ANY],
        NUMBER,
        "shares-beside(share, whole): how many other parts of the sentence of share have their share of that whole beside them, as 141 votes (16%)",
    ),
    f(
        "told-apart",
        &[ANY, ANY],
        Type::Bool,
        "told-apart(a, b): has the draft a count that is their difference, so that they may count two sets?",
    ),
    f(
        "transposed",
        &[NUMBER, NUMBER],
        Type::Bool,
        "transposed(a, b): have they the same digits in another order, as 23 and 32, or 1,200 and 2,100?",
    ),
    f("misgrouped", &[ANY], Type::Bool, "misgrouped(digits): are its digits grouped as no custom groups them?"),
    f("short-group", &[ANY], Type::Bool, "short-group(digits): has its only group two digits, as 12,50 in English?"),
    f("p-t", &[NUMBER, NUMBER], NUMBER, "p-t(t, df): the two-sided p value"),
    f("p-r", &[NUMBER, NUMBER], NUMBER, "p-r(r, df): the two-sided p value of a correlation"),
    f("p-z", &[NUMBER], NUMBER, "p-z(z): the two-sided p value"),
    f("p-chi2", &[NUMBER, NUMBER], NUMBER, "p-chi2(x, df): the p value"),
    f("p-f", &[NUMBER, NUMBER, NUMBER], NUMBER, "p-f(f, df, df2): the p value"),
    f(
        "possible-mean",
        &[ANY, NUMBER],
        Type::Bool,
        "possible-mean(mean, n): can n whole numbers have the mean that is printed?",
    ),
    f(
        "possible-share",
        &[NUMBER, NUMBER],
        Type::Bool,
        "possible-share(share, n): can a whole number of n be that share, as it is printed?",
    ),
    f("cells-above", &[ANY], Type::List(&NUMBER), "cells-above(x): the numbers above it in its table"),
    f("cells-left", &[ANY], Type::List(&NUMBER), "cells-left(x): the numbers to its left in its table's row"),
    f("row-head", &[ANY], TEXT, "row-head(x): the words of the first cell of its row"),
    f("column-head", &[ANY], TEXT, "column-head(x): the words of the first cell of its column"),
    f(
        "cell-beside",
        &[ANY, Type::Class],
        TEXT,
        "cell-beside(x, <class>): the value in that class of the whole cell to its left, or else to its right",
    ),
    f(
        "reckoned",
        &[ANY],
        NUMBER,
        "reckoned(x): what its cell would be by the arithmetic that all other lines of its table follow and its own does not",
    ),
    f(
        "reckoned-as",
        &[ANY],
        TEXT,
        "reckoned-as(x): that arithmetic: sum, difference, product, quotient, share or change",
    ),
    f("items-after", &[ANY], NUMBER, "items-after(x): how many items the list has that follows its block"),
    f("item-figures", &[ANY], Type::List(&NUMBER), "item-figures(x): the first count of each item of that list"),
    f(
        "items-before",
        &[ANY],
        Type::List(&NUMBER),
        "items-before(x): the only number of each item before it in its list",
    ),
    // Words
    f("has", &[ANY], Type::Bool, "has(x): is it there?"),
    f("text", &[ANY], TEXT, "text(x): the words as they stand"),
    f("lower", &[ANY], TEXT, "lower(x): the words without capitals"),
    f("length", &[ANY], NUMBER, "length(x): how many characters its words have"),
    f("decoded", &[ANY], TEXT, "decoded(x): the words as they were meant, where they were decoded wrongly"),
    f("vowel-sound", &[ANY], Type::Bool, "vowel-sound(word): is it said with a vowel first?"),
    f("is", &[ANY, Type::Class], Type::Bool, "is(word, <class>): is it of that class?"),
    f("value", &[ANY, Type::Class], TEXT, "value(words, <class>): their value in that class"),
    f("phrase", &[TEXT, Type::Class], TEXT, "phrase(value, <class>): the first phrase of the class with this value"),
    f("recased", &[TEXT, ANY], TEXT, "recased(words, like): the words capitalised as those"),
    f(
        "shared-words",
        &[ANY, ANY],
        NUMBER,
        "shared-words(a, b): how many words of meaning the sentences of a and b have in common",
    ),
    f(
        "shared-alone",
        &[ANY, ANY],
        NUMBER,
        "shared-alone(a, b): how many words of meaning the sentences of a and b share that no other sentence of the text has",
    ),
    f(
        "told-alike",
        &[ANY, ANY],
        NUMBER,
        "told-alike(a, b): how many words of meaning stand alike around two figures, in a row before them and in a row after them",
    ),
    f(
        "told-near",
        &[ANY, ANY],
        NUMBER,
        "told-near(a, b): how many words of meaning two figures of two sentences have in common beside them, at most eight words away",
    ),
    f(
        "told-else",
        &[ANY, ANY],
        NUMBER,
        "told-else(a, b): how many words of meaning that stand beside a figure, at most eight words away, stand nowhere in the sentence of another",
    ),
    f("akin", &[ANY, ANY], Type::Bool, "akin(a, b): are they forms of one word, as job and jobs, by their letters?"),
    f("speaks-of", &[ANY, ANY], Type::Bool, "speaks-of(x, word): has the sentence of x a form of that word?"),
    Function {
        name: "values-of",
        params: &[ANY, ANY],
        optional: 1,
        result: NUMBER,
        doc: "values-of(x, word): how many different values of what x measures the draft has, before a form of that word if one is given",
    },
    f(
        "slip-of",
        &[NUMBER, NUMBER],
        Type::Bool,
        "slip-of(a, b): can one have become the other by a slip of the keys: one digit another, two changed about, a point moved, or one more or less?",
    ),
    f(
        "set-apart",
        &[ANY, ANY],
        Type::Bool,
        "set-apart(a, b): do their sentences tell of two places or two months, each naming its own and none of the other's; or a of a year that b does not name; or are they the same but for a name or a word or two?",
    ),
    f("one-sentence", &[ANY, ANY], Type::Bool, "one-sentence(a, b): do they stand in one sentence?"),
    f("leads", &[ANY], Type::Bool, "leads(x): is it the first figure of its sentence that measures what it measures?"),
    f("figures", &[ANY], NUMBER, "figures(x): how many figures its sentence has, days and years apart"),
    f(
        "mates",
        &[ANY],
        Type::Mentions(KindSet::of(FIGURES)),
        "mates(x): the other figures of its sentence that measure what it does, in order: the other percentages, counts, sums of that currency",
    ),
    f("mates-before", &[ANY], Type::Mentions(KindSet::of(FIGURES)), "mates-before(x): those before it"),
    f("mates-after", &[ANY], Type::Mentions(KindSet::of(FIGURES)), "mates-after(x): those behind it"),
    f(
        "adds-up",
        &[NUMBER, ANY],
        Type::Bool,
        "adds-up(x, list): can x be the sum of the list, or of two or more of it in a row?",
    ),
    f(
        "counting",
        &[ANY, ANY],
        Type::Mentions(KindSet::of(FIGURES)),
        "counting(x, word): the other figures of the sentence of x, and of the two before it, that count such things: “12 old houses” for “house”",
    ),
    f("used", &[ANY], NUMBER, "used(word): how often the document has it, just so"),
    f(
        "used-in-any-case",
        &[ANY],
        NUMBER,
        "used-in-any-case(word): how often the document has it, whatever its capitals",
    ),
    f(
        "lowercase-elsewhere",
        &[ANY],
        Type::Bool,
        "lowercase-elsewhere(word): has the document the word without a capital?",
    ),
    f("emphasised", &[ANY], Type::Bool, "emphasised(x): is it set in italics or bold?"),
    f(
        "beside",
        &[ANY, Type::Class],
        Type::Bool,
        "beside(x, <class>): has its sentence a phrase of that class? What hedges a figure (“more than 100”) is none",
    ),
    f("quoted", &[ANY], Type::Bool, "quoted(x): does it stand inside quotation marks?"),
    f("alone-in-quotes", &[ANY], Type::Bool, "alone-in-quotes(x): do quotation marks hold it and nothing else?"),
    f("wide-gap", &[ANY], Type::Bool, "wide-gap(x): does more than one blank, or a tab, stand before it?"),
    f("opens-line", &[ANY], Type::Bool, "opens-line(x): does it open a line of the source, in the midst of its block?"),
    f("markup-before", &[ANY], Type::Bool, "markup-before(x): does markup stand between it and the word before it?"),
    f("glued", &[ANY], Type::Bool, "glued(x): does it touch what stands before it?"),
    f("starts-sentence", &[ANY], Type::Bool, "starts-sentence(x): does it open a sentence?"),
    f("starts-block", &[ANY], Type::Bool, "starts-block(x): does it open its block?"),
    f("ends-block", &[ANY], Type::Bool, "ends-block(x): does it close its block?"),
    // Dates
    f(
        "weekday",
        &[NUMBER],
        TEXT,
        "n | weekday: printed as the name of the weekday, 1 for Monday, in the block's language",
    ),
    f("month", &[NUMBER], TEXT, "n | month: printed as the name of the month, in the block's language"),
    f("years", &[DATE, DATE], NUMBER, "years(a, b): the whole years from a to b, as far as the two are known"),
    f(
        "days",
        &[DATE, DATE],
        NUMBER,
        "days(a, b): the days from a to b, as far as the two are known; a date without a year beside a whole one is the nearest",
    ),
    f(
        "lasts",
        &[ANY, DATE, DATE],
        Type::Bool,
        "lasts(length, a, b): can it be that long from a to b, the first day counted or not?",
    ),
    f("apart", &[ANY, DATE, DATE], Type::Bool, "apart(length, a, b): can b come that long after a, as people count?"),
    f(
        "in-months",
        &[DATE, TEXT],
        Type::Bool,
        "in-months(a, '4-6'): can it lie in these months? 11-3 runs over the new year",
    ),
    f(
        "on-weekday",
        &[DATE, NUMBER],
        Type::Bool,
        "on-weekday(a, n): can the date be on that weekday, 1 for Monday? Without a year it lies about the publication date",
    ),
    f("shift", &[DATE, ANY], DATE, "shift(a, n): the day n days after a"),
    f("same-day", &[DATE, DATE], Type::Bool, "same-day(a, b): can the two be one day, by all that they say?"),
    f(
        "falls-on",
        &[DATE, TEXT],
        Type::Bool,
        "falls-on(a, 'nth 4 4 11'): can it be the day of that rule? fixed M-D, nth N WEEKDAY MONTH DAYS (-1: the last, and as many days later), easter DAYS (of either church), orthodox DAYS; “or” joins two, “from 1971” bounds one",
    ),
    f(
        "falls-in",
        &[DATE, TEXT, DATE],
        Type::Bool,
        "falls-in(a, 'nth 4 4 11', y): the same in the year of y, if a says none",
    ),
    f("day-of", &[TEXT, DATE], DATE, "day-of('easter -2', a): the day of that rule in the year of a"),
    f("number-of", &[TEXT], NUMBER, "number-of(value(x, <class>)): the whole number that a text is"),
    f("century", &[NUMBER], NUMBER, "century(year): 19 for 1801 to 1900"),
    f("named", &[ANY, TEXT], NUMBER, "named(x, 'year'): how many mentions of that kind its sentence has"),
    // Times of day
    f("is-time", &[ANY], Type::Bool, "is-time(t): is there such a time of day?"),
    Function {
        name: "same-instant",
        params: &[ANY, ANY, DATE],
        optional: 1,
        result: Type::Bool,
        doc: "same-instant(a, b, date): can two times with their zones be one, on one day or the next, about that date? Without one, at any time of the year; of a date that is not known, in the middle of winter or of summer",
    },
    Function {
        name: "in-zone",
        params: &[ANY, ANY, DATE],
        optional: 1,
        result: TEXT,
        doc: "in-zone(a, b, date): the time a on the clock of b, about that date",
    },
    f(
        "in-season",
        &[ANY, DATE],
        Type::Bool,
        "in-season(t, a): is the zone of the time, by <zone-season>, in use on that day, or on one of that month?",
    ),
    f("minutes", &[ANY, ANY], NUMBER, "minutes(a, b): from one time of day to a later one"),
    f("in-hours", &[ANY, TEXT], Type::Bool, "in-hours(t, '5-12'): can it lie from 5 o'clock to 12?"),
    // Names
    f("said-with", &[ANY, Type::Class], Type::Bool, "said-with(x, <class>): has its sentence a phrase of that class?"),
    f(
        "named-elsewhere",
        &[ANY],
        Type::Bool,
        "named-elsewhere(place): does another block name it, or, if it is a country, its people or a city of it?",
    ),
    f(
        "subject",
        &[ANY],
        TEXT,
        "subject(x): the surname of the one person whom x can be said of: whom its sentence names before it, or behind the comma of its opening, or else the last sentence before that names anybody. Not known where that names two, and empty in a draft that names nobody",
    ),
    // Tables
    f(
        "listed",
        &[TEXT, TEXT, TEXT, TEXT, TEXT],
        Type::Bool,
        "listed('capitals', 'country', code, 'city|aliases', words): has a row with that key, true at the date, the words?",
    ),
    f(
        "cell",
        &[TEXT, TEXT, TEXT, TEXT],
        TEXT,
        "cell('capitals', 'country', code, 'city'): a cell of the row with that key",
    ),
    f(
        "near-spelling",
        &[TEXT, TEXT],
        Type::Bool,
        "near-spelling(a, b): are they different, and two letters apart at most?",
    ),
    f(
        "misspelt",
        &[TEXT, TEXT],
        Type::Bool,
        "misspelt(a, b): is one the other with a slip of the keys within it, first and last letter apart?",
    ),
    Function {
        name: "in-office",
        params: &[TEXT, TEXT, ANY, DATE],
        optional: 2,
        result: Type::Bool,
        doc: "in-office(who, office, body, date): does the table of offices have the person in it at that date, else at the publication?",
    },
    Function {
        name: "holder",
        params: &[TEXT, TEXT, ANY, DATE],
        optional: 2,
        result: TEXT,
        doc: "holder(who, office, body, date): who holds the office of that person at that date, else at the publication",
    },
    f(
        "bodies",
        &[TEXT, TEXT],
        Type::List(&TEXT),
        "bodies(who, office): the codes of the bodies where the person held such an office",
    ),
    f("country-name", &[ANY], TEXT, "country-name(code): the name of the country of that code"),
    f("table-date", &[TEXT], TEXT, "table-date('offices'): the day that the table was true of"),
    // Blocks
    f("words", &[BLOCK], NUMBER, "words(block): how many words it has"),
    f("is-quotation", &[BLOCK], Type::Bool, "is-quotation(block): is it a quotation as a whole?"),
    f(
        "has-translation-after",
        &[BLOCK],
        Type::Bool,
        "has-translation-after(block): does the next block, or a bracket, translate it?",
    ),
    f("block-of", &[ANY], BLOCK, "block-of(x): the block that it stands in"),
    f("blocks-of", &[TEXT], NUMBER, "blocks-of(kind): how many blocks of that kind the draft has"),
    f(
        "missing-number",
        &[BLOCK],
        NUMBER,
        "missing-number(block): the number that a numbered block leaves out before it, if it does",
    ),
    f(
        "repeated-number",
        &[BLOCK],
        NUMBER,
        "repeated-number(block): the number of a numbered block, where the block before it in its series has it too",
    ),
    f(
        "opened-earlier",
        &[BLOCK],
        Type::Bool,
        "opened-earlier(block): does an earlier block open a quotation that is still open here?",
    ),
    f(
        "last-captioned",
        &[ANY],
        NUMBER,
        "last-captioned(x): the last number of the captions of that label, if blocks open with all of them from 1 on",
    ),
    f(
        "left-out",
        &[ANY],
        NUMBER,
        "left-out(x): the number that a series of the draft (Table 1, Table 2, Table 4) leaves out before x, if it does",
    ),
    f(
        "quote-goes-on",
        &[BLOCK],
        Type::Bool,
        "quote-goes-on(block): does one of the next two blocks open with a quotation mark?",
    ),
    f(
        "goes-on",
        &[BLOCK],
        Type::Bool,
        "goes-on(block): does the next block open with a small letter, as the rest of a sentence does?",
    ),
    f("closed-later", &[ANY], Type::Bool, "closed-later(x): is the bracket that it opens closed in a later block?"),
    f(
        "opens-emphasised",
        &[BLOCK],
        Type::Bool,
        "opens-emphasised(block): is its first word set in italics or bold, and not its last?",
    ),
    f("is-verse", &[BLOCK], Type::Bool, "is-verse(block): is it set in lines that each begin with a capital?"),
    f(
        "headings-between",
        &[ANY, ANY],
        NUMBER,
        "headings-between(a, b): how many headings stand between two blocks, or between the blocks of two words",
    ),
    f(
        "blocks-between",
        &[ANY, ANY],
        NUMBER,
        "blocks-between(a, b): how far apart two blocks are, or the blocks of two words: 1 if one follows the other",
    ),
    f(
        "section-words",
        &[ANY],
        NUMBER,
        "section-words(x): how many words the draft has for each of its headings; what has few is a manual or a list of changes",
    ),
    f("blocks-in", &[TEXT], NUMBER, "blocks-in(language): how many blocks are in that language"),
    f("blocks-not-in", &[TEXT], NUMBER, "blocks-not-in(language): how many blocks are known to be in another"),
    f(
        "reads-as-caption",
        &[BLOCK],
        Type::Bool,
        "reads-as-caption(block): is it a photo credit, or an unfinished sentence that ends in a date?",
    ),
    f("in-document", &[Type::Class], Type::Bool, "in-document(<class>): has the document a word of that class?"),
];

/// A field of a mention or of another thing.
#[derive(Debug)]
pub struct Field {
    /// Whose field it is.
    pub of: Owner,
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: Type,
    /// One line for the reference.
    pub doc: &'static str,
}

/// What has the field.
#[derive(Debug)]
pub enum Owner {
    /// A mention of any of these kinds.
    Kinds(KindSet),
    /// Every mention.
    Mention,
    /// A date.
    Date,
    /// A block.
    Block,
    /// The document.
    Document,
}

const fn of(kinds: &[Kind], name: &'static str, ty: Type, doc: &'static str) -> Field {
    Field { of: Owner::Kinds(KindSet::of(kinds)), name, ty, doc }
}

const FIGURES: &[Kind] = &[
    Kind::Number,
    Kind::Count,
    Kind::Percent,
    Kind::Points,
    Kind::Fraction,
    Kind::Multiple,
    Kind::Money,
    Kind::Quantity,
    Kind::Temperature,
    Kind::Age,
    Kind::Duration,
    Kind::Year,
    Kind::Ordinal,
    Kind::Digits,
    Kind::List,
];
const DATES: &[Kind] = &[Kind::Date, Kind::Weekday, Kind::Month, Kind::Year];
const NAMES: &[Kind] =
    &[Kind::Name, Kind::Person, Kind::Place, Kind::Organisation, Kind::Acronym, Kind::Title, Kind::Demonym];

/// All fields, by owner.
pub const FIELDS: &[Field] = &[
    Field { of: Owner::Mention, name: "text", ty: Type::Text, doc: "the words as they stand" },
    Field {
        of: Owner::Mention,
        name: "block-kind",
        ty: Type::Text,
        doc: "the kind of the block that it stands in: headline, paragraph, caption …",
    },
    Field { of: Owner::Mention, name: "block-number", ty: Type::Number, doc: "the place of its block, from 0" },
    Field { of: Owner::Mention, name: "place", ty: Type::Number, doc: "its place in the text; more is later" },
    Field { of: Owner::Mention, name: "quoted", ty: Type::Bool, doc: "it stands inside quotation marks" },
    Field { of: Owner::Block, name: "language", ty: Type::Text, doc: "its language, if it is known" },
    Field {
        of: Owner::Block,
        name: "kind",
        ty: Type::Text,
        doc: "headline, heading, paragraph, caption, quote, list-item, table-cell",
    },
    Field {
        of: Owner::Block,
        name: "level",
        ty: Type::Number,
        doc: "how deep a heading, a list or a quote is; 0 of a heading that only its form makes one",
    },
    Field { of: Owner::Block, name: "text", ty: Type::Text, doc: "its text without markup" },
    Field { of: Owner::Block, name: "is-last", ty: Type::Bool, doc: "no other block follows" },
    Field { of: Owner::Document, name: "language", ty: Type::Text, doc: "its language, if it is known" },
    Field { of: Owner::Document, name: "date", ty: Type::Date, doc: "its publication date, if it is known" },
    Field { of: Owner::Document, name: "dialect", ty: Type::Text, doc: "the dialect set for it, if any" },
    // Figures
    of(FIGURES, "face", Type::Number, "the printed value, without hedge or rounding"),
    of(FIGURES, "printed", Type::Number, "the printed value, half a unit of its last digit up and down"),
    of(
        FIGURES,
        "rounded",
        Type::Number,
        "the printed value, half a unit of its last digit that is not zero up and down",
    ),
    of(FIGURES, "top", Type::Number, "the upper end of a range"),
    of(FIGURES, "step", Type::Number, "one unit of its last printed digit"),
    of(FIGURES, "significant", Type::Number, "how many of its printed digits say something: 2 of 4,500 and of $4.5bn"),
    of(FIGURES, "scale", Type::Number, "the value of its scale word, or 1"),
    of(FIGURES, "decimals", Type::Number, "how many decimals are printed"),
    of(
        FIGURES,
        "hedge",
        Type::Text,
        "about, loosely, nearly, just-over, more-than, at-least, less-than, at-most, or nothing",
    ),
    of(FIGURES, "is-range", Type::Bool, "it is a range: 5 to 10"),
    of(FIGURES, "year-like", Type::Bool, "four bare digits that may be a year"),
    of(FIGURES, "labelled", Type::Bool, "a word before it makes it a name: page 12"),
    of(FIGURES, "hedged", Type::Bool, "a hedge stands before or after it"),
    of(FIGURES, "in-words", Type::Bool, "it is written in words"),
    of(FIGURES, "digits", Type::Number, "how many digits are printed"),
    of(FIGURES, "unit", Type::Text, "its unit or currency, by its id"),
    of(FIGURES, "dimension", Type::Text, "length, mass, money, percent, points, count …"),
    // Dates
    of(DATES, "weekday", Type::Number, "1 is Monday, 7 Sunday"),
    of(DATES, "day", Type::Number, "the day of the month"),
    of(DATES, "month", Type::Number, "1 to 12"),
    of(DATES, "year", Type::Number, "the year"),
    // Names
    of(NAMES, "last", Type::Text, "the last word of the name"),
    of(NAMES, "first", Type::Text, "what stands before the last word"),
    of(NAMES, "title", Type::Text, "the title before or after it"),
    of(NAMES, "country", Type::Text, "the code of the country that it names or belongs to"),
    of(NAMES, "weak", Type::Bool, "its words have capitals for their place: a headline of capitals, a table"),
    of(NAMES, "plural", Type::Bool, "it is a plural"),
    of(NAMES, "singular", Type::Text, "the singular of a plural title"),
];

/// The words that a text must be one of, where an expression compares it with a field, or gives it to a function.
pub const TEXTS: &[(&str, &[&str])] = &[
    ("block-kind", &BLOCKS),
    ("kind", &BLOCKS),
    ("blocks-of", &BLOCKS),
    ("named", Kind::WORDS),
    ("hedge", &["", "about", "loosely", "nearly", "just-over", "more-than", "at-least", "less-than", "at-most"]),
    ("reckoned-as", &["", "sum", "difference", "product", "quotient", "share", "change"]),
];

/// Which words a text must be one of beside that name; any, where there is none.
pub fn texts(name: &str) -> Option<&'static [&'static str]> {
    TEXTS.iter().find(|(of, _)| *of == name).map(|(_, words)| *words)
}

/// The function of that name.
pub fn function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The names of all functions.
pub fn function_names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name)
}

/// The type of a field of such a value, if it has it.
pub fn field(of: &Type, name: &str) -> Option<Type> {
    if matches!(of, Type::Any | Type::List(_)) {
        return Some(Type::Any);
    }
    let field = FIELDS.iter().find(|field| field.name == name && owns(&field.of, of))?;
    Some(if matches!(of, Type::Mentions(_)) { Type::Any } else { field.ty.clone() })
}

/// The names of the fields of such a value.
pub fn fields_of(of: &Type) -> impl Iterator<Item = &'static str> {
    FIELDS.iter().filter(move |field| owns(&field.of, of)).map(|field| field.name)
}

fn owns(owner: &Owner, ty: &Type) -> bool {
    match (owner, ty) {
        // A field of several is the list of their fields.
        (Owner::Kinds(kinds), Type::Mention(mention) | Type::Mentions(mention)) => kinds.meets(*mention),
        (Owner::Mention, Type::Mention(_)) | (Owner::Date, Type::Date) => true,
        (Owner::Kinds(kinds), Type::Date) => kinds.has(Kind::Date),
        (Owner::Block, Type::Block) | (Owner::Document, Type::Document) => true,
        _ => false,
    }
}

/// “did you mean …?”, where a known word is near enough.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    known
        .map(|other| (distance(word, other), other))
        .filter(|(distance, other)| *distance <= 1 + other.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| format!("did you mean “{other}”?"))
}

/// The number of letters to change, add or leave out.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
