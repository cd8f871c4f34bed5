//! Where the lines of an axis stand: round figures, few of them, in whole hundredths.

/// About this many steps on an axis that begins at zero.
const STEPS: i64 = 4;

/// Ticks from zero to at least `most`, in hundredths: steps of 1, 2, 2.5 or 5 times a power of ten. The last tick is
/// the top of the axis.
pub(crate) fn from_zero(most: i64) -> Vec<i64> {
    let most = most.max(1);
    let wanted = most / STEPS + i64::from(most % STEPS != 0);
    let step = nice_step(wanted);
    let count = most / step + i64::from(most % step != 0);
    (0..=count).map(|n| n.saturating_mul(step)).collect()
}

/// The smallest round step that is not below `wanted`.
fn nice_step(wanted: i64) -> i64 {
    let mut power: i64 = 1;
    loop {
        // 2.5 needs a power of ten below it; at one hundredth there is none.
        let quarter = if power >= 10 { power / 10 * 25 } else { power * 5 };
        for step in [power, power * 2, quarter, power * 5] {
            if step >= wanted {
                return step;
            }
        }
        if power > i64::MAX / 100 {
            return wanted;
        }
        power *= 10;
    }
}

/// Ticks of a logarithmic axis that holds `least..=most`, in hundredths: powers of ten with 2 and 5 between them where
/// that leaves at most seven. First and last are the ends of the axis.
pub(crate) fn logarithmic(least: i64, most: i64) -> Vec<i64> {
    let (least, most) = (least.max(1), most.max(2));
    let mut all = Vec::new();
    let mut power: i64 = 1;
    while power <= i64::MAX / 100 && power / 10 <= most {
        all.extend([power, power * 2, power * 5]);
        power *= 10;
    }
    let first = all.iter().rposition(|&t| t <= least).unwrap_or(0);
    let last = all.iter().position(|&t| t >= most).unwrap_or(all.len() - 1);
    let ends = all[first..=last].to_vec();
    if ends.len() <= 6 {
        return ends;
    }
    let (low, high) = (ends[0], ends[ends.len() - 1]);
    ends.into_iter().filter(|&t| t == low || t == high || is_power_of_ten(t)).collect()
}

fn is_power_of_ten(mut tick: i64) -> bool {
    while tick % 10 == 0 {
        tick /= 10;
    }
    tick == 1
}

/// Every how many years a year is written, so that the labels do not touch.
pub(crate) fn year_step(years: usize, room: usize) -> usize {
    [1, 2, 5, 10, 20, 50].into_iter().find(|step| years.div_ceil(*step) <= room.max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::figure_text::compact;

    fn labels(ticks: Vec<i64>) -> Vec<String> {
        ticks.into_iter().map(compact).collect()
    }

    #[test]
    fn ticks_are_round_and_cover_the_figures() {
        assert_eq!(labels(from_zero(186_293_763)), ["0", "500k", "1M", "1.5M", "2M"]);
        assert_eq!(labels(from_zero(100)), ["0", "0.25", "0.5", "0.75", "1"]);
        assert_eq!(labels(from_zero(0)), ["0", "0.01"]);
        assert_eq!(labels(from_zero(90_000)), ["0", "250", "500", "750", "1k"]);
    }

    #[test]
    fn a_logarithmic_axis_begins_and_ends_on_a_round_figure() {
        assert_eq!(labels(logarithmic(81, 1_326_100)), ["0.5", "1", "10", "100", "1k", "10k", "20k"]);
        assert_eq!(labels(logarithmic(1_000, 1_900)), ["10", "20"]);
    }

    #[test]
    fn every_tick_list_covers_its_figures() {
        for most in (0..62).map(|n| 1_i64 << n) {
            let ticks = from_zero(most);
            assert!(ticks.len() >= 2 && ticks.len() <= 6, "{most}: {ticks:?}");
            assert!(ticks.last().is_some_and(|top| *top >= most), "{most}: {ticks:?}");
        }
    }
}
