// Above the net: buttons for one more or one fewer hidden layer, or unit of a layer.

import { byId, html, write } from "./dom.js";
import { MOST_LAYERS, MOST_UNITS, withLayers, withUnits } from "./network_layout.js";

const SETTLED = 1000; // milliseconds after which the server has surely heard of a click

export function makeHeads(root, send) {
  const heads = html("div", { class: "heads group", "data-group": "net" });
  root.append(heads);
  let wanted = []; // which is ahead of the server where one clicks fast
  let clicked = Number.NEGATIVE_INFINITY;

  function ask(hidden) {
    wanted = hidden;
    clicked = performance.now();
    send("hidden", hidden);
    draw();
  }

  const step = (text, label, id, disabled, next) =>
    html(
      "button",
      { type: "button", class: "step", id, "aria-label": label, title: label, disabled, click: () => ask(next()) },
      text,
    );

  function layers() {
    const count = wanted.length;
    byId("layers").replaceChildren(
      step("−", "One hidden layer fewer", "layer_fewer", !count, () => withLayers(wanted, -1)),
      html("span", {}, `${count} hidden ${count === 1 ? "layer" : "layers"}`),
      step("+", "One hidden layer more", "layer_more", count >= MOST_LAYERS, () => withLayers(wanted, 1)),
    );
  }

  function head(units, layer) {
    const change = way => () => withUnits(wanted, layer, way);
    return html(
      "div",
      { class: "head" },
      step("−", `One unit fewer in layer ${layer + 1}`, `fewer${layer}`, units <= 1, change(-1)),
      html("span", { title: `Units of layer ${layer + 1}` }, String(units)),
      step("+", `One unit more in layer ${layer + 1}`, `more${layer}`, units >= MOST_UNITS, change(1)),
    );
  }

  // Buttons are made anew, and the focus stays where it was.
  function draw() {
    const id = document.activeElement?.id;
    layers();
    const lefts = [...heads.children].map(one => one.style.left);
    heads.replaceChildren(...wanted.map(head));
    [...heads.children].forEach((one, layer) => {
      one.style.left = lefts[layer] ?? "";
      one.hidden = lefts[layer] === undefined;
    });
    if (id && document.activeElement?.id !== id) byId(id)?.focus();
  }

  return {
    build: hidden => {
      if (performance.now() - clicked > SETTLED || hidden.join() === wanted.join()) wanted = hidden;
      draw();
    },
    arrange: ({ layers: places }) => {
      [...heads.children].forEach((one, layer) => {
        one.hidden = !places[layer + 2];
        one.style.left = `${places[layer + 1]?.x ?? 0}px`;
      });
    },
  };
}
