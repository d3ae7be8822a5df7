import type { AssayServer } from '../support/assay';

/** A data scientist's few calls of MLflow's protocol, with one token. */
export interface Tracking {
  readonly base: string;
  /** @returns the experiment's id */
  createExperiment(name: string): Promise<string>;
  /** A finished run on a commit and a branch. @returns its id */
  logRun(run: TrackedRun): Promise<string>;
  /** The status and error code of an attempt to log. */
  tryToLog(experimentId: string): Promise<{ status: number; code: string | undefined }>;
  search(experimentId: string): Promise<{ status: number; code: string | undefined; found: number }>;
}

/** What a run is about. */
export interface TrackedRun {
  readonly experimentId: string;
  readonly name: string;
  readonly commit?: string;
  readonly branch?: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, string>>;
  /** Left running unless true. */
  readonly finish?: boolean;
}

interface Answer {
  error_code?: string;
  experiment_id?: string;
  run?: { info: { run_id: string } };
  runs?: unknown[];
}

/** The project at an address, as the holder of the token sees it. */
export function trackingOf(server: AssayServer, project: string, token: string): Tracking {
  const base = `/api/v4/projects/${encodeURIComponent(project)}/ml/mlflow/api/2.0/mlflow`;
  const post = async (path: string, body: object): Promise<{ status: number; answer: Answer }> => {
    const { status, json } = await server.call('POST', `${base}/${path}`, { token, body });
    return { status, answer: json() as Answer };
  };
  const sure = async (path: string, body: object): Promise<Answer> => {
    const { status, answer } = await post(path, body);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    base,
    createExperiment: async (name) => String((await sure('experiments/create', { name })).experiment_id),
    async logRun({ experimentId, name, commit, branch, metrics, params = {}, finish = true }) {
      const tags = [
        { key: 'mlflow.source.git.commit', value: commit },
        { key: 'mlflow.source.git.branch', value: branch },
      ].filter(({ value }) => value !== undefined);
      const made = await sure('runs/create', {
        experiment_id: experimentId,
        run_name: name,
        start_time: Date.now(),
        tags,
      });
      const run_id = String(made.run?.info.run_id);
      const points = Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: Date.now(), step: 0 }));
      await sure('runs/log-batch', {
        run_id,
        metrics: points,
        params: Object.entries(params).map(([key, value]) => ({ key, value })),
      });
      if (finish) await sure('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
      return run_id;
    },
    async tryToLog(experimentId) {
      const { status, answer } = await post('runs/create', { experiment_id: experimentId, start_time: Date.now() });
      return { status, code: answer.error_code };
    },
    async search(experimentId) {
      const { status, answer } = await post('runs/search', { experiment_ids: [experimentId] });
      return { status, code: answer.error_code, found: answer.runs?.length ?? 0 };
    },
  };
}
