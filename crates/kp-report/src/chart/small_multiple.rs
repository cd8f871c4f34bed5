//! A participant's carats in the size of a stamp: the shape only, halves with findings in the colour of findings.

use kp_statistics::series::{ParticipantSeries, ReturnState};
use kp_terms::Half;

use super::frame::Frame;
use super::scale::Scale;
use super::svg::{Drawing, Path};

const WIDTH: f64 = 150.0;
const HEIGHT: f64 = 44.0;

/// Draws a participant's carats without axes; what it shows must stand beside it in words.
pub fn small_multiple(series: &ParticipantSeries, flagged: &[Half]) -> String {
    let halves: Vec<Half> = series.halves.iter().map(|h| h.half).collect();
    let frame = Frame::new([0.0, 1.0, WIDTH, HEIGHT], &halves);
    let most = series.halves.iter().map(|h| h.carats.hundredths()).max().unwrap_or(0).max(1);
    let scale = Scale::Linear { top: most };
    let mut plain = Path::default();
    let mut found = Path::default();
    let mut missing = Path::default();
    for (n, figure) in series.halves.iter().enumerate() {
        let carats = figure.carats.hundredths();
        let width = frame.step() * 0.74;
        if figure.state == ReturnState::Missing {
            let (x, y) = (frame.middle(n), frame.bottom() - 2.0);
            missing = missing.jump((x - 1.4, y - 1.4)).to((x + 1.4, y + 1.4));
            missing = missing.jump((x - 1.4, y + 1.4)).to((x + 1.4, y - 1.4));
        }
        if carats > 0 {
            let height = (frame.bottom() - frame.y(&scale, carats)).max(0.7);
            let bar = [frame.middle(n) - width / 2.0, frame.bottom() - height, width, height];
            if flagged.contains(&figure.half) {
                found = found.and_box(bar);
            } else {
                plain = plain.and_box(bar);
            }
        }
    }
    let mut drawing = Drawing::new(WIDTH, HEIGHT + 2.0);
    drawing.open("carats");
    for (class, path) in [("bar", plain), ("bar flagged", found), ("missing", missing)] {
        if !path.is_empty() {
            drawing.path(class, &path);
        }
    }
    drawing.line("axis", (0.0, frame.bottom()), (WIDTH, frame.bottom()));
    drawing.close();
    drawing.finish_decoration()
}
