//! From what was typed to what it may mean: by code, by the beginning of words, and past one slip in each word.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use kp_db::{Sql, Tx, sql};

use crate::{
    Kind,
    fold::{self, SHORTEST_FORGIVEN},
};

const WORDS_BEGINNING: Sql = sql!("words_beginning");
const WORDS_NEAR: Sql = sql!("words_near");
const HAS_WORD: Sql = sql!("has_word");
const SEALS_BEGINNING: Sql = sql!("seals_beginning");

/// Most words of a search; what is typed beyond is not looked at.
pub const MOST_WORDS: usize = 6;

/// Rows read for one word, in one body's things of one kind. A word that more things bear is asked of those that the
/// other words found.
const MOST_ROWS: usize = 400;

/// Likely spellings of one word.
const MOST_NEAR: u32 = 200;

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its code; of a party, its name.
    pub reference: String,
    /// Whose row it was found in.
    pub whose: String,
    /// How far what was typed is from it: 0 the very words, then their beginnings, then slips.
    pub distance: u32,
}

/// Where to look: the things of some kinds that are one body's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Whose: a participant's code, `scheme`, or [`EVERYBODY`](crate::EVERYBODY).
    pub body: String,
    /// Of which kinds.
    pub kinds: &'static [Kind],
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The nearest first; of one distance by kind and reference.
    pub hits: Vec<Hit>,
    /// Whether so many things bear these words that some were not looked at: more words find them.
    pub is_cut: bool,
}

/// Finds what may be meant in some places, and nothing of any other: all words must fit, in any order.
///
/// # Errors
/// Where the database fails.
pub fn find(tx: &mut Tx<'_>, places: &[Place], typed: &str) -> Result<Found> {
    let mut words = fold::words(typed);
    words.truncate(MOST_WORDS);
    let mut asked = Vec::new();
    for word in words {
        let near = spellings(tx, &word)?;
        asked.push(AskedWord { word, near });
    }
    let code = fold::squeezed(typed);
    let mut found = Found::default();
    for Place { body: whose, kinds } in places {
        for kind in kinds.iter().copied() {
            let mut of_kind = BTreeMap::new();
            by_words(tx, whose, kind, &asked, &mut of_kind, &mut found.is_cut)?;
            by_code(tx, whose, kind, &code, &mut of_kind)?;
            found.hits.extend(of_kind.into_iter().map(|(reference, distance)| Hit {
                kind,
                reference,
                whose: whose.clone(),
                distance,
            }));
        }
    }
    // A party is known to both participants; whoever may look in both bodies sees it once.
    found.hits.sort_by(|a, b| {
        (a.distance, a.kind, &a.reference, &a.whose).cmp(&(b.distance, b.kind, &b.reference, &b.whose))
    });
    found.hits.dedup_by(|a, b| a.kind == b.kind && a.reference == b.reference);
    Ok(found)
}

/// Numbers of certificates, among those of some bodies, with a seal that begins as typed; at most `limit` of each body.
///
/// # Errors
/// Where the database fails.
pub fn seals_beginning(
    tx: &mut Tx<'_>,
    bodies: &[String],
    typed: &str,
    limit: u32,
) -> Result<BTreeSet<String>> {
    let seal = fold::squeezed(typed);
    let mut numbers = BTreeSet::new();
    if seal.chars().count() < 3 {
        return Ok(numbers);
    }
    for whose in bodies.iter().filter(|whose| !whose.is_empty()) {
        let last = after_all(&seal);
        let params = [whose.into(), (&seal).into(), (&last).into(), i64::from(limit).into()];
        numbers.extend(tx.rows(SEALS_BEGINNING, &params, |row| row.get::<String>(0))?);
    }
    Ok(numbers)
}

struct AskedWord {
    word: String,
    /// Words of the index that are one slip away, the word itself not among them.
    near: Vec<String>,
}

impl AskedWord {
    /// First and last text that fit, each with how far they are: the beginning as typed, then each likely spelling.
    fn ranges(&self) -> impl Iterator<Item = (String, String, u32)> + '_ {
        // One letter alone begins too much: it is taken for the whole word.
        let last = if self.word.chars().count() > 1 { after_all(&self.word) } else { self.word.clone() };
        let near = self.near.iter().map(|near| (near.clone(), near.clone(), 2));
        [(self.word.clone(), last, 1)].into_iter().chain(near)
    }
}

/// Sorts after everything that begins so.
fn after_all(beginning: &str) -> String {
    format!("{beginning}\u{10FFFF}")
}

fn spellings(tx: &mut Tx<'_>, word: &str) -> Result<Vec<String>> {
    if word.chars().count() < SHORTEST_FORGIVEN {
        return Ok(Vec::new());
    }
    let mut all = BTreeSet::new();
    for near in fold::near(word) {
        let found = tx.rows(WORDS_NEAR, &[(&near).into(), i64::from(MOST_NEAR).into()], |row| row.get(0))?;
        all.extend(found);
    }
    all.remove(word);
    Ok(all.into_iter().filter(|other: &String| fold::is_one_slip_apart(word, other)).collect())
}

/// What one word found: references with their distance, and whether there are more.
struct OfWord {
    found: BTreeMap<String, u32>,
    is_cut: bool,
}

fn of_word(tx: &mut Tx<'_>, whose: &str, kind: Kind, asked: &AskedWord) -> Result<OfWord> {
    let mut of_word = OfWord { found: BTreeMap::new(), is_cut: false };
    for (first, last, far) in asked.ranges() {
        let most = i64::try_from(MOST_ROWS)?;
        let params = [whose.into(), kind.word().into(), (&first).into(), (&last).into(), most.into()];
        let rows: Vec<(String, String)> =
            tx.rows(WORDS_BEGINNING, &params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        of_word.is_cut |= rows.len() == MOST_ROWS;
        for (word, reference) in rows {
            let far = if word == asked.word { 0 } else { far };
            let before = of_word.found.entry(reference).or_insert(far);
            *before = far.min(*before);
        }
    }
    Ok(of_word)
}

/// Things all of whose asked words fit. The rarest word leads; a word that was cut short is asked of each thing it found.
fn by_words(
    tx: &mut Tx<'_>,
    whose: &str,
    kind: Kind,
    asked: &[AskedWord],
    fitting: &mut BTreeMap<String, u32>,
    is_cut: &mut bool,
) -> Result<()> {
    let mut of_words = Vec::with_capacity(asked.len());
    for each in asked {
        let of_word = of_word(tx, whose, kind, each)?;
        if of_word.found.is_empty() {
            return Ok(());
        }
        of_words.push((each, of_word));
    }
    of_words.sort_by_key(|(_, of_word)| (of_word.is_cut, of_word.found.len()));
    let Some(((_, rarest), others)) = of_words.split_first() else { return Ok(()) };
    *is_cut |= rarest.is_cut;
    'things: for (reference, distance) in &rarest.found {
        let mut distance = *distance;
        for (asked, of_word) in others {
            match of_word.found.get(reference) {
                Some(more) => distance += more,
                None if of_word.is_cut && bears(tx, whose, kind, reference, asked)? => distance += 1,
                None => continue 'things,
            }
        }
        fitting.insert(reference.clone(), distance);
    }
    Ok(())
}

fn bears(tx: &mut Tx<'_>, whose: &str, kind: Kind, reference: &str, asked: &AskedWord) -> Result<bool> {
    for (first, last, _) in asked.ranges() {
        let params = [whose.into(), kind.word().into(), reference.into(), (&first).into(), (&last).into()];
        if tx.optional(HAS_WORD, &params, |row| row.get::<String>(0))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Things whose code begins with what was typed.
fn by_code(
    tx: &mut Tx<'_>,
    whose: &str,
    kind: Kind,
    code: &str,
    fitting: &mut BTreeMap<String, u32>,
) -> Result<()> {
    if code.chars().count() < 2 {
        return Ok(());
    }
    let last = after_all(code);
    let params = [whose.into(), kind.word().into(), code.into(), (&last).into(), 50.into()];
    let rows: Vec<(String, String)> =
        tx.rows(WORDS_BEGINNING, &params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (word, reference) in rows {
        let far = u32::from(word != code);
        let before = fitting.entry(reference).or_insert(far);
        *before = far.min(*before);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_db::{Db, Url};

    use super::*;
    use crate::follow::{name_of_test, seal_of_test};

    /// Both engines, where the second is there.
    fn on_both(test: impl Fn(&Db)) {
        test(&Db::open(&Url::Memory).unwrap());
        if let Some(database) = kp_testkit::postgres::database("the search on PostgreSQL") {
            test(&Db::open(&database.url().parse().unwrap()).unwrap());
        }
    }

    fn found(db: &Db, bodies: &[&str], typed: &str) -> Vec<String> {
        let place = |body: &&str| Place { body: (*body).to_owned(), kinds: &Kind::ALL };
        let places: Vec<Place> = bodies.iter().map(place).collect();
        let found = db.read(|tx| find(tx, &places, typed)).unwrap();
        found.hits.into_iter().map(|hit| hit.reference).collect()
    }

    fn filled(db: &Db) {
        db.write("fill", |tx| {
            for (whose, kind, reference, name) in [
                ("XA", Kind::Exporter, "XA-EXP-7", "River Stones Ltd"),
                ("XA", Kind::Exporter, "XA-EXP-71", "Société d'Étoile"),
                ("XB", Kind::Exporter, "XB-1", "Riverside Diamonds"),
                ("XA", Kind::Officer, "xa-clerk-1", "Zoë Müller-Ångström"),
                ("", Kind::Participant, "XC", "Côte d'Exemple"),
            ] {
                name_of_test(tx, whose, kind, reference, name)?;
            }
            for (number, seal) in [("XA-000001", "77120-A"), ("XA-000002", "77120-B"), ("XA-000003", "9")] {
                seal_of_test(tx, "XA", number, seal)?;
            }
            Ok::<_, anyhow::Error>(())
        })
        .unwrap();
    }

    #[test]
    fn accents_beginnings_and_slips_are_forgiven_and_other_bodies_are_not_looked_in() {
        on_both(|db| {
            filled(db);
            for (typed, expected) in [
                ("river", &["XA-EXP-7"][..]),
                ("STONES riv", &["XA-EXP-7"]),
                ("rivr stoens", &["XA-EXP-7"]),
                ("etoile", &["XA-EXP-71"]),
                ("Étoyle", &["XA-EXP-71"]),
                ("xa exp 7", &["XA-EXP-7", "XA-EXP-71"]),
                ("xa-exp-71", &["XA-EXP-71"]),
                ("muller", &["xa-clerk-1"]),
                ("zoe angstrom", &["xa-clerk-1"]),
                ("cote exemple", &["XC"]),
                ("diamonds", &[]),
                ("river etoile", &[]),
                ("", &[]),
                ("%", &[]),
                ("r", &[]),
            ] {
                assert_eq!(found(db, &["", "XA"], typed), expected, "{typed}");
            }
            assert_eq!(found(db, &["", "XB"], "river"), ["XB-1"]);
            assert_eq!(found(db, &[""], "river"), Vec::<String>::new());
        });
    }

    #[test]
    fn a_seal_is_found_by_its_beginning_and_only_at_home() {
        on_both(|db| {
            filled(db);
            let seals = |whose: &str, typed: &str| {
                let found = db.read(|tx| seals_beginning(tx, &[String::new(), whose.to_owned()], typed, 5));
                found.unwrap().into_iter().collect::<Vec<_>>()
            };
            assert_eq!(seals("XA", "77120"), ["XA-000001", "XA-000002"]);
            assert_eq!(seals("XA", "77120a"), ["XA-000001"]);
            assert_eq!(seals("XB", "77120"), Vec::<String>::new());
            assert_eq!(seals("XA", "9"), Vec::<String>::new(), "too short to be meant");
        });
    }

    #[test]
    fn a_word_that_all_bear_is_asked_of_what_the_other_found() {
        on_both(|db| {
            db.write("fill", |tx| {
                for each in 0..(MOST_ROWS + 100) {
                    let reference = format!("XA-{each:04}");
                    name_of_test(tx, "XA", Kind::Exporter, &reference, &format!("Diamonds {each:04} Ltd"))?;
                }
                name_of_test(tx, "XA", Kind::Exporter, "ZZ-9", "Zanzibar Diamonds")
            })
            .unwrap();
            assert_eq!(found(db, &["XA"], "diamonds zanzibar"), ["ZZ-9"]);
            assert_eq!(found(db, &["XA"], "dimonds zanzibr"), ["ZZ-9"]);
            let at_home = [Place { body: "XA".to_owned(), kinds: &[Kind::Exporter] }];
            let all = db.read(|tx| find(tx, &at_home, "diamonds")).unwrap();
            assert!(all.is_cut && all.hits.len() == MOST_ROWS, "{}", all.hits.len());
        });
    }
}
