// Firefox over WebDriver BiDi.

import { createRequire } from "node:module";

const require = createRequire(new URL("../../target/browsers/", import.meta.url));

/** A camera that shows colours, for whoever asks. */
const FAKE_CAMERA = { "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true };

export async function firefox() {
  const puppeteer = require("puppeteer-core");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: "/usr/bin/firefox-esr", headless: true, extraPrefsFirefox: FAKE_CAMERA });
  const tab = await browser.newPage();
  const complaints = [];
  tab.on("console", (message) => message.type() === "error" && complaints.push(`${tab.url()}: ${message.text()}`));
  tab.on("pageerror", (error) => complaints.push(`${tab.url()}: ${error.message}`));
  const run = (script) => tab.evaluate(`(() => { ${script} })()`);
  return {
    version: () => browser.version(),
    open: (address) => tab.goto(address),
    run,
    /** Does what leads to another page, and waits for that. */
    leave: (script) => Promise.all([tab.waitForNavigation(), run(script)]),
    until: (condition) => tab.waitForFunction(condition),
    lay: async (selector, file) => (await tab.$(selector)).uploadFile(file),
    size: (width, height) => tab.setViewport({ width, height }),
    picture: () => tab.screenshot({ encoding: "base64", fullPage: true }),
    complaints: async () => complaints,
    close: () => browser.close(),
  };
}
