// Elements of the page.

const SVG = "http://www.w3.org/2000/svg";

// `attributes` by name; one that is a function listens to the event of that name.
function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}
export const html = (name, attributes = {}, ...children) =>
  fill(document.createElement(name), attributes, children);
export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, name), attributes, children);
export const byId = id => document.getElementById(id);

export const dark = matchMedia("(prefers-color-scheme: dark)");

// Text is written only where it is new: that costs a layout, and screen readers may read it again.
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function toggle(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}
