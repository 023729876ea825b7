// A unit's weights as fields, beside it: opened by a click or Enter, closed by Escape.

import { html } from "./dom.js";
import { short } from "./numbers.js";

export function makeUnitCard(root, edit) {
  let open = null, fields = [], toggle = null;
  const card = html("div", { class: "card", role: "dialog", hidden: true, keydown: event => {
    if (event.key === "Escape") close();
    event.stopPropagation();
  } });
  root.append(card);

  function close() {
    if (!open) return;
    const { opener } = open;
    open = null;
    card.hidden = true;
    opener.focus();
  }

  function field(label, source, value) {
    const input = html("input", { type: "number", step: "any", value: short(value), change: () => {
      const number = Number(input.value);
      if (input.value !== "" && Number.isFinite(number)) {
        edit({ kind: "weight", layer: open.layer, unit: open.unit, source, value: number });
      }
    } });
    fields.push({ input, source });
    return html("label", {}, html("span", {}, label), input);
  }

  function show(given, shown) {
    open = given;
    fields = [];
    const { layer, unit, names, title, hidden } = given, weights = shown.weights[layer][unit];
    const heading = html("strong", {}, title[0].toUpperCase() + title.slice(1));
    toggle = hidden ? html("input", { type: "checkbox",
      change: () => edit({ kind: "switch", layer: open.layer, unit: open.unit }) }) : null;
    card.setAttribute("aria-label", `Weights of ${title}`);
    card.replaceChildren(
      html("div", { class: "top" }, heading,
        html("button", { type: "button", class: "close", "aria-label": "Close", click: close }, "×")),
      ...(toggle ? [html("label", { class: "switch" }, toggle, html("span", {}, "Switched on"))] : []),
      ...names.map((name, source) => field(`from ${name}`, source, weights[source])),
      field("bias", -1, weights.at(-1)));
    card.hidden = false;
    const width = card.offsetWidth, most = root.clientWidth - width;
    card.style.left = `${Math.max(0, Math.min(most, given.x - width / 2))}px`;
    card.style.top = `${given.y + 6}px`;
    refresh(shown);
    const first = given.source === undefined ? fields.at(-1) : fields[given.source];
    first.input.focus();
    first.input.select();
  }

  // The numbers go on as the net learns, but for the one that is being typed.
  function refresh(shown) {
    if (!open) return;
    const weights = shown.weights[open.layer]?.[open.unit];
    if (!weights) return;
    for (const { input, source } of fields) {
      if (input !== document.activeElement) input.value = short(weights.at(source));
    }
    if (toggle) toggle.checked = !shown.off.some(([l, u]) => l === open.layer && u === open.unit);
  }
  return { open: show, close, refresh };
}
