// Where the units and the edges of a net's diagram are; nothing here touches the page.

const HEAD = 58; // for the buttons of a layer, above it

// Positions, in pixels, in a picture `width` wide: of each layer, inputs first and outputs last, its
// `x` and the `y` of its units; `size` is a unit's diameter.
export function layout(widths, width) {
  const most = Math.max(...widths), columns = widths.length;
  const size = Math.max(20, Math.min(46, (width - 60) / columns * 0.62, 330 / most - 6));
  const gap = most > 1 ? Math.min(26, Math.max(5, (330 - most * size) / most)) : 0;
  const high = most * size + (most - 1) * gap, edge = Math.max(34, size / 2 + 4);
  const layers = widths.map((count, l) => ({
    x: columns > 1 ? edge + l * (width - 2 * edge) / (columns - 1) : width / 2,
    y: Array.from({ length: count }, (_, k) => HEAD + high / 2 + (k - (count - 1) / 2) * (size + gap)),
  }));
  return { layers, size, height: HEAD + high + 10, head: HEAD };
}

// An edge from one unit to another.
export function curveOf(x1, y1, x2, y2) {
  const middle = (x1 + x2) / 2;
  const at = value => value.toFixed(1);
  return `M${at(x1)} ${at(y1)}C${at(middle)} ${at(y1)} ${at(middle)} ${at(y2)} ${at(x2)} ${at(y2)}`;
}

export const largest = weights => Math.max(1e-12,
  ...weights.flatMap(layer => layer.flatMap(unit => unit.slice(0, -1).map(Math.abs))).filter(Number.isFinite));

// The width of an edge, by the size of its weight.
export const thickness = (weight, most) => 0.5 + 5.5 * Math.min(1, Math.abs(weight) / most);

// The unit to which an arrow leads from one [layer, unit].
export function walked(widths, [layer, unit], key) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const next = Math.max(0, Math.min(widths.length - 1, layer + dx));
  const most = widths[next] - 1;
  const same = next === layer ? unit : Math.round(unit / Math.max(1, widths[layer] - 1) * most);
  return [next, Math.max(0, Math.min(most, same + dy))];
}

// Hidden layers with one more or fewer; a new layer has as many units as the last.
export const MOST_LAYERS = 6, MOST_UNITS = 16;
export function withLayers(hidden, way) {
  if (way > 0) return hidden.length < MOST_LAYERS ? [...hidden, hidden.at(-1) ?? 4] : hidden;
  return hidden.slice(0, -1);
}
export const withUnits = (hidden, layer, way) => hidden.map((units, l) =>
  l === layer ? Math.max(1, Math.min(MOST_UNITS, units + way)) : units);
