import { setTimeout as sleep } from 'node:timers/promises';
import type { CreatedProject, HttpResult } from '../support/assay-acts';
import type { AssayServer } from '../support/assay';

/** How many points a batch holds. */
const BATCH = 25;

/** What one client sent to its run, and what was acknowledged. */
interface Written {
  runId: string;
  /** Steps of single points. */
  points: { sent: number[]; acknowledged: number[] };
  /** Numbers of batches: batch n holds the steps n × 1000 … of the metric `batch`, a param and a tag. */
  batches: { sent: number[]; acknowledged: number[] };
  /** The last tag value that was acknowledged, and the one that may have been written after it. */
  tag: { acknowledged: number; sent: number };
  /** Statuses of the answers; 0 for a broken connection. */
  statuses: Map<number, number>;
}

/** Clients that log at the same time. */
export interface Writers {
  written: Written[];
  /** Lets each finish the request that it is in. */
  stop(): Promise<void>;
}

interface WriterOptions {
  clients: number;
  /** Repeat a failed request until it is acknowledged, as MLflow's client does; else the client ends at the first failure. */
  retry: boolean;
}

type Send = (path: string, body: object) => Promise<number>;

/** Starts them; each logs points, batches and tags in turn to a run of its own. */
export async function startWriters(
  server: AssayServer,
  project: CreatedProject,
  { clients, retry }: WriterOptions,
): Promise<Writers> {
  const written: Written[] = [];
  for (let client = 0; client < clients; client += 1) {
    const runId = await createRun(server, project);
    const none = () => ({ sent: [], acknowledged: [] });
    written.push({ runId, points: none(), batches: none(), tag: { acknowledged: 0, sent: 0 }, statuses: new Map() });
  }
  let stopped = false;
  const isStopped = (): boolean => stopped;
  const working = written.map((one) => write(one, sender(server, project, one), { retry, isStopped }));
  return {
    written,
    stop: async () => {
      stopped = true;
      await Promise.all(working);
    },
  };
}

/** A new run of the project's Default experiment. */
export async function createRun(server: AssayServer, { tracking_uri: uri, token }: CreatedProject): Promise<string> {
  const body = { experiment_id: '0' };
  const created = await server.call('POST', `${uri}/api/2.0/mlflow/runs/create`, { token, body });
  if (created.status !== 200) throw new Error(`runs/create answered ${created.status}: ${created.text}`);
  return (created.json() as { run: { info: { run_id: string } } }).run.info.run_id;
}

function sender(server: AssayServer, { tracking_uri: uri, token }: CreatedProject, { runId, statuses }: Written): Send {
  return async (path, body) => {
    const request = { token, body: { run_id: runId, ...body } };
    const status = await server
      .call('POST', `${uri}/api/2.0/mlflow/runs/${path}`, request)
      .then((answer) => answer.status)
      .catch(() => 0);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    return status;
  };
}

async function write(
  { points, batches, tag }: Written,
  send: Send,
  { retry, isStopped }: { retry: boolean; isStopped: () => boolean },
): Promise<void> {
  const acknowledged = async (path: string, body: object): Promise<boolean> => {
    while ((await send(path, body)) !== 200) {
      if (!retry || isStopped()) return false;
      await sleep(50);
    }
    return true;
  };
  for (let turn = 1; !isStopped(); turn += 1) {
    points.sent.push(turn);
    if (!(await acknowledged('log-metric', { key: 'point', value: turn / 2, timestamp: turn, step: turn }))) return;
    points.acknowledged.push(turn);
    batches.sent.push(turn);
    if (!(await acknowledged('log-batch', batchOf(turn)))) return;
    batches.acknowledged.push(turn);
    tag.sent = turn;
    if (!(await acknowledged('set-tag', { key: 'turn', value: String(turn) }))) return;
    tag.acknowledged = turn;
  }
}

function batchOf(turn: number): object {
  const metrics = Array.from({ length: BATCH }, (_, at) => ({
    key: 'batch',
    value: at,
    timestamp: turn,
    step: turn * 1000 + at,
  }));
  const named = { key: `batch-${turn}`, value: 'whole' };
  return { metrics, params: [named], tags: [named] };
}

interface Run {
  data: { params?: { key: string }[]; tags?: { key: string; value: string }[] };
}

/** Compares what the server has with what was acknowledged. @returns a line for each fault */
export async function faultsOf(server: AssayServer, project: CreatedProject, { written }: Writers): Promise<string[]> {
  const faults: string[] = [];
  for (const one of written) {
    const api = `${project.tracking_uri}/api/2.0/mlflow`;
    const get = (path: string): Promise<HttpResult> => server.call('GET', `${api}/${path}`, { token: project.token });
    const steps = async (metric: string): Promise<number[]> => {
      const history = await get(`metrics/get-history?run_id=${one.runId}&metric_key=${metric}`);
      return ((history.json() as { metrics?: { step: number }[] }).metrics ?? []).map(({ step }) => step);
    };
    const { run } = (await get(`runs/get?run_id=${one.runId}`)).json() as { run: Run };
    faults.push(...pointFaults(one, await steps('point')), ...batchFaults(one, await steps('batch'), run));
    const tag = Number(run.data.tags?.find(({ key }) => key === 'turn')?.value ?? 0);
    if (tag !== one.tag.acknowledged && tag !== one.tag.sent)
      faults.push(`the tag is ${tag}, not ${one.tag.acknowledged}`);
  }
  return faults;
}

function pointFaults({ points }: Written, steps: number[]): string[] {
  const lost = points.acknowledged.filter((step) => !steps.includes(step)).map((step) => `point ${step} is lost`);
  const twice = steps.filter((step, at) => steps.indexOf(step) !== at).map((step) => `point ${step} is there twice`);
  const made = steps.filter((step) => !points.sent.includes(step)).map((step) => `nobody sent point ${step}`);
  return [...lost, ...twice, ...made];
}

function batchFaults({ batches }: Written, steps: number[], { data }: Run): string[] {
  return batches.sent.flatMap((turn) => {
    const points = steps.filter((step) => Math.floor(step / 1000) === turn).length;
    const named = [data.params, data.tags].filter((list) => list?.some(({ key }) => key === `batch-${turn}`)).length;
    const isWhole = points === BATCH && named === 2;
    const isAbsent = points === 0 && named === 0;
    if (isWhole || (isAbsent && !batches.acknowledged.includes(turn))) return [];
    return [`batch ${turn} has ${points} points and ${named} of its param and tag`];
  });
}
