import { runAssay, startAssay, type AssayServer } from '../support/assay';
import type { CommandResult } from '../support/assay';

describe('assay project', () => {
  let server: AssayServer;
  let maintainer: string;
  let writer: string;

  beforeAll(async () => {
    server = await startAssay();
    await server.createProject('ml/iris');
    for (const [name, role] of [
      ['ada', 'maintain'],
      ['wim', 'write'],
    ] as const) {
      await server.createUser(name);
      await server.addMember('ml/iris', name, role);
    }
    maintainer = (await server.createToken('ada')).token;
    writer = (await server.createToken('wim')).token;
  });
  afterAll(() => server.stop());

  const assay = (token: string, ...args: string[]): Promise<CommandResult> =>
    runAssay(['project', ...args, '--json'], { ASSAY_URL: server.url, ASSAY_TOKEN: token });

  it('disables and enables with a maintainer’s own token, and prints the tracking URI', async () => {
    expect(await assay(maintainer, 'disable', 'ml/iris')).toMatchObject({ code: 0 });
    expect(JSON.parse((await assay(maintainer, 'show', 'ml/iris')).stdout)).toMatchObject({ enabled: false });
    const enabled = await assay(maintainer, 'enable', 'ml/iris');
    expect(enabled).toMatchObject({ code: 0, stderr: '' });
    expect(enabled.stdout).toContain('/ml/mlflow');
    expect(JSON.parse((await assay(maintainer, 'show', 'ml/iris')).stdout)).toMatchObject({ enabled: true });
  });

  it('tells a writer in the server’s words why not', async () => {
    const refused = await assay(writer, 'disable', 'ml/iris');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('"maintain"');
    expect(refused.stderr).not.toContain(writer);
  });

  it('needs the address and the token together', async () => {
    const half = await runAssay(['project', 'show', 'ml/iris'], { ASSAY_URL: server.url });
    expect(half.code).toBe(1);
    expect(half.stderr).toContain('ASSAY_TOKEN');
  });

  it('needs neither beside the server of a local forge', async () => {
    const shown = await runAssay(['project', 'show', 'ml/iris'], { ASSAY_DATA_DIR: server.dataFolder });
    expect(shown.stdout).toContain('ml/iris');
  });
});

describe('a server with a limit of requests', () => {
  it('answers 429 with Retry-After to a token that makes more, and to no other', async () => {
    const server = await startAssay({ env: { ASSAY_REQUESTS_PER_MINUTE: '5' } });
    try {
      const { tracking_uri: uri, token } = await server.createProject('busy');
      const other = (await server.createProjectToken('busy', 'read')).token;
      const ask = (secret: string): ReturnType<AssayServer['call']> =>
        server.call('GET', `${uri}/api/2.0/mlflow/experiments/get?experiment_id=0`, { token: secret });
      for (let request = 0; request < 5; request += 1) expect((await ask(token)).status).toBe(200);
      const refused = await ask(token);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.json()).toMatchObject({ error_code: 'REQUEST_LIMIT_EXCEEDED' });
      expect((await ask(other)).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});
