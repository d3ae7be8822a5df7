const COMMON = { momentum: 0.9, batch_size: 16, epochs: 60, seed: 7 };

const SIZE = ['flipper_length_mm', 'body_mass_g'];

/** What stands on the main branch: a bird's sex from its flipper and its mass, 12 candidates. */
export const baselineGrid = [0, 4, 8].flatMap((hidden_units) =>
  [
    { learning_rate: 0.003, l2: 0 },
    { learning_rate: 0.03, l2: 0 },
    { learning_rate: 0.03, l2: 0.01 },
    { learning_rate: 0.3, l2: 0.001 },
  ].map((rates) => ({ features: SIZE, hidden_units, ...rates, ...COMMON })),
);

/** What a merge request proposes: measure the depth of the bill as well, 6 candidates. */
export const proposalGrid = [4, 8].flatMap((hidden_units) =>
  [0.003, 0.03, 0.3].map((learning_rate) => ({
    features: [...SIZE, 'bill_depth_mm'],
    hidden_units,
    learning_rate,
    l2: 0.01,
    ...COMMON,
  })),
);

/** A taste of a grid: its first, middle and last candidate, with 15 epochs each. */
export function quick(grid) {
  const chosen = new Set([0, Math.floor(grid.length / 2), grid.length - 1]);
  return [...chosen].map((index) => ({ ...grid[index], epochs: 15 }));
}

/** A short name by what differs inside the grids: `tanh8 lr=0.03 l2=0.01`. */
export function candidateName({ hidden_units: hidden, learning_rate: rate, l2 }) {
  return `${hidden > 0 ? `tanh${hidden}` : 'linear'} lr=${rate} l2=${l2}`;
}
