import { predict } from './network.mjs';

/** Rows are the true classes, columns the predicted ones. */
export function confusionMatrix(network, { inputs, labels }, classCount) {
  const matrix = Array.from({ length: classCount }, () => new Array(classCount).fill(0));
  inputs.forEach((row, index) => {
    const probabilities = predict(network, row);
    const guess = Math.max(0, probabilities.indexOf(Math.max(...probabilities)));
    matrix[labels[index]][guess] += 1;
  });
  return matrix;
}

/** The share of rows on the diagonal. */
export function accuracy(matrix) {
  const total = matrix.flat().reduce((sum, count) => sum + count, 0);
  return matrix.reduce((sum, row, index) => sum + row[index], 0) / total;
}

/** Precision, recall and F1 of each class; a class that is never predicted has precision 0. */
export function perClass(matrix) {
  return matrix.map((row, index) => {
    const hits = row[index];
    const actual = row.reduce((sum, count) => sum + count, 0);
    const predicted = matrix.reduce((sum, other) => sum + other[index], 0);
    const precision = predicted === 0 ? 0 : hits / predicted;
    const recall = actual === 0 ? 0 : hits / actual;
    const f1 = hits === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { precision, recall, f1, rows: actual };
  });
}

/** The mean F1 of the classes, each counted alike however rare it is. */
export function macroF1(matrix) {
  const scores = perClass(matrix);
  return scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length;
}

/** Microseconds that one prediction takes here and now: the median of 21 passes over the rows. */
export function latencyMicroseconds(network, { inputs }) {
  const passes = Array.from({ length: 21 }, () => {
    const start = process.hrtime.bigint();
    inputs.forEach((row) => predict(network, row));
    return Number(process.hrtime.bigint() - start) / 1000 / inputs.length;
  });
  return passes.sort((a, b) => a - b)[10];
}
