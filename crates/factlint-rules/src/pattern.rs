//! The pattern language: what a sentence must look like, over tokens, lexicon classes and typed mentions.
//!
//! In goes `"{part:count} <out-of> {whole:count} ~3 ( {share:percent} )"`, out comes a tree with numbered slots.
//!
//! | atom | matches |
//! |---|---|
//! | `{share:percent}`, `{a:count\|money}`, `{percent}` | a mention of that kind, named or not |
//! | `{verb:<rose>}` | a phrase of a lexicon class, named |
//! | `<out-of>` | a phrase of a lexicon class |
//! | `'words'` | these very words, in any capitals |
//! | `( ) , : %` … | that sign |
//! | `[ a \| b ]` | either |
//! | `~3`, `~3,` | a gap of up to three words without a mention; with the comma, over commas and quotes too |
//! | `~~3` | as `~3,`, and over days, times and ordinals too, a word each |
//! | `@name` | a fragment of the rule |
//! | `&`, `_` | no blank here; a blank here |
//! | `^`, `$`, `^^`, `$$` | start and end of a sentence; of a block |
//! | `!<class>` | not followed by that |
//!
//! After an atom: `?`, `*`, `+`, `{m,n}`. A slot that can repeat is a list.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::expr::ExprError;
use crate::kind::{Kind, KindSet};
use crate::registry::nearest;
use crate::token::{Token, TokenKind, fold, tokenize};

/// A pattern: one sequence of nodes of several alternatives, and the slots that they fill.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// The alternatives.
    pub alternatives: Vec<Vec<Node>>,
}

/// A slot of a rule's patterns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// The kinds of mention that it takes; empty if it takes a class.
    pub kinds: KindSet,
    /// It can be filled several times.
    pub list: bool,
}

/// What a gap crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// Words.
    Words,
    /// Commas and quotes too.
    Signs,
    /// Days, times and ordinals as well: when it was, whatever it was.
    Times,
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// A mention or a token of one of these kinds; the number is the slot's.
    Kinds(KindSet, Option<u8>),
    /// A phrase of a class; the number is the slot's.
    Class(String, Option<u8>),
    /// A word in its folded form, or a sign.
    Literal(String),
    /// One of several sequences.
    Group(Vec<Vec<Node>>),
    /// A node several times.
    Repeat(Box<Node>, u8, u8),
    /// Up to that many words without a mention.
    Gap(u8, Over),
    /// No blank here.
    Glued,
    /// A blank here.
    Blank,
    /// The start of a sentence.
    SentenceStart,
    /// Its end, before or after the closing sign.
    SentenceEnd,
    /// The start of a block.
    BlockStart,
    /// The end of a block.
    BlockEnd,
    /// Not followed by this.
    Not(Box<Node>),
}

impl Node {
    /// The word that it stands for, if it is a literal one.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Node::Literal(word) if word.chars().any(char::is_alphanumeric) => Some(word),
            _ => None,
        }
    }
}

/// The most times that `*` and `+` repeat.
pub const MANY: u8 = 24;

/// A match knows its slots by a bit each.
const MOST_SLOTS: usize = 64;
/// How deep groups, fragments and “!” may stand in each other.
const DEEPEST: u8 = 32;
/// How many atoms the patterns of a rule may have, fragments written out: beyond that, fragments multiply each other.
const MOST_ATOMS: u32 = 50_000;

/// Reads patterns that share their slots.
#[derive(Debug, Default)]
pub struct Reader {
    /// The slots so far.
    pub slots: Vec<Slot>,
    /// The rule's fragments, by name.
    pub fragments: BTreeMap<String, String>,
    /// Those that a pattern has used.
    used: BTreeSet<String>,
    /// How many atoms were read.
    atoms: u32,
}

impl Reader {
    /// A reader of the patterns of a rule with these fragments.
    pub fn new(fragments: BTreeMap<String, String>) -> Reader {
        Reader { fragments, ..Reader::default() }
    }

    /// Reads one pattern.
    ///
    /// ```
    /// use factlint_rules::pattern::Reader;
    /// let mut reader = Reader::default();
    /// let pattern = reader.read("{part:count} <out-of> {whole:count} [ ( {share:percent} ) | , {share:percent} ]").unwrap();
    /// assert_eq!(pattern.alternatives.len(), 1);
    /// assert_eq!(reader.slots.len(), 3);
    /// ```
    pub fn read(&mut self, text: &str) -> Result<Pattern, ExprError> {
        let mut parser = Parser { text, at: 0, depth: 0, level: 0, nested: 0, reader: self };
        let alternatives = parser.alternatives(false)?;
        if alternatives.iter().any(Vec::is_empty) {
            return Err(error(0, "a pattern, or one of its alternatives, is empty"));
        }
        Ok(Pattern { alternatives })
    }

    /// A fragment that no pattern so far has used.
    pub fn unused(&self) -> Option<&str> {
        self.fragments.keys().map(String::as_str).find(|name| !self.used.contains(*name))
    }

    fn slot(&mut self, name: &str, kinds: KindSet, list: bool, at: usize) -> Result<u8, ExprError> {
        if let Some(found) = self.slots.iter().position(|slot| slot.name == name) {
            let slot = &mut self.slots[found];
            slot.kinds = slot.kinds.or(kinds);
            slot.list |= list;
            return Ok(found as u8);
        }
        if self.slots.len() == MOST_SLOTS {
            return Err(error(at, format!("“{name}” is a slot too many: a rule has {MOST_SLOTS} at most")));
        }
        self.slots.push(Slot { name: name.to_owned(), kinds, list });
        Ok(self.slots.len() as u8 - 1)
    }
}

fn error(at: usize, message: impl Into<String>) -> ExprError {
    ExprError { at, message: message.into(), help: None }
}

struct Parser<'t, 'r> {
    text: &'t str,
    at: usize,
    /// How many groups are open.
    depth: u8,
    /// How many atoms hold the one that is read.
    level: u8,
    /// How many fragments hold this text.
    nested: u8,
    reader: &'r mut Reader,
}

impl<'t> Parser<'t, '_> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn alternatives(&mut self, repeated: bool) -> Result<Vec<Vec<Node>>, ExprError> {
        let mut alternatives = vec![Vec::new()];
        loop {
            self.blanks();
            match self.rest().chars().next() {
                None if self.depth == 0 => return Ok(alternatives),
                None => return Err(error(self.at, "a “]” is missing")),
                Some(']') if self.depth > 0 => {
                    self.at += 1;
                    return Ok(alternatives);
                }
                Some('|') => {
                    self.at += 1;
                    alternatives.push(Vec::new());
                }
                Some(_) => {
                    // Whether an atom repeats is known only after it; so look once, and again if it does.
                    let (start, slots) = (self.at, self.reader.slots.clone());
                    let mut nodes = self.atom(repeated)?;
                    if let Some((min, max)) = self.repeat()? {
                        if max > 1 && !repeated {
                            self.at = start;
                            self.reader.slots = slots;
                            nodes = self.atom(true)?;
                            self.repeat()?;
                        }
                        let node = match <[Node; 1]>::try_from(nodes) {
                            Ok([node]) => node,
                            Err(nodes) => Node::Group(vec![nodes]),
                        };
                        nodes = vec![Node::Repeat(Box::new(node), min, max)];
                    }
                    alternatives.last_mut().expect("there is one from the start").extend(nodes);
                }
            }
        }
    }

    fn repeat(&mut self) -> Result<Option<(u8, u8)>, ExprError> {
        let (range, width) = match self.rest().as_bytes() {
            [b'?', ..] => ((0, 1), 1),
            [b'*', ..] => ((0, MANY), 1),
            [b'+', ..] => ((1, MANY), 1),
            [b'{', b'0'..=b'9', ..] => {
                let end = self.rest().find('}').ok_or_else(|| error(self.at, "the repetition is not closed"))?;
                let body = &self.rest()[1..end];
                let (min, max) = body.split_once(',').unwrap_or((body, body));
                match (min.trim().parse(), max.trim().parse()) {
                    (Ok(min), Ok(max)) if min <= max && max > 0 => ((min, max), end + 1),
                    _ => return Err(error(self.at, format!("“{{{body}}}” is no repetition; write {{0,3}}"))),
                }
            }
            _ => return Ok(None),
        };
        self.at += width;
        Ok(Some(range))
    }

    fn atom(&mut self, repeated: bool) -> Result<Vec<Node>, ExprError> {
        if self.level == DEEPEST {
            return Err(error(self.at, format!("more than {DEEPEST} groups stand in each other here")));
        }
        self.reader.atoms += 1;
        if self.reader.atoms > MOST_ATOMS {
            return Err(error(self.at, "the patterns of the rule are too long, its fragments written out"));
        }
        self.level += 1;
        let nodes = self.one_atom(repeated)?;
        self.level -= 1;
        Ok(nodes)
    }

    fn one_atom(&mut self, repeated: bool) -> Result<Vec<Node>, ExprError> {
        let at = self.at;
        let first = self.rest().chars().next().expect("the caller has seen one");
        let one = |node| Ok(vec![node]);
        match first {
            '{' => {
                let body = self.closed('}', "a slot")?;
                self.read_slot(body, at, repeated)
            }
            '<' => {
                let name = self.closed('>', "a class")?;
                check_class(name, at)?;
                one(Node::Class(name.to_owned(), None))
            }
            '\'' | '"' => {
                let body = &self.rest()[1..];
                let end = body.find(first).ok_or_else(|| ExprError {
                    at,
                    message: "the words are not closed".to_owned(),
                    help: Some(format!("put a second {first} after the last of them")),
                })?;
                self.at += end + 2;
                let words = &body[..end];
                let tokens = tokenize(words);
                let star = |pair: &[Token]| {
                    pair[0].kind == TokenKind::Word && !pair[1].blank_before && pair[1].text(words) == "*"
                };
                if let Some(pair) = tokens.windows(2).find(|pair| star(pair)) {
                    return Err(ExprError {
                        at: at + 1 + pair[1].start as usize,
                        message: format!("“{words}” is no word: inside quotation marks a star is a star"),
                        help: Some(
                            "name each form, ['zog' | 'zogs'], or a class <zog>: its words may end with a star".into(),
                        ),
                    });
                }
                Ok(tokens
                    .iter()
                    .enumerate()
                    .flat_map(|(i, token)| {
                        let glue = (i > 0).then_some(if token.blank_before { Node::Blank } else { Node::Glued });
                        glue.into_iter().chain([Node::Literal(fold(token.text(words)))])
                    })
                    .collect())
            }
            '[' => {
                self.at += 1;
                self.depth += 1;
                let alternatives = self.alternatives(repeated)?;
                self.depth -= 1;
                one(Node::Group(alternatives))
            }
            '~' => {
                self.at += 1;
                let times = self.rest().starts_with('~');
                self.at += usize::from(times);
                let digits = self.rest().find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest().len());
                let words =
                    self.rest()[..digits].parse().map_err(|_| error(at, "a gap has its number of words: ~3"))?;
                self.at += digits;
                let signs = !times && self.rest().starts_with(',');
                self.at += usize::from(signs);
                let over = if times {
                    Over::Times
                } else if signs {
                    Over::Signs
                } else {
                    Over::Words
                };
                one(Node::Gap(words, over))
            }
            '@' => {
                self.at += 1;
                let length =
                    self.rest().find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(self.rest().len());
                let name = &self.rest()[..length];
                self.at += length;
                let Some(fragment) = self.reader.fragments.get(name).cloned() else {
                    let help = nearest(name, self.reader.fragments.keys().map(String::as_str));
                    return Err(ExprError { at, message: format!("there is no fragment “{name}”"), help });
                };
                if self.nested > 8 {
                    return Err(error(at, "fragments hold each other in a circle"));
                }
                self.reader.used.insert(name.to_owned());
                let nested = self.nested + 1;
                let mut inner =
                    Parser { text: &fragment, at: 0, depth: 0, level: self.level, nested, reader: self.reader };
                let alternatives = inner.alternatives(repeated)?;
                one(Node::Group(alternatives))
            }
            '!' => {
                self.at += 1;
                self.blanks();
                if self.rest().is_empty() {
                    return Err(error(at, "after “!” stands what must not follow"));
                }
                let nodes = self.atom(repeated)?;
                one(Node::Not(Box::new(Node::Group(vec![nodes]))))
            }
            '^' | '$' => {
                let double = self.rest()[1..].starts_with(first);
                self.at += 1 + usize::from(double);
                one(match (first, double) {
                    ('^', false) => Node::SentenceStart,
                    ('^', true) => Node::BlockStart,
                    (_, false) => Node::SentenceEnd,
                    (_, true) => Node::BlockEnd,
                })
            }
            '&' => {
                self.at += 1;
                one(Node::Glued)
            }
            '_' => {
                self.at += 1;
                one(Node::Blank)
            }
            _ if first.is_alphanumeric() => {
                let word = self.rest().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                Err(ExprError {
                    at,
                    message: format!("the word “{word}” stands bare"),
                    help: Some(format!(
                        "write <{word}>, a class that each language fills; or '{word}', the word itself"
                    )),
                })
            }
            _ => {
                let token = tokenize(self.rest()).first().copied();
                let width = match token {
                    Some(token) if token.kind == TokenKind::Sign => token.end as usize,
                    _ => return Err(error(at, format!("“{first}” cannot stand here"))),
                };
                let sign = fold(&self.rest()[..width]);
                self.at += width;
                one(Node::Literal(sign))
            }
        }
    }

    fn closed(&mut self, close: char, what: &str) -> Result<&'t str, ExprError> {
        let body = &self.rest()[1..];
        let end = body.find(close).ok_or_else(|| error(self.at, format!("{what} is not closed with “{close}”")))?;
        self.at += end + 2;
        Ok(&body[..end])
    }

    fn read_slot(&mut self, body: &str, at: usize, repeated: bool) -> Result<Vec<Node>, ExprError> {
        let (name, kinds) = match body.split_once(':') {
            Some((name, kinds)) => (Some(name.trim()), kinds.trim()),
            None => (None, body.trim()),
        };
        if let Some(name) = name
            && (name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_'))
        {
            return Err(error(at + 1, format!("“{name}” is no name for a slot")));
        }
        if let Some(class) = kinds.strip_prefix('<') {
            let class = class.trim_end_matches('>');
            check_class(class, at)?;
            let slot = name.map(|name| self.reader.slot(name, KindSet::EMPTY, repeated, at)).transpose()?;
            return Ok(vec![Node::Class(class.to_owned(), slot)]);
        }
        let mut set = KindSet::EMPTY;
        for word in kinds.split('|') {
            let Some(kind) = Kind::parse(word.trim()) else {
                if word.contains(['{', '<', ' ']) {
                    return Err(ExprError {
                        at,
                        message: "the slot is not closed".to_owned(),
                        help: Some("a slot is written {name:kind}, as in {part:count}".to_owned()),
                    });
                }
                let help = nearest(word.trim(), Kind::ALL.iter().map(|kind| kind.word()));
                return Err(ExprError {
                    at: at + 1,
                    message: format!("there is no kind of mention “{}”", word.trim()),
                    help,
                });
            };
            set = set.with(kind);
        }
        let slot = name.map(|name| self.reader.slot(name, set, repeated, at)).transpose()?;
        Ok(vec![Node::Kinds(set, slot)])
    }
}

fn check_class(name: &str, at: usize) -> Result<(), ExprError> {
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-') {
        return Err(error(at, format!("“<{name}>” is no name of a class: letters, digits and hyphens")));
    }
    Ok(())
}

impl Pattern {
    /// Visits all its nodes, each before those inside it.
    pub fn for_each_node<'p>(&'p self, visit: &mut impl FnMut(&'p Node)) {
        fn walk<'p>(nodes: &'p [Node], visit: &mut impl FnMut(&'p Node)) {
            for node in nodes {
                visit(node);
                match node {
                    Node::Group(alternatives) => alternatives.iter().for_each(|nodes| walk(nodes, visit)),
                    Node::Repeat(node, _, _) | Node::Not(node) => walk(std::slice::from_ref(node), visit),
                    _ => {}
                }
            }
        }
        self.alternatives.iter().for_each(|nodes| walk(nodes, visit));
    }

    /// The names of all classes that the pattern asks for.
    pub fn classes(&self, out: &mut Vec<String>) {
        self.for_each_node(&mut |node| {
            if let Node::Class(name, _) = node {
                out.push(name.clone());
            }
        });
    }

    /// The classes without which no alternative can match.
    pub fn required_classes(&self) -> Vec<String> {
        common(&self.alternatives)
    }
}

/// What every one of the alternatives needs.
fn common(alternatives: &[Vec<Node>]) -> Vec<String> {
    let mut each = alternatives.iter().map(|nodes| needs(nodes));
    let Some(mut shared) = each.next() else { return Vec::new() };
    for other in each {
        shared.retain(|class| other.contains(class));
    }
    shared
}

fn needs(nodes: &[Node]) -> Vec<String> {
    let mut classes = Vec::new();
    for node in nodes {
        match node {
            Node::Class(name, _) => classes.push(name.clone()),
            Node::Group(alternatives) => classes.extend(common(alternatives)),
            Node::Repeat(node, 1.., _) => classes.extend(needs(std::slice::from_ref(node))),
            _ => {}
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(pattern: &str) -> ExprError {
        Reader::default().read(pattern).expect_err("it is refused")
    }

    #[test]
    fn what_is_nested_by_the_thousand_is_refused_with_its_place() {
        for (open, close) in [("[", "]"), ("!", ""), ("![", "]")] {
            let nested = |depth: usize| format!("'a' {}'b'{}", open.repeat(depth), close.repeat(depth));
            assert!(Reader::default().read(&nested(15)).is_ok(), "{open}");
            let error = refused(&nested(100_000));
            assert_eq!((error.at, &*error.message), (4 + 32, "more than 32 groups stand in each other here"), "{open}");
        }
    }

    #[test]
    fn a_rule_has_as_many_slots_as_a_word_has_bits() {
        let slots = |count: usize| (0..count).map(|at| format!("{{s{at}:word}} ")).collect::<String>();
        assert!(Reader::default().read(&slots(64)).is_ok());
        let error = refused(&slots(65));
        assert_eq!((error.at, &*error.message), (slots(64).len(), "“s64” is a slot too many: a rule has 64 at most"));
    }

    #[test]
    fn fragments_that_multiply_each_other_are_refused() {
        let fragments = ["a", "b", "c", "d", "e", "f"]
            .windows(2)
            .map(|two| (two[0].to_owned(), format!("@{} ", two[1]).repeat(12)));
        let mut reader = Reader::new(fragments.chain([("f".to_owned(), "'x'".to_owned())]).collect());
        assert!(reader.read("@a").expect_err("they are too many").message.contains("too long"));
    }

    #[test]
    fn a_star_inside_quotation_marks_is_refused() {
        let error = refused("'a' 'zog*'");
        assert_eq!((error.at, &*error.message), (8, "“zog*” is no word: inside quotation marks a star is a star"));
        assert!(Reader::default().read("'zog' & '*'").is_ok(), "the sign by itself");
    }
}
