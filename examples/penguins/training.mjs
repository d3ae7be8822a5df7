import { prepare } from './data.mjs';
import { createNetwork, crossEntropy, gradient, zerosLike } from './network.mjs';
import { createRandom, shuffled } from './random.mjs';
import { accuracy, confusionMatrix, latencyMicroseconds, macroF1 } from './scores.mjs';

/** One split for all candidates, whatever their `seed`: scores on different rows could not be compared. */
export const SPLIT_SEED = 2014;

/**
 * Trains one network by mini-batch gradient descent with momentum.
 *
 * `points` are `{ key, value, step, timestamp }`, the timestamp in milliseconds when the value was known. All but
 * the timestamps and `latency_us` is the same for the same `params`.
 */
export function train(params) {
  const data = prepare(params.features, SPLIT_SEED);
  const random = createRandom(params.seed);
  const network = createNetwork({
    inputs: data.columns.length,
    hidden: params.hidden_units,
    outputs: data.classes.length,
    random,
  });
  const velocity = zerosLike(network);
  const points = [];
  for (let epoch = 1; epoch <= params.epochs; epoch += 1) {
    for (const batch of batches(data.train, params.batch_size, random)) {
      descend(network, velocity, gradient(network, batch, params.l2), params);
    }
    record(points, epoch, scoresOfEpoch(network, data));
  }
  const confusion = confusionMatrix(network, data.validation, data.classes.length);
  record(points, params.epochs, finalScores(network, data, confusion));
  return { network, data, points, confusion };
}

/** The last value of every metric, by name. */
export function lastValues(points) {
  return Object.fromEntries(points.map(({ key, value }) => [key, value]));
}

function scoresOfEpoch(network, data) {
  return {
    train_loss: crossEntropy(network, data.train),
    val_loss: crossEntropy(network, data.validation),
    val_accuracy: accuracy(confusionMatrix(network, data.validation, data.classes.length)),
  };
}

function finalScores(network, data, confusion) {
  return {
    val_f1: macroF1(confusion),
    test_accuracy: accuracy(confusionMatrix(network, data.test, data.classes.length)),
    latency_us: latencyMicroseconds(network, data.validation),
  };
}

function record(points, step, scores) {
  const timestamp = Date.now();
  points.push(...Object.entries(scores).map(([key, value]) => ({ key, value, step, timestamp })));
}

function batches({ inputs, labels }, size, random) {
  const order = shuffled([...inputs.keys()], random);
  return Array.from({ length: Math.ceil(order.length / size) }, (_, index) => {
    const chosen = order.slice(index * size, (index + 1) * size);
    return { inputs: chosen.map((row) => inputs[row]), labels: chosen.map((row) => labels[row]) };
  });
}

function descend(network, velocity, slope, { learning_rate: rate, momentum }) {
  network.forEach((layer, depth) => {
    const rows = [layer.biases, ...layer.weights];
    const speeds = [velocity[depth].biases, ...velocity[depth].weights];
    const slopes = [slope[depth].biases, ...slope[depth].weights];
    rows.forEach((row, unit) => {
      row.forEach((_, input) => {
        speeds[unit][input] = momentum * speeds[unit][input] - rate * slopes[unit][input];
        row[input] += speeds[unit][input];
      });
    });
  });
}
