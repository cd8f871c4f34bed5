//! Two participants with the officers who are told things, and a post with its ways out.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use kp_accounts::Accounts;
use kp_log::Signer;
use kp_messages::{Carrier, MailServer, Post, Round, Setting, WebPost, outbox};
use kp_node::{Node, Settings};
use kp_terms::{Fields, Timestamp};

pub(crate) struct World {
    pub(crate) node: Arc<Node>,
    pub(crate) accounts: Accounts,
    pub(crate) folder: tempfile::TempDir,
    keys: Mutex<Vec<Signer>>,
    _database: Option<kp_testkit::postgres::Database>,
}

pub(crate) fn at(instant: &str) -> Timestamp {
    instant.parse().expect("an instant")
}

pub(crate) const MORNING: &str = "2026-02-03T08:00:00Z";
pub(crate) const BASE: &str = "https://kp.example";

impl World {
    pub(crate) fn founded() -> Self {
        Self::over(None)
    }

    /// The same on SQLite and, where there is one, on PostgreSQL.
    pub(crate) fn on_each_engine(part: &str) -> Vec<Self> {
        let mut all = vec![Self::over(None)];
        all.extend(kp_testkit::postgres::database(part).map(|database| Self::over(Some(database))));
        all
    }

    fn over(database: Option<kp_testkit::postgres::Database>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = database.as_ref().map(kp_testkit::postgres::Database::url);
        let settings = Settings { folder: folder.path().into(), database: address, name: "test-node".into() };
        let node = Arc::new(Node::open(&settings).expect("the node opens"));
        let accounts = Accounts::of(Arc::clone(&node)).expect("the folder's secret");
        let keys = Mutex::new(vec![node.keys().signer.clone()]);
        let world = Self { node, accounts, folder, keys, _database: database };
        world.name("test-node", "scheme", "scheme-sec-1", "secretariat");
        for code in ["XA", "XB"] {
            world.done(
                "scheme-sec-1",
                "admit_participant",
                &[("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "D")],
            );
            let lower = code.to_lowercase();
            world.name("scheme-sec-1", code, &format!("{lower}-admin-1"), "administrator");
            for role in ["clerk", "approver", "customs", "importer", "focal-point"] {
                let by = format!("{lower}-admin-1");
                world.name(&by, code, &format!("{lower}-{role}-1"), role);
            }
        }
        world.done(
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
        world
    }

    fn name(&self, by: &str, body: &str, id: &str, role: &str) {
        let mut bytes = [7_u8; 32];
        bytes[31] = u8::try_from(self.keys.lock().expect("keys").len()).expect("few officers");
        let key = kp_sign::SigningKey::from_bytes(&bytes).expect("a key");
        let public = kp_sign::hex(&key.public().to_bytes());
        self.done(
            by,
            "name_officer",
            &[
                ("body", body),
                ("officer_id", id),
                ("name", "A. Sample"),
                ("roles", role),
                ("public_key", &public),
            ],
        );
        self.keys.lock().expect("keys").push(Signer { id: id.into(), key });
    }

    #[track_caller]
    pub(crate) fn done(&self, by: &str, act: &str, typed: &[(&str, &str)]) -> String {
        let mut fields = Fields::new();
        for (name, value) in typed {
            fields.entry((*name).to_owned()).or_default().push((*value).to_owned());
        }
        let signer = self.keys.lock().expect("keys").iter().find(|signer| signer.id == by).cloned();
        let signer = signer.expect("the officer has a key");
        let done = self.node.perform(act, &fields, &signer, at(MORNING));
        done.unwrap_or_else(|failure| panic!("{act} by {by}: {failure}")).subject
    }

    /// From application to departure.
    pub(crate) fn depart(&self, application: &str) -> String {
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
                ("lines", "7102.31 1200.00 420000.00"),
                ("declared_by", "M. Exporter"),
            ],
        );
        let number = self.done("xa-clerk-1", "draft_certificate", &[("application", application)]);
        self.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
        let weighed = [("number", number.as_str()), ("carats_weighed", "1200.00"), ("seals", "77120-A")];
        self.done("xa-customs-1", "validate_certificate", &weighed);
        self.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
        number
    }

    pub(crate) fn wants(&self, officer: &str, cadence: &str, language: &str) {
        let setting = Setting::read(officer, "someone@office.example", cadence, language).expect("it serves");
        self.node.db().write("test", |tx| setting.keep(tx, at(MORNING))).expect("it is kept");
    }

    pub(crate) fn mail_at(&self, server: std::net::SocketAddr) -> Box<dyn Carrier> {
        let text = format!(
            "host = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nfrom = \"kpcs <kpcs@office.example>\"\n",
            server.port()
        );
        std::fs::write(self.folder.path().join("mail.toml"), text).expect("it is written");
        let folder: &Path = self.folder.path();
        Box::new(MailServer::of_folder(folder).expect("it reads").expect("it is there"))
    }

    pub(crate) fn post(&self, mail: Option<Box<dyn Carrier>>, sends: bool) -> Post {
        let node = Arc::clone(&self.node);
        let post = Post::open(node, BASE.into(), mail, Box::new(WebPost::new(true)), sends, at(MORNING));
        let post = post.expect("the post opens");
        // The first round begins the cursors: nobody is told of what was before.
        assert_eq!(self.round(&post, MORNING), Round::default());
        post
    }

    /// The post after a restart.
    pub(crate) fn post_again(&self, mail: Option<Box<dyn Carrier>>) -> Post {
        let node = Arc::clone(&self.node);
        Post::open(node, BASE.into(), mail, Box::new(WebPost::new(true)), true, at(MORNING))
            .expect("the post opens")
    }

    pub(crate) fn round(&self, post: &Post, now: &str) -> Round {
        post.round(&self.accounts, at(now)).expect("a round")
    }

    pub(crate) fn outbox(&self) -> Vec<outbox::Outgoing> {
        self.node.db().read(|tx| outbox::before(tx, i64::MAX, 100)).expect("the database answers")
    }
}
