//! References of applications taken at an office begin with the office's label: `XA-north-17`.
//!
//! Ours: two offices that cannot ask each other would else give two applications one reference. The capital leaves the
//! labels to the offices by leaving them alone; a reference that comes twice all the same is a problem, never an overwrite.

use kp_log::{Desk, Failure, OfficeName};

kp_terms::refusals! {
    /// Why a reference does not serve at this desk.
    pub enum Refusal {
        /// It does not begin with the office's label.
        NotOfThisOffice { reference: String, office: OfficeName, participant: String } = "reference_not_of_office", "reference {reference} must begin with {participant} and the label of office {office}, for example {participant}-north-17 at an office north, so that no other desk gives it too", "one reference, one desk (T35)";
    }
}

/// That a reference is one of this desk's.
///
/// # Errors
/// Refuses where an office's label is missing.
pub(crate) fn check(desk: &Desk<'_>, reference: &str) -> Result<(), Failure> {
    let Some(office) = desk.node.office() else { return Ok(()) };
    let participant = office.participant().to_string();
    if reference.starts_with(&format!("{participant}-{}-", office.label())) {
        return Ok(());
    }
    Err(Failure::refused(Refusal::NotOfThisOffice { reference: reference.to_owned(), office, participant }))
}
