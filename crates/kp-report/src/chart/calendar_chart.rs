//! The reporting calendar: who returned figures, nil, late, contradictory or nothing, half by half.
//!
//! Scheme: CD Annex III(c). Equal neighbours are drawn as one, so that the picture stays small; each state has a shape
//! as well as a colour.

use kp_statistics::series::{ParticipantSeries, ReturnState};
use kp_terms::{Half, Period};

use super::svg::{Drawing, Naming, Path};
use super::ticks;
use crate::setting::Setting;
use crate::words::why_no_figure;

/// Participants shown under one heading.
#[derive(Debug, Clone)]
pub struct CalendarGroup<'a> {
    /// What they have in common.
    pub heading: &'a str,
    /// Drawn without alarm: holes in these lines mostly mean that nothing is mined.
    pub quiet: bool,
    /// The lines.
    pub lines: Vec<&'a ParticipantSeries>,
}

/// Where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarSize {
    /// With names.
    Desk,
    /// With codes only.
    Phone,
}

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    State(ReturnState),
    /// Returned after it was due, where the files say when.
    Late,
}

struct Layout {
    width: f64,
    left: f64,
    cell: f64,
    row: f64,
}

/// Draws the calendar.
pub fn calendar_chart(
    groups: &[CalendarGroup<'_>],
    halves: &[Half],
    size: CalendarSize,
    setting: Setting,
) -> String {
    let (width, left, row) = match size {
        CalendarSize::Desk => (1000.0, 190.0, 15.0),
        CalendarSize::Phone => (360.0, 24.0, 12.0),
    };
    let layout = Layout { width, left, row, cell: (width - left) / halves.len().max(1) as f64 };
    let rows: usize = groups.iter().map(|g| g.lines.len()).sum();
    let height = rows as f64 * row + groups.len() as f64 * 44.0;
    let mut drawing = Drawing::new(width, height);
    drawing.open("calendar");
    let mut y = 0.0;
    for group in groups.iter().filter(|g| !g.lines.is_empty()) {
        drawing.text("heading", (0.0, y + 12.0), group.heading);
        y += 32.0;
        draw_years(&mut drawing, &layout, halves, y - 4.0);
        drawing.open(if group.quiet { "quiet" } else { "loud" });
        for line in &group.lines {
            draw_line(&mut drawing, &layout, line, (size, setting), y);
            y += row;
        }
        drawing.close();
        y += 12.0;
    }
    drawing.close();
    drawing.finish_picture(&Naming {
        title: &setting.t("report-calendar"),
        description: &describe(groups, halves, setting),
    })
}

fn draw_years(drawing: &mut Drawing, layout: &Layout, halves: &[Half], y: f64) {
    let years = halves.len().div_ceil(2);
    let every = ticks::year_step(years, ((layout.width - layout.left) / 34.0) as usize);
    for (n, half) in halves.iter().enumerate() {
        if half.half == 1 && usize::try_from(half.year).is_ok_and(|year| year % every == 0) {
            let x = layout.left + layout.cell * n as f64;
            // The last label would stand out over the edge.
            if x + 26.0 <= layout.width {
                drawing.text("tick-x", (x, y), &half.year.to_string());
            }
        }
    }
}

fn draw_line(
    drawing: &mut Drawing,
    layout: &Layout,
    line: &ParticipantSeries,
    (size, setting): (CalendarSize, Setting),
    y: f64,
) {
    let label = match size {
        CalendarSize::Desk => shortened(&line.name),
        CalendarSize::Phone => line.participant.to_string(),
    };
    drawing.text("", (0.0, y + layout.row - 4.4), &label);
    let mut from = 0;
    let shown: Vec<Shown> = line.halves.iter().map(|h| shown(h.state, h.half, h.created)).collect();
    for run in shown.chunk_by(|a, b| a == b) {
        let until = from + run.len();
        if let Some(&state) = run.first()
            && state != Shown::State(ReturnState::NotExpected)
        {
            let halves = [line.halves[from].half, line.halves[until - 1].half];
            let says = setting.t(key(state));
            drawing.open_titled(&format!("{}, {}: {says}", line.name, span(halves, setting)));
            draw_run(drawing, layout, state, (from, until), y);
            drawing.close();
        }
        from = until;
    }
}

fn draw_run(drawing: &mut Drawing, layout: &Layout, state: Shown, (from, until): (usize, usize), y: f64) {
    let (x, height) = (layout.left + layout.cell * from as f64, layout.row - 1.6);
    drawing.rect(class(state), [x, y, layout.cell * (until - from) as f64, height]);
    let middle = y + height / 2.0;
    let mut signs = Path::default();
    let mut gaps = Path::default();
    for n in from..until {
        let (left, right) =
            (layout.left + layout.cell * n as f64, layout.left + layout.cell * (n + 1) as f64);
        let centre = (left + right) / 2.0;
        if n > from {
            gaps = gaps.jump((left, y)).to((left, y + height));
        }
        let reach = (layout.cell / 2.0 - 1.2).min(3.2);
        signs = match state {
            Shown::State(ReturnState::Nil) => signs.and_box([centre - 1.0, middle - 1.0, 2.0, 2.0]),
            Shown::State(ReturnState::Missing) => signs
                .jump((centre - reach, middle - reach))
                .to((centre + reach, middle + reach))
                .jump((centre - reach, middle + reach))
                .to((centre + reach, middle - reach)),
            Shown::State(ReturnState::Contradictory) | Shown::Late => {
                signs.and_box([centre - 1.0, y + 2.0, 2.0, height - 4.0])
            }
            _ => signs,
        };
    }
    if !gaps.is_empty() {
        drawing.path("cell-gap", &gaps);
    }
    if !signs.is_empty() {
        drawing.path(sign_class(state), &signs);
    }
}

fn shown(state: ReturnState, half: Half, created: Option<kp_terms::Date>) -> Shown {
    match created {
        Some(day) if state.has_return() && day > Period::Half(half).return_due() => Shown::Late,
        _ => Shown::State(state),
    }
}

const fn class(state: Shown) -> &'static str {
    match state {
        Shown::Late => "cell-late",
        Shown::State(ReturnState::Reported) => "cell-reported",
        Shown::State(ReturnState::Nil) => "cell-nil",
        Shown::State(ReturnState::Contradictory) => "cell-contradictory",
        Shown::State(ReturnState::Missing) => "cell-missing",
        Shown::State(ReturnState::NotDue) => "cell-not-due",
        Shown::State(ReturnState::NotExpected) => "cell-not-expected",
    }
}

const fn sign_class(state: Shown) -> &'static str {
    match state {
        Shown::State(ReturnState::Nil) => "sign-nil",
        Shown::State(ReturnState::Missing) => "sign-missing",
        _ => "sign-light",
    }
}

/// The text that says a state.
fn key(state: Shown) -> &'static str {
    match state {
        Shown::Late => "report-half-late",
        Shown::State(state) => why_no_figure(state).unwrap_or("report-half-returned"),
    }
}

fn span([first, last]: [Half; 2], setting: Setting) -> String {
    match first == last {
        true => first.to_string(),
        false => {
            setting.with("report-from-to", &[("first", &first.to_string()), ("last", &last.to_string())])
        }
    }
}

/// Long names are cut at a word; the whole name stands under the pointer and in the table.
fn shortened(name: &str) -> String {
    const MOST: usize = 30;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end_matches([' ', ',']))
}

fn describe(groups: &[CalendarGroup<'_>], halves: &[Half], setting: Setting) -> String {
    let lines: usize = groups.iter().map(|g| g.lines.len()).sum();
    let missing: usize = groups
        .iter()
        .flat_map(|g| &g.lines)
        .map(|l| l.halves.iter().filter(|h| h.state == ReturnState::Missing).count())
        .sum();
    match (halves.first(), halves.last()) {
        (Some(first), Some(last)) => setting.with(
            "report-described-calendar",
            &[
                ("participants", &setting.count("report-participants", lines)),
                ("first", &first.to_string()),
                ("last", &last.to_string()),
                ("missing", &setting.count("report-missing-returns", missing)),
            ],
        ),
        _ => setting.t("report-no-figures"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kp_statistics::production::{Declaration, ProductionRow, ProductionType, RowPlace};
    use kp_statistics::series::ProductionSeries;
    use kp_terms::{Carats, UsdCents};

    /// A line as it is built from rows, with the states then set.
    fn line(states: &[ReturnState]) -> ParticipantSeries {
        let first = Half { year: 2020, half: 1 };
        let row = |half: Half| ProductionRow {
            participant: "XA".parse().unwrap(),
            participant_name: "Country <A>".into(),
            half,
            declaration: Declaration::Production,
            production_type: ProductionType::Unlabelled,
            carats: Carats::from_hundredths(100),
            value: UsdCents::from_cents(100),
            created: (half.year == 2021).then(|| Period::Half(half).return_due().tomorrow().unwrap()),
            modified: None,
            public: None,
            place: RowPlace { file: "t.csv".into(), sheet: None, row: 2 },
        };
        let halves = std::iter::successors(Some(first), |h| Some(h.next())).take(states.len());
        let rows: Vec<ProductionRow> = halves.map(row).collect();
        let mut line = ProductionSeries::build(&rows, &[], None).participants.remove(0);
        for (figure, state) in line.halves.iter_mut().zip(states) {
            figure.state = *state;
        }
        line
    }

    #[test]
    fn equal_neighbours_are_one_and_each_state_has_its_shape() {
        use ReturnState::{Missing, Nil, NotExpected, Reported};
        let line = line(&[NotExpected, Nil, Reported, Missing, Missing]);
        let halves: Vec<Half> = line.halves.iter().map(|h| h.half).collect();
        let groups = [CalendarGroup { heading: "All", quiet: false, lines: vec![&line] }];
        let drawn =
            calendar_chart(&groups, &halves, CalendarSize::Phone, Setting::of_report()).replace("><", ">\n<");
        insta::assert_snapshot!(drawn, @r##"
        <svg viewBox="0 0 360 56" role="img">
        <title>Reporting calendar</title>
        <desc>1 participant, half-years 2020-H1 to 2022-H1; 2 returns missing. They are listed below.</desc>
        <g class="calendar">
        <text class="heading" x="0" y="12">All</text>
        <text class="tick-x" x="24" y="28">2020</text>
        <text class="tick-x" x="158.4" y="28">2021</text>
        <text class="tick-x" x="292.8" y="28">2022</text>
        <g class="loud">
        <text x="0" y="39.6">XA</text>
        <g>
        <title>Country &lt;A&gt;, 2020-H2: nil return</title>
        <rect class="cell-nil" x="91.2" y="32" width="67.2" height="10.4"/>
        <path class="sign-nil" d="M123.8 36.2h2v2h-2z"/>
        </g>
        <g>
        <title>Country &lt;A&gt;, 2021-H1: returned after it was due</title>
        <rect class="cell-late" x="158.4" y="32" width="67.2" height="10.4"/>
        <path class="sign-light" d="M191 34h2v6.4h-2z"/>
        </g>
        <g>
        <title>Country &lt;A&gt;, 2021-H2 to 2022-H1: no return</title>
        <rect class="cell-missing" x="225.6" y="32" width="134.4" height="10.4"/>
        <path class="cell-gap" d="M292.8 32L292.8 42.4"/>
        <path class="sign-missing" d="M256 34L262.4 40.4M256 40.4L262.4 34M323.2 34L329.6 40.4M323.2 40.4L329.6 34"/>
        </g>
        </g>
        </g>
        </svg>
        "##);
    }
}
