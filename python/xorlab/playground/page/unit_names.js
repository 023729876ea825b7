// What the units of a net are called; nothing here touches the page.

const PRETTY = {
  x1: "x₁",
  x2: "x₂",
  "x1^2": "x₁²",
  "x2^2": "x₂²",
  "x1*x2": "x₁x₂",
  "sin(x1)": "sin x₁",
  "sin(x2)": "sin x₂",
};

export function unitNames({ columns, widths, names }) {
  const last = widths.length - 1;
  const input = unit => PRETTY[columns[unit]] ?? columns[unit];
  const output = unit => (widths[last] > 1 ? names[unit] : names[1]);
  // As elsewhere in xorlab: of several layers, with the layer's number first.
  const hidden = (layer, unit) => `unit ${last > 2 ? `${layer}.` : ""}${unit + 1}`;
  return {
    long: (layer, unit) =>
      layer === 0 ? input(unit) : layer === last ? `output: ${output(unit)}` : hidden(layer, unit),
    // What is written beside the unit itself.
    beside: (layer, unit) => (layer === 0 ? input(unit) : ""),
  };
}
