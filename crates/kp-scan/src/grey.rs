//! A grey picture in memory, and the few things that are done to it before symbols are looked for.
//!
//! Floats here are places and brightnesses, never amounts.

/// A grey picture, row by row; 0 is black.
#[derive(Debug, Clone)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

impl Grey {
    /// A picture of one brightness.
    pub(crate) fn filled(width: usize, height: usize, value: u8) -> Self {
        Self { width, height, pixels: vec![value; width * height] }
    }

    pub(crate) fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// Brightness at the nearest pixel; outside, the border is continued.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let x = (x.max(0.0) as usize).min(self.width - 1);
        let y = (y.max(0.0) as usize).min(self.height - 1);
        f32::from(self.pixels[y * self.width + x])
    }

    /// Brightness between pixels (centres lie at halves); outside, the border is continued.
    pub(crate) fn between(&self, x: f32, y: f32) -> f32 {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (part_x, part_y) = (x - left as f32, y - top as f32);
        let pixel = |x: usize, y: usize| f32::from(self.pixels[y * self.width + x]);
        let upper = pixel(left, top) * (1.0 - part_x) + pixel(right, top) * part_x;
        let lower = pixel(left, bottom) * (1.0 - part_x) + pixel(right, bottom) * part_x;
        upper * (1.0 - part_y) + lower * part_y
    }

    /// Half as wide and high: each pixel is the mean of four, which also takes noise away.
    pub(crate) fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let upper = self.row((2 * y).min(self.height - 1));
            let lower = self.row((2 * y + 1).min(self.height - 1));
            for x in 0..width {
                let (left, right) = (2 * x, (2 * x + 1).min(self.width - 1));
                let sum = u16::from(upper[left])
                    + u16::from(upper[right])
                    + u16::from(lower[left])
                    + u16::from(lower[right]);
                pixels.push(((sum + 2) / 4) as u8);
            }
        }
        Self { width, height, pixels }
    }

    /// Each pixel repeated, for pictures in which a module is one pixel or two.
    pub(crate) fn enlarged(&self, times: usize) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len() * times * times);
        for y in 0..self.height {
            let wide: Vec<u8> =
                self.row(y).iter().flat_map(|pixel| std::iter::repeat_n(*pixel, times)).collect();
            for _ in 0..times {
                pixels.extend_from_slice(&wide);
            }
        }
        Self { width: self.width * times, height: self.height * times, pixels }
    }

    /// Black for white: some printers and programs turn symbols round.
    pub(crate) fn inverted(mut self) -> Self {
        for pixel in &mut self.pixels {
            *pixel = 255 - *pixel;
        }
        self
    }
}

/// Collects rows of a picture that may be larger than we keep: blocks of `step` x `step` pixels become one.
pub(crate) struct Shrinking {
    picture: Grey,
    step: usize,
    sums: Vec<u32>,
    rows: usize,
    full_width: usize,
}

impl Shrinking {
    /// For a picture of this size, of which at most `most` pixels are kept.
    pub(crate) fn new(width: usize, height: usize, most: usize) -> Self {
        let step = (1..).find(|step| (width / step) * (height / step) <= most).unwrap_or(1);
        let (kept_width, kept_height) = ((width / step).max(1), (height / step).max(1));
        let pixels = Vec::with_capacity(kept_width * kept_height);
        Self {
            picture: Grey { width: kept_width, height: kept_height, pixels },
            step,
            sums: vec![0; kept_width],
            rows: 0,
            full_width: width,
        }
    }

    /// The next row, `full_width` pixels long; a short one is an error of the caller and is passed over.
    pub(crate) fn push(&mut self, row: &[u8]) {
        if row.len() < self.full_width || self.picture.pixels.len() == self.picture.pixels.capacity() {
            return;
        }
        if self.step == 1 {
            self.picture.pixels.extend_from_slice(&row[..self.full_width]);
            return;
        }
        for (sum, block) in self.sums.iter_mut().zip(row.chunks_exact(self.step)) {
            *sum += block.iter().map(|pixel| u32::from(*pixel)).sum::<u32>();
        }
        self.rows += 1;
        if self.rows == self.step {
            let area = (self.step * self.step) as u32;
            self.picture.pixels.extend(self.sums.iter().map(|sum| (sum / area) as u8));
            self.sums.fill(0);
            self.rows = 0;
        }
    }

    /// The picture; rows that never came are white.
    pub(crate) fn finish(mut self) -> Grey {
        self.picture.pixels.resize(self.picture.width * self.picture.height, 255);
        self.picture
    }
}

/// Brightness of a colour as the eye weighs it, in whole numbers.
pub(crate) fn luma(red: u8, green: u8, blue: u8) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29 + 128) >> 8) as u8
}
