// The page works without this; with it messages come and go without a reload.
(function () {
  "use strict";
  const log = document.getElementById("log");
  const chips = document.getElementById("chips");
  const write = document.getElementById("write");
  const note = document.getElementById("note");
  const state = document.getElementById("state");
  const company = document.getElementById("with");
  const remove = document.getElementById("delete");
  const box = write.elements.text;
  const here = write.action.split("#")[0]; // in the language that was picked
  const asJson = { Accept: "application/json" };
  const soonest = 2000;
  const latest = 30000;
  let last = log.dataset.after;
  let source = null;
  let timer = null;
  let wait = soonest;
  let queue = Promise.resolve();
  let failed = { text: "", id: "" };
  let first = write.elements.client_id.value; // says that this page was opened
  let offered = [];
  let signOfLife = Date.now();
  let person = "";
  let typing = null;
  let typed = 0;
  let conversation = log.dataset.live || "";
  let gone = false;

  // After the exit nothing is asked for, said or shown here ever again.
  document.addEventListener("gone", () => {
    gone = true;
    if (source) source.close();
  });

  function newId() {
    const id = first;
    first = "";
    if (id) return id;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function bubble(kind, from, text) {
    const item = document.createElement("li");
    item.className = kind;
    const name = document.createElement("span");
    name.className = "who";
    name.textContent = from;
    const words = document.createElement("p");
    words.dir = "auto";
    words.textContent = text;
    item.append(name, words);
    log.append(item);
    return item;
  }

  function who(message) {
    if (message.direction === "in") return log.dataset.fromYou;
    return message.author === "staff" ? message.by || log.dataset.fromPerson : log.dataset.fromUs;
  }

  // Who answers now: said aloud once, when it changes.
  function meet(name) {
    const line = company.dataset;
    const told = name ? line.person.replace("…", name) : line.us;
    if (company.textContent !== told) company.textContent = told;
    person = name;
  }

  // What was shown as on its way is now shown as said.
  function settle(text) {
    for (const item of log.querySelectorAll(".pending")) {
      if (item.lastChild.textContent === text) return item.remove();
    }
  }

  function show(message) {
    if (document.getElementById("m-" + message.id)) return null;
    if (message.direction === "in") settle(message.text);
    else state.textContent = "";
    const item = bubble(message.direction, who(message), message.text);
    item.id = "m-" + message.id;
    log.append(...log.querySelectorAll(".pending"));
    offer(message.direction === "out" ? message.choices : []);
    return item;
  }

  // Another conversation than before: the session ran out under this page, and what was said in
  // it is nobody's to see any more.
  function know(name) {
    if (conversation && name && name !== conversation) {
      log.querySelectorAll("li:not(.pending)").forEach((item) => item.remove());
      if (source) source.close();
      source = null;
      last = 0;
    }
    conversation = name || conversation;
  }

  function take(told) {
    if (gone) return;
    know(told.conversation);
    const fresh = told.messages.map(show).filter(Boolean);
    const said = fresh.filter((item) => item.className === "out");
    if (fresh.length) reveal(said[0] || fresh[fresh.length - 1]);
    if (fresh.length) delete log.dataset.look;
    if (fresh.length) remove.hidden = false;
    if (fresh.length && !log.querySelector(".pending")) note.textContent = "";
  }

  // To the end, but never past the first new line.
  function reveal(item) {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const bar = document.querySelector("header").offsetHeight;
    const above = item.getBoundingClientRect().top - bar - 8;
    if (above < 0) window.scrollBy(0, above);
  }

  function offer(choices) {
    offered = choices;
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
    if (source || gone) return;
    source = new EventSource("/chat/events?after=" + last);
    source.onmessage = (event) => {
      last = event.lastEventId;
      wait = soonest;
      const told = JSON.parse(event.data);
      meet(told.person || "");
      take(told);
    };
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      source = null;
      later();
    };
    source.addEventListener("lapsed", again);
    source.addEventListener("typing", theyType);
  }

  function theyType() {
    if (!person) return;
    state.textContent = log.dataset.personTyping.replace("…", person);
    clearTimeout(typing);
    typing = setTimeout(() => (state.textContent = ""), 8000);
  }

  function again() {
    if (!gone) location.replace(here);
  }

  function later() {
    if (timer || gone) return;
    timer = setTimeout(look, wait);
    wait = Math.min(wait * 2, latest);
  }

  // Where no stream can be had: look, and try for one again.
  async function look() {
    timer = null;
    if (gone) return;
    try {
      const answer = await fetch("/chat?peek=1", { headers: asJson });
      if (!answer.ok) return later();
      const told = await answer.json();
      take(told);
      meet(told.person || "");
      if (told.conversation) return listen();
      if (log.querySelector(".pending") || "look" in log.dataset) return later();
      again();
    } catch (error) {
      later();
    }
  }

  function giveBack(post, words) {
    post.item.remove();
    note.textContent = words;
    state.textContent = "";
    if (post.chip) return offer(post.offered);
    failed = post;
    box.value = box.value ? post.text + "\n" + box.value : post.text;
  }

  async function deliver(post) {
    if (gone) return true;
    const fields = { text: post.text, client_id: post.id };
    if (post.chip) fields.chip = "1";
    const given = new AbortController();
    const limit = setTimeout(() => given.abort(), 20000);
    try {
      const answer = await fetch(here, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: asJson,
        signal: given.signal,
      });
      const told = await answer.json();
      if (answer.ok) {
        state.textContent = told.person ? log.dataset.sent : log.dataset.typing;
        post.item.classList.remove("waits");
        take(told);
        meet(told.person || "");
        listen();
      } else if (told.error === "too_fast" && post.tries++ < 6) {
        return false; // many write at once: it goes a little later, by itself
      } else if (told.error === "kept") {
        note.textContent = told.note;
        later();
      } else {
        giveBack(post, told.note || log.dataset.away);
      }
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return giveBack(post, log.dataset.away), true;
      // No signal: it waits in this page alone, and goes once, under the id that it has.
      note.textContent = log.dataset.waits;
      post.item.classList.add("waits");
      return false;
    } finally {
      clearTimeout(limit);
    }
  }

  // Until it is said, or given back; what was written after it waits behind it.
  async function deliverOnce(post) {
    for (let pause = soonest; !(await deliver(post)); pause = Math.min(pause * 2, latest)) {
      await signal(pause);
    }
  }

  function signal(pause) {
    return new Promise((back) => {
      const timer = setTimeout(back, pause);
      window.addEventListener("online", () => (clearTimeout(timer), back()), { once: true });
    });
  }

  // One after the other, so that lines arrive in the order in which they were written.
  function send(text, label, chip) {
    const again = !chip && failed.text === text;
    const post = { text, chip, offered, tries: 0, id: again ? failed.id : newId() };
    failed = { text: "", id: "" };
    note.textContent = "";
    post.item = bubble("in pending", log.dataset.fromYou, label);
    offer([]);
    reveal(post.item);
    queue = queue.then(() => deliverOnce(post));
  }

  write.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    send(text, text, false);
  });

  chips.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter || document.activeElement;
    log.focus({ preventScroll: true });
    if (button.value) send(button.value, button.textContent, true);
  });

  // With a keyboard Enter sends and Shift+Enter makes a line, as everywhere.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!matchMedia("(hover: hover) and (pointer: fine)").matches) return;
    event.preventDefault();
    write.querySelector("button").click();
  });

  // Told to a person who has joined, now and then; the words stay here until they are sent.
  box.addEventListener("input", () => {
    if (!person || !source || Date.now() - typed < 4000) return;
    typed = Date.now();
    fetch("/chat/typing", { method: "POST" }).catch(() => {});
  });

  // Somebody who writes for long, or reads, is not gone; who presses the exit is.
  function alive(event) {
    if (!source || gone || Date.now() - signOfLife < 60000) return;
    if (event.key === "Shift" || (event.target.closest && event.target.closest("#out"))) return;
    signOfLife = Date.now();
    fetch("/chat", { headers: asJson }).catch(() => {});
  }
  for (const sign of ["keydown", "pointerdown", "scroll"]) {
    document.addEventListener(sign, alive, { passive: true });
  }

  // No sign of a person, but the cookie would run out under somebody who waits for an answer.
  setInterval(() => {
    if (source && !gone) fetch("/chat?peek=1", { headers: asJson }).catch(() => {});
  }, 240000);

  if ("live" in log.dataset) {
    listen();
    const said = log.querySelectorAll(".out");
    if (said.length) reveal(said[said.length - 1]);
  }
  if ("look" in log.dataset) later();
})();
