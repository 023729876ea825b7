// The boundary: the probabilities over the plane, large and smooth, their lines, and the points.

import { palette, signed, stretched } from "./colors.js";
import { html, svg, toggle, write } from "./dom.js";
import { move, scale, shares } from "./draw.js";
import { joined } from "./lines.js";
import { dress } from "./marks.js";
import { between } from "./numbers.js";
import { makePlane } from "./plane.js";

const BOX = { left: 56, top: 4, width: 340, height: 340 };

export function makeBoundary(root) {
  const plane = makePlane("Boundary and points");
  const { picture } = plane;
  // The points lie above in a picture of their own, which does not change with every frame.
  const above = svg("svg", { class: "picture above", "aria-hidden": "true" });
  const badge = html("p", { class: "badge", hidden: true });
  root.append(plane.root);
  plane.root.append(above, badge);
  let now = null;
  let panel = null;
  let shown = null; // the probabilities of the latest frame
  let exact = null;
  let unit = null; // a unit's map that is looked at instead
  let hits = "";
  let ghost = "";
  const layers = {
    ghost: svg("path", { class: "ghost" }),
    cursor: svg("g", { class: "cursor", "aria-hidden": "true" }),
  };

  function setup(given) {
    const several = given.levels.length > 2;
    now = given;
    shown = unit = null;
    hits = "";
    exact = now.exact ? shares(now.exact) : null;
    panel = plane.build({ ...now, names: now.features, box: BOX, probs, level: p => p });
    panel.place(now.points);
    for (const [n, one] of panel.marks.entries()) {
      dress(one, now.colors[now.label[n]], now.held_out[n] ? "held" : "");
    }
    panel.several = several;
    above.setAttribute("viewBox", picture.getAttribute("viewBox"));
    above.replaceChildren(layers.ghost, ...panel.marks, layers.cursor);
    layers.ghost.setAttribute("d", ghost);
  }

  // What a cell is coloured by: of two classes one number, of more one for each.
  function probs(cell) {
    const view = now.values.view;
    if (unit || view === "probability") return cell;
    if (view === "difference") return [0.5 + (cell[0] - cell.at(-1)) / 2];
    if (view !== "classes") return cell;
    if (cell.length === 1) return [Number(cell[0] >= 0.5)];
    const best = cell.indexOf(Math.max(...cell));
    return cell.map((_, c) => Number(c === best));
  }

  function cells() {
    const view = now.values.view;
    const n2 = now.x2[2];
    const each = Array.from({ length: panel.several ? now.levels.length : 1 }, (_, c) => c);
    if (unit) {
      const at = between(unit.values, unit.start, now.map, now.x1[2], n2);
      const least = unit.output === null ? 0 : 1 / now.levels.length;
      return (i, j) => [(at(i, j) / 255 - least) / (1 - least)];
    }
    const from = view === "posterior" && exact ? exact : shown;
    if (view === "difference" && exact && !panel.several) {
      return (i, j) => [shown(i * n2 + j), exact(i * n2 + j)];
    }
    return (i, j) => each.map(c => from((i * n2 + j) * each.length + c));
  }

  function colors() {
    if (unit) return unit.output === null ? palette(signed(now)) : [palette(now.shades)[unit.output]];
    const signs = now.values.view === "difference" && !panel.several;
    return palette(
      signs ? stretched([now.difference_colors[0], "#ffffff", now.difference_colors[1]], 255) : now.shades,
    );
  }

  function paint() {
    if (!panel || !shown) return;
    panel.paint(cells(), colors());
  }

  function frame(given) {
    if (!panel) return;
    shown = shares(given.prob);
    if (unit) unit = { ...unit, values: unit.fresh() };
    paint();
    if (given.hits && given.hits !== hits) {
      for (const [n, one] of panel.marks.entries()) one.classList.toggle("wrong", given.hits[n] === "0");
      hits = given.hits;
    }
  }

  // Shows one unit's map, by what gives its values of the latest frame; nothing to show the net again.
  function look(map) {
    unit = map && shown ? { ...map, values: map.fresh() } : null;
    toggle(badge, Boolean(unit));
    write(badge, unit?.name ?? "");
    paint();
  }

  const along = (range, from, to) => scale(from, to, ...range);
  return {
    setup,
    frame,
    look,
    dress: paint,
    picture,
    cursor: layers.cursor,
    box: () => panel?.box,
    // Of the training points, which come first; the others are not to be moved.
    places: () => now.points.filter((_, n) => !now.held_out[n]).map(([x, y]) => [panel.px(x), panel.py(y)]),
    put: (n, [x, y]) => panel.marks[n] && move(panel.marks[n], x, y),
    point: ([x, y]) => ({
      x1: along([now.x1[0], now.x1[1]], panel.px(now.x1[0]), panel.px(now.x1[1]))(x),
      x2: along([now.x2[0], now.x2[1]], panel.py(now.x2[0]), panel.py(now.x2[1]))(y),
    }),
    keep: () => {
      const lines = picture.querySelectorAll(panel.several ? ".line" : '.line[data-level="0.5"]');
      ghost = [...lines].map(one => joined(one.getAttribute("d") ?? "")).join("");
      layers.ghost.setAttribute("d", ghost);
    },
    drop: () => {
      ghost = "";
      layers.ghost.removeAttribute("d");
    },
  };
}
