// The net: a circle for each unit with its map inside, and edges by the sign and size of weights.

import { palette, put } from "./colors.js";
import { byId, dark, html, svg, write } from "./dom.js";
import { curveOf, largest, layout, MOST_LAYERS, MOST_UNITS, thickness, walked, withLayers,
  withUnits } from "./network_layout.js";
import { bytes, short } from "./numbers.js";
import { makeUnitCard } from "./unit_card.js";

export function makeNetwork(root, { send, edit }) {
  let now = null, shown = null, places = null, units = [], edges = [], colors = [], current = [1, 0];
  const wires = svg("svg", { class: "wires", "aria-hidden": "true" });
  const heads = html("div", { class: "heads" }), nodes = html("div", { class: "nodes", role: "group",
    "aria-label": "Units of the net. Arrow keys walk the net; Enter shows a unit's weights." });
  root.append(wires, heads, nodes);
  const card = makeUnitCard(root, edit);

  const inputs = () => now.columns;
  const outputs = () => now.widths.at(-1);
  const name = (layer, unit) => layer === 0 ? inputs()[unit]
    : layer === now.widths.length - 1 ? (outputs() === 1 ? "the output" : `output ${now.names[unit]}`)
      : `unit ${unit + 1}${now.widths.length > 3 ? ` of layer ${layer}` : ""}`;
  const sources = layer => Array.from({ length: now.widths[layer - 1] }, (_, k) => name(layer - 1, k));
  const isOff = (layer, unit) => (shown?.off ?? []).some(([l, u]) => l === layer - 1 && u === unit);

  function setup(given) {
    const same = now && now.widths.join() === given.widths.join() && now.columns.join() === given.columns.join();
    now = given;
    if (!same) {
      shown = null;
      card.close();
      build();
    } else dress();
    inputMaps();
  }

  function build() {
    const hidden = now.widths.slice(1, -1);
    units = now.widths.map((count, layer) => Array.from({ length: count }, (_, unit) => {
      const canvas = html("canvas", { width: now.map, height: now.map, "aria-hidden": "true" });
      const button = html("button", { type: "button", class: layer ? "unit" : "unit input", tabindex: -1,
        click: () => open(layer, unit), focus: () => { point(layer, unit); hint(layer, unit); },
        keydown: event => walk(event, layer, unit), pointerenter: () => hint(layer, unit) }, canvas);
      if (layer === 0) button.append(html("span", { class: "name" }, inputs()[unit]));
      return { button, canvas, image: canvas.getContext("2d").createImageData(now.map, now.map) };
    }));
    nodes.replaceChildren(...units.flat().map(one => one.button));
    edges = now.widths.slice(1).flatMap((count, l) => Array.from({ length: count * now.widths[l] }, (_, k) => {
      const unit = Math.floor(k / now.widths[l]), source = k % now.widths[l];
      const wire = svg("path", { class: "wire" });
      const touch = svg("path", { class: "touch", click: () => open(l + 1, unit, source),
        pointerenter: () => weightHint(l, unit, source) });
      return { l, unit, source, wire, touch };
    }));
    wires.replaceChildren(...edges.map(one => one.wire), ...edges.map(one => one.touch));
    heads.replaceChildren(...hidden.map((count, layer) => head(layer, count, hidden)));
    if (current[0] >= now.widths.length || current[1] >= now.widths[current[0]]) current = [0, 0];
    point(...current);
    layers(hidden);
    arrange();
    dress();
  }

  function head(layer, count, hidden) {
    const change = way => send("hidden", withUnits(hidden, layer, way));
    return html("div", { class: "head", "data-group": "net" },
      step("−", `One unit fewer in layer ${layer + 1}`, count <= 1, () => change(-1), `fewer${layer}`),
      html("span", {}, String(count)),
      step("+", `One unit more in layer ${layer + 1}`, count >= MOST_UNITS, () => change(1), `more${layer}`));
  }
  const step = (text, label, disabled, click, id) =>
    html("button", { type: "button", class: "step", id, "aria-label": label, title: label, disabled, click }, text);

  function layers(hidden) {
    const focused = document.activeElement?.id;
    byId("layers").replaceChildren(
      step("−", "One hidden layer fewer", !hidden.length, () => send("hidden", withLayers(hidden, -1)), "layer_fewer"),
      html("span", {}, `${hidden.length} hidden ${hidden.length === 1 ? "layer" : "layers"}`),
      step("+", "One hidden layer more", hidden.length >= MOST_LAYERS,
        () => send("hidden", withLayers(hidden, 1)), "layer_more"));
    if (focused) byId(focused)?.focus();
  }

  function arrange() {
    if (!now) return;
    const width = root.clientWidth || 400;
    places = layout(now.widths, width);
    root.style.height = `${places.height}px`;
    wires.setAttribute("viewBox", `0 0 ${width} ${places.height}`);
    const half = places.size / 2;
    units.forEach((layer, l) => layer.forEach(({ button }, k) => Object.assign(button.style, {
      left: `${places.layers[l].x - half}px`, top: `${places.layers[l].y[k] - half}px`,
      width: `${places.size}px`, height: `${places.size}px` })));
    [...heads.children].forEach((one, l) => { one.style.left = `${places.layers[l + 1].x}px`; });
    for (const { l, unit, source, wire, touch } of edges) {
      const [from, to] = [places.layers[l], places.layers[l + 1]];
      const path = curveOf(from.x + half, from.y[source], to.x - half, to.y[unit]);
      wire.setAttribute("d", path);
      touch.setAttribute("d", path);
    }
  }

  function dress() {
    if (!now) return;
    const several = now.levels.length > 2;
    const shades = several ? palette(now.shades, true, dark.matches) : null;
    colors = { signed: palette(signed(now), false, dark.matches)[0], classes: shades };
    inputMaps();
    if (shown) paint();
  }
  // Of more than two classes the sign of a number is still blue or orange.
  const signed = ({ shades, levels, colors }) => levels.length > 2 ? [colors[0], "#ffffff", colors[1]] : shades;

  function paintMap({ canvas, image }, values, start, shades) {
    const m = now.map;
    for (let j = 0; j < m; j++) {
      for (let i = 0; i < m; i++) {
        put(image.data, 4 * ((m - 1 - j) * m + i), shades, values[start + i * m + j] / 255);
      }
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
  }

  function inputMaps() {
    if (!now?.input_maps || !units.length) return;
    const values = bytes(now.input_maps), each = now.map * now.map;
    units[0].forEach((one, k) => (k + 1) * each <= values.length && paintMap(one, values, k * each, colors.signed));
  }

  function paint() {
    const values = bytes(shown.units), each = now.map * now.map;
    const last = now.widths.length - 1;
    units.slice(1).flat().forEach((one, k) => paintMap(one, values, k * each, colors.signed));
    const most = largest(shown.weights);
    for (const { l, unit, source, wire } of edges) {
      const weight = shown.weights[l]?.[unit]?.[source] ?? 0;
      wire.setAttribute("stroke-width", thickness(weight, most).toFixed(2));
      wire.classList.toggle("negative", weight < 0);
      wire.classList.toggle("dead", isOff(l, source) && l > 0 || (isOff(l + 1, unit) && l + 1 < last));
    }
    units.forEach((layer, l) => l && layer.forEach(({ button }, k) => {
      const off = l < last && isOff(l, k);
      button.classList.toggle("off", off);
      const label = `${name(l, k)}${off ? ", switched off" : ""}`;
      if (button.getAttribute("aria-label") !== label) button.setAttribute("aria-label", label);
    }));
    card.refresh(shown);
  }

  function frame(given) {
    if (!now) return;
    shown = given;
    if (given.weights.length === now.widths.length - 1) paint();
  }

  function point(layer, unit) {
    units.flat().forEach(one => one.button.setAttribute("tabindex", -1));
    units[layer]?.[unit]?.button.setAttribute("tabindex", 0);
    current = [layer, unit];
  }

  function walk(event, layer, unit) {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const [l, u] = walked(now.widths, [layer, unit], event.key);
    units[l][u].button.focus();
  }

  function open(layer, unit, source) {
    if (layer === 0 || !shown) return;
    const { x, y } = { x: places.layers[layer].x, y: places.layers[layer].y[unit] };
    card.open({ layer: layer - 1, unit, title: name(layer, unit), names: sources(layer), source, x,
      y: y + places.size / 2, hidden: layer < now.widths.length - 1, opener: units[layer][unit].button }, shown);
  }

  function hint(layer, unit) {
    const bias = shown?.weights[layer - 1]?.[unit]?.at(-1);
    write(byId("network_hint"), layer === 0 ? `Input ${name(0, unit)}`
      : `${name(layer, unit)}: bias ${short(bias)}. Click for its weights.`);
  }
  function weightHint(l, unit, source) {
    write(byId("network_hint"), `${name(l, source)} → ${name(l + 1, unit)}: ${short(shown?.weights[l]?.[unit]?.[source])}`);
  }

  new ResizeObserver(arrange).observe(root);
  return { setup, frame, dress };
}
