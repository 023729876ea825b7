// The controls: their values as the server has them, and which of them there are.

import { byId, toggle } from "./dom.js";
import { makeSteppers } from "./steppers.js";

const SETTLED = 1500; // milliseconds after which the server has surely heard of a change

export function makeControls(shiny) {
  let now = null;
  let timer = null;
  const changed = new Map(); // when a person last changed a control
  const choices = field => [...field.querySelectorAll("input[type=radio], input[type=checkbox]")];
  const many = field => field.classList.contains("shiny-input-checkboxgroup");

  function read(field) {
    if (field.type === "number") return field.value === "" ? null : Number(field.value);
    if (field.type === "checkbox") return field.checked;
    if (field.type === "hidden") return JSON.parse(field.value);
    if (field.matches("select, input")) return field.value;
    const on = choices(field)
      .filter(one => one.checked)
      .map(one => one.value);
    return many(field) ? on : (on[0] ?? null);
  }

  function write(field, value) {
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.type === "hidden") {
      field.value = JSON.stringify(value);
      field.dispatchEvent(new Event("follow"));
    } else if (field.matches("select, input")) field.value = value ?? "";
    else for (const one of choices(field)) one.checked = [value].flat().map(String).includes(one.value);
  }

  // As Shiny names what it sends: by the kind of the input.
  function send(field) {
    const kind = field.type === "number" ? ":shiny.number" : "";
    shiny.setInputValue(field.id + kind, read(field));
  }

  function touch(field) {
    changed.set(field.id, performance.now());
  }

  // A message that was on its way when a control was changed does not know of the change: what a
  // person has just changed follows when the server has surely heard of it, and what is being typed
  // when it is done.
  function busy(field, refused) {
    if (performance.now() - (changed.get(field.id) ?? Number.NEGATIVE_INFINITY) < SETTLED) return true;
    return !refused && field === document.activeElement && field.matches("input[type=number]");
  }

  function fit(refused = false) {
    clearTimeout(timer);
    let left = false;
    for (const [id, value] of Object.entries(now.values)) {
      const field = byId(id);
      if (!field || JSON.stringify(read(field)) === JSON.stringify(value)) continue;
      if (busy(field, refused)) left = true;
      else {
        write(field, value);
        send(field);
      }
    }
    if (left) timer = setTimeout(() => fit(), SETTLED);
  }

  // Controls without a meaning for these data and this training are away.
  function show({ values, own, exact, computed, levels }) {
    toggle(byId("classes_field"), values.problem === "blobs");
    for (const id of ["noise", "size"]) {
      byId(id)
        .closest(".group")
        .classList.toggle("none", values.problem === "own");
    }
    byId("problem").classList.toggle("has_own", own || values.problem === "own");
    byId("inputs").closest(".group").classList.toggle("none", !computed.length);
    byId("momentum")
      .closest(".group")
      .classList.toggle("none", values.optimizer === "adam");
    byId("nesterov")
      .closest(".form-group")
      .classList.toggle("none", values.optimizer !== "sgd");
    byId("nesterov").disabled = !(values.momentum > 0);
    for (const option of byId("view").options) {
      const truth = option.value === "posterior" || (option.value === "difference" && levels.length === 2);
      option.hidden = option.disabled =
        !(exact && truth) && ["posterior", "difference"].includes(option.value);
    }
  }

  // What a teacher has hidden, and headings of which nothing is left.
  function hide(names) {
    for (const one of document.querySelectorAll("[data-group]")) {
      one.classList.toggle("hidden_group", names.includes(one.dataset.group));
    }
    for (const id of ["data", "training", "tasks", "way_out"]) {
      const groups = [...byId(id).querySelectorAll("[data-group]")];
      const empty = groups.every(one => names.includes(one.dataset.group));
      byId(id).classList.toggle("hidden_group", empty && id !== "way_out");
    }
    byId("panel").classList.toggle("hidden_group", names.includes("pictures") && names.includes("code"));
  }

  for (const one of document.querySelectorAll("#panel .radio")) {
    const { value } = one.querySelector("input");
    if (value !== "none") one.dataset.group = value === "code" ? "code" : "pictures";
  }
  for (const type of ["input", "change"]) {
    document.addEventListener(type, ({ target }) =>
      touch(target.closest(".shiny-input-radiogroup, .shiny-input-checkboxgroup") ?? target),
    );
  }
  document.querySelector("#data .input-group input[type=text]").tabIndex = -1; // shows a name, and no more
  makeSteppers(field => {
    touch(field);
    send(field);
  });

  return {
    // What the server has refused goes back to what it has.
    refuse: () => {
      changed.clear();
      if (now) fit(true);
    },
    follow: given => {
      now = given;
      fit();
      show(given);
      hide(given.values.hide);
    },
  };
}
