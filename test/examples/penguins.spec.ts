import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The examples are ES modules and Jest runs CommonJS, so each script runs in a Node of its own and prints JSON. */
const FOLDER = resolve(__dirname, '../../examples/penguins');
const COMMAND = resolve(FOLDER, 'train.mjs');

function evaluate(script: string): unknown {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: FOLDER,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return JSON.parse(output);
}

function runCommand(args: string[], env: Record<string, string>): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

type Part = 'train' | 'validation' | 'test';

const PARTS: Part[] = ['train', 'validation', 'test'];

interface Point {
  key: string;
  value: number;
  step: number;
  timestamp: number;
}

describe('the data', () => {
  it('holds all 344 birds, 333 of them complete', () => {
    const counts = evaluate(`
      import { completeRows, readPenguins } from './data.mjs';
      const rows = readPenguins();
      const of = (species) => rows.filter((row) => row.species === species).length;
      console.log(JSON.stringify({ rows: rows.length, complete: completeRows(rows).length,
        Adelie: of('Adelie'), Chinstrap: of('Chinstrap'), Gentoo: of('Gentoo') }));`) as Record<string, number>;
    expect(counts).toEqual({ rows: 344, complete: 333, Adelie: 152, Chinstrap: 68, Gentoo: 124 });
  });

  it('is split into disjoint parts that cover it and have its shares of species and sex', () => {
    const { kinds, all } = evaluate(`
      import { completeRows, readPenguins, split } from './data.mjs';
      const rows = completeRows(readPenguins());
      const kind = (row) => row.species + ' ' + row.sex;
      const kinds = Object.fromEntries(Object.entries(split(rows, 1))
        .map(([name, part]) => [name, part.map((row) => [rows.indexOf(row), kind(row)])]));
      console.log(JSON.stringify({ kinds, all: rows.map(kind) }));`) as {
      kinds: Record<Part, [number, string][]>;
      all: string[];
    };
    const indices = PARTS.flatMap((name) => kinds[name].map(([index]) => index));
    expect([...indices].sort((a, b) => a - b)).toEqual([...all.keys()]);

    for (const name of PARTS) {
      for (const kind of new Set(all)) {
        const share = kinds[name].filter(([, other]) => other === kind).length / kinds[name].length;
        const whole = all.filter((other) => other === kind).length / all.length;
        expect(Math.abs(share - whole)).toBeLessThan(0.015);
      }
    }
  });

  it('is split alike for the same seed, and otherwise for another', () => {
    const [first, again, other] = evaluate(`
      import { completeRows, readPenguins, split } from './data.mjs';
      const rows = completeRows(readPenguins());
      console.log(JSON.stringify([5, 5, 6].map((seed) => JSON.stringify(split(rows, seed)))));`) as string[];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('is scaled by the training rows alone, and categories become columns of 0 and 1', () => {
    const { mean, variance, others, islands } = evaluate(`
      import { prepare } from './data.mjs';
      const average = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
      const { train, validation } = prepare(['body_mass_g', 'island'], 1);
      const masses = train.inputs.map(([mass]) => mass);
      console.log(JSON.stringify({ mean: average(masses), variance: average(masses.map((mass) => mass * mass)),
        others: average(validation.inputs.map(([mass]) => mass)), islands: train.inputs.map((row) => row.slice(1)) }));`) as Record<
      'mean' | 'variance' | 'others',
      number
    > & { islands: number[][] };
    expect(mean).toBeCloseTo(0, 10);
    expect(variance).toBeCloseTo(1, 10);
    expect(Math.abs(others)).toBeGreaterThan(1e-6);
    expect(islands.every((row) => [...row].sort().join() === '0,0,1')).toBe(true);
  });
});

describe('the network', () => {
  it.each([0, 3])('has the gradient that finite differences give, with %i hidden units', (hidden) => {
    const worst = evaluate(`
      import { prepare } from './data.mjs';
      import { createNetwork, gradient, objective } from './network.mjs';
      import { createRandom } from './random.mjs';
      const { inputs, labels } = prepare(['bill_depth_mm', 'body_mass_g'], 1).train;
      const batch = { inputs: inputs.slice(0, 20), labels: labels.slice(0, 20) };
      const network = createNetwork({ inputs: 2, hidden: ${String(hidden)}, outputs: 2, random: createRandom(3) });
      const [step, l2] = [1e-5, 0.1];
      const rows = (layers) => layers.flatMap((layer) => [layer.biases, ...layer.weights]);
      const slopes = rows(gradient(network, batch, l2));
      const errors = rows(network).flatMap((row, unit) => row.map((weight, input) => {
        const at = (value) => { row[input] = value; return objective(network, batch, l2); };
        const slope = (at(weight + step) - at(weight - step)) / (2 * step);
        row[input] = weight;
        return Math.abs(slope - slopes[unit][input]);
      }));
      console.log(JSON.stringify(Math.max(...errors)));`) as number;
    expect(worst).toBeLessThan(1e-8);
  });

  it('is undecided, at a loss of ln 2, while all its weights are zero', () => {
    const { loss, probabilities } = evaluate(`
      import { prepare } from './data.mjs';
      import { createNetwork, crossEntropy, predict, zerosLike } from './network.mjs';
      import { createRandom } from './random.mjs';
      const { train } = prepare(['body_mass_g'], 1);
      const network = zerosLike(createNetwork({ inputs: 1, hidden: 4, outputs: 2, random: createRandom(3) }));
      console.log(JSON.stringify({ loss: crossEntropy(network, train), probabilities: predict(network, [1]) }));`) as {
      loss: number;
      probabilities: number[];
    };
    expect(loss).toBeCloseTo(Math.LN2, 12);
    expect(probabilities).toEqual([0.5, 0.5]);
  });

  it('is scored by accuracy and by the mean F1 of the classes', () => {
    const scores = evaluate(`
      import { accuracy, macroF1 } from './scores.mjs';
      const matrices = [[[6, 2], [1, 11]], [[0, 4], [0, 12]]];
      console.log(JSON.stringify(matrices.flatMap((matrix) => [accuracy(matrix), macroF1(matrix)])));`) as number[];
    const expected = [17 / 20, (12 / 15 + 22 / 25) / 2, 12 / 16, (0 + 24 / 28) / 2];
    expected.forEach((value, index) => {
      expect(scores[index]).toBeCloseTo(value, 12);
    });
  });
});

describe('the training', () => {
  const trained = `
    import { train } from './training.mjs';
    import { baselineGrid } from './grids.mjs';
    const { network, points, confusion } = train({ ...baselineGrid[5], epochs: 8, seed: SEED });
    const values = points.filter(({ key }) => key !== 'latency_us').map(({ key, value, step }) => [key, value, step]);
    console.log(JSON.stringify({ network, confusion, values }));`;

  it('comes out alike for the same seed, and otherwise for another', () => {
    const [first, again, other] = ['1', '1', '2'].map((seed) => evaluate(trained.replace('SEED', seed)));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('tells the losses of every epoch at the time they were known', () => {
    const before = Date.now();
    const points = evaluate(`
      import { train } from './training.mjs';
      import { baselineGrid } from './grids.mjs';
      console.log(JSON.stringify(train({ ...baselineGrid[5], epochs: 30 }).points));`) as Point[];
    const losses = points.filter(({ key }) => key === 'train_loss');
    expect(losses.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(losses.at(-1)?.value).toBeLessThan(losses[0]?.value ?? 0);

    const times = points.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(before);
    expect(times.at(-1)).toBeLessThanOrEqual(Date.now());
  });

  it('refuses features that the file has not', () => {
    expect(() => evaluate(`import { prepare } from './data.mjs'; prepare(['wingspan'], 1);`)).toThrow(
      /features: unknown "wingspan"; choose at least one of bill_length_mm/,
    );
  });
});

describe('the grids', () => {
  interface Scores {
    val_accuracy: number;
    test_accuracy: number;
  }

  interface Outcome {
    hidden: number;
    metrics: Record<string, number>;
  }

  const outcomes = evaluate(`
    import { baselineGrid, proposalGrid } from './train.mjs';
    import { lastValues, train } from './training.mjs';
    const run = (grid) => grid.map((params) => (
      { hidden: params.hidden_units, metrics: lastValues(train(params).points) }));
    console.log(JSON.stringify({ baseline: run(baselineGrid), proposal: run(proposalGrid) }));`) as Record<
    'baseline' | 'proposal',
    Outcome[]
  >;

  function accuracies(candidates: Outcome[]): number[] {
    return candidates.map(({ metrics }) => metrics['val_accuracy'] ?? Number.NaN);
  }

  it('are a baseline of 12 candidates and a proposal of 6', () => {
    expect([outcomes.baseline.length, outcomes.proposal.length]).toEqual([12, 6]);
  });

  it('show hyperparameters that matter: a straight line is not enough', () => {
    const linear = accuracies(outcomes.baseline.filter(({ hidden }) => hidden === 0));
    expect(Math.min(...linear)).toBeGreaterThan(0.6);
    expect(Math.max(...linear)).toBeLessThan(0.75);
    expect(Math.max(...accuracies(outcomes.baseline))).toBeGreaterThan(0.78);
  });

  it.each([1, 2, 7])(
    'show a proposal whose best beats the best of the baseline, and is not perfect, with seed %i',
    (seed) => {
      const [baseline, proposal] = evaluate(`
      import { baselineGrid, proposalGrid } from './grids.mjs';
      import { lastValues, train } from './training.mjs';
      const best = (grid) => grid
        .map((params) => lastValues(train({ ...params, seed: ${String(seed)} }).points))
        .reduce((a, b) => (b.val_accuracy > a.val_accuracy ? b : a));
      console.log(JSON.stringify([baselineGrid, proposalGrid].map(best)));`) as [Scores, Scores];
      expect(proposal.val_accuracy).toBeGreaterThan(baseline.val_accuracy);
      expect(proposal.test_accuracy).toBeGreaterThan(baseline.test_accuracy);
      expect(proposal.val_accuracy).toBeLessThan(0.97);
    },
  );

  it('measure how long a prediction takes', () => {
    const latencies = [...outcomes.baseline, ...outcomes.proposal].map(({ metrics }) => metrics['latency_us'] ?? 0);
    expect(Math.min(...latencies)).toBeGreaterThan(0);
    expect(Math.max(...latencies)).toBeLessThan(1000);
  });
});

describe('the command', () => {
  it('says how it is used', () => {
    expect(runCommand(['--help'], {})).toEqual({
      status: 0,
      output: expect.stringContaining('--experiment NAME') as string,
    });
  });

  it('fails in a sentence without an address', () => {
    const { status, output } = runCommand(['--quick'], {});
    expect([status, output]).toEqual([1, expect.stringContaining('MLFLOW_TRACKING_URI must be') as string]);
  });

  it('fails in a sentence without a server, and keeps the token to itself', () => {
    const env = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9', MLFLOW_TRACKING_TOKEN: 'penguin-secret' };
    const { status, output } = runCommand(['--quick'], env);
    expect(status).toBe(1);
    expect(output).toMatch(/^GET mlflow\/experiments\/get-by-name: no answer from http:\/\/127\.0\.0\.1:9: .+\n$/);
    expect(output).not.toContain('penguin-secret');
  });

  it('fails in a sentence on a grid that it has not', () => {
    const { status, output } = runCommand(['--grid', 'colossal'], {});
    expect([status, output]).toEqual([1, '--grid: "colossal" is none of baseline, proposal\n']);
  });
});
