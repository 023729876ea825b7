// The parts of the playground's page that need no page.
import assert from "node:assert/strict";
import test from "node:test";
import { makeAnnouncer } from "../../python/xorlab/playground/page/announce.js";
import { joined } from "../../python/xorlab/playground/page/lines.js";
import {
  largest,
  layout,
  thickness,
  walked,
  withLayers,
  withUnits,
} from "../../python/xorlab/playground/page/network_layout.js";
import {
  between,
  fixed,
  nearest,
  percent,
  roundEnd,
  rung,
  short,
  stepped,
  thinned,
} from "../../python/xorlab/playground/page/numbers.js";
import { unitNames } from "../../python/xorlab/playground/page/unit_names.js";

// --- numbers ---

test("a long curve keeps its ends and its order, and a short one is as it is", () => {
  const curve = Array.from({ length: 5000 }, (_, k) => [k + 1, 1 / (k + 1)]);
  const some = thinned(curve, 400);
  assert.equal(some.length, 400);
  assert.deepEqual([some[0], some.at(-1)], [curve[0], curve.at(-1)]);
  assert.ok(some.every(([epoch], k) => k === 0 || epoch > some[k - 1][0]));
  assert.equal(thinned(curve.slice(0, 400), 400).length, 400);
});

test("the end of an axis is round, not below its value, and less than twice that", () => {
  for (let k = 1; k < 300; k++) {
    const value = 1e-4 * 1.1 ** k;
    const end = roundEnd(value);
    assert.ok(end >= value * (1 - 1e-9) && end < 2 * value, `${end} for ${value}`);
  }
});

test("a map is as it is at its own points, and linear between them", () => {
  const m = 3;
  const plane = (i, j) => 2 * i - 5 * j + 7;
  const values = Array.from({ length: 4 + m * m }, (_, k) => plane(Math.floor((k - 4) / m), (k - 4) % m));
  const at = between(values, 4, m, 5, 9);
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 9; j++) assert.ok(Math.abs(at(i, j) - plane(i / 2, j / 4)) < 1e-9);
  }
});

test("numbers are written with three digits that tell something", () => {
  assert.deepEqual([0.123456, -2.56789, 1234.5, 0, 2.5e-7, 3e9, null, Number.NaN].map(short), [
    "0.123",
    "-2.57",
    "1235",
    "0",
    "2.5e-7",
    "3.0e+9",
    "–",
    "–",
  ]);
});

test("a loss that is no number is said to be none, and an unknown accuracy is left out", () => {
  assert.deepEqual(
    [fixed(0.12345), fixed(null), percent(0.975), percent(null)],
    ["0.1235", "not finite", "97.5 %", "–"],
  );
});

test("arrow keys go from round number to round number, from any number, and end at the ends", () => {
  const ladder = [0.01, 0.03, 0.1];
  assert.deepEqual([rung(ladder, 0.01, 1), rung(ladder, 0.05, 1), rung(ladder, 0.05, -1)], [0.03, 0.1, 0.03]);
  assert.deepEqual([rung(ladder, 0.1, 1), rung(ladder, 0.01, -1), rung(ladder, 7, -1)], [0.1, 0.01, 0.1]);
});

test("steps are multiples of the step, without what sums in binary leave behind", () => {
  assert.deepEqual([stepped(0.1, 0.05, 1), stepped(0.3, 0.1, -1), stepped(0.12, 0.05, 1)], [0.15, 0.2, 0.15]);
  assert.deepEqual([stepped(0.9, 0.1, 1, 0, 0.9), stepped(0, 0.1, -1, 0, 0.9)], [0.9, 0]);
});

test("a click takes the nearest point within reach, or none", () => {
  const places = [
    [10, 10],
    [14, 10],
    [40, 40],
  ];
  assert.equal(nearest(places, [13, 10], 14), 1);
  assert.equal(nearest(places, [60, 60], 14), -1);
  assert.equal(nearest([], [0, 0], 14), -1);
});

// --- the net ---

test("all units are within the picture and apart from each other, whatever the net and the width", () => {
  for (const width of [340, 590, 1000]) {
    for (const widths of [
      [2, 1],
      [2, 4, 1],
      [7, 16, 16, 16, 16, 16, 16, 8],
      [1, 1, 1],
      [7, 2, 1],
    ]) {
      const { layers, size, height } = layout(widths, width);
      assert.deepEqual(
        layers.map(({ y }) => y.length),
        widths,
      );
      for (const { x, y } of layers) {
        assert.ok(x - size / 2 >= 0 && x + size / 2 <= width);
        assert.ok(y[0] - size / 2 >= 0 && y.at(-1) + size / 2 <= height);
        assert.ok(y.every((at, k) => k === 0 || at - y[k - 1] >= size));
      }
      assert.ok(layers.every(({ x }, l) => l === 0 || x - layers[l - 1].x >= size));
    }
  }
});

test("the widest edge is the largest weight's, and biases do not count", () => {
  const weights = [
    [
      [1, -4, 9],
      [0.5, null, 2],
    ],
    [[2, 3, -7]],
  ];
  assert.equal(largest(weights), 4);
  assert.equal(thickness(-4, 4), thickness(4, 4));
  assert.ok(thickness(4, 4) > thickness(2, 4) && thickness(0, 4) > 0);
});

test("arrow keys reach every unit and stay within the net", () => {
  const widths = [2, 4, 3, 1];
  const seen = new Set(["0,0"]);
  const queue = [[0, 0]];
  for (const at of queue) {
    for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
      const next = walked(widths, at, key);
      assert.ok(next[1] >= 0 && next[1] < widths[next[0]]);
      if (!seen.has(next.join())) queue.push(next);
      seen.add(next.join());
    }
  }
  assert.equal(seen.size, 10);
});

test("layers and units are added and taken away within what there is room for", () => {
  assert.deepEqual(withLayers([], 1), [4]);
  assert.deepEqual(withLayers([8, 3], 1), [8, 3, 3]);
  assert.deepEqual(withLayers([8, 3], -1), [8]);
  assert.deepEqual(withLayers([1, 2, 3, 4, 5, 6], 1), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(withUnits([16, 1], 0, 1), [16, 1]);
  assert.deepEqual(withUnits([16, 1], 1, -1), [16, 1]);
  assert.deepEqual(withUnits([16, 1], 1, 1), [16, 2]);
});

test("units are called as in the other pictures", () => {
  const two = unitNames({ columns: ["x1", "sin(x2)"], widths: [2, 3, 1], names: ["Class 0", "Class 1"] });
  assert.deepEqual([two.long(0, 1), two.long(1, 2), two.long(2, 0)], ["sin x₂", "unit 3", "output: Class 1"]);
  const three = unitNames({ columns: ["height"], widths: [1, 3, 2, 3], names: ["a", "b", "c"] });
  assert.deepEqual(
    [three.long(0, 0), three.long(2, 1), three.long(3, 2)],
    ["height", "unit 2.2", "output: c"],
  );
});

// --- lines ---

test("pieces of a line are joined, each end once, and rings close", () => {
  assert.equal(joined("M1 1L2 2M3 3L2 2M3 3L4 1"), "M1 1L2 2L3 3L4 1");
  const ring = joined("M0 0L1 0M1 0L1 1M1 1L0 1M0 1L0 0");
  assert.equal(ring.match(/M/g).length, 1);
  assert.equal(ring.match(/L/g).length, 4);
  assert.equal(joined("M1 1L2 2M7 7L8 8").match(/M/g).length, 2);
  assert.equal(joined(""), "");
});

// --- speech ---

function clock() {
  let time = 0;
  const planned = [];
  return {
    now: () => time,
    later: (what, wait) => planned.push([time + wait, what]),
    pass(until) {
      time = until;
      for (const [at, what] of planned.splice(0)) at <= time ? what() : planned.push([at, what]);
    },
  };
}

test("at most one sentence is said in five seconds, and of several the last", () => {
  const { now, later, pass } = clock();
  const said = [];
  const say = makeAnnouncer(text => said.push([now(), text]), { now, later });
  say("one");
  pass(1000);
  say("two");
  pass(2000);
  say("three");
  assert.deepEqual(said, [[0, "one"]]);
  pass(5000);
  assert.deepEqual(said.at(-1), [5000, "three"]);
  pass(20000);
  say("four");
  assert.deepEqual(said.at(-1), [20000, "four"]);
  assert.equal(said.length, 3);
});

test("an empty sentence is not said", () => {
  const said = [];
  makeAnnouncer(text => said.push(text))("");
  assert.deepEqual(said, []);
});
