import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '../../src/artifacts';
import { assayMetrics } from '../../src/common';
import { Database } from '../../src/database';
import { startDirectScene } from '../mlflow/artifacts/scene';
import { runPython } from '../support/mlflow-client';
import { describePart } from '../support/parts';
import { startArtifactServer, type ArtifactServer } from './server';

/** What the script logs and reads, twice. */
const bytes = 2 * 256 * (12 * 1024 * 4 + 1);
const small = {
  MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE: '1000',
  MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE: String(5 * 1024 * 1024),
  MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE: String(5 * 1024 * 1024),
};
const forced = {
  ...small,
  MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD: 'true',
  MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD: 'true',
};

/** How many bytes went through this process in either direction. */
async function through(): Promise<{ up: number; down: number }> {
  const found = await assayMetrics.getSingleMetric('assay_artifact_bytes_total')?.get();
  const of = (name: string) => found?.values.find(({ labels }) => labels['direction'] === name)?.value ?? 0;
  return { up: of('up'), down: of('down') };
}

interface Passed {
  readonly up: number;
  readonly down: number;
  readonly multipart: number;
}

/** Runs the client; tells what went through the server, and how many multipart uploads were completed. */
async function run(
  client: 'mlflow3' | 'mlflow2',
  server: ArtifactServer,
  env: Record<string, string>,
): Promise<Passed> {
  const { id, writer } = await server.project();
  const uri = `http://127.0.0.1:${server.port}/api/v4/projects/${id}/ml/mlflow`;
  const before = await through();
  const result = await runPython(client, join(__dirname, 'python/large.py'), {
    env: { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: writer, ...env },
  });
  if (result.code !== 0) throw new Error(result.stderr.slice(-3_000));
  expect(result.stdout).toMatch(/^ok$/m);
  const after = await through();
  const text = 'SELECT 1 FROM assay.uploads WHERE project_id = $1 AND completed_at IS NOT NULL';
  const { length: multipart } = await server.get(Database).query({ text }, [id]);
  return { up: after.up - before.up, down: after.down - before.down, multipart };
}

const pastUs: Passed = { up: 0, down: 0, multipart: 2 };
const throughUs: Passed = { up: bytes, down: bytes, multipart: 0 };

describePart('mlflow3', 'the unmodified Python client mlflow3 with large files', () => {
  describePart('versitygw', 'and a store that it reaches', () => {
    it('asks the server, and then sends to and reads from the store', async () => {
      const scene = await startDirectScene();
      try {
        await expect(run('mlflow3', scene.server, small)).resolves.toEqual(pastUs);
        await expect(run('mlflow3', scene.server, forced)).resolves.toEqual(pastUs);
      } finally {
        await scene.close();
      }
    });
  });

  describePart('mlflow2', 'and its elder mlflow2, told to', () => {
    it('sends parts to the store', async () => {
      const scene = await startDirectScene();
      try {
        await expect(run('mlflow2', scene.server, forced)).resolves.toMatchObject({ up: 0, multipart: 2 });
      } finally {
        await scene.close();
      }
    });
  });

  it.each([
    ['asks the server', small],
    ['is told otherwise', forced],
  ])('and a folder behind the server goes through the server when it %s', async (_, env) => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-client-'));
    const server = await startArtifactServer({ store: new FileStore(folder) });
    try {
      await expect(run('mlflow3', server, env)).resolves.toEqual(throughUs);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
