import { setImmediate as turn } from 'node:timers/promises';
import { freePassedBuffers } from './passed-buffers';

const chunk = 64 * 1024;
const megabyte = 1024 * 1024;

/** The most that buffers took while a body of 256 MiB passed in chunks, in MiB above what they took before. */
async function peak(free: (bytes: number) => void): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let sent = 0; sent < 256 * megabyte; sent += chunk) {
    free(Buffer.allocUnsafeSlow(chunk).length);
    if (sent % megabyte > 0) continue;
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    await turn();
  }
  return most / megabyte;
}

describe('the buffers of a body', () => {
  it('are freed soon after they have passed', async () => {
    const left = await peak(() => undefined);
    const freed = await peak(freePassedBuffers);
    expect(freed).toBeLessThan(12);
    expect(left).toBeGreaterThan(freed);
  });
});
