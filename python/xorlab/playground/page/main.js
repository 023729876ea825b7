// The page's own script: messages from the server go to what draws them, and what a person does goes
// back to the server.

import { makeAnnouncer } from "./announce.js";
import { makeBoundary } from "./boundary.js";
import { makeChallenges } from "./challenges.js";
import { makeCompare } from "./compare.js";
import { makeConnection } from "./connection.js";
import { makeControls } from "./controls.js";
import { makeCurves } from "./curves.js";
import { byId, dark, write } from "./dom.js";
import { makeFigures } from "./figures.js";
import { drawLegend } from "./legend.js";
import { makeNetwork } from "./network.js";
import { makeNotices } from "./notices.js";
import { makePanel } from "./panel.js";
import { makePoints } from "./points.js";
import { thumbnail } from "./thumbnails.js";

await window.Shiny.initializedPromise;
const shiny = window.Shiny;
const send = (id, value) => shiny.setInputValue(id, value, { priority: "event" });
const edit = what => send("edit", what);
const say = makeAnnouncer(text => {
  byId("spoken").textContent = text;
});

const boundary = makeBoundary(byId("boundary"));
const curves = makeCurves(byId("curves"));
const network = makeNetwork(byId("network"), { send, edit, look: boundary.look });
const points = makePoints(boundary, { edit, say });
const connection = makeConnection();
const controls = makeControls(shiny);
const panel = makePanel();
const notices = makeNotices();
const challenges = makeChallenges(send, say);
const figures = makeFigures(say);
makeCompare([boundary, curves], say);
for (const input of document.querySelectorAll("#problem input")) {
  input.closest("label").prepend(thumbnail(input.value));
}

let now = null;

// --- from the server ---

shiny.addCustomMessageHandler("setup", given => {
  now = given;
  notices.mended();
  controls.follow(given);
  boundary.setup(given);
  points.setup(given);
  network.setup(given);
  curves.setup(given);
  panel.setup(given);
  challenges.setup(given);
  figures.setup(given);
  drawLegend(byId("legend"), given);
  if (location.hash.slice(1) !== given.fragment) history.replaceState(null, "", `#${given.fragment}`);
});

function draw(given) {
  boundary.frame(given);
  network.frame(given);
  curves.frame(given);
  panel.frame(given);
  challenges.frame(given);
  figures.frame(given);
}
shiny.addCustomMessageHandler("frame", given =>
  requestAnimationFrame(() => {
    try {
      draw(given);
    } finally {
      send("ack", given.number); // or there would be no further frame
    }
  }),
);

shiny.addCustomMessageHandler("notice", given => {
  notices.add(given);
  if (given.kind === "error") controls.refuse();
});
shiny.addCustomMessageHandler("code", given => panel.code(given));
shiny.addCustomMessageHandler("landscape", given => panel.landscape(given));
shiny.addCustomMessageHandler("end", ({ text }) => connection.end(text));

// --- to the server ---

// Space plays and pauses, unless it belongs to what has the focus.
document.addEventListener("keydown", event => {
  if (event.key !== " " || event.target.closest("input, select, textarea, button, a, summary, pre")) return;
  event.preventDefault();
  byId("play").click();
});

// Where people want less motion, it learns more calmly, until they ask for more.
if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
  byId("speed").value = "5";
  shiny.setInputValue("speed", "5");
}

function look() {
  shiny.setInputValue("visible", document.visibilityState === "visible");
}
document.addEventListener("visibilitychange", look);
window.addEventListener("hashchange", () => {
  if (now && location.hash.slice(1) !== now.fragment) send("fragment", location.hash.slice(1));
});
dark.addEventListener("change", () => {
  boundary.dress();
  panel.dress();
  drawLegend(byId("legend"), now);
});

byId("copy_address").addEventListener("click", async () => {
  const text = location.hash || "#";
  try {
    await navigator.clipboard.writeText(text);
    write(byId("copy_address"), "Copied");
  } catch {
    byId("address").value = text; // to be copied by hand
    byId("address").select();
  }
});

function tab() {
  try {
    sessionStorage.xorlab ??= crypto.randomUUID();
    return sessionStorage.xorlab;
  } catch {
    return crypto.randomUUID(); // where a frame of another origin may keep nothing
  }
}
look();
send("start", { tab: tab(), fragment: location.hash.slice(1) });
