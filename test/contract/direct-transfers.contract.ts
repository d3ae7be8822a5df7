import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { ArtifactStore, DirectTransfers, UnfinishedUpload } from '../../src/artifacts';
import { newEid } from '../../src/common';

/** A store whose presigned addresses work from here. */
export interface DirectStoreUnderTest {
  readonly store: ArtifactStore;
  /** MinIO tells of no unfinished uploads. */
  readonly tellsUnfinished: boolean;
}

const least = 5 * 1024 * 1024;
const hardNames = ['quote\'s "and" (brackets)!*.txt', '100% of a+b&c=d;e,f.txt', 'Ærø 東京 😀.txt', 'a%20b%2Fc.txt'];

async function put(url: string, body: Buffer | string): Promise<Response> {
  return fetch(url, { method: 'PUT', body: typeof body === 'string' ? body : new Uint8Array(body) });
}

async function all(direct: DirectTransfers): Promise<UnfinishedUpload[]> {
  const found: UnfinishedUpload[] = [];
  for await (const page of direct.unfinished()) found.push(...page);
  return found;
}

/** What every {@link DirectTransfers} does. */
export function describeDirectTransfers(start: () => Promise<DirectStoreUnderTest>): void {
  describe('for clients that reach the store', () => {
    let store: ArtifactStore;
    let direct: DirectTransfers;
    let tellsUnfinished: boolean;
    let folder: string;

    const attachment = { seconds: 60, disposition: 'attachment', contentType: 'text/plain' };

    beforeAll(async () => {
      ({ store, tellsUnfinished } = await start());
      await store.check();
      if (store.direct === undefined) throw new Error('This store has no direct transfers');
      direct = store.direct;
    });

    beforeEach(() => {
      folder = `projects/7/1/${newEid().replaceAll('-', '')}/artifacts`;
    });

    it.each(hardNames)('takes and gives %j by presigned addresses', async (name) => {
      const key = `${folder}/in ${name}/${name}`;
      expect((await put(await direct.presignUpload(key, 60), 'content')).status).toBe(200);
      await expect(text(await store.read(key))).resolves.toBe('content');
      const disposition = `attachment; filename="a b"; filename*=UTF-8''${encodeURIComponent('ø b')}`;
      const answer = await fetch(await direct.presignDownload(key, { ...attachment, disposition }), {
        headers: { range: 'bytes=1-3' },
      });
      expect([answer.status, await answer.text()]).toEqual([206, 'ont']);
      expect(answer.headers.get('content-disposition')).toBe(disposition);
      expect(answer.headers.get('content-type')).toBe('text/plain');
    });

    it('signs an address for one file, one method and a while', async () => {
      const [key, other] = [`${folder}/mine`, `${folder}/other`];
      await store.write(other, Readable.from([Buffer.from('secret')]));
      const url = await direct.presignUpload(key, 60);
      expect((await fetch(url)).status).toBe(403);
      expect((await put(url.replace('/mine?', '/other?'), 'no')).status).toBe(403);
      expect((await put(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600000'), 'no')).status).toBe(403);
      await expect(text(await store.read(other))).resolves.toBe('secret');
      await expect(store.stat(key)).resolves.toBeUndefined();
    });

    it('makes one file of the parts that it was told, and forgets the upload', async () => {
      const key = `${folder}/parts ${hardNames[0] ?? ''}`;
      const upload = await direct.begin(key, 'text/plain');
      const [first, second] = [Buffer.alloc(least, 'a'), Buffer.from('end')];
      for (const [part, body] of [
        [1, first],
        [2, second],
      ] as const) {
        expect((await put(await direct.presignPart(key, upload, part, 60), body)).status).toBe(200);
      }
      const parts = await direct.parts(key, upload);
      expect(parts.map(({ part, size }) => [part, size])).toEqual([
        [1, least],
        [2, 3],
      ]);
      await expect(store.stat(key)).resolves.toBeUndefined();
      await direct.complete(key, upload, parts);
      await expect(store.stat(key)).resolves.toMatchObject({ size: least + 3 });
      await expect(direct.parts(key, upload)).rejects.toMatchObject({ kind: 'not-found' });
      await direct.abort(key, upload);
      await expect(store.stat(key)).resolves.toMatchObject({ size: least + 3 });
    });

    it('lists more parts than a page holds', async () => {
      const key = `${folder}/many`;
      const upload = await direct.begin(key, 'text/plain');
      const numbers = Array.from({ length: 1_003 }, (_, index) => index + 1);
      for (let at = 0; at < numbers.length; at += 20) {
        await Promise.all(
          numbers.slice(at, at + 20).map(async (part) => put(await direct.presignPart(key, upload, part, 60), 'x')),
        );
      }
      const parts = await direct.parts(key, upload);
      expect(parts.map(({ part }) => part)).toEqual(numbers);
      await direct.abort(key, upload);
      await expect(direct.parts(key, upload)).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('tells of what is unfinished until it is aborted, and takes an abort twice', async () => {
      const keys = [`${folder}/a ${hardNames[1] ?? ''}`, `${folder}/b`];
      const uploads = await Promise.all(
        keys.map(async (key) => ({ key, upload: await direct.begin(key, 'text/plain') })),
      );
      const mine = async () => (await all(direct)).filter(({ key }) => key.startsWith(folder));
      const told = (await mine()).map(({ key, upload }) => ({ key, upload }));
      expect(told.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(tellsUnfinished ? uploads : []);
      for (const { startedAt } of await mine()) expect(Math.abs(Date.now() - startedAt.getTime())).toBeLessThan(60_000);
      for (const { key, upload } of [...uploads, ...uploads]) await direct.abort(key, upload);
      await expect(mine()).resolves.toEqual([]);
    });

    it('never makes a file and a folder of one name', async () => {
      await store.write(`${folder}/file`, Readable.from([Buffer.from('x')]));
      for (const key of [`${folder}/file/below`, folder]) {
        await expect(direct.presignUpload(key, 60)).rejects.toMatchObject({ kind: 'conflict', field: 'path' });
        await expect(direct.begin(key, 'text/plain')).rejects.toMatchObject({ kind: 'conflict', field: 'path' });
      }
    });
  });
}
