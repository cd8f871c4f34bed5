//! The HTTP door: pages and an API over one node, for people at desks and for programs.
//!
//! Every act's page and API call is generated from [`kp_node::ACTS`]; nobody writes a door per act. Decides nothing: it
//! parses, calls and renders. In the clear it binds to loopback only (rulings 23). What is seen is decided by one table, `kp_accounts::rights`. Every endpoint stands in
//! [`endpoint_list`] with how it is guarded, and the same list builds the router, so that an endpoint without a guard
//! cannot exist. Pages work without JavaScript; nothing is loaded from elsewhere.

mod app;
mod asked;
mod authority;
mod door;
mod endpoint;
mod files;
mod frame;
mod guard;
mod lent;
mod once;
mod paged;
mod problem;
mod router;
mod serve;
mod session;
mod style;
mod tls;
mod token;
mod visit;
mod whole;
mod words;

mod account {
    pub(crate) mod api;
    pub(crate) mod api_trail;
    pub(crate) mod join;
    pub(crate) mod list;
    pub(crate) mod manage;
    pub(crate) mod own;
    pub(crate) mod passkeys;
    pub(crate) mod trail;
}

mod act {
    pub(crate) mod api;
    pub(crate) mod context;
    mod exporters;
    pub(crate) mod field_view;
    pub(crate) mod form;
    pub(crate) mod list;
    pub(crate) mod next;
    pub(crate) mod perform;
    pub(crate) mod receipt;
    pub(crate) mod typed;
}
/// An application before it has a number.
mod application {
    pub(crate) mod show;
}
mod case {
    pub(crate) mod api;
    pub(crate) mod list;
    mod pages;
    pub(crate) mod show;
}
mod certificate {
    pub(crate) mod api;
    pub(crate) mod list;
    pub(crate) mod paper;
    pub(crate) mod show;
}
mod change {
    pub(crate) mod api;
}
mod confirmation {
    pub(crate) mod api;
    pub(crate) mod list;
    pub(crate) mod load;
}
mod desk {
    pub(crate) mod act_as;
    pub(crate) mod api;
    pub(crate) mod fresh;
    pub(crate) mod language;
    pub(crate) mod lock;
    pub(crate) mod passkey;
    pub(crate) mod sign_in;
    pub(crate) mod unlock;
}
mod docs {
    pub(crate) mod openapi;
    pub(crate) mod rights;
    pub(crate) mod show;
}
mod filing {
    pub(crate) mod list;
}
/// Figures in pictures, each with its table.
mod explore {
    pub(crate) mod asked;
    pub(crate) mod bands;
    pub(crate) mod picture;
    pub(crate) mod production;
    pub(crate) mod trade;
}
mod finding {
    pub(crate) mod api;
    pub(crate) mod list;
    mod pages;
    pub(crate) mod show;
}
/// Parcels at the gate: each scan a row, each row the form that is next.
mod gate {
    pub(crate) mod rows;
    pub(crate) mod scans;
    pub(crate) mod show;
}
mod home {
    pub(crate) mod queues;
    pub(crate) mod show;
}
mod log {
    pub(crate) mod api;
    pub(crate) mod show;
}
mod ministry {
    pub(crate) mod go;
    pub(crate) mod known;
}
mod messages {
    pub(crate) mod api;
    pub(crate) mod list;
    pub(crate) mod outbox;
}
/// Papers and photographs beside records.
mod paper {
    pub(crate) mod api;
    pub(crate) mod attach;
    pub(crate) mod panel;
    pub(crate) mod record;
    pub(crate) mod show;
    pub(crate) mod upload;
}
mod participant {
    pub(crate) mod api;
    pub(crate) mod list;
    pub(crate) mod show;
}
/// Returns that wait to be declared: nobody has signed them yet, and nobody but their participant sees them.
mod sandbox {
    pub(crate) mod act;
    pub(crate) mod api;
    pub(crate) mod list;
    pub(crate) mod load;
    pub(crate) mod show;
}
/// One box for numbers, names, seals and licences.
mod search {
    pub(crate) mod api;
    pub(crate) mod results;
    pub(crate) mod show;
}
mod statistics {
    pub(crate) mod analysis;
    pub(crate) mod api;
    pub(crate) mod api_returns;
    pub(crate) mod customs;
    pub(crate) mod participant;
    pub(crate) mod reconciliation;
    pub(crate) mod returns;
    pub(crate) mod show;
    pub(crate) mod trade;
}
/// Verifying on a phone, with no node (L21, L22).
mod verifier {
    pub(crate) mod files;
    pub(crate) mod lists;
    pub(crate) mod show;
    pub(crate) mod texts;
}
/// Verifying at this node: the same lists and sentences as `kpcs verify`. Anybody may ask; nothing is kept (L21, L22).
mod verifying {
    pub(crate) mod api;
    pub(crate) mod judge;
    pub(crate) mod picture;
    pub(crate) mod show;
}

pub use app::{Clock, DemoSettings};
pub use authority::{fingerprint, local_authority};
pub use docs::rights::rights_page;
pub use door::{Https, Reach};
pub use router::endpoint_list;
pub use serve::{Running, ServeError, ServeSettings, serve};
