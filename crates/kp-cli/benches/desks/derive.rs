//! How long everything derived takes: all tables and findings from the log, and one certificate more.
//!
//! The log is a real one: every certificate has its seven statements of a whole life (applied, drafted, issued, validated,
//! departed, arrived, confirmed), each signed and appended as acts append them, over the participants and traders of the
//! bench. What a life says comes from one that was played through the acts.

use std::{path::Path, sync::Arc, time::Instant};

use anyhow::{Context, Result};
use jiff::{Timestamp, civil::Date};
use kp_db::Tx;
use kp_log::{Desk, Entry, Signer, Statement, entries_after};
use kp_node::{Node, Settings};
use kp_terms::{Carats, CertificateNumber, ParticipantCode, UsdCents};
use kp_trade::{
    apply_for_certificate::ApplicationReceived, confirm_receipt::ReceiptConfirmed,
    depart_shipment::ShipmentDeparted, draft_certificate::CertificateDrafted,
    issue_certificate::CertificateIssued, record_arrival::ArrivalRecorded,
    validate_certificate::CertificateValidated,
};

use crate::{
    ask::at_share,
    fill::{IMPORTERS, drawn, importer, number, route, seal},
    world::{EXPORTERS, Players, World, codes},
};

/// Certificates of one transaction while the log is filled.
const AT_ONCE: u32 = 500;
/// Certificates that come after, one by one.
const MORE: u32 = 40;
/// Days over which the certificates are spread: as long as the licences of the bench are in force.
const DAYS: u64 = 600;

pub(crate) fn all(world: World, folder: &Path, certificates: u32) -> Result<()> {
    let life = Life::played(&world)?;
    let signer = world.node.open_key("xa-clerk-1", crate::world::PASSPHRASE)?;
    let begin = Instant::now();
    let codes = codes();
    for first in (0..certificates).step_by(AT_ONCE as usize) {
        world.node.db().write("fill", |tx| {
            for each in first..certificates.min(first + AT_ONCE) {
                life.lived_again(tx, &world, &signer, each, certificates, &codes)?;
            }
            Ok::<_, anyhow::Error>(())
        })?;
    }
    println!("  {certificates} lives signed and appended in {:.0} s", begin.elapsed().as_secs_f64());
    let now = day_of(certificates, certificates)?;
    drop(world);
    // What was appended straight to the log is not in the copy that the node keeps outside.
    let settings = Settings { folder: folder.to_owned(), database: None, name: "bench".into() };
    Node::open(&settings)?.accept_without_outside()?;
    let node = Arc::new(Node::open(&settings)?);
    let begin = Instant::now();
    let entries = node.rebuild(|_| ())?;
    let took = begin.elapsed().as_secs_f64();
    println!(
        "  every table, finding and word of the search from {entries} entries: {took:.1} s, {:.0} certificates a second",
        f64::from(certificates) / took
    );
    let world = World { node, now };
    one_more(&world, certificates)
}

/// The day on which a certificate is applied for, and moves.
fn day_of(each: u32, of: u32) -> Result<Timestamp> {
    let days = u64::from(each) * DAYS / u64::from(of.max(1));
    let begin: Timestamp = format!("{}T09:00:00Z", crate::world::TODAY).parse()?;
    let seconds = i64::try_from(days * 86_400 + u64::from(each) % 20_000)?;
    Ok(begin.checked_add(jiff::SignedDuration::from_secs(seconds))?)
}

/// Whole lives through the acts, each with what follows from it: the sign, the disk, the tables, the findings.
fn one_more(world: &World, certificates: u32) -> Result<()> {
    let players = Players::come(world)?;
    let (mut acts, mut idle) = (Vec::new(), Vec::new());
    for each in 0..MORE {
        let begin = Instant::now();
        players.play(world, &format!("XA-A-MORE-{each}"), &format!("MORE-{each}"))?;
        acts.push(begin.elapsed() / 7);
        let begin = Instant::now();
        world.node.catch_up(world.now)?;
        idle.push(begin.elapsed());
    }
    println!(
        "  {MORE} certificates more beside {certificates}, seven acts each: signed, on the disk, every table and finding as new"
    );
    println!(
        "    one act        p50 {:>8} ms   p99 {:>8} ms",
        at_share(&mut acts, 50),
        at_share(&mut acts, 99)
    );
    println!(
        "    nothing to do  p50 {:>8} ms   p99 {:>8} ms",
        at_share(&mut idle, 50),
        at_share(&mut idle, 99)
    );
    Ok(())
}

/// The statements of one certificate.
struct Life {
    applied: ApplicationReceived,
    drafted: CertificateDrafted,
    issued: CertificateIssued,
    validated: CertificateValidated,
    departed: ShipmentDeparted,
    arrived: ArrivalRecorded,
    confirmed: ReceiptConfirmed,
}

fn only<S: Statement>(entries: &[Entry]) -> Result<S> {
    entries.iter().find(|entry| entry.kind == S::KIND).context(S::KIND)?.body()
}

impl Life {
    fn played(world: &World) -> Result<Self> {
        let before = world.node.db().read(kp_log::last_position)?;
        world.play_one()?;
        let entries = world.node.db().read(|tx| entries_after(tx, before, 100))?;
        Ok(Self {
            applied: only(&entries)?,
            drafted: only(&entries)?,
            issued: only(&entries)?,
            validated: only(&entries)?,
            departed: only(&entries)?,
            arrived: only(&entries)?,
            confirmed: only(&entries)?,
        })
    }

    fn lived_again(
        &self,
        tx: &mut Tx<'_>,
        world: &World,
        signer: &Signer,
        each: u32,
        of: u32,
        codes: &[String],
    ) -> Result<()> {
        let now = day_of(each, of)?;
        let on = kp_log::day_of(now);
        let desk = Desk::new(signer, world.node.keys(), now);
        let (issuer, destination) = route(each, codes);
        let (from, to): (ParticipantCode, ParticipantCode) = (issuer.parse()?, destination.parse()?);
        let names = Names { number: number(each, &issuer).parse()?, from, to, on, each };
        self.leaves(tx, &desk, &names)?;
        self.comes(tx, &desk, &names)
    }

    fn leaves(&self, tx: &mut Tx<'_>, desk: &Desk<'_>, names: &Names) -> Result<()> {
        let (mut applied, mut drafted, mut issued) =
            (self.applied.clone(), self.drafted.clone(), self.issued.clone());
        applied.participant = names.from;
        applied.application = names.application();
        applied.licence_number = names.licence();
        applied.importer = names.importer();
        applied.destination = names.to;
        applied.origin = names.from.as_str().parse()?;
        names.weigh(&mut applied.lines);
        append(tx, desk, &applied)?;
        (drafted.number, drafted.participant) = (names.number.clone(), names.from);
        drafted.application = names.application();
        append(tx, desk, &drafted)?;
        (issued.number, issued.participant, issued.destination) =
            (names.number.clone(), names.from, names.to);
        issued.application = names.application();
        issued.licence_number = names.licence();
        issued.importer = names.importer();
        issued.origin = names.from.as_str().parse()?;
        names.weigh(&mut issued.lines);
        issued.issued_on = names.on;
        issued.expires_on = names.on.checked_add(jiff::Span::new().days(60))?;
        append(tx, desk, &issued)?;
        let (mut validated, mut departed) = (self.validated.clone(), self.departed.clone());
        (validated.number, validated.participant) = (names.number.clone(), names.from);
        validated.carats_weighed = names.carats();
        validated.seals = vec![seal(names.each)];
        validated.validated_on = names.on;
        append(tx, desk, &validated)?;
        (departed.number, departed.participant, departed.destination) =
            (names.number.clone(), names.from, names.to);
        departed.origin = names.from.as_str().parse()?;
        names.weigh(&mut departed.lines);
        departed.seals = vec![seal(names.each)];
        departed.departed_on = names.on;
        append(tx, desk, &departed)
    }

    fn comes(&self, tx: &mut Tx<'_>, desk: &Desk<'_>, names: &Names) -> Result<()> {
        let (mut arrived, mut confirmed) = (self.arrived.clone(), self.confirmed.clone());
        (arrived.number, arrived.at) = (names.number.clone(), names.to);
        arrived.carats_received = names.carats();
        arrived.arrived_on = names.on;
        append(tx, desk, &arrived)?;
        (confirmed.number, confirmed.at) = (names.number.clone(), names.to);
        confirmed.carats_confirmed = names.carats();
        confirmed.importer = names.importer();
        append(tx, desk, &confirmed)
    }
}

/// What is each certificate's own.
struct Names {
    number: CertificateNumber,
    from: ParticipantCode,
    to: ParticipantCode,
    on: Date,
    each: u32,
}

impl Names {
    fn application(&self) -> String {
        format!("{}-A-{}", self.from, self.each)
    }

    fn licence(&self) -> String {
        format!("{}-EXP-{}", self.from, drawn(u64::from(self.each) + 9) % u64::from(EXPORTERS))
    }

    fn importer(&self) -> String {
        importer(drawn(u64::from(self.each) + 3) % IMPORTERS)
    }

    fn carats(&self) -> Carats {
        Carats::from_hundredths(i64::try_from(drawn(u64::from(self.each) + 11) % 500_000).unwrap_or(0) + 100)
    }

    fn weigh(&self, lines: &mut [kp_trade::Line]) {
        for line in lines {
            line.carats = self.carats();
            line.value = UsdCents::from_cents(self.carats().hundredths() * 350);
        }
    }
}

fn append<S: Statement>(tx: &mut Tx<'_>, desk: &Desk<'_>, statement: &S) -> Result<()> {
    kp_log::append(tx, desk, statement).map(drop).map_err(|failure| anyhow::anyhow!("{}: {failure}", S::KIND))
}
