//! The office that is said of a name: “Finance Minister Ana Lima”, “Lima, the finance minister,”, “The mayor of Riga,
//! Janis Ozols,”.
//!
//! In goes a use of a name; out comes its head (minister), its fields (finance), the other words that narrow it
//! (climate), and the body that it is an office of. Two roles are one only where none of these says otherwise.

use factlint_rules::Kind;
use factlint_rules::token::{Shape, TokenKind};

use super::index::{Use, reading};
use super::spelling::folded;
use crate::expressions::Words;
use crate::mentions::{Draft, Mention, Passage};

/// Words before a title in which its article or owner stands: “the company's founder and chief executive”.
const LEAD: usize = 5;
/// Words between an article and a title, or of the body after it, that are looked at.
const REACH: usize = 7;

/// An office said of a name.
#[derive(Clone, Debug)]
pub struct Role {
    /// The kind of office: minister.
    pub head: String,
    /// What it is an office for, by the lexicon: finance.
    pub fields: Vec<String>,
    /// Other words that narrow it: climate.
    pub narrow: Vec<String>,
    /// The country or place or body that has it.
    pub body: Option<String>,
    /// It is one of several: “foreign minister and deputy prime minister”.
    pub joint: bool,
    /// Where the title stands.
    pub words: Words,
}

impl Role {
    /// May the two be one office of one body?
    pub fn is_like(&self, other: &Role) -> bool {
        // “the climate envoy”, “the envoy”: the second mention says less.
        let narrow = self.narrow == other.narrow || self.narrow.is_empty() || other.narrow.is_empty();
        self.head == other.head && self.fields == other.fields && narrow && self.may_share_body(other)
    }

    /// May the two be of one body? Most do not name it.
    pub fn may_share_body(&self, other: &Role) -> bool {
        // “the local union”, “the union”: the second says less.
        let shorter = |a: &str, b: &str| b.chars().count() > 3 && a.ends_with(b);
        match (&self.body, &other.body) {
            (Some(own), Some(other)) => own == other || shorter(own, other) || shorter(other, own),
            _ => true,
        }
    }

    /// Are the title's words those of the office, and no more: no “major general”?
    pub fn is_bare(&self, office: &str, passage: &Passage) -> bool {
        let tokens = &passage.tokens[self.words.first as usize..self.words.end as usize];
        tokens.iter().filter(|token| token.kind == TokenKind::Word).count() == office.split(' ').count()
    }
}

/// The role that is said of the name right beside it.
pub fn role(draft: &Draft, name: &Use) -> Option<Role> {
    let (start, end) = name.reading.titles;
    if end > start
        && let Some(role) = before(draft, name.passage, end as usize)
    {
        return Some(role);
    }
    after(draft, name).or_else(|| ahead(draft, name))
}

/// “Finance Minister Ana Lima”: the title whose words end at a token.
fn before(draft: &Draft, passage: &Passage, end: usize) -> Option<Role> {
    let mention = (end.saturating_sub(REACH)..end)
        .rev()
        .flat_map(|at| passage.mentions_at(at))
        .map(|place| &passage.mentions[place])
        .find(|mention| mention.is(Kind::Title) && mention.end as usize <= end)?;
    let (role, closes) = read(draft, passage, mention, end)?;
    (closes == end || mention.end as usize == end).then_some(role)
}

/// “Lima, the finance minister of Chile,”.
fn after(draft: &Draft, name: &Use) -> Option<Role> {
    let passage = name.passage;
    let comma = name.at.end as usize;
    if !passage.is_sign(comma, ',') {
        return None;
    }
    let (the, stop) = (draft.lexicons.class("the-word"), draft.lexicons.class("name-stop"));
    let limit = name.sentence().1.min(comma + 1 + REACH);
    let mut article = false;
    let mut at = comma + 1;
    while at < limit {
        let title =
            passage.mentions_at(at).map(|place| &passage.mentions[place]).find(|mention| mention.is(Kind::Title));
        if let Some(mention) = title {
            let (role, end) = read(draft, passage, mention, passage.tokens.len())?;
            let sign = passage.tokens.get(end).is_none_or(|token| token.kind == TokenKind::Sign);
            // “chief executive since 2020”; a noun after it would be what the title only narrows.
            let goes_on =
                ["of-body", "locative", "name-stop"].iter().any(|name| passage.has(end, draft.lexicons.class(name)));
            return (sign || goes_on).then_some(role);
        }
        let token = passage.tokens.get(at)?;
        if passage.has(at, the) {
            article = true;
        } else if !(is_body(passage, at) || article && token.kind == TokenKind::Word && !passage.has(at, stop)) {
            return None;
        }
        at += 1;
    }
    None
}

/// “The mayor of Riga, Janis Ozols, said so”.
fn ahead(draft: &Draft, name: &Use) -> Option<Role> {
    let passage = name.passage;
    let comma = (name.at.first as usize).checked_sub(1)?;
    let closed = passage.tokens.get(name.at.end as usize).is_none_or(|token| token.kind == TokenKind::Sign);
    if !passage.is_sign(comma, ',') || !closed {
        return None;
    }
    let start = name.sentence().0;
    let mention = (comma.saturating_sub(REACH).max(start)..comma)
        .rev()
        .flat_map(|at| passage.mentions_at(at))
        .map(|place| &passage.mentions[place])
        .find(|mention| mention.is(Kind::Title))?;
    let (role, end) = read(draft, passage, mention, comma)?;
    // A title without an article or a body is somebody's who was named before: “Lima, minister, Ann Roe, mayor”.
    let first = mention.first as usize;
    let the = draft.lexicons.class("the-word");
    let leads = |at: usize| passage.has(at, the) || is_genitive(passage, at);
    let led = (first.saturating_sub(LEAD).max(start)..first).any(leads) || first == start || role.body.is_some();
    (end == comma && led).then_some(role)
}

/// The role of a title's mention, and the token after it and its “of …”, which may go as far as a token.
fn read(draft: &Draft, passage: &Passage, mention: &Mention, limit: usize) -> Option<(Role, usize)> {
    let title = reading(mention)?;
    if title.plural {
        return None;
    }
    let class = |name: &str| draft.lexicons.class(name);
    let (head_at, title_end) = (title.titles.0 as usize, title.titles.1 as usize);
    let head = match passage.hit(head_at, class("title-head")) {
        Some(hit) => passage.lexicon.value(hit.value),
        None => passage.lexicon.value(title.value?),
    };
    let portfolio = class("portfolio");
    let mut role = Role {
        head: head.to_owned(),
        fields: fields(passage, portfolio, mention.first as usize, title_end),
        narrow: Vec::new(),
        body: None,
        joint: false,
        words: Words::tokens(passage.index, mention.first as usize, title_end),
    };
    before_title(draft, passage, mention.first as usize, &mut role);
    let end = complement(draft, passage, title_end, limit, &mut role);
    if role.fields.is_empty() {
        // “the minister, finance chief and …” is none of ours.
        role.words = Words::tokens(passage.index, mention.first as usize, title_end);
    } else {
        role.words = Words::tokens(passage.index, mention.first as usize, end);
    }
    role.fields.sort_unstable();
    role.fields.dedup();
    let and = class("and-word");
    role.joint = passage.has(end, and) && passage.mentions_at(end + 1).any(|at| passage.mentions[at].is(Kind::Title))
        || (mention.first as usize).checked_sub(1).is_some_and(|at| passage.has(at, and));
    Some((role, end))
}

fn fields(passage: &Passage, class: factlint_rules::lexicon::ClassId, first: usize, end: usize) -> Vec<String> {
    (first..end)
        .filter_map(|at| passage.hit(at, class))
        .map(|hit| passage.lexicon.value(hit.value).to_owned())
        .collect()
}

/// “the US climate envoy”: the words between the article and the title.
fn before_title(draft: &Draft, passage: &Passage, first: usize, role: &mut Role) {
    let (the, stop) = (draft.lexicons.class("the-word"), draft.lexicons.class("name-stop"));
    let mut words = Vec::new();
    let mut owned = false;
    let mut at = first;
    while at > 0 && words.len() < 3 {
        at -= 1;
        // “the company's chief executive” says no more than “the chief executive”; “Norway's” is its body.
        if at > 1 && is_genitive(passage, at - 1) {
            owned = true;
            at -= 1;
            continue;
        }
        let token = &passage.tokens[at];
        if owned && token.shape == Shape::Lower {
            role.narrow = words;
            return;
        }
        if let Some(place) = passage
            .mentions_at(at)
            .map(|place| &passage.mentions[place])
            .find(|mention| (mention.is(Kind::Place) || mention.is(Kind::Demonym)) && mention.end as usize <= first)
        {
            role.body =
                reading(place).and_then(|reading| reading.value).map(|value| passage.lexicon.value(value).into());
            role.narrow = words;
            return;
        }
        if token.kind != TokenKind::Word || passage.has(at, stop) {
            break;
        }
        if passage.has(at, the) {
            break;
        }
        if token.shape != Shape::Lower {
            // “Opponents told Governor Roe”: the sentence's subject.
            if !words.is_empty() && passage.opens_sentence(at) {
                break;
            }
            // “the Riga mayor”, “the Fed chair”; or the end of what was said before.
            role.body = Some(folded(passage.word(at)));
            role.narrow = words;
            return;
        }
        words.push(folded(passage.word(at)));
    }
    // Without an article the words before it are the sentence's.
    if at < first && passage.has(at, the) {
        role.narrow = words;
    }
}

/// Stands an apostrophe there that makes the word before it an owner, with its s?
fn is_genitive(passage: &Passage, at: usize) -> bool {
    passage.is_sign(at, '\'') && passage.glued(at) && passage.glued(at + 1) && passage.word(at + 1) == "s"
}

/// “of defence”, “da Saúde”, “of the city of Riga”: what follows the title; gives the token after it.
fn complement(draft: &Draft, passage: &Passage, at: usize, limit: usize, role: &mut Role) -> usize {
    let class = |name: &str| draft.lexicons.class(name);
    let Some(of) = passage.hit(at, class("of-body")) else { return at };
    let mut end = at + of.len as usize;
    let (the, and, portfolio) = (class("the-word"), class("and-word"), class("portfolio"));
    let of_class = class("of-body");
    let mut text = String::new();
    let mut known = false;
    let limit = (end + REACH).min(passage.tokens.len()).min(limit.max(at));
    let mut done = at;
    while end < limit {
        let token = &passage.tokens[end];
        if let Some(hit) = passage.hit(end, portfolio) {
            role.fields.push(passage.lexicon.value(hit.value).to_owned());
            end += hit.len as usize;
            known = true;
            done = end;
            continue;
        }
        if token.kind == TokenKind::Word && token.shape != Shape::Lower {
            let place = passage.mentions_at(end).map(|place| &passage.mentions[place]).find(|mention| {
                mention.is(Kind::Place) && reading(mention).is_some_and(|reading| reading.value.is_some())
            });
            if let Some(place) = place {
                if text.is_empty() {
                    text = reading(place)
                        .and_then(|reading| reading.value)
                        .map_or(String::new(), |value| passage.lexicon.value(value).to_owned());
                }
                end = place.end as usize;
            } else {
                text.push_str(&folded(passage.word(end)));
                end += 1;
            }
            done = end;
            continue;
        }
        if text.is_empty()
            && !known
            && let Some(nouns) = nouns(draft, passage, end, limit)
        {
            text = (end..nouns).map(|at| folded(passage.word(at))).collect();
            end = nouns;
            done = end;
            continue;
        }
        // “for finance and trade”, “of the Economy”, “de l'Économie et des Finances”.
        let joins = passage.has(end, the) || passage.has(end, of_class) || known && passage.has(end, and);
        let glue = token.kind == TokenKind::Sign && matches!(passage.word(end), "'" | "’") && passage.glued(end);
        if !(joins || glue) {
            break;
        }
        end += passage.hit(end, of_class).filter(|_| passage.has(end, of_class)).map_or(1, |hit| hit.len as usize);
    }
    if !text.is_empty() {
        role.body = Some(text);
    }
    done
}

/// “(the director of the) city museum,”: the token after one to three words in lower case that a sign or a small word ends.
fn nouns(draft: &Draft, passage: &Passage, first: usize, limit: usize) -> Option<usize> {
    const LONGEST: usize = 3;
    let (stop, says) = (draft.lexicons.class("name-stop"), draft.lexicons.class("attribution"));
    let is_noun = |at: &usize| {
        passage.tokens[*at].kind == TokenKind::Word
            && passage.tokens[*at].shape == Shape::Lower
            && !passage.has(*at, stop)
    };
    let end = first + (first..limit.min(passage.tokens.len())).take_while(is_noun).count();
    let closed = passage.tokens.get(end).is_none_or(|token| token.kind == TokenKind::Sign) || passage.has(end, stop);
    let spoken = (first..end).any(|at| passage.has(at, says));
    (end > first && end <= first + LONGEST && closed && !spoken).then_some(end)
}

/// A country, an adjective of one, an acronym.
fn is_body(passage: &Passage, at: usize) -> bool {
    passage.mentions_at(at).any(|place| {
        let mention = &passage.mentions[place];
        mention.is(Kind::Demonym) || mention.is(Kind::Place) || mention.is(Kind::Acronym)
    })
}
