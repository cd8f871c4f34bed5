//! What every detector may look at, and the phrases they share.

use super::calendar::written;
use super::prices::Prices;
use super::reconcile::Matched;
use super::rows::Rows;
use super::settings::Settings;
use super::table::{Certificate, Confirmation, Stream};
use super::words::{ct, usd};
use crate::finding::Evidence;

/// Rows set out as evidence; the ids of all of them stand beside.
const ROWS_SHOWN: usize = 12;

pub(crate) struct Context<'a> {
    pub stream: &'a Stream,
    pub matched: &'a Matched,
    /// The small tables; certificates and confirmations are walked in the stream.
    pub rows: &'a Rows,
    pub settings: &'a Settings,
    pub prices: &'a Prices,
}

impl Context<'_> {
    /// Whether a certificate should have been answered by the last day seen.
    pub(crate) fn is_mature(&self, certificate: &Certificate) -> bool {
        self.matched.due(certificate, self.settings) <= self.stream.watermark
    }

    pub(crate) fn is_answered(&self, place: u32) -> bool {
        self.matched.answered_by[place as usize].is_some()
    }

    /// `A1-00000017`, or with how it was written.
    pub(crate) fn number(&self, number: u32) -> &str {
        self.stream.number(number)
    }

    /// An unanswered certificate of a confirmation's parties whose number is one digit, or two digits changed about, away.
    pub(crate) fn one_slip_away(&self, r: &Confirmation) -> Option<&Certificate> {
        let written = self.number(r.number).as_bytes();
        let is_near = |number: &str| {
            let other = number.as_bytes();
            let apart: Vec<usize> =
                (0..written.len()).filter(|at| other.get(*at) != Some(&written[*at])).collect();
            other.len() == written.len()
                && match apart.as_slice() {
                    [_] => true,
                    [a, b] => b - a == 1 && written[*a] == other[*b] && written[*b] == other[*a],
                    _ => false,
                }
        };
        let parties = |c: &Certificate| c.exporter == r.exporter && c.importer == r.importer;
        let rows = self.stream.certificates.iter().zip(&self.matched.answered_by);
        rows.filter(|(c, answer)| answer.is_none() && parties(c))
            .map(|(c, _)| c)
            .find(|c| is_near(self.number(c.number)))
    }

    /// What stands on a certificate's row.
    pub(crate) fn certificate_in_words(&self, place: u32) -> String {
        let c = self.stream.certificate(place);
        let received = match self.matched.answered_by[place as usize] {
            Some(at) => format!("received {}", written(self.stream.confirmation(at).arrived)),
            None => "no receipt".to_owned(),
        };
        let as_written = self.stream.written_on_certificate.get(&c.id);
        let note = as_written.map(|text| format!(" (written {text:?})")).unwrap_or_default();
        format!(
            "{}{note}, {} to {}, {}, firm {}, {}, {}, {received}",
            self.number(c.number),
            c.exporter,
            c.importer,
            written(c.issued),
            c.exporter_firm,
            ct(c.carats),
            usd(c.value)
        )
    }

    fn confirmation_in_words(&self, place: u32) -> String {
        let c = self.stream.confirmation(place);
        let as_written = self.stream.written_on_confirmation.get(&c.id);
        let note = as_written.map(|text| format!(" (written {text:?})")).unwrap_or_default();
        format!(
            "{}{note}, {} to {}, arrived {}, {}, {}",
            self.number(c.number),
            c.exporter,
            c.importer,
            written(c.arrived),
            ct(c.carats),
            usd(c.value)
        )
    }

    /// The rows a finding rests on, so many of them.
    pub(crate) fn evidence(&self, certificates: &[u32], confirmations: &[u32]) -> Vec<Evidence> {
        let of_certificates = certificates.iter().map(|at| Evidence {
            place: format!("certificates, cert_id {}", self.stream.certificate(*at).id).into(),
            states: self.certificate_in_words(*at).into(),
        });
        let of_confirmations = confirmations.iter().map(|at| Evidence {
            place: format!("confirmations, conf_id {}", self.stream.confirmation(*at).id).into(),
            states: self.confirmation_in_words(*at).into(),
        });
        let all = certificates.len() + confirmations.len();
        let mut shown: Vec<Evidence> = of_certificates.chain(of_confirmations).take(ROWS_SHOWN).collect();
        if all > ROWS_SHOWN {
            shown.push(Evidence {
                place: format!("and {} more rows", all - ROWS_SHOWN).into(),
                states: "their ids stand in the lists beside".into(),
            });
        }
        shown
    }

    /// Carats and cents of certificates together.
    pub(crate) fn totals(&self, certificates: &[u32]) -> (i64, i64) {
        certificates
            .iter()
            .map(|at| self.stream.certificate(*at))
            .fold((0_i64, 0_i64), |(carats, value), c| {
                (carats.saturating_add(c.carats), value.saturating_add(c.value))
            })
    }
}
