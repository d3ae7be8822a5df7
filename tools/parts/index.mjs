// Prepares the real servers and clients that the tests need: `node tools/parts/index.mjs [names…]`.
// What was found stands afterwards in `parts.json` in the cache folder.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { cacheFolder } from './cache.mjs';
import * as chromium from './chromium.mjs';
import * as gitea from './gitea.mjs';
import { mlflow2, mlflow3 } from './mlflow.mjs';
import * as mlflowJava from './mlflow-java.mjs';
import { minio, versitygw } from './s3.mjs';

/**
 * @typedef {Record<string, string>} Found paths, e.g. `{binary: …}`
 * @typedef {object} Part
 * @property {() => Found | undefined | Promise<Found | undefined>} find
 * @property {() => Promise<Found>} install
 */

/** @type {Record<string, Part>} */
const PARTS = { mlflow3, mlflow2, mlflowJava, chromium, gitea, versitygw, minio };
/** Those that need the processor wait for each other; those that wait for the network do not. */
const QUEUES = [
  ['mlflow3', 'mlflow2', 'mlflowJava', 'chromium'],
  ['versitygw', 'gitea', 'minio'],
];
const OPTIONAL = ['minio'];

/** @returns {string} the file that the tests read */
function partsFile() {
  return join(cacheFolder(), 'parts.json');
}

/**
 * @param {readonly string[] | undefined} asked all when undefined
 * @param {(line: string) => void} say told once for each part
 * @returns {Promise<string[]>} the required parts that are missing
 */
export async function prepare(asked, say) {
  const names = asked ?? Object.keys(PARTS);
  const missing = [];
  const queues = QUEUES.map((queue) => queue.filter((name) => names.includes(name)));
  const results = Object.assign({}, ...(await Promise.all(queues.map((queue) => prepareInTurn(queue, say)))));
  writeParts(results);
  for (const name of names) if ('missing' in results[name] && !OPTIONAL.includes(name)) missing.push(name);
  return missing;
}

/**
 * @param {readonly string[]} names
 * @param {(line: string) => void} say
 */
async function prepareInTurn(names, say) {
  /** @type {Record<string, Found>} */
  const results = {};
  for (const name of names) results[name] = await prepareOne(name, say);
  return results;
}

/**
 * @param {string} name
 * @param {(line: string) => void} say
 * @returns {Promise<Found>} the part, or `{missing: reason}`
 */
async function prepareOne(name, say) {
  const part = /** @type {Part} */ (PARTS[name]);
  const start = Date.now();
  try {
    const found = await part.find();
    if (!found) say(`${name}: not here yet, installing (this can take minutes) …`);
    const result = found ?? (await part.install());
    say(`${name}: ${result['binary'] ?? result['python']}${found ? '' : ` (installed in ${seconds(start)} s)`}`);
    return result;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`${name}: MISSING${OPTIONAL.includes(name) ? ' (optional)' : ''}. ${reason}`);
    return { missing: reason };
  }
}

/** @param {number} start */
function seconds(start) {
  return Math.round((Date.now() - start) / 1000);
}

/**
 * Keeps the parts that this run was not asked for.
 * @param {Record<string, Found>} results
 */
function writeParts(results) {
  mkdirSync(cacheFolder(), { recursive: true });
  const unfinished = `${partsFile()}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify({ ...readParts(), ...results }, undefined, 2)}\n`);
  renameSync(unfinished, partsFile());
}

/** @returns {Record<string, Found>} */
function readParts() {
  try {
    return JSON.parse(readFileSync(partsFile(), 'utf8'));
  } catch {
    return {};
  }
}

/** @param {readonly string[]} asked */
async function main(asked) {
  const unknown = asked.filter((name) => !(name in PARTS));
  if (unknown.length > 0) {
    console.error(`Unknown part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const missing = await prepare(asked.length > 0 ? asked : undefined, console.log);
  if (missing.length > 0 && process.env['CI']) {
    console.error(`Missing and CI is set: ${missing.join(', ')}.`);
    process.exitCode = 1;
  }
}

if (argv[1] === import.meta.filename) await main(argv.slice(2));
