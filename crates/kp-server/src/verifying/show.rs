//! The page on which anybody verifies: pictures, what a scanner types, or number and check code.

use askama::Template;
use axum::{
    Extension,
    extract::{Multipart, State},
    http::StatusCode,
};
use kp_language::Texts;
use kp_node::address::Address;
use kp_verify::{Language, OnPaper, Speaker, TrustAge};

use super::judge::{Judged, Laid, judge, trust};
use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::{FieldSaid, Problem, Said},
    words,
};

/// Most bytes of one look: a few photographs, or a scanned bundle of papers.
pub(crate) const MOST_BYTES: usize = 24 << 20;

/// What was put into the form, for showing it again.
#[derive(Default)]
struct Typed {
    codes: String,
    number: String,
    check_code: String,
    paper_carats: String,
}

/// The reason for what is no code of a certificate.
const NOT_OURS: &str = "not-our-code";

#[derive(Template)]
#[template(path = "verifying/show.html")]
struct VerifyPage {
    frame: Frame,
    language: Language,
    speaker: Speaker,
    judged: Vec<Judged>,
    typed: Typed,
    /// The age of the lists of this node.
    lists: String,
    was_asked: bool,
    /// What to do instead, for whoever typed a web address.
    advice: Option<String>,
}

impl VerifyPage {
    fn say(&self, key: &str) -> String {
        self.speaker.label(key)
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    asked.only(&["lang"])?;
    let language = language(asked.text("lang"), visit.language)?;
    answer(&app, visit, language, None, Typed::default()).await
}

pub(crate) async fn look(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    form: Multipart,
) -> Answer {
    let (language, laid, typed) = read(form, visit.language).await?;
    answer(&app, visit, language, laid, typed).await
}

async fn answer(
    app: &Shared,
    visit: Visit,
    language: Language,
    laid: Option<Laid>,
    mut typed: Typed,
) -> Answer {
    let was_asked = laid.is_some();
    let is_by_code = matches!(laid, Some(Laid::Scanner(_)));
    let paper = on_paper(&typed)?;
    let (judged, lists) = app
        .blocking(move |app| {
            let trust = trust(app)?;
            let judged = laid.map(|laid| judge(app, laid, &paper, trust.as_ref(), language));
            let judged = judged.transpose()?.unwrap_or_default();
            let age = TrustAge::at(trust.as_ref(), app.now());
            Ok((judged, Speaker::new(language).age(age)))
        })
        .await?;
    let is_foreign = judged.iter().all(|each: &Judged| each.reason == NOT_OURS);
    let address = Address::of(&typed.codes).filter(|_| is_by_code && is_foreign);
    let advice = address.map(|address| advised(language, address, &mut typed));
    let visit = Visit { language, ..visit };
    page(app, visit, Section::Verify, move |_, _, frame| {
        let speaker = Speaker::new(language);
        let frame = frame.titled(speaker.label("verify-title"));
        Ok(VerifyPage { frame, language, speaker, judged, typed, lists, was_asked, advice })
    })
    .await
}

/// What to type instead of a web address. The number that it names goes into the form, for the check code to stand beside it.
fn advised(language: Language, address: Address, typed: &mut Typed) -> String {
    let texts = Texts::of(language);
    match address.number {
        None => texts.text("verify-address"),
        Some(number) => {
            typed.number = number.to_string();
            words::with(texts, "verify-address-number", &[("number", &number)])
        }
    }
}

/// The carats that somebody read from the paper, where they were typed.
fn on_paper(typed: &Typed) -> Result<OnPaper, Problem> {
    let carats = match typed.paper_carats.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|error| {
            let said = Said::of("input-not-carats").with("typed", text).with("example", "1200.00");
            let said = said.or_in_english(format!("cannot read {text:?} as carats: {error}"));
            Problem::fields(vec![FieldSaid::new("paper_carats", said)])
        })?),
    };
    Ok(OnPaper { carats, ..OnPaper::NOTHING })
}

/// The language named, for links on paper; else that of the visit.
fn language(typed: &str, of_visit: Language) -> Result<Language, Problem> {
    if typed.is_empty() {
        return Ok(of_visit);
    }
    typed.parse().map_err(|sentence: String| Problem::fields(vec![FieldSaid::new("lang", sentence)]))
}

/// The form: files where there are any, else codes, else number and check code. Nothing where all is empty.
async fn read(mut form: Multipart, of_visit: Language) -> Result<(Language, Option<Laid>, Typed), Problem> {
    let (mut lang, mut typed, mut files) = (String::new(), Typed::default(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|error| unread(&error))?;
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "file" if !bytes.is_empty() => files.push((file_name, bytes.to_vec())),
            "lang" => lang = text(),
            "codes" => typed.codes = text(),
            "number" => typed.number = text(),
            "check_code" => typed.check_code = text(),
            "paper_carats" => typed.paper_carats = text(),
            _ => {}
        }
    }
    let laid = if !files.is_empty() {
        Some(Laid::Files(files))
    } else if !typed.codes.is_empty() {
        Some(Laid::Scanner(typed.codes.clone()))
    } else if !typed.number.is_empty() || !typed.check_code.is_empty() {
        let (number, check_code) = (typed.number.clone(), typed.check_code.clone());
        Some(Laid::Typed { number, check_code, issued_on: None })
    } else {
        None
    };
    Ok((language(&lang, of_visit)?, laid, typed))
}

/// A form that did not arrive whole.
pub(crate) fn unread(error: &axum::extract::multipart::MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let title = "problem-files-too-large-title";
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", title, "problem-files-too-large");
    }
    let detail = Said::of("problem-form-not-read").with("error", error);
    Problem::new(StatusCode::BAD_REQUEST, "form_not_read", "problem-form-not-read-title", detail)
}
