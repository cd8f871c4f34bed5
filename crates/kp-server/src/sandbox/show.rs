//! A return that waits: what the rules say by rule with counts and rows, every cell beside its last twelve values and usual
//! range, comments, completeness, and the way to declare it.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use kp_report::chart::sparkline;
use kp_statistics::{
    return_cells::{self, ReturnCell},
    return_rules::{self, Column, Force},
};
use kp_terms::{Carats, ParticipantCode, Sentence};

use super::load::{Waiting, load, whose};
use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit},
    problem::Problem,
    words,
};

/// What one rule says.
pub(crate) struct RuleSays {
    pub(crate) rule: String,
    pub(crate) blocks: bool,
    pub(crate) says: Sentence,
    pub(crate) breaches: Vec<RowSays>,
}

/// What it says of one row; row 0 is the whole return.
pub(crate) struct RowSays {
    pub(crate) row: u32,
    pub(crate) column: Column,
    pub(crate) sentence: Sentence,
    pub(crate) mend: Sentence,
}

/// A cell as it is shown.
struct ShownCell {
    cell: ReturnCell,
    /// The last values as a picture of words' height.
    picture: String,
    comment: String,
    comment_by: String,
    /// How many things the rules say of its row.
    blocks: usize,
    warns: usize,
}

impl ShownCell {
    fn earlier(&self) -> Vec<String> {
        self.cell.earlier.iter().map(|(period, figure)| format!("{period}: {}", said(figure))).collect()
    }

    fn usual(&self) -> String {
        let is_count = self
            .cell
            .figure
            .iter()
            .chain(self.cell.earlier.iter().map(|(_, f)| f))
            .any(|f| f.certificates.is_some());
        let amount = |amount: i64| match is_count {
            true => amount.to_string(),
            false => Carats::from_hundredths(amount).grouped(),
        };
        self.cell
            .usual
            .map(|usual| format!("{} – {}", amount(usual.low), amount(usual.high)))
            .unwrap_or_default()
    }
}

/// A figure in short: `1,200.00 ct, US$ 420,000.00`, or a count.
fn said(figure: &kp_statistics::figure::Figure) -> String {
    match figure.certificates {
        Some((_, count)) => count.to_string(),
        None => format!("{} ct, US$ {}", figure.carats.grouped(), figure.value.grouped()),
    }
}

#[derive(Template)]
#[template(path = "sandbox/show.html")]
struct WaitingPage {
    frame: Frame,
    waiting: Waiting,
    /// Where its forms lead.
    path: String,
    rules: Vec<RuleSays>,
    cells: Vec<ShownCell>,
    blank: Vec<String>,
    warnings: Vec<&'static str>,
    typed: Typed,
    problem: Option<Problem>,
}

impl WaitingPage {
    fn typed(&self, name: &str) -> &str {
        self.typed.first(name)
    }

    fn forced(&self, rule: &str) -> &str {
        self.typed.first(&format!("force-{rule}"))
    }

    /// Whether a row could be read, so that it stands among the cells.
    fn has_row(&self, row: u32) -> bool {
        self.cells.iter().any(|shown| shown.cell.row == Some(row))
    }

    /// How many things block, or warn; a file that cannot be read is one that blocks.
    fn counted(&self, blocks: bool) -> usize {
        let file = usize::from(blocks && self.waiting.checked.sheet.problem.is_some());
        let rules = self.rules.iter().filter(|rule| rule.blocks == blocks);
        file + rules.map(|rule| rule.breaches.len()).sum::<usize>()
    }
}

/// What the rules found, by rule; what cannot be read or does not belong to the return comes first.
pub(crate) fn by_rule(waiting: &Waiting) -> Vec<RuleSays> {
    let mut all = Vec::new();
    for (why, unread) in waiting.checked.sheet.unread_by_why() {
        let rows = unread.into_iter().map(|it| RowSays {
            row: it.row,
            column: it.column,
            sentence: it.sentence.clone(),
            mend: it.mend.clone(),
        });
        all.push(RuleSays {
            rule: why.name().to_owned(),
            blocks: true,
            says: why.says(),
            breaches: rows.collect(),
        });
    }
    for (rule, _) in return_rules::by_rule(&waiting.checked.breaches) {
        let of_rule = waiting.checked.breaches.iter().filter(|breach| breach.rule == rule.name);
        all.push(RuleSays {
            rule: rule.name.to_owned(),
            blocks: rule.force == Force::Blocks,
            says: rule.in_words(),
            breaches: of_rule
                .map(|breach| RowSays {
                    row: breach.row,
                    column: breach.column,
                    sentence: breach.sentence.clone(),
                    mend: breach.mend.clone(),
                })
                .collect(),
        });
    }
    all
}

fn shown(cell: ReturnCell, waiting: &Waiting, rules: &[RuleSays]) -> ShownCell {
    let mut values: Vec<i64> =
        cell.earlier.iter().rev().map(|(_, figure)| return_cells::amount(figure)).collect();
    values.extend(cell.figure.as_ref().map(return_cells::amount));
    let comment = waiting.notes.comments.iter().find(|note| note.figure == cell.key);
    let of_row = |blocks: bool| {
        let rules = rules.iter().filter(|rule| rule.blocks == blocks);
        rules.flat_map(|rule| &rule.breaches).filter(|breach| Some(breach.row) == cell.row).count()
    };
    ShownCell {
        picture: sparkline(&values, cell.usual.map(|usual| (usual.low, usual.high)), cell.figure.is_some()),
        comment: comment.map(|note| note.words.clone()).unwrap_or_default(),
        comment_by: comment.map(|note| note.noted_by.clone()).unwrap_or_default(),
        blocks: of_row(true),
        warns: of_row(false),
        cell,
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((of, id)): Path<(String, String)>,
) -> Answer {
    answer(&app, visit, whose(&of)?, id, Typed(Vec::new()), None).await
}

/// The page; after a refusal with what was typed, so that nothing is lost.
pub(super) async fn answer(
    app: &Shared,
    visit: Visit,
    of: ParticipantCode,
    id: String,
    typed: Typed,
    problem: Option<Problem>,
) -> Result<Response, Problem> {
    let who = visit.clone();
    let waiting = app.blocking(move |app| load(app, &who, of, &id)).await?;
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    page_with_status(app, visit, Section::Statistics, status, move |_, _, frame| {
        let rules = by_rule(&waiting);
        let cells = waiting.checked.cells();
        let title =
            format!("{}, {}, {}", frame.spoken(waiting.it.table), waiting.it.period, waiting.it.participant);
        Ok(WaitingPage {
            path: format!("/returns/{}/{}", waiting.it.participant, waiting.it.id),
            cells: cells.into_iter().map(|cell| shown(cell, &waiting, &rules)).collect(),
            blank: waiting.checked.blank(),
            warnings: waiting.checked.warnings().iter().map(|rule| rule.name).collect(),
            frame: frame.titled(title),
            rules,
            typed,
            problem,
            waiting,
        })
    })
    .await
}
