//! A provider whose certificate the ministry made itself: believed where `root_file` names its root, and nowhere else.

use kp_ministry::Ministry;
use kp_server::{Https, local_authority};

use super::{PIN, bound, comes_back, erring::Erring, name_provider, to_sign_in};
use crate::{browser::served, https::jiff_now, sign_in::PASSWORD, world::World};

/// An authority of its own for 127.0.0.1.
fn authority() -> Https {
    let folder = tempfile::tempdir().expect("a folder");
    // Certificates are checked against the machine's clock, so they are made for it.
    local_authority(folder.path(), &["127.0.0.1".to_owned()], jiff_now()).expect("an authority is made")
}

fn root_of(https: &Https) -> String {
    https.root.clone().expect("it has a root")
}

#[test]
fn its_root_is_believed_for_it_and_no_other_is() {
    let https = authority();
    for (name, root, is_believed) in [
        ("its own", Some(root_of(&https)), true),
        ("another", Some(root_of(&authority())), false),
        ("none", None, false),
    ] {
        let world = World::founded();
        let erring = Erring::over_tls(world.clock(), &https);
        let more = if root.is_some() { "root_file = \"root.pem\"\n" } else { "" };
        if let Some(root) = &root {
            world.put("root.pem", root);
        }
        name_provider(&world, erring.issuer(), more);
        let folder = world.node.keyring().expect("a folder").data_folder();
        let ministry = Ministry::of_folder(&folder).expect("the file serves").expect("it is there");
        let described = ministry.describe(world.clock()());
        match described {
            Ok(found) => assert!(is_believed && found.keys == 1, "{name}: believed"),
            Err(failed) => {
                let sentence = failed.to_string();
                assert!(!is_believed && sentence.contains("ertificate"), "{name}: {sentence}");
            }
        }
    }
}

#[test]
fn an_officer_signs_in_through_it() {
    let (world, https) = (World::founded(), authority());
    let erring = Erring::over_tls(world.clock(), &https);
    world.put("root.pem", &root_of(&https));
    name_provider(&world, erring.issuer(), "root_file = \"root.pem\"\n");
    let served = served(world, None);
    let (_, mut browser) = bound(&served, &erring, "xa-clerk-1", "person-7");
    browser.post("/sign-out", &[]).is(303);
    let asked = to_sign_in(&mut browser, &erring);
    comes_back(&mut browser, &asked, "good", "person-7").is(200);
    let typed = [
        ("officer", "xa-clerk-1"),
        ("ministry", "yes"),
        ("password", PASSWORD),
        ("pin", PIN),
        ("back", "/acts"),
    ];
    let there = browser.post("/sign-in", &typed).is(303);
    assert_eq!(there.headers["location"], "/acts");
}
