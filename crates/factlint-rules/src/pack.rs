//! All rules, lexicons and tables together: what is embedded in the binary, and what a user's folder adds.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::deferred::Deferred;
use crate::error::RuleError;
use crate::index::Index;
use crate::lexicon::{Classes, Lexicon, LexiconData, LexiconFile, literal_class};
use crate::pattern::Node;
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
    pub lexicons: Vec<Lexicon>,
    /// The words of rules for drafts in a language that is not known.
    pub unknown: Lexicon,
    /// By name.
    pub tables: Vec<Table>,
    /// The classes of all of them.
    pub classes: Classes,
    /// Where the forms of its rules are tried, in each language and in the unknown one, last; none if that is to be found
    /// when a draft first needs it.
    pub indexes: Vec<Deferred<Index>>,
    /// Rules were added since all lexicons were laid out, which may lack their words.
    #[serde(skip)]
    grown: bool,
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
        share(&mut lexicons);
        pack.sort(&mut pages);
        pack.lay_out(lexicons);
        pack.unknown = pack.laid_out(LexiconData::default());
        (pack, pages, errors)
    }

    /// Finds where the forms of the rules are tried in each language, for a pack to which nothing is added.
    pub fn index(&mut self) {
        let lexicons = self.lexicons.iter().chain([&self.unknown]);
        let index = |lexicon| Index::new(&self.rules, lexicon, &self.classes).into();
        self.indexes = lexicons.map(index).collect();
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
        let filled: BTreeSet<&str> =
            self.lexicons.iter().flat_map(|lexicon| lexicon.class_names(&self.classes)).collect();
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

    /// The same lexicons and tables with other rules, which use no words but those of its own.
    #[must_use]
    pub fn with_rules(&self, rules: Vec<Rule>) -> Pack {
        Pack { rules, indexes: Vec::new(), ..self.clone() }
    }

    /// Lays out lexicons with the words of all rules; they replace those of their languages.
    fn lay_out(&mut self, lexicons: Vec<LexiconData>) {
        for data in &lexicons {
            let names: BTreeSet<&str> = data.classes.iter().map(|(name, ..)| name.as_str()).collect();
            for name in names {
                self.classes.intern(name);
            }
        }
        for rule in &self.rules {
            rule.for_each_node(&mut |node| match (node, node.literal()) {
                (Node::Class(name, _), _) => _ = self.classes.intern(name),
                (_, Some(word)) => _ = self.classes.intern(&literal_class(word)),
                _ => {}
            });
        }
        for data in lexicons {
            let lexicon = self.laid_out(data);
            match self.lexicons.iter_mut().find(|ours| ours.language == lexicon.language) {
                Some(ours) => *ours = lexicon,
                None => self.lexicons.push(lexicon),
            }
        }
        self.lexicons.sort_by(|a, b| a.language.cmp(&b.language));
    }

    /// A lexicon with the words of all rules that run in its language.
    fn laid_out(&self, mut data: LexiconData) -> Lexicon {
        let mut words = BTreeSet::new();
        for rule in self.rules.iter().filter(|rule| rule.runs_in(&data.language)) {
            rule.for_each_node(&mut |node| words.extend(node.literal()));
        }
        data.add_literals(words);
        Lexicon::lay_out(&data, &self.classes)
    }

    /// A lexicon of the pack laid out anew, if it may lack words of rules that were added.
    pub fn renewed(&self, lexicon: &Lexicon) -> Option<Lexicon> {
        self.grown.then(|| self.laid_out(lexicon.data(&self.classes)))
    }

    fn sort(&mut self, pages: &mut Pages) {
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        pages.pages.sort_by(|a, b| a.id.cmp(&b.id));
        self.tables.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Adds another pack: its rules replace ours of the same id, its lexicons and tables add to ours. Gives the ids
    /// that it replaced.
    pub fn extend(&mut self, other: Pack) -> Vec<String> {
        if other == Pack::default() {
            return Vec::new();
        }
        self.indexes.clear();
        self.grown |= !other.rules.is_empty();
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
        for table in other.tables {
            match self.tables.iter_mut().find(|ours| ours.name == table.name && ours.columns == table.columns) {
                Some(ours) => ours.rows.extend(table.rows.iter().cloned()),
                None => self.tables.push(table),
            }
        }
        self.sort(&mut Pages::default());
        let mut lexicons: Vec<LexiconData> = other.lexicons.iter().map(|theirs| theirs.data(&other.classes)).collect();
        // What all languages share is added to all.
        let all = lexicons.iter().any(|theirs| theirs.language == SHARED);
        for ours in &self.lexicons {
            match lexicons.iter_mut().find(|theirs| theirs.language == ours.language) {
                Some(theirs) => theirs.put_behind(ours.data(&self.classes)),
                None if all => lexicons.push(ours.data(&self.classes)),
                None => {}
            }
        }
        share(&mut lexicons);
        self.lay_out(lexicons);
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

/// Gives the words of the lexicon `mul` (many languages: signs of money and of units) to all the others.
fn share(lexicons: &mut Vec<LexiconData>) {
    if lexicons.len() < 2 {
        return;
    }
    let Some(at) = lexicons.iter().position(|data| data.language == SHARED) else { return };
    let shared = lexicons.remove(at);
    for lexicon in lexicons {
        lexicon.classes.extend_from_slice(&shared.classes);
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
