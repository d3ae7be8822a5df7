import fc from 'fast-check';
import { asCandidateIid, asExperimentIid, newEid } from '../../common';
import { bestOf, countByStatus, earlierHead, rank } from './ranking';
import type { LinkedCandidate } from './report';

const primary = { name: 'f1', direction: 'maximize' } as const;

function candidate(iid: number, change: Partial<LinkedCandidate> = {}): LinkedCandidate {
  return {
    iid: asCandidateIid(iid),
    eid: newEid(),
    name: `c${String(iid)}`,
    status: 'finished',
    experimentIid: asExperimentIid(0),
    experimentName: 'Default',
    userName: '',
    createdBy: '',
    startedAt: 0,
    link: { source: 'branch', proven: false, head: 'h1' },
    atHead: true,
    ...change,
  };
}

describe('which candidate is best', () => {
  it('never takes NaN, a running or a failed one', () => {
    const all = [
      candidate(1, { value: NaN }),
      candidate(2, { value: 9, status: 'running' }),
      candidate(3, { value: 8, status: 'failed' }),
      candidate(4, { value: 1 }),
    ];
    expect(bestOf(rank(all, primary), primary)?.iid).toBe(4);
    expect(bestOf(rank(all.slice(0, 3), primary), primary)).toBeUndefined();
    expect(bestOf(rank(all, undefined), undefined)).toBeUndefined();
  });

  it('prefers the head to an earlier one with a better value', () => {
    const all = [candidate(1, { value: 9, atHead: false }), candidate(2, { value: 1 })];
    expect(bestOf(rank(all, primary), primary)?.iid).toBe(2);
    expect(bestOf(rank(all.slice(0, 1), primary), primary)?.iid).toBe(1);
  });

  it('goes by the direction, and takes the newer of equals', () => {
    const all = [candidate(1, { value: 1 }), candidate(2, { value: 2 }), candidate(3, { value: 2 })];
    expect(rank(all, primary).map(({ iid }) => iid)).toEqual([3, 2, 1]);
    expect(rank(all, { ...primary, direction: 'minimize' }).map(({ iid }) => iid)).toEqual([1, 3, 2]);
  });

  it('is one order, however the candidates come', () => {
    const values = fc.array(fc.tuple(fc.double(), fc.boolean()), { maxLength: 12 });
    fc.assert(
      fc.property(values, (list) => {
        const all = list.map(([value, ok], i) => candidate(i, { value, status: ok ? 'finished' : 'killed' }));
        const order = rank(all, primary).map(({ iid }) => iid);
        expect(rank([...all].reverse(), primary).map(({ iid }) => iid)).toEqual(order);
      }),
    );
  });

  it('counts states and finds the newest earlier head', () => {
    const all = [
      candidate(1, { status: 'scheduled' }),
      candidate(2, { status: 'killed', atHead: false }),
      candidate(3, { atHead: false, link: { source: 'tag', proven: false, head: 'h0' } }),
    ];
    expect(countByStatus(all)).toEqual({ total: 3, finished: 1, running: 1, failed: 1 });
    expect(earlierHead(all)).toBe('h0');
  });
});
