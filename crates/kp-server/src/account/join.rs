//! Taking up an invitation: the code, a password of one's own, the second factor, and ten recovery codes shown once.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kp_accounts::{Joined, Offer, Purpose, Taken, limits::Of};
use qrcodegen::{QrCode, QrCodeEcc};
use zeroize::Zeroizing;

use crate::{
    app::{App, Shared},
    frame::{Answer, Frame, Section, page, page_with_status},
    guard::{Typed, Visit},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "account/code.html")]
struct CodePage {
    frame: Frame,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "account/join.html")]
struct JoinPage {
    frame: Frame,
    code: String,
    offer: Offer,
    sealed: String,
    symbol: Symbol,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "account/joined.html")]
struct JoinedPage {
    frame: Frame,
    joined: Joined,
}

impl JoinPage {
    fn problem_of(&self, name: &str) -> String {
        let mut all = self.problem.iter().flat_map(|p| &p.fields);
        all.find(|p| p.field == name).map(|p| p.said.said(self.frame.texts)).unwrap_or_default()
    }

    fn keeps_password(&self) -> bool {
        self.offer.invitation.purpose == Purpose::NewFactor
    }

    fn loses_key(&self) -> bool {
        self.offer.invitation.purpose == Purpose::NewPassword
    }

    /// In groups of four, as people copy it.
    fn secret(&self) -> String {
        let letters: Vec<char> = self.offer.factor.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

/// A symbol as one path of an SVG, with its quiet zone of four.
struct Symbol {
    size: i32,
    path: String,
}

impl Symbol {
    fn of(text: &str) -> anyhow::Result<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium)
            .map_err(|e| anyhow::anyhow!("the symbol could not be made: {e}"))?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                path.push_str(&format!("M{} {}h1v1h-1z", x + 4, y + 4));
            }
        }
        Ok(Self { size: code.size() + 8, path })
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let code = Typed(asked).first("code").trim().to_owned();
    match code.is_empty() {
        true => ask_for_code(&app, visit, None).await,
        false => form(&app, visit, code, Vec::new(), None).await,
    }
}

async fn ask_for_code(app: &Shared, visit: Visit, problem: Option<Problem>) -> Answer {
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    page_with_status(app, visit, Section::None, status, move |_, _, frame| {
        Ok(CodePage { frame: frame.titled_by("join-title"), problem })
    })
    .await
}

async fn form(app: &Shared, visit: Visit, code: String, shown: Vec<u8>, problem: Option<Problem>) -> Answer {
    let (from, typed) = (visit.from.clone(), code.clone());
    let offer = app
        .blocking(move |app| guarded(app, &from, |app| Ok(app.accounts.offer(&typed, &shown, app.now())?)));
    let offer = match offer.await {
        Ok(offer) => offer,
        Err(problem) => return ask_for_code(app, visit, Some(problem)).await,
    };
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    page_with_status(app, visit, Section::None, status, move |_, _, frame| {
        Ok(JoinPage {
            frame: frame.titled_by("join-title"),
            code,
            sealed: URL_SAFE_NO_PAD.encode(&offer.factor_sealed),
            symbol: Symbol::of(&offer.factor_address)?,
            offer,
            problem,
        })
    })
    .await
}

pub(crate) async fn join(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let code = typed.first("code").trim().to_owned();
    if typed.first("sealed").is_empty() {
        return form(&app, visit, code, Vec::new(), None).await;
    }
    let sealed = URL_SAFE_NO_PAD.decode(typed.first("sealed")).unwrap_or_default();
    let secret = |name| Zeroizing::new(typed.first(name).to_owned());
    let taken = Taken {
        code: code.clone(),
        factor_sealed: sealed.clone(),
        factor_code: typed.first("factor_code").to_owned(),
        present: secret("present"),
        password: secret("password"),
        again: secret("again"),
    };
    let from = visit.from.clone();
    let joined = app
        .blocking(move |app| guarded(app, &from, |app| Ok(app.accounts.join(&taken, &from, app.now())?)));
    match joined.await {
        Ok(joined) => {
            page(&app, visit, Section::None, move |_, _, frame| {
                Ok(JoinedPage { frame: frame.titled_by("joined-title"), joined })
            })
            .await
        }
        Err(problem) => form(&app, visit, code, sealed, Some(problem)).await,
    }
}

/// Guessing at codes makes wait like guessing at passwords.
fn guarded<T>(app: &App, from: &str, work: impl FnOnce(&App) -> Result<T, Problem>) -> Result<T, Problem> {
    let counted = [Of::Address(from)];
    if let Some(seconds) = app.limits.wait(&counted, app.now()) {
        return Err(Problem::wait(seconds));
    }
    let outcome = work(app);
    if outcome.as_ref().is_err_and(|problem| problem.key == "code_does_not_serve") {
        app.limits.failed(&counted, app.now());
    }
    outcome
}
