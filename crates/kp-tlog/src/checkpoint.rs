//! A checkpoint: a log's name, its size and its root, signed by the log. Whoever keeps one can later prove a change.
//!
//! Rule: C2SP `tlog-checkpoint`. Stricter in two points, both for outsiders who watch: no extension lines (nobody can
//! audit what they say), and one of the signatures must be by a key named like the origin, so that the key of one log
//! cannot speak for another. A checkpoint carries no time; who needs one keeps it beside.

use crate::hash::{Hash, HashFault, empty_root};
use crate::key::{CheckpointKey, VerifierKey, is_key_name};
use crate::note::{NoteFault, open_note, sign_note};

/// What a log says about itself at one moment.
///
/// ```
/// use kp_tlog::{Checkpoint, CheckpointKey, leaf_hash, root_of};
///
/// let key = CheckpointKey::from_seed("kp.XA/2026", [7; 32])?;
/// let checkpoint = Checkpoint::new("kp.XA/2026", 1, root_of(&[leaf_hash(b"first")]))?;
/// let text = checkpoint.sign(&key)?;
/// assert_eq!(Checkpoint::open(&text, &[key.verifier_key()])?, checkpoint);
/// assert!(Checkpoint::open(&text.replace("\n1\n", "\n2\n"), &[key.verifier_key()]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
}

/// Why a text is not a checkpoint that can be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointFault {
    /// The envelope is wrong.
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// The origin could not be a key's name.
    #[error("`{0}` cannot be an origin: it is not empty and has no space, no `+` and no control character")]
    Origin(String),
    /// Fewer than three lines.
    #[error("a checkpoint has three lines before the empty one: origin, size, root; this has {0}")]
    Lines(usize),
    /// More than three lines.
    #[error("line 4, `{0}`, is an extension line; this log's checkpoints have none")]
    Extension(String),
    /// The size is not a plain decimal number.
    #[error("`{0}` is not a tree size: expected decimal digits without leading zeros")]
    Size(String),
    /// The root is not a hash.
    #[error("the root is not a hash: {0}")]
    Root(#[from] HashFault),
    /// An empty tree with another root.
    #[error("a tree of size 0 has the root SHA-256(\"\"), not {0}")]
    NotEmptyRoot(Hash),
    /// The key belongs to another log.
    #[error("the log `{origin}` is spoken for by a key of that name only, not by {signers}")]
    ForeignKey {
        /// The checkpoint's origin.
        origin: String,
        /// Names of the keys that signed it.
        signers: String,
    },
}

impl Checkpoint {
    /// A checkpoint not yet signed.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointFault> {
        if !is_key_name(origin) {
            return Err(CheckpointFault::Origin(origin.to_owned()));
        }
        if size == 0 && root != empty_root() {
            return Err(CheckpointFault::NotEmptyRoot(root));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// The log's name, unique in the world: `kp.XA/2026`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree over those entries.
    pub fn root(&self) -> Hash {
        self.root
    }

    /// The three lines that are signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }

    /// The whole signed note. The key must bear the origin's name.
    pub fn sign(&self, key: &CheckpointKey) -> Result<String, CheckpointFault> {
        if key.name() != self.origin {
            return Err(self.foreign([key.name()]));
        }
        Ok(sign_note(&self.text(), key)?)
    }

    /// Verifies a signed checkpoint against the keys one trusts and reads it; nothing unverified is ever returned.
    pub fn open(note: &str, known: &[VerifierKey]) -> Result<Self, CheckpointFault> {
        let opened = open_note(note, known)?;
        let checkpoint = Self::read(opened.text)?;
        if !opened.signers.iter().any(|key| key.name() == checkpoint.origin) {
            return Err(checkpoint.foreign(opened.signers.iter().map(|key| key.name())));
        }
        Ok(checkpoint)
    }

    /// Reads the three lines.
    fn read(text: &str) -> Result<Self, CheckpointFault> {
        let lines: Vec<&str> = text.lines().collect();
        let (origin, size, root) = match lines[..] {
            [origin, size, root] => (origin, size, root),
            [_, _, _, extension, ..] => return Err(CheckpointFault::Extension(extension.to_owned())),
            _ => return Err(CheckpointFault::Lines(lines.len())),
        };
        let size = read_decimal(size).ok_or_else(|| CheckpointFault::Size(size.to_owned()))?;
        Self::new(origin, size, Hash::from_base64(root)?)
    }

    fn foreign<'k>(&self, signers: impl IntoIterator<Item = &'k str>) -> CheckpointFault {
        let signers: Vec<String> = signers.into_iter().map(|name| format!("`{name}`")).collect();
        CheckpointFault::ForeignKey { origin: self.origin.clone(), signers: signers.join(", ") }
    }
}

/// Decimal digits without leading zeros, and nothing else (no sign, no space).
pub(crate) fn read_decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text == "0" || !text.starts_with('0');
    if digits && plain { text.parse().ok() } else { None }
}
