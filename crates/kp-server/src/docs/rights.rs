//! The table of rights, as a page and as `docs/rights.md`: what is seen by whom, which act is whose, what asks for a fresh
//! factor, and which endpoint shows what. Written from the code; nothing is said twice.

use std::fmt::Write as _;

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::{
    fresh::{WEIGHTY, Weighty, What},
    rights::{RIGHTS, Right},
};
use kp_node::ACTS;
use kp_registry::Role;

use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    router::endpoints,
};

#[derive(Template)]
#[template(path = "docs/rights.html")]
struct RightsPage {
    frame: Frame,
    rights: &'static [Right],
    roles: Vec<(Role, Vec<&'static str>)>,
    weighty: &'static [Weighty],
}

impl RightsPage {
    /// The titles of the acts; none of a row about forms.
    fn acts_of(&self, row: &Weighty) -> String {
        match row.what {
            What::Acts(acts) => self.acts(acts),
            What::Forms(_) => String::new(),
        }
    }

    /// The addresses of the forms; none of a row about acts.
    fn forms_of(&self, row: &Weighty) -> &'static [&'static str] {
        match row.what {
            What::Acts(_) => &[],
            What::Forms(forms) => forms,
        }
    }

    fn acts(&self, names: &[&str]) -> String {
        names.iter().map(|name| self.frame.act(name)).collect::<Vec<_>>().join("; ")
    }
}

/// The acts by their titles, the forms by their paths.
fn named(row: &Weighty) -> String {
    match row.what {
        What::Acts(acts) => {
            let title = |name: &&str| kp_node::act_by_name(name).map(|act| act.title);
            acts.iter().filter_map(title).collect::<Vec<_>>().join("; ")
        }
        What::Forms(forms) => forms.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join("; "),
    }
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    page(&app, visit, Section::None, |_, _, frame| {
        Ok(RightsPage {
            frame: frame.titled_by("rights-title"),
            rights: RIGHTS,
            roles: by_role(),
            weighty: WEIGHTY,
        })
    })
    .await
}

/// What each role may do, by the catalogue; an act may ask for more, or let others do it too, and says so itself.
fn by_role() -> Vec<(Role, Vec<&'static str>)> {
    let acts = |role| ACTS.iter().filter(move |act| act.role == role).map(|act| act.name).collect();
    Role::ALL.into_iter().map(|role| (role, acts(role))).collect()
}

/// `docs/rights.md`.
pub fn rights_page() -> String {
    let mut text = String::from(HEAD);
    text.push_str("| class | what | who | source |\n|---|---|---|---|\n");
    for right in RIGHTS {
        let who: Vec<String> = right.who.iter().map(|who| who.in_words().to_string()).collect();
        row(&mut text, &[right.name, right.about, &who.join("; "), right.source]);
    }
    text.push_str(ACTS_HEAD);
    text.push_str("| role | body | acts |\n|---|---|---|\n");
    for (role, acts) in by_role() {
        let body = if role.is_of_scheme() { "scheme" } else { "participant" };
        let titles: Vec<&str> =
            acts.iter().filter_map(|name| kp_node::act_by_name(name)).map(|a| a.title).collect();
        let acts = if titles.is_empty() { "none".to_owned() } else { titles.join("; ") };
        row(&mut text, &[role.word(), body, &acts]);
    }
    text.push_str(FRESH_HEAD);
    text.push_str("| what | acts and forms | within | by | source |\n|---|---|---|---|---|\n");
    for weighty in WEIGHTY {
        row(
            &mut text,
            &[weighty.name, &named(weighty), &weighty.within(), &weighty.in_words(), weighty.source],
        );
    }
    text.push_str(APART_HEAD);
    text.push_str("| role | role | why |\n|---|---|---|\n");
    for (first, second, why) in Role::INCOMPATIBLE {
        row(&mut text, &[first.word(), second.word(), why]);
    }
    text.push_str(ENDPOINTS_HEAD);
    text.push_str("| endpoint | method | class | guard | what |\n|---|---|---|---|---|\n");
    for e in endpoints() {
        row(&mut text, &[&format!("`{}`", e.path), e.method, e.sees.name(), e.guard.words(), e.about]);
    }
    text
}

fn row(text: &mut String, cells: &[&str]) {
    for cell in cells {
        let _ = write!(text, "| {cell} ");
    }
    text.push_str("|\n");
}

const HEAD: &str = "# Rights

Who may see and do what. Written from the code (`UPDATE_DOCS=1 cargo test -p kp-server --test it rights`). Do not edit.
Why it is so: [0012](decisions/0012-signing-in.md). What stands nowhere here is seen and done by nobody.

## What is seen

One table, `crates/kp-accounts/src/rights.rs`. Several ways in are several ways: one is enough. What somebody may not see is
answered like what does not exist. In a demonstration, whoever has not switched to an officer sees everything.

";

const ACTS_HEAD: &str = "
## What is done

Each act checks its role, its body and the facts itself, in its own file (`may_act`); this is the role that the catalogue
names for it. An office's officers are those of its participant; which stage an act belongs to is in
[certificate-moves.md](certificate-moves.md).

";

const FRESH_HEAD: &str = "
## What asks for a factor shown lately

One table, `crates/kp-accounts/src/fresh.rs`. Signing in shows one. Programs are not asked: their tokens say what they may do.
Nor is who has no account, on the node's own machine only.

";

const APART_HEAD: &str = "
## What one person may not hold together

Refused when the officer is named.

";

const ENDPOINTS_HEAD: &str = "
## What is asked for

The class is what the endpoint shows or changes: who may see nothing of it is sent away before anything is read. A test asks
every endpoint as every role, as nobody and as another participant's officer
(`crates/kp-server/tests/it/rights.rs`).

";
