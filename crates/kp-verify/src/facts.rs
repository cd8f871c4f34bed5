//! What was signed, line by line and in a language, for comparison with the paper in hand.
//!
//! Customs compare these with the sheet, the seals and the scale (needs P4). Figures keep one form in every language:
//! a comma between thousands, a point before hundredths, the unit beside them.

use kp_certificate::{Content, Kind, Origins, Purpose};

use crate::{Speaker, say::minute};

impl Speaker {
    /// Label and value of everything that the authority signed, in the order of the sheet.
    pub fn facts(&self, content: &Content) -> Vec<(String, String)> {
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let exporter = format!("{} {}", content.exporter.name, content.exporter.registry_id);
        let mut facts = vec![
            ("fact-number", content.number.to_string()),
            ("fact-carats", or_dash(content.carats().map(|carats| carats.grouped()))),
            ("fact-value", or_dash(content.value().map(|value| value.grouped()))),
            ("fact-parcels", content.parcels.to_string()),
            ("fact-seals", content.seals.join(" ")),
            ("fact-from", format!("{}, {}", content.issuer, content.authority)),
            ("fact-to", content.destination.to_string()),
            ("fact-origin", self.origins(&content.origins)),
            ("fact-exporter", exporter.trim().to_owned()),
            ("fact-importer", content.importer.name.clone()),
            ("fact-validated", minute(content.issued_at)),
            ("fact-leaves-before", minute(content.expires_at)),
        ];
        for line in &content.lines {
            let goods = format!("{}: {} ct, US$ {}", line.class, line.carats.grouped(), line.value.grouped());
            facts.push(("fact-class", goods));
        }
        if let Kind::Technical(purpose) = content.kind {
            let key = match purpose {
                Purpose::Seized => "purpose-seized",
                Purpose::Research => "purpose-research",
                Purpose::Return => "purpose-return",
            };
            facts.push(("fact-technical", self.text(key)));
        }
        facts.into_iter().map(|(key, value)| (self.text(key), value)).collect()
    }

    /// A text of the pages around a verdict, by its key in `locales/`; the key itself where it is missing.
    pub fn label(&self, key: &str) -> String {
        self.text(key)
    }

    fn origins(&self, origins: &Origins) -> String {
        match origins {
            Origins::Named(codes) => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Origins::Mixed => self.text("origin-mixed"),
        }
    }
}
