import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { logSweep, startExportWorld, type ExportWorld } from './exporting';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const count = 20_000;
/** Far less than the 342 MiB of the file: what is on its way. */
const allowed = 80 * 1024 * 1024;

/** What the process holds once its garbage is collected, in bytes; client and server are both in it. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What the process held most while the answer came, beyond what it held before, and the length of the answer, in bytes. */
async function take(open: () => Promise<IncomingMessage>, step: number): Promise<{ growth: number; length: number }> {
  const before = held();
  let [length, peak, next] = [0, 0, step];
  for await (const chunk of (await open()) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length < next) continue;
    next += step;
    peak = Math.max(peak, held());
  }
  return { growth: peak - before, length };
}

describe(`an export of ${count} candidates`, () => {
  let world: ExportWorld;
  let size: number;

  beforeAll(async () => {
    world = await startExportWorld();
    size = await logSweep(world, count);
  }, 120_000);
  afterAll(() => world.close());

  it.each([
    ['csv', 30_000_000],
    ['ndjson', 30_000_000],
    // Snappy finds that the texts repeat themselves.
    ['parquet', 500_000],
  ])(
    'comes whole as %s, in bounded memory',
    async (format, step) => {
      const open = async (): Promise<IncomingMessage> => {
        const { answer } = await world.open('candidates/export', { experiment: '1', format });
        expect(answer.statusCode).toBe(200);
        return answer;
      };
      const { growth, length } = await take(open, step);
      expect(length).toBeGreaterThan(format === 'parquet' ? 5 * step : size);
      expect(growth).toBeLessThan(allowed);
    },
    180_000,
  );
});
