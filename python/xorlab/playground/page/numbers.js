// Numbers as they are sent, drawn and written; nothing here touches the page.

// Numbers of two bytes, the lower first, as shares of one.
export function shares(text) {
  const bytes = new DataView(Uint8Array.from(atob(text), one => one.charCodeAt(0)).buffer);
  const found = new Float32Array(bytes.byteLength / 2);
  for (let at = 0; at < found.length; at++) found[at] = bytes.getUint16(2 * at, true) / 65535;
  return found;
}

export const bytes = text => Uint8Array.from(atob(text), one => one.charCodeAt(0));

// A scale from data to pixels.
export const scale = (from, to, start, end) => value =>
  start + (value - from) / (to - from || 1) * (end - start);

// About five round numbers from `from` to `to`.
export function ticks(from, to, count = 5) {
  const rough = (to - from) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(one => one * power).find(one => one >= rough);
  const found = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) {
    found.push(Number((k * step).toPrecision(10)));
  }
  return found;
}

// Where values on a grid, `value(i, j)`, have a level: a straight piece through each cell that it
// crosses, as a path.
export function contour(value, a, b, level, x, y) {
  const pieces = [];
  for (let i = 0; i + 1 < a; i++) {
    for (let j = 0; j + 1 < b; j++) {
      const corner = [value(i, j), value(i + 1, j), value(i + 1, j + 1), value(i, j + 1)];
      const above = (corner[0] >= level) + (corner[1] >= level) + (corner[2] >= level) + (corner[3] >= level);
      if (above === 0 || above === 4) continue;
      const crossed = [];
      for (let edge = 0; edge < 4; edge++) {
        const v0 = corner[edge], v1 = corner[(edge + 1) % 4];
        if ((v0 < level) === (v1 < level)) continue;
        const t = (level - v0) / (v1 - v0);
        const at = [[i + t, j], [i + 1, j + t], [i + 1 - t, j + 1], [i, j + 1 - t]][edge];
        crossed.push(`${x(at[0]).toFixed(1)} ${y(at[1]).toFixed(1)}`);
      }
      for (let n = 0; n + 1 < crossed.length; n += 2) pieces.push(`M${crossed[n]}L${crossed[n + 1]}`);
    }
  }
  return pieces.join("");
}

// At most `most` points of a curve, evenly, with its ends.
export function thinned(curve, most) {
  if (curve.length <= most) return curve;
  return Array.from({ length: most }, (_, k) => curve[Math.round(k * (curve.length - 1) / (most - 1))]);
}

// A number with about three digits that tell something.
export function short(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 1e-4)) return value.toExponential(1);
  return String(Number(value.toPrecision(size >= 100 ? 4 : 3)));
}
export const percent = value => value === null || value === undefined ? "–" : `${(100 * value).toFixed(1)} %`;
export const fixed = value => value === null || value === undefined || !Number.isFinite(value)
  ? "not finite" : value.toFixed(4);

// The next of some round numbers above or below a value.
export function rung(ladder, value, way) {
  const near = 1e-9 * Math.abs(value);
  return way > 0 ? ladder.find(one => one > value + near) ?? value
    : ladder.findLast(one => one < value - near) ?? value;
}
// The next multiple of a step; without the noise of sums in binary.
export function stepped(value, step, way, least = -Infinity, most = Infinity) {
  const next = way > 0 ? Math.floor(value / step + 1e-9) + 1 : Math.ceil(value / step - 1e-9) - 1;
  return Number(Math.max(least, Math.min(most, next * step)).toPrecision(12));
}
