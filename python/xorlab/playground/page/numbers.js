// Numbers as they are sent, drawn and written; nothing here touches the page.

// At most `most` entries of a curve, evenly, with its ends.
export function thinned(curve, most) {
  if (curve.length <= most) return curve;
  return Array.from({ length: most }, (_, k) => curve[Math.round((k * (curve.length - 1)) / (most - 1))]);
}

// The end of an axis, which not every epoch moves.
export function roundEnd(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const ends = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map(one => one * power);
  return ends.find(one => one >= value * (1 - 1e-9)) ?? value;
}

// Numbers on a grid of m by m, [i * m + j] from `start` on, between its points: i and j go from 0 to
// n1 - 1 and n2 - 1.
export function between(values, start, m, n1, n2) {
  const along = (k, n) => {
    const at = (k / (n - 1)) * (m - 1);
    const low = Math.min(Math.floor(at), m - 2);
    return [low, at - low];
  };
  return (i, j) => {
    const [p, s] = along(i, n1);
    const [q, t] = along(j, n2);
    const at = start + p * m + q;
    const left = values[at] + t * (values[at + 1] - values[at]);
    const right = values[at + m] + t * (values[at + m + 1] - values[at + m]);
    return left + s * (right - left);
  };
}

// A number with about three digits that tell something.
export function short(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 1e-4)) return value.toExponential(1);
  return String(Number(value.toPrecision(size >= 100 ? 4 : 3)));
}
export const percent = share => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–");
export const fixed = value => (Number.isFinite(value) ? value.toFixed(4) : "not finite");

// The next of some round numbers, above or below a value.
export function rung(ladder, value, way) {
  const near = 1e-9 * Math.abs(value);
  const next = way > 0 ? ladder.find(one => one > value + near) : ladder.findLast(one => one < value - near);
  return next ?? value;
}

// The next multiple of a step, without what sums in binary leave behind.
export function stepped(value, step, way, least = -Infinity, most = Infinity) {
  const next = way > 0 ? Math.floor(value / step + 1e-9) + 1 : Math.ceil(value / step - 1e-9) - 1;
  return Number(Math.max(least, Math.min(most, next * step)).toPrecision(12));
}

// The place of the nearest of `places` [x, y] within `reach`, or -1.
export function nearest(places, [x, y], reach) {
  let best = -1;
  let least = reach * reach;
  places.forEach(([px, py], n) => {
    const apart = (px - x) ** 2 + (py - y) ** 2;
    if (apart <= least) [best, least] = [n, apart];
  });
  return best;
}
