//! The stream as the detectors walk it: sorted, numbers and seals as places in sorted lists, logarithms taken once.
//!
//! Rows in any order give the same table. A number is compared in its normalised form (capital letters, no blanks or
//! separators, O and I among digits read as 0 and 1); as it was written it stays beside it for evidence.

use std::collections::BTreeMap;

use super::calendar::{quarter_of, year_of};
use super::rows::{CertificateRow, Code, ConfirmationRow, Rows};

/// A certificate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Certificate {
    pub issued: i32,
    pub quarter: i32,
    pub id: i64,
    pub number: u32,
    pub exporter: Code,
    pub importer: Code,
    pub origin: Code,
    pub hs: u32,
    pub expires: i32,
    pub carats: i64,
    pub value: i64,
    /// 10,000 times the natural logarithm of cents by hundredths of carats, rounded; none without both.
    pub log_price: Option<i32>,
    pub parcels: u32,
    pub exporter_firm: i64,
    pub importer_firm: i64,
    /// Place of the seal; none where none is given.
    pub seal: Option<u32>,
}

impl Certificate {
    /// Mined where it was exported.
    pub(crate) fn is_own_origin(&self) -> bool {
        self.origin == self.exporter
    }

    pub(crate) fn year(&self) -> i32 {
        year_of(self.quarter)
    }
}

/// A confirmation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Confirmation {
    pub arrived: i32,
    pub quarter: i32,
    pub id: i64,
    pub number: u32,
    pub exporter: Code,
    pub importer: Code,
    pub hs: u32,
    pub carats: i64,
    pub value: i64,
}

/// The stream.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    /// By day of issue, then id.
    pub certificates: Vec<Certificate>,
    /// By day of arrival, then id.
    pub confirmations: Vec<Confirmation>,
    /// Normalised numbers, sorted.
    pub numbers: Vec<String>,
    pub seals: Vec<String>,
    /// Number as written, where that is not the normalised form: by confirmation's and by certificate's id.
    pub written_on_confirmation: BTreeMap<i64, String>,
    pub written_on_certificate: BTreeMap<i64, String>,
    /// Places of certificates, sorted by number; of each number the range in it.
    of_number: Vec<u32>,
    from_number: Vec<u32>,
    /// The last day that is seen in either table.
    pub watermark: i32,
}

/// 10,000 times the natural logarithm of a ratio of whole numbers, rounded half up; none where either is not above 0.
pub(crate) fn log_ratio(above: i64, below: i64) -> Option<i32> {
    if above <= 0 || below <= 0 {
        return None;
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a logarithm of at most 44 is kept to four decimals"
    )]
    Some(libm::floor(10_000.0 * libm::log(above as f64 / below as f64) + 0.5) as i32)
}

/// A number in the form in which numbers are compared.
///
/// ```
/// assert_eq!(kp_detect::stream::normalised("xa 0OOOO0l7"), "XA-00000017");
/// ```
pub fn normalised(text: &str) -> String {
    let kept: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let mut normal = String::with_capacity(kept.len() + 1);
    for (at, letter) in kept.iter().enumerate() {
        if at == 2 {
            normal.push('-');
        }
        normal.push(match letter {
            'O' if at >= 2 => '0',
            'I' | 'L' if at >= 2 => '1',
            other => *other,
        });
    }
    normal
}

impl Stream {
    /// Sorts the rows and takes the logarithms. The small tables are left as they are.
    pub(crate) fn new(rows: &mut Rows) -> Self {
        rows.certificates.sort_unstable();
        rows.confirmations.sort_unstable();
        let (certificates, confirmations) = (&rows.certificates, &rows.confirmations);
        let texts: Vec<String> = certificates
            .iter()
            .map(|row| normalised(&row.number))
            .chain(confirmations.iter().map(|row| normalised(&row.number)))
            .collect();
        let (numbers, places) = places_of(&texts);
        let (of_certificates, of_confirmations) = places.split_at(certificates.len());
        let seal_texts: Vec<String> = certificates.iter().map(|row| row.seal.clone()).collect();
        let (seals, seal_places) = places_of(&seal_texts);
        let mut stream = Self {
            certificates: certificates
                .iter()
                .zip(of_certificates)
                .zip(&seal_places)
                .map(|((row, number), seal)| certificate(row, *number, *seal))
                .collect(),
            confirmations: confirmations
                .iter()
                .zip(of_confirmations)
                .map(|(row, n)| confirmation(row, *n))
                .collect(),
            written_on_certificate: otherwise_written(certificates.iter().map(|r| (r.id, &r.number)), &texts),
            written_on_confirmation: otherwise_written(
                confirmations.iter().map(|r| (r.id, &r.number)),
                texts.get(certificates.len()..).unwrap_or_default(),
            ),
            numbers,
            seals,
            ..Self::default()
        };
        stream.index();
        stream
    }

    fn index(&mut self) {
        let mut of_number: Vec<u32> = (0..self.certificates.len()).map(place).collect();
        of_number.sort_by_key(|at| self.certificates[*at as usize].number);
        let mut from = vec![0_u32; self.numbers.len() + 1];
        for certificate in &self.certificates {
            from[certificate.number as usize + 1] += 1;
        }
        for at in 1..from.len() {
            from[at] += from[at - 1];
        }
        (self.of_number, self.from_number) = (of_number, from);
        let days =
            self.certificates.iter().map(|c| c.issued).chain(self.confirmations.iter().map(|c| c.arrived));
        self.watermark = days.max().unwrap_or_default();
    }

    /// Places of the certificates that bear a number, by day.
    pub(crate) fn with_number(&self, number: u32) -> &[u32] {
        let at = number as usize;
        &self.of_number[self.from_number[at] as usize..self.from_number[at + 1] as usize]
    }

    pub(crate) fn certificate(&self, place: u32) -> &Certificate {
        &self.certificates[place as usize]
    }

    pub(crate) fn confirmation(&self, place: u32) -> &Confirmation {
        &self.confirmations[place as usize]
    }

    pub(crate) fn number(&self, number: u32) -> &str {
        &self.numbers[number as usize]
    }

    /// Issuer and serial of a well-formed number.
    pub(crate) fn issuer_and_serial(&self, number: u32) -> Option<(Code, u32)> {
        let (issuer, serial) = self.number(number).split_once('-')?;
        let is_serial = serial.len() == 8 && serial.bytes().all(|b| b.is_ascii_digit());
        Some((Code::read(issuer)?, serial.parse().ok().filter(|_| is_serial)?))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a stream of four thousand million rows does not fit memory"
)]
pub(crate) fn place(at: usize) -> u32 {
    at as u32
}

/// The sorted list of different texts, and the place of each text in it.
fn places_of(texts: &[String]) -> (Vec<String>, Vec<u32>) {
    let mut order: Vec<u32> = (0..texts.len()).map(place).collect();
    order.sort_unstable_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]));
    let (mut different, mut places): (Vec<String>, Vec<u32>) = (Vec::new(), vec![0; texts.len()]);
    for at in order {
        let text = &texts[at as usize];
        if different.last() != Some(text) {
            different.push(text.clone());
        }
        places[at as usize] = place(different.len() - 1);
    }
    (different, places)
}

fn otherwise_written<'a>(
    rows: impl Iterator<Item = (i64, &'a String)>,
    normal: &[String],
) -> BTreeMap<i64, String> {
    rows.zip(normal)
        .filter(|((_, text), normal)| *text != *normal)
        .map(|((id, text), _)| (id, text.clone()))
        .collect()
}

fn certificate(row: &CertificateRow, number: u32, seal: u32) -> Certificate {
    Certificate {
        issued: row.issued,
        quarter: quarter_of(row.issued),
        id: row.id,
        number,
        exporter: row.exporter,
        importer: row.importer,
        origin: row.origin,
        hs: row.hs,
        expires: row.expires,
        carats: row.carats,
        value: row.value,
        log_price: log_ratio(row.value, row.carats),
        parcels: row.parcels,
        exporter_firm: row.exporter_firm,
        importer_firm: row.importer_firm,
        seal: (!row.seal.is_empty()).then_some(seal),
    }
}

fn confirmation(row: &ConfirmationRow, number: u32) -> Confirmation {
    Confirmation {
        arrived: row.arrived,
        quarter: quarter_of(row.arrived),
        id: row.id,
        number,
        exporter: row.exporter,
        importer: row.importer,
        hs: row.hs,
        carats: row.carats,
        value: row.value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_without_blanks_separators_and_lookalikes() {
        for text in ["XA-00000017", "xa00000017", " XA 0000 0017 ", "XA/OOOOOOI7", "xa-000000l7"] {
            assert_eq!(normalised(text), "XA-00000017", "{text}");
        }
        // The code itself is left alone: OI is no code of zero and one.
        assert_eq!(normalised("OI-00000001"), "OI-00000001");
        assert_eq!(normalised(""), "");
    }

    #[test]
    fn logarithms_are_rounded_once() {
        assert_eq!(log_ratio(271_828, 100_000), Some(10_000));
        assert_eq!(log_ratio(0, 5), None);
    }
}
