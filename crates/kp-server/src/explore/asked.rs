//! What the explorer was asked: measure, source, span, class and day, all in the address, so that a picture can be sent to
//! somebody who then sees the same.

use kp_db::Tx;
use kp_registry::Role;
use kp_statistics::{
    Declared,
    explore::{Amounts, Span, Told, told_by_register, told_by_returns},
    figure::Visibility,
};
use kp_terms::{Date, Half, HsCode, ParticipantCode, Quarter};

use crate::{
    asked::Asked,
    frame::Frame,
    problem::{FieldSaid, Problem, Said},
    statistics::show::KnownOn,
};

/// What an amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Carats,
    Value,
    UnitValue,
}

impl Of {
    pub(crate) const ALL: [Self; 3] = [Self::Carats, Self::Value, Self::UnitValue];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Carats => "carats",
            Self::Value => "value",
            Self::UnitValue => "unit",
        }
    }

    /// Its unit beside figures.
    pub(crate) const fn unit(self) -> &'static str {
        match self {
            Self::Carats => "ct",
            Self::Value => "US$",
            Self::UnitValue => "US$/ct",
        }
    }

    /// Which of the amounts.
    pub(crate) fn amount(self, amounts: Amounts) -> Option<i64> {
        match self {
            Self::Carats => Some(amounts.carats),
            Self::Value => Some(amounts.cents),
            Self::UnitValue => amounts.unit_value(),
        }
    }
}

/// Whose telling of trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// Returns, as participants declared them.
    Returns,
    /// The register's own count of departures and arrivals.
    Register,
}

impl Source {
    pub(crate) const ALL: [Self; 2] = [Self::Returns, Self::Register];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Returns => "returns",
            Self::Register => "register",
        }
    }
}

/// Everything that was asked.
pub(crate) struct Question {
    pub(crate) known: KnownOn,
    pub(crate) of: Of,
    pub(crate) source: Source,
    pub(crate) span: Span,
    pub(crate) participant: Option<ParticipantCode>,
    pub(crate) as_csv: bool,
}

const PARAMETERS: [&str; 9] =
    ["as_of", "known_on", "of", "source", "from", "until", "hs", "participant", "format"];

impl Question {
    pub(crate) fn read(asked: &Asked, today: Date) -> Result<Self, Problem> {
        asked.only(&PARAMETERS)?;
        let span = Span {
            from: quarter(asked, "from", 1)?,
            until: quarter(asked, "until", 4)?,
            hs: asked.read::<HsCode>("hs")?,
        };
        Ok(Self {
            known: KnownOn::of(asked, today)?,
            of: chosen(asked, "of", Of::ALL.map(|of| (of.word(), of)))?,
            source: chosen(asked, "source", Source::ALL.map(|source| (source.word(), source)))?,
            span,
            participant: asked.read("participant")?,
            as_csv: asked.text("format") == "csv",
        })
    }

    /// The question as it stands in an address, with another word in one place.
    pub(crate) fn with(&self, name: &str, word: &str) -> String {
        let mut pairs = [
            ("of", self.of.word().to_owned()),
            ("source", self.source.word().to_owned()),
            ("from", self.span.from.map(|q| q.to_string()).unwrap_or_default()),
            ("until", self.span.until.map(|q| q.to_string()).unwrap_or_default()),
            ("hs", self.span.hs.map(|hs| hs.to_string()).unwrap_or_default()),
            ("participant", self.participant.map(|code| code.to_string()).unwrap_or_default()),
            ("as_of", if self.known.is_today { String::new() } else { self.known.day.to_string() }),
            ("format", String::new()),
        ];
        for pair in pairs.iter_mut().filter(|pair| pair.0 == name) {
            word.clone_into(&mut pair.1);
        }
        let said: Vec<String> = pairs
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| format!("{name}={text}"))
            .collect();
        format!("?{}", said.join("&"))
    }

    /// Whether a year is in the span.
    pub(crate) fn takes_year(&self, year: i16) -> bool {
        self.span.from.is_none_or(|from| year >= from.year)
            && self.span.until.is_none_or(|until| year <= until.year)
    }

    /// Trade as it is told, as far as whoever looks may read it; and whether it is returns that tell it.
    pub(crate) fn told(&self, tx: &mut Tx<'_>, frame: &Frame) -> Result<Vec<Told>, Problem> {
        let known_at = kp_node::declared::end_of(self.known.day)?;
        Ok(match self.source {
            Source::Register => told_by_register(&kp_statistics::cells_as_known_on(tx, known_at)?),
            Source::Returns => {
                let declared = kp_statistics::declared_as_known_on(tx, known_at, None, None)?;
                told_by_returns(declared.iter().filter(|it| may_read(frame, it)))
            }
        })
    }
}

/// A figure is read by those whom its participant lets read it (Annex III(d)).
pub(crate) fn may_read(frame: &Frame, it: &Declared) -> bool {
    let Some(officer) = frame.viewer.officer() else { return true };
    match it.figure.as_ref().map(|figure| figure.visibility) {
        Some(Visibility::Secretariat) => {
            let of_scheme = [Role::Statistics, Role::Secretariat];
            officer.body == it.participant.as_str()
                || (officer.body == "scheme" && officer.roles.iter().any(|role| of_scheme.contains(role)))
        }
        _ => true,
    }
}

/// `2026-Q1`; or a half or a whole year, as axes are labelled, whose first or last quarter is meant.
fn quarter(asked: &Asked, name: &str, of_year: u8) -> Result<Option<Quarter>, Problem> {
    if let Ok(half) = asked.text(name).parse::<Half>() {
        let number = if of_year == 1 { half.half * 2 - 1 } else { half.half * 2 };
        return Ok(format!("{}-Q{number}", half.year).parse().ok());
    }
    match asked.text(name).parse::<i16>() {
        Ok(year) if (1900..=9999).contains(&year) => Ok(format!("{year}-Q{of_year}").parse().ok()),
        _ => asked.read(name),
    }
}

/// One of a few words; the first where none is given.
fn chosen<T: Copy, const N: usize>(asked: &Asked, name: &str, words: [(&str, T); N]) -> Result<T, Problem> {
    let text = asked.text(name);
    let found = words.iter().find(|(word, _)| *word == text || text.is_empty());
    found.map(|(_, it)| *it).ok_or_else(|| {
        let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let said = Said::of("input-unknown-parameter").with("known", known);
        Problem::fields(vec![FieldSaid::new(name, said)])
    })
}
