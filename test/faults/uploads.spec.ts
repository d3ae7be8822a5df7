import { setTimeout as sleep } from 'node:timers/promises';
import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject } from '../support/assay-acts';
import { describePart } from '../support/parts';
import { startVersitygw, type S3Server } from '../support/s3';
import { runArtifacts } from './uploads';
import { createRun } from './writers';

const MIB = 1024 ** 2;
/** More than one part of the S3 store. */
const LARGE = 24 * MIB;

function s3Settings({ endpoint, bucket, region, accessKey, secretKey }: S3Server): Record<string, string> {
  return {
    ASSAY_S3_ENDPOINT: endpoint,
    ASSAY_S3_BUCKET: bucket,
    ASSAY_S3_REGION: region,
    ASSAY_S3_ACCESS_KEY: accessKey,
    ASSAY_S3_SECRET_KEY: secretKey,
  };
}

function halfUploads(start: () => Promise<{ server: AssayServer; stop(): Promise<void> }>): void {
  let server: AssayServer;
  let project: CreatedProject;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ server, stop } = await start());
    project = await server.createProject('faults/uploads');
  });

  afterAll(async () => {
    await stop();
  });

  it('is never listed and never read while it arrives, nor when the client goes away', async () => {
    const artifacts = await runArtifacts(server, project);
    const sent = await artifacts.half('large.bin', LARGE);
    expect(await artifacts.list()).toEqual([]);
    expect((await artifacts.get('large.bin')).status).toBe(404);
    sent.destroy();
    await sleep(500);
    expect(await artifacts.list()).toEqual([]);
    expect((await artifacts.get('large.bin')).status).toBe(404);
    expect((await artifacts.put('large.bin', 'whole')).status).toBe(200);
    expect((await artifacts.get('large.bin')).text).toBe('whole');
  });

  it('leaves what was there before', async () => {
    const artifacts = await runArtifacts(server, project);
    await artifacts.put('kept.bin', 'before');
    const sent = await artifacts.half('kept.bin', LARGE);
    expect((await artifacts.get('kept.bin')).text).toBe('before');
    sent.destroy();
    await sleep(500);
    expect((await artifacts.get('kept.bin')).text).toBe('before');
    expect(await artifacts.list()).toEqual(['kept.bin']);
  });

  it('does not keep the server from ending on Ctrl-C, and is not there afterwards', async () => {
    const artifacts = await runArtifacts(server, project);
    const sent = await artifacts.half('large.bin', LARGE);
    const broken = new Promise((resolve) => sent.once('close', resolve));
    process.kill(server.pid(), 'SIGINT');
    const began = Date.now();
    while (server.exitCode() === null && Date.now() - began < 20_000) await sleep(50);
    expect(server.exitCode()).toBe(0);
    await broken;
    await server.restart();
    expect(await artifacts.list()).toEqual([]);
  });

  it('is not there when the server was killed', async () => {
    const artifacts = await runArtifacts(server, project);
    await artifacts.put('other.txt', 'whole');
    await artifacts.half('large.bin', LARGE);
    await server.kill();
    await server.restart();
    expect(await artifacts.list()).toEqual(['other.txt']);
    expect((await artifacts.get('large.bin')).status).toBe(404);
  });
}

describe('half an upload to files', () => {
  halfUploads(async () => {
    const server = await startAssay();
    return { server, stop: () => server.stop() };
  });
});

describePart('versitygw', 'half an upload to S3', () => {
  halfUploads(async () => {
    const s3 = await startVersitygw();
    const server = await startAssay({ env: s3Settings(s3) });
    return {
      server,
      stop: async () => {
        await server.stop();
        await s3.stop();
      },
    };
  });
});

describePart('versitygw', 'an object store that is down', () => {
  let s3: S3Server;
  let server: AssayServer;

  beforeAll(async () => {
    s3 = await startVersitygw();
    server = await startAssay({ env: s3Settings(s3) });
  });

  afterAll(async () => {
    await server.stop();
    await s3.stop();
  });

  it('answers 503 with Retry-After while rows go on, and works when it is back', async () => {
    const project = await server.createProject('faults/store');
    const artifacts = await runArtifacts(server, project);
    expect((await artifacts.put('a.txt', 'kept')).status).toBe(200);
    await s3.kill();
    for (const answer of [await artifacts.put('b.txt', 'lost'), await artifacts.get('a.txt')]) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.json()).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
    }
    expect(await artifacts.list()).toBe(503);
    const runId = await createRun(server, project);
    const logged = await server.call('POST', `${project.tracking_uri}/api/2.0/mlflow/runs/log-metric`, {
      token: project.token,
      body: { run_id: runId, key: 'm', value: 1, timestamp: 1 },
    });
    expect(logged.status).toBe(200);
    expect((await server.call('GET', '/health/ready')).status).toBe(200);
    await s3.restart();
    expect((await artifacts.put('b.txt', 'there')).status).toBe(200);
    expect((await artifacts.get('a.txt')).text).toBe('kept');
    expect(await artifacts.list()).toEqual(['a.txt', 'b.txt']);
  });
});
