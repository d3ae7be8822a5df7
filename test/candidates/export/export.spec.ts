import { parquetReadObjects } from 'hyparquet';
import { CandidatesService } from '../../../src/candidates';
import { candidateTable } from '../../../src/candidates/export/candidate-table';
import { logTrials, startExportWorld, type ExportWorld } from './exporting';

const fixed =
  'iid,eid,name,status,experiment_iid,experiment,started_at,ended_at,created_at,deleted_at,user_name,created_by,commit,branch,claimed_merge_request';

describe.each(['fastify', 'express'] as const)('an export of candidates on %s', (adapter) => {
  let world: ExportWorld;
  let second: number;

  beforeAll(async () => {
    world = await startExportWorld(adapter);
    ({ second } = await logTrials(world));
  });
  afterAll(() => world.close());

  const csv = async (query: Record<string, string | string[]> = {}): Promise<string> =>
    (await world.bytes('candidates/export', query)).toString();
  const objects = async (query: Record<string, string | string[]> = {}): Promise<Record<string, unknown>[]> =>
    JSON.parse((await world.bytes('candidates/export', { ...query, format: 'json' })).toString()) as Record<
      string,
      unknown
    >[];

  it('is CSV of the whole project unless told, newest first, with every column that it has', async () => {
    const [header, ...lines] = (await csv({ columns: [] })).split('\r\n');
    expect(header).toBe(`${fixed},metrics.acc/top 1,metrics.loss,params.lr,params.note,tags.team`);
    expect(lines.map((line) => /^\d+/.exec(line)?.[0])).toEqual(['1', '2', '3', undefined]);
    expect(lines[0]).toMatch(
      /^1,[0-9a-f-]{36},"odd, ""one""",running,0,Default,2023-11-14T22:13:22\.000Z,,20[^,]+Z,,'=cmd,ada,c{40},topic,7,inf,NaN,-0\.1,"日本\n""ah""",'@home$/,
    );
  });

  it('has the columns that are asked for, in their order, and empty ones for unknown names', async () => {
    expect(await csv({ columns: 'name,metrics.loss,params.never', experiment: '0' })).toBe(
      'name,metrics.loss,params.never\r\n"odd, ""one""",NaN,\r\nfailed,2,\r\n',
    );
    expect(await csv({ columns: ['tags.*', 'iid', 'metrics.*,iid'], filter: "run_name = 'failed'" })).toBe(
      'iid,metrics.loss\r\n2,2\r\n',
    );
  });

  it('filters, orders and takes deleted ones as a search does', async () => {
    const { eid } = (
      await world.app.get(CandidatesService).search(world.project, {
        ...{ experiments: 'all', orderBy: [], view: 'active', limit: 10, filter: "attributes.run_name = 'bare'" },
      })
    ).items[0]?.candidate ?? { eid: undefined };
    if (eid === undefined) throw new Error('No candidate');
    await world.app.get(CandidatesService).delete(world.project, eid);
    const names = async (query: Record<string, string | string[]>): Promise<unknown[]> =>
      (await objects(query)).map(({ name }) => name);
    expect(await names({ order_by: 'metrics.loss DESC' })).toEqual(['failed', 'odd, "one"']);
    expect(await names({ filter: "params.lr = '-0.1' OR metrics.loss > 1", order_by: 'start_time ASC' })).toEqual([
      'failed',
      'odd, "one"',
    ]);
    expect(await names({ view: 'deleted' })).toEqual(['bare']);
    expect(await names({ view: 'all', experiment: ['0', String(second)] })).toEqual(['odd, "one"', 'failed', 'bare']);
    expect(await names({ experiment: String(second) })).toEqual([]);
    expect(await csv({ experiment: String(second), columns: 'iid,metrics.*' })).toBe('iid\r\n');
    await world.app.get(CandidatesService).restore(world.project, eid);
  });

  it('is JSON with the words and numbers of the native API', async () => {
    const [odd, failed, bare] = await objects();
    expect(odd).toEqual({
      iid: 1,
      eid: expect.any(String) as string,
      name: 'odd, "one"',
      status: 'running',
      experiment_iid: 0,
      experiment: 'Default',
      started_at: 1_700_000_002_000,
      created_at: expect.any(Number) as number,
      user_name: '=cmd',
      created_by: 'ada',
      commit: 'c'.repeat(40),
      branch: 'topic',
      claimed_merge_request: 7,
      'metrics.acc/top 1': 'Infinity',
      'metrics.loss': 'NaN',
      'params.lr': '-0.1',
      'params.note': '日本\n"ah"',
      'tags.team': '@home',
    });
    expect(failed).toMatchObject({ name: 'failed', status: 'failed', ended_at: 1_700_000_061_000, 'metrics.loss': 2 });
    expect(Object.keys(bare ?? {})).toEqual([
      'iid',
      'eid',
      'name',
      'status',
      'experiment_iid',
      'experiment',
      'started_at',
      'created_at',
      'user_name',
      'created_by',
    ]);
    const lines = (await world.bytes('candidates/export', { format: 'ndjson' })).toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await objects());
  });

  it('is Parquet with real numbers and moments', async () => {
    const buffer = await world.bytes('candidates/export', { format: 'parquet', experiment: '0' });
    const file = buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength) as ArrayBuffer;
    const [odd, failed] = await parquetReadObjects({ file });
    expect(odd).toMatchObject({
      iid: 1n,
      name: 'odd, "one"',
      started_at: new Date(1_700_000_002_000),
      ended_at: null,
      'metrics.acc/top 1': Infinity,
      'metrics.loss': NaN,
      'params.note': '日本\n"ah"',
    });
    expect(failed).toMatchObject({ ended_at: new Date(1_700_000_061_000), 'metrics.loss': 2, 'params.lr': null });
  });

  it('comes as a file with a name of its own', async () => {
    const headers = { authorization: `Bearer ${world.tokens.reader}` };
    for (const [format, type] of [
      ['csv', 'text/csv; charset=utf-8; header=present'],
      ['json', 'application/json; charset=utf-8'],
      ['ndjson', 'application/x-ndjson; charset=utf-8'],
      ['parquet', 'application/vnd.apache.parquet'],
    ] as const) {
      const answer = await fetch(world.address('candidates/export', { format }), { method: 'HEAD', headers });
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': type,
        'content-disposition': `attachment; filename="team-trials-candidates.${format}"`,
        'cache-control': 'private, no-store',
      });
    }
  });

  it.each([
    ['format=xml', 'format'],
    ['columns=nonsense', 'columns'],
    ['columns=metrics.', 'columns'],
    ['columns=params.%00', 'columns'],
    ['filter=loss', undefined],
    ['experiment=x', 'experiment'],
    ['strange=1', 'strange'],
  ])('refuses %s before anything is sent', async (query, field) => {
    const answer = await world.call('GET', `candidates/export?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: 'invalid', ...(field === undefined ? {} : { field }) });
  });

  it('is for those who may read', async () => {
    expect((await world.call('GET', 'candidates/export', { token: 'nonsense' })).status).toBe(401);
    expect((await world.call('GET', 'metrics/export', { token: null })).status).toBe(401);
  });

  it('says how to go on when there are more columns than fit', async () => {
    const asked = {
      project: world.project,
      iids: [1, 2],
      asked: [{ from: 'metrics', key: '*' }],
      mostColumns: 1,
    } as never;
    await expect(
      world.database.transaction((snapshot) =>
        candidateTable(snapshot, { ...(asked as object), stopped: new AbortController().signal } as never),
      ),
    ).rejects.toThrow(/more than 1 columns.*columns=iid,name,metrics.loss/);
  });

  describe('of metrics', () => {
    it('has every point by candidate, name, step, time and value', async () => {
      const text = (await world.bytes('metrics/export', { order_by: 'start_time ASC' })).toString();
      expect(text).toBe(
        [
          'candidate,name,step,tracked_at,value',
          '2,loss,5,2023-11-14T22:13:20.009Z,2',
          '1,acc/top 1,0,2023-11-14T22:13:20.000Z,inf',
          '1,loss,0,2023-11-14T22:13:20.000Z,0.5',
          '1,loss,1,2023-11-14T22:13:20.001Z,NaN',
          '',
        ].join('\r\n'),
      );
    });

    it('has only those that are asked for', async () => {
      const query = { name: ['loss', 'never'], candidate: ['2', '99', '1'], format: 'ndjson' };
      const lines = (await world.bytes('metrics/export', query)).toString().trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
        { candidate: 2, name: 'loss', step: 5, tracked_at: 1_700_000_000_009, value: 2 },
        { candidate: 1, name: 'loss', step: 0, tracked_at: 1_700_000_000_000, value: 0.5 },
        { candidate: 1, name: 'loss', step: 1, tracked_at: 1_700_000_000_001, value: 'NaN' },
      ]);
      expect((await world.bytes('metrics/export', { name: 'never' })).toString()).toBe(
        'candidate,name,step,tracked_at,value\r\n',
      );
    });

    it('takes either candidates or a selection', async () => {
      const { status, body } = await world.call('GET', 'metrics/export?candidate=1&experiment=0');
      expect([status, body['field']]).toEqual([400, 'candidate']);
    });
  });
});
