//! Places on a page: rectangles in millimetres from the upper left corner.

use serde::Deserialize;

/// Points in a millimetre: 72 points are an inch of 25.4 mm.
pub(crate) const POINTS: f32 = 72.0 / 25.4;

/// A rectangle on a page, in millimetres from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Area {
    /// Distance of the left edge from the page's left edge.
    pub x: f32,
    /// Distance of the upper edge from the page's upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Area {
    /// A rectangle from its corner and size.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The same rectangle moved.
    #[must_use]
    pub fn moved(&self, x: f32, y: f32) -> Self {
        Self { x: self.x + x, y: self.y + y, ..*self }
    }

    /// Wider on every side by this much; narrower where it is negative.
    #[must_use]
    pub fn grown(&self, by: f32) -> Self {
        Self::new(self.x - by, self.y - by, self.width + 2.0 * by, self.height + 2.0 * by)
    }

    /// Without this much at the top.
    #[must_use]
    pub fn below(&self, taken: f32) -> Self {
        Self::new(self.x, self.y + taken, self.width, (self.height - taken).max(0.0))
    }

    /// Whether the two share more than a hair's breadth (a hundredth of a millimetre).
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        const HAIR: f32 = 0.01;
        self.x + HAIR < other.right()
            && other.x + HAIR < self.right()
            && self.y + HAIR < other.bottom()
            && other.y + HAIR < self.bottom()
    }

    /// Whether the other lies wholly inside, give or take a hair's breadth.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        const HAIR: f32 = 0.01;
        other.x + HAIR >= self.x
            && other.y + HAIR >= self.y
            && other.right() <= self.right() + HAIR
            && other.bottom() <= self.bottom() + HAIR
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }
}
