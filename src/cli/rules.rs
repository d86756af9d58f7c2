//! `factlint rules`: lists them, runs their examples, begins new ones.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use factlint_rules::{Pack, Pages};
use serde_json::json;

use super::Verdict;
use super::args::{Colour, ListArgs, ListFormat, RuleSource, RulesArgs, RulesCommand};
use super::setup::{Setups, broken, reason};
use super::terminal::look;
use crate::linter::Linter;
use crate::report::{Pretty, Trouble, plural};
use crate::rules::{self, coverage, examples};

pub fn run(args: &RulesArgs, out: &mut dyn Write) -> io::Result<Verdict> {
    match &args.command {
        None => list(&args.list, out),
        Some(RulesCommand::List(args)) => list(args, out),
        Some(RulesCommand::Test { paths, coverage, list }) => test(paths, *coverage, list, out),
        Some(RulesCommand::Schema) => {
            writeln!(out, "{:#}", rules::schema())?;
            Ok(Verdict::Clean)
        }
        Some(RulesCommand::Docs { folder, source }) => docs(folder, source, out),
        Some(RulesCommand::New { id, into }) => new(id, into, out),
    }
}

/// The rules that a user sees: the embedded ones, with those of flags and of the configuration here.
pub(super) struct All {
    pub pack: Pack,
    pub pages: Pages,
    /// The ids of embedded rules that others replace.
    pub replaced: Vec<String>,
    pub troubles: Vec<Trouble>,
}

pub(super) fn all(source: &RuleSource) -> All {
    let mut setups = Setups::new(source, None);
    let setup = setups.of(&std::env::current_dir().unwrap_or_default().join("-"));
    let mut paths: Vec<PathBuf> =
        setup.config.iter().flat_map(|config| &config.include).map(|(path, _)| path.clone()).collect();
    paths.extend(source.rules.iter().cloned());
    let (mut pack, mut pages) = (rules::embedded(), rules::embedded_pages());
    let added = rules::read(&paths);
    let replaced = pack.extend(added.parts);
    pages.extend(added.pages);
    All { pack, pages, replaced, troubles: setups.troubles }
}

pub(super) fn tell(troubles: &[Trouble]) -> io::Result<()> {
    let pretty = Pretty { look: look(Colour::Auto), quiet: true };
    troubles.iter().try_for_each(|trouble| pretty.trouble(trouble, &mut io::stderr()))
}

fn list(args: &ListArgs, out: &mut dyn Write) -> io::Result<Verdict> {
    let all = all(&args.source);
    match args.format {
        ListFormat::Json => {
            let rules: Vec<_> = all
                .pack
                .rules
                .iter()
                .map(|rule| {
                    json!({
                        "id": rule.id, "class": rule.class, "group": rule.group, "kind": rule.kind.word(),
                        "severity": rule.severity.word(), "languages": coverage::languages(&all.pack, rule),
                        "replaced": all.replaced.contains(&rule.id),
                    })
                })
                .collect();
            writeln!(out, "{:#}", json!({"version": 1, "rules": rules}))?;
        }
        ListFormat::Text => {
            let width = all.pack.rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            let group = all.pack.rules.iter().map(|rule| rule.group.len()).max().unwrap_or(0);
            for rule in &all.pack.rules {
                let replaced = if all.replaced.contains(&rule.id) { " (replaces the built-in rule)" } else { "" };
                writeln!(
                    out,
                    "{:width$}  {:group$}  {:7}  {}{replaced}",
                    rule.id,
                    rule.group,
                    rule.severity.word(),
                    rule.title
                )?;
            }
            let count = all.pack.rules.len();
            let count = plural(count, "rule");
            writeln!(out, "\n{count}; “factlint explain ID” tells what one holds true")?;
        }
    }
    tell(&all.troubles)?;
    Ok(if all.troubles.is_empty() { Verdict::Clean } else { Verdict::Failed })
}

fn test(paths: &[PathBuf], covers: bool, args: &ListArgs, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut all = all(&args.source);
    let mut only = None;
    if !paths.is_empty() {
        let added = rules::read(paths);
        all.troubles.extend(added.errors.into_iter().map(broken));
        for (path, error) in added.unreadable {
            all.troubles.push(Trouble::new(path.to_string_lossy(), format!("cannot be read: {}", reason(&error))));
        }
        let pages = added.pages.clone();
        only = Some(added.pages.pages.iter().map(|page| page.id.clone()).collect::<Vec<_>>());
        all.troubles.extend(all.pack.unasked(&added.parts).into_iter().map(broken));
        all.pack.extend(added.parts);
        all.pages.extend(added.pages);
        all.troubles.extend(all.pack.misnamed(&pages).into_iter().map(broken));
    }
    let linter = Linter::new(all.pack.clone());
    let pages = all.pages.pages.iter().filter(|page| only.as_ref().is_none_or(|only| only.contains(&page.id)));
    let (mut count, mut rules, mut failures) = (0, 0, Vec::new());
    let mut gaps = Vec::new();
    let mut failed = 0;
    for page in pages {
        rules += 1;
        for case in examples::cases(page) {
            count += 1;
            let found = case.run(&linter);
            failed += usize::from(!found.is_empty());
            failures.extend(found.into_iter().map(|failure| (case, failure)));
        }
        if covers && let Some(rule) = all.pack.rule(&page.id) {
            gaps.extend(coverage::unexercised(&all.pack, rule, page).into_iter().map(|gap| (page, gap)));
        }
    }
    match args.format {
        ListFormat::Json => {
            let failures: Vec<_> = failures
                .iter()
                .map(|(case, failure)| {
                    json!({
                        "rule": case.page.id, "name": case.name(), "path": case.page.path,
                        "line": case.example.line, "kind": failure.kind, "message": failure.message,
                    })
                })
                .collect();
            let mut json =
                json!({"version": 1, "rules": rules, "examples": count, "failed": failed, "failures": failures});
            if covers {
                let gaps = gaps.iter().map(|(page, gap)| json!({"rule": page.id, "path": page.path, "message": gap}));
                json["unexercised"] = gaps.collect();
            }
            writeln!(out, "{json:#}")?;
        }
        ListFormat::Text => {
            for (case, failure) in &failures {
                let (path, line) = (&case.page.path, case.example.line);
                writeln!(out, "{path}:{line}: {}: {}: {}", case.name(), failure.kind, failure.message)?;
            }
            for (page, gap) in &gaps {
                writeln!(out, "{}: {}: not exercised: {gap}", page.path, page.id)?;
            }
            let verdict = match (count, failed) {
                (0, _) => "nothing was tested".to_owned(),
                (_, 0) => "all hold".to_owned(),
                _ => format!("{failed} do not hold"),
            };
            writeln!(out, "{} of {}: {verdict}", plural(count, "example"), plural(rules, "rule"))?;
        }
    }
    tell(&all.troubles)?;
    Ok(if !all.troubles.is_empty() {
        Verdict::Failed
    } else if failed > 0 || !gaps.is_empty() {
        Verdict::Found
    } else {
        Verdict::Clean
    })
}

fn docs(folder: &Path, source: &RuleSource, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut all = all(source);
    let files = rules::reference(&all.pack, &all.pages);
    match write_docs(folder, &files) {
        Ok(changed) => {
            let (pages, folder) = (plural(files.len(), "page"), folder.to_string_lossy());
            writeln!(out, "{pages} in {folder}, {changed} of them new or changed")?;
        }
        Err(error) => {
            let message = format!("the reference cannot be written there: {}", reason(&error));
            all.troubles.push(Trouble::new(folder.to_string_lossy(), message));
        }
    }
    tell(&all.troubles)?;
    Ok(if all.troubles.is_empty() { Verdict::Clean } else { Verdict::Failed })
}

/// Writes what has changed, and deletes generated pages of rules that are no more.
fn write_docs(folder: &Path, files: &[(String, String)]) -> io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let mut changed = 0;
    for (name, text) in files {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).ok().as_ref() != Some(text) {
            std::fs::write(&path, text)?;
            changed += 1;
        }
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let known = files.iter().any(|(name, _)| path.file_name().is_some_and(|file| file == name.as_str()));
        if !known
            && path.extension().is_some_and(|end| end == "md")
            && std::fs::read_to_string(&path).is_ok_and(|text| text.starts_with(rules::GENERATED))
        {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(changed)
}

const TEMPLATE: &str = include_str!("template.yaml");

fn new(id: &str, into: &Path, out: &mut dyn Write) -> io::Result<Verdict> {
    let path = into.join(format!("{id}.yaml"));
    let good = !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let mut trouble = Trouble::new(id, "is no id: lower-case letters, digits and hyphens, as in percent-of");
    if good {
        let text = TEMPLATE.replace("RULE-ID", id);
        let made = std::fs::create_dir_all(into).and_then(|()| {
            std::fs::OpenOptions::new().write(true).create_new(true).open(&path)?.write_all(text.as_bytes())
        });
        match made {
            Ok(()) => {
                let path = path.to_string_lossy();
                writeln!(out, "{path} is written; fill it in, then: factlint rules test {path}")?;
                if rules::embedded().rule(id).is_some() {
                    writeln!(out, "{id} is a built-in rule, which this one replaces where it is used")?;
                }
                return Ok(Verdict::Clean);
            }
            Err(error) => {
                trouble = Trouble::new(path.to_string_lossy(), format!("cannot be written: {}", reason(&error)));
            }
        }
    }
    tell(&[trouble])?;
    Ok(Verdict::Failed)
}
