import { startNativeWorld, type NativeWorld } from '../native/world';
import { declaredStatements } from './declared-statements';
import { genericPlan, planFor } from './explain';
import { askEverything } from './questions';
import { recordStatements } from './recorded-statements';
import { seedProject } from './seed';
import { growing, wholeScans } from './whole-scans';

describe('over 5,000 candidates with 500,000 points of three projects', () => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld();
    await seedProject(world.database, { project: world.project, candidates: 3_000, points: 10 });
    await seedProject(world.database, { project: world.project + 1, candidates: 1_500, points: 10 });
    await seedProject(world.database, { project: world.project + 2, candidates: 500, points: 10 });
  }, 120_000);
  afterAll(() => world.close());

  it('no declared statement reads a table of points, metrics, params or tags from end to end', async () => {
    const whole: Record<string, string[]> = {};
    let looking = 0;
    for (const { name, text } of declaredStatements()) {
      const plan = await genericPlan(world.database, text);
      const places = wholeScans(plan);
      if (places.length > 0) whole[name] = places;
      if ([...growing].some((table) => text.includes(`assay.${table}`))) looking += 1;
    }
    expect(looking).toBeGreaterThan(20);
    expect(whole).toEqual({});
  });

  it('no composed statement does', async () => {
    const asked = await recordStatements(() => askEverything(world));
    const composed = asked.filter(({ name }) => name === undefined);
    const whole: Record<string, string[]> = {};
    for (const { text, values } of composed) {
      const places = wholeScans(await planFor(world.database, text, values));
      if (places.length > 0) whole[text] = places;
    }
    expect(composed.filter(({ text }) => text.includes('candidate_metrics')).length).toBeGreaterThan(20);
    expect(whole).toEqual({});
  });

  it.each([
    ['SELECT count(*) FROM assay.metric_points WHERE project_id = $1', [1]],
    ['SELECT max(value) FROM assay.metric_points WHERE candidate_iid = $1', [1]],
    ["SELECT candidate_iid FROM assay.candidate_params WHERE project_id = $1 AND value LIKE '%7'", [1]],
  ])('it would be seen of %s', async (text, values) => {
    expect(wholeScans(await planFor(world.database, text, values)).length).toBeGreaterThan(0);
    expect(wholeScans(await genericPlan(world.database, text)).length).toBeGreaterThan(0);
  });
});
