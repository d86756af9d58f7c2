//! A newsroom's configuration, `factlint.yaml`: what it says, and where it holds.
//!
//! Its text comes in, and a [`Config`] goes out, or an error with its place. Nothing here reads the disk.

mod house;
mod learn;
mod levels;
mod stets;

pub use house::House;
pub use learn::Learner;
pub use levels::RuleSetting;
pub use stets::{ConfigStet, LOOKED_AT, baseline};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint_rules::rule::check_format;
use factlint_rules::yaml::File;
use factlint_rules::{Pack, RuleError};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Deserialize;
use serde_yaml::Spanned;

use crate::findings::unknown;
use crate::linter::Settings;

/// The name of the file.
pub const NAME: &str = "factlint.yaml";

/// The endings of files that are read in walked folders.
pub const EXTENSIONS: [&str; 7] = ["md", "markdown", "txt", "text", "html", "htm", "xhtml"];

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConfigFile {
    format: Option<Spanned<u32>>,
    #[serde(default)]
    rules: BTreeMap<String, Spanned<RuleSetting>>,
    #[serde(default)]
    include: Vec<Spanned<String>>,
    house: Option<house::HouseFile>,
    dates: Option<Spanned<String>>,
    dialect: Option<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    #[serde(default)]
    languages: Vec<Spanned<String>>,
    #[serde(default)]
    extensions: Vec<String>,
    #[serde(default)]
    stet: Vec<Spanned<stets::StetFile>>,
}

/// A configuration that can be used.
#[derive(Debug)]
pub struct Config {
    /// The file.
    pub path: PathBuf,
    /// Its text, to point into.
    pub text: Arc<str>,
    /// Rule files and folders besides the embedded ones, with their place in the text.
    pub include: Vec<(PathBuf, usize)>,
    /// The newsroom's own people, organisations, acronyms, places and terms.
    pub house: Option<House>,
    /// The endings of files that are read in walked folders; the usual ones where it is empty.
    pub extensions: Vec<String>,
    /// What is let stand, and where.
    pub stets: Vec<ConfigStet>,
    rules: Vec<(String, RuleSetting, usize)>,
    date_order: Option<String>,
    dialect: Option<String>,
    languages: Vec<(String, usize)>,
    exclude: Gitignore,
}

impl Config {
    /// Reads a configuration. `shown` is its path as it is printed.
    pub fn read(path: &Path, shown: &str, text: &str) -> Result<Config, Box<RuleError>> {
        let file = File { path: shown, text };
        // A file of comments only is no mapping, and no fault.
        let empty = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        let yaml: ConfigFile = if empty { ConfigFile::default() } else { file.parse()? };
        check_format(file, yaml.format.as_ref())?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        one_of(file, yaml.dates.as_ref(), &["mdy", "dmy"], "dates")?;
        one_of(file, yaml.dialect.as_ref(), &["en-US", "en-GB"], "dialect")?;
        let mut exclude = GitignoreBuilder::new(&folder);
        exclude.allow_unclosed_class(false);
        for glob in &yaml.exclude {
            exclude.add_line(None, &glob.value).map_err(|error| {
                file.error(glob, format!("“{}” is no pattern of paths", glob.value), Some(error.to_string()))
            })?;
        }
        let exclude = exclude.build().map_err(|error| {
            RuleError::new(shown, text, 0..0, format!("the patterns of exclude do not fit together: {error}"), None)
        })?;
        let stets = yaml.stet.iter().map(|stet| ConfigStet::read(file, &folder, stet)).collect::<Result<_, _>>()?;
        let rules = yaml
            .rules
            .into_iter()
            .map(|(name, setting)| {
                let place = offset(&setting);
                (name, setting.value, place)
            })
            .collect();
        Ok(Config {
            path: path.to_path_buf(),
            text: text.into(),
            include: yaml.include.iter().map(|part| (folder.join(&part.value), offset(part))).collect(),
            house: yaml.house.map(|house| House::read(file, house)).transpose()?,
            extensions: yaml.extensions.iter().map(|end| end.trim_start_matches('.').to_lowercase()).collect(),
            stets,
            rules,
            date_order: yaml.dates.map(|dates| dates.value),
            dialect: yaml.dialect.map(|dialect| dialect.value),
            languages: yaml.languages.iter().map(|code| (code.value.clone(), offset(code))).collect(),
            exclude,
        })
    }

    /// Is the file left out? A folder's exclusion holds for all in it.
    pub fn excludes(&self, path: &Path) -> bool {
        path.starts_with(self.exclude.path()) && self.exclude.matched_path_or_any_parents(path, false).is_ignore()
    }

    /// Puts what it says into settings that no flag has touched yet. Names that no rule answers to are told.
    pub fn apply(&self, settings: &mut Settings, pack: &Pack, shown: &str) -> Vec<RuleError> {
        let mut errors = Vec::new();
        let mut check = |name: &str, place: usize| {
            if let Some(help) = unknown(pack, name) {
                let end = self.text[place..].find('\n').map_or(self.text.len(), |length| place + length);
                let message = format!("no rule, class or group is called “{name}”");
                errors.push(RuleError::new(shown, &self.text, place..end, message, help));
            }
        };
        for (name, setting, place) in &self.rules {
            // The place is the value's; its key stands before it in its line.
            let line = self.text[..*place].rfind('\n').map_or(0, |at| at + 1);
            check(name, line + self.text[line..].find(|c: char| c != ' ').unwrap_or(0));
            if let Some(level) = setting.0 {
                settings.levels.insert(name.clone(), level);
            }
        }
        for stet in &self.stets {
            check(&stet.rule, stet.place);
        }
        settings.date_order.clone_from(&self.date_order);
        settings.dialect.clone_from(&self.dialect);
        for (code, place) in &self.languages {
            if let Some(help) = pack.unknown_language(code) {
                let end = self.text[*place..].find(['\n', ',', ']']).map_or(self.text.len(), |length| place + length);
                let message = format!("no language is called “{code}”");
                errors.push(RuleError::new(shown, &self.text, *place..end, message, Some(help)));
            }
        }
        settings.languages = self.languages.iter().map(|(code, _)| code.clone()).collect();
        errors
    }
}

fn offset<T>(value: &Spanned<T>) -> usize {
    value.referenced.span().byte_offset().map_or(0, |at| at as usize)
}

fn one_of(file: File, value: Option<&Spanned<String>>, known: &[&str], key: &str) -> Result<(), Box<RuleError>> {
    match value {
        Some(value) if !known.contains(&value.value.as_str()) => {
            let help = Some(format!("{key} is one of {}", known.join(", ")));
            Err(Box::new(file.error(value, format!("“{}” is not known here", value.value), help)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
