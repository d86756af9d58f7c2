//! `stet:` of a configuration: findings that are let stand from outside the draft; and the baseline that
//! `--stet-all` writes.

use std::path::{Path, PathBuf};

use factlint_rules::RuleError;
use factlint_rules::yaml::File;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Deserialize;
use serde_yaml::Spanned;

use crate::findings::HouseStet;

/// A stet, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StetFile {
    path: Option<String>,
    rule: String,
    words: Option<String>,
    #[serde(rename = "because")]
    _because: Option<String>,
}

/// A stet of a configuration.
#[derive(Debug)]
pub struct ConfigStet {
    /// A rule's id, class or group.
    pub rule: String,
    /// Only findings of these words.
    pub words: Option<String>,
    /// Where it stands in the configuration.
    pub place: usize,
    /// Which drafts; all if `None`.
    paths: Option<Gitignore>,
}

impl ConfigStet {
    pub(super) fn read(file: File, folder: &Path, yaml: &Spanned<StetFile>) -> Result<ConfigStet, Box<RuleError>> {
        let paths = match &yaml.value.path {
            Some(glob) => {
                let mut paths = GitignoreBuilder::new(folder);
                let built = paths.allow_unclosed_class(false).add_line(None, glob).and_then(|paths| paths.build());
                let error = |error: ignore::Error| {
                    file.error(yaml, format!("“{glob}” is no pattern of paths"), Some(error.to_string()))
                };
                Some(built.map_err(error)?)
            }
            None => None,
        };
        let place = super::offset(yaml);
        Ok(ConfigStet { rule: yaml.value.rule.clone(), words: yaml.value.words.clone(), place, paths })
    }

    /// Does it hold for the draft?
    pub fn holds_for(&self, path: &Path) -> bool {
        self.paths.as_ref().is_none_or(|paths| {
            path.starts_with(paths.path()) && paths.matched_path_or_any_parents(path, false).is_ignore()
        })
    }

    /// What the linter needs of it.
    pub fn house(&self) -> HouseStet {
        HouseStet { rule: self.rule.clone(), words: self.words.clone() }
    }
}

/// The reason that is written where one finding is let stand by a key; an editor may write a better one.
pub const LOOKED_AT: &str = "looked at, and right";

/// A configuration's text with stets added for these findings (path relative to it, rule, words), with a reason. `None`
/// if it already writes its stets in a way that a line cannot be added to.
pub fn baseline(text: &str, stets: &[(PathBuf, String, String)], because: &str) -> Option<String> {
    let mut lines = String::new();
    for (path, rule, words) in stets {
        let path = format!("/{}", path.to_string_lossy().replace('\\', "/"));
        lines.push_str(&format!(
            "  - {{path: {}, rule: {rule}, words: {}, because: {}}}\n",
            quoted(&path),
            quoted(words),
            quoted(because)
        ));
    }
    let mut out = String::with_capacity(text.len() + lines.len() + 8);
    let mut added = false;
    for line in text.split_inclusive('\n') {
        let Some(rest) = line.strip_prefix("stet:").filter(|_| !added) else {
            out.push_str(line);
            continue;
        };
        let rest = rest.split('#').next().unwrap_or_default().trim();
        if !rest.is_empty() && rest != "[]" {
            return None;
        }
        out.push_str("stet:\n");
        out.push_str(&lines);
        added = true;
    }
    if !added {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str("stet:\n");
        out.push_str(&lines);
    }
    Some(out)
}

/// A text as a double-quoted scalar, which JSON's strings are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
