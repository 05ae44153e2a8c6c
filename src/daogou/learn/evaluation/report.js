(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-choose]")];
  const choose = (language) => {
    root.dataset.language = language;
    root.lang = language === "zh" ? "zh-CN" : language;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.choose === language));
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.choose));
  const named = new URLSearchParams(location.search).get("lang") || navigator.language || "";
  if (named.toLowerCase().startsWith("zh")) choose("zh");

  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  const tip = document.createElement("div");
  tip.id = "tip";
  tip.role = "tooltip";
  tip.hidden = true;
  document.body.append(tip);
  const show = (term) => {
    const meaning = document.querySelector(`${term.getAttribute("href")} + dd`);
    if (!meaning) return;
    tip.textContent = meaning.querySelector(`[lang=${root.dataset.language}]`)?.textContent ?? "";
    tip.hidden = false;
    const at = term.getBoundingClientRect();
    const below = at.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${below ? at.bottom + 6 : Math.max(4, at.top - tip.offsetHeight - 6)}px`;
    term.setAttribute("aria-describedby", "tip");
  };
  const hide = () => {
    tip.hidden = true;
  };
  for (const term of document.querySelectorAll("a.term")) {
    term.addEventListener("mouseenter", () => show(term));
    term.addEventListener("focus", () => show(term));
    term.addEventListener("mouseleave", hide);
    term.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
