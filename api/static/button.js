// A quiet button that opens the chat in a new tab. It asks for nothing, keeps nothing, counts nobody.
// <a href="https://…/chat" data-handrail>Chat</a><script src="https://…/static/button.js" defer></script>
// With data-handrail="frame" the chat opens on the page itself, where its owner lets this site do so.
(function () {
  "use strict";
  const home = new URL(document.currentScript.src).origin;
  for (const link of document.querySelectorAll("a[data-handrail]")) {
    link.href = home + "/chat";
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    if (link.dataset.handrail === "frame") link.addEventListener("click", open);
  }

  function open(event) {
    event.preventDefault();
    const link = event.currentTarget;
    const sheet = document.createElement("dialog");
    const frame = document.createElement("iframe");
    const close = document.createElement("button");
    frame.src = home + "/chat";
    frame.title = link.textContent;
    frame.style.cssText = "width:100%;height:70vh;border:0;background:#fff";
    close.textContent = "\u2715";
    close.ariaLabel = link.dataset.close || "\u2715";
    close.style.cssText = "min-width:3rem;min-height:3rem;font:inherit";
    close.addEventListener("click", () => sheet.close());
    sheet.addEventListener("close", () => (sheet.remove(), link.focus()));
    sheet.style.cssText = "width:min(30rem,96vw);padding:.5rem;border:0;border-radius:1rem";
    sheet.append(close, frame);
    document.body.append(sheet);
    sheet.showModal();
  }
})();
