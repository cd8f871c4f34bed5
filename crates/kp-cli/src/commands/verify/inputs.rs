//! What was named on the command line, as things to look at: codes, a typed number, files, folders of files.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::civil::Date;
use kp_certificate::{CREDENTIAL_PREFIX, RECEIPT_PREFIX};
use kp_scan::{Scan, read_codes};
use kp_verify::{Code, Presented};

use crate::{answer::Trouble, arguments::Verify};

/// One thing to look at.
pub(super) enum Input {
    /// A file.
    File(PathBuf),
    /// Codes that were typed or pasted.
    Codes(Vec<String>),
    /// Number and check code.
    Typed(String, String, Option<Date>),
}

/// What it holds.
pub(super) enum Found {
    /// Certificates, each with its receipt where there is one; and what else is to be said.
    Codes(Vec<Pair>, Vec<String>),
    /// Number and check code.
    Typed {
        /// The number.
        number: String,
        /// The check code.
        check_code: String,
        /// The day of issue.
        issued_on: Option<Date>,
    },
    /// No code; and why.
    Nothing(Vec<String>),
}

/// A certificate's code and its receipt's.
pub(super) struct Pair {
    credential: String,
    receipt: Option<String>,
}

impl Pair {
    /// As it is verified.
    pub(super) fn presented(&self) -> Presented<'_> {
        let receipt = self.receipt.as_deref().map(Code::Text);
        Presented::Codes { credential: Code::Text(&self.credential), receipt }
    }
}

/// The inputs in order: what was typed, then files, folders by name.
pub(super) fn of(options: &Verify) -> Result<Vec<Input>, Trouble> {
    let mut inputs = Vec::new();
    if let (Some(number), Some(check_code)) = (&options.number, &options.check_code) {
        inputs.push(Input::Typed(number.clone(), check_code.clone(), options.issued_on));
    }
    let is_code = |text: &&String| text.starts_with("KPC") || text.starts_with("KPR");
    let codes: Vec<String> = options.what.iter().filter(is_code).cloned().collect();
    if !codes.is_empty() {
        inputs.push(Input::Codes(codes));
    }
    for path in options.what.iter().filter(|text| !is_code(text)).map(Path::new) {
        if path.is_dir() {
            inputs.extend(files_in(path)?.into_iter().map(Input::File));
        } else {
            inputs.push(Input::File(path.to_owned()));
        }
    }
    if inputs.is_empty() {
        return Err(Trouble::Usage(
            "say what is to be verified: files, folders, a code, or --number with --check-code".into(),
        ));
    }
    Ok(inputs)
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let reading = || format!("listing {}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

impl Input {
    /// Reads it.
    pub(super) fn found(self) -> Result<(String, Found)> {
        Ok(match self {
            Self::Typed(number, check_code, issued_on) => {
                (format!("{number} {check_code}"), Found::Typed { number, check_code, issued_on })
            }
            Self::Codes(texts) => ("what was typed".to_owned(), Found::Codes(pairs(texts), Vec::new())),
            Self::File(file) => {
                let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
                (file.display().to_string(), scanned(&bytes))
            }
        })
    }
}

fn scanned(bytes: &[u8]) -> Found {
    match read_codes(bytes) {
        Err(error) => Found::Nothing(vec![error.to_string()]),
        Ok(scan) => {
            let remarks = remarks(&scan);
            let pairs = pairs(scan.codes.into_iter().map(|code| code.text).collect());
            if pairs.is_empty() { Found::Nothing(remarks) } else { Found::Codes(pairs, remarks) }
        }
    }
}

fn remarks(scan: &Scan) -> Vec<String> {
    let unread =
        scan.unread.iter().map(|symbol| format!("a symbol on page {} could not be read", symbol.page));
    unread.chain(scan.left_out.iter().cloned()).collect()
}

/// Each certificate begins a pair; the receipt belongs to the certificate before it, or to the first where it came first.
fn pairs(texts: Vec<String>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut early = None;
    for text in texts {
        if !text.starts_with(RECEIPT_PREFIX) {
            // What is neither is judged too: it may be a look-alike.
            let is_ours = text.starts_with(CREDENTIAL_PREFIX);
            let receipt = if is_ours { early.take() } else { None };
            pairs.push(Pair { credential: text, receipt });
        } else if let Some(pair) = pairs.last_mut().filter(|pair| pair.receipt.is_none()) {
            pair.receipt = Some(text);
        } else {
            early = Some(text);
        }
    }
    if let Some(receipt) = early {
        pairs.push(Pair { credential: receipt, receipt: None });
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn receipts_find_their_certificates() {
        let paired = |texts: &[&str]| -> Vec<(String, Option<String>)> {
            let texts = texts.iter().map(|text| (*text).to_owned()).collect();
            pairs(texts).into_iter().map(|pair| (pair.credential, pair.receipt)).collect()
        };
        let pair = |a: &str, b: Option<&str>| (a.to_owned(), b.map(str::to_owned));
        assert_eq!(paired(&["KPC1:A", "KPR1:a"]), [pair("KPC1:A", Some("KPR1:a"))]);
        assert_eq!(paired(&["KPR1:a", "KPC1:A"]), [pair("KPC1:A", Some("KPR1:a"))]);
        assert_eq!(
            paired(&["KPC1:A", "KPC1:B", "KPR1:b", "https://kp.example"]),
            [pair("KPC1:A", None), pair("KPC1:B", Some("KPR1:b")), pair("https://kp.example", None)]
        );
        assert_eq!(paired(&["KPR1:a"]), [pair("KPR1:a", None)]);
    }
}
