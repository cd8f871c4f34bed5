//! Films for a browser's camera: a sheet of paper as a hand holds it before the lens, in uncompressed Y4M.
//!
//! A sheet comes as a grey picture (PGM, as `pdftoppm -gray` draws it). Each frame of a film is the sheet from some
//! distance, turned a little, out of focus a little. The same in every run. Floats are places and brightnesses.

/// Brightness of the table on which the sheet lies.
const TABLE: u8 = 90;

/// A grey picture of a sheet, row by row; 0 is black.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    pixels: Vec<u8>,
}

/// How a sheet is held for one frame.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// What is in the middle of the frame, in parts of the sheet's width and height.
    pub middle: (f64, f64),
    /// How much of the sheet's width fills the frame's: 0.5 is half.
    pub width: f64,
    /// Turned so far clockwise, in degrees.
    pub turned: f64,
    /// Each pixel is the mean of the frame's pixels up to this far off: 0 is sharp.
    pub blur: usize,
}

/// Frames of one size, ten a second.
#[derive(Debug)]
pub struct Film {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

impl Sheet {
    /// A grey picture in the binary form of PGM (`P5`) with 255 as white and no remarks.
    ///
    /// # Panics
    /// Where it is none.
    pub fn from_pgm(bytes: &[u8]) -> Self {
        let mut rest = bytes;
        let mut word = || {
            let end =
                rest.iter().position(u8::is_ascii_whitespace).expect("a PGM has four words and then pixels");
            let word = std::str::from_utf8(&rest[..end]).expect("the words of a PGM are ASCII");
            rest = &rest[end + 1..];
            word
        };
        assert_eq!(word(), "P5", "a grey picture in binary PGM");
        let mut number = || word().parse::<usize>().expect("the sizes of a PGM are numbers");
        let (width, height, white) = (number(), number(), number());
        assert_eq!((white, rest.len()), (255, width * height), "a whole PGM of {width} x {height}");
        Self { width, height, pixels: rest.to_vec() }
    }

    /// Brightness between pixels; beside the sheet, the table.
    fn at(&self, x: f64, y: f64) -> f64 {
        let (left, top) = (libm::floor(x), libm::floor(y));
        let pixel = |x: f64, y: f64| {
            let inside = x >= 0.0 && y >= 0.0 && (x as usize) < self.width && (y as usize) < self.height;
            f64::from(if inside { self.pixels[y as usize * self.width + x as usize] } else { TABLE })
        };
        let (across, down) = (x - left, y - top);
        let upper = pixel(left, top) * (1.0 - across) + pixel(left + 1.0, top) * across;
        let lower = pixel(left, top + 1.0) * (1.0 - across) + pixel(left + 1.0, top + 1.0) * across;
        upper * (1.0 - down) + lower * down
    }

    /// The frame that a camera sees.
    fn seen(&self, held: Held, width: usize, height: usize) -> Vec<u8> {
        let scale = held.width * self.width as f64 / width as f64;
        let (sine, cosine) = (libm::sin(held.turned.to_radians()), libm::cos(held.turned.to_radians()));
        let middle = (held.middle.0 * self.width as f64, held.middle.1 * self.height as f64);
        let mut frame = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                // From the middle of the frame to the middle of the pixel.
                let across = (x as f64 + 0.5 - width as f64 / 2.0) * scale;
                let down = (y as f64 + 0.5 - height as f64 / 2.0) * scale;
                let place =
                    (middle.0 + across * cosine + down * sine, middle.1 - across * sine + down * cosine);
                let value = self.at(place.0 - 0.5, place.1 - 0.5);
                frame.push(value as u8);
            }
        }
        blurred(&blurred(&frame, width, held.blur, 1), width, held.blur, width)
    }
}

/// The mean along rows (`step` 1) or columns (`step` a row's width), `far` to either side.
fn blurred(frame: &[u8], width: usize, far: usize, step: usize) -> Vec<u8> {
    if far == 0 {
        return frame.to_vec();
    }
    let place = |at: usize| if step == 1 { at % width } else { at / width };
    let length = if step == 1 { width } else { frame.len() / width };
    let mean = |at: usize| {
        let (before, behind) = (place(at).min(far), (length - 1 - place(at)).min(far));
        let sum: usize =
            (0..=before + behind).map(|nth| usize::from(frame[at - before * step + nth * step])).sum();
        (sum / (before + behind + 1)) as u8
    };
    (0..frame.len()).map(mean).collect()
}

impl Film {
    /// An empty film; both sides are even, because colours are kept for every second pixel.
    ///
    /// # Panics
    /// Where a side is odd.
    pub fn new(width: usize, height: usize) -> Self {
        assert!(width.is_multiple_of(2) && height.is_multiple_of(2), "{width} x {height} has an odd side");
        let head = format!("YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n");
        Self { width, height, bytes: head.into_bytes() }
    }

    /// Adds one frame.
    pub fn show(&mut self, sheet: &Sheet, held: Held) {
        self.bytes.extend_from_slice(b"FRAME\n");
        self.bytes.extend(sheet.seen(held, self.width, self.height));
        // No colour: the middle of both scales.
        self.bytes.resize(self.bytes.len() + self.width * self.height / 2, 128);
    }

    /// The film as a file's bytes (Y4M).
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELD: Held = Held { middle: (0.5, 0.5), width: 1.0, turned: 0.0, blur: 0 };

    /// Black on the left, white on the right.
    fn halves() -> Sheet {
        let mut pgm = b"P5\n4 4\n255\n".to_vec();
        (0..4).for_each(|_| pgm.extend([0, 0, 255, 255]));
        Sheet::from_pgm(&pgm)
    }

    #[test]
    fn a_sheet_is_seen_as_it_is_held() {
        let sheet = halves();
        let straight = sheet.seen(HELD, 4, 4);
        assert_eq!(straight[4..8], [0, 0, 255, 255]);
        let upside_down = sheet.seen(Held { turned: 180.0, ..HELD }, 4, 4);
        assert!(upside_down[5] > 250 && upside_down[6] < 5, "{upside_down:?}");
        let far = sheet.seen(Held { width: 4.0, ..HELD }, 4, 4);
        assert_eq!(far[0], TABLE, "beside the sheet is the table");
        let unsharp = sheet.seen(Held { blur: 1, ..HELD }, 4, 4);
        assert_eq!(unsharp[4..8], [0, 85, 170, 255]);
    }

    #[test]
    fn a_film_has_its_head_and_frames_of_one_and_a_half_bytes_a_pixel() {
        let mut film = Film::new(4, 2);
        film.show(&halves(), HELD);
        film.show(&halves(), HELD);
        let head = b"YUV4MPEG2 W4 H2 F10:1 Ip A1:1 C420jpeg\n";
        assert_eq!(film.bytes().len(), head.len() + 2 * (6 + 12));
        assert!(film.bytes().starts_with(head));
    }
}
