//! All rules, lexicons and tables together: what is embedded in the binary, and what a user's folder adds.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::RuleError;
use crate::lexicon::{LexiconData, LexiconFile, StoredLexicon};
use crate::registry::nearest;
use crate::rule::{Page, Rule};
use crate::table::Table;
use crate::yaml::File;

/// The code of the lexicon whose words all languages have.
const SHARED: &str = "mul";

/// A pack that is run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pack {
    /// In order of their ids.
    pub rules: Vec<Rule>,
    /// One a language.
    pub lexicons: Vec<StoredLexicon>,
    /// By name.
    pub tables: Vec<Table>,
}

/// What people read of a pack's rules, in the order of the rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pages {
    /// One a rule.
    pub pages: Vec<Page>,
}

/// A file of a pack that was read from somewhere.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// As it is printed, `/` between folders, relative to the pack: `numbers/percent-of.yaml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Pack {
    /// Reads the files of a pack. Files under `languages/` are lexicons, under `tables/` tables, all others rules; the
    /// folder of a rule is its group. Broken files are left out, and told.
    pub fn compile(files: &[PackFile]) -> (Pack, Pages, Vec<RuleError>) {
        let (mut pack, mut pages, mut errors) = (Pack::default(), Pages::default(), Vec::new());
        let mut lexicons: Vec<LexiconData> = Vec::new();
        for file in files {
            let input = File { path: &file.path, text: &file.text };
            let folder = |name: &str| file.path.split(['/', '\\']).rev().skip(1).any(|part| part == name);
            let result = if folder("languages") {
                input.parse().map(|lexicon: LexiconFile| add_lexicon(&mut lexicons, lexicon))
            } else if folder("tables") {
                crate::table::compile(input).map(|table| pack.tables.push(table))
            } else {
                let group = file.path.rsplit(['/', '\\']).nth(1).unwrap_or("user");
                crate::rule::compile(input, group).map(|(rule, page)| {
                    pack.rules.push(rule);
                    pages.pages.push(page);
                })
            };
            errors.extend(result.err());
        }
        pack.lexicons = lexicons.iter().map(StoredLexicon::pack).collect();
        pack.share();
        pack.sort(&mut pages);
        (pack, pages, errors)
    }

    /// The rule of this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Does the name (an id, an alias, a class or a group) name the rule of this id?
    pub fn names(&self, id: &str, name: &str) -> bool {
        self.rule(id).is_some_and(|rule| rule.answers_to(name))
    }

    /// `None` if a rule answers to the name; else what may be meant.
    pub fn unknown(&self, name: &str) -> Option<Option<String>> {
        let known = || {
            self.rules
                .iter()
                .flat_map(|rule| [&rule.id, &rule.class, &rule.group].into_iter().chain(&rule.aliases))
                .map(String::as_str)
        };
        (!known().any(|other| other == name)).then(|| nearest(name, known()))
    }

    /// The classes that patterns of these rules name and no lexicon fills: the rule's id, the class, and the class that
    /// was perhaps meant.
    pub fn unfilled(&self, ids: &[&str]) -> Vec<(String, String, Option<String>)> {
        if ids.is_empty() {
            return Vec::new();
        }
        let filled: std::collections::BTreeSet<&str> = self.lexicons.iter().flat_map(StoredLexicon::classes).collect();
        let mut unfilled = Vec::new();
        for rule in self.rules.iter().filter(|rule| ids.contains(&rule.id.as_str())) {
            let mut classes = Vec::new();
            rule.check.patterns().for_each(|pattern| pattern.classes(&mut classes));
            classes.sort();
            classes.dedup();
            for class in classes.into_iter().filter(|class| !filled.contains(class.as_str())) {
                let help = nearest(&class, filled.iter().copied());
                unfilled.push((rule.id.clone(), class, help));
            }
        }
        unfilled
    }

    /// Gives the words of the lexicon `mul` (many languages: signs of money and of units) to all the others.
    fn share(&mut self) {
        if self.lexicons.len() < 2 {
            return;
        }
        let Some(at) = self.lexicons.iter().position(|data| data.language == SHARED) else { return };
        let shared = self.lexicons.remove(at);
        for lexicon in &mut self.lexicons {
            lexicon.extend(&shared);
        }
    }

    fn sort(&mut self, pages: &mut Pages) {
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        pages.pages.sort_by(|a, b| a.id.cmp(&b.id));
        self.lexicons.sort_by(|a, b| a.language.cmp(&b.language));
        self.tables.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Adds another pack: its rules replace ours of the same id, its lexicons and tables add to ours. Gives the ids
    /// that it replaced.
    pub fn extend(&mut self, other: Pack) -> Vec<String> {
        let mut replaced = Vec::new();
        for rule in other.rules {
            match self.rules.iter_mut().find(|ours| ours.id == rule.id) {
                Some(ours) => {
                    replaced.push(rule.id.clone());
                    *ours = rule;
                }
                None => self.rules.push(rule),
            }
        }
        for lexicon in other.lexicons {
            match self.lexicons.iter_mut().find(|ours| ours.language == lexicon.language) {
                Some(ours) => ours.extend(&lexicon),
                None => self.lexicons.push(lexicon),
            }
        }
        for table in other.tables {
            match self.tables.iter_mut().find(|ours| ours.name == table.name && ours.columns == table.columns) {
                Some(ours) => ours.rows.extend(table.rows.iter().cloned()),
                None => self.tables.push(table),
            }
        }
        self.share();
        self.sort(&mut Pages::default());
        replaced
    }

    /// The bytes to embed.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("a pack holds only what postcard can write")
    }

    /// From embedded bytes.
    pub fn from_bytes(bytes: &'static [u8]) -> Option<Pack> {
        postcard::from_bytes(bytes).ok()
    }
}

/// Adds a file to the lexicon of its language.
fn add_lexicon(lexicons: &mut Vec<LexiconData>, file: LexiconFile) {
    match lexicons.iter_mut().find(|data| data.language == file.language) {
        Some(data) => data.add(file),
        None => {
            let mut data = LexiconData::default();
            data.add(file);
            lexicons.push(data);
        }
    }
}

impl Pages {
    /// The bytes to embed.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("pages hold only what postcard can write")
    }

    /// From embedded bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Pages> {
        postcard::from_bytes(bytes).ok()
    }

    /// The page of a rule.
    pub fn get(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// Adds other pages; they replace ours of the same id.
    pub fn extend(&mut self, other: Pages) {
        for page in other.pages {
            match self.pages.iter_mut().find(|ours| ours.id == page.id) {
                Some(ours) => *ours = page,
                None => self.pages.push(page),
            }
        }
        self.pages.sort_by(|a, b| a.id.cmp(&b.id));
    }
}

/// Reads the YAML files below a folder (or one file), in order of their paths.
pub fn read_folder(folder: &Path) -> std::io::Result<Vec<PackFile>> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn walk(path: &Path, files: &mut Vec<PackFile>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?.path();
            let hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if !hidden && (entry.is_dir() || entry.extension().is_some_and(|end| end == "yaml" || end == "yml")) {
                walk(&entry, files)?;
            }
        }
        return Ok(());
    }
    let text = std::fs::read_to_string(path)?;
    files.push(PackFile { path: path.to_string_lossy().replace('\\', "/"), text });
    Ok(())
}
