//! The list of findings beside the drafts, by severity: a card each, with its evidence and the ways to mend it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::Escaped;
use super::{Numbered, Sheet, by_severity, file_name, icon, severity_name};
use crate::findings::Fix;
use crate::report::{Run, plural};
use crate::source::{Source, Span};

/// So many characters of a passage are quoted.
const QUOTED: usize = 80;

pub(super) fn write(run: &Run, sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<aside id=\"findings\" tabindex=\"-1\" aria-label=\"Findings\">")?;
    tools(run, sheets, out)?;
    if !run.troubles.is_empty() {
        writeln!(out, "<section class=\"troubles\"><h2>Could not be checked</h2>\n<ul>")?;
        for trouble in &run.troubles {
            let place =
                trouble.place.map(|(line, column)| format!(", line {line}, column {column}")).unwrap_or_default();
            write!(out, "<li><b>{}{place}</b> {}", Escaped(&trouble.path), Escaped(&trouble.message))?;
            if let Some(help) = &trouble.help {
                write!(out, " <span class=\"advice\">{}</span>", Escaped(help))?;
            }
            writeln!(out, "</li>")?;
        }
        writeln!(out, "</ul></section>")?;
    }
    for (severity, found) in by_severity(sheets) {
        if found.is_empty() {
            continue;
        }
        let word = severity.word();
        writeln!(
            out,
            "<section class=\"by\" aria-labelledby=\"by-{word}\">\n<h2 id=\"by-{word}\">{}s <span \
             class=\"count\">{}</span></h2>\n<ol class=\"cards\">",
            severity_name(severity),
            found.len()
        )?;
        for (sheet, numbered) in found {
            card(run, sheet, numbered, sheets.len() > 1, out)?;
        }
        writeln!(out, "</ol>\n</section>")?;
    }
    writeln!(out, "<p class=\"nothing\" hidden>Nothing left after these filters.</p>\n</aside>")?;
    if !sheets.is_empty() {
        writeln!(
            out,
            "<nav class=\"walk\" aria-label=\"Walk through the findings\"><button type=\"button\" \
             id=\"previous\"><span aria-hidden=\"true\">‹</span> Previous</button><span id=\"where-now\"></span><button \
             type=\"button\" id=\"next\">Next <span aria-hidden=\"true\">›</span></button></nav>"
        )?;
    }
    Ok(())
}

/// Filters.
fn tools(run: &Run, sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    let all: usize = sheets.iter().map(|sheet| sheet.findings.len()).sum();
    if all == 0 {
        return Ok(());
    }
    writeln!(out, "<div class=\"tools\" role=\"search\" aria-label=\"Filter the findings\">")?;
    writeln!(out, "<div class=\"severities\" role=\"group\" aria-label=\"Severities\">")?;
    for (severity, found) in by_severity(sheets).filter(|(_, found)| !found.is_empty()) {
        let word = severity.word();
        writeln!(
            out,
            "<button type=\"button\" class=\"{word}\" aria-pressed=\"true\" data-severity=\"{word}\">{}{}</button>",
            icon(severity),
            plural(found.len(), word)
        )?;
    }
    writeln!(
        out,
        "</div>\n<div class=\"row\"><input type=\"search\" id=\"filter\" aria-label=\"Filter by words, message or rule\" \
                   placeholder=\"Filter …\" autocomplete=\"off\">"
    )?;
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    for numbered in sheets.iter().flat_map(|sheet| &sheet.findings) {
        *groups.entry(group(run, numbered)).or_default() += 1;
    }
    if groups.len() > 1 {
        write!(out, "<select id=\"group\" aria-label=\"Kind of check\"><option value=\"\">All kinds</option>")?;
        for (group, count) in groups.iter().filter(|(group, _)| !group.is_empty()) {
            write!(out, "<option value=\"{0}\">{0} ({count})</option>", Escaped(group))?;
        }
        writeln!(out, "</select>")?;
    }
    if sheets.len() > 1 {
        write!(out, "<select id=\"file\" aria-label=\"Draft\"><option value=\"\">All drafts</option>")?;
        for sheet in sheets {
            let (number, count) = (sheet.number, sheet.findings.len());
            write!(out, "<option value=\"{number}\">{} ({count})</option>", Escaped(&sheet.draft.name))?;
        }
        writeln!(out, "</select>")?;
    }
    writeln!(out, "</div>\n<p id=\"shown\" role=\"status\" data-all=\"{all}\">{}</p>\n</div>", plural(all, "finding"))
}

fn group<'a>(run: &'a Run, numbered: &Numbered) -> &'a str {
    run.about.get(&*numbered.finding.rule).map_or("", |about| &about.group)
}

fn card(run: &Run, sheet: &Sheet, numbered: &Numbered, several: bool, out: &mut dyn Write) -> io::Result<()> {
    let (number, finding) = (numbered.number, numbered.finding);
    let source = &sheet.draft.source;
    let place = source.position(finding.span.start());
    let word = finding.severity.word();
    let file = if several { format!("{}, ", file_name(&sheet.draft.name)) } else { String::new() };
    writeln!(
        out,
        "<li class=\"card {word}\" id=\"f{number}\" data-severity=\"{word}\" data-group=\"{}\" data-file=\"{}\">",
        Escaped(group(run, numbered)),
        sheet.number
    )?;
    writeln!(
        out,
        "<h3><button type=\"button\" class=\"open\" aria-expanded=\"true\" aria-controls=\"f{number}-more\">{}<span \
         class=\"vh\">{}: </span><span class=\"message\" dir=\"auto\">{}</span><span class=\"meta\">{number} · {}line \
         {}</span></button></h3>",
        icon(finding.severity),
        severity_name(finding.severity),
        Escaped(&finding.message),
        Escaped(&file),
        place.line
    )?;
    writeln!(out, "<div class=\"more\" id=\"f{number}-more\">")?;
    let words = quoted(source, finding.span);
    if words.is_empty() {
        writeln!(
            out,
            "<p class=\"words\"><a href=\"#p{number}\">line {}, column {}</a></p>",
            place.line, place.column
        )?;
    } else {
        writeln!(
            out,
            "<p class=\"words\"><a href=\"#p{number}\"><q dir=\"auto\">{}</q></a> <span class=\"place\">line {}, column \
             {}</span></p>",
            Escaped(&words),
            place.line,
            place.column
        )?;
    }
    if !finding.labels.is_empty() {
        writeln!(out, "<h4>Evidence</h4>\n<ol class=\"evidence\">")?;
        for (at, label) in finding.labels.iter().enumerate() {
            let which = at + 1;
            let text = if label.text.is_empty() { String::new() } else { format!(" {}", Escaped(&label.text)) };
            writeln!(
                out,
                "<li><a href=\"#e{number}-{which}\" data-which=\"{which}\"><span class=\"letter\" \
                 aria-hidden=\"true\">{}</span><q dir=\"auto\">{}</q>{text}</a> <span class=\"place\">line {}</span></li>",
                letter(at),
                Escaped(&quoted(source, label.span)),
                source.position(label.span.start()).line
            )?;
        }
        writeln!(out, "</ol>")?;
    }
    if !finding.fixes.is_empty() {
        let title = if finding.fixes.len() == 1 { "A way to mend it" } else { "Ways to mend it" };
        writeln!(out, "<h4>{title}</h4>\n<ul class=\"fixes\">")?;
        for fix in &finding.fixes {
            writeln!(out, "<li><span dir=\"auto\">{}</span>{}</li>", Escaped(&fix.title), difference(source, fix))?;
        }
        writeln!(out, "</ul>")?;
    }
    if let Some(help) = &finding.help {
        writeln!(out, "<p class=\"advice\" dir=\"auto\">{}</p>", Escaped(help))?;
    }
    rule(run, numbered, out)?;
    writeln!(out, "</div>\n</li>")
}

/// The rule that found it, with the way to its page.
fn rule(run: &Run, numbered: &Numbered, out: &mut dyn Write) -> io::Result<()> {
    let finding = numbered.finding;
    let about = run.about.get(&*finding.rule);
    let id = Escaped(&finding.rule);
    let name = match about.and_then(|about| about.page.as_deref()) {
        Some(page) => format!("<a href=\"{}\" rel=\"noreferrer\">{id}</a>", Escaped(page)),
        None => id.to_string(),
    };
    write!(out, "<p class=\"rule\">Rule {name}")?;
    if !finding.also.is_empty() {
        write!(out, "; also found by {}", Escaped(&finding.also.join(", ")))?;
    }
    writeln!(out, "</p>")?;
    if let Some(about) = about.filter(|about| !about.explanation.is_empty()) {
        write!(out, "<details class=\"why\"><summary>{}</summary>", Escaped(&about.title))?;
        for paragraph in about.explanation.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            write!(out, "<p>{}</p>", Escaped(&paragraph.split_whitespace().collect::<Vec<_>>().join(" ")))?;
        }
        writeln!(out, "</details>")?;
    }
    Ok(())
}

/// What a fix takes out and puts in, with a word of what is around it.
fn difference(source: &Source, fix: &Fix) -> String {
    let mut shown = String::new();
    for edit in &fix.edits {
        let old = source.slice(edit.span);
        if old.chars().count() > QUOTED || edit.text.chars().count() > QUOTED {
            return String::new();
        }
        shown.push_str("<span class=\"edit\" dir=\"auto\">");
        if !old.is_empty() {
            shown.push_str(&format!("<del>{}</del>", Escaped(old)));
        }
        if !edit.text.is_empty() {
            shown.push_str(&format!("<ins>{}</ins>", Escaped(&edit.text)));
        }
        shown.push_str("</span>");
    }
    format!("<span class=\"difference\">{shown}</span>")
}

/// The words of a span in one line; a passage by its ends.
fn quoted(source: &Source, span: Span) -> String {
    let words: Vec<&str> = source.slice(span).split_whitespace().collect();
    let line = words.join(" ");
    let count = line.chars().count();
    if count <= QUOTED {
        return line;
    }
    let head: String = line.chars().take(QUOTED * 2 / 3).collect();
    let tail: String = line.chars().skip(count - QUOTED / 4).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

/// a, b, c … z, then numbers.
fn letter(at: usize) -> String {
    match u8::try_from(at) {
        Ok(at) if at < 26 => char::from(b'a' + at).to_string(),
        _ => (at + 1).to_string(),
    }
}
