//! What of a rule no example exercises: each alternative of a form, each guard, each language.
//!
//! A part is exercised if an example fails without it: so each part is taken out in turn, and the examples are run. That
//! asks more than whether a part was ever met, and needs nothing of the engine.

use factlint_rules::Kind;
use factlint_rules::check::{Check, Guard, PatternCheck, TableCheck};
use factlint_rules::pattern::{Node, Over, Pattern};
use factlint_rules::rule::Page;
use factlint_rules::{Pack, Rule};

use super::examples::cases;
use crate::linter::Linter;

/// The parts of a rule that no example exercises, each in a few words.
pub fn unexercised(pack: &Pack, rule: &Rule, page: &Page) -> Vec<String> {
    let mut gaps: Vec<String> = languages(pack, rule)
        .into_iter()
        .filter(|language| !page.examples.iter().any(|example| primary(&example.lang) == primary(language)))
        .map(|language| format!("the language {language} has no example"))
        .collect();
    let alone = |rule: Rule| {
        let linter = Linter::new(pack.with_rules(vec![rule]));
        cases(page).map(|case| case.run(&linter)).collect::<Vec<_>>()
    };
    let whole = alone(rule.clone());
    for (name, mutant) in mutants(rule) {
        if alone(mutant) == whole {
            gaps.push(format!("no example needs {name}"));
        }
    }
    gaps
}

/// The languages that a rule is sure to run in: those that it names, or those that have all its classes. A rule that
/// needs no class runs in all, and needs no example in each.
pub fn languages(pack: &Pack, rule: &Rule) -> Vec<String> {
    if !rule.languages.is_empty() {
        return rule.languages.clone();
    }
    if rule.classes.is_empty() {
        return Vec::new();
    }
    pack.lexicons
        .iter()
        .filter(|lexicon| rule.classes.iter().all(|class| lexicon.has(pack.classes.known(class))))
        .map(|lexicon| lexicon.language.clone())
        .collect()
}

fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

/// The rule without each of its parts in turn, with the name of the part.
fn mutants(rule: &Rule) -> Vec<(String, Rule)> {
    let mut mutants = Vec::new();
    let with = |check: Check| Rule { check: check.into(), ..rule.clone() };
    match &*rule.check {
        Check::Pattern(check) => {
            mutants.extend(pattern_mutants(check).into_iter().map(|(name, check)| (name, with(Check::Pattern(check)))));
        }
        Check::Table(table) => mutants.extend(
            pattern_mutants(&table.pattern)
                .into_iter()
                .map(|(name, pattern)| (name, with(Check::Table(TableCheck { table: table.table.clone(), pattern })))),
        ),
        Check::Regex(check) => {
            for (name, unless) in without_each(&check.unless, "unless") {
                let mut check = check.clone();
                check.unless = unless;
                mutants.push((name, with(Check::Regex(check))));
            }
            for (name, require) in without_each(&check.require, "require") {
                let mut check = check.clone();
                check.require = require;
                mutants.push((name, with(Check::Regex(check))));
            }
        }
        Check::Agree(check) => {
            for (name, unless) in without_each(&check.unless, "unless") {
                let mut check = check.clone();
                check.unless = unless;
                mutants.push((name, with(Check::Agree(check))));
            }
        }
        Check::Block(check) => {
            for (name, unless) in without_each(&check.unless, "unless") {
                let mut check = check.clone();
                check.unless = unless;
                mutants.push((name, with(Check::Block(check))));
            }
        }
        Check::Calendar(_) => {}
    }
    mutants
}

fn pattern_mutants(check: &PatternCheck) -> Vec<(String, PatternCheck)> {
    let mut mutants = Vec::new();
    for at in 0..check.forms.len() {
        if check.forms.len() > 1 {
            let mut less = check.clone();
            less.forms.remove(at);
            mutants.push((format!("form {}", at + 1), less));
        }
        for (alternative, form) in without_alternatives(&check.forms[at]) {
            let mut less = check.clone();
            less.forms[at] = form;
            mutants.push((format!("the alternative “{alternative}” of form {}", at + 1), less));
        }
    }
    if let Some(with) = &check.with {
        for (alternative, form) in without_alternatives(with) {
            mutants.push((
                format!("the alternative “{alternative}” of “with”"),
                PatternCheck { with: Some(form), ..check.clone() },
            ));
        }
    }
    for (name, unless) in without_each(&check.unless, "unless") {
        mutants.push((name, PatternCheck { unless, ..check.clone() }));
    }
    for (name, require) in without_each(&check.require, "require") {
        mutants.push((name, PatternCheck { require, ..check.clone() }));
    }
    mutants
}

fn without_each(guards: &[Guard], key: &str) -> Vec<(String, Vec<Guard>)> {
    (0..guards.len())
        .map(|at| {
            let mut less = guards.to_vec();
            let words = match less.remove(at) {
                Guard::Condition(_) => String::new(),
                Guard::Pattern(scope, pattern) => {
                    format!(" ({}: {})", format!("{scope:?}").to_lowercase(), show_alternatives(&pattern.alternatives))
                }
            };
            (format!("guard {} of “{key}”{words}", at + 1), less)
        })
        .collect()
}

/// The pattern without each of its alternatives in turn, those of its groups included.
fn without_alternatives(pattern: &Pattern) -> Vec<(String, Pattern)> {
    shrink(&pattern.alternatives).into_iter().map(|(name, alternatives)| (name, Pattern { alternatives })).collect()
}

fn shrink(alternatives: &[Vec<Node>]) -> Vec<(String, Vec<Vec<Node>>)> {
    let mut smaller = Vec::new();
    for (at, nodes) in alternatives.iter().enumerate() {
        if alternatives.len() > 1 {
            let mut less = alternatives.to_vec();
            less.remove(at);
            smaller.push((show(nodes), less));
        }
        for (nth, node) in nodes.iter().enumerate() {
            for (name, node) in shrink_node(node) {
                let mut less = alternatives.to_vec();
                less[at][nth] = node;
                smaller.push((name, less));
            }
        }
    }
    smaller
}

fn shrink_node(node: &Node) -> Vec<(String, Node)> {
    match node {
        Node::Group(alternatives) => {
            shrink(alternatives).into_iter().map(|(name, less)| (name, Node::Group(less))).collect()
        }
        Node::Repeat(inner, min, max) => shrink_node(inner)
            .into_iter()
            .map(|(name, less)| (name, Node::Repeat(Box::new(less), *min, *max)))
            .collect(),
        _ => Vec::new(),
    }
}

fn show_alternatives(alternatives: &[Vec<Node>]) -> String {
    alternatives.iter().map(|nodes| show(nodes)).collect::<Vec<_>>().join(" | ")
}

/// A sequence in the pattern language, without its slots' names.
fn show(nodes: &[Node]) -> String {
    nodes
        .iter()
        .map(|node| match node {
            Node::Kinds(kinds, _) => {
                format!("{{{}}}", kinds.iter().map(Kind::word).collect::<Vec<_>>().join("|"))
            }
            Node::Class(class, _) => format!("<{class}>"),
            Node::Literal(word) => format!("'{word}'"),
            Node::Group(alternatives) => format!("[{}]", show_alternatives(alternatives)),
            Node::Repeat(inner, 0, 1) => format!("{}?", show(std::slice::from_ref(&**inner))),
            Node::Repeat(inner, min, max) => format!("{}{{{min},{max}}}", show(std::slice::from_ref(&**inner))),
            Node::Gap(words, Over::Words) => format!("~{words}"),
            Node::Gap(words, Over::Signs) => format!("~{words},"),
            Node::Gap(words, Over::Times) => format!("~~{words}"),
            Node::Glued => "&".into(),
            Node::Blank => "_".into(),
            Node::SentenceStart => "^".into(),
            Node::SentenceEnd => "$".into(),
            Node::BlockStart => "^^".into(),
            Node::BlockEnd => "$$".into(),
            Node::Not(inner) => format!("!{}", show(std::slice::from_ref(&**inner))),
        })
        .collect::<Vec<_>>()
        .join(" ")
}
