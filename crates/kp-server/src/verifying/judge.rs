//! From what was laid on the desk to verdicts in words, for page and API alike.

use anyhow::Result;
use kp_node::{lists::ListStore, offline::DeskScan};
use kp_terms::{CertificateNumber, Date};
use kp_verify::{Clock, Language, OnPaper, Presented, Seen, Speaker, State, TrustData, Verdict, verify};

use crate::app::App;

/// What is to be verified.
pub(crate) enum Laid {
    /// Files, each with its name.
    Files(Vec<(String, Vec<u8>)>),
    /// What a scanner typed into one field: codes among line breaks and whatever else stands there. A code may hold blanks.
    Scanner(String),
    /// Codes, one by one.
    Codes(Vec<String>),
    /// Number and check code, read from the paper.
    Typed {
        /// The number.
        number: String,
        /// The check code.
        check_code: String,
        /// The day of issue, where it was typed too.
        issued_on: Option<Date>,
    },
}

/// One verdict in words.
pub(crate) struct Judged {
    /// Which file or code.
    pub(crate) name: String,
    /// Green, amber, grey or red.
    pub(crate) state: State,
    /// Its word in the language asked for.
    pub(crate) word: String,
    /// The reason's key, the same in every language.
    pub(crate) reason: String,
    /// The sentence, further reasons, the key's class, what to do next.
    pub(crate) lines: Vec<String>,
    /// Label and value of what was signed.
    pub(crate) facts: Vec<(String, String)>,
    /// How the issuer's paper of that day looks (domain 3.3), to be held beside the one in hand.
    pub(crate) papers: Vec<PaperForm>,
    /// The certificate's number, where one could be read.
    pub(crate) number: Option<String>,
    /// Whether this node's register has that number.
    pub(crate) is_on_file: bool,
    /// Symbols that were not read.
    pub(crate) remarks: Vec<String>,
}

/// A form of the issuer's paper.
pub(crate) struct PaperForm {
    /// Its own name.
    pub(crate) form: String,
    /// First day of issue on it, and the last where there is one.
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
    /// What to look for.
    pub(crate) features: Vec<String>,
    /// SHA-256 of its picture, hexadecimal, where the picture is here.
    pub(crate) picture: Option<String>,
}

/// The lists of this node and where they come from; nothing where none were published or taken over.
pub(crate) fn trust(app: &App) -> Result<Option<TrustData>> {
    let Some(keyring) = app.node.keyring() else { return Ok(None) };
    ListStore::at(&keyring.beside("lists")).trust()
}

/// Verdicts on everything that was laid on the desk, exceptions first. What stands on the paper is compared with what was
/// signed (L21).
///
/// # Errors
/// Where the register cannot be read.
pub(crate) fn judge(
    app: &App,
    laid: Laid,
    paper: &OnPaper,
    trust: Option<&TrustData>,
    language: Language,
) -> Result<Vec<Judged>> {
    let clock = Clock::reading(app.now());
    let speaker = Speaker::new(language);
    let mut judged = Vec::new();
    let mut of_scan = |name: String, scan: DeskScan| {
        for verdict in scan.verdicts(paper, trust, clock) {
            judged.push(in_words(name.clone(), &verdict, scan.remarks.clone(), &speaker));
        }
    };
    match laid {
        Laid::Files(files) => {
            files.into_iter().for_each(|(name, bytes)| of_scan(name, DeskScan::of_file(&bytes)));
        }
        Laid::Scanner(text) => of_scan(String::new(), DeskScan::of_typed(&text)),
        Laid::Codes(codes) => of_scan(String::new(), DeskScan::of_texts(codes)),
        Laid::Typed { number, check_code, issued_on } => {
            let presented = Presented::Typed { number: &number, check_code: &check_code, issued_on };
            let verdict = verify(&presented, trust, clock, &Seen::new());
            judged.push(in_words(String::new(), &verdict, Vec::new(), &speaker));
        }
    }
    for each in &mut judged {
        each.is_on_file = is_on_file(app, each.number.as_deref())?;
    }
    keep_pictures_here(app, &mut judged);
    judged.sort_by_key(|each| std::cmp::Reverse(each.state));
    Ok(judged)
}

/// A picture that did not come with the lists is not shown as a broken one.
fn keep_pictures_here(app: &App, judged: &mut [Judged]) {
    let store = app.node.keyring().map(|keyring| ListStore::at(&keyring.beside("lists")));
    for paper in judged.iter_mut().flat_map(|each| &mut each.papers) {
        let here = |hash: &String| store.as_ref().is_some_and(|store| store.picture(hash).is_file());
        paper.picture = paper.picture.take().filter(here);
    }
}

fn is_on_file(app: &App, number: Option<&str>) -> Result<bool> {
    let Some(number) = number.and_then(|number| number.parse::<CertificateNumber>().ok()) else {
        return Ok(false);
    };
    app.node.db().read(|tx| Ok(kp_trade::certificate_by_number(tx, &number)?.is_some()))
}

fn in_words(name: String, verdict: &Verdict, remarks: Vec<String>, speaker: &Speaker) -> Judged {
    let mut facts = verdict.content.as_ref().map(|content| speaker.facts(content)).unwrap_or_default();
    if let Some(code) = &verdict.check_code {
        facts.push((speaker.label("fact-check-code"), code.to_string()));
    }
    let papers = verdict.specimens.iter().map(|specimen| PaperForm {
        form: specimen.form.clone(),
        from: specimen.valid_from,
        until: specimen.valid_until,
        features: specimen.features.clone(),
        picture: Some(kp_sign::hex(&specimen.picture_hash)),
    });
    Judged {
        name,
        state: verdict.state,
        word: speaker.state(verdict.state),
        reason: verdict.reason().key().to_owned(),
        lines: speaker.lines(verdict),
        facts,
        papers: papers.collect(),
        number: verdict.number.as_ref().map(ToString::to_string),
        is_on_file: false,
        remarks,
    }
}
