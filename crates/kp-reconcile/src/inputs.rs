//! Which files are read: named one by one, or found in a folder by their names.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The files of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// One row for each certificate.
    pub certificates: PathBuf,
    /// One row for each import confirmation.
    pub confirmations: PathBuf,
    /// Declared production, for the balances.
    pub production: Option<PathBuf>,
    /// Declared stocks, for the balances.
    pub stocks: Option<PathBuf>,
}

/// How a file holds its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated text.
    Csv,
    /// Apache Parquet.
    Parquet,
}

impl Format {
    /// By the file's ending.
    pub(crate) fn of(path: &Path) -> Result<Self, Failure> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("parquet") => Ok(Self::Parquet),
            _ => Err(Failure::about(path, "expected a file whose name ends in .csv or .parquet")),
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

impl Inputs {
    /// The file of a table in a folder, as `.csv` or `.parquet`.
    pub(crate) fn find(folder: &Path, name: &str) -> Option<PathBuf> {
        find(folder, name, None)
    }

    /// Finds `certificates`, `confirmations`, `production` and `stocks` in a folder, each as `.csv` or `.parquet`.
    ///
    /// # Errors
    /// Where certificates or confirmations are not there.
    pub fn in_folder(folder: &Path, format: Option<Format>) -> Result<Self, Failure> {
        if !folder.is_dir() {
            return Err(Failure::about(
                folder,
                "expected a folder with certificates.csv and confirmations.csv, or .parquet",
            ));
        }
        let find = |name: &str| find(folder, name, format);
        let need = |name: &str| {
            find(name).ok_or_else(|| {
                let endings = format.map_or("csv or .parquet", Format::ending);
                Failure::about(folder, format!("there is no {name}.{endings} in this folder"))
            })
        };
        Ok(Self {
            certificates: need("certificates")?,
            confirmations: need("confirmations")?,
            production: find("production"),
            stocks: find("stocks"),
        })
    }
}

fn find(folder: &Path, name: &str, format: Option<Format>) -> Option<PathBuf> {
    let formats = match &format {
        Some(format) => std::slice::from_ref(format),
        None => &[Format::Csv, Format::Parquet],
    };
    let mut paths = formats.iter().map(|format| folder.join(format!("{name}.{}", format.ending())));
    // Where both are there, the text is read: it can be looked at with any program. The report names the file.
    paths.find(|path| path.is_file())
}

/// What is decided by the person who runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Certificates issued by this day should have been confirmed: days since 1970-01-01.
    pub answered_until: i32,
    /// Threads.
    pub threads: usize,
    /// More bytes than this are not held at once; nothing for no limit.
    pub memory: Option<u64>,
}

impl Settings {
    /// 2024-11-01, as the workload has it.
    pub const ANSWERED_UNTIL: i32 = 20_028;

    /// A day written `YYYY-MM-DD`.
    pub fn day(text: &str) -> Option<i32> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let number = crate::calendar::day_number(year, month, day)?;
        i32::try_from(number).ok().filter(|number| crate::calendar::written(*number) == text)
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn the_day_of_the_workload() {
        assert_eq!(Settings::day("2024-11-01"), Some(Settings::ANSWERED_UNTIL));
        assert_eq!(Settings::day("2024-11-1"), None);
        assert_eq!(Settings::day("2024-11"), None);
    }
}
