//! Who values a lot signs no certificate of it: neither draft nor issue nor validation.
//!
//! Closes: L19, L15. Roles are kept apart when officers are named; this is about persons, so that no change of roles in
//! between helps. A property of the data: the ids compared are those of the signed statements.

use kp_terms::{CertificateNumber, Refuse};

kp_terms::refusals! {
    /// Why somebody does not sign.
    pub enum Refusal {
        /// A valuer signs.
        ValuerSigns { number: CertificateNumber, officer: String } = "valuer_signs", "{officer} valued the goods of {number}; who values a lot neither drafts, issues nor validates its certificate", "separation of duties (L15, L19)";
    }
}

/// Whether none of those who sign has valued.
///
/// # Errors
/// The first who has.
pub fn check(valuers: &[&str], signs: &[&str], number: &CertificateNumber) -> Result<(), Box<dyn Refuse>> {
    match signs.iter().find(|officer| valuers.contains(officer)) {
        Some(officer) => {
            Err(Refusal::ValuerSigns { number: number.clone(), officer: (*officer).to_owned() }.into())
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::*;

    #[test]
    fn no_valuer_among_those_who_sign() {
        let check = |signs: &[&str]| keyed(super::check(&["xa-valuer-1"], signs, &number("XA-1")));
        assert_eq!(check(&["xa-clerk-1", "xa-approver-1"]), Ok(()));
        assert_eq!(check(&["xa-clerk-1", "xa-valuer-1"]).unwrap_err(), "valuer_signs");
    }
}
