//! `pretty`: for people. Each finding with an excerpt of its line, the evidence, and the ways to mend it.

use std::fmt;
use std::io::{self, Write};

use factlint_rules::Severity;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use textwrap::WordSplitter;

use super::excerpt::{Excerpts, LONGEST};
use super::summary::not_checked;
use super::{Draft, Report, Run, Summary, Trouble, plural, printable};
use crate::findings::{Finding, Label};
use crate::source::{Source, Span};

/// Labels that are shown; the others are counted.
const LABELS: usize = 3;
/// A label farther from the others than so many characters has a snippet of its own.
const NEAR: usize = 60;

/// A place farther along its line than this is not drawn: nobody would see it, and miette fails on very far ones.
const FARTHEST: usize = 10_000;

/// How the output looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// With colour.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// For people.
#[derive(Clone, Copy, Debug)]
pub struct Pretty {
    /// How it looks.
    pub look: Look,
    /// Findings only: no summary.
    pub quiet: bool,
}

impl Report for Pretty {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let handler = self.look.handler();
        let mut text = String::new();
        for draft in &run.drafts {
            for finding in &draft.outcome.findings {
                text.clear();
                let shown = diagnostic(draft, finding, self.look.width);
                handler.render_report(&mut text, &shown).map_err(io::Error::other)?;
                writeln!(out, "{}", trim_lines(&text))?;
            }
        }
        for trouble in &run.troubles {
            self.trouble(trouble, out)?;
        }
        if !self.quiet {
            writeln!(out, "{}", run.unchecked().map_or_else(|| Summary::of(run).line(), str::to_owned))?;
            for line in not_checked(run) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }

    fn tells_troubles(&self) -> bool {
        true
    }
}

impl Pretty {
    /// Writes what could not be done.
    pub fn trouble(&self, trouble: &Trouble, out: &mut dyn Write) -> io::Result<()> {
        let mut text = String::new();
        let handler = self.look.handler();
        match &trouble.diagnostic {
            Some(diagnostic) if trouble.place.is_none_or(|(_, column)| column < FARTHEST) => {
                handler.render_report(&mut text, diagnostic.as_ref())
            }
            _ => handler.render_report(&mut text, &Plain(trouble)),
        }
        .map_err(io::Error::other)?;
        writeln!(out, "{}", trim_lines(&text))
    }
}

impl Look {
    fn handler(self) -> GraphicalReportHandler {
        let theme = if self.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        GraphicalReportHandler::new_themed(theme)
            .with_width(self.width)
            .with_links(false)
            .with_context_lines(1)
            // A rule's id is copied, and must not end at the end of a line.
            .with_word_splitter(WordSplitter::NoHyphenation)
    }
}

/// Blanks at the ends of lines are noise in a diff and in a mail.
fn trim_lines(text: &str) -> String {
    text.trim_start_matches('\n').lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// A trouble without a place in a file that could be drawn.
#[derive(Debug)]
struct Plain<'a>(&'a Trouble);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let place = self.0.place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
        write!(f, "{}{place}: {}", printable(&self.0.path), printable(&self.0.message))
    }
}

impl std::error::Error for Plain<'_> {}

impl Diagnostic for Plain<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }
}

/// A finding, ready to be rendered.
#[derive(Debug)]
struct Shown {
    message: String,
    code: String,
    severity: miette::Severity,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    excerpts: Excerpts,
}

/// A finding as miette shows it, for a terminal of that width.
pub fn diagnostic(draft: &Draft, finding: &Finding, width: usize) -> impl Diagnostic + use<> {
    let source = &draft.source;
    let mut excerpts = Excerpts::new(printable(&source.path));
    let mut labels = Vec::new();
    // A mark amid the accused words is drawn as if it stood behind them.
    let is_amid = |label: &&Label| finding.span.start() < label.span.start() && label.span.end() <= finding.span.end();
    let outside: Vec<&Label> = finding.labels.iter().filter(|label| !is_amid(label)).collect();
    let hidden = outside.len().saturating_sub(LABELS);
    let shown = nearest(finding.span, outside);
    for (at, group) in groups(source, finding.span, &shown).into_iter().enumerate() {
        let mut spans: Vec<Span> = group.iter().map(|label| label.span).collect();
        if at == 0 {
            spans.insert(0, finding.span);
        }
        let hull = spans.iter().copied().reduce(Span::to).unwrap_or_default();
        let characters = source.slice(hull).chars().count().min(LONGEST);
        // The gutter and the marks of a cut take about a dozen columns.
        let side = (width.saturating_sub(characters + 12) / 2).clamp(12, 40);
        let mut places = excerpts.add(source, &spans, side).into_iter();
        if at == 0 {
            labels.extend(places.next().map(|place| LabeledSpan::new_primary_with_span(None, place)));
        }
        for (label, place) in group.iter().zip(places) {
            let text = (!label.text.is_empty()).then(|| printable(&label.text));
            labels.push(LabeledSpan::new_with_span(text, place));
        }
    }
    Shown {
        message: printable(&finding.message),
        code: format!("{}[{}]", finding.severity.word(), finding.rule),
        severity: match finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        },
        help: help(finding, hidden),
        labels,
        excerpts,
    }
}

/// Of the labels those nearest to the accused words, in the order of the text.
fn nearest(accused: Span, mut labels: Vec<&Label>) -> Vec<&Label> {
    let distance = |label: &Label| {
        let (a, b) = (accused, label.span);
        b.start().saturating_sub(a.end()).max(a.start().saturating_sub(b.end()))
    };
    labels.sort_by_key(|label| distance(label));
    labels.truncate(LABELS);
    labels.sort_by_key(|label| label.span);
    labels
}

/// Labels that stand near each other, in one line; the first group stands around the primary span.
fn groups<'a>(source: &Source, primary: Span, labels: &[&'a Label]) -> Vec<Vec<&'a Label>> {
    let near = |hull: Span, span: Span| {
        let all = source.slice(hull.to(span));
        let between = Span::new(hull.end().min(span.end()), hull.start().max(span.start()));
        source.slice(between).chars().count() <= NEAR && !all.contains(['\n', '\r']) && all.chars().count() <= LONGEST
    };
    let mut around = (primary, Vec::new());
    let mut others: Vec<(Span, Vec<&Label>)> = Vec::new();
    // Outwards from the primary span, so that a chain of near labels stays one snippet.
    let mut sorted: Vec<&&Label> = labels.iter().collect();
    sorted.sort_by_key(|label| label.span.start().abs_diff(primary.start()));
    for label in sorted {
        if label.span != primary && near(around.0, label.span) {
            around = (around.0.to(label.span), around.1);
            around.1.push(*label);
        } else if let Some(other) = others.iter_mut().find(|other| near(other.0, label.span)) {
            other.0 = other.0.to(label.span);
            other.1.push(label);
        } else {
            others.push((label.span, vec![label]));
        }
    }
    others.sort_by_key(|other| other.0);
    std::iter::once(around.1)
        .chain(others.into_iter().map(|other| other.1))
        .map(|mut group| {
            group.sort_by_key(|label| label.span);
            group
        })
        .collect()
}

fn help(finding: &Finding, uncounted: usize) -> Option<String> {
    // Only the editor knows which of two facts is right; what `--fix` does unasked is told apart.
    let word = |safe: bool| if safe { "safe fix" } else { "possible fix" };
    let mut lines: Vec<String> =
        finding.fixes.iter().map(|fix| format!("{}: {}", word(fix.safe), printable(&fix.title))).collect();
    if uncounted > 0 {
        lines.push(format!("and {} of evidence", plural(uncounted, "more place")));
    }
    lines.extend(finding.help.as_deref().map(printable));
    if !finding.also.is_empty() {
        lines.push(format!("also found by {}", finding.also.join(", ")));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
