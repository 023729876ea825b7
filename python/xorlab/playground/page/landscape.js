// The loss landscape: the loss on a plane through the net's weights, with the path so far.

import { dark, svg } from "./dom.js";
import { axes, contour, element, grid, mix, rgb, scale, ticks, title, trace } from "./draw.js";

const BOX = { left: 56, top: 26, width: 336, height: 296 };
const HIGH = "#8a8a8a"; // where the loss is high

export function makeLandscape() {
  const picture = svg("svg", {
    class: "picture",
    role: "img",
    "aria-label": "Loss landscape with the path so far",
  });
  let latest = null;

  function draw(now, given) {
    latest = [now, given];
    const { x, y, loss, path, levels, low, high, names } = given;
    const [n1, n2] = [x.length, y.length];
    const px = scale(x[0], x.at(-1), BOX.left, BOX.left + BOX.width);
    const py = scale(y[0], y.at(-1), BOX.top + BOX.height, BOX.top);
    picture.setAttribute("viewBox", `0 0 400 ${BOX.top + BOX.height + 46}`);
    picture.replaceChildren();
    const { canvas, paint } = grid(n1, n2);
    const [foot, top] = [dark.matches ? [22, 25, 29] : [255, 255, 255], rgb(HIGH)];
    const share = value => Math.log(Math.max(value, low) / low) / Math.log(high / low);
    paint((i, j) => (loss[i][j] === null ? foot : mix(foot, top, Math.min(1, share(loss[i][j])))));
    const { left, width, height } = BOX;
    element(picture, "image", {
      x: left,
      y: BOX.top,
      width,
      height,
      preserveAspectRatio: "none",
      href: canvas.toDataURL(),
    });
    const value = (i, j) => loss[i][j] ?? high;
    const [gx, gy] = [scale(0, n1 - 1, left, left + width), scale(0, n2 - 1, BOX.top + height, BOX.top)];
    for (const level of levels) {
      element(picture, "path", { class: "level", d: contour(value, n1, n2, level, gx, gy) });
    }
    axes(picture, px, py, ticks(x[0], x.at(-1)), ticks(y[0], y.at(-1)), ...names, BOX);
    element(picture, "path", { class: "way", d: trace(path, px, py), style: `stroke: ${now.path_color}` });
    const [first, last] = [path[0], path.at(-1)];
    element(picture, "circle", {
      class: "way start",
      cx: px(first[0]),
      cy: py(first[1]),
      r: 4,
      style: `stroke: ${now.path_color}`,
    });
    element(picture, "circle", { cx: px(last[0]), cy: py(last[1]), r: 5, style: `fill: ${now.path_color}` });
    title({ svg: picture, box: BOX }, given.title ?? "Loss landscape", "").remove();
  }
  return { picture, draw, dress: () => latest && draw(...latest) };
}
