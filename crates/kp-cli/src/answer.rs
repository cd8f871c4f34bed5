//! What a command answers to the shell: an exit code, and at most one message on standard error.
//!
//! 0 done; 1 something was found, or we said no; 2 what was typed cannot be understood; 3 something broke. A reader
//! that goes away (`kpcs ... | head`) is no error and gets no message.

use std::process::ExitCode;

use clap::error::ErrorKind;
use kp_log::Failure;
use kp_node::ActFailure;
use kp_terms::{FieldProblem, Refuse};

use crate::{arguments, language, screen};

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, and nothing was found wrong.
    Done,
    /// Done, and something was found: a fault, a difference, a refused row. It was printed already.
    Found,
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// We said no, with a rule.
    Refused(Box<dyn Refuse>),
    /// What was typed cannot be read: one sentence for each field.
    Fields(Vec<FieldProblem>),
    /// What was typed does not fit together.
    Usage(String),
    /// Something broke.
    Error(anyhow::Error),
}

/// What every command returns.
pub(crate) type Answer = Result<Outcome, Trouble>;

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self::Error(error)
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Error(error.into())
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Refused(refusal),
            Failure::Error(error) => Self::Error(error),
        }
    }
}

impl From<ActFailure> for Trouble {
    fn from(failure: ActFailure) -> Self {
        match failure {
            ActFailure::Fields(problems) => Self::Fields(problems),
            ActFailure::Failure(failure) => failure.into(),
        }
    }
}

/// Prints what is left to say and gives the exit code.
pub(crate) fn exit_code(answer: Answer) -> ExitCode {
    match answer {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(Trouble::Refused(refusal)) => {
            screen::aside(&language::refused(refusal.as_ref(), None));
            ExitCode::from(1)
        }
        Err(Trouble::Fields(problems)) => {
            for problem in problems {
                screen::aside(&format!("error: --{}: {}", problem.field.replace('_', "-"), problem.sentence));
            }
            screen::aside("Nothing was done. The option --help shows each field with an example.");
            ExitCode::from(2)
        }
        Err(Trouble::Usage(sentence)) => {
            screen::aside(&format!("error: {sentence}"));
            ExitCode::from(2)
        }
        Err(Trouble::Error(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(Trouble::Error(error)) => {
            screen::aside(&format!("error: {error:#}"));
            ExitCode::from(3)
        }
    }
}

/// What clap says of arguments it cannot read; help and version are no errors.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    // `kpcs` alone: clap would only name the subcommands.
    if error.kind() == ErrorKind::MissingSubcommand && std::env::args_os().count() == 1 {
        screen::aside(arguments::help().trim_end());
        return ExitCode::from(2);
    }
    // A terminal that cannot be written to leaves nobody to tell.
    error.print().unwrap_or_default();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
