//! A certificate as signed bytes in the log: filed by its envelope, in its own issuer's log only.

use kp_log::{Desk, LogOwner};

use crate::log;

/// A certificate as signed bytes stands in the log like a statement: its own bytes are what the leaf commits to.
#[test]
fn a_credential_is_filed_by_its_envelope() {
    let db = kp_db::Db::open(&kp_db::Url::Memory).unwrap();
    let (node, clerk) = (log::node(), log::officer());
    let desk = Desk::new(&clerk, &node, "2026-02-03T09:00:00Z".parse().unwrap());
    let sign = |issuer: &'static str, profile, expires_at| {
        move |at: jiff::Timestamp| {
            let payload = kp_sign::to_canonical(&std::collections::BTreeMap::from([(1, 2)]))?;
            let key = kp_sign::SigningKey::from_bytes(&[9; 32])?;
            let header = kp_sign::Header {
                profile,
                issuer: issuer.to_owned(),
                subject: "XA-000001".to_owned(),
                issued_at: at.as_second(),
                expires_at,
                key_id: key.public().id(),
            };
            Ok(kp_sign::sign_under(&payload, &header, &key)?)
        }
    };
    let owner: LogOwner = "XA".parse().unwrap();
    let credential = sign("XA", kp_sign::Profile::Credential, Some(1_780_000_000));
    let entry = db.write("sign", |tx| kp_log::append_signed(tx, &desk, owner, credential)).unwrap();
    assert_eq!((entry.kind.as_str(), entry.subject.as_str()), (kp_log::CREDENTIAL_SIGNED, "XA-000001"));
    assert_eq!(entry.log_id, "kp.XA/2026");
    assert!(entry.credential().is_some());
    let signed = db.read(|tx| kp_log::signed_at(tx, entry.position)).unwrap();
    assert_eq!(kp_sign::sha256(&signed), entry.statement_hash);
    // Signed for another participant's log: nothing is left behind.
    let elsewhere = sign("XB", kp_sign::Profile::Credential, Some(1_780_000_000));
    assert!(db.write("sign", |tx| kp_log::append_signed(tx, &desk, owner, elsewhere)).is_err());
    assert_eq!(db.read(kp_log::last_position).unwrap(), entry.position);
}
