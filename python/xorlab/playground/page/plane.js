// A surface whose pixels lie beneath its picture. As an image of the picture itself they would have to be
// decoded anew for every frame, and would flicker in some browsers.

import { html, svg } from "./dom.js";
import { surface } from "./draw.js";

export function makePlane(label) {
  const picture = svg("svg", { class: "picture", role: "img", "aria-label": label });
  const root = html("div", { class: "plane" }, picture);

  function build(options) {
    const panel = surface(picture, { ...options, beneath: true });
    const { left, top, width, height } = panel.box;
    const [, , wide, high] = picture.getAttribute("viewBox").split(" ");
    const { canvas } = panel;
    canvas.setAttribute("aria-hidden", "true");
    canvas.style.left = `${(100 * left) / wide}%`;
    canvas.style.top = `${(100 * top) / high}%`;
    canvas.style.width = `${(100 * width) / wide}%`;
    canvas.style.height = `${(100 * height) / high}%`;
    root.querySelector("canvas")?.remove();
    root.prepend(canvas);
    return panel;
  }
  return { root, picture, build };
}
