import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CACHE = pathToFileURL(join(__dirname, '../../tools/parts/cache.mjs')).href;

interface Ended {
  code: number;
  output: string;
}

describe('the cache of built parts', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-cache-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks for the part `thing-1` in a process of its own; `body` builds it in `folder`. */
  function build(body: string): Promise<Ended> {
    const code = `
      import { cached } from ${JSON.stringify(CACHE)};
      import { writeFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      await cached('thing-1', 'product', async (folder) => { console.log('building'); ${body} });`;
    return new Promise((resolve) => {
      const env = { ...process.env, ASSAY_CACHE_DIR: folder };
      const child = execFile(process.execPath, ['--input-type=module', '-e', code], { env }, (_error, stdout) => {
        resolve({ code: child.exitCode ?? -1, output: stdout });
      });
    });
  }

  const WHOLE = "await sleep(200); writeFileSync(folder + '/product', 'whole');";

  it('builds once, and finds it the next time', async () => {
    expect(await build(WHOLE)).toEqual({ code: 0, output: 'building\n' });
    expect(await build(WHOLE)).toEqual({ code: 0, output: '' });
    expect(readFileSync(join(folder, 'thing-1', 'product'), 'utf8')).toBe('whole');
  });

  it('builds once when two ask at the same time', async () => {
    const both = await Promise.all([build(WHOLE), build(WHOLE)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.map(({ output }) => output).sort()).toEqual(['', 'building\n']);
  });

  it('never takes a build that was killed for a finished one', async () => {
    const killed = await build("writeFileSync(folder + '/product', 'half'); process.kill(process.pid, 'SIGKILL');");
    expect(killed.code).toBe(-1);
    expect(await build(WHOLE)).toEqual({ code: 0, output: 'building\n' });
    expect(readFileSync(join(folder, 'thing-1', 'product'), 'utf8')).toBe('whole');
    expect(readdirSync(folder)).toEqual(['thing-1']);
  });

  it('does not wait for a lock that nobody holds any more', async () => {
    writeFileSync(join(folder, 'thing-1.lock'), '999999999');
    expect((await build(WHOLE)).code).toBe(0);
  });

  it('keeps nothing of a build that failed or left no product', async () => {
    expect((await build("throw new Error('no compiler');")).code).toBe(1);
    expect((await build('await sleep(1);')).code).toBe(1);
    expect(readdirSync(folder).filter((name) => !name.startsWith('thing-1.unfinished-'))).toEqual([]);
  });
});
