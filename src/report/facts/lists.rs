//! `csv` for a spreadsheet, `markdown` for a checklist in an issue or a note.

use std::io::{self, Write};

use super::{FactList, counted, line};
use crate::facts::Standing;

/// Writes the list as CSV (RFC 4180), a fact a row.
pub fn write_csv(list: &FactList, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"path,line,column,kind,words,read as,verdict,checked against,rules,quoted,again\r\n")?;
    for fact in &list.facts {
        let position = list.source.position(fact.span.start());
        let text = fact.checked.iter().map(|checked| &*checked.text).collect::<Vec<_>>().join("; ");
        let rules = fact.checked.iter().filter_map(|checked| checked.rule.as_deref()).collect::<Vec<_>>().join(" ");
        let cells: [&str; 11] = [
            &list.name,
            &position.line.to_string(),
            &position.column.to_string(),
            fact.kind,
            &line(&fact.words),
            &line(&fact.read),
            fact.standing().word(),
            &line(&text),
            &rules,
            if fact.quoted { "yes" } else { "no" },
            &list.again(fact).unwrap_or_default(),
        ];
        let row: Vec<String> = cells.into_iter().map(cell).collect();
        write!(out, "{}\r\n", row.join(","))?;
    }
    Ok(())
}

/// A cell. What a spreadsheet would take for a formula is made text, since a draft is not to be trusted.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Writes the list as a Markdown checklist, nothing ticked: that is for the one who checks.
pub fn write_markdown(list: &FactList, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Facts of {}\n", escape(&list.name))?;
    let counts: Vec<String> = list.counts().map(|(standing, count)| counted(standing, count)).collect();
    if !counts.is_empty() {
        writeln!(out, "{}.\n", counts.join(", "))?;
    }
    for fact in &list.facts {
        write!(out, "- [ ] {} {} **{}**", list.place(fact), fact.kind, escape(&line(&fact.words)))?;
        let reading = FactList::reading(fact);
        if !reading.is_empty() {
            write!(out, " ({})", escape(&line(reading)))?;
        }
        let verdict = escape(&line(&FactList::verdict(fact)));
        match fact.standing() {
            Standing::Contradicts => write!(out, " — **{verdict}**")?,
            _ => write!(out, " — {verdict}")?,
        }
        if let Some(again) = list.again(fact) {
            write!(out, "; {again}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// What Markdown would read as markup, made plain.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '$' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
