//! One page of one person.

use std::path::Path;

use base64::Engine as _;
use serde_json::{Value, json};

use super::Chromium;

/// A page. Its methods panic where the page does not do what is asked, with what the page says instead: they are for
/// tests.
pub struct Page {
    browser: Chromium,
    context: String,
    target: String,
    session: String,
}

impl Page {
    #[track_caller]
    pub(crate) fn of(browser: Chromium, context: String, target: String, session: String) -> Self {
        let page = Self { browser, context, target, session };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.send(&format!("{domain}.enable"), &json!({}));
        }
        page.send("Page.setLifecycleEventsEnabled", &json!({"enabled": true}));
        page.size(1280, 900);
        page
    }

    /// A second page with the same cookies and storage.
    #[track_caller]
    pub fn beside(&self) -> Self {
        self.browser.page_in(&self.context)
    }

    /// A call to this page, as it is in the protocol.
    #[track_caller]
    pub fn send(&self, method: &str, parameters: &Value) -> Value {
        let answer = self.browser.pipe().call(Some(&self.session), method, parameters);
        answer.unwrap_or_else(|said| panic!("{method}: {said}"))
    }

    /// Goes to an address and waits until it is loaded.
    #[track_caller]
    pub fn open(&self, address: &str) {
        if let Some(error) = self.open_fails(address) {
            panic!("{address}: {error}");
        }
    }

    /// The error with which an address cannot be opened, as where the network is cut or what comes is a file to be
    /// kept; `None` where it opens.
    #[track_caller]
    pub fn open_fails(&self, address: &str) -> Option<String> {
        self.browser.pipe().events(&self.session);
        let said = self.send("Page.navigate", &json!({"url": address}));
        if let Some(error) = said["errorText"].as_str() {
            return Some(error.to_owned());
        }
        self.loaded(|event| event["loaderId"] == said["loaderId"]);
        None
    }

    /// Does what leads to another page and waits until that one is loaded: not this one, and none before it.
    #[track_caller]
    fn leaving(&self, what: impl FnOnce()) {
        let frame = self.send("Page.getFrameTree", &json!({}))["frameTree"]["frame"].clone();
        self.browser.pipe().events(&self.session);
        what();
        self.loaded(|event| event["frameId"] == frame["id"] && event["loaderId"] != frame["loaderId"]);
    }

    #[track_caller]
    fn loaded(&self, is_it: impl Fn(&Value) -> bool) {
        let wanted = |event: &Value| {
            event["method"] == "Page.lifecycleEvent"
                && event["params"]["name"] == "load"
                && is_it(&event["params"])
        };
        let found = self.browser.pipe().event(&self.session, wanted);
        assert!(found.is_some(), "the page was not loaded: {}\n{}", self.address(), self.text());
    }

    /// The value of an expression in the page; promises are waited for.
    #[track_caller]
    pub fn eval(&self, expression: &str) -> Value {
        let said = self.send(
            "Runtime.evaluate",
            &json!({"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true}),
        );
        if let Some(problem) = said.get("exceptionDetails") {
            panic!("{expression}: {problem}");
        }
        said["result"]["value"].clone()
    }

    /// Waits until an expression in the page is true.
    #[track_caller]
    pub fn until(&self, expression: &str) {
        let waiting = format!(
            "new Promise((yes, no) => {{ const end = performance.now() + 60000; const look = () => {{ \
             let is; try {{ is = ({expression}); }} catch (problem) {{ is = false; }} \
             if (is) yes(true); else if (performance.now() > end) yes(false); \
             else setTimeout(look, 20); }}; look(); }})"
        );
        assert_eq!(self.eval(&waiting), true, "never true: {expression}\n{}", self.text());
    }

    /// Where the page is.
    #[track_caller]
    pub fn address(&self) -> String {
        self.eval("location.href").as_str().unwrap_or_default().to_owned()
    }

    /// What a reader of the page sees as text.
    #[track_caller]
    pub fn text(&self) -> String {
        self.eval("document.body ? document.body.innerText : ''").as_str().unwrap_or_default().to_owned()
    }

    /// Whether something is on the page.
    #[track_caller]
    pub fn has(&self, selector: &str) -> bool {
        self.eval(&format!("document.querySelector({}) !== null", quoted(selector))) == true
    }

    /// Types into a field in place of what is there; a choice is chosen by its value.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        let done = self.eval(&format!(
            "(() => {{ const field = document.querySelector({}); if (!field) return 'no such field'; \
             if (field.tagName === 'SELECT' && ![...field.options].some(o => o.value === {text})) \
               return 'choices: ' + [...field.options].map(o => o.value).join(', '); \
             field.focus(); field.value = {text}; \
             field.dispatchEvent(new Event('input', {{bubbles: true}})); \
             field.dispatchEvent(new Event('change', {{bubbles: true}})); return ''; }})()",
            quoted(selector),
            text = quoted(text),
        ));
        assert_eq!(done, "", "{selector} on {}\n{}", self.address(), self.text());
    }

    /// Lays files into a file field.
    #[track_caller]
    pub fn lay_files(&self, selector: &str, files: &[&Path]) {
        let files: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        let root = self.send("DOM.getDocument", &json!({}));
        let found =
            self.send("DOM.querySelector", &json!({"nodeId": root["root"]["nodeId"], "selector": selector}));
        self.send("DOM.setFileInputFiles", &json!({"files": files, "nodeId": found["nodeId"]}));
    }

    /// Presses what a selector finds, where the pointer would, and stays on the page.
    #[track_caller]
    pub fn press(&self, selector: &str) {
        let place = self.eval(&format!(
            "(() => {{ const it = document.querySelector({}); if (!it) return null; \
             it.scrollIntoView({{block: 'center'}}); const box = it.getBoundingClientRect(); \
             return [box.left + box.width / 2, box.top + box.height / 2]; }})()",
            quoted(selector)
        ));
        let [Some(x), Some(y)] = [place[0].as_f64(), place[1].as_f64()] else {
            panic!("nothing is {selector} on {}\n{}", self.address(), self.text());
        };
        for kind in ["mousePressed", "mouseReleased"] {
            self.send(
                "Input.dispatchMouseEvent",
                &json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}),
            );
        }
    }

    /// Presses what leads to another page (a link, a form's button) and waits until that is loaded.
    #[track_caller]
    pub fn follow(&self, selector: &str) {
        self.leaving(|| self.press(selector));
    }

    /// Presses what leads, over however many pages that move on by themselves, to one whose address begins so.
    #[track_caller]
    pub fn follow_to(&self, selector: &str, beginning: &str) {
        self.browser.pipe().events(&self.session);
        self.press(selector);
        let arrived = self.browser.pipe().event(&self.session, |event| {
            let frame = &event["params"]["frame"];
            event["method"] == "Page.frameNavigated"
                && frame["parentId"].is_null()
                && frame["url"].as_str().is_some_and(|url| url.starts_with(beginning))
        });
        let Some(arrived) = arrived else { panic!("{selector} led to {}\n{}", self.address(), self.text()) };
        let loader = arrived["params"]["frame"]["loaderId"].clone();
        self.loaded(|event| event["loaderId"] == loader);
    }

    /// Presses a key by its name in the protocol (`Tab`, `Enter`, `Escape`, ` `).
    #[track_caller]
    pub fn key(&self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            " " => (32, " "),
            "ArrowDown" => (40, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowLeft" => (37, ""),
            _ => (0, key),
        };
        let mut down = json!({"type": "keyDown", "key": key, "windowsVirtualKeyCode": code});
        if !text.is_empty() {
            down["text"] = text.into();
        }
        self.send("Input.dispatchKeyEvent", &down);
        self.send(
            "Input.dispatchKeyEvent",
            &json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}),
        );
    }

    /// Types text where the cursor is, as a keyboard or a scanner does.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        self.send("Input.insertText", &json!({"text": text}));
    }

    /// Presses Enter in what has the cursor and waits until another page is loaded.
    #[track_caller]
    pub fn enter(&self) {
        self.leaving(|| self.key("Enter"));
    }

    /// As wide as a telephone or a desk.
    #[track_caller]
    pub fn size(&self, width: u32, height: u32) {
        self.send(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}),
        );
    }

    /// What the person's machine prefers: `light` or `dark`.
    #[track_caller]
    pub fn theme(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.send("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// Whether scripts run. [`Page::eval`] serves either way.
    #[track_caller]
    pub fn scripts(&self, run: bool) {
        self.send("Emulation.setScriptExecutionDisabled", &json!({"value": !run}));
    }

    /// Cuts the network, or lays it again.
    #[track_caller]
    pub fn network(&self, is_there: bool) {
        self.send(
            "Network.emulateNetworkConditions",
            &json!({"offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
        );
    }

    /// The whole page as a picture, in a PNG file.
    #[track_caller]
    pub fn picture(&self, file: &Path) {
        let said =
            self.send("Page.captureScreenshot", &json!({"format": "png", "captureBeyondViewport": true}));
        let data = said["data"].as_str().expect("a picture");
        let bytes = base64::engine::general_purpose::STANDARD.decode(data).expect("a picture in base64");
        std::fs::write(file, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }

    /// Everything the page complained of since the last page was asked for: script errors, what the content policy
    /// forbade, what was not found.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        // An answer after all events of before.
        self.eval("0");
        let complaint = |event: Value| match event["method"].as_str() {
            Some("Runtime.exceptionThrown") => Some(event["params"]["exceptionDetails"].to_string()),
            // What the browser asks of itself for its own furniture is nobody's mistake.
            Some("Log.entryAdded")
                if event["params"]["entry"]["url"]
                    .as_str()
                    .is_some_and(|url| url.ends_with("/favicon.ico")) =>
            {
                None
            }
            Some("Log.entryAdded") if event["params"]["entry"]["level"] == "error" => {
                Some(event["params"]["entry"].to_string())
            }
            _ => None,
        };
        self.browser.pipe().events(&self.session).into_iter().filter_map(complaint).collect()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // A browser that is gone has closed it.
        let target = json!({"targetId": self.target});
        self.browser.pipe().call(None, "Target.closeTarget", &target).map(|_| ()).unwrap_or_default();
    }
}

/// As a string of the page's language.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
