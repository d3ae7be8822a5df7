import { Client } from 'pg';
import { distributeDatabase, prepareDatabase } from '../../src';
import { parentsFirst, tablesToDistribute } from '../../src/database/distribution';
import { seedSweep } from '../candidates/search/sweep';
import { startNativeWorld, type NativeWorld } from '../native/world';
import { declaredStatements } from '../plans/declared-statements';
import { genericPlan } from '../plans/explain';
import { unboundPlaces } from '../plans/one-project';
import { askEverything } from '../plans/questions';
import { recordStatements } from '../plans/recorded-statements';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/postgres';

/** Statements over several projects; each is an operator's count, or what finds out which projects there is work in. */
const acrossProjects = new Map([
  ['deletion.projects', 'assay gc goes through the projects one by one, and asks which there are'],
  ['links.pending-of', 'a starting server asks which of the enabled projects have candidates to be linked'],
  ['projects.token.by-path', 'an address names the project by its path, whose number is not known yet'],
  ['uploads.projects-with-expired', 'assay gc asks which projects have uploads to end'],
  ['usage.candidates', 'operators count over all projects'],
  ['usage.experiments', 'operators count over all projects'],
  ['usage.logged-models', 'operators count over all projects'],
  ['usage.merge-requests', 'operators count over all projects'],
  ['usage.projects', 'operators count over all projects'],
  ['usage.storage', 'operators count over all projects'],
]);

/** As above, of those without a name. */
const composedAcrossProjects = [
  /^SELECT .* FROM "assay"\."projects" "project" WHERE lower\("project"\."path"\) = lower\(\$1\)/,
];

describe('the schema, to be distributed by project,', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
    await prepareDatabase(db.url);
  });
  afterAll(() => db.drop());

  async function rows<Row extends object>(text: string): Promise<Row[]> {
    return db.database.query<Row & Record<string, unknown>>({ text });
  }

  it('has project_id first in every table, and never null', async () => {
    const tables = await rows<{ name: string; first: string; bound: boolean }>(`
      SELECT c.relname::text AS name, a.attname::text AS first, a.attnotnull AS bound
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
       WHERE c.relnamespace = 'assay'::regnamespace AND c.relkind IN ('r', 'p')`);
    expect(tables.length).toBeGreaterThan(20);
    const others = tables.filter(({ first, bound }) => first !== 'project_id' || !bound);
    expect(others.map(({ name }) => name)).toEqual(['migrations']);
  });

  it('has project_id first in every primary key, unique index and exclusion', async () => {
    const keys = await rows<{ name: string; first: string | null }>(`
      SELECT i.indexrelid::regclass::text AS name, a.attname::text AS first
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
       WHERE t.relnamespace = 'assay'::regnamespace AND t.relname <> 'migrations' AND (i.indisunique OR i.indisexclusion)`);
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter(({ first }) => first !== 'project_id')).toEqual([]);
  });

  it('has project_id first on both sides of every foreign key, which stays within the schema and clears no column', async () => {
    const keys = await rows<{ name: string; from: string; to: string; within: boolean; clears: boolean }>(`
      SELECT k.conname::text AS name, a.attname::text AS "from", b.attname::text AS "to", r.relnamespace = t.relnamespace AS within,
             k.confdeltype IN ('n', 'd') OR k.confupdtype IN ('n', 'd') AS clears
        FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
        JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.confkey[1]
       WHERE k.contype = 'f' AND 'assay'::regnamespace IN (t.relnamespace, r.relnamespace)`);
    expect(keys.length).toBeGreaterThan(10);
    const well = { from: 'project_id', to: 'project_id', within: true, clears: false };
    expect(keys.filter(({ name: _name, ...key }) => JSON.stringify(key) !== JSON.stringify(well))).toEqual([]);
  });

  it('has no trigger, no rule, no generated identity and no inheritance', async () => {
    const found = await rows(`
      SELECT t.tgname::text AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       WHERE c.relnamespace = 'assay'::regnamespace AND NOT t.tgisinternal
      UNION ALL SELECT rulename::text FROM pg_rules WHERE schemaname = 'assay'
      UNION ALL SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'assay'::regnamespace AND a.attidentity <> ''
      UNION ALL SELECT i.inhrelid::regclass::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE c.relnamespace = 'assay'::regnamespace`);
    expect(found).toEqual([]);
  });

  it('is distributed table by table, each after those that its foreign keys name', async () => {
    const client = new Client({ connectionString: db.url });
    await client.connect();
    const tables = await tablesToDistribute(client);
    await client.end();
    const names = tables.map(({ name }) => name);
    const all = await rows<{ name: string }>(
      `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'assay' AND tablename <> 'migrations' ORDER BY 1`,
    );
    expect([...names].sort()).toEqual(all.map(({ name }) => name).sort());
    for (const { name, needs } of tables) {
      for (const parent of needs) expect([name, names.indexOf(parent) < names.indexOf(name)]).toEqual([name, true]);
    }
    expect(names[0]).toBe('projects');
  });

  it('does not accept tables that need each other', () => {
    const circle = [
      { name: 'a', needs: ['b'] },
      { name: 'b', needs: ['a'] },
    ];
    expect(() => parentsFirst(circle)).toThrow('The tables a, b need each other');
  });

  it('is not distributed where the extension is missing', async () => {
    await expect(distributeDatabase(db.url)).rejects.toThrow(/does not have the extension citus/);
    const empty = await createEmptyDatabase();
    await expect(distributeDatabase(empty.url)).rejects.toThrow(/does not have the extension citus/);
    await empty.drop();
  });

  it.each([
    ['SELECT name FROM assay.candidates WHERE iid = $1', ['candidates']],
    ['SELECT name FROM assay.candidates WHERE project_id = $1 OR iid = 3', ['candidates']],
    [
      'SELECT p.value FROM assay.candidates c JOIN assay.candidate_params p ON p.candidate_iid = c.iid WHERE c.project_id = $1',
      ['candidate_params'],
    ],
    ['UPDATE assay.projects SET enabled = false WHERE path = $1', ['projects']],
    ['INSERT INTO assay.counters SELECT 7, $2, $1', ['Insert counters']],
    ['INSERT INTO assay.counters SELECT iid, name, 1 FROM assay.candidates WHERE project_id = $1', ['Insert counters']],
    ['DELETE FROM assay.experiments e USING assay.projects p WHERE p.project_id = $1 AND e.iid = $2', ['experiments']],
    [
      'SELECT 1 FROM assay.candidates c, assay.experiments e WHERE c.project_id = $1 AND e.project_id = $2',
      ['several projects'],
    ],
  ])('would be seen to be asked for more than a project by %s', async (text, places) => {
    const found = unboundPlaces(await genericPlan(db.database, text));
    expect([found.length, found.join()]).toEqual([places.length, expect.stringContaining(places.join())]);
  });

  it('is asked for one project by every declared statement, but for those that say why not', async () => {
    const declared = declaredStatements();
    expect(declared.length).toBeGreaterThan(100);
    const unbound = new Map<string, string[]>();
    for (const { name, text } of declared) {
      const places = unboundPlaces(await genericPlan(db.database, text));
      if (places.length > 0) unbound.set(name, places);
    }
    expect(Object.fromEntries([...unbound].filter(([name]) => !acrossProjects.has(name)))).toEqual({});
    expect([...acrossProjects.keys()].filter((name) => !unbound.has(name))).toEqual([]);
  });
});

describe('statements that are composed for one question', () => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld();
  });
  afterAll(() => world.close());

  it('are asked for one project', async () => {
    for (const experiment of [1, 2]) {
      await seedSweep(world.database, { project: world.project, experiment, candidates: 50, from: experiment * 100 });
    }
    const asked = await recordStatements(() => askEverything(world));
    const composed = asked.filter(({ name }) => name === undefined);
    expect(composed.length).toBeGreaterThan(40);
    const unbound: Record<string, string[]> = {};
    for (const { text } of composed) {
      const places = unboundPlaces(await genericPlan(world.database, text));
      if (places.length > 0 && !composedAcrossProjects.some((pattern) => pattern.test(text))) unbound[text] = places;
    }
    expect(unbound).toEqual({});
  });
});
