//! The dates of a draft as the solver sees them, with what the draft says of its own time.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use factlint_rules::lexicon::ClassId;
use factlint_rules::token::{Shape, TokenKind};

use super::days::{holds_julian, is_leap};
use crate::expressions::Words;
use crate::mentions::dates::{DateParts, DateReading, Form};
use crate::mentions::{Draft, Passage, Reading};

/// So many tokens at most stand between a word like film and the date in its title.
const TITLE: usize = 6;

/// How many years the Buddhist era is ahead, and from when on a year in a Thai draft is of it.
const BUDDHIST: i32 = 543;
const BUDDHIST_FROM: i32 = 2300;

/// A date of the draft.
#[derive(Debug)]
pub struct Entry<'d> {
    /// Its passage.
    pub passage: usize,
    /// Its place among the passage's mentions.
    pub mention: usize,
    /// Its first token and the token after its last.
    pub tokens: (usize, usize),
    /// What it can mean.
    pub parts: &'d DateParts,
    /// It stands inside quotation marks.
    pub quoted: bool,
    /// It was found wrong, or is denied, and is no evidence.
    pub bad: bool,
    /// It was found right.
    pub holds: bool,
}

impl Entry<'_> {
    /// The sort of contradiction that it could have been.
    pub fn sort(&self) -> &'static str {
        match (self.parts.has_month(), self.parts.years.is_empty()) {
            (true, false) => "full-date",
            (true, true) => "year-free-date",
            _ => "day-note",
        }
    }
}

/// The dates of a draft, in the order of the text.
pub struct Calendar<'d> {
    /// The draft.
    pub draft: &'d Draft<'d>,
    /// Its publication date.
    pub published: Option<NaiveDate>,
    /// Its dates.
    pub entries: Vec<Entry<'d>>,
    /// The years that it names.
    pub years: BTreeSet<i32>,
    /// It names a place that kept the old calendar late.
    pub old_places: bool,
}

/// The years that a passage names.
fn years_named(passage: &Passage) -> Vec<i32> {
    let readings = passage.mentions.iter().filter_map(|mention| match &mention.reading {
        Reading::Date(reading) => match &**reading {
            DateReading::Date(parts) => Some(&parts.years),
            _ => None,
        },
        _ => None,
    });
    readings.flatten().copied().collect()
}

impl<'d> Calendar<'d> {
    /// Takes the dates of a draft.
    pub fn read(draft: &'d Draft<'d>) -> Calendar<'d> {
        let mut entries = Vec::new();
        let mut years = BTreeSet::new();
        let denied = draft.lexicons.class("date-denied");
        for passage in draft.passages() {
            for (place, mention) in passage.mentions.iter().enumerate() {
                let Reading::Date(reading) = &mention.reading else { continue };
                let DateReading::Date(parts) = &**reading else { continue };
                years.extend(parts.years.iter().chain(&parts.hint));
                if parts.form == Form::Lone || parts.before_christ {
                    continue;
                }
                entries.push(Entry {
                    passage: passage.index,
                    mention: place,
                    tokens: (mention.first as usize, mention.end as usize),
                    parts,
                    quoted: passage.quoted.get(mention.first as usize).copied().unwrap_or_default(),
                    // “and not on Tuesday, 15 June”: the draft says itself that it is wrong.
                    bad: passage.has_before(mention.first as usize, denied),
                    holds: false,
                });
            }
        }
        let old = draft.lexicons.class("old-calendar");
        let early = entries.iter().any(|entry| entry.parts.years.iter().any(|year| (1500..=1923).contains(year)));
        let old_places = early && has_anywhere(draft, old);
        Calendar { draft, published: draft.date, entries, years, old_places }
    }

    /// The passage of an entry.
    pub fn passage(&self, place: usize) -> &'d Passage<'d> {
        &self.draft.passages()[self.entries[place].passage]
    }

    /// The words of an entry.
    pub fn words(&self, place: usize) -> Words {
        let entry = &self.entries[place];
        Words::mention(entry.passage, entry.mention, &self.draft.passages()[entry.passage].mentions[entry.mention])
    }

    /// The years of which the draft tells where an entry stands: those that its passage names, or the headline, and those of the last
    /// passage before it that names any. A year of another paragraph (“founded in 1965”) is that of something else.
    pub fn told_years(&self, place: usize) -> Vec<i32> {
        let own = self.entries[place].passage;
        let passages = self.draft.passages();
        let mut years = years_named(&passages[own]);
        years.extend(passages[..own].iter().rev().map(years_named).find(|years| !years.is_empty()).unwrap_or_default());
        years.extend(passages.first().map(years_named).unwrap_or_default());
        years
    }

    /// The code of the language of an entry's passage.
    pub fn language(&self, place: usize) -> &str {
        self.passage(place).lexicon.language.split('-').next().unwrap_or_default()
    }

    /// May a date of that year be Julian too?
    pub fn julian(&self, place: usize, year: i32) -> bool {
        holds_julian(self.language(place), year, self.old_places)
    }

    /// The years that an entry says, counted from the birth of Christ: Thailand counts from that of the Buddha.
    pub fn years(&self, place: usize) -> Vec<i32> {
        let thai = self.language(place) == "th";
        let years = self.entries[place].parts.years.iter();
        years.map(|year| if thai && *year >= BUDDHIST_FROM { *year - BUDDHIST } else { *year }).collect()
    }

    /// The Gregorian dates that an entry can be: its days and months with these years.
    pub fn dates(&self, place: usize, years: impl Iterator<Item = i32>) -> Vec<NaiveDate> {
        self.entries[place].parts.in_years(years)
    }

    /// Does the date stand alone in quotation marks, as a title, or in one that is set in italics?
    pub fn is_title(&self, place: usize) -> bool {
        let passage = self.passage(place);
        let (first, end) = self.entries[place].tokens;
        first > 0 && passage.is_quotation_mark(first - 1) && passage.is_quotation_mark(end) || self.is_work(place)
    }

    /// Is it of a title in italics: “the film *Friday, 12 May 1990*”?
    pub fn is_work(&self, place: usize) -> bool {
        let passage = self.passage(place);
        let (noun, small) = (self.draft.lexicons.class("work-noun"), self.draft.lexicons.class("function-word"));
        let first = self.entries[place].tokens.0;
        let is_noun = |at: usize| passage.has(at, noun) && !passage.has(at, small);
        passage.is_emphasised(first) && (first.saturating_sub(TITLE)..first).any(is_noun)
    }

    /// Is there a phrase of a class in the sentence of an entry, at most `reach` tokens before it?
    pub fn has_earlier(&self, place: usize, class: ClassId, reach: usize) -> bool {
        let passage = self.passage(place);
        let first = self.entries[place].tokens.0;
        let sentence = passage.sentences.get(passage.sentence_of(first)).map_or(0, |sentence| sentence.start as usize);
        (sentence.max(first.saturating_sub(reach))..first).any(|at| passage.has(at, class))
    }

    /// Is there a phrase of a class in the sentence of an entry?
    pub fn has_in_sentence(&self, place: usize, class: ClassId) -> bool {
        let passage = self.passage(place);
        let own = passage.sentences.get(passage.sentence_of(self.entries[place].tokens.0));
        own.is_some_and(|sentence| (sentence.start..sentence.end).any(|at| passage.has(at as usize, class)))
    }

    /// Is there a phrase of a class in the sentence of an entry, or in the one before or after it?
    pub fn has_about(&self, place: usize, class: ClassId) -> bool {
        let passage = self.passage(place);
        let own = passage.sentence_of(self.entries[place].tokens.0);
        let start = passage.sentences.get(own.saturating_sub(1)).map_or(0, |sentence| sentence.start as usize);
        let end = passage.sentences.get(own + 1).or(passage.sentences.get(own));
        let end = end.map_or(passage.tokens.len(), |sentence| sentence.end as usize);
        (start..end).any(|at| passage.has(at, class))
    }

    /// Is it a day of another year that everybody knows (“Tuesday, Sept. 11”), or one that the draft points to (“that
    /// Friday, 22 November”)?
    pub fn is_known_day(&self, place: usize) -> bool {
        let passage = self.passage(place);
        let (first, end) = self.entries[place].tokens;
        (first..end).any(|at| passage.has(at, self.class("free-date")))
            || passage.has_before(first, self.class("that-day"))
    }

    /// Is the entry the name of a day (“Friday the 13th”)?
    pub fn is_named_day(&self, place: usize) -> bool {
        self.passage(place).has(self.entries[place].tokens.0, self.class("named-date"))
    }

    /// Does a name follow, to which the month belongs (“31 June Festival”, “31 June–July”, “the February 30 Club”)?
    pub fn opens_name(&self, place: usize) -> bool {
        let entry = &self.entries[place];
        if !entry.parts.years.is_empty() || entry.parts.weekday.is_some() {
            return false;
        }
        let passage = self.passage(place);
        let (first, end) = entry.tokens;
        let day_last = entry.parts.form == Form::MonthDay && passage.has_before(first, self.class("the-word"));
        if entry.parts.form != Form::DayMonth && !day_last {
            return false;
        }
        let named = self.language(place) == "en"
            && passage
                .tokens
                .get(end)
                .is_some_and(|token| token.kind == TokenKind::Word && token.shape != Shape::Lower);
        let dashed = passage.word(end).starts_with(['-', '–', '/'])
            && passage.tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Word);
        named || dashed
    }

    /// Does the number count what follows (“bought 31 April issues”, “in June 31 states voted”)? A noun follows, and no
    /// word that stands before dates goes before.
    pub fn is_count(&self, place: usize) -> bool {
        let entry = &self.entries[place];
        let (first, end) = entry.tokens;
        let bare = entry.parts.years.is_empty() && entry.parts.weekday.is_none() && entry.parts.parts.ending.is_none();
        let passage = self.passage(place);
        let noun = passage
            .tokens
            .get(end)
            .is_some_and(|token| token.kind == TokenKind::Word && matches!(token.shape, Shape::Lower | Shape::None));
        // Without the words that may follow a date, nothing is known of those that follow.
        let known = passage.lexicon.has(self.class("after-date"));
        if !known || !bare || !noun || passage.has(end, self.class("after-date")) {
            return false;
        }
        let before = |class: &str| passage.has_before(first, self.class(class));
        match entry.parts.form {
            Form::MonthDay => before("in-year"),
            Form::DayMonth => {
                first > 0
                    && !before("date-preposition")
                    && !before("day-article")
                    && !before("date-from")
                    && !before("date-to")
            }
            _ => false,
        }
    }

    /// May the full stop behind the day end a sentence (“she came in 31. April was dry”)? Where it makes an ordinal, a
    /// word that stands before dates goes before, or nothing.
    pub fn ends_sentence(&self, place: usize) -> bool {
        let entry = &self.entries[place];
        let passage = self.passage(place);
        let Some(ending) = entry.parts.parts.ending else { return false };
        let dotted = passage.text().get(ending.start as usize..ending.end as usize) == Some(".");
        let first = entry.tokens.0;
        if !dotted || entry.parts.form != Form::DayMonth || entry.parts.weekday.is_some() || first == 0 {
            return false;
        }
        // Where months are small, a capital opens a sentence, and a small letter none.
        let month =
            passage.tokens.iter().find(|token| entry.parts.parts.month.is_some_and(|part| part.start == token.start));
        if month.is_some_and(|token| token.shape == Shape::Lower) {
            return false;
        }
        let before = passage.tokens[first - 1];
        let led = ["date-preposition", "day-article", "date-from", "date-to", "date-and", "weekday"];
        before.kind != TokenKind::Sign && !led.iter().any(|class| passage.has_before(first, self.class(class)))
    }

    /// Does a word that stands before dates go before it, and nothing behind it that it could count (“on August 32.”, “by
    /// August 32 if all goes well”)? A month with two digits behind it may be one of a year (“since May 45”), but not after “on”.
    pub fn is_said(&self, place: usize) -> bool {
        const NO_YEAR: u16 = 40;
        let passage = self.passage(place);
        let entry = &self.entries[place];
        let (first, end) = entry.tokens;
        let led = |classes: &[&str]| classes.iter().any(|class| passage.has_before(first, self.class(class)));
        let day_led = led(&["day-preposition"]);
        let closed = passage.tokens.get(end).is_none_or(|token| token.kind == TokenKind::Sign && !token.blank_before)
            || passage.has(end, self.class("after-date"));
        let day = entry.parts.day().unwrap_or(0);
        closed
            && (day_led || led(&["date-preposition", "day-lead", "date-from", "date-to", "date-and"]))
            && (day < NO_YEAR || day_led || entry.parts.form == Form::DayMonth)
    }

    /// Does a word that takes a number of its own go before (“Section 31 June 2020 edition”)?
    pub fn is_label(&self, place: usize) -> bool {
        self.passage(place).has_before(self.entries[place].tokens.0, self.class("label-noun"))
    }

    /// The first entry of the list in which an entry stands.
    pub fn head(&self, mut place: usize) -> usize {
        while let Some(before) = place.checked_sub(1) {
            let (entry, other) = (&self.entries[place], &self.entries[before]);
            let joined = entry.parts.joined.is_some_and(|(_, first)| first as usize == other.tokens.0);
            if !joined || entry.passage != other.passage {
                break;
            }
            place = before;
        }
        place
    }

    fn class(&self, name: &str) -> ClassId {
        self.draft.lexicons.class(name)
    }

    /// Is there a 29 February near the publication date, or in a year that the draft names?
    pub fn has_leap_year(&self) -> bool {
        let Some(published) = self.published else { return true };
        (-1..=1).map(|by| published.year() + by).chain(self.years.iter().copied()).any(|year| is_leap(year, false))
    }
}

/// The others of a sorted list, the nearest to a place first; of two as near, the earlier.
pub fn nearest(list: &[usize], place: usize) -> impl Iterator<Item = usize> {
    let middle = list.partition_point(|other| *other < place);
    let (before, behind) = list.split_at(middle);
    let mut before = before.iter().rev().copied().peekable();
    let mut behind = behind.iter().copied().skip_while(move |other| *other == place).peekable();
    std::iter::from_fn(move || match (before.peek(), behind.peek()) {
        (Some(a), Some(b)) if place - a > b - place => behind.next(),
        (Some(_), _) => before.next(),
        (None, _) => behind.next(),
    })
}

/// Has the draft a phrase of that class?
fn has_anywhere(draft: &Draft, class: ClassId) -> bool {
    draft.passages().iter().any(|passage| (0..passage.tokens.len()).any(|at| passage.has(at, class)))
}
