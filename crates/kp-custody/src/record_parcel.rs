//! Record a parcel: a clerk takes down which finds, purchases and imports it consists of.
//!
//! Scheme: CD Section IV(a), Annex II.11-14; domain 7 (a collector who buys from five diggers hands over five slips). Closes
//! part of L02 and L35. Appends `parcel_recorded`. Stones under a measure are recorded like all others: what is written
//! down can be asked about. They are kept back when they are mixed or exported.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{
    Officer, Role,
    rules::{may_act, reference},
};
use kp_terms::{Carats, Date, HsCode, ParticipantCode, Refuse};

use crate::{
    LONGEST_REFERENCE, MOST_CARATS, Parcel, Source, SourceKind, queries,
    record_audit::AuditRecorded,
    rules::holder::{HolderKind, holder_of},
};

pub(crate) const RECORD_PARCEL: Sql = sql!("record_parcel");
const RECORD_SOURCE: Sql = sql!("record_source");
pub(crate) const RECORD_SHARE: Sql = sql!("record_share");

/// Most characters of a source's paper. Ours.
const LONGEST_PAPER: usize = 40;

kp_terms::form! {
    /// A parcel is recorded.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct ParcelRecorded {
        /// In whose territory.
        participant: ParticipantCode, "XA";
        /// The office's own reference, starting with the participant's code.
        parcel: String, "XA-P-7";
        /// Customs class.
        class: HsCode, "7102.31";
        /// Who holds it: a trader's licence, an authority's or an officer's id.
        holder: String, "XA-EXP-7";
        /// Each find, purchase or import in it, with its carats.
        sources: Vec<Source>, "find XA-ART-12 zone XA/north-river found 2026-01-10 carats 12.00";
    }
}

impl Statement for ParcelRecorded {
    const KIND: &'static str = "parcel_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.parcel.clone()
    }
}

kp_terms::refusals! {
    /// Why a parcel is not recorded.
    pub enum Refusal {
        /// The reference does not begin with the code or is too long.
        ReferenceNotOfParticipant { reference: String, code: ParticipantCode } = "parcel_reference_not_of_participant",
            "the reference {reference} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// The reference is in use.
        ReferenceTaken { reference: String } = "parcel_reference_taken", "parcel {reference} exists already; give the next free reference", "one parcel, one reference";
        /// Nobody of that name.
        NoSuchHolder { holder: String } = "no_such_holder", "{holder} is no licensed trader, authority or officer of this participant; license or name it first", "CD Annex II.11-14: who handles stones is registered";
        /// A parcel from nowhere.
        NoSources = "no_sources", "a parcel names where its stones come from: each find, purchase or import with its carats", "CD Section IV(a); L02, L35";
        /// Nothing or too much.
        NotAWeight { paper: String, carats: Carats } = "source_not_a_weight", "{carats} ct from {paper} cannot be meant; give more than 0.00 and at most 1,000,000,000.00 ct", "limit ours: the world digs some 120 million carats a year";
        /// The paper's name is too long.
        NotAPaper { paper: String } = "not_a_paper", "{paper} cannot be the number of a licence, slip or certificate; it has at most 40 characters", "domain 7: numbered slips; limit ours";
        /// The name of a mine or of a stock is too long.
        NotAName { paper: String, name: String } = "not_a_name", "{name} in {paper} cannot be the name of a mine or a stock; it has at most 40 characters", "domain 4.4: mines and stock of a decision; limit ours";
        /// After today.
        InTheFuture { paper: String, on: Date, today: Date } = "source_in_the_future", "{paper} names {on}, which is after today, {today}", "a day that has not come cannot be recorded";
        /// Sold before it was found.
        BoughtBeforeFound { paper: String, bought: Date, found: Date } = "bought_before_found", "{paper} says that stones found on {found} were bought on {bought}, before", "domain 7: a find, then its first sale";
        /// Mined elsewhere.
        MinedElsewhere { paper: String, origin: ParticipantCode } = "mined_elsewhere", "{paper} names ground of {origin}; stones from another country come in under a certificate, as an import", "CD Section III(a)";
        /// The slip has served.
        SlipUsed { paper: String, parcel: String } = "slip_already_used", "slip {paper} stands in parcel {parcel} already; a slip serves once", "domain 7: numbered slips; L35";
        /// No such audit.
        NoSuchAudit { audit: String } = "no_such_audit", "there is no audit {audit} of this ground; the scheme's monitoring group records audits", "domain 4.4: an audit before stockpiled stones leave; L25";
        /// More than was audited.
        AuditExceeded { audit: String, cleared: Carats, drawn: Carats } = "audit_exceeded", "audit {audit} cleared {cleared} ct, and with this parcel {drawn} ct would rest on it", "domain 4.4: the frozen list of the stockpile; L25";
    }
}

struct Facts {
    officer: Officer,
    existing: Option<Parcel>,
    holder: Option<HolderKind>,
    /// For each purchase slip of the request that stands elsewhere already: that parcel.
    slips: Vec<(String, String)>,
    /// For each audit of the request: what it cleared, and what rests on it already.
    audits: Vec<(AuditRecorded, Carats)>,
}

/// Records a parcel.
///
/// # Errors
/// Refuses where reference, holder or sources are not in order.
pub fn record_parcel(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &ParcelRecorded) -> Result<Entry, Failure> {
    let facts = load(tx, desk, request)?;
    decide(&facts, request, desk.today())?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn load(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &ParcelRecorded) -> Result<Facts, Failure> {
    let mut facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        existing: queries::parcel_by_reference(tx, &request.parcel)?,
        holder: holder_of(tx, &request.holder, request.participant)?,
        slips: Vec::new(),
        audits: Vec::new(),
    };
    for source in &request.sources {
        if source.kind == SourceKind::Purchase
            && let Some(parcel) = queries::parcel_of_slip(tx, request.participant, &source.paper)?
        {
            facts.slips.push((source.paper.clone(), parcel));
        }
        if let Some(audit) = &source.audit
            && let Some(recorded) = queries::audit_by_reference(tx, audit)?
        {
            let drawn = queries::carats_under_audit(tx, audit)?;
            facts.audits.push((recorded, drawn));
        }
    }
    Ok(facts)
}

fn decide(facts: &Facts, request: &ParcelRecorded, today: Date) -> Result<(), Box<dyn Refuse>> {
    may_act::of_participant(&facts.officer, Role::Clerk, request.participant)?;
    let reference = request.parcel.clone();
    if !reference::belongs_to(&reference, request.participant, LONGEST_REFERENCE) {
        return Err(Refusal::ReferenceNotOfParticipant { reference, code: request.participant }.into());
    }
    if facts.existing.is_some() {
        return Err(Refusal::ReferenceTaken { reference }.into());
    }
    if facts.holder.is_none() {
        return Err(Refusal::NoSuchHolder { holder: request.holder.clone() }.into());
    }
    if request.sources.is_empty() {
        return Err(Refusal::NoSources.into());
    }
    for (index, source) in request.sources.iter().enumerate() {
        check_source(source, request.participant, today)?;
        let earlier = request.sources.iter().take(index);
        check_slip(facts, source, &request.parcel, earlier)?;
    }
    check_audits(facts, request)
}

fn check_source(source: &Source, participant: ParticipantCode, today: Date) -> Result<(), Box<dyn Refuse>> {
    let paper = source.paper.clone();
    if source.carats <= Carats::ZERO || source.carats > MOST_CARATS {
        return Err(Refusal::NotAWeight { paper, carats: source.carats }.into());
    }
    if paper.chars().count() > LONGEST_PAPER {
        return Err(Refusal::NotAPaper { paper: paper.chars().take(LONGEST_PAPER).collect() }.into());
    }
    let named = [&source.mine, &source.stock].into_iter().flatten();
    if let Some(name) = named.into_iter().find(|name| name.chars().count() > LONGEST_PAPER) {
        return Err(Refusal::NotAName { paper, name: name.chars().take(LONGEST_PAPER).collect() }.into());
    }
    if let Some(on) = source.days().find(|day| *day > today) {
        return Err(Refusal::InTheFuture { paper, on, today }.into());
    }
    if let (Some(found), Some(bought)) = (source.found_on, source.bought_on)
        && bought < found
    {
        return Err(Refusal::BoughtBeforeFound { paper, bought, found }.into());
    }
    if source.kind != SourceKind::Import && source.origin() != participant {
        return Err(Refusal::MinedElsewhere { paper, origin: source.origin() }.into());
    }
    Ok(())
}

fn check_slip<'a>(
    facts: &Facts,
    source: &Source,
    parcel: &str,
    mut earlier: impl Iterator<Item = &'a Source>,
) -> Result<(), Box<dyn Refuse>> {
    if source.kind != SourceKind::Purchase {
        return Ok(());
    }
    let paper = source.paper.clone();
    if let Some((_, parcel)) = facts.slips.iter().find(|(slip, _)| *slip == paper) {
        return Err(Refusal::SlipUsed { paper, parcel: parcel.clone() }.into());
    }
    if earlier.any(|other| other.kind == SourceKind::Purchase && other.paper == paper) {
        return Err(Refusal::SlipUsed { paper, parcel: parcel.to_owned() }.into());
    }
    Ok(())
}

fn check_audits(facts: &Facts, request: &ParcelRecorded) -> Result<(), Box<dyn Refuse>> {
    for source in &request.sources {
        let Some(audit) = source.audit.clone() else { continue };
        let Some((cleared, drawn)) = facts
            .audits
            .iter()
            .find(|(recorded, _)| recorded.audit == audit && recorded.participant == source.origin())
            .map(|(recorded, drawn)| (recorded.carats, *drawn))
        else {
            return Err(Refusal::NoSuchAudit { audit }.into());
        };
        let asked =
            request.sources.iter().filter(|other| other.audit.as_ref() == Some(&audit)).map(|s| s.carats);
        let drawn = Carats::sum(asked.chain([drawn])).unwrap_or(MOST_CARATS);
        if drawn > cleared {
            return Err(Refusal::AuditExceeded { audit, cleared, drawn }.into());
        }
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ParcelRecorded = entry.body()?;
    let carats = Carats::sum(body.sources.iter().map(|source| source.carats)).unwrap_or_default();
    let by = queries::signer_of(tx, entry)?;
    tx.execute(
        RECORD_PARCEL,
        &[
            (&body.parcel).into(),
            body.participant.as_str().into(),
            body.class.code().into(),
            carats.hundredths().into(),
            (&body.holder).into(),
            (&entry.on().to_string()).into(),
            (&by).into(),
        ],
    )?;
    for (index, source) in body.sources.iter().enumerate() {
        let id = format!("{}/{}", body.parcel, index + 1);
        tx.execute(
            RECORD_SOURCE,
            &[
                (&id).into(),
                (&body.parcel).into(),
                body.participant.as_str().into(),
                source.kind.word().into(),
                (&source.paper).into(),
                (&source.to_string()).into(),
                source.carats.hundredths().into(),
                source.audit.as_ref().into(),
            ],
        )?;
        tx.execute(RECORD_SHARE, &[(&body.parcel).into(), (&id).into(), source.carats.hundredths().into()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, ParcelRecorded, decide};
    use crate::{record_audit::AuditRecorded, rules::holder::HolderKind, testing::*};

    fn everything_wrong() -> (Facts, ParcelRecorded) {
        let facts = Facts {
            officer: officer("XB", Role::Clerk),
            existing: Some(parcel("XA-P-1", 100)),
            holder: None,
            slips: vec![("SLIP-1".into(), "XA-P-9".into())],
            audits: Vec::new(),
        };
        let request = ParcelRecorded {
            participant: code("XA"),
            parcel: "XB-P-1".into(),
            class: "7102.31".parse().unwrap(),
            holder: "XA-EXP-1".into(),
            sources: Vec::new(),
        };
        (facts, request)
    }

    fn sources(texts: &[&str]) -> Vec<crate::Source> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn each_reason_in_its_order() {
        let mut world = everything_wrong();
        refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request, day("2026-02-03"))),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0.officer = officer("XA", Role::Clerk)),
                ("parcel_reference_not_of_participant", |w| w.1.parcel = "XA-P-1".into()),
                ("parcel_reference_taken", |w| w.0.existing = None),
                ("no_such_holder", |w| w.0.holder = Some(HolderKind::Trader)),
                ("no_sources", |w| {
                    w.1.sources = sources(&["find L1 origin XA found 2026-01-10 carats 0.00"]);
                }),
                ("source_not_a_weight", |w| {
                    let long = "L".repeat(41);
                    w.1.sources = sources(&[&format!("find {long} origin XA found 2026-01-10 carats 1.00")]);
                }),
                ("not_a_paper", |w| {
                    w.1.sources = sources(&["find L1 origin XB found 2026-02-04 carats 1.00"])
                }),
                ("source_in_the_future", |w| {
                    w.1.sources = sources(&[
                        "purchase SLIP-1 origin XB found 2026-01-10 bought 2026-01-09 carats 1.00",
                    ]);
                }),
                ("bought_before_found", |w| {
                    w.1.sources = sources(&[
                        "purchase SLIP-1 origin XB found 2026-01-10 bought 2026-01-10 carats 1.00",
                    ]);
                }),
                ("mined_elsewhere", |w| {
                    w.1.sources = sources(&[
                        "purchase SLIP-1 origin XA found 2026-01-10 bought 2026-01-10 carats 1.00",
                    ]);
                }),
                ("slip_already_used", |w| {
                    w.0.slips.clear();
                    let twice = "purchase SLIP-1 origin XA found 2026-01-10 bought 2026-01-10 carats 1.00";
                    w.1.sources = sources(&[twice, twice]);
                }),
                ("slip_already_used", |w| {
                    w.1.sources = sources(&[
                        "find L1 origin XA found 2026-01-10 carats 3.00 audit XA-AUD-1",
                        "find L2 origin XA found 2026-01-10 carats 2.00 audit XA-AUD-1",
                    ]);
                }),
                ("no_such_audit", |w| {
                    let audit = AuditRecorded {
                        participant: code("XA"),
                        audit: "XA-AUD-1".into(),
                        carats: carats(599),
                        auditor: "an invented house".into(),
                        report: "report 1".into(),
                    };
                    w.0.audits = vec![(audit, carats(100))];
                }),
                ("audit_exceeded", |w| w.0.audits[0].0.carats = carats(600)),
            ],
        );
    }

    #[test]
    fn an_import_may_be_of_any_origin() {
        let (mut facts, mut request) = everything_wrong();
        facts = Facts {
            officer: officer("XA", Role::Clerk),
            existing: None,
            holder: Some(HolderKind::Officer),
            ..facts
        };
        request.parcel = "XA-P-1".into();
        request.sources = sources(&["import XB-000004 origin XC imported 2026-01-20 carats 300.00"]);
        decide(&facts, &request, day("2026-02-03")).unwrap();
    }
}
