//! Which column holds what: finding the header row of a production table and matching its words.
//!
//! Two layouts are known by heart and may be mixed: the tidy one (`year, half, participant_code, ...`) and the
//! scheme's own public export (`Country Name, Year, Quarter, Trade Type, ...`). Columns come in any order. What
//! words mean says `headings`. A column nobody knows serves to tell duplicates apart, and is otherwise left alone.

use crate::cell::Cell;
use crate::headings::{Heading, heading};

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Code,
    Name,
    Year,
    Half,
    Period,
    Declaration,
    ProductionType,
    Carats,
    Value,
    Public,
    Created,
    Modified,
}

/// A header row among the first so many rows is found.
pub(crate) const HEADER_SEARCH_ROWS: u32 = 100;

/// The columns of one table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    places: [Option<usize>; 12],
    /// Headers as written, by column.
    pub(crate) written: Vec<String>,
    /// Columns without a role of their own.
    extra: Vec<usize>,
}

impl Columns {
    /// Reads a row as a header: nothing where it does not look like one.
    pub(crate) fn recognise(cells: &[Cell<'_>]) -> Option<Self> {
        let mut columns = Self::default();
        let mut known = 0;
        for (at, cell) in cells.iter().enumerate() {
            columns.written.push(cell.trimmed().to_owned());
            match role_of(&cell.text) {
                Some(role) if columns.place(role).is_none() => {
                    columns.places[role as usize] = Some(at);
                    known += 1;
                }
                // A second column of the same name is kept apart and reported by `twice`.
                _ => columns.extra.push(at),
            }
        }
        let figures = columns.place(Role::Carats).is_some() || columns.place(Role::Value).is_some();
        (known >= 3 && figures).then_some(columns)
    }

    pub(crate) const fn place(&self, role: Role) -> Option<usize> {
        self.places[role as usize]
    }

    /// How many columns have a role.
    pub(crate) fn known(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// Headings that say something and have no role.
    pub(crate) fn unknown(&self) -> Vec<&str> {
        let written = self.extra.iter().filter_map(|at| self.written.get(*at)).map(String::as_str);
        written.filter(|written| !written.is_empty() && role_of(written).is_none()).collect()
    }

    /// The header as written, or the usual word where the table has no such column.
    pub(crate) fn title(&self, role: Role) -> String {
        let written = self.place(role).and_then(|at| self.written.get(at));
        written.cloned().unwrap_or_else(|| usual_word(role).to_owned())
    }

    /// Why the table cannot be read at all, where it cannot: missing columns, or two of one name.
    pub(crate) fn problem(&self) -> Option<String> {
        let has = |role| self.place(role).is_some();
        let mut missing = Vec::new();
        if !has(Role::Code) && !has(Role::Name) {
            missing.push("the participant (participant_code or Country Name)");
        }
        if !has(Role::Year) && !has(Role::Period) {
            missing.push("the year (year or Year)");
        }
        if !has(Role::Half) && !has(Role::Period) {
            missing.push("the half (half or Quarter)");
        }
        if !has(Role::Declaration) {
            missing.push("the declaration (declaration or Trade Type)");
        }
        if !has(Role::Carats) {
            missing.push("the carats (carats or Carat)");
        }
        if !has(Role::Value) {
            missing.push("the value (value_usd or US Value)");
        }
        if !missing.is_empty() {
            let found: Vec<&str> =
                self.written.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
            return Some(format!(
                "its header has no column for {}; the columns found are {}. Name the missing column in the header row \
                 and read the file again",
                missing.join(", nor for "),
                found.join(", ")
            ));
        }
        self.twice()
    }

    /// A figure in two columns of one meaning: nobody can know which one counts.
    fn twice(&self) -> Option<String> {
        let needed = [Role::Code, Role::Year, Role::Half, Role::Declaration, Role::Carats, Role::Value];
        let said = |at: &usize| self.written.get(*at).map_or("", String::as_str);
        let (role, at) = self
            .extra
            .iter()
            .find_map(|at| Some((role_of(said(at))?, at)).filter(|(role, _)| needed.contains(role)))?;
        Some(format!(
            "two columns mean the same: {} and {}. Delete or rename the one that does not count",
            self.title(role),
            said(at)
        ))
    }
}

/// The word that messages use for a role.
pub(crate) const fn usual_word(role: Role) -> &'static str {
    match role {
        Role::Code => "participant_code",
        Role::Name => "participant_name",
        Role::Year => "year",
        Role::Half => "half",
        Role::Period => "period",
        Role::Declaration => "declaration",
        Role::ProductionType => "production_type",
        Role::Carats => "carats",
        Role::Value => "value_usd",
        Role::Public => "public",
        Role::Created => "created",
        Role::Modified => "last_modified",
    }
}

/// The role of a heading in a table of production.
fn role_of(written: &str) -> Option<Role> {
    Some(match heading(written)? {
        Heading::ParticipantCode | Heading::Code => Role::Code,
        Heading::Participant | Heading::Name | Heading::Reporter => Role::Name,
        Heading::Year => Role::Year,
        Heading::Part => Role::Half,
        Heading::Period => Role::Period,
        Heading::Declaration => Role::Declaration,
        Heading::Mining => Role::ProductionType,
        Heading::Carats | Heading::Volume => Role::Carats,
        Heading::Value => Role::Value,
        Heading::Public => Role::Public,
        Heading::Created => Role::Created,
        Heading::Modified => Role::Modified,
        _ => return None,
    })
}
