//! A certificate is signed when it is validated: in the same transaction, under the document key, with a receipt that
//! leads from the signed bytes to the log's root; and nothing is validated that cannot be signed.

use std::sync::Arc;

use kp_certificate::leaf_of;
use kp_log::CREDENTIAL_SIGNED;
use kp_sign::MessageSigner;

use crate::office::{Office, signer};

const RECORD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Two participants, the first with a document key that two custodians made.
pub(crate) fn office_with_document_key() -> Office {
    with_document_key(Office::found())
}

/// The same at a node of one's own.
pub(crate) fn with_document_key(office: Office) -> Office {
    office.two_participants();
    let authority = [
        ("participant", "XA"),
        ("authority_id", "xa-gdo"),
        ("name", "Government Diamond Office of Examplia"),
        ("duty", "both"),
    ];
    office.done("xa-admin-1", "name_authority", &authority);
    for id in ["xa-custodian-1", "xa-custodian-2"] {
        office.officer("xa-admin-1", "XA", id, &["custodian"]);
    }
    let public = kp_sign::hex(&signer("document key 1").key.public().to_bytes());
    let registered = [
        ("participant", "XA"),
        ("authority_id", "xa-gdo"),
        ("key_class", "software"),
        ("valid_from", "2026-02-03"),
        ("signs_until", "2027-02-02"),
        ("custodians", "A. Sample"),
        ("custodians", "B. Sample"),
        ("place", "strong room"),
        ("record_hash", RECORD),
        ("public_key", public.as_str()),
    ];
    office.done("xa-custodian-1", "register_document_key", &registered);
    let key_id = signer("document key 1").key.public().id().to_string();
    let witnessed = [("participant", "XA"), ("key_id", key_id.as_str()), ("record_hash", RECORD)];
    office.done("xa-custodian-2", "witness_ceremony", &witnessed);
    office
}

pub(crate) fn open_key(office: &Office) {
    office.node.keys().documents.open(Arc::new(signer("document key 1").key));
}

const SEALED: [(&str, &str); 4] =
    [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "77120-A"), ("seals", "77120-B")];

#[test]
fn what_is_validated_is_signed_and_its_receipt_leads_to_the_root() {
    let office = office_with_document_key();
    open_key(&office);
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let number = "XA-000001".parse().unwrap();
    assert!(office.node.signed_copy(&number).unwrap().is_none(), "issued, not yet vouched for");
    office.done("xa-customs-1", "validate_certificate", &SEALED);

    let copy = office.node.signed_copy(&number).unwrap().unwrap();
    let content = copy.credential.content();
    assert_eq!((content.carats().unwrap().to_string(), content.parcels), ("1200.00".to_owned(), 1));
    assert_eq!(content.seals, ["77120A", "77120B"]);
    assert_eq!(content.authority, "Government Diamond O\u{2026}");
    assert_eq!(content.expires_at.to_string(), "2026-04-05T00:00:00Z", "to the end of 4 April");
    let document = signer("document key 1").key.public();
    document.check_signature(copy.credential.message(), copy.credential.signature()).unwrap();

    let receipt = copy.receipt.unwrap();
    let root = receipt.root(&copy.credential).unwrap();
    let node = office.node.keys().signer.key.public();
    node.check_signature(&receipt.message(root), receipt.signature()).unwrap();
    let stored = office.node.db().read(|tx| kp_trade::credential_of_number(tx, &number)).unwrap().unwrap();
    let entry = office.node.db().read(|tx| kp_log::entry_at(tx, stored.position)).unwrap();
    assert_eq!((entry.kind.as_str(), entry.key_id), (CREDENTIAL_SIGNED, document.id()));
    let leaf = office.node.db().read(|tx| kp_log::leaves_of_log(tx, &entry.log_id, entry.entry_number, 1));
    assert_eq!(leaf.unwrap()[0], leaf_of(&copy.credential, receipt.placed()), "one leaf, two ways to it");
    assert_eq!(stored.check_code, copy.credential.check_code().to_string());
    office.is_sound();
}

/// The record behind the hash is the two statements that vouch for the certificate, and whoever has them can check it.
#[test]
fn the_record_hash_is_that_of_the_two_statements() {
    let office = office_with_document_key();
    open_key(&office);
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let validated = office.done("xa-customs-1", "validate_certificate", &SEALED);
    let copy = office.node.signed_copy(&"XA-000001".parse().unwrap()).unwrap().unwrap();
    let entries = office.node.db().read(|tx| kp_log::entries_of_subject(tx, "XA-000001")).unwrap();
    let issued = entries.iter().find(|entry| entry.kind == "certificate_issued").unwrap();
    let bytes = |position| office.node.db().read(|tx| kp_log::signed_at(tx, position)).unwrap();
    let (first, second) = (bytes(issued.position), bytes(validated.position));
    let salt: [u8; 16] = kp_sign::sha256(&second)[..16].try_into().unwrap();
    let hash = kp_certificate::record_hash(&salt, &[first, second].concat());
    assert_eq!(copy.credential.content().record_hash, hash);
}

#[test]
fn nothing_is_validated_that_cannot_be_signed() {
    let office = office_with_document_key();
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let entries = || office.node.db().read(kp_log::last_position).unwrap();
    let before = entries();
    assert_eq!(office.refused("xa-customs-1", "validate_certificate", &SEALED), "document_key_not_open");
    open_key(&office);
    let odd = [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "№ 7")];
    assert_eq!(office.refused("xa-customs-1", "validate_certificate", &odd), "does_not_fit_the_code");
    assert_eq!(entries(), before, "a refused act leaves no trace");
    office.done("xa-customs-1", "validate_certificate", &SEALED);
    assert_eq!(entries(), before + 2, "the officer's statement and the issuer's signature");
}

/// A token that fails at the last moment undoes the validation with it.
#[test]
fn a_token_that_does_not_sign_leaves_nothing_half_done() {
    struct Broken;
    impl MessageSigner for Broken {
        fn public(&self) -> kp_sign::PublicKey {
            signer("document key 1").key.public()
        }
        fn sign_message(&self, _: &[u8]) -> Result<Vec<u8>, kp_sign::KeyError> {
            Err(kp_sign::KeyError::Token("it was pulled out".into()))
        }
    }
    let office = office_with_document_key();
    office.node.keys().documents.open(Arc::new(Broken));
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let failure = office.act("xa-customs-1", "validate_certificate", &SEALED).unwrap_err();
    assert!(failure.to_string().contains("it was pulled out"), "{failure}");
    office.is_sound();
    open_key(&office);
    office.done("xa-customs-1", "validate_certificate", &SEALED);
}
