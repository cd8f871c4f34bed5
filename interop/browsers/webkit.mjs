// WebKitGTK's own driver and its small browser, over WebDriver's plain HTTP. Needs a screen: Xvfb is started.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";

const PORT = 4460;
const DISPLAY = ":87";
/** With a camera that is drawn by the engine. */
const BROWSER = {
  binary: "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  args: ["--automation", "--enable-media-stream=true", "--enable-mock-capture-devices=true"],
};
/** An element's name in WebDriver. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** A driver that does not answer after so many tries of a tenth of a second will not. */
const TRIES = 600;

async function call(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** Asks until it is so; the driver tells of nothing by itself. */
async function asked(what) {
  for (let tried = 0; tried < TRIES; tried++) {
    const found = await what().catch(() => false);
    if (found) return found;
    await after(100);
  }
  throw new Error(`never: ${what}`);
}

export async function webkit() {
  const screen = spawn("Xvfb", [DISPLAY, "-screen", "0", "1600x1200x24"], { stdio: "ignore" });
  const driver = spawn("WebKitWebDriver", [`--port=${PORT}`], { stdio: "ignore", env: { ...process.env, DISPLAY } });
  await asked(() => call("GET", "/status"));
  const { sessionId, capabilities } = await call("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": BROWSER } } });
  const session = `/session/${sessionId}`;
  const run = (script) => call("POST", `${session}/execute/sync`, { script, args: [] });
  const until = (condition) => asked(() => run(`return Boolean(${condition})`));
  return {
    version: async () => `${capabilities.browserName} ${capabilities.browserVersion}`,
    open: (url) => call("POST", `${session}/url`, { url }),
    run,
    leave: async (script) => {
      await run(`window.kpBefore = true; ${script}`);
      await until("window.kpBefore === undefined && document.readyState === 'complete'");
    },
    until,
    lay: async (selector, file) => {
      const element = await call("POST", `${session}/element`, { using: "css selector", value: selector });
      await call("POST", `${session}/element/${element[ELEMENT]}/value`, { text: file });
    },
    /** As near as the window lets itself be drawn; its frame counts too, so a phone is 447 wide. */
    size: async (width, height) => {
      const before = await run("return innerWidth");
      const { width: got } = await call("POST", `${session}/window/rect`, { width, height });
      if (got !== before) await until(`innerWidth !== ${before}`);
    },
    picture: () => call("GET", `${session}/screenshot`),
    /** The driver has no console. */
    complaints: async () => [],
    close: async () => {
      await call("DELETE", session);
      driver.kill();
      screen.kill();
      await once(screen, "exit");
    },
  };
}
