//! Receipts that stay away (A06).

use super::Workshop;
use crate::labels::Kind;

/// A06: nine, six or four of ten receipts of a route stay away for one to four quarters.
pub(crate) fn missing_receipts(w: &mut Workshop<'_>, difficulty: u8) {
    let quarters = 1 + w.dice.below(4) as usize;
    let window = w.window(quarters);
    let Some((from, to)) = w.busy_route(window, 8 * quarters) else { return };
    let percent = [90, 60, 40][usize::from(difficulty) - 1];
    let mut label = w.label(Kind::MissingReceipts, difficulty, from, Some(to), window);
    for at in w.of_route(from, Some(to), window) {
        if w.dice.below(100) < percent && w.history.silence(at) {
            label.certificates.push(w.history.certificates[at].id);
        }
    }
    label.magnitude = format!("{percent} % of receipts");
    w.labels.push(label);
}
