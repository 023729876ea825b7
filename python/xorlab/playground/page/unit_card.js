// A unit's weights as fields, beside it: opened by a click or Enter, closed by Escape.

import { html } from "./dom.js";
import { short } from "./numbers.js";

export function makeUnitCard(root, edit) {
  let open = null;
  let fields = [];
  let toggle = null;
  const card = html("div", { class: "card", role: "dialog", hidden: true, keydown: onKey });
  root.append(card);
  document.addEventListener("pointerdown", event => {
    if (open && !card.contains(event.target)) close(false);
  });

  function onKey(event) {
    event.stopPropagation(); // space and arrows belong to the fields here
    if (event.key === "Escape") close();
  }

  function close(back = true) {
    if (!open) return;
    const { opener } = open;
    open = null;
    card.hidden = true;
    if (back) opener.focus();
  }

  function field(label, source, value) {
    const input = html("input", { type: "text", inputmode: "decimal", value: short(value), change: take });
    function take() {
      const given = Number(input.value.replace(",", ".").replace("−", "-"));
      if (input.value.trim() === "" || !Number.isFinite(given)) {
        input.value = short(open.shown.weights[open.layer][open.unit].at(source));
        return;
      }
      edit({ kind: "weight", layer: open.layer, unit: open.unit, source, value: given });
    }
    input.addEventListener("keydown", event => {
      if (event.key === "Enter") {
        input.dispatchEvent(new Event("change"));
        input.select();
      }
    });
    fields.push({ input, source });
    return html("label", {}, html("span", {}, label), input);
  }

  function show(given, shown) {
    open = given;
    fields = [];
    const { layer, unit, sources, title, hidden } = given;
    const weights = shown.weights[layer][unit];
    const flip = () => edit({ kind: "switch", layer, unit });
    toggle = hidden ? html("input", { type: "checkbox", change: flip }) : null;
    card.setAttribute("aria-label", `Weights of ${title}`);
    const cross = { type: "button", class: "close", "aria-label": "Close", click: () => close() };
    card.replaceChildren(
      html("div", { class: "top" }, html("strong", {}, title), html("button", cross, "×")),
      ...(toggle ? [html("label", { class: "switch" }, toggle, html("span", {}, "Switched on"))] : []),
      ...sources.map((name, source) => field(`from ${name}`, source, weights[source])),
      field("bias", -1, weights.at(-1)),
    );
    card.hidden = false;
    place(given);
    refresh(shown);
    const first = given.source === undefined ? (toggle ?? fields[0].input) : fields[given.source].input;
    first.focus();
    first.select?.();
  }

  // Right of its unit, or else where there is room.
  function place({ x, y, half }) {
    const [right, below] = [root.clientWidth - card.offsetWidth, root.clientHeight - card.offsetHeight];
    const [left, low] = [x + half + 8, x + half + 8 > right];
    card.style.left = `${Math.max(0, Math.min(right, left))}px`;
    card.style.top = `${low ? y + half + 6 : Math.max(0, Math.min(below, y - 40))}px`;
  }

  // Where its unit is now, when the net is arranged anew.
  function follow(placesOf) {
    if (open) place(placesOf(open.layer + 1, open.unit));
  }

  // The numbers go on as the net learns, but for the one that is being typed.
  function refresh(shown) {
    if (!open) return;
    open.shown = shown;
    const weights = shown.weights[open.layer]?.[open.unit];
    for (const { input, source } of weights ? fields : []) {
      if (input !== document.activeElement) input.value = short(weights.at(source));
    }
    if (toggle) toggle.checked = !shown.off.some(([l, u]) => l === open.layer && u === open.unit);
  }
  return { open: show, close: () => close(false), refresh, follow };
}
