import type { Database } from '../../src/database';
import { startNativeWorld, type NativeWorld } from '../../test/native/world';
import { declaredStatements } from '../../test/plans/declared-statements';
import { genericPlan, planFor } from '../../test/plans/explain';
import { askEverything } from '../../test/plans/questions';
import { recordStatements } from '../../test/plans/recorded-statements';
import { seedProject } from '../../test/plans/seed';
import { trackEverything } from '../../test/plans/tracking';
import { growing, wholeScans } from '../../test/plans/whole-scans';
import { markdown, measured, type Measured } from './measured';

const candidates = Number(process.env['ASSAY_BENCH_CANDIDATES'] ?? 100_000);

function grows(text: string): boolean {
  return [...growing].some((table) => text.includes(table));
}

/** Lets every connection of the pool, which are all open at once here, take its time. */
async function withoutTimeout(database: Database): Promise<void> {
  const patient = { text: "SELECT set_config('statement_timeout', '0', false), pg_sleep(0.5)" };
  await Promise.all(Array.from({ length: 10 }, () => database.transaction((connection) => connection.query(patient))));
}

describe(`the statements that grow with data, over ${candidates} candidates with ${candidates * 100} points in two projects`, () => {
  let world: NativeWorld;
  beforeAll(async () => {
    world = await startNativeWorld();
    await withoutTimeout(world.database);
    const others = Math.floor(candidates / 10);
    await seedProject(world.database, { project: world.project, candidates: candidates - others, points: 10 });
    await seedProject(world.database, { project: world.project + 1, candidates: others, points: 10 });
    await world.database.query({ text: 'VACUUM (ANALYZE)' });
  });
  afterAll(() => world.close());

  it('read no growing table from end to end, and are fast', async () => {
    const recorded = await recordStatements(async (listener) => {
      await trackEverything(world, listener);
      await askEverything(world, listener);
    });
    const found: Measured[] = [];
    const whole: string[] = [];
    for (const statement of recorded.filter(({ text }) => grows(text))) {
      const places = wholeScans(await planFor(world.database, statement.text, statement.values));
      if (places.length > 0) whole.push(`${statement.name ?? statement.question}: ${places.join()}`);
      found.push(await measured(world.database, statement));
    }
    const measuredNames = new Set(recorded.map(({ name }) => name));
    const others: string[] = [];
    for (const { name, text } of declaredStatements().filter((statement) => grows(statement.text))) {
      const places = wholeScans(await genericPlan(world.database, text));
      if (places.length > 0) whole.push(`${name}: ${places.join()}`);
      if (!measuredNames.has(name)) others.push(name);
    }
    process.stdout.write(`\n${markdown(found)}\n\nPlanned only: ${others.join(', ')}\n\n`);
    expect(whole).toEqual([]);
  });
});
