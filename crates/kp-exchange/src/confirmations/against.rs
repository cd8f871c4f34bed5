//! Words that speak against an arrival: `never`, `missing`, `refusé`, `não`. What holds one is no confirmation as it stands.
//!
//! Scheme: Section III(b): a confirmation says that the shipment came. Three languages at once, for a message mixes them.
//! In doubt a word counts against: a row to mend costs a minute, a certificate closed for goods that never came costs the
//! question that would have been asked. `no difference` and `without damage` say nothing against it.

use crate::names::squeeze;

/// Words that deny something; what they deny decides.
const DENYING: &str = "\
    not no none nothing nobody neither nor never cannot without wont didnt wasnt werent isnt arent hasnt \
    havent doesnt dont couldnt cant nil zero ne n pas jamais aucun aucune aucuns aucunes rien non personne \
    nul nulle ni sans nao nunca nenhum nenhuma nada ninguem nem sem";

/// What may be denied without speaking against an arrival.
const DENIED_WELL: &str = "\
    differ discrepan damag remark comment objection shortage problem issue irregular deviation tamper hesit \
    ecart anomal dommage avarie difere divergen dano problema reserv hesite objecao objecoes clear clair \
    claro reply";

/// Words between a denial and what it denies.
const BETWEEN: &str = "\
    a any the further other visible apparent ha houve existe y eu est il de d autre qualquer outra outro";

/// Words that speak against an arrival by themselves.
const WORDS: &str = "\
    lost loss losses short hold held withheld back void empty fake wrong stop stopped broken open opened if \
    unless whether until except but however instead expect expected expecting due pending will shall would \
    should could tomorrow vol vole volee voles volees faux fausse vide vides sauf mais cependant si sera \
    seront bientot demain mas porem exceto salvo serao chegara chegarao amanha vazio vazia";

/// Beginnings of words that speak against an arrival by themselves.
const BEGINNINGS: &str = "\
    missing missed refus reject seiz seizure detain detention stole steal theft robbe return confiscat \
    forfeit impound blocked cancel invalid counterfeit forged forger fals suspici damag tamper disappear \
    vanish destroy burnt discrepan differ incorrect mismatch disput doubt unknown unsealed unconfirmed \
    undelivered unreceived unable failed absent await waiting delay overdue shortage shortfall incomplet \
    irregular manqu perdu perte rejet saisi retenu renvoy retourn confisqu bloqu annul detrui dispar \
    endommag casse brise contrefa douteu ecart attend attente arrivera introuvable inconnu errone falta \
    faltou faltam perdid perdeu perda recus rejeit apreend apreens roubad roubo furt retid devolv devoluc \
    destruid desaparec danific quebrad violad divergen aguard atras desconhec extravi egare";

/// Words that speak against the arrivals below or above the line in which they stand: fewer, for such lines are polite too.
const OF_A_LIST: &str = "\
    missing lost refuse reject seized detained stolen returned confiscat forfeit disappear undelivered \
    unreceived unconfirmed awaited manqu perdu saisi retenu renvoy confisqu disparu introuvable egare falta \
    perdid recusad apreend roubad retid devolv desaparec extravi";

/// Words of goods that set out. They say nothing of an arrival, unless a word of arriving stands there too.
const SETTING_OUT: &str = "\
    left depart ship dispatch despatch sent send transit underway parti expedi envoy envia saiu sairam";

/// Words of goods that came.
const ARRIVING: &str = "\
    arriv receiv receipt came confirm got landed recu recep receb chegou chegaram chegad";

/// Portuguese `no` is `in the`: before these it denies nothing.
const IN_THE: &str = "\
    dia mes ano aeroporto porto posto nosso banco cofre local escritorio";

/// The first word that speaks against an arrival, as it is written there; nothing where none does.
pub(super) fn word_against(text: &str) -> Option<String> {
    if let Some(answer) = answer(text) {
        return answer;
    }
    if text.contains('?') {
        return Some("?".to_owned());
    }
    let words = words(text);
    let comes = words.iter().any(|word| word.begins(ARRIVING));
    first_against(&words, &|at, word| {
        speaks_alone(word) || (!comes && word.begins(SETTING_OUT)) || asks(&words, at)
    })
}

/// The first word of a line that speaks against the arrivals listed below or above it: `The following never came:`.
pub(super) fn word_against_a_list(text: &str) -> Option<String> {
    answer(text).unwrap_or_else(|| first_against(&words(text), &|_, word| word.begins(OF_A_LIST)))
}

/// A word in a heading or in front of a value that speaks against what stands below or behind it: `Certificates not received`.
/// The `no` of `Certificate No` and `No. of parcels` is a number's.
pub(super) fn word_against_heading(heading: &str) -> Option<String> {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let is_number = |at: usize, word: &str| {
        let no = squeeze(word) == "no";
        no && (at > 0
            || words.len() == 1
            || !word.ends_with(char::is_alphabetic)
            || words.get(1) == Some(&"of"))
    };
    let kept = words.iter().enumerate().filter(|(at, word)| !is_number(*at, word)).map(|(_, word)| *word);
    word_against_a_list(&kept.collect::<Vec<_>>().join(" "))
}

/// A bare `no` or `none` behind its question: `Damage: none` is good news, `Arrived: no` is not. Nothing for other texts.
fn answer(text: &str) -> Option<Option<String>> {
    let (asked, said) = text.split_once([':', '=']).filter(|(_, said)| denies_all(said))?;
    let words = words(asked);
    let of_harm = words.iter().any(|word| speaks_alone(word) || word.begins(DENIED_WELL));
    let good = of_harm && !words.iter().any(|word| word.begins(ARRIVING));
    Some((!good).then(|| said.trim().to_owned()))
}

fn first_against(words: &[Word], speaks: &dyn Fn(usize, &Word) -> bool) -> Option<String> {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if word.denies() {
            match denied_well(words, at) {
                Some(after) => at = after,
                None => return Some(word.written.clone()),
            }
            continue;
        }
        if speaks(at, word) {
            return Some(word.written.clone());
        }
        at += 1;
    }
    None
}

struct Word {
    written: String,
    plain: String,
    /// What stands right behind it in the text.
    next: String,
}

impl Word {
    fn is(&self, words: &str) -> bool {
        holds(words, &self.plain)
    }

    fn begins(&self, beginnings: &str) -> bool {
        beginnings.split_ascii_whitespace().any(|beginning| self.plain.starts_with(beginning))
    }

    fn denies(&self) -> bool {
        let next = self.next.as_str();
        let is_number_of = next.starts_with(|c: char| c.is_ascii_digit());
        let denies = self.is(DENYING) || self.written.to_lowercase().ends_with("n't");
        match self.plain.as_str() {
            "no" => !is_number_of && !holds(IN_THE, next),
            "n" => self.written.ends_with('\''),
            _ => denies,
        }
    }
}

/// Where one goes on behind a denial of something bad; nothing where it denies anything else.
fn denied_well(words: &[Word], denial: usize) -> Option<usize> {
    let between = |word: &&Word| word.denies() || word.is(BETWEEN);
    let passed = words.get(denial + 1..)?.iter().take_while(between).count();
    let denied = denial + 1 + passed;
    let missing = words.get(denial)?.plain == "nothing" && words.get(denied)?.plain == "missing";
    if !missing && !words.get(denied)?.begins(DENIED_WELL) {
        return None;
    }
    // `ne diffère pas`, `n'hésitez pas`: the second half of the same denial.
    let second_half =
        words.get(denied + 1).is_some_and(|word| matches!(word.plain.as_str(), "pas" | "point"));
    Some(denied + 1 + usize::from(second_half))
}

fn speaks_alone(word: &Word) -> bool {
    word.is(WORDS) || word.begins(BEGINNINGS)
}

/// `please confirm`: whoever asks for a confirmation gives none.
fn asks(words: &[Word], at: usize) -> bool {
    let is = |at: usize, known: &str| words.get(at).is_some_and(|word| word.is(known));
    is(at, "please kindly veuillez merci favor")
        && (1..=2).any(|on| is(at + on, "confirm advise check tell send ask confirmer confirmar verifier"))
}

fn holds(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a text is a bare `no` or `none`.
pub(super) fn denies_all(said: &str) -> bool {
    holds("no none nil non aucun aucune neant nao nenhum nenhuma nada", &squeeze(said))
}

/// The words of a text. An elided `n'` stands for itself, and `didn't` stays whole.
fn words(text: &str) -> Vec<Word> {
    let text = text.replace(['’', '‘', '`', '´'], "'");
    let mut found: Vec<Word> = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let parts = match run.split_once('\'') {
            Some((elided, rest)) if elided.chars().count() <= 2 && !rest.is_empty() => {
                vec![format!("{elided}'"), rest.to_owned()]
            }
            _ => vec![run.to_owned()],
        };
        for written in parts {
            let plain = squeeze(&written);
            if plain.is_empty() {
                continue;
            }
            if let Some(before) = found.last_mut() {
                before.next.clone_from(&plain);
            }
            found.push(Word { written, plain, next: String::new() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{word_against, word_against_a_list, word_against_heading};

    #[test]
    fn what_says_that_goods_did_not_come_is_quoted() {
        for (text, word) in [
            ("is still missing, never came", "missing"),
            ("And we never saw", "never"),
            ("has not arrived", "not"),
            ("didn't arrive", "didn't"),
            ("didn’t arrive", "didn't"),
            ("was refused at the border", "refused"),
            ("Goods SEIZED by customs", "SEIZED"),
            ("came and went back to you", "back"),
            ("no such shipment here", "no"),
            ("arrived without the second parcel", "without"),
            ("did it arrive?", "?"),
            ("please confirm", "please"),
            ("will arrive on Monday", "will"),
            ("was shipped to us", "shipped"),
            ("n'est pas arrivé", "n'"),
            ("jamais reçu", "jamais"),
            ("il manque un colis", "manque"),
            ("refusé par la douane", "refusé"),
            ("volé en route", "volé"),
            ("não chegou", "não"),
            ("nunca foi recebido", "nunca"),
            ("falta um lote", "falta"),
            ("apreendida pela alfândega", "apreendida"),
            ("roubado", "roubado"),
            ("Arrived: no", "no"),
            ("all received except the second", "except"),
            ("no difference, but one stone lost", "but"),
        ] {
            assert_eq!(word_against(text).as_deref(), Some(word), "{text}");
        }
    }

    #[test]
    fn what_denies_something_bad_says_nothing_against_it() {
        for text in [
            "",
            "arrived in good order, no difference",
            "received without damage, no further remarks",
            "nothing missing",
            "Damage: none",
            "sans différence ni dommage",
            "arrivé le 5 mars, aucune anomalie",
            "sem diferença, não há danos",
            "chegou no dia 5, recebido no aeroporto",
            "do not hesitate to ask us",
            "n'hésitez pas à nous écrire",
            "was shipped by you and arrived here",
            "certificate no 12 received",
            "seal, box and \"parcel list\" checked",
            "ok",
        ] {
            assert_eq!(word_against(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_about_a_list_may_be_polite() {
        let against = |text| word_against_a_list(text);
        assert_eq!(against("The following have never reached us:").as_deref(), Some("never"));
        assert_eq!(against("Still missing:").as_deref(), Some("missing"));
        assert_eq!(against("Não chegaram:").as_deref(), Some("Não"));
        for text in [
            "Sorry for the delay, please find our confirmations below.",
            "If you have questions, do not hesitate to call.",
            "We will send the rest tomorrow; if anything is not clear, write to us.",
        ] {
            assert_eq!(against(text), None, "{text}");
        }
    }

    #[test]
    fn a_heading_may_speak_against_its_column() {
        for (heading, word) in [
            ("Certificates not received", Some("not")),
            ("Carats lost", Some("lost")),
            ("Certificate No.", None),
            ("KP certificate no", None),
            ("No. of parcels", None),
            ("No of parcels", None),
            ("no", None),
            ("N° certificat", None),
            ("Carats received (ct)", None),
        ] {
            assert_eq!(word_against_heading(heading).as_deref(), word, "{heading}");
        }
    }
}
