import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
/** Parts that are named are not looked for. */
const NAMED = ['GITEA', 'VERSITYGW', 'MINIO', 'MLFLOW3_PYTHON', 'MLFLOW2_PYTHON', 'CHROMIUM'];

describe('npm run verify', () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'assay-verify-test-'));
    mkdirSync(join(project, 'test'));
    cpSync(join(ROOT, 'tools'), join(project, 'tools'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
    cpSync(join(ROOT, 'package-lock.json'), join(project, 'package-lock.json'));
    scripts({ build: 'node -e 0', 'check:one': 'node -e 0' });
    write('test/good.test.js', "it('adds', () => expect(1 + 1).toBe(2));");
  });

  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
  });

  function write(path: string, content: string): void {
    writeFileSync(join(project, path), content);
  }

  function scripts(all: Record<string, string>): void {
    write('package.json', JSON.stringify({ name: 'x', scripts: all, jest: { testMatch: ['**/*.test.js'] } }));
  }

  function verify(env: Record<string, string> = {}): Promise<{ code: number | null; lines: string[] }> {
    const parts = Object.fromEntries(NAMED.map((name) => [`ASSAY_TEST_${name}`, process.execPath]));
    const ours = { ...process.env, ...parts, CI: '', ASSAY_CACHE_DIR: join(project, 'cache'), ...env };
    const options = { cwd: project, env: ours };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, ['tools/verify.mjs'], options, (_error, stdout) => {
        resolve({ code: child.exitCode, lines: stdout.trimEnd().split('\n') });
      });
    });
  }

  it('counts each check and each test, and ends with 0 when all pass', async () => {
    const { code, lines } = await verify();
    expect(lines.at(-1)).toBe('3 passed, 0 failed, 0 skipped');
    expect(code).toBe(0);
  });

  it('goes on after a failed check and ends with 1', async () => {
    scripts({ build: 'node -e 0', 'check:one': 'node -e "process.exit(3)"', 'check:two': 'node -e 0' });
    const { code, lines } = await verify();
    expect(lines).toContain('failed: npm run check:one');
    expect(lines.at(-1)).toBe('3 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });

  it('counts a failed test, and a suite that cannot even start', async () => {
    write('test/bad.test.js', "it('subtracts', () => expect(2 - 1).toBe(2));");
    write('test/broken.test.js', "require('./nowhere');");
    const { code, lines } = await verify();
    expect(lines.at(-1)).toBe('3 passed, 2 failed, 0 skipped');
    expect(code).toBe(1);
  });

  it('names what was skipped, and fails on it when CI is set', async () => {
    write('test/skips.test.js', "describe.skip('a forge [skipped: no Go here]', () => it('answers', () => {}));");
    const here = await verify();
    expect(here.lines).toContain('skipped: test/skips.test.js: a forge [skipped: no Go here] answers');
    expect(here.lines.at(-1)).toBe('3 passed, 0 failed, 1 skipped');
    expect(here.code).toBe(0);
    expect((await verify({ CI: '1' })).code).toBe(1);
  });

  it('fails when CI is set and a part is missing', async () => {
    const { code, lines } = await verify({ CI: '1', ASSAY_TEST_GITEA: '/nowhere' });
    expect(lines).toContain('failed: missing while CI is set: gitea');
    expect(lines.at(-1)).toBe('3 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });
});
