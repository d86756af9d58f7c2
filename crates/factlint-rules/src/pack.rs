//! All rules, lexicons and tables together: what is embedded in the binary, and what a user's folder adds.
//!
//! What rule files give are [`Parts`]; laid out for a run they are a [`Pack`].

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::check::Check;
use crate::deferred::Deferred;
use crate::error::RuleError;
use crate::index::Index;
use crate::lexicon::{Classes, LONGEST_PHRASE, Lexicon, LexiconData, LexiconFile, literal_class};
use crate::pattern::Node;
use crate::registry::nearest;
use crate::rule::{Page, Rule, check_format};
use crate::sieve;
use crate::table::Table;
use crate::yaml::File;

/// The code of the lexicon whose words all languages have.
const SHARED: &str = "mul";

/// What rule files give.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Rules, each id once.
    pub rules: Vec<Rule>,
    /// Each language once.
    pub lexicons: Vec<LexiconData>,
    /// Tables; two of one name and the same columns are one.
    pub tables: Vec<Table>,
    /// The files of the lexicons and tables, and what they name.
    pub words: Vec<Words>,
}

/// A file of a lexicon or a table, and what it names.
#[derive(Clone, Debug)]
pub struct Words {
    /// The file.
    pub file: PackFile,
    /// The table.
    pub table: Option<String>,
    /// The classes of the lexicon.
    pub classes: Vec<String>,
}

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

impl Parts {
    /// Reads rule files. Files under `languages/` are lexicons, under `tables/` tables, all others rules; the folder of a
    /// rule is its group. Broken files are left out, and told.
    pub fn compile(files: &[PackFile]) -> (Parts, Pages, Vec<RuleError>) {
        let (mut parts, mut pages, mut errors) = (Parts::default(), Pages::default(), Vec::new());
        for file in files {
            let input = File { path: &file.path, text: &file.text };
            let folder = |name: &str| file.path.split(['/', '\\']).rev().skip(1).any(|part| part == name);
            let result = if folder("languages") {
                input.parse().and_then(|lexicon: LexiconFile| {
                    let classes = lexicon.classes.keys().cloned().collect();
                    parts.words.push(Words { file: file.clone(), table: None, classes });
                    parts.add_lexicon(input, lexicon)
                })
            } else if folder("tables") {
                crate::table::compile(input).map(|table| {
                    let words = Words { file: file.clone(), table: Some(table.name.clone()), classes: Vec::new() };
                    parts.words.push(words);
                    parts.tables.push(table);
                })
            } else {
                let group = file.path.rsplit(['/', '\\']).nth(1).unwrap_or("user");
                crate::rule::compile(input, group).and_then(|(rule, page)| {
                    if let Some(first) = pages.get(&rule.id) {
                        return Err(input.key_error(
                            "id",
                            format!("the rule {} stands in {} too", rule.id, first.path),
                            None,
                        ));
                    }
                    parts.rules.push(rule);
                    pages.pages.push(page);
                    Ok(())
                })
            };
            errors.extend(result.err());
        }
        pages.pages.sort_by(|a, b| a.id.cmp(&b.id));
        (parts, pages, errors)
    }

    fn add_lexicon(&mut self, file: File, lexicon: LexiconFile) -> Result<(), RuleError> {
        check_format(file, lexicon.format.as_ref())?;
        let language = lexicon.language.clone();
        let mut data = LexiconData::default();
        data.add(lexicon);
        if let Some(phrase) = data.overlong() {
            let start = file.text.find(phrase).unwrap_or_default();
            let message = format!("a phrase has {LONGEST_PHRASE} words and signs at most");
            return Err(RuleError::new(file.path, file.text, start..start + phrase.len(), message, None));
        }
        self.lexicon(&language).extend(data);
        Ok(())
    }

    /// The lexicon of a language, new if need be.
    fn lexicon(&mut self, language: &str) -> &mut LexiconData {
        let at = self.lexicons.iter().position(|data| data.language == language).unwrap_or_else(|| {
            self.lexicons.push(LexiconData { language: language.to_owned(), ..LexiconData::default() });
            self.lexicons.len() - 1
        });
        &mut self.lexicons[at]
    }

    /// Adds others: their rules replace ours of the same id, their lexicons and tables add to ours.
    pub fn extend(&mut self, other: Parts) {
        replace(&mut self.rules, other.rules);
        for data in other.lexicons {
            self.lexicon(&data.language.clone()).extend(data);
        }
        join(&mut self.tables, other.tables);
        self.words.extend(other.words);
    }
}

impl From<Parts> for Pack {
    fn from(parts: Parts) -> Pack {
        let mut pack = Pack::default();
        pack.extend(parts);
        pack.unknown = pack.laid_out(&LexiconData::default());
        pack.grown = false;
        pack
    }
}

impl Pack {
    /// Finds where the forms of the rules are tried in each language, for a pack to which nothing is added. How common words are, the
    /// examples of the rules tell.
    pub fn index(&mut self, pages: &Pages) {
        let examples = || pages.pages.iter().flat_map(|page| &page.examples);
        let index = |lexicon: &Lexicon| {
            let of_language = examples().filter(|example| example.lang.starts_with(&lexicon.language));
            let texts: Vec<&str> = of_language.map(|example| example.text.as_str()).collect();
            Index::new(&self.rules, lexicon, &self.classes, &texts).into()
        };
        self.indexes = self.lexicons.iter().chain([&self.unknown]).map(index).collect();
    }

    /// Lays out what tells of regular expressions that they cannot match, for rules that are embedded: it takes too long at run time.
    pub fn add_sieves(&mut self) {
        for rule in &mut self.rules {
            if !rule.triggers.letters.is_empty()
                && let Check::Regex(check) = &mut *rule.check
            {
                check.sieve = sieve::build(&check.regex).unwrap_or_default().into();
            }
        }
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

    /// `None` if the language has a lexicon, `pt-BR` that of `pt`; else which languages have one.
    pub fn unknown_language(&self, code: &str) -> Option<String> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        let known = |own: &str| own.eq_ignore_ascii_case(code) || own.eq_ignore_ascii_case(primary);
        let languages = || self.lexicons.iter().map(|lexicon| lexicon.language.as_str());
        (!languages().any(known)).then(|| format!("languages are {}", languages().collect::<Vec<_>>().join(", ")))
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
            let lexicon = self.laid_out(&data);
            match self.lexicons.iter_mut().find(|ours| ours.language == lexicon.language) {
                Some(ours) => *ours = lexicon,
                None => self.lexicons.push(lexicon),
            }
        }
        self.lexicons.sort_by(|a, b| a.language.cmp(&b.language));
    }

    /// A lexicon with the words of all rules that run in its language.
    fn laid_out(&self, data: &LexiconData) -> Lexicon {
        Lexicon::lay_out(data, &self.literals(&data.language), &self.classes)
    }

    /// The words that rules of a language have letter for letter.
    fn literals(&self, language: &str) -> BTreeSet<&str> {
        let mut words = BTreeSet::new();
        for rule in self.rules.iter().filter(|rule| rule.runs_in(language)) {
            rule.for_each_node(&mut |node| words.extend(node.literal()));
        }
        words
    }

    /// A lexicon of the pack with the words of rules that were added since it was laid out; `None` if it lacks none.
    pub fn renewed(&self, lexicon: &Lexicon) -> Option<Lexicon> {
        if !self.grown {
            return None;
        }
        let mut words = self.literals(&lexicon.language);
        words.retain(|word| !lexicon.has(self.classes.known(&literal_class(word))));
        (!words.is_empty()).then(|| lexicon.with_literals(&words, &self.classes))
    }

    /// Adds what rule files give: its rules replace ours of the same id, its lexicons and tables add to ours. Gives the
    /// ids that it replaced.
    pub fn extend(&mut self, parts: Parts) -> Vec<String> {
        let Parts { rules, mut lexicons, tables, .. } = parts;
        if rules.is_empty() && lexicons.is_empty() && tables.is_empty() {
            return Vec::new();
        }
        // Tables change nothing of where forms are tried.
        if !rules.is_empty() || !lexicons.is_empty() {
            self.indexes.clear();
        }
        self.grown |= !rules.is_empty();
        let replaced = replace(&mut self.rules, rules);
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        join(&mut self.tables, tables);
        self.tables.sort_by(|a, b| a.name.cmp(&b.name));
        // Signs of money and of units are the words of all languages.
        if let Some(at) = lexicons.iter().position(|data| data.language == SHARED)
            && lexicons.len() + self.lexicons.len() > 1
        {
            let shared = lexicons.remove(at);
            for ours in &self.lexicons {
                if !lexicons.iter().any(|theirs| theirs.language == ours.language) {
                    lexicons.push(LexiconData { language: ours.language.clone(), ..LexiconData::default() });
                }
            }
            for theirs in &mut lexicons {
                theirs.classes.extend_from_slice(&shared.classes);
            }
        }
        let mut changed = Vec::new();
        for mut theirs in lexicons {
            let ours = self.lexicons.iter().find(|ours| ours.language == theirs.language);
            if let Some(mut ours) = ours.map(|ours| ours.data(&self.classes)) {
                if !ours.extend_with_new(theirs) {
                    continue;
                }
                theirs = ours;
            }
            changed.push(theirs);
        }
        self.lay_out(changed);
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

/// Puts rules in the place of ours of the same id, or behind them. Gives the ids that were replaced.
fn replace(ours: &mut Vec<Rule>, theirs: Vec<Rule>) -> Vec<String> {
    let mut replaced = Vec::new();
    for rule in theirs {
        match ours.iter_mut().find(|ours| ours.id == rule.id) {
            Some(ours) => {
                replaced.push(rule.id.clone());
                *ours = rule;
            }
            None => ours.push(rule),
        }
    }
    replaced
}

/// Adds tables; two of one name and the same columns become one.
fn join(ours: &mut Vec<Table>, theirs: Vec<Table>) {
    for table in theirs {
        match ours.iter_mut().find(|ours| ours.name == table.name && ours.columns == table.columns) {
            Some(ours) => ours.rows.extend(table.rows.iter().cloned()),
            None => ours.push(table),
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
