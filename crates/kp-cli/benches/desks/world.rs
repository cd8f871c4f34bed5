//! Twenty-four invented participants with their officers and exporters, made through the node's own acts. The officers who
//! sit at a desk have keys that lie at the node; the others' are made from their names.

use std::{path::Path, sync::Arc};

use anyhow::Result;
use kp_log::Signer;
use kp_node::{Node, Settings};
use kp_sign::SigningKey;
use kp_terms::{Fields, Timestamp};

pub(crate) const PASSPHRASE: &str = "for the bench only";
/// The day on which everything is asked.
pub(crate) const TODAY: &str = "2026-02-03";
/// Exporters of each participant.
pub(crate) const EXPORTERS: u32 = 40;

/// Who is asked as: the issuer of most, the destination of most, and the scheme.
pub(crate) const AT_DESKS: [(&str, &str, &str); 12] = [
    ("xa-clerk-1", "XA", "clerk"),
    ("xa-approver-1", "XA", "approver"),
    ("xa-customs-1", "XA", "customs"),
    ("xb-importer-1", "XB", "importer"),
    ("xa-valuer-1", "XA", "valuer"),
    ("xa-store-1", "XA", "storekeeper"),
    ("xa-focal-1", "XA", "focal-point"),
    ("xa-director-1", "XA", "director"),
    ("xa-auditor-1", "XA", "auditor"),
    ("xa-admin-2", "XA", "administrator"),
    ("scheme-stat-1", "scheme", "statistics"),
    ("scheme-sec-2", "scheme", "secretariat"),
];

pub(crate) struct World {
    pub(crate) node: Arc<Node>,
    pub(crate) now: Timestamp,
}

/// The codes of the participants; XI and XK are somebody's.
pub(crate) fn codes() -> Vec<String> {
    ('A'..='Z').filter(|letter| !"IK".contains(*letter)).map(|letter| format!("X{letter}")).collect()
}

impl World {
    pub(crate) fn found(folder: &Path) -> Result<Self> {
        let node = Node::open(&Settings { folder: folder.to_owned(), database: None, name: "bench".into() })?;
        let world = Self { node: Arc::new(node), now: format!("{TODAY}T08:00:00Z").parse()? };
        let founder = world.node.keys().signer.clone();
        world.name(&founder, "scheme", "scheme-sec-1", "secretariat")?;
        world.name(&signer("scheme-sec-1")?, "scheme", "scheme-stat-2", "statistics")?;
        for code in codes() {
            world.participant(&code)?;
        }
        for (id, body, role) in AT_DESKS {
            let by = if body == "scheme" { "scheme-sec-1".into() } else { admin(body) };
            world.name_at_desk(&signer(&by)?, body, id, role)?;
        }
        let calendar = [("from", "2016-01-01"), ("decision", "bench")];
        world.act("begin_calendar", &signer("scheme-stat-2")?, &calendar)?;
        Ok(world)
    }

    fn participant(&self, code: &str) -> Result<()> {
        let secretary = signer("scheme-sec-1")?;
        let name = format!("Land of {code}");
        let admitted =
            [("code", code), ("name", &name), ("member_from", "2006-01-01"), ("legal_act", "bench")];
        self.act("admit_participant", &secretary, &admitted)?;
        let administrator = admin(code);
        self.name(&secretary, code, &administrator, "administrator")?;
        let administrator = signer(&administrator)?;
        for each in 0..EXPORTERS {
            let licence = format!("{code}-EXP-{each}");
            let holder = format!("{} Ltd", crate::fill::name_of(u64::from(each) * 977 + seed(code)));
            let typed = [
                ("participant", code),
                ("licence_number", &licence),
                ("holder", &holder),
                ("address", "1 Market Road"),
                ("valid_from", "2006-01-01"),
                ("valid_until", if each % 10 == 0 { "2026-03-01" } else { "2027-12-31" }),
            ];
            self.act("license_exporter", &administrator, &typed)?;
        }
        Ok(())
    }

    /// Does an act; returns what it was about.
    pub(crate) fn act(&self, name: &str, by: &Signer, typed: &[(&str, &str)]) -> Result<String> {
        let receipt = self.node.perform(name, &fields(typed), by, self.now);
        Ok(receipt.map_err(|failure| anyhow::anyhow!("{name} by {}: {failure}", by.id))?.subject)
    }

    fn name(&self, by: &Signer, body: &str, id: &str, role: &str) -> Result<()> {
        let key = kp_sign::hex(&signer(id)?.key.public().to_bytes());
        let typed = [
            ("body", body),
            ("officer_id", id),
            ("name", "A. Sample"),
            ("roles", role),
            ("public_key", &key),
        ];
        self.act("name_officer", by, &typed)?;
        Ok(())
    }

    /// An officer whose key lies at the node, under the passphrase.
    fn name_at_desk(&self, by: &Signer, body: &str, id: &str, role: &str) -> Result<()> {
        let typed = [("body", body), ("officer_id", id), ("name", "B. Sample"), ("roles", role)];
        let done = self.node.perform_with_new_key("name_officer", fields(&typed), PASSPHRASE, by, self.now);
        done.map_err(|failure| anyhow::anyhow!("naming {id}: {failure}"))?;
        Ok(())
    }

    /// One certificate from application to confirmation, through the acts: what the others' logs are copied from.
    pub(crate) fn play_one(&self) -> Result<(String, String)> {
        Players::come(self)?.play(self, "XA-A-PLAYED", "PLAYED-1")
    }
}

/// Who moves a certificate, with keys that are open.
pub(crate) struct Players {
    clerk: Signer,
    approver: Signer,
    customs: Signer,
    importer: Signer,
}

impl Players {
    pub(crate) fn come(world: &World) -> Result<Self> {
        let open = |id: &str| world.node.open_key(id, PASSPHRASE);
        Ok(Self {
            clerk: open("xa-clerk-1")?,
            approver: open("xa-approver-1")?,
            customs: open("xa-customs-1")?,
            importer: open("xb-importer-1")?,
        })
    }

    /// One under this application and with this seal; returns application and number.
    pub(crate) fn play(&self, world: &World, application: &str, seal: &str) -> Result<(String, String)> {
        let Self { clerk, approver, customs, importer } = self;
        world.act("apply_for_certificate", clerk, &application_of(application, "XA-EXP-1"))?;
        let number = world.act("draft_certificate", clerk, &[("application", application)])?;
        world.act("issue_certificate", approver, &[("number", &number)])?;
        let sealed = [("number", number.as_str()), ("carats_weighed", "1200.00"), ("seals", seal)];
        world.act("validate_certificate", customs, &sealed)?;
        world.act("depart_shipment", customs, &[("number", &number)])?;
        let arrived = [("number", number.as_str()), ("at", "XB"), ("carats_received", "1200.00")];
        world.act("record_arrival", importer, &arrived)?;
        world.act("confirm_receipt", importer, &[("number", &number), ("at", "XB")])?;
        Ok((application.to_owned(), number))
    }
}

/// The form of an application.
pub(crate) fn application_of<'a>(application: &'a str, licence: &'a str) -> [(&'static str, &'a str); 10] {
    [
        ("participant", "XA"),
        ("application", application),
        ("licence_number", licence),
        ("importer", "Harbour Gems BV"),
        ("importer_address", "5 Quay Street"),
        ("destination", "XB"),
        ("origin", "XA"),
        ("parcels", "1"),
        ("lines", "7102.31 1200.00 420000.00"),
        ("declared_by", "M. Exporter"),
    ]
}

fn admin(code: &str) -> String {
    format!("{}-admin-1", code.to_lowercase())
}

fn seed(code: &str) -> u64 {
    code.bytes().fold(7, |sum, byte| sum * 31 + u64::from(byte))
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    typed.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
}

fn signer(id: &str) -> Result<Signer> {
    Ok(Signer { id: id.to_owned(), key: SigningKey::from_bytes(&kp_sign::sha256(id.as_bytes()))? })
}
