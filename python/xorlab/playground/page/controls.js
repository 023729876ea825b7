// The controls: their values as the server has them, round numbers by arrow keys and buttons, and
// those that a teacher hides.

import { byId, html, toggle } from "./dom.js";
import { rung, stepped } from "./numbers.js";

const SETTLED = 1500; // milliseconds after which the server has surely heard of a change
const TYPES = { number: ":shiny.number" };
export const LADDERS = {
  lr: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  batch_size: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048],
  size: [10, 20, 50, 100, 200, 500, 1000, 2500, 5000, 10000, 20000],
  weight_decay: [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
  l1: [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
  momentum: [0, 0.5, 0.9, 0.95, 0.99],
};

export function makeControls(shiny) {
  let now = null, timer = null;
  const changed = new Map(); // when a person changed a control

  const field = id => byId(id);
  const radios = id => document.querySelectorAll(`#${id} input[type=radio], #${id} input[type=checkbox]`);

  function read(id) {
    const one = field(id);
    if (one.matches("input[type=number]")) return one.value === "" ? null : Number(one.value);
    if (one.matches("input[type=checkbox]")) return one.checked;
    if (one.matches("select, input")) return one.value;
    const on = [...radios(id)].filter(each => each.checked).map(each => each.value);
    return one.classList.contains("shiny-input-checkboxgroup") ? on : on[0] ?? null;
  }

  function set(id, value) {
    const one = field(id);
    if (one.matches("input[type=number], select, input[type=text]")) one.value = value ?? "";
    else if (one.matches("input[type=checkbox]")) one.checked = Boolean(value);
    else {
      const on = [value].flat().map(String);
      for (const each of radios(id)) each.checked = on.includes(each.value);
    }
  }

  const typed = id => field(id).matches("input[type=number]") ? TYPES.number
    : field(id).classList.contains("shiny-input-checkboxgroup") ? ":shiny.checkboxGroup" : "";
  const send = id => shiny.setInputValue(id + typed(id), read(id));

  // A setup that was made before the last change of a control does not know it: what a person has
  // just changed waits until the server has surely heard of it.
  function follow(values) {
    now = values;
    const fresh = [];
    for (const [id, value] of Object.entries(values)) {
      if (!field(id) || typeof value === "object" && !Array.isArray(value)) continue;
      if (JSON.stringify(read(id)) === JSON.stringify(value)) continue;
      if (performance.now() - (changed.get(id) ?? -Infinity) < SETTLED || field(id) === document.activeElement
        && changed.get(id) === undefined && field(id).matches("input[type=number]")) {
        fresh.push(id);
        continue;
      }
      set(id, value);
      send(id);
    }
    clearTimeout(timer);
    if (fresh.length) timer = setTimeout(() => follow(now), SETTLED);
    show(values);
  }

  // Fields that have no meaning for these values are away.
  function show({ problem, optimizer, validation }) {
    toggle(byId("classes_field"), problem === "blobs");
    const momentum = byId("momentum").closest(".group");
    momentum.classList.toggle("none", optimizer === "adam");
    toggle(byId("figure_val_loss"), validation > 0);
    toggle(byId("figure_val_accuracy"), validation > 0);
  }

  function hide(names) {
    for (const one of document.querySelectorAll("[data-group]")) {
      one.classList.toggle("hidden_group", names.includes(one.dataset.group));
    }
    for (const one of document.querySelectorAll("main section")) {
      const groups = [...one.querySelectorAll("[data-group]")];
      const only = ["training", "pictures", "challenge_section", "way_out", "data"].includes(one.id);
      one.classList.toggle("hidden_group", only && groups.length > 0 && groups.every(each => names.includes(each.dataset.group)));
    }
  }

  function step(input, way) {
    const value = Number(input.value) || 0, { id } = input;
    const least = input.min === "" ? -Infinity : Number(input.min), most = input.max === "" ? Infinity : Number(input.max);
    input.value = LADDERS[id] ? Math.max(least, rung(LADDERS[id], value, way))
      : stepped(value, Number(input.dataset.step) || 1, way, least, most);
    changed.set(id, performance.now());
    send(id);
  }

  for (const input of document.querySelectorAll("input.shiny-input-number")) {
    const name = document.querySelector(`label[for="${input.id}"]`)?.textContent ?? input.id;
    const press = (text, label, way) => html("button", { type: "button", class: "step", tabindex: -1,
      "aria-label": `${label} ${name}`, click: () => step(input, way) }, text);
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
  document.addEventListener("input", event => changed.set(event.target.closest("[id]")?.id ?? "", performance.now()));
  document.addEventListener("change", event => {
    const group = event.target.closest(".shiny-input-radiogroup, .shiny-input-checkboxgroup") ?? event.target;
    changed.set(group.id, performance.now());
  });
  return { follow, hide };
}
