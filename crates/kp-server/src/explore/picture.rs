//! A page of pictures with the table under them: one template for all of the explorer, and the same table as text.
//!
//! peers 4.4: the table is the accessible version, always one click away. What is in the picture is in the table, and what
//! is in the table is in the file.

use std::fmt::Write as _;

use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use kp_db::Tx;
use kp_exchange::public_tables::quoted;
use kp_terms::{Carats, HsCode};

use super::asked::{Of, Question, Source};
use crate::{
    app::{App, Shared},
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Problem,
    words,
};

/// One picture.
pub(crate) struct Picture {
    /// What stands over it; empty where it needs nothing.
    pub(crate) heading: String,
    /// Where the heading leads; empty for nowhere.
    pub(crate) link: String,
    /// Words under the heading.
    pub(crate) words: String,
    /// Drawings beside each other, or one.
    pub(crate) drawn: Vec<String>,
}

/// How pictures are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Three stamps to a participant.
    Stamps,
    /// Charts in columns.
    Columns,
    /// Over the whole page.
    Wide,
    /// In its own size; scrolls where it is wider than the page.
    Natural,
}

/// A cell of the table: as it is shown, and as it stands in a file.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) raw: String,
    pub(crate) link: String,
    pub(crate) is_number: bool,
}

impl Shown {
    pub(crate) fn text(text: impl ToString) -> Self {
        Self { text: text.to_string(), raw: text.to_string(), link: String::new(), is_number: false }
    }

    /// Shown in words of the page's language, written in the file as a word of ours.
    pub(crate) fn word(text: String, raw: &str) -> Self {
        Self { text, raw: raw.to_owned(), link: String::new(), is_number: false }
    }

    /// Hundredths or cents; none is a dash, and nothing in the file.
    pub(crate) fn amount(amount: Option<i64>) -> Self {
        let grouped = |amount: i64| Carats::from_hundredths(amount).grouped();
        Self {
            text: amount.map_or("-".to_owned(), grouped),
            raw: amount.map(|amount| Carats::from_hundredths(amount).to_string()).unwrap_or_default(),
            link: String::new(),
            is_number: true,
        }
    }

    pub(crate) fn count(count: usize) -> Self {
        Self { text: count.to_string(), raw: count.to_string(), link: String::new(), is_number: true }
    }

    pub(crate) fn linked(mut self, link: String) -> Self {
        self.link = link;
        self
    }
}

/// A column: as it is headed, its name in a file, and whether it holds numbers.
pub(crate) type Column = (String, &'static str, bool);

/// What one page of the explorer shows.
pub(crate) struct Pictures {
    /// Its name in the tabs and in files.
    pub(crate) tab: &'static str,
    pub(crate) layout: Layout,
    pub(crate) pictures: Vec<Picture>,
    /// Class of a square and what it means.
    pub(crate) legend: Vec<(&'static str, String)>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Shown>>,
}

#[derive(Template)]
#[template(path = "explore/page.html")]
pub(crate) struct ExplorePage {
    frame: Frame,
    question: Question,
    shown: Pictures,
}

impl ExplorePage {
    /// Which tabs there are for whoever looks.
    fn tabs(&self) -> Vec<(&'static str, &'static str)> {
        use kp_accounts::rights::{Class, may_see_some};
        let all = [
            ("production", "/explore", Class::Public),
            ("bands", "/explore/bands", Class::Public),
            ("mirror", "/explore/mirror", Class::Question),
            ("flows", "/explore/flows", Class::Question),
            ("map", "/explore/map", Class::Public),
        ];
        let sees = |class| may_see_some(&self.frame.viewer, class);
        all.into_iter().filter(|(_, _, class)| sees(*class)).map(|(name, path, _)| (name, path)).collect()
    }

    /// Whether the page is about trade, so that source and class can be chosen.
    fn is_trade(&self) -> bool {
        self.shown.tab != "production"
    }

    fn has_measure(&self) -> bool {
        matches!(self.shown.tab, "mirror" | "flows" | "map")
    }

    fn measures(&self) -> Vec<Of> {
        let with_unit = self.shown.tab == "mirror";
        Of::ALL.into_iter().filter(|of| with_unit || *of != Of::UnitValue).collect()
    }

    fn layout_class(&self) -> &'static str {
        match self.shown.layout {
            Layout::Stamps => "stamps",
            Layout::Columns => "charts",
            Layout::Wide => "wide",
            Layout::Natural => "wide natural",
        }
    }

    fn text_of(&self, quarter: Option<kp_terms::Quarter>) -> String {
        quarter.map(|quarter| quarter.to_string()).unwrap_or_default()
    }
}

/// Works out what whoever looks may see of what is asked.
pub(crate) type Draw = fn(&App, &mut Tx<'_>, &Frame, &Question) -> Result<Pictures, Problem>;

/// The page of a view, or its table as a file where that is asked for.
pub(crate) async fn answer(app: &Shared, visit: Visit, asked: &Asked, draw: Draw) -> Answer {
    let question = Question::read(asked, app.today())?;
    if question.as_csv {
        let file = app.read(move |app, tx| {
            let frame = Frame::of(app, tx, &visit, Section::Statistics)?;
            Ok(as_csv(&draw(app, tx, &frame, &question)?, &question))
        });
        return Ok(file.await?.into_response());
    }
    page(app, visit, Section::Statistics, move |app, tx, frame| {
        let frame = frame.titled_by("explore-title");
        let shown = draw(app, tx, &frame, &question)?;
        Ok(ExplorePage { frame, question, shown })
    })
    .await
}

/// The table as comma-separated text. The query and the day stand at its end, so that a file cut off shows it.
fn as_csv(shown: &Pictures, question: &Question) -> Response {
    let mut text = shown.columns.iter().map(|column| column.1).collect::<Vec<_>>().join(",");
    text.push('\n');
    for row in &shown.rows {
        let cells: Vec<String> = row.iter().map(|cell| guarded(&cell.raw)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    let (rows, day) = (shown.rows.len(), question.known.day);
    let query = question.with("format", "csv");
    writeln!(text, "# {rows} rows; /explore {} {query}; as known at the end of {day}", shown.tab)
        .expect("because writing to a String does not fail");
    let disposition = format!("attachment; filename=\"kpcs-{}-as-of-{day}.csv\"", shown.tab);
    let kind = "text/csv; charset=utf-8".to_owned();
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

/// A cell that no spreadsheet program takes for a formula.
fn guarded(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '@' | '\t' | '\r') => quoted(&format!("'{text}")),
        _ => quoted(text),
    }
}
