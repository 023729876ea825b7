// Points added, moved and taken away: by mouse, by touch, and by keyboard with a cross hair.

import { byId, html, svg, write } from "./dom.js";
import { sample } from "./marks.js";
import { nearest, short } from "./numbers.js";

const REACH = 14; // how near a point a click has to be, in the picture's own units
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HINTS = {
  look: "",
  add: "Click in the picture to add a point; by keyboard, arrows and Enter.",
  move: "Drag a point; by keyboard, arrows, and Enter to take and to drop it.",
  remove: "Click a point to remove it; by keyboard, arrows and Enter.",
};

export function makePoints(boundary, { edit, say }) {
  const { picture } = boundary;
  const tools = byId("tools");
  let tool = "look";
  let label = 0;
  let at = [220, 178]; // the cross hair
  let held = -1; // the point that is being moved
  let dragging = false;
  let features = ["", ""];
  picture.setAttribute("aria-describedby", "points_hint");

  // --- which tool ---

  function setup({ levels, names, colors, features: given }) {
    features = given;
    const choice = (value, text, title, icon) =>
      html(
        "label",
        { class: "tool", title },
        html("input", {
          type: "radio",
          name: "tool",
          value,
          "aria-label": title,
          checked: value === chosen(),
          change: () => take(value),
        }),
        ...(icon ? [icon] : []),
        ...(text ? [html("span", {}, text)] : []),
      );
    tools.replaceChildren(
      choice("look", "Look", "Look, and change no point"),
      ...levels.map((_, c) =>
        choice(`add ${c}`, levels.length > 3 ? "" : "Add", `Add points: ${names[c]}`, sample(c, colors)),
      ),
      choice("move", "Move", "Move points"),
      choice("remove", "Remove", "Remove points"),
    );
    if (label >= levels.length) take("look");
    held = -1;
    cross();
  }
  const chosen = () => (tool === "add" ? `add ${label}` : tool);

  function take(value) {
    const [name, which] = value.split(" ");
    [tool, label, held] = [name, Number(which ?? 0), -1];
    picture.dataset.tool = tool;
    // By keyboard it is only reached while it has something to do.
    picture.setAttribute("role", tool === "look" ? "img" : "application");
    if (tool === "look") picture.removeAttribute("tabindex");
    else picture.setAttribute("tabindex", "0");
    write(byId("points_hint"), HINTS[tool]);
    cross();
  }

  // --- where ---

  function inside([x, y]) {
    const { left, top, width, height } = boundary.box();
    return [Math.max(left, Math.min(left + width, x)), Math.max(top, Math.min(top + height, y))];
  }
  function pointer(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      picture.getScreenCTM().inverse(),
    );
    return [x, y];
  }
  function cross() {
    if (!boundary.box()) return;
    at = inside(at);
    const [x, y] = at;
    boundary.cursor.replaceChildren(svg("path", { d: `M${x - 10} ${y}h20M${x} ${y - 10}v20` }));
    if (held >= 0) boundary.cursor.append(svg("circle", { cx: x, cy: y, r: 8 }));
  }

  // --- what ---

  function act() {
    const n = nearest(boundary.places(), at, REACH);
    if (tool === "add") {
      edit({ kind: "add", ...boundary.point(at), label });
      say("Point added");
    } else if (held >= 0) drop();
    else if (n < 0) say("There is no point here");
    else if (tool === "remove") {
      edit({ kind: "remove", point: n });
      say("Point removed");
    } else hold(n);
    cross();
  }
  function hold(n) {
    held = n;
    at = boundary.places()[n];
    say("Point taken");
  }
  function drop() {
    edit({ kind: "move", point: held, ...boundary.point(at) });
    held = -1;
    say("Point moved");
  }
  function carry(to) {
    at = inside(to);
    if (held >= 0) boundary.put(held, at);
    cross();
    const { x1, x2 } = boundary.point(at);
    say(`${features[0]} ${short(x1)}, ${features[1]} ${short(x2)}`);
  }

  picture.addEventListener("pointerdown", event => {
    if (tool === "look" || !boundary.box()) return;
    const where = pointer(event);
    if (Math.hypot(...inside(where).map((value, k) => value - where[k])) > 1) return;
    at = where;
    held = -1;
    act();
    if (held < 0) return;
    dragging = true;
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", event => {
    if (dragging) carry(pointer(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    picture.addEventListener(end, () => {
      if (dragging && held >= 0) drop();
      dragging = false;
      cross();
    });
  }
  picture.addEventListener("keydown", event => {
    if (tool === "look" || !boundary.box()) return;
    if (ARROWS[event.key]) {
      const step = event.shiftKey ? 20 : 5;
      carry(at.map((value, k) => value + step * ARROWS[event.key][k]));
    } else if (event.key === "Enter") act();
    else if (event.key === "Escape" && held >= 0) {
      boundary.put(held, boundary.places()[held]);
      held = -1;
      cross();
    } else return;
    event.preventDefault();
  });
  return { setup };
}
