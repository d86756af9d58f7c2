//! YAML with places: each value that is read further (a pattern, an expression) keeps where it stands in its file.

use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::Spanned;

use crate::error::RuleError;
use crate::expr::ExprError;
use crate::registry::nearest;

/// A file being read: its path and its text, for errors with a place.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// As it is printed.
    pub path: &'a str,
    /// Its whole text.
    pub text: &'a str,
}

impl File<'_> {
    /// Reads the file as YAML.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, RuleError> {
        let options = serde_yaml::options! { with_snippet: false };
        serde_yaml::from_str_with_options::<T>(self.text, options).map_err(|error| {
            let text = error.to_string();
            let message = text.lines().next().unwrap_or("this is not the YAML of a rule file");
            let (message, place) = without_place(message);
            let at = error.location().and_then(|location| location.span().byte_offset()).map(|at| at as usize);
            // A fault of YAML itself has its place in the words alone.
            let named = place.and_then(|place| self.offset_of(place));
            let at = at.filter(|at| *at > 0).or(named).unwrap_or(0).min(self.text.len());
            let (message, help) = unknown_key(message).unwrap_or_else(|| plain(message));
            RuleError::new(self.path, self.text, at..self.line_end(at), message, help)
        })
    }

    /// The offset of a line and a column, both from 1.
    fn offset_of(&self, (line, column): (usize, usize)) -> Option<usize> {
        let mut lines = self.text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(line.checked_sub(1)?).map(str::len).sum();
        let text = lines.next()?;
        let inside = text.char_indices().nth(column.checked_sub(1)?).map_or(text.len(), |(at, _)| at);
        Some(before + inside)
    }

    /// An error at a value.
    pub fn error<T>(&self, at: &Spanned<T>, message: impl Into<String>, help: Option<String>) -> RuleError {
        let start = self.offset(at);
        RuleError::new(self.path, self.text, start..self.line_end(start), message, help)
    }

    /// An error inside a value that is an expression, a pattern or a template.
    pub fn expr_error(&self, at: &Spanned<String>, error: ExprError) -> RuleError {
        let start = self.offset(at);
        // A quoted scalar's text starts one byte after its place.
        let quote = usize::from(self.text[start..].starts_with(['"', '\'']));
        self.error_behind(start + quote, error)
    }

    /// An error in an expression that starts there: so far behind, or at the name that it tells of.
    fn error_behind(&self, start: usize, error: ExprError) -> RuleError {
        let start = self.text.floor_char_boundary(start.min(self.text.len()));
        let name = error.message.split_once('“').and_then(|(_, rest)| rest.split_once('”')).map(|(name, _)| name);
        let named = name.filter(|_| error.at == 0).and_then(|name| word_in(self.text, start, name));
        let place = named.map_or((start + error.at).min(self.text.len()), |named| named.start);
        RuleError::new(self.path, self.text, place..self.line_end(place), error.message, error.help)
    }

    /// An error at a key of the file.
    pub fn key_error(&self, key: &str, message: impl Into<String>, help: Option<String>) -> RuleError {
        let starts = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            if starts(line) {
                break;
            }
            at += line.len();
        }
        // Written in one line, “{id: a, …}”, the file has its keys anywhere.
        let at = if at < self.text.len() { at } else { self.text.find(key).unwrap_or_default() };
        RuleError::new(self.path, self.text, at..self.line_end(at), message, help)
    }

    /// The place of some words of a value that holds more; the value's where they are written otherwise.
    pub fn place_in<T>(&self, value: &Spanned<T>, words: &str) -> usize {
        let start = self.offset(value);
        self.text[self.text.floor_char_boundary(start)..].find(words).map_or(start, |at| start + at)
    }

    /// An error at some words of a value that holds more, or further inside them.
    pub fn error_in<T>(&self, value: &Spanned<T>, words: &str, error: ExprError) -> RuleError {
        self.error_behind(self.place_in(value, words), error)
    }

    /// Where the line of an offset ends.
    fn line_end(&self, at: usize) -> usize {
        self.text[self.text.floor_char_boundary(at)..].find('\n').map_or(self.text.len(), |length| at + length)
    }

    fn offset<T>(&self, at: &Spanned<T>) -> usize {
        at.referenced.span().byte_offset().map_or(0, |at| at as usize).min(self.text.len())
    }
}

/// Where a whole word stands in a text, from there on.
pub fn word_in(text: &str, from: usize, word: &str) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let both = |inside: Option<char>, beside: Option<char>| inside.is_some_and(is_part) && beside.is_some_and(is_part);
    let mut at = from;
    while let Some(found) = text[at..].find(word).filter(|_| !word.is_empty()) {
        let (start, end) = (at + found, at + found + word.len());
        let is_cut = both(word.chars().next(), text[..start].chars().next_back())
            || both(word.chars().next_back(), text[end..].chars().next());
        if !is_cut {
            return Some(start..end);
        }
        at = end;
    }
    None
}

/// serde's words for a key that is not known, turned into ours, with the nearest key that is.
fn unknown_key(message: &str) -> Option<(String, Option<String>)> {
    let at = message.find("unknown field `")? + "unknown field `".len();
    let (key, rest) = message[at..].split_once('`')?;
    let (_, rest) = rest.split_once("expected ").unwrap_or_default();
    let known = listed(rest);
    let help = nearest(key, known.iter().copied());
    let help = help.or_else(|| {
        (!known.is_empty())
            .then(|| format!("the key{} {}", if known.len() == 1 { " is" } else { "s are" }, known.join(", ")))
    });
    Some((format!("there is no key “{key}” here"), help))
}

/// The names in serde's “one of `a`, `b`”.
fn listed(names: &str) -> Vec<&str> {
    names.trim_start_matches("one of ").split([',', '`', ' ']).filter(|name| !name.is_empty()).collect()
}

/// The reader's words without the place that it names at their end, and that place: line and column.
fn without_place(message: &str) -> (&str, Option<(usize, usize)>) {
    let Some((words, place)) = message.rsplit_once(" at line ") else { return (message, None) };
    let Some((line, column)) = place.split_once(", column ") else { return (message, None) };
    match (line.parse(), column.parse()) {
        (Ok(line), Ok(column)) => (words, Some((line, column))),
        _ => (message, None),
    }
}

/// The YAML reader's words in those of people who write YAML, and what to do.
fn plain(message: &str) -> (String, Option<String>) {
    let help = |help: &str| Some(help.to_owned());
    let has = |words: &str| message.contains(words);
    if has("expected mapping start") {
        return ("keys with their values belong here".into(), help("a key and its value are written “key: value”"));
    }
    if has("expected sequence start") {
        return ("a list belongs here".into(), help("a list is written [one, two], or with a line “- one” each"));
    }
    if has("unclosed quote") || has("while scanning a quoted scalar") {
        return ("a quotation mark opens here and nothing closes it".into(), None);
    }
    if has("mapping values are not allowed") {
        let why = "a value with “: ” in it stands in quotation marks; keys of one level begin in one column";
        return ("a second “: ” stands where YAML allows none".into(), help(why));
    }
    if has("found a tab") {
        return ("a tab stands where YAML takes blanks only".into(), help("indent with blanks"));
    }
    if has("alias references unknown anchor") || has("unexpected character") {
        let why = "a value that begins with one of * & ! @ ` % [ { stands in quotation marks";
        return ("the value begins with a sign that YAML has a meaning for".into(), help(why));
    }
    if let Some(rest) = message.strip_prefix("duplicate mapping key: ") {
        let key = rest.split(',').next().unwrap_or(rest);
        return (format!("the key “{key}” stands here a second time"), help("join the two, or rename one"));
    }
    if let Some(key) = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return (format!("the key “{key}” is missing"), None);
    }
    if let Some((value, known)) =
        message.strip_prefix("unknown variant `").and_then(|rest| rest.split_once("`, expected "))
    {
        let known = listed(known);
        let meant = nearest(value, known.iter().copied());
        return (
            format!("“{value}” is not known here"),
            meant.or_else(|| Some(format!("it is one of {}", known.join(", ")))),
        );
    }
    if let Some((found, expected)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        let why = (found == "map").then(|| "a value that begins with “{” stands in quotation marks".to_owned());
        return (format!("{expected} belongs here, not {}", found.replace("map", "keys with values")), why);
    }
    if let Some(number) = message.strip_prefix("invalid ").filter(|rest| rest.len() <= 4) {
        let whole = if number.starts_with('f') { "a" } else { "a whole" };
        return (format!("{whole} number belongs here"), None);
    }
    if let Some(kind) = message.strip_prefix("data did not match any variant of untagged enum ") {
        let (belongs, how) = match kind {
            "Guards" | "GuardFile" => (
                "conditions, or patterns in a scope, belong here",
                "unless: {after: \"<and> {person}\"}, unless: quoted(x), or a line “- …” for each of several",
            ),
            "ExampleFile" => (
                "an example belongs here: a text, or keys with their values",
                "the keys are text, lang, date, format, message, labels, fixed, options",
            ),
            "ClassFile" => ("the phrases of a class belong here", "zog: [one, two], or by value: {1: [one], 2: [two]}"),
            _ => ("another kind of value belongs here", ""),
        };
        return (belongs.to_owned(), help(how).filter(|how| !how.is_empty()));
    }
    (message.to_owned(), None)
}

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub struct OneOrMany(pub Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<OneOrMany, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![Spanned::new(
                    text.to_owned(),
                    serde_yaml::Location::UNKNOWN,
                    serde_yaml::Location::UNKNOWN,
                )]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element::<Spanned<String>>()? {
                    list.push(item);
                }
                Ok(OneOrMany(list))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// The values of a field, each with a place: its own, or the field's.
pub fn places(field: Option<Spanned<OneOrMany>>) -> Vec<Spanned<String>> {
    let Some(field) = field else { return Vec::new() };
    let place = field.referenced;
    field
        .value
        .0
        .into_iter()
        .map(|item| {
            let known = item.referenced != serde_yaml::Location::UNKNOWN;
            if known { item } else { Spanned::new(item.value, place, place) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Known {
        #[serde(rename = "id")]
        _id: String,
        #[serde(rename = "level")]
        _level: Option<Level>,
        #[serde(rename = "list")]
        _list: Option<OneOrMany>,
        #[serde(rename = "count")]
        _count: Option<u32>,
        #[serde(rename = "example")]
        _example: Option<crate::example::ExampleFile>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Level {
        Note,
        Error,
    }

    #[test]
    fn faults_are_told_where_they_are_and_without_a_parsers_words() {
        for (text, line, words, help) in [
            ("- a\n", 1, "keys with their values", "key: value"),
            ("id: a\nlevel: \"open\n", 2, "nothing closes it", ""),
            ("id: a\nlist: b: c\n", 2, "second “: ”", "quotation marks"),
            ("id: a\nlist: *x\n", 2, "a sign that YAML has a meaning for", "quotation marks"),
            ("id: a\nlist: @x\n", 2, "a sign that YAML has a meaning for", "quotation marks"),
            ("id: a\nid: b\n", 2, "the key “id” stands here a second time", "rename"),
            ("list: a\n", 1, "the key “id” is missing", ""),
            ("id: a\ncount: many\n", 2, "a whole number belongs here", ""),
            ("id: a\nexample: {txt: b}\n", 2, "an example belongs here", "the keys are text, lang"),
            ("id: a\nlevel: eror\n", 2, "“eror” is not known here", "did you mean “error”?"),
            ("id: a\nlist: {a: b}\n", 2, "a list of texts belongs here, not keys with values", "“{”"),
        ] {
            let error = File { path: "a.yaml", text }.parse::<Known>().expect_err(text);
            assert_eq!(error.position().0, line, "{text}: {}", error.message);
            assert!(error.message.contains(words), "{text}: {}", error.message);
            assert!(error.help.as_deref().unwrap_or_default().contains(help), "{text}: {:?}", error.help);
            assert!(!error.message.contains(" at line "), "{}", error.message);
        }
    }
}
