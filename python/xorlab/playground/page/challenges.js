// Challenges: one is taken up, shown above the page with its hint, and checked by the server.

import { byId, html, toggle, write } from "./dom.js";

export function makeChallenges(send, say) {
  let known = [];
  let taken = "";
  let solved = false;
  const list = html("select", {
    id: "challenge_choice",
    class: "form-select",
    "aria-labelledby": "tasks_title",
    change: () => send("challenge", list.value),
  });
  byId("challenges").append(list);
  const title = html("strong");
  const text = html("span");
  const state = html("span", { class: "state" });
  const hint = html("details", {}, html("summary", {}, "Hint"), html("p"));
  const leave = html(
    "button",
    { type: "button", class: "btn", click: () => send("challenge", "") },
    "Leave challenge",
  );
  const banner = byId("task");
  banner.append(html("p", {}, title, " ", text, " ", state), hint, leave);

  return {
    setup: ({ challenges, challenge }) => {
      if (challenges.length !== known.length) {
        known = challenges;
        const options = known.map(({ name, title }, k) =>
          html("option", { value: name }, `${k + 1}. ${title}`),
        );
        list.replaceChildren(html("option", { value: "" }, "None"), ...options);
      }
      if (challenge !== taken) {
        write(state, "");
        hint.open = solved = false;
      }
      taken = challenge;
      list.value = taken;
      const one = known.find(({ name }) => name === taken);
      toggle(banner, Boolean(one));
      write(title, one ? `${one.title}.` : "");
      write(text, one?.text ?? "");
      write(hint.querySelector("p"), one?.hint ?? "");
    },
    frame: ({ challenge }) => {
      if (!challenge || !taken) return;
      write(state, challenge.text ?? (challenge.solved ? "Solved!" : ""));
      banner.classList.toggle("solved", challenge.solved);
      if (challenge.solved && !solved) say(`Challenge solved. ${challenge.text ?? ""}`);
      solved = challenge.solved;
    },
  };
}
