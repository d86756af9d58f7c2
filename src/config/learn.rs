//! What a folder of drafts tells of a newsroom's people, organisations, acronyms and places: a `house:` section to edit.
//!
//! Drafts come in one by one, a text of YAML goes out, the most frequent form of each name first. It is a proposal: two
//! people of like names may have met in it, so each row says how often its forms were seen.

use std::collections::BTreeMap;
use std::fmt::Write;

use factlint_rules::token::Shape;
use rustc_hash::FxHashMap;

use crate::mentions::Draft;
use crate::things::spelling::{Slip, distance, folded, slip, transliteration_key};
use crate::things::{First, Use, explained, opens_mention, role};

/// First names that more people share than this are compared no further.
const CROWD: usize = 200;

/// What was seen so far.
#[derive(Debug, Default)]
pub struct Learner {
    drafts: usize,
    people: BTreeMap<String, Seen>,
    bodies: BTreeMap<(String, String), Seen>,
    acronyms: BTreeMap<String, BTreeMap<String, Seen>>,
    places: BTreeMap<usize, BTreeMap<String, Seen>>,
}

/// How often a form was seen, in how many drafts, and with which titles.
#[derive(Clone, Debug, Default)]
struct Seen {
    uses: usize,
    drafts: usize,
    last: usize,
    titles: BTreeMap<String, usize>,
    /// A verb of saying or a title stood beside it: it is a person's.
    speaks: bool,
}

impl Seen {
    fn see(&mut self, draft: usize) {
        self.uses += 1;
        self.drafts += usize::from(self.last != draft);
        self.last = draft;
    }

    fn times(&self) -> String {
        let times = if self.uses == 1 { "once".to_owned() } else { format!("{} times", self.uses) };
        let drafts = if self.drafts == 1 { "1 draft".to_owned() } else { format!("{} drafts", self.drafts) };
        format!("{times} in {drafts}")
    }
}

impl Learner {
    /// Reads one more draft.
    pub fn read(&mut self, draft: &Draft) {
        self.drafts += 1;
        self.names(draft);
        for (long, short) in explained(draft) {
            self.bodies.entry((long, short)).or_default().see(self.drafts);
        }
        for passage in draft.passages().iter().filter(|passage| passage.block.kind.is_prose()) {
            for (at, token) in passage.tokens.iter().enumerate() {
                if !(3..=8).contains(&(token.end - token.start)) {
                    continue;
                }
                let word = passage.word(at);
                let form = match token.shape {
                    Shape::Upper => word,
                    Shape::Capitalised if !opens_mention(passage, at) => word,
                    _ => continue,
                };
                let forms = self.acronyms.entry(word.to_uppercase()).or_default();
                forms.entry(form.to_owned()).or_default().see(self.drafts);
            }
        }
        // A word that is also written without capitals is no acronym.
        let lower: Vec<String> =
            self.acronyms.keys().filter(|letters| draft.things().is_lower(letters, draft)).cloned().collect();
        for letters in lower {
            self.acronyms.remove(&letters);
        }
    }

    fn names(&mut self, draft: &Draft) {
        let mut full: FxHashMap<&str, Option<String>> = FxHashMap::default();
        let mut bare = Vec::new();
        for number in 0..draft.things().names.len() as u32 {
            let Some(name) = Use::of(draft, number) else { continue };
            if name.reading.weak || name.at.quoted(draft) {
                continue;
            }
            let text = name.at.text(draft);
            if let Some(family) = draft.lexicons.tables().place_family(text, &name.passage.lexicon.language) {
                self.places.entry(family).or_default().entry(text.to_owned()).or_default().see(self.drafts);
                continue;
            }
            if name.reading.body || !name.is_person() {
                if name.words.len() == 1 && !name.reading.body {
                    bare.push(name.last());
                }
                continue;
            }
            match name.first(draft) {
                First::Name(_) => {
                    let words: Vec<&str> = name.words.iter().map(|word| word.text(name.passage)).collect();
                    let text = words.join(" ");
                    let seen = self.people.entry(text.clone()).or_default();
                    seen.see(self.drafts);
                    seen.speaks |= name.reading.attributed || name.is_titled();
                    if let Some(role) = role(draft, &name) {
                        let title = role.words.text(draft).to_lowercase();
                        *seen.titles.entry(title.split_whitespace().collect::<Vec<_>>().join(" ")).or_default() += 1;
                    }
                    // A surname of two people is neither's.
                    let known = full.entry(name.last()).or_insert_with(|| Some(text.clone()));
                    if known.as_ref().is_some_and(|known| *known != text) {
                        *known = None;
                    }
                }
                _ => bare.push(name.last()),
            }
        }
        for last in bare {
            if let Some(Some(person)) = full.get(last)
                && let Some(seen) = self.people.get_mut(person)
            {
                seen.see(self.drafts);
            }
        }
    }

    /// The section, with what was seen at least so often.
    pub fn section(&self, least: usize) -> String {
        let mut out = format!(
            "# Proposed by `factlint house learn` from {}; edit it: strike what is wrong, keep what you ask for.\nhouse:\n",
            if self.drafts == 1 { "1 draft".to_owned() } else { format!("{} drafts", self.drafts) }
        );
        let empty = out.len();
        self.write_people(&mut out, least);
        self.write_bodies(&mut out, least);
        let acronyms = self.acronyms.values().filter(|forms| forms.keys().any(|form| is_upper(form)));
        write_forms(&mut out, "acronyms", acronyms, least);
        write_forms(&mut out, "places", self.places.values(), least);
        if out.len() == empty {
            out.insert_str(empty - 1, " {}");
            out.push_str("# No name was used often enough, or in more than one form.\n");
        }
        out
    }

    fn write_people(&self, out: &mut String, least: usize) {
        let mut people: Vec<(&String, &Seen)> = self.people.iter().collect();
        people.sort_by_key(|(name, seen)| (std::cmp::Reverse(seen.uses), *name));
        let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, (name, _)) in people.iter().enumerate() {
            let first = name.split(' ').next().unwrap_or_default();
            by_first.entry(folded(first)).or_default().push(at);
        }
        let mut taken = vec![false; people.len()];
        let mut head = "  people:\n";
        for (at, (name, seen)) in people.iter().enumerate() {
            if taken[at] || seen.uses < least || !seen.speaks {
                continue;
            }
            let first = folded(name.split(' ').next().unwrap_or_default());
            let group = by_first.get(&first).filter(|group| group.len() <= CROWD);
            let mut rejected: Vec<(&str, &Seen)> = Vec::new();
            for other in group.into_iter().flatten().copied().filter(|other| *other > at) {
                if !taken[other] && is_variant(name, people[other].0) {
                    taken[other] = true;
                    rejected.push((people[other].0, people[other].1));
                }
            }
            out.push_str(std::mem::take(&mut head));
            write_row(out, name, seen, &rejected);
            if let Some((title, _)) = seen.titles.iter().max_by_key(|(title, count)| (**count, title.len())) {
                let _ = writeln!(out, "      title: {}", quoted(title));
            }
            write_rejected(out, rejected.iter().map(|(form, _)| *form));
        }
    }

    fn write_bodies(&self, out: &mut String, least: usize) {
        let mut bodies: Vec<(&(String, String), &Seen)> =
            self.bodies.iter().filter(|(_, seen)| seen.uses >= least || seen.drafts >= least).collect();
        bodies.sort_by_key(|(name, seen)| (std::cmp::Reverse(seen.uses), *name));
        let mut names: Vec<&str> = Vec::new();
        let mut head = "  organisations:\n";
        for ((long, short), seen) in bodies {
            if names.contains(&long.as_str()) {
                continue;
            }
            names.push(long);
            out.push_str(std::mem::take(&mut head));
            write_row(out, long, seen, &[]);
            let _ = writeln!(out, "      acronym: {}", quoted(short));
        }
    }
}

fn is_upper(form: &str) -> bool {
    form.chars().all(char::is_uppercase)
}

/// May the two full names, of one first name, be one person's?
fn is_variant(a: &str, b: &str) -> bool {
    let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(a), words(b));
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return false };
    if a.len() != b.len() || x.chars().count().min(y.chars().count()) < 5 {
        return false;
    }
    let (fx, fy) = (folded(x), folded(y));
    let near = !matches!(slip(x, y), Slip::Far | Slip::Other)
        || distance(&fx, &fy, 3) <= 3 && transliteration_key(&fx) == transliteration_key(&fy);
    near && a[1..a.len() - 1] == b[1..b.len() - 1]
}

/// Forms of one thing, where there is more than one.
fn write_forms<'s>(
    out: &mut String,
    section: &str,
    things: impl Iterator<Item = &'s BTreeMap<String, Seen>>,
    least: usize,
) {
    let mut rows: Vec<Vec<(&str, &Seen)>> = things
        .filter(|forms| forms.len() > 1)
        .map(|forms| {
            let mut forms: Vec<(&str, &Seen)> = forms.iter().map(|(form, seen)| (form.as_str(), seen)).collect();
            forms.sort_by_key(|(form, seen)| (std::cmp::Reverse(seen.uses), *form));
            forms
        })
        .filter(|forms| forms[0].1.uses >= least)
        .collect();
    rows.sort_by_key(|forms| (std::cmp::Reverse(forms[0].1.uses), forms[0].0));
    if !rows.is_empty() {
        let _ = writeln!(out, "  {section}:");
    }
    for forms in rows {
        write_row(out, forms[0].0, forms[0].1, &forms[1..]);
        write_rejected(out, forms[1..].iter().map(|(form, _)| *form));
    }
}

fn write_row(out: &mut String, name: &str, seen: &Seen, others: &[(&str, &Seen)]) {
    let _ = write!(out, "    # {}", seen.times());
    for (form, seen) in others {
        let _ = write!(out, "; {form} {}", seen.times());
    }
    let _ = writeln!(out, "\n    - name: {}", quoted(name));
}

fn write_rejected<'f>(out: &mut String, forms: impl Iterator<Item = &'f str>) {
    let forms: Vec<String> = forms.map(quoted).collect();
    if !forms.is_empty() {
        let _ = writeln!(out, "      rejected: [{}]", forms.join(", "));
    }
}

/// A text as YAML has it.
fn quoted(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '.'))
        && text.starts_with(char::is_alphabetic)
        && !["yes", "no", "on", "off", "true", "false", "null", "y", "n"].contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
