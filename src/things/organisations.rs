//! One body in two forms of its name: dialects, hyphens, marks on letters.

use factlint_rules::Kind;
use factlint_rules::lexicon::ClassId;
use factlint_rules::token::{Shape, TokenKind};
use rustc_hash::FxHashMap;

use super::index::reading;
use super::pair::Pair;
use super::spelling::folded;
use crate::expressions::Words;
use crate::mentions::{Draft, Passage};
use crate::tables::body_key;

/// Pairs of long names that are one but for dialect or hyphens.
pub fn forms(draft: &Draft) -> Vec<Pair> {
    let mut groups: FxHashMap<String, Vec<(&str, Words)>> = FxHashMap::default();
    for passage in draft.passages() {
        for (place, mention) in passage.of(Kind::Name) {
            let Some(name) = reading(mention) else { continue };
            if name.words.len() < 2 || name.weak || passage.block.kind == crate::document::BlockKind::Heading {
                continue;
            }
            let words = Words::mention(passage.index, place, mention);
            if words.quoted(draft) {
                continue;
            }
            let text = words.text(draft);
            groups.entry(body_key(text)).or_default().push((text, words));
        }
    }
    let mut keys: Vec<&String> = groups.keys().filter(|key| groups[*key].len() > 1).collect();
    keys.sort_unstable();
    let mut pairs = Vec::new();
    for key in keys {
        let uses = &groups[key];
        let mut forms: Vec<(&str, Vec<Words>)> = Vec::new();
        for (text, words) in uses {
            match forms
                .iter_mut()
                .find(|(form, _)| form.to_lowercase().split_whitespace().eq(text.to_lowercase().split_whitespace()))
            {
                Some((_, list)) => list.push(*words),
                None => forms.push((text, vec![*words])),
            }
        }
        if forms.len() < 2 {
            continue;
        }
        // Stable: of equally frequent forms the first stays, the later is flagged.
        forms.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
        let (main, main_uses) = (forms[0].0, forms[0].1.clone());
        for (form, list) in &forms[1..] {
            for words in list.iter().take(3) {
                let mut pair = Pair::new(*words, main_uses[0], *form, main);
                pair.others = main_uses.iter().take(3).copied().collect();
                pair.uses = main_uses.len();
                pair.rare = list.len();
                let (a, b) = (folded(main), folded(form));
                pair.fact("hyphen", a == b && main.contains('-') != form.contains('-'));
                pair.fact("dialect", a != b && is_dialect(&a, &b));
                pair.fact("accents", a == b && main.contains('-') == form.contains('-'));
                pair.fact("two-bodies", a != b && !is_dialect(&a, &b));
                pair.fact("often", pair.uses >= 2);
                pair.fact("rarer", list.len() * 2 <= main_uses.len());
                pair.fact("in-table", draft.lexicons.tables().body(main).is_some());
                pair.fact("nouns-capitalised", draft.passages()[words.passage].lexicon.language == "de");
                pair.fact("body", [words, &main_uses[0]].iter().any(|words| is_body(draft, words)));
                pair.fact("own-name", is_own_name(draft, words));
                pair.fact("same-sentence", main_uses.iter().any(|other| together(draft, words, other)));
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// Long names that are one but for the word that says what they are, where the two words are said of like bodies: a
/// corporation, a company. It is their last word, or their first: Comissão Nacional de Águas, Comité Nacional de Águas.
pub fn tails(draft: &Draft, first: bool) -> Vec<Pair> {
    let class = draft.lexicons.class("like-body");
    let mut groups: FxHashMap<String, Vec<(&str, &str, Words)>> = FxHashMap::default();
    for passage in draft.passages() {
        for (place, mention) in passage.of(Kind::Name) {
            let Some(name) = reading(mention) else { continue };
            let (([kind, rest @ ..], true) | ([rest @ .., kind], false)) = (&name.words[..], first) else { continue };
            let Some(hit) = passage.hit(kind.first as usize, class) else { continue };
            let words = Words::mention(passage.index, place, mention);
            if rest.is_empty() || name.weak || words.quoted(draft) {
                continue;
            }
            let key = body_key(&rest.iter().map(|word| word.text(passage)).collect::<Vec<_>>().join(" "));
            groups.entry(key).or_default().push((kind.text(passage), passage.lexicon.value(hit.value), words));
        }
    }
    let mut keys: Vec<&String> = groups.keys().filter(|key| groups[*key].len() > 1).collect();
    keys.sort_unstable();
    let mut pairs = Vec::new();
    for key in keys {
        let uses = &groups[key];
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for (last, ..) in uses {
            *counts.entry(last).or_default() += 1;
        }
        let count = |last: &str| counts.get(last).copied().unwrap_or_default();
        // Of equally frequent forms the first stays.
        let Some((main, kind, first)) = uses.iter().rev().max_by_key(|(last, ..)| count(last)) else { continue };
        for (last, other_kind, words) in uses.iter().filter(|(last, ..)| last != main) {
            let mut pair = Pair::new(*words, *first, words.text(draft), first.text(draft));
            pair.uses = count(main);
            pair.rare = count(last);
            pair.fact("like", kind == other_kind);
            pair.fact("dialect", body_key(last) == body_key(main));
            pair.fact("in-table", draft.lexicons.tables().body(words.text(draft)).is_some());
            pair.fact(
                "short-form",
                super::spelling::folded(main).starts_with(&super::spelling::folded(last))
                    || super::spelling::folded(last).starts_with(&super::spelling::folded(main)),
            );
            pair.fact("same-sentence", uses.iter().any(|(other, _, at)| other != last && together(draft, words, at)));
            let content = |word: &&str| word.chars().count() > 3;
            pair.fact("three", key.split_whitespace().filter(content).count() > 1);
            pairs.push(pair);
        }
    }
    pairs
}

/// A body's long name: its words with a capital, and the small words before each of them.
struct LongName {
    words: Words,
    content: Vec<String>,
    small: Vec<String>,
    /// The small words without articles, and with all words for “of” as one.
    bare: Vec<String>,
    /// The small words join two of a kind: “Army and Navy”.
    joins: bool,
    /// The words up to the first small one hold the kind of body.
    headed: bool,
    /// It ends in a plural that firms are called by, Logistics, Foods; or in the singular of one.
    firm: bool,
}

impl LongName {
    /// How it is written: its words, and the small ones between them.
    fn written(&self) -> (&[String], &[String]) {
        (&self.content, &self.small)
    }

    /// The place of the word that says what it is: before the first small word, or the last.
    fn head(&self) -> usize {
        (1..self.small.len()).find(|at| !self.small[*at].is_empty()).unwrap_or(self.content.len()) - 1
    }
}

/// Long names of bodies that are one but for their small words or the number of one of the others: Society for the
/// Protection of Birds, Society for Protection of Birds; Department of Veterans Affairs, Department of Veteran Affairs.
pub fn particles(draft: &Draft) -> Vec<Pair> {
    let mut groups: FxHashMap<String, Vec<LongName>> = FxHashMap::default();
    let classes = BodyClasses::of(draft);
    for passage in draft.passages().iter().filter(|passage| passage.block.kind.is_prose()) {
        let mut at = 0;
        while at < passage.tokens.len() {
            let (name, next) = long_name(&classes, passage, at);
            at = next.max(at + 1);
            let Some(name) = name.filter(|name| !name.words.quoted(draft)) else { continue };
            let stems: Vec<String> = name.content.iter().map(|word| stem(word, &passage.lexicon.language)).collect();
            groups.entry(stems.join(" ")).or_default().push(name);
        }
    }
    let mut keys: Vec<&String> = groups.keys().filter(|key| groups[*key].len() > 1).collect();
    keys.sort_unstable();
    let mut pairs = Vec::new();
    for key in keys {
        let uses = &groups[key];
        let mut counts: FxHashMap<(&[String], &[String]), usize> = FxHashMap::default();
        for name in uses {
            *counts.entry(name.written()).or_default() += 1;
        }
        let count = |name: &LongName| counts[&name.written()];
        let text = |name: &LongName| name.words.text(draft).split_whitespace().collect::<Vec<_>>().join(" ");
        let known = |name: &LongName| draft.lexicons.tables().body(&text(name)).is_some();
        // Of equally frequent forms the one that the table has stays, else the first.
        let Some(main) = uses.iter().rev().max_by_key(|name| (count(name), known(name))) else { continue };
        for name in uses.iter().filter(|name| name.written() != main.written()) {
            let mut pair = Pair::new(name.words, main.words, text(name), text(main));
            pair.uses = count(main);
            pair.rare = count(name);
            let last = name.content.len() - 1;
            let numbers: Vec<usize> = (0..=last).filter(|at| name.content[*at] != main.content[*at]).collect();
            let small = name.small != main.small;
            // The plural of the word that says what it is means several of them: Courts of Appeal, Navy Departments.
            let of_table = known(main) && !known(name);
            let language = &draft.passages()[name.words.passage].lexicon.language;
            // “Bluewater Logistics”: a plural that firms are called by.
            let firm = |at: usize| at == last && numbers.len() == 1 && (name.firm || main.firm);
            let bare_up_to = |at: usize| name.small[1..=at].iter().all(String::is_empty);
            let several = |at: usize| {
                if leads(language) {
                    at <= name.head().min(last.saturating_sub(1)) && bare_up_to(at)
                } else {
                    !firm(at) && (at == name.head() || at == last && name.small[at].is_empty())
                }
            };
            let of_number = |at: &usize| is_plural(&name.content[*at], &main.content[*at], language);
            pair.fact("small-words", small && numbers.is_empty() && !name.joins && !main.joins);
            pair.fact("articles", name.bare == main.bare);
            pair.fact("headed", name.headed && main.headed);
            let number = !numbers.is_empty() && numbers.len() <= 2 && numbers.iter().all(of_number);
            // “per le Ricerche”, “per la Ricerca”: its article goes with it.
            let articles = !small || leads(language) && name.bare == main.bare;
            pair.fact("number", articles && number && (of_table || !numbers.iter().any(|at| several(*at))));
            pair.fact("firm", numbers.first().is_some_and(|at| firm(*at)));
            pair.fact("three", name.content.len() > 2);
            pair.fact("joined", [name, main].iter().all(|name| name.small.iter().any(|small| !small.is_empty())));
            let beside =
                |other: &&LongName| name.written() != other.written() && together(draft, &name.words, &other.words);
            // They are in the order of the passages.
            let from = uses.partition_point(|other| other.words.passage < name.words.passage);
            let here = uses[from..].iter().take_while(|other| other.words.passage == name.words.passage);
            pair.fact("same-sentence", here.filter(beside).count() > 0);
            pairs.push(pair);
        }
    }
    pairs
}

/// The classes of words that long names are made of.
struct BodyClasses {
    body: ClassId,
    function: ClassId,
    the: ClassId,
    of: ClassId,
    and: ClassId,
    joiner: ClassId,
    det: ClassId,
    firm: ClassId,
}

impl BodyClasses {
    fn of(draft: &Draft) -> BodyClasses {
        let class = |name: &str| draft.lexicons.class(name);
        BodyClasses {
            body: class("organisation-word"),
            function: class("function-word"),
            the: class("the-word"),
            of: class("of-body"),
            and: class("and-word"),
            joiner: class("name-joiner"),
            det: class("det"),
            firm: class("firm-plural"),
        }
    }
}

/// The long name of a body that starts at a token, if one does, and the token after the words that were looked at.
fn long_name(classes: &BodyClasses, passage: &Passage, start: usize) -> (Option<LongName>, usize) {
    const MOST_SMALL: usize = 3;
    let is_capital = |at: usize| {
        passage.tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Word && token.shape == Shape::Capitalised && token.end - token.start > 2
        })
    };
    if !is_capital(start) {
        return (None, start + 1);
    }
    let BodyClasses { body, function, the, of, and, joiner, det, firm } = *classes;
    let joins = [joiner, the, of, and];
    let english = passage.lexicon.language == "en";
    let is_small = |at: usize| {
        let token = &passage.tokens[at];
        let article = token.end - token.start <= 3 && passage.has(at, det);
        token.shape == Shape::Lower && (article || joins.iter().any(|class| passage.has(at, *class)))
    };
    // “The Bank of …”: what opens a sentence is no part of the name. Outside English the kind of body comes first.
    let next = start + 1;
    let behind = matches!(passage.lexicon.language.as_str(), "de" | "nl") && is_capital(next);
    let led = if english {
        !passage.has(start, function)
    } else {
        passage.has(start, body) || behind && !passage.has(start, function) && passage.has(next, body)
    };
    let goes_on = is_capital(next) || next < passage.tokens.len() && is_small(next);
    if !led || !goes_on {
        return (None, next);
    }
    let mut name = LongName {
        words: Words::tokens(passage.index, start, start + 1),
        content: vec![folded(passage.word(start))],
        small: vec![String::new()],
        bare: vec![String::new()],
        joins: false,
        headed: passage.has(start, body),
        firm: false,
    };
    let mut is_body = name.headed;
    let mut end = start + 1;
    loop {
        let mut at = end;
        // “Workers' Compensation”
        let apostrophe = passage.glued(at) && (passage.is_sign(at, '\'') || passage.is_sign(at, '’'));
        if apostrophe && passage.word(at - 1).ends_with('s') && is_capital(at + 1) && !passage.glued(at + 1) {
            at += 1;
        }
        let (mut between, mut bare) = (Vec::new(), Vec::new());
        while at < passage.tokens.len() && between.len() < MOST_SMALL && is_small(at) && !passage.glued(at) {
            between.push(folded(passage.word(at)));
            if passage.has(at, of) {
                bare.push("of".to_owned());
            } else if !passage.has(at, the) {
                bare.push(folded(passage.word(at)));
            }
            name.joins |= passage.has(at, and);
            at += 1;
            // “dell'Entrate”
            at += usize::from(passage.is_sign(at, '\'') || passage.is_sign(at, '’'));
        }
        let elided = at > end && !between.is_empty() && !passage.glued(at - 1);
        if !is_capital(at) || passage.glued(at) && (between.is_empty() || elided) {
            break;
        }
        // “Later the Society of …”, “clerks of the Department of …”: here another name starts.
        let led = at > end && passage.has(at - 1, the);
        let mut segment = (at..).take_while(|at| is_capital(*at));
        if led && (bare.is_empty() || segment.any(|at| passage.has(at, body))) {
            break;
        }
        is_body |= passage.has(at, body);
        name.content.push(folded(passage.word(at)));
        name.small.push(between.join(" "));
        name.bare.push(bare.join(" "));
        name.headed |= passage.has(at, body) && name.small.iter().all(String::is_empty);
        end = at + 1;
    }
    name.words = Words::tokens(passage.index, start, end);
    // “Bluewater Logistics”, or what would be that with the ending of a plural.
    let plain = name.content.len() > 1 && name.small.iter().all(String::is_empty);
    let of_firm = |word: &str| {
        let ending = word.strip_suffix('y').map_or_else(|| format!("{word}s"), |stem| format!("{stem}ies"));
        passage.lexicon.is(&ending, firm)
    };
    name.firm = plain && (passage.has(end - 1, firm) || of_firm(passage.word(end - 1)));
    is_body |= name.firm;
    name.headed |= name.firm;
    // “Council-run”, “Bank's”: hyphens and genitives go on.
    let cut = passage.is_sign(end, '-') && passage.glued(end);
    ((is_body && name.content.len() > 1 && !cut).then_some(name), end)
}

/// The word without the ending of a plural, where the language has it for one alone; and, in some languages, without a vowel that both
/// forms may have before it.
fn stem(word: &str, language: &str) -> String {
    const SHORT: usize = 4;
    let cut = |word: &str, ending: &str| {
        word.strip_suffix(ending).filter(|stem| stem.chars().count() >= SHORT).map(str::to_owned)
    };
    let plural = || cut(word, "s").filter(|stem| !stem.ends_with('s'));
    match language {
        "en" => {
            let stem = plural().unwrap_or_else(|| word.to_owned());
            cut(&stem, "ie").or_else(|| cut(&stem, "y")).unwrap_or(stem)
        }
        "fr" => plural().unwrap_or_else(|| word.to_owned()),
        "es" => {
            let stem = plural().unwrap_or_else(|| word.to_owned());
            cut(&stem, "e").unwrap_or(stem)
        }
        "pt" => {
            let stem = plural().unwrap_or_else(|| word.to_owned());
            match cut(&stem, "oe").or_else(|| cut(&stem, "ao")) {
                Some(stem) => stem,
                None => cut(&stem, "i").or_else(|| cut(&stem, "l")).unwrap_or(stem),
            }
        }
        "it" => {
            let stem = ["a", "e", "i", "o"].into_iter().find_map(|ending| cut(word, ending));
            let stem = stem.unwrap_or_else(|| word.to_owned());
            cut(&stem, "h").unwrap_or(stem)
        }
        "nl" => cut(word, "en").or_else(plural).unwrap_or_else(|| word.to_owned()),
        _ => word.to_owned(),
    }
}

/// Does the kind of body come first in names, and may its first word alone have a capital?
pub fn leads(language: &str) -> bool {
    matches!(language, "es" | "pt" | "fr" | "it")
}

/// Are two words of one stem one and several of it?
fn is_plural(a: &str, b: &str, language: &str) -> bool {
    let ends = |word: &str| word.chars().next_back().unwrap_or(' ');
    match language {
        // “Banca” and “Banco” are two.
        "it" => {
            let (a, b) = (ends(a), ends(b));
            [('a', 'e'), ('o', 'i'), ('e', 'i'), ('a', 'i')].iter().any(|pair| *pair == (a, b) || *pair == (b, a))
        }
        "nl" => a.ends_with("en") != b.ends_with("en") || a.ends_with('s') != b.ends_with('s'),
        _ => a.ends_with('s') != b.ends_with('s'),
    }
}

/// Differ the two in the spelling of words only, not in which words they have?
fn is_dialect(a: &str, b: &str) -> bool {
    a.split(' ').count() == b.split(' ').count()
}

fn is_body(draft: &Draft, words: &Words) -> bool {
    words.as_mention(draft).and_then(reading).is_some_and(|reading| reading.body)
}

/// Stand the two in one sentence?
fn together(draft: &Draft, a: &Words, b: &Words) -> bool {
    let sentence = |words: &Words| draft.passages()[words.passage].sentence_of(words.first as usize);
    a.passage == b.passage && sentence(a) == sentence(b)
}

/// Has the name a word that only it bears: `Pew` Research Centre; but no National Defence Council?
fn is_own_name(draft: &Draft, words: &Words) -> bool {
    let passage = &draft.passages()[words.passage];
    let Some(name) = words.as_mention(draft).and_then(reading) else { return false };
    let general =
        ["organisation-word", "portfolio", "title", "title-modifier", "country", "demonym", "name-stop", "name-joiner"];
    name.words.iter().any(|word| {
        let text = word.text(passage);
        let at = word.first as usize;
        text.chars().count() > 2
            && text.starts_with(char::is_uppercase)
            && !general.iter().any(|class| {
                let class = draft.lexicons.class(class);
                passage.has(at, class) || passage.lexicon.is(text, class)
            })
    })
}

/// Names of two joined by a sign in one place and by a word in another: `Holt & Marsh`, `Holt and Marsh`.
pub fn ampersands(draft: &Draft) -> Vec<Pair> {
    if !draft.passages().iter().any(|passage| passage.text().contains('&')) {
        return Vec::new();
    }
    let and = draft.lexicons.class("and-word");
    let mut forms: FxHashMap<String, [Vec<Words>; 2]> = FxHashMap::default();
    for passage in draft.passages() {
        for at in 1..passage.tokens.len().saturating_sub(1) {
            let sign = passage.is_sign(at, '&');
            if !(sign || passage.has(at, and) && passage.tokens[at].kind == TokenKind::Word) {
                continue;
            }
            let around = |at: usize| passage.tokens[at].shape == Shape::Capitalised;
            if !around(at - 1) || !around(at + 1) || passage.glued(at) || passage.glued(at + 1) {
                continue;
            }
            let words = Words::tokens(passage.index, at - 1, at + 2);
            if words.quoted(draft) {
                continue;
            }
            let key = format!("{} {}", folded(passage.word(at - 1)), folded(passage.word(at + 1)));
            forms.entry(key).or_default()[usize::from(sign)].push(words);
        }
    }
    let mut pairs = Vec::new();
    for [spelt, signed] in forms.values() {
        let Some(mut pair) = Pair::of_forms(draft, spelt, signed) else { continue };
        let (culprit, other) = (pair.culprit, pair.others[0]);
        pair.fact("same-sentence", together(draft, &culprit, &other));
        let capital = |passage: &Passage, at: usize| {
            passage.tokens.get(at).is_some_and(|token| token.shape == Shape::Capitalised || passage.is_sign(at, ','))
        };
        let firm = draft.lexicons.class("firm-word");
        let alone = |words: &Words| {
            let (passage, first, end) = (&draft.passages()[words.passage], words.first as usize, words.end as usize);
            let led = first > 0 && capital(passage, first - 1) && !passage.opens_sentence(first - 1);
            !led && (!capital(passage, end) || passage.has(end, firm))
        };
        pair.fact("alone", alone(&culprit) && alone(&other));
        // “Resources & Tools” beside “resources and tools”: words of the draft, no firm's.
        let (passage, first) = (&draft.passages()[culprit.passage], culprit.first as usize);
        let lower = |at: usize| draft.things().is_lower(&passage.word(at).to_lowercase(), draft);
        pair.fact("common-word", lower(first) && lower(first + 2));
        pairs.push(pair);
    }
    pairs.sort_unstable_by_key(|pair| (pair.culprit.passage, pair.culprit.first));
    pairs
}
