import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { ArtifactStore, StoredEntry } from '../../src/artifacts';
import { AssayError, newEid } from '../../src/common';

/** A store under test, and how to see and break what is under it. */
export interface StoreUnderTest {
  readonly store: ArtifactStore;
  /** Every file that the medium holds below a key, past the store's own listing: half uploads too. */
  readonly leftovers: () => Promise<number>;
}

const mebibyte = 1024 * 1024;
const hardNames = [
  'with space.txt',
  'plus+plus.txt',
  '100%.txt',
  'a%20b.txt',
  'hash#1.txt',
  'question?.txt',
  'ampersand&equals=.txt',
  'quotes\'and"quotes.txt',
  'less<more>.txt',
  'Ærø 東京 😀.txt',
  ' leading and trailing ',
  '.hidden',
  '123',
  'true',
  '~tilde!*()[]{}|^$@,;:`',
];

function content(...chunks: (string | Buffer)[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

/** Yields some bytes and then breaks, as a client does that goes away. */
function broken(bytes: number): Readable {
  return Readable.from(
    (async function* () {
      for (let sent = 0; sent < bytes; sent += mebibyte) yield Buffer.alloc(mebibyte, 1);
      await Promise.resolve();
      throw new Error('the client went away');
    })(),
    { objectMode: false },
  );
}

async function writeAll(store: ArtifactStore, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += 20) {
    await Promise.all(keys.slice(at, at + 20).map((key) => store.write(key, content('x'), { size: 1 })));
  }
}

/** What every {@link ArtifactStore} does, whatever it stands on. */
export function describeArtifactStore(start: () => Promise<StoreUnderTest>): void {
  let store: ArtifactStore;
  let leftovers: () => Promise<number>;
  let folder: string;

  beforeAll(async () => {
    ({ store, leftovers } = await start());
    await store.check();
  });

  beforeEach(() => {
    folder = `projects/7/1/${newEid().replaceAll('-', '')}/artifacts`;
  });

  describe('files', () => {
    it('gives back what was written, with its size, and replaces it', async () => {
      const key = `${folder}/a/b.txt`;
      await store.write(key, content('one'), { size: 3 });
      const before = await store.stat(key);
      expect(before).toMatchObject({ size: 3 });
      expect(Math.abs(Date.now() - (before?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
      await store.write(key, content('three', 's'), { contentType: 'text/plain' });
      await expect(text(await store.read(key))).resolves.toBe('threes');
      const after = await store.stat(key);
      expect(after?.size).toBe(6);
      expect(after?.etag).not.toBe(before?.etag);
      expect(after?.etag).toMatch(/^[\w-]+$/);
    });

    it.each([{ size: 0 }, {}])('keeps an empty file (%j)', async (options) => {
      await store.write(`${folder}/empty`, content(), options);
      await expect(store.stat(`${folder}/empty`)).resolves.toMatchObject({ size: 0 });
      await expect(text(await store.read(`${folder}/empty`))).resolves.toBe('');
      await expect(store.list(folder)).resolves.toEqual([{ kind: 'file', name: 'empty', size: 0 }]);
    });

    it.each(hardNames)('keeps a file and a folder named %j', async (name) => {
      await store.write(`${folder}/${name}`, content('file'));
      await store.write(`${folder}/in/${name}/${name}`, content('inner'));
      await expect(text(await store.read(`${folder}/${name}`))).resolves.toBe('file');
      await expect(store.list(folder)).resolves.toContainEqual({ kind: 'file', name, size: 4 });
      await expect(store.list(`${folder}/in`)).resolves.toEqual([{ kind: 'folder', name }]);
      await expect(store.list(`${folder}/in/${name}`)).resolves.toEqual([{ kind: 'file', name, size: 5 }]);
      await store.deleteBelow(folder);
      await expect(store.stat(`${folder}/in/${name}/${name}`)).resolves.toBeUndefined();
    });

    it.each([8 * mebibyte, 8 * mebibyte + 1, 20 * mebibyte + 7])(
      'keeps %d bytes, of known and unknown length',
      async (size) => {
        const bytes = Buffer.alloc(size, 'pattern that does not fit into parts evenly');
        const chunks = [bytes.subarray(0, 100_003), bytes.subarray(100_003)];
        await Promise.all([
          store.write(`${folder}/known`, content(...chunks), { size }),
          store.write(`${folder}/unknown`, content(...chunks)),
        ]);
        for (const name of ['known', 'unknown']) {
          expect((await buffer(await store.read(`${folder}/${name}`))).equals(bytes)).toBe(true);
        }
      },
    );

    it('reads a range', async () => {
      await store.write(`${folder}/r`, content('0123456789'));
      await expect(text(await store.read(`${folder}/r`, { start: 0, end: 0 }))).resolves.toBe('0');
      await expect(text(await store.read(`${folder}/r`, { start: 3, end: 6 }))).resolves.toBe('3456');
      await expect(text(await store.read(`${folder}/r`, { start: 9, end: 9 }))).resolves.toBe('9');
    });

    it('knows nothing of a file that is not there, and of folders as files', async () => {
      await store.write(`${folder}/d/f`, content('x'));
      for (const key of [`${folder}/nothing`, `${folder}/d`, `${folder}/d/f/below-a-file`]) {
        await expect(store.stat(key)).resolves.toBeUndefined();
        await expect(store.read(key)).rejects.toMatchObject({ kind: 'not-found' });
      }
    });
  });

  describe('folders', () => {
    it('lists one level, sorted, and nothing for what is not there', async () => {
      await writeAll(
        store,
        ['b', 'a/1', 'a/2/3', 'c/d/e', 'bb'].map((name) => `${folder}/${name}`),
      );
      const expected: StoredEntry[] = [
        { kind: 'folder', name: 'a' },
        { kind: 'file', name: 'b', size: 1 },
        { kind: 'file', name: 'bb', size: 1 },
        { kind: 'folder', name: 'c' },
      ];
      await expect(store.list(folder)).resolves.toEqual(expected);
      await expect(store.list(`${folder}/b`)).resolves.toEqual([]);
      await expect(store.list(`${folder}/nothing`)).resolves.toEqual([]);
      await expect(store.list(`${folder}/a/2`)).resolves.toEqual([{ kind: 'file', name: '3', size: 1 }]);
    });

    it('lists and deletes more files than one page of S3 holds', async () => {
      await writeAll(
        store,
        Array.from({ length: 1_050 }, (_, index) => `${folder}/many/${index}`),
      );
      await store.write(`${folder}/many-others`, content('x'));
      await expect(store.list(`${folder}/many`)).resolves.toHaveLength(1_050);
      await store.deleteBelow(`${folder}/many`);
      await expect(store.list(folder)).resolves.toEqual([{ kind: 'file', name: 'many-others', size: 1 }]);
    });

    it('are gone with their last file', async () => {
      await writeAll(store, [`${folder}/x/y/z`, `${folder}/x/w`]);
      await store.delete(`${folder}/x/y/z`);
      await expect(store.list(`${folder}/x`)).resolves.toEqual([{ kind: 'file', name: 'w', size: 1 }]);
      await store.delete(`${folder}/x/w`);
      await expect(store.list(folder)).resolves.toEqual([]);
    });

    it('deleting what is not there, or a folder as a file, changes nothing', async () => {
      await store.write(`${folder}/x/y`, content('x'));
      await store.delete(`${folder}/nothing`);
      await store.delete(`${folder}/x`);
      await store.deleteBelow(`${folder}/nothing`);
      await store.deleteBelow(`${folder}/x/y`);
      await expect(store.list(`${folder}/x`)).resolves.toEqual([{ kind: 'file', name: 'y', size: 1 }]);
    });

    it('never share a name with a file', async () => {
      await writeAll(store, [`${folder}/file`, `${folder}/dir/inner`]);
      for (const clash of ['file/below', 'file/far/below', 'dir']) {
        await expect(store.write(`${folder}/${clash}`, content('no'))).rejects.toMatchObject({
          kind: 'conflict',
          field: 'path',
        });
      }
      await expect(text(await store.read(`${folder}/file`))).resolves.toBe('x');
      await store.deleteBelow(`${folder}/dir`);
      await store.write(`${folder}/dir`, content('now a file'));
      await expect(store.stat(`${folder}/dir`)).resolves.toMatchObject({ size: 10 });
    });

    it('may be written and emptied at once by many', async () => {
      for (let round = 0; round < 10; round += 1) {
        await Promise.all([
          ...Array.from({ length: 5 }, (_, index) => store.write(`${folder}/busy/${index}`, content('x'))),
          store.delete(`${folder}/busy/gone`),
        ]);
        await store.deleteBelow(`${folder}/busy`);
      }
      await expect(store.list(folder)).resolves.toEqual([]);
    });
  });

  describe('an upload that breaks off', () => {
    it.each([0, mebibyte, 30 * mebibyte])('after %d bytes leaves nothing', async (bytes) => {
      const before = await leftovers();
      await expect(store.write(`${folder}/half`, broken(bytes))).rejects.toThrow();
      await expect(store.stat(`${folder}/half`)).resolves.toBeUndefined();
      await expect(store.list(folder)).resolves.toEqual([]);
      await expect(leftovers()).resolves.toBe(before);
    });

    it('leaves the file that it was to replace', async () => {
      await store.write(`${folder}/kept`, content('before'));
      await expect(store.write(`${folder}/kept`, broken(30 * mebibyte))).rejects.toThrow();
      await expect(text(await store.read(`${folder}/kept`))).resolves.toBe('before');
    });
  });

  describe('a walk', () => {
    it('finds every file at any depth, hard names and more than a page of them, and nothing beside', async () => {
      const names = [
        ...hardNames.map((name) => `deep/er/${name}`),
        ...Array.from({ length: 1_005 }, (_, i) => `n/${i}`),
      ];
      await writeAll(store, [...names.map((name) => `${folder}/in/${name}`), `${folder}/inn`, `${folder}/other/x`]);
      const found: string[] = [];
      for await (const { key, size, modifiedAt } of store.walk(`${folder}/in`)) {
        found.push(key);
        expect(size).toBe(1);
        expect(Math.abs(Date.now() - modifiedAt.getTime())).toBeLessThan(600_000);
      }
      expect(found.sort()).toEqual(names.map((name) => `${folder}/in/${name}`).sort());
    });

    it('finds nothing where nothing is, nor below a file', async () => {
      await store.write(`${folder}/file`, content('x'));
      for (const nowhere of ['nothing', 'file']) {
        for await (const { key } of store.walk(`${folder}/${nowhere}`)) throw new Error(`found ${key}`);
      }
    });
  });

  describe.each([0, 10, 30 * mebibyte])('an upload of %d bytes', (bytes) => {
    it('is not there before it is put into its place', async () => {
      const seen: unknown[] = [];
      await store.write(`${folder}/placed`, content(Buffer.alloc(bytes)), {
        place: async (put) => {
          seen.push(await store.stat(`${folder}/placed`));
          await put();
        },
      });
      expect(seen).toEqual([undefined]);
      await expect(store.stat(`${folder}/placed`)).resolves.toMatchObject({ size: bytes });
    });

    it('leaves what was there, and nothing else, when its place is refused', async () => {
      await store.write(`${folder}/kept`, content('before'));
      const before = await leftovers();
      const refusal = new AssayError('too-large', 'no room');
      const place = (): Promise<void> => Promise.reject(refusal);
      await expect(store.write(`${folder}/kept`, content(Buffer.alloc(bytes)), { place })).rejects.toBe(refusal);
      await expect(text(await store.read(`${folder}/kept`))).resolves.toBe('before');
      await expect(leftovers()).resolves.toBe(before);
    });
  });

  it('lets a reader go away', async () => {
    await store.write(`${folder}/long`, content(Buffer.alloc(20 * mebibyte)));
    const reading = await store.read(`${folder}/long`);
    await once(reading, 'readable');
    reading.destroy();
    await store.delete(`${folder}/long`);
    await expect(store.list(folder)).resolves.toEqual([]);
  });
}
