// The page: what is scanned, pasted, photographed or typed goes to the judge, and the verdict onto the page. Nothing of it is kept.

import { hex, sha256 } from "./bytes.js";
import { BundleFault } from "./lists.js";
import { ageAt, verify } from "./judge.js";
import { Speaker } from "./say.js";
import { Lists, keepLanguage, keptLanguage } from "./store.js";
import { fromClock, readCarats } from "./terms.js";
import { addressIn, codesIn, paired } from "./texts.js";

const at = (id) => document.getElementById(id);
const CLASSES = { green: "good", amber: "waiting", grey: "unknown", red: "odd" };
const STRENGTH = ["red", "grey", "amber", "green"];
const lists = new Lists();
/** The sentences by language, as far as they were asked for. */
const texts = {};
let speaker;
/** What was last asked, so that another language or newer lists say it again; only in this page's memory. */
let asked = null;
let camera = null;

const now = () => ({ at: fromClock(Date.now()), doubted: lists.isClockDoubted });

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Verdicts

/** Verdicts on what was asked, exceptions first. */
async function answer(question) {
  asked = question;
  at("verdicts").setAttribute("aria-busy", "true");
  const verdicts = [];
  for (const presented of question) verdicts.push(await verify(presented, lists.bundle, now()));
  if (asked !== question) return;
  verdicts.sort((a, b) => STRENGTH.indexOf(a.state) - STRENGTH.indexOf(b.state));
  at("verdicts").replaceChildren(...verdicts.map(shown));
  at("verdicts").setAttribute("aria-busy", "false");
  showAge();
}

function shown(verdict) {
  const look = CLASSES[verdict.state];
  const chip = element("span", { class: `chip ${look}` }, speaker.state(verdict.state));
  const heading = element("h2", {}, chip);
  if (verdict.number !== null) heading.append(" ", element("span", {}, verdict.number.text));
  const section = element("section", { class: `verdict ${look}`, "data-reason": verdict.reasons[0].key }, heading);
  for (const [place, line] of speaker.lines(verdict).entries()) {
    section.append(element("p", place === 0 ? { class: "lead" } : {}, line));
  }
  const facts = speaker.facts(verdict);
  if (facts.length > 0) section.append(element("h3", {}, speaker.text("verify-signed")), factList(facts));
  for (const form of verdict.specimens) section.append(paperForm(form));
  return section;
}

function factList(facts) {
  const list = element("dl", { class: "facts" });
  for (const [label, value] of facts) list.append(element("div", {}, element("dt", {}, label), element("dd", {}, value)));
  return list;
}

/** How the issuer's paper of that day looks, in words; its picture travels apart from the lists. */
function paperForm(form) {
  const until = form.valid_until === null ? "" : ` / ${form.valid_until}`;
  const caption = element("figcaption", {}, element("b", {}, speaker.text("fact-form")), ` ${form.form}, ${form.valid_from}${until}`);
  const features = element("ul", {}, ...form.features.map((feature) => element("li", {}, feature)));
  return element("figure", { class: "paper-form" }, caption, features);
}

// What is laid on the desk

function onPaper() {
  const field = at("paper-carats");
  const typed = field.value.trim();
  at("paper-carats-error").hidden = true;
  if (typed === "") return {};
  try {
    return { carats: readCarats(typed) };
  } catch {
    at("paper-carats-error").hidden = false;
    field.focus();
    return null;
  }
}

async function judgeCodes() {
  const text = at("codes").value;
  const pairs = paired(codesIn(text));
  const paper = onPaper();
  advise(pairs.every((pair) => pair.credential === text.trim()) ? addressIn(text) : null);
  if (pairs.length > 0 && paper !== null) await answer(pairs.map((pair) => ({ ...pair, paper })));
}

/** What to type instead of a web address; the number that it names goes to where the check code is typed. */
function advise(address) {
  if (address === null) {
    if (said?.key.startsWith("verify-address")) say(null);
  } else if (address.number === null) {
    say("verify-address");
  } else {
    at("number").value = address.number;
    say("verify-address-number", { number: address.number });
  }
}

async function judgeForm(event) {
  event.preventDefault();
  if (at("codes").value.trim() !== "") return judgeCodes();
  const [number, checkCode, issuedOn] = ["number", "check-code", "issued-on"].map((id) => at(id).value);
  if (number.trim() === "" && checkCode.trim() === "") return at("codes").focus();
  return answer([{ number, checkCode, issuedOn: issuedOn === "" ? null : issuedOn }]);
}

/** Adds codes that were not there yet; says whether any was new. */
function lay(codes) {
  const there = codesIn(at("codes").value);
  const fresh = codes.filter((code) => !there.includes(code));
  if (fresh.length > 0) at("codes").value = [...there, ...fresh].join("\n");
  return fresh.length > 0;
}

/** What reads symbols: it comes only when it is asked for. Null, and said, where there is neither a network nor a kept page. */
async function reader(module) {
  try {
    return await import(`./${module}.js`);
  } catch {
    say("offline-no-reader");
    return null;
  }
}

async function judgePictures(files) {
  say("offline-reading");
  const symbols = await reader("symbols");
  if (symbols === null) return;
  const found = [];
  for (const file of files) {
    try {
      found.push(...(await symbols.codesInPicture(file)));
    } catch {
      say("offline-no-picture");
      return;
    }
  }
  say(null);
  if (found.length === 0) return answer([{ nothing: true }]);
  lay(found);
  return judgeCodes();
}

function clear() {
  asked = null;
  at("desk").reset();
  at("verdicts").replaceChildren();
  stopCamera();
  say(null);
}

// The camera

async function startCamera() {
  const module = await reader("camera");
  if (module === null) return;
  stopCamera();
  const started = (camera = new module.Camera(at("video"), seen));
  showCamera(true);
  say("offline-aim-first");
  try {
    await started.start();
  } catch {
    if (camera !== started) return;
    stopCamera();
    say("offline-no-camera");
  }
}

/** Takes what the camera saw; says whether that was all of a paper. */
async function seen(codes) {
  if (!lay(codes)) return false;
  await judgeCodes();
  const last = paired(codesIn(at("codes").value)).at(-1);
  if (last.receipt === null) {
    say("offline-aim-second");
    return false;
  }
  stopCamera();
  return true;
}

function stopCamera() {
  camera?.stop();
  camera = null;
  showCamera(false);
  say(null);
}

function showCamera(runs) {
  at("video").hidden = at("camera-stop").hidden = !runs;
  at("camera").hidden = runs;
}

// Lists

function showAge() {
  at("age").textContent = speaker.age(lists.bundle !== null && lists.isClockDoubted ? { kind: "untold", asOf: lists.bundle.snapshot.head.issued_at } : ageAt(lists.bundle, now().at));
}

async function showRoots() {
  const roots = lists.roots;
  at("roots").replaceChildren();
  at("roots-threshold").textContent = roots === null ? speaker.text("offline-roots-none") : speaker.text("offline-roots-threshold", { threshold: String(roots.threshold), keys: String(roots.keys.length) });
  for (const key of roots?.keys ?? []) {
    const id = hex((await sha256(key)).slice(0, 8));
    at("roots").append(element("li", {}, element("code", {}, id)));
  }
}

/** Newer lists from the node; where they came, what was asked is judged anew. */
async function update() {
  say("offline-fetching");
  try {
    const isSame = await lists.pinFirst().catch(() => true);
    at("roots-differ").hidden = isSame;
    say(`offline-lists-${await lists.fetchNewer(now().at)}`);
  } catch (fault) {
    if (!(fault instanceof BundleFault)) throw fault;
    say("offline-lists-refused", { why: speaker.text(`offline-fault-${fault.word}`) });
  }
  await refresh();
}

async function takeFile([file]) {
  if (file === undefined) return;
  try {
    await lists.take(new Uint8Array(await file.arrayBuffer()), now().at);
    say("offline-lists-new");
  } catch (fault) {
    if (!(fault instanceof BundleFault)) throw fault;
    say("offline-lists-refused", { why: speaker.text(`offline-fault-${fault.word}`) });
  }
  at("lists-file").value = "";
  await refresh();
}

async function refresh() {
  showAge();
  await showRoots();
  if (asked !== null) await answer(asked);
}

async function pinOffered() {
  await lists.pin(lists.offered);
  at("roots-differ").hidden = true;
  await update();
}

// Words

let said = null;

function say(key, values = {}) {
  said = key === null ? null : { key, values };
  at("said").textContent = key === null ? "" : speaker.text(key, values);
}

async function speak(language) {
  texts[language] ??= await (await fetch(`/verifier/texts.${language}.json`)).json();
  speaker = new Speaker(language, texts[language]);
  document.documentElement.lang = language;
  document.title = `${speaker.text("offline-title")} · kpcs`;
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = speaker.text(each.dataset.say);
  for (const each of document.querySelectorAll("[data-language]")) {
    if (each.dataset.language === language) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  if (said !== null) say(said.key, said.values);
}

/** Another language, where its sentences are here or can be had. */
async function choose(language) {
  try {
    await speak(language);
  } catch {
    say("offline-no-language");
    return;
  }
  await refresh();
  await keepLanguage(language);
}

function language(kept) {
  const spoken = Array.from(document.querySelectorAll("[data-language]"), (each) => each.dataset.language);
  const wanted = [new URLSearchParams(location.search).get("lang"), kept, ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((tag) => spoken.includes(tag)) ?? "en";
}

// Beginning

async function install() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/verifier/worker.js", { scope: "/verifier" });
  await navigator.serviceWorker.ready;
  at("kept").hidden = false;
}

function listen() {
  at("desk").addEventListener("submit", judgeForm);
  // A scanner ends each code as somebody who presses Enter.
  at("codes").addEventListener("keyup", (event) => event.key === "Enter" && judgeCodes());
  at("codes").addEventListener("paste", () => setTimeout(judgeCodes));
  at("photo").addEventListener("change", (event) => judgePictures([...event.target.files]));
  at("clear").addEventListener("click", clear);
  at("camera").addEventListener("click", startCamera);
  at("camera-stop").addEventListener("click", stopCamera);
  at("update").addEventListener("click", update);
  at("lists-file").addEventListener("change", (event) => takeFile([...event.target.files]));
  at("pin-offered").addEventListener("click", pinOffered);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => choose(button.dataset.language));
  }
  // Whoever comes back to this page, or takes over the device, finds nothing.
  addEventListener("pagehide", clear);
  at("camera").hidden = navigator.mediaDevices === undefined;
  let offer = null;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    at("install").hidden = false;
  });
  at("install").addEventListener("click", async () => {
    await offer.prompt();
    at("install").hidden = true;
  });
}

async function begin() {
  const isSafe = crypto.subtle !== undefined;
  await speak(language(isSafe ? await keptLanguage() : null));
  if (!isSafe) {
    say("offline-needs-https");
    return;
  }
  listen();
  await lists.load().catch((fault) => {
    if (!(fault instanceof BundleFault)) throw fault;
  });
  await refresh();
  document.documentElement.dataset.ready = "judge";
  await update();
  await install();
  document.documentElement.dataset.ready = "kept";
}

begin();
