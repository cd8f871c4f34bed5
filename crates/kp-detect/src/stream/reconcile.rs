//! R0: reconcile before you accuse. Confirmations are booked to certificates first; typing errors, split receipts and
//! shared containers are taken out before any detector asks (L30, L47).
//!
//! Without this step one mistyped number makes up to three unfounded questions: a number never issued or used twice, a
//! receipt missing, contents that differ. Both numbers of a typing error are kept as evidence.

use std::collections::BTreeMap;

use super::rows::Code;
use super::settings::{Settings, parts};
use super::table::{Certificate, Confirmation, Stream, place};

/// How a confirmation was booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Booking {
    /// Under the number it names.
    Number(u32),
    /// To the certificate it plainly means, whose number was mistyped.
    Typing(u32),
    /// To a certificate that was received before, or twice; not a part of a split receipt.
    Repeat(u32),
    /// As a part of a split receipt.
    Part(u32),
    /// To no certificate.
    Nowhere,
}

impl Booking {
    /// The certificate it counts for.
    pub(crate) fn certificate(self) -> Option<u32> {
        match self {
            Self::Number(at) | Self::Typing(at) | Self::Repeat(at) | Self::Part(at) => Some(at),
            Self::Nowhere => None,
        }
    }
}

/// Confirmations booked to certificates.
#[derive(Debug, Default)]
pub(crate) struct Matched {
    /// Of each confirmation.
    pub bookings: Vec<Booking>,
    /// Of each certificate: the confirmation that answers it first.
    pub answered_by: Vec<Option<u32>>,
    /// Days after issue by which a route's certificates are answered as a rule.
    pub mature_days: BTreeMap<(Code, Code), i32>,
    /// Typing errors: confirmation and certificate.
    pub typing_errors: Vec<(u32, u32)>,
    /// Certificates received in parts.
    pub split: Vec<u32>,
}

/// Within so many thousandths of the first.
fn within(first: i64, second: i64, permille: i64) -> bool {
    i128::from((first - second).abs()) * 1000 <= i128::from(first.abs()) * i128::from(permille)
}

/// Books every confirmation.
pub(crate) fn reconcile(stream: &Stream, settings: &Settings) -> Matched {
    let mut matched = Matched {
        bookings: stream.confirmations.iter().map(|c| by_number(stream, c)).collect(),
        answered_by: vec![None; stream.certificates.len()],
        ..Matched::default()
    };
    repeats(stream, settings, &mut matched);
    typing_errors(stream, settings, &mut matched);
    for (at, booking) in matched.bookings.iter().enumerate() {
        if let Some(certificate) = booking.certificate() {
            let answer = &mut matched.answered_by[certificate as usize];
            *answer = answer.or(Some(place(at)));
        }
    }
    matched.mature_days = mature_days(stream, settings, &matched);
    matched
}

/// Of several certificates under one number, the one whose parties and carats agree best; then the latest before arrival.
fn by_number(stream: &Stream, confirmation: &Confirmation) -> Booking {
    let fits = |at: &u32| {
        let certificate = stream.certificate(*at);
        let parties =
            certificate.exporter == confirmation.exporter && certificate.importer == confirmation.importer;
        let carats = within(certificate.carats, confirmation.carats, 20);
        let before = certificate.issued <= confirmation.arrived;
        (parties, carats, before, if before { certificate.issued } else { -certificate.issued })
    };
    stream
        .with_number(confirmation.number)
        .iter()
        .max_by_key(|at| fits(at))
        .map_or(Booking::Nowhere, |at| Booking::Number(*at))
}

/// Confirmations of one certificate beyond the first: parts where they add up, else repeats. The one that fits the
/// certificate best counts as the receipt.
fn repeats(stream: &Stream, settings: &Settings, matched: &mut Matched) {
    let mut booked: Vec<(u32, u32)> = matched
        .bookings
        .iter()
        .enumerate()
        .filter_map(|(at, b)| Some((b.certificate()?, place(at))))
        .collect();
    booked.sort_unstable();
    for same in booked.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let certificate = stream.certificate(same[0].0);
        let sum: i64 = same.iter().map(|(_, at)| stream.confirmation(*at).carats).sum();
        let here = same.iter().all(|(_, at)| stream.confirmation(*at).importer == certificate.importer);
        if here && within(certificate.carats, sum, settings.split_permille) {
            for (_, at) in same {
                matched.bookings[*at as usize] = Booking::Part(same[0].0);
            }
            matched.split.push(same[0].0);
            continue;
        }
        let fits = |at: u32| {
            let c = stream.confirmation(at);
            let parties = c.exporter == certificate.exporter && c.importer == certificate.importer;
            (
                !parties,
                !within(certificate.carats, c.carats, 20),
                c.arrived < certificate.issued,
                c.arrived,
                at,
            )
        };
        let receipt = same.iter().map(|(_, at)| *at).min_by_key(|at| fits(*at));
        for (certificate, at) in same.iter().filter(|(_, at)| Some(*at) != receipt) {
            matched.bookings[*at as usize] = Booking::Repeat(*certificate);
        }
    }
}

/// A confirmation that does not fit where its number leads.
fn is_odd(stream: &Stream, confirmation: &Confirmation, booking: Booking) -> bool {
    match booking {
        Booking::Nowhere | Booking::Repeat(_) => true,
        Booking::Typing(_) | Booking::Part(_) => false,
        Booking::Number(at) => {
            let certificate = stream.certificate(at);
            certificate.exporter != confirmation.exporter
                || certificate.importer != confirmation.importer
                || !within(certificate.carats, confirmation.carats, 20)
                || confirmation.arrived < certificate.issued
        }
    }
}

/// Books odd confirmations to the one unanswered certificate that they plainly mean.
fn typing_errors(stream: &Stream, settings: &Settings, matched: &mut Matched) {
    let mut answered = vec![false; stream.certificates.len()];
    for (at, booking) in matched.bookings.iter().enumerate() {
        if let Some(certificate) = booking.certificate()
            && !is_odd(stream, stream.confirmation(place(at)), *booking)
        {
            answered[certificate as usize] = true;
        }
    }
    // Certificates under a number that was confirmed, if oddly, are not free either, unless the odd one is moved away.
    let mut free: BTreeMap<(Code, Code), Vec<u32>> = BTreeMap::new();
    for (at, certificate) in stream.certificates.iter().enumerate().filter(|(at, _)| !answered[*at]) {
        free.entry((certificate.exporter, certificate.importer)).or_default().push(place(at));
    }
    for at in 0..stream.confirmations.len() {
        let confirmation = &stream.confirmations[at];
        if !is_odd(stream, confirmation, matched.bookings[at]) {
            continue;
        }
        let Some(candidates) = free.get(&(confirmation.exporter, confirmation.importer)) else { continue };
        let own = matched.bookings[at].certificate();
        let mut meant = candidates.iter().copied().filter(|c| {
            !answered[*c as usize] && Some(*c) != own && means(stream.certificate(*c), confirmation, settings)
        });
        let (Some(only), None) = (meant.next(), meant.next()) else { continue };
        matched.bookings[at] = Booking::Typing(only);
        matched.typing_errors.push((place(at), only));
        answered[only as usize] = true;
    }
}

/// Whether a confirmation could be of this certificate, but for its number.
fn means(certificate: &Certificate, confirmation: &Confirmation, settings: &Settings) -> bool {
    let days = i64::from(confirmation.arrived) - i64::from(certificate.issued);
    (0..=settings.typing_days).contains(&days)
        && within(certificate.carats, confirmation.carats, settings.typing_carats_permille)
        && within(certificate.value, confirmation.value, settings.typing_value_permille)
}

/// The slowest of a hundred on each route, held within bounds.
fn mature_days(stream: &Stream, settings: &Settings, matched: &Matched) -> BTreeMap<(Code, Code), i32> {
    let mut lags: BTreeMap<(Code, Code), Vec<i32>> = BTreeMap::new();
    for (certificate, answer) in stream.certificates.iter().zip(&matched.answered_by) {
        let Some(answer) = answer else { continue };
        let lag = stream.confirmation(*answer).arrived - certificate.issued;
        lags.entry((certificate.exporter, certificate.importer)).or_default().push(lag);
    }
    let (least, most) = (days(settings.mature_days_least), days(settings.mature_days_most));
    lags.into_iter().map(|(route, mut lags)| (route, quantile(&mut lags, 0.99).clamp(least, most))).collect()
}

pub(crate) fn days(setting: i64) -> i32 {
    i32::try_from(setting).unwrap_or(i32::MAX)
}

/// The value below which the share lies (the upper of the two where it falls between).
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list"
)]
pub(crate) fn quantile(values: &mut [i32], share: f64) -> i32 {
    if values.is_empty() {
        return 0;
    }
    let at = libm::ceil(share * (values.len() - 1) as f64) as usize;
    *values.select_nth_unstable(at).1
}

impl Matched {
    /// The day from which a certificate without a receipt is asked about.
    pub(crate) fn due(&self, certificate: &Certificate, settings: &Settings) -> i32 {
        let usual = self.mature_days.get(&(certificate.exporter, certificate.importer)).copied();
        certificate.issued + usual.unwrap_or_else(|| days(settings.mature_days_most))
    }

    /// What the step took out, in words.
    pub(crate) fn in_words(&self, settings: &Settings) -> String {
        let nowhere = self.bookings.iter().filter(|b| matches!(b, Booking::Nowhere)).count();
        format!(
            "{} confirmations: {} under a mistyped number (carats within {:.1} %, exactly one such certificate), {} \
             certificates received in parts, {nowhere} of no certificate",
            self.bookings.len(),
            self.typing_errors.len(),
            parts(settings.typing_carats_permille, 10),
            self.split.len(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::Small;
    use super::*;

    fn booked(small: Small) -> (Vec<Booking>, Matched) {
        let mut rows = small.rows();
        let stream = Stream::new(&mut rows);
        let matched = reconcile(&stream, &Settings::default());
        (matched.bookings.clone(), matched)
    }

    #[test]
    fn a_mistyped_number_is_booked_to_the_one_certificate_it_means() {
        let mut small = Small::default();
        small.certificate("A1-00000001", "A1", "B2", "2009-01-05", 120_00, 5_000_00);
        small.certificate("A1-00000002", "A1", "B2", "2009-01-06", 340_00, 9_000_00);
        small.receipt("A1-00000001", "A1", "B2", "2009-01-15", 120_00, 5_000_00);
        small.receipt("A1-00000092", "A1", "B2", "2009-01-16", 340_00, 9_000_00);
        let (bookings, matched) = booked(small);
        assert_eq!(bookings, [Booking::Number(0), Booking::Typing(1)]);
        assert_eq!(matched.typing_errors, [(1, 1)]);
    }

    #[test]
    fn where_two_certificates_could_be_meant_nothing_is_guessed() {
        let mut small = Small::default();
        small.certificate("A1-00000002", "A1", "B2", "2009-01-06", 340_00, 9_000_00);
        small.certificate("A1-00000003", "A1", "B2", "2009-01-06", 340_10, 9_000_00);
        small.receipt("A1-00000092", "A1", "B2", "2009-01-16", 340_00, 9_000_00);
        assert_eq!(booked(small).0, [Booking::Nowhere]);
    }

    #[test]
    fn parts_that_add_up_are_a_split_receipt_and_others_are_repeats() {
        let mut small = Small::default();
        small.certificate("A1-00000001", "A1", "B2", "2009-01-05", 100_00, 5_000_00);
        small.receipt("A1-00000001", "A1", "B2", "2009-01-15", 60_00, 3_000_00);
        small.receipt("A1-00000001", "A1", "B2", "2009-01-17", 40_00, 2_000_00);
        small.certificate("A1-00000002", "A1", "B2", "2009-02-05", 100_00, 5_000_00);
        small.receipt("A1-00000002", "A1", "B2", "2009-02-15", 100_00, 5_000_00);
        small.receipt("A1-00000002", "A1", "B2", "2009-04-15", 100_00, 5_000_00);
        let (bookings, _) = booked(small);
        assert_eq!(bookings, [Booking::Part(0), Booking::Part(0), Booking::Number(1), Booking::Repeat(1)]);
    }
}
