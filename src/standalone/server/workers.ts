import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { sumWorkers } from './metrics';
import type { ServerPlan } from './plan';

const readyMessage = 'assay:ready';
const planVariable = 'ASSAY_WORKER_PLAN';

interface Pool {
  stopping: boolean;
}

async function startWorker(plan: ServerPlan): Promise<Worker> {
  const worker = cluster.fork({ [planVariable]: JSON.stringify(plan) });
  await new Promise<void>((resolve, reject) => {
    worker.once('exit', (code) => {
      reject(new Error(`A worker ended with code ${String(code)} before it answered.`));
    });
    worker.on('message', (message) => {
      if (message === readyMessage) resolve();
    });
  });
  return worker;
}

function keepAlive(worker: Worker, plan: ServerPlan, pool: Pool): void {
  worker.once('exit', () => {
    if (pool.stopping) return;
    void startWorker(plan).then((next) => {
      keepAlive(next, plan, pool);
    });
  });
}

/**
 * One serving process for each of `configuration.workers`, on one port; one that dies is replaced. They share nothing but PostgreSQL.
 * @returns a function that ends them
 */
export async function startWorkers(plan: ServerPlan): Promise<() => Promise<void>> {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  sumWorkers();
  const pool: Pool = { stopping: false };
  const workers = await Promise.all(Array.from({ length: plan.configuration.workers }, () => startWorker(plan)));
  for (const worker of workers) keepAlive(worker, plan, pool);
  return async () => {
    pool.stopping = true;
    const alive = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      alive.map(async (worker) => {
        worker.process.kill('SIGTERM');
        await once(worker, 'exit');
      }),
    );
  };
}

/** In a worker: the plan that the first process made. The variable is dropped, so that nothing else inherits it. */
export function workerPlan(): ServerPlan {
  const text = process.env[planVariable];
  if (text === undefined) throw new Error(`${planVariable} is not set: workers are started by the first process only`);
  Reflect.deleteProperty(process.env, planVariable);
  return JSON.parse(text) as ServerPlan;
}

/** In a worker: tells the first process that this one answers. */
export function tellReady(): void {
  process.send?.(readyMessage);
}
