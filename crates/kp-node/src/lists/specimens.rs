//! How a participant's papers look, from the registry.

use anyhow::{Context, Result};
use kp_certificate::lists::{Head, Specimen, Specimens};
use kp_db::Tx;
use kp_terms::ParticipantCode;

/// The list as the registry has it.
pub(super) fn list(tx: &mut Tx<'_>, head: Head, code: ParticipantCode) -> Result<Specimens> {
    let forms = kp_registry::specimens_of_participant(tx, code)?;
    let forms = forms.into_iter().map(|form| {
        Ok(Specimen {
            picture_hash: hash(&form.picture_hash)
                .with_context(|| format!("the picture of form {} of {code} has no SHA-256", form.form))?,
            form: form.form,
            valid_from: form.valid_from,
            valid_until: form.valid_until,
            features: form.features,
        })
    });
    Ok(Specimens { head, forms: forms.collect::<Result<_>>()? })
}

fn hash(hex: &str) -> Option<[u8; 32]> {
    let digit = |at: usize| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..32).map(digit).collect();
    bytes.filter(|_| hex.len() == 64)?.try_into().ok()
}
