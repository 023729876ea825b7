// Points added, moved and taken away: by mouse, by touch, and by keyboard with a cross hair.

import { byId, html, svg, write } from "./dom.js";
import { sample } from "./marks.js";

const REACH = 14; // how near a point a click has to be, in units of the picture

// The place in `places` of the nearest [x, y] within `reach`, or -1.
export function nearest(places, [x, y], reach = REACH) {
  let best = -1, least = reach * reach;
  places.forEach(([px, py], n) => {
    const apart = (px - x) ** 2 + (py - y) ** 2;
    if (apart <= least) [best, least] = [n, apart];
  });
  return best;
}

const HINTS = {
  look: "",
  add: "Click in the picture to add a point, or move the cross hair by the arrow keys and press Enter.",
  move: "Drag a point; or choose one by Enter at the cross hair, move it by the arrow keys, and press Enter again.",
  remove: "Click a point to remove it, or press Enter at the cross hair.",
};

export function makePoints(boundary, { edit, say }) {
  const { picture } = boundary, tools = byId("tools");
  let tool = "look", label = 0, at = [220, 178], held = -1, start = null;
  picture.setAttribute("tabindex", "0");

  function setup({ levels, names, colors }) {
    const choice = (value, text, icon) => html("label", { class: "tool" },
      html("input", { type: "radio", name: "tool", value, checked: value === chosen(),
        change: () => take(value) }), ...(icon ? [icon] : []), html("span", {}, text));
    tools.replaceChildren(choice("look", "Look"),
      ...levels.slice(0, 8).map((_, c) => choice(`add ${c}`, `Add ${names[c]}`, sample(c, colors[c]))),
      choice("move", "Move"), choice("remove", "Remove"));
    cross();
  }
  const chosen = () => tool === "add" ? `add ${label}` : tool;

  function take(value) {
    const [name, which] = value.split(" ");
    [tool, label, held] = [name, Number(which ?? 0), -1];
    picture.dataset.tool = tool;
    write(byId("points_hint"), HINTS[tool]);
    cross();
  }

  const places = () => boundary.marks().map(one => one.getAttribute("transform").match(/-?[\d.]+/g).map(Number));
  const inside = ([x, y]) => {
    const { box } = boundary.place();
    return [Math.max(box.left, Math.min(box.left + box.width, x)), Math.max(box.top, Math.min(box.top + box.height, y))];
  };
  function pointer(event) {
    const matrix = picture.getScreenCTM().inverse();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    return [x, y];
  }
  const put = (n, [x, y]) => boundary.marks()[n]?.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);

  function cross() {
    const place = boundary.place();
    if (!place) return;
    const [x, y] = at = inside(at);
    place.cursor.replaceChildren(svg("path", { d: `M${x - 9} ${y}h18M${x} ${y - 9}v18` }),
      ...(held >= 0 ? [svg("circle", { cx: x, cy: y, r: 8 })] : []));
  }

  // What the tool does at a place of the picture.
  function act(where) {
    const n = nearest(places(), where);
    if (tool === "add") {
      edit({ kind: "add", ...boundary.point(...where), label });
      say("Point added");
    } else if (tool === "remove" && n >= 0) {
      edit({ kind: "remove", point: n });
      say("Point removed");
    } else if (tool === "move") {
      if (held >= 0) drop(where);
      else if (n >= 0) hold(n);
      else say("No point here");
    }
    cross();
  }
  function hold(n) {
    held = n;
    at = places()[n];
    say("Point taken");
  }
  function drop(where) {
    edit({ kind: "move", point: held, ...boundary.point(...where) });
    held = -1;
    say("Point moved");
  }

  picture.addEventListener("pointerdown", event => {
    if (tool === "look" || !boundary.place()) return;
    const where = pointer(event), { box } = boundary.place();
    if (where[0] < box.left || where[0] > box.left + box.width || where[1] < box.top || where[1] > box.top + box.height) return;
    at = where;
    if (tool !== "move") return act(where);
    const n = nearest(places(), where);
    if (n < 0) return;
    start = where;
    hold(n);
    picture.setPointerCapture(event.pointerId);
    cross();
  });
  picture.addEventListener("pointermove", event => {
    if (!start) return;
    at = inside(pointer(event));
    put(held, at);
    cross();
  });
  const up = event => {
    if (!start) return;
    start = null;
    if (held >= 0) drop(inside(pointer(event)));
    cross();
  };
  picture.addEventListener("pointerup", up);
  picture.addEventListener("pointercancel", up);

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  picture.addEventListener("keydown", event => {
    if (tool === "look" || !boundary.place()) return;
    if (ARROWS[event.key]) {
      const step = event.shiftKey ? 20 : 4;
      at = inside(at.map((value, k) => value + step * ARROWS[event.key][k]));
      if (held >= 0) put(held, at);
      cross();
    } else if (event.key === "Enter") act(at);
    else if (event.key === "Escape" && held >= 0) {
      held = -1;
      boundary.setup(boundary.now());
      cross();
    } else return;
    event.preventDefault();
  });
  return { setup };
}
