//! Where the programs of a PostgreSQL server lie, and which user may run them.
//!
//! Distributions keep `initdb` and `postgres` out of `PATH`; and `initdb` refuses to run as root.

use std::path::{Path, PathBuf};

use crate::{Missing, find_program};

/// Users that may run a throwaway server where the tests run as root.
const USERS: [&str; 2] = ["postgres", "nobody"];

/// A user and its group, as numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct User {
    pub(super) id: u32,
    pub(super) group: u32,
}

/// The folder that holds `initdb` and `postgres`, the newest where there are several.
pub(super) fn folder() -> Result<PathBuf, Missing> {
    let mut folders = Vec::new();
    // A link in PATH is followed: the programs look for their files beside themselves.
    folders.extend(
        find_program("initdb")
            .and_then(|file| file.canonicalize().ok())
            .and_then(|file| file.parent().map(Path::to_owned)),
    );
    let mut installed: Vec<PathBuf> = versions(Path::new("/usr/lib/postgresql"));
    installed.sort_by_key(|folder| std::cmp::Reverse(version_of(folder)));
    folders.extend(installed.into_iter().map(|folder| folder.join("bin")));
    folders.extend(["/usr/local/bin", "/usr/local/pgsql/bin"].map(PathBuf::from));
    let whole = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    folders.into_iter().find(whole).ok_or_else(|| Missing {
        reason: "no PostgreSQL server program (initdb, postgres) was found".into(),
        remedy: "`apt-get install postgresql`, or set KP_TEST_POSTGRES to the address of a test server"
            .into(),
    })
}

fn versions(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else { return Vec::new() };
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

fn version_of(folder: &Path) -> u32 {
    let name = folder.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

/// Whom to run a server as, where this process is root; `None` where it is not and may run it itself.
pub(super) fn user_instead_of(own: u32) -> Result<Option<User>, Missing> {
    if own != 0 {
        return Ok(None);
    }
    let known = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = USERS.iter().find_map(|name| known.lines().find_map(|line| user_of(line, name)));
    found.map(Some).ok_or_else(|| Missing {
        reason: "the tests run as root, PostgreSQL refuses to, and there is no user postgres or nobody"
            .into(),
        remedy: "run the tests as an ordinary user".into(),
    })
}

/// Reads a line `name:password:user:group:...`.
fn user_of(line: &str, name: &str) -> Option<User> {
    let mut parts = line.split(':');
    (parts.next()? == name).then_some(())?;
    parts.next()?;
    Some(User { id: parts.next()?.parse().ok()?, group: parts.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::user_of;

    #[test]
    fn users_are_read_by_their_whole_name() {
        let user =
            user_of("postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash", "postgres").unwrap();
        assert_eq!((user.id, user.group), (101, 104));
        assert!(user_of("postgres2:x:5:5::/:/bin/sh", "postgres").is_none());
        assert!(user_of("postgres:x:many", "postgres").is_none());
    }
}
