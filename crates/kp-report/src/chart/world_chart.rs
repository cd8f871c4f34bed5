//! The world's carats by year, stacked by the largest producers, so that one sees whose movement is the world's.

use kp_statistics::series::ProductionSeries;
use kp_terms::ParticipantCode;

use super::figure_text::{compact, grouped_hundredths};
use super::scale::Scale;
use super::svg::{Drawing, Naming};
use crate::setting::Setting;

/// How many producers have a colour of their own; the others are one part.
const NAMED: usize = 7;

/// Which producers the world is shown by.
#[derive(Debug, Clone)]
pub struct WorldParts {
    /// The largest producers over the whole span, the largest first: code, name.
    pub named: Vec<(ParticipantCode, String)>,
    years: Vec<Year>,
}

#[derive(Debug, Clone)]
struct Year {
    year: i16,
    partial: bool,
    /// Carats of the named ones in their order, then of all others.
    parts: Vec<i64>,
}

impl WorldParts {
    /// Works out the parts. Invented codes are not part of the world.
    pub fn of(series: &ProductionSeries) -> Self {
        let real = || series.participants.iter().filter(|p| !p.participant.is_invented());
        let mut by_size: Vec<(i64, ParticipantCode, &str)> = real()
            .map(|p| {
                (
                    p.years.iter().fold(0_i64, |sum, y| sum.saturating_add(y.carats.hundredths())),
                    p.participant,
                    p.name.as_str(),
                )
            })
            .filter(|(sum, ..)| *sum > 0)
            .collect();
        by_size.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        by_size.truncate(NAMED);
        let named: Vec<(ParticipantCode, String)> =
            by_size.into_iter().map(|(_, code, name)| (code, name.to_owned())).collect();
        let years = series
            .world_years
            .iter()
            .map(|world| {
                let carats = |code: &ParticipantCode| {
                    series.of(*code).and_then(|p| p.year(world.year)).map_or(0, |y| y.carats.hundredths())
                };
                let mut parts: Vec<i64> = named.iter().map(|(code, _)| carats(code)).collect();
                let rest =
                    parts.iter().fold(world.carats.hundredths(), |rest, part| rest.saturating_sub(*part));
                parts.push(rest.max(0));
                Year { year: world.year, partial: world.partial, parts }
            })
            .collect();
        Self { named, years }
    }

    /// The name of a part and the class of its colour, in the order stacked from below.
    pub fn legend(&self, setting: Setting) -> Vec<(String, String)> {
        let named =
            self.named.iter().enumerate().map(|(n, (_, name))| (name.clone(), format!("part-{}", n + 1)));
        named.chain([(setting.t("report-all-others"), "part-rest".to_owned())]).collect()
    }
}

/// Where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorldSize {
    /// Across a page.
    Desk,
    /// Across a phone.
    Phone,
}

/// Draws the stacked years.
pub fn world_chart(parts: &WorldParts, size: WorldSize, setting: Setting) -> String {
    let (width, height) = match size {
        WorldSize::Desk => (1000.0, 300.0),
        WorldSize::Phone => (360.0, 230.0),
    };
    let (left, top, below) = (44.0, 8.0, 22.0);
    let totals: Vec<i64> = parts.years.iter().map(|y| y.parts.iter().sum()).collect();
    let (scale, ticks) = Scale::from_zero(totals.iter().copied().max().unwrap_or(0));
    let bottom = top + height;
    let y_of = |amount: i64| bottom - height * scale.share(amount);
    let step = (width - left - 4.0) / parts.years.len().max(1) as f64;
    let mut drawing = Drawing::new(width, bottom + below);
    for tick in ticks {
        drawing.line("grid", (left, y_of(tick)), (width - 4.0, y_of(tick)));
        drawing.text("tick-y", (left - 6.0, y_of(tick) + 3.4), &compact(tick));
    }
    let legend = parts.legend(setting);
    let every = super::ticks::year_step(parts.years.len(), ((width - left) / 42.0) as usize);
    for (n, year) in parts.years.iter().enumerate() {
        let x = left + step * n as f64;
        draw_year(&mut drawing, (&legend, setting), year, [x + step * 0.1, step * 0.8], &y_of);
        if usize::try_from(year.year).is_ok_and(|y| y % every == 0) {
            drawing.text("tick-x", (x + step / 2.0, bottom + 15.0), &year.year.to_string());
        }
    }
    drawing.line("axis", (left, bottom), (width - 4.0, bottom));
    drawing.finish_picture(&Naming {
        title: &setting.t("report-world-by-year"),
        description: &describe(parts, &totals, setting),
    })
}

fn draw_year(
    drawing: &mut Drawing,
    (legend, setting): (&[(String, String)], Setting),
    year: &Year,
    [x, width]: [f64; 2],
    y_of: &impl Fn(i64) -> f64,
) {
    let mut below: i64 = 0;
    for ((name, class), carats) in legend.iter().zip(&year.parts) {
        if *carats > 0 {
            let (from, to) = (y_of(below), y_of(below.saturating_add(*carats)));
            let partial = if year.partial { " partial" } else { "" };
            let says = format!("{}, {name}: {} ct", year.year, grouped_hundredths(*carats));
            drawing.open_titled(&match year.partial {
                true => setting.with("report-year-not-complete", &[("figure", &says)]),
                false => says,
            });
            drawing.rect(&format!("{class}{partial}"), [x, to, width, from - to]);
            drawing.close();
        }
        below = below.saturating_add(*carats);
    }
}

fn describe(parts: &WorldParts, totals: &[i64], setting: Setting) -> String {
    let (Some(first), Some(last)) = (parts.years.first(), parts.years.last()) else {
        return setting.t("report-no-figures");
    };
    let highest = parts.years.iter().zip(totals).max_by_key(|(y, total)| (**total, -i32::from(y.year)));
    let highest = highest.map_or_else(
        || setting.t("report-described-none"),
        |(y, total)| {
            let figure = format!("{} ct", grouped_hundredths(*total));
            setting.with("report-described-highest", &[("figure", &figure), ("half", &y.year.to_string())])
        },
    );
    let (first, last) = (first.year.to_string(), last.year.to_string());
    setting.with("report-described-years", &[("first", &first), ("last", &last), ("highest", &highest)])
}
