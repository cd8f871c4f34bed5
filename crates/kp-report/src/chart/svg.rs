//! A drawing: SVG elements in the order they are painted. Texts are escaped, places rounded to a tenth of a unit, so
//! that the same figures give the same bytes.

use std::fmt::Write as _;

use crate::html::escape;

/// What assistive technology is told about a drawing, and what a pointer shows.
pub(crate) struct Naming<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
}

/// An SVG drawing under construction.
pub(crate) struct Drawing {
    width: f64,
    height: f64,
    body: String,
}

impl Drawing {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    pub(crate) fn open(&mut self, class: &str) {
        self.push(format_args!(r#"<g class="{class}">"#));
    }

    /// A group that shows `says` under the pointer.
    pub(crate) fn open_titled(&mut self, says: &str) {
        self.push(format_args!("<g><title>{}</title>", escape(says)));
    }

    /// The part of a drawing with links that is a picture to assistive technology; its links stand outside it.
    pub(crate) fn open_picture(&mut self, naming: &Naming<'_>) {
        self.push(format_args!(r#"<g role="img" aria-label="{}">"#, escape(naming.description)));
    }

    pub(crate) fn close(&mut self) {
        self.push(format_args!("</g>"));
    }

    pub(crate) fn open_link(&mut self, class: &str, href: &str, says: &str) {
        let (href, says) = (escape(href), escape(says));
        self.push(format_args!(r#"<a class="{class}" href="{href}"><title>{says}</title>"#));
    }

    pub(crate) fn close_link(&mut self) {
        self.push(format_args!("</a>"));
    }

    pub(crate) fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4]) {
        let (x, y, width, height) = (px(x), px(y), px(width), px(height));
        self.push(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        ));
    }

    pub(crate) fn pill(&mut self, [x, y, width, height]: [f64; 4]) {
        let (r, x, y, width, height) = (px(height / 2.0), px(x), px(y), px(width), px(height));
        self.push(format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{r}"/>"#));
    }

    pub(crate) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let (x, y, r) = (px(x), px(y), px(radius));
        self.push(format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}"/>"#));
    }

    pub(crate) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let d = Path::default().jump(from).to(to);
        self.path(class, &d);
    }

    pub(crate) fn path(&mut self, class: &str, path: &Path) {
        self.push(format_args!(r#"<path class="{class}" d="{}"/>"#, path.0));
    }

    /// A line as wide as what it stands for.
    pub(crate) fn stroke(&mut self, class: &str, width: f64, path: &Path) {
        self.push(format_args!(r#"<path class="{class}" stroke-width="{}" d="{}"/>"#, px(width), path.0));
    }

    /// Land, coast or whatever else was drawn elsewhere.
    pub(crate) fn drawn(&mut self, class: &str, d: &str) {
        self.push(format_args!(r#"<path class="{class}" d="{}"/>"#, escape(d)));
    }

    pub(crate) fn text(&mut self, class: &str, (x, y): (f64, f64), text: &str) {
        let (x, y, text) = (px(x), px(y), escape(text));
        match class {
            "" => self.push(format_args!(r#"<text x="{x}" y="{y}">{text}</text>"#)),
            class => self.push(format_args!(r#"<text class="{class}" x="{x}" y="{y}">{text}</text>"#)),
        }
    }

    /// A drawing without links: one picture.
    pub(crate) fn finish_picture(self, naming: &Naming<'_>) -> String {
        self.finish("img", naming)
    }

    /// A drawing with links: a group, because what lies inside a picture cannot be reached with a keyboard.
    pub(crate) fn finish_group(self, naming: &Naming<'_>) -> String {
        self.finish("group", naming)
    }

    /// As [`Drawing::finish_group`], in a size of its own: where there is little in it, it is not blown up.
    pub(crate) fn finish_in_size(self, naming: &Naming<'_>, scale: f64) -> String {
        let (width, height) = (px(self.width * scale), px(self.height * scale));
        let drawn = self.finish("group", naming);
        drawn.replacen("<svg ", &format!(r#"<svg width="{width}" height="{height}" "#), 1)
    }

    /// A drawing that only decorates what stands beside it in words.
    pub(crate) fn finish_decoration(self) -> String {
        let (width, height) = (px(self.width), px(self.height));
        format!(r#"<svg viewBox="0 0 {width} {height}" aria-hidden="true">{}</svg>"#, self.body)
    }

    fn finish(self, role: &str, naming: &Naming<'_>) -> String {
        let (width, height) = (px(self.width), px(self.height));
        format!(
            r#"<svg viewBox="0 0 {width} {height}" role="{role}"><title>{}</title><desc>{}</desc>{}</svg>"#,
            escape(naming.title),
            escape(naming.description),
            self.body
        )
    }

    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        self.body.write_fmt(text).expect("because writing to a String does not fail");
    }
}

/// The `d` of a path.
#[derive(Default)]
pub(crate) struct Path(String);

impl Path {
    pub(crate) fn jump(mut self, (x, y): (f64, f64)) -> Self {
        self.0.push_str(&format!("M{} {}", px(x), px(y)));
        self
    }

    pub(crate) fn to(mut self, (x, y): (f64, f64)) -> Self {
        self.0.push_str(&format!("L{} {}", px(x), px(y)));
        self
    }

    /// A cubic curve.
    pub(crate) fn curve(mut self, a: (f64, f64), b: (f64, f64), to: (f64, f64)) -> Self {
        let places = [a.0, a.1, b.0, b.1, to.0, to.1].map(px);
        self.0.push_str(&format!("C{}", places.join(" ")));
        self
    }

    /// A curve with one handle.
    pub(crate) fn bow(mut self, handle: (f64, f64), to: (f64, f64)) -> Self {
        let places = [handle.0, handle.1, to.0, to.1].map(px);
        self.0.push_str(&format!("Q{}", places.join(" ")));
        self
    }

    pub(crate) fn closed(mut self) -> Self {
        self.0.push('z');
        self
    }

    /// A closed upright rectangle.
    pub(crate) fn and_box(mut self, [x, y, width, height]: [f64; 4]) -> Self {
        self.0.push_str(&format!("M{} {}h{}v{}h{}z", px(x), px(y), px(width), px(height), px(-width)));
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A place with at most one decimal: `12`, `12.5`, never `-0`.
pub(crate) fn px(place: f64) -> String {
    let tenths = libm::round(place * 10.0) as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_at_most_one_decimal() {
        let written: Vec<String> = [0.0, -0.04, 12.0, 12.34, 12.36, -3.25].map(px).to_vec();
        assert_eq!(written, ["0", "0", "12", "12.3", "12.4", "-3.3"]);
    }

    #[test]
    fn texts_cannot_break_out() {
        let mut drawing = Drawing::new(10.0, 10.0);
        drawing.text("", (1.0, 2.0), "<b>&\"");
        let naming = Naming { title: "a<b", description: "c" };
        assert_eq!(
            drawing.finish_picture(&naming),
            r#"<svg viewBox="0 0 10 10" role="img"><title>a&lt;b</title><desc>c</desc><text x="1" y="2">&lt;b&gt;&amp;&quot;</text></svg>"#
        );
    }
}
