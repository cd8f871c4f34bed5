//! `kpcs certificate issue-batch FILE.csv`: applications taken, drafted and issued, one certificate after the other.
//!
//! Every act is its own transaction. A certificate's line is printed only after its last act is durable; whoever reads
//! a line may rely on it. Run again after a power cut, it goes on where it stopped, also in the middle of one
//! certificate, because each step first looks whether it was done; nothing is done twice and no number is lost.
//! An application that is there already with another content is never touched: it is named.

mod file;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kp_log::Signer;
use kp_node::Node;
use kp_terms::{CertificateNumber, Fields, ParticipantCode};
use kp_trade::{Application, CertificateState, Line};

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Batch,
    clock, language,
    passphrase::Source,
    place::Place,
    screen::{aside, say},
};
use file::Wanted;

/// Issues what the file asks for.
pub(crate) fn run(place: &Place, options: &Batch) -> Answer {
    let wanted = file::read(&options.file)?;
    let node = place.open()?;
    let desk = Desk::open(&node, options)?;
    let bar = progress(wanted.len());
    let mut refused = 0_usize;
    for each in &wanted {
        match desk.issue(each) {
            Ok((number, how)) => {
                let line = format!("{number}\t{}\t{how}", each.reference);
                bar.suspend(|| say(&line)).with_context(|| {
                    format!(
                        "{number} is issued, but could not be printed; run the same command again to go on"
                    )
                })?;
            }
            Err(Trouble::Refused(refusal)) => {
                refused += 1;
                let row = format!("{}, {}", each.row, each.reference);
                bar.suspend(|| aside(&language::refused(refusal.as_ref(), Some(&row))));
            }
            Err(Trouble::Fields(problems)) => {
                refused += 1;
                for problem in problems {
                    bar.suspend(|| {
                        aside(&format!("not done: row {}, {}: {problem}", each.row, each.reference))
                    });
                }
            }
            Err(other) => return Err(other),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    aside(&format!("{} of {} certificates are issued", wanted.len() - refused, wanted.len()));
    Ok(if refused == 0 { Outcome::Done } else { Outcome::Found })
}

/// Shown on a terminal only.
fn progress(length: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} certificates, {eta} to go");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The two officers at work, and the participant they work for.
struct Desk<'a> {
    node: &'a Node,
    participant: ParticipantCode,
    clerk: Signer,
    approver: Signer,
}

impl<'a> Desk<'a> {
    fn open(node: &'a Node, options: &Batch) -> Result<Self, Trouble> {
        let officer = node.db().read(|tx| kp_registry::officer_by_id(tx, &options.clerk))?;
        let officer = officer
            .with_context(|| format!("there is no officer {}; `kpcs officers` lists them", options.clerk))?;
        let participant = officer.body.parse().map_err(|_| {
            Trouble::Usage(format!("--clerk: {} is an officer of the scheme; certificates are drafted by an officer of a participant", options.clerk))
        })?;
        let clerk = Source::of_signer(options.passphrase_file.as_ref()).ask(&options.clerk)?;
        let approver =
            Source::of_approver(options.approver_passphrase_file.as_ref(), options.passphrase_file.as_ref());
        let approver = approver.ask(&options.approver)?;
        Ok(Self {
            node,
            participant,
            clerk: node.open_key(&options.clerk, &clerk)?,
            approver: node.open_key(&options.approver, &approver)?,
        })
    }

    /// Brings one certificate to `issued`, from wherever it stands.
    fn issue(&self, wanted: &Wanted) -> Result<(CertificateNumber, &'static str), Trouble> {
        let (application, mut number) = self.standing(wanted)?;
        if application.is_none() {
            self.node.perform(
                "apply_for_certificate",
                &wanted.fields(self.participant),
                &self.clerk,
                clock::now(),
            )?;
            // Power may fail here: the next run finds the application and drafts.
        }
        if number.is_none() {
            let fields = Fields::from([one("application", &wanted.reference)]);
            self.node.perform("draft_certificate", &fields, &self.clerk, clock::now())?;
            // Power may fail here: the next run finds the draft under its number and issues it.
            number = self.number_of(&wanted.reference)?;
        }
        let number = number.with_context(|| format!("the draft of {} is not there", wanted.reference))?;
        let certificate = self.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number))?;
        if certificate.is_some_and(|certificate| certificate.state != CertificateState::Drafted) {
            return Ok((number, "issued before"));
        }
        let fields = Fields::from([one("number", &number.to_string())]);
        self.node.perform("issue_certificate", &fields, &self.approver, clock::now())?;
        Ok((number, "issued"))
    }

    /// How far this certificate came; an application of other content under the same reference is an error.
    fn standing(&self, wanted: &Wanted) -> Result<(Option<Application>, Option<CertificateNumber>), Trouble> {
        let (application, lines) = self.node.db().read(|tx| {
            let application = kp_trade::application_by_reference(tx, &wanted.reference)?;
            let lines = kp_trade::lines_of_application(tx, &wanted.reference)?;
            Ok::<_, anyhow::Error>((application, lines))
        })?;
        if let Some(application) = &application
            && let Some(column) = difference(application, &lines, wanted, self.participant)
        {
            let message = format!(
                "row {}: application {} is there already with another {column}; nothing was done about it, give it a reference of its own",
                wanted.row, wanted.reference
            );
            return Err(anyhow::anyhow!(message).into());
        }
        let number = self.number_of(&wanted.reference)?;
        Ok((application, number))
    }

    fn number_of(&self, reference: &str) -> Result<Option<CertificateNumber>> {
        self.node.db().read(|tx| kp_trade::certificate_of_application(tx, reference))
    }
}

fn one(name: &str, value: &str) -> (String, Vec<String>) {
    (name.to_owned(), vec![value.to_owned()])
}

/// The first column in which an application differs from what the file asks for.
fn difference(
    there: &Application,
    lines: &[Line],
    wanted: &Wanted,
    participant: ParticipantCode,
) -> Option<&'static str> {
    let mut wanted_lines = wanted.lines.clone();
    wanted_lines.sort_by_key(|line| line.hs.code());
    let mut lines = lines.to_vec();
    lines.sort_by_key(|line| line.hs.code());
    let checks = [
        ("participant", there.participant == participant),
        ("licence", there.licence_number == wanted.licence),
        ("importer", there.importer == wanted.importer),
        ("importer_address", there.importer_address == wanted.importer_address),
        ("destination", there.destination == wanted.destination),
        ("origin", there.origin == wanted.origin),
        ("parcels", there.parcels == wanted.parcels),
        ("declared_by", there.declared_by == wanted.declared_by),
        ("hs, carats or value_usd", lines == wanted_lines),
    ];
    checks.into_iter().find(|(_, same)| !same).map(|(column, _)| column)
}
