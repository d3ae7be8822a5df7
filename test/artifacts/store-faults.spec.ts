import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileStore, S3Store } from '../../src/artifacts';
import { startChild, type Child } from '../support/children';
import { describePart } from '../support/parts';
import { startVersitygw, type S3Server } from '../support/s3';
import { startArtifactServer, type ArtifactServer } from './server';

const mebibyte = 1024 * 1024;

/** So many mebibytes, with a pause after each so that there is time to break something. */
function slowly(count: number): Readable {
  return Readable.from(
    (async function* () {
      for (let sent = 0; sent < count; sent += 1) {
        yield Buffer.alloc(mebibyte, sent);
        await sleep(20);
      }
    })(),
    { objectMode: false },
  );
}

async function drain(stream: Readable): Promise<number> {
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    await sleep(1);
  }
  return size;
}

describePart('versitygw', 'an S3 store that is killed', () => {
  const key = 'projects/1/a/b';
  let s3: S3Server;
  let store: S3Store;

  beforeEach(async () => {
    s3 = await startVersitygw();
    store = new S3Store(s3);
  });

  afterEach(() => s3.stop());

  it('amid an upload fails it, and takes it again once it is back', async () => {
    const upload = store.write(key, slowly(60));
    const refused = expect(upload).rejects.toMatchObject({
      kind: 'unavailable',
      retryAfterSeconds: expect.any(Number) as number,
    });
    await sleep(600);
    await s3.kill();
    await refused;
    await expect(store.check()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(store.stat(key)).rejects.toMatchObject({ kind: 'unavailable' });
    await s3.restart();
    await store.check();
    await expect(store.list('projects/1/a')).resolves.toEqual([]);
    await store.write(key, Readable.from([Buffer.from('again')]));
    await expect(text(await store.read(key))).resolves.toBe('again');
  });

  it('amid a download breaks it off instead of ending it', async () => {
    await store.write(key, Readable.from([Buffer.alloc(60 * mebibyte)]));
    const reading = drain(await store.read(key));
    const broken = expect(reading).rejects.toThrow();
    await sleep(50);
    await s3.kill();
    await broken;
  });

  it('answers 503 with Retry-After over HTTP, while rows go on', async () => {
    const server: ArtifactServer = await startArtifactServer({ store });
    try {
      const project = await server.project();
      const { root } = await project.run();
      await project.artifact('PUT', `${root}/big`, { body: Buffer.alloc(60 * mebibyte) });
      const reading = project.artifact('GET', `${root}/big`);
      await sleep(30);
      await s3.kill();
      await reading.then(
        ({ status, body }) => {
          // The kill may come before the first byte, or after the last.
          expect([
            [200, 60 * mebibyte],
            [503, body.length],
          ]).toContainEqual([status, body.length]);
        },
        (error: unknown) => {
          expect(String(error)).toMatch(/aborted|ECONNRESET|hang up/);
        },
      );
      for (const method of ['PUT', 'GET', 'DELETE']) {
        const answer = await project.artifact(method, `${root}/a`, method === 'PUT' ? { body: 'x' } : {});
        expect([answer.status, answer.json['error_code']]).toEqual([503, 'TEMPORARILY_UNAVAILABLE']);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      }
      await expect(project.run()).resolves.toHaveProperty('id');
      await s3.restart();
      expect((await project.artifact('PUT', `${root}/a`, { body: 'x' })).status).toBe(200);
    } finally {
      await server.close();
    }
  });

  it('whose keys are wrong says so to the operator, not the keys', async () => {
    const wrong = new S3Store({ ...s3, secretKey: 'not-the-secret' });
    await expect(wrong.check()).rejects.toMatchObject({ kind: 'unavailable' });
    const refusal = await wrong.write(key, Readable.from([Buffer.from('x')])).catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ kind: 'unavailable' });
    expect((refusal as Error).message).not.toContain('not-the-secret');
  });
});

describe('a folder of artifacts', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-faults-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('loses the uploads that a killed process left, and no others', async () => {
    const uploads = join(folder, 'uploads');
    await mkdir(uploads);
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    const host = encodeURIComponent(hostname());
    const kept = [`${host}~${process.ppid}~a`, `elsewhere~${process.pid}~b`];
    const left = [`${host}~${gone.pid ?? 0}~c`, `${host}~${process.pid}~d`, 'elsewhere~1~e'];
    for (const name of [...kept, ...left]) await writeFile(join(uploads, name), 'half');
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(uploads, 'elsewhere~1~e'), longAgo, longAgo);
    await new FileStore(folder).check();
    expect((await readdir(uploads)).sort()).toEqual([...kept].sort());
  });

  it('that cannot be written says which one it is', async () => {
    await writeFile(join(folder, 'file'), '');
    const store = new FileStore(join(folder, 'file', 'below'));
    await expect(store.check()).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('file/below') as string,
    });
  });

  it('works after it could not be written at first', async () => {
    await writeFile(join(folder, 'place'), '');
    const store = new FileStore(join(folder, 'place'));
    await expect(store.check()).rejects.toMatchObject({ kind: 'unavailable' });
    await rm(join(folder, 'place'));
    await store.write('projects/1/a', Readable.from([Buffer.from('x')]));
    await expect(text(await store.read('projects/1/a'))).resolves.toBe('x');
  });
});

/** A file system of four mebibytes that only its own process has mounted; others reach it through /proc. */
const mountAndWait = 'mount -t tmpfs -o size=4m tmpfs /mnt && echo ready && exec sleep 120';
const canMount = spawnSync('unshare', ['-Urm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0;
const describeFullDisk = canMount ? describe : describe.skip;
if (!canMount)
  process.stderr.write('Skipped: a full disk. This system lets nobody mount a small file system (unshare -Urm).\n');

describeFullDisk('a full disk', () => {
  let disk: Child;
  let folder: string;

  beforeAll(async () => {
    const ready = (output: string) => output.includes('ready');
    disk = await startChild({ program: 'unshare', args: ['-Urm', 'sh', '-c', mountAndWait], ready });
    folder = `/proc/${disk.pid}/root/mnt`;
  });

  afterAll(() => disk.kill());

  it('keeps nothing of the upload, says that it is full, and what was there stays', async () => {
    const store = new FileStore(folder);
    await store.write('projects/1/a/kept', Readable.from([Buffer.from('x')]));
    await expect(store.write('projects/1/a/big', slowly(6))).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('full') as string,
    });
    await expect(store.list('projects/1/a')).resolves.toEqual([{ kind: 'file', name: 'kept', size: 1 }]);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
    await store.write('projects/1/a/fits', slowly(3));
    await expect(text(await store.read('projects/1/a/kept'))).resolves.toBe('x');
  });
});
