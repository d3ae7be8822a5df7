/** The server refused a call, or could not be reached; `code` is MLflow's error code where it gave one. */
export class TrackingError extends Error {
  constructor(message, code) {
    super(message);
    this.name = 'TrackingError';
    this.code = code;
  }
}

/** MLflow takes at most 1,000 metrics, params and tags in one `runs/log-batch`; some room is left. */
const BATCH_ITEMS = 800;
const TIMEOUT_MS = 30_000;

/** The few calls of MLflow's REST API that a training needs: https://mlflow.org/docs/latest/api_reference/rest-api.html */
export class Tracking {
  #base;
  #headers;

  /** `token` may be left out for a server that asks for none. */
  constructor({ trackingUri, token }) {
    if (!/^https?:\/\//.test(trackingUri ?? '')) {
      throw new TrackingError('MLFLOW_TRACKING_URI must be the http:// or https:// address of a tracking server');
    }
    this.#base = trackingUri.replace(/\/+$/, '');
    this.#headers = token ? { authorization: `Bearer ${token}` } : {};
  }

  /** The id of the experiment with this name, which is created when there is none. */
  async experimentId(name) {
    const standing = await this.#experimentByName(name);
    if (standing !== undefined) {
      return standing;
    }
    try {
      return (await this.#post('experiments/create', { name })).experiment_id;
    } catch (error) {
      if (error.code !== 'RESOURCE_ALREADY_EXISTS') {
        throw error;
      }
      return (await this.#experimentByName(name)) ?? Promise.reject(error);
    }
  }

  async #experimentByName(name) {
    try {
      const query = new URLSearchParams({ experiment_name: name });
      const { experiment } = await this.#call('GET', `mlflow/experiments/get-by-name?${query}`);
      if (experiment.lifecycle_stage === 'deleted') {
        throw new TrackingError(`Experiment "${name}" is deleted: restore it, or choose another name`);
      }
      return experiment.experiment_id;
    } catch (error) {
      if (error.code === 'RESOURCE_DOES_NOT_EXIST') {
        return undefined;
      }
      throw error;
    }
  }

  /** Answers `{ runId, artifactUri }`. */
  async startRun({ experimentId, name, user, tags }) {
    const { run } = await this.#post('runs/create', {
      experiment_id: experimentId,
      run_name: name,
      user_id: user,
      start_time: Date.now(),
      tags: pairs(tags),
    });
    return { runId: run.info.run_id, artifactUri: run.info.artifact_uri };
  }

  async logParams(runId, params) {
    await this.#post('runs/log-batch', { run_id: runId, params: pairs(params) });
  }

  /** `points` are `{ key, value, step, timestamp }`; values that are no numbers go out as JSON can tell them. */
  async logPoints(runId, points) {
    for (let from = 0; from < points.length; from += BATCH_ITEMS) {
      const metrics = points.slice(from, from + BATCH_ITEMS).map((point) => ({ ...point, value: wire(point.value) }));
      await this.#post('runs/log-batch', { run_id: runId, metrics });
    }
  }

  /** Stores a text below the run's own folder; slashes in `path` make folders. */
  async putArtifact({ artifactUri }, path, text, contentType) {
    const root = /^mlflow-artifacts:\/(?!\/)(.+)$/.exec(artifactUri)?.[1];
    if (root === undefined) {
      throw new TrackingError(`The server keeps artifacts at ${artifactUri}, which is not reached through it`);
    }
    const target = `${root}/${path}`.split('/').map(encodeURIComponent).join('/');
    await this.#call('PUT', `mlflow-artifacts/artifacts/${target}`, text, contentType);
  }

  /** `status` is FINISHED, FAILED or KILLED. */
  async endRun(runId, status) {
    await this.#post('runs/update', { run_id: runId, status, end_time: Date.now() });
  }

  #post(path, body) {
    return this.#call('POST', `mlflow/${path}`, JSON.stringify(body), 'application/json');
  }

  async #call(method, path, body, contentType) {
    const headers = contentType === undefined ? this.#headers : { ...this.#headers, 'content-type': contentType };
    const what = `${method} ${path.split('?')[0]}`;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${this.#base}/api/2.0/${path}`, { method, headers, body, signal }).catch((error) => {
      throw new TrackingError(`${what}: no answer from ${this.#base}: ${error.cause?.message ?? error.message}`);
    });
    const text = await response.text();
    const answer = parseJson(text);
    if (response.status !== 200) {
      const message = answer?.message ?? text.slice(0, 200);
      throw new TrackingError(
        `${what}: ${response.status} ${answer?.error_code ?? response.statusText}: ${message}`,
        answer?.error_code,
      );
    }
    return answer ?? {};
  }
}

function pairs(values) {
  return Object.entries(values).map(([key, value]) => ({ key, value: String(value) }));
}

function wire(value) {
  return Number.isFinite(value) ? value : String(value);
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
