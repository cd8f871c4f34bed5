//! Everything that can be done here, by room, with who may do it.

use askama::Template;
use axum::{Extension, extract::State};
use kp_node::{ACTS, Act};

use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
};

struct Room {
    key: &'static str,
    acts: Vec<&'static Act>,
}

#[derive(Template)]
#[template(path = "act/list.html")]
struct ListPage {
    frame: Frame,
    rooms: Vec<Room>,
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    page(&app, visit, Section::None, |_, _, frame| {
        let mut rooms: Vec<Room> = Vec::new();
        for act in ACTS {
            match rooms.iter_mut().find(|room| room.key == act.room) {
                Some(room) => room.acts.push(act),
                None => rooms.push(Room { key: act.room, acts: vec![act] }),
            }
        }
        Ok(ListPage { frame: frame.titled_by("acts-title"), rooms })
    })
    .await
}
