//! The demonstration's data folder, and the mark that it is one. A folder without the mark is never deleted and never
//! used: it may be somebody's real data.

use std::path::Path;

use anyhow::{Context, Result, bail};
use jiff::{Timestamp, TimestampRound, Unit};
use serde::{Deserialize, Serialize};

use crate::place::is_data_folder;

const MARK: &str = "kpcs-demo.json";

/// The mark in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// What this folder is, for a person who finds it.
    what: String,
    /// The moment at which the invented world ends.
    pub(super) ends: Timestamp,
    /// Whether the world was played to its end.
    pub(super) played: bool,
    /// Whether years of invented trade belong to it: a world that was cut short goes on as it began.
    #[serde(default)]
    pub(super) with_trade: bool,
}

impl Mark {
    /// A new world that ends now.
    pub(super) fn new(now: Timestamp, with_trade: bool) -> Self {
        let whole = TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Floor);
        Self {
            what: "Made by `kpcs demo`: an invented world. `kpcs demo --fresh` deletes this folder.".into(),
            ends: now.round(whole).unwrap_or(now),
            played: false,
            with_trade,
        }
    }

    /// Reads the mark of a folder, where there is one.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(MARK);
        match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)
                .map(Some)
                .with_context(|| format!("{} is damaged; delete the folder by hand", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        }
    }

    /// Writes the mark. It is there before anything else is, so that a demonstration cut short can be deleted.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder).with_context(|| {
            format!("making the folder {}; check that you may write there", folder.display())
        })?;
        let (path, beside) = (folder.join(MARK), folder.join("kpcs-demo.new"));
        let written = std::fs::write(&beside, serde_json::to_string_pretty(self)?)
            .and_then(|()| std::fs::File::open(&beside)?.sync_all())
            .and_then(|()| std::fs::rename(&beside, &path));
        written.with_context(|| format!("writing {}", path.display()))
    }
}

/// Empties a demonstration's folder; refuses to touch any other. The mark goes last, so that a deletion cut short can be
/// gone on with.
pub(super) fn delete(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    if Mark::read(folder)?.is_none() {
        bail!(
            "{} was not made by `kpcs demo`, so it is not deleted; name another folder with --data",
            folder.display()
        );
    }
    let reading = || format!("reading the folder {}", folder.display());
    for entry in std::fs::read_dir(folder).with_context(reading)? {
        let path = entry.with_context(reading)?.path();
        if path.file_name().is_some_and(|name| name == MARK) {
            continue;
        }
        // A link is taken away, not what it leads to.
        let folder = path.symlink_metadata().with_context(reading)?.is_dir();
        let removed = if folder { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        removed.with_context(|| format!("deleting {}", path.display()))?;
    }
    std::fs::remove_file(folder.join(MARK))
        .with_context(|| format!("deleting the mark in {}", folder.display()))
}

/// Says no to a folder that holds other data.
pub(super) fn refuse_foreign(folder: &Path) -> Result<()> {
    if Mark::read(folder)?.is_some() || !folder.exists() {
        return Ok(());
    }
    if is_data_folder(folder) {
        bail!(
            "{} holds real data; the demonstration needs a folder of its own, name one with --data",
            folder.display()
        );
    }
    let empty =
        std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?.next().is_none();
    if !empty {
        bail!(
            "{} is not empty and was not made by `kpcs demo`; name another folder with --data",
            folder.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MARK, Mark, delete};

    #[test]
    fn only_what_a_demonstration_made_is_deleted_and_links_are_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let (demo, other) = (home.path().join("demo"), home.path().join("other"));
        std::fs::create_dir_all(demo.join("keys")).unwrap();
        std::fs::create_dir(&other).unwrap();
        std::fs::write(other.join("mine.txt"), "kept").unwrap();
        assert!(delete(&demo).unwrap_err().to_string().contains("not made by `kpcs demo`"));
        Mark::new("2024-03-20T09:00:00Z".parse().unwrap(), false).write(&demo).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&other, demo.join("link")).unwrap();
        delete(&demo).unwrap();
        assert!(!demo.join("keys").exists() && !demo.join(MARK).exists());
        assert!(other.join("mine.txt").exists());
    }
}
