import autocannon from 'autocannon';
import { number } from './table.mjs';
import { withCpu } from './processes.mjs';

/**
 * Requests over kept-alive connections, each with a body of its own; a second of warming up is not counted.
 * @param {import('./server.mjs').Server} server
 * @param {{ what: string, path: string, method?: 'GET' | 'POST', body?: () => object, connections: number, seconds?: number, amount?: number }} options
 */
export async function load(server, { what, path, method = 'POST', body, connections, seconds = 5, amount }) {
  const run = (limit) =>
    autocannon({
      url: `${server.api}/${path}`,
      method,
      connections,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      ...limit,
      ...(body && { requests: [{ setupRequest: (request) => ({ ...request, body: JSON.stringify(body()) }) }] }),
    });
  await run({ duration: 1 });
  const { result, ...cpu } = await withCpu(server, () =>
    run(amount === undefined ? { duration: seconds } : { amount }),
  );
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${what}: ${result.non2xx} refusals and ${result.errors} errors of ${result.requests.total} requests`,
    );
  }
  const done = result.requests.total;
  const elapsed = (result.finish.getTime() - result.start.getTime()) / 1000;
  return {
    perSecond: done / elapsed,
    row: {
      what: `${what}, concurrency ${connections}`,
      figure: `${number(done / elapsed)} req/s; mean ${number((1000 * connections * elapsed) / done)} ms, p99 ${result.latency.p99} ms`,
      cost: `${(cpu.server / done).toFixed(2)} + ${(cpu.postgres / done).toFixed(2)} ms CPU a request (server + PostgreSQL)`,
    },
  };
}
