import { normal } from './random.mjs';

/** A network of one layer (softmax regression) when `hidden` is 0, else with one hidden layer of tanh units. */
export function createNetwork({ inputs, hidden, outputs, random }) {
  const sizes = hidden > 0 ? [inputs, hidden, outputs] : [inputs, outputs];
  return sizes.slice(1).map((size, index) => createLayer(sizes[index], size, random));
}

function createLayer(inputs, outputs, random) {
  const spread = Math.sqrt(1 / inputs);
  return {
    weights: Array.from({ length: outputs }, () => Array.from({ length: inputs }, () => spread * normal(random))),
    biases: new Array(outputs).fill(0),
  };
}

/** A network of the same shape, all zeros: the start of a sum of gradients, or of a velocity. */
export function zerosLike(network) {
  return network.map((layer) => ({
    weights: layer.weights.map((row) => new Array(row.length).fill(0)),
    biases: new Array(layer.biases.length).fill(0),
  }));
}

/** The probability of each class for one row of inputs. */
export function predict(network, row) {
  return softmax(forward(network, row).at(-1));
}

/** Mean cross-entropy over the rows, in nats, without the penalty on the weights. */
export function crossEntropy(network, { inputs, labels }) {
  const total = inputs.reduce((sum, row, index) => sum + rowLoss(forward(network, row).at(-1), labels[index]), 0);
  return total / inputs.length;
}

/**
 * What the training minimises: cross-entropy plus half `l2` times the sum of the squared weights (not biases).
 * @public the test compares its slope with the gradient
 */
export function objective(network, batch, l2) {
  const squares = network.flatMap((layer) => layer.weights.flat()).reduce((sum, weight) => sum + weight * weight, 0);
  return crossEntropy(network, batch) + (l2 / 2) * squares;
}

/** The gradient of `objective`, in the shape of the network, by back-propagation. */
export function gradient(network, { inputs, labels }, l2) {
  const sum = zerosLike(network);
  inputs.forEach((row, index) => addRowGradient(sum, network, row, labels[index]));
  return sum.map((layer, depth) => ({
    weights: layer.weights.map((row, unit) =>
      row.map((total, input) => total / inputs.length + l2 * network[depth].weights[unit][input]),
    ),
    biases: layer.biases.map((total) => total / inputs.length),
  }));
}

function addRowGradient(sum, network, row, label) {
  const signals = forward(network, row);
  let errors = softmax(signals.at(-1)).map((probability, unit) => probability - (unit === label ? 1 : 0));
  for (let depth = network.length - 1; depth >= 0; depth -= 1) {
    const before = signals[depth];
    errors.forEach((error, unit) => {
      sum[depth].biases[unit] += error;
      before.forEach((signal, input) => {
        sum[depth].weights[unit][input] += error * signal;
      });
    });
    errors = before.map((signal, input) => {
      const blame = errors.reduce((total, error, unit) => total + error * network[depth].weights[unit][input], 0);
      return blame * (1 - signal * signal);
    });
  }
}

/** The inputs, then the output of every layer; the last one is raw, before the softmax. */
function forward(network, row) {
  const signals = [row];
  network.forEach((layer, depth) => {
    const before = signals[depth];
    const sums = layer.weights.map((weights, unit) =>
      weights.reduce((sum, weight, input) => sum + weight * before[input], layer.biases[unit]),
    );
    signals.push(depth === network.length - 1 ? sums : sums.map(Math.tanh));
  });
  return signals;
}

function softmax(scores) {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Kept in logarithms: a probability that rounds to 0 would otherwise cost an infinity. */
function rowLoss(scores, label) {
  const highest = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
  return highest + Math.log(total) - scores[label];
}
