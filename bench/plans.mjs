// `npm run bench -- plans`: how PostgreSQL goes about the statements that grow with data, over 100,000 candidates with ten million
// points. Prints a table of Markdown (docs/plans.md). ASSAY_BENCH_CANDIDATES takes another size.

import { spawn } from 'node:child_process';

const jest = ['node_modules/jest/bin/jest.js', '--config', 'bench/plans/jest.config.js'];

/** @returns {Promise<number>} the exit code */
export function measurePlans() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, jest, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
