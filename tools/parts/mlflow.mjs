// The unmodified MLflow clients: one Python environment for 3.x and one for 2.x.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, mayUseApt } from './apt.mjs';
import { cached, cachedProduct } from './cache.mjs';
import { Missing, namedBy, onPath, run } from './commands.mjs';

/** A moved environment works through its python alone: the scripts beside it name the old folder. */
const PYTHON = join('bin', 'python');

export const mlflow3 = partOf('mlflow3', 'ASSAY_TEST_MLFLOW3_PYTHON');
export const mlflow2 = partOf('mlflow2', 'ASSAY_TEST_MLFLOW2_PYTHON');
/** MLflow's own server, which only the bench needs: no test waits for it. */
export const mlflowServer = partOf('mlflow-server', 'ASSAY_BENCH_MLFLOW_PYTHON');

/**
 * @param {string} name
 * @param {string} variable names a Python that has the client already
 */
function partOf(name, variable) {
  const requirements = join(import.meta.dirname, `requirements-${name}.txt`);
  return {
    /** @returns {Promise<{python: string} | undefined>} */
    async find() {
      const named = namedBy(variable);
      if (named) return { python: named };
      const base = basePython();
      const python = base && cachedProduct(await keyOf(name, base, requirements), PYTHON);
      return python ? { python } : undefined;
    },
    /** @returns {Promise<{python: string}>} */
    async install() {
      const base = basePython();
      if (!base) throw new Missing('There is no python3 on PATH to install the MLflow client with.');
      const folder = await cached(await keyOf(name, base, requirements), PYTHON, (unfinished) =>
        build(base, requirements, unfinished),
      );
      return { python: join(folder, PYTHON) };
    },
  };
}

/** @returns {string | undefined} */
function basePython() {
  return namedBy('ASSAY_TEST_PYTHON') ?? onPath('python3');
}

/**
 * Another Python or another list of packages is another environment.
 * @param {string} name
 * @param {string} base
 * @param {string} requirements
 * @returns {Promise<string>}
 */
async function keyOf(name, base, requirements) {
  const version = (await run(base, ['--version'])).trim();
  const hash = createHash('sha256').update(base).update(version).update(readFileSync(requirements));
  return `${name}-${hash.digest('hex').slice(0, 12)}`;
}

/**
 * @param {string} base
 * @param {string} requirements
 * @param {string} folder
 */
async function build(base, requirements, folder) {
  await run(base, ['-m', 'venv', folder]).catch(async (error) => {
    if (!mayUseApt()) throw error;
    // Debian splits the environments off its Python.
    await aptInstall(['python3-venv']);
    await run(base, ['-m', 'venv', '--clear', folder]);
  });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await run(join(folder, PYTHON), [...pip, '--requirement', requirements]);
}
