//! `factlint check`: reads the drafts, checks them at once on several threads, and tells what was found in one order.

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use factlint_rules::{RuleError, Severity};

use super::args::{CheckArgs, Format};
use super::inputs::{Input, collect};
use super::setup::{Setup, Setups, broken, reason};
use super::terminal::{Progress, look};
use super::{Verdict, about, fix, interactive, stet};
use crate::document;
use crate::findings::sum_up;
use crate::linter::{Outcome, Settings};
use crate::report::{
    Draft, Github, Gitlab, Html, Json, JsonLines, Junit, Pretty, Rdjson, Report, Run, Sarif, Short, Trouble,
};
use crate::source::{Source, SourceError};

/// A draft with what holds for it.
pub(super) struct Task {
    pub input: Input,
    pub setup: Arc<Setup>,
    pub settings: Settings,
    /// Which of the configuration's stets are in the settings.
    pub stets: Vec<usize>,
}

/// What became of a draft.
#[derive(Default)]
pub(super) struct Done {
    pub draft: Option<Draft>,
    pub troubles: Vec<Trouble>,
    /// The severest finding, shown or not.
    pub worst: Option<Severity>,
    /// How many fixes were applied.
    pub fixed: usize,
    /// What `--fix` would change.
    pub diff: Option<String>,
    /// Standard input after `--fix`.
    pub text: Option<Vec<u8>>,
}

pub fn run(args: &CheckArgs, out: &mut dyn Write) -> io::Result<Verdict> {
    let common = &args.common;
    // The process ends soon, and takes all memory back faster than rule by rule.
    let mut setups = std::mem::ManuallyDrop::new(Setups::new(&common.source, Some(common)));
    let (inputs, mut troubles) = collect(&args.paths, &args.stdin_name, &mut setups);
    if inputs.is_empty() {
        // What is wrong with rules and flags is told even if there is nothing to check.
        setups.of(&std::env::current_dir().unwrap_or_default().join("-"));
    }
    let tasks: Vec<Task> = inputs
        .into_iter()
        .map(|input| {
            let setup = setups.of(&input.absolute);
            let (settings, stets) = setup.settings_for(&input.absolute);
            Task { input, setup, settings, stets }
        })
        .collect();
    let writes = [(args.fix, "--fix"), (args.stet_all, "--stet-all"), (args.interactive, "--interactive")];
    let writes = writes.iter().find(|(asked, _)| *asked);
    // What was found under other rules than were asked for must not be written into drafts.
    let refused = writes.filter(|_| !setups.troubles.is_empty());
    troubles.append(&mut setups.troubles);
    if let Some((_, flag)) = refused {
        let mut trouble = Trouble::new(*flag, "nothing was changed, since not all of what was asked for holds");
        trouble.help = Some("mend what is told above, then run it again".into());
        troubles.push(trouble);
    }
    if args.interactive {
        return interactive::run(args, if refused.is_some() { &[] } else { &tasks }, troubles, out);
    }
    let done =
        if refused.is_some() && args.stet_all { Vec::new() } else { all(&tasks, args, args.fix && refused.is_none()) };

    let fails: Severity = common.fail_on.into();
    let mut verdict = Verdict::Clean;
    if done.iter().any(|one| one.worst.is_some_and(|worst| worst >= fails)) {
        verdict = Verdict::Found;
    }
    if args.stet_all {
        return stet::write_all(args, &tasks, done, troubles, out);
    }
    if args.diff {
        verdict = Verdict::Clean;
        for diff in done.iter().filter_map(|one| one.diff.as_ref()) {
            out.write_all(diff.as_bytes())?;
            verdict = Verdict::Found;
        }
        troubles.extend(done.into_iter().flat_map(|one| one.troubles));
        tell(&troubles, args)?;
        return Ok(if troubles.is_empty() { verdict } else { Verdict::Failed });
    }
    // Mended standard input takes standard output, as a filter in an editor wants it; what remains is told beside it.
    let mended = done.iter().find_map(|one| one.text.as_ref());
    if let Some(text) = mended {
        out.write_all(text)?;
    }
    let beside = mended.is_some();
    if !common.quiet {
        for (task, one) in tasks.iter().zip(&done).filter(|(_, one)| one.fixed > 0) {
            let fixes = if one.fixed == 1 { "fix" } else { "fixes" };
            writeln!(io::stderr(), "{}: {} {fixes} applied", task.input.shown, one.fixed)?;
        }
    }
    let notes = stet::unused(&tasks, &done);
    let mut run = Run::default();
    for one in done {
        run.drafts.extend(one.draft);
        troubles.extend(one.troubles);
    }
    if Severity::from(common.severity) == Severity::Note {
        run.drafts.extend(notes);
    }
    run.drafts.sort_by(|a, b| a.name.cmp(&b.name));
    run.troubles = troubles;
    // A name that was mistyped must not read as a draft without faults.
    run.no_rule = !common.select.is_empty()
        && !tasks.is_empty()
        && tasks.iter().all(|task| common.select.iter().all(|name| task.setup.linter.pack().unknown(name).is_some()));
    if !run.troubles.is_empty() {
        verdict = Verdict::Failed;
    }
    if matches!(common.format, Format::Html | Format::Sarif | Format::Rdjson) {
        about::add(&mut run, &tasks, setups.pages.clone());
    }
    let report = report(args);
    if !report.tells_troubles() {
        tell(&run.troubles, args)?;
    }
    if beside {
        report.write(&run, &mut io::stderr().lock())?;
    } else {
        report.write(&run, out)?;
    }
    Ok(verdict)
}

/// The report of a format.
fn report(args: &CheckArgs) -> Box<dyn Report> {
    let common = &args.common;
    match common.format {
        Format::Pretty => Box::new(Pretty { look: look(common.color), quiet: common.quiet }),
        Format::Short => Box::new(Short),
        Format::Json => Box::new(Json),
        Format::Jsonl => Box::new(JsonLines),
        Format::Html => Box::new(Html),
        Format::Sarif => Box::new(Sarif),
        Format::Github => Box::new(Github),
        Format::Gitlab => Box::new(Gitlab),
        Format::Rdjson => Box::new(Rdjson),
        Format::Junit => Box::new(Junit { fails: common.fail_on.into() }),
    }
}

/// Tells on standard error what could not be done.
fn tell(troubles: &[Trouble], args: &CheckArgs) -> io::Result<()> {
    let pretty = Pretty { look: look(args.common.color), quiet: true };
    let mut out = io::stderr().lock();
    troubles.iter().try_for_each(|trouble| pretty.trouble(trouble, &mut out))
}

/// Checks all drafts, on as many threads as are asked for, and mends them if they may be; what is given is in the order
/// of the drafts.
fn all(tasks: &[Task], args: &CheckArgs, mends: bool) -> Vec<Done> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let jobs = args.common.jobs.map_or(cores, std::num::NonZeroUsize::get).min(tasks.len());
    let mut progress = Progress::new(tasks.len(), args.common.quiet);
    let mut done: Vec<Done> = Vec::with_capacity(tasks.len());
    if jobs <= 1 {
        for task in tasks {
            done.push(one(task, args, mends));
            progress.at(done.len());
        }
    } else {
        let mut slots: Vec<Option<Done>> = tasks.iter().map(|_| None).collect();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            for _ in 0..jobs {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(task) = tasks.get(at) else { break };
                        if sender.send((at, one(task, args, mends))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut count = 0;
            loop {
                match receiver.recv_timeout(Duration::from_millis(200)) {
                    Ok((at, result)) => {
                        slots[at] = Some(result);
                        count += 1;
                    }
                    Err(mpsc::RecvTimeoutError::Timeout) => {}
                    Err(mpsc::RecvTimeoutError::Disconnected) => break,
                }
                progress.at(count);
            }
        });
        done.extend(slots.into_iter().map(Option::unwrap_or_default));
    }
    progress.finish();
    done
}

/// Reads and checks one draft, and mends it if it may be.
fn one(task: &Task, args: &CheckArgs, mends: bool) -> Done {
    let mut done = Done::default();
    let bytes = match read(task.input.path.as_deref()) {
        Ok(bytes) => bytes,
        Err(error) => {
            done.troubles.push(Trouble::new(&task.input.shown, format!("cannot be read: {}", reason(&error))));
            return done;
        }
    };
    let original = (args.fix || args.diff).then(|| bytes.clone());
    let source = match Source::decode(&task.input.shown, bytes) {
        Ok(source) => source,
        Err(error) => {
            done.troubles.push(undecodable(task, &error));
            return done;
        }
    };
    let Some(outcome) = check(task, &source) else {
        let mut trouble = Trouble::new(&task.input.shown, "factlint failed on this draft, which is a bug in factlint");
        trouble.help = Some("please report it with the draft, or the part of it that still fails".into());
        done.troubles.push(trouble);
        return done;
    };
    let (mut source, mut outcome) = (source, outcome);
    if let Some(original) = original {
        let mended = if mends || args.diff {
            fix::mend(task, source.clone(), outcome)
        } else {
            // Standard input goes through as it came.
            fix::Mended { source: source.clone(), outcome, fixes: 0 }
        };
        if args.diff {
            done.diff = fix::diff(&task.input.shown, source.text(), mended.source.text());
        } else {
            let written = match task.input.path.as_deref() {
                None => fix::encode(&mended.source).map(|text| done.text = Some(text)),
                Some(path) if mended.fixes > 0 => fix::write(path, &original, &mended.source).map(|_| ()),
                Some(_) => Ok(()),
            };
            match written {
                Ok(()) => done.fixed = mended.fixes,
                Err(why) => {
                    let mut trouble = Trouble::new(&task.input.shown, format!("was not mended: {why}"));
                    trouble.help = Some("the file is as it was".into());
                    done.troubles.push(trouble);
                }
            }
        }
        (source, outcome) = if args.diff || done.troubles.is_empty() {
            (mended.source, mended.outcome)
        } else {
            let again = check(task, &source).unwrap_or_default();
            (source, again)
        };
    }
    if !args.stet_all {
        outcome.findings = sum_up(outcome.findings, task.setup.linter.pack());
    }
    done.worst = outcome.findings.iter().map(|finding| finding.severity).max();
    let least: Severity = args.common.severity.into();
    let all = outcome.findings.len();
    outcome.findings.retain(|finding| finding.severity >= least);
    let hidden = all - outcome.findings.len();
    for (message, span) in &outcome.errors {
        let range = span.start()..span.end();
        done.troubles.push(broken(RuleError::new(&task.input.shown, source.text(), range, message.clone(), None)));
    }
    if outcome.findings.is_empty() {
        // Nothing will be shown of it, and a long run has many.
        let encoding = source.encoding;
        source = Source::new(&*task.input.shown, "");
        source.encoding = encoding;
    }
    done.draft = Some(Draft { source, name: task.input.name.clone(), outcome, hidden, is_config: false });
    done
}

/// Checks a text; `None` if the linter fails, which is a bug, and must not take the other drafts with it.
pub(super) fn check(task: &Task, source: &Source) -> Option<Outcome> {
    let format = format_of(&task.input.absolute);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| task.setup.linter.check(source, format, &task.settings)))
        .ok()
}

/// What a file of a word processor is, by its ending, and how its text is had.
fn document_of(path: &Path) -> Option<(&'static str, &'static str)> {
    let end = path.extension()?.to_string_lossy().to_lowercase();
    Some(match end.as_str() {
        "docx" | "doc" => ("a Word document", "save it as plain text, or convert it: pandoc draft.docx -o draft.md"),
        "odt" => ("an OpenDocument text", "save it as plain text, or convert it: pandoc draft.odt -o draft.md"),
        "rtf" => ("a text in RTF", "save it as plain text, or convert it: pandoc draft.rtf -o draft.md"),
        "pages" => ("a document of Pages", "export it as plain text"),
        "pdf" => ("a PDF", "check the text that it was made from, or take it out: pdftotext draft.pdf"),
        "epub" => ("an e-book", "convert it: pandoc draft.epub -o draft.md"),
        _ => return None,
    })
}

/// The format that a file's ending names; plain text if it names none.
pub fn format_of(path: &Path) -> document::Format {
    let end = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    match end.as_str() {
        "md" | "markdown" => document::Format::Markdown,
        "html" | "htm" | "xhtml" => document::Format::Html,
        _ => document::Format::Text,
    }
}

pub(super) fn read(path: Option<&Path>) -> io::Result<Vec<u8>> {
    match path {
        Some(path) => std::fs::read(path),
        None => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            Ok(bytes)
        }
    }
}

pub(super) fn undecodable(task: &Task, error: &SourceError) -> Trouble {
    let mut trouble = Trouble::new(&task.input.shown, error.to_string());
    trouble.help = miette::Diagnostic::help(error).map(|help| help.to_string());
    if let Some((what, help)) = document_of(&task.input.absolute) {
        // Its bytes, and the place of the first strange one, would say nothing to who wrote it.
        trouble.message = format!("this is {what}, not text");
        trouble.help = Some(help.into());
        return trouble;
    }
    if let SourceError::NotText { offset, .. } = error
        && let Ok(bytes) = read(task.input.path.as_deref())
        && let Some(before) = bytes.get(..*offset)
    {
        let line = before.split(|byte| *byte == b'\n').next_back().unwrap_or_default();
        let number = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        trouble.place = Some((number, String::from_utf8_lossy(line).chars().count() + 1));
    }
    trouble
}
