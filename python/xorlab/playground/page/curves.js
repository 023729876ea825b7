// The loss against the epoch: of the training, and of what is held out where there is any.

import { html, svg } from "./dom.js";
import { axes, scale, ticks, trace } from "./draw.js";
import { roundEnd, thinned } from "./numbers.js";

const MOST = 400; // entries that are drawn
const FEWEST = 20; // epochs that there is room for at first

export function makeCurves(root) {
  const picture = svg("svg", { class: "picture", role: "img", "aria-label": "Loss against the epoch" });
  const key = html("p", { class: "key", "aria-hidden": "true" });
  for (const [name, text] of [
    ["train", "Training loss"],
    ["valid", "Validation loss"],
    ["ghost", "Kept"],
  ]) {
    key.append(
      html(
        "span",
        { class: name },
        svg("svg", { viewBox: "0 0 22 8" }, svg("path", { class: name, d: "M0 4h22" })),
        text,
      ),
    );
  }
  root.prepend(key, picture);
  const lines = Object.fromEntries(
    ["ghost", "valid", "train"].map(name => [name, svg("path", { class: name })]),
  );
  let curve = [];
  let ghost = [];
  let drawn = "";
  let box = null;

  function size() {
    const width = Math.max(320, root.clientWidth);
    box = { left: 56, top: 6, width: width - 62, height: 92 };
    picture.setAttribute("viewBox", `0 0 ${width} ${box.top + box.height + 42}`);
    drawn = "";
    draw();
  }

  function draw() {
    if (!box) return;
    const some = thinned(curve, MOST);
    const all = [...some, ...ghost];
    const values = all.flatMap(([, loss, held]) => [loss, held]).filter(Number.isFinite);
    const last = roundEnd(Math.max(FEWEST, ...all.map(([epoch]) => epoch)));
    const top = values.length ? roundEnd(1.02 * Math.max(1e-6, ...values)) : 1;
    const x = scale(0, last, box.left, box.left + box.width);
    const y = scale(0, top, box.top + box.height, box.top);
    if (drawn !== `${last} ${top}`) {
      drawn = `${last} ${top}`;
      picture.replaceChildren();
      axes(picture, x, y, ticks(0, last).filter(Number.isInteger), ticks(0, top, 3), "Epoch", "Loss", box);
      picture.append(...Object.values(lines));
    }
    const path = (given, column) =>
      trace(
        given.map(entry => [entry[0], entry[column] ?? null]),
        x,
        y,
      );
    lines.train.setAttribute("d", path(some, 1));
    lines.valid.setAttribute("d", path(some, 2));
    lines.ghost.setAttribute("d", path(ghost, 1));
    key.classList.toggle(
      "has_valid",
      some.some(entry => Number.isFinite(entry[2])),
    );
    key.classList.toggle("has_ghost", ghost.length > 0);
  }

  new ResizeObserver(size).observe(root);
  return {
    setup: ({ curve: given }) => {
      curve = [...given];
      draw();
    },
    frame: ({ curve: more }) => {
      if (!more.length) return;
      curve.push(...more);
      draw();
    },
    keep: () => {
      ghost = thinned(curve, MOST);
      draw();
    },
    drop: () => {
      ghost = [];
      draw();
    },
  };
}
