//! Findings a page at a time, those that whoever asks may see: over the register read from the table as far as the page goes,
//! over returns from the analysis that is at hand.

use kp_accounts::rights::Class;
use kp_cases::Case;
use kp_db::Tx;
use kp_detect::{finding::Finding, trade::FindingRow};
use kp_node::declared::Declared;
use kp_terms::{Date, ParticipantCode};

use crate::{
    case::show::question,
    guard::Visit,
    problem::{FieldSaid, Problem, Said},
};

/// Rows read at once: what somebody may not see is passed over, so that more is read than shown.
const READ: u32 = 200;

/// A finding over the register with its case, where it has one.
pub(crate) type OfRegister = (FindingRow, Option<Case>);

/// Which findings are wanted.
pub(crate) struct Wanted<'a> {
    pub(crate) visit: &'a Visit,
    /// About whom; about everybody where none.
    pub(crate) about: Option<ParticipantCode>,
    /// How soon to ask; any where empty.
    pub(crate) severity: &'a str,
    /// Found by the end of this day.
    pub(crate) by: Date,
}

impl Wanted<'_> {
    fn takes(&self, finding: &Finding) -> bool {
        self.about.is_none_or(|code| finding.participant == code)
            && (self.severity.is_empty() || finding.rank.severity.as_str() == self.severity)
    }

    fn may_see(&self, finding: &Finding, case: Option<&Case>) -> bool {
        self.visit.may_see(Class::Question, &question(finding.participant, case))
    }

    /// The findings over the register that come after one of them (empty: from the newest), with their cases; at most
    /// `limit`, and whether there are more.
    ///
    /// # Errors
    /// Where no finding has the name that `after` gives, or the database fails.
    pub(crate) fn of_register(
        &self,
        tx: &mut Tx<'_>,
        after: &str,
        limit: usize,
    ) -> Result<(Vec<OfRegister>, bool), Problem> {
        let mut last = match after {
            "" => None,
            id => Some(kp_detect::trade::finding_by_id(tx, id)?.ok_or_else(|| not_there(id))?),
        };
        let mut found = Vec::new();
        loop {
            let read = kp_detect::trade::findings_further(tx, last.as_ref(), self.about, self.by, READ)?;
            let is_end = read.len() < READ as usize;
            for row in read {
                let taken = self.takes(&row.finding);
                let case = match taken {
                    true => kp_cases::case_of_finding(tx, &row.finding.id)?,
                    false => None,
                };
                if taken && self.may_see(&row.finding, case.as_ref()) {
                    if found.len() == limit {
                        return Ok((found, true));
                    }
                    found.push((row.clone(), case));
                }
                last = Some(row);
            }
            if is_end {
                return Ok((found, false));
            }
        }
    }

    /// The findings over returns that come after one of them (empty: from the first), with their places in the whole list; at
    /// most `limit`, and whether there are more.
    ///
    /// # Errors
    /// Where no finding has the name that `after` gives, or the database fails.
    pub(crate) fn of_returns(
        &self,
        tx: &mut Tx<'_>,
        declared: &Declared,
        after: &str,
        limit: usize,
    ) -> Result<(Vec<(usize, Finding)>, bool), Problem> {
        let from = match after {
            "" => 0,
            id => match declared.findings().find(|(_, finding)| finding.id == id) {
                Some((place, _)) => place,
                None => return Err(not_there(id)),
            },
        };
        let mut found = Vec::new();
        for (place, finding) in declared.findings().skip(from).filter(|(_, finding)| self.takes(finding)) {
            let case = kp_cases::case_of_finding(tx, &finding.id)?;
            if !self.may_see(finding, case.as_ref()) {
                continue;
            }
            if found.len() == limit {
                return Ok((found, true));
            }
            found.push((place, finding.clone()));
        }
        Ok((found, false))
    }
}

fn not_there(id: &str) -> Problem {
    let said = Said::of("input-after-not-there").with("typed", id);
    Problem::fields(vec![FieldSaid::new("after", said)])
}
