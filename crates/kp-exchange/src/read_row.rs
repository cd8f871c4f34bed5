//! One row of a production table into a declared figure, or into everything that is wrong with it.
//!
//! Scheme: Annex III(c). All bad columns of a row are listed, not only the first. Nothing is guessed: what could
//! be read in two ways is decided by the rest of the table or refused.

use std::cell::OnceCell;
use std::collections::HashMap;

use jiff::civil::Date;
use kp_statistics::production::{Declaration, ProductionRow, ProductionType, RowPlace};
use kp_terms::{Carats, Half, ParticipantCode, UsdCents};

use crate::amount::{Amount, Marks, read_amount};
use crate::cell::{Cell, says_nothing};
use crate::dates::{DateOrder, Day, read_day};
use crate::header::{Columns, Role, usual_word};
use crate::participants::Participants;
use crate::reading::{ColumnProblem, RejectedKind};
use crate::remark::Remark;
use crate::row_fields::{self, Declared, Fault};
use crate::table::Table;

/// Reads the rows of one table.
pub(crate) struct RowReader<'t, 'a> {
    pub(crate) columns: &'t Columns,
    participants: &'t Participants,
    table: &'t Table<'a>,
    /// Names already looked up. Only looked up, never walked.
    names: HashMap<String, Option<ParticipantCode>>,
    marks: OnceCell<Marks>,
    orders: [OnceCell<DateOrder>; 2],
    /// What this row's cells gave besides the figure.
    pub(crate) remarks: Vec<(Remark, Role, String)>,
    problems: Vec<ColumnProblem>,
}

impl<'t, 'a> RowReader<'t, 'a> {
    pub(crate) fn new(columns: &'t Columns, participants: &'t Participants, table: &'t Table<'a>) -> Self {
        Self {
            columns,
            participants,
            table,
            names: HashMap::new(),
            marks: OnceCell::new(),
            orders: [OnceCell::new(), OnceCell::new()],
            remarks: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads one row that is not blank.
    ///
    /// # Errors
    /// Why the row does not count, with every column at fault.
    pub(crate) fn read(
        &mut self,
        cells: &[Cell<'_>],
        place: &dyn Fn() -> RowPlace,
    ) -> Result<ProductionRow, (RejectedKind, Vec<ColumnProblem>)> {
        self.remarks.clear();
        self.problems.clear();
        let declaration = match row_fields::declared(self.text(cells, Role::Declaration)) {
            Ok(Declared::Is(declaration)) => Some(declaration),
            Ok(Declared::NotProduction) => return Err(self.not_production(cells)),
            Err(fault) => self.fault(cells, Role::Declaration, fault),
        };
        let participant = self.participant(cells);
        let half = self.half(cells);
        let production_type = self.production_type(cells);
        let nil = declaration == Some(Declaration::NoProduction);
        let carats = self.amount(cells, Role::Carats, nil);
        let value = self.amount(cells, Role::Value, nil);
        match (declaration, participant, half, production_type, carats, value) {
            (
                Some(declaration),
                Some(participant),
                Some(half),
                Some(production_type),
                Some(carats),
                Some(value),
            ) => Ok(ProductionRow {
                participant,
                participant_name: self.name(cells, participant),
                half,
                declaration,
                production_type,
                carats: Carats::from_hundredths(carats),
                value: UsdCents::from_cents(value),
                created: self.day(cells, Role::Created),
                modified: self.day(cells, Role::Modified),
                public: self.public(cells),
                place: place(),
            }),
            _ => Err((RejectedKind::Unreadable, std::mem::take(&mut self.problems))),
        }
    }

    /// The trimmed text of a column; nothing where the table or the row does not have it.
    fn text<'c>(&self, cells: &'c [Cell<'_>], role: Role) -> &'c str {
        self.columns.place(role).and_then(|at| cells.get(at)).map_or("", Cell::trimmed)
    }

    fn fault<T>(&mut self, cells: &[Cell<'_>], role: Role, (sentence, mend): Fault) -> Option<T> {
        let found = self.text(cells, role).to_owned();
        self.problems.push(ColumnProblem { column: self.columns.title(role), found, sentence, mend });
        None
    }

    fn not_production(&self, cells: &[Cell<'_>]) -> (RejectedKind, Vec<ColumnProblem>) {
        let found = self.text(cells, Role::Declaration).to_owned();
        let problem = ColumnProblem {
            column: self.columns.title(Role::Declaration),
            sentence: format!("{found:?} is not production"),
            mend: "nothing, if the row is trade; only production returns are read here".to_owned(),
            found,
        };
        (RejectedKind::NotProduction, vec![problem])
    }

    fn participant(&mut self, cells: &[Cell<'_>]) -> Option<ParticipantCode> {
        let (code, name) = (self.text(cells, Role::Code), self.text(cells, Role::Name));
        let named = if name.is_empty() { None } else { self.look_up(name) };
        if code.is_empty() || says_nothing(code) {
            if named.is_some() {
                return named;
            }
            let role = if self.columns.place(Role::Name).is_some() { Role::Name } else { Role::Code };
            let fault = self.unknown_participant(name);
            return self.fault(cells, role, fault);
        }
        let coded = code.parse().ok().filter(|c: &ParticipantCode| self.is_known(*c));
        match (coded, named) {
            (Some(coded), Some(named)) if coded != named => {
                let sentence = format!("the code is {coded}, but {name:?} is {named}");
                self.fault(cells, Role::Code, (sentence, "correct the code or the name".to_owned()))
            }
            (Some(coded), _) => Some(coded),
            (None, Some(named)) => {
                let sentence = format!("{code:?} is not a code of a participant");
                self.fault(cells, Role::Code, (sentence, format!("write {named}, the code of {name}")))
            }
            (None, None) => {
                let fault = self.unknown_participant(code);
                self.fault(cells, Role::Code, fault)
            }
        }
    }

    fn is_known(&self, code: ParticipantCode) -> bool {
        code.is_invented() || self.participants.get(code).is_some()
    }

    /// A name, or a code where the name should stand.
    fn look_up(&mut self, name: &str) -> Option<ParticipantCode> {
        if let Some(known) = self.names.get(name) {
            return *known;
        }
        let coded = || name.parse().ok().filter(|c: &ParticipantCode| self.is_known(*c));
        let found = self.participants.by_name(name).or_else(coded);
        self.names.insert(name.to_owned(), found);
        found
    }

    fn unknown_participant(&self, found: &str) -> Fault {
        if found.is_empty() {
            return ("the participant is missing".to_owned(), "write whose return this row is".to_owned());
        }
        let sentence = format!("{found:?} is no participant of the scheme that is known here");
        let meant = self.participants.by_name(found).map(|code| code.to_string());
        let mend = match meant.or_else(|| self.participants.suggestion(found)) {
            Some(near) => format!("write {near}, if that is meant"),
            None => "write the two-letter code or the name that the scheme uses".to_owned(),
        };
        (sentence, mend)
    }

    /// The name as written; where only a code stands, the name that the scheme uses.
    fn name(&self, cells: &[Cell<'_>], participant: ParticipantCode) -> String {
        let written = self.text(cells, Role::Name);
        if written.len() > 2 {
            return written.to_owned();
        }
        self.participants.get(participant).map_or_else(|| participant.to_string(), |p| p.name.clone())
    }

    fn half(&mut self, cells: &[Cell<'_>]) -> Option<Half> {
        let [has_year, has_half] = [Role::Year, Role::Half].map(|role| self.columns.place(role).is_some());
        if !has_year || !has_half {
            match row_fields::period(self.text(cells, Role::Period)) {
                Ok(half) => return Some(half),
                Err(fault) if !has_year => return self.fault(cells, Role::Period, fault),
                Err(_) => {} // beside a year, the period is the half alone
            }
        }
        let role = if has_half { Role::Half } else { Role::Period };
        let year = row_fields::year(self.text(cells, Role::Year))
            .map_err(|f| self.fault::<()>(cells, Role::Year, f));
        let half = row_fields::half(self.text(cells, role)).map_err(|f| self.fault::<()>(cells, role, f));
        Some(Half { year: year.ok()?, half: half.ok()? })
    }

    fn production_type(&mut self, cells: &[Cell<'_>]) -> Option<ProductionType> {
        match row_fields::production_type(self.text(cells, Role::ProductionType)) {
            Ok(production_type) => Some(production_type),
            Err(fault) => {
                let (sentence, mend) = *fault;
                self.fault(cells, Role::ProductionType, (sentence.to_string(), mend.to_string()))
            }
        }
    }

    /// An amount in hundredths; nothing at all is zero in a nil return and missing in any other.
    fn amount(&mut self, cells: &[Cell<'_>], role: Role, nil: bool) -> Option<i64> {
        let cell = self.columns.place(role).and_then(|at| cells.get(at)).unwrap_or(&Cell::EMPTY);
        let mut amount = read_amount(cell, None);
        if amount == Amount::Ambiguous {
            amount = read_amount(cell, Some(*self.marks.get_or_init(|| self.learn_marks())));
        }
        match amount {
            Amount::Read { hundredths, .. } if hundredths < 0 => {
                let fault = (
                    format!("{} is less than nothing", cell.trimmed()),
                    "write what was produced".to_owned(),
                );
                self.fault(cells, role, fault)
            }
            Amount::Read { hundredths, rounded } => {
                if rounded {
                    self.remarks.push((Remark::Rounded, role, cell.trimmed().to_owned()));
                }
                Some(hundredths)
            }
            Amount::Nothing if nil => Some(0),
            Amount::Nothing => {
                let sentence = format!("{} is missing, and the row declares production", usual_word(role));
                let mend =
                    "write the figure, 0.00 if it is nothing, or No Production for a nil return".to_owned();
                self.fault(cells, role, (sentence.to_string(), mend.to_string()))
            }
            Amount::Unreadable { sentence, mend } => {
                self.fault(cells, role, (sentence.to_string(), mend.to_string()))
            }
            Amount::Ambiguous => None, // not after the table was asked
        }
    }

    fn learn_marks(&self) -> Marks {
        let mut marks = Marks::of_table(self.table.is_comma_separated());
        let places = [self.columns.place(Role::Carats), self.columns.place(Role::Value)];
        self.table.visit(&mut |row| {
            places.iter().flatten().filter_map(|at| row.cells.get(*at)).for_each(|cell| marks.learn(cell));
            true
        });
        marks
    }

    /// A date besides the figure: where it cannot be read the figure still counts, and the remark says so.
    fn day(&mut self, cells: &[Cell<'_>], role: Role) -> Option<Date> {
        let at = self.columns.place(role)?;
        let cell = cells.get(at).filter(|c| !says_nothing(c.trimmed()))?;
        match read_day(cell) {
            Day::Is(day) => Some(day),
            Day::Either { day_first, month_first } => {
                let order =
                    self.orders[usize::from(role == Role::Modified)].get_or_init(|| self.learn_order(at));
                let decided = order.decide(day_first, month_first);
                if decided.is_none() {
                    self.remarks.push((Remark::DateInDoubt, role, cell.trimmed().to_owned()));
                }
                decided
            }
            Day::NotADate => {
                self.remarks.push((Remark::NotADate, role, cell.trimmed().to_owned()));
                None
            }
        }
    }

    fn learn_order(&self, at: usize) -> DateOrder {
        let mut order = DateOrder::default();
        self.table.visit(&mut |row| {
            row.cells.get(at).into_iter().for_each(|cell| order.learn(cell));
            true
        });
        order
    }

    fn public(&mut self, cells: &[Cell<'_>]) -> Option<bool> {
        let text = self.text(cells, Role::Public);
        let flag = row_fields::flag(text);
        if flag.is_none() && !says_nothing(text) {
            self.remarks.push((Remark::NotAFlag, Role::Public, text.to_owned()));
        }
        flag
    }
}
