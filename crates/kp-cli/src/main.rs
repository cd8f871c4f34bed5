//! The `kpcs` command: reads arguments, opens the node, calls one function, prints what came of it.
//!
//! Decides nothing: rules are in the rooms, and what an act asks for is described by the act itself. The one place
//! that reads the machine's clock is [`clock`]. Everything printed works without a terminal: no colour, no cursor
//! movement on standard output, progress on standard error only.

mod act_command;
mod answer;
mod arguments;
mod clock;
mod commands;
mod declared;
mod instance;
mod language;
mod passphrase;
mod place;
mod screen;

use std::process::ExitCode;

fn main() -> ExitCode {
    listen();
    let command = match arguments::read() {
        Ok(command) => command,
        Err(error) => return answer::usage(&error),
    };
    language::choose(command.lang);
    answer::exit_code(commands::run(command))
}

/// What the rooms report beside their results goes to standard error: warnings and what broke.
fn listen() {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .with_target(false)
        .init();
}
