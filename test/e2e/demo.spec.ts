import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAssay, type AssayServer } from '../support/assay';

interface Demo {
  project: string;
  tracking_uri: string;
  token: string;
}

/** What ready.json tells once the demo is there. */
async function seeded(server: AssayServer): Promise<Demo> {
  for (let waited = 0; waited < 90_000; waited += 200) {
    const ready = JSON.parse(await readFile(join(server.dataFolder, 'ready.json'), 'utf8')) as { demo?: Demo };
    if (ready.demo !== undefined) return ready.demo;
    await sleep(200);
  }
  throw new Error(`The demo is not there after 90 s:\n${server.output()}`);
}

describe('the demo', () => {
  let server: AssayServer;
  let demo: Demo;

  beforeAll(async () => {
    server = await startAssay({ args: ['--demo'] });
    demo = await seeded(server);
  }, 120_000);

  afterAll(async () => {
    await server.stop();
  });

  async function candidates(): Promise<{ runs: { info: { status: string }; data: { metrics: object[] } }[] }> {
    const search = { experiment_ids: ['1'], max_results: 1000 };
    const found = await server.call('POST', `${demo.tracking_uri}/api/2.0/mlflow/runs/search`, { body: search });
    expect(found.status).toBe(200);
    return found.json() as Awaited<ReturnType<typeof candidates>>;
  }

  it('has candidates of a finished training run with metrics, readable by anybody', async () => {
    const { runs } = await candidates();
    expect(runs.length).toBeGreaterThan(5);
    for (const { info, data } of runs) {
      expect(info.status).toBe('FINISHED');
      expect(data.metrics.length).toBeGreaterThan(0);
    }
  });

  it('shows them on the pages and on the merge request, with a comment and a status', async () => {
    for (const page of ['experiments', 'experiments/1', 'candidates/1', 'merge_requests/1']) {
      const answer = await server.call('GET', `/${demo.project}/-/ml/${page}`);
      expect({ page, status: answer.status }).toEqual({ page, status: 200 });
    }
    let seen = await server.mergeRequest(demo.project, 1);
    for (let waited = 0; waited < 15_000 && seen.comments.length === 0; waited += 200) {
      await sleep(200);
      seen = await server.mergeRequest(demo.project, 1);
    }
    expect(seen.comments).toHaveLength(1);
    expect(seen.comments[0]?.body).toContain('val_accuracy');
    expect(seen.statuses.map(({ state, context }) => ({ state, context }))).toContainEqual({
      state: 'success',
      context: 'experiments',
    });
  });

  it('takes what a newcomer logs with its token', async () => {
    const body = { experiment_id: '0', run_name: 'mine' };
    const made = await server.call('POST', `${demo.tracking_uri}/api/2.0/mlflow/runs/create`, {
      token: demo.token,
      body,
    });
    expect(made.status).toBe(200);
  });

  it('is the same after the next start: same token, no candidate twice, one comment', async () => {
    const before = (await candidates()).runs.length;
    await server.terminate();
    expect(server.exitCode()).toBe(0);
    const began = Date.now();
    await server.restart();
    expect(await seeded(server)).toEqual(demo);
    expect(Date.now() - began).toBeLessThan(20_000);
    expect((await candidates()).runs).toHaveLength(before);
    await sleep(2_000);
    expect((await server.mergeRequest(demo.project, 1)).comments).toHaveLength(1);
  });
});

describe('a demo whose first start was killed', () => {
  it('gets what is missing: settings, merge request, candidates', async () => {
    const args: string[] = [];
    const server = await startAssay({ args });
    try {
      await server.call('POST', '/api/v4/projects', {
        token: server.adminToken,
        body: { path: 'demo/penguins', visibility: 'public' },
      });
      await server.terminate();
      args.push('--demo');
      await server.restart();
      const { project } = await seeded(server);
      await expect(server.mergeRequest(project, 1)).resolves.toMatchObject({ iid: 1, state: 'open' });
    } finally {
      await server.stop();
    }
  });
});
