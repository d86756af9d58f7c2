//! `html`: one page that needs nothing else, to look at and to send on: the drafts with their marks, a list of what was
//! found, and lines from the accused words to those that disagree.
//!
//! All that the page says stands in its markup; its script only selects, filters and draws. Its policy lets no other
//! script run and nothing be fetched, so that a hostile draft can do nothing.

mod article;
mod cards;
mod escape;
mod segments;

use std::io::{self, Write};

use factlint_rules::Severity;

use self::escape::Escaped;
use super::summary::not_checked;
use super::{Draft, Report, Run, Summary, plural, severities};
use crate::findings::Finding;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The SHA-256 of the script, by which the page's policy knows it; `tests/page.sh` tells it when the script changes.
const SCRIPT_HASH: &str = "sha256-FVZsRxDE1WkD2iABoF97wBsvuzTwyUppR3dLJH7WnHc=";

/// One page.
#[derive(Clone, Copy, Debug)]
pub struct Html;

/// A finding with its number on the page: they are counted in the order of the text.
struct Numbered<'a> {
    number: usize,
    finding: &'a Finding,
}

/// A draft with findings, as the page shows it.
struct Sheet<'a> {
    /// From 1.
    number: usize,
    draft: &'a Draft,
    findings: Vec<Numbered<'a>>,
}

impl Report for Html {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let sheets = sheets(run);
        head(run, &sheets, out)?;
        write!(out, "<div class=\"layout\">\n<main id=\"drafts\">\n")?;
        for sheet in &sheets {
            article::write(sheet, sheets.len() > 1, out)?;
        }
        if sheets.is_empty() {
            let none = if run.unchecked().is_some() { "Nothing was checked." } else { "Nothing to report." };
            writeln!(out, "<p class=\"none\">{none}</p>")?;
        }
        clean(run, out)?;
        writeln!(out, "</main>")?;
        cards::write(run, &sheets, out)?;
        writeln!(out, "</div>")?;
        write!(out, "{KEYS}<script>{SCRIPT}</script>\n</body>\n</html>\n")
    }

    fn tells_troubles(&self) -> bool {
        true
    }
}

fn sheets(run: &Run) -> Vec<Sheet<'_>> {
    let mut next = 0;
    let mut sheets = Vec::new();
    for draft in run.drafts.iter().filter(|draft| !draft.outcome.findings.is_empty()) {
        let findings = draft.outcome.findings.iter().map(|finding| {
            next += 1;
            Numbered { number: next, finding }
        });
        sheets.push(Sheet { number: sheets.len() + 1, draft, findings: findings.collect() });
    }
    sheets
}

fn head(run: &Run, sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    let summary = Summary::of(run);
    let count = summary.errors + summary.warnings + summary.notes;
    let found = if count == 0 { "No findings".to_owned() } else { plural(count, "finding") };
    let place = match sheets {
        [one] => file_name(&one.draft.name).to_owned(),
        _ => plural(summary.files, "draft"),
    };
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; script-src '{SCRIPT_HASH}'; base-uri 'none'; \
         form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta \
         name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"factlint {}\">\n\
         <title>{found} in {} · factlint</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{ICONS}",
        env!("CARGO_PKG_VERSION"),
        Escaped(&place)
    )?;
    write!(
        out,
        "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header class=\"top\">\n<p \
         class=\"brand\">factlint</p>\n<h1>{found} in <span class=\"where\">{}</span></h1>\n<button type=\"button\" \
         class=\"help\" id=\"show-keys\" aria-haspopup=\"dialog\" title=\"Keyboard (?)\"><span \
         aria-hidden=\"true\">?</span><span class=\"vh\">Keyboard shortcuts</span></button>\n</header>\n",
        Escaped(&place)
    )
}

/// The drafts in which nothing was found, and what was not asked.
fn clean(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let clean: Vec<&Draft> = run.checked().filter(|draft| draft.outcome.findings.is_empty()).collect();
    if !clean.is_empty() {
        let open = if clean.len() <= 10 { " open" } else { "" };
        writeln!(
            out,
            "<details class=\"clean\"{open}><summary>{} without findings</summary>\n<ul>",
            plural(clean.len(), "draft")
        )?;
        for draft in clean {
            writeln!(out, "<li>{}</li>", Escaped(&draft.name))?;
        }
        writeln!(out, "</ul></details>")?;
    }
    let summary = Summary::of(run);
    let mut lines = not_checked(run);
    if summary.suppressed > 0 {
        lines.push(format!("{} let stand", plural(summary.suppressed, "finding")));
    }
    if summary.hidden > 0 {
        lines.push(format!("{} less severe not shown", plural(summary.hidden, "finding")));
    }
    if !lines.is_empty() {
        writeln!(out, "<footer class=\"unchecked\">")?;
        for line in lines {
            writeln!(out, "<p>{}</p>", Escaped(&line))?;
        }
        writeln!(out, "</footer>")?;
    }
    Ok(())
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn icon(severity: Severity) -> String {
    format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-{}\"/></svg>", severity.word())
}

/// What a screen reader hears, and a text browser shows, of a severity.
fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

/// From the severest.
fn by_severity<'a>(
    sheets: &'a [Sheet<'a>],
) -> impl Iterator<Item = (Severity, Vec<(&'a Sheet<'a>, &'a Numbered<'a>)>)> {
    severities().into_iter().map(move |severity| {
        let all = sheets.iter().flat_map(|sheet| sheet.findings.iter().map(move |numbered| (sheet, numbered)));
        (severity, all.filter(|(_, numbered)| numbered.finding.severity == severity).collect())
    })
}

/// Each severity has a shape of its own, so that colour alone never tells.
const ICONS: &str = "<svg width=\"0\" height=\"0\" class=\"vh\" aria-hidden=\"true\">\
    <symbol id=\"i-error\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" d=\"M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z\"/>\
    <path stroke=\"var(--surface)\" stroke-width=\"1.8\" stroke-linecap=\"round\" d=\"M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2\"/></symbol>\
    <symbol id=\"i-warning\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" stroke=\"currentColor\" stroke-width=\"1.6\" \
    stroke-linejoin=\"round\" d=\"M8 1.8l6.4 12H1.6z\"/><path stroke=\"var(--surface)\" stroke-width=\"1.8\" \
    stroke-linecap=\"round\" d=\"M8 6v4M8 12.3v.1\"/></symbol>\
    <symbol id=\"i-note\" viewBox=\"0 0 16 16\"><circle fill=\"currentColor\" cx=\"8\" cy=\"8\" r=\"7.2\"/><path \
    stroke=\"var(--surface)\" stroke-width=\"1.8\" stroke-linecap=\"round\" d=\"M8 4.5v.1M8 7.5v4\"/></symbol></svg>\n";

const KEYS: &str = "<dialog id=\"keys\" aria-labelledby=\"keys-title\">\n<h2 id=\"keys-title\">Keyboard</h2>\n<dl>\n\
    <div><dt><kbd>j</kbd> <kbd>↓</kbd></dt><dd>next finding</dd></div>\n\
    <div><dt><kbd>k</kbd> <kbd>↑</kbd></dt><dd>previous finding</dd></div>\n\
    <div><dt><kbd>→</kbd> <kbd>←</kbd></dt><dd>next, previous piece of its evidence</dd></div>\n\
    <div><dt><kbd>Enter</kbd></dt><dd>from the list to the words, and back</dd></div>\n\
    <div><dt><kbd>/</kbd></dt><dd>filter</dd></div>\n\
    <div><dt><kbd>Esc</kbd></dt><dd>close what is open</dd></div>\n\
    <div><dt><kbd>?</kbd></dt><dd>this help</dd></div>\n</dl>\n\
    <form method=\"dialog\"><button>Close</button></form>\n</dialog>\n";
