// Asks the browser's authenticator what the page was given to ask, and sends the answer as a form.
(function () {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  if (!window.PublicKeyCredential) {
    form.hidden = true;
    return;
  }

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  function text(buffer) {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function asked() {
    const options = JSON.parse(form.dataset.asked);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.excludeCredentials, options.allowCredentials]) {
      for (const one of list || []) one.id = bytes(one.id);
    }
    return { publicKey: options };
  }

  function written(key) {
    const response = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    const answer = { id: key.id, rawId: text(key.rawId), type: key.type, response: response };
    return JSON.stringify({ ...answer, clientExtensionResults: key.getClientExtensionResults() });
  }

  form.addEventListener("submit", async function (event) {
    event.preventDefault();
    try {
      const key = await navigator.credentials[form.dataset.passkey](asked());
      form.querySelector("[name=answer]").value = written(key);
    } catch {
      const problem = form.querySelector("[role=alert]");
      problem.textContent = form.dataset.failed;
      problem.hidden = false;
      return;
    }
    form.submit();
  });
})();
