import { AssayError, notFound, unavailable } from '../../common';
import { passes, pauseBefore } from './pause';

describe('trying again', () => {
  it('waits twice as long each time, up to the longest pause', () => {
    const down = new AssayError('unavailable', 'down');
    expect([0, 1, 2, 3, 30].map((tries) => pauseBefore(tries, down, 60_000))).toEqual([1e3, 2e3, 4e3, 8e3, 60e3]);
  });

  it('waits as long as the forge asks', () => {
    expect(pauseBefore(1, unavailable('down', undefined, 30), 60_000)).toBe(30_000);
    expect(pauseBefore(1, unavailable('down', undefined, 3_600), 60_000)).toBe(60_000);
  });

  it('is for what passes alone', () => {
    expect(passes(unavailable('down'))).toBe(true);
    expect(passes(notFound('gone'))).toBe(false);
    expect(passes(new Error('defect'))).toBe(false);
  });
});
