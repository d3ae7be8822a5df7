#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { baselineGrid, proposalGrid, quick } from './grids.mjs';
import { sweep } from './sweep.mjs';

export { baselineGrid, proposalGrid, quick, sweep };

const GRIDS = { baseline: baselineGrid, proposal: proposalGrid };

const HELP = `Trains a small network on the Palmer penguins and logs every candidate to an MLflow tracking server.

  node examples/penguins/train.mjs [options]

  --experiment NAME   the experiment, created when there is none (penguins)
  --grid NAME         baseline: 12 candidates; proposal: 6 with one more feature (baseline)
  --branch NAME       the git branch that is trained
  --commit SHA        the git commit that is trained
  --tag KEY=VALUE     a tag for every candidate; may be repeated
  --nested            put the candidates below one parent
  --quick             3 candidates of 15 epochs each
  --help              this text

MLFLOW_TRACKING_URI names the server, MLFLOW_TRACKING_TOKEN is sent to it as a bearer token.
`;

const OPTIONS = {
  experiment: { type: 'string', default: 'penguins' },
  grid: { type: 'string', default: 'baseline' },
  branch: { type: 'string' },
  commit: { type: 'string' },
  tag: { type: 'string', multiple: true, default: [] },
  nested: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!Object.hasOwn(GRIDS, values.grid)) {
    throw new Error(`--grid: "${values.grid}" is none of ${Object.keys(GRIDS).join(', ')}`);
  }
  const grid = GRIDS[values.grid];
  const { candidates } = await sweep({
    trackingUri: process.env.MLFLOW_TRACKING_URI,
    token: process.env.MLFLOW_TRACKING_TOKEN,
    experiment: values.experiment,
    grid: values.quick ? quick(grid) : grid,
    branch: values.branch,
    commit: values.commit,
    tags: Object.fromEntries(values.tag.map(parseTag)),
    nested: values.nested,
    log: (line) => process.stdout.write(`${line}\n`),
  });
  const best = candidates.reduce((a, b) => (b.metrics.val_accuracy > a.metrics.val_accuracy ? b : a));
  process.stdout.write(`${candidates.length} candidates; best by val_accuracy: ${best.name} (${best.runId})\n`);
}

function parseTag(text) {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new Error(`--tag: "${text}" is not KEY=VALUE`);
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

function isCommandLine() {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
}

if (isCommandLine()) {
  main().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
