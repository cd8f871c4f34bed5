//! Every threshold of the detectors over certificate streams, in one list: public, versioned, whole numbers.
//!
//! All are ours: no numeric threshold of the scheme's Working Group on Statistics has been published. A list is written
//! `name = value`, one a line; what is not named keeps its default, and an unknown name is refused, so that a typing error
//! does not leave a threshold where it was.

use serde::Serialize;

/// The version of the defaults below; raised with every change of one of them.
pub const VERSION: &str = "stream-thresholds/1";

/// What one threshold is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ThresholdDoc {
    /// Its name in a list and in the statement that changes it.
    pub name: &'static str,
    /// Its default.
    pub default: i64,
    /// Least and greatest value that make sense.
    pub range: (i64, i64),
    /// What it means, with its unit and its reason.
    pub meaning: &'static str,
}

macro_rules! thresholds {
    ($($name:ident = $default:literal, $low:literal..=$high:literal, $meaning:literal;)+) => {
        /// The thresholds.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct Settings {
            $(#[doc = $meaning] pub $name: i64,)+
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        /// What each threshold is, in the order in which they are documented.
        pub const THRESHOLDS: &[ThresholdDoc] = &[
            $(ThresholdDoc { name: stringify!($name), default: $default, range: ($low, $high), meaning: $meaning },)+
        ];

        impl Settings {
            /// The value of a threshold by its name.
            pub fn get(&self, name: &str) -> Option<i64> {
                match name {
                    $(stringify!($name) => Some(self.$name),)+
                    _ => None,
                }
            }

            fn place(&mut self, name: &str) -> Option<&mut i64> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

thresholds! {
    alert_permille = 100, 1..=500, "share of unfounded findings accepted among alerts of one detector and year, in thousandths (false discovery rate)";
    watch_permille = 250, 1..=900, "the same among findings to be watched";
    budget_per_quarter = 21, 1..=1000, "cases of a quarter that a team of seven can ask about: three open questions each";
    typing_carats_permille = 5, 0..=50, "carats may differ by so many thousandths for a confirmation under another number to be a typing error";
    typing_value_permille = 100, 0..=500, "value may differ by so many thousandths for the same";
    typing_days = 130, 1..=400, "days from issue to arrival within which the same is looked for";
    split_permille = 20, 0..=100, "parts of a split receipt add up to the certificate within so many thousandths";
    mature_days_least = 30, 1..=365, "days after issue, at least, before a missing receipt is asked about";
    mature_days_most = 120, 1..=730, "days after issue, at most, before a missing receipt is asked about";
    copy_days = 60, 1..=365, "days within which a copied content is looked for";
    copy_carats_permille = 3, 0..=50, "carats of a near copy differ by at most so many thousandths";
    copy_value_permille = 10, 0..=100, "value of a near copy differs by at most so many thousandths";
    copy_value_least = 100000, 0..=1000000000, "cents below which copies are left alone";
    copy_chance = 392, 100..=2000, "minus log10 of the expected number of such pairs by chance, in hundredths, from which a near copy is asked about";
    missing_chance = 430, 100..=2000, "minus log10 of the chance of so many missing receipts on a route in a quarter, in hundredths: about 3,000 such tests a year make one false alarm in seven years";
    missing_least = 3, 1..=100, "missing receipts in a quarter below which nothing is asked";
    share_certainty = 60, 5..=1000, "rows' worth of certainty in a usual share (over-dispersion M of the beta-binomial)";
    value_gap_wide = 1400, 100..=10000, "a received value is far from the certified one beyond this, in ten-thousandths of a logarithm, after the route's median";
    value_gap_narrow = 600, 100..=10000, "the same for the second, finer pass";
    value_gap_chance = 460, 100..=2000, "minus log10 of the chance of so many far values on a route in a quarter, in hundredths";
    drift_limit = 15, 1..=1000, "carats received below carats certified by more than this, in ten-thousandths of a logarithm, count as light: outside scale error and lint";
    drift_share_percent = 60, 50..=100, "percent of a quarter's parcels that are light for the quarter to count";
    shift_chance = 850, 100..=3000, "minus log10 of the chance of a firm's shift of unit value, in hundredths: pays for every firm and window";
    shift_in_least = 4, 2..=100, "certificates of the firm in the window, at least";
    shift_out_least = 6, 2..=100, "certificates of the firm outside the window, at least";
    shift_floor = 3000, 100..=20000, "spread of prices that is assumed at least, in ten-thousandths of a logarithm";
    round_chance = 550, 100..=2000, "minus log10 of the chance of so many round values of a firm, in hundredths";
    round_least = 4, 2..=100, "round values in a window, at least";
    balance_permille = 30, 0..=500, "deficit of a year's balance by supply, in thousandths: unconfirmed imports alone reach 20 to 30";
    surge_score = 550, 100..=3000, "sum of the two surprises (volume, unit value) of an own-origin surge, in hundredths";
    surge_percent = 50, 5..=1000, "percent by which certificates must rise";
    surge_tau = 22, 1..=100, "usual swing of an artisanal producer's half-year, in hundredths of a logarithm";
    embargo_z = 160, 50..=1000, "standard deviations, in hundredths, of a neighbour's rise under a measure: the event and the border are known, so the bar is low";
    embargo_percent = 22, 1..=500, "percent by which a neighbour's own-origin certificates must rise against the world";
    dormant_quarters = 24, 4..=80, "quarters without a certificate after which a route is dormant";
    dormant_least = 6, 2..=100, "certificates in two quarters on a dormant route";
    chain_records = 5, 4..=50, "certificates in a circular chain, at least";
    chain_carats_least = 5000, 0..=10000000, "hundredths of carats below which chains are not followed";
    chain_carats_apart = 45, 1..=500, "carats of two links of a chain differ by at most this, in ten-thousandths of a logarithm";
    chain_days_least = 4, 0..=60, "days between two links, at least";
    chain_days_most = 45, 1..=365, "days between two links, at most";
    chain_rise_least = 120, 0..=10000, "rise of value from link to link, in ten-thousandths, at least";
    chain_rise_most = 2500, 100..=20000, "the same, at most";
    plausible_percent = 105, 100..=500, "own-origin exports of four halves by production and fall of stock, in percent, from which they are asked about";
    plausible_price = 5000, 500..=50000, "production's unit value against that of own-origin exports: ten-thousandths of a logarithm";
    uplift_least = 2231, 100..=20000, "re-export uplift, in ten-thousandths of a logarithm, from which it is asked about (ln 1.25)";
    uplift_z = 400, 100..=2000, "robust standard deviations of the uplift on the hub's own history, in hundredths";
    lag_factor = 2, 1..=20, "times the route's slow lag (99.5 %) beyond which an arrival is late beyond custom";
    count_permille = 5, 0..=200, "declared counts may differ from the register's by so many thousandths (and by two)";
    corridor_fall = 6931, 500..=50000, "goods of a corridor leave below the exporter's usual price by this, in ten-thousandths of a logarithm (ln 2)";
    corridor_rise = 6931, 500..=50000, "and leave the next participant above what they came in at by this";
    corridor_least = 6, 3..=100, "certificates on either side of a corridor, at least";
}

impl Settings {
    /// Sets one threshold.
    ///
    /// # Errors
    /// A sentence where there is no such threshold, or its value makes no sense.
    pub fn set(&mut self, name: &str, value: i64) -> Result<(), String> {
        let Some(doc) = THRESHOLDS.iter().find(|doc| doc.name == name) else {
            return Err(format!(
                "there is no threshold `{name}`; those there are: {}",
                THRESHOLDS.iter().map(|doc| doc.name).collect::<Vec<_>>().join(", ")
            ));
        };
        let (low, high) = doc.range;
        if !(low..=high).contains(&value) {
            return Err(format!("`{name}` lies between {low} and {high}, not at {value}: {}", doc.meaning));
        }
        if let Some(place) = self.place(name) {
            *place = value;
        }
        Ok(())
    }

    /// Reads a list of `name = value`, one a line; `#` begins a remark.
    ///
    /// # Errors
    /// Every line that cannot be used, with its number and how to mend it.
    pub fn read(text: &str) -> Result<Self, Vec<String>> {
        let (mut settings, mut faults) = (Self::default(), Vec::new());
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let number: usize = number;
            let parts = line.split_once('=').map(|(name, value)| (name.trim(), value.trim().parse::<i64>()));
            let set = match parts {
                Some((name, Ok(value))) => settings.set(name, value),
                _ => Err(format!("`{line}` is not a threshold; write for example missing_least = 3")),
            };
            if let Err(sentence) = set {
                faults.push(format!("line {number}: {sentence}"));
            }
        }
        if faults.is_empty() { Ok(settings) } else { Err(faults) }
    }

    /// The list in the form in which it is read, with what each threshold means.
    pub fn written(&self) -> String {
        let mut text = format!("# {VERSION}\n");
        for doc in THRESHOLDS {
            let value = self.get(doc.name).unwrap_or(doc.default);
            text.push_str(&format!("{} = {value} # {}\n", doc.name, doc.meaning));
        }
        text
    }
}

/// A setting kept in hundredths, thousandths or ten-thousandths, as the number it stands for.
#[expect(clippy::cast_precision_loss, reason = "settings are small")]
pub(crate) fn parts(value: i64, of: i64) -> f64 {
    value as f64 / of as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_is_written_and_wrong_lines_are_told() {
        let mut settings = Settings::default();
        settings.set("missing_least", 5).unwrap();
        assert_eq!(Settings::read(&settings.written()), Ok(settings));
        let faults =
            Settings::read("missing_least = 4\nmising_least = 4\nmissing_least 4\nmissing_least = -1\n");
        let faults = faults.unwrap_err();
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[0].starts_with("line 2: there is no threshold `mising_least`"), "{}", faults[0]);
        assert!(faults[2].contains("lies between 1 and 100, not at -1"), "{}", faults[2]);
    }
}
