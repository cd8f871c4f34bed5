//! Passphrases: from a file, from the environment, or typed without being shown. Never from the command line, where
//! every other process could read them.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use zeroize::Zeroizing;

/// Fewest characters of a new passphrase. Ours: a key file may be copied and tried at leisure.
const FEWEST: usize = 8;

/// Where a passphrase comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The file named on the command line.
    pub(crate) file: Option<&'a PathBuf>,
    /// The option that names it, for sentences.
    pub(crate) option: &'static str,
    /// The environment variable.
    pub(crate) variable: &'static str,
}

impl<'a> Source<'a> {
    /// The passphrase of the officer who acts.
    pub(crate) fn of_signer(file: Option<&'a PathBuf>) -> Self {
        Self { file, option: "--passphrase-file", variable: "KPCS_PASSPHRASE" }
    }

    /// The passphrase under which a new key will lie.
    pub(crate) fn of_new_key(file: Option<&'a PathBuf>) -> Self {
        Self { file, option: "--new-passphrase-file", variable: "KPCS_NEW_PASSPHRASE" }
    }

    /// The passphrase under which a document key lies.
    pub(crate) fn of_document_key(file: Option<&'a PathBuf>) -> Self {
        Self { file, option: "--document-passphrase-file", variable: "KPCS_DOCUMENT_PASSPHRASE" }
    }

    /// The PIN of a token.
    pub(crate) fn of_token(file: Option<&'a PathBuf>) -> Self {
        Self { file, option: "--pin-file", variable: "KPCS_TOKEN_PIN" }
    }

    /// The passphrase of a second officer, which may be the same file where one machine does both.
    pub(crate) fn of_approver(file: Option<&'a PathBuf>, signer: Option<&'a PathBuf>) -> Self {
        let variable = "KPCS_APPROVER_PASSPHRASE";
        let named = std::env::var_os(variable).is_some();
        match file.or(signer.filter(|_| !named)) {
            None if !named => Self::of_signer(None),
            file => Self { file, option: "--approver-passphrase-file", variable },
        }
    }

    /// The passphrase of a key that is there.
    pub(crate) fn ask(&self, whose: &str) -> Result<Zeroizing<String>> {
        match self.given()? {
            Some(passphrase) => Ok(passphrase),
            None => self.typed(&format!("Passphrase of {whose}: ")),
        }
    }

    /// What is given, or typed where there is a terminal; nothing where nobody says anything.
    pub(crate) fn ask_where_possible(&self, prompt: &str) -> Result<Option<Zeroizing<String>>> {
        match self.given()? {
            Some(secret) => Ok(Some(secret)),
            None if std::io::stdin().is_terminal() => {
                Ok(Some(self.typed(prompt)?).filter(|typed| !typed.is_empty()))
            }
            None => Ok(None),
        }
    }

    /// The PIN of a token.
    pub(crate) fn ask_pin(&self, token: &str) -> Result<Zeroizing<String>> {
        match self.given()? {
            Some(pin) => Ok(pin),
            None => self.typed(&format!("PIN of the token {token}: ")),
        }
    }

    /// A passphrase for a key that is being made; typed ones are asked for twice.
    pub(crate) fn ask_new(&self, whose: &str) -> Result<Zeroizing<String>> {
        let passphrase = match self.given()? {
            Some(passphrase) => passphrase,
            None => {
                let first = self.typed(&format!("New passphrase of {whose}: "))?;
                let second = self.typed("The same again: ")?;
                if first != second {
                    bail!("the two passphrases differ; nothing was done");
                }
                first
            }
        };
        if passphrase.chars().count() < FEWEST {
            bail!(
                "the passphrase of {whose} must have at least {FEWEST} characters, because its key lies in a file"
            );
        }
        Ok(passphrase)
    }

    /// What is in the file or the environment, where something is; asks nobody.
    pub(crate) fn given(&self) -> Result<Option<Zeroizing<String>>> {
        if let Some(file) = self.file {
            return first_line(file).map(Some);
        }
        Ok(std::env::var(self.variable).ok().filter(|text| !text.is_empty()).map(Zeroizing::new))
    }

    fn typed(&self, prompt: &str) -> Result<Zeroizing<String>> {
        if !std::io::stdin().is_terminal() {
            bail!(
                "no passphrase was given and there is no terminal to ask at; use {} or {}",
                self.option,
                self.variable
            );
        }
        let typed = rpassword::prompt_password(prompt).context("reading the passphrase")?;
        Ok(Zeroizing::new(typed))
    }
}

fn first_line(file: &Path) -> Result<Zeroizing<String>> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("reading the passphrase file {}", file.display()))?;
    let text = Zeroizing::new(text);
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        bail!("the first line of the passphrase file {} is empty", file.display());
    }
    Ok(Zeroizing::new(line.to_owned()))
}
