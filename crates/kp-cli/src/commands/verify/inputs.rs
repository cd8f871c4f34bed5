//! What was named on the command line, as things to look at: codes, a typed number, files, folders of files.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::civil::Date;
use kp_node::offline::Pair;
use kp_scan::{Scan, read_codes};

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
            Self::Codes(texts) => {
                ("what was typed".to_owned(), Found::Codes(Pair::in_texts(texts), Vec::new()))
            }
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
            let pairs = Pair::in_texts(scan.codes.into_iter().map(|code| code.text).collect());
            if pairs.is_empty() { Found::Nothing(remarks) } else { Found::Codes(pairs, remarks) }
        }
    }
}

fn remarks(scan: &Scan) -> Vec<String> {
    let unread =
        scan.unread.iter().map(|symbol| format!("a symbol on page {} could not be read", symbol.page));
    unread.chain(scan.left_out.iter().cloned()).collect()
}
