// A page that has lost its server tries to find it again, for as long as the server waits for it.

import { byId, html, toggle } from "./dom.js";

const PAUSE = 1000; // milliseconds between two attempts
const ATTEMPTS = 60;
const HOPEFUL = 3; // after which it is said that there may be nothing to find

// Says something instead of the page; `over` where there is nothing more to come.
export function tell(text, over) {
  byId("ended").replaceChildren(html("p", {}, text));
  byId("ended").classList.toggle("over", over);
  toggle(byId("ended"), true);
}

export function makeConnection() {
  let ended = false;

  async function find(attempts) {
    try {
      const answer = await fetch(location.pathname, { cache: "no-store" });
      if (answer.ok) return location.reload();
    } catch {
      // not there, or not yet
    }
    if (attempts === ATTEMPTS - HOPEFUL) {
      tell("The server of this page has ended, or cannot be reached: its fit is back in R or Python.", true);
    }
    if (attempts > 1) setTimeout(find, PAUSE, attempts - 1);
  }

  window.jQuery(document).on("shiny:disconnected", () => {
    if (ended) return;
    tell("The connection was lost. Trying to find the net again …", false);
    find(ATTEMPTS);
  });
  return {
    end: text => {
      ended = true;
      tell(text, true);
    },
  };
}
