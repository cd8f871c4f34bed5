//! What can stand on a certificate, and how one field is described.

use serde::Deserialize;

use crate::{area::Area, colour::Colour, page::Align};

/// What a field shows. The names are those of the layout file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shows {
    Issuer,
    Title,
    TitleLocal,
    Statement,
    StatementLocal,
    Number,
    IssuedOn,
    ExpiresOn,
    ValidatedOn,
    Authority,
    Exporter,
    Importer,
    Origin,
    Provenance,
    Destination,
    Goods,
    Parcels,
    ParcelList,
    Containers,
    Technical,
    Quality,
    Transit,
    CertificateSymbol,
    ReceiptSymbol,
    CheckCode,
    HowToCheck,
    Signature,
    Seal,
    PrintMark,
    Confirmation,
    Text,
    Rule,
}

impl Shows {
    /// The name in a layout file.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Title => "title",
            Self::TitleLocal => "title_local",
            Self::Statement => "statement",
            Self::StatementLocal => "statement_local",
            Self::Number => "number",
            Self::IssuedOn => "issued_on",
            Self::ExpiresOn => "expires_on",
            Self::ValidatedOn => "validated_on",
            Self::Authority => "authority",
            Self::Exporter => "exporter",
            Self::Importer => "importer",
            Self::Origin => "origin",
            Self::Provenance => "provenance",
            Self::Destination => "destination",
            Self::Goods => "goods",
            Self::Parcels => "parcels",
            Self::ParcelList => "parcel_list",
            Self::Containers => "containers",
            Self::Technical => "technical",
            Self::Quality => "quality",
            Self::Transit => "transit",
            Self::CertificateSymbol => "certificate_symbol",
            Self::ReceiptSymbol => "receipt_symbol",
            Self::CheckCode => "check_code",
            Self::HowToCheck => "how_to_check",
            Self::Signature => "signature",
            Self::Seal => "seal",
            Self::PrintMark => "print_mark",
            Self::Confirmation => "confirmation",
            Self::Text => "text",
            Self::Rule => "rule",
        }
    }

    /// The English label, where the layout gives none.
    pub(crate) const fn label(self) -> Option<&'static str> {
        Some(match self {
            Self::Number => "Certificate number",
            Self::IssuedOn => "Date of issue",
            Self::ExpiresOn => "Date of expiry",
            Self::ValidatedOn => "Date of validation",
            Self::Authority => "Issuing authority",
            Self::Exporter => "Exporter",
            Self::Importer => "Importer",
            Self::Origin => "Country of origin",
            Self::Provenance => "Country of provenance",
            Self::Destination => "Country of destination",
            Self::Parcels => "Number of parcels",
            Self::ParcelList => "Parcels",
            Self::Containers => "Containers and seals",
            Self::Technical => "Technical certificate",
            Self::Quality => "Quality and remarks",
            Self::Transit => "Purpose of transit",
            Self::CheckCode => "Check code",
            Self::Signature => "Validated for the exporting authority: name and signature",
            Self::Seal => "Seal of the exporting authority",
            _ => return None,
        })
    }

    /// Mandatory on the paper by CD Annex I.A, whether printed by us or by the printer of the stock.
    pub(crate) const MANDATORY: [Self; 13] = [
        Self::Title,
        Self::Statement,
        Self::Number,
        Self::Origin,
        Self::IssuedOn,
        Self::ExpiresOn,
        Self::Authority,
        Self::Signature,
        Self::Exporter,
        Self::Importer,
        Self::Goods,
        Self::Parcels,
        Self::PrintMark,
    ];

    /// Printed by the printer of pre-printed stock, so that we leave it out there.
    pub(crate) const fn is_on_stock(self) -> bool {
        matches!(
            self,
            Self::Issuer
                | Self::Title
                | Self::TitleLocal
                | Self::Statement
                | Self::StatementLocal
                | Self::HowToCheck
                | Self::Text
                | Self::Rule
        )
    }

    pub(crate) const fn is_symbol(self) -> bool {
        matches!(self, Self::CertificateSymbol | Self::ReceiptSymbol)
    }
}

/// One field of a layout.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) shows: Shows,
    pub(crate) area: Area,
    /// Wanted and least size in points.
    pub(crate) size: f32,
    pub(crate) least: f32,
    pub(crate) font: FontName,
    pub(crate) align: Align,
    pub(crate) tracking: f32,
    pub(crate) colour: Option<Colour>,
    pub(crate) label: Option<String>,
    pub(crate) local: Option<String>,
    /// For `text`: what stands there.
    pub(crate) text: Option<String>,
    pub(crate) frame: Frame,
    /// The line of the file on which it begins.
    pub(crate) line: usize,
}

/// A font by the name that a layout gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FontName {
    Serif,
    SerifItalic,
    #[default]
    Sans,
    SansBold,
}

/// What is drawn around a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Frame {
    #[default]
    None,
    /// A thin line under it.
    Line,
    /// A thin box around it.
    Box,
}
