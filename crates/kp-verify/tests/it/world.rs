//! Invented participants with keys, logs and lists, made in memory: for tests, the bench and the example alike.

#![allow(dead_code, reason = "each of the three uses a part of it")]

use kp_certificate::lists::{
    Allotment, Bundle, Complete, Direction, DocumentKey, Fate, Head, KeyClass, ListFile, LogKey, Membership,
    Participant, Participants, Ranges, Signers, Snapshot, Standing, StandingChange, Status, Trust, UnderWay,
    pack, seal,
};
use kp_certificate::{
    Content, Credential, Flags, Kind, Line, Origins, Party, Placed, Receipt, leaf_of, log_of, record_hash,
};
use kp_sign::SigningKey;
use kp_terms::{Carats, HsCode, ParticipantCode, Timestamp, UsdCents};
use kp_tlog::{Hash, inclusion_proof, leaf_hash, root_of};
use kp_verify::TrustData;

/// A moment, from its text.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("because the test writes an instant")
}

/// A code, from its text.
pub(crate) fn code(text: &str) -> ParticipantCode {
    text.parse().expect("because the test writes a code")
}

/// A key that is always the same.
pub(crate) fn key(name: &str) -> SigningKey {
    SigningKey::from_bytes(&kp_sign::sha256(name.as_bytes())).expect("because these seeds give keys")
}

/// When the lists were made.
pub(crate) const LISTS_AT: &str = "2026-02-10T06:00:00Z";

/// The certificate of most tests.
pub(crate) fn content(number: u64) -> Content {
    Content {
        number: kp_terms::CertificateNumber::new(code("XA"), number),
        issuer: code("XA"),
        issued_at: at("2026-02-03T09:04:00Z"),
        expires_at: at("2026-04-05T00:00:00Z"),
        authority: "Ministry of Mines, XA".into(),
        destination: code("XB"),
        exporter: Party { name: "River Stones Ltd".into(), registry_id: "XA-EXP-7".into() },
        importer: Party { name: "Harbour Gems & Sons BV".into(), registry_id: "XB-IMP-0031".into() },
        origins: Origins::Named(vec![code("XA")]),
        lines: vec![
            Line {
                class: HsCode::Industrial,
                carats: Carats::from_hundredths(812_350),
                value: UsdCents::from_cents(9_748_200),
            },
            Line {
                class: HsCode::NonIndustrial,
                carats: Carats::from_hundredths(3_600_050),
                value: UsdCents::from_cents(1_260_017_500),
            },
        ],
        parcels: 2,
        seals: vec!["CD77120934".into(), "CD77120935".into(), "XA00417".into()],
        kind: Kind::Normal,
        flags: Flags::default(),
        record_hash: record_hash(&[7; 16], b"the full record"),
    }
}

/// Everything that lists are made of.
pub(crate) struct World {
    pub(crate) leaves: Vec<Hash>,
    pub(crate) participants: Participants,
    pub(crate) trust: Vec<Trust>,
    pub(crate) status: Status,
    pub(crate) with_status: bool,
    pub(crate) ranges: Ranges,
}

pub(crate) fn head(issuer: &str) -> Head {
    Head {
        version: 1,
        issuer: issuer.into(),
        issued_at: at(LISTS_AT),
        expires_at: at("2027-02-10T06:00:00Z"),
    }
}

fn participant(name: &str) -> Participant {
    Participant {
        code: code(name),
        name: format!("Invented {name}"),
        membership: vec![Membership {
            from: at("2003-01-01T00:00:00Z"),
            until: None,
            legal_act: "founding".into(),
        }],
        standing: vec![],
        excluded: vec![],
        prefixes: vec![],
        signers: Signers::new(1, [key(&format!("{name} root")).public()]),
    }
}

fn trust(name: &str) -> Trust {
    let document = |key_name: &str, class| DocumentKey {
        public: key(&format!("{name} {key_name}")).public(),
        class,
        valid_from: at("2026-01-01T00:00:00Z"),
        signs_until: at("2027-01-01T00:00:00Z"),
        retired_at: None,
        compromise: None,
    };
    Trust {
        head: head(name),
        document_keys: vec![document("document", KeyClass::Token), document("desk", KeyClass::Software)],
        log_keys: vec![LogKey {
            log: format!("kp.{name}/2026"),
            public: key(&format!("{name} log")).public(),
        }],
        list_signers: Signers::new(1, [key(&format!("{name} lists")).public()]),
    }
}

impl World {
    /// XA issues, XB receives, XC looks on; nothing is issued yet.
    pub(crate) fn new() -> Self {
        let from = "2026-01-01".parse().expect("because it is a day");
        Self {
            leaves: vec![leaf_hash(b"log opened")],
            participants: Participants {
                head: head("scheme"),
                snapshot_signers: Signers::new(1, [key("snapshot").public()]),
                participants: ["XA", "XB", "XC"].map(participant).to_vec(),
            },
            trust: ["XA", "XB"].map(trust).to_vec(),
            status: Status { head: head("XA"), complete: vec![], certificates: vec![], fates: vec![] },
            with_status: true,
            ranges: Ranges {
                head: head("XA"),
                allotted: vec![Allotment {
                    first: 1,
                    last: 999_999,
                    to: "Port office".into(),
                    from,
                    until: None,
                }],
                missing_blanks: vec![],
            },
        }
    }

    /// Signs a certificate, puts it into the log and the list of certificates, and makes its receipt.
    pub(crate) fn issue(&mut self, content: &Content) -> (Credential, Receipt) {
        let (credential, receipt) = self.issue_unlisted(content);
        let already = self.listed();
        let new = (credential.content().number.serial(), credential.short_hash());
        self.status.certificates = Status::runs(already.into_iter().chain([new]));
        (credential, receipt)
    }

    /// The same, without the list of certificates.
    pub(crate) fn issue_unlisted(&mut self, content: &Content) -> (Credential, Receipt) {
        let credential = Credential::sign(content, &key("XA document")).expect("because the content is good");
        let receipt = self.log(&credential);
        (credential, receipt)
    }

    /// Puts a credential into the log of its issuer and makes its receipt.
    pub(crate) fn log(&mut self, credential: &Credential) -> Receipt {
        let index = self.leaves.len() as u64;
        let placed = Placed { size: index + 1, index, position: index + 10, previous: index + 9 };
        self.leaves.push(leaf_hash(&leaf_of(credential, placed)));
        let path = inclusion_proof(&self.leaves, index).expect("because the leaf is there");
        let content = credential.content();
        let log = log_of(content.issuer, content.issued_at);
        let signer = key(&format!("{} log", content.issuer));
        Receipt::sign(&log, placed, &path, root_of(&self.leaves), content.issued_at, &signer)
            .expect("because the places are good")
    }

    fn listed(&self) -> Vec<(u64, [u8; 16])> {
        let runs = self.status.certificates.iter();
        runs.flat_map(|run| {
            run.hashes
                .chunks_exact(16)
                .zip(run.first..)
                .map(|(hash, serial)| (serial, hash.try_into().expect("because there are sixteen")))
        })
        .collect()
    }

    /// What became of a number.
    pub(crate) fn fate(&mut self, serial: u64, state: kp_certificate::lists::State) {
        let place = "XB harbour".to_owned();
        let fate = Fate { serial, state, at: at("2026-02-08T11:00:00Z"), place, replaced_by: Some(77) };
        self.status.fates.push(fate);
        self.status.fates.sort_by_key(|fate| (fate.serial, fate.at));
    }

    /// A change of XA's standing.
    pub(crate) fn standing(&mut self, standing: Standing, effective_at: &str, under_way: UnderWay) {
        self.participants.participants[0].standing.push(StandingChange {
            standing,
            direction: Direction::Export,
            scope: "stones of the north".into(),
            effective_at: at(effective_at),
            under_way,
            legal_act: "AD 2026/1".into(),
        });
    }

    /// The lists as signed files.
    pub(crate) fn files(&self) -> Vec<ListFile> {
        let mut status = self.status.clone();
        status.complete =
            vec![Complete { log: "kp.XA/2026".into(), size: self.leaves.len() as u64, at: at(LISTS_AT) }];
        let mut files = vec![seal(&self.participants, &[&key("root 1"), &key("root 2")])];
        for trust in &self.trust {
            files.push(seal(trust, &[&key(&format!("{} root", trust.head.issuer))]));
        }
        if self.with_status {
            files.push(seal(&status, &[&key("XA lists")]));
        }
        files.push(seal(&self.ranges, &[&key("XA lists")]));
        files.into_iter().collect::<Result<_, _>>().expect("because the lists are sound")
    }

    /// The keys that verifiers pin.
    pub(crate) fn roots() -> Signers {
        Signers::new(2, [key("root 1").public(), key("root 2").public(), key("root 3").public()])
    }

    /// The lists in one file.
    pub(crate) fn bundle(&self) -> Vec<u8> {
        let files = self.files();
        let snapshot = Snapshot::of(head("scheme"), &files).expect("because the files are lists");
        let snapshot = seal(&snapshot, &[&key("snapshot")]).expect("because it is sound");
        pack(&snapshot, &files).expect("because the files are lists")
    }

    /// The lists as a verifier has them.
    pub(crate) fn lists(&self) -> TrustData {
        let bundle = Bundle::accept(&self.bundle(), &Self::roots(), None, at(LISTS_AT));
        TrustData::new(bundle.expect("because the world signs what it must"))
    }
}
