import { parseIid } from '../../common';
import type { Hint, LinkableCandidate } from './link';

/** The number of the merge request that an experiment of this name belongs to: `!42` is 42. */
export function mergeRequestOfExperiment(name: string): number | undefined {
  const iid = name.startsWith('!') ? parseIid(name.slice(1)) : undefined;
  return iid === 0 ? undefined : iid;
}

/** All that a candidate says, in the order in which it is believed. */
export function hintsOf(candidate: LinkableCandidate): Hint[] {
  const { claimedMergeRequest, experimentName, commit, branch } = candidate;
  const ofExperiment = mergeRequestOfExperiment(experimentName);
  return [
    ...(claimedMergeRequest === undefined ? [] : [{ source: 'tag' as const, value: String(claimedMergeRequest) }]),
    ...(ofExperiment === undefined ? [] : [{ source: 'experiment' as const, value: String(ofExperiment) }]),
    ...(commit === undefined ? [] : [{ source: 'commit' as const, value: commit }]),
    ...(branch === undefined ? [] : [{ source: 'branch' as const, value: branch }]),
  ];
}
