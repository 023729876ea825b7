// The page's own script: messages from the server go to what draws, and what a person does goes back.

import { makeAnnouncer } from "./announce.js";
import { makeBoundary } from "./boundary.js";
import { makeChallenges } from "./challenges.js";
import { makeCompare } from "./compare.js";
import { makeControls } from "./controls.js";
import { makeCurves } from "./curves.js";
import { byId, dark, html, toggle, write } from "./dom.js";
import { sample } from "./marks.js";
import { makeNetwork } from "./network.js";
import { fixed, percent } from "./numbers.js";
import { makePoints } from "./points.js";
import { makePanel } from "./space.js";
import { thumbnail } from "./thumbnails.js";

await window.Shiny.initializedPromise;
const shiny = window.Shiny;
const send = (id, value) => shiny.setInputValue(id, value, { priority: "event" });
const edit = what => send("edit", what);
const say = makeAnnouncer(text => { byId("spoken").textContent = text; });

const boundary = makeBoundary(byId("boundary"));
const curves = makeCurves(byId("curves"));
const network = makeNetwork(byId("network"), { send, edit });
const points = makePoints(boundary, { edit, say });
const controls = makeControls(shiny);
const panel = makePanel();
const challenges = makeChallenges(byId("challenges"), send);
makeCompare([boundary, curves], say);
for (const input of document.querySelectorAll("#problem input")) {
  input.closest("label").prepend(thumbnail(input.value));
}

let now = null;

shiny.addCustomMessageHandler("setup", given => {
  now = given;
  controls.follow(given.values);
  controls.hide(given.values.hide ?? []);
  byId("problem").classList.toggle("has_own", given.own);
  for (const one of document.querySelectorAll("#view option")) {
    one.disabled = one.hidden = !given.posterior && ["posterior", "difference"].includes(one.value);
  }
  boundary.setup(given);
  points.setup(given);
  network.setup(given);
  curves.setup(given);
  challenges.setup(given);
  legend(given);
  parted(given.parted);
  write(byId("value_ceiling"), given.ceiling === null ? "–" : percent(given.ceiling));
  toggle(byId("figure_ceiling"), given.ceiling !== null);
  if (location.hash.slice(1) !== given.fragment) history.replaceState(null, "", `#${given.fragment}`);
});

shiny.addCustomMessageHandler("frame", given => requestAnimationFrame(() => {
  boundary.frame(given);
  network.frame(given);
  curves.frame(given);
  panel.frame(given);
  figures(given);
  challenges.frame(given);
  parted(given.parted);
  send("ack", given.number);
}));

shiny.addCustomMessageHandler("notice", ({ text, kind }) => {
  const note = html("p", { class: `notice ${kind}` }, text,
    html("button", { type: "button", class: "close", "aria-label": "Close", click: () => note.remove() }, "×"));
  byId("notices").replaceChildren(note);
  say(text);
});
shiny.addCustomMessageHandler("code", given => panel.code(given));
shiny.addCustomMessageHandler("landscape", given => panel.landscape(given, now));
shiny.addCustomMessageHandler("end", ({ text }) => {
  byId("ended").replaceChildren(html("p", {}, text));
  byId("ended").hidden = false;
});

function figures(given) {
  write(byId("value_epoch"), given.batches > 1 && given.batch ? `${given.epoch} + ${given.batch}/${given.batches}` : String(given.epoch));
  write(byId("value_loss"), fixed(given.loss));
  write(byId("value_accuracy"), percent(given.accuracy));
  write(byId("value_val_loss"), given.val_loss === null ? "–" : fixed(given.val_loss));
  write(byId("value_val_accuracy"), percent(given.val_accuracy));
  const play = byId("play").querySelector(".action-label") ?? byId("play");
  write(play, given.playing ? "Pause" : "Play");
  byId("play").classList.toggle("playing", given.playing);
  byId("undo").disabled = !given.can_undo;
  if (given.sentence !== null) {
    write(byId("sentence"), given.sentence);
    say(`Epoch ${given.epoch}, loss ${fixed(given.loss)}. ${given.sentence}`);
  }
}

function parted(text) {
  toggle(byId("parted"), Boolean(text));
  write(byId("parted"), text ?? "");
}

function legend({ names, colors, values, held_out: held }) {
  const one = (icon, text) => html("span", {}, icon, text);
  byId("legend").replaceChildren(...names.map((name, c) => one(sample(c, colors[c]), name)),
    one(sample(0, "transparent", "wrong"), "misclassified"),
    ...(held.some(Boolean) ? [one(sample(0, colors[0], "held"), "held out")] : []));
}

document.addEventListener("keydown", event => {
  if (event.key !== " " || event.target.closest("input, select, textarea, button, a, summary, [role=radio]")) return;
  event.preventDefault();
  byId("play").click();
});
const seen = () => shiny.setInputValue("visible", document.visibilityState === "visible");
document.addEventListener("visibilitychange", seen);
dark.addEventListener("change", () => { boundary.dress(); network.dress(); });
byId("copy_address").addEventListener("click", async () => {
  const text = location.hash.slice(1);
  try { await navigator.clipboard.writeText(text); } catch { /* the field below has it, to be copied by hand */ }
  byId("address").value = text;
  byId("address").select();
});
window.addEventListener("hashchange", () => send("fragment", location.hash.slice(1)));

function tab() {
  try {
    sessionStorage.xorlab ??= crypto.randomUUID();
    return sessionStorage.xorlab;
  } catch {
    return crypto.randomUUID();
  }
}
seen();
send("start", { tab: tab(), fragment: location.hash.slice(1) });
