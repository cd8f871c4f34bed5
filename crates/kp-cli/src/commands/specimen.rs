//! `kpcs specimen add` and `list`: how participants' papers look. The picture is kept by its hash beside the lists.

use kp_terms::Fields;

use crate::{
    answer::{Answer, Outcome},
    arguments::{AddSpecimen, Specimen},
    clock,
    commands::{
        act::{in_words, open_key},
        lists::store,
    },
    place::Place,
    screen::{Table, say},
};

/// Runs what was typed.
pub(crate) fn run(place: &Place, command: &Specimen) -> Answer {
    match command {
        Specimen::Add(options) => add(place, options),
        Specimen::List => list(place),
    }
}

fn add(place: &Place, options: &AddSpecimen) -> Answer {
    let node = place.open()?;
    let signer = open_key(&node, &options.acting.officer, options.acting.passphrase_file.as_ref())?;
    // Kept before it is stated: a picture that no statement names harms nobody.
    let picture_hash = store(place)?.keep_picture(&options.picture)?;
    let mut fields = Fields::from([
        ("participant".to_owned(), vec![options.participant.clone()]),
        ("form".to_owned(), vec![options.form.clone()]),
        ("valid_from".to_owned(), vec![options.valid_from.to_string()]),
        ("features".to_owned(), options.feature.clone()),
        ("picture_hash".to_owned(), vec![picture_hash]),
    ]);
    let until = options.valid_until.iter().map(|day| ("valid_until".to_owned(), vec![day.to_string()]));
    fields.extend(until);
    let receipt = node.perform("record_specimen", &fields, &signer, clock::now())?;
    say(&in_words(&receipt))?;
    Ok(Outcome::Done)
}

fn list(place: &Place) -> Answer {
    let node = place.open()?;
    let specimens = node.db().read(|tx| {
        let mut all = Vec::new();
        for participant in kp_registry::participants(tx)? {
            all.extend(kp_registry::specimens_of_participant(tx, participant.code)?);
        }
        Ok::<_, anyhow::Error>(all)
    });
    let mut table = Table::new(&["participant", "form", "from", "until", "look for", "picture"]);
    let store = store(place)?;
    for form in specimens? {
        table.row(vec![
            form.participant.to_string(),
            form.form,
            form.valid_from.to_string(),
            form.valid_until.map_or_else(|| "-".to_owned(), |day| day.to_string()),
            form.features.join("; "),
            store.picture(&form.picture_hash).display().to_string(),
        ]);
    }
    table.say_or("No specimen is recorded; `kpcs specimen add` records one.")?;
    Ok(Outcome::Done)
}
