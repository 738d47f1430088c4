// The page works without this; with it messages come and go without a reload.
(function () {
  "use strict";
  const log = document.getElementById("log");
  const chips = document.getElementById("chips");
  const write = document.getElementById("write");
  const note = document.getElementById("note");
  let source = null;

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function who(message) {
    if (message.direction === "in") return log.dataset.fromYou;
    return message.author === "staff" ? log.dataset.fromPerson : log.dataset.fromUs;
  }

  function show(message) {
    if (document.getElementById("m-" + message.id)) return;
    const item = document.createElement("li");
    item.id = "m-" + message.id;
    item.className = message.direction;
    const name = document.createElement("span");
    name.className = "who";
    name.textContent = who(message);
    const words = document.createElement("p");
    words.textContent = message.text;
    item.append(name, words);
    log.append(item);
    offer(message.direction === "out" ? message.choices : []);
    item.scrollIntoView({ block: "nearest" });
  }

  function offer(choices) {
    chips.querySelectorAll("button").forEach((button) => button.remove());
    for (const choice of choices) {
      const button = document.createElement("button");
      button.name = "text";
      button.value = choice.value;
      button.textContent = choice.label;
      chips.append(button);
    }
    chips.hidden = choices.length === 0;
  }

  function listen() {
    if (source) return;
    source = new EventSource("/chat/events?after=" + log.dataset.after);
    source.onmessage = (event) => JSON.parse(event.data).messages.forEach(show);
    source.addEventListener("lapsed", () => location.replace("/chat"));
  }

  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    note.textContent = "";
    try {
      const answer = await fetch("/chat", {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      (await answer.json()).messages.forEach(show);
      form.elements.client_id.value = newId();
      if (form === write) write.elements.text.value = "";
      listen();
    } catch (error) {
      note.textContent = log.dataset.away;
    }
  }

  for (const form of [write, chips]) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form === write && !write.elements.text.value.trim()) return;
      send(form, event.submitter);
    });
  }
  if ("live" in log.dataset) listen();
})();
