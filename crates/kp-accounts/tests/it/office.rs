//! A founded node with two participants, its accounts, and a clock that the test moves.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};
use kp_accounts::{Accounts, Joined, NotSignedIn, SignedIn, Taken, limits::Limits, totp};
use kp_log::Signer;
use kp_node::{Node, Settings};
use kp_registry::Officer;
use kp_terms::Fields;

pub(crate) const PASSPHRASE: &str = "passphrase of the beginning";
pub(crate) const PASSWORD: &str = "four river stones rolling";

pub(crate) struct Office {
    pub(crate) accounts: Accounts,
    node: Arc<Node>,
    now: Cell<Timestamp>,
    secrets: RefCell<BTreeMap<String, Vec<u8>>>,
    pub(crate) folder: tempfile::TempDir,
    _database: Option<kp_testkit::postgres::Database>,
}

const OFFICERS: [(&str, &str); 4] =
    [("admin", "administrator"), ("clerk", "clerk"), ("approver", "approver"), ("auditor", "auditor")];

impl Office {
    pub(crate) fn on_each_engine(part: &str) -> Vec<Self> {
        let mut all = vec![Self::found(None)];
        all.extend(kp_testkit::postgres::database(part).map(|database| Self::found(Some(database))));
        all
    }

    pub(crate) fn found(database: Option<kp_testkit::postgres::Database>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = database.as_ref().map(kp_testkit::postgres::Database::url);
        let settings = Settings { folder: folder.path().to_owned(), database: address, name: "test".into() };
        let node = Arc::new(Node::open(&settings).unwrap());
        let office = Self {
            accounts: Accounts::of(Arc::clone(&node)).unwrap(),
            node,
            now: Cell::new("2026-02-03T08:00:00Z".parse().unwrap()),
            secrets: RefCell::default(),
            folder,
            _database: database,
        };
        office.populate();
        office
    }

    fn populate(&self) {
        let founder = self.node.keys().signer.clone();
        self.name(&founder, "scheme", "scheme-sec-1", "secretariat");
        let secretary = self.node.open_key("scheme-sec-1", PASSPHRASE).unwrap();
        for code in ["XA", "XB"] {
            let fields = [("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "D")];
            self.done(&secretary, "admit_participant", &fields);
            let lower = code.to_lowercase();
            for (index, (short, role)) in OFFICERS.into_iter().enumerate() {
                let admin = self.node.open_key(&format!("{lower}-admin-1"), PASSPHRASE);
                let by = if index == 0 { &secretary } else { admin.as_ref().unwrap() };
                self.name(by, code, &format!("{lower}-{short}-1"), role);
            }
        }
    }

    fn name(&self, by: &Signer, body: &str, id: &str, role: &str) {
        let fields = typed(&[("body", body), ("officer_id", id), ("name", "A. Sample"), ("roles", role)]);
        self.node.perform_with_new_key("name_officer", fields, PASSPHRASE, by, self.now()).unwrap();
    }

    pub(crate) fn done(&self, by: &Signer, act: &str, fields: &[(&str, &str)]) {
        self.node
            .perform(act, &typed(fields), by, self.now())
            .unwrap_or_else(|failure| panic!("{act}: {failure}"));
    }

    pub(crate) fn name_with_key(&self, id: &str, role: &str, key: &str) {
        let admin = self.node.open_key("xa-admin-1", PASSPHRASE).unwrap();
        let fields =
            [("body", "XA"), ("officer_id", id), ("name", "N."), ("roles", role), ("public_key", key)];
        self.done(&admin, "name_officer", &fields);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        self.now.set(self.now().checked_add(time).unwrap());
    }

    pub(crate) fn officer(&self, id: &str) -> Officer {
        self.node.db().read(|tx| kp_registry::officer_by_id(tx, id)).unwrap().expect("the officer is named")
    }

    /// Invited by the administrator of its participant, and in.
    pub(crate) fn join(&self, id: &str, present: &str, password: &str) -> Joined {
        let admin = self.officer(&format!("{}-admin-1", id.split('-').next().unwrap()));
        let code = self.accounts.invite(&admin, id, self.now()).unwrap().code;
        self.take_up(&code.to_string(), present, password)
    }

    pub(crate) fn take_up(&self, code: &str, present: &str, password: &str) -> Joined {
        let offer = self.accounts.offer(code, &[], self.now()).unwrap();
        let secret = from_base32(&offer.factor);
        let taken = Taken {
            code: code.to_owned(),
            factor_code: totp::code(&secret, totp::step_at(self.now())),
            factor_sealed: offer.factor_sealed,
            present: present.to_owned().into(),
            password: password.to_owned().into(),
            again: password.to_owned().into(),
        };
        let joined = self.accounts.join(&taken, "198.51.100.7", self.now()).unwrap();
        self.secrets.borrow_mut().insert(joined.officer_id.clone(), secret);
        self.pass(SignedDuration::from_secs(31));
        joined
    }

    pub(crate) fn factor_secret(&self, id: &str) -> Vec<u8> {
        self.secrets.borrow()[id].clone()
    }

    pub(crate) fn factor_code(&self, id: &str) -> String {
        totp::code(&self.factor_secret(id), totp::step_at(self.now()))
    }

    pub(crate) fn attempt<'a>(
        &self,
        officer_id: &'a str,
        password: &'a str,
        factor: &'a str,
        mark: &'a str,
    ) -> kp_accounts::Attempt<'a> {
        kp_accounts::Attempt {
            officer_id,
            password,
            factor,
            passkey: None,
            ministry: None,
            from: "198.51.100.7",
            mark,
        }
    }

    pub(crate) fn sign_in(
        &self,
        id: &str,
        password: &str,
        factor: &str,
        limits: &Limits,
    ) -> Result<SignedIn, NotSignedIn> {
        self.accounts.sign_in(&self.attempt(id, password, factor, ""), limits, self.now())
    }

    pub(crate) fn signer(&self, id: &str, password: &str) -> Signer {
        self.node.open_key(id, password).unwrap()
    }

    pub(crate) fn node(&self) -> &Node {
        &self.node
    }
}

pub(crate) fn typed(pairs: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::new();
    for (name, text) in pairs {
        fields.entry((*name).to_owned()).or_default().push((*text).to_owned());
    }
    fields
}

fn from_base32(text: &str) -> Vec<u8> {
    let bits: String = text
        .chars()
        .map(|c| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap())
        .map(|value| format!("{value:05b}"))
        .collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}
