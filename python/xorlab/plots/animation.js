// The page of an animation: the epoch that the slider is at, in each of its pictures.
import {
  axes,
  element,
  key,
  legend,
  mix,
  palettes,
  rgb,
  scale,
  shares,
  sigmoid,
  softmax,
  surface,
  ticks,
  title,
  trace,
} from "./draw.js";

const data = window.animation;
const left = 60; // the panel within its picture, which is 400 wide
const width = 332;
const height = 300;
const top = data.space ? 42 : 10; // below its title, where there is more than one panel
const surfaceWidth = 300; // of the boundary's, beside which stands the key to its colours
const classes = data.levels.length;
const several = classes > 2;
const dark = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 560px)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const { day, dusk } = palettes(data.shades);
const palette = () => (dark.matches ? dusk : day);
const picture = id => document.getElementById(id);

legend(picture("legend"), data.names.slice(0, 12), data.colors);

// --- the boundary --------------------------------------------------------------------------------

const stored = several ? classes : 1; // probabilities of a point: of two classes the second's
const prob = shares(data.prob);
const each = Array.from({ length: stored }, (_, c) => c);
const [a, b] = [data.x1[2], data.x2[2]];
const boundary = surface(picture("boundary"), {
  ...data,
  names: data.features,
  box: { left, top, width: surfaceWidth, height },
  probs: scores => scores,
  level: p => p,
});
boundary.place(data.points);

const least = several ? String(Number((1 / classes).toPrecision(2))) : "0";
const word = several ? "Probability of that class" : `Probability of class ${data.levels[1]}`;
const color = key(boundary, day, several ? [] : data.lines, least, word);

// --- the same points and grid lines after the hidden layers, where the output layer is linear ------

function hidden(space) {
  const panel = surface(picture("space"), {
    ...data,
    x1: space.x1,
    x2: space.x2,
    names: space.names,
    square: false,
    box: { left, top, width, height },
    probs: scores => (several ? softmax(scores) : scores.map(sigmoid)),
    level: p => Math.log(p / (1 - p)),
  });
  title(boundary, "Inputs", space.note);
  const note = title(panel, "Hidden units", "");
  boundary.join(
    space.inputs.map(([x1, y1, x2, y2]) => [
      [x1, y1],
      [x2, y2],
    ]),
  );
  const share = shares(space.places);
  const bent = space.lines * space.steps;
  const all = bent + data.points.length;
  const value = (k, n, [from, to], way) => from + share(2 * (k * all + n) + way) * (to - from);
  const places = (k, start, count) =>
    Array.from({ length: count }, (_, n) => [
      value(k, start + n, space.x1, 0),
      value(k, start + n, space.x2, 1),
    ]);
  return k => {
    const logits = (_i, _j, x, y) => space.logits[k].map(([wx, wy, bias]) => wx * x + wy * y + bias);
    panel.paint(logits, palette());
    panel.place(places(k, bent, data.points.length));
    panel.join(Array.from({ length: space.lines }, (_, one) => places(k, one * space.steps, space.steps)));
    note.textContent = space.notes[k];
  };
}
const bend = data.space ? hidden(data.space) : () => {};
document.querySelector("main").className = data.space ? "three" : "two";
picture("caption").textContent = data.caption;

// --- the loss ------------------------------------------------------------------------------------

const curve = picture("curve");
const last = data.loss.length;
const most = Math.max(...data.loss, ...data.val_loss) * 1.05 || 1;

// The training loss and, where there is one, the validation loss: all of it in grey, what is past in
// colour, and a dot at the present epoch. Below two pictures it is low, and as wide as both.
function losses() {
  const low = Boolean(data.space);
  const wide = low && !narrow.matches;
  const pale = `rgb(${mix(rgb(data.val_loss_color), [255, 255, 255], 0.55)})`;
  const names = [
    ["Training", data.loss, data.loss_color, "none"],
    ["Validation", data.val_loss, dark.matches ? pale : data.val_loss_color, "3 3"],
  ].filter(([, loss]) => loss.length);
  const box = { left, top: names.length > 1 ? 22 : 10, width: wide ? 744 : width, height: low ? 90 : height };
  const foot = box.top + box.height;
  curve.setAttribute("viewBox", `0 0 ${wide ? 812 : 400} ${foot + 46}`);
  curve.replaceChildren();
  const ex = scale(0, last, left, left + box.width);
  const ly = scale(0, most, foot, box.top);
  // A loss that is not finite, null here, leaves a gap.
  const numbered = loss => loss.map((value, k) => [k + 1, value]);
  const path = loss => trace(numbered(loss), ex, ly);
  const draw = (stroke, dashes) =>
    element(curve, "path", {
      fill: "none",
      style: `stroke: ${stroke}`,
      "stroke-width": 2,
      "stroke-dasharray": dashes,
    });
  for (const [, loss, , dashes] of names) draw("var(--come)", dashes).setAttribute("d", path(loss));
  const past = names.map(([, , color, dashes]) => draw(color, dashes));
  const now = element(curve, "line", { y1: box.top, y2: foot, class: "grid", "stroke-dasharray": "3 3" });
  const dots = names.map(([, , color]) => element(curve, "circle", { r: 5, fill: color }));
  // Their names, above the panel, where two have to be told apart.
  if (names.length > 1) {
    names.forEach(([name, , color, dashes], k) => {
      const end = left + box.width - 105 * (names.length - 1 - k);
      draw(color, dashes).setAttribute("d", `M${end - 95} ${box.top - 10}h24`);
      element(curve, "text", { x: end - 66, y: box.top - 6 }, name);
    });
  }
  const epochs = ticks(0, last).filter(Number.isInteger);
  axes(curve, ex, ly, epochs, ticks(0, most, low ? 3 : 5), "Epoch", "Loss", box);
  return epoch => {
    now.setAttribute("x1", ex(epoch));
    now.setAttribute("x2", ex(epoch));
    names.forEach(([, loss], one) => {
      past[one].setAttribute("d", path(loss.slice(0, epoch)));
      const value = loss[epoch - 1];
      const drawn = epoch > 0 && value !== null;
      dots[one].setAttribute("visibility", drawn ? "visible" : "hidden");
      if (drawn) {
        dots[one].setAttribute("cx", ex(epoch));
        dots[one].setAttribute("cy", ly(value));
      }
    });
  };
}

// --- the controls --------------------------------------------------------------------------------

const slider = picture("slider");
const play = picture("play");
slider.max = data.epochs.length - 1;
slider.style.accentColor = data.loss_color;
let progress;

const said = loss => (loss === null ? "not finite" : loss.toFixed(4));

function figures(epoch) {
  if (!epoch) return "Before training: the initial weights";
  const [loss, accuracy] = [data.loss[epoch - 1], 100 * data.accuracy[epoch - 1]];
  const held = data.val_loss.length ? `, validation loss ${said(data.val_loss[epoch - 1])} after it` : "";
  return `Loss ${said(loss)}, accuracy ${accuracy.toFixed(1)} % during the epoch${held}`;
}

function show() {
  const k = Number(slider.value);
  const epoch = data.epochs[k];
  const probs = (i, j) => each.map(c => prob(((k * a + i) * b + j) * stored + c));
  boundary.paint(probs, palette());
  bend(k);
  progress(epoch);
  picture("epoch").textContent = `Epoch ${epoch}`;
  slider.setAttribute("aria-valuetext", `Epoch ${epoch}`);
  picture("figures").textContent = figures(epoch);
}

// Nothing moves until it is asked to, and calmly where people want less motion.
let timer = null;
function stop() {
  clearInterval(timer);
  timer = null;
  play.textContent = "Play";
}
function step() {
  if (Number(slider.value) >= Number(slider.max)) return stop();
  slider.value = Number(slider.value) + 1;
  show();
}
play.addEventListener("click", () => {
  if (timer !== null) return stop();
  if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
  show();
  timer = setInterval(step, Math.max(still.matches ? 500 : 40, Math.min(400, 8000 / data.epochs.length)));
  play.textContent = "Stop";
});
slider.addEventListener("input", () => {
  stop();
  show();
});
slider.value = slider.max;

function dress() {
  color(palette());
  progress = losses();
  show();
}
dark.addEventListener("change", dress);
narrow.addEventListener("change", dress);
dress();
