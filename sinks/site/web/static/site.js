// The page works without this: it only adds new decisions while one looks, and suggestions while one types.
"use strict";
(() => {
  const live = document.getElementById("live");
  const entries = document.getElementById("entries");
  if (live && entries && window.EventSource) {
    const told = document.getElementById("told");
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
  }
  const field = document.getElementById("q");
  const list = document.getElementById("suggestions");
  if (field && list) {
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const text = field.value.trim();
        if (text.length < 2) return list.replaceChildren();
        const answer = await fetch(`/suggest?${new URLSearchParams({ q: text })}`).catch(() => null);
        if (!answer || !answer.ok || field.value.trim() !== text) return;
        const names = await answer.json();
        list.replaceChildren(...names.map((name) => {
          const option = document.createElement("option");
          option.value = name;
          return option;
        }));
      }, 150);
    });
  }
})();
