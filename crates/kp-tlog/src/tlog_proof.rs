//! A proof in one text file: this entry is in that log, at this place, under this signed checkpoint.
//!
//! Rule: C2SP `tlog-proof`, `c2sp.org/tlog-proof@v1`. The receiver needs nothing but the log's key and works offline.
//! `extra` is not covered by any signature and must not be believed for what it says.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointFault, read_decimal};
use crate::hash::{Hash, HashFault};
use crate::key::VerifierKey;
use crate::verify::{ProofFault, verify_inclusion};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// Hashes of the longest path there can be: a tree has at most 2^64 leaves.
const LONGEST_PATH: usize = 64;

/// A proof of inclusion with the checkpoint it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Data of the application, unsigned.
    pub extra: Option<Vec<u8>>,
    /// The entry's number, from 0.
    pub index: u64,
    /// The path from the leaf's neighbour up.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, as the log gave it.
    pub checkpoint: String,
}

/// Why a text is not a proof, or proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofFault {
    /// Another kind of file.
    #[error("a proof begins with the line `{FIRST_LINE}`")]
    FirstLine,
    /// The extra data is not base64.
    #[error("the `extra` line is not base64 as RFC 4648 section 4 writes it")]
    Extra,
    /// There is no readable index.
    #[error(
        "`{0}` is not an index: expected the word `index`, a space and decimal digits without leading zeros"
    )]
    Index(String),
    /// A line of the path is not a hash.
    #[error("line {line} of the proof is not a hash: {fault}")]
    Path {
        /// Line, counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: HashFault,
    },
    /// A path longer than any tree is high.
    #[error("the proof has more than {LONGEST_PATH} hashes; no tree is that high")]
    TooLong,
    /// No empty line before the checkpoint.
    #[error("there is no empty line before the checkpoint: the proof was cut")]
    NoCheckpoint,
    /// The checkpoint is not believed.
    #[error("the checkpoint is not believed: {0}")]
    Checkpoint(#[from] CheckpointFault),
    /// The path does not lead to the checkpoint's root.
    #[error("the entry is not proved to be in the log: {0}")]
    Proof(#[from] ProofFault),
}

impl TlogProof {
    /// Reads the text form; whether it proves anything is for [`TlogProof::verify`] to say.
    pub fn read(text: &str) -> Result<Self, TlogProofFault> {
        let mut lines = text.split_inclusive('\n');
        let mut number = 0;
        let mut next = || {
            number += 1;
            let line =
                lines.next().and_then(|line| line.strip_suffix('\n')).ok_or(TlogProofFault::NoCheckpoint);
            line.map(|line| (number, line))
        };
        if next()?.1 != FIRST_LINE {
            return Err(TlogProofFault::FirstLine);
        }
        let (_, mut line) = next()?;
        let mut extra = None;
        if let Some(encoded) = line.strip_prefix("extra ") {
            extra = Some(STANDARD.decode(encoded).map_err(|_| TlogProofFault::Extra)?);
            line = next()?.1;
        }
        let index = line.strip_prefix("index ").and_then(read_decimal);
        let index = index.ok_or_else(|| TlogProofFault::Index(line.to_owned()))?;
        let mut hashes = Vec::new();
        loop {
            let (line, content) = next()?;
            if content.is_empty() {
                break;
            }
            if hashes.len() == LONGEST_PATH {
                return Err(TlogProofFault::TooLong);
            }
            hashes.push(Hash::from_base64(content).map_err(|fault| TlogProofFault::Path { line, fault })?);
        }
        Ok(Self { extra, index, hashes, checkpoint: lines.collect() })
    }

    /// Whether the entry with this leaf hash stands at this index in the log that signed the checkpoint.
    pub fn verify(&self, leaf: Hash, known: &[VerifierKey]) -> Result<Checkpoint, TlogProofFault> {
        let checkpoint = Checkpoint::open(&self.checkpoint, known)?;
        verify_inclusion(leaf, self.index, checkpoint.size(), &self.hashes, checkpoint.root())?;
        Ok(checkpoint)
    }
}

/// The text form, for a file that ends in `.tlog-proof`.
impl std::fmt::Display for TlogProof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", hash.to_base64())?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}
