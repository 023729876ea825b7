// The boundary: the probabilities over the plane, large and smooth, their lines, and the points.

import { axes } from "./axes.js";
import { paintClasses, paintShares, palette } from "./colors.js";
import { dark, html, svg } from "./dom.js";
import { mark } from "./marks.js";
import { contour, scale, shares } from "./numbers.js";

const WIDTH = 400;

// The panel within a picture of `WIDTH`, as high as the data ask for where a unit of both columns
// has to be as long; half a step of the grid beyond its first and last lines.
export function geometry(x1, x2, square) {
  const reach = ([from, to, n]) => (to - from) / (n - 1) / 2;
  const range1 = [x1[0] - reach(x1), x1[1] + reach(x1)], range2 = [x2[0] - reach(x2), x2[1] + reach(x2)];
  const box = { left: 46, top: 4, width: 348, height: 348 };
  if (square) {
    const unit = 348 / Math.max(range1[1] - range1[0], range2[1] - range2[0]);
    box.width = unit * (range1[1] - range1[0]);
    box.height = unit * (range2[1] - range2[0]);
    box.left += (348 - box.width) / 2;
  }
  return { box, range1, range2, height: box.top + box.height + 40 };
}

export function makeBoundary(root) {
  const canvas = html("canvas", { "aria-hidden": "true" });
  const picture = svg("svg", { class: "picture", role: "img", "aria-label": "Boundary and points" });
  root.append(canvas, picture);
  let now = null, shown = null, colors = null, place = null, marks = [], lines = [], ghost = null, hits = "";

  function setup(given) {
    now = given;
    shown = null;
    hits = "";
    const { box, range1, range2, height } = place = geometry(now.x1, now.x2, now.square);
    place.x = scale(...range1, box.left, box.left + box.width);
    place.y = scale(...range2, box.top + box.height, box.top);
    place.several = now.levels.length > 2;
    picture.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
    const share = (part, all) => `${100 * part / all}%`;
    Object.assign(canvas.style, { left: share(box.left, WIDTH), top: share(box.top, height),
      width: share(box.width, WIDTH), height: share(box.height, height) });
    [canvas.width, canvas.height] = [now.x1[2], now.x2[2]];
    const outline = width => svg("path", { class: "line", "stroke-width": width });
    lines = place.several ? now.levels.map((_, c) => [c, outline(1.4)])
      : now.lines.map(([level, width]) => [level, outline(width)]);
    const kept = ghost?.getAttribute("d");
    ghost = svg("path", { class: "ghost" });
    if (kept) ghost.setAttribute("d", kept);
    marks = now.points.map((at, n) => {
      const made = mark(now.label[n], now.colors[now.label[n]]);
      if (now.held_out[n]) made.classList.add("held");
      made.setAttribute("transform", `translate(${place.x(at[0]).toFixed(1)} ${place.y(at[1]).toFixed(1)})`);
      return made;
    });
    place.points = svg("g", { class: "points" }, ...marks);
    place.cursor = svg("g", { class: "cursor" });
    picture.replaceChildren(axes(box, place.x, place.y, range1, range2, now.features),
      ...lines.map(([, path]) => path), ghost, place.points, place.cursor);
    dress();
  }

  function dress() {
    if (!now) return;
    colors = palette(now.shades, place.several, dark.matches);
    if (shown) paint();
  }

  function paint() {
    const [a, b] = [now.x1[2], now.x2[2]], context = canvas.getContext("2d");
    const plain = now.values.view === "classes", count = now.levels.length;
    if (place.several) paintClasses(context, a, b, shown, count, colors, plain);
    else paintShares(context, a, b, (i, j) => plain ? Number(shown[i * b + j] >= 0.5) : shown[i * b + j], colors[0]);
    const [fx, fy] = [scale(0, a - 1, place.x(now.x1[0]), place.x(now.x1[1])),
      scale(0, b - 1, place.y(now.x2[0]), place.y(now.x2[1]))];
    for (const [one, path] of lines) {
      const value = place.several ? lead(one, b, count) : (i, j) => shown[i * b + j];
      path.setAttribute("d", contour(value, a, b, place.several ? 0 : one, fx, fy));
    }
  }

  // How far class c is above the best of the others.
  const lead = (c, b, count) => (i, j) => {
    const start = (i * b + j) * count;
    let best = -1;
    for (let d = 0; d < count; d++) if (d !== c) best = Math.max(best, shown[start + d]);
    return shown[start + c] - best;
  };

  function frame(given) {
    if (!now) return;
    shown = shares(given.prob);
    paint();
    if (given.hits && given.hits !== hits) {
      marks.forEach((one, n) => one.classList.toggle("wrong", given.hits[n] === "0"));
      hits = given.hits;
    }
  }

  return {
    setup, frame, dress, picture,
    point: (x, y) => place && ({ x1: scale(place.box.left, place.box.left + place.box.width, ...place.range1)(x),
      x2: scale(place.box.top + place.box.height, place.box.top, ...place.range2)(y) }),
    place: () => place,
    marks: () => marks,
    keep: () => ghost?.setAttribute("d", lines.filter(([one]) => place.several || one === 0.5)
      .map(([, path]) => path.getAttribute("d") ?? "").join("")),
    drop: () => ghost?.removeAttribute("d"),
  };
}
