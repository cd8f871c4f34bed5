//! The frame of a time chart: where halves and amounts lie on the drawing, grid lines, ticks and their labels.

use kp_terms::Half;

use super::figure_text::compact;
use super::scale::Scale;
use super::svg::Drawing;
use super::ticks;

/// About this many units of width does a year's label take, with air.
const YEAR_LABEL_WIDTH: f64 = 42.0;

/// Where everything lies.
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// First half of the axis and how many there are.
    first: Half,
    count: usize,
}

impl Frame {
    pub(crate) fn new([left, top, width, height]: [f64; 4], halves: &[Half]) -> Self {
        let first = halves.first().copied().unwrap_or(Half { year: 2000, half: 1 });
        Self { left, top, width, height, first, count: halves.len().max(1) }
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    pub(crate) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Width of one half.
    pub(crate) fn step(&self) -> f64 {
        self.width / self.count as f64
    }

    /// Left edge of the n-th half.
    pub(crate) fn x(&self, n: usize) -> f64 {
        self.left + self.step() * n as f64
    }

    /// Middle of the n-th half.
    pub(crate) fn middle(&self, n: usize) -> f64 {
        self.x(n) + self.step() / 2.0
    }

    /// Height of an amount.
    pub(crate) fn y(&self, scale: &Scale, amount: i64) -> f64 {
        self.bottom() - self.height * scale.share(amount)
    }

    /// Which half it is, where it lies on the axis.
    pub(crate) fn place(&self, half: Half) -> Option<usize> {
        let n = usize::try_from(half.ordinal() - self.first.ordinal()).ok()?;
        (n < self.count).then_some(n)
    }

    /// Grid lines with their figures, the base line, and the years.
    pub(crate) fn draw(&self, drawing: &mut Drawing, scale: &Scale, amounts: &[i64]) {
        for &tick in amounts {
            let y = self.y(scale, tick);
            drawing.line("grid", (self.left, y), (self.right(), y));
            drawing.text("tick-y", (self.left - 6.0, y + 3.4), &compact(tick));
        }
        drawing.line("axis", (self.left, self.bottom()), (self.right(), self.bottom()));
        self.draw_years(drawing);
    }

    fn draw_years(&self, drawing: &mut Drawing) {
        let years = self.count.div_ceil(2);
        let step = ticks::year_step(years, (self.width / YEAR_LABEL_WIDTH) as usize);
        let mut half = self.first;
        for n in 0..self.count {
            let written = usize::try_from(half.year).is_ok_and(|y| y % step == 0);
            if half.half == 1 && written {
                let bottom = self.bottom();
                drawing.line("tick", (self.x(n), bottom), (self.x(n), bottom + 4.0));
                let middle = (self.x(n) + self.step()).clamp(self.left + 8.0, self.right() - 10.0);
                drawing.text("tick-x", (middle, bottom + 15.0), &half.year.to_string());
            }
            half = half.next();
        }
    }
}
