//! The command line: flags to a configuration, the library, an exit code. The only place that prints.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the command line")]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
