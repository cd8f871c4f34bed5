//! Which files are meant: those named, and of a folder those that can be returns, in the order of their names.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::REPORT_FILES;

/// Endings of files that a folder is searched for.
const ENDINGS: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "xls"];

/// The files to read. Of a folder that is also `out`, an earlier report's own files are left aside.
///
/// # Errors
/// Where a name leads nowhere, or a folder holds nothing that could be read.
pub(crate) fn files(named: &[PathBuf], out: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            files.extend(files_of_folder(path, out)?);
        } else if path.exists() {
            files.push(path.clone());
        } else {
            bail!("{}", nowhere(path));
        }
    }
    Ok(files)
}

fn files_of_folder(folder: &Path, out: &Path) -> Result<Vec<PathBuf>> {
    // Both as the system knows them, for one folder has many names; one that is not there yet holds no report.
    let holds_report =
        folder.canonicalize().ok().zip(out.canonicalize().ok()).is_some_and(|(folder, out)| folder == out);
    let mut files = Vec::new();
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))?
    {
        let path = entry.with_context(|| format!("reading the folder {}", folder.display()))?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let of_report =
            holds_report && path.file_name().is_some_and(|name| REPORT_FILES.iter().any(|own| name == *own));
        if path.is_file() && !of_report && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("the folder {} holds no file that ends in .{}", folder.display(), ENDINGS.join(", ."));
    }
    files.sort();
    Ok(files)
}

/// Refuses a place for the report that is a file already, before any work is done.
///
/// # Errors
/// Where it is one.
pub(crate) fn can_be_a_folder(out: &Path) -> Result<()> {
    if out.is_file() {
        bail!("{} is a file; name a folder for the report", out.display());
    }
    Ok(())
}

fn nowhere(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(['*', '?', '[']) {
        format!("no file matches {text}; write the pattern without quotation marks, or name the folder")
    } else {
        format!("there is no file {text}; check the name and the folder")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::files;

    #[test]
    fn a_folder_means_its_tables_in_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.CSV", "a.xlsx", "notes.md"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let found = files(&[folder.path().to_owned()], Path::new("elsewhere")).unwrap();
        let names: Vec<_> = found.iter().map(|f| f.file_name().unwrap().to_string_lossy()).collect();
        assert_eq!(names, ["a.xlsx", "b.CSV"]);
    }

    #[test]
    fn names_that_lead_nowhere_get_a_sentence() {
        let said = |name: &str| files(&[name.into()], Path::new("elsewhere")).unwrap_err().to_string();
        assert!(said("no/returns.csv").starts_with("there is no file no/returns.csv"));
        assert!(said("no/*.csv").starts_with("no file matches no/*.csv"));
        let empty = tempfile::tempdir().unwrap();
        assert!(
            files(&[empty.path().to_owned()], empty.path())
                .unwrap_err()
                .to_string()
                .contains("holds no file that ends in")
        );
    }
}
