// What pages draw with, as far as it needs no page.
import assert from "node:assert/strict";
import test from "node:test";
import {
  contour,
  lead,
  mix,
  palettes,
  rgb,
  scale,
  shade,
  shares,
  sigmoid,
  softmax,
  ticks,
  trace,
} from "../../python/xorlab/plots/draw.js";

const near = (found, expected, by = 1e-12) =>
  assert.ok(Math.abs(found - expected) <= by, `${found} is not ${expected}`);
const same = value => value;

test("a scale takes both ends to both ends, and what lies beyond them on", () => {
  const x = scale(-1, 3, 100, 20);
  assert.deepEqual([-1, 3, 1, 5].map(x), [100, 20, 60, -20]);
});

test("ticks are round numbers within the range", () => {
  assert.deepEqual(ticks(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(-0.37, 1.41), [0, 0.5, 1]);
  assert.deepEqual(ticks(0, 100), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticks(0.1, 0.3), [0.1, 0.15, 0.2, 0.25, 0.3]);
  assert.deepEqual(ticks(-2e5, 4e5, 3), [-2e5, 0, 2e5, 4e5]);
});

test("ticks of ranges of any size are five or fewer steps", () => {
  for (let k = 1; k < 200; k++) {
    const [from, to] = [-1.7 * k, 10 ** (k % 7) / 3];
    const found = ticks(from, to);
    assert.ok(found.length >= 2 && found.length <= 6, `${from} to ${to}: ${found}`);
    assert.ok(found.every(one => one >= from && one <= to));
  }
});

test("shares of two bytes each have the lower byte first", () => {
  const share = shares(Buffer.from([0, 0, 255, 255, 1, 0, 0, 1]).toString("base64"));
  assert.deepEqual([0, 1, 2, 3].map(share), [0, 1, 1 / 65535, 256 / 65535]);
});

test("shares of one byte each are of 255", () => {
  const share = shares(Buffer.from([0, 255, 51]).toString("base64"), 1);
  assert.deepEqual([0, 1, 2].map(share), [0, 1, 0.2]);
});

test("softmax and sigmoid agree, and large logits do not overflow", () => {
  assert.deepEqual(softmax([0, 0]), [0.5, 0.5]);
  for (const logit of [-3, 0.5, 7]) near(softmax([0, logit])[1], sigmoid(logit));
  assert.deepEqual(softmax([1000, 0, -1000]), [1, 0, 0]);
});

test("the lead of a class is how far it is above the best of the others", () => {
  assert.equal(lead([1, 4, 2], 1), 2);
  assert.equal(lead([1, 4, 2], 2), -2);
});

test("a line has a gap where there is no number", () => {
  const points = [0.5, null, 0, 1].map((y, k) => [k + 1, y]);
  assert.equal(
    trace(points, same, y => 10 * y),
    "M1.0 5.0M3.0 0.0L4.0 10.0",
  );
  assert.equal(trace([], same, same), "");
});

test("the contour of a plane is its straight line", () => {
  const [n1, n2] = [6, 9];
  const value = (i, j) => 2 * i - j;
  const pieces = contour(value, n1, n2, 1.5, same, same).split("M").slice(1);
  // From the foot to the top, a piece in each of the cells between.
  const ends = pieces.flatMap(piece => piece.split("L").map(one => one.split(" ").map(Number)));
  assert.equal(ends.length, 2 * pieces.length);
  for (const [i, j] of ends) near(value(i, j), 1.5, 0.15); // to a tenth of a pixel
  const along = ends.map(([, j]) => j);
  assert.deepEqual([Math.min(...along), Math.max(...along)], [0, 8]);
  const length = pieces.reduce((sum, piece) => {
    const [[x0, y0], [x1, y1]] = piece.split("L").map(one => one.split(" ").map(Number));
    return sum + Math.hypot(x1 - x0, y1 - y0);
  }, 0);
  near(length, Math.hypot(4, 8), 0.2);
});

test("where no cell crosses the level there is no contour", () => {
  assert.equal(
    contour(() => 1, 5, 5, 0.5, same, same),
    "",
  );
});

test("colours are mixed channel by channel", () => {
  assert.deepEqual(rgb("#1a2B03"), [26, 43, 3]);
  assert.deepEqual(mix([0, 100, 255], [10, 0, 255], 0.5), [5, 50, 255]);
});

const [blue, white, orange] = ["#0000ff", "#ffffff", "#ff8000"];

test("of two classes the colour is from the first's to the second's, white or dark halfway", () => {
  const { day, dusk } = palettes([blue, white, orange]);
  const by = palette => [0, 0.5, 1].map(p => shade([p], palette));
  assert.deepEqual(by(day), [blue, white, orange].map(rgb));
  assert.deepEqual([by(dusk)[0], by(dusk)[2]], [blue, orange].map(rgb));
  assert.ok(Math.max(...by(dusk)[1]) < 60);
});

test("of more classes the colour is the most probable one's, stronger as it is surer", () => {
  const { day, dusk } = palettes([
    [white, blue],
    [white, orange],
    [white, "#00ff00"],
  ]);
  assert.deepEqual(shade([0, 1, 0], day), rgb(orange));
  assert.deepEqual(shade([0.3, 0.3, 0.4], day), rgb(white));
  assert.deepEqual(shade([0.9, 0.05, 0.05], dusk), rgb(blue));
  assert.ok(Math.max(...shade([0.3, 0.3, 0.4], dusk)) < 60);
});
