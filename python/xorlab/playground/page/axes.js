// A panel's frame, its ticks and the names of its axes.

import { svg } from "./dom.js";
import { ticks } from "./numbers.js";

export function axes(box, x, y, range1, range2, names, { count = 5, whole = false } = {}) {
  const { left, top, width, height } = box, foot = top + height, stroke = "currentColor";
  const made = svg("g", { class: "axes" });
  made.append(svg("rect", { x: left, y: top, width, height, fill: "none", stroke }));
  for (const tick of ticks(...range1).filter(one => !whole || Number.isInteger(one))) {
    made.append(svg("line", { x1: x(tick), x2: x(tick), y1: foot, y2: foot + 4, stroke }),
      svg("text", { x: x(tick), y: foot + 17, "text-anchor": "middle" }, String(tick)));
  }
  for (const tick of ticks(...range2, count)) {
    made.append(svg("line", { x1: left - 4, x2: left, y1: y(tick), y2: y(tick), stroke }),
      svg("text", { x: left - 7, y: y(tick) + 4, "text-anchor": "end" }, String(tick)));
  }
  made.append(svg("text", { x: left + width / 2, y: foot + 33, "text-anchor": "middle" }, names[0]),
    svg("text", { x: 0, y: 0, "text-anchor": "middle",
      transform: `translate(11 ${top + height / 2}) rotate(-90)` }, names[1]));
  return made;
}
