// Leaving at once: the button, or Shift three times within five seconds.
(function () {
  "use strict";
  const out = document.getElementById("out");
  const told = document.getElementById("presses");
  const others = window.BroadcastChannel ? new BroadcastChannel("out") : null;
  const within = 5000;
  let presses = [];

  // Blank first. Then the server is told, and the other tabs, which blank too.
  function leave(event) {
    if (event) event.preventDefault();
    vanish();
    if (others) others.postMessage("");
    const to = navigator.sendBeacon(out.href) ? out.dataset.to : out.href;
    try {
      window.top.location.replace(to);
    } catch (error) {
      location.replace(to);
    }
  }

  function vanish() {
    document.title = out.dataset.gone;
    document.body.replaceWith(document.createElement("body"));
    history.replaceState(null, "", "/");
  }

  out.addEventListener("click", leave);
  if (others) others.onmessage = () => (vanish(), location.replace(out.dataset.to));
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
