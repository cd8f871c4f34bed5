//! `kpcs init`: a data folder, the node's keys, and the one officer whom the node itself names.
//!
//! Can be run again after a power cut: a key file that was made for an officer who was never named is made anew.

use kp_log::OfficeName;
use kp_node::Node;
use kp_terms::Fields;

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::Init,
    clock,
    commands::demo,
    passphrase::Source,
    place::Place,
    screen::say,
};

/// Makes what is missing and says what comes next.
pub(crate) fn run(place: &Place, options: &Init) -> Answer {
    if let (Some(label), Some(code)) = (&options.office, options.of) {
        return office(
            place,
            &OfficeName::new(code, label).map_err(|error| Trouble::Usage(error.to_string()))?,
        );
    }
    let folder = place.folder()?;
    let node = match options.training {
        true => place.open_or_make_training()?,
        false => place.open_or_make()?,
    };
    if node.is_founded()? {
        say(&format!("The node in {} was founded before; nothing was changed.", folder.display()))?;
        return Ok(Outcome::Done);
    }
    if options.with_world {
        let passphrase = demo::fill(&node)?;
        say(&format!(
            "Made the data folder {} for training, with an invented world in it.\nAll its officers open with the passphrase \
             {passphrase:?}; `kpcs officers` names them, `kpcs serve` shows the pages.",
            folder.display()
        ))?;
        return Ok(Outcome::Done);
    }
    let passphrase = Source::of_signer(options.passphrase_file.as_ref()).ask_new(&options.officer)?;
    drop_key_of_nobody(&node, &options.officer)?;
    let signer = &node.keys().signer;
    node.perform_with_new_key("name_officer", founding(options), &passphrase, signer, clock::now())?;
    say(&format!("Made the data folder {}", folder.display()))?;
    if node.is_training() {
        say(
            "It is for training: only invented participants (XA to XZ) are admitted, and nothing leaves it.",
        )?;
    }
    say(&format!("The database is {}", database(place)))?;
    say(&format!("Named {} ({}) as secretariat", options.officer, options.name))?;
    say(&next(options))?;
    Ok(Outcome::Done)
}

/// The folder of an office: keys, and no officer; its officers are named at the capital.
fn office(place: &Place, office: &OfficeName) -> Answer {
    let node = place.open_or_make_office(office)?;
    let key = kp_sign::hex(&node.keys().signer.key.public().to_bytes());
    say(&format!("The folder {} is that of office {office}", place.folder()?.display()))?;
    say(&format!("Its node key, for `kpcs act register-office` at the capital:\n{key}"))?;
    say(&format!(
        "\nNext, make a key here for each officer who works here: kpcs office officer-key OFFICER\n\
         Then, with the file that `kpcs office prepare {office} --out FILE` writes at the capital: kpcs exchange take FILE --as OFFICER"
    ))?;
    Ok(Outcome::Done)
}

/// The first officer belongs to the scheme and admits participants.
fn founding(options: &Init) -> Fields {
    let field = |name: &str, value: &str| (name.to_owned(), vec![value.to_owned()]);
    Fields::from([
        field("body", "scheme"),
        field("officer_id", &options.officer),
        field("name", &options.name),
        field("roles", "secretariat"),
    ])
}

/// If power failed between making the key file and naming the officer, the file is a key of nobody.
fn drop_key_of_nobody(node: &Node, officer: &str) -> anyhow::Result<()> {
    match node.keyring() {
        Some(keyring) if keyring.holds(officer) => keyring.unmake(officer),
        _ => Ok(()),
    }
}

fn database(place: &Place) -> &'static str {
    if place.database.is_some() {
        "the PostgreSQL server you named; name it again with every command"
    } else {
        "kpcs.db in that folder"
    }
}

fn next(options: &Init) -> String {
    format!(
        "\nNext, admit a participant and name its first administrator:\n  \
         kpcs act admit-participant --as {0} --help\n  \
         kpcs act name-officer --as {0} --help",
        options.officer
    )
}
