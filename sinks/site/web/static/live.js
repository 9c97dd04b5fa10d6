// The newest decisions appear while one looks; without this the page shows them when it is loaded again.
"use strict";
(() => {
  const live = document.getElementById("live");
  const entries = document.getElementById("entries");
  const told = document.getElementById("told");
  if (!live || !entries || !window.EventSource) return;
  const query = new URLSearchParams({ turn: live.dataset.turn, lang: live.dataset.lang });
  const source = new EventSource(`${live.dataset.from}?${query}`);
  source.addEventListener("open", () => { live.hidden = false; });
  source.addEventListener("error", () => { live.hidden = true; });
  source.addEventListener("decision", (event) => {
    const { id, html, shown } = JSON.parse(event.data);
    entries.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove();
    if (!shown) return;
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("li");
    fresh.classList.add("fresh");
    entries.prepend(fresh);
    while (entries.children.length > 50) entries.lastElementChild.remove();
    document.querySelector("p.empty")?.remove();
    told.textContent = `${live.dataset.say} ${fresh.querySelector("h3").textContent}`;
  });
})();
