//! A lot as the tables give it, and the words it is described with.

use kp_terms::{Carats, Date, FieldValue, Kind, ParticipantCode, ReadError, UsdCents};

use crate::{Goods, ValueLine};

macro_rules! words {
    ($(#[$meta:meta])* $type:ident, $what:literal, $($(#[$doc:meta])* $variant:ident => $word:literal),*) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$doc])* $variant),* }

        impl $type {
            /// The word used in statements, tables and forms.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.word()) }
        }

        impl std::str::FromStr for $type {
            type Err = ReadError;
            fn from_str(text: &str) -> Result<Self, ReadError> {
                match text.trim() {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(ReadError::new(format!("{text:?} is not {}; write one of {}", $what, [$($word),*].join(", ")))),
                }
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(self.word()) }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl FieldValue for $type {
            const KIND: Kind = Kind::Choice(&[$($word),*]);
            fn read(typed: &[String]) -> Result<Self, ReadError> { kp_terms::read_one(typed) }
        }
    };
}

words!(
    /// Whose value it is.
    Party, "a party",
    /// What the exporter declares; a clerk takes it down.
    Exporter => "exporter",
    /// The government's valuer.
    Government => "government",
    /// The independent house.
    Independent => "independent"
);

words!(
    /// In which condition the goods were valued. Cleaning can double an estimate (domain 7, DR Congo).
    Stage, "a stage",
    /// As they were brought.
    AsPresented => "as-presented",
    /// After cleaning.
    Cleaned => "cleaned"
);

words!(
    /// Where goods are weighed.
    Point, "a point of weighing",
    /// When they come in.
    Reception => "reception",
    /// When they are valued.
    Valuation => "valuation",
    /// When they are sealed.
    Sealing => "sealing"
);

words!(
    /// What is explained.
    Matter, "a matter to explain",
    /// Values far apart.
    Spread => "spread",
    /// Weights that differ.
    Weight => "weight"
);

/// One value of a lot: sealed at first, open when all are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Condition of the goods.
    pub stage: Stage,
    /// Whose.
    pub party: Party,
    /// Who put it in.
    pub valued_by: String,
    /// The key it was sealed with is an officer's; only that key opens it.
    pub key_id: String,
    /// The instant that went into the seal, RFC 3339.
    pub sealed_at: String,
    /// SHA-256 that commits to the value; empty where it was put in openly, as the last.
    pub commitment: String,
    /// The sealed value; empty where it was put in openly.
    pub sealed: String,
    /// When it was opened.
    pub opened_on: Option<Date>,
    /// Its lines, once it is open.
    pub lines: Vec<ValueLine>,
    /// The price book it was made with.
    pub price_book: Option<String>,
}

impl Value {
    /// The value of the whole lot, once it is open.
    pub fn total(&self) -> Option<UsdCents> {
        self.opened_on.and_then(|_| ValueLine::total(&self.lines))
    }
}

/// One weighing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// Where.
    pub point: Point,
    /// What the scale showed.
    pub carats: Carats,
    /// Which scale.
    pub scale: String,
    /// SHA-256 of a photograph of its display.
    pub photo: Option<String>,
    /// Who weighed.
    pub weighed_by: String,
    /// When.
    pub weighed_on: Date,
}

/// One signature under an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Of what.
    pub matter: Matter,
    /// The figures it explains; it stands for no others.
    pub figures: String,
    /// The explanation.
    pub explanation: String,
    /// Whose signature.
    pub explained_by: String,
}

/// A lot with everything known about it that may be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// The office's own reference, `XA-L-17`.
    pub lot: String,
    /// Who values.
    pub participant: ParticipantCode,
    /// The application it is or will be for.
    pub application: String,
    /// The exporter's licence.
    pub licence_number: String,
    /// How many values must be in: 1 the government's; 2 the exporter's as well; 3 the independent one as well.
    pub required: u32,
    /// When it was opened.
    pub opened_on: Date,
    /// By whom.
    pub opened_by: String,
    /// What is in it.
    pub goods: Vec<Goods>,
    /// Its values, by stage and party.
    pub values: Vec<Value>,
    /// Its weighings, in the order of the log.
    pub weighings: Vec<Weighing>,
    /// Explanations, in the order of the log.
    pub explanations: Vec<Explanation>,
}

impl Lot {
    /// The last stage at which anybody has valued: cleaned goods are valued anew.
    pub fn stage(&self) -> Stage {
        self.values.iter().map(|value| value.stage).max().unwrap_or(Stage::AsPresented)
    }

    /// The values of one stage.
    pub fn values_at(&self, stage: Stage) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(move |value| value.stage == stage)
    }

    /// The parties whose values must be in.
    pub fn required_parties(&self) -> &'static [Party] {
        match self.required {
            0 | 1 => &[Party::Government],
            2 => &[Party::Exporter, Party::Government],
            _ => &[Party::Exporter, Party::Government, Party::Independent],
        }
    }

    /// The required parties that have not put in a value at a stage.
    pub fn missing_at(&self, stage: Stage) -> Vec<Party> {
        let has = |party: &Party| self.values_at(stage).any(|value| value.party == *party);
        self.required_parties().iter().copied().filter(|party| !has(party)).collect()
    }

    /// All carats.
    pub fn carats(&self) -> Carats {
        Carats::sum(self.goods.iter().map(|goods| goods.carats)).unwrap_or_default()
    }

    /// Who valued for the government or an independent house, each once: these persons sign no certificate of the lot.
    pub fn valuers(&self) -> Vec<&str> {
        let mut valuers: Vec<&str> = self
            .values
            .iter()
            .filter(|value| value.party != Party::Exporter)
            .map(|value| value.valued_by.as_str())
            .collect();
        valuers.sort_unstable();
        valuers.dedup();
        valuers
    }
}
