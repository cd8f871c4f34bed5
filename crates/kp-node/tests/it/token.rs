//! A document key in a PKCS#11 token, tested against SoftHSM: made there, found again, signing what everybody verifies.

use std::{path::PathBuf, process::Command};

use kp_node::{Kept, TokenKey, TokenPlace};
use kp_sign::{Header, MessageSigner, Profile};

use crate::office::Office;

const PIN: &str = "123456";
/// Where Debian and others put the library.
const LIBRARIES: [&str; 4] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// A fresh token. The library reads SOFTHSM2_CONF from the process when it is started, and a test cannot set it without
/// touching every other test; so the process runs itself again with it set, this one test alone.
fn in_a_token(test: &str, does: impl FnOnce(PathBuf)) {
    let library = LIBRARIES.iter().map(PathBuf::from).find(|path| path.exists());
    let (Some(library), Some(util)) = (library, kp_testkit::find_program("softhsm2-util")) else {
        let missing = kp_testkit::Missing {
            reason: "softhsm2-util or its library was not found".into(),
            remedy: "apt-get install softhsm2".into(),
        };
        kp_testkit::skipped(test, &missing);
        return;
    };
    if std::env::var_os("SOFTHSM2_CONF").is_some_and(|conf| conf.to_string_lossy().contains("kpcs-test")) {
        return does(library);
    }
    let folder = tempfile::Builder::new().prefix("kpcs-test").tempdir().unwrap();
    let conf = folder.path().join("softhsm2.conf");
    std::fs::create_dir(folder.path().join("tokens")).unwrap();
    std::fs::write(&conf, format!("directories.tokendir = {}/tokens\n", folder.path().display())).unwrap();
    let made = Command::new(util)
        .args(["--init-token", "--free", "--label", "XA office", "--so-pin", "12345678", "--pin", PIN])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let again = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env("SOFTHSM2_CONF", &conf)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout).into_owned() + &String::from_utf8_lossy(&again.stderr);
    assert!(again.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn a_key_in_a_token_signs_low_s_and_is_found_again() {
    in_a_token("token::a_key_in_a_token_signs_low_s_and_is_found_again", |module| {
        let place = TokenPlace { module, token: "XA office".into(), key: "documents 2026".into() };
        let made = TokenKey::make(&place, PIN).unwrap();
        let public = made.public();
        // Half of all plain signatures are high-S: forty in a row are not low by luck.
        for count in 0..40_u8 {
            let signature = made.sign_message(&[count]).unwrap();
            public.check_signature(&[count], &signature).unwrap();
        }
        let twice = TokenKey::make(&place, PIN).unwrap_err().to_string();
        assert!(twice.contains("lies in the token \"XA office\" already"), "{twice}");

        // As the node keeps it: a file that says where, opened with the PIN after a restart.
        let office = Office::found();
        let key_id = public.id().to_string();
        office.node.keyring().unwrap().note_token_key(&key_id, &place).unwrap();
        drop(made);
        let office = office.reopened();
        let file = office.node.keyring().unwrap().document_key_file(&key_id).unwrap().unwrap();
        assert_eq!((file.secret(), file.kept), ("PIN", Kept::InToken(place.clone())));
        let wrong = office.node.open_document_key(&key_id, Some("654321")).unwrap_err();
        assert!(format!("{wrong:#}").contains("check the PIN"), "{wrong:#}");
        let opened = office.node.open_document_key(&key_id, Some(PIN)).unwrap();
        let signer = office.node.keys().documents.get(opened).unwrap();
        let payload = kp_sign::to_canonical(&std::collections::BTreeMap::from([(1, 2)])).unwrap();
        let header = Header {
            profile: Profile::Credential,
            issuer: "XA".into(),
            subject: "XA-000001".into(),
            issued_at: 1_770_000_000,
            expires_at: Some(1_775_000_000),
            key_id: opened,
        };
        let signed = kp_sign::sign_under(&payload, &header, signer.as_ref()).unwrap();
        assert_eq!(kp_sign::verify(&signed, &public).unwrap().header, header);

        for (other, why) in [
            (TokenPlace { token: "XB office".into(), ..place.clone() }, "no token is labelled \"XB office\""),
            (TokenPlace { key: "documents 2027".into(), ..place.clone() }, "no key \"documents 2027\" lies"),
            (TokenPlace { module: "/no/such.so".into(), ..place.clone() }, "is it installed?"),
        ] {
            let refused = format!("{:#}", TokenKey::open(&other, PIN).unwrap_err());
            assert!(refused.contains(why), "{refused}");
        }
        TokenKey::open(&place, PIN).unwrap().destroy().unwrap();
        assert!(TokenKey::open(&place, PIN).is_err());
    });
}
