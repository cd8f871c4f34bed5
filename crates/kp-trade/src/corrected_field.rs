//! What of a certificate can be corrected after it was signed, and what never is.
//!
//! Scheme: IN-DGFT34 (India, 28 September 2020: typographical or facially obvious errors only, and only as the issuing
//! authority instructs), domain 3.6. Closes: L34. Carats, value, class, origin, destination, parcels and the parties
//! themselves are never corrected: within tolerance nothing needs it, and beyond it is another shipment.

use kp_terms::Refuse;

use crate::Certificate;

kp_terms::closed_words! {
    /// A field of a certificate. All can be named, so that the refusal can say why most are not corrected.
    pub enum CorrectedField, "a field of a certificate" {
        /// How the importer's name is spelled.
        ImporterName = "importer-name",
        /// The importer's address.
        ImporterAddress = "importer-address",
        /// The importer's number in its register, where the papers name one.
        ImporterRegistration = "importer-registration",
        /// How the exporter's name is spelled.
        ExporterName = "exporter-name",
        /// The exporter's address.
        ExporterAddress = "exporter-address",
        /// A remark.
        Remarks = "remarks",
        /// Never corrected.
        Carats = "carats",
        /// Never corrected.
        Value = "value",
        /// Never corrected.
        Class = "class",
        /// Never corrected.
        Origin = "origin",
        /// Never corrected.
        Destination = "destination",
        /// Never corrected.
        Parcels = "parcels",
        /// Never corrected.
        Number = "number",
        /// Never corrected.
        Dates = "dates",
    }
}

kp_terms::refusals! {
    /// Why something is not corrected.
    pub enum Refusal {
        /// Weight and value.
        AmountsAreNotCorrected { field: CorrectedField } = "amounts_are_not_corrected", "{field} of a certificate are never corrected: within tolerance nothing needs it, beyond it the shipment is another; report a difference, or invalidate it and issue anew", "IN-DGFT34: obvious errors only; L34";
        /// What makes it this shipment.
        NotCorrectable { field: CorrectedField } = "not_correctable", "{field} says which shipment this is and is never corrected; invalidate the certificate and issue anew", "domain 3.6; L34";
        /// Too much for a spelling.
        AnotherParty { was: String, becomes: String } = "another_party", "{becomes} is not another spelling of {was} but another party; the certificate is not transferred", "CA-Act s.38; IN-DGFT34; L34";
        /// Nothing changes.
        NothingChanges { was: String } = "nothing_changes", "the certificate says {was} already", "a correction says something new";
    }
}

impl CorrectedField {
    /// Whether the field may be corrected at all.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn may_be_corrected(self) -> Result<(), Box<dyn Refuse>> {
        match self {
            Self::ImporterName
            | Self::ImporterAddress
            | Self::ImporterRegistration
            | Self::ExporterName
            | Self::ExporterAddress
            | Self::Remarks => Ok(()),
            Self::Carats | Self::Value => Err(Refusal::AmountsAreNotCorrected { field: self }.into()),
            Self::Class | Self::Origin | Self::Destination | Self::Parcels | Self::Number | Self::Dates => {
                Err(Refusal::NotCorrectable { field: self }.into())
            }
        }
    }

    /// What the certificate says there.
    pub(crate) fn on(self, certificate: &Certificate, exporter: &(String, String)) -> String {
        match self {
            Self::ImporterName => certificate.application.importer.clone(),
            Self::ImporterAddress => certificate.application.importer_address.clone(),
            Self::ExporterName => exporter.0.clone(),
            Self::ExporterAddress => exporter.1.clone(),
            // No field of the certificate holds these: what is corrected is the paper.
            _ => String::new(),
        }
    }

    /// Whether the new text is the old one, better spelled.
    ///
    /// # Errors
    /// Why it is not.
    pub(crate) fn is_a_correction(self, was: &str, becomes: &str) -> Result<(), Box<dyn Refuse>> {
        let (was, becomes) = (was.trim(), becomes.trim());
        if was == becomes {
            return Err(Refusal::NothingChanges { was: was.to_owned() }.into());
        }
        let is_name = matches!(self, Self::ImporterName | Self::ExporterName);
        if is_name && !is_another_spelling(was, becomes) {
            return Err(Refusal::AnotherParty { was: was.to_owned(), becomes: becomes.to_owned() }.into());
        }
        Ok(())
    }
}

/// Whether two names differ by a few letters: at most three, and at most a fifth of the longer one. Ours.
fn is_another_spelling(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let (one, other) = (letters(one), letters(other));
    let limit = (one.len().max(other.len()) / 5).min(3);
    distance(&one, &other) <= limit
}

/// Letters to change, add or leave out to make one text the other (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, a) in one.iter().enumerate() {
        let mut before = above;
        let mut next = vec![above + 1];
        for (b, up) in other.iter().zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or_default();
            let changed = before + usize::from(a != b);
            before = *up;
            next.push(changed.min(up + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CorrectedField, distance, is_another_spelling};

    #[test]
    fn a_spelling_is_corrected_and_a_party_is_not() {
        for (was, becomes, same) in [
            ("Harbour Gems BV", "Harbour Gems B.V.", true),
            ("Harbuor Gems", "Harbour Gems", true),
            ("HARBOUR GEMS", "Harbour Gems", true),
            ("Harbour Gems", "Harbour Gems Trading", false),
            ("Harbour Gems", "River Stones", false),
            ("AB", "AC", false),
            ("Алмазы Севера", "Алмазы Севера", true),
        ] {
            assert_eq!(is_another_spelling(was, becomes), same, "{was} / {becomes}");
        }
        let of = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!((of("kitten", "sitting"), of("", "abc"), of("abc", "abc")), (3, 3, 0));
    }

    /// L34: a typing error in a weight is never corrected, however it is called.
    #[test]
    fn only_a_closed_list_can_be_corrected() {
        let may: Vec<&str> = CorrectedField::ALL
            .iter()
            .filter(|field| field.may_be_corrected().is_ok())
            .map(|field| field.word())
            .collect();
        assert_eq!(
            may,
            [
                "importer-name",
                "importer-address",
                "importer-registration",
                "exporter-name",
                "exporter-address",
                "remarks"
            ]
        );
    }
}
