//! Headless Chromium for tests of pages: what a person's browser would show, do and refuse.
//!
//! One browser a test program, driven over its pipe in the DevTools protocol (no web socket, no driver program). Each
//! [`Page`] has its own cookies, as another person at another machine has. What is not wrapped here is sent as it is
//! in the protocol with [`Page::send`]. Waiting is for a condition in the page, never for a time.

mod axe;
mod page;
mod pipe;

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use serde_json::{Value, json};

use crate::{Missing, find_program, skipped};
pub use page::Page;
use pipe::Pipe;

/// Names the browser program to be used.
pub const NAMED: &str = "KP_TEST_CHROMIUM";

/// A running browser; it ends with the test program.
#[derive(Clone)]
pub struct Chromium {
    pipe: Arc<Pipe>,
}

/// The browser of this test program, or `None` where there is none here; then `part` is reported as skipped.
///
/// # Panics
/// Where a browser is there and does not start; or with `KPCS_REQUIRE_ALL=1`, where there is none.
#[track_caller]
pub fn chromium(part: &str) -> Option<Chromium> {
    static BROWSER: OnceLock<Result<Chromium, Missing>> = OnceLock::new();
    match BROWSER.get_or_init(|| Chromium::start(&[])) {
        Ok(browser) => Some(browser.clone()),
        Err(missing) => {
            skipped(part, missing);
            None
        }
    }
}

/// A browser of its own whose camera is a film, again and again from its beginning, and which lets every page use it: see
/// [`crate::film::Film`]. It ends when its last page and itself are gone.
///
/// # Panics
/// As [`chromium`].
#[track_caller]
pub fn chromium_filming(part: &str, film: &Path) -> Option<Chromium> {
    let camera = [
        "--use-fake-ui-for-media-stream".to_owned(),
        "--use-fake-device-for-media-stream".to_owned(),
        format!("--use-file-for-fake-video-capture={}", film.display()),
    ];
    match Chromium::start(&camera) {
        Ok(browser) => Some(browser),
        Err(missing) => {
            skipped(part, &missing);
            None
        }
    }
}

impl Chromium {
    fn start(more: &[String]) -> Result<Self, Missing> {
        let named = std::env::var_os(NAMED).filter(|name| !name.is_empty()).map(Into::into);
        let program = named
            .or_else(|| find_program("chromium"))
            .or_else(|| find_program("chromium-browser"))
            .or_else(|| find_program("google-chrome"))
            .ok_or_else(|| Missing {
                reason: "no Chromium was found".to_owned(),
                remedy: format!("apt-get install chromium, or name one with {NAMED}"),
            })?;
        Ok(Self { pipe: Arc::new(Pipe::start(&program, more)) })
    }

    /// A new page of somebody else: no cookie, no cache, no storage of any other page.
    ///
    /// # Panics
    /// Where the browser does not answer.
    #[track_caller]
    pub fn person(&self) -> Page {
        let context = self.send("Target.createBrowserContext", &json!({}));
        self.page_in(context["browserContextId"].as_str().expect("a browser context"))
    }

    /// Another page with the cookies of the context named.
    #[track_caller]
    pub(crate) fn page_in(&self, context: &str) -> Page {
        let target =
            self.send("Target.createTarget", &json!({"url": "about:blank", "browserContextId": context}));
        let target = target["targetId"].as_str().expect("a target").to_owned();
        let session = self.send("Target.attachToTarget", &json!({"targetId": target, "flatten": true}));
        let session = session["sessionId"].as_str().expect("a session").to_owned();
        Page::of(self.clone(), context.to_owned(), target, session)
    }

    /// A call to the browser itself, as it is in the protocol.
    ///
    /// # Panics
    /// Where the browser answers with an error, or not at all.
    #[track_caller]
    pub fn send(&self, method: &str, parameters: &Value) -> Value {
        self.pipe.call(None, method, parameters).unwrap_or_else(|said| panic!("{method}: {said}"))
    }

    pub(crate) fn pipe(&self) -> &Pipe {
        &self.pipe
    }
}
