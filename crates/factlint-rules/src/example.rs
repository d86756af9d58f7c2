//! A rule's examples: its tests and its documentation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lexicon::Text;

/// An example, as it is written: a line, or a mapping.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum ExampleFile {
    /// `"Talks open Monday (10) and close [[Wednesday (100)]]."`
    Line(String),
    /// With what it needs, or more of what must come out.
    Full(FullExample),
}

/// An example with what it needs, or more of what must come out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullExample {
    /// The draft; `[[…]]` marks what must be flagged.
    text: String,
    /// Its language; English where it is silent.
    lang: Option<String>,
    /// Its publication date.
    date: Option<Text>,
    /// `text` or `markdown` (the default).
    format: Option<String>,
    /// The message of its first finding.
    message: Option<String>,
    /// The words of the labels of its first finding, in the order of the text.
    labels: Option<Vec<String>>,
    /// The text after the first finding's first fix.
    fixed: Option<String>,
    /// The configuration that it is checked under ([`OPTIONS`]).
    #[serde(default)]
    options: BTreeMap<String, Text>,
}

/// What of a configuration an example may set.
pub const OPTIONS: [&str; 3] = ["dates", "dialect", "house"];

/// Has it the form of a date?
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let within = |part: &str, most: u32| part.parse().is_ok_and(|number| (1..=most).contains(&number));
    matches!(&parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2)
        && within(month, 12) && within(day, 31))
}

/// An example, ready to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The draft, without marks.
    pub text: String,
    /// Byte ranges that must be flagged, in order; none for a right example.
    pub marks: Vec<(usize, usize)>,
    /// BCP 47.
    pub lang: String,
    /// Publication date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// `text`, `markdown` or `html`.
    pub format: String,
    /// What the first finding must say.
    pub message: Option<String>,
    /// What its labels must cover.
    pub labels: Option<Vec<String>>,
    /// The text after its first fix.
    pub fixed: Option<String>,
    /// The configuration that it is checked under, by key.
    pub options: Vec<(String, String)>,
    /// The line of the rule file where it stands, from 1.
    pub line: usize,
}

impl Example {
    /// Reads the marks of an example.
    pub fn read(file: &ExampleFile, line: usize) -> Result<Example, String> {
        let marked = match file {
            ExampleFile::Line(text) => text,
            ExampleFile::Full(full) => &full.text,
        };
        let mut text = String::with_capacity(marked.len());
        let mut marks = Vec::new();
        let mut rest = marked.as_str();
        while let Some(open) = rest.find("[[") {
            let close = rest[open..].find("]]").ok_or("“[[” without “]]”")? + open;
            text.push_str(&rest[..open]);
            let start = text.len();
            text.push_str(&rest[open + 2..close]);
            marks.push((start, text.len()));
            rest = &rest[close + 2..];
        }
        text.push_str(rest);
        let mut example = Example {
            text,
            marks,
            lang: "en".into(),
            date: None,
            format: "markdown".into(),
            message: None,
            labels: None,
            fixed: None,
            options: Vec::new(),
            line,
        };
        if let ExampleFile::Full(full) = file {
            if let Some(lang) = &full.lang {
                example.lang.clone_from(lang);
            }
            if let Some(format) = &full.format {
                if !["text", "markdown", "html"].contains(&format.as_str()) {
                    return Err(format!("there is no format “{format}”: text, markdown or html"));
                }
                example.format.clone_from(format);
            }
            example.date = full.date.as_ref().map(|date| date.0.clone());
            if let Some(date) = example.date.as_deref().filter(|date| !is_date(date)) {
                return Err(format!("“{date}” is no date: YYYY-MM-DD"));
            }
            example.message.clone_from(&full.message);
            example.labels.clone_from(&full.labels);
            example.fixed.clone_from(&full.fixed);
            if let Some(name) = full.options.keys().find(|name| !OPTIONS.contains(&name.as_str())) {
                return Err(format!("there is no option “{name}” of an example: {}", OPTIONS.join(", ")));
            }
            for (name, known) in [("dates", ["mdy", "dmy"]), ("dialect", ["en-US", "en-GB"])] {
                if let Some(value) = full.options.get(name).filter(|value| !known.contains(&value.0.as_str())) {
                    return Err(format!("“{}” is no value of “{name}”: {}", value.0, known.join(" or ")));
                }
            }
            example.options = full.options.iter().map(|(name, value)| (name.clone(), value.0.clone())).collect();
            if example.marks.is_empty()
                && (example.message.is_some() || example.labels.is_some() || example.fixed.is_some())
            {
                return Err(
                    "a right example has no message, labels or fix: mark what must be flagged with [[…]]".into()
                );
            }
        }
        Ok(example)
    }
}
