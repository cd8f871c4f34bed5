// Locks a desk that is left alone: what is typed goes to the session's memory, the page goes away, the PIN brings both back.
// While somebody types, the session is kept awake. Pages work without this file; then the next click finds the lock.
"use strict";
(() => {
  const idle = Number(document.currentScript.dataset.idle) * 1000;
  let last = Date.now();
  let awake = Date.now();
  for (const event of ["keydown", "pointerdown", "pointermove", "scroll", "touchstart"]) {
    addEventListener(event, () => {
      last = Date.now();
      if (last - awake > Math.min(30000, idle / 4)) {
        awake = last;
        fetch("/awake", { cache: "no-store" });
      }
    }, { passive: true, capture: true });
  }
  const leave = async () => {
    const form = document.querySelector("form.act[data-keeps]");
    document.documentElement.hidden = true;
    try {
      if (form) {
        const typed = new URLSearchParams();
        for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
        typed.append("kept_path", form.getAttribute("action"));
        await fetch("/keep", { method: "POST", body: typed });
      }
    } finally {
      const back = form ? form.getAttribute("action") : location.pathname + location.search;
      location.replace("/locked?back=" + encodeURIComponent(back));
    }
  };
  // Locking by hand keeps the typed work too.
  document.getElementById("lock")?.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  setInterval(() => { if (Date.now() - last >= idle) { last = Infinity; leave(); } }, 1000);
})();
