// Above the net: buttons for one more or one fewer hidden layer, or unit of a layer. They stay the
// same while the net changes below them, so that they can be clicked fast and keep the focus.

import { byId, html, write } from "./dom.js";
import { MOST_LAYERS, MOST_UNITS, withLayers, withUnits } from "./network_layout.js";

const SETTLED = 1000; // milliseconds after which the server has surely heard of a click

export function makeHeads(root, send) {
  let wanted = []; // which is ahead of the server where one clicks fast
  let clicked = Number.NEGATIVE_INFINITY;
  const heads = html("div", { class: "heads", "data-group": "net" });
  root.append(heads);

  function ask(hidden) {
    wanted = hidden;
    clicked = performance.now();
    send("hidden", hidden);
    draw();
  }

  function button(id, text, label, next) {
    const click = () => ask(next(wanted));
    return html(
      "button",
      { type: "button", class: "step", id, "aria-label": label, title: label, click },
      text,
    );
  }

  const count = html("span");
  const fewer = button("layer_fewer", "−", "One hidden layer fewer", hidden => withLayers(hidden, -1));
  const more = button("layer_more", "+", "One hidden layer more", hidden => withLayers(hidden, 1));
  byId("layers").append(fewer, count, more);

  const columns = Array.from({ length: MOST_LAYERS }, (_, layer) => {
    const name = `layer ${layer + 1}`;
    const units = html("span", { title: `Units of ${name}` });
    const less = button(`fewer${layer}`, "−", `One unit fewer in ${name}`, hidden =>
      withUnits(hidden, layer, -1),
    );
    const plus = button(`more${layer}`, "+", `One unit more in ${name}`, hidden =>
      withUnits(hidden, layer, 1),
    );
    const made = html("div", { class: "head", hidden: true }, less, units, plus);
    heads.append(made);
    return { made, units, less, plus };
  });

  function draw() {
    write(count, `${wanted.length} hidden ${wanted.length === 1 ? "layer" : "layers"}`);
    fewer.disabled = !wanted.length;
    more.disabled = wanted.length >= MOST_LAYERS;
    columns.forEach(({ units, less, plus }, layer) => {
      write(units, String(wanted[layer] ?? ""));
      less.disabled = wanted[layer] <= 1;
      plus.disabled = wanted[layer] >= MOST_UNITS;
    });
  }

  return {
    build: hidden => {
      if (performance.now() - clicked > SETTLED || hidden.join() === wanted.join()) wanted = hidden;
      draw();
    },
    arrange: ({ layers }) => {
      columns.forEach(({ made }, layer) => {
        made.hidden = layer + 2 >= layers.length;
        if (!made.hidden) made.style.left = `${layers[layer + 1].x}px`;
      });
    },
  };
}
