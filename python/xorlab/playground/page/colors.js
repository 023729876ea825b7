// Colours of numbers: halfway between two classes is white, and in the dark as dark as the page.

const NIGHT = [36, 41, 47];

export const rgb = color => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));
export const mix = (from, to, share) => from.map((value, k) => Math.round(value + share * (to[k] - value)));

// The colours of `setup.shades`, as bytes, for each class, or one for two: from a probability of 0
// to one of 1 for two classes, else from one of 1 / K to 1.
export function palette(shades, several, dark) {
  return (several ? shades : [shades]).map(colors => {
    const last = colors.length - 1, found = new Uint8Array(3 * colors.length);
    colors.forEach((color, k) => {
      const share = several ? k / last : Math.abs(2 * k / last - 1);
      const end = rgb(several || k > last / 2 ? colors[last] : colors[0]);
      found.set(dark ? mix(NIGHT, end, share) : rgb(color), 3 * k);
    });
    return found;
  });
}

// Writes the colour of a share of one at `at`.
export function put(data, at, colors, share) {
  const count = colors.length / 3;
  const k = 3 * Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  data[at] = colors[k];
  data[at + 1] = colors[k + 1];
  data[at + 2] = colors[k + 2];
  data[at + 3] = 255;
}

// An image [b rows, a columns] of shares [a, b], whose first row is on top.
export function paintShares(context, a, b, share, colors) {
  const image = context.createImageData(a, b);
  for (let j = 0; j < b; j++) {
    for (let i = 0; i < a; i++) put(image.data, 4 * ((b - 1 - j) * a + i), colors, share(i, j));
  }
  context.putImageData(image, 0, 0);
}

// An image of the most probable class, the paler the less probable.
export function paintClasses(context, a, b, probs, count, colors, plain) {
  const image = context.createImageData(a, b);
  for (let j = 0; j < b; j++) {
    for (let i = 0; i < a; i++) {
      const start = (i * b + j) * count;
      let best = 0;
      for (let c = 1; c < count; c++) if (probs[start + c] > probs[start + best]) best = c;
      const share = plain ? 1 : (probs[start + best] - 1 / count) / (1 - 1 / count);
      put(image.data, 4 * ((b - 1 - j) * a + i), colors[best], share);
    }
  }
  context.putImageData(image, 0, 0);
}
