//! Acts on lots, values and weighings, and a director's orders: a line's values become the act's fields, nothing more.
//!
//! Decides nothing: the node does the act or refuses it.

use anyhow::Context;

use crate::{
    act::{code_of, of_issuer},
    custody::copy,
    form::Args,
    set_up::usual,
    slot,
    stage::{Stage, Stop, fields, maybe, one},
};

pub(crate) fn price_book(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (code, version, today) =
        (one(args, "participant")?, one(args, "version")?, stage.clock.today().to_string());
    let mut recorded = fields(&[
        ("participant", code),
        ("version", version),
        ("effective_from", maybe(args, "date").unwrap_or(&today)),
        ("sha256", &kp_sign::hex(&kp_sign::sha256(version.as_bytes()))),
    ]);
    copy(args, "band", &mut recorded, "bands");
    stage.act("record_price_book", &usual(code, "admin"), recorded)
}

pub(crate) fn lot(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let lot = one(args, "lot")?;
    let code = code_of(lot);
    let mut opened = fields(&[
        ("participant", code),
        ("lot", lot),
        ("application", one(args, "reference")?),
        ("licence_number", &format!("{code}-EXP-1")),
    ]);
    copy(args, "goods", &mut opened, "goods");
    copy(args, "count", &mut opened, "values");
    stage.act("open_lot", &usual(code, "clerk"), opened)
}

pub(crate) fn value(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (lot, party) = (one(args, "lot")?, one(args, "party")?);
    let who = match party {
        "exporter" => "clerk",
        "government" => "valuer",
        _ => "independent",
    };
    let mut submitted = fields(&[("lot", lot), ("party", party)]);
    copy(args, "valued", &mut submitted, "values");
    copy(args, "stage", &mut submitted, "stage");
    copy(args, "version", &mut submitted, "price_book");
    stage.act("submit_value", &usual(code_of(lot), who), submitted)
}

pub(crate) fn open(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let lot = one(args, "lot")?;
    stage.act("open_value", &usual(code_of(lot), "valuer"), fields(&[("lot", lot)]))
}

pub(crate) fn weigh(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let (lot, point) = (one(args, "lot")?, one(args, "point")?);
    let who = match point {
        "reception" => "clerk",
        "valuation" => "valuer",
        _ => "customs",
    };
    let carats = slot::carats(one(args, "carats")?).context("carats were read")?.to_string();
    let weighed = fields(&[("lot", lot), ("point", point), ("carats", &carats), ("scale", "scale 3")]);
    stage.act("record_weighing", &usual(code_of(lot), who), weighed)
}

pub(crate) fn explain(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let lot = one(args, "lot")?;
    let explained =
        fields(&[("lot", lot), ("matter", one(args, "matter")?), ("explanation", one(args, "text")?)]);
    stage.act("explain_difference", &usual(code_of(lot), "approver"), explained)
}

pub(crate) fn dissent(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let lot = one(args, "lot")?;
    let objected = fields(&[("lot", lot), ("words", one(args, "text")?)]);
    stage.act("record_dissent", &usual(code_of(lot), "valuer"), objected)
}

pub(crate) fn override_refusal(stage: &mut Stage, args: &Args) -> Result<(), Stop> {
    let number = one(args, "number")?;
    let director = of_issuer(number, "director");
    let (code, _) = director.split_once('-').context("an officer's id begins with the code")?;
    let ordered = fields(&[
        ("participant", &code.to_uppercase()),
        ("act", one(args, "overridden-act")?),
        ("subject", number),
        ("refusal", one(args, "key")?),
        ("reason", one(args, "text")?),
        ("legal_basis", one(args, "law")?),
    ]);
    stage.act("override_refusal", &director, ordered)
}
