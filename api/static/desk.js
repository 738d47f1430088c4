// The desk works without this; with it waiting times run, alerts sound and saved replies fill in.
(function () {
  "use strict";
  const every = 15000;
  const alerts = document.getElementById("alerts");
  const known = new Set();
  let sound = null;
  let typing = null;
  let typed = 0;

  function minutes(since) {
    return Math.max(0, Math.floor((Date.now() / 1000 - since) / 60));
  }

  function tick() {
    for (const time of document.querySelectorAll("time[data-since]")) {
      const all = minutes(Number(time.dataset.since));
      const hours = Math.floor(all / 60);
      const words = hours ? document.body.dataset.hours : document.body.dataset.minutes;
      time.textContent = words.replace("#h", hours).replace("#m", all % 60);
    }
  }

  function beep() {
    if (!sound) return;
    [0, 0.25, 0.5].forEach(function (start) {
      const tone = sound.createOscillator();
      const gain = sound.createGain();
      tone.frequency.value = 740;
      gain.gain.value = 0.2;
      tone.connect(gain).connect(sound.destination);
      tone.start(sound.currentTime + start);
      tone.stop(sound.currentTime + start + 0.15);
    });
  }

  function pressing() {
    const list = document.getElementById("pressing");
    const text = list ? list.dataset.pressing.trim() : "";
    return text ? text.split(/\s+(?=[0-9a-f-]{36}:)/).map((one) => one.split(":")) : [];
  }

  function announce(quiet) {
    for (const [id, reference, level] of pressing()) {
      if (known.has(id)) continue;
      known.add(id);
      if (quiet || !sound) continue;
      beep();
      if ("Notification" in window && Notification.permission === "granted") {
        const told = { body: reference + ": " + level, tag: id };
        new Notification(alerts.dataset.title, told);
      }
    }
  }

  function turnOn() {
    sound = sound || new AudioContext();
    alerts.setAttribute("aria-pressed", "true");
    alerts.textContent = alerts.dataset.on;
    if ("Notification" in window && Notification.permission === "default") {
      Notification.requestPermission();
    }
    beep();
  }

  function counted() {
    const count = document.getElementById("count");
    if (!count) return;
    const waiting = (count.textContent.match(/\d+/) || [""])[0];
    document.title = document.title.replace(/^\(\d*\)/, "(" + waiting + ")");
  }

  function theyType() {
    const line = document.getElementById("typing");
    if (!line) return;
    line.textContent = line.dataset.typing;
    clearTimeout(typing);
    typing = setTimeout(() => (line.textContent = ""), 8000);
  }

  function tellTyping() {
    if (Date.now() - typed < 4000) return;
    typed = Date.now();
    const form = document.getElementById("reply");
    const body = new URLSearchParams({ form: form.elements.form.value });
    fetch(form.dataset.typing, { method: "POST", body: body }).catch(() => {});
  }

  function fill(event) {
    const chosen = event.target.closest("button.saved");
    const box = document.getElementById("text");
    if (!chosen || !box) return;
    box.value = (box.value ? box.value.trimEnd() + " " : "") + chosen.dataset.text;
    box.focus();
  }

  const answer = document.querySelector("#reply #text");
  if (answer) answer.addEventListener("input", tellTyping);
  if (alerts) alerts.addEventListener("click", turnOn);
  document.addEventListener("click", fill);
  document.body.addEventListener("htmx:afterSwap", function () {
    tick();
    announce(false);
    counted();
  });
  document.body.addEventListener("htmx:sseMessage", function (event) {
    if (event.detail.type === "lapsed") location.assign("/desk/login");
    if (event.detail.type === "typing") theyType();
  });
  const newest = document.querySelector("#reply") && document.querySelector(".thread li:last-child");
  if (newest && !document.querySelector("[role=alert]")) newest.scrollIntoView({ block: "center" });
  const current = document.querySelector("nav a[aria-current]");
  if (current) current.parentElement.scrollLeft = current.offsetLeft - 60;
  announce(true);
  tick();
  setInterval(tick, every);
})();
