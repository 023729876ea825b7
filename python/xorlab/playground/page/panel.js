// What is shown instead of the net's diagram: hidden space, the loss landscape, or code.

import { byId, html, toggle, write } from "./dom.js";
import { makeLandscape } from "./landscape.js";
import { makeSpace } from "./space.js";

const NO_SPACE = "Hidden space needs two or more units in the last hidden layer.";

export function makePanel() {
  const root = byId("panel_picture");
  const space = makeSpace();
  const landscape = makeLandscape();
  const caption = html("p", { class: "hint" });
  let now = null;
  let open = "none";

  function choose(name) {
    open = name;
    toggle(byId("diagram"), name === "none");
    toggle(root, name !== "none");
    root.replaceChildren();
  }
  const chosen = () => document.querySelector("#panel input:checked")?.value ?? "none";
  byId("panel").addEventListener("change", () => choose(chosen()));

  function show(picture, text) {
    if (root.firstChild !== picture) root.replaceChildren(picture, caption);
    write(caption, text);
  }

  function code({ python, r }) {
    if (open !== "code") return;
    const pre = (name, text) => {
      const written = html("code", {}, text);
      const copied = () =>
        navigator.clipboard?.writeText(written.textContent).then(() => write(button, "Copied"));
      const button = html("button", { type: "button", class: "btn", click: copied }, "Copy");
      return html(
        "div",
        { class: "code" },
        html("div", { class: "top" }, html("h3", {}, name), button),
        html("pre", { tabindex: 0, role: "region", "aria-label": `Code in ${name}` }, written),
      );
    };
    const written = root.querySelectorAll("code");
    if (!written.length) return root.replaceChildren(pre("R", r), pre("Python", python));
    write(written[0], r);
    write(written[1], python);
  }

  return {
    setup: given => {
      now = given;
    },
    frame: given => {
      if (open !== "space") return;
      if (given.space) {
        space.draw(now, given.space);
        show(space.picture, given.space.caption);
      } else if (now.widths.length < 3 || now.widths.at(-2) < 2)
        root.replaceChildren(html("p", { class: "hint" }, NO_SPACE));
    },
    landscape: given => {
      if (open !== "landscape") return;
      if (given.text) return root.replaceChildren(html("p", { class: "hint" }, given.text));
      landscape.draw(now, given);
      show(landscape.picture, given.caption);
    },
    code,
    dress: () => {
      space.dress();
      landscape.dress();
    },
  };
}
