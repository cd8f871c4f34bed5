//! Two offices, a week without a network, certificates each from application to departure; `kpcs exchange take` killed while
//! it merges. Afterwards every number is there once, none twice, no gap that is not explained.
//!
//! Source: R7 in kind, R02, T35. Between two blows either nothing of a file is there or all of it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use kp_log::{OfficeName, Signer};
use kp_node::{Node, Settings};
use kp_terms::{Fields, Timestamp};

use crate::{
    desk::{Desk, PASSPHRASE},
    moments::Moments,
    soundness,
};

/// Blows that are struck at each merge.
const BLOWS: u64 = 12;

#[test]
fn two_offices_merge_through_kills_on_sqlite() {
    merge(Desk::found(None), 100, "two offices on SQLite");
}

#[test]
fn two_offices_merge_through_kills_on_postgresql() {
    let Some(database) = kp_testkit::postgres::database("two offices on PostgreSQL") else { return };
    merge(Desk::found(Some(database.url())), 15, "two offices on PostgreSQL");
}

fn merge(desk: Desk, count: u64, name: &str) {
    let mut moments = Moments::of(name);
    let begin = Instant::now();
    let offices: Vec<Office> = ["north", "south"]
        .into_iter()
        .zip([1001, 2001])
        .map(|(label, first)| Office::begun(&desk, label, first))
        .collect();
    let files: Vec<PathBuf> = offices.iter().map(|office| office.works_for_a_week(&desk, count)).collect();
    let worked = begin.elapsed();
    let mut struck = (0, 0);
    for (index, file) in files.iter().enumerate() {
        let before = count * index as u64;
        let (early, late) = strike_while_merging(&desk, file, &mut moments, before, count);
        struck = (struck.0 + early, struck.1 + late);
    }
    // A stick is brought twice, and an office hears of the other.
    for (office, file) in offices.iter().zip(&files) {
        let said = desk.done(&["exchange", "take", &file.display().to_string(), "--as", "xa-clerk-1"]);
        assert!(said.contains("nothing was changed"), "{said}");
        office.hears_of(&desk);
    }
    check(&desk, count);
    eprintln!(
        "2 offices of {count} certificates: {} s of acts; {} kills before and {} after the merge was durable, {} s with checks",
        worked.as_secs(),
        struck.0,
        struck.1,
        (begin.elapsed() - worked).as_secs()
    );
}

/// An office and its officers' keys, which it has from the capital.
struct Office {
    node: Node,
    folder: tempfile::TempDir,
    label: &'static str,
    signers: BTreeMap<&'static str, Signer>,
}

impl Office {
    fn begun(desk: &Desk, label: &'static str, first: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = OfficeName::new("XA".parse().unwrap(), label).unwrap();
        let settings = Settings { folder: folder.path().to_owned(), database: None, name: name.to_string() };
        let node = Node::open_office(&settings, &name).unwrap();
        let key = kp_sign::hex(&node.keys().signer.key.public().to_bytes());
        let range = format!("XA-{first:06}..XA-{:06}", first + 999);
        let request = [("participant", "XA"), ("label", label), ("place", "far away"), ("node-key", &key)];
        desk.act("register-office", "xa-admin-1", &request);
        let range = [("participant", "XA"), ("office", label), ("numbers", range.as_str())];
        desk.act("allot-range", "xa-admin-1", &range);
        let capital = soundness::open(desk);
        let open = |id: &'static str| (id, capital.open_key(id, PASSPHRASE).unwrap());
        let signers = ["xa-clerk-1", "xa-approver-1", "xa-customs-1"].map(open).into();
        let office = Self { node, folder, label, signers };
        drop(capital);
        office.hears_of(desk);
        office
    }

    fn hears_of(&self, desk: &Desk) {
        let (file, name) = (self.folder.path().join("from-capital"), format!("XA.{}", self.label));
        desk.done(&["exchange", "export", "--to", &name, "--out", &file.display().to_string()]);
        let text = std::fs::read_to_string(&file).unwrap();
        self.node
            .take_over(&text, &self.signers["xa-clerk-1"], self.last())
            .map_err(|f| f.to_string())
            .unwrap();
        assert_eq!(self.node.verify_log().unwrap().faults, []);
        assert_eq!(self.node.rebuild_check().unwrap().differences, []);
    }

    /// The time of the last entry here, or long ago: the office's clock goes on from there.
    fn last(&self) -> Timestamp {
        let last = self.node.db().read(|tx| {
            let position = kp_log::last_position(tx)?;
            anyhow::Ok(if position == 0 { None } else { Some(kp_log::entry_at(tx, position)?.at) })
        });
        last.unwrap().unwrap_or_else(|| "2026-01-01T00:00:00Z".parse().unwrap())
    }

    /// Works, ahead of the capital's clock, and writes its file.
    fn works_for_a_week(&self, _desk: &Desk, count: u64) -> PathBuf {
        let begin = self.last();
        for index in 0..count {
            let hours = i64::try_from(1 + index * 168 / count).unwrap();
            let now = begin + jiff_hours(hours);
            let reference = format!("XA-{}-{index}", self.label);
            self.act("xa-clerk-1", "apply_for_certificate", &application(&reference), now);
            let number = self.act("xa-clerk-1", "draft_certificate", &[("application", &reference)], now);
            self.act("xa-approver-1", "issue_certificate", &[("number", &number)], now);
            let weighed =
                [("number", number.as_str()), ("carats_weighed", "10.00"), ("seals", number.as_str())];
            self.act("xa-customs-1", "validate_certificate", &weighed, now);
            self.act("xa-customs-1", "depart_shipment", &[("number", &number)], now);
        }
        let file = self.folder.path().join("to-capital");
        std::fs::write(&file, self.node.export(None, false).map_err(|f| f.to_string()).unwrap()).unwrap();
        file
    }

    fn act(&self, by: &str, act: &str, typed: &[(&str, &str)], now: Timestamp) -> String {
        let fields: Fields =
            typed.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect();
        self.node
            .perform(act, &fields, &self.signers[by], now)
            .unwrap_or_else(|f| panic!("{act}: {f}"))
            .subject
    }
}

fn jiff_hours(hours: i64) -> jiff::SignedDuration {
    jiff::SignedDuration::from_hours(hours)
}

fn application(reference: &str) -> [(&'static str, &str); 10] {
    [
        ("participant", "XA"),
        ("application", reference),
        ("licence_number", "XA-EXP-7"),
        ("importer", "Harbour Gems"),
        ("importer_address", "5 Quay Street"),
        ("destination", "XB"),
        ("origin", "XA"),
        ("parcels", "1"),
        ("lines", "7102.31 10.00 100.00"),
        ("declared_by", "M. Exporter"),
    ]
}

/// Kills the merging command at moments spread over the time that it takes, half of them about its end, until one comes
/// after the merge was durable; then lets it end. Returns how many blows came before and how many after.
fn strike_while_merging(
    desk: &Desk,
    file: &Path,
    moments: &mut Moments,
    before: u64,
    count: u64,
) -> (u64, u64) {
    let (mut early, mut late) = (0, 0);
    let whole = time_of_merge(desk, file);
    for blow in 0..5 * BLOWS {
        let mut child =
            take(desk.command(), file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let (begin, then) = (Instant::now(), moment_of(blow, whole, moments));
        let mut ended = false;
        while begin.elapsed() < then && !ended {
            ended = child.try_wait().unwrap().is_some();
            std::thread::yield_now();
        }
        if !ended {
            child.kill().unwrap();
        }
        child.wait().unwrap();
        let there = certificates(desk);
        assert!(there == before || there == before + count, "half a file is there: {there} certificates");
        early += u64::from(there == before);
        if there > before {
            late += u64::from(!ended);
            break;
        }
    }
    desk.done(&["exchange", "take", &file.display().to_string(), "--as", "xa-clerk-1"]);
    assert_eq!(certificates(desk), before + count);
    assert!(early > 0, "no blow was struck while the file was merged");
    (early, late)
}

/// Six blows from the beginning to three quarters, six in the last quarter, and then later and later ones.
fn moment_of(blow: u64, whole: Duration, moments: &mut Moments) -> Duration {
    let micros = u64::try_from(whole.as_micros()).unwrap();
    let half = BLOWS / 2;
    let (from, share) = match blow {
        blow if blow < half => (micros * 3 * blow / (4 * half), micros * 3 / (4 * half)),
        blow if blow < BLOWS => (micros * 3 / 4 + micros * (blow - half) / (4 * half), micros / (4 * half)),
        blow => (micros + micros * (blow - BLOWS) / 4, micros / 4),
    };
    Duration::from_micros(from + moments.up_to(share))
}

fn take(mut command: Command, file: &Path) -> Command {
    command.args(["exchange", "take"]).arg(file).args(["--as", "xa-clerk-1"]);
    command
}

/// How long the merge takes undisturbed, found on a copy of the folder; a guess where the data are on a server.
fn time_of_merge(desk: &Desk, file: &Path) -> Duration {
    if desk.database().is_some() {
        return Duration::from_secs(2);
    }
    let copy = tempfile::tempdir().unwrap();
    copy_folder(desk.folder(), copy.path());
    let mut command = take(desk.command_in(copy.path()), file);
    let begin = Instant::now();
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    begin.elapsed()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (entry, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).unwrap();
        if entry.is_dir() {
            copy_folder(&entry, &to);
        } else {
            std::fs::copy(entry, to).unwrap();
        }
    }
}

fn certificates(desk: &Desk) -> u64 {
    let node = soundness::open(desk);
    assert_eq!(node.faults(), [], "the node opens and goes on");
    node.db().read(|tx| kp_trade::certificates(tx, "", 10_000)).unwrap().len() as u64
}

/// All numbers, each once, departed, without a gap in either range; the log verifies and every table follows from it.
fn check(desk: &Desk, count: u64) {
    let node = soundness::open(desk);
    let all = node.db().read(|tx| kp_trade::certificates(tx, "", 10_000)).unwrap();
    let numbers: Vec<String> = all.iter().map(|certificate| certificate.number.to_string()).collect();
    let range = |first: u64| (first..first + count).map(|serial| format!("XA-{serial:06}"));
    assert_eq!(numbers, range(1001).chain(range(2001)).collect::<Vec<_>>());
    assert!(all.iter().all(|certificate| certificate.state.word() == "departed"));
    assert_eq!(node.db().read(kp_trade::problems).unwrap(), []);
    let findings = node.db().read(kp_detect::trade::findings).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    drop(node);
    desk.done(&["log", "verify"]);
    desk.done(&["rebuild", "--check"]);
}
