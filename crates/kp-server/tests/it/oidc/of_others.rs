//! The same against a provider that others wrote (`oidc-provider`), in a real browser: cookies, redirects and the content policy
//! are the browser's, PKCE and the client's secret are held against by the provider.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use kp_testkit::{
    Missing,
    chromium::{Page, chromium},
    find_program, skipped,
};

use crate::{
    browser::served,
    oidc::{PIN, base, name_provider, trail},
    people::sign_in_on,
    sign_in::{PASSWORD, joined},
    world::World,
};

struct OfOthers {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    issuer: String,
}

impl OfOthers {
    /// Starts it, where it was installed.
    fn start(part: &str) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let installed = root.join("target/oidc-provider");
        let missing = |reason: &str| {
            let remedy = "apt-get install nodejs npm; npm ci --prefix target/oidc-provider (see .ci/run)";
            skipped(part, &Missing { reason: reason.to_owned(), remedy: remedy.to_owned() });
            None
        };
        let Some(node) = find_program("node") else { return missing("no Node.js was found") };
        if !installed.join("node_modules/oidc-provider").is_dir() {
            return missing("oidc-provider is not installed");
        }
        Some(Self::of(&node, &root.join("interop/oidc/provider.mjs"), &installed))
    }

    fn of(node: &PathBuf, script: &Path, installed: &Path) -> Self {
        let mut child = Command::new(node)
            .args([script, installed])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the provider starts");
        let to = child.stdin.take().expect("a pipe to the provider");
        let from = BufReader::new(child.stdout.take().expect("a pipe from the provider"));
        let mut provider = Self { child, to, from, issuer: String::new() };
        provider.issuer = provider.line();
        provider
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("the provider says something");
        line.trim().to_owned()
    }

    fn sends_back_to(&mut self, address: &str) {
        writeln!(self.to, "{address}").expect("the provider listens");
        assert_eq!(self.line(), "serves");
    }
}

impl Drop for OfOthers {
    fn drop(&mut self) {
        self.child.kill().expect("the provider ends");
        self.child.wait().expect("the provider has ended");
    }
}

/// Signs in at the ministry, in the ministry's own form, and comes back.
fn at_the_ministry(
    page: &Page,
    button: &str,
    provider: &OfOthers,
    (login, password): (&str, &str),
    to: &str,
) {
    page.follow_to(button, &format!("{}/interaction/", provider.issuer));
    page.fill("input[name=login]", login);
    page.fill("input[name=password]", password);
    page.follow_to("button", to);
}

#[expect(clippy::disallowed_methods, reason = "a provider of others goes by the machine's clock")]
fn now() -> String {
    jiff::Timestamp::now().to_string()
}

fn signs_in_by_ministry(scripts: bool) {
    let part = "signing in with an OpenID Connect provider of others, in a browser";
    let Some(browser) = chromium(part) else { return };
    let Some(mut provider) = OfOthers::start(part) else { return };
    let world = World::founded();
    world.set(&now());
    name_provider(&world, &provider.issuer, "");
    let served = served(world, None);
    let base = base(&served.running);
    provider.sends_back_to(&format!("{base}/sign-in/ministry/back"));
    let known = format!("{base}/sign-in/ministry/known");

    let clerk = joined(&served, "xa-clerk-1");
    let page = browser.person();
    page.scripts(scripts);
    sign_in_on(&page, &base, &served, &clerk);
    page.open(&format!("{base}/account"));
    at_the_ministry(
        &page,
        "form[action='/account/ministry'] button",
        &provider,
        ("a.sample", "there"),
        &known,
    );
    assert!(page.text().contains("a.sample"), "{}", page.text());
    page.follow("form[action='/account/bind-ministry'] button");
    assert!(page.text().contains("Your account is bound"), "{}", page.text());
    assert!(page.complaints().is_empty());
    page.open(&base);
    page.follow("form[action='/sign-out'] button");

    // Another machine, on the way to a page that needs somebody.
    served.world.set(&now());
    let page = browser.person();
    page.scripts(scripts);
    page.open(&format!("{base}/account"));
    let button = "form[action='/sign-in/ministry'] button";
    at_the_ministry(&page, button, &provider, ("a.sample", "elsewhere"), &known);
    assert!(page.text().contains("did not serve"), "{}", page.text());
    at_the_ministry(&page, button, &provider, ("b.sample", "there"), &known);
    assert!(page.text().contains("no account here is bound"), "{}", page.text());
    let page = browser.person();
    page.scripts(scripts);
    page.open(&format!("{base}/account"));
    at_the_ministry(&page, button, &provider, ("a.sample", "there"), &known);
    assert_eq!(page.eval("document.querySelector('#officer').value"), "xa-clerk-1");
    assert!(!page.has("#factor"), "no code is asked for");
    page.fill("#password", "not the password");
    page.fill("#pin", PIN);
    page.follow("form.act button.primary");
    assert!(page.text().contains("Which of them is wrong is not said"), "{}", page.text());
    page.fill("#password", PASSWORD);
    page.fill("#pin", PIN);
    page.follow("form.act button.primary");
    assert_eq!(page.address(), format!("{base}/account"));
    assert!(page.text().contains("Sign out"), "{}", page.text());
    assert!(trail(&served, 1)[0].1.starts_with("with the ministry's sign-in"));
}

#[test]
fn an_officer_binds_the_account_and_signs_in_by_ministry_and_password() {
    signs_in_by_ministry(true);
}

#[test]
fn the_same_with_scripts_switched_off() {
    signs_in_by_ministry(false);
}
