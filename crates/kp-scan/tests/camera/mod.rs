//! A printer, a scanner and a telephone's camera as arithmetic, the same on every machine and in every run.
//!
//! Print at 600 dpi, ink that spreads, the sheet seen at an angle, light from one side, a lens that blurs, a sensor
//! that is noisy, JPEG at quality 85. Not modelled: folds, stamps, glare, paper that is bent.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test uses its part")]

/// Pixels per millimetre of the print.
pub const PRINT: f64 = 600.0 / 25.4;
/// The smallest module that may be printed: 4/300 inch (8 dots of a 600-dpi printer).
pub const SMALLEST_MODULE: usize = 8;

/// Repeatable chance (xorshift64*).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Between -1 and 1.
    pub fn even(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// About normal, with deviation 1.
    pub fn normal(&mut self) -> f64 {
        (0..6).map(|_| self.even()).sum::<f64>() / 2.0_f64.sqrt()
    }

    /// A text in the alphabet of base45 after a prefix.
    pub fn code(&mut self, prefix: &str, characters: usize) -> String {
        const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        let mut text = prefix.to_owned();
        while text.len() < characters {
            text.push(char::from(ALPHABET[(self.next() % 45) as usize]));
        }
        text
    }
}

/// A grey picture.
#[derive(Clone)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<f32>,
}

impl Picture {
    pub fn paper(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![245.0; width * height] }
    }

    pub fn fill(&mut self, left: usize, top: usize, width: usize, height: usize, value: f32) {
        for y in top..(top + height).min(self.height) {
            self.pixels
                [y * self.width + left.min(self.width)..y * self.width + (left + width).min(self.width)]
                .fill(value);
        }
    }

    /// A symbol at level M with modules of so many pixels; the place is that of its first dark module.
    pub fn symbol(&mut self, left: usize, top: usize, module: usize, text: &str) {
        let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium).unwrap();
        for y in 0..code.size() {
            for x in 0..code.size() {
                if code.get_module(x, y) {
                    self.fill(left + x as usize * module, top + y as usize * module, module, module, 25.0);
                }
            }
        }
    }

    /// Lines of something like text, so that a sheet has more on it than symbols.
    pub fn lines(&mut self, chance: &mut Chance, left: usize, top: usize, right: usize, bottom: usize) {
        for y in (top..bottom.saturating_sub(40)).step_by(90) {
            let mut x = left;
            while x + 60 < right {
                let width = 4 + (chance.next() % 10) as usize;
                let height = 20 + (chance.next() % 30) as usize;
                self.fill(x, y + 50 - height, width, height, 30.0);
                if chance.next().is_multiple_of(3) {
                    self.fill(x, y + 50 - height / 2, 30, 5, 30.0);
                }
                x += width + 8 + (chance.next() % 22) as usize;
            }
        }
    }

    /// Ink that spreads by about a dot, and edges that are not sharp.
    pub fn ink(&self) -> Self {
        self.blurred(1.0).map(|value| if value < 160.0 { value * 0.8 } else { value })
    }

    pub fn map(mut self, change: impl Fn(f32) -> f32) -> Self {
        self.pixels.iter_mut().for_each(|pixel| *pixel = change(*pixel));
        self
    }

    /// Gaussian blur.
    pub fn blurred(&self, sigma: f32) -> Self {
        let reach = (sigma * 3.0).ceil() as i64;
        let weight = |at: i64| (-(at * at) as f32 / (2.0 * sigma * sigma)).exp();
        let weights: Vec<f32> = (-reach..=reach).map(weight).collect();
        let sum: f32 = weights.iter().sum();
        let pass = |from: &[f32], across: bool| -> Vec<f32> {
            let (width, height) = (self.width as i64, self.height as i64);
            let mut into = Vec::with_capacity(from.len());
            for y in 0..height {
                for x in 0..width {
                    let mut total = 0.0;
                    for (at, weight) in (-reach..=reach).zip(&weights) {
                        let (x, y) = if across { (x + at, y) } else { (x, y + at) };
                        let place = y.clamp(0, height - 1) * width + x.clamp(0, width - 1);
                        total += from[place as usize] * weight;
                    }
                    into.push(total / sum);
                }
            }
            into
        };
        let across = pass(&self.pixels, true);
        Self { width: self.width, height: self.height, pixels: pass(&across, false) }
    }

    fn between(&self, x: f64, y: f64) -> f32 {
        if x < 0.0 || y < 0.0 || x >= (self.width - 1) as f64 || y >= (self.height - 1) as f64 {
            return 150.0;
        }
        let (left, top) = (x as usize, y as usize);
        let (fx, fy) = ((x - left as f64) as f32, (y - top as f64) as f32);
        let row = |y: usize| {
            let at = y * self.width + left;
            self.pixels[at] * (1.0 - fx) + self.pixels[at + 1] * fx
        };
        row(top) * (1.0 - fy) + row(top + 1) * fy
    }

    /// Noise of a sensor.
    pub fn noisy(mut self, chance: &mut Chance, deviation: f64) -> Self {
        for pixel in &mut self.pixels {
            *pixel += (chance.normal() * deviation) as f32;
        }
        self
    }

    /// What JPEG at quality 85 leaves of it: each 8 x 8 block rounded in the frequency domain.
    pub fn jpeg(mut self) -> Self {
        for top in (0..self.height / 8 * 8).step_by(8) {
            for left in (0..self.width / 8 * 8).step_by(8) {
                let at = |x: usize, y: usize| (top + y) * self.width + left + x;
                let mut block = [[0.0_f32; 8]; 8];
                for (y, row) in block.iter_mut().enumerate() {
                    for (x, value) in row.iter_mut().enumerate() {
                        *value = self.pixels[at(x, y)].clamp(0.0, 255.0) - 128.0;
                    }
                }
                let block = rounded(&block);
                for (y, row) in block.iter().enumerate() {
                    for (x, value) in row.iter().enumerate() {
                        let place = at(x, y);
                        self.pixels[place] = value + 128.0;
                    }
                }
            }
        }
        self
    }

    /// As an 8-bit grey PNG file.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.bytes()).unwrap();
        writer.finish().unwrap();
        file
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.pixels.iter().map(|pixel| pixel.clamp(0.0, 255.0).round() as u8).collect()
    }
}

/// Luminance table of the JPEG standard (annex K) at quality 85.
const QUANTA: [[f32; 8]; 8] = [
    [5.0, 3.0, 3.0, 5.0, 7.0, 12.0, 15.0, 18.0],
    [4.0, 4.0, 4.0, 6.0, 8.0, 17.0, 18.0, 17.0],
    [4.0, 4.0, 5.0, 7.0, 12.0, 17.0, 21.0, 17.0],
    [4.0, 5.0, 7.0, 9.0, 15.0, 26.0, 24.0, 19.0],
    [5.0, 7.0, 11.0, 17.0, 20.0, 33.0, 31.0, 23.0],
    [7.0, 11.0, 17.0, 19.0, 24.0, 31.0, 34.0, 28.0],
    [15.0, 19.0, 23.0, 26.0, 31.0, 36.0, 36.0, 30.0],
    [22.0, 28.0, 29.0, 29.0, 34.0, 30.0, 31.0, 30.0],
];

fn rounded(block: &[[f32; 8]; 8]) -> [[f32; 8]; 8] {
    let basis = |k: usize, n: usize| {
        let scale = if k == 0 { 0.125_f32.sqrt() } else { 0.5 };
        scale * ((2 * n + 1) as f32 * k as f32 * std::f32::consts::PI / 16.0).cos()
    };
    let mut table = [[0.0; 8]; 8];
    for (k, row) in table.iter_mut().enumerate() {
        for (n, value) in row.iter_mut().enumerate() {
            *value = basis(k, n);
        }
    }
    let times = |a: &[[f32; 8]; 8], b: &[[f32; 8]; 8], transposed: [bool; 2]| {
        let mut product = [[0.0; 8]; 8];
        for i in 0..8 {
            for j in 0..8 {
                for k in 0..8 {
                    let left = if transposed[0] { a[k][i] } else { a[i][k] };
                    let right = if transposed[1] { b[j][k] } else { b[k][j] };
                    product[i][j] += left * right;
                }
            }
        }
        product
    };
    let mut frequencies = times(&times(&table, block, [false, false]), &table, [false, true]);
    for (row, quanta) in frequencies.iter_mut().zip(&QUANTA) {
        for (value, quantum) in row.iter_mut().zip(quanta) {
            *value = (*value / quantum).round() * quantum;
        }
    }
    times(&times(&table, &frequencies, [true, false]), &table, [false, false])
}

/// A certificate's two texts: the lengths of S from typical to its cap, of R from a path of 5 to one of 10.
pub fn two_codes(chance: &mut Chance) -> [String; 2] {
    let s = 500 + (chance.next() % 230) as usize;
    let r = 460 + (chance.next() % 270) as usize;
    [chance.code("KPC1:", s), chance.code("KPR1:", r)]
}

/// The lower part of a sheet, 110 x 60 mm at 600 dpi, with both symbols at the smallest module that may be printed.
pub fn lower_part(chance: &mut Chance, codes: &[String; 2]) -> Picture {
    let mm = |mm: f64| (mm * PRINT) as usize;
    let mut part = Picture::paper(mm(110.0), mm(62.0));
    part.symbol(mm(12.0), mm(14.0), SMALLEST_MODULE, &codes[0]);
    part.symbol(mm(62.0), mm(14.0), SMALLEST_MODULE, &codes[1]);
    part.lines(chance, mm(3.0), mm(1.0), mm(107.0), mm(8.0));
    part.lines(chance, mm(3.0), mm(52.0), mm(107.0), mm(60.0));
    part
}

/// A whole A4 sheet at 600 dpi.
pub fn whole_sheet(chance: &mut Chance, codes: &[String; 2]) -> Picture {
    let mm = |mm: f64| (mm * PRINT) as usize;
    let mut sheet = Picture::paper(mm(210.0), mm(297.0));
    sheet.lines(chance, mm(20.0), mm(20.0), mm(190.0), mm(200.0));
    sheet.symbol(mm(22.0), mm(220.0), SMALLEST_MODULE, &codes[0]);
    sheet.symbol(mm(68.0), mm(220.0), SMALLEST_MODULE, &codes[1]);
    sheet.lines(chance, mm(110.0), mm(220.0), mm(190.0), mm(280.0));
    sheet
}

/// A telephone's camera.
#[derive(Debug, Clone, Copy)]
pub struct Camera {
    pub width: usize,
    pub height: usize,
    /// Pixels per millimetre of paper.
    pub scale: f64,
    /// Deviation of the lens's blur, in pixels.
    pub blur: f64,
    /// Largest turn, in degrees.
    pub turn: f64,
}

impl Camera {
    /// A photograph of the middle of a print: 3 % perspective, turned, light from one side, blur, noise, JPEG.
    pub fn photograph(&self, print: &Picture, chance: &mut Chance) -> Picture {
        let angle = (chance.even() * self.turn).to_radians();
        let (sin, cos) = angle.sin_cos();
        let (tilt_x, tilt_y) = (chance.even() * 0.06, chance.even() * 0.06);
        let (light_x, light_y) = (chance.even() * 0.28, chance.even() * 0.28);
        let (shift_x, shift_y) = (chance.even() * 2.0, chance.even() * 2.0);
        let middle = (print.width as f64 / 2.0, print.height as f64 / 2.0);
        let mut seen = Picture::paper(self.width, self.height);
        for y in 0..self.height {
            for x in 0..self.width {
                // From -1 to 1 across the frame.
                let (u, v) = (
                    2.0 * x as f64 / self.width as f64 - 1.0,
                    (2.0 * y as f64 - self.height as f64) / self.width as f64,
                );
                let w = 1.0 + tilt_x * u + tilt_y * v;
                let half = self.width as f64 / 2.0 / self.scale;
                let (px, py) = (u / w * half + shift_x, v / w * half + shift_y);
                let (mx, my) = (cos * px - sin * py, sin * px + cos * py);
                let light = 0.72 + light_x * u + light_y * v;
                seen.pixels[y * self.width + x] =
                    print.between(middle.0 + mx * PRINT, middle.1 + my * PRINT) * light as f32;
            }
        }
        let blur = self.blur * (0.75 + 0.25 * chance.even());
        seen.blurred(blur as f32).noisy(chance, 5.0).jpeg()
    }
}

/// A flat-bed scanner at 200 dpi in grey: a print at 600 dpi, up to 2 degrees askew.
pub fn scanned_200(print: &Picture, chance: &mut Chance) -> Picture {
    let (sin, cos) = (chance.even() * 2.0).to_radians().sin_cos();
    let (width, height) = (print.width / 3, print.height / 3);
    let middle = (print.width as f64 / 2.0, print.height as f64 / 2.0);
    let (shift_x, shift_y) = (chance.even() * 6.0, chance.even() * 6.0);
    let mut seen = Picture::paper(width, height);
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0.0;
            for (dx, dy) in [(-0.75, -0.75), (0.75, -0.75), (-0.75, 0.75), (0.75, 0.75)] {
                let (u, v) = (x as f64 * 3.0 + 1.5 + dx - middle.0, y as f64 * 3.0 + 1.5 + dy - middle.1);
                sum += print
                    .between(middle.0 + cos * u - sin * v + shift_x, middle.1 + sin * u + cos * v + shift_y);
            }
            seen.pixels[y * width + x] = sum / 4.0;
        }
    }
    seen.blurred(0.5).noisy(chance, 4.0).jpeg()
}
