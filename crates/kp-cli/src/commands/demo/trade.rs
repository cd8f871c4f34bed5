//! The trade of the invented world: two years of quarterly returns of six participants, made by rule, so that the
//! explorer has something to show. No figure here is real.
//!
//! What it holds on purpose: two sides that mostly agree; a route whose importer has a third more than its exporter says
//! (L47); one on which the importer is silent; goods that are worth a third more each time they move.

use jiff::civil::Date;
use kp_terms::{Carats, Quarter, UsdCents};

use super::world::{Step, made};

/// Quarters of returns: eight, so that a year can be held against the one before.
const QUARTERS: usize = 8;

/// Invented participants that only trade: code, name.
const TRADERS: [(&str, &str); 4] =
    [("XC", "Corvania"), ("XD", "Dunmarch"), ("XE", "Eskaria"), ("XF", "Farrowland")];

/// One route: who, whom, class, carats a quarter, cents a carat, and what the importer has in hundredths of it.
struct Route(&'static str, &'static str, &'static str, i64, i64, Option<i64>);

const ROUTES: [Route; 11] = [
    Route("XA", "XD", "7102.31", 2_240, 31_170, Some(100)),
    Route("XA", "XE", "7102.31", 1_380, 33_940, Some(99)),
    Route("XC", "XD", "7102.10", 5_210, 1_431, Some(100)),
    Route("XC", "XE", "7102.31", 2_630, 14_260, Some(134)),
    Route("XC", "XF", "7102.21", 310, 2_870, None),
    Route("XD", "XF", "7102.31", 1_940, 41_380, Some(100)),
    Route("XD", "XE", "7102.10", 3_120, 1_620, Some(97)),
    Route("XD", "XB", "7102.31", 440, 45_610, Some(100)),
    Route("XE", "XF", "7102.31", 3_860, 42_730, Some(101)),
    Route("XE", "XB", "7102.31", 720, 44_290, Some(100)),
    Route("XE", "XD", "7102.21", 260, 6_340, Some(100)),
];

/// Every step of the trade, all on the first day: participants are admitted, then declare what is over.
pub(super) fn steps(begins: Date) -> Vec<Step> {
    let mut steps = Vec::new();
    for (code, name) in TRADERS {
        let lower = code.to_lowercase();
        let (admin, focal) = (format!("{lower}-admin"), format!("{lower}-focal"));
        let admitted =
            [("code", code), ("name", name), ("member_from", "2020-01-01"), ("legal_act", "invented")];
        steps.push(step("scheme-secretary", "admit_participant", &admitted));
        for (by, id, role) in [("scheme-secretary", &admin, "administrator"), (&admin, &focal, "focal-point")]
        {
            let named = [("body", code), ("officer_id", id), ("name", "T. Trader"), ("roles", role)];
            steps.push(step(by, "name_officer", &named));
        }
    }
    let mut quarters = vec![before(Quarter::of(begins))];
    while quarters.len() < QUARTERS {
        quarters.extend(quarters.last().copied().map(before));
    }
    for (n, quarter) in quarters.into_iter().rev().enumerate() {
        for (table, is_export) in [("exports", true), ("imports", false)] {
            for code in ["XA", "XB", "XC", "XD", "XE", "XF"] {
                let figures = figures(code, is_export, n);
                if figures.is_empty() {
                    continue;
                }
                let period = quarter.to_string();
                let mut fields = vec![("participant", code), ("table", table), ("period", period.as_str())];
                fields.extend(figures.iter().map(|figure| ("figures", figure.as_str())));
                steps.push(step(&format!("{}-focal", code.to_lowercase()), "declare_return", &fields));
            }
        }
    }
    steps
}

fn step(officer: &str, act: &'static str, fields: &[(&'static str, &str)]) -> Step {
    made(0, officer, act, fields)
}

fn before(quarter: Quarter) -> Quarter {
    match quarter.quarter {
        1 => Quarter { year: quarter.year.saturating_sub(1), quarter: 4 },
        n => Quarter { quarter: n - 1, ..quarter },
    }
}

/// What a participant declares for the n-th quarter, one line a route.
fn figures(code: &str, is_export: bool, n: usize) -> Vec<String> {
    let line = |(place, route): (usize, &Route)| {
        let Route(from, to, hs, carats, cents, arrived) = route;
        let mine = if is_export { *from == code } else { *to == code };
        // Between 90 and 110 hundredths, by place and quarter; the same on both sides of a route.
        let swing = |salt: usize| 90 + i64::try_from((place * 7 + n * 13 + salt * 5) % 21).unwrap_or(10);
        let sent = carats * swing(1) + i64::try_from(place * 11 + n * 3).unwrap_or(0);
        let price = cents * (95 + swing(2) / 11) / 100;
        // CIF: freight and insurance make the importer's value a little higher.
        let (carats, price) = match (is_export, arrived) {
            (true, _) => (sent, price),
            (false, Some(share)) => (sent * share / 100, price * 102 / 100),
            (false, None) => return None,
        };
        let partner = if is_export { to } else { from };
        let value = i64::try_from(i128::from(carats) * i128::from(price) / 100).ok()? + 37;
        mine.then(|| {
            format!("{partner} {hs} {} {}", Carats::from_hundredths(carats), UsdCents::from_cents(value))
        })
    };
    ROUTES.iter().enumerate().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_a_route_are_made_from_the_same_shipment() {
        let sent = figures("XA", true, 3);
        let arrived = figures("XD", false, 3);
        assert_eq!(sent.len(), 2);
        let carats = |lines: &[String], partner: &str| {
            let line = lines.iter().find(|line| line.starts_with(partner)).cloned();
            line.and_then(|line| line.split_whitespace().nth(2).map(str::to_owned))
        };
        assert_eq!(carats(&sent, "XD"), carats(&arrived, "XA"), "{sent:?} {arrived:?}");
        assert!(figures("XF", false, 0).iter().all(|line| !line.starts_with("XC")), "XF is silent about XC");
        let steps = steps("2026-09-17".parse().unwrap());
        let declared = steps.iter().filter(|step| step.act == "declare_return").count();
        assert_eq!(declared, QUARTERS * 8, "four exporters and four importers");
        let last = steps
            .last()
            .and_then(|step| step.pairs().find(|(name, _)| *name == "period").map(|p| p.1.to_owned()));
        assert_eq!(last.as_deref(), Some("2026-Q2"), "the last quarter that is over");
    }
}
