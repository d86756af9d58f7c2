//! YAML with places: each value that is read further (a pattern, an expression) keeps where it stands in its file.

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
            let at = error.location().and_then(|location| location.span().byte_offset()).map_or(0, |at| at as usize);
            let end =
                self.text[self.text.floor_char_boundary(at)..].find('\n').map_or(self.text.len(), |length| at + length);
            let text = error.to_string();
            let message = text.lines().next().unwrap_or("this is not the YAML of a rule file").to_owned();
            let (message, help) = unknown_key(&message).unwrap_or((message, None));
            RuleError::new(self.path, self.text, at..end, message, help)
        })
    }

    /// An error at a value.
    pub fn error<T>(&self, at: &Spanned<T>, message: impl Into<String>, help: Option<String>) -> RuleError {
        let start = self.offset(at);
        let line_end = self.text[self.text.floor_char_boundary(start)..]
            .find('\n')
            .map_or(self.text.len(), |length| start + length);
        RuleError::new(self.path, self.text, start..line_end, message, help)
    }

    /// An error inside a value that is an expression, a pattern or a template.
    pub fn expr_error(&self, at: &Spanned<String>, error: ExprError) -> RuleError {
        let start = self.offset(at);
        // A quoted scalar's text starts one byte after its place.
        let quote = usize::from(self.text[start..].starts_with(['"', '\'']));
        let place = (start + quote + error.at).min(self.text.len());
        let end = self.text[self.text.floor_char_boundary(place)..]
            .find('\n')
            .map_or(self.text.len(), |length| place + length);
        RuleError::new(self.path, self.text, place..end, error.message, error.help)
    }

    fn offset<T>(&self, at: &Spanned<T>) -> usize {
        at.referenced.span().byte_offset().map_or(0, |at| at as usize).min(self.text.len())
    }
}

/// serde's words for a key that is not known, turned into ours, with the nearest key that is.
fn unknown_key(message: &str) -> Option<(String, Option<String>)> {
    let at = message.find("unknown field `")? + "unknown field `".len();
    let (key, rest) = message[at..].split_once('`')?;
    let (_, rest) = rest.split_once("expected ").unwrap_or_default();
    // The place that serde names behind the keys is told by the excerpt.
    let rest = rest.split(" at line ").next().unwrap_or_default();
    let known: Vec<&str> =
        rest.trim_start_matches("one of ").split([',', '`', ' ']).filter(|key| !key.is_empty()).collect();
    let help = nearest(key, known.iter().copied());
    let help = help.or_else(|| (!known.is_empty()).then(|| format!("the keys are {}", known.join(", "))));
    Some((format!("there is no key “{key}” here"), help))
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
