//! Argon2id over passwords, peppered, and never more than a few at once.
//!
//! OWASP password storage cheat sheet: 19 MiB, two passes, one lane. Closes: T18 in part: each hash takes 19 MiB, so a flood
//! of sign-ins waits in line instead of taking the machine's memory.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use anyhow::{Result, anyhow};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use zeroize::Zeroizing;

/// How many hashes are worked out at once.
const AT_ONCE: usize = 2;

/// Hashes passwords.
pub(crate) struct Hashing {
    pepper: Zeroizing<[u8; 32]>,
    free: Mutex<usize>,
    freed: Condvar,
    /// Compared with where there is no account, so that the answer takes as long.
    nobody: String,
}

impl Hashing {
    pub(crate) fn new(pepper: Zeroizing<[u8; 32]>) -> Result<Self> {
        let mut hashing =
            Self { pepper, free: Mutex::new(AT_ONCE), freed: Condvar::new(), nobody: String::new() };
        hashing.nobody = hashing.hash("of nobody", [0; 16])?;
        Ok(hashing)
    }

    /// The hash of a password in PHC form. `salt` is random bytes.
    pub(crate) fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String> {
        let _turn = self.turn();
        let hash: PasswordHash = self
            .argon2()?
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|e| anyhow!("a password could not be hashed: {e}"))?;
        Ok(hash.to_string())
    }

    /// Whether the password is the one that was hashed; where there is no hash, no, after as long a time.
    pub(crate) fn is_right(&self, password: &str, kept: Option<&str>) -> Result<bool> {
        let _turn = self.turn();
        let hash = PasswordHash::new(kept.unwrap_or(&self.nobody))
            .map_err(|e| anyhow!("a kept password hash does not read: {e}"))?;
        let fits = self.argon2()?.verify_password(password.as_bytes(), &hash).is_ok();
        Ok(fits && kept.is_some())
    }

    fn argon2(&self) -> Result<Argon2<'_>> {
        let params = Params::default();
        Argon2::new_with_secret(self.pepper.as_slice(), Algorithm::Argon2id, Version::V0x13, params)
            .map_err(|e| anyhow!("Argon2 does not take these settings: {e}"))
    }

    fn turn(&self) -> Turn<'_> {
        let mut free = self.lock();
        while *free == 0 {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Turn(self)
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Turn<'a>(&'a Hashing);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.lock() += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_says_its_settings_and_needs_the_pepper() {
        let hashing = Hashing::new(Zeroizing::new([1; 32])).unwrap();
        let kept = hashing.hash("correct horse", [7; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(hashing.is_right("correct horse", Some(&kept)).unwrap());
        assert!(!hashing.is_right("correct hors", Some(&kept)).unwrap());
        assert!(!hashing.is_right("of nobody", None).unwrap(), "nobody has a password");
        let elsewhere = Hashing::new(Zeroizing::new([2; 32])).unwrap();
        assert!(!elsewhere.is_right("correct horse", Some(&kept)).unwrap());
    }
}
