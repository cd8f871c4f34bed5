//! `kpcs key document make`: the private half comes into being here, the public half is registered in the same breath.
//!
//! What is true if power fails: before the act is durable, a key lies here that nobody knows (harmless; `list` does not
//! show it); after, the key is registered and kept. There is no registered key that nobody holds.

use anyhow::{Context, Result};
use kp_log::Signer;
use kp_node::{Keyring, Node, Receipt};
use kp_sign::PublicKey;
use kp_terms::Fields;

use super::{hash_of_file, registered};
use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::MakeDocumentKey,
    clock,
    commands::act::{in_words, open_key},
    passphrase::Source,
    place::Place,
    screen::say,
};

/// Makes and registers a key.
pub(crate) fn make(place: &Place, options: &MakeDocumentKey) -> Answer {
    let node = place.open()?;
    let mut fields = fields_of(options)?;
    let signer = open_key(&node, &options.signing.officer, options.signing.passphrase_file.as_ref())?;
    let keyring = node.keyring().context("a node in a data folder has a keyring")?;
    let key_id = match &options.token {
        Some(token) => {
            let label = first_of(&fields, "valid_from");
            let label =
                options.key_label.clone().unwrap_or_else(|| format!("{} {label}", options.participant));
            in_token(&node, keyring, &mut fields, &signer, (token, &label), options)?
        }
        None => in_file(&node, keyring, &mut fields, &signer, options)?,
    };
    say(&format!(
        "Document key {key_id} is made and registered. It signs once a second custodian has witnessed it:\n  \
         kpcs key document witness {key_id} --as OFFICER --record {}",
        options.record.display()
    ))?;
    Ok(Outcome::Done)
}

fn first_of(fields: &Fields, name: &str) -> String {
    fields.get(name).and_then(|values| values.first()).cloned().unwrap_or_default()
}

fn in_file(
    node: &Node,
    keyring: &Keyring,
    fields: &mut Fields,
    signer: &Signer,
    options: &MakeDocumentKey,
) -> Result<String, Trouble> {
    let passphrase = if options.open {
        None
    } else {
        let source = Source::of_document_key(options.document_passphrase_file.as_ref());
        Some(source.ask_new("the new document key")?)
    };
    let key = keyring.make_document_key(passphrase.as_ref().map(|passphrase| passphrase.as_str()))?;
    register(node, keyring, fields, signer, &key.public())
}

#[cfg(feature = "hsm")]
fn in_token(
    node: &Node,
    keyring: &Keyring,
    fields: &mut Fields,
    signer: &Signer,
    (token, label): (&str, &str),
    options: &MakeDocumentKey,
) -> Result<String, Trouble> {
    use kp_sign::MessageSigner;
    let module = options.module.clone().context("--token comes with --module")?;
    let place = kp_node::TokenPlace { module, token: token.to_owned(), key: label.to_owned() };
    let pin = Source::of_token(options.pin_file.as_ref()).ask_pin(token)?;
    let key = kp_node::TokenKey::make(&place, &pin)?;
    keyring.note_token_key(&key.public().id().to_string(), &place)?;
    let outcome = register(node, keyring, fields, signer, &key.public());
    if outcome.is_err() && registered(node, &key.public().id().to_string())?.is_none() {
        key.destroy()?;
    }
    outcome
}

#[cfg(not(feature = "hsm"))]
fn in_token(
    _: &Node,
    _: &Keyring,
    _: &mut Fields,
    _: &Signer,
    (token, _): (&str, &str),
    _: &MakeDocumentKey,
) -> Result<String, Trouble> {
    let sentence =
        "this kpcs was built without tokens; build it with `cargo build --release --features kp-cli/hsm`";
    Err(anyhow::anyhow!("no key can be made in the token {token:?}: {sentence}").into())
}

/// Registers the public half; what was kept of the key is taken back where the act is refused.
fn register(
    node: &Node,
    keyring: &Keyring,
    fields: &mut Fields,
    signer: &Signer,
    public: &PublicKey,
) -> Result<String, Trouble> {
    let key_id = public.id().to_string();
    fields.insert("public_key".into(), vec![kp_sign::hex(&public.to_bytes())]);
    let outcome = node.perform("register_document_key", fields, signer, clock::now());
    if outcome.is_err() && registered(node, &key_id)?.is_none() {
        keyring.unmake_document_key(&key_id)?;
    }
    let receipt: Receipt = outcome?;
    say(&in_words(&receipt))?;
    Ok(key_id)
}

fn fields_of(options: &MakeDocumentKey) -> Result<Fields> {
    let today = kp_log::day_of(clock::now()).to_string();
    let class = if options.token.is_some() { "token" } else { "software" };
    let one = [
        ("participant", options.participant.clone()),
        ("authority_id", options.authority.clone()),
        ("key_class", class.to_owned()),
        ("valid_from", options.valid_from.clone().unwrap_or(today)),
        ("signs_until", options.signs_until.clone()),
        ("place", options.place.clone()),
        ("record_hash", hash_of_file(&options.record)?),
    ];
    let mut fields: Fields = one.into_iter().map(|(name, value)| (name.to_owned(), vec![value])).collect();
    fields.insert("custodians".into(), options.custodians.clone());
    if !options.outside_witnesses.is_empty() {
        fields.insert("outside_witnesses".into(), options.outside_witnesses.clone());
    }
    if let Some(key) = &options.successor_of {
        fields.insert("successor_of".into(), vec![key.clone()]);
    }
    Ok(fields)
}
