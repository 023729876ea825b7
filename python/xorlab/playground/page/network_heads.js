// Above the net: buttons for one more or one fewer hidden layer, or unit of a layer. They stay the
// same while the net changes below them, so that they can be clicked fast and keep the focus.

import { byId, html, write } from "./dom.js";
import { MOST_LAYERS, MOST_UNITS, withLayers, withUnits } from "./network_layout.js";

export function makeHeads(root, send) {
  const heads = html("div", { class: "heads", "data-group": "net" });
  // The units of the hidden layers as they are wanted: ahead of the net where one clicks fast.
  const field = html("input", { type: "hidden", id: "hidden", value: "[]", follow: draw });
  root.append(heads, field);

  function ask(hidden) {
    if (JSON.stringify(hidden) === field.value) return;
    field.value = JSON.stringify(hidden);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    send("hidden", hidden);
    draw();
  }

  function button(id, text, label, next) {
    const click = () => ask(next(JSON.parse(field.value)));
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

  // Not `disabled`, by which a button would lose the focus.
  const end = (button, there) => button.setAttribute("aria-disabled", String(there));

  function draw() {
    const wanted = JSON.parse(field.value);
    write(count, `${wanted.length} hidden ${wanted.length === 1 ? "layer" : "layers"}`);
    end(fewer, !wanted.length);
    end(more, wanted.length >= MOST_LAYERS);
    columns.forEach(({ units, less, plus }, layer) => {
      write(units, String(wanted[layer] ?? ""));
      end(less, wanted[layer] <= 1);
      end(plus, wanted[layer] >= MOST_UNITS);
    });
  }

  return {
    arrange: ({ layers }) => {
      columns.forEach(({ made }, layer) => {
        made.hidden = layer + 2 >= layers.length;
        if (!made.hidden) made.style.left = `${layers[layer + 1].x}px`;
      });
    },
  };
}
