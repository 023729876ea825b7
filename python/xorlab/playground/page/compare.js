// Compare: the boundary's line and the loss curve of a net stay, in grey, while another learns.

import { byId, html } from "./dom.js";

export function makeCompare(parts, say) {
  const keep = html("button", { type: "button", class: "btn", id: "keep", click: () => {
    parts.forEach(one => one.keep());
    drop.hidden = false;
    keep.textContent = "Keep this one instead";
    say("This net's boundary and loss curve stay, in grey.");
  } }, "Keep to compare");
  const drop = html("button", { type: "button", class: "btn", id: "drop", hidden: true, click: () => {
    parts.forEach(one => one.drop());
    drop.hidden = true;
    keep.textContent = "Keep to compare";
    keep.focus();
  } }, "Let it go");
  byId("compare").append(keep, drop);
}
