//! The language server: `factlint lsp` over standard input and output, thin over the same call as the command line.
//!
//! An editor's messages come in; diagnostics, fixes and hovers go out. Messages are handled one after another, and a
//! draft is checked only when no message waits: so a result is never of an older version than the last that came.

mod drafts;
mod facts;
mod incoming;
mod position;
mod serve;
mod transport;
mod words;

use crate::cli::args::RuleSource;

/// Runs the server until the client leaves. `true` if it left as the protocol asks.
pub(crate) fn run(source: &RuleSource) -> bool {
    let (connection, threads) = transport::stdio();
    let good = serve::serve(&connection, source);
    drop(connection);
    threads.join();
    good
}
