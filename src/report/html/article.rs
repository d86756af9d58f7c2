//! A draft as the page shows it: its blocks, set as text, with marks. What is accused outside all blocks (front matter,
//! code, markup) is shown as it stands in the file.

use std::io::{self, Write};
use std::ops::Range;

use factlint_rules::Severity;
use factlint_rules::token::OBJECT;

use super::escape::Escaped;
use super::segments::{Mark, Role, Segment, segments};
use super::{Sheet, severity_name};
use crate::document::{Block, BlockKind, Document, Format};
use crate::report::plural;
use crate::source::{Source, Span};

/// A mark longer than this is a passage, and is set off less.
const LONG: usize = 90;
/// So much of a line is shown around words outside all blocks.
const AROUND: usize = 160;

/// A block of the draft, or lines that belong to none.
struct Piece {
    block: Block,
    marks: Vec<Mark>,
    outside: bool,
}

pub(super) fn write(sheet: &Sheet, several: bool, out: &mut dyn Write) -> io::Result<()> {
    let draft = sheet.draft;
    let number = sheet.number;
    writeln!(
        out,
        "<article class=\"draft\" id=\"d{number}\" aria-labelledby=\"d{number}-name\" data-file=\"{number}\">"
    )?;
    let mut about = vec![plural(sheet.findings.len(), "finding")];
    if let Some(language) = &draft.outcome.language {
        about.push(format!("language {}, {}", language.code, from(language.from)));
    }
    match draft.outcome.date {
        Some(date) => about.push(format!("published {}, {}", date.date, from(date.from))),
        None if !draft.is_config => about.push("no publication date".to_owned()),
        None => {}
    }
    writeln!(
        out,
        "<header class=\"slug\"><h2 id=\"d{number}-name\"{}>{}</h2><p>{}</p></header>",
        if several { "" } else { " class=\"single\"" },
        Escaped(&draft.name),
        Escaped(&about.join(" · "))
    )?;
    let language = draft.outcome.language.as_ref().map_or("", |language| &language.code);
    writeln!(
        out,
        "<div class=\"text\" lang=\"{}\"><svg class=\"lines\" aria-hidden=\"true\"></svg>",
        Escaped(language)
    )?;
    let pieces = pieces(sheet);
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let same = |key: fn(&Block) -> Option<u32>| {
            let first = key(&piece.block);
            pieces[at..].iter().take_while(|other| !other.outside && key(&other.block) == first).count()
        };
        let shown = if piece.outside {
            1
        } else if piece.block.cell.is_some() {
            let count = same(|block| block.cell.map(|cell| cell.table));
            table(sheet, &pieces[at..at + count], out)?;
            count
        } else if piece.block.list.is_some() && piece.block.kind == BlockKind::ListItem {
            let count = same(|block| block.list.filter(|_| block.kind == BlockKind::ListItem));
            list(sheet, &pieces[at..at + count], out)?;
            count
        } else {
            0
        };
        if shown == 0 || piece.outside {
            block(sheet, piece, out)?;
        }
        at += shown.max(1);
    }
    writeln!(out, "</div>\n</article>")
}

fn from(place: &str) -> String {
    match place {
        "detected" => "detected".to_owned(),
        "option" => "as told".to_owned(),
        other => format!("from {other}"),
    }
}

/// The blocks with their marks, and what is marked outside them.
fn pieces(sheet: &Sheet) -> Vec<Piece> {
    let source = &sheet.draft.source;
    let document = if sheet.draft.is_config {
        Document::default()
    } else {
        Document::parse(source, Format::of_path(&source.path))
    };
    let mut pieces: Vec<Piece> =
        document.blocks.into_iter().map(|block| Piece { block, marks: Vec::new(), outside: false }).collect();
    let mut strays = Vec::new();
    for numbered in &sheet.findings {
        let number = numbered.number;
        let evidence = numbered.finding.labels.iter().enumerate();
        let evidence = evidence.map(|(at, label)| (label.span, Role::Evidence(number, at + 1)));
        for (span, role) in std::iter::once((numbered.finding.span, Role::Accused(number))).chain(evidence) {
            let mut met = false;
            for piece in &mut pieces {
                if let Some(range) = piece.block.text_range(span) {
                    piece.marks.push(Mark { range, role });
                    met = true;
                }
            }
            if !met {
                strays.push((span, role));
            }
        }
    }
    for mut stray in outside(source, &strays) {
        for (span, role) in &strays {
            if let Some(range) = stray.block.text_range(*span) {
                stray.marks.push(Mark { range, role: *role });
            }
        }
        let at = pieces.iter().position(|piece| piece.block.span.start() > stray.block.span.start());
        pieces.insert(at.unwrap_or(pieces.len()), stray);
    }
    pieces
}

/// The lines where marks stand outside all blocks; what is near is one.
fn outside(source: &Source, strays: &[(Span, Role)]) -> Vec<Piece> {
    let text = source.text();
    let mut spans: Vec<Span> = strays.iter().map(|(span, _)| lines_around(text, *span)).collect();
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start() <= last.end() + 1 => *last = last.to(span),
            _ => merged.push(span),
        }
    }
    merged
        .into_iter()
        .map(|span| Piece {
            block: Block::verbatim(BlockKind::Paragraph, source.slice(span), span.start()),
            marks: Vec::new(),
            outside: true,
        })
        .collect()
}

fn lines_around(text: &str, span: Span) -> Span {
    let ends_line = |c: char| c == '\n' || c == '\r';
    let low = text.floor_char_boundary(span.start().saturating_sub(AROUND));
    let high = text.ceil_char_boundary((span.end() + AROUND).min(text.len()));
    let start = text[low..span.start()].rfind(ends_line).map_or(low, |at| low + at + 1);
    let end = text[span.end()..high].find(ends_line).map_or(high, |at| span.end() + at);
    Span::new(start, end)
}

fn block(sheet: &Sheet, piece: &Piece, out: &mut dyn Write) -> io::Result<()> {
    let (open, close) = if piece.outside {
        ("pre class=\"outside\"", "pre")
    } else {
        match piece.block.kind {
            BlockKind::Headline => ("h3 class=\"headline\"", "h3"),
            BlockKind::Heading => ("h4", "h4"),
            BlockKind::Caption => ("p class=\"caption\"", "p"),
            BlockKind::Quote => ("blockquote", "blockquote"),
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::TableCell => ("p", "p"),
        }
    };
    write!(out, "<{open}{} dir=\"auto\">", lang(sheet, &piece.block))?;
    inline(sheet, piece, out)?;
    writeln!(out, "</{close}>")
}

fn list(sheet: &Sheet, pieces: &[Piece], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<ul>")?;
    for piece in pieces {
        let level = piece.block.level.min(5);
        write!(out, "<li class=\"l{level}\"{} dir=\"auto\">", lang(sheet, &piece.block))?;
        if let Some(marker) = &piece.block.marker {
            let marker = if matches!(marker.as_str(), "-" | "*" | "+") { "•" } else { marker };
            write!(out, "<span class=\"marker\">{}</span> ", Escaped(marker))?;
        }
        inline(sheet, piece, out)?;
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>")
}

fn table(sheet: &Sheet, pieces: &[Piece], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<div class=\"table\"><table>")?;
    let mut row = None;
    let mut column = 0;
    for piece in pieces {
        let cell = piece.block.cell;
        if row != cell.map(|cell| cell.row) {
            write!(out, "{}<tr>", if row.is_some() { "</tr>\n" } else { "\n" })?;
            row = cell.map(|cell| cell.row);
            column = 0;
        }
        // A cell without words is no block.
        for _ in column..cell.map_or(column, |cell| cell.column) {
            write!(out, "<td></td>")?;
        }
        column = cell.map_or(column, |cell| cell.column) + 1;
        let tag = if cell.is_some_and(|cell| cell.head) { "th" } else { "td" };
        write!(out, "<{tag}{} dir=\"auto\">", lang(sheet, &piece.block))?;
        inline(sheet, piece, out)?;
        write!(out, "</{tag}>")?;
    }
    writeln!(out, "</tr>\n</table></div>")
}

/// A block's language where it is not the draft's.
fn lang(sheet: &Sheet, block: &Block) -> String {
    let ours =
        sheet.draft.outcome.language.as_ref().map(|language| language.code.split('-').next().unwrap_or_default());
    match &block.language {
        Some(language) if Some(language.as_str()) != ours => format!(" lang=\"{}\"", Escaped(language)),
        _ => String::new(),
    }
}

fn inline(sheet: &Sheet, piece: &Piece, out: &mut dyn Write) -> io::Result<()> {
    let block = &piece.block;
    let cuts: Vec<usize> = block.emphasis.iter().flat_map(|(start, end)| [*start as usize, *end as usize]).collect();
    let cuts: Vec<usize> = cuts.into_iter().filter(|at| block.text.is_char_boundary(*at)).collect();
    for segment in segments(block.text.len(), &piece.marks, &cuts) {
        let within = |(start, end): &(u32, u32)| {
            (*start as usize) <= segment.range.start && segment.range.end <= (*end as usize)
        };
        let em = !segment.range.is_empty() && block.emphasis.iter().any(within);
        let (open, close) = if em { ("<em>", "</em>") } else { ("", "") };
        if segment.roles.is_empty() {
            write!(out, "{open}")?;
            text(sheet, block, segment.range, out)?;
            write!(out, "{close}")?;
        } else {
            marked(sheet, piece, &segment, (open, close), out)?;
        }
    }
    Ok(())
}

/// A marked piece of text: a link to the finding that accuses it, or a piece of evidence.
fn marked(
    sheet: &Sheet,
    piece: &Piece,
    segment: &Segment,
    (open, close): (&str, &str),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut accused = Vec::new();
    let mut evidence = Vec::new();
    for role in &segment.roles {
        let first = piece.marks.iter().any(|mark| mark.role == *role && mark.range.start == segment.range.start);
        match role {
            Role::Accused(number) => {
                accused.push(*number);
                if first {
                    write!(out, "<span class=\"at\" id=\"p{number}\"></span>")?;
                }
            }
            Role::Evidence(number, which) => {
                evidence.push(format!("{number}.{which}"));
                if first {
                    write!(out, "<span class=\"at\" id=\"e{number}-{which}\"></span>")?;
                }
            }
        }
    }
    let evidence = match evidence.as_slice() {
        [] => String::new(),
        all => format!(" data-e=\"{}\"", all.join(" ")),
    };
    let severity = |number: &usize| {
        sheet.findings.iter().find(|other| other.number == *number).map_or(Severity::Note, |it| it.finding.severity)
    };
    // The severest speaks; of several, the narrowest.
    let lead = accused.iter().rev().max_by_key(|number| severity(number)).copied();
    if let Some(lead) = lead {
        let long = piece.marks.iter().any(|mark| mark.role == Role::Accused(lead) && mark.range.len() > LONG);
        let empty = segment.range.is_empty();
        let all: Vec<String> = accused.iter().map(usize::to_string).collect();
        write!(
            out,
            "<a class=\"m {}{}{}\" href=\"#f{lead}\" data-p=\"{}\"{evidence}>{open}",
            severity(&lead).word(),
            if long { " long" } else { "" },
            if empty { " gap" } else { "" },
            all.join(" ")
        )?;
        if empty {
            write!(out, "‸")?;
        }
        text(sheet, &piece.block, segment.range.clone(), out)?;
        write!(out, "{close}</a>")?;
    } else {
        write!(out, "<span class=\"e\"{evidence}>{open}")?;
        text(sheet, &piece.block, segment.range.clone(), out)?;
        write!(out, "{close}</span>")?;
    }
    for role in &segment.ends {
        if let Role::Accused(number) = role {
            let severity = severity(number);
            write!(
                out,
                "<a class=\"n {}\" href=\"#f{number}\" tabindex=\"-1\" data-n=\"{number}\"><span class=\"vh\"> ({} \
                 </span>{number}<span class=\"vh\">) </span></a>",
                severity.word(),
                severity_name(severity).to_lowercase()
            )?;
        }
    }
    Ok(())
}

/// Text as it is, but for code and pictures, which are one character of a block.
fn text(sheet: &Sheet, block: &Block, range: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
    let Some(shown) = block.text.get(range.clone()) else { return Ok(()) };
    if !shown.contains(OBJECT) {
        return write!(out, "{}", Escaped(shown));
    }
    for (at, c) in shown.char_indices() {
        if c == OBJECT {
            let start = (range.start + at) as u32;
            let span = block.source_span(start, start + OBJECT.len_utf8() as u32);
            let source = sheet.draft.source.slice(span);
            if source.starts_with('`') && source.len() < AROUND {
                write!(out, "<code>{}</code>", Escaped(source.trim_matches('`')))?;
            } else {
                write!(out, "<span class=\"object\">▣</span>")?;
            }
        } else {
            write!(out, "{}", Escaped(c.encode_utf8(&mut [0; 4])))?;
        }
    }
    Ok(())
}
