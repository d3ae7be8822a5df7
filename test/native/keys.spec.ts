import { namesOfExperiments, namesOfProject, keyKinds } from '../../src/candidates/keys/keys.statements';
import { startNativeWorld, type NativeWorld } from './world';

interface Key {
  kind: string;
  name: string;
}

const dataset = { digest: 'd', source_type: 'local', source: '{}' };

async function fill(world: NativeWorld): Promise<void> {
  const good = async (method: string, path: string, body?: unknown): Promise<void> => {
    expect([path, (await world.call(method, path, { body })).status]).toEqual([
      path,
      method === 'POST' && /s$/.test(path) && !/inputs$/.test(path) ? 201 : 204,
    ]);
  };
  await good('POST', 'experiments', { name: 'second' });
  for (const [at, experiment] of [0, 0, 1].entries()) {
    await good('POST', 'candidates', { experiment, name: 'x' });
    const names = (kind: string): string[] => [`${kind}/of ${experiment}`, `${kind}-${at}`, 'loss'];
    await good('POST', `candidates/${at + 1}/log`, {
      metrics: names('metric').map((name) => ({ name, value: 1, tracked_at: 1 })),
      params: names('param').map((name) => ({ name, value: '1' })),
      tags: names('tag').map((name) => ({ name, value: '1' })),
    });
    const datasets = names('set').map((name) => ({ dataset: { ...dataset, name } }));
    await good('POST', `candidates/${at + 1}/inputs`, { datasets });
  }
}

describe('the catalogue of keys', () => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld();
    await fill(world);
  });
  afterAll(async () => {
    await world.close();
  });

  async function keys(query: Record<string, string | string[]> = {}): Promise<string[]> {
    const { status, body, text } = await world.get('keys', query);
    expect([status, status === 200 ? '' : text]).toEqual([200, '']);
    return (body['keys'] as Key[]).map(({ kind, name }) => `${kind}:${name}`);
  }
  const sorted = (texts: string[]): string[] => [...texts].sort();

  it('has every name of the project once, kind by kind', async () => {
    const found = await keys();
    const names = (kind: string, word = kind): string[] =>
      ['loss', `${word}-0`, `${word}-1`, `${word}-2`, `${word}/of 0`, `${word}/of 1`].map((name) => `${kind}:${name}`);
    const expected = [
      ...names('metric'),
      ...names('param'),
      ...names('tag'),
      'tag:mlflow.runName',
      ...names('dataset', 'set'),
    ];
    expect(sorted(found)).toEqual(sorted(expected));
    const kinds = found.map((key) => key.split(':', 1)[0]);
    expect(kinds).toEqual([...kinds].sort((a, b) => keyKinds.indexOf(a as 'tag') - keyKinds.indexOf(b as 'tag')));
  });

  it('has the names of experiments', async () => {
    expect(sorted(await keys({ experiment: '1' }))).toEqual(
      sorted(
        [...['metric', 'param', 'tag'].map((kind) => [kind, kind]), ['dataset', 'set']].flatMap(
          ([kind = '', word = '']) =>
            ['loss', `${word}-2`, `${word}/of 1`, ...(kind === 'tag' ? ['mlflow.runName'] : [])].map(
              (name) => `${kind}:${name}`,
            ),
        ),
      ),
    );
    expect(sorted(await keys({ experiment: ['0', '1'] }))).toEqual(sorted(await keys()));
    expect(await keys({ experiment: '7' })).toEqual([]);
  });

  it('completes what was begun', async () => {
    expect(sorted(await keys({ q: 'param' }))).toEqual([
      'param:param-0',
      'param:param-1',
      'param:param-2',
      'param:param/of 0',
      'param:param/of 1',
    ]);
    expect(await keys({ q: 'lo', experiment: '0' })).toEqual(['metric:loss', 'param:loss', 'tag:loss', 'dataset:loss']);
    expect(await keys({ q: 'LO' })).toEqual([]);
    expect(await keys({ q: '%' })).toEqual([]);
    expect(await keys({ q: 'set/', kind: 'dataset' })).toHaveLength(2);
  });

  it('has only the kinds asked for', async () => {
    const kinds = await keys({ kind: ['tag', 'metric'], q: 'loss' });
    expect(kinds).toEqual(['metric:loss', 'tag:loss']);
  });

  it.each([{}, { experiment: '0' }, { kind: ['param', 'dataset'] }, { q: 'l' }])(
    'comes in pages of any size that neither skip nor repeat a name: %j',
    async (query) => {
      const all = await keys(query);
      for (const limit of [1, 2, 5, 100]) {
        const found: string[] = [];
        let token: string | undefined;
        do {
          const { body } = await world.get('keys', {
            ...query,
            max_results: String(limit),
            ...(token === undefined ? {} : { page_token: token }),
          });
          found.push(...(body['keys'] as Key[]).map(({ kind, name }) => `${kind}:${name}`));
          token = body['next_page_token'] as string | undefined;
        } while (token !== undefined);
        expect(found).toEqual(all);
      }
    },
  );

  it.each([
    [{ kind: 'run' }, 'kind'],
    [{ experiment: 'x' }, 'experiment'],
    [{ experiment: Array.from({ length: 21 }, (_, at) => `${at}`) }, 'experiment'],
    [{ q: '\0' }, 'q'],
    [{ page_token: 'x' }, 'page_token'],
    [{ page_token: Buffer.from('["run","a"]').toString('base64url') }, 'page_token'],
  ])('refuses %j', async (query, field) => {
    const { status, body } = await world.get('keys', query);
    expect([status, body['field']]).toEqual([400, field]);
  });
});

describe('the catalogue of a large project', () => {
  let world: NativeWorld;
  const names = ['batch', 'depth', 'lr', 'seed', 'width'];

  beforeAll(async () => {
    world = await startNativeWorld();
    const run = (text: string): Promise<unknown> => world.database.query({ text });
    await run(`INSERT INTO assay.candidates (project_id, iid, eid, experiment_iid, name, status, started_at, user_name, created_by)
      SELECT ${world.project}, i, gen_random_uuid(), 0, 'c', 'finished', i, 'a', 'a' FROM generate_series(1, 20000) AS i`);
    for (const table of ['candidate_params', 'candidate_tags']) {
      await run(`INSERT INTO assay.${table} (project_id, candidate_iid, name, value)
        SELECT ${world.project}, i, name, i::text FROM generate_series(1, 20000) AS i, unnest('{${names.join()}}'::text[]) AS name`);
    }
    await run(`INSERT INTO assay.metric_names (project_id, metric_id, name)
      SELECT ${world.project}, i, 'm' || i FROM generate_series(1, 5) AS i`);
    await run(`INSERT INTO assay.candidate_metrics (project_id, candidate_iid, metric_id, experiment_iid, latest, latest_step,
        latest_tracked_at, first, first_step, first_tracked_at, min, max, points)
      SELECT ${world.project}, i, m, 0, i, 0, 0, i, 0, 0, i, i, 1 FROM generate_series(1, 20000) AS i, generate_series(1, 5) AS m`);
    await run(`INSERT INTO assay.datasets (project_id, dataset_id, experiment_iid, name, digest, source_type, source)
      SELECT ${world.project}, gen_random_uuid(), 0, 'd' || i % 3, i::text, 's', 's' FROM generate_series(1, 20000) AS i`);
    await run(
      'ANALYZE assay.candidates, assay.candidate_params, assay.candidate_tags, assay.candidate_metrics, assay.datasets',
    );
  });
  afterAll(async () => {
    await world.close();
  });

  interface Plan {
    'Node Type': string;
    'Relation Name'?: string;
    'Shared Hit Blocks': number;
    'Shared Read Blocks': number;
    Plans?: Plan[];
  }
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

  async function explain(text: string, values: unknown[]): Promise<Plan> {
    const [row] = await world.database.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      { text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}` },
      values,
    );
    if (row === undefined) throw new Error('There is no plan');
    return (row['QUERY PLAN'][0] as { Plan: Plan }).Plan;
  }

  it('has each name once', async () => {
    const { body } = await world.get('keys', { kind: ['param', 'dataset'] });
    expect((body['keys'] as Key[]).map(({ name }) => name)).toEqual([...names, 'd0', 'd1', 'd2']);
  });

  it.each(keyKinds)('steps from %s to %s along an index, whatever the number of candidates', async (kind) => {
    const values = [world.project, '', '', 101];
    for (const plan of [
      await explain(namesOfProject[kind].text, values),
      await explain(namesOfExperiments[kind].text, [...values, [0]]),
    ]) {
      const scans = nodes(plan).filter((node) => node['Node Type'] === 'Seq Scan');
      expect(
        scans
          .map((scan) => scan['Relation Name'])
          .filter((name) => !['experiments', 'metric_names'].includes(name ?? '')),
      ).toEqual([]);
    }
    const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = await explain(namesOfProject[kind].text, values);
    expect(hit + read).toBeLessThan(100);
  });
});
