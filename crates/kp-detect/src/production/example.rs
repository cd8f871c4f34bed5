//! Invented worlds for the detectors' own examples: seven participants, steady but for small differences.

use kp_statistics::production::{Declaration, ProductionRow, ProductionType, RowPlace};
use kp_terms::{Half, ParticipantCode};

use super::{CapacityBand, Input, Settings, analyze_with};

/// Rows and what goes with them.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub rows: Vec<ProductionRow>,
    pub capacities: Vec<CapacityBand>,
}

/// XA to XG from 2005 to `last`, around 50,000 ct a half at around 100 US$/ct, every figure different.
pub(super) fn steady_world(last: i16) -> World {
    let mut world = World::default();
    for (at, code) in ["XA", "XB", "XC", "XD", "XE", "XF", "XG"].into_iter().enumerate() {
        for year in 2005..=last {
            for half in [1, 2] {
                let wobble =
                    i64::from(year - 2000) * 137 + i64::from(half) * 61 + i64::try_from(at).unwrap() * 29;
                let carats = 5_000_000 + wobble * 13;
                let cents = carats * 100 + wobble * 1_009;
                world = world.row(code, year, half, carats, cents);
            }
        }
    }
    world
}

/// Ids of the findings in which the detector leads.
pub(super) fn findings(world: &World, detector: &str) -> Vec<String> {
    let input = Input { rows: &world.rows, capacities: &world.capacities, membership: &[], today: None };
    let analysis = analyze_with(&input, &Settings::default());
    analysis.findings.into_iter().filter(|f| f.detector == detector).map(|f| f.id).collect()
}

impl World {
    fn row(mut self, code: &str, year: i16, half: u8, hundredths: i64, cents: i64) -> Self {
        let row = u32::try_from(self.rows.len()).unwrap() + 2;
        self.rows.push(ProductionRow {
            participant: code.parse().unwrap(),
            participant_name: format!("Country {code}"),
            half: Half { year, half },
            declaration: Declaration::Production,
            production_type: ProductionType::Unlabelled,
            carats: kp_terms::Carats::from_hundredths(hundredths),
            value: kp_terms::UsdCents::from_cents(cents),
            created: None,
            modified: None,
            public: None,
            place: RowPlace { file: "example.csv".into(), sheet: None, row },
        });
        self
    }

    /// Replaces one half.
    pub(super) fn half(self, code: &str, year: i16, half: u8, carats: &str, value: &str) -> Self {
        let (carats, value): (kp_terms::Carats, kp_terms::UsdCents) =
            (carats.parse().unwrap(), value.parse().unwrap());
        self.without(code, year, half).row(code, year, half, carats.hundredths(), value.cents())
    }

    /// Replaces a year: six tenths of it in the second half, none of the figures round.
    pub(super) fn year(self, code: &str, year: i16, carats: &str, value: &str) -> Self {
        let (carats, value): (kp_terms::Carats, kp_terms::UsdCents) =
            (carats.parse().unwrap(), value.parse().unwrap());
        let (first, first_cents) = (carats.hundredths() * 4 / 10 + 1_237, value.cents() * 4 / 10 + 12_311);
        self.without(code, year, 1).without(code, year, 2).row(code, year, 1, first, first_cents).row(
            code,
            year,
            2,
            carats.hundredths() - first,
            value.cents() - first_cents,
        )
    }

    /// Takes a half away.
    pub(super) fn without(mut self, code: &str, year: i16, half: u8) -> Self {
        let code: ParticipantCode = code.parse().unwrap();
        self.rows.retain(|r| r.participant != code || r.half != Half { year, half });
        self
    }

    /// Adds an explicit nil return.
    pub(super) fn nil(self, code: &str, year: i16, half: u8) -> Self {
        let mut world = self.row(code, year, half, 0, 0);
        if let Some(row) = world.rows.last_mut() {
            row.declaration = Declaration::NoProduction;
        }
        world
    }

    /// Says when a half's rows were created.
    pub(super) fn created(mut self, code: &str, year: i16, half: u8, day: &str) -> Self {
        let code: ParticipantCode = code.parse().unwrap();
        for row in self.rows.iter_mut().filter(|r| r.participant == code && r.half == Half { year, half }) {
            row.created = Some(day.parse().unwrap());
        }
        self
    }

    /// Puts a capacity band on file for one year.
    pub(super) fn capacity(mut self, code: &str, year: i16, low: &str, high: &str) -> Self {
        self.capacities.push(CapacityBand {
            participant: code.parse().unwrap(),
            first_year: year,
            last_year: Some(year),
            low: Some(low.parse().unwrap()),
            high: high.parse().unwrap(),
            source: "invented survey".into(),
        });
        self
    }
}
