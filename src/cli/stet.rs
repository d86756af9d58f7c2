//! Stets of the configuration: writing a baseline, and telling of those that let nothing stand.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::args::CheckArgs;
use super::check::{Done, Task};
use super::setup::reason;
use super::{Verdict, fix};
use crate::config::{Config, NAME, baseline};
use crate::findings::{Finding, UNUSED_STET};
use crate::linter::Outcome;
use crate::report::{Draft, Pretty, Trouble};
use crate::source::{Source, Span};

/// `--stet-all`: writes what was found into the configurations, so that the next run is clean.
pub fn write_all(
    args: &CheckArgs,
    tasks: &[Task],
    done: Vec<Done>,
    mut troubles: Vec<Trouble>,
    out: &mut dyn Write,
) -> io::Result<Verdict> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut files: BTreeMap<PathBuf, Vec<(PathBuf, String, String)>> = BTreeMap::new();
    for (task, one) in tasks.iter().zip(done) {
        troubles.extend(one.troubles);
        let Some(draft) = one.draft else { continue };
        let config = task.setup.config.as_ref().map_or_else(|| here.join(NAME), |config| config.path.clone());
        let folder = config.parent().unwrap_or(&here);
        let Ok(path) = task.input.absolute.strip_prefix(folder) else {
            troubles.push(Trouble::new(&task.input.shown, format!("lies outside of {}", folder.to_string_lossy())));
            continue;
        };
        let stets = files.entry(config.clone()).or_default();
        for finding in draft.outcome.findings.iter().filter(|finding| finding.is_of_rule()) {
            let words = draft.source.slice(finding.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let stet = (path.to_path_buf(), finding.rule.to_string(), words);
            if !stets.contains(&stet) {
                stets.push(stet);
            }
        }
    }
    if args.common.source.isolated {
        troubles
            .push(Trouble::new(NAME, "--stet-all writes the configuration, and --isolated says that there is none"));
        files.clear();
    }
    for (path, stets) in files.into_iter().filter(|(_, stets)| !stets.is_empty()) {
        let shown = path.strip_prefix(&here).unwrap_or(&path).to_string_lossy().into_owned();
        match add(&path, &shown, &stets, "stood when the baseline was written") {
            Ok(()) => writeln!(out, "{} let stand in {shown}", stets.len())?,
            Err(why) => troubles.push(Trouble::new(shown, why)),
        }
    }
    let pretty = Pretty { look: super::terminal::look(args.common.color), quiet: true };
    for trouble in &troubles {
        pretty.trouble(trouble, &mut io::stderr())?;
    }
    Ok(if troubles.is_empty() { Verdict::Clean } else { Verdict::Failed })
}

/// Adds stets to a configuration, or begins it. Says why not.
pub fn add(
    path: &std::path::Path,
    shown: &str,
    stets: &[(PathBuf, String, String)],
    because: &str,
) -> Result<(), String> {
    let old = match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("cannot be read: {}", reason(&error))),
    };
    let text = baseline(old.as_deref().unwrap_or_default(), stets, because)
        .ok_or("its “stet:” is written in one line; write it as a list with a line each")?;
    Config::read(path, shown, &text).map_err(|error| format!("would not be right any more: {}", error.message))?;
    match old {
        Some(old) => fix::replace(path, old.as_bytes(), text.as_bytes()),
        None => std::fs::write(path, text).map_err(|error| reason(&error)),
    }
}

/// Of each stet of a configuration: was it used, and could it have been?
type States = Vec<(bool, bool)>;

/// A note for each stet of a configuration that lets nothing stand, though a draft that it holds for was checked with
/// its rule.
pub fn unused(tasks: &[Task], done: &[Done]) -> Vec<Draft> {
    // By configuration: its stets, each used, or able to be.
    let mut configs: BTreeMap<&PathBuf, (&Config, States)> = BTreeMap::new();
    for (task, one) in tasks.iter().zip(done) {
        let (Some(config), Some(draft)) = (&task.setup.config, &one.draft) else { continue };
        let pack = task.setup.linter.pack();
        let entry = configs.entry(&config.path).or_insert_with(|| (config, vec![(false, false); config.stets.len()]));
        for (nth, at) in task.stets.iter().enumerate() {
            let name = &config.stets[*at].rule;
            let off = |name: &str| matches!(task.settings.levels.get(name), Some(None));
            let ran = task.settings.select.is_empty()
                && pack.rules.iter().any(|rule| {
                    rule.answers_to(name)
                        && !draft.outcome.not_run.contains(&rule.id)
                        && ![&rule.id, &rule.class, &rule.group].into_iter().any(|name| off(name))
                });
            let state = &mut entry.1[*at];
            state.0 |= draft.outcome.stets_used.get(nth).copied().unwrap_or(false);
            state.1 |= ran;
        }
    }
    configs
        .into_values()
        .filter_map(|(config, states)| {
            let findings: Vec<Finding> = config
                .stets
                .iter()
                .zip(states)
                .filter(|(_, (used, ran))| !used && *ran)
                .map(|(stet, _)| {
                    let end = config.text[stet.place..].find('\n').map_or(config.text.len(), |at| stet.place + at);
                    let message = format!("this stet of “{}” lets nothing stand, and can go", stet.rule);
                    Finding::note(UNUSED_STET, message, Span::new(stet.place, end), None)
                })
                .collect();
            let here = std::env::current_dir().unwrap_or_default();
            let name = config.path.strip_prefix(&here).unwrap_or(&config.path).to_string_lossy().into_owned();
            (!findings.is_empty()).then(|| Draft {
                source: Source::new(name.as_str(), config.text.clone()),
                name,
                outcome: Outcome { findings, ..Outcome::default() },
                hidden: 0,
                is_config: true,
            })
        })
        .collect()
}
