//! A rule: what its file says ([`RuleFile`]) and what is run ([`Rule`]).
//!
//! In goes the YAML of one file; out comes a checked rule, or an error with its place. Everything that a rule names
//! (slots, fields, functions, kinds) is looked up here, so that a rule that loads cannot fail for a misspelling.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_yaml::Spanned;

use crate::Severity;
use crate::check::{Check, Guard};
use crate::deferred::Deferred;
use crate::error::RuleError;
use crate::example::{Example, ExampleFile};
use crate::expr::{self, Expr, ExprError};
use crate::index::block_kinds;
use crate::pattern::Node;
use crate::registry::{Type, nearest};
use crate::template::Template;
use crate::yaml::{File, OneOrMany};

/// The newest grammar that this factlint reads.
pub const FORMAT: u32 = 1;

/// Which of the kinds of check a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckKind {
    /// Do mentions that stand in this form agree? Without a claim: this form is always a fault.
    Pattern,
    /// Is there one calendar in which all dates hold?
    Calendar,
    /// Do all mentions of one thing agree?
    Agree,
    /// Does the mention agree with a table of facts?
    Table,
    /// Is the block where and what it should be?
    Block,
}

impl CheckKind {
    /// Its word in rule files.
    pub fn word(self) -> &'static str {
        match self {
            CheckKind::Pattern => "pattern",
            CheckKind::Calendar => "calendar",
            CheckKind::Agree => "agree",
            CheckKind::Table => "table",
            CheckKind::Block => "block",
        }
    }
}

/// A rule file, as it is written. The keys after `claim` belong to some kinds of check only; see [`crate::check`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// The version of the grammar; 1 where it is silent.
    pub format: Option<Spanned<u32>>,
    /// Its id, which names its file.
    pub id: Spanned<String>,
    /// Its class; its id where it is silent.
    pub class: Option<Spanned<String>>,
    /// Older ids that still name it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it holds true, as a sentence without a full stop.
    pub title: String,
    /// How sure its findings are.
    pub severity: Severity,
    /// Which of the kinds of check it is.
    pub kind: CheckKind,
    /// The languages that it runs in; all that have its classes where it is silent.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The one line of a finding.
    pub message: Spanned<String>,
    /// Words for the evidence: slot or role → template.
    #[serde(default)]
    pub labels: BTreeMap<String, Spanned<String>>,
    /// What to do.
    pub help: Option<Spanned<String>>,
    /// The ways to mend it.
    #[serde(default)]
    pub fixes: Vec<FixFile>,
    /// Rules whose findings of the same words give way to this one's.
    #[serde(default)]
    pub over: Vec<String>,
    /// Other classes that its findings belong to as well: a figure of the headline that the text tells otherwise also drifts.
    #[serde(default)]
    pub also: Vec<String>,
    /// Not inside quotations: it is about style or drift.
    #[serde(default)]
    pub outside_quotations: bool,
    /// Not inside a correction, which quotes the mistake that it corrects.
    #[serde(default)]
    pub outside_corrections: bool,
    /// It says nothing without a publication date.
    #[serde(default)]
    pub needs_date: bool,
    /// Past so many findings in a draft, one finding counts them all.
    pub once_past: Option<u32>,
    /// Why it matters, what it accepts, what it cannot know.
    pub explain: String,
    /// Its tests, and its documentation.
    pub examples: Vec<Spanned<ExampleFile>>,
    /// When it applies: a condition.
    #[serde(rename = "where")]
    pub applies: Option<Spanned<String>>,
    /// What must be so: a finding is its contrary.
    pub claim: Option<Spanned<String>>,

    /// Pattern, table: the forms.
    #[serde(rename = "match")]
    pub forms: Option<Spanned<OneOrMany>>,
    /// Pattern: a second form that must stand within reach, and share the slots of the same name.
    pub with: Option<Spanned<OneOrMany>>,
    /// Pattern: how far a form may reach: `sentence` (the default), `2 sentences`, `paragraph`, `document`.
    pub within: Option<Spanned<String>>,
    /// Pattern: pieces that forms share.
    #[serde(default)]
    pub fragments: BTreeMap<String, String>,
    /// Pattern: which slots are accused; the whole match where it is silent.
    #[serde(default)]
    pub judge: Vec<Spanned<String>>,
    /// Guards: conditions, or patterns in a scope.
    #[serde(default)]
    pub unless: Option<Spanned<Guards>>,
    /// Positive evidence: conditions, or patterns in a scope.
    #[serde(default)]
    pub require: Option<Spanned<Guards>>,
    /// Pattern: rules of one such group do not accuse what another of them explains.
    pub acquits: Option<String>,
    /// Pattern: a regular expression over a block's text, instead of forms.
    pub regex: Option<Spanned<String>>,
    /// Pattern: letters of which a block must have one before the regular expression is tried. Capitals count, unless
    /// the expression has `(?i)`.
    #[serde(default)]
    pub triggers: Vec<String>,
    /// Calendar, agree, block: of what.
    pub of: Option<Spanned<OneOrMany>>,
    /// Agree: what makes mentions one thing.
    pub same: Option<Spanned<String>>,
    /// Agree: in what they must not differ.
    pub differ: Option<Spanned<String>>,
    /// Agree: named weights, and the sum that a finding needs.
    #[serde(default)]
    pub evidence: BTreeMap<String, f64>,
    /// Agree: the sum of weights that a finding needs.
    pub at_least: Option<f64>,
    /// Table: which table.
    pub table: Option<Spanned<String>>,
}

/// A guard list: one condition, or several conditions and scoped patterns.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Guards {
    /// `unless: is-quotation(block)`
    One(String),
    /// `unless: {after: "<and> {person}"}`
    Scoped(BTreeMap<String, String>),
    /// Several.
    Many(Vec<GuardFile>),
}

/// One guard of a list.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum GuardFile {
    /// A condition.
    Condition(String),
    /// Patterns by scope.
    Scoped(BTreeMap<String, String>),
}

/// A fix, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixFile {
    /// What it does.
    pub title: Spanned<String>,
    /// It can change no fact, no name and no quoted word.
    #[serde(default)]
    pub safe: bool,
    /// Slot (or `match`, the whole) → its new words.
    pub replace: BTreeMap<String, Spanned<String>>,
    /// Offered only if this holds.
    #[serde(rename = "if")]
    pub condition: Option<Spanned<String>>,
}

/// A rule that can run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its class.
    pub class: String,
    /// The folder that it stands in.
    pub group: String,
    /// Older ids.
    pub aliases: Vec<String>,
    /// What it holds true.
    pub title: String,
    /// How sure its findings are.
    pub severity: Severity,
    /// Languages; all that have its classes where it is empty.
    pub languages: Vec<String>,
    /// The one line.
    pub message: Deferred<Template>,
    /// Slot or role → words.
    pub labels: Deferred<Vec<(String, Template)>>,
    /// What to do.
    pub help: Option<Deferred<Template>>,
    /// The ways to mend it.
    pub fixes: Deferred<Vec<FixTemplate>>,
    /// Rules that give way.
    pub over: Vec<String>,
    /// Other classes that its findings belong to.
    pub also: Vec<String>,
    /// Not inside quotations.
    pub outside_quotations: bool,
    /// Not inside corrections.
    pub outside_corrections: bool,
    /// It says nothing without a publication date.
    pub needs_date: bool,
    /// Past so many findings in a draft, one finding counts them all.
    pub once_past: Option<u32>,
    /// When it applies.
    pub applies: Option<Deferred<Expr>>,
    /// What must be so.
    pub claim: Option<Deferred<Expr>>,
    /// Which of the kinds of check it is.
    pub kind: CheckKind,
    /// What it asks.
    pub check: Deferred<Check>,
    /// What a block must have before its regular expression is tried; nothing if it has none.
    pub triggers: Triggers,
    /// The classes that a language must have for it to run.
    pub classes: Vec<String>,
}

impl Rule {
    /// Does it run in that language, as far as it says so itself? One that names none runs in all, the unknown one (“”) too.
    pub fn runs_in(&self, language: &str) -> bool {
        let primary = language.split('-').next();
        self.languages.is_empty() || self.languages.iter().any(|code| code.split('-').next() == primary)
    }

    /// Visits all nodes of all its patterns.
    pub fn for_each_node<'r>(&'r self, visit: &mut impl FnMut(&'r Node)) {
        self.check.patterns().for_each(|pattern| pattern.for_each_node(visit));
    }

    /// Visits all its expressions: conditions, claim, and the holes of its templates.
    pub fn for_each_expr(&self, visit: &mut impl FnMut(&Expr)) {
        let conditions = self.check.guards().filter_map(|guard| match guard {
            Guard::Condition(condition) => Some(&**condition),
            Guard::Pattern(..) => None,
        });
        let own = self.applies.iter().chain(&self.claim).map(|expr| &**expr);
        own.chain(conditions).for_each(&mut *visit);
        let fixes = self.fixes.iter();
        let replaced = self.fixes.iter().flat_map(|fix| fix.replace.iter().map(|(_, words)| words));
        let templates = std::iter::once(&*self.message)
            .chain(self.help.as_deref())
            .chain(self.labels.iter().map(|(_, label)| label))
            .chain(fixes.map(|fix| &fix.title))
            .chain(replaced);
        templates.flat_map(Template::holes).for_each(&mut *visit);
        self.fixes.iter().filter_map(|fix| fix.condition.as_ref()).for_each(visit);
    }

    /// Is it named by this: its id, an alias, its class or its group?
    pub fn answers_to(&self, name: &str) -> bool {
        self.id == name || self.class == name || self.group == name || self.aliases.iter().any(|alias| alias == name)
    }
}

/// Letters of which a block must have one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Triggers {
    /// Each without which nothing matches.
    pub letters: Vec<String>,
    /// Capitals do not count.
    pub any_case: bool,
    /// The kinds of blocks in which the rule can apply, one bit each.
    pub blocks: u8,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixTemplate {
    /// What it does.
    pub title: Template,
    /// It can change no fact.
    pub safe: bool,
    /// Slot (or `match`) → new words.
    pub replace: Vec<(String, Template)>,
    /// Offered only if this holds.
    pub condition: Option<Expr>,
}

/// What people read of a rule; kept apart so that a run need not load it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The rule's id.
    pub id: String,
    /// Why it matters, what it accepts, what it cannot know.
    pub explain: String,
    /// Its tests.
    pub examples: Vec<Example>,
    /// The path of its file.
    pub path: String,
    /// The file's text.
    pub yaml: String,
}

/// Reads one rule file. `group` is the folder that it stands in.
pub fn compile(file: File, group: &str) -> Result<(Rule, Page), RuleError> {
    let yaml: RuleFile = file.parse()?;
    check_format(file, yaml.format.as_ref())?;
    check_id(file, &yaml)?;
    let (check, vars) = crate::check::compile(file, &yaml)?;
    let compiler = Compiler { file, vars: &vars };
    let mut fixes = Vec::new();
    for fix in &yaml.fixes {
        fixes.push(compiler.fix(fix)?);
    }
    let mut labels = Vec::new();
    for (name, text) in &yaml.labels {
        if !vars.iter().any(|(var, _)| var == name) {
            let help = nearest(name, vars.iter().map(|(var, _)| var.as_str()));
            return Err(file.error(text, format!("a label for “{name}”, which the rule does not have"), help));
        }
        labels.push((name.clone(), compiler.template(text)?));
    }
    let mut examples = Vec::new();
    for example in &yaml.examples {
        let line = example.referenced.line() as usize;
        examples.push(Example::read(&example.value, line).map_err(|message| file.error(example, message, None))?);
    }
    let applies = compiler.condition(yaml.applies.as_ref())?;
    let claim = compiler.condition(yaml.claim.as_ref())?;
    let mut classes = check.classes();
    classes.sort();
    classes.dedup();
    let any_case = yaml.regex.as_ref().is_some_and(|regex| regex.value.contains("(?i"));
    let blocks = applies.as_ref().map_or(u8::MAX, |condition| block_kinds(condition, &|_| true, &|_| false));
    let triggers = Triggers { letters: yaml.triggers, any_case, blocks };
    let id = yaml.id.value.clone();
    let rule = Rule {
        class: yaml.class.map_or_else(|| id.clone(), |class| class.value),
        group: group.to_owned(),
        aliases: yaml.aliases,
        title: yaml.title,
        severity: yaml.severity,
        languages: yaml.languages,
        message: compiler.template(&yaml.message)?.into(),
        labels: labels.into(),
        help: yaml.help.as_ref().map(|help| compiler.template(help)).transpose()?.map(Deferred::from),
        fixes: fixes.into(),
        over: yaml.over,
        also: yaml.also,
        outside_quotations: yaml.outside_quotations,
        outside_corrections: yaml.outside_corrections,
        needs_date: yaml.needs_date,
        once_past: yaml.once_past,
        applies: applies.map(Deferred::from),
        claim: claim.map(Deferred::from),
        kind: yaml.kind,
        check: check.into(),
        triggers,
        classes,
        id: id.clone(),
    };
    let page = Page { id, explain: yaml.explain, examples, path: file.path.to_owned(), yaml: file.text.to_owned() };
    Ok((rule, page))
}

/// Refuses a file of a grammar that is newer than this factlint.
pub fn check_format(file: File, format: Option<&Spanned<u32>>) -> Result<(), RuleError> {
    match format {
        Some(format) if format.value > FORMAT => {
            let help = Some(format!("this factlint reads format {FORMAT}; update it"));
            Err(file.error(format, format!("format {} needs a newer factlint", format.value), help))
        }
        _ => Ok(()),
    }
}

fn check_id(file: File, yaml: &RuleFile) -> Result<(), RuleError> {
    let id = &yaml.id.value;
    let good = !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !good {
        let help = Some("lower-case letters, digits and hyphens: percent-of".into());
        return Err(file.error(&yaml.id, format!("“{id}” is no id"), help));
    }
    let stem = file.path.rsplit(['/', '\\']).next().unwrap_or(file.path);
    let stem = stem.strip_suffix(".yaml").or_else(|| stem.strip_suffix(".yml")).unwrap_or(stem);
    if stem != id && !file.path.starts_with('<') {
        let help = Some(format!("call the file {id}.yaml"));
        return Err(file.error(&yaml.id, format!("the file is called {stem}, the rule {id}"), help));
    }
    if let Some(class) = &yaml.class
        && !id.starts_with(&class.value)
    {
        let help = Some(format!("a rule's id is its class's id or starts with it: {}-{id}", class.value));
        return Err(file.error(class, format!("“{id}” does not start with its class “{}”", class.value), help));
    }
    Ok(())
}

/// Reads the parts of a rule that may use its check's variables.
#[derive(Clone, Copy, Debug)]
pub struct Compiler<'a> {
    /// For places.
    pub file: File<'a>,
    /// The variables and their types.
    pub vars: &'a [(String, Type)],
}

impl Compiler<'_> {
    /// An expression.
    pub fn expr(&self, text: &Spanned<String>) -> Result<Expr, RuleError> {
        self.read(&text.value).map_err(|error| self.file.expr_error(text, error))
    }

    /// An expression that stands in a value with others.
    pub fn read(&self, text: &str) -> Result<Expr, ExprError> {
        let parsed = expr::parse(text)?;
        expr::check(&parsed, self.vars)?;
        Ok(parsed)
    }

    /// A condition that may be absent.
    pub fn condition(&self, text: Option<&Spanned<String>>) -> Result<Option<Expr>, RuleError> {
        text.map(|text| self.expr(text)).transpose()
    }

    /// A template.
    pub fn template(&self, text: &Spanned<String>) -> Result<Template, RuleError> {
        let template = Template::parse(&text.value).map_err(|error| self.file.expr_error(text, error))?;
        template.check(self.vars).map_err(|error| self.file.expr_error(text, error))?;
        Ok(template)
    }

    fn fix(&self, fix: &FixFile) -> Result<FixTemplate, RuleError> {
        let mut replace = Vec::new();
        for (slot, words) in &fix.replace {
            if slot != "match" && !self.vars.iter().any(|(var, _)| var == slot) {
                let known = self.vars.iter().map(|(var, _)| var.as_str());
                return Err(self.file.error(
                    words,
                    format!("a fix of “{slot}”, which the rule does not have"),
                    nearest(slot, known),
                ));
            }
            replace.push((slot.clone(), self.template(words)?));
        }
        Ok(FixTemplate {
            title: self.template(&fix.title)?,
            safe: fix.safe,
            replace,
            condition: self.condition(fix.condition.as_ref())?,
        })
    }
}
