//! The command line: a thin shell over the library. It alone reads the disk, the environment and the terminal.

mod about;
pub(crate) mod args;
mod check;
mod explain;
mod facts;
mod fix;
mod house;
mod inputs;
mod interactive;
mod keys;
mod rules;
pub(crate) mod setup;
mod stet;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};

/// What a run comes to: its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// Findings, a difference, or an example that does not hold.
    Found = 1,
    /// The run itself failed.
    Failed = 2,
}

/// Reads the command line and runs it.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors, and go to standard output; a reader that has left is none either.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    // Not locked: the language server writes from a thread of its own.
    let mut out = io::BufWriter::new(io::stdout());
    let result = run(cli, &mut out).and_then(|verdict| out.flush().map(|()| verdict));
    match result {
        Ok(verdict) => ExitCode::from(verdict as u8),
        // Whoever reads the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "factlint: cannot write the output: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli, out: &mut dyn Write) -> io::Result<Verdict> {
    match cli.command {
        Command::Check(args) => check::run(&args, out),
        Command::Facts(args) => facts::run(&args, out),
        Command::Rules(args) => rules::run(&args, out),
        Command::House(args) => house::run(&args, out),
        Command::Explain(args) => explain::run(&args, out),
        Command::Lsp { source } => Ok(if crate::lsp::run(&source) { Verdict::Clean } else { Verdict::Found }),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "factlint", &mut &mut *out);
            Ok(Verdict::Clean)
        }
    }
}
