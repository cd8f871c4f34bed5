//! Returns from a file to the log: checked against the rules, kept in the sandbox, declared by the focal point.
//!
//! One way for the command, the pages and the API. The sandbox is this node's own and outlives any session; what is in it
//! has not been said yet. Declaring looks at every rule again (`kp_statistics::declare_return`).

mod refused;

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
pub use kp_exchange::return_sheet::WhichReturn;
use kp_exchange::{
    marked_sheet::{Mark, marked_sheet},
    participants::Participants,
    return_sheet::{ReturnSheet, read_return_sheet},
};
use kp_log::{Desk, Failure, Signer};
use kp_registry::{Role, rules::may_act};
use kp_statistics::{
    declare_return::{self, Forced, ReturnDeclared},
    figure::Figure,
    return_cells::{self, ReturnCell},
    return_comment::Comment,
    return_rules::{self, Breach, Draft, Force, Known, Rule},
    sandbox::{self, Noting, Sandboxed},
};
use kp_terms::{ParticipantCode, Period};

use crate::{Node, Receipt, node::receipt_of};

/// What the rules say of a file.
#[derive(Debug)]
pub struct CheckedReturn {
    /// Which return.
    pub which: WhichReturn,
    /// The file as read.
    pub sheet: ReturnSheet,
    /// What the rules found, those that block first.
    pub breaches: Vec<Breach>,
    /// What was known: earlier periods, and the register's own count.
    pub known: Known,
}

impl CheckedReturn {
    /// Whether something must be mended before it can be declared.
    pub fn is_blocked(&self) -> bool {
        self.sheet.problem.is_some()
            || !self.sheet.unread.is_empty()
            || self.breaches.iter().any(|breach| breach.force == Force::Blocks)
    }

    /// The rules that warn, each once.
    pub fn warnings(&self) -> Vec<&'static Rule> {
        let rules = return_rules::by_rule(&self.breaches).into_iter().map(|(rule, _)| rule);
        rules.filter(|rule| rule.force == Force::Warns).collect()
    }

    /// The last twelve values of each figure, newest first.
    pub fn last_twelve(&self) -> Vec<(&Figure, Vec<(Period, &Figure)>)> {
        let of = |(_, figure): &'_ (u32, Figure)| return_rules::last_twelve(&figure.key(), &self.known);
        self.sheet.figures.iter().map(|row| (&row.1, of(row))).collect()
    }

    /// Every cell with its last twelve values and usual range, and those of the last return that are blank here.
    pub fn cells(&self) -> Vec<ReturnCell> {
        return_cells::cells(&self.draft(), &self.known)
    }

    /// Figures of the last return that are blank here, by key.
    pub fn blank(&self) -> Vec<String> {
        return_cells::blank(&self.draft(), &self.known)
    }

    fn draft(&self) -> Draft {
        draft(self.which, &self.sheet)
    }

    /// The file given back with its problems in its cells.
    ///
    /// # Errors
    /// Where the workbook cannot be written.
    pub fn marked(&self) -> Result<Vec<u8>> {
        let unread = self.sheet.unread_by_why().into_iter().flat_map(|(_, all)| all).map(|cell| Mark {
            rule: cell.why.name().to_owned(),
            blocks: true,
            row: cell.row,
            column: cell.column,
            sentence: format!("{}; {}", cell.sentence, cell.mend),
        });
        let breaches = self.breaches.iter().map(|breach| Mark {
            rule: breach.rule.to_owned(),
            blocks: breach.force == Force::Blocks,
            row: breach.row,
            column: breach.column,
            sentence: format!("{}; {}", breach.sentence, breach.mend),
        });
        marked_sheet(&self.sheet, &unread.chain(breaches).collect::<Vec<_>>())
    }
}

/// With what a return in the sandbox is declared.
#[derive(Debug, Clone, Default)]
pub struct Submitting {
    /// Why it is sent again, where it is.
    pub reason: Option<String>,
    /// The warnings that are forced.
    pub forced: Vec<Forced>,
    /// What is blank is meant to be blank; as if it had been marked complete.
    pub complete: bool,
}

/// What the rules look at. Where something cannot be read, the sums of what can are not compared with totals.
fn draft(which: WhichReturn, sheet: &ReturnSheet) -> Draft {
    let WhichReturn { participant, table, period } = which;
    let totals = if sheet.unread.is_empty() { sheet.totals.clone() } else { Vec::new() };
    Draft { participant, table, period, rows: sheet.figures.clone(), totals }
}

impl Node {
    /// By which names participants are known here: the register's own before those of the scheme.
    ///
    /// # Errors
    /// Where the database fails.
    pub fn names_known(&self) -> Result<Participants> {
        let registered = self.db().read(kp_registry::participants)?;
        Ok(Participants::known().with_registered(registered.into_iter().map(|it| (it.code, it.name))))
    }

    /// Checks a file. Nothing is kept and nothing is said.
    ///
    /// # Errors
    /// Where the register does not know the participant, or the database fails.
    pub fn check_return(
        &self,
        which: WhichReturn,
        name: &str,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<CheckedReturn> {
        let WhichReturn { participant, table, period } = which;
        let known = self
            .db()
            .read(|tx| declare_return::known(tx, participant, table, period, kp_log::day_of(now)))?;
        ensure!(
            known.participants.contains(&participant),
            "{participant} is no participant that this node knows; look at `kpcs participants` for its code"
        );
        let sheet = read_return_sheet(name, bytes, which, &self.names_known()?);
        let breaches = return_rules::check(&draft(which, &sheet), &known);
        Ok(CheckedReturn { which, sheet, breaches, known })
    }

    /// Puts a file into its participant's sandbox, whatever is wrong with it; answers its name there.
    ///
    /// # Errors
    /// Refuses where the officer is not the participant's focal point; or the database fails.
    pub fn put_return(
        &self,
        which: WhichReturn,
        name: &str,
        bytes: &[u8],
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Sandboxed, Failure> {
        let file_sha256 = kp_sign::hex(&kp_sign::sha256(bytes));
        let it = Sandboxed {
            id: sandbox::id_of(&file_sha256, which.table, which.period),
            participant: which.participant,
            table: which.table,
            period: which.period,
            file: name.to_owned(),
            file_sha256,
            put_by: signer.id.clone(),
            put_at: now,
        };
        let desk = Desk::new(signer, self.keys(), now);
        self.at_desk("put_return", desk, |tx, desk| {
            let officer = kp_registry::officer_at_desk(tx, desk)?;
            may_act::of_participant(&officer, Role::FocalPoint, which.participant)
                .map_err(Failure::Refused)?;
            sandbox::put(tx, &it, bytes).map_err(Failure::Error)
        })?;
        Ok(it)
    }

    /// Takes a file out of the sandbox unsaid. Answers whether it was there.
    ///
    /// # Errors
    /// As [`Node::put_return`].
    pub fn drop_return(
        &self,
        participant: ParticipantCode,
        id: &str,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let desk = Desk::new(signer, self.keys(), now);
        self.at_desk("drop_return", desk, |tx, desk| {
            let officer = kp_registry::officer_at_desk(tx, desk)?;
            may_act::of_participant(&officer, Role::FocalPoint, participant).map_err(Failure::Refused)?;
            sandbox::drop_it(tx, id, participant).map_err(Failure::Error)
        })
    }

    /// Checks a file that lies in the sandbox.
    ///
    /// # Errors
    /// Where it is not there, or the database fails.
    pub fn check_sandboxed(
        &self,
        participant: ParticipantCode,
        id: &str,
        now: Timestamp,
    ) -> Result<CheckedReturn> {
        let (it, content) = self.db().read(|tx| {
            let all = sandbox::sandbox(tx, Some(participant))?;
            let it = all.into_iter().find(|it| it.id == id);
            Ok::<_, anyhow::Error>((it, sandbox::content(tx, id, participant)?))
        })?;
        let it = it.with_context(|| format!("there is no {id:?} in the sandbox of {participant}"))?;
        let which = WhichReturn { participant, table: it.table, period: it.period };
        self.check_return(which, &it.file, &content.unwrap_or_default(), now)
    }

    /// Notes something beside a return that waits in the sandbox.
    ///
    /// # Errors
    /// As [`Node::put_return`].
    pub fn note_on_return(
        &self,
        (participant, id): (ParticipantCode, &str),
        noting: &Noting,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let desk = Desk::new(signer, self.keys(), now);
        self.at_desk("note_on_return", desk, |tx, desk| {
            let officer = kp_registry::officer_at_desk(tx, desk)?;
            may_act::of_participant(&officer, Role::FocalPoint, participant).map_err(Failure::Refused)?;
            sandbox::note(tx, (id, participant), noting, (&signer.id, now)).map_err(Failure::Error)
        })
    }

    /// Declares a return that lies in the sandbox with what was noted on it, and takes it out of there. Both happen, or
    /// neither.
    ///
    /// # Errors
    /// Refuses as [`declare_return::declare_return`]; a cell that cannot be read blocks too, and so do figures of the last
    /// return that are blank as long as nobody has marked it complete.
    pub fn submit_return_of_sandbox(
        &self,
        checked: &CheckedReturn,
        id: &str,
        with: Submitting,
        signer: &Signer,
        now: Timestamp,
    ) -> Result<Receipt, Failure> {
        refused::unread(&checked.sheet)?;
        let WhichReturn { participant, table, period } = checked.which;
        let comments = self.comments_to_declare(checked, id, with.complete)?;
        refused::breaches(&checked.breaches, &with.forced)?;
        let figures: Vec<Figure> = checked.sheet.figures.iter().map(|(_, figure)| figure.clone()).collect();
        let statement = ReturnDeclared {
            participant,
            table,
            period,
            figures: Some(figures).filter(|figures| !figures.is_empty()),
            reason: with.reason,
            forced: Some(with.forced).filter(|forced| !forced.is_empty()),
            comments: Some(comments).filter(|comments| !comments.is_empty()),
        };
        let desk = Desk::new(signer, self.keys(), now);
        let entry = self.at_desk("declare_return", desk, |tx, desk| {
            let entry = declare_return::declare_return(tx, desk, &statement)?;
            sandbox::drop_it(tx, id, participant).map_err(Failure::Error)?;
            Ok::<_, Failure>(entry)
        })?;
        self.follow_up(now);
        Ok(receipt_of("declare_return", &entry))
    }

    /// What was noted on figures, and each blank that is meant.
    fn comments_to_declare(
        &self,
        checked: &CheckedReturn,
        id: &str,
        complete: bool,
    ) -> Result<Vec<Comment>, Failure> {
        let notes = self.db().read(|tx| sandbox::notes(tx, id, checked.which.participant))?;
        let blank = checked.blank();
        if let Some(first) = blank.first()
            && !complete
            && notes.complete.is_none()
        {
            let (count, first) = (blank.len(), first.clone());
            return Err(Failure::refused(declare_return::Refusal::NotComplete { count, first }));
        }
        let said = notes.comments.into_iter().map(|note| Comment { figure: note.figure, words: note.words });
        let mut comments: Vec<Comment> = said.collect();
        for figure in blank {
            if !comments.iter().any(|comment| comment.figure == figure) {
                comments.push(Comment { figure, words: "nothing in this period".to_owned() });
            }
        }
        comments.sort_by(|a, b| a.figure.cmp(&b.figure));
        Ok(comments)
    }
}
