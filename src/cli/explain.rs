//! `factlint explain ID`: a rule's page on the terminal.

use std::io::{self, Write};

use factlint_rules::registry::nearest;

use super::Verdict;
use super::args::ExplainArgs;
use super::rules::{all, tell};
use crate::report::Trouble;
use crate::rules::{examples, fix_titles};

pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> io::Result<Verdict> {
    let mut all = all(&args.source);
    let rules: Vec<_> = all
        .pack
        .rules
        .iter()
        .filter(|rule| rule.id == args.id || rule.class == args.id || rule.aliases.contains(&args.id))
        .collect();
    if rules.is_empty() {
        let mut trouble = Trouble::new(&args.id, "no rule has this id");
        let known = all.pack.rules.iter().map(|rule| rule.id.as_str());
        let group: Vec<&str> =
            all.pack.rules.iter().filter(|rule| rule.group == args.id).map(|rule| rule.id.as_str()).collect();
        trouble.help = if group.is_empty() {
            nearest(&args.id, known).or_else(|| Some("“factlint rules list” lists them all".into()))
        } else {
            Some(format!("{} is a group; its rules are {}", args.id, group.join(", ")))
        };
        all.troubles.push(trouble);
    }
    for (at, rule) in rules.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}", rule.id, rule.title)?;
        let class = if rule.class == rule.id { String::new() } else { format!(", class {}", rule.class) };
        writeln!(out, "{}, {} rule of the group {}{class}", rule.severity.word(), rule.kind.word(), rule.group)?;
        let Some(page) = all.pages.get(&rule.id) else { continue };
        writeln!(out, "\n{}", page.explain.trim())?;
        for (title, wrong) in [("Wrong", true), ("Right", false)] {
            let cases: Vec<_> = examples::cases(page).filter(|case| case.example.marks.is_empty() != wrong).collect();
            if cases.is_empty() {
                continue;
            }
            writeln!(out, "\n{title}:")?;
            for case in cases {
                let lang = if case.example.lang == "en" { String::new() } else { format!(" [{}]", case.example.lang) };
                let date = case.example.date.as_ref().map(|date| format!(" [{date}]")).unwrap_or_default();
                writeln!(out, "  {}{lang}{date}", marked(case.example))?;
            }
        }
        if !rule.fixes.is_empty() {
            writeln!(out, "\nFixes:")?;
            for (fix, text) in rule.fixes.iter().zip(fix_titles(page)) {
                writeln!(out, "  {text}{}", if fix.safe { " (safe: --fix applies it)" } else { "" })?;
            }
        }
        writeln!(
            out,
            "\nTo let a finding stand: <!-- stet: {} because … --> in Markdown and HTML; stet: in factlint.yaml for plain text",
            rule.id
        )?;
        writeln!(out, "File: {}", page.path)?;
    }
    tell(&all.troubles)?;
    Ok(if all.troubles.is_empty() { Verdict::Clean } else { Verdict::Failed })
}

/// The example in one line, with its marks.
fn marked(example: &factlint_rules::example::Example) -> String {
    let mut text = example.text.clone();
    for (start, end) in example.marks.iter().rev() {
        text.insert_str(*end, "]]");
        text.insert_str(*start, "[[");
    }
    text.trim_end().replace('\n', " ⏎ ")
}
