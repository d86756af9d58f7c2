//! The five kinds of check, as they are run, and the keys of a rule file that belong to each.

use serde::{Deserialize, Serialize};
use serde_yaml::Spanned;

use crate::agree;
use crate::block::WORDS as BLOCKS;
use crate::deferred::{Deferred, Packed};
use crate::error::RuleError;
use crate::expr::{self, Expr, ExprError};
use crate::kind::{Kind, KindSet};
use crate::pattern::{Pattern, Reader, Slot};
use crate::registry::Type;
use crate::rule::{CheckKind, Compiler, GuardFile, Guards, RuleFile};
use crate::yaml::{File, places};

/// What a rule asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Check {
    /// Forms over tokens.
    Pattern(PatternCheck),
    /// A regular expression over a block's text.
    Regex(RegexCheck),
    /// The calendar.
    Calendar(CalendarCheck),
    /// Mentions of one thing.
    Agree(AgreeCheck),
    /// A table of facts.
    Table(TableCheck),
    /// A block.
    Block(BlockCheck),
}

/// Do mentions that stand in this form agree?
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PatternCheck {
    /// The forms.
    pub forms: Vec<Pattern>,
    /// The kinds of block that the forms are looked for in; all where it is empty.
    pub of: Vec<String>,
    /// What must stand within reach besides.
    pub with: Option<Pattern>,
    /// How far it reaches.
    pub within: Within,
    /// The slots of all of them.
    pub slots: Vec<Slot>,
    /// The slots that are accused; the whole match where it is empty.
    pub judge: Vec<u8>,
    /// When it is silent.
    pub unless: Vec<Guard>,
    /// What must be there besides.
    pub require: Vec<Guard>,
    /// Its group of acquittal.
    pub acquits: Option<String>,
}

/// How far a form reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Within {
    /// So many sentences from the first; 1 is the sentence.
    Sentences(u8),
    /// The block.
    #[default]
    Paragraph,
    /// The document.
    Document,
}

/// When a match is let pass, or what it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Guard {
    /// A condition over the match.
    Condition(Deferred<Expr>),
    /// A pattern somewhere.
    Pattern(Scope, Pattern),
}

/// Where a guard's pattern is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Right before the match.
    Before,
    /// Right after it.
    After,
    /// Inside it.
    Inside,
    /// In its sentence.
    Sentence,
    /// In its sentence, before it.
    Earlier,
    /// In its sentence, after it.
    Later,
    /// In its block.
    Paragraph,
    /// In the document.
    Document,
}

impl Scope {
    const ALL: [(&'static str, Scope); 8] = [
        ("before", Scope::Before),
        ("after", Scope::After),
        ("inside", Scope::Inside),
        ("sentence", Scope::Sentence),
        ("earlier", Scope::Earlier),
        ("later", Scope::Later),
        ("paragraph", Scope::Paragraph),
        ("document", Scope::Document),
    ];
}

/// A regular expression over a block's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RegexCheck {
    /// In the syntax of the regex crate.
    pub regex: String,
    /// The expression's [`crate::sieve`], for rules that are embedded; empty where there is none.
    pub sieve: Packed,
    /// The named groups, which serve as slots.
    pub groups: Vec<String>,
    /// The group that is accused; the whole match where it is silent.
    pub judge: Option<String>,
    /// When it is silent.
    pub unless: Vec<Guard>,
    /// What must be there besides.
    pub require: Vec<Guard>,
}

/// Is there one calendar in which all dates hold?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalendarCheck {
    /// Which contradictions of the solver it speaks of.
    pub of: Vec<String>,
}

/// Do all mentions of one thing agree?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AgreeCheck {
    /// The kind of mention.
    pub of: String,
    /// What makes mentions one thing.
    pub same: String,
    /// In what they must not differ.
    pub differ: String,
    /// Named weights.
    pub evidence: Vec<(String, f64)>,
    /// The sum that a finding needs.
    pub at_least: f64,
    /// When it is silent.
    pub unless: Vec<Guard>,
}

/// Does the mention agree with a table of facts?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct TableCheck {
    /// The table's name.
    pub table: String,
    /// The forms in which it is asked.
    pub pattern: PatternCheck,
}

/// Is the block where and what it should be?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct BlockCheck {
    /// The kinds of block; or `sentence`: each sentence of a paragraph that an earlier one says word for word.
    pub of: Vec<String>,
    /// When it is silent.
    pub unless: Vec<Guard>,
}

/// The variables of a check, with their types.
pub type Vars = Vec<(String, Type)>;

/// Reads the part of a rule file that belongs to its kind of check.
pub fn compile(file: File, yaml: &RuleFile) -> Result<(Check, Vars), RuleError> {
    check_keys(file, yaml)?;
    let mut vars: Vars = vec![("document".into(), Type::Document), ("block".into(), Type::Block)];
    let check = match yaml.kind {
        CheckKind::Pattern if yaml.regex.is_some() => Check::Regex(regex(file, yaml, &mut vars)?),
        CheckKind::Pattern => Check::Pattern(pattern(file, yaml, &mut vars)?),
        CheckKind::Table => {
            let table = yaml
                .table
                .as_ref()
                .ok_or_else(|| file.error(&yaml.id, "a table rule names its table", Some("table: capitals".into())))?;
            Check::Table(TableCheck { table: table.value.clone(), pattern: pattern(file, yaml, &mut vars)? })
        }
        CheckKind::Calendar => {
            let dates = Type::Mention(KindSet::of(&[Kind::Date]));
            vars.extend([
                ("culprit".to_owned(), dates.clone()),
                ("expected".to_owned(), Type::Date),
                ("evidence".to_owned(), dates.clone()),
                ("other".to_owned(), dates),
                // A repair that the solver found, in words: its fix is `replace: {part: "{new}"}`.
                ("part".to_owned(), Type::Text),
                ("new".to_owned(), Type::Text),
            ]);
            Check::Calendar(CalendarCheck { of: sorts(file, yaml, &CONTRADICTIONS)? })
        }
        CheckKind::Agree => Check::Agree(agree(file, yaml, &mut vars)?),
        CheckKind::Block => {
            let of = sorts(file, yaml, &[&BLOCKS[..], &[SENTENCE]].concat())?;
            if of.len() > 1 && of.iter().any(|kind| kind == SENTENCE) {
                return Err(file.key_error("of", "sentences and blocks are judged by rules of their own", None));
            }
            // A sentence and its twin are words; blocks have neighbours besides.
            if of.iter().any(|kind| kind == SENTENCE) {
                let words = Type::Mention(KindSet::of(&[Kind::Word]));
                vars.extend([("culprit".to_owned(), words.clone()), ("twin".to_owned(), words)]);
            } else {
                let names = ["culprit", "previous", "next", "twin", "double"];
                vars.extend(names.map(|name| (name.to_owned(), Type::Block)));
            }
            Check::Block(BlockCheck { of, unless: guards(file, yaml.unless.as_ref(), &vars, &mut Reader::default())? })
        }
    };
    Ok((check, vars))
}

fn agree(file: File, yaml: &RuleFile, vars: &mut Vars) -> Result<AgreeCheck, RuleError> {
    let text = |value: &Option<Spanned<String>>| value.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    let of = places(yaml.of.clone());
    if let [_, second, ..] = &of[..] {
        return Err(file.error(second, "a rule compares mentions of one kind", None));
    }
    let of = of.into_iter().next().map(|of| of.value).unwrap_or_default();
    let comparison = agree::find(&of, &text(&yaml.differ), &text(&yaml.same)).map_err(|help| {
        let key = if yaml.differ.is_some() && agree::has(&of) { "differ" } else { "of" };
        file.key_error(key, "there is no such comparison", Some(help))
    })?;
    let names = Type::Mention(Kind::ALL.iter().fold(KindSet::EMPTY, |set, kind| set.with(*kind)));
    vars.extend([
        ("culprit".to_owned(), names.clone()),
        ("other".to_owned(), names),
        ("preferred".to_owned(), Type::Text),
        ("found".to_owned(), Type::Text),
        ("uses".to_owned(), Type::Number),
        ("rare".to_owned(), Type::Number),
    ]);
    vars.extend(comparison.facts.iter().map(|fact| ((*fact).to_owned(), Type::Bool)));
    for name in yaml.evidence.keys() {
        if !comparison.facts.contains(&name.as_str()) {
            let help = crate::registry::nearest(name, comparison.facts.iter().copied())
                .or_else(|| Some(format!("its facts are: {}", comparison.facts.join(", "))));
            return Err(file.key_error("evidence", format!("“{name}” is no fact of this comparison"), help));
        }
    }
    Ok(AgreeCheck {
        of,
        same: comparison.same.to_owned(),
        differ: comparison.differ.to_owned(),
        evidence: yaml.evidence.iter().map(|(name, weight)| (name.clone(), *weight)).collect(),
        at_least: yaml.at_least.unwrap_or(0.0),
        unless: guards(file, yaml.unless.as_ref(), vars, &mut Reader::default())?,
    })
}

/// What `of` names, each of which is known.
fn sorts(file: File, yaml: &RuleFile, known: &[&str]) -> Result<Vec<String>, RuleError> {
    let of = places(yaml.of.clone());
    let all = || Some(format!("of: {}", known.join(", ")));
    if of.is_empty() {
        let message = format!("a {} rule says of what it speaks", yaml.kind.word());
        return Err(file.error(&yaml.id, message, all()));
    }
    if let Some(of) = of.iter().find(|of| !known.contains(&of.value.as_str())) {
        let help = crate::registry::nearest(&of.value, known.iter().copied()).or_else(all);
        return Err(file.error(of, format!("a {} rule speaks of no “{}”", yaml.kind.word(), of.value), help));
    }
    Ok(of.into_iter().map(|of| of.value).collect())
}

/// The sorts of contradiction that the calendar's solver finds.
pub const CONTRADICTIONS: [&str; 10] = [
    "day-note",
    "day-note-tie",
    "full-date",
    "impossible-day",
    "leap-day",
    "ordinal-ending",
    "publication-date",
    "reversed-range",
    "year-free-date",
    "year-free-tie",
];

/// What a block rule judges that is no block.
const SENTENCE: &str = "sentence";

/// Refuses keys that say nothing in a rule of its kind.
fn check_keys(file: File, yaml: &RuleFile) -> Result<(), RuleError> {
    use CheckKind::{Agree, Block, Calendar, Pattern, Table};
    let forms: &[CheckKind] = if yaml.regex.is_some() { &[] } else { &[Pattern, Table] };
    let words: &[CheckKind] = &[Pattern, Table];
    let keys: [(&str, bool, &[CheckKind]); 18] = [
        ("where", yaml.applies.is_some(), &[Pattern, Table, Agree, Block]),
        ("claim", yaml.claim.is_some(), &[Pattern, Table, Block]),
        ("match", yaml.forms.is_some(), forms),
        ("with", yaml.with.is_some(), forms),
        ("within", yaml.within.is_some(), forms),
        ("fragments", !yaml.fragments.is_empty(), forms),
        ("acquits", yaml.acquits.is_some(), forms),
        ("judge", !yaml.judge.is_empty(), words),
        ("unless", yaml.unless.is_some(), &[Pattern, Table, Agree, Block]),
        ("require", yaml.require.is_some(), words),
        ("regex", yaml.regex.is_some(), &[Pattern]),
        ("triggers", !yaml.triggers.is_empty(), if yaml.regex.is_some() { &[Pattern] } else { &[] }),
        ("of", yaml.of.is_some(), if yaml.regex.is_some() { &[] } else { &[Pattern, Table, Calendar, Agree, Block] }),
        ("same", yaml.same.is_some(), &[Agree]),
        ("differ", yaml.differ.is_some(), &[Agree]),
        ("evidence", !yaml.evidence.is_empty(), &[Agree]),
        ("at-least", yaml.at_least.is_some(), &[Agree]),
        ("table", yaml.table.is_some(), &[Table]),
    ];
    for (key, is_there, kinds) in keys {
        if is_there && !kinds.contains(&yaml.kind) {
            let kind = if yaml.regex.is_some() {
                "a regular expression".into()
            } else {
                format!("kind: {}", yaml.kind.word())
            };
            let help = (!kinds.is_empty()).then(|| {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.word()).collect();
                format!("it belongs to kind: {}", kinds.join(", "))
            });
            return Err(file.key_error(key, format!("“{key}” says nothing in a rule with {kind}"), help));
        }
    }
    Ok(())
}

fn pattern(file: File, yaml: &RuleFile, vars: &mut Vars) -> Result<PatternCheck, RuleError> {
    let mut reader = Reader::new(yaml.fragments.clone());
    let mut forms = Vec::new();
    for form in places(yaml.forms.clone()) {
        forms.push(reader.read(&form.value).map_err(|error| file.expr_error(&form, error))?);
    }
    if forms.is_empty() {
        return Err(file.error(
            &yaml.id,
            "the rule has no form to match",
            Some("match: \"{part:count} <out-of> {whole:count}\"".into()),
        ));
    }
    let with = match places(yaml.with.clone()).as_slice() {
        [] => None,
        [form] => Some(reader.read(&form.value).map_err(|error| file.expr_error(form, error))?),
        [_, second, ..] => {
            let help = Some("join them: with: \"A | B\"".into());
            return Err(file.error(second, "a rule has one second form", help));
        }
    };
    let slots = reader.slots.clone();
    for slot in &slots {
        let ty = if slot.list { Type::Mentions(slot.kinds) } else { Type::Mention(slot.kinds) };
        vars.push((slot.name.clone(), ty));
    }
    vars.push(("match".to_owned(), Type::Mention(KindSet::of(&[Kind::Word]))));
    let mut judge = Vec::new();
    for name in &yaml.judge {
        let Some(at) = slots.iter().position(|slot| slot.name == name.value) else {
            let help = crate::registry::nearest(&name.value, slots.iter().map(|slot| slot.name.as_str()));
            return Err(file.error(name, format!("“{}” is no slot of the rule", name.value), help));
        };
        judge.push(at as u8);
    }
    let (unless, require) = (
        guards(file, yaml.unless.as_ref(), vars, &mut reader)?,
        guards(file, yaml.require.as_ref(), vars, &mut reader)?,
    );
    if let Some(name) = reader.unused() {
        let help = Some(format!("a pattern has it as @{name}; or take it out"));
        return Err(file.key_error("fragments", format!("no pattern uses the fragment “{name}”"), help));
    }
    Ok(PatternCheck {
        forms,
        of: if yaml.of.is_some() { sorts(file, yaml, &BLOCKS)? } else { Vec::new() },
        with,
        within: within(file, yaml)?,
        slots,
        judge,
        unless,
        require,
        acquits: yaml.acquits.clone(),
    })
}

fn within(file: File, yaml: &RuleFile) -> Result<Within, RuleError> {
    let Some(within) = &yaml.within else { return Ok(Within::Sentences(1)) };
    match within.value.as_str() {
        "sentence" => Ok(Within::Sentences(1)),
        "paragraph" => Ok(Within::Paragraph),
        "document" => Ok(Within::Document),
        text => match text.strip_suffix(" sentences").and_then(|number| number.parse().ok()) {
            Some(number @ 1..) => Ok(Within::Sentences(number)),
            _ => Err(file.error(
                within,
                format!("“{text}” is no reach"),
                Some("sentence, 2 sentences, paragraph or document".into()),
            )),
        },
    }
}

fn regex(file: File, yaml: &RuleFile, vars: &mut Vars) -> Result<RegexCheck, RuleError> {
    let regex = yaml.regex.as_ref().expect("the caller has seen it");
    if yaml.triggers.is_empty() {
        let help = Some("triggers: [some letters that every match holds], so that other blocks cost nothing".into());
        return Err(file.error(regex, "a regular expression needs its triggers", help));
    }
    regex_syntax::parse(&cheap_classes(&regex.value))
        .map_err(|error| file.error(regex, "the regular expression does not parse", Some(error.to_string())))?;
    let mut groups = Vec::new();
    let mut rest = regex.value.as_str();
    while let Some(at) = rest.find("(?") {
        rest = &rest[at + 2..];
        let name = rest.strip_prefix('P').unwrap_or(rest).strip_prefix('<');
        if let Some((name, after)) = name.and_then(|name| name.split_once('>')) {
            groups.push(name.to_owned());
            rest = after;
        }
    }
    for name in groups.iter().map(String::as_str).chain(["match"]) {
        vars.push((name.to_owned(), Type::Mention(KindSet::of(&[Kind::Word]))));
    }
    if let [_, second, ..] = &yaml.judge[..] {
        return Err(file.error(second, "a rule with a regular expression accuses one group", None));
    }
    if let Some(name) = yaml.judge.first().filter(|name| !groups.contains(&name.value) && name.value != "match") {
        let help = crate::registry::nearest(&name.value, groups.iter().map(String::as_str))
            .or_else(|| Some(format!("the groups of the expression are {}", groups.join(", "))));
        return Err(file.error(name, format!("“{}” is no group of the regular expression", name.value), help));
    }
    let mut reader = Reader::default();
    Ok(RegexCheck {
        regex: cheap_classes(&regex.value),
        sieve: Packed::default(),
        groups,
        judge: yaml.judge.first().map(|name| name.value.clone()),
        unless: guards(file, yaml.unless.as_ref(), vars, &mut reader)?,
        require: guards(file, yaml.require.as_ref(), vars, &mut reader)?,
    })
}

/// `\b`, `\w`, `\d` in their ASCII meaning: with Unicode on they cost many times as much, and a rule that means other
/// letters can say `\p{L}`. That and `\p{N}` are whole stretches of Unicode, with the marks and the few signs that stand
/// among the letters: a class of six hundred stretches takes ten times as long to compile.
fn cheap_classes(regex: &str) -> String {
    const CHEAP: [(&str, &str); 5] = [
        (r"\b", r"(?-u:\b)"),
        (r"\d", "[0-9]"),
        (r"\w", "[0-9A-Za-z_]"),
        (
            r"\p{L}",
            r"[A-Za-zªµºÀ-ÖØ-öø-\u{2C1}\u{300}-\u{1FFF}\u{2C00}-\u{2DFF}\u{3005}-\u{D7FF}\u{F900}-\u{FDFF}\u{FE70}-\u{FEFC}\u{FF21}-\u{FFDC}\u{10000}-\u{1EFFF}\u{20000}-\u{3FFFF}]",
        ),
        (r"\p{N}", r"[0-9²³¹¼-¾٠-٩۰-۹०-९\u{2070}-\u{2089}\u{2150}-\u{218B}\u{2460}-\u{249B}０-９]"),
    ];
    let mut out = String::with_capacity(regex.len() * 2);
    let mut rest = regex;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (class, written) = match CHEAP.iter().find(|(class, _)| rest.starts_with(class)) {
            Some((class, cheap)) => (class.len(), *cheap),
            // The next character is what it is: `\\b` is a backslash and a letter.
            None => {
                let next = rest.chars().nth(1).map_or(1, |c| 1 + c.len_utf8());
                (next, &rest[..next])
            }
        };
        out.push_str(written);
        rest = &rest[class..];
    }
    out + rest
}

fn guards(
    file: File,
    field: Option<&Spanned<Guards>>,
    vars: &Vars,
    reader: &mut Reader,
) -> Result<Vec<Guard>, RuleError> {
    let Some(field) = field else { return Ok(Vec::new()) };
    let compiler = Compiler { file, vars };
    let mut guards = Vec::new();
    let mut scoped = |patterns: &std::collections::BTreeMap<String, String>, guards: &mut Vec<Guard>| {
        for (name, text) in patterns {
            let Some((_, scope)) = Scope::ALL.iter().find(|(word, _)| word == name) else {
                let scopes = Scope::ALL.map(|(word, _)| word);
                let help = crate::registry::nearest(name, scopes.into_iter())
                    .or_else(|| Some(format!("a scope is one of {}", scopes.join(", "))));
                let error = ExprError { at: 0, message: format!("“{name}” is no scope"), help };
                return Err(file.error_in(field, &format!("{name}:"), error));
            };
            let pattern = reader.read(text).map_err(|error| file.error_in(field, text, error))?;
            guards.push(Guard::Pattern(*scope, pattern));
        }
        Ok(())
    };
    let condition = |text: &str, guards: &mut Vec<Guard>| {
        let expr = compiler.read(text).map_err(|error| file.error_in(field, text, error))?;
        guards.push(Guard::Condition(expr.into()));
        Ok(())
    };
    match &field.value {
        Guards::One(text) => condition(text, &mut guards)?,
        Guards::Scoped(patterns) => scoped(patterns, &mut guards)?,
        Guards::Many(list) => {
            for guard in list {
                match guard {
                    GuardFile::Condition(text) => condition(text, &mut guards)?,
                    GuardFile::Scoped(patterns) => scoped(patterns, &mut guards)?,
                }
            }
        }
    }
    Ok(guards)
}

impl Check {
    /// The classes that its forms cannot do without. A guard's classes may be missing from a language.
    pub fn classes(&self) -> Vec<String> {
        let mut classes = Vec::new();
        if let Some(check) = self.pattern() {
            for form in check.forms.iter().chain(&check.with) {
                classes.extend(form.required_classes());
            }
        }
        classes
    }

    /// Its forms, if it has some.
    pub fn pattern(&self) -> Option<&PatternCheck> {
        match self {
            Check::Pattern(check) | Check::Table(TableCheck { pattern: check, .. }) => Some(check),
            _ => None,
        }
    }

    /// All its patterns, guards included.
    pub fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        let forms = self.pattern().map(|check| check.forms.iter().chain(&check.with));
        forms.into_iter().flatten().chain(self.guards().filter_map(|guard| match guard {
            Guard::Pattern(_, pattern) => Some(pattern),
            Guard::Condition(_) => None,
        }))
    }

    /// The guards of its `unless`, and of its `require`.
    pub fn guard_lists(&self) -> (&[Guard], &[Guard]) {
        match self {
            Check::Pattern(check) | Check::Table(TableCheck { pattern: check, .. }) => (&check.unless, &check.require),
            Check::Regex(check) => (&check.unless, &check.require),
            Check::Agree(check) => (&check.unless, &[]),
            Check::Block(check) => (&check.unless, &[]),
            Check::Calendar(_) => (&[], &[]),
        }
    }

    /// All its guards.
    pub fn guards(&self) -> impl Iterator<Item = &Guard> {
        let (unless, require) = self.guard_lists();
        unless.iter().chain(require)
    }
}

impl Guard {
    /// The classes that it asks for.
    pub fn classes(&self, out: &mut Vec<String>) {
        match self {
            Guard::Condition(expr) => expr::classes(expr, out),
            Guard::Pattern(_, pattern) => pattern.classes(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cheap_classes;

    #[test]
    fn borders_words_and_digits_of_expressions_are_ascii() {
        assert_eq!(cheap_classes(r"\bTK\d\p{Lu}"), r"(?-u:\b)TK[0-9]\p{Lu}");
        assert_eq!(cheap_classes(r"\\b"), r"\\b");
    }
}
