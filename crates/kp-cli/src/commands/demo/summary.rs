//! What the demonstration found, in one screenful, and what to try next.

use std::path::Path;

use anyhow::{Result, bail};
use jiff::Timestamp;
use kp_detect::{finding::Finding, production::Analysis};
use kp_exchange::Reading;
use kp_log::Failure;
use kp_node::{ActFailure, Node};
use kp_terms::{Fields, Period};
use kp_trade::{Certificate, CertificateState};

use super::{papers::Paper, play::PASSPHRASE};
use crate::{
    commands::{analyze, findings},
    screen::Table,
};

/// More than a demonstration holds, unless somebody made a thousand more.
const CERTIFICATES_COUNTED: u32 = 1000;

/// The whole screenful.
pub(super) fn text(
    node: &Node,
    reading: &Reading,
    analysis: &Analysis,
    papers: &[Paper],
    folder: &Path,
    now: Timestamp,
) -> Result<String> {
    let (real, invented) = (real(reading, analysis), invented(node, now)?);
    Ok(format!("{real}\n\n{invented}\n\n{}\n\n{}", verified(papers), next(folder)))
}

/// What a verifier without a network says of two sheets and of a changed code.
fn verified(papers: &[Paper]) -> String {
    let mut text = String::from(
        "PAPER: printed as PDF/A, read back from the files, verified with the signed lists alone, without the register.",
    );
    for paper in papers {
        text.push_str(&format!("\n  {:<6} {}\n         {}", paper.state, paper.what, paper.sentence));
    }
    text
}

/// Guinea 2008 stands for all: a rise of which every step of the arithmetic is shown.
fn real(reading: &Reading, analysis: &Analysis) -> String {
    let mut text = format!(
        "REAL FIGURES: {}\n{} findings; each is a question, not a verdict.",
        analyze::account(reading),
        analysis.findings.len()
    );
    let about_guinea = |finding: &&Finding| {
        finding.participant.as_str() == "GN" && finding.periods.first() == Some(&Period::Year(2008))
    };
    if let Some((at, finding)) = (1..).zip(&analysis.findings).find(|(_, finding)| about_guinea(finding)) {
        let at: usize = at;
        let arithmetic = findings::arithmetic(&finding.arithmetic);
        text.push_str(&format!(" Number {at} of the list:\n{}\n{arithmetic}", finding.title));
        for signal in finding.supporting.iter().filter(|signal| signal.independent) {
            text.push_str(&format!("\n  also: {}", signal.title));
        }
    }
    text
}

fn invented(node: &Node, now: Timestamp) -> Result<String> {
    let (findings, cases, certificates) = node.db().read(|tx| {
        let findings = kp_detect::trade::findings(tx)?;
        let certificates = kp_trade::certificates(tx, "", CERTIFICATES_COUNTED)?;
        Ok::<_, anyhow::Error>((findings, kp_cases::cases(tx)?, certificates))
    })?;
    let mut table = Table::new(&["", "what was seen", "case", "state"]);
    for row in findings.iter().rev() {
        let case = cases.iter().find(|case| case.finding_id == row.finding.id);
        let (number, state) =
            case.map_or(("-".into(), "-".into()), |c| (c.case_number.clone(), c.state.clone()));
        table.row(vec![String::new(), row.finding.title.to_string(), number, state]);
    }
    let report = node.verify_log()?;
    if let Some(fault) = report.faults.first() {
        bail!(
            "the log of the demonstration is not as it was written: {fault}; `kpcs demo --fresh` starts again"
        );
    }
    let entries: u64 = report.logs.values().sum();
    Ok(format!(
        "INVENTED WORLD: Examplia (XA) exports to Sampleland (XB); {entries} signed entries in {} logs, all verified.\n\
         Certificates: {}\n{}\n{}",
        report.logs.len(),
        by_state(&certificates),
        table.text(),
        refused(node, now)?
    ))
}

/// `3 confirmed, 1 departed`, in the order of a certificate's life.
fn by_state(certificates: &[Certificate]) -> String {
    let count = |state: &CertificateState| certificates.iter().filter(|c| c.state == *state).count();
    let states =
        CertificateState::ALL.iter().rev().map(|state| (count(state), state.word().replace('_', " ")));
    let words: Vec<String> =
        states.filter(|(count, _)| *count > 0).map(|(count, state)| format!("{count} {state}")).collect();
    words.join(", ")
}

/// One act that is refused, tried in earnest: the number of a certificate that has done its life.
fn refused(node: &Node, now: Timestamp) -> Result<String> {
    let approver = node.open_key("xa-approver", PASSPHRASE)?;
    let fields = Fields::from([("number".to_owned(), vec!["XA-000001".to_owned()])]);
    match node.perform("issue_certificate", &fields, &approver, now) {
        Err(ActFailure::Failure(Failure::Refused(refusal))) => {
            Ok(format!("  refused just now: {refusal} (rule: {})", refusal.rule()))
        }
        Err(other) => bail!("issuing XA-000001 again failed otherwise than by refusal: {other}"),
        Ok(_) => bail!("XA-000001 was issued a second time"),
    }
}

fn next(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "TRY NEXT (the officers' passphrase is `{PASSPHRASE}`):\n  \
         kpcs --data '{folder}' findings list\n  \
         kpcs --data '{folder}' certificate show XA-000002\n  \
         kpcs --data '{folder}' act issue-certificate --as xa-approver --number XA-000007\n  \
         kpcs --data '{folder}' log verify\n  \
         kpcs --data '{folder}' verify '{folder}/papers'\n\
         Report: {folder}/report/report.html\n\
         Data:   {folder}"
    )
}
