// What the server has to tell: it stays until it is closed, an error until it is mended.

import { byId, html } from "./dom.js";

const MOST = 3;

export function makeNotices() {
  const root = byId("notices");
  function mended() {
    for (const one of root.querySelectorAll(".error")) one.remove();
  }
  return {
    add: ({ text, kind }) => {
      if (kind === "error") mended(); // there is another now
      for (const one of [...root.children]) if (one.firstChild.textContent === text) one.remove();
      const note = html("p", { class: `notice ${kind}` }, html("span", {}, text));
      const close = { type: "button", class: "close", "aria-label": "Close", click: () => note.remove() };
      note.append(html("button", close, "×"));
      root.append(note);
      while (root.children.length > MOST) root.firstChild.remove();
    },
    mended,
  };
}
