//! What counts as dark here: a threshold that follows the light across the sheet.
//!
//! Means and extremes of blocks of 8 x 8 pixels, looked at over 5 x 5 blocks, and interpolated between them. A lamp at
//! one side, a shadow of the hand or a yellowed sheet change slowly; modules change fast.

use crate::grey::Grey;

const BLOCK: usize = 8;
/// Below this difference between darkest and lightest there is nothing printed.
const LEAST_CONTRAST: i32 = 36;

/// One threshold per block.
pub(crate) struct Threshold {
    across: usize,
    down: usize,
    values: Vec<f32>,
}

#[derive(Clone, Copy)]
struct Block {
    mean: i32,
    least: i32,
    most: i32,
}

impl Threshold {
    pub(crate) fn of(picture: &Grey) -> Self {
        let across = picture.width.div_ceil(BLOCK);
        let down = picture.height.div_ceil(BLOCK);
        let blocks: Vec<Block> = (0..across * down)
            .map(|at| block(picture, (at % across) * BLOCK, (at / across) * BLOCK))
            .collect();
        let values = (0..across * down).map(|at| around(&blocks, across, down, at)).collect();
        Self { across, down, values }
    }

    /// Thresholds of one row of pixels, written into `row`.
    pub(crate) fn row(&self, y: usize, row: &mut [f32]) {
        let (upper, lower, part) = between(y as f32 + 0.5, self.down);
        let at = |x: usize| {
            self.values[upper * self.across + x] * (1.0 - part) + self.values[lower * self.across + x] * part
        };
        let blocks: Vec<f32> = (0..self.across).map(at).collect();
        for (x, value) in row.iter_mut().enumerate() {
            let (left, right, part) = between(x as f32 + 0.5, self.across);
            *value = blocks[left] * (1.0 - part) + blocks[right] * part;
        }
    }

    /// The threshold at one place.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let (left, right, part_x) = between(x, self.across);
        let (upper, lower, part_y) = between(y, self.down);
        let value = |x: usize, y: usize| self.values[y * self.across + x];
        let top = value(left, upper) * (1.0 - part_x) + value(right, upper) * part_x;
        let bottom = value(left, lower) * (1.0 - part_x) + value(right, lower) * part_x;
        top * (1.0 - part_y) + bottom * part_y
    }
}

/// The two blocks whose centres enclose a place, and how far it is from the first to the second.
fn between(place: f32, blocks: usize) -> (usize, usize, f32) {
    let place = (place / BLOCK as f32 - 0.5).clamp(0.0, (blocks - 1) as f32);
    let first = place as usize;
    (first, (first + 1).min(blocks - 1), place - first as f32)
}

fn block(picture: &Grey, left: usize, top: usize) -> Block {
    let right = (left + BLOCK).min(picture.width);
    let bottom = (top + BLOCK).min(picture.height);
    let (mut sum, mut least, mut most) = (0_u32, u8::MAX, 0_u8);
    for y in top..bottom {
        for pixel in &picture.row(y)[left..right] {
            sum += u32::from(*pixel);
            least = least.min(*pixel);
            most = most.max(*pixel);
        }
    }
    let count = ((right - left) * (bottom - top)) as u32;
    Block { mean: (sum / count) as i32, least: i32::from(least), most: i32::from(most) }
}

/// The threshold of a block from the 5 x 5 around it; 0 (nothing is dark) where nothing is printed.
fn around(blocks: &[Block], across: usize, down: usize, at: usize) -> f32 {
    let (x, y) = (at % across, at / across);
    let (mut sum, mut count, mut least, mut most) = (0, 0, i32::MAX, 0);
    for y in y.saturating_sub(2)..(y + 3).min(down) {
        for block in &blocks[y * across + x.saturating_sub(2)..y * across + (x + 3).min(across)] {
            sum += block.mean;
            count += 1;
            least = least.min(block.least);
            most = most.max(block.most);
        }
    }
    if most - least < LEAST_CONTRAST {
        return 0.0;
    }
    (sum as f32 / count as f32 + (least + most) as f32 / 2.0) / 2.0
}
