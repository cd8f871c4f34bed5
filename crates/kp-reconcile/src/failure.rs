//! What stops the work as a whole, each in a sentence that says what, where, and how to mend it.

use std::{io, path::Path};

/// Why there are no results.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The files cannot be what they should be, or are too much: the sentence says which and what to do.
    #[error("{0}")]
    Input(String),
    /// The disk said no.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done, with the path.
        doing: String,
        /// What the system said.
        source: io::Error,
    },
}

impl Failure {
    /// A failure of the disk while doing something with a path.
    pub(crate) fn io(doing: &str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let doing = format!("{doing} {}", path.display());
        move |source| Self::Io { doing, source }
    }

    /// A sentence about a file.
    pub(crate) fn about(path: &Path, sentence: impl std::fmt::Display) -> Self {
        Self::Input(format!("{}: {sentence}", path.display()))
    }
}
