// The legend: the classes' marks, what is misclassified or held out, and the scale of the colours.

import { palette, stretched } from "./colors.js";
import { html } from "./dom.js";
import { sample } from "./marks.js";

const STOPS = 9;

function bar(now) {
  const differs = now.values.view === "difference" && now.levels.length === 2;
  const shades = differs
    ? stretched([now.difference_colors[0], "#ffffff", now.difference_colors[1]], 255)
    : now.shades;
  const colors = palette(shades)[0];
  const stops = Array.from({ length: STOPS }, (_, k) => {
    const [r, g, b] = colors[Math.round((k / (STOPS - 1)) * (colors.length - 1))];
    return `rgb(${r} ${g} ${b})`;
  });
  const made = html("span", { class: "bar_of_colors" });
  made.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
  const word = differs ? "Predicted − true probability" : `Probability of ${now.names[1]}`;
  return html(
    "span",
    {
      class: "scale",
      title: word,
      role: "img",
      "aria-label": `Colours: ${word}, from ${differs ? "−1" : "0"} to 1`,
    },
    differs ? "−1" : "0",
    made,
    "1",
  );
}

export function drawLegend(root, now) {
  if (!now) return;
  const { names, colors, levels, held_out: held } = now;
  const entry = (icon, text) => html("span", {}, icon, text);
  root.replaceChildren(
    ...names.map((name, c) => entry(sample(c, colors), name)),
    entry(sample(0, colors, "wrong"), "Misclassified"),
    ...(held.some(Boolean) ? [entry(sample(0, colors, "held"), "Held out")] : []),
    ...(levels.length === 2 ? [bar(now)] : []),
  );
}
