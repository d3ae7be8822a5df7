import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import { answers, freePort, startChild, type Child } from './children';
import { requirePart } from './parts';

/** A real S3 server on 127.0.0.1 with one empty bucket, on a folder that goes with it. */
export interface S3Server {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
  bucket: string;
  stop(): Promise<void>;
  /** Kills it but keeps its objects, for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same objects. */
  restart(): Promise<void>;
}

const REGION = 'us-east-1';
const ACCESS_KEY = 'assay-test';
const SECRET_KEY = 'assay-test-secret';
const BUCKET = 'assay';

/** versitygw: the quick one, ready in well under a second. */
export async function startVersitygw(): Promise<S3Server> {
  const { binary } = requirePart('versitygw');
  return startServer(async (folder, port) => {
    const [objects, sidecar] = [join(folder, 'objects'), join(folder, 'sidecar')];
    await mkdir(objects, { recursive: true });
    await mkdir(sidecar, { recursive: true });
    return startChild({
      program: binary,
      args: ['--port', `127.0.0.1:${port}`, '--quiet', '--health', '/health', 'posix', '--sidecar', sidecar, objects],
      env: { ROOT_ACCESS_KEY: ACCESS_KEY, ROOT_SECRET_KEY: SECRET_KEY },
      ready: () => answers(`http://127.0.0.1:${port}/health`),
    });
  });
}

/** MinIO: the one that many installations run. */
export async function startMinio(): Promise<S3Server> {
  const { binary } = requirePart('minio');
  return startServer(async (folder, port) =>
    startChild({
      program: binary,
      args: ['server', '--address', `127.0.0.1:${port}`, '--quiet', join(folder, 'objects')],
      env: { MINIO_ROOT_USER: ACCESS_KEY, MINIO_ROOT_PASSWORD: SECRET_KEY, MINIO_BROWSER: 'off', MINIO_UPDATE: 'off' },
      ready: () => answers(`http://127.0.0.1:${port}/minio/health/ready`),
    }),
  );
}

async function startServer(start: (folder: string, port: number) => Promise<Child>): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-s3-'));
  const port = await freePort();
  let child = await start(folder, port);
  await s3Client({ endpoint: `http://127.0.0.1:${port}` }).makeBucket(BUCKET, REGION);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    accessKey: ACCESS_KEY,
    secretKey: SECRET_KEY,
    bucket: BUCKET,
    stop: async () => {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
    kill: () => child.kill(),
    restart: async () => {
      child = await start(folder, port);
    },
  };
}

/** A client with the servers' only account, to look into the store past the code under test. */
export function s3Client({ endpoint }: Pick<S3Server, 'endpoint'>): Client {
  const { hostname, port } = new URL(endpoint);
  return new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    accessKey: ACCESS_KEY,
    secretKey: SECRET_KEY,
    region: REGION,
    pathStyle: true,
  });
}
