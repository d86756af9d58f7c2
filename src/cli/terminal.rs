//! What the terminal is: colour, width, progress.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Colour;
use crate::report::Look;

/// A run that takes longer shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// How to print on standard output.
pub fn look(colour: Colour) -> Look {
    let terminal = io::stdout().is_terminal();
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let colour = match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    };
    let columns = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|_| terminal);
    Look { colour, width: width.or_else(columns).unwrap_or(80).clamp(40, 400) }
}

/// Progress on the terminal, once a run has taken a while.
pub struct Progress {
    started: std::time::Instant,
    total: usize,
    bar: Option<ProgressBar>,
    shown: bool,
}

impl Progress {
    pub fn new(total: usize, quiet: bool) -> Progress {
        let shown = !quiet && total > 1 && io::stderr().is_terminal();
        Progress { started: std::time::Instant::now(), total, bar: None, shown }
    }

    /// So many drafts are done.
    pub fn at(&mut self, done: usize) {
        if !self.shown || self.bar.is_none() && self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:24} {pos} of {len} drafts")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::with_draw_target(Some(self.total as u64), ProgressDrawTarget::stderr()).with_style(style)
        });
        bar.set_position(done as u64);
    }

    /// Takes it off the terminal.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
