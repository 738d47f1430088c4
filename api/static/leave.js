// Leaving at once: the button, or Shift three times within five seconds.
(function () {
  "use strict";
  const out = document.getElementById("out");
  const told = document.getElementById("presses");
  const within = 5000;
  let presses = [];

  function leave(event) {
    if (event) event.preventDefault();
    const { href, dataset } = out;
    document.title = dataset.gone;
    document.body.replaceChildren();
    navigator.sendBeacon(href);
    (window.top || window).location.replace(dataset.to);
  }

  out.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const now = Date.now();
    presses = event.key === "Shift" ? [...presses.filter((at) => now - at < within), now] : [];
    if (presses.length === 3) return leave();
    told.textContent = ["", told.dataset.two, told.dataset.one][presses.length];
  });

  // A page that the browser kept as it was is fetched anew: by then nobody is signed in.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
