import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AssayModule } from '../../src/assay.module';
import { CandidatesService } from '../../src/candidates';
import type { ProjectId } from '../../src/common';
import { ExperimentsService } from '../../src/experiments';
import { LocalForgeAdmin, type ForgeProject } from '../../src/forge';
import { ProjectsService } from '../../src/projects';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { plain, writing } from './house';

describe('experiments and candidates on the native API', () => {
  let db: TestDatabase;
  let app: INestApplication;
  let folder: string;
  let project: ProjectId;
  let token: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'assay-native-'));
    const module = AssayModule.forRoot({
      publicUrl: 'http://assay.test',
      database: { url: db.url },
      forge: { kind: 'local' },
      store: { kind: 'file', folder },
      access: { sessionSecret: 'a secret of more than thirty-two characters' },
    });
    app = (await Test.createTestingModule({ imports: [module] }).compile()).createNestApplication(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
    await enable();
    await log();
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
    await rm(folder, { recursive: true });
  });

  async function enable(): Promise<void> {
    const admin = app.get(LocalForgeAdmin);
    await admin.createUser('ada');
    token = (await admin.createToken('ada', { name: 'test', scopes: ['read'] })).secret;
    const made = await admin.createProject('ada/first', { visibility: 'private', owner: 'ada' });
    const forgeProject: ForgeProject = {
      ...{ id: made.id, path: 'ada/first', defaultBranch: 'main', visibility: 'private' },
      ...{ archived: false, webUrl: 'http://assay.test/ada/first' },
    };
    await app.get(ProjectsService).enable({ principal: { name: 'ada', role: 'maintain' }, project: forgeProject });
    project = made.id;
  }

  async function log(): Promise<void> {
    const candidates = app.get(CandidatesService);
    for (const value of [1, Number.NaN, 3]) {
      const { candidate } = await candidates.create(project, plain({ name: `c${value}` }));
      const points = [{ name: 'loss', value, step: 0, trackedAt: 1 }];
      await candidates.write(project, writing(candidate.eid, { points, params: [{ name: 'depth', value: '3' }] }));
    }
    await app
      .get(ExperimentsService)
      .create(project, { name: 'second', tags: [{ name: 'a', value: 'b' }], createdBy: 'ada' });
  }

  async function ask(path: string, bearer = token): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = { Authorization: `Bearer ${bearer}` };
    const answer = await fetch(`${await app.getUrl()}/api/v4/projects/${project}/ml/${path}`, { headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  it('begin with the Default experiment, made by who enabled the project', async () => {
    const { status, body } = await ask('experiments/0');
    expect(status).toBe(200);
    expect(body).toMatchObject({ iid: 0, name: 'Default', created_by: 'ada', tags: [] });
  });

  it('list experiments, filtered, ordered and paged', async () => {
    const { body } = await ask(`experiments?order_by=name&max_results=1`);
    expect(body).toMatchObject({ experiments: [{ name: 'Default' }] });
    const next = await ask(`experiments?order_by=name&max_results=1&page_token=${String(body['next_page_token'])}`);
    expect(next.body).toEqual({
      experiments: [expect.objectContaining({ name: 'second', tags: [{ name: 'a', value: 'b' }] })],
    });
    const found = await ask(`experiments?filter=${encodeURIComponent("tags.a = 'b'")}`);
    expect(found.body['experiments']).toHaveLength(1);
  });

  it('list candidates, filtered and ordered', async () => {
    const query = `experiment=0&experiment=1&order_by=${encodeURIComponent('metrics.loss DESC')}&filter=${encodeURIComponent("params.depth = '3'")}`;
    const { status, body } = await ask(`candidates?${query}`);
    expect(status).toBe(200);
    const found = body['candidates'] as { name: string; metrics: { value: unknown }[] }[];
    expect(found.map(({ name }) => name)).toEqual(['c3', 'c1', 'cNaN']);
    expect(found[2]?.metrics[0]?.value).toBe('NaN');
  });

  it('list the candidates of the whole project when no experiment is named', async () => {
    const { status, body } = await ask('candidates');
    expect(status).toBe(200);
    expect(body['candidates']).toHaveLength(3);
  });

  it('show one candidate by its number', async () => {
    const { status, body } = await ask('candidates/1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      iid: 1,
      name: 'c1',
      status: 'running',
      metrics: [{ name: 'loss', value: 1, step: 0, tracked_at: 1 }],
      params: [{ name: 'depth', value: '3' }],
    });
  });

  it.each([
    ['candidates/99', 404, 'not-found'],
    ['candidates/one', 404, 'not-found'],
    ['experiments/99', 404, 'not-found'],
    ['candidates?experiment=x', 400, 'invalid'],
    ['candidates?experiment=0&filter=loss', 400, 'invalid'],
    ['candidates?experiment=0&strange=1', 400, 'invalid'],
    ['experiments?max_results=0', 400, 'invalid'],
    ['experiments?view=some', 400, 'invalid'],
    ['experiments?order_by=tags.a', 400, 'invalid'],
    ['experiments?page_token=x', 400, 'invalid'],
  ])('answer %s with %i', async (path, status, error) => {
    const answer = await ask(path);
    expect([answer.status, answer.body['error'], typeof answer.body['message']]).toEqual([status, error, 'string']);
  });

  it('are not told to others', async () => {
    await app.get(LocalForgeAdmin).createUser('eve');
    const eve = (await app.get(LocalForgeAdmin).createToken('eve', { name: 'test', scopes: ['read'] })).secret;
    await expect(ask('candidates/1', eve)).resolves.toMatchObject({ status: 404 });
    await expect(ask('experiments', 'nonsense')).resolves.toMatchObject({ status: 401 });
  });
});
