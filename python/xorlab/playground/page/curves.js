// The loss against the epoch: training, and validation where some data are held out.

import { axes } from "./axes.js";
import { html, svg } from "./dom.js";
import { scale, thinned } from "./numbers.js";

const BOX = { left: 46, top: 6, width: 348, height: 96 };

// A path through [epoch, value], with a gap where a value is not finite.
export function path(curve, column, x, y) {
  let open = false;
  return curve.map(point => {
    const value = point[column];
    if (value === null || value === undefined) {
      open = false;
      return "";
    }
    const piece = `${open ? "L" : "M"}${x(point[0]).toFixed(1)} ${y(value).toFixed(1)}`;
    open = true;
    return piece;
  }).join("");
}

// The end of an axis that is not moved by every epoch: 1, 2 or 5 times a power of ten.
export function roundEnd(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map(one => one * power).find(one => one >= value * (1 - 1e-9)) ?? value;
}

export function makeCurves(root) {
  const picture = svg("svg", { class: "picture", role: "img", "aria-label": "Loss against the epoch",
    viewBox: `0 0 400 ${BOX.top + BOX.height + 40}` });
  const key = html("p", { class: "key", "aria-hidden": "true" },
    html("span", { class: "train" }, "training loss"), html("span", { class: "valid" }, "validation loss"));
  root.append(key, picture);
  let curve = [], ghost = null, ends = "";
  const lines = { ghost: svg("path", { class: "ghost" }), valid: svg("path", { class: "valid" }),
    train: svg("path", { class: "train" }) };
  let frame = null;

  function draw() {
    const drawn = thinned(curve, 360), all = [...drawn, ...(ghost ?? [])];
    const values = all.flatMap(([, loss, valid]) => [loss, valid]).filter(Number.isFinite);
    const last = roundEnd(Math.max(20, ...all.map(([epoch]) => epoch)));
    const top = roundEnd(1.02 * Math.max(1e-6, ...values));
    const x = scale(0, last, BOX.left, BOX.left + BOX.width), y = scale(0, top, BOX.top + BOX.height, BOX.top);
    if (ends !== `${last} ${top}`) {
      ends = `${last} ${top}`;
      frame = axes(BOX, x, y, [0, last], [0, top], ["Epoch", "Loss"], { count: 3, whole: false });
      picture.replaceChildren(frame, ...Object.values(lines));
    }
    lines.train.setAttribute("d", path(drawn, 1, x, y));
    lines.valid.setAttribute("d", path(drawn, 2, x, y));
    lines.ghost.setAttribute("d", ghost ? path(ghost, 1, x, y) : "");
    const held = drawn.some(point => Number.isFinite(point[2]));
    if (key.classList.contains("both") !== held) key.classList.toggle("both", held);
  }

  return {
    setup: ({ curve: given, fresh }) => {
      if (fresh) curve = [];
      if (given?.length) curve = [...given];
      draw();
    },
    frame: ({ curve: more }) => {
      if (!more?.length) return;
      curve.push(...more);
      draw();
    },
    keep: () => { ghost = thinned(curve, 360); draw(); },
    drop: () => { ghost = null; draw(); },
  };
}
