// Colours of the units' maps, as bytes, for there may be a hundred maps to paint in a frame.

import { dark } from "./dom.js";
import { palettes, rgb } from "./draw.js";

export const palette = shades => palettes(shades)[dark.matches ? "dusk" : "day"];

// Colours from -1 to 1, or of a probability of two classes; of more classes the shades of a
// probability are others, but those of a sign are still these.
export const signed = ({ shades, levels }) =>
  levels.length > 2 ? stretched([shades[0].at(-1), "#ffffff", shades[1].at(-1)], 255) : shades;

// `count` colours along some.
export function stretched(colors, count) {
  const known = colors.map(rgb);
  return Array.from({ length: count }, (_, k) => {
    const at = (k / (count - 1)) * (known.length - 1);
    const low = Math.min(Math.floor(at), known.length - 2);
    const mixed = known[low].map((value, c) => Math.round(value + (at - low) * (known[low + 1][c] - value)));
    return `#${mixed.map(value => value.toString(16).padStart(2, "0")).join("")}`;
  });
}

// A colour for each byte, as a share of one; of the first up to `least`.
export function lookup(colors, least = 0) {
  const found = new Uint8Array(3 * 256);
  for (let k = 0; k < 256; k++) {
    const share = Math.max(0, (k / 255 - least) / (1 - least));
    found.set(colors[Math.round(share * (colors.length - 1))], 3 * k);
  }
  return found;
}

// Paints a map of m by m bytes, [i * m + j] from `start` on; the first row of the image is on top.
export function paintMap(context, image, values, start, m, table) {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const at = 4 * ((m - 1 - j) * m + i);
      const from = 3 * values[start + i * m + j];
      image.data[at] = table[from];
      image.data[at + 1] = table[from + 1];
      image.data[at + 2] = table[from + 2];
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}
