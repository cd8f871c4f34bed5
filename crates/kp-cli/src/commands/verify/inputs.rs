//! What was named on the command line, as things to look at: codes, a typed number, files, folders of files.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::civil::Date;
use kp_node::offline::DeskScan;

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
    /// Certificates, or none; and what else is to be said.
    Scan(DeskScan),
    /// Number and check code.
    Typed {
        /// The number.
        number: String,
        /// The check code.
        check_code: String,
        /// The day of issue.
        issued_on: Option<Date>,
    },
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
            Self::Codes(texts) => ("what was typed".to_owned(), Found::Scan(DeskScan::of_texts(texts))),
            Self::File(file) => {
                let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
                (file.display().to_string(), Found::Scan(DeskScan::of_file(&bytes)))
            }
        })
    }
}
