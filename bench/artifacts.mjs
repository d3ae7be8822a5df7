import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { memoryOf, withPeakMemory } from './processes.mjs';
import { number } from './table.mjs';

const CHUNK = Buffer.alloc(1024 * 1024, 'assay artifact ');
const MB = 1e6;

/** @param {number} bytes */
function* content(bytes) {
  for (let sent = 0; sent < bytes; sent += CHUNK.length) yield CHUNK.subarray(0, Math.min(CHUNK.length, bytes - sent));
}

/**
 * @param {string} url
 * @param {string} token
 * @param {number} bytes
 */
async function upload(url, token, bytes) {
  const headers = {
    authorization: `Bearer ${token}`,
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
 * @param {string} token
 * @param {number} bytes
 */
async function download(url, token, bytes) {
  const asked = request(url, { headers: { authorization: `Bearer ${token}` } });
  asked.end();
  const [answer] = await once(asked, 'response');
  let received = 0;
  answer.on('data', (chunk) => (received += chunk.length));
  await once(answer, 'end');
  if (answer.statusCode !== 200 || received !== bytes) throw new Error(`${received} of ${bytes} bytes came back.`);
}

/**
 * @param {string} what
 * @param {number} pid
 * @param {number} bytes
 * @param {() => Promise<void>} work
 */
async function measure(what, pid, bytes, work) {
  const idle = memoryOf(pid);
  const began = performance.now();
  const { peak } = await withPeakMemory(pid, work);
  const seconds = (performance.now() - began) / 1000;
  const above = (peak - idle) / MB;
  return {
    what,
    figure: `${number(bytes / MB / seconds)} MB/s`,
    cost: `server at most ${above.toFixed(0)} MB above idle`,
  };
}

/** A bare Node stream to a file and back, to compare with. @param {string} folder */
async function startBare(folder) {
  const child = fork(new URL('./bare-server.mjs', import.meta.url), [join(folder, 'bare.bin')]);
  const [port] = await once(child, 'message');
  return { url: `http://127.0.0.1:${port}/`, pid: child.pid ?? 0, stop: () => child.kill() };
}

/**
 * One large artifact, up and down, through the server and through a bare Node server.
 * @param {import('./server.mjs').Server} server
 * @param {import('./table.mjs').Size} size
 */
export async function measureArtifacts(server, { bytes }) {
  const { run } = await server.call('POST', 'runs/create', { experiment_id: '0' });
  const root = run.info.artifact_uri.replace('mlflow-artifacts:/', '');
  const name = `artifact of ${number(bytes / 1024 ** 2)} MiB`;
  const bare = await startBare(server.folder);
  try {
    const rows = [];
    for (const { url, pid, by } of [
      { url: bare.url, pid: bare.pid, by: 'floor: bare Node, ' },
      { url: `${server.artifacts}/${root}/large.bin`, pid: server.pid, by: '' },
    ]) {
      rows.push(await measure(`${by}${name}, up`, pid, bytes, () => upload(url, server.token, bytes)));
      rows.push(await measure(`${by}${name}, down`, pid, bytes, () => download(url, server.token, bytes)));
    }
    return rows;
  } finally {
    bare.stop();
  }
}
