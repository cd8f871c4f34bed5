//! The papers beside a record, as its page lists them, and the form that attaches another.

use std::fmt::Display;

use askama::Template;
use kp_attached::{Paper, PaperSort};
use kp_language::Texts;

use super::record::{Beside, seen};
use crate::{app::App, guard::Visit, style, words};

/// One paper in the list.
struct Shown {
    link: String,
    has_small: bool,
    /// Its file is here, and there can be no picture of it.
    lacks_small: bool,
    sort: String,
    words: String,
    about: String,
    position: u64,
    /// `PDF`, `JPEG`: on the plain card of what has no small picture.
    card: String,
    /// `80 pages`; empty where pages are not counted.
    pages: String,
}

#[derive(Template)]
#[template(path = "paper/panel.html")]
struct Panel<'a> {
    texts: Texts,
    papers: Vec<Shown>,
    /// Where another is sent; nothing for whoever does not attach papers here.
    form: Option<String>,
    token: &'a str,
    sorts: Vec<(&'static str, String)>,
    script: &'static str,
}

impl Panel<'_> {
    fn t(&self, key: &str) -> String {
        self.texts.text(key)
    }
}

/// The panel as HTML, for the page of a record.
///
/// # Errors
/// Where the template does not render.
pub(crate) fn panel(app: &App, texts: Texts, beside: &Beside, visit: &Visit) -> askama::Result<String> {
    let path = beside.path();
    let roles = beside.belongs_to.roles();
    // An office's files do not travel, so papers are attached at the capital.
    let attaches = app.node.office().is_none()
        && visit.at_desk.is_some()
        && visit.viewer.officer().is_some_and(|officer| {
            beside.bodies.contains(&officer.body) && officer.roles.iter().any(|role| roles.contains(role))
        });
    let panel = Panel {
        texts,
        papers: beside.papers.iter().map(|paper| shown(app, texts, &path, paper)).collect(),
        form: attaches.then(|| format!("{path}/papers")),
        token: &visit.token,
        sorts: PaperSort::ALL
            .iter()
            .map(|sort| (sort.word(), words::spoken(&texts.word(sort.word()))))
            .collect(),
        script: style::attach_path(),
    };
    panel.render()
}

fn shown(app: &App, texts: Texts, path: &str, paper: &Paper) -> Shown {
    let values: [(&str, &dyn Display); 4] = [
        ("at", &words::instant(&paper.attached_at)),
        ("who", &paper.attached_by),
        ("body", &paper.body),
        ("size", &size(paper.bytes)),
    ];
    let seen = seen(app, &paper.file_sha256, paper.media_type);
    let has_small = seen.is_some_and(|seen| seen.has_small);
    let pages = seen.and_then(|seen| seen.pages);
    Shown {
        link: format!("{path}/papers/{}", paper.position),
        has_small,
        lacks_small: seen.is_some() && !has_small,
        sort: words::spoken(&texts.word(paper.sort.word())),
        words: paper.words.clone(),
        about: words::with(texts, "paper-about", &values),
        position: paper.position,
        card: paper.media_type.word().to_ascii_uppercase(),
        pages: pages.map_or(String::new(), |pages| words::count(texts, "paper-pages", pages)),
    }
}

/// `184 kB`, `12.3 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_said_as_people_say_them() {
        for (bytes, said) in
            [(1, "1 kB"), (184_320, "185 kB"), (12_345_678, "12.3 MB"), (104_857_600, "104.8 MB")]
        {
            assert_eq!(super::size(bytes), said);
        }
    }
}
