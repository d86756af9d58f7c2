//! The commands and their flags.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use factlint_rules::Severity;

/// factlint finds where a draft contradicts itself, the calendar, arithmetic or a table of facts.
#[derive(Debug, Parser)]
#[command(
    name = "factlint",
    version,
    about,
    long_about = "factlint reads news drafts and finds where one contradicts itself, the calendar, arithmetic or a \
                  table of facts. It needs no network, and says nothing where it cannot be sure.",
    after_help = "Examples:\n  factlint check draft.md\n  factlint check --date 2022-01-09 drafts/\n  factlint explain \
                  weekday-day-sequence\n\nExit codes: 0 nothing found, 1 findings, 2 the run itself failed.",
    arg_required_else_help = true,
    subcommand_required = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check drafts, and mend them
    Check(Box<CheckArgs>),
    /// List every fact of a draft that can be checked, with what came of it
    #[command(after_help = "Examples:\n  factlint facts draft.md\n  factlint facts draft.md --format markdown > \
                            checklist.md\n  factlint facts --date 2022-01-09 draft.txt --format csv")]
    Facts(FactsArgs),
    /// List, test, or begin rules
    Rules(RulesArgs),
    /// Learn the newsroom's own names from its drafts
    House(HouseArgs),
    /// Show what a rule holds true, with examples
    Explain(ExplainArgs),
    /// Serve an editor: a language server on standard input and output
    Lsp {
        #[command(flatten)]
        source: RuleSource,
    },
    /// Write a completion script for a shell
    #[command(
        after_help = "Example:\n  factlint completions bash > ~/.local/share/bash-completion/completions/factlint"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  factlint check draft.md                      one draft
  factlint check                               all drafts in this folder and below
  cat draft.md | factlint check - --stdin-name draft.md
  factlint check --select calendar,percent-of  only these rules, classes or groups
  factlint check --fix drafts/                 mend what can be mended without touching a fact
  factlint check --interactive draft.md        each finding with its fixes, a key each
  factlint check --format json | jq .summary

To let a finding stand, write <!-- stet: rule-id because … --> above its paragraph, or (CQ) after the fact.")]
pub struct CheckArgs {
    /// Files and folders; “-” is standard input; this folder if there are none
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub common: Common,
    /// Apply the fixes that can change no fact, no name and no quoted word
    #[arg(long, conflicts_with_all = ["diff", "stet_all"])]
    pub fix: bool,
    /// Go through the findings one by one: change, let stand, or skip, by a key
    #[arg(long, short, conflicts_with_all = ["fix", "diff", "stet_all"])]
    pub interactive: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with = "stet_all")]
    pub diff: bool,
    /// Let everything stand that is found now: write it into factlint.yaml
    #[arg(long)]
    pub stet_all: bool,
    /// A name for standard input: its ending says the format, its folder the configuration
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub stdin_name: PathBuf,
}

#[derive(Args, Debug)]
pub struct Common {
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub format: Format,
    #[command(flatten)]
    pub source: RuleSource,
    /// Run only these rules, classes or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave out these rules, classes or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The publication date, whatever the draft says
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// The language, whatever the draft says: en, pt-BR …
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub lang: Option<String>,
    /// The least severe findings that are shown
    #[arg(long, value_enum, default_value_t = Level::Note, value_name = "SEVERITY")]
    pub severity: Level,
    /// The least severe findings that fail the run
    #[arg(long, value_enum, default_value_t = Level::Warning, value_name = "SEVERITY")]
    pub fail_on: Level,
    /// Colour: on a terminal, if NO_COLOR is not set; or as you say
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// Findings only: no summary, no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// How many drafts are checked at once, 1 or more; as many as there are cores if silent
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// Where rules and their settings come from.
#[derive(Args, Clone, Debug, Default)]
pub struct RuleSource {
    /// This configuration, not the nearest factlint.yaml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// No configuration at all
    #[arg(long, conflicts_with = "config")]
    pub isolated: bool,
    /// More rule files: a folder or a file; a rule of the same id replaces the built-in one
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct FactsArgs {
    /// The draft; “-” is standard input
    pub path: PathBuf,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = FactsFormat::Table)]
    pub format: FactsFormat,
    #[command(flatten)]
    pub source: RuleSource,
    /// The publication date, whatever the draft says
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// The language, whatever the draft says: en, pt-BR …
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub lang: Option<String>,
    /// Colour: on a terminal, if NO_COLOR is not set; or as you say
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// A name for standard input: its ending says the format, its folder the configuration
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub stdin_name: PathBuf,
}

#[derive(Args, Debug)]
pub struct RulesArgs {
    #[command(subcommand)]
    pub command: Option<RulesCommand>,
    #[command(flatten)]
    pub list: ListArgs,
}

#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List all rules
    List(ListArgs),
    /// Run the examples of rules
    #[command(
        after_help = "Examples:\n  factlint rules test\n  factlint rules test house-rules/\n  factlint rules test \
                            house-rules/ --coverage"
    )]
    Test {
        /// Rule files or folders, tested with the built-in rules beside them; the built-in rules if there are none
        paths: Vec<PathBuf>,
        /// Name each alternative, guard and language of a rule that no example exercises, and fail on them
        #[arg(long)]
        coverage: bool,
        #[command(flatten)]
        list: ListArgs,
    },
    /// Print the JSON schema of rule files
    Schema,
    /// Write the rule reference: a page of Markdown a rule, and an index
    Docs {
        /// The folder to write it into; pages in it of rules that are no more are deleted
        folder: PathBuf,
        #[command(flatten)]
        source: RuleSource,
    },
    /// Begin a rule: writes ID.yaml with a template to fill in
    New {
        /// Its id: lower-case letters, digits and hyphens
        id: String,
        /// The folder to write it into
        #[arg(long, default_value = ".")]
        into: PathBuf,
    },
}

#[derive(Args, Debug)]
pub struct HouseArgs {
    #[command(subcommand)]
    pub command: HouseCommand,
}

#[derive(Debug, Subcommand)]
pub enum HouseCommand {
    /// Propose a house: section for factlint.yaml, the most frequent form of each name first
    #[command(after_help = "Example:\n  factlint house learn drafts/ >> factlint.yaml")]
    Learn {
        /// Files and folders of drafts; this folder if there are none
        paths: Vec<PathBuf>,
        /// How often a name must be used
        #[arg(long, value_name = "N", default_value = "3")]
        at_least: std::num::NonZeroU8,
        #[command(flatten)]
        source: RuleSource,
    },
}

#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// How it is printed
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    #[command(flatten)]
    pub source: RuleSource,
}

#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// A rule's id, an older id, or a class
    pub id: String,
    #[command(flatten)]
    pub source: RuleSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with excerpts
    Pretty,
    /// path:line:column: severity[rule] message
    Short,
    /// One JSON document
    Json,
    /// One JSON object a finding and line
    Jsonl,
    /// One page with the drafts, their marks and evidence
    Html,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations on GitHub
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// For reviewdog, with suggestions
    Rdjson,
    /// A test report, for build servers
    Junit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    /// For people
    #[value(alias = "pretty")]
    Table,
    /// One JSON document
    Json,
    /// For a spreadsheet
    Csv,
    /// A checklist to tick off
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    #[value(alias = "pretty")]
    Text,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Note,
    Warning,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Severity {
        match level {
            Level::Note => Severity::Note,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        }
    }
}

fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|error| match error.kind() {
        chrono::format::ParseErrorKind::OutOfRange => "the calendar has no such day".to_owned(),
        _ => "a date is written YYYY-MM-DD: 2022-01-09".to_owned(),
    })
}

fn jobs(text: &str) -> Result<std::num::NonZeroUsize, String> {
    text.parse().map_err(|_| "a number from 1 belongs here; without --jobs, all cores work".to_owned())
}

fn language(text: &str) -> Result<String, String> {
    let (first, rest) = text.split_once('-').unwrap_or((text, "x"));
    let good = |part: &str, least: usize| part.len() >= least && part.chars().all(|c| c.is_ascii_alphanumeric());
    if (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_alphabetic())
        && rest.split('-').all(|part| good(part, 1))
    {
        Ok(text.to_owned())
    } else {
        Err("a language is written like en, pt or pt-BR".to_owned())
    }
}
