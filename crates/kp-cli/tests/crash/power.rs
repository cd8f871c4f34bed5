//! The power is cut at every sync of an issuance, and what was not synced is lost, torn or out of order.
//!
//! Source: rulings 30, security R01 and R03. Two certificates are issued under `strace`, the second after the first was
//! acknowledged; the folder is built as it would lie on the disk after each cut; a node opens it, and goes on.

pub(crate) mod disk;
pub(crate) mod trace;

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use kp_log::Signer;
use kp_node::{Node, Settings};
use kp_terms::{Fields, Timestamp};
use kp_trade::CertificateState;

use crate::{
    desk::{Desk, PASSPHRASE, reference},
    moments::Moments,
    soundness,
};
use disk::Cut;
use trace::Trace;

const CERTIFICATES: u64 = 2;

#[test]
fn a_power_cut_at_any_sync_loses_nothing_that_was_acknowledged() {
    let strace = match trace::strace() {
        Ok(strace) => strace,
        Err(missing) => return kp_testkit::skipped("power cuts at every sync", &missing),
    };
    let begin = Instant::now();
    let desk = Desk::found(None);
    let file = desk.file_of(CERTIFICATES);
    let officers = Officers::open(&desk);
    let trace = trace::record(&strace, desk.folder(), &desk.issuing(&file));
    let mut moments = Moments::of("power cuts");
    let cuts = trace.cuts(&mut moments);
    let images = on_all_processors(&cuts, |cut, seen| {
        let (image, said) = (trace.image(cut), trace.said(cut));
        if !is_new(seen, &image, &said) {
            return;
        }
        let tried = std::panic::catch_unwind(AssertUnwindSafe(|| officers.go_on_from(&image, &said)));
        if let Err(panic) = tried {
            eprintln!("power failed here: {}", shown(&trace, cut));
            std::panic::resume_unwind(panic);
        }
    });
    let syncs = trace
        .steps
        .iter()
        .filter(|step| matches!(step, trace::Step::Sync { .. } | trace::Step::SyncFolder { .. }));
    let syncs = syncs.count();
    assert!(syncs >= 6 && images > syncs, "{syncs} syncs: what was recorded is no issuance");
    eprintln!(
        "power cut at {syncs} syncs: {} cuts, {images} different disks, {} s",
        cuts.len(),
        begin.elapsed().as_secs()
    );
}

/// Disks that were tried, by SHA-256.
type Seen = Mutex<BTreeSet<[u8; 32]>>;

/// Many cuts leave the same bytes after the same acknowledgements.
fn is_new(seen: &Seen, image: &BTreeMap<String, Vec<u8>>, said: &str) -> bool {
    let mut all = Vec::new();
    for (name, bytes) in image {
        for part in [name.as_bytes(), bytes.as_slice()] {
            all.extend((part.len() as u64).to_be_bytes());
            all.extend(part);
        }
    }
    all.extend(said.as_bytes());
    seen.lock().unwrap().insert(kp_sign::sha256(&all))
}

/// Tries every cut, as many at a time as there are processors. Returns how many different disks there were.
fn on_all_processors(cuts: &[Cut], each: impl Fn(&Cut, &Seen) + Sync) -> usize {
    let (next, seen) = (AtomicUsize::new(0), Seen::default());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(cut) = cuts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    each(cut, &seen);
                }
            });
        }
    });
    seen.into_inner().unwrap().len()
}

/// The officers who go on after the power is back, and the desk's records.
struct Officers {
    clerk: Signer,
    approver: Signer,
}

impl Officers {
    fn open(desk: &Desk) -> Self {
        let node = soundness::open(desk);
        let open = |officer: &str| node.open_key(officer, PASSPHRASE).unwrap();
        Self { clerk: open("xa-clerk-1"), approver: open("xa-approver-1") }
    }

    /// Opens a folder as the power cut left it, checks it, issues what is not yet issued, and checks again.
    fn go_on_from(&self, image: &BTreeMap<String, Vec<u8>>, said: &str) {
        let folder = tempfile::tempdir().unwrap();
        lay_down(folder.path(), image);
        let settings = Settings { folder: folder.path().to_owned(), database: None, name: "node".to_owned() };
        let node = Node::open(&settings).unwrap();
        assert_eq!(node.faults(), [], "the node finds its log as it was written");
        let now = time_of_last_entry(&node);
        node.catch_up(now).unwrap();
        let acknowledged = soundness::acknowledged(said);
        soundness::every_certificate_is_issued_once(&node, &acknowledged);
        let mut numbers = BTreeMap::new();
        for each in 1..=CERTIFICATES {
            let reference = reference(each);
            let number = self.issue(&node, each, now);
            if let Some(before) = acknowledged.get(&reference) {
                assert_eq!(before, &number, "{reference} changed its number");
            }
            numbers.insert(reference, number);
        }
        let given: BTreeSet<&String> = numbers.values().collect();
        assert_eq!(given.len() as u64, CERTIFICATES, "no number twice: {numbers:?}");
        soundness::every_certificate_is_issued_once(&node, &numbers);
        soundness::logs_are_as_long_as_the_acts(&node, CERTIFICATES);
        soundness::log_and_tables_agree(&node);
    }

    /// Brings one certificate to `issued` from wherever it stands.
    fn issue(&self, node: &Node, each: u64, now: Timestamp) -> String {
        let reference = reference(each);
        if node.db().read(|tx| kp_trade::application_by_reference(tx, &reference)).unwrap().is_none() {
            node.perform("apply_for_certificate", &application(each), &self.clerk, now).unwrap();
        }
        let number_of = || node.db().read(|tx| kp_trade::certificate_of_application(tx, &reference)).unwrap();
        if number_of().is_none() {
            let fields = fields(&[("application", &reference)]);
            node.perform("draft_certificate", &fields, &self.clerk, now).unwrap();
        }
        let number = number_of().unwrap();
        let certificate = node.db().read(|tx| kp_trade::certificate_by_number(tx, &number)).unwrap();
        if certificate.unwrap().state == CertificateState::Drafted {
            let fields = fields(&[("number", &number.to_string())]);
            node.perform("issue_certificate", &fields, &self.approver, now).unwrap();
        }
        number.to_string()
    }
}

fn application(each: u64) -> Fields {
    fields(&[
        ("participant", "XA"),
        ("application", &reference(each)),
        ("licence_number", "XA-EXP-7"),
        ("importer", "Harbour Gems"),
        ("importer_address", "5 Quay Street"),
        ("destination", "XB"),
        ("origin", "XA"),
        ("parcels", "1"),
        ("lines", &format!("7102.31 {each}.25 {each}00.00")),
        ("declared_by", "M. Exporter"),
    ])
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    typed.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
}

/// No act is dated before the last one; the log is the only clock here.
fn time_of_last_entry(node: &Node) -> Timestamp {
    node.db().read(|tx| kp_log::last_position(tx).and_then(|last| kp_log::entry_at(tx, last))).unwrap().at
}

fn lay_down(folder: &Path, image: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in image {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// A cut for people: each step that was not settled, with its fate.
fn shown(trace: &Trace, cut: &Cut) -> String {
    let steps = cut.fates.iter().map(|(at, fate)| {
        let step: String = format!("{:?}", trace.steps[*at]).chars().take(80).collect();
        format!("\n  step {at}: {step} .. {fate:?}")
    });
    format!("after {} of {} steps{}", cut.steps, trace.steps.len(), steps.collect::<String>())
}
