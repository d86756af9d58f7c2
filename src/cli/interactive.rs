//! `check --interactive`: shows each finding with its proof and its fixes, and does what a key says.
//!
//! Each choice is written at once, through a temporary file that replaces the draft: whenever the session is cut off,
//! the file is as it was before a choice or after it, never between.

use std::io::{self, Write};
use std::path::Path;

use factlint_rules::Severity;
use rustc_hash::FxHashSet;

use super::args::CheckArgs;
use super::check::{Task, check, format_of, read, undecodable};
use super::keys::Keys;
use super::setup::reason;
use super::terminal::look;
use super::{Verdict, fix, stet};
use crate::config::{LOOKED_AT, NAME};
use crate::findings::{Edit, Finding, apply, fingerprints, stet_edit};
use crate::linter::Outcome;
use crate::report::{Draft, Pretty, Report, Run, Trouble, plural};
use crate::source::Source;

/// Runs the session over all drafts, in their order.
pub fn run(args: &CheckArgs, tasks: &[Task], troubles: Vec<Trouble>, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut session = Session {
        args,
        out,
        keys: Keys::new(),
        pretty: Pretty { look: look(args.common.color), quiet: true },
        troubles,
        worst: None,
        changed: 0,
        stood: 0,
    };
    for trouble in &session.troubles {
        session.pretty.trouble(trouble, &mut io::stderr())?;
    }
    let mut left = tasks.iter();
    for task in left.by_ref() {
        if !session.draft(task)? {
            break;
        }
    }
    for task in left {
        session.look_only(task);
    }
    let remain = if session.worst.is_some() { "; some findings remain" } else { "" };
    let changes = plural(session.changed, "change");
    writeln!(session.out, "{changes}, {} let stand{remain}", session.stood)?;
    let fails: Severity = args.common.fail_on.into();
    Ok(if !session.troubles.is_empty() {
        Verdict::Failed
    } else if session.worst.is_some_and(|worst| worst >= fails) {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

struct Session<'a> {
    args: &'a CheckArgs,
    out: &'a mut dyn Write,
    keys: Keys,
    pretty: Pretty,
    troubles: Vec<Trouble>,
    /// The severest finding that remains.
    worst: Option<Severity>,
    changed: usize,
    stood: usize,
}

/// What a key says.
enum Choice {
    Fix(usize),
    LetStand,
    Skip,
    Quit,
}

/// A draft as it is now.
struct Now {
    bytes: Vec<u8>,
    source: Source,
    outcome: Outcome,
}

impl Session<'_> {
    /// Goes through a draft. `false` if the session is to end.
    fn draft(&mut self, task: &Task) -> io::Result<bool> {
        let Some(mut now) = self.open(task)? else { return Ok(true) };
        let Some(path) = task.input.path.as_deref() else {
            self.trouble(task, "standard input cannot be written; name a file")?;
            return Ok(true);
        };
        let least: Severity = self.args.common.severity.into();
        if !now.outcome.findings.is_empty()
            && let Some(why) = fix::refusal(path)
        {
            self.trouble(task, &format!("cannot be changed: {why}"))?;
            self.remains(&now, &FxHashSet::default());
            return Ok(true);
        }
        let (mut passed, mut stood) = (FxHashSet::default(), FxHashSet::default());
        loop {
            let prints = fingerprints(&now.source, &now.outcome.findings);
            let next = now
                .outcome
                .findings
                .iter()
                .zip(prints)
                .find(|(finding, print)| finding.severity >= least && !passed.contains(print));
            let Some((finding, print)) = next.map(|(finding, print)| (finding.clone(), print)) else { break };
            self.show(task, &now, &finding)?;
            match self.choose(&finding)? {
                Choice::Quit => {
                    self.remains(&now, &stood);
                    return Ok(false);
                }
                Choice::Skip => {
                    passed.insert(print);
                }
                Choice::Fix(number) => {
                    let Some(edits) = finding.fixes.get(number).map(|fix| fix.edits.clone()) else { continue };
                    if !self.change(task, path, &mut now, &edits)? {
                        break;
                    }
                    self.changed += 1;
                }
                Choice::LetStand => {
                    let comment = stet_edit(now.source.text(), format_of(&task.input.absolute), &finding);
                    let done = match &comment {
                        Some(edit) => self.change(task, path, &mut now, std::slice::from_ref(edit))?,
                        None => self.configure(task, &now, &finding)?,
                    };
                    if !done {
                        break;
                    }
                    self.stood += 1;
                    // A comment takes the finding away; what stands in the configuration is only known to the next run.
                    let remains = fingerprints(&now.source, &now.outcome.findings).contains(&print)
                        && now.outcome.findings.iter().any(|other| other.message == finding.message);
                    if comment.is_none() || remains {
                        passed.insert(print.clone());
                    }
                    if comment.is_none() {
                        stood.insert(print);
                    }
                }
            }
        }
        self.remains(&now, &stood);
        Ok(true)
    }

    /// Reads and checks a draft.
    fn open(&mut self, task: &Task) -> io::Result<Option<Now>> {
        let bytes = match read(task.input.path.as_deref()) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.trouble(task, &format!("cannot be read: {}", reason(&error)))?;
                return Ok(None);
            }
        };
        match Source::decode(&task.input.shown, bytes.clone()) {
            Ok(source) => Ok(check(task, &source).map(|outcome| Now { bytes, source, outcome })),
            Err(error) => {
                let trouble = undecodable(task, &error);
                self.pretty.trouble(&trouble, &mut io::stderr())?;
                self.troubles.push(trouble);
                Ok(None)
            }
        }
    }

    /// Of a draft that the session did not come to, only what remains is wanted.
    fn look_only(&mut self, task: &Task) {
        let source =
            read(task.input.path.as_deref()).ok().and_then(|bytes| Source::decode(&task.input.shown, bytes).ok());
        if let Some(outcome) = source.and_then(|source| check(task, &source)) {
            self.worst = self.worst.max(outcome.findings.iter().map(|finding| finding.severity).max());
        }
    }

    fn remains(&mut self, now: &Now, stood: &FxHashSet<String>) {
        let prints = fingerprints(&now.source, &now.outcome.findings);
        let left = now.outcome.findings.iter().zip(prints).filter(|(_, print)| !stood.contains(print));
        self.worst = self.worst.max(left.map(|(finding, _)| finding.severity).max());
    }

    fn trouble(&mut self, task: &Task, message: &str) -> io::Result<()> {
        let mut trouble = Trouble::new(&task.input.shown, message);
        trouble.help = Some("the file is as it was".into());
        self.out.flush()?;
        self.pretty.trouble(&trouble, &mut io::stderr())?;
        self.troubles.push(trouble);
        Ok(())
    }

    fn show(&mut self, task: &Task, now: &Now, finding: &Finding) -> io::Result<()> {
        let mut alone = finding.clone();
        alone.fixes.clear();
        let draft = Draft {
            source: now.source.clone(),
            name: task.input.name.clone(),
            outcome: Outcome { findings: vec![alone], ..Outcome::default() },
            hidden: 0,
            is_config: false,
        };
        self.pretty.write(&Run { drafts: vec![draft], ..Run::default() }, self.out)?;
        for (number, fix) in finding.fixes.iter().take(9).enumerate() {
            writeln!(self.out, "  {}  {}", number + 1, crate::report::printable(&fix.title))?;
        }
        writeln!(self.out, "  l  let it stand   s  skip   q  quit   ?  help")
    }

    fn choose(&mut self, finding: &Finding) -> io::Result<Choice> {
        loop {
            write!(self.out, "> ")?;
            self.out.flush()?;
            let Some(key) = self.keys.next()? else {
                writeln!(self.out)?;
                return Ok(Choice::Quit);
            };
            writeln!(self.out, "{}", key.escape_default())?;
            match key {
                '1'..='9' => {
                    let number = key as usize - '1' as usize;
                    if number < finding.fixes.len() {
                        return Ok(Choice::Fix(number));
                    }
                    writeln!(self.out, "It has {}.", plural(finding.fixes.len(), "fix").replace("fixs", "fixes"))?;
                }
                'l' if !finding.is_of_rule() => writeln!(self.out, "What no rule finds cannot be let stand.")?,
                'l' => return Ok(Choice::LetStand),
                's' | ' ' => return Ok(Choice::Skip),
                'q' => return Ok(Choice::Quit),
                '?' => self.out.write_all(HELP.as_bytes())?,
                _ => writeln!(self.out, "No such key; ? shows them.")?,
            }
        }
    }

    /// Writes the edited text, and checks it. `false` if it could not be written.
    fn change(&mut self, task: &Task, path: &Path, now: &mut Now, edits: &[Edit]) -> io::Result<bool> {
        let mut source = Source::new(&*now.source.path, apply(now.source.text(), edits));
        source.encoding = now.source.encoding;
        let Some(outcome) = check(task, &source) else {
            self.trouble(task, "was not changed: factlint failed on the changed draft, which is a bug in factlint")?;
            return Ok(false);
        };
        match fix::write(path, &now.bytes, &source) {
            Ok(bytes) => {
                *now = Now { bytes, source, outcome };
                writeln!(self.out, "{} is changed.\n", task.input.shown)?;
                Ok(true)
            }
            Err(why) => {
                self.trouble(task, &format!("was not changed: {why}"))?;
                Ok(false)
            }
        }
    }

    /// Lets a finding of a plain text stand in the configuration. `false` if it could not be written.
    fn configure(&mut self, task: &Task, now: &Now, finding: &Finding) -> io::Result<bool> {
        if self.args.common.source.isolated {
            self.trouble(task, "--isolated leaves no configuration to write a stet of a plain text into")?;
            return Ok(false);
        }
        let here = std::env::current_dir().unwrap_or_default();
        let config = task.setup.config.as_ref().map_or_else(|| here.join(NAME), |config| config.path.clone());
        let shown = config.strip_prefix(&here).unwrap_or(&config).to_string_lossy().into_owned();
        let folder = config.parent().unwrap_or(&here);
        let Ok(draft) = task.input.absolute.strip_prefix(folder) else {
            self.trouble(task, &format!("lies outside of {}", folder.to_string_lossy()))?;
            return Ok(false);
        };
        let words = now.source.slice(finding.span).split_whitespace().collect::<Vec<_>>().join(" ");
        match stet::add(&config, &shown, &[(draft.to_path_buf(), finding.rule.to_string(), words)], LOOKED_AT) {
            Ok(()) => {
                writeln!(self.out, "It stands, in {shown}.\n")?;
                Ok(true)
            }
            Err(why) => {
                self.trouble(task, &format!("{shown} was not changed: {why}"))?;
                Ok(false)
            }
        }
    }
}

const HELP: &str = "  1 to 9  make that change, and write the draft
  l       let it stand: a comment above the block, or for plain text an entry in factlint.yaml
  s       leave it for now (or the space bar)
  q       stop here; what was changed stays changed
";
