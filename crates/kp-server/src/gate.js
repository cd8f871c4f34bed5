// The gate's scanner field: each scan is sent while the next is being read, so that none is lost between two pages.
// Where the desk has no scanner, the camera of the verifier reads instead; it comes only when it is asked for.
// Without this file the form sends itself, and the page comes back with the list.
"use strict";
(() => {
  const form = document.getElementById("gate");
  const field = document.getElementById("scan");
  if (!form || !field) return;
  // A page opened behind another is not focused by the browser itself; a scanner types all the same.
  if (document.activeElement === document.body) field.focus();
  const waiting = [];
  let busy = false;
  const show = (page) => {
    for (const id of ["gate-rows", "gate-kept"]) {
      const fresh = page.getElementById(id);
      if (!fresh) return false;
      const old = document.getElementById(id);
      if (id === "gate-kept") old.value = fresh.textContent; else old.replaceWith(fresh);
    }
    return true;
  };
  const send = async () => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const body = new FormData();
      body.append("kept", document.getElementById("gate-kept").value);
      body.append("scan", waiting[0]);
      try {
        const answer = await fetch("/gate", { method: "POST", body, cache: "no-store" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        // Something else came back, a lock or a sentence about a fault: the form goes the plain way and shows it.
        if (!answer.ok || answer.redirected || !show(page)) throw new Error("not the list");
        waiting.shift();
      } catch {
        field.value = waiting.join("\n");
        busy = false;
        form.submit();
        return;
      }
    }
    busy = false;
  };
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "drop") return;
    const typed = ["gate-number", "gate-check"].some((id) => document.getElementById(id).value.trim() !== "");
    if (field.value.trim() === "" || typed || document.getElementById("gate-file").files.length > 0) return;
    event.preventDefault();
    waiting.push(field.value);
    field.value = "";
    field.focus();
    send();
  });

  const button = document.getElementById("gate-camera");
  const video = document.getElementById("gate-video");
  const said = document.getElementById("gate-camera-said");
  const start = button.textContent;
  let camera = null;
  const look = (runs) => {
    video.hidden = !runs;
    button.textContent = runs ? button.dataset.stop : start;
  };
  const stop = () => {
    camera?.stop();
    camera = null;
    look(false);
  };
  button.hidden = navigator.mediaDevices === undefined;
  button.addEventListener("click", async () => {
    if (camera !== null) return stop();
    said.hidden = true;
    // Receipts seen before their certificate, and whether the last certificate still waits for its own.
    let early = [];
    let waits = false;
    const seen = (codes) => {
      // The list takes a certificate before its receipt, however the camera saw them.
      const all = [...early, ...codes].sort();
      const receipts = all.filter((code) => code.startsWith("KPR1:"));
      if (receipts.length === all.length && !waits) {
        early = all;
        return;
      }
      early = [];
      waits = receipts.length < all.length - receipts.length;
      waiting.push(all.join("\n"));
      send();
    };
    let mine = null;
    try {
      const { Camera } = await import("/verifier/camera.js");
      mine = camera = new Camera(video, seen);
      look(true);
      await mine.start();
    } catch {
      if (camera !== mine) return;
      stop();
      said.textContent = button.dataset.none;
      said.hidden = false;
    }
  });
  addEventListener("pagehide", stop);
})();
