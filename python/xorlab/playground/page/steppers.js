// Fields of numbers: arrow keys and buttons go through round numbers, whatever one may type besides.

import { html } from "./dom.js";
import { rung, stepped } from "./numbers.js";

const SHARES = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1];
export const LADDERS = {
  lr: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  batch_size: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048],
  size: [10, 20, 50, 100, 200, 500, 1000, 2500, 5000, 10000, 20000],
  momentum: [0, 0.5, 0.8, 0.9, 0.95, 0.99],
  weight_decay: SHARES,
  l1: SHARES,
};

export function makeSteppers(changed) {
  function step(input, way) {
    const value = Number(input.value) || 0;
    const ladder = LADDERS[input.id];
    const end = (text, none) => (text === "" ? none : Number(text));
    const [least, most] = [
      end(input.min, Number.NEGATIVE_INFINITY),
      end(input.max, Number.POSITIVE_INFINITY),
    ];
    const next = ladder
      ? rung(ladder, value, way)
      : stepped(value, Number(input.dataset.step), way, least, most);
    if (next === value) return;
    input.value = next;
    changed(input);
  }

  for (const input of document.querySelectorAll("input.shiny-input-number")) {
    const name = document.querySelector(`label[for="${input.id}"]`).textContent;
    const press = (text, label, way) =>
      html(
        "button",
        {
          type: "button",
          class: "step",
          tabindex: -1,
          "aria-label": `${label} ${name}`,
          click: () => step(input, way),
        },
        text,
      );
    const row = html("div", { class: "stepper" });
    input.replaceWith(row);
    row.append(press("−", "Lower", -1), input, press("+", "Raise", 1));
    input.addEventListener("keydown", event => {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      step(input, way);
    });
  }
}
