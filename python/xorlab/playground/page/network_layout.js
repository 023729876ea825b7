// Where the units and the edges of a net's diagram are; nothing here touches the page.

const HEAD = 44; // for the buttons of a layer, above it
const STACKED = 104; // where they stand one above the other
const NARROW = 88; // between two layers, where they have to
const NAMES = 46; // for the inputs' names, left of them
const [LOW, HIGH] = [336, 460]; // of the units, where they fit; the more the wider it is

// Positions, in pixels, in a picture `width` wide: of each layer, inputs first and outputs last, its
// `x` and the `y` of its units; `size` is a unit's diameter.
export function layout(widths, width) {
  const most = Math.max(...widths);
  const apart = (width - NAMES - 30) / (widths.length - 1);
  const room = Math.max(LOW, Math.min(HIGH, 0.46 * width));
  const size = Math.max(18, Math.min(0.15 * room, apart * 0.6, room / most / 1.16));
  const gap = Math.max(3, Math.min(30, (room - most * size) / Math.max(1, most - 1)));
  const high = Math.max(most * size + (most - 1) * gap, 4 * size);
  const stacked = apart < NARROW && widths.length > 2;
  const head = stacked ? STACKED : HEAD;
  const left = NAMES + size / 2;
  const layers = widths.map((count, l) => ({
    x: left + (l * (width - left - size / 2 - 4)) / (widths.length - 1),
    y: Array.from({ length: count }, (_, k) => head + high / 2 + (k - (count - 1) / 2) * (size + gap)),
  }));
  return { layers, size, stacked, height: head + high + 6 };
}

// An edge from one unit to another.
export function curveOf(x1, y1, x2, y2) {
  const middle = (x1 + x2) / 2;
  const at = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${at(x1, y1)}C${at(middle, y1)} ${at(middle, y2)} ${at(x2, y2)}`;
}

// The largest size of a weight, biases apart.
export function largest(weights) {
  let most = 1e-12;
  for (const unit of weights.flat()) {
    for (const value of unit.slice(0, -1)) if (Math.abs(value) > most) most = Math.abs(value);
  }
  return most;
}

// The width of an edge, by the size of its weight.
export const thickness = (weight, most) => 0.5 + 5.5 * Math.min(1, Math.abs(weight) / most);

// The unit to which an arrow key leads from one [layer, unit]: at the same height, in another layer.
export function walked(widths, [layer, unit], key) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const [right, down] = ways[key];
  const next = Math.max(0, Math.min(widths.length - 1, layer + right));
  const share = widths[layer] > 1 ? unit / (widths[layer] - 1) : 0.5;
  const same = next === layer ? unit : Math.floor(share * (widths[next] - 1));
  return [next, Math.max(0, Math.min(widths[next] - 1, same + down))];
}

// Hidden layers with one more or fewer; a new layer has as many units as the one before.
export const MOST_LAYERS = 6;
export const MOST_UNITS = 16;
export function withLayers(hidden, way) {
  if (way < 0) return hidden.slice(0, -1);
  return hidden.length < MOST_LAYERS ? [...hidden, hidden.at(-1) ?? 4] : hidden;
}
export const withUnits = (hidden, layer, way) =>
  hidden.map((units, l) => (l === layer ? Math.max(1, Math.min(MOST_UNITS, units + way)) : units));
