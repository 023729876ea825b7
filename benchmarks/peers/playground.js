// A net as browser playgrounds build theirs: an object for each unit, an object for each link, and
// one point at a time, whose slopes add up until the batch is full.
// Reads {x, label, testX, hidden, epochs, batchSize, lr, seed} as JSON, writes {seconds, called}.
import { readFileSync } from "node:fs";

class Link {
  constructor(source, target, weight) {
    this.source = source;
    this.target = target;
    this.weight = weight;
    this.slope = 0;
    source.outgoing.push(this);
    target.incoming.push(this);
  }
}

class Unit {
  constructor(activation, bias) {
    this.activation = activation;
    this.bias = bias;
    this.incoming = [];
    this.outgoing = [];
    this.output = 0;
    this.inputSlope = 0;
    this.biasSlope = 0;
  }

  forward() {
    let total = this.bias;
    for (const link of this.incoming) total += link.weight * link.source.output;
    this.output = this.activation.value(total);
  }

  // The slope of the loss with respect to this unit's total input, once that of its output is known.
  backward(outputSlope) {
    this.inputSlope = outputSlope * this.activation.slope(this.output);
    this.biasSlope += this.inputSlope;
    for (const link of this.incoming) link.slope += this.inputSlope * link.source.output;
  }

  outputSlope() {
    let total = 0;
    for (const link of this.outgoing) total += link.weight * link.target.inputSlope;
    return total;
  }

  update(rate) {
    this.bias -= rate * this.biasSlope;
    this.biasSlope = 0;
    for (const link of this.incoming) {
      link.weight -= rate * link.slope;
      link.slope = 0;
    }
  }
}

const identity = { value: z => z, slope: () => 1 };
const tanh = { value: Math.tanh, slope: y => 1 - y * y };

class Net {
  constructor(widths, random) {
    this.layers = widths.map((width, depth) => {
      const bound = depth === 0 ? 0 : 1 / Math.sqrt(widths[depth - 1]);
      const activation = depth === 0 || depth === widths.length - 1 ? identity : tanh;
      return Array.from({ length: width }, () => new Unit(activation, bound * (2 * random() - 1)));
    });
    for (let depth = 1; depth < widths.length; depth++) {
      const bound = 1 / Math.sqrt(widths[depth - 1]);
      for (const target of this.layers[depth]) {
        for (const source of this.layers[depth - 1]) new Link(source, target, bound * (2 * random() - 1));
      }
    }
  }

  logit(point) {
    this.layers[0].forEach((unit, i) => {
      unit.output = point[i];
    });
    for (let depth = 1; depth < this.layers.length; depth++) {
      for (const unit of this.layers[depth]) unit.forward();
    }
    return this.layers[this.layers.length - 1][0].output;
  }

  // The logistic loss's slope with respect to the logit is the probability less the label.
  learn(point, label) {
    const slope = 1 / (1 + Math.exp(-this.logit(point))) - label;
    const last = this.layers.length - 1;
    this.layers[last][0].backward(slope);
    for (let depth = last - 1; depth > 0; depth--) {
      for (const unit of this.layers[depth]) unit.backward(unit.outputSlope());
    }
  }

  step(rate) {
    for (let depth = 1; depth < this.layers.length; depth++) {
      for (const unit of this.layers[depth]) unit.update(rate);
    }
  }
}

// A linear congruential generator: Node's own cannot be seeded. Constants: Numerical Recipes, 7.1.
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function shuffle(order, random) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}

function train(job) {
  const random = generator(job.seed);
  const net = new Net([2, job.hidden, 1], random);
  const order = job.x.map((_, i) => i);
  for (let epoch = 0; epoch < job.epochs; epoch++) {
    shuffle(order, random);
    for (let start = 0; start < order.length; start += job.batchSize) {
      const end = Math.min(start + job.batchSize, order.length);
      for (let k = start; k < end; k++) net.learn(job.x[order[k]], job.label[order[k]]);
      net.step(job.lr / (end - start));
    }
  }
  return net;
}

const job = JSON.parse(readFileSync(0, "utf8"));
const started = process.hrtime.bigint();
const net = train(job);
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(JSON.stringify({ seconds, called: job.testX.map(point => (net.logit(point) >= 0 ? 1 : 0)) }));
