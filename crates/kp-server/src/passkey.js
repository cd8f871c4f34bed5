// Asks an authenticator: to make a passkey, to sign in with one, to show one again. Each answer goes into a field of the form
// that the button stands in, and the form is sent. Without this file there are codes.
"use strict";
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ask = async (purpose) => {
    const answer = await fetch("/passkey/question?for=" + purpose, { cache: "no-store" });
    if (!answer.ok) throw new Error("no question");
    return answer.json();
  };
  const secret = (credential) => {
    const given = credential.getClientExtensionResults().prf?.results?.first;
    return given ? text(given) : null;
  };
  const get = (question, allowed) => navigator.credentials.get({
    publicKey: {
      challenge: bytes(question.challenge),
      rpId: question.site,
      userVerification: "required",
      allowCredentials: allowed,
      extensions: { prf: { eval: { first: bytes(question.about) } } },
    },
  });
  const show = async (purpose) => {
    const shown = await get(await ask(purpose), []);
    return {
      id: text(shown.rawId),
      client_data: text(shown.response.clientDataJSON),
      authenticator: text(shown.response.authenticatorData),
      signature: text(shown.response.signature),
      user: shown.response.userHandle ? text(shown.response.userHandle) : "",
      secret: secret(shown),
    };
  };
  const make = async (purpose) => {
    const question = await ask(purpose);
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(question.challenge),
        rp: { id: question.site, name: "kpcs" },
        user: { id: bytes(question.user), name: question.officer, displayName: question.officer },
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        attestation: "none",
        excludeCredentials: question.known.map((id) => ({ type: "public-key", id: bytes(id) })),
        extensions: { prf: { eval: { first: bytes(question.about) } } },
      },
    });
    let given = secret(made);
    // Some give their secret only when they are asked for the passkey.
    if (!given && made.getClientExtensionResults().prf?.enabled) {
      given = secret(await get(question, [{ type: "public-key", id: made.rawId }]));
    }
    return {
      client_data: text(made.response.clientDataJSON),
      attestation: text(made.response.attestationObject),
      secret: given,
    };
  };
  for (const part of document.querySelectorAll("[data-passkey]")) {
    const form = part.closest("form");
    const button = part.querySelector("button");
    const says = part.querySelector("[role=status]");
    part.hidden = false;
    button.addEventListener("click", async () => {
      says.textContent = part.dataset.waits;
      try {
        const purpose = part.dataset.passkey;
        const answer = await (purpose === "new" ? make(purpose) : show(purpose));
        form.elements[part.dataset.field].value = JSON.stringify(answer);
        form.submit();
      } catch (error) {
        says.textContent = error.name === "InvalidStateError" ? part.dataset.known : part.dataset.failed;
      }
    });
  }
})();
