// Opens the main pages of a demonstration in Firefox or in WebKit (the engine of Safari), at a desk's width and a phone's, takes a
// picture of each, and says what is wider than its window or complains in the console. For people to look at: no step of CI.
//
//   kpcs demo                                             (in another window; says its address)
//   npm install --prefix target/browsers puppeteer-core   (Firefox only, driven by WebDriver BiDi)
//   node interop/browsers/look.mjs firefox|webkit http://127.0.0.1:PORT FOLDER PHOTO.jpg [PROCESS]
//
// Debian: firefox-esr; webkit2gtk-driver and xvfb. PHOTO is a picture of a printed certificate of the demonstration.
// PROCESS is the demonstration's number as a process: it is ended, and the verifier opened without it.

import { mkdir, writeFile } from "node:fs/promises";
import { firefox } from "./firefox.mjs";
import { webkit } from "./webkit.mjs";

const [engine, base, folder, photo, node] = process.argv.slice(2);
const WIDTHS = { desk: [1280, 900], phone: [390, 844] };

const ACT_AS = (officer) => `document.getElementById("act-as").value = ${JSON.stringify(officer)};
  document.getElementById("act-as").form.requestSubmit()`;

/** Name, officer whose desk it is, address. */
const PAGES = [
  ["sign-in", null, "/sign-in"],
  ["desk-clerk", "xa-clerk", "/"],
  ["desk-importer", "xb-importer", "/"],
  ["certificate", "xa-clerk", "/certificates/XA-000001"],
  ["application", "xa-clerk", "/act/apply_for_certificate"],
  ["arrival", "xb-importer", "/act/record_arrival?number=XA-000001"],
  ["gate", "xb-importer", "/gate"],
  ["explore-mirror", "scheme-secretary", "/explore/mirror"],
  ["verify", null, "/verify"],
];

let page;
const said = [];

async function look(name) {
  for (const [place, [width, height]] of Object.entries(WIDTHS)) {
    await page.size(width, height);
    const over = await page.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (over > 0) said.push(`${name} is ${over} pixels wider than a ${place}`);
    await writeFile(`${folder}/${engine}-${name}-${place}.png`, Buffer.from(await page.picture(), "base64"));
  }
}

async function pages() {
  let at = null;
  for (const [name, officer, address] of PAGES) {
    if (officer !== null && officer !== at) {
      await page.open(`${base}/`);
      await page.leave(ACT_AS(officer));
      at = officer;
    }
    await page.open(base + address);
    const title = await page.run("return document.querySelector('h1')?.textContent ?? ''");
    console.log(`${name}: ${title}`);
    await look(name);
  }
}

/** A photograph on the node's own page. */
async function uploaded() {
  await page.open(`${base}/verify`);
  await page.lay("#file", photo);
  await page.leave("document.querySelector('main form.act').requestSubmit()");
  console.log("verify with a photograph:", await page.run("return [...document.querySelectorAll('.verdict h2, .verdict p.lead')].map((it) => it.innerText).join(' | ')"));
  await look("verified");
}

/** The verifier that a phone keeps: ready, then a photograph, then a camera that shows no paper. */
async function kept(name) {
  await page.open(`${base}/verifier?lang=en`);
  await page.until("document.documentElement.dataset.ready === 'kept'");
  console.log(`${name}:`, await page.run("return [document.getElementById('said').textContent, document.getElementById('age').textContent].join(' | ')"));
  await look(name);
  await page.lay("#photo", photo);
  await page.until("document.querySelector('.verdict') !== null && document.getElementById('verdicts').getAttribute('aria-busy') === 'false'");
  console.log(`${name} with a photograph:`, await page.run("return document.getElementById('verdicts').innerText.split('\\n').slice(0, 3).join(' | ')"));
  await look(`${name}-verdict`);
  await page.run("document.getElementById('clear').click(); document.getElementById('camera').click()");
  await page.until("document.getElementById('video').readyState >= 2 || document.getElementById('video').hidden && document.getElementById('said').textContent !== ''");
  console.log(`${name} with a camera:`, await page.run("const video = document.getElementById('video'); return video.hidden ? document.getElementById('said').textContent : `${video.videoWidth} x ${video.videoHeight}`"));
  await page.run("document.getElementById('camera-stop').click()");
}

await mkdir(folder, { recursive: true });
page = await { firefox, webkit }[engine]();
try {
  console.log(await page.version());
  await pages();
  await uploaded();
  await kept("verifier");
  if (node !== undefined) {
    process.kill(Number(node));
    await kept("verifier-alone");
  }
} finally {
  said.push(...(await page.complaints()));
  await page.close();
}
for (const sentence of said) console.log(`! ${sentence}`);
