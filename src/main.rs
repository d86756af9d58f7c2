//! The thin binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    factlint::cli::main()
}
