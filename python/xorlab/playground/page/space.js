// Hidden space: the points after the hidden layers, where the output layer is linear.

import { palette } from "./colors.js";
import { shares, sigmoid, softmax, title } from "./draw.js";
import { makePlane } from "./plane.js";

const BOX = { left: 56, top: 42, width: 336, height: 280 };

export function makeSpace() {
  const plane = makePlane("Points after the hidden layers");
  let panel = null;
  let built = "";
  let latest = null;

  function build(now, space) {
    const several = now.levels.length > 2;
    panel = plane.build({
      ...now,
      label: space.label,
      x1: space.x1,
      x2: space.x2,
      names: space.names,
      square: false,
      box: BOX,
      probs: scores => (several ? softmax(scores) : scores.map(sigmoid)),
      level: p => Math.log(p / (1 - p)),
    });
    panel.note = title(panel, "Hidden units", "");
  }

  // The plane of the hidden units is as large as they are, and so another in every frame.
  function draw(now, space) {
    latest = [now, space];
    const shape = JSON.stringify([space.x1, space.x2, space.names, space.label]);
    if (shape !== built) build(now, space);
    built = shape;
    const share = shares(space.places);
    const place = n => [space.x1, space.x2].map(([from, to], way) => from + share(2 * n + way) * (to - from));
    const places = (start, count) => Array.from({ length: count }, (_, n) => place(start + n));
    panel.paint(
      (_i, _j, x, y) => space.logits[0].map(([wx, wy, bias]) => wx * x + wy * y + bias),
      palette(now.shades),
    );
    panel.place(places(space.lines * space.steps, space.label.length));
    panel.join(Array.from({ length: space.lines }, (_, one) => places(one * space.steps, space.steps)));
    panel.note.textContent = space.notes[0];
  }
  return { picture: plane.root, draw, dress: () => latest && draw(...latest) };
}
