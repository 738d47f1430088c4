// A page with questions works without this; with it an answer survives a lost signal: it waits in the
// page alone and goes once, under the id that the page has.
(function () {
  "use strict";
  const note = document.getElementById("note");
  const soonest = 2000;
  const latest = 8000;
  const patience = 20000;
  const failing = 500;
  const asJson = { Accept: "application/json" };
  let busy = false;
  let gone = false;
  document.addEventListener("gone", () => (gone = true));

  for (const form of document.querySelectorAll("main form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (!event.submitter) return;
      event.preventDefault();
      if (!busy) send(form, event.submitter);
    });
  }

  async function send(form, button) {
    busy = true;
    say("");
    const fields = () => {
      const data = new FormData(form);
      if (button.name) data.append(button.name, button.value);
      return new URLSearchParams(data);
    };
    for (let pause = soonest; !gone && busy; pause = Math.min(pause * 2, latest)) {
      if (await deliver(form.action, fields())) return;
      if (busy) await signal(pause);
    }
  }

  // True: the next page comes. What was not heard, or cannot be taken now, goes again by itself.
  async function deliver(action, body) {
    const given = new AbortController();
    const limit = setTimeout(() => given.abort(), patience);
    try {
      const options = { method: "POST", body, headers: asJson, signal: given.signal };
      const answer = await fetch(action, options);
      const told = await answer.json().catch(() => ({}));
      if (gone) return true;
      if (told.next) return location.assign(told.next), true;
      say(told.note || note.dataset.wrong);
      busy = answer.ok || answer.status >= failing || told.error === "too_fast";
    } catch (error) {
      if (!gone) say(note.dataset.waits);
    } finally {
      clearTimeout(limit);
    }
    return false;
  }

  function say(words) {
    note.textContent = words;
    if (words) note.scrollIntoView({ block: "nearest" });
  }

  function signal(pause) {
    return new Promise((back) => {
      const timer = setTimeout(back, pause);
      window.addEventListener("online", () => (clearTimeout(timer), back()), { once: true });
    });
  }
})();
