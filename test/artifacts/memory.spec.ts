import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileStore, S3Store, type ArtifactStore } from '../../src/artifacts';
import { describePart } from '../support/parts';
import { startMinio, startVersitygw, type S3Server } from '../support/s3';
import { quoted, startArtifactServer, type ArtifactProject, type ArtifactServer } from './server';

const mebibyte = 1024 * 1024;
const size = 256 * mebibyte;
/** Far less than the file, far more than chunks and parts on their way with garbage that waits for its collector. */
const allowed = 150 * mebibyte;

function chunk(index: number): Buffer {
  return Buffer.alloc(mebibyte, `part ${index} of the whole`);
}

function* chunks(): Generator<Buffer> {
  for (let index = 0; index < size / mebibyte; index += 1) yield chunk(index);
}

function expectedHash(): string {
  const hash = createHash('sha256');
  for (const part of chunks()) hash.update(part);
  return hash.digest('hex');
}

/** The most memory outside of the JavaScript heap that the work took, in bytes; client and server are both in this process. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().external;
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().external);
  }, 5);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  return peak - before;
}

async function hashOf(server: ArtifactServer, path: string, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.get({ host: '127.0.0.1', port: server.port, path, headers, agent: false }, resolve).on('error', reject);
  });
  expect(response.statusCode).toBe(200);
  const hash = createHash('sha256');
  for await (const part of response as AsyncIterable<Buffer>) hash.update(part);
  return hash.digest('hex');
}

function describeMemory(start: () => Promise<{ store: ArtifactStore; stop: () => Promise<void> }>): void {
  let server: ArtifactServer;
  let stop: () => Promise<void>;
  let project: ArtifactProject;
  let root: string;

  beforeAll(async () => {
    const started = await start();
    stop = started.stop;
    server = await startArtifactServer({ store: started.store });
    project = await server.project();
    ({ root } = await project.run());
  });

  afterAll(async () => {
    await server.close();
    await stop();
  });

  it.each([
    ['with its length', { 'content-length': String(size) }],
    ['without its length', { 'transfer-encoding': 'chunked' }],
  ])('goes up %s and down in bounded memory, byte by byte the same', async (_, headers) => {
    const path = `${root}/large ${Object.keys(headers).join()}`;
    const up = await peakOf(async () => {
      const body = Readable.from(chunks(), { objectMode: false });
      expect((await project.artifact('PUT', path, { body, headers })).status).toBe(200);
    });
    expect(up).toBeLessThan(allowed);
    const address = `/api/v4/projects/${project.id}/ml/mlflow/api/2.0/mlflow-artifacts/artifacts/${quoted(path)}`;
    let hash = '';
    const down = await peakOf(async () => {
      hash = await hashOf(server, address, project.writer);
    });
    expect(hash).toBe(expectedHash());
    expect(down).toBeLessThan(allowed);
  });
}

function ofS3(start: () => Promise<S3Server>) {
  return async () => {
    const s3 = await start();
    return { store: new S3Store(s3), stop: () => s3.stop() };
  };
}

describe('256 MiB into a folder', () => {
  describeMemory(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-large-'));
    return { store: new FileStore(folder), stop: () => rm(folder, { recursive: true, force: true }) };
  });
});

describePart('versitygw', '256 MiB into S3, by versitygw', () => {
  describeMemory(ofS3(startVersitygw));
});

describePart('minio', '256 MiB into S3, by minio', () => {
  describeMemory(ofS3(startMinio));
});
