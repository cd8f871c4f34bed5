//! The small words of a production row: year and half, declaration, production type, visibility.
//!
//! Each reader answers the value, or a sentence that says what is wrong together with how to mend it.

use kp_statistics::{
    AnnexTable,
    production::{Declaration, ProductionType},
};
use kp_terms::{Half, HsCode, Sentence, sentence};

use crate::cell::says_nothing;
use crate::names::squeeze;

/// What is wrong with a cell, and how to mend it.
pub(crate) type Fault = (String, String);

/// What the declaration column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declared {
    Is(Declaration),
    /// Imports, exports or certificates.
    NotProduction,
}

pub(crate) fn declared(text: &str) -> Result<Declared, Fault> {
    match text {
        "Production" => return Ok(Declared::Is(Declaration::Production)),
        "No Production" => return Ok(Declared::Is(Declaration::NoProduction)),
        _ => {}
    }
    match squeeze(text).as_str() {
        "production" => Ok(Declared::Is(Declaration::Production)),
        "noproduction" | "nilreturn" | "nilproduction" | "noproduccion" => {
            Ok(Declared::Is(Declaration::NoProduction))
        }
        word if ["import", "export", "reexport", "certificate", "transit"]
            .iter()
            .any(|w| word.contains(w)) =>
        {
            Ok(Declared::NotProduction)
        }
        "" => Err(("the declaration is missing".to_owned(), mend_declaration())),
        _ => Err((format!("{text:?} is not a declaration of production"), mend_declaration())),
    }
}

fn mend_declaration() -> String {
    "write Production, or No Production for a nil return".to_owned()
}

pub(crate) fn production_type(text: &str) -> Result<ProductionType, Box<(Sentence, Sentence)>> {
    match text {
        "" | "Production" => return Ok(ProductionType::Unlabelled),
        "ASM" => return Ok(ProductionType::Artisanal),
        "LSM" => return Ok(ProductionType::LargeScale),
        _ => {}
    }
    match squeeze(text).as_str() {
        "asm"
        | "artisanal"
        | "artisanale"
        | "artesanal"
        | "artisanalandsmallscale"
        | "artisanalandsmallscalemining"
        | "smallscale" => Ok(ProductionType::Artisanal),
        "lsm" | "largescale" | "largescalemining" | "industrial" | "industrielle" => {
            Ok(ProductionType::LargeScale)
        }
        "production" | "unlabelled" | "noproduction" => Ok(ProductionType::Unlabelled),
        _ if says_nothing(text) => Ok(ProductionType::Unlabelled),
        _ => Err(Box::new((
            sentence!("cell-no-type", "{text} is not a type of production", text = format!("{text:?}")),
            sentence!(
                "cell-mend-type",
                "write ASM (artisanal and small-scale), LSM (large-scale), or leave it empty",
            ),
        ))),
    }
}

pub(crate) fn year(text: &str) -> Result<i16, Fault> {
    let digits = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00")).unwrap_or(text);
    match digits.parse::<i16>() {
        Ok(year) if (2003..=2099).contains(&year) && digits.len() == 4 => Ok(year),
        Ok(year) => Err((
            format!("{year} is not a year of the scheme, whose returns begin in 2003"),
            "write the year with four digits, for example 2008".to_owned(),
        )),
        Err(_) => {
            let sentence = if text.is_empty() {
                "the year is missing".to_owned()
            } else {
                format!("{text:?} is not a year")
            };
            Err((sentence, "write the year with four digits, for example 2008".to_owned()))
        }
    }
}

pub(crate) fn half(text: &str) -> Result<u8, Fault> {
    match text {
        "1" => return Ok(1),
        "2" => return Ok(2),
        _ => {}
    }
    let mend = "write 1 for January to June or 2 for July to December";
    match squeeze(text).as_str() {
        "h1" | "s1" | "1h" | "i" | "first" | "firsthalf" | "1sthalf" | "half1" | "semester1"
        | "semestre1" => Ok(1),
        "h2" | "s2" | "2h" | "ii" | "second" | "secondhalf" | "2ndhalf" | "half2" | "semester2"
        | "semestre2" => Ok(2),
        _ if matches!(text, "1.0" | "01" | "1.00") => Ok(1),
        _ if matches!(text, "2.0" | "02" | "2.00") => Ok(2),
        "" => Err(("the half is missing".to_owned(), mend.to_owned())),
        "3" | "4" | "q1" | "q2" | "q3" | "q4" => Err((
            format!("{text:?} is a quarter, and production is returned by half-year"),
            format!("add the quarters of each half up, and {mend}"),
        )),
        _ => Err((format!("{text:?} is not a half-year"), mend.to_owned())),
    }
}

/// The customs class that a cell names, with or without dots, of six digits or more. A spreadsheet program makes the number
/// 7102.1 of 7102.10, which no other class can be.
pub(crate) fn class(text: &str) -> Option<HsCode> {
    let mut digits: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
    if digits == "71021" && text.ends_with(".1") | text.ends_with(",1") {
        digits.push('0');
    }
    let dotted = digits.split_at_checked(4).map(|(four, two)| format!("{four}.{two}")).unwrap_or_default();
    text.parse().or_else(|_| dotted.parse()).ok()
}

/// The table of Annex III that a word such as `Exports`, `importation` or `Produção` names.
pub(crate) fn annex_table(text: &str) -> Option<AnnexTable> {
    let word = squeeze(text);
    let begins = |beginnings: &[&str]| beginnings.iter().any(|it| word.starts_with(it));
    match word.as_str() {
        "x" => Some(AnnexTable::Exports),
        "m" => Some(AnnexTable::Imports),
        _ if begins(&["export", "reexport"]) => Some(AnnexTable::Exports),
        _ if begins(&["import", "reimport"]) => Some(AnnexTable::Imports),
        _ if begins(&["produ", "noproduction"]) => Some(AnnexTable::Production),
        _ if begins(&["stock", "existencia"]) => Some(AnnexTable::Stocks),
        _ if begins(&["certific"]) => Some(AnnexTable::Certificates),
        _ => None,
    }
}

/// Year and half in one cell: `2008-H1`.
pub(crate) fn period(text: &str) -> Result<Half, Fault> {
    let half: Half = text.parse().map_err(|_| {
        let sentence = format!("{text:?} is not a half-year");
        (sentence, "write year and half, for example 2008-H1".to_owned())
    })?;
    year(&half.year.to_string())?;
    Ok(half)
}

/// A flag, or nothing where the cell says neither yes nor no.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match squeeze(text).as_str() {
        "true" | "yes" | "y" | "1" | "public" | "oui" | "vrai" => Some(true),
        "false" | "no" | "n" | "0" | "private" | "non" | "faux" => Some(false),
        _ => None,
    }
}
