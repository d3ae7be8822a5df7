import { asCandidateIid } from '../../common';
import { hintsOf, mergeRequestOfExperiment } from './hints';

describe('what a candidate says about where it belongs', () => {
  it.each([
    ['!42', 42],
    ['!0', undefined],
    ['!042', undefined],
    ['!4x', undefined],
    ['42', undefined],
    ['! 42', undefined],
  ])('reads the experiment name %j as merge request %p', (name, iid) => {
    expect(mergeRequestOfExperiment(name)).toBe(iid);
  });

  it('orders the hints from the strongest to the weakest', () => {
    const candidate = { iid: asCandidateIid(1), experimentName: '!7', commit: 'c0ffee', branch: 'topic' };
    expect(hintsOf({ ...candidate, claimedMergeRequest: 9 }).map(({ source, value }) => `${source} ${value}`)).toEqual([
      'tag 9',
      'experiment 7',
      'commit c0ffee',
      'branch topic',
    ]);
    expect(hintsOf({ iid: asCandidateIid(1), experimentName: 'churn' })).toEqual([]);
  });
});
