// `npm run verify`: installs, prepares the parts, builds, and runs every check and every test.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './parts/index.mjs';
import { countTests } from './verify/count.mjs';
import { isInstalled } from './verify/installed.mjs';
import { runStep } from './verify/step.mjs';

const ROOT = join(import.meta.dirname, '..');
const MINUTES = 60_000;

const total = { passed: 0, failed: 0, /** @type {string[]} */ skipped: [] };
/** @type {string[]} */
const faults = [];

/**
 * @param {boolean} passed
 * @param {string} what named when it failed
 */
function count(passed, what) {
  if (passed) total.passed += 1;
  else {
    total.failed += 1;
    faults.push(what);
  }
}

/** @returns {Promise<boolean>} false when nothing further can run */
async function install() {
  if (isInstalled(ROOT)) return true;
  const done = await runStep('install', 'npm', ['ci'], { cwd: ROOT, limit: 15 * MINUTES });
  if (!done) count(false, 'npm ci');
  return done;
}

async function prepareParts() {
  const missing = await prepare(undefined, (line) => console.log(line));
  if (missing.length > 0 && process.env['CI']) count(false, `missing while CI is set: ${missing.join(', ')}`);
}

/** Every check of package.json runs, whatever became of the one before it. */
async function buildAndCheck() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const names = ['build', ...Object.keys(scripts).filter((name) => name.startsWith('check:'))];
  for (const name of names) {
    count(await runStep(name, 'npm', ['run', '--silent', name], { cwd: ROOT, limit: 10 * MINUTES }), `npm run ${name}`);
  }
}

async function test() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-verify-'));
  const results = join(folder, 'jest.json');
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--ci', '--json', `--outputFile=${results}`];
  const ended = await runStep('test', process.execPath, args, { cwd: ROOT, limit: 40 * MINUTES });
  const tests = countTests(results, ROOT);
  rmSync(folder, { recursive: true, force: true });
  total.passed += tests.passed;
  total.failed += tests.failed.length;
  total.skipped.push(...tests.skipped);
  faults.push(...tests.failed);
  if (!ended && tests.failed.length === 0) count(false, 'jest ended badly although no test failed');
}

function report() {
  console.log('');
  for (const skipped of total.skipped) console.log(`skipped: ${skipped}`);
  for (const fault of faults) console.log(`failed: ${fault}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
  process.exitCode = total.failed > 0 || (process.env['CI'] && total.skipped.length > 0) ? 1 : 0;
}

if (await install()) {
  await prepareParts();
  await buildAndCheck();
  await test();
}
report();
