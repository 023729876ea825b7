// The net: a circle for each unit with its map inside, and edges by the sign and size of weights.

import { lookup, paintMap, palette, signed } from "./colors.js";
import { dark, html, svg, toggle, write } from "./dom.js";
import { bytes } from "./draw.js";
import { makeHeads } from "./network_heads.js";
import { curveOf, largest, layout, thickness, walked } from "./network_layout.js";
import { short } from "./numbers.js";
import { makeUnitCard } from "./unit_card.js";
import { unitNames } from "./unit_names.js";

const WALK = "Units of the net. Arrow keys walk the net, Enter shows a unit's weights.";

export function makeNetwork(root, { send, edit, look }) {
  let now = null;
  let shown = null; // the latest frame
  let maps = null; // bytes of the maps of its units
  let inputs = null; // of those of the inputs
  let places = null;
  let names = null;
  let units = [];
  let edges = [];
  let table = null;
  const wires = svg("svg", { class: "wires", "aria-hidden": "true" });
  const nodes = html("div", { class: "nodes", role: "group", "aria-label": WALK });
  const heads = makeHeads(root, send);
  const tip = html("p", { class: "tip", hidden: true, "aria-hidden": "true" });
  root.append(wires, nodes, tip);
  const card = makeUnitCard(root, edit);

  const last = () => now.widths.length - 1;
  const placeOf = (l, k) => ({ x: places.layers[l].x, y: places.layers[l].y[k], half: places.size / 2 });
  const isOff = (layer, unit) => Boolean(shown?.off.some(([l, u]) => l === layer - 1 && u === unit));
  const weight = (layer, unit, source) => shown?.weights[layer - 1]?.[unit]?.at(source);

  // --- what stays as long as the net has this shape ---

  function setup(given) {
    const shape = one => [one?.widths, one?.columns, one?.names].join();
    const same = shape(now) === shape(given);
    now = given;
    inputs = bytes(now.input_maps);
    if (!same) build();
    dress();
  }

  function build() {
    names = unitNames(now);
    shown = maps = null;
    card.close();
    units = now.widths.map((count, layer) =>
      Array.from({ length: count }, (_, unit) => makeUnit(layer, unit)),
    );
    nodes.replaceChildren(...units.flat().map(one => one.button));
    edges = now.widths
      .slice(1)
      .flatMap((count, l) =>
        Array.from({ length: count * now.widths[l] }, (_, k) =>
          makeEdge(l + 1, Math.floor(k / now.widths[l]), k % now.widths[l]),
        ),
      );
    wires.replaceChildren(...edges.map(one => one.wire), ...edges.map(one => one.touch));
    stop(0, 0);
    arrange();
  }

  function makeUnit(layer, unit) {
    const canvas = html("canvas", { width: now.map, height: now.map });
    const context = canvas.getContext("2d");
    const button = html(
      "button",
      {
        type: "button",
        class: layer ? "unit" : "unit input",
        tabindex: -1,
        "aria-label": names.long(layer, unit),
        click: () => open(layer, unit),
        focus: () => stop(layer, unit),
        blur: leave,
        keydown: event => walk(event, layer, unit),
        pointerenter: event => event.pointerType === "mouse" && enter(layer, unit),
        pointerleave: leave,
      },
      canvas,
    );
    if (names.beside(layer, unit)) button.append(html("span", { class: "name" }, names.beside(layer, unit)));
    return { button, canvas, context, image: context.createImageData(now.map, now.map) };
  }

  function makeEdge(layer, unit, source) {
    const wire = svg("path", { class: "wire" });
    const touch = svg("path", {
      class: "touch",
      click: () => open(layer, unit, source),
      pointerenter: () => {
        const from = names.long(layer - 1, source);
        const to = names.long(layer, unit);
        const [a, b] = [places.layers[layer - 1], places.layers[layer]];
        show(
          `${from} → ${to}: ${short(weight(layer, unit, source))}`,
          (a.x + b.x) / 2,
          (a.y[source] + b.y[unit]) / 2 - 12,
        );
      },
      pointerleave: leave,
    });
    return { layer, unit, source, wire, touch };
  }

  function arrange() {
    if (!now) return;
    const width = root.clientWidth;
    places = layout(now.widths, width);
    root.style.height = `${places.height}px`;
    root.classList.toggle("stacked", places.stacked);
    wires.setAttribute("viewBox", `0 0 ${width} ${places.height}`);
    const half = places.size / 2;
    units.forEach((layer, l) => {
      layer.forEach(({ button }, k) => {
        button.style.left = `${places.layers[l].x - half}px`;
        button.style.top = `${places.layers[l].y[k] - half}px`;
        button.style.width = button.style.height = `${places.size}px`;
      });
    });
    heads.arrange(places);
    for (const { layer, unit, source, wire, touch } of edges) {
      const [from, to] = [places.layers[layer - 1], places.layers[layer]];
      const path = curveOf(from.x + half, from.y[source], to.x - half, to.y[unit]);
      wire.setAttribute("d", path);
      touch.setAttribute("d", path);
    }
    card.follow(placeOf);
  }

  // --- what every frame changes ---

  function frame(given) {
    if (given.weights.length !== last()) return;
    shown = given;
    maps = bytes(given.units);
    paint();
  }

  function dress() {
    if (!now) return;
    const shades = palette(now.shades);
    const least = 1 / now.levels.length; // the probability of a class that says nothing
    const classes = shades.length > 1 ? shades.map(colors => lookup(colors, least)) : null;
    table = { signed: lookup(palette(signed(now))[0]), classes };
    paint();
  }

  function paint() {
    const each = now.map * now.map;
    const draw = ({ context, image }, values, k, colors) =>
      paintMap(context, image, values, k * each, now.map, colors);
    for (const [k, one] of units[0].entries()) draw(one, inputs, k, table.signed);
    if (!shown) return;
    let k = 0;
    for (const [l, layer] of units.slice(1).entries()) {
      layer.forEach((one, unit) => {
        const output = l + 1 === last() && table.classes;
        draw(one, maps, k, output ? table.classes[unit] : table.signed);
        k += 1;
      });
    }
    wire();
    for (const [l, layer] of units.entries()) {
      for (const [unit, one] of layer.entries()) label(one.button, l, unit);
    }
    card.refresh(shown);
  }

  function wire() {
    const most = largest(shown.weights);
    for (const { layer, unit, source, wire } of edges) {
      const value = weight(layer, unit, source) ?? 0;
      wire.setAttribute("stroke-width", thickness(value, most).toFixed(2));
      wire.classList.toggle("negative", value < 0);
      wire.classList.toggle("dead", isOff(layer, unit) || isOff(layer - 1, source));
    }
  }

  function label(button, layer, unit) {
    if (layer === 0) return;
    const off = isOff(layer, unit);
    button.classList.toggle("off", off);
    const text = `${names.long(layer, unit)}${off ? ", switched off" : ""}`;
    if (button.getAttribute("aria-label") !== text) button.setAttribute("aria-label", text);
  }

  // --- what a person does ---

  // The one unit at which the tab key stops.
  function stop(layer, unit) {
    for (const one of units.flat()) one.button.setAttribute("tabindex", -1);
    const one = units[layer][unit].button;
    one.setAttribute("tabindex", 0);
    if (one.matches(":focus-visible")) enter(layer, unit);
  }

  function walk(event, layer, unit) {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const [l, u] = walked(now.widths, [layer, unit], event.key);
    units[l][u].button.focus();
  }

  function enter(layer, unit) {
    const bias = layer ? `: bias ${short(weight(layer, unit, -1))}` : "";
    const { x, y } = { x: places.layers[layer].x, y: places.layers[layer].y[unit] };
    show(names.long(layer, unit) + bias, x, y + places.size / 2 + 4);
    const before = now.widths.slice(1, layer).reduce((sum, count) => sum + count, 0);
    const start = (layer ? before + unit : unit) * now.map * now.map;
    const output = layer === last() && table.classes ? unit : null;
    look({ name: names.long(layer, unit), start, output, fresh: () => (layer ? maps : inputs) });
  }

  function leave() {
    toggle(tip, false);
    look(null);
  }

  function show(text, x, y) {
    write(tip, text[0].toUpperCase() + text.slice(1));
    toggle(tip, true);
    const half = tip.offsetWidth / 2;
    tip.style.left = `${Math.max(half, Math.min(root.clientWidth - half, x))}px`;
    tip.style.top = `${y}px`;
  }

  function open(layer, unit, source) {
    if (layer === 0 || !shown) return;
    leave();
    card.open(
      {
        layer: layer - 1,
        unit,
        source,
        title: names.long(layer, unit),
        sources: Array.from({ length: now.widths[layer - 1] }, (_, k) => names.long(layer - 1, k)),
        hidden: layer < last(),
        ...placeOf(layer, unit),
        opener: units[layer][unit].button,
      },
      shown,
    );
  }

  new ResizeObserver(arrange).observe(root);
  dark.addEventListener("change", dress);
  return { setup, frame };
}
