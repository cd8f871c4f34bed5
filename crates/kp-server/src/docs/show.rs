//! The API's page, with an example of each call; and the page that shows how everything looks.

use askama::Template;
use axum::{Extension, extract::State, response::Redirect};
use kp_accounts::rights::Class;
use kp_detect::finding::Severity;
use kp_node::ACTS;
use kp_trade::CertificateState;

use crate::{
    app::Shared,
    docs::openapi::{self, example},
    endpoint::{Endpoint, Guard},
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    router::endpoints,
    words,
};

struct Call {
    method: &'static str,
    path: String,
    title: String,
    note: String,
    example: String,
}

#[derive(Template)]
#[template(path = "docs/api.html")]
struct ApiPage {
    frame: Frame,
    sessions: Vec<Call>,
    acts: Vec<Call>,
    writes: Vec<Call>,
    reads: Vec<Call>,
}

pub(crate) async fn api(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    page(&app, visit, Section::None, |app, _, frame| {
        let base = app.door.base();
        let of_api = || endpoints().iter().filter(|e| e.path.starts_with("/api/"));
        let reads = of_api().filter(|e| e.method == "GET").map(|e| read(&base, e));
        Ok(ApiPage {
            frame: frame.titled_by("api-title"),
            sessions: sessions(&base, app.demo.is_some()),
            acts: ACTS.iter().map(|act| act_call(&base, act)).collect(),
            writes: of_api().filter(|e| is_other_write(e)).map(|e| write(&base, e)).collect(),
            reads: reads.collect(),
        })
    })
    .await
}

/// Who guesses the address finds the page.
pub(crate) async fn to_api() -> Redirect {
    Redirect::to("/docs/api")
}

/// Who guesses the address finds the description.
pub(crate) async fn to_description() -> Redirect {
    Redirect::to("/api/openapi.json")
}

fn sessions(base: &str, is_demo: bool) -> Vec<Call> {
    let body = match is_demo {
        true => r#"{"officer": "xa-clerk-1"}"#,
        false => r#"{"officer": "xa-clerk-1", "passphrase": "...", "factor": "123456"}"#,
    };
    let call = |method, title: &str, note: &str, example| Call {
        method,
        path: "/api/session".to_owned(),
        title: title.to_owned(),
        note: note.to_owned(),
        example,
    };
    let json = "-H 'Content-Type: application/json'";
    vec![
        call(
            "POST",
            "Open an officer's key",
            "The answer's token is sent as a bearer token with every call that is not for everybody. It dies after fifteen minutes without use. A program that runs by itself uses a token made under Account, with what it may do and until when.",
            format!("curl -X POST {base}/api/session {json} -d '{body}'"),
        ),
        call(
            "DELETE",
            "Lock",
            "The key leaves memory.",
            format!("curl -X DELETE {base}/api/session -H \"Authorization: Bearer $TOKEN\""),
        ),
    ]
}

fn act_call(base: &str, act: &kp_node::Act) -> Call {
    Call {
        method: "POST",
        path: format!("/api/acts/{}", act.name),
        title: act.title.to_owned(),
        note: format!("For the role {}.", act.role),
        example: format!(
            "curl -X POST {base}/api/acts/{} -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -d '{:#}'",
            act.name,
            example(act)
        ),
    }
}

/// What changes or asks something and is neither an act nor a session.
fn is_other_write(endpoint: &Endpoint) -> bool {
    endpoint.method != "GET" && endpoint.path != "/api/session" && endpoint.path != "/api/acts/{act}"
}

fn write(base: &str, endpoint: &Endpoint) -> Call {
    let body = openapi::body_example(endpoint).map(|body| format!(" -d '{body:#}'")).unwrap_or_default();
    let kind = if endpoint.method == "DELETE" { "" } else { " -H 'Content-Type: application/json'" };
    let token = match endpoint.guard {
        Guard::Bearer => " -H \"Authorization: Bearer $TOKEN\"",
        _ => "",
    };
    Call {
        method: endpoint.method,
        path: endpoint.path.to_owned(),
        title: endpoint.about.to_owned(),
        note: String::new(),
        example: format!(
            "curl -X {} {base}{}{token}{kind}{body}",
            endpoint.method,
            openapi::filled(endpoint.path)
        ),
    }
}

fn read(base: &str, endpoint: &Endpoint) -> Call {
    let filled = openapi::filled(endpoint.path);
    let query = endpoint.query.iter().filter(|p| !p.example.is_empty());
    let query: Vec<String> = query.map(|p| format!("{}={}", p.name, p.example)).collect();
    let parameters: Vec<String> = endpoint.query.iter().map(|p| format!("{}: {}", p.name, p.about)).collect();
    let asked = if query.is_empty() { filled } else { format!("{filled}?{}", query.join("&")) };
    Call {
        method: endpoint.method,
        path: endpoint.path.to_owned(),
        title: endpoint.about.to_owned(),
        note: parameters.join(" "),
        example: match endpoint.sees {
            Class::Public => format!("curl '{base}{asked}'"),
            _ => format!("curl '{base}{asked}' -H \"Authorization: Bearer $TOKEN\""),
        },
    }
}

/// A colour of the sheet, by the class that draws it in charts.
struct Swatch {
    class: &'static str,
    name: &'static str,
}

#[derive(Template)]
#[template(path = "docs/style.html")]
struct StylePage {
    frame: Frame,
    swatches: Vec<Swatch>,
    states: Vec<CertificateState>,
    severities: Vec<Severity>,
}

pub(crate) async fn style(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    page(&app, visit, Section::None, |_, _, frame| {
        let swatch = |(class, name)| Swatch { class, name };
        Ok(StylePage {
            frame: frame.titled_by("style-title"),
            swatches: [
                ("part-1", "first part"),
                ("part-2", "second"),
                ("part-3", "third"),
                ("part-4", "fourth"),
                ("part-5", "fifth"),
                ("part-6", "sixth"),
                ("part-7", "seventh"),
                ("part-rest", "all others"),
                ("cell-reported", "reported"),
                ("cell-late", "late"),
                ("cell-missing", "missing"),
                ("cell-contradictory", "contradictory"),
            ]
            .map(swatch)
            .into(),
            states: CertificateState::ALL.to_vec(),
            severities: vec![Severity::Urgent, Severity::Ask, Severity::Watch, Severity::Note],
        })
    })
    .await
}
