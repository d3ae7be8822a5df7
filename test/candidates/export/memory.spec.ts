import { lengthOf, logSweep, startExportWorld, type ExportWorld } from './exporting';

const count = 20_000;
/** Far less than the 342 MiB of the file: what is on its way, and garbage that waits for its collector. */
const allowed = 200 * 1024 * 1024;

/** The most memory that the process took beyond what it had, in bytes; client and server are both in it. */
async function growthOf(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 10);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  return peak - before;
}

describe(`an export of ${count} candidates`, () => {
  let world: ExportWorld;
  let size: number;

  beforeAll(async () => {
    world = await startExportWorld();
    size = await logSweep(world, count);
  }, 120_000);
  afterAll(() => world.close());

  it.each(['csv', 'ndjson', 'parquet'])('comes whole as %s, in bounded memory', async (format) => {
    let length = 0;
    const growth = await growthOf(async () => {
      const { answer } = await world.open('candidates/export', { experiment: '1', format });
      expect(answer.statusCode).toBe(200);
      length = await lengthOf(answer);
    });
    // Snappy finds that the texts repeat themselves.
    expect(length).toBeGreaterThan(format === 'parquet' ? count * 100 : size);
    expect(growth).toBeLessThan(allowed);
  });
});
