// Sends a paper in parts, so that a broken link costs only the part in the air (tus 1.0, see upload.rs). Takes files that are
// dropped on the form or pasted. Without this file the form sends the file whole.
"use strict";
(() => {
  const form = document.getElementById("attach");
  const field = document.getElementById("paper-file");
  const said = document.getElementById("paper-said");
  const progress = document.getElementById("paper-progress");
  const VERSION = { "tus-resumable": "1.0.0" };
  const [SMALLEST, LARGEST, PATIENCE] = [16 * 1024, 4 * 1024 * 1024, 12];

  // A page that was closed in the middle goes on with the same file: what it is called here, by name, length and age.
  const nameOf = (file) => `kpcs-upload ${form.getAttribute("action")} ${file.name} ${file.size} ${file.lastModified}`;

  const begin = async (file) => {
    const answer = await fetch("/uploads", { method: "POST", headers: { ...VERSION, "upload-length": String(file.size) } });
    if (!answer.ok) throw answer;
    const address = answer.headers.get("location");
    sessionStorage.setItem(nameOf(file), address);
    return { address, offset: 0 };
  };

  const here = async (address) => {
    const answer = await fetch(address, { method: "HEAD", headers: VERSION, cache: "no-store" });
    if (!answer.ok) throw answer;
    return Number(answer.headers.get("upload-offset"));
  };

  const found = async (file) => {
    const address = sessionStorage.getItem(nameOf(file));
    if (address === null) return begin(file);
    try {
      return { address, offset: await here(address) };
    } catch (problem) {
      if (problem instanceof Response) return begin(file);
      throw problem;
    }
  };

  /** Waits a little longer each time, or until the network is back. */
  const pause = (times) => new Promise((done) => {
    const timer = setTimeout(done, Math.min(30000, 500 * 2 ** times));
    addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });

  /** Sends what is missing; parts grow on a good link and shrink on a bad one. Gives the upload's name. */
  const send = async (file) => {
    let [size, failed, upload] = [128 * 1024, 0, null];
    for (;;) {
      try {
        upload ??= await found(file);
        if (failed > 0) upload.offset = await here(upload.address);
        progress.value = upload.offset / file.size;
        if (upload.offset === file.size) return upload.address.split("/").pop();
        const begun = performance.now();
        const answer = await fetch(upload.address, {
          method: "PATCH",
          headers: { ...VERSION, "content-type": "application/offset+octet-stream", "upload-offset": String(upload.offset) },
          body: file.slice(upload.offset, upload.offset + size),
        });
        if (answer.status === 409 || answer.status >= 500) throw new TypeError("the link broke");
        if (!answer.ok) throw answer;
        upload.offset = Number(answer.headers.get("upload-offset"));
        failed = 0;
        said.textContent = "";
        if (performance.now() - begun < 2000) size = Math.min(LARGEST, size * 2);
      } catch (problem) {
        // An answer that says no is a no; everything else is the link.
        if (!(problem instanceof TypeError) || ++failed > PATIENCE) throw problem;
        size = Math.max(SMALLEST, size / 4);
        said.textContent = form.dataset.broken;
        await pause(failed);
      }
    }
  };

  form.addEventListener("submit", async (event) => {
    const [file] = field.files;
    if (file === undefined || file.size === 0) return;
    event.preventDefault();
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    document.getElementById("paper-coming").hidden = false;
    try {
      const name = await send(file);
      sessionStorage.removeItem(nameOf(file));
      const sent = document.createElement("input");
      Object.assign(sent, { type: "hidden", name: "upload", value: name });
      form.append(sent);
      field.removeAttribute("name");
      form.submit();
    } catch {
      said.textContent = form.dataset.stopped;
      buttons.forEach((button) => { button.disabled = false; });
    }
  });

  const lay = (files) => {
    if (files.length === 0) return;
    const one = new DataTransfer();
    one.items.add(files[0]);
    field.files = one.files;
  };
  document.getElementById("paper-drop").hidden = false;
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); form.classList.remove("over"); lay(event.dataTransfer.files); });
  addEventListener("paste", (event) => {
    if (event.clipboardData.files.length > 0) {
      form.closest("details").open = true;
      lay(event.clipboardData.files);
    }
  });
})();
