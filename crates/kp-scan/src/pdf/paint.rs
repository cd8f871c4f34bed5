//! Follows a page's content: what fills areas and places pictures. Everything else is passed over.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Array, Dict, Name, Number, Object};
use hayro_syntax::page::Resources;

use crate::grey::Grey;

use super::Work;
use super::area::{Clip, Matrix, Path};
use super::colour::Space;
use super::image;
use super::page::Painted;
use super::placed;

/// Forms within forms.
const DEEPEST: usize = 8;
/// Saved states.
const MOST_SAVED: usize = 256;
/// A picture of this share of the page is what the page is: a scan.
const LARGE_SHARE: f64 = 0.5;
/// Pieces of text that a scan may bear: a stamp, a number, the name of a program.
const MOST_STAMPED: usize = 8;
/// Pictures kept to be looked at alone, and their pixels in all.
const MOST_KEPT_PICTURES: usize = 12;
const MOST_KEPT_PIXELS: usize = 24_000_000;

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    clip: Clip,
    space: Space,
    /// Grey of the fill colour; none for a pattern.
    ink: Option<u8>,
    cover: f32,
    /// Text that is there to be searched and not to be seen: what a scanner believes to have read.
    is_text_unseen: bool,
}

/// Paints one page.
pub(super) struct Painter<'w> {
    raster: Grey,
    pictures: Vec<(Grey, [f32; 4])>,
    state: State,
    path: Path,
    /// A clip that takes effect when the path ends.
    clipping: bool,
    /// Pixels that pictures took; places that two took count twice.
    pictured: f64,
    /// Pieces of text that are to be seen, and were not painted, since the last large picture.
    written: usize,
    work: &'w mut Work,
}

fn numbers<const N: usize>(from: [&Number; N]) -> [f64; N] {
    from.map(|number| number.as_f64().clamp(-1e7, 1e7))
}

impl<'w> Painter<'w> {
    pub(super) fn new(raster: Grey, base: Matrix, work: &'w mut Work) -> Self {
        let clip = Clip::whole(&raster);
        let state =
            State { matrix: base, clip, space: Space::Grey, ink: Some(0), cover: 1.0, is_text_unseen: false };
        let (pictures, path) = (Vec::new(), Path::default());
        Self { raster, pictures, state, path, clipping: false, pictured: 0.0, written: 0, work }
    }

    /// The page where it is a scan: pictures cover it, and little is written over them. Text is not painted here, so any
    /// other page would look emptier than it is.
    pub(super) fn scanned(self) -> Option<Grey> {
        let is_scan = self.pictured >= self.raster.pixels.len() as f64 * LARGE_SHARE;
        (is_scan && self.written <= MOST_STAMPED).then_some(self.raster)
    }

    pub(super) fn finish(self) -> Painted {
        Painted { raster: self.raster, pictures: self.pictures }
    }

    /// Follows one content stream.
    pub(super) fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut saved: Vec<State> = Vec::new();
        let mut ops = TypedIter::new(content);
        while let Some(op) = ops.next() {
            if !self.work.take(4) {
                return;
            }
            match op {
                Op::SaveState(_) if saved.len() < MOST_SAVED => saved.push(self.state.clone()),
                Op::RestoreState(_) => self.state = saved.pop().unwrap_or_else(|| self.state.clone()),
                Op::XObject(name) => self.object(name.0, resources, depth),
                Op::InlineImage(image) => self.image(image.0, &resources.color_spaces),
                op if self.construct(&op) || self.colour(&op, resources) || self.text(&op) => {}
                op => self.fill(&op),
            }
        }
    }

    /// Operators that build a path or move the plane.
    fn construct(&mut self, op: &Op<'_, '_>) -> bool {
        let matrix = self.state.matrix;
        match op {
            Op::Transform(m) => {
                let by = Matrix(numbers([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]));
                self.state.matrix = by.then(matrix);
            }
            Op::MoveTo(to) => {
                let [x, y] = numbers([&to.0, &to.1]);
                self.path.move_to(matrix.at(x, y));
            }
            Op::LineTo(to) => {
                let [x, y] = numbers([&to.0, &to.1]);
                self.path.line_to(matrix.at(x, y));
            }
            Op::CubicTo(c) => {
                let [a, b, c, d, e, f] = numbers([&c.0, &c.1, &c.2, &c.3, &c.4, &c.5]);
                self.path.curve_to(matrix.at(a, b), matrix.at(c, d), matrix.at(e, f));
            }
            Op::CubicStartTo(c) => {
                let [c, d, e, f] = numbers([&c.0, &c.1, &c.2, &c.3]);
                let from = self.path.last().unwrap_or_default();
                self.path.curve_to(from, matrix.at(c, d), matrix.at(e, f));
            }
            Op::CubicEndTo(c) => {
                let [a, b, e, f] = numbers([&c.0, &c.1, &c.2, &c.3]);
                self.path.curve_to(matrix.at(a, b), matrix.at(e, f), matrix.at(e, f));
            }
            Op::RectPath(r) => {
                let [x, y, w, h] = numbers([&r.0, &r.1, &r.2, &r.3]);
                self.path.move_to(matrix.at(x, y));
                self.path.line_to(matrix.at(x + w, y));
                self.path.line_to(matrix.at(x + w, y + h));
                self.path.line_to(matrix.at(x, y + h));
                self.path.close();
            }
            Op::ClosePath(_) => self.path.close(),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.clipping = true,
            _ => return false,
        }
        true
    }

    /// Operators that write: counted, not painted.
    fn text(&mut self, op: &Op<'_, '_>) -> bool {
        match op {
            Op::TextRenderingMode(mode) => self.state.is_text_unseen = matches!(mode.0.as_i64(), 3 | 7),
            Op::ShowText(_)
            | Op::ShowTexts(_)
            | Op::NextLineAndShowText(_)
            | Op::ShowTextWithParameters(_) => {
                self.written += usize::from(!self.state.is_text_unseen);
            }
            _ => return false,
        }
        true
    }

    /// Operators that choose the colour areas are filled with.
    fn colour(&mut self, op: &Op<'_, '_>, resources: &Resources<'_>) -> bool {
        let (space, values) = match op {
            Op::NonStrokeColorDeviceGray(c) => (Space::Grey, numbers([&c.0]).to_vec()),
            Op::NonStrokeColorDeviceRgb(c) => (Space::Rgb, numbers([&c.0, &c.1, &c.2]).to_vec()),
            Op::NonStrokeColorCmyk(c) => (Space::Cmyk, numbers([&c.0, &c.1, &c.2, &c.3]).to_vec()),
            Op::ColorSpaceNonStroke(name) => {
                let space = Space::of(&Object::Name(name.0.clone()), &resources.color_spaces, 0);
                // A new space begins with its black, or with all of its inks.
                let start = match &space {
                    Space::Inks(count) => vec![1.0; *count],
                    Space::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
                    other => vec![0.0; other.parts()],
                };
                (space, start)
            }
            Op::NonStrokeColor(c) => (self.state.space.clone(), self.scaled(&c.0)),
            Op::NonStrokeColorNamed(c) => (self.state.space.clone(), self.scaled(&c.0)),
            Op::SetGraphicsState(name) => {
                let state = resources.get_ext_g_state(name.0);
                if let Some(cover) = state.and_then(|state| state.get::<f32>("ca")) {
                    self.state.cover = cover.clamp(0.0, 1.0);
                }
                return true;
            }
            _ => return false,
        };
        let values: Vec<f32> = values.iter().map(|value| *value as f32).collect();
        self.state.ink = (!matches!(space, Space::Pattern)).then(|| space.brightness(&values));
        self.state.space = space;
        true
    }

    /// Numbers of a colour as shares: those of tables are counted, lightness goes to 100.
    fn scaled(&self, from: &[Number]) -> Vec<f64> {
        let by = match self.state.space {
            Space::Table(_) => 1.0 / 255.0,
            Space::Lab => 0.01,
            _ => 1.0,
        };
        from.iter().map(|number| number.as_f64().clamp(-1e7, 1e7) * by).collect()
    }

    /// Operators that end a path.
    fn fill(&mut self, op: &Op<'_, '_>) {
        let even_odd = match op {
            Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeNonZero(_) => Some(false),
            Op::FillPathEvenOdd(_) | Op::FillAndStrokeEvenOdd(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                Some(true)
            }
            Op::EndPath(_) | Op::StrokePath(_) | Op::CloseAndStrokePath(_) => None,
            _ => return,
        };
        let path = std::mem::take(&mut self.path);
        if let (Some(even_odd), Some(ink)) = (even_odd, self.state.ink) {
            let ink = (ink, self.state.cover);
            path.fill(&mut self.raster, &self.state.clip, even_odd, ink, self.work);
        }
        if std::mem::take(&mut self.clipping) {
            self.state.clip = self.state.clip.and(path.extent());
        }
    }

    fn object(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else { return };
        match stream.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.image(&stream, &resources.color_spaces),
            Some(b"Form") if depth < DEEPEST => self.form(&stream, resources, depth),
            _ => {}
        }
    }

    fn form(&mut self, stream: &Stream<'_>, outer: &Resources<'_>, depth: usize) {
        let Ok(content) = stream.decoded_data() else { return };
        if !self.work.take(content.len() as u64 + 1000) {
            return;
        }
        let before = self.state.clone();
        let path = std::mem::take(&mut self.path);
        let array = |key: &str| {
            let array = stream.dict().get::<Array<'_>>(key);
            array
                .map(|array| array.iter::<f32>().take(6).map(f64::from).collect::<Vec<_>>())
                .unwrap_or_default()
        };
        if let Ok(matrix) = <[f64; 6]>::try_from(array("Matrix")) {
            self.state.matrix = Matrix(matrix.map(|number| number.clamp(-1e7, 1e7))).then(self.state.matrix);
        }
        if let Ok([x0, y0, x1, y1]) = <[f64; 4]>::try_from(array("BBox")) {
            let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| self.state.matrix.at(x, y));
            self.state.clip = self.state.clip.and(Clip::around(corners.into_iter()));
        }
        match stream.dict().get::<Dict<'_>>("Resources") {
            Some(own) => self.content(&content, &Resources::new(own), depth + 1),
            None => self.content(&content, outer, depth + 1),
        }
        self.state = before;
        self.path = path;
    }

    /// Paints a picture at its place, and keeps it to be looked at alone.
    fn image(&mut self, stream: &Stream<'_>, spaces: &Dict<'_>) {
        let Some(image) = image::decoded(stream, spaces, self.work) else { return };
        let matrix = self.state.matrix;
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| matrix.at(x, y));
        let extent = self.state.clip.and(Clip::around(corners.into_iter()));
        if let Some(back) = matrix.inverse() {
            let ink = (self.state.ink, self.state.cover);
            placed::place(&mut self.raster, &image, back, &extent, ink, self.work);
            let taken = (extent.right - extent.left).max(0.0) * (extent.bottom - extent.top).max(0.0);
            self.pictured += taken;
            if taken >= self.raster.pixels.len() as f64 * LARGE_SHARE {
                // What was written before lies under it.
                self.written = 0;
            }
        }
        let kept: usize = self.pictures.iter().map(|(picture, _)| picture.pixels.len()).sum();
        if self.pictures.len() < MOST_KEPT_PICTURES && kept + image.picture.pixels.len() <= MOST_KEPT_PIXELS {
            let (width, height) = (self.raster.width as f64, self.raster.height as f64);
            let part = |value: f64, of: f64| (value / of).clamp(0.0, 1.0) as f32;
            let place = [
                part(extent.left, width),
                part(extent.top, height),
                part(extent.right, width),
                part(extent.bottom, height),
            ];
            self.pictures.push((image.picture, place));
        }
    }
}
