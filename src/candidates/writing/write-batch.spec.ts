import fc from 'fast-check';
import { newEid } from '../../common';
import type { CandidateWrite } from '../requests';
import { arrayLiteral } from './array-literal';
import { pointValues, sortPoints, type NumberedPoint } from './point-rows';
import { mergeWrites } from './write-batch';

function write(eid: CandidateWrite['eid'], more: Partial<CandidateWrite> = {}): CandidateWrite {
  return { eid, points: [], params: [], tags: [], ...more };
}

const value = fc.oneof(fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0, 1), fc.double());
const point = fc.record<NumberedPoint>({
  candidate: fc.integer({ min: 1, max: 3 }),
  metric: fc.integer({ min: 1, max: 3 }),
  step: fc.integer({ min: -2, max: 2 }),
  trackedAt: fc.integer({ min: 0, max: 2 }),
  value,
});

describe('the points of a batch', () => {
  it('are sorted alike from any order, each once', () => {
    fc.assert(
      fc.property(fc.array(point), fc.integer(), (points, seed) => {
        const shuffled = [...points].sort((a, b) => (((a.step + seed) * 7919) % 13) - (((b.step + seed) * 7919) % 13));
        expect(pointValues(sortPoints([...points, ...shuffled]))).toEqual(pointValues(sortPoints(points)));
      }),
    );
  });

  it('come with the first, the last, the least and the greatest of each metric of each candidate', () => {
    const points = [
      { candidate: 1, metric: 7, step: 0, trackedAt: 5, value: 3 },
      { candidate: 1, metric: 7, step: 1, trackedAt: 5, value: Number.NaN },
      { candidate: 1, metric: 7, step: 1, trackedAt: 5, value: 2 },
      { candidate: 2, metric: 7, step: 0, trackedAt: 5, value: Number.NaN },
    ];
    expect(pointValues(sortPoints(points))).toEqual([
      '{1,1,1,2}',
      '{7,7,7,7}',
      '{0,1,1,0}',
      '{5,5,5,5}',
      '{3,2,NaN,NaN}',
      '{1,2}',
      '{7,7}',
      '{1,4}',
      '{3,4}',
      '{2,0}',
      '{1,0}',
    ]);
  });
});

describe('a batch', () => {
  it('has each candidate once, sorted, and the last of each tag and of each change', () => {
    const [first, second] = [newEid(), newEid()].sort();
    if (first === undefined || second === undefined) throw new Error('two eids were made');
    const batch = mergeWrites([
      write(second, { tags: [{ name: 'a', value: '1' }], name: 'x' }),
      write(first, { params: [{ name: 'p', value: '1' }] }),
      write(second, { tags: [{ name: 'a', value: '2' }], source: { branch: 'main' }, name: '' }),
    ]);
    expect(batch.eids).toEqual([first, second]);
    expect(batch.pointsOnly).toBe(false);
    expect(batch.otherValues()).toEqual([
      '{2}',
      ['a'],
      ['2'],
      '{1}',
      ['p'],
      ['1'],
      '{2}',
      ['x'],
      [null],
      ['main'],
      '{NULL}',
    ]);
  });

  it('is refused when it gives a param two values', () => {
    const eid = newEid();
    const writes = ['1', '2'].map((text) => write(eid, { params: [{ name: 'p', value: text }] }));
    expect(() => mergeWrites(writes)).toThrow('Changing param values is not allowed');
  });

  it('knows when there is nothing but points', () => {
    expect(mergeWrites([write(newEid()), write(newEid())]).pointsOnly).toBe(true);
    expect(mergeWrites([write(newEid(), { source: {} })]).pointsOnly).toBe(false);
  });
});

describe('an array for PostgreSQL', () => {
  it.each([
    [[], '{}'],
    [[1, -2.5, Number.NaN, Infinity, -Infinity, 5e-324, 1e21], '{1,-2.5,NaN,Infinity,-Infinity,5e-324,1e+21}'],
    [[null, 3], '{NULL,3}'],
  ])('of %j is %s', (elements, text) => {
    expect(arrayLiteral(elements)).toBe(text);
  });
});
