//! Why a file is not declared, said with the rows of the file, which the statement no longer knows.

use kp_exchange::return_sheet::{ReturnSheet, Unread};
use kp_log::Failure;
use kp_statistics::{
    declare_return::{Forced, Refusal},
    return_rules::{Breach, Force},
};
use kp_terms::{Sentence, sentence};

/// Refuses a file that cannot be read, or of which something cannot be taken.
pub(super) fn unread(sheet: &ReturnSheet) -> Result<(), Failure> {
    let (count, rule, first) = match (&sheet.problem, sheet.unread_by_why().first()) {
        (Some(problem), _) => (1, "file_unread", problem.clone()),
        (None, Some((why, all))) => {
            let first = all.first().map_or_else(|| why.says(), |first| in_row(first));
            (sheet.unread.len(), why.name(), first)
        }
        (None, None) => return Ok(()),
    };
    Err(Failure::refused(Refusal::Blocked { count, rule: rule.to_owned(), first }))
}

/// What cannot be taken, with its row and how to mend it.
fn in_row(unread: &Unread) -> Sentence {
    let (sentence, mend) = (&unread.sentence, &unread.mend);
    match unread.row {
        0 => Sentence::row([sentence.clone(), mend.clone()], "; "),
        row => sentence!(
            "return-in-row-mend",
            "row {row}, {sentence}; {mend}",
            row = row,
            sentence = sentence,
            mend = mend,
        ),
    }
}

/// Refuses with the rows of the file what the statement would be refused for, and what it cannot show: its totals.
pub(super) fn breaches(breaches: &[Breach], forced: &[Forced]) -> Result<(), Failure> {
    let blocks = |breach: &&Breach| breach.force == Force::Blocks;
    if let Some(first) = breaches.iter().find(blocks) {
        let count = breaches.iter().filter(blocks).count();
        let (rule, first) = (first.rule.to_owned(), first.in_row());
        return Err(Failure::refused(Refusal::Blocked { count, rule, first }));
    }
    let is_forced = |breach: &&Breach| forced.iter().any(|it| it.rule == breach.rule);
    match breaches.iter().find(|breach| !is_forced(breach)) {
        Some(first) => {
            let (rule, first) = (first.rule.to_owned(), first.in_row());
            Err(Failure::refused(Refusal::NotForced { rule, first }))
        }
        None => Ok(()),
    }
}
