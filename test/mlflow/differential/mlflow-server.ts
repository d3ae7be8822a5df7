import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers, freePort, startChild } from '../../support/children';
import { requirePart } from '../../support/parts';

/** MLflow's own server, empty, in a folder of its own. */
export interface MlflowServer {
  readonly uri: string;
  stop(): Promise<void>;
}

/** Starts MLflow's own server on SQLite; it brings its database up by itself. */
export async function startMlflowServer(): Promise<MlflowServer> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-mlflow-server-'));
  const port = await freePort();
  const uri = `http://127.0.0.1:${port}`;
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const stores = [
    '--backend-store-uri',
    `sqlite:///${folder}/mlflow.db`,
    '--artifacts-destination',
    join(folder, 'artifacts'),
  ];
  const child = await startChild({
    program: requirePart('mlflow3').python,
    args: [...args, ...stores],
    cwd: folder,
    env: { MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', PYTHONUNBUFFERED: '1' },
    ready: () => answers(`${uri}/health`),
    readyWithin: 150_000,
  });
  return {
    uri,
    async stop() {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
