// Leaving at once: the button, or Shift three times within five seconds.
(function () {
  "use strict";
  const out = document.getElementById("out");
  const told = document.getElementById("presses");
  const others = window.BroadcastChannel ? new BroadcastChannel("out") : null;
  const within = 5000;
  const pause = 500;
  const patience = 2;
  let presses = [];

  // Blank first. Then the other tabs, which blank too, and the server; then another page comes.
  function leave(event) {
    if (event) event.preventDefault();
    if (!out.isConnected) return;
    vanish();
    if (others) others.postMessage("");
    tell(patience);
  }

  function vanish() {
    window.stop(); // an answer on its way would bring its page or its cookie
    document.dispatchEvent(new Event("gone"));
    document.title = out.dataset.gone;
    document.body.replaceWith(document.createElement("body"));
    history.replaceState(null, "", "/");
  }

  // Without a signal no page comes, and the server would never hear of it: the page stays blank
  // and tells it as soon as there is one. A server that does not answer holds nobody up.
  async function tell(tries) {
    const told = fetch(out.href, { method: "POST", keepalive: true });
    const late = new Promise((_, fail) => setTimeout(fail, pause * 2));
    try {
      if (!(await Promise.race([told, late])).ok) throw told;
    } catch (error) {
      if (navigator.onLine && !tries) return away();
      return setTimeout(tell, pause, Math.max(tries - navigator.onLine, 0));
    }
    away();
  }

  function away() {
    try {
      window.top.location.replace(out.dataset.to);
    } catch (error) {
      location.replace(out.dataset.to);
    }
  }

  out.addEventListener("click", leave);
  if (others) others.onmessage = () => (vanish(), away());
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const now = Date.now();
    presses = event.key === "Shift" ? [...presses.filter((at) => now - at < within), now] : [];
    if (presses.length === 3) return leave();
    told.textContent = ["", told.dataset.two, told.dataset.one][presses.length];
  });

  // A page that the browser keeps as it was is kept blank, and fetched anew when it comes back.
  window.addEventListener("pagehide", () => (document.body.hidden = true));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
