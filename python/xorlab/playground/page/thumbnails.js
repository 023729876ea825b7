// Small pictures of the toy problems, from points without noise.

import { svg } from "./dom.js";

const round = count => Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count);
const grid = n =>
  Array.from({ length: n * n }, (_, k) => [
    (((k % n) + 0.5) / n) * 2 - 1,
    ((Math.floor(k / n) + 0.5) / n) * 2 - 1,
  ]);
const around = (x, y, count, radius) => [
  [x, y],
  ...round(count).map(a => [x + radius * Math.cos(a), y + radius * Math.sin(a)]),
];

// Points [x, y, class] of each problem, from about -1 to 1.
export const THUMBNAILS = {
  xor: () =>
    [
      [-1, -1, 0],
      [1, 1, 0],
      [-1, 1, 1],
      [1, -1, 1],
    ].flatMap(([x, y, c]) => around(0.6 * x, 0.6 * y, 5, 0.24).map(([a, b]) => [a, b, c])),
  circles: () => [
    ...round(15).map(a => [0.9 * Math.cos(a), 0.9 * Math.sin(a), 0]),
    ...round(8).map(a => [0.42 * Math.cos(a), 0.42 * Math.sin(a), 1]),
  ],
  moons: () =>
    Array.from({ length: 10 }, (_, k) => (Math.PI * k) / 9).flatMap(a => [
      [0.66 * Math.cos(a) - 0.3, 0.8 * Math.sin(a) - 0.15, 0],
      [0.3 - 0.66 * Math.cos(a), 0.15 - 0.8 * Math.sin(a), 1],
    ]),
  spirals: () =>
    Array.from({ length: 26 }, (_, k) => k / 25).flatMap(t =>
      [0, 1].map(c => {
        const angle = 3 * Math.PI * t + Math.PI * c,
          radius = 0.14 + 0.84 * t;
        return [radius * Math.cos(angle), radius * Math.sin(angle), c];
      }),
    ),
  blobs: () =>
    round(3).flatMap((a, c) =>
      around(0.6 * Math.cos(a), 0.6 * Math.sin(a), 5, 0.22).map(([x, y]) => [x, y, c]),
    ),
  checkerboard: () =>
    grid(6).map(([x, y]) => [x, y, (Math.floor((x + 1) * 1.5) + Math.floor((y + 1) * 1.5)) % 2]),
  linear: () => grid(5).map(([x, y]) => [x, y, x + y > 0.05 ? 1 : 0]),
  own: () => [],
};

export function thumbnail(name) {
  const made = svg("svg", { viewBox: "-1.2 -1.2 2.4 2.4", class: "thumbnail", "aria-hidden": "true" });
  for (const [x, y, c] of THUMBNAILS[name]?.() ?? []) {
    made.append(
      svg("circle", {
        cx: x.toFixed(2),
        cy: (-y).toFixed(2),
        r: name === "spirals" ? 0.09 : 0.13,
        class: `class${c}`,
      }),
    );
  }
  if (name === "own")
    made.append(
      svg("path", {
        class: "sheet",
        d: "M-0.75 -0.8h1.5v1.6h-1.5zM-0.75 -0.35h1.5M-0.75 0.1h1.5M-0.1 -0.8v1.6",
      }),
    );
  return made;
}
