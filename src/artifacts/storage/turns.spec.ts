import { setImmediate as next } from 'node:timers/promises';
import { Turns } from './turns';

describe('Turns', () => {
  it('let so many through at once, in order, whether those before succeed or fail', async () => {
    const turns = new Turns(2);
    const began: number[] = [];
    let running = 0;
    let most = 0;
    const works = Array.from({ length: 7 }, (_, index) =>
      turns.run(async () => {
        began.push(index);
        running += 1;
        most = Math.max(most, running);
        await next();
        running -= 1;
        if (index % 3 === 0) throw new Error(`the work ${String(index)} failed`);
        return index;
      }),
    );
    const results = await Promise.allSettled(works);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([false, true, true, false, true, true, false]);
    expect(began).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
  });
});
