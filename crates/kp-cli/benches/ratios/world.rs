//! Two invented participants and their officers, whose keys are made from their names: no passphrase is waited for.

use anyhow::Result;
use kp_log::Signer;
use kp_node::{Node, Settings};
use kp_sign::SigningKey;
use kp_terms::{Fields, Timestamp};

/// A node in a folder, with a clock that stands still.
pub(crate) struct World {
    pub(crate) node: Node,
    now: Timestamp,
}

impl World {
    pub(crate) fn found(folder: &std::path::Path, database: Option<String>) -> Result<Self> {
        let node = Node::open(&Settings { folder: folder.to_owned(), database, name: "bench".into() })?;
        let world = Self { node, now: "2026-02-03T08:00:00Z".parse()? };
        let founder =
            Signer { id: world.node.keys().signer.id.clone(), key: world.node.keys().signer.key.clone() };
        world.name(&founder, "scheme", "scheme-sec-1", "secretariat")?;
        let secretary = signer("scheme-sec-1")?;
        for code in ["XA", "XB"] {
            let admitted =
                [("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "bench")];
            world.act("admit_participant", &secretary, &admitted)?;
        }
        let administrator = signer("xa-admin-1")?;
        world.name(&secretary, "XA", "xa-admin-1", "administrator")?;
        for (id, role) in [("xa-clerk-1", "clerk"), ("xa-approver-1", "approver")] {
            world.name(&administrator, "XA", id, role)?;
        }
        let licence = [
            ("participant", "XA"),
            ("licence_number", "XA-EXP-7"),
            ("holder", "River Stones"),
            ("address", "1 Market Road"),
            ("valid_from", "2026-01-01"),
            ("valid_until", "2026-12-31"),
        ];
        world.act("license_exporter", &administrator, &licence)?;
        Ok(world)
    }

    /// Applies for, drafts and issues one certificate: three acts.
    pub(crate) fn issue(&self, each: u64, clerk: &Signer, approver: &Signer) -> Result<()> {
        let (reference, line) = (format!("XA-A-{each}"), format!("7102.31 {each}.25 {each}00.00"));
        let application = [
            ("participant", "XA"),
            ("application", &reference),
            ("licence_number", "XA-EXP-7"),
            ("importer", "Harbour Gems"),
            ("importer_address", "5 Quay Street"),
            ("destination", "XB"),
            ("origin", "XA"),
            ("parcels", "1"),
            ("lines", &line),
            ("declared_by", "M. Exporter"),
        ];
        self.act("apply_for_certificate", clerk, &application)?;
        let number = self.act("draft_certificate", clerk, &[("application", &reference)])?;
        self.act("issue_certificate", approver, &[("number", &number)])?;
        Ok(())
    }

    /// Does an act; returns what it was about.
    fn act(&self, name: &str, by: &Signer, typed: &[(&str, &str)]) -> Result<String> {
        let fields: Fields =
            typed.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect();
        Ok(self.node.perform(name, &fields, by, self.now)?.subject)
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
}

/// The officer of this name.
pub(crate) fn signer(id: &str) -> Result<Signer> {
    Ok(Signer { id: id.to_owned(), key: SigningKey::from_bytes(&kp_sign::sha256(id.as_bytes()))? })
}
