//! One call from a source to its findings: what the command line and the language server both make.
//!
//! Nothing in here reads the disk, the clock or the environment; all inputs are arguments.

use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use factlint_rules::lexicon::folds_to;
use factlint_rules::token::fold;
use factlint_rules::{Pack, Severity};
use rustc_hash::FxHashMap;

use crate::checks::{self, Case, Plan, RuleSet, Verdict};
use crate::document::{Document, Format, Language, Published};
use crate::facts::{self, Fact};
use crate::findings::{Finding, HouseStet, settle, unread};
use crate::language::{Detector, primary};
use crate::lexicons::Lexicons;
use crate::mentions::{Draft, Memory, Readers};
use crate::source::{Source, Span};

/// What a run is told besides the draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The publication date, before anything that the draft says (`--date`).
    pub date: Option<NaiveDate>,
    /// The language, before anything that the draft says (`--lang`): BCP 47.
    pub language: Option<String>,
    /// `mdy` or `dmy`: the order of day and month in dates of digits.
    pub date_order: Option<String>,
    /// `en-US` or `en-GB`.
    pub dialect: Option<String>,
    /// Rules by id, class or group: off (`None`) or at another severity. An id goes before its class, that before its
    /// group.
    pub levels: FxHashMap<String, Option<Severity>>,
    /// If not empty, only these rules run (ids, classes or groups): `--select`.
    pub select: Vec<String>,
    /// What the newsroom lets stand in this draft.
    pub stets: Vec<HouseStet>,
    /// The languages that its drafts are written in, if it says so: BCP 47.
    pub languages: Vec<String>,
}

/// What a run found in one draft.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// In order of place and rule.
    pub findings: Vec<Finding>,
    /// How many findings were let stand.
    pub suppressed: usize,
    /// For each of [`Settings::stets`], whether it let something stand.
    pub stets_used: Vec<bool>,
    /// The draft's language.
    pub language: Option<Language>,
    /// Its publication date.
    pub date: Option<Published>,
    /// Ids of rules that could not run, for want of a publication date.
    pub not_run: Vec<String>,
    /// What could not be read of the draft: broken front matter.
    pub errors: Vec<(String, Span)>,
}

/// The rules, ready to run over any number of drafts, from any number of threads.
#[derive(Debug)]
pub struct Linter {
    pack: Arc<Pack>,
    lexicons: Lexicons,
    readers: Readers,
    rules: RuleSet,
    detector: OnceLock<Detector>,
}

impl Linter {
    /// A linter with these rules.
    pub fn new(pack: impl Into<Arc<Pack>>) -> Linter {
        let pack = pack.into();
        let lexicons = Lexicons::new(&pack);
        let rules = RuleSet::new(&pack);
        let readers = Readers::new(&lexicons, &pack);
        Linter { pack, lexicons, readers, rules, detector: OnceLock::new() }
    }

    /// The rules, lexicons and tables.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The lexicons of all languages.
    pub fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// Checks one draft.
    pub fn check(&self, source: &Source, format: Format, settings: &Settings) -> Outcome {
        self.run(source, format, settings, None, |_, _, _| ()).0
    }

    /// Checks a draft that is being written: as [`Linter::check`], but what `memory` keeps of the version before is not
    /// read again. The memory is this draft's and this linter's.
    pub fn check_again(&self, source: &Source, format: Format, settings: &Settings, memory: &mut Memory) -> Outcome {
        self.run(source, format, settings, Some(memory), |_, _, _| ()).0
    }

    /// Checks one draft, and lists its facts, each with what it was checked against.
    ///
    /// ```
    /// use factlint::{document::Format, facts::Standing, linter::{Linter, Settings}, source::Source};
    /// let linter = Linter::new(factlint::rules::embedded());
    /// let source = Source::new("a.txt", "Of the 60 members, 45 of 60 (75%) backed the plan on Monday, 10 January 2022.");
    /// let (_, facts) = linter.facts(&source, Format::Text, &Settings::default());
    /// let date = facts.iter().find(|fact| fact.kind == "date").expect("there is one");
    /// assert_eq!((&*date.read, date.standing()), ("Monday 10 January 2022", Standing::Agrees));
    /// ```
    pub fn facts(&self, source: &Source, format: Format, settings: &Settings) -> (Outcome, Vec<Fact>) {
        self.run(source, format, settings, None, |draft, cases, findings| {
            facts::gather(draft, cases, findings, &self.rules)
        })
    }

    /// Reads one draft, and asks something else of it than what its findings are.
    pub fn read<T>(&self, source: &Source, format: Format, settings: &Settings, ask: impl FnOnce(&Draft) -> T) -> T {
        let document = self.parse(source, format, settings, None);
        ask(&Draft::read(source, &document, &self.lexicons, &self.readers, settings, None))
    }

    fn parse(&self, source: &Source, format: Format, settings: &Settings, memory: Option<&mut Memory>) -> Document {
        let mut document = Document::parse(source, format);
        if let Some(code) = &settings.language {
            document.language = Some(Language { code: code.clone(), from: "option" });
        }
        self.detector.get_or_init(|| Detector::new(&self.pack)).detect_again(
            &mut document,
            &self.pack,
            memory.map(|memory| &mut memory.tallies),
        );
        // A newsroom knows what it writes in: what looks like another language is of none that is known.
        let foreign = |language: &Language| {
            language.from == "detected"
                && settings.languages.iter().all(|code| primary(code) != primary(&language.code))
        };
        if !settings.languages.is_empty() && document.language.as_ref().is_some_and(foreign) {
            document.language = None;
        }
        match settings.date {
            Some(date) => document.date = Some(Published { date, from: "option" }),
            None => self.find_date(source, &mut document),
        }
        document
    }

    /// Checks one draft; `then` asks more of it while it is there.
    fn run<T>(
        &self,
        source: &Source,
        format: Format,
        settings: &Settings,
        mut memory: Option<&mut Memory>,
        then: impl FnOnce(&Draft, &[Case], &[Finding]) -> T,
    ) -> (Outcome, T) {
        let document = self.parse(source, format, settings, memory.as_deref_mut());
        let draft = Draft::read(source, &document, &self.lexicons, &self.readers, settings, memory);
        let plan = Plan::new(&self.rules, settings);
        let cases = checks::run(&draft, &self.rules, &plan);
        let mut raw = Vec::new();
        // Those of a rule come together.
        for of_rule in cases.chunk_by(|a, b| std::ptr::eq(a.rule, b.rule)) {
            let Some(level) = self.rules.find(&of_rule[0].rule.id).and_then(|rule| plan.levels[rule]) else { continue };
            let contradicting = of_rule.iter().filter(|case| case.verdict == Verdict::Contradicts);
            raw.extend(contradicting.filter_map(|case| case.finding(&draft, level)));
        }
        let ran =
            |id: &str| self.rules.find(id).is_some_and(|rule| plan.runs(rule) && !self.waits_for_date(rule, &draft));
        let mut remaining = settle(raw, source, &document.stets, &settings.stets, &self.pack, &ran);
        remaining.findings.extend(unread(&document, &self.pack));
        remaining.findings.retain(|finding| finding.is_of_rule() || settings.levels.get(&*finding.rule) != Some(&None));
        remaining.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        let not_run = (0..self.rules.rules().len())
            .filter(|rule| plan.runs(*rule) && self.waits_for_date(*rule, &draft))
            .map(|rule| self.rules.rules()[rule].id.clone())
            .collect();
        let more = then(&draft, &cases, &remaining.findings);
        let outcome = Outcome {
            findings: remaining.findings,
            suppressed: remaining.suppressed,
            stets_used: remaining.house_used,
            language: document.language.clone(),
            date: document.date,
            not_run,
            errors: document.errors.clone(),
        };
        (outcome, more)
    }

    /// Looks for a dateline with the names of months of the draft's language.
    fn find_date(&self, source: &Source, document: &mut Document) {
        let language = document.language.as_ref().and_then(|language| self.lexicons.find(&language.code));
        let lexicon = self.lexicons.get(language);
        let classes = ["month", "month-short"].map(|name| self.lexicons.class(name));
        let months = OnceCell::new();
        document.find_date(&source.path, &|word| {
            let months: &Vec<(String, &str)> = months.get_or_init(|| {
                let phrases = classes.iter().flat_map(|class| lexicon.phrases(*class));
                phrases.map(|(number, name)| (fold(name.trim_end_matches('.')), number)).collect()
            });
            let (_, number) = months.iter().find(|(name, _)| folds_to(word, name))?;
            number.parse().ok()
        });
    }

    /// Must the rule be silent because the draft has no publication date?
    fn waits_for_date(&self, rule: usize, draft: &Draft) -> bool {
        draft.date.is_none() && self.rules.rules()[rule].needs_date
    }
}
