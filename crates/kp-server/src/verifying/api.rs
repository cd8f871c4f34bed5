//! Verifying for programs: codes or a typed number, answered in words and in keys that do not change with the language.

use axum::{Json, body::Bytes, extract::State};
use kp_terms::Date;
use kp_verify::{Language, OnPaper, State as VerdictState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::judge::{Judged, Laid, judge, trust};
use crate::{
    app::Shared,
    problem::{FieldSaid, Problem},
};

/// What is to be verified: codes, or a number with its check code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VerifyRequest, example = json!({"number": "XA-000001", "check_code": "7QK2-M9TR-0H-4"}))]
pub(crate) struct VerifyBody {
    /// The texts of the symbols, `KPC1:...` and `KPR1:...`, in any order.
    #[serde(default)]
    #[schema(example = json!(["KPC1:NCFOXN"]))]
    codes: Vec<String>,
    /// The number on the paper, where no code can be had.
    #[schema(example = "XA-000001")]
    number: Option<String>,
    /// The check code on the paper.
    #[schema(example = "7QK2-M9TR-0H-4")]
    check_code: Option<String>,
    /// The day of issue on the paper, `YYYY-MM-DD`.
    issued_on: Option<String>,
    /// Carats that stand on the paper, all classes together, to be compared with what was signed.
    #[schema(example = "1200.00")]
    paper_carats: Option<String>,
    /// Language of the sentences: `en`, `fr` or `pt`; English where it is left out.
    language: Option<String>,
}

/// Verdicts, exceptions first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Verdicts {
    verdicts: Vec<VerdictBody>,
}

/// One verdict.
#[derive(Serialize, ToSchema)]
#[schema(as = Verdict)]
pub(crate) struct VerdictBody {
    /// `green`, `amber`, `grey` or `red`.
    state: &'static str,
    /// Why, as a key: `good`, `altered`, `used-already` ...
    reason: String,
    /// The sentence, further reasons, what to do next; the first ends with the age of the lists.
    lines: Vec<String>,
    /// The certificate's number, where one could be read.
    number: Option<String>,
    /// What was signed, for comparison with the paper.
    facts: Vec<FactBody>,
    /// Whether this node's register has the number.
    on_file: bool,
}

/// A line of what was signed.
#[derive(Serialize, ToSchema)]
#[schema(as = Fact)]
pub(crate) struct FactBody {
    label: String,
    value: String,
}

pub(crate) async fn verify(State(app): State<Shared>, body: Bytes) -> Result<Json<Verdicts>, Problem> {
    let asked: VerifyBody = serde_json::from_slice(&body)
        .map_err(|error| Problem::json_not_read("problem-json-of-verify", error))?;
    let language = match &asked.language {
        Some(text) => text.parse().map_err(|sentence| of_field("language", sentence))?,
        None => Language::English,
    };
    let carats = asked.paper_carats.as_ref().map(|text| text.parse()).transpose();
    let carats = carats.map_err(|error: kp_terms::ReadError| of_field("paper_carats", error.to_string()))?;
    let paper = OnPaper { carats, ..OnPaper::NOTHING };
    let laid = laid(asked)?;
    let judged =
        app.blocking(move |app| Ok(judge(app, laid, &paper, trust(app)?.as_ref(), language)?)).await?;
    Ok(Json(Verdicts { verdicts: judged.into_iter().map(body_of).collect() }))
}

fn laid(asked: VerifyBody) -> Result<Laid, Problem> {
    match (asked.codes.is_empty(), asked.number, asked.check_code) {
        (false, None, None) => Ok(Laid::Codes(asked.codes)),
        (true, Some(number), Some(check_code)) => {
            let issued_on = asked.issued_on.map(|day| day.parse::<Date>()).transpose();
            let issued_on = issued_on.map_err(|error| of_field("issued_on", error.to_string()))?;
            Ok(Laid::Typed { number, check_code, issued_on })
        }
        _ => Err(of_field("codes", "input-codes-or-number".to_owned())),
    }
}

fn of_field(field: &str, sentence: String) -> Problem {
    Problem::fields(vec![FieldSaid::new(field, sentence)])
}

fn body_of(judged: Judged) -> VerdictBody {
    VerdictBody {
        state: match judged.state {
            VerdictState::Green => "green",
            VerdictState::Amber => "amber",
            VerdictState::Grey => "grey",
            VerdictState::Red => "red",
        },
        reason: judged.reason,
        lines: judged.lines,
        number: judged.number,
        facts: judged.facts.into_iter().map(|(label, value)| FactBody { label, value }).collect(),
        on_file: judged.is_on_file,
    }
}
