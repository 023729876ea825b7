// Marks of points outside of a picture: in the legend and on buttons.

import { svg } from "./dom.js";
import { mark } from "./draw.js";

export function sample(label, colors, kind = "") {
  const made = svg("svg", { viewBox: "-6 -6 12 12", class: "sample", "aria-hidden": "true" });
  mark(made, label, colors);
  dress(made.firstChild, colors[label], kind);
  return made;
}

// `kind`: "held" for a point that is held out, "wrong" for one that is misclassified.
export function dress(one, color, kind) {
  one.style.setProperty("--class", color);
  if (kind) one.classList.add(kind);
}
