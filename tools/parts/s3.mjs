// Two S3 servers of different make: versitygw, the quick one, and MinIO, which many installations run.

import { join } from 'node:path';
import { cached, cachedProduct } from './cache.mjs';
import { Missing, namedBy, onPath, run } from './commands.mjs';

/**
 * @typedef {object} GoProgram
 * @property {string} name the binary's name
 * @property {string} source what `go install` is given, without its version
 * @property {string} version
 * @property {string} variable the environment variable that names a binary
 */

/** @type {GoProgram} */
const VERSITYGW = {
  name: 'versitygw',
  source: 'github.com/versity/versitygw/cmd/versitygw',
  version: 'v1.8.0',
  variable: 'ASSAY_TEST_VERSITYGW',
};

/** @type {GoProgram} */
const MINIO = {
  name: 'minio',
  source: 'github.com/minio/minio',
  version: 'v0.0.0-20260212201848-7aac2a2c5b7c',
  variable: 'ASSAY_TEST_MINIO',
};

export const versitygw = partOf(VERSITYGW);
export const minio = partOf(MINIO);

/** @param {GoProgram} program */
function partOf(program) {
  return { find: () => findProgram(program), install: () => installProgram(program) };
}

/**
 * @param {GoProgram} program
 * @returns {{binary: string} | undefined}
 */
function findProgram(program) {
  const binary = namedBy(program.variable) ?? onPath(program.name) ?? cachedProduct(keyOf(program), program.name);
  return binary ? { binary } : undefined;
}

/**
 * @param {GoProgram} program
 * @returns {Promise<{binary: string}>}
 */
async function installProgram(program) {
  const go = onPath('go');
  if (!go) throw new Missing(`There is no ${program.name} on PATH and no Go compiler to build it with.`);
  const folder = await cached(keyOf(program), program.name, async (unfinished) => {
    await run(go, ['install', '-trimpath', `${program.source}@${program.version}`], { env: { GOBIN: unfinished } });
  });
  return { binary: join(folder, program.name) };
}

/** @param {GoProgram} program */
function keyOf(program) {
  return `${program.name}-${program.version}`;
}
