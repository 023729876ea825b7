// The classes' marks: their shapes are those of the other pictures.

import { svg } from "./dom.js";

const SHAPES = ["M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z", "M0 -3.6l3.4 6h-6.8z", "M-3 -3h6v6h-6z",
  "M0 -4.2l3.6 4.2l-3.6 4.2l-3.6 -4.2z", "M0 3.6l3.4 -6h-6.8z",
  "M-1.2 -3.6h2.4v2.4h2.4v2.4h-2.4v2.4h-2.4v-2.4h-2.4v-2.4h2.4z",
  "M-3.6 -2l1.6 -1.6l2 2l2 -2l1.6 1.6l-2 2l2 2l-1.6 1.6l-2 -2l-2 2l-1.6 -1.6l2 -2z",
  "M0 -4.4l1.2 3h3l-2.4 2l1 3.2l-2.8 -2l-2.8 2l1 -3.2l-2.4 -2h3z"];

export const shape = label => SHAPES[(label + Math.floor(label / 8)) % 8];
export const mark = (label, color) =>
  svg("path", { class: "mark", d: shape(label), style: `--class: ${color}` });

// A point that is right, for a legend or a button.
export const sample = (label, color, kind = "") =>
  svg("svg", { viewBox: "-6 -6 12 12", class: "sample", "aria-hidden": "true" },
    ...(kind === "wrong" ? [svg("circle", { class: "ring", r: 5 })] : []),
    svg("path", { class: `mark ${kind}`, d: shape(label), style: `--class: ${color}` }));
