// Challenges: one is taken up, shown with its hint, and checked by the server.

import { html, write } from "./dom.js";

export function makeChallenges(root, send) {
  let known = [], taken = "";
  const list = html("select", { id: "challenge_choice", class: "form-select", "aria-label": "Challenge", change: () => {
    taken = list.value;
    send("challenge", taken);
    show();
  } });
  const text = html("p", { class: "task" }), state = html("p", { class: "state", role: "status" });
  const hint = html("details", {}, html("summary", {}, "Hint"), html("p"));
  root.append(html("div", { class: "group", "data-group": "challenges" }, list, text, state, hint));

  function show() {
    const one = known.find(({ name }) => name === taken);
    write(text, one?.text ?? "");
    write(hint.querySelector("p"), one?.hint ?? "");
    hint.hidden = !one;
    if (!one) write(state, "");
  }
  return {
    setup: ({ challenges }) => {
      if (challenges.length !== known.length) {
        known = challenges;
        list.replaceChildren(html("option", { value: "" }, "None"),
          ...known.map(({ name, title }, k) => html("option", { value: name }, `${k + 1}. ${title}`)));
      }
      show();
    },
    frame: ({ challenge }) => {
      if (!challenge) return;
      write(state, challenge.text);
      state.classList.toggle("solved", challenge.solved);
    },
  };
}
