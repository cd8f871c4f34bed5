//! The visual language of kpcs, shared by the report and the web pages: one style sheet in named parts, and a script
//! that only makes things easier. Both are complete in themselves: no font, picture or address from elsewhere.

/// The whole style sheet.
pub const STYLE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/base.css"),
    include_str!("style/layout.css"),
    include_str!("style/table.css"),
    include_str!("style/badge.css"),
    include_str!("style/finding.css"),
    include_str!("style/chart.css"),
    include_str!("style/print.css"),
);

/// The script: opens what an address points at, and filters the list of findings. Everything can be read without it.
pub const SCRIPT: &str = include_str!("report/report.js");

/// What a page needs that has no charts, tables or findings: colours, letters, one column.
pub const CORE_STYLE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/base.css"),
    include_str!("style/layout.css"),
);

#[cfg(test)]
mod tests {
    use super::*;

    /// The colours of a token, light and dark, as red, green and blue.
    fn token(name: &str) -> [[f64; 3]; 2] {
        let wanted = format!("--{name}: #");
        let found: Vec<[f64; 3]> = STYLE
            .split(&wanted)
            .skip(1)
            .map(|rest| [0, 2, 4].map(|at| u8::from_str_radix(&rest[at..at + 2], 16).map(f64::from).unwrap()))
            .collect();
        found.try_into().unwrap_or_else(|other: Vec<_>| panic!("--{name} is set {} times", other.len()))
    }

    /// Relative luminance and contrast as the accessibility guidelines (WCAG 2) define them.
    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let luminance = |colour: [f64; 3]| {
            let [r, g, b] = colour.map(|part| {
                let part = part / 255.0;
                if part <= 0.039_28 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        if a > b { a / b } else { b / a }
    }

    #[test]
    fn texts_can_be_read_and_marks_seen_in_light_and_dark() {
        let texts = ["ink", "ink-soft", "ink-faint", "link", "flag", "urgent", "ask", "watch", "note"];
        let marks = ["carats", "value", "unit", "missing", "contradictory", "focus"];
        let least = texts.map(|t| (t, 4.5)).into_iter().chain(marks.map(|m| (m, 3.0)));
        for (name, least) in least {
            for ground in ["paper", "surface"] {
                for (scheme, (text, ground)) in
                    ["light", "dark"].iter().zip(token(name).into_iter().zip(token(ground)))
                {
                    let found = contrast(text, ground);
                    assert!(found >= least, "--{name} on {scheme}: {found:.2}, wanted {least}");
                }
            }
        }
        for (fill, on) in token("flag").into_iter().zip(token("on-flag")) {
            assert!(contrast(fill, on) >= 4.5);
        }
    }

    #[test]
    fn the_sheet_is_complete_in_itself() {
        assert_eq!(STYLE.matches('{').count(), STYLE.matches('}').count());
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import") && !STYLE.contains("</"));
        assert!(!SCRIPT.contains("</"));
        let used: Vec<&str> =
            STYLE.split("var(--").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        for name in used {
            assert!(STYLE.contains(&format!("--{name}:")), "--{name} is used but not set");
        }
    }
}
