import type { CandidateDetails } from '../../candidates';
import { columnsOf } from './columns';

function row(metrics: readonly string[], params: readonly string[]): CandidateDetails {
  const data = {
    metrics: metrics.map((name) => ({ name, value: 1, step: 0, trackedAt: 0 })),
    params: params.map((name) => ({ name, value: 'x' })),
    tags: [],
    inputs: [],
  };
  return { data } as Partial<CandidateDetails> as CandidateDetails;
}

describe('the columns of a table of candidates', () => {
  it('are the names that most rows have, in their order', () => {
    const many = Array.from({ length: 14 }, (_, index) => `m${String(index).padStart(2, '0')}`);
    const { metrics, params, left } = columnsOf([row(many, ['b', 'a']), row(['m13'], [])]);
    expect(metrics).toHaveLength(12);
    expect(metrics).toContain('m13');
    expect(params).toEqual(['a', 'b']);
    expect(left).toBe(2);
  });

  it('are none for no rows', () => {
    expect(columnsOf([])).toEqual({ metrics: [], params: [], left: 0 });
  });
});
