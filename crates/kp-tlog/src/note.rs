//! Signed notes: text, an empty line, signature lines. Anybody can read one; only the named keys can make one.
//!
//! Rule: C2SP `signed-note`. Stricter in two points: a note has at most 64 signature lines, and a known key signs
//! once. Text is handed out only after a known key's signature was verified.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::key::{CheckpointKey, VerifierKey, is_key_name};

/// Signature lines read at most; the C2SP text asks for at least 16.
const MOST_SIGNATURES: usize = 64;

/// Why a note is not believed, or not even a note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// A control character other than newline.
    #[error("line {line} holds the control character {found:#04x}; a note holds none but newlines")]
    ControlCharacter {
        /// Line, counted from 1.
        line: usize,
        /// The character's code.
        found: u32,
    },
    /// The last line is not ended.
    #[error("the last line does not end in a newline: the note was cut")]
    NoFinalNewline,
    /// No empty line before signatures.
    #[error("there is no empty line between text and signatures")]
    NoEmptyLine,
    /// There is no text, or none that ends a line.
    #[error("the note has no text before its signatures")]
    NoText,
    /// Nothing is signed.
    #[error("there is no signature line after the empty line")]
    NoSignatures,
    /// Too many signature lines.
    #[error("the note has {0} signature lines; at most {MOST_SIGNATURES} are read")]
    TooManySignatures(usize),
    /// A signature line of another form.
    #[error("line {line} is not a signature: expected an em dash, a space, a key name, a space and base64")]
    SignatureLine {
        /// Line, counted from 1.
        line: usize,
    },
    /// The signature is too short to hold a key id.
    #[error("line {line}: the signature has {found} bytes; 4 of key id and a signature are needed")]
    ShortSignature {
        /// Line, counted from 1.
        line: usize,
        /// Bytes found.
        found: usize,
    },
    /// A known key's signature is wrong.
    #[error(
        "line {line}: this is not the signature of key `{name}` over this text; the text or the signature was altered"
    )]
    WrongSignature {
        /// Line, counted from 1.
        line: usize,
        /// The key's name.
        name: String,
    },
    /// A known key stands there twice.
    #[error("line {line}: key `{name}` signs a second time")]
    SignedTwice {
        /// Line, counted from 1.
        line: usize,
        /// The key's name.
        name: String,
    },
    /// No known key signed.
    #[error("none of the {known} known keys signed this note; it is signed by {signers}")]
    NoKnownKey {
        /// Number of keys it was held against.
        known: usize,
        /// Names of those who say they signed.
        signers: String,
    },
}

/// A note that at least one known key has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedNote<'a> {
    /// The signed text, with its final newline.
    pub text: &'a str,
    /// The known keys whose signatures were verified, in the order of the note.
    pub signers: Vec<&'a VerifierKey>,
}

/// Signs a text that ends in a newline and puts the signature line under it.
pub fn sign_note(text: &str, key: &CheckpointKey) -> Result<String, NoteFault> {
    no_control_characters(text)?;
    if text.is_empty() || text == "\n" {
        return Err(NoteFault::NoText);
    }
    if !text.ends_with('\n') {
        return Err(NoteFault::NoFinalNewline);
    }
    let public = key.verifier_key();
    let signature = [&public.id()[..], &key.sign(text)].concat();
    Ok(format!("{text}\n\u{2014} {} {}\n", public.name(), STANDARD.encode(signature)))
}

/// Verifies a note: every signature of a known key must be right, and there must be one. Others are passed over.
pub fn open_note<'a>(note: &'a str, known: &'a [VerifierKey]) -> Result<OpenedNote<'a>, NoteFault> {
    no_control_characters(note)?;
    if !note.ends_with('\n') {
        return Err(NoteFault::NoFinalNewline);
    }
    // The last empty line divides: the text may hold empty lines, the signatures none.
    let at = note.rfind("\n\n").ok_or(NoteFault::NoEmptyLine)?;
    let (text, signatures) = (&note[..=at], &note[at + 2..]);
    if text == "\n" {
        return Err(NoteFault::NoText);
    }
    let lines: Vec<&str> = signatures.lines().collect();
    match lines.len() {
        0 => return Err(NoteFault::NoSignatures),
        count if count > MOST_SIGNATURES => return Err(NoteFault::TooManySignatures(count)),
        _ => {}
    }
    let first_line = text.lines().count() + 2;
    let mut signers: Vec<&VerifierKey> = Vec::new();
    let mut names = Vec::new();
    for (line, content) in (first_line..).zip(lines) {
        let (name, id, signature) = read_signature(line, content)?;
        names.push(name);
        let Some(key) = known.iter().find(|key| key.name() == name && key.id() == id) else { continue };
        if signers.contains(&key) {
            return Err(NoteFault::SignedTwice { line, name: name.to_owned() });
        }
        if !key.signed(text, &signature) {
            return Err(NoteFault::WrongSignature { line, name: name.to_owned() });
        }
        signers.push(key);
    }
    if signers.is_empty() {
        return Err(NoteFault::NoKnownKey { known: known.len(), signers: names.join(", ") });
    }
    Ok(OpenedNote { text, signers })
}

/// `— name base64(key id || signature)`.
fn read_signature(line: usize, content: &str) -> Result<(&str, [u8; 4], Vec<u8>), NoteFault> {
    let form = || NoteFault::SignatureLine { line };
    let (name, encoded) =
        content.strip_prefix("\u{2014} ").and_then(|rest| rest.split_once(' ')).ok_or_else(form)?;
    if !is_key_name(name) {
        return Err(form());
    }
    let bytes = STANDARD.decode(encoded).map_err(|_| form())?;
    match bytes.split_first_chunk::<4>() {
        Some((id, signature)) if !signature.is_empty() => Ok((name, *id, signature.to_vec())),
        _ => Err(NoteFault::ShortSignature { line, found: bytes.len() }),
    }
}

fn no_control_characters(text: &str) -> Result<(), NoteFault> {
    for (line, content) in (1..).zip(text.split('\n')) {
        if let Some(found) = content.chars().find(|c| *c < ' ') {
            return Err(NoteFault::ControlCharacter { line, found: found.into() });
        }
    }
    Ok(())
}
