//! What an officer may do. Roles that may not be held together are refused when the officer is named (L19).

use kp_terms::{FieldValue, Kind, ReadError};

/// A role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Scheme: admits participants, records standing, names the first officers.
    Secretariat,
    /// Scheme: asks questions about figures, closes cases (the Working Group on Statistics).
    Statistics,
    /// Scheme: reads what reviewers read: overrides, dissent, exceptions (the Working Group on Monitoring).
    Monitoring,
    /// Scheme: leads dialogue, reads every question (the Chair of the year). Signs nothing for a participant.
    Chair,
    /// Scheme: industry and civil society; reads what participants share. Signs nothing.
    Observer,
    /// Participant: names authorities and officers, licenses exporters. May not issue.
    Administrator,
    /// Participant: takes applications, drafts certificates.
    Clerk,
    /// Participant: issues what another drafted.
    Approver,
    /// Participant: seals and validates, records departure.
    Customs,
    /// Participant: records arrivals, confirms or reports a difference.
    Importer,
    /// Participant: sends returns, answers questions.
    FocalPoint,
    /// Participant: values lots for the government. Never signs certificates.
    Valuer,
    /// Participant: values lots for an independent house. Never signs certificates.
    IndependentValuer,
    /// Participant: keeps the blank paper, by number.
    Storekeeper,
    /// Participant: takes part in ceremonies of the keys that sign certificates.
    Custodian,
    /// Participant: may set a refusal aside where the law allows it, with reason and legal basis; every time is counted.
    Director,
    /// Participant: reads everything of its own, the trail, and who looked at what. Acts in nothing; may object, as anybody may.
    Auditor,
    /// Participant: a person of a licensed trader or broker, who files applications and gives mandates, and sees only the own.
    Trader,
}

impl Role {
    /// All roles, in the order in which they are shown.
    pub const ALL: [Self; 18] = [
        Self::Secretariat,
        Self::Statistics,
        Self::Monitoring,
        Self::Chair,
        Self::Observer,
        Self::Administrator,
        Self::Clerk,
        Self::Approver,
        Self::Customs,
        Self::Importer,
        Self::FocalPoint,
        Self::Valuer,
        Self::IndependentValuer,
        Self::Storekeeper,
        Self::Custodian,
        Self::Director,
        Self::Auditor,
        Self::Trader,
    ];

    /// The word used in statements and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Secretariat => "secretariat",
            Self::Statistics => "statistics",
            Self::Monitoring => "monitoring",
            Self::Chair => "chair",
            Self::Observer => "observer",
            Self::Administrator => "administrator",
            Self::Clerk => "clerk",
            Self::Approver => "approver",
            Self::Customs => "customs",
            Self::Importer => "importer",
            Self::FocalPoint => "focal-point",
            Self::Valuer => "valuer",
            Self::IndependentValuer => "independent-valuer",
            Self::Storekeeper => "storekeeper",
            Self::Custodian => "custodian",
            Self::Director => "director",
            Self::Auditor => "auditor",
            Self::Trader => "trader",
        }
    }

    /// The roles of a participant's authority: all of its officers but traders, who only come to its desk.
    pub const OF_AUTHORITY: &'static [Self] = &[
        Self::Administrator,
        Self::Clerk,
        Self::Approver,
        Self::Customs,
        Self::Importer,
        Self::FocalPoint,
        Self::Valuer,
        Self::IndependentValuer,
        Self::Storekeeper,
        Self::Custodian,
        Self::Director,
        Self::Auditor,
    ];

    /// Whether the role belongs to a body of the scheme rather than to a participant.
    pub const fn is_of_scheme(self) -> bool {
        matches!(self, Self::Secretariat | Self::Statistics | Self::Monitoring | Self::Chair | Self::Observer)
    }

    /// Pairs that one person may not hold, with the reason.
    pub const INCOMPATIBLE: &'static [(Self, Self, &'static str)] = &[
        (Self::Clerk, Self::Approver, "who drafts a certificate does not issue it"),
        (Self::Administrator, Self::Approver, "who names officers does not issue certificates"),
        (Self::Administrator, Self::Clerk, "who names officers does not draft certificates"),
        (Self::Administrator, Self::Customs, "who names officers does not validate certificates"),
        (Self::Approver, Self::Importer, "who issues certificates does not confirm arrivals"),
        (Self::Valuer, Self::Clerk, "who values a lot does not draft its certificate"),
        (Self::Valuer, Self::Approver, "who values a lot does not issue its certificate"),
        (Self::Valuer, Self::Customs, "who values a lot does not validate its certificate"),
        (Self::IndependentValuer, Self::Clerk, "who values a lot does not draft its certificate"),
        (Self::IndependentValuer, Self::Approver, "who values a lot does not issue its certificate"),
        (Self::IndependentValuer, Self::Customs, "who values a lot does not validate its certificate"),
        (Self::Valuer, Self::IndependentValuer, "the two values of a lot come from two persons"),
        (
            Self::Administrator,
            Self::Custodian,
            "who names officers does not hold the keys that sign certificates",
        ),
        (Self::Approver, Self::Custodian, "who issues certificates does not hold the keys that sign them"),
        (Self::Approver, Self::Storekeeper, "who issues certificates does not keep the blank paper"),
        (Self::Approver, Self::Director, "who issues certificates does not set refusals aside"),
        (Self::Auditor, Self::Administrator, "who audits does none of what is audited"),
        (Self::Auditor, Self::Clerk, "who audits does none of what is audited"),
        (Self::Auditor, Self::Approver, "who audits does none of what is audited"),
        (Self::Auditor, Self::Customs, "who audits does none of what is audited"),
        (Self::Auditor, Self::Importer, "who audits does none of what is audited"),
        (Self::Auditor, Self::FocalPoint, "who audits does none of what is audited"),
        (Self::Auditor, Self::Valuer, "who audits does none of what is audited"),
        (Self::Auditor, Self::IndependentValuer, "who audits does none of what is audited"),
        (Self::Auditor, Self::Storekeeper, "who audits does none of what is audited"),
        (Self::Auditor, Self::Custodian, "who audits does none of what is audited"),
        (Self::Auditor, Self::Director, "who audits does none of what is audited"),
        (Self::Observer, Self::Secretariat, "who observes does none of what is observed"),
        (Self::Observer, Self::Statistics, "who observes does none of what is observed"),
        (Self::Observer, Self::Monitoring, "who observes does none of what is observed"),
        (Self::Observer, Self::Chair, "who observes does none of what is observed"),
        (Self::Trader, Self::Administrator, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Clerk, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Approver, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Customs, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Importer, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::FocalPoint, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Valuer, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::IndependentValuer, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Storekeeper, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Custodian, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Director, "who trades does none of what is decided about traders"),
        (Self::Trader, Self::Auditor, "who trades does none of what is decided about traders"),
    ];
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl std::str::FromStr for Role {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        Self::ALL.into_iter().find(|role| role.word() == text.trim()).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.iter().map(|r| r.word()).collect();
            ReadError::new(format!("{text:?} is not a role; the roles are {}", words.join(", ")))
        })
    }
}

impl serde::Serialize for Role {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> serde::Deserialize<'de> for Role {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FieldValue for Role {
    const KIND: Kind = Kind::Choice(&[
        "secretariat",
        "statistics",
        "monitoring",
        "chair",
        "observer",
        "administrator",
        "clerk",
        "approver",
        "customs",
        "importer",
        "focal-point",
        "valuer",
        "independent-valuer",
        "storekeeper",
        "custodian",
        "director",
        "auditor",
        "trader",
    ]);

    fn read(typed: &[String]) -> Result<Self, ReadError> {
        kp_terms::read_one(typed)
    }
}
