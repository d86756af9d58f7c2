//! One person with two parties or states: `(D-Ohio)`, `[R-Iowa]`, “a Democrat”, “Republican Sen. …”.

use factlint_rules::Kind;
use factlint_rules::token::{Shape, TokenKind};

use super::drift::{is_elsewhen, is_told_of, sentence_has};
use super::index::Use;
use super::pair::Pair;
use super::people::{distinct_firsts, groups, is_kin_told};
use super::spelling::folded;
use crate::expressions::Words;
use crate::mentions::{Draft, Passage};

/// A party, by its sign, and the state with it, if there is one.
struct Party {
    sign: String,
    state: String,
    words: Words,
}

/// What is said of a name's party right beside it.
fn party(draft: &Draft, name: &Use) -> Option<Party> {
    bracket(draft, name)
        .or_else(|| apposition(draft, name))
        .or_else(|| before(draft, name))
        .or_else(|| compound(draft, name))
        .or_else(|| beside(draft, name))
}

/// “L'élu LR Jean Roux”, “la senadora del PP Ana Luz”, “la sénatrice socialiste Anne Roux”: the party right before the name, behind
/// a word in lower case.
fn beside(draft: &Draft, name: &Use) -> Option<Party> {
    let passage = name.passage;
    let class = |name: &str| draft.lexicons.class(name);
    let (titles, titled) = name.reading.titles;
    // Capitals may have made the party a word of the name.
    let at = match name.given_place(draft) {
        0 => (name.at.first as usize).checked_sub(1)?,
        _ => name.words[0].first as usize,
    };
    let end = at + 1;
    let hit = passage
        .hit(at, class("party-sign"))
        .filter(|_| passage.slice(at, end).chars().count() > 1 && passage.lexicon.language != "en")
        .or_else(|| passage.hit(at, class("party-adjective")))?;
    // “El socialista Juan Luz”
    let called = passage.has(at, class("party-adjective")) && at > 0 && passage.has(at - 1, class("the-word"));
    let mut before = at.checked_sub(1)?;
    while before > 0 && is_of(draft, passage, before) {
        before -= 1;
    }
    let office = titled > titles && before < titled as usize && before >= titles as usize;
    let noun = passage.tokens[before].kind == TokenKind::Word
        && (passage.tokens[before].shape == Shape::Lower || passage.lexicon.language == "de")
        && !passage.has(before, class("name-stop"))
        && !passage.has(before, class("attribution"));
    // “El exconcejal popular Juan Luz”, “l'ancien député socialiste Jean Roux”: what one was, one need not be.
    let former = passage.word(before).to_lowercase().starts_with("ex")
        || before > 0 && passage.has(before - 1, class("former-adjective"));
    (hit.len == 1 && !former && (office || noun || called)).then(|| Party {
        sign: passage.lexicon.value(hit.value).to_owned(),
        state: String::new(),
        words: Words::tokens(passage.index, at, end),
    })
}

/// “Der CDU-Abgeordnete Klaus Renner”: the party that opens the compound before a name.
fn compound(draft: &Draft, name: &Use) -> Option<Party> {
    let passage = name.passage;
    let (start, end) = name.reading.titles;
    let first = if end > start { start } else { name.at.first } as usize;
    let class = draft.lexicons.class("party-sign");
    let joined = |at: &usize| passage.is_sign(at + 1, '-') && passage.glued(at + 1) && passage.glued(at + 2);
    let at = (first.saturating_sub(3)..first).find(|at| passage.has(*at, class) && joined(at))?;
    let sign = passage.lexicon.value(passage.hit(at, class)?.value).to_owned();
    (sign.len() > 1).then(|| Party { sign, state: String::new(), words: Words::tokens(passage.index, at, at + 1) })
}

/// `(D-Ohio)`, `[D-Ohio]`, `, D-Ohio,`, `(D., Pa.)`.
fn bracket(draft: &Draft, name: &Use) -> Option<Party> {
    let passage = name.passage;
    let after = name.at.end as usize;
    let open = ['(', ',', '['].iter().any(|sign| passage.is_sign(after, *sign));
    let sign = passage.hit(after + 1, draft.lexicons.class("party-sign"))?;
    if !open {
        return None;
    }
    // “(CDU)”, “(PT)”: the bracket holds the party alone.
    let only = after + 1 + sign.len as usize;
    // In English one letter alone may be a middle initial, a grade or a mark.
    let lone = passage.lexicon.language != "en" || passage.slice(after + 1, only).chars().count() > 1;
    if lone && passage.is_sign(after, '(') && passage.is_sign(only, ')') {
        let words = Words::tokens(passage.index, after + 1, only);
        return Some(Party { sign: passage.lexicon.value(sign.value).to_owned(), state: String::new(), words });
    }
    let mut first = only;
    if passage.is_sign(first, '.') {
        first += 1;
    }
    if !(passage.is_sign(first, '-') || passage.is_sign(first, '–') || passage.is_sign(first, ',')) {
        return None;
    }
    let end = (first + 1..first + 6).find(|at| {
        passage.tokens.get(*at).is_none_or(|token| token.kind == TokenKind::Sign && !passage.is_sign(*at, '.'))
    })?;
    // “D-5th District”
    let numbered = passage.slice(first + 1, end).starts_with(|c: char| c.is_ascii_digit());
    let end = if numbered { first } else { end };
    let state: String = passage.slice((first + 1).min(end), end).chars().filter(|c| c.is_alphabetic()).collect();
    let words = Words::tokens(passage.index, after + 1, end);
    Some(Party { sign: passage.lexicon.value(sign.value).to_owned(), state, words })
}

/// “Dole, a Democrat,” “Holt, the Conservative MP,”.
fn apposition(draft: &Draft, name: &Use) -> Option<Party> {
    let passage = name.passage;
    let comma = name.at.end as usize;
    let class = draft.lexicons.class("party-name");
    let stop = draft.lexicons.class("name-stop");
    // “Leal, del PP,”, “Roth von der SPD”: in languages where a party is known by its letters.
    let aside = passage.is_sign(comma, ',');
    let start = if aside { comma + 1 } else { comma };
    let whose = passage.has(start, draft.lexicons.class("of-body"));
    let first = start + (start..start + 2).take_while(|at| is_of(draft, passage, *at)).count();
    let sign = passage.hit(first, draft.lexicons.class("party-sign"));
    let end = sign.map_or(0, |hit| first + hit.len as usize);
    let closed =
        passage.tokens.get(end).is_none_or(|token| token.kind == TokenKind::Sign && !passage.is_sign(end, '-'));
    if let Some(hit) = sign
        && whose
        && (closed || !aside)
        && passage.lexicon.language != "en"
    {
        let words = Words::tokens(passage.index, first, end);
        return Some(Party { sign: passage.lexicon.value(hit.value).to_owned(), state: String::new(), words });
    }
    if !aside {
        return None;
    }
    let first = if passage.has(comma + 1, stop) { comma + 2 } else { comma + 1 };
    let hit = passage.hit(first, class)?;
    let end = first + hit.len as usize;
    // “a Democrat from Nevada,” “Democrat of Oregon,” “the Labour MP,”
    let of = ["of-body", "locative"].iter().any(|class| passage.has(end, draft.lexicons.class(class)));
    let reach = if of { 4 } else { 2 };
    let closes = (end..end + reach).any(|at| {
        passage.tokens.get(at).is_none_or(|token| token.kind == TokenKind::Sign && !passage.is_sign(at, '-'))
    });
    let sign = passage.lexicon.value(hit.value).to_owned();
    // “Republican of Iowa”, as congresses write it; “a Republican from Sioux City” names no state.
    let state_end = (end + 1..end + 4).take_while(|at| passage.kinds_at(*at).has(Kind::Capitalised)).count() + end + 1;
    let named = of && first == comma + 1 && state_end > end + 1 && passage.has(end, draft.lexicons.class("of-body"));
    let (state, end) = if named {
        (passage.slice(end + 1, state_end).chars().filter(|c| c.is_alphabetic()).collect(), state_end)
    } else {
        (String::new(), end)
    };
    (closes && (of || first > comma + 1)).then(|| Party {
        sign,
        state,
        words: Words::tokens(passage.index, first, end),
    })
}

/// A word that says whose: “of”, “del”, and the article behind it.
fn is_of(draft: &Draft, passage: &Passage, at: usize) -> bool {
    ["of-body", "the-word"].iter().any(|class| passage.has(at, draft.lexicons.class(class)))
}

/// “Republican Senator Amy Dole”, “Democrat Amy Dole”.
fn before(draft: &Draft, name: &Use) -> Option<Party> {
    let passage = name.passage;
    let (start, end) = name.reading.titles;
    let class = draft.lexicons.class("party-name");
    if end <= start {
        // The party is read as the first of the name's words: there must be a first name and a surname behind it.
        let first = name.words.first().filter(|_| name.words.len() > 2)?.first as usize;
        let hit = passage.hit(first, class).filter(|hit| hit.len == 1)?;
        let sign = passage.lexicon.value(hit.value).to_owned();
        return Some(Party { sign, state: String::new(), words: Words::tokens(passage.index, first, first + 1) });
    }
    let party = |at: usize| passage.hit(at, class).map(|hit| (at, hit));
    // “Liberal Democrat MP”: the longest that ends before the title.
    let ahead = |end: usize| {
        let mut starts = (end.saturating_sub(2)..end).filter_map(party);
        starts.find(|(at, hit)| at + hit.len as usize == end)
    };
    // “Labour MP Amy Dole”: the party is a word of the title; a Labour Minister's is none.
    let office = passage.has(end as usize - 1, draft.lexicons.class("office-head"));
    let inside = || (end > start + 1 && !office).then(|| party(start as usize)).flatten();
    let (at, hit) = ahead(start as usize).or_else(inside)?;
    let sign = passage.lexicon.value(hit.value).to_owned();
    Some(Party { sign, state: String::new(), words: Words::tokens(passage.index, at, at + hit.len as usize) })
}

/// Is another time told beside the name in words that fit a party? “Holt, who was elected in 2016,” had the same one then.
fn is_told_elsewhen(draft: &Draft, name: &Use) -> bool {
    let (then, party) = (draft.lexicons.class("party-then"), draft.lexicons.class("party-name"));
    if !name.passage.lexicon.has(then) {
        return is_elsewhen(draft, &[*name]);
    }
    is_told_of(draft, name, then, |passage: &Passage, at| passage.has(at, party))
}

/// One person, two parties or states.
pub fn parties(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let said: Vec<Party> =
            uses.iter().filter(|name| !name.reading.weak).filter_map(|name| party(draft, name)).collect();
        let clash = said.iter().enumerate().find_map(|(at, own)| {
            let other =
                said[..at].iter().find(|other| own.sign != other.sign || states_differ(&own.state, &other.state))?;
            Some((own, other))
        });
        let Some((own, other)) = clash else { continue };
        let mut pair = Pair::new(own.words, other.words, own.words.text(draft), other.words.text(draft));
        let changed = draft.lexicons.class("party-change");
        pair.fact("elsewhen", uses.iter().any(|name| sentence_has(name, changed) || is_told_elsewhen(draft, name)));
        pair.fact("kinship", is_kin_told(draft, &uses));
        pair.fact("other-first", distinct_firsts(draft, &uses) > 1);
        pair.fact("state-only", own.sign == other.sign);
        pairs.push(pair);
    }
    pairs
}

/// “Ohio” and “Iowa”, “NY” and “NJ”; but “Calif.” and “California”, “CA” and “California”, “Pa.” and “Penn.” may be one.
fn states_differ(a: &str, b: &str) -> bool {
    let code = |state: &str| state.len() == 2 && state.chars().all(char::is_uppercase);
    if code(a) && code(b) {
        return a != b;
    }
    let (a, b) = (folded(a), folded(b));
    let short = a.chars().count().min(b.chars().count());
    let head = |state: &str| state.chars().take(3).collect::<String>();
    short > 2 && head(&a) != head(&b)
}

#[cfg(test)]
mod tests {
    use super::states_differ;

    #[test]
    fn states_are_compared_by_what_their_short_forms_can_be() {
        assert!(states_differ("NY", "NJ") && states_differ("Ohio", "Iowa"));
        assert!(
            !states_differ("Calif", "California") && !states_differ("CA", "California") && !states_differ("", "Ohio")
        );
    }
}
