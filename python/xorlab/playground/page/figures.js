// Epoch, loss and accuracy in figures, the diagnosis, and why a net is no longer its seed's.

import { byId, toggle, write } from "./dom.js";
import { fixed, percent } from "./numbers.js";

export function makeFigures(say) {
  let held = false;

  function setup({ ceiling, counts, parted }) {
    held = counts[1] > 0;
    toggle(byId("figure_ceiling"), ceiling !== null);
    write(byId("value_ceiling"), percent(ceiling));
    part(parted);
  }

  function part(text) {
    toggle(byId("parted"), Boolean(text));
    write(
      byId("parted"),
      text ? `${text} The net is no longer the one of its seed; Reset starts again from the seed.` : "",
    );
  }

  function pair(name, value, other) {
    write(byId(`value_${name}`), value);
    write(byId(`held_${name}`), held && other ? `${other} held out` : "");
  }

  function frame(given) {
    const within = given.batch ? ` + ${given.batch}/${given.batches}` : "";
    write(byId("value_epoch"), `${given.epoch}${within}`);
    pair("loss", fixed(given.loss), given.val_loss === null ? "" : fixed(given.val_loss));
    pair("accuracy", percent(given.accuracy), given.val_accuracy === null ? "" : percent(given.val_accuracy));
    const play = byId("play").querySelector(".action-label") ?? byId("play");
    write(play, given.playing ? "Pause" : "Play");
    byId("play").classList.toggle("playing", given.playing);
    byId("undo").disabled = !given.can_undo;
    part(given.parted);
    if (given.sentence === null) return;
    write(byId("sentence"), given.sentence);
    say(`Epoch ${given.epoch}, loss ${fixed(given.loss)}. ${given.sentence}`);
  }
  return { setup, frame };
}
