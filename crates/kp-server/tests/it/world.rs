//! A small invented world: two participants with their officers, made through the node's own acts.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, OnceLock},
};

use kp_log::Signer;
use kp_node::{Node, Receipt, Settings};
use kp_server::{Clock, DemoSettings};
use kp_terms::{Fields, Timestamp};

pub(crate) const PASSPHRASE: &str = "for the tests only";

pub(crate) struct World {
    pub(crate) node: Arc<Node>,
    now: Arc<Mutex<Timestamp>>,
    /// Opened once: a passphrase takes its time.
    keys: Mutex<BTreeMap<String, Signer>>,
    folder: tempfile::TempDir,
}

const ROLES: [(&str, &str); 12] = [
    ("admin", "administrator"),
    ("clerk", "clerk"),
    ("approver", "approver"),
    ("customs", "customs"),
    ("importer", "importer"),
    ("focal", "focal-point"),
    ("valuer", "valuer"),
    ("house", "independent-valuer"),
    ("store", "storekeeper"),
    ("custodian", "custodian"),
    ("director", "director"),
    ("auditor", "auditor"),
];

impl World {
    /// A node that nobody has used yet.
    pub(crate) fn empty() -> Self {
        Self::over(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A node for training, with the scheme's first officer.
    pub(crate) fn for_training() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let settings =
            Settings { folder: folder.path().to_owned(), database: None, name: "test-node".into() };
        drop(Node::open_training(&settings).expect("the node opens"));
        let world = Self::over(folder);
        world.name("", "scheme", "scheme-sec-1", &["secretariat"]);
        world
    }

    /// Puts a file into the data folder.
    pub(crate) fn put(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("the file is written");
    }

    fn over(folder: tempfile::TempDir) -> Self {
        let settings =
            Settings { folder: folder.path().to_owned(), database: None, name: "test-node".into() };
        let node = Node::open(&settings).expect("the node opens");
        let now = "2026-02-03T08:00:00Z".parse().expect("an instant");
        Self { node: Arc::new(node), now: Arc::new(Mutex::new(now)), keys: Mutex::default(), folder }
    }

    /// The scheme's officer, XA and XB with one officer of each role, an exporter and a capacity.
    pub(crate) fn founded() -> Self {
        static ONCE: OnceLock<World> = OnceLock::new();
        ONCE.get_or_init(Self::found).copied()
    }

    /// Another node over a copy of this one's folder: keys take their time to make, so each world is made once.
    fn copied(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(self.folder.path(), folder.path());
        let keys = self.keys.lock().expect("nobody panicked with the keys").clone();
        Self { keys: Mutex::new(keys), ..Self::over(folder) }
    }

    /// This world with a log that lost its tail: the copy outside the database was signed over more than is there.
    pub(crate) fn with_a_cut_tail(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(self.folder.path(), folder.path());
        let kept = folder.path().join("outside/kp.XA-2026.checkpoint");
        let note = std::fs::read_to_string(&kept).expect("a checkpoint is kept outside");
        let lines: Vec<String> = note
            .split('\n')
            .enumerate()
            .map(|(at, line)| if at == 1 { "999".to_owned() } else { line.to_owned() })
            .collect();
        std::fs::write(&kept, lines.join("\n")).expect("the checkpoint is written");
        let keys = self.keys.lock().expect("nobody panicked with the keys").clone();
        Self { keys: Mutex::new(keys), ..Self::over(folder) }
    }

    fn found() -> Self {
        let world = Self::empty();
        world.name("", "scheme", "scheme-sec-1", &["secretariat", "statistics"]);
        for role in ["monitoring", "chair", "observer"] {
            world.name("scheme-sec-1", "scheme", &format!("scheme-{role}-1"), &[role]);
        }
        for (code, name) in [("XA", "Examplia"), ("XB", "Belmora")] {
            world.done(
                "scheme-sec-1",
                "admit_participant",
                &[("code", code), ("name", name), ("member_from", "2025-01-01"), ("legal_act", "Decision 1")],
            );
            let lower = code.to_ascii_lowercase();
            for (index, (short, role)) in ROLES.into_iter().enumerate() {
                let admin = format!("{lower}-admin-1");
                let by = if index == 0 { "scheme-sec-1" } else { admin.as_str() };
                world.name(by, code, &format!("{lower}-{short}-1"), &[role]);
            }
        }
        world.license();
        world
    }

    fn license(&self) {
        self.done(
            "xa-admin-1",
            "license_exporter",
            &[
                ("participant", "XA"),
                ("licence_number", "XA-EXP-7"),
                ("holder", "River Stones Ltd"),
                ("address", "1 Market Road"),
                ("valid_from", "2026-01-01"),
                ("valid_until", "2026-12-31"),
            ],
        );
        self.done(
            "scheme-sec-1",
            "record_capacity",
            &[
                ("participant", "XA"),
                ("high_carats", "5000.00"),
                ("from_year", "2025"),
                ("source", "invented survey"),
                ("dated", "2025-01-15"),
            ],
        );
    }

    /// A person of a licensed trader of XA.
    pub(crate) fn name_trader(&self, id: &str, licence: &str) {
        let mut fields = Fields::new();
        let typed = [
            ("body", "XA"),
            ("officer_id", id),
            ("name", "T. Sample"),
            ("roles", "trader"),
            ("licence_number", licence),
        ];
        for (name, text) in typed {
            fields.insert(name.into(), vec![text.into()]);
        }
        self.node
            .perform_with_new_key("name_officer", fields, PASSPHRASE, &self.key("xa-admin-1"), self.now())
            .unwrap_or_else(|failure| panic!("{id} is named: {failure}"));
    }

    /// Licenses another trader of XA.
    pub(crate) fn license_another(&self, licence: &str, holder: &str) {
        let typed = [
            ("participant", "XA"),
            ("licence_number", licence),
            ("holder", holder),
            ("address", "2 Quay"),
            ("valid_from", "2026-01-01"),
            ("valid_until", "2026-12-31"),
        ];
        self.done("xa-admin-1", "license_exporter", &typed);
    }

    pub(crate) fn name(&self, by: &str, body: &str, id: &str, roles: &[&str]) {
        let mut fields = Fields::new();
        for (name, text) in [("body", body), ("officer_id", id), ("name", "A. Sample")] {
            fields.insert(name.into(), vec![text.into()]);
        }
        fields.insert("roles".into(), roles.iter().map(|r| (*r).to_owned()).collect());
        let signer = match by {
            "" => self.node.keys().signer.clone(),
            by => self.key(by),
        };
        self.node
            .perform_with_new_key("name_officer", fields, PASSPHRASE, &signer, self.now())
            .unwrap_or_else(|failure| panic!("{id} is named: {failure}"));
    }

    fn key(&self, officer: &str) -> Signer {
        let mut keys = self.keys.lock().expect("nobody panicked with the keys");
        let open = || self.node.open_key(officer, PASSPHRASE).expect("the officer's key lies here");
        keys.entry(officer.to_owned()).or_insert_with(open).clone()
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.now.lock().expect("nobody panicked with the clock")
    }

    pub(crate) fn set(&self, instant: &str) {
        *self.now.lock().expect("nobody panicked with the clock") = instant.parse().expect("an instant");
    }

    pub(crate) fn pass(&self, seconds: i64) {
        let mut now = self.now.lock().expect("nobody panicked with the clock");
        *now = now.checked_add(jiff::SignedDuration::from_secs(seconds)).expect("an instant");
    }

    pub(crate) fn officer(&self, id: &str) -> kp_registry::Officer {
        let found = self.node.db().read(|tx| kp_registry::officer_by_id(tx, id));
        found.expect("the database answers").expect("the officer is named")
    }

    pub(crate) fn clock(&self) -> Clock {
        let now = Arc::clone(&self.now);
        Arc::new(move || *now.lock().expect("nobody panicked with the clock"))
    }

    #[track_caller]
    pub(crate) fn done(&self, by: &str, act: &str, typed: &[(&str, &str)]) -> Receipt {
        let mut fields = Fields::new();
        for (name, value) in typed {
            fields.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        let signer = self.key(by);
        self.node
            .perform(act, &fields, &signer, self.now())
            .unwrap_or_else(|failure| panic!("{act} by {by}: {failure}"))
    }

    /// The key that XA's certificates are signed with, made before one custodian and witnessed by a second, open.
    pub(crate) fn document_key(&self) {
        self.name("xa-admin-1", "XA", "xa-custodian-2", &["custodian"]);
        let keyring = self.node.keyring().expect("a node in a folder has a keyring");
        let public = keyring.make_document_key(None).expect("a key is made").public();
        let (id, hex) = (public.id().to_string(), kp_sign::hex(&public.to_bytes()));
        let record = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        self.done(
            "xa-admin-1",
            "name_authority",
            &[
                ("participant", "XA"),
                ("authority_id", "xa-gdo"),
                ("name", "Government Diamond Office"),
                ("duty", "both"),
            ],
        );
        self.done(
            "xa-custodian-1",
            "register_document_key",
            &[
                ("participant", "XA"),
                ("authority_id", "xa-gdo"),
                ("key_class", "software"),
                ("valid_from", "2026-02-03"),
                ("signs_until", "2027-01-31"),
                ("custodians", "K. Custodian"),
                ("custodians", "L. Custodian"),
                ("place", "Diamond office, strong room"),
                ("record_hash", record),
                ("public_key", &hex),
            ],
        );
        self.done(
            "xa-custodian-2",
            "witness_ceremony",
            &[("participant", "XA"), ("key_id", &id), ("record_hash", record)],
        );
        self.node.open_document_key(&id, None).expect("the key opens");
    }

    /// An application, drafted.
    pub(crate) fn draft(&self, application: &str, line: &str) -> String {
        self.apply(application, line);
        self.done("xa-clerk-1", "draft_certificate", &[("application", application)]).subject
    }

    /// An application without a number.
    pub(crate) fn apply(&self, application: &str, line: &str) {
        self.done(
            "xa-clerk-1",
            "apply_for_certificate",
            &[
                ("participant", "XA"),
                ("application", application),
                ("licence_number", "XA-EXP-7"),
                ("importer", "Harbour Gems BV"),
                ("importer_address", "5 Quay Street"),
                ("destination", "XB"),
                ("origin", "XA"),
                ("parcels", "1"),
                ("lines", line),
                ("declared_by", "M. Exporter"),
            ],
        );
    }

    /// From application to departure.
    pub(crate) fn depart(&self, application: &str, line: &str) -> String {
        let number = self.draft(application, line);
        let carats = line.split_whitespace().nth(1).expect("a line has carats").to_owned();
        self.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
        self.done(
            "xa-customs-1",
            "validate_certificate",
            &[("number", &number), ("carats_weighed", &carats), ("seals", "77120-A")],
        );
        self.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
        number
    }

    /// One certificate in each state, one shipment far above capacity (so a finding and a case), and a return.
    pub(crate) fn busy() -> Self {
        static ONCE: OnceLock<World> = OnceLock::new();
        ONCE.get_or_init(Self::make_busy).copied()
    }

    fn make_busy() -> Self {
        let world = Self::founded();
        let arrived = world.depart("XA-A-1", "7102.31 1200.00 420000.00");
        world.done(
            "xb-importer-1",
            "record_arrival",
            &[("number", &arrived), ("at", "XB"), ("carats_received", "1200.00")],
        );
        world.done("xb-importer-1", "confirm_receipt", &[("number", &arrived), ("at", "XB")]);
        let waiting = world.depart("XA-A-2", "7102.31 300.00 90000.00");
        world.done(
            "xb-importer-1",
            "record_arrival",
            &[("number", &waiting), ("at", "XB"), ("carats_received", "300.00")],
        );
        world.depart("XA-A-3", "7102.31 36000.00 12600000.00");
        world.draft("XA-A-4", "7102.10 10.00 500.00");
        world.apply("XA-A-5", "7102.10 12.00 600.00");
        world.done(
            "xa-focal-1",
            "submit_return",
            &[("participant", "XA"), ("half", "2025-H2"), ("lines", "production 2100.00 735000.00")],
        );
        // One return waits; its name is that of the examples.
        let (participant, period) = ("XA".parse().expect("a code"), "2026-Q1".parse().expect("a quarter"));
        let which =
            kp_node::returns::WhichReturn { participant, table: kp_statistics::AnnexTable::Exports, period };
        let text = b"partner,hs,carats,value_usd\nXB,7102.31,1200.00,420000.00\n";
        let put = world.node.put_return(which, "q1.csv", text, &world.key("xa-focal-1"), world.now());
        put.unwrap_or_else(|failure| panic!("a return waits: {failure}"));
        world
    }

    pub(crate) fn demo() -> DemoSettings {
        DemoSettings { passphrase: PASSPHRASE.to_owned().into() }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the copy's folder");
    for entry in std::fs::read_dir(from).expect("the folder is read") {
        let path = entry.expect("the folder is read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        match path.is_dir() {
            true => copy(&path, &target),
            false => {
                std::fs::copy(&path, &target).expect("a file is copied");
            }
        }
    }
}
