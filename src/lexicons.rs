//! The lexicons of all languages, and the numbers of their classes.
//!
//! The literal words of rules are classes too (`'the`), so that a token is looked up once and all that can be asked of it
//! is known.

use std::sync::{Arc, OnceLock};

use factlint_rules::Pack;
use factlint_rules::lexicon::{ClassId, Classes, Lexicon};

use crate::tables::Tables;

/// All lexicons of a pack.
#[derive(Debug)]
pub struct Lexicons {
    pack: Arc<Pack>,
    /// Those that lacked words of added rules, in the order of the pack and the one of an unknown language last, made
    /// when a draft first needs them.
    renewed: Vec<OnceLock<Option<Lexicon>>>,
    tables: Tables,
}

impl Lexicons {
    /// The lexicons of a pack.
    pub fn new(pack: &Arc<Pack>) -> Lexicons {
        let renewed = (0..=pack.lexicons.len()).map(|_| OnceLock::new()).collect();
        Lexicons { pack: Arc::clone(pack), renewed, tables: Tables::new(pack) }
    }

    /// The numbers of the classes.
    pub fn classes(&self) -> &Classes {
        &self.pack.classes
    }

    /// The tables of facts.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The number of a class; one that no lexicon has is found nowhere.
    pub fn class(&self, name: &str) -> ClassId {
        self.pack.classes.known(name)
    }

    /// The languages that have a lexicon, in order.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.pack.lexicons.iter().map(|lexicon| lexicon.language.as_str())
    }

    /// The place of a language among the lexicons: `pt-BR` finds `pt` where there is no lexicon of its own.
    pub fn find(&self, language: &str) -> Option<usize> {
        let at = |code: &str| self.pack.lexicons.iter().position(|own| own.language.eq_ignore_ascii_case(code));
        at(language).or_else(|| at(language.split(['-', '_']).next()?))
    }

    /// How many languages have a lexicon.
    pub fn count(&self) -> usize {
        self.pack.lexicons.len()
    }

    /// A lexicon by its place, or that of an unknown language: the rules' literals, and no words.
    pub fn get(&self, at: Option<usize>) -> &Lexicon {
        let at = at.unwrap_or(self.count());
        let stored = self.pack.lexicons.get(at).unwrap_or(&self.pack.unknown);
        self.renewed[at].get_or_init(|| self.pack.renewed(stored)).as_ref().unwrap_or(stored)
    }
}
