//! One person with two ages: “Leo Marsh, 34,”, “the 38-year-old Marsh”, “Marta Luz, de 34 anos,”, “Marta Lutz (34)”.

use factlint_rules::Kind;
use factlint_rules::token::TokenKind;

use super::drift::{has_beside, is_elsewhen, sentence_has};
use super::index::Use;
use super::pair::Pair;
use super::people::{distinct_firsts, groups, is_kin};
use super::places::has_year;
use crate::expressions::Words;
use crate::mentions::Draft;

/// An age that is said of a name.
struct Age {
    years: u32,
    words: Words,
    /// Nothing but an age is written so: “34 anos”, “34-year-old”, “, 34,”; not “(34)”.
    sure: bool,
}

fn age(draft: &Draft, name: &Use) -> Option<Age> {
    after(draft, name).or_else(|| before(name))
}

/// The age in years that is said of a name beyond doubt, and of nobody else in its sentence.
pub fn of_one(draft: &Draft, name: &Use) -> Option<u32> {
    age(draft, name).filter(|age| age.sure && listed(name) < 2).map(|age| age.years)
}

/// Figures of the name's sentence that stand after a sign each: “Marsh, 31, Cole, 28, and Lott, 12”.
fn listed(name: &Use) -> usize {
    let (start, end) = name.sentence();
    let figure = |at: &usize| {
        name.passage.tokens[*at].kind == TokenKind::Number
            && at.checked_sub(1).is_some_and(|before| name.passage.tokens[before].kind == TokenKind::Sign)
    };
    (start..end).filter(figure).count()
}

/// The years of a number in digits that can be somebody's.
fn years(name: &Use, at: usize) -> Option<u32> {
    let token = name.passage.tokens.get(at)?;
    if token.kind != TokenKind::Number {
        return None;
    }
    name.passage.word(at).parse().ok().filter(|years| (3..=110).contains(years))
}

/// “Marsh, 34,”; “Luz, de 34 anos,”; “Lutz (34)”; “Bly, a 54-year-old father,”.
fn after(draft: &Draft, name: &Use) -> Option<Age> {
    let passage = name.passage;
    let open = name.at.end as usize;
    let class = |name: &str| draft.lexicons.class(name);
    let bracket = passage.is_sign(open, '(');
    if !bracket && !passage.is_sign(open, ',') {
        return None;
    }
    let mut at = open + 1;
    if let Some(hit) = passage.hit(at, class("of-age")) {
        at += hit.len as usize;
    } else if !bracket
        && passage.has(at, class("relative-word"))
        && let Some(hit) = passage.hit(at + 1, class("has-age"))
    {
        // “Bly, who is 34,”
        at += 1 + hit.len as usize;
    }
    if let Some(years) = years(name, at) {
        let unit = passage.hit(at + 1, class("years-old")).map_or(0, |hit| hit.len as usize);
        let end = at + 1 + unit;
        let close = if bracket { ')' } else { ',' };
        let ends = passage.is_sign(end, close)
            || !bracket && unit > 0 && passage.tokens.get(end).is_none_or(|token| token.kind == TokenKind::Sign)
            || !bracket && unit == 0 && passage.is_sign(end, '.') && end + 1 >= name.sentence().1;
        return ends.then(|| Age { years, words: Words::tokens(passage.index, at, end), sure: unit > 0 || !bracket });
    }
    // “, a 54-year-old father of two,”
    if !bracket && passage.has(at, class("name-stop")) {
        at += 1;
        let mention = passage.mentions_at(at).map(|place| &passage.mentions[place]).find(|m| m.is(Kind::Age))?;
        let years = years(name, at)?;
        return Some(Age { years, words: Words::tokens(passage.index, at, mention.end as usize), sure: true });
    }
    None
}

/// “17-year-old Amy Stroud”, “der 34-jährige Jens Prahl”.
fn before(name: &Use) -> Option<Age> {
    let passage = name.passage;
    let (start, end) = name.reading.titles;
    let first = if end > start { start } else { name.at.first } as usize;
    let reach = first.saturating_sub(6)..first;
    let mention = reach
        .flat_map(|at| passage.mentions_at(at))
        .map(|place| &passage.mentions[place])
        .find(|mention| mention.is(Kind::Age) && mention.end as usize == first)?;
    let at = mention.first as usize;
    let years = years(name, at)?;
    Some(Age { years, words: Words::tokens(passage.index, at, mention.end as usize), sure: true })
}

/// One person, two ages.
pub fn ages(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let said: Vec<(Age, &Use)> = uses
            .iter()
            .filter(|name| !name.reading.weak && !name.reading.body)
            .filter_map(|name| Some((age(draft, name)?, name)))
            .collect();
        // The first is of a full name; a score that goes on is none.
        let Some(((first, known), rest)) = said.split_first() else { continue };
        let Some((own, name)) = rest.iter().find(|(age, _)| age.years != first.years) else { continue };
        let mut pair = Pair::new(own.words, first.words, own.words.text(draft), first.words.text(draft));
        let then = draft.lexicons.class("at-event");
        let past = draft.lexicons.class("age-elsewhen");
        pair.uses = said.iter().filter(|(age, _)| age.years == first.years).count();
        pair.rare = said.iter().filter(|(age, _)| age.years == own.years).count();
        pair.fact("several", said.iter().any(|(age, _)| age.years != first.years && age.years != own.years));
        pair.fact("kinship", is_kin(draft, &uses));
        pair.fact("other-first", distinct_firsts(draft, &uses) > 1);
        // “The 28-year-old Marsh” is as good as her full name, where the draft has given it before.
        let named = |other: &Use| other.words.len() > 1 && !other.reading.body && !other.reading.weak;
        let before = |other: &Use| (other.at.passage, other.at.first) < (known.at.passage, known.at.first);
        let introduced = first.sure && own.sure && uses.iter().any(|other| named(other) && before(other));
        pair.fact("full", known.words.len() > 1 || introduced);
        pair.fact(
            "suffix",
            uses.iter().any(|name| name.at.mention.is_some() && name.reading.words.len() > name.words.len()),
        );
        pair.fact("sure", first.sure && own.sure);
        pair.fact("same-sentence", name.with(known));
        pair.fact("listed", [name, known].into_iter().any(|name| listed(name) > 2));
        pair.fact(
            "elsewhen",
            [*name, *known].iter().any(|name| {
                has_year(name)
                    || has_beside(draft, name, then)
                    || sentence_has(name, past) && !own.sure
                    || is_elsewhen(draft, &[**name])
            }),
        );
        pairs.push(pair);
    }
    pairs
}
