import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { memoryOf, withPeakMemory } from './processes.mjs';
import { ask } from './target.mjs';

const CHUNK = Buffer.alloc(1024 * 1024, 'assay artifact ');
const MB = 1e6;

/** @param {number} bytes */
function* content(bytes) {
  for (let sent = 0; sent < bytes; sent += CHUNK.length) yield CHUNK.subarray(0, Math.min(CHUNK.length, bytes - sent));
}

/**
 * @param {string} url
 * @param {Readonly<Record<string, string>>} who
 * @param {number} bytes
 */
async function upload(url, who, bytes) {
  const headers = {
    ...who,
    'content-length': bytes,
    'content-type': 'application/octet-stream',
  };
  const sent = request(url, { method: 'PUT', headers });
  const answered = once(sent, 'response');
  await pipeline(Readable.from(content(bytes)), sent);
  const [answer] = await answered;
  answer.resume();
  await once(answer, 'end');
  if (answer.statusCode !== 200) throw new Error(`The upload was answered with ${answer.statusCode}.`);
}

/**
 * @param {string} url
 * @param {Readonly<Record<string, string>>} who
 * @param {number} bytes
 */
async function download(url, who, bytes) {
  const asked = request(url, { headers: who });
  asked.end();
  const [answer] = await once(asked, 'response');
  let received = 0;
  answer.on('data', (chunk) => (received += chunk.length));
  await once(answer, 'end');
  if (answer.statusCode !== 200 || received !== bytes) throw new Error(`${received} of ${bytes} bytes came back.`);
}

/**
 * @param {number} pid
 * @param {number} bytes
 * @param {() => Promise<void>} work
 * @returns {Promise<import('./target.mjs').Measured>}
 */
async function measure(pid, bytes, work) {
  const idle = memoryOf(pid);
  const began = performance.now();
  const { peak } = await withPeakMemory(pid, work);
  const seconds = (performance.now() - began) / 1000;
  const above = (peak - idle) / MB;
  return { megabytes: bytes / MB / seconds, note: `at most ${above.toFixed(0)} MB above idle` };
}

const rounds = 5;

/** The median of the rates: a disk that is busy with earlier writes makes single ones uncertain. @param {import('./target.mjs').Measured[]} all */
function median(all) {
  const sorted = [...all].sort((one, other) => one.megabytes - other.megabytes);
  return sorted[sorted.length >> 1];
}

/**
 * @param {string} url
 * @param {Readonly<Record<string, string>>} headers
 * @param {number} pid
 * @param {number} bytes
 */
async function upAndDown(url, headers, pid, bytes) {
  const [up, down] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    up.push(await measure(pid, bytes, () => upload(url, headers, bytes)));
    down.push(await measure(pid, bytes, () => download(url, headers, bytes)));
  }
  return { 'artifact up': median(up), 'artifact down': median(down) };
}

/**
 * One large artifact, up and down.
 * @param {import('./target.mjs').Target & { artifacts: string }} target
 * @param {import('./main.mjs').Size} size
 */
export async function measureArtifacts(target, { bytes }) {
  const { run } = await ask(target, 'POST', 'api/2.0/mlflow/runs/create', { experiment_id: '0' });
  const root = run.info.artifact_uri.replace('mlflow-artifacts:/', '');
  return upAndDown(`${target.artifacts}/${root}/large.bin`, target.headers, target.pid, bytes);
}

/**
 * The same bytes through a bare Node stream to a file on the same disk, and back.
 * @param {import('./target.mjs').Target} target
 * @param {import('./main.mjs').Size} size
 */
export async function measureArtifactFloor({ folder }, { bytes }) {
  const child = fork(new URL('./bare-server.mjs', import.meta.url), [join(folder, 'bare.bin')]);
  try {
    const [port] = await once(child, 'message');
    return await upAndDown(`http://127.0.0.1:${port}/`, {}, child.pid ?? 0, bytes);
  } finally {
    child.kill();
  }
}
