//! Units of weight in customs files: a gram is 5 carats, a kilogram 5,000.

/// What a weight is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Carats,
    Grams,
    Kilograms,
}

impl Unit {
    /// The word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Carats => "carats",
            Self::Grams => "grams",
            Self::Kilograms => "kilograms",
        }
    }

    /// Carats in one of it.
    pub(super) const fn carats(self) -> i64 {
        match self {
            Self::Carats => 1,
            Self::Grams => 5,
            Self::Kilograms => 5_000,
        }
    }
}

/// The unit that a folded heading or a cell names, with or without `net weight` before it; a bare `quantity` names none.
pub(super) fn unit_of(word: &str) -> Option<Unit> {
    if word == "netwgt" {
        return Some(Unit::Kilograms);
    }
    let before = [
        "netweight",
        "weight",
        "quantity",
        "volume",
        "poidsnet",
        "poids",
        "quantite",
        "pesoliquido",
        "peso",
        "quantidade",
    ];
    let bare = before.iter().find_map(|before| word.strip_prefix(before)).unwrap_or(word);
    match bare {
        "carats" | "carat" | "ct" | "cts" | "caratsct" | "caratscts" | "kt" | "quilates" | "quilate"
        | "quilatesct" | "quilatescts" => Some(Unit::Carats),
        "g" | "gram" | "grams" | "grammes" | "gramas" => Some(Unit::Grams),
        "kg" | "kgs" | "kilogram" | "kilograms" | "kilogrammes" | "quilogramas" => Some(Unit::Kilograms),
        _ => None,
    }
}
