//! Four eyes: who drafted a certificate neither issues nor validates it.
//!
//! Scheme: EU2368 Art 12(2) (validation after content check), rulings 11. Closes: L19. A property of the data: the ids
//! compared are those of the signed statements, not of a screen.

/// Whether a second person acts.
pub fn is_second_person(acting: &str, drafted_by: &str) -> bool {
    acting != drafted_by
}
