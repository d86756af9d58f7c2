//! Gathers the facts of a draft and what was said of each: claims that held, findings, the solver's dates.

use std::sync::Arc;

use factlint_rules::check::Check;
use factlint_rules::{Kind, KindSet, Severity};

use super::read::{self, kind_of, read_as};
use super::{Checked, Fact, Standing};
use crate::checks::{Case, RuleSet, Solved, Verdict, solved};
use crate::expressions::{Value, Words};
use crate::findings::Finding;
use crate::mentions::{Draft, Mention, Passage, Reading};
use crate::source::Span;
use crate::things::Use;

/// The facts of a draft, in reading order.
pub fn gather(draft: &Draft, cases: &[Case], findings: &[Finding], rules: &RuleSet) -> Vec<Fact> {
    let mut list = List { draft, places: Vec::new(), facts: Vec::new() };
    list.read();
    let dates = solved(draft);
    list.dates(&dates);
    for case in cases.iter().filter(|case| case.verdict == Verdict::Holds) {
        match &*case.rule.check {
            Check::Calendar(_) => list.calendar(case, &dates),
            Check::Pattern(_) | Check::Table(_) if case.rule.claim.is_some() => list.held(case),
            _ => {}
        }
    }
    for finding in findings {
        list.found(finding, rules);
    }
    for finding in findings {
        list.evidence(finding);
    }
    list.lonely_dates(&dates);
    list.facts
}

struct List<'c, 'd> {
    draft: &'c Draft<'d>,
    /// For each fact: its passage and tokens.
    places: Vec<Words>,
    facts: Vec<Fact>,
}

impl List<'_, '_> {
    /// Of mentions that lie in one another, the longest is the fact; a quotation holds facts of its own.
    fn read(&mut self) {
        for passage in self.draft.passages() {
            let mut end = 0;
            for (place, mention) in passage.mentions.iter().enumerate() {
                let Some(kind) = kind_of(mention).filter(|_| !self.is_common(passage, mention)) else { continue };
                let kind = if kind == "person" && !self.is_somebody(mention, passage) { "name" } else { kind };
                let is_quotation = mention.is(Kind::Quotation);
                if !is_quotation && mention.first < end {
                    continue;
                }
                if !is_quotation {
                    end = mention.end;
                }
                let words = Words::mention(passage.index, place, mention);
                self.places.push(words);
                self.facts.push(Fact {
                    span: words.span(self.draft),
                    kind,
                    words: words.text(self.draft).to_owned(),
                    read: read_as(mention, passage, self.draft),
                    quoted: !is_quotation && words.quoted(self.draft),
                    checked: Vec::new(),
                    again: Vec::new(),
                });
            }
        }
    }

    /// A word that its place may have given its capital, or of a nation's people: no fact by itself.
    fn is_common(&self, passage: &Passage, mention: &Mention) -> bool {
        let Reading::Name(reading) = &mention.reading else { return false };
        let typed = [Kind::Person, Kind::Place, Kind::Organisation, Kind::Acronym];
        // “Analysts said”, where the draft has analysts as well.
        let word = || passage.word(mention.first as usize);
        if mention.len() == 1
            && mention.is(Kind::Person)
            && !mention.kinds.meets(KindSet::of(&typed[1..]))
            && reading.opens
            && reading.titles.0 == reading.titles.1
        {
            return self.draft.things().is_lower(word(), self.draft);
        }
        mention.len() == 1
            && !mention.kinds.meets(KindSet::of(&typed))
            && (reading.opens
                || ["demonym", "name-stop"]
                    .iter()
                    .any(|class| passage.has(mention.first as usize, self.draft.lexicons.class(class))))
    }

    /// Tells the draft or the list of first names that it is a person, and no ship, firm or place of two words?
    fn is_somebody(&self, mention: &Mention, passage: &Passage) -> bool {
        const ENOUGH: usize = 20;
        let Reading::Name(reading) = &mention.reading else { return false };
        let Some(last) = reading.words.last() else { return false };
        let things = self.draft.things();
        let uses = things.uses_of(last.text(passage)).iter().take(ENOUGH);
        let given = ["first-name", "given-name", "nickname"].map(|class| self.draft.lexicons.class(class));
        let told = |name: &Use| {
            let first = name.words[0].first as usize;
            let named = name.words.len() > 1 && given.iter().any(|class| name.passage.has(first, *class));
            named || name.is_titled() || name.reading.attributed
        };
        reading.titles.1 > reading.titles.0
            || reading.attributed
            || uses.filter_map(|number| Use::of(self.draft, *number)).any(|name| told(&name))
    }

    /// The facts that words touch. Words in a quotation do not touch the quotation as a whole.
    fn touched(&self, words: &Words) -> impl Iterator<Item = usize> {
        let words = *words;
        let from = self.places.partition_point(|place| place.passage < words.passage);
        self.places[from..]
            .iter()
            .take_while(move |place| place.passage == words.passage)
            .enumerate()
            .filter(move |(_, place)| {
                let meets = place.first < words.end && words.first < place.end;
                let exact = (place.first, place.end) == (words.first, words.end);
                exact || meets && !self.is_quotation(place)
            })
            .map(move |(at, _)| from + at)
    }

    fn is_quotation(&self, place: &Words) -> bool {
        place.as_mention(self.draft).is_some_and(|mention| mention.is(Kind::Quotation))
    }

    fn add(&mut self, fact: usize, checked: Checked) {
        let list = &mut self.facts[fact].checked;
        if !list.iter().any(|other| other.text == checked.text && other.standing == checked.standing) {
            list.push(checked);
        }
    }

    /// Reads each date as the solver does.
    fn dates(&mut self, dates: &[Solved]) {
        for date in dates {
            let Some(fact) = self.touched(&date.words).next() else { continue };
            if let Some(day) = date.day {
                self.facts[fact].read = read::day(day);
            }
            if let Some(published) = self.draft.date.filter(|_| date.by_publication) {
                self.facts[fact].read.push_str(&format!(", by the publication date {published}"));
            } else if !date.from.is_empty() && date.holds {
                let from = self.words_of(&date.from);
                self.facts[fact].read.push_str(&format!(", from {from}"));
            }
        }
    }

    fn words_of(&self, list: &[Words]) -> String {
        list.iter().map(|words| words.text(self.draft)).collect::<Vec<_>>().join(", ")
    }

    fn spans_of(&self, list: &[Words]) -> Vec<Span> {
        list.iter().map(|words| words.span(self.draft)).collect()
    }

    /// A date that the calendar bears out.
    fn calendar(&mut self, case: &Case, dates: &[Solved]) {
        let Some(culprit) = words_in(case, "culprit") else { return };
        let Some(date) = dates.iter().find(|date| date.words == culprit).filter(|date| date.has_weekday) else {
            return;
        };
        let text = match self.draft.date {
            Some(published) if date.by_publication => format!("the publication date, {published}"),
            _ if !date.from.is_empty() => self.words_of(&date.from),
            _ => "the calendar".into(),
        };
        let against = self.spans_of(&date.from);
        let fact = self.touched(&culprit).next();
        if let Some(fact) = fact {
            let rule = Some(Arc::from(case.rule.id.as_str()));
            self.add(fact, Checked { rule, standing: Standing::Agrees, text, against });
        }
    }

    /// A claim that held: each fact that took part agrees with the others.
    fn held(&mut self, case: &Case) {
        let mut slots: Vec<Words> = Vec::new();
        for (name, value) in &case.vars {
            if *name != "match" {
                words(value, &mut slots);
            }
        }
        slots.dedup();
        for slot in slots.clone() {
            let touched: Vec<usize> = self.touched(&slot).collect();
            for fact in touched {
                let own = self.places[fact];
                let apart =
                    |other: &Words| other.passage != own.passage || other.end <= own.first || own.end <= other.first;
                // What no fact stands behind, like a noun, confirms nothing.
                let is_fact = |other: &Words| self.touched(other).next().is_some();
                let others: Vec<Words> = slots.iter().copied().filter(|other| apart(other) && is_fact(other)).collect();
                if others.is_empty() {
                    continue;
                }
                let rule = Some(Arc::from(case.rule.id.as_str()));
                let (text, against) = (self.words_of(&others), self.spans_of(&others));
                self.add(fact, Checked { rule, standing: Standing::Agrees, text, against });
            }
        }
    }

    /// A finding: what it accuses is contradicted, if its rule is about facts; if it is about the form of the words,
    /// what they say cannot be told.
    fn found(&mut self, finding: &Finding, rules: &RuleSet) {
        let Some(rule) = rules.find(&finding.rule).map(|place| &rules.rules()[place]) else { return };
        let standing = match &*rule.check {
            Check::Block(_) => return,
            Check::Calendar(_) | Check::Table(_) => Standing::Contradicts,
            // Spellings of common words are no facts.
            Check::Agree(check) if check.of.starts_with('<') => return,
            // What is only worth a look contradicts nothing.
            Check::Agree(_) if finding.severity == Severity::Note => Standing::CannotTell,
            Check::Agree(_) => Standing::Contradicts,
            Check::Pattern(_) | Check::Regex(_) if rule.claim.is_some() => Standing::Contradicts,
            // A slip that can be mended without touching a fact says nothing of facts.
            Check::Pattern(_) | Check::Regex(_) if finding.fixes.iter().any(|fix| fix.safe) => return,
            Check::Pattern(_) | Check::Regex(_) => Standing::CannotTell,
        };
        let against: Vec<Span> = finding.labels.iter().map(|label| label.span).collect();
        for (at, place) in self.places.iter().enumerate() {
            let span = self.facts[at].span;
            let touches = span == finding.span || span.overlaps(finding.span) && !self.is_quotation(place);
            if touches {
                let checked = Checked {
                    rule: Some(finding.rule.clone()),
                    standing,
                    text: finding.message.clone(),
                    against: against.clone(),
                };
                let list = &mut self.facts[at].checked;
                if !list.contains(&checked) {
                    list.push(checked);
                }
            }
        }
    }

    /// What speaks against a fact and is borne out by nothing else: one of the two is wrong.
    fn evidence(&mut self, finding: &Finding) {
        let accused = |fact: &Fact| {
            let by = |checked: &Checked| checked.rule.as_ref() == Some(&finding.rule);
            fact.checked.iter().any(|checked| checked.standing == Standing::Contradicts && by(checked))
        };
        if !self.facts.iter().any(|fact| fact.span.overlaps(finding.span) && accused(fact)) {
            return;
        }
        for (place, fact) in self.places.iter().zip(&mut self.facts) {
            let touches = finding.labels.iter().any(|label| label.span.overlaps(fact.span));
            let is_quotation = place.as_mention(self.draft).is_some_and(|mention| mention.is(Kind::Quotation));
            if touches && !is_quotation && fact.checked.is_empty() {
                fact.checked.push(Checked {
                    rule: Some(finding.rule.clone()),
                    standing: Standing::CannotTell,
                    text: finding.message.clone(),
                    against: vec![finding.span],
                });
            }
        }
    }

    /// A weekday beside a day that nothing could confirm.
    fn lonely_dates(&mut self, dates: &[Solved]) {
        for date in dates.iter().filter(|date| date.has_weekday && !date.holds && !date.wrong) {
            let Some(fact) = self.touched(&date.words).next() else { continue };
            if self.facts[fact].checked.is_empty() {
                let text = match self.draft.date {
                    None => "no publication date, and no other date that settles its weekday",
                    Some(_) => "no date near it settles its weekday",
                };
                self.add(
                    fact,
                    Checked { rule: None, standing: Standing::CannotTell, text: text.into(), against: Vec::new() },
                );
            }
        }
    }
}

fn words_in(case: &Case, name: &str) -> Option<Words> {
    case.vars.iter().find_map(|(other, value)| match value {
        Value::Words(words) if *other == name => Some(*words),
        _ => None,
    })
}

fn words(value: &Value, out: &mut Vec<Words>) {
    match value {
        Value::Words(words) => out.push(*words),
        Value::List(list) => list.iter().for_each(|value| words(value, out)),
        _ => {}
    }
}
