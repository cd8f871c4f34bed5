//! What an officer wants by e-mail: where to, how often, in which language. Without a setting, messages wait in the office.

use std::{fmt, str::FromStr};

use anyhow::Result;
use jiff::Timestamp;
use kp_db::{Row, Sql, Tx, sql};
use kp_language::Language;
use kp_terms::{FieldProblem, ReadError};

const SETTING: Sql = sql!("setting");
const SETTINGS: Sql = sql!("settings");
const RECORD_SETTING: Sql = sql!("record_setting");
/// Longest address (RFC 5321 4.5.3.1.3).
const LONGEST: usize = 254;

/// How often an officer is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Not at all.
    None,
    /// Each message at once.
    Instant,
    /// All of a day in one.
    Daily,
}

impl Cadence {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::None, Self::Instant, Self::Daily];

    /// The word in tables and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Instant => "instant",
            Self::Daily => "daily",
        }
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Cadence {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let found = Self::ALL.into_iter().find(|cadence| cadence.word() == text);
        found
            .ok_or_else(|| ReadError::new(format!("{text:?} is not how often: write none, instant or daily")))
    }
}

/// An officer's setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Whose.
    pub officer_id: String,
    /// Where to; empty where nothing is to be sent.
    pub address: String,
    /// How often.
    pub cadence: Cadence,
    /// In which language.
    pub language: Language,
}

impl Setting {
    /// A setting as it was typed.
    ///
    /// # Errors
    /// Names every field that does not serve.
    pub fn read(
        officer_id: &str,
        address: &str,
        cadence: &str,
        language: &str,
    ) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong =
            |field: &str, sentence: String| problems.push(FieldProblem { field: field.into(), sentence });
        let address = address.trim().to_owned();
        let cadence = cadence.parse::<Cadence>().map_err(|error| wrong("cadence", error.to_string())).ok();
        let language = language.parse::<Language>().map_err(|error| wrong("language", error)).ok();
        if !address.is_empty() && !reads_as_address(&address) {
            wrong(
                "address",
                format!(
                    "{address:?} does not read as an e-mail address; write for example a.sample@office.example"
                ),
            );
        }
        if address.is_empty() && cadence.is_some_and(|cadence| cadence != Cadence::None) {
            wrong("address", "write the address to which messages are sent, or choose that none are".into());
        }
        match (cadence, language, problems.is_empty()) {
            (Some(cadence), Some(language), true) => {
                Ok(Self { officer_id: officer_id.to_owned(), address, cadence, language })
            }
            _ => Err(problems),
        }
    }

    /// The setting of an officer.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn of(tx: &mut Tx<'_>, officer_id: &str) -> Result<Option<Self>> {
        tx.optional(SETTING, &[officer_id.into()], setting)
    }

    /// All settings.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Self>> {
        tx.rows(SETTINGS, &[], setting)
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn keep(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<()> {
        let at = now.to_string();
        let row = [
            (&self.officer_id).into(),
            (&self.address).into(),
            self.cadence.word().into(),
            self.language.code().into(),
            (&at).into(),
        ];
        tx.execute(RECORD_SETTING, &row)?;
        Ok(())
    }
}

/// Enough to catch a slip; whether somebody is there the mail server finds out. Nothing that could start another header.
fn reads_as_address(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || ".-_+'=~/".contains(c))
    };
    text.len() <= LONGEST
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            plain(local)
                && plain(domain)
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        })
}

fn setting(row: &Row<'_>) -> Result<Setting> {
    let language: String = row.get(3)?;
    Ok(Setting {
        officer_id: row.get(0)?,
        address: row.get(1)?,
        cadence: row.word(2)?,
        language: language.parse().map_err(anyhow::Error::msg)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address() {
        for good in ["a.sample@office.example", "a+b@x.y", "o'neil@mail.office.example"] {
            assert!(reads_as_address(good), "{good}");
        }
        for bad in
            ["", "a", "a@b", "a b@x.y", "a@x.y\r\nBcc: c@x.y", "a@x.y, b@x.y", "<a@x.y>", "a@.y", "a@x."]
        {
            assert!(!reads_as_address(bad), "{bad:?}");
        }
        assert_eq!(Setting::read("o", "", "daily", "de").unwrap_err().len(), 2);
    }
}
