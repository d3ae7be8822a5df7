import { asExperimentIid, asProjectId, type ProjectId } from '../../src/common';
import { ExperimentsService, type ExperimentSearch, type NewExperiment } from '../../src/experiments';
import { ExperimentsRepository } from '../../src/experiments/experiments.repository';
import { ExperimentsSearch } from '../../src/experiments/search/experiments-search';
import { createTestDatabase, type TestDatabase } from '../support/postgres';

describe('experiments', () => {
  let db: TestDatabase;
  let experiments: ExperimentsService;
  let projects = 0;

  beforeAll(async () => {
    db = await createTestDatabase();
    experiments = new ExperimentsService(new ExperimentsRepository(db.database), new ExperimentsSearch(db.database));
  });
  afterAll(() => db.drop());

  async function project(): Promise<ProjectId> {
    projects += 1;
    await db.database.query(
      {
        text: `INSERT INTO assay.projects (project_id, path, default_branch, visibility, enabled_by)
                     VALUES ($1, $2, 'main', 'private', 'ada')`,
      },
      [projects, `group/p${projects}`],
    );
    return asProjectId(projects);
  }

  function named(name: string, tags: NewExperiment['tags'] = []): NewExperiment {
    return { name, tags, createdBy: 'ada' };
  }

  /** Two experiments made in the same millisecond count as made at once; this sets their creations a second apart. */
  async function createdInTurn(where: ProjectId): Promise<void> {
    await db.database.query(
      {
        text: `UPDATE assay.experiments SET created_at = to_timestamp(1_000_000_000 + iid) WHERE project_id = $1`,
      },
      [where],
    );
  }

  async function names(where: ProjectId, search: Partial<ExperimentSearch>): Promise<string[]> {
    const page = await experiments.search(where, { orderBy: [], view: 'active', limit: 100, ...search });
    return page.items.map(({ name }) => name);
  }

  it('begin with Default as number 0, once, however often it is ensured', async () => {
    const here = await project();
    await experiments.ensureDefaultExperiment(here);
    await experiments.ensureDefaultExperiment(here);
    await expect(experiments.get(here, asExperimentIid(0))).resolves.toMatchObject({
      name: 'Default',
      createdBy: 'ada',
    });
    await expect(experiments.create(here, named('first'))).resolves.toMatchObject({ iid: 1, name: 'first', tags: [] });
  });

  it('keep what they are created with', async () => {
    const here = await project();
    const created = await experiments.create(here, {
      ...named('with all', [
        { name: 'b', value: '1' },
        { name: 'a', value: 'Grüße 😀' },
        { name: 'b', value: '2' },
      ]),
      artifactLocation: 's3://bucket/place',
    });
    expect(created).toEqual({
      project: here,
      iid: 1,
      name: 'with all',
      artifactLocation: 's3://bucket/place',
      createdBy: 'ada',
      createdAt: expect.any(Date) as Date,
      updatedAt: expect.any(Date) as Date,
      tags: [
        { name: 'a', value: 'Grüße 😀' },
        { name: 'b', value: '2' },
      ],
    });
    await expect(experiments.getByName(here, 'with all')).resolves.toEqual(created);
  });

  it('have one winner when many create the same name at once, and the numbers leave no gap', async () => {
    const here = await project();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => experiments.create(here, named('same'))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'already-exists', field: 'name' });
    }
    await expect(experiments.create(here, named('next'))).resolves.toMatchObject({ iid: 2 });
  });

  it('free their name when deleted, and come back only under a free one', async () => {
    const here = await project();
    const old = await experiments.create(here, named('x'));
    await experiments.delete(here, old.iid);
    const fresh = await experiments.create(here, named('x'));
    await expect(experiments.getByName(here, 'x')).resolves.toMatchObject({ iid: fresh.iid });
    await expect(experiments.restore(here, old.iid)).rejects.toThrow('pass another name to restore it under');
    await experiments.restore(here, old.iid, 'x again');
    await expect(experiments.get(here, old.iid)).resolves.toMatchObject({ name: 'x again' });
    await experiments.delete(here, fresh.iid);
    await expect(experiments.getByName(here, 'x')).resolves.toMatchObject({
      iid: fresh.iid,
      deletedAt: expect.any(Date) as Date,
    });
  });

  it('cannot be deleted twice, restored alive, or renamed or tagged while deleted', async () => {
    const here = await project();
    const { iid } = await experiments.create(here, named('x'));
    await expect(experiments.restore(here, iid)).rejects.toMatchObject({ kind: 'not-found' });
    await experiments.delete(here, iid);
    await expect(experiments.delete(here, iid)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(experiments.rename(here, iid, 'y')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(experiments.setTag(here, iid, 'a', 'b')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(experiments.rename(here, asExperimentIid(99), 'y')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are renamed to a free name only', async () => {
    const here = await project();
    const { iid, updatedAt } = await experiments.create(here, named('x'));
    await experiments.create(here, named('y'));
    await expect(experiments.rename(here, iid, 'y')).rejects.toMatchObject({ kind: 'already-exists' });
    await experiments.rename(here, iid, 'z');
    const renamed = await experiments.get(here, iid);
    expect(renamed.name).toBe('z');
    expect(renamed.updatedAt.getTime()).toBeGreaterThanOrEqual(updatedAt.getTime());
  });

  it('have tags that can be set, set again and deleted', async () => {
    const here = await project();
    const { iid } = await experiments.create(here, named('x'));
    await experiments.setTag(here, iid, 'team', 'a');
    await experiments.setTag(here, iid, 'team', 'b');
    await expect(experiments.get(here, iid)).resolves.toMatchObject({ tags: [{ name: 'team', value: 'b' }] });
    await experiments.deleteTag(here, iid, 'team');
    await expect(experiments.deleteTag(here, iid, 'team')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('of one project are unknown to another', async () => {
    const [here, there] = [await project(), await project()];
    const { iid } = await experiments.create(here, named('secret'));
    await expect(experiments.get(there, iid)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(experiments.getByName(there, 'secret')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(names(there, { view: 'all' })).resolves.toEqual([]);
    await expect(experiments.create(there, named('secret'))).resolves.toMatchObject({ iid: 1 });
  });

  describe('are found', () => {
    let here: ProjectId;
    beforeAll(async () => {
      here = await project();
      await experiments.create(here, named('alpha', [{ name: 'team', value: 'red' }]));
      await experiments.create(here, named('Beta', [{ name: 'team', value: 'blue' }]));
      await experiments.create(here, named('alpine', [{ name: 'a.b', value: '100%' }]));
      await experiments.create(here, named('gone'));
      await experiments.delete(here, asExperimentIid(4));
      await createdInTurn(here);
    });

    it.each([
      ["name = 'alpha'", ['alpha']],
      ["name != 'alpha'", ['alpine', 'Beta']],
      ["name LIKE 'al%'", ['alpine', 'alpha']],
      ["attribute.name ILIKE 'b_ta'", ['Beta']],
      ["name LIKE '\\'", []],
      ["tags.team = 'red'", ['alpha']],
      ["tags.team != 'red'", ['Beta']],
      ['tag.`team` IS NULL', ['alpine']],
      ["tags.team IS NOT NULL AND name LIKE 'B%'", ['Beta']],
      ['tags."a.b" LIKE \'%\\%\'', []],
      ['tags."a.b" LIKE \'100%\'', ['alpine']],
      ["experiment_id IN ('1', '3')", ['alpine', 'alpha']],
      ["experiment_id != '1'", ['alpine', 'Beta']],
      ['creation_time > 0 AND last_update_time < 99999999999999', ['alpine', 'Beta', 'alpha']],
      ['creation_time >= 1e400', []],
      ['', ['alpine', 'Beta', 'alpha']],
      ["name = 'Beta' OR tags.team = 'red'", ['Beta', 'alpha']],
      ["NOT tags.team = 'red'", ['alpine', 'Beta']],
      ["(name LIKE 'al%' OR name = 'Beta') AND NOT (tags.team IS NULL OR tags.team = 'blue')", ['alpha']],
    ])('by %s', async (filter, expected) => {
      await expect(names(here, { filter })).resolves.toEqual(expected);
    });

    it.each([
      ['name', '=', "name > 'a'"],
      ['an unknown column', 'artifact_location', "artifact_location = 'a'"],
      ['no iid', 'whole number', "experiment_id = 'x'"],
      ['half an OR', 'a column', "name = 'a' OR"],
    ])('but a filter with %s is refused', async (_what, expected, filter) => {
      await expect(names(here, { filter })).rejects.toMatchObject({ kind: 'invalid', field: 'filter' });
      await expect(names(here, { filter })).rejects.toThrow(expected);
    });

    it('by their deletion', async () => {
      await expect(names(here, { view: 'deleted' })).resolves.toEqual(['gone']);
      await expect(names(here, { view: 'all' })).resolves.toEqual(['gone', 'alpine', 'Beta', 'alpha']);
    });

    it('in the order asked for', async () => {
      await expect(names(here, { orderBy: ['experiment_id'] })).resolves.toEqual(['alpha', 'Beta', 'alpine']);
      await expect(names(here, { orderBy: ['last_update_time ASC', 'experiment_id DESC'] })).resolves.toHaveLength(3);
      await expect(names(here, { orderBy: ['tags.team'] })).rejects.toMatchObject({ kind: 'invalid' });
    });

    it.each([[['name DESC']], [['creation_time ASC', 'name DESC']], [[]], [['experiment_id DESC']]])(
      'page by page by %j as in one',
      async (orderBy) => {
        const whole = await names(here, { orderBy, view: 'all' });
        const paged: string[] = [];
        let pageToken: string | undefined;
        do {
          const page = await experiments.search(here, {
            orderBy,
            view: 'all',
            limit: 1,
            ...(pageToken === undefined ? {} : { pageToken }),
          });
          paged.push(...page.items.map(({ name }) => name));
          pageToken = page.nextPageToken;
        } while (pageToken !== undefined);
        expect(paged).toEqual(whole);
      },
    );

    it('not with a page token of another order, or a made-up one', async () => {
      const { nextPageToken = '' } = await experiments.search(here, { orderBy: ['name'], view: 'all', limit: 1 });
      expect(nextPageToken).not.toBe('');
      await expect(names(here, { orderBy: [], pageToken: nextPageToken })).rejects.toMatchObject({
        field: 'page_token',
      });
      const forged = Buffer.from('{"order":"experiment_id ASC","after":["x"]}').toString('base64url');
      await expect(names(here, { orderBy: ['experiment_id'], pageToken: forged })).rejects.toMatchObject({
        field: 'page_token',
      });
    });

    it.each([0, -1, 1.5, 50_001])('not %p at a time', async (limit) => {
      await expect(names(here, { limit })).rejects.toMatchObject({ kind: 'invalid', field: 'max_results' });
    });
  });
});
