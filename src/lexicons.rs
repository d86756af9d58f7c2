//! The lexicons of all languages, built when a draft first needs them.
//!
//! Every class of words has one number in all languages. The literal words of rules are classes too (`'the`), so that
//! a token is looked up once and all that can be asked of it is known.

use std::sync::{Arc, OnceLock};

use factlint_rules::lexicon::{ClassId, Classes, Lexicon, StoredLexicon};
use factlint_rules::pattern::Node;
use factlint_rules::{Pack, Rule};

use crate::tables::Tables;

/// All lexicons of a pack.
#[derive(Debug)]
pub struct Lexicons {
    classes: Classes,
    /// Class and word.
    literals: Vec<(String, String)>,
    pack: Arc<Pack>,
    /// In the order of the pack.
    built: Vec<OnceLock<Lexicon>>,
    /// What is used where the language is unknown: the rules' literals, and no words.
    unknown: OnceLock<Lexicon>,
    tables: Tables,
}

impl Lexicons {
    /// The lexicons of a pack, none of them built yet.
    pub fn new(pack: &Arc<Pack>) -> Lexicons {
        let mut classes = Classes::default();
        for data in &pack.lexicons {
            for class in data.classes() {
                classes.intern(class);
            }
        }
        let mut literals = Vec::new();
        for rule in &pack.rules {
            for_each_node(rule, &mut |node| match node {
                Node::Class(name, _) => {
                    classes.intern(name);
                }
                Node::Literal(word) if word.chars().any(char::is_alphanumeric) => {
                    let name = literal_class(word);
                    if classes.id(&name).is_none() {
                        classes.intern(&name);
                        literals.push((name, word.clone()));
                    }
                }
                _ => {}
            });
        }
        let built = pack.lexicons.iter().map(|_| OnceLock::new()).collect();
        Lexicons {
            classes,
            literals,
            pack: Arc::clone(pack),
            built,
            unknown: OnceLock::new(),
            tables: Tables::new(pack),
        }
    }

    /// The numbers of the classes.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The tables of facts.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The number of a class; one that no lexicon has is found nowhere.
    pub fn class(&self, name: &str) -> ClassId {
        self.classes.id(name).unwrap_or(ClassId(u16::MAX))
    }

    /// The languages that have a lexicon, in order.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.pack.lexicons.iter().map(|data| data.language.as_str())
    }

    /// The place of a language among the lexicons: `pt-BR` finds `pt` where there is no lexicon of its own.
    pub fn find(&self, language: &str) -> Option<usize> {
        let at = |code: &str| self.pack.lexicons.iter().position(|data| data.language.eq_ignore_ascii_case(code));
        at(language).or_else(|| at(language.split(['-', '_']).next()?))
    }

    /// A lexicon by its place, as it lies in the pack.
    pub fn stored(&self, at: usize) -> Option<&StoredLexicon> {
        self.pack.lexicons.get(at)
    }

    /// How many languages have a lexicon.
    pub fn count(&self) -> usize {
        self.built.len()
    }

    /// A lexicon by its place, or that of an unknown language.
    pub fn get(&self, at: Option<usize>) -> &Lexicon {
        match at.and_then(|at| self.built.get(at).zip(self.stored(at))) {
            Some((lexicon, stored)) => lexicon.get_or_init(|| self.build(stored)),
            None => self.unknown.get_or_init(|| self.build(&StoredLexicon::default())),
        }
    }

    fn build(&self, stored: &StoredLexicon) -> Lexicon {
        Lexicon::build(stored, &self.literals, &self.classes)
    }
}

/// The name of the class that stands for a literal word of a rule.
pub fn literal_class(word: &str) -> String {
    format!("'{word}")
}

/// Visits every node of every pattern of a rule.
fn for_each_node(rule: &Rule, visit: &mut impl FnMut(&Node)) {
    fn walk(nodes: &[Node], visit: &mut impl FnMut(&Node)) {
        for node in nodes {
            visit(node);
            match node {
                Node::Group(alternatives) => alternatives.iter().for_each(|nodes| walk(nodes, visit)),
                Node::Repeat(node, _, _) | Node::Not(node) => walk(std::slice::from_ref(node), visit),
                _ => {}
            }
        }
    }
    for pattern in rule.check.patterns() {
        pattern.alternatives.iter().for_each(|nodes| walk(nodes, visit));
    }
}
