//! The mirror: who says to have sent how much to whom, and what they say to have received. Exporters are rows, importers
//! columns; each cell holds both sides and the gap. How far they lie apart is a colour, a mark and a word.
//!
//! L47: a gap between two participants' figures is shown where it stands, not in a total where gaps cancel out.

use super::figure_text::compact;
use super::svg::{Drawing, Naming, Path};

const CELL: (f64, f64) = (66.0, 46.0);
/// How much larger than its units it is shown.
const SCALE: f64 = 1.3;
const LEFT: f64 = 40.0;
const TOP: f64 = 26.0;

/// How near both sides of a cell lie. The bounds are ours: customs figures of the same goods differ by up to a tenth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Within a hundredth.
    Agree,
    /// Within a tenth.
    Near,
    /// Further apart.
    Apart,
    /// One side says nothing.
    OneSide,
}

impl Nearness {
    /// All, from near to far.
    pub const ALL: [Self; 4] = [Self::Agree, Self::Near, Self::Apart, Self::OneSide];

    /// Of two sides; none where neither says anything.
    pub fn of(out: Option<i64>, into: Option<i64>) -> Option<Self> {
        match (out, into) {
            (None, None) => None,
            (Some(out), Some(into)) => {
                let gap = i128::from(out).abs_diff(i128::from(into));
                let most = u128::from(out.max(into).unsigned_abs());
                Some(match gap {
                    _ if gap * 100 <= most => Self::Agree,
                    _ if gap * 10 <= most => Self::Near,
                    _ => Self::Apart,
                })
            }
            _ => Some(Self::OneSide),
        }
    }

    /// The class that colours it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Agree => "gap-agree",
            Self::Near => "gap-near",
            Self::Apart => "gap-apart",
            Self::OneSide => "gap-one-side",
        }
    }

    /// The word, for texts and files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Near => "near",
            Self::Apart => "apart",
            Self::OneSide => "one_side",
        }
    }
}

/// One cell with something in it.
#[derive(Debug, Clone)]
pub struct MatrixCell {
    /// Which row, from 0.
    pub row: usize,
    /// Which column, from 0.
    pub column: usize,
    /// What the exporter says, hundredths or cents.
    pub out: Option<i64>,
    /// What the importer says.
    pub into: Option<i64>,
    /// Both sides and the gap in words.
    pub says: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Matrix<'a> {
    /// What it is called.
    pub title: &'a str,
    /// In a sentence.
    pub description: &'a str,
    /// Exporters.
    pub rows: &'a [String],
    /// Importers.
    pub columns: &'a [String],
    /// Cells, in any order.
    pub cells: &'a [MatrixCell],
}

/// Draws the mirror.
pub fn matrix_chart(of: &Matrix<'_>) -> String {
    let width = LEFT + CELL.0 * of.columns.len() as f64 + 2.0;
    let height = TOP + CELL.1 * of.rows.len() as f64 + 2.0;
    let mut drawing = Drawing::new(width.max(200.0), height);
    drawing.open("mirror");
    for (n, column) in of.columns.iter().enumerate() {
        drawing.text("head middle", (LEFT + CELL.0 * (n as f64 + 0.5), 17.0), column);
    }
    for (n, row) in of.rows.iter().enumerate() {
        let y = TOP + CELL.1 * n as f64;
        drawing.text("head", (4.0, y + CELL.1 / 2.0 + 4.0), row);
        for column in 0..of.columns.len() {
            let x = LEFT + CELL.0 * column as f64;
            match of.cells.iter().find(|cell| (cell.row, cell.column) == (n, column)) {
                Some(cell) => draw_cell(&mut drawing, cell, (x, y)),
                None => drawing.rect("gap-none", [x + 1.0, y + 1.0, CELL.0 - 2.0, CELL.1 - 2.0]),
            }
        }
    }
    drawing.close();
    drawing.finish_in_size(&Naming { title: of.title, description: of.description }, SCALE)
}

fn draw_cell(drawing: &mut Drawing, cell: &MatrixCell, (x, y): (f64, f64)) {
    let Some(nearness) = Nearness::of(cell.out, cell.into) else { return };
    if cell.href.is_empty() {
        drawing.open_titled(&cell.says);
    } else {
        drawing.open_link("cell", &cell.href, &cell.says);
    }
    drawing.rect(nearness.class(), [x + 1.0, y + 1.0, CELL.0 - 2.0, CELL.1 - 2.0]);
    let amount = |side: Option<i64>| side.map_or("–".to_owned(), compact);
    let right = x + CELL.0 - 6.0;
    drawing.text("end", (right, y + 14.0), &amount(cell.out));
    drawing.text("end", (right, y + 27.0), &amount(cell.into));
    if let (Some(out), Some(into)) = (cell.out, cell.into) {
        let gap = into.saturating_sub(out);
        let sign = if gap > 0 { "+" } else { "" };
        drawing.text("end gap", (right, y + 40.0), &format!("{sign}{}", compact(gap)));
    }
    if matches!(nearness, Nearness::Apart | Nearness::OneSide) {
        // Seen without colour too: a full corner where both speak, an open one where one is silent.
        let corner = Path::default().jump((x + 2.0, y + 2.0)).to((x + 13.0, y + 2.0)).to((x + 2.0, y + 13.0));
        let class = if nearness == Nearness::Apart { "corner" } else { "corner open" };
        drawing.path(class, &corner.closed());
    }
    if cell.href.is_empty() {
        drawing.close();
    } else {
        drawing.close_link();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness_is_a_share_of_the_larger_side() {
        for (out, into, expected) in [
            (None, None, None),
            (Some(100), None, Some(Nearness::OneSide)),
            (None, Some(0), Some(Nearness::OneSide)),
            (Some(0), Some(0), Some(Nearness::Agree)),
            (Some(10_000), Some(9_900), Some(Nearness::Agree)),
            (Some(10_000), Some(9_899), Some(Nearness::Near)),
            (Some(9_000), Some(10_000), Some(Nearness::Near)),
            (Some(10_000), Some(8_999), Some(Nearness::Apart)),
            (Some(i64::MAX), Some(i64::MIN), Some(Nearness::Apart)),
        ] {
            assert_eq!(Nearness::of(out, into), expected, "{out:?} {into:?}");
        }
    }

    #[test]
    fn a_cell_has_both_sides_the_gap_and_a_mark_without_colour() {
        let cells = [MatrixCell {
            row: 0,
            column: 1,
            out: Some(100_000),
            into: Some(150_000),
            says: "XA to XC".into(),
            href: "/x?a=1&b=2".into(),
        }];
        let (rows, columns) = (["XA".to_owned()], ["XB".to_owned(), "XC".to_owned()]);
        let drawn = matrix_chart(&Matrix {
            title: "t",
            description: "d",
            rows: &rows,
            columns: &columns,
            cells: &cells,
        });
        for part in [">1k<", ">1.5k<", ">+500<", "gap-apart", "class=\"corner\"", "a=1&amp;b=2", "gap-none"] {
            assert!(drawn.contains(part), "{part}: {drawn}");
        }
    }
}
