//! Invented trade for `kpcs reconcile`, in the schema of `docs/operating/reconcile.md`: certificates, confirmations, the
//! tables of participants' years, and labels of what was put in on purpose.
//!
//! `cargo run --release -p kp-reconcile --example generate_trade -- FOLDER CERTIFICATES SEED`: the same three give the
//! same bytes on every machine. Memory does not grow with the number of certificates.

mod labels;
mod trade;
mod world;
mod years;

use std::{
    fs::File,
    io::{BufWriter, Error, Result, Write},
    path::{Path, PathBuf},
};

use kp_testkit::dice::Dice;

use crate::{labels::Labels, trade::Trade, world::DAYS};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, certificates, seed] = arguments.as_slice() else {
        return Err(Error::other("usage: generate_trade FOLDER CERTIFICATES SEED, such as trade 100000 1"));
    };
    let number =
        |text: &str| text.parse::<u64>().map_err(|_| Error::other(format!("`{text}` is not a whole number")));
    generate(&PathBuf::from(folder), number(certificates)?, number(seed)?)
}

fn generate(folder: &Path, certificates: u64, seed: u64) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut dice = Dice::seeded(seed);
    let world = world::World::new(&mut dice);
    let labels = Labels::new(
        create(folder, "labels.csv")?,
        create(folder, "label_rows.csv")?,
        create(folder, "decoys.csv")?,
    )?;
    let (one, two) = (create(folder, "certificates.csv")?, create(folder, "confirmations.csv")?);
    let mut trade = Trade::new(&world, Dice::seeded(seed ^ 0x5EED), labels, one, two)?;
    trade.fall_silent(1 + certificates / 400_000)?;
    let days = DAYS.count() as u64;
    for (passed, day) in (0..).zip(DAYS) {
        // So many each day that the last day completes the number asked for.
        trade.day(day, certificates * (passed + 1) / days - certificates * passed / days)?;
    }
    let (mut labels, books) = trade.finish()?;
    years::write(folder, &world, &books, &mut dice, &mut labels)?;
    let kinds: Vec<String> =
        labels.kinds.iter().map(|(kind, count)| format!("\"{kind}\": {count}")).collect();
    let mut manifest = create(folder, "manifest.json")?;
    writeln!(
        manifest,
        "{{\"generator\": \"generate_trade {}\", \"seed\": {seed}, \"certificates\": {}, \"confirmations\": {}, \"anomalies\": {{{}}}}}",
        env!("CARGO_PKG_VERSION"),
        books.rows[0],
        books.rows[1],
        kinds.join(", ")
    )?;
    manifest.flush()?;
    labels.finish()
}

/// A file of the folder.
fn create(folder: &Path, name: &str) -> Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(folder.join(name))?))
}

/// A day as `YYYY-MM-DD`, from its number since 1970-01-01.
fn written(day: i32) -> String {
    thread_local!(static LAST: std::cell::RefCell<std::collections::BTreeMap<i32, String>> = const { std::cell::RefCell::new(std::collections::BTreeMap::new()) });
    LAST.with_borrow_mut(|known| {
        known
            .entry(day)
            .or_insert_with(|| (jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(day)).to_string())
            .clone()
    })
}
