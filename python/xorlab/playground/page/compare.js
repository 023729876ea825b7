// Compare: the boundary's line and the loss curve of a net stay, in grey, while another learns.

import { byId, html } from "./dom.js";

export function makeCompare(parts, say) {
  const drop = html(
    "button",
    {
      type: "button",
      class: "btn",
      id: "drop",
      hidden: true,
      title: "Forget the net that was kept",
      click: () => {
        for (const one of parts) one.drop();
        drop.hidden = true;
        keep.textContent = "Keep to compare";
        keep.focus();
      },
    },
    "Clear",
  );
  const keep = html(
    "button",
    {
      type: "button",
      class: "btn",
      id: "keep",
      title: "Keep this net's boundary and loss curve, dashed, while you try another",
      click: () => {
        for (const one of parts) one.keep();
        drop.hidden = false;
        keep.textContent = "Keep this one";
        say("This net's boundary and loss curve stay, dashed.");
      },
    },
    "Keep to compare",
  );
  byId("compare").append(keep, drop);
}
