//! `kpcs certificate pre-advice` and `take-pre-advice`: the message that goes out, and the one that came in.
//!
//! The code in a message is verified before it is recorded; what it says is recorded whatever the verdict, because a
//! false announcement is evidence too, and the verdict is said.

use anyhow::Context;
use kp_certificate::Credential;
use kp_node::{offline::DeskScan, pre_advice::fields_of_code};
use kp_terms::CertificateNumber;
use kp_verify::{Clock, Language, OnPaper, Seen, Speaker};

use crate::{
    answer::{Answer, Outcome, Trouble},
    arguments::TakePreAdvice,
    clock,
    commands::{
        act::{in_words, open_key},
        lists::store,
    },
    place::Place,
    screen::{aside, say},
};

/// Writes the message.
pub(crate) fn write(place: &Place, typed: &str, lang: &str) -> Answer {
    let number: CertificateNumber =
        typed.parse().map_err(|error| Trouble::Usage(format!("NUMBER: {error}")))?;
    let language: Language = lang.parse().map_err(Trouble::Usage)?;
    say(place.open()?.pre_advice(&number, language)?.trim_end())?;
    Ok(Outcome::Done)
}

/// Records one that came.
pub(crate) fn take(place: &Place, options: &TakePreAdvice) -> Answer {
    let bytes =
        std::fs::read(&options.file).with_context(|| format!("reading {}", options.file.display()))?;
    let now = clock::now();
    let scan = DeskScan::of_file(&bytes);
    let [pair] = scan.pairs.as_slice() else {
        let found = scan.pairs.len();
        let file = options.file.display();
        return Err(Trouble::Usage(match found {
            0 => format!("{file}: {WITHOUT}"),
            _ => format!("{file} holds {found} certificates; give one message at a time"),
        }));
    };
    let credential = Credential::from_text(&pair.credential)
        .with_context(|| format!("{}: {WITHOUT}", options.file.display()))?;
    let verdict =
        pair.verdict(&OnPaper::NOTHING, store(place)?.trust()?.as_ref(), Clock::reading(now), &Seen::new());
    let mut fields = fields_of_code(credential.content());
    let mut set = |name: &str, text: &str| fields.insert(name.to_owned(), vec![text.to_owned()]);
    set("came_by", "message");
    set("sent_by", &options.sent_by);
    options.left_on.iter().for_each(|day| drop(set("departed_on", day)));
    options.origin.iter().for_each(|origin| drop(set("origin", origin)));
    let node = place.open()?;
    let signer = open_key(&node, &options.acting.officer, options.acting.passphrase_file.as_ref())?;
    let receipt = node.perform("record_pre_advice", &fields, &signer, now)?;
    aside(&Speaker::new(Language::English).sentence(&verdict));
    say(&in_words(&receipt))?;
    Ok(Outcome::Done)
}

const WITHOUT: &str =
    "no certificate's code could be read in it; type what it says with `kpcs act record-pre-advice`";
