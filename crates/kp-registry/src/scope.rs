//! Which goods a standing speaks of, and what must be shown for them.
//!
//! Scheme: domain 4.3, 4.4. Two precedents are encoded: the Central African Republic 2015-2024 (compliant zones, an audit
//! before stock leaves, pictures, examination first monthly and before export, from 2019 after it) and Marange 2009-2012
//! (mines found compliant one by one). Closes: L25.
//!
//! A *conditional* standing lets the goods in its scope go and no others. A standing that bars keeps the goods in its scope
//! back and lets others go. An empty scope is all goods. What is not known of goods counts against them.

use kp_terms::{HsCode, Zone};

use crate::word::word;

/// Which way goods go, seen from the participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Its exports.
    Export,
    /// Its imports.
    Import,
    /// Both.
    Both,
}

word!(Direction, "a direction", Export => "export", Import => "import", Both => "both");

impl Direction {
    /// Whether what is said of this direction holds for another.
    pub fn covers(self, other: Self) -> bool {
        self == Self::Both || self == other
    }
}

/// What must be shown for a shipment under a conditional standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// The scheme's monitoring approves each export before its certificate is issued (CAR 2015-2019).
    PriorApproval,
    /// Digital pictures of the goods are on file before the certificate is issued (CAR; L36).
    Pictures,
    /// The goods come from zones that the register calls compliant (CAR 2015-2024), or that the standing names.
    CompliantZones,
    /// The scheme's monitoring compares copies with confirmations afterwards (CAR from November 2019). Holds nothing back.
    PostAudit,
}

word!(Condition, "a condition", PriorApproval => "prior-approval", Pictures => "pictures",
    CompliantZones => "compliant-zones", PostAudit => "post-audit");

impl Condition {
    /// Whether goods may not leave before somebody has recorded that it is met. Zones are looked up, and an audit comes
    /// afterwards.
    pub const fn is_recorded_before(self) -> bool {
        matches!(self, Self::PriorApproval | Self::Pictures)
    }
}

/// Which goods. An empty list says nothing about its side of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Zones.
    pub zones: Vec<Zone>,
    /// Mines, by name; capitals, blanks and hyphens make no difference.
    pub mines: Vec<String>,
    /// Customs classes.
    pub classes: Vec<HsCode>,
    /// Sorts of stock: the words of the decision, `production`, `stockpile-2013`.
    pub stock: Vec<String>,
}

/// What is known of goods, as far as they come from the ground of the participant whose standing is asked: what came in
/// under a certificate of another is that one's to vouch for. `None` where nobody has said; an empty list where all is known
/// and none of it is a matter of that side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goods {
    /// Their customs classes.
    pub classes: Vec<HsCode>,
    /// Every zone that they come from.
    pub zones: Option<Vec<Zone>>,
    /// Every mine that they come from.
    pub mines: Option<Vec<String>>,
    /// Every sort of stock that they come from.
    pub stock: Option<Vec<String>>,
    /// The conditions that are met for this shipment.
    pub met: Vec<Condition>,
}

/// What of some goods lies outside, or inside, a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// This customs class.
    Class(HsCode),
    /// This zone; none where nobody has said which zones.
    Zone(Option<Zone>),
    /// This mine; none where nobody has said which mines.
    Mine(Option<String>),
    /// This sort of stock; none where nobody has said which.
    Stock(Option<String>),
}

impl Scope {
    /// All goods.
    pub const fn all() -> Self {
        Self { zones: Vec::new(), mines: Vec::new(), classes: Vec::new(), stock: Vec::new() }
    }

    /// Whether all goods are meant.
    pub const fn is_all(&self) -> bool {
        self.zones.is_empty() && self.mines.is_empty() && self.classes.is_empty() && self.stock.is_empty()
    }

    /// The first part of some goods that lies outside: what a conditional standing does not let go. A zone counts as inside
    /// where it is named here, or where the register calls it compliant. `compliant` is nothing where the register is not
    /// asked, and then all zones are inside unless some are named.
    pub fn first_outside(&self, goods: &Goods, compliant: Option<&dyn Fn(&Zone) -> bool>) -> Option<Part> {
        let named_only = |_: &Zone| false;
        let zones_matter = compliant.is_some() || !self.zones.is_empty();
        let compliant = compliant.unwrap_or(&named_only);
        if !self.classes.is_empty()
            && let Some(class) = goods.classes.iter().find(|class| !self.classes.contains(class))
        {
            return Some(Part::Class(*class));
        }
        outside(zones_matter, goods.zones.as_deref(), |zone| self.zones.contains(zone) || compliant(zone))
            .map(Part::Zone)
            .or_else(|| {
                outside(!self.mines.is_empty(), goods.mines.as_deref(), |mine| names(&self.mines, mine))
                    .map(Part::Mine)
            })
            .or_else(|| {
                outside(!self.stock.is_empty(), goods.stock.as_deref(), |stock| names(&self.stock, stock))
                    .map(Part::Stock)
            })
    }

    /// A part of some goods that lies inside on every side that the scope names: what a standing that bars keeps back.
    pub fn first_inside(&self, goods: &Goods) -> Option<Part> {
        let mut part = Part::Whole;
        if !self.classes.is_empty() {
            part = Part::Class(*goods.classes.iter().find(|class| self.classes.contains(class))?);
        }
        if !self.zones.is_empty() {
            part = Part::Zone(inside(goods.zones.as_deref(), |zone| self.zones.contains(zone))?);
        }
        if !self.mines.is_empty() {
            part = Part::Mine(inside(goods.mines.as_deref(), |mine| names(&self.mines, mine))?);
        }
        if !self.stock.is_empty() {
            part = Part::Stock(inside(goods.stock.as_deref(), |stock| names(&self.stock, stock))?);
        }
        Some(part)
    }

    /// In words, for lists and pages: `zones XA/north-river; classes 7102.31`. Empty where all goods are meant.
    pub fn in_words(&self) -> String {
        fn side<T: ToString>(name: &str, values: &[T]) -> Option<String> {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            (!values.is_empty()).then(|| format!("{name} {}", values.join(", ")))
        }
        let sides = [
            side("zones", &self.zones),
            side("mines", &self.mines),
            side("classes", &self.classes),
            side("stock", &self.stock),
        ];
        sides.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// What of the goods is outside a side of the scope that matters: outer none where nothing is, inner none where nobody has
/// said.
fn outside<T: Clone>(
    matters: bool,
    goods: Option<&[T]>,
    is_inside: impl Fn(&T) -> bool,
) -> Option<Option<T>> {
    match goods {
        _ if !matters => None,
        None => Some(None),
        Some(goods) => goods.iter().find(|each| !is_inside(each)).cloned().map(Some),
    }
}

/// What of the goods is inside a side of the scope; what nobody has said counts as inside.
fn inside<T: Clone>(goods: Option<&[T]>, is_inside: impl Fn(&T) -> bool) -> Option<Option<T>> {
    match goods {
        None => Some(None),
        Some(goods) => goods.iter().find(|each| is_inside(each)).cloned().map(Some),
    }
}

/// Whether a list of names holds one: a decision writes `Sample Pit 2` where a slip says `sample-pit-2`.
fn names(list: &[String], name: &str) -> bool {
    let plain = |name: &str| {
        let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-").to_lowercase()
    };
    list.iter().any(|each| plain(each) == plain(name))
}

#[cfg(test)]
mod tests {
    use super::{Goods, Part, Scope};

    fn zones(names: &[&str]) -> Vec<kp_terms::Zone> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    fn goods(classes: &[&str], zones_of: Option<&[&str]>) -> Goods {
        Goods {
            classes: classes.iter().map(|class| class.parse().unwrap()).collect(),
            zones: zones_of.map(zones),
            ..Goods::default()
        }
    }

    #[test]
    fn a_conditional_scope_lets_go_what_lies_inside_on_every_side() {
        let scope = Scope {
            zones: zones(&["XA/a", "XA/b"]),
            classes: vec!["7102.31".parse().unwrap()],
            ..Scope::default()
        };
        let compliant = |zone: &kp_terms::Zone| zone.name() == "late";
        let first = |goods: &Goods| scope.first_outside(goods, Some(&compliant));
        let zone = |name: &str| Some(Part::Zone(Some(name.parse().unwrap())));
        for (goods, outside) in [
            (goods(&["7102.31"], Some(&["XA/a"])), None),
            (goods(&["7102.31"], Some(&["XA/a", "XA/late"])), None),
            (goods(&["7102.31"], Some(&["XA/a", "XA/c"])), zone("XA/c")),
            (goods(&["7102.31"], None), Some(Part::Zone(None))),
            // Known, and none of it from this ground: an import that leaves again.
            (goods(&["7102.31"], Some(&[])), None),
            (goods(&["7102.31", "7102.10"], None), Some(Part::Class("7102.10".parse().unwrap()))),
        ] {
            assert_eq!(first(&goods), outside, "{goods:?}");
        }
        assert_eq!(Scope::all().first_outside(&goods(&["7102.10"], None), None), None);
        // Compliant zones only, none of them named: CAR on 17 July 2015.
        let all = |goods: &Goods| Scope::all().first_outside(goods, Some(&compliant));
        assert_eq!(all(&goods(&["7102.10"], Some(&["XA/late"]))), None);
        assert_eq!(all(&goods(&["7102.10"], Some(&["XA/a"]))), zone("XA/a"));
        assert_eq!(all(&goods(&["7102.10"], None)), Some(Part::Zone(None)));
    }

    #[test]
    fn a_mine_is_the_same_however_it_is_written() {
        let scope = Scope { mines: vec!["Sample Pit 2".into()], ..Scope::default() };
        for (mine, outside) in [("sample-pit-2", false), ("SAMPLE_PIT-2", false), ("sample-pit-3", true)] {
            let goods = Goods { mines: Some(vec![mine.into()]), ..Goods::default() };
            assert_eq!(scope.first_outside(&goods, None).is_some(), outside, "{mine}");
            assert_eq!(scope.first_inside(&goods).is_none(), outside, "{mine}");
        }
    }

    #[test]
    fn a_barring_scope_keeps_back_what_lies_inside_on_every_side() {
        let scope =
            Scope { zones: zones(&["XA/a"]), classes: vec!["7102.31".parse().unwrap()], ..Scope::default() };
        let zone = |name: Option<&str>| Some(Part::Zone(name.map(|name| name.parse().unwrap())));
        for (goods, inside) in [
            (goods(&["7102.31"], Some(&["XA/a"])), zone(Some("XA/a"))),
            (goods(&["7102.31"], Some(&["XA/b"])), None),
            (goods(&["7102.10"], Some(&["XA/a"])), None),
            (goods(&["7102.31"], None), zone(None)),
            (goods(&["7102.31"], Some(&[])), None),
        ] {
            assert_eq!(scope.first_inside(&goods), inside, "{goods:?}");
        }
        assert_eq!(Scope::all().first_inside(&goods(&["7102.10"], None)), Some(Part::Whole));
        assert_eq!(scope.in_words(), "zones XA/a; classes 7102.31");
    }
}
