import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until the probe gives a value; fails with what was seen last. */
export async function until<T>(what: string, withinMs: number, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not seen within ${withinMs / 1000} s: ${what}`);
    await sleep(150);
  }
}
