//! The words for the columns of a list of confirmations, in the languages in which such lists come.
//!
//! Words are compared without case, accents, blanks and punctuation; the longest beginning that is known counts, so that
//! `Carats received (ct)` is carats and `Date of arrival in Port Sample` a day.

use super::against::word_against_heading;
use crate::cell::Cell;
use crate::names::squeeze;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Number,
    At,
    Carats,
    Value,
    Parcels,
    Arrived,
    Remarks,
}

pub(super) const ROLES: usize = 7;

const WORDS: [(Role, &[&str]); ROLES] = [
    (
        Role::Number,
        &[
            "certificate",
            "certificateno",
            "certificatenumber",
            "certno",
            "certnumber",
            "cert",
            "kpcertificate",
            "kpcno",
            "kpcnumber",
            "kpcertno",
            "kpcsno",
            "kpno",
            "number",
            "no",
            "nr",
            "numerodecertificat",
            "nocertificat",
            "ncertificat",
            "certificat",
            "numero",
            "numerodocertificado",
            "certificado",
        ],
    ),
    (
        Role::At,
        &[
            "importingparticipant",
            "importingauthority",
            "importingcountry",
            "importer",
            "destination",
            "at",
            "confirmedby",
            "participant",
            "country",
            "paysimportateur",
            "paisimportador",
            "from",
        ],
    ),
    (
        Role::Carats,
        &[
            "carats",
            "carat",
            "ct",
            "cts",
            "caratsreceived",
            "caratweight",
            "weight",
            "weightct",
            "poids",
            "peso",
            "quilates",
            "totalcarats",
            "poidsencarats",
        ],
    ),
    (Role::Value, &["value", "valueusd", "usd", "us", "valeur", "valor", "amount"]),
    (Role::Parcels, &["parcels", "noofparcels", "numberofparcels", "parcelcount", "colis", "lots", "pieces"]),
    (
        Role::Arrived,
        &[
            "arrivedon",
            "arrived",
            "arrival",
            "arrivaldate",
            "dateofarrival",
            "date",
            "dateofimport",
            "importdate",
            "importedon",
            "received",
            "receivedon",
            "datereceived",
            "datedarrivee",
            "datearrivee",
            "datadechegada",
            "confirmedon",
            "dateofconfirmation",
        ],
    ),
    (
        Role::Remarks,
        &[
            "remarks",
            "remark",
            "comment",
            "comments",
            "observations",
            "result",
            "status",
            "note",
            "notes",
            "outcome",
        ],
    ),
];

/// Which column has which role, and how it is headed.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    places: [Option<usize>; ROLES],
    written: [String; ROLES],
}

impl Columns {
    /// Reads a row as a header: it names the certificate and the carats or the day.
    pub(super) fn recognise(cells: &[Cell<'_>]) -> Option<Self> {
        let mut columns = Self::default();
        for (at, cell) in cells.iter().enumerate() {
            let Some(role) = role_of(&cell.text) else { continue };
            let place = &mut columns.places[role as usize];
            if place.is_none() {
                *place = Some(at);
                cell.trimmed().clone_into(&mut columns.written[role as usize]);
            }
        }
        let has = |role: Role| columns.places[role as usize].is_some();
        (has(Role::Number) && (has(Role::Carats) || has(Role::Arrived))).then_some(columns)
    }

    pub(super) const fn place(&self, role: Role) -> Option<usize> {
        self.places[role as usize]
    }

    /// How many columns have a role.
    pub(super) fn known(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// A word in a heading that speaks against an arrival: `Certificates not received`.
    pub(super) fn word_against(&self) -> Option<String> {
        self.written.iter().find_map(|heading| word_against_heading(heading))
    }

    /// The header as written, or the usual word.
    pub(super) fn title(&self, role: Role) -> String {
        match self.written[role as usize].as_str() {
            "" => usual_word(role).to_owned(),
            written => written.to_owned(),
        }
    }
}

pub(super) const fn usual_word(role: Role) -> &'static str {
    match role {
        Role::Number => "number",
        Role::At => "importing participant",
        Role::Carats => "carats",
        Role::Value => "value",
        Role::Parcels => "parcels",
        Role::Arrived => "arrived on",
        Role::Remarks => "remarks",
    }
}

/// The role that a word stands for: the word itself, or else the longest known beginning of at least four letters.
pub(super) fn role_of(word: &str) -> Option<Role> {
    let word = squeeze(word);
    // A heading is short; a sentence that begins with "date" is none.
    if word.is_empty() || word.len() > 40 {
        return None;
    }
    let all = || WORDS.iter().flat_map(|(role, words)| words.iter().map(move |known| (*role, *known)));
    let exact = all().find(|(_, known)| *known == word);
    exact
        .or_else(|| {
            all()
                .filter(|(_, known)| known.len() >= 4 && word.starts_with(known))
                .max_by_key(|(_, k)| k.len())
        })
        .map(|(role, _)| role)
}

#[cfg(test)]
mod tests {
    use super::{Role, role_of};

    #[test]
    fn headings_of_many_desks_are_known() {
        for (written, role) in [
            ("Certificate No.", Some(Role::Number)),
            ("KP CERT. NO", Some(Role::Number)),
            ("N° certificat", Some(Role::Number)),
            ("Carats received (ct)", Some(Role::Carats)),
            ("Poids (carats)", Some(Role::Carats)),
            ("Date d'arrivée", Some(Role::Arrived)),
            ("Date of arrival in Port Sample", Some(Role::Arrived)),
            ("Importing Authority", Some(Role::At)),
            ("Value US$", Some(Role::Value)),
            ("No. of parcels", Some(Role::Parcels)),
            ("Seal", None),
            ("", None),
            ("Dear colleagues of the diamond office, please find below", None),
        ] {
            assert_eq!(role_of(written), role, "{written}");
        }
    }
}
