// Where the units and the edges of a net's diagram are; nothing here touches the page.

const HEAD = 40; // for the buttons of a layer, above it
const LABEL = 16; // for a name above a unit
const HIGH = 300; // of the units, where they fit

// Positions, in pixels, in a picture `width` wide: of each layer, inputs first and outputs last, its
// `x` and the `y` of its units; `size` is a unit's diameter.
export function layout(widths, width) {
  const most = Math.max(...widths);
  const columns = widths.length;
  const size = Math.max(20, Math.min(50, ((width - 50) / columns) * 0.62, HIGH / most - LABEL));
  const gap = most > 1 ? Math.max(4, Math.min(30, (HIGH - most * size) / (most - 1))) : 0;
  const high = Math.max(most * size + (most - 1) * gap, 3 * size);
  const edge = size / 2 + 8;
  const layers = widths.map((count, l) => ({
    x: edge + (l * (width - 2 * edge)) / (columns - 1),
    y: Array.from({ length: count }, (_, k) => HEAD + LABEL + high / 2 + (k - (count - 1) / 2) * (size + gap)),
  }));
  return { layers, size, height: HEAD + LABEL + high + 8 };
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
