// Large pictures on demand: the hidden space, the loss landscape, and the code.

import { byId, html } from "./dom.js";

export function makePanel() {
  const root = byId("panel_picture");
  function code({ python, r }) {
    root.replaceChildren(...[["R", r], ["Python", python]].map(([name, text]) => html("div", { class: "code" },
      html("h3", {}, name), html("pre", { tabindex: 0 }, html("code", {}, text)))));
  }
  return { code, landscape: () => {}, frame: () => {}, clear: () => root.replaceChildren() };
}
