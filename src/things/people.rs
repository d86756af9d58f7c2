//! One person with two first names or two offices.
//!
//! A person is a last word; roles and first names split the group.

use chrono::Datelike;
use factlint_rules::Kind;
use factlint_rules::token::TokenKind;

use super::ages;
use super::drift::{is_elsewhen, like_first, names_kin, told_beside};
use super::index::{First, Use};
use super::pair::{Pair, Uses};
use super::places::year;
use super::roles::{Role, role};
use super::spelling::folded;
use crate::document::BlockKind;
use crate::mentions::Draft;

/// Uses of one surname that are looked at.
pub const ENOUGH: usize = 60;

/// The groups of uses by surname, in the order of the draft.
pub fn groups<'c, 'd>(draft: &'c Draft<'d>) -> Vec<(&'d str, Uses<'c, 'd>)> {
    let mut lasts: Vec<(&&str, &Vec<u32>)> = draft.things().by_last.iter().filter(|(_, list)| list.len() > 1).collect();
    lasts.sort_unstable_by_key(|(_, list)| list[0]);
    lasts
        .into_iter()
        .map(|(last, list)| (*last, list.iter().take(ENOUGH).filter_map(|number| Use::of(draft, *number)).collect()))
        .collect()
}

/// Tells a sentence of these names of a family?
pub fn is_kin(draft: &Draft, uses: &Uses) -> bool {
    let class = draft.lexicons.class("kinship");
    uses.iter().any(|name| {
        let (start, end) = name.sentence();
        (start..end).any(|at| names_kin(name.passage, at, class))
    })
}

/// As [`is_kin`], but for what is said in quotation marks beside a name that is not: “Families deserve answers,” said Ann Roe.
pub fn is_kin_told(draft: &Draft, uses: &Uses) -> bool {
    let class = draft.lexicons.class("kinship");
    uses.iter().any(|name| {
        let (start, end) = name.sentence();
        let own = name.passage.quoted[name.at.first as usize];
        (start..end).any(|at| names_kin(name.passage, at, class) && (own || !name.passage.quoted[at]))
    })
}

/// How many first names the uses have that no nickname or initial makes one.
pub fn distinct_firsts(draft: &Draft, uses: &Uses) -> usize {
    let mut firsts: Vec<&str> = Vec::new();
    for name in uses {
        if let First::Name(first) = name.first(draft)
            && !firsts.iter().any(|other| like_first(draft, name, other, first))
        {
            firsts.push(first);
        }
    }
    firsts.len()
}

/// Ends one of the names as the other does: “Moreno Bonilla”, “Juan Manuel Moreno Bonilla”?
fn is_tail(a: &Use, b: &Use) -> bool {
    let (short, long) = if a.words.len() < b.words.len() { (a, b) } else { (b, a) };
    let offset = long.words.len() - short.words.len();
    offset > 0
        && (0..short.words.len())
            .all(|at| short.words[at].text(short.passage) == long.words[at + offset].text(long.passage))
}

/// A headline's first name that the text does not have for that surname.
pub fn headline_first_names(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let named: Vec<(&str, &Use)> = uses
            .iter()
            .filter(|name| !name.reading.body && !name.reading.weak && name.words.len() == 2)
            .filter_map(|name| match name.first(draft) {
                First::Name(first) => Some((first, name)),
                _ => None,
            })
            .collect();
        let is_head = |name: &Use| name.passage.block.kind == BlockKind::Headline;
        let Some((first, name)) = named.iter().find(|(_, name)| is_head(name)) else { continue };
        // “Release Notes” over a heading “Compatibility Notes”: two first words of a thing.
        let mut others = named.iter().filter(|(_, other)| other.passage.block.kind.is_prose());
        let Some((other_first, other)) = others.next() else { continue };
        if !uses.iter().any(Use::is_person) {
            continue;
        }
        let plain = |first: &str| first.chars().all(char::is_alphabetic) && first.chars().any(char::is_lowercase);
        // “whom the world called Magic”: the text has the name, and says whose it is.
        let is_told = |word: &str| {
            let prose = draft.passages().iter().filter(|passage| passage.block.kind.is_prose());
            prose.into_iter().any(|passage| (0..passage.tokens.len()).any(|at| passage.word(at) == word))
        };
        // “Becoming a Package Maintainer”: an article stands before a thing.
        let at = name.at.first as usize;
        let article = at > 0
            && ["the-word", "indefinite", "det"]
                .iter()
                .any(|class| name.passage.has(at - 1, draft.lexicons.class(class)));
        if name.reading.opens
            || article
            || like_first(draft, name, first, other_first)
            || !plain(first)
            || !plain(other_first)
            || is_told(first)
        {
            continue;
        }
        let mut pair = Pair::new(name.word(0), other.at, *first, *other_first);
        pair.fact("kinship", is_kin(draft, &uses));
        pair.fact("several", others.any(|(again, _)| again != other_first));
        pairs.push(pair);
    }
    pairs
}

/// One surname and office, two first names.
pub fn first_names(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let generic = draft.lexicons.class("generic-role");
    for (_, uses) in groups(draft) {
        let mut named: Vec<(&str, &Use, Option<Role>)> = Vec::new();
        for name in &uses {
            if let First::Name(first) = name.first(draft)
                && !name.reading.body
                && !name.reading.weak
                && name.is_person()
                // “GSA's Chief Privacy Officer”
                && !name.passage.lexicon.is(name.last(), draft.lexicons.class("title"))
            {
                named.push((first, name, role(draft, name)));
            }
        }
        if named.len() < 2 {
            continue;
        }
        let count = |first: &str| named.iter().filter(|(other, ..)| *other == first).count();
        for (at, (first, name, own)) in named.iter().enumerate().skip(1) {
            let Some(own) = own else { continue };
            let Some((other_first, other, before)) = named[..at].iter().find(|(other_first, other, role)| {
                role.as_ref().is_some_and(|role| role.is_like(own))
                    && !like_first(draft, other, other_first, first)
                    && !is_tail(other, name)
            }) else {
                continue;
            };
            let mut pair = Pair::new(name.word(0), other.at, *first, *other_first);
            pair.uses = count(other_first);
            pair.rare = count(first);
            pair.fact("same-sentence", named.iter().any(|(a, x, _)| named.iter().any(|(b, y, _)| a != b && x.with(y))));
            pair.fact("kinship", is_kin(draft, &uses));
            pair.fact("used-again", count(first) > 1);
            let narrowed = !own.fields.is_empty()
                || !own.narrow.is_empty() && before.as_ref().is_some_and(|role| role.narrow == own.narrow);
            let of_one_body = own.body.is_some() && before.as_ref().is_some_and(|role| role.body == own.body);
            let unique = !name.passage.lexicon.is(&own.head, generic);
            pair.fact("specific-role", unique || narrowed || of_one_body);
            // Many hold it, and a story has one: the coach, the defendant.
            pair.fact("one-at-a-time", name.passage.lexicon.is(&own.head, draft.lexicons.class("story-role")));
            // Of “the mayor, Ann Roe, for the rise” the comma is the title's.
            let aside = (name.at.first as usize).checked_sub(1).is_some_and(|at| name.passage.is_sign(at, ','));
            pair.fact("introduced-here", is_presented(draft, name) && !aside);
            // A surname that stands bare is one person's: with two of that name, nobody would know whose.
            let bare = |name: &Use| name.words.len() == 1 && !name.reading.body && !name.reading.weak;
            pair.fact("bare", uses.iter().any(bare));
            pair.fact("both-titled", name.is_titled() && other.is_titled());
            pair.fact("both-given", is_given(draft, name) && is_given(draft, other));
            pair.fact("told-apart", is_placed(name) != is_placed(other));
            pair.fact(
                "elsewhen",
                is_elsewhen(draft, &[**name, **other]) || is_dated(draft, name) || is_dated(draft, other),
            );
            pairs.push(pair);
            break;
        }
    }
    pairs
}

/// One surname that the draft introduced, and that stands once with another first name that nothing introduces.
pub fn other_first_names(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let told = |name: &&Use| !name.reading.body && !name.reading.weak && (2..=3).contains(&name.words.len());
        let named: Vec<(&str, &Use)> = uses
            .iter()
            .filter(told)
            .filter_map(|name| match name.first(draft) {
                First::Name(first) => Some((first, name)),
                _ => None,
            })
            .collect();
        let Some((main, introduced)) = named.first().copied() else { continue };
        // “Paul B. Roux”, “Anne A. Roux”: who takes such care means two.
        let mut others = named
            .iter()
            .filter(|(first, name)| name.words.len() == 2 && !like_first(draft, name, main, first))
            .filter(|(_, name)| !is_tail(introduced, name));
        let Some((first, name)) = others.next().copied() else { continue };
        // “Tress Rodríguez” beside “Ana Tress”: two surnames.
        if [main, first].iter().any(|word| draft.things().by_last.contains_key(word)) {
            continue;
        }
        let mut pair = Pair::new(name.word(0), introduced.at, first, main);
        let bare = |name: &&Use| name.words.len() == 1 && !name.reading.body;
        let same = named.iter().filter(|(other, name)| like_first(draft, name, main, other)).count();
        pair.uses = same + uses.iter().filter(bare).count();
        pair.rare = named.len() - same;
        // “The McCabes”: there are two of them.
        let plural = draft.things().by_last.contains_key(format!("{}s", name.last()).as_str());
        pair.fact("several", others.next().is_some() || plural);
        pair.fact("kinship", is_kin(draft, &uses));
        pair.fact("same-sentence", named.iter().any(|(_, other)| other.at != name.at && other.with(name)));
        pair.fact("introduced", is_introduced(draft, introduced));
        pair.fact("introduced-here", is_introduced(draft, name));
        pair.fact("listed", is_listed(draft, name) || is_listed(draft, introduced));
        pair.fact("attributed", name.reading.attributed);
        pair.fact(
            "attributed-both",
            name.reading.attributed && uses.iter().any(|other| other.at != name.at && other.reading.attributed),
        );
        pair.fact("opens", name.reading.opens);
        pair.fact("same-initial", folded(main).chars().next() == folded(first).chars().next());
        pair.fact("quoted", name.at.quoted(draft) || introduced.at.quoted(draft));
        pair.fact("given", is_given(draft, name));
        pair.fact(
            "same-age",
            ages::of_one(draft, name).is_some_and(|age| ages::of_one(draft, introduced) == Some(age)),
        );
        pair.fact("same-gender", gender(draft, name).is_some_and(|own| gender(draft, introduced) == Some(own)));
        // Of this first name somewhere: a word that opens a sentence, or another name's, is none.
        let speaks =
            named.iter().any(|(first, other)| *first == main && (other.reading.attributed || other.is_titled()));
        let office = |at: usize| {
            introduced.passage.mentions_at(at).any(|place| introduced.passage.mentions[place].is(Kind::Title))
        };
        let end = introduced.at.end as usize;
        let described = introduced.passage.is_sign(end, ',') && (end + 1..end + 4).any(office);
        pair.fact("person", is_given(draft, introduced) || (described || speaks) && !introduced.reading.opens);
        // Who is spoken of by the surname alone between the two.
        let place = |name: &Use| (name.at.passage, name.at.first);
        pair.fact(
            "bare-between",
            uses.iter().any(|other| bare(&other) && place(other) > place(introduced) && place(other) < place(name)),
        );
        pair.fact("bare-after", uses.iter().any(|other| bare(&other) && place(other) > place(name)));
        pairs.push(pair);
    }
    pairs
}

/// Tells the draft right behind the name who this is: “Paddy Lynch, of the bakers,” “Ann Roe, 45,” “Ann Roe (Lille)”?
pub fn is_presented(draft: &Draft, name: &Use) -> bool {
    let (passage, end) = (name.passage, name.at.end as usize);
    let of = ["of-body", "locative"].iter().any(|class| passage.has(end + 1, draft.lexicons.class(class)));
    let age = passage.tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Number);
    passage.is_sign(end, '(') || passage.is_sign(end, ',') && (of || age)
}

/// Is its first word no place, firm or day, as far as a list of first names goes?
fn is_given(draft: &Draft, name: &Use) -> bool {
    let word = name.words[name.given_place(draft)];
    name.is_given(draft, word) || name.passage.has(word.first as usize, draft.lexicons.class("nickname"))
}

/// The gender that the first name tells, by the lexicon.
pub fn gender<'d>(draft: &Draft<'d>, name: &Use<'_, 'd>) -> Option<&'d str> {
    let word = &name.words[name.given_place(draft)];
    let (first, end) = (word.first, word.end);
    let hit = name.passage.hit(first as usize, draft.lexicons.class("given-name"))?;
    // “Jean-Marc” is no Jean.
    (first + u32::from(hit.len) == end).then(|| name.passage.lexicon.value(hit.value))
}

/// Has the name a title, or words that tell who it is: “Ann Roe, the mayor,”, “Ann Roe of Lille”, “Ann Roe (Lille)”?
fn is_introduced(draft: &Draft, name: &Use) -> bool {
    let (passage, end) = (name.passage, name.at.end as usize);
    let class = |name: &str| draft.lexicons.class(name);
    let sign = |at: usize, signs: &[char]| signs.iter().any(|sign| passage.is_sign(at, *sign));
    let told = sign(end, &[',', '(', '–', '—', '-']);
    let before = (name.at.first as usize).checked_sub(1);
    // “said Ann Roe in Lille”: the place is the verb's.
    let says = before.is_some_and(|at| passage.has(at, class("attribution")));
    let placed = ["of-body", "locative", "who-word"].iter().any(|name| passage.has(end, class(name))) && !says;
    let listed = before.is_some_and(|at| sign(at, &[':', '(', '–', '—']));
    name.is_titled() || name.reading.peeled || told || placed || listed
}

/// Stands it beside “and” or in a list of names?
fn is_listed(draft: &Draft, name: &Use) -> bool {
    let and = draft.lexicons.class("and-word");
    let (passage, end) = (name.passage, name.at.end as usize);
    let before = (name.at.first as usize).checked_sub(1);
    passage.has(end, and) || before.is_some_and(|at| passage.has(at, and)) || !passage.block.kind.is_prose()
}

/// Stands it beside a year before the draft's, or does its sentence open with one? “Since 2020” is still so.
fn is_dated(draft: &Draft, name: &Use) -> bool {
    const OPENING: usize = 4;
    let today = draft.date.map_or(u32::MAX, |date| u32::try_from(date.year()).unwrap_or(u32::MAX));
    let (start, _) = name.sentence();
    let since = draft.lexicons.class("since");
    told_beside(draft, name)
        .chain(start..start + OPENING)
        .any(|at| year(name, at).is_some_and(|year| year < today) && !(at > 0 && name.passage.has(at - 1, since)))
}

/// Opens its sentence with a place: “In Boston, police chief Ed Roe left”?
fn is_placed(name: &Use) -> bool {
    let (start, _) = name.sentence();
    let at = name.at.first as usize;
    name.passage.mentions.iter().any(|mention| {
        let (first, end) = (mention.first as usize, mention.end as usize);
        let named = mention.is(Kind::Name) && first >= start && end < at && first <= start + 2;
        named && first > start && name.passage.is_sign(end, ',')
    })
}

/// Offices that go with any other: who leads a government often leads a ministry as well.
const BESIDE: [&str; 3] = ["prime", "vice", "deputy"];

/// Who stands for the holder.
const VICE: [&str; 3] = ["vice", "deputy", "lieutenant"];

/// Somebody with an office.
type Held<'a, 'c, 'd> = (&'a Use<'c, 'd>, Role);

/// Is it an office for something: finance, health?
fn has_portfolio(role: &Role) -> bool {
    !role.fields.is_empty() && !role.fields.iter().any(|field| BESIDE.contains(&field.as_str()))
}

/// “Finance Minister Ann Roe”, “Roe, the foreign minister,”: two portfolios.
fn portfolios((_, own): &Held, (_, before): &Held) -> bool {
    has_portfolio(own)
        && has_portfolio(before)
        && before.head == own.head
        && !own.fields.iter().any(|word| before.fields.contains(word))
}

/// “Vice President Ann Roe”, “President Ann Roe”: both with the full name, for a bare title may stand for a deputy's.
fn deputies((name, own): &Held, (other, before): &Held) -> bool {
    let is_vice = |role: &Role| matches!(&role.fields[..], [one] if VICE.contains(&one.as_str()));
    before.head == own.head
        && before.narrow.is_empty()
        && own.narrow.is_empty()
        && (is_vice(own) && before.fields.is_empty() || is_vice(before) && own.fields.is_empty())
        && [name, other].iter().all(|name| name.words.len() > 1)
        && !in_one_clause(name, other)
}

/// Stand the two in one sentence, and no semicolon between them?
fn in_one_clause(name: &Use, other: &Use) -> bool {
    let (first, end) = (name.at.first.min(other.at.first) as usize, name.at.first.max(other.at.first) as usize);
    name.with(other) && !(first..end).any(|at| name.passage.is_sign(at, ';'))
}

/// “Prime Minister Ann Roe”, “Foreign Minister Roe”: both with the title before the name, for who leads a government may well be told
/// of, in passing, as the minister for something.
fn premiers((name, own): &Held, (other, before): &Held) -> bool {
    let is_prime = |role: &Role| matches!(&role.fields[..], [one] if one == "prime");
    before.head == own.head
        && (is_prime(own) && has_portfolio(before) || is_prime(before) && has_portfolio(own))
        && [name, other].iter().all(|name| name.is_titled())
        && (name.words.len() > 1 || other.words.len() > 1)
        && !in_one_clause(name, other)
}

/// “Colonel Ann Roe”, “General Roe”: two rungs of one ladder. A captain and a general who are surnames alone may be two men.
fn rungs(draft: &Draft, (name, own): &Held, (other, before): &Held) -> bool {
    let full = name.words.len() > 1 || other.words.len() > 1;
    let clash = || {
        let (own, before) = (rungs_of(draft, name, own), rungs_of(draft, other, before));
        own.iter().any(|(ladder, rung)| before.iter().any(|(other, at)| ladder == other && rung != at))
    };
    full && !in_one_clause(name, other) && clash()
}

/// The ladders of an office that says no more than the office, and its rung on each.
fn rungs_of<'c>(draft: &Draft, name: &Use<'c, '_>, role: &Role) -> Vec<(&'c str, &'c str)> {
    let office = if role.fields.is_empty() {
        role.head.clone()
    } else {
        // “police chief”, “prime minister”: by all of its words.
        let tokens = role.words.first as usize..role.words.end as usize;
        tokens.map(|at| name.passage.word(at).to_lowercase()).collect::<Vec<_>>().join(" ")
    };
    if !role.narrow.is_empty() || !role.is_bare(&office, name.passage) {
        return Vec::new();
    }
    let ladders = name.passage.lexicon.phrases(draft.lexicons.class("ladder"));
    ladders.filter(|(_, phrase)| *phrase == office).filter_map(|(value, _)| value.split_once(' ')).collect()
}

/// One person, one kind of office, two portfolios.
pub fn offices(draft: &Draft) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (_, uses) in groups(draft) {
        let all: Vec<Held> = uses
            .iter()
            .filter(|name| !name.reading.weak)
            .filter_map(|name| Some((name, role(draft, name)?)))
            .filter(|(_, role)| !role.joint)
            .collect();
        let first_two = |clash: &dyn Fn(&Held, &Held) -> bool| {
            all.iter().enumerate().find_map(|(at, own)| {
                let before = all[..at].iter().find(|before| own.1.may_share_body(&before.1) && clash(own, before))?;
                Some((own, before))
            })
        };
        let found = first_two(&portfolios)
            .or_else(|| first_two(&deputies))
            .or_else(|| first_two(&premiers))
            .or_else(|| first_two(&|own, before| rungs(draft, own, before)));
        let Some(((name, own), (other, before))) = found else { continue };
        let mut pair = Pair::new(own.words, before.words, own.words.text(draft), before.words.text(draft));
        pair.fact("elsewhen", is_elsewhen(draft, &uses) || is_dated(draft, name) || is_dated(draft, other));
        pair.fact("kinship", is_kin(draft, &uses));
        let firsts = (name.first(draft), other.first(draft));
        let other_first = matches!(firsts, (First::Name(a), First::Name(b)) if !like_first(draft, name, a, b));
        pair.fact("other-first", other_first || distinct_firsts(draft, &uses) > 1);
        pairs.push(pair);
    }
    pairs
}
