// Drawing for pages, as SVG: axes, marks, a surface with its lines and the key to its colours. It
// knows no page and holds no data; pages of one file hold it whole.

export function element(parent, name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

// --- numbers ---------------------------------------------------------------------------------------

export function bytes(text) {
  const letters = atob(text);
  const found = new Uint8Array(letters.length);
  for (let k = 0; k < letters.length; k++) found[k] = letters.charCodeAt(k);
  return found;
}

// Numbers of two bytes each, or of one, as shares of one.
export function shares(text, size = 2) {
  const view = new DataView(bytes(text).buffer);
  return size === 1 ? at => view.getUint8(at) / 255 : at => view.getUint16(2 * at, true) / 65535;
}

// A scale from data to pixels.
export function scale(from, to, start, end) {
  return value => start + ((value - from) / (to - from)) * (end - start);
}

// About five round numbers from `from` to `to`.
export function ticks(from, to, count = 5) {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(one => one * power).find(one => one >= rough);
  const found = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) {
    found.push(Number((k * step).toPrecision(10)));
  }
  return found;
}

export const sigmoid = logit => 1 / (1 + Math.exp(-logit));

export function softmax(logits) {
  const most = Math.max(...logits);
  const powers = logits.map(one => Math.exp(one - most));
  const sum = powers.reduce((sum, one) => sum + one, 0);
  return powers.map(one => one / sum);
}

// How far class c is above the best of the others.
export const lead = (scores, c) => scores[c] - Math.max(...scores.filter((_, d) => d !== c));

// --- lines -----------------------------------------------------------------------------------------

// Through points [x, y]; a y that is null leaves a gap.
export function trace(points, x, y) {
  return points
    .map(([at, value], k) => {
      if (value === null) return "";
      const begins = k === 0 || points[k - 1][1] === null;
      return `${begins ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
}

// Where value(i, j) on a grid of n1 by n2 has a level: a straight piece through each cell that it
// crosses. x and y take i and j, and what lies between them, to pixels.
export function contour(value, n1, n2, level, x, y) {
  const values = new Float64Array(n1 * n2);
  for (let i = 0; i < n1; i++) {
    for (let j = 0; j < n2; j++) values[i * n2 + j] = value(i, j);
  }
  const pieces = [];
  for (let i = 0; i + 1 < n1; i++) {
    for (let j = 0; j + 1 < n2; j++) {
      const at = i * n2 + j;
      const below = values[at] < level;
      // Most cells lie on one side, and this is done for every frame of a page.
      if (
        values[at + 1] < level === below &&
        values[at + n2] < level === below &&
        values[at + n2 + 1] < level === below
      ) {
        continue;
      }
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ];
      const crossed = [];
      corners.forEach(([i0, j0], edge) => {
        const [i1, j1] = corners[(edge + 1) % 4];
        const [v0, v1] = [values[i0 * n2 + j0], values[i1 * n2 + j1]];
        if (v0 < level !== v1 < level) {
          const t = (level - v0) / (v1 - v0);
          crossed.push(`${x(i0 + t * (i1 - i0)).toFixed(1)} ${y(j0 + t * (j1 - j0)).toFixed(1)}`);
        }
      });
      for (let n = 0; n + 1 < crossed.length; n += 2) pieces.push(`M${crossed[n]}L${crossed[n + 1]}`);
    }
  }
  return pieces.join("");
}

// --- colours: halfway between the classes is white, and in the dark as dark as the page -------------

const night = [36, 41, 47];

export const rgb = color => [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16));
export const mix = (from, to, share) => from.map((value, k) => Math.round(value + share * (to[k] - value)));

// Of colours from a probability of 0 to one of 1, for two classes; for more, of a list for each, from
// one of 1 / K to 1. A palette is a list of lists in both cases.
export function palettes(shades) {
  const several = Array.isArray(shades[0]);
  const day = (several ? shades : [shades]).map(one => one.map(rgb));
  const dusk = day.map(colors =>
    colors.map((_, k) => {
      const last = colors.length - 1;
      const share = several ? k / last : Math.abs((2 * k) / last - 1);
      return mix(night, several || k > last / 2 ? colors[last] : colors[0], share);
    }),
  );
  return { day, dusk };
}

const pick = (colors, share) =>
  colors[Math.max(0, Math.min(colors.length - 1, Math.floor(share * colors.length)))];

// The colour of the most probable class. Of two classes there is the probability of the second one.
export function shade(probs, palette) {
  if (palette.length === 1) return pick(palette[0], probs[0]);
  const best = probs.indexOf(Math.max(...probs));
  const least = 1 / palette.length;
  return pick(palette[best], (probs[best] - least) / (1 - least));
}

// --- samples ---------------------------------------------------------------------------------------

// The shapes of the classes, around the origin; the same as in other pictures.
const shapes = [
  "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z",
  "M0 -3.6l3.4 6h-6.8z",
  "M-3 -3h6v6h-6z",
  "M0 -4.2l3.6 4.2l-3.6 4.2l-3.6 -4.2z",
  "M0 3.6l3.4 -6h-6.8z",
  "M-1.2 -3.6h2.4v2.4h2.4v2.4h-2.4v2.4h-2.4v-2.4h-2.4v-2.4h2.4z",
  "M-3.6 -2l1.6 -1.6l2 2l2 -2l1.6 1.6l-2 2l2 2l-1.6 1.6l-2 -2l-2 2l-1.6 -1.6l2 -2z",
  "M0 -4.4l1.2 3h3l-2.4 2l1 3.2l-2.8 -2l-2.8 2l1 -3.2l-2.4 -2h3z",
];

export function mark(parent, label, colors) {
  const d = shapes[(label + Math.floor(label / 8)) % 8];
  return element(parent, "path", { class: "mark", fill: colors[label], "stroke-width": 0.4, d });
}

export const move = (one, x, y) =>
  one.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);

// Mark and name of each class.
export function legend(parent, names, colors) {
  names.forEach((name, label) => {
    const entry = document.createElement("span");
    mark(element(entry, "svg", { viewBox: "-5 -5 10 10", "aria-hidden": "true" }), label, colors);
    entry.append(name);
    parent.append(entry);
  });
}

// --- a panel ---------------------------------------------------------------------------------------

export function axes(svg, x, y, xTicks, yTicks, xLabel, yLabel, { left, top, width, height }) {
  const stroke = "currentColor";
  const [middle, foot] = [top + height / 2, top + height];
  element(svg, "rect", { x: left, y: top, width, height, fill: "none", stroke });
  for (const tick of xTicks) {
    element(svg, "line", { x1: x(tick), x2: x(tick), y1: foot, y2: foot + 5, stroke });
    element(svg, "text", { x: x(tick), y: foot + 19, "text-anchor": "middle" }, tick);
  }
  for (const tick of yTicks) {
    element(svg, "line", { x1: left - 5, x2: left, y1: y(tick), y2: y(tick), stroke });
    element(svg, "text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, tick);
  }
  element(svg, "text", { x: left + width / 2, y: foot + 38, "text-anchor": "middle" }, xLabel);
  const turned = `rotate(-90 12 ${middle})`;
  element(svg, "text", { x: 12, y: middle, "text-anchor": "middle", transform: turned }, yLabel);
}

// Above a panel; returns its second line, the note.
export function title({ svg, box }, text, note) {
  const at = { x: box.left + box.width / 2, "text-anchor": "middle" };
  element(svg, "text", { ...at, y: 14, class: "title" }, text);
  return element(svg, "text", { ...at, y: 32, class: "note" }, note);
}

// Pixels of one colour for each point of a grid of n1 by n2; the first row is on top.
function pixels(canvas, color) {
  const context = canvas.getContext("2d");
  const { width: n1, height: n2 } = canvas;
  const image = context.createImageData(n1, n2);
  for (let j = 0; j < n2; j++) {
    for (let i = 0; i < n1; i++) {
      const [red, green, blue] = color(i, j);
      const at = 4 * ((n2 - 1 - j) * n1 + i);
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

// A canvas with a pixel for each point of a grid, to be drawn on anew by `paint(color)`.
export function grid(n1, n2) {
  const canvas = document.createElement("canvas");
  canvas.width = n1;
  canvas.height = n2;
  return { canvas, paint: color => pixels(canvas, color) };
}

// A box made smaller, where it need be, so that both axes have the same unit.
function squared(box, [from1, to1], [from2, to2]) {
  const unit = Math.min(box.width / (to1 - from1), box.height / (to2 - from2));
  const width = unit * (to1 - from1);
  return { ...box, left: box.left + (box.width - width) / 2, width, height: unit * (to2 - from2) };
}

// A surface: one pixel for each point of a grid, drawn large and smooth, with its lines and the
// samples. `x1` and `x2` are [from, to, count] of the grid lines, `lines` [probability, width] of two
// classes; of more, each has a line where it is as probable as the best of the others.
//
// Returns the panel, of which `paint(scores, palette)` takes scores(i, j, x, y): what is 0, or some
// `level` of a probability, along the lines, of two classes the second's, of more one for each.
// `probs` makes probabilities of scores. `place(points)` moves the samples, `join(lines)` draws a mesh.
// Where `beneath` is true the pixels are not in the picture: the page lays the panel's `canvas` there.
export function surface(svg, { x1, x2, names, label, colors, lines, box, square, probs, level, beneath }) {
  const [n1, n2] = [x1[2], x2[2]];
  const several = colors.length > 2;
  const [step1, step2] = [x1, x2].map(([from, to, n]) => (to - from) / (n - 1));
  // Half a step of the grid beyond its first and last lines, as a pixel reaches around its point.
  const range1 = [x1[0] - step1 / 2, x1[1] + step1 / 2];
  const range2 = [x2[0] - step2 / 2, x2[1] + step2 / 2];
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 400 ${box.top + box.height + 46}`);
  const inner = square ? squared(box, range1, range2) : box;
  const { left, top, width, height } = inner;
  const px = scale(...range1, left, left + width);
  const py = scale(...range2, top + height, top);
  const { canvas, paint: fill } = grid(n1, n2);
  const frame = { x: left, y: top, width, height, preserveAspectRatio: "none" };
  const picture = beneath ? null : element(svg, "image", frame);
  const mesh = element(svg, "path", { class: "grid" });
  const line = attributes => element(svg, "path", { class: "line", fill: "none", ...attributes });
  const drawn = several
    ? colors.map((_, c) => [c, line({ "stroke-width": 1.4, "data-class": c })])
    : lines.map(([p, wide]) => [p, line({ "stroke-width": wide, "data-level": p })]);
  const marks = label.map(one => mark(svg, one, colors));
  axes(svg, px, py, ticks(...range1), ticks(...range2), ...names, inner);

  const [gx, gy] = [i => px(x1[0] + step1 * i), j => py(x2[0] + step2 * j)];
  function paint(scores, palette) {
    const cells = [];
    fill((i, j) => {
      cells[j * n1 + i] = scores(i, j, x1[0] + step1 * i, x2[0] + step2 * j);
      return shade(probs(cells[j * n1 + i]), palette);
    });
    picture?.setAttribute("href", canvas.toDataURL());
    for (const [one, path] of drawn) {
      const value = several ? cell => lead(cell, one) : cell => cell[0];
      const along = contour((i, j) => value(cells[j * n1 + i]), n1, n2, several ? 0 : level(one), gx, gy);
      path.setAttribute("d", along);
    }
  }
  const place = points => points.forEach(([x, y], n) => move(marks[n], px(x), py(y)));
  const join = lines => mesh.setAttribute("d", lines.map(one => trace(one, px, py)).join(""));
  return { svg, canvas, box: inner, px, py, marks, paint, place, join };
}

// The key to the colours, right of a panel: a bar from `least` at its foot to 1, with its words beside
// it. Returns what colours it by a palette.
export function key({ svg, box }, palette, lines, least, word) {
  const [left, foot] = [box.left + box.width + 8, box.top + box.height];
  const strips = palette.slice(0, 8).map((colors, c, all) => {
    const width = 10 / all.length;
    const ends = { id: `shades${c}`, x1: 0, x2: 0, y1: 1, y2: 0 };
    const gradient = element(element(svg, "defs", {}), "linearGradient", ends);
    const strip = { x: left + c * width, y: box.top, width, height: box.height };
    element(svg, "rect", { ...strip, fill: `url(#shades${c})` });
    return colors.map((_, k) => element(gradient, "stop", { offset: k / (colors.length - 1) }));
  });
  const frame = { x: left, y: box.top, width: 10, height: box.height };
  element(svg, "rect", { ...frame, fill: "none", stroke: "currentColor" });
  for (const [level, width] of lines) {
    const y = foot - level * box.height;
    element(svg, "line", { class: "line", x1: left, x2: left + 10, y1: y, y2: y, "stroke-width": width });
  }
  const style = `font-size: ${Math.min(13, (1.5 * box.height) / word.length)}px`;
  const words = [
    [least, foot, "start"],
    [word, foot - box.height / 2, "middle"],
    ["1", box.top, "end"],
  ];
  for (const [text, y, anchor] of words) {
    const transform = `translate(${left + 24} ${y}) rotate(-90)`;
    element(svg, "text", { x: 0, y: 0, "text-anchor": anchor, style, transform }, text);
  }
  return palette => {
    strips.forEach((stops, c) => {
      stops.forEach((stop, k) => stop.setAttribute("stop-color", `rgb(${palette[c][k]})`));
    });
  };
}
