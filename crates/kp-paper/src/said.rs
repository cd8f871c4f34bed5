//! What one certificate says in each field of plain text.

use crate::{
    label::both,
    layout::{Layout, Shows},
    sheet::{CertificateSheet, Container, Party},
};

/// What one certificate says in a field.
pub(crate) fn certified(sheet: &CertificateSheet, layout: &Layout, shows: Shows) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    match shows {
        Shows::Number => sheet.number.to_string(),
        Shows::IssuedOn => sheet.issued_on.to_string(),
        Shows::ExpiresOn => sheet.expires_on.to_string(),
        Shows::ValidatedOn => {
            sheet.validation.as_ref().map(|validation| validation.on.to_string()).unwrap_or_default()
        }
        Shows::Authority => sheet.authority.clone(),
        Shows::Exporter => party(&sheet.exporter, layout),
        Shows::Importer => party(&sheet.importer, layout),
        Shows::Origin => match &sheet.origin {
            kp_terms::Origin::One(code) => place(code.as_str(), &sheet.origin_name),
            kp_terms::Origin::Mixed(_) => {
                format!("{} {}", sheet.origin.printed(), both(layout, "mixed_origin"))
            }
        },
        Shows::Provenance => place(sheet.provenance.participant().as_str(), &sheet.provenance_name),
        Shows::Destination => place(sheet.destination.as_str(), &sheet.destination_name),
        Shows::Parcels => sheet.parcels.to_string(),
        Shows::Containers => {
            let seal = both(layout, "seal_number");
            let line = |container: &Container| format!("{}: {seal} {}", container.label, container.seal);
            sheet.containers.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Shows::Technical => optional(&sheet.technical_purpose),
        Shows::Quality => sheet.quality.clone(),
        Shows::Transit => optional(&sheet.transit_purpose),
        Shows::CheckCode => sheet.codes.as_ref().map_or_else(String::new, |codes| codes.check_code.clone()),
        _ => String::new(),
    }
}

fn place(code: &str, name: &str) -> String {
    if name.trim().is_empty() { code.to_owned() } else { format!("{code} {name}") }
}

fn party(party: &Party, layout: &Layout) -> String {
    let mut text = format!("{}\n{}", party.name, party.address);
    if !party.licence.trim().is_empty() {
        text.push_str(&format!("\n{} {}", both(layout, "licence"), party.licence));
    }
    text
}
