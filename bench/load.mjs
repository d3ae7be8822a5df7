import autocannon from 'autocannon';
import { withCpu } from './processes.mjs';
import { askText } from './target.mjs';
import { percentile } from './table.mjs';

/**
 * Requests over kept-alive connections, each with a body of its own; warming up is not counted.
 * @param {import('./target.mjs').Target} target
 * @param {object} options
 * @param {string | (() => string)} options.path
 * @param {'GET' | 'POST'} [options.method]
 * @param {() => object} [options.body]
 * @param {() => import('./target.mjs').Target} [options.targetOf] another project of the same server for each request
 * @param {number} options.connections
 * @param {number} [options.seconds]
 * @param {number} [options.amount] of requests, in place of seconds
 * @returns {Promise<import('./target.mjs').Measured>}
 */
export async function load(target, options) {
  const { path, method = 'POST', body, targetOf = () => target, connections, seconds = 5, amount } = options;
  const pathOf = typeof path === 'string' ? () => path : path;
  const setupRequest = (request) => {
    const { root, headers } = targetOf();
    return {
      ...request,
      path: `${new URL(root).pathname}/${pathOf()}`.replace('//', '/'),
      headers: { ...request.headers, ...headers },
      ...(body && { body: JSON.stringify(body()) }),
    };
  };
  let answered = 0;
  const run = (limit) => {
    const running = autocannon({
      url: target.root,
      method,
      connections,
      headers: { ...target.headers, 'content-type': 'application/json' },
      ...limit,
      timeout: 60,
      requests: [{ setupRequest }],
    });
    running.on('response', () => (answered = performance.now()));
    return running;
  };
  await run(amount === undefined ? { duration: 1 } : { amount: connections });
  const began = performance.now();
  const { result, server, postgres } = await withCpu(target, () =>
    run(amount === undefined ? { duration: seconds } : { amount }),
  );
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${target.name}, ${pathOf()}: ${result.non2xx} refusals and ${result.errors} errors of ${result.requests.total} requests`,
    );
  }
  const done = result.requests.total;
  // Of the whole it tells full seconds only, which are too long where a number of requests was asked for.
  return perRequest(done, (answered - began) / 1000, server, postgres);
}

/**
 * @param {number} done
 * @param {number} elapsed
 * @param {number} server
 * @param {number} postgres
 */
export function perRequest(done, elapsed, server, postgres) {
  return { rate: done / elapsed, server: server / done, postgres: postgres / done, cpu: (server + postgres) / done };
}

/**
 * One request after the other.
 * @param {import('./target.mjs').Target} target
 * @param {{ method?: string, path: string, body?: object, turns: number, check?: (text: string) => boolean }} options
 * @returns {Promise<import('./target.mjs').Measured>}
 */
export async function turns(target, { method = 'GET', path, body, turns: count, check = () => true }) {
  const ask = async () => {
    const text = await askText(target, method, path, body);
    if (!check(text))
      throw new Error(`${target.name}: the answer of ${path} is not what was seeded: ${text.slice(0, 300)}`);
  };
  return repeat(target, count, ask);
}

/**
 * @param {{ pid?: number, postgresPid: number }} target
 * @param {number} count
 * @param {() => Promise<void>} work
 */
export async function repeat(target, count, work) {
  for (let warm = 0; warm < Math.min(6, count / 3); warm += 1) await work();
  const times = [];
  const { server, postgres } = await withCpu(target, async () => {
    for (let turn = 0; turn < count; turn += 1) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
  });
  const total = times.reduce((sum, time) => sum + time, 0) / 1000;
  return { ...perRequest(count, total, server, postgres), ms: percentile(times, 0.5), p95: percentile(times, 0.95) };
}
