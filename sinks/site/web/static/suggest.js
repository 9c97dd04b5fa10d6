// Suggestions while one types, as the ARIA practices' combobox with a list; without this it is a plain field.
"use strict";
(() => {
  const field = document.getElementById("q");
  const place = field?.parentElement;
  if (!place?.classList.contains("combo")) return;
  const language = document.documentElement.lang;
  const list = document.createElement("ul");
  const told = document.createElement("p");
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.name);
  list.hidden = true;
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  place.append(list, told);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  let at = -1;
  let waiting = 0;

  const close = () => {
    clearTimeout(waiting);
    at = -1;
    list.hidden = true;
    list.replaceChildren();
    told.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    const { name, url, kind } = option.dataset;
    close();
    if (!kind) field.value = name;
    window.location.assign(url);
  };
  const move = (to) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to < -1 ? list.children.length - 1 : to >= list.children.length ? -1 : to;
    const option = list.children[at];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const open = (found) => {
    if (!found.length) return close();
    list.replaceChildren(...found.map(({ name, url, kind }, number) => {
      const option = document.createElement("li");
      Object.assign(option.dataset, { name, url, kind });
      option.id = `suggestion-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const text = option.appendChild(document.createElement("bdi"));
      if (language !== "zh-CN") text.lang = "zh-CN";
      text.textContent = name;
      if (kind) option.appendChild(document.createElement("small")).textContent = kind;
      return option;
    }));
    at = -1;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
    told.textContent = field.dataset.say.replace("{count}", found.length);
  };
  const look = async () => {
    const text = field.value.trim();
    if (text.length < 2) return close();
    const answer = await fetch(`/suggest?${new URLSearchParams({ q: text, lang: language })}`).catch(() => null);
    if (!answer?.ok || field.value.trim() !== text || document.activeElement !== field) return;
    open(await answer.json());
  };

  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });
  field.addEventListener("compositionend", () => { waiting = setTimeout(look, 150); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(list.children[at]); }
    else if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); move(at + 1); }
    else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); move(at - 1); }
    else if (event.key === "ArrowDown") look();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
})();
