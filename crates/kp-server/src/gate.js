// The gate's scanner field: each scan is sent while the next is being read, so that none is lost between two pages.
// Without this file the form sends itself, and the page comes back with the list.
"use strict";
(() => {
  const form = document.getElementById("gate");
  const field = document.getElementById("scan");
  if (!form || !field) return;
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
})();
