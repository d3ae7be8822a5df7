import type { CandidateCounts, LinkedCandidate, PrimaryMetric } from './report';

/** Best first: finished ones with a value, by it; then all others, newest first. NaN is never a value. */
export function rank(candidates: readonly LinkedCandidate[], primary: PrimaryMetric | undefined): LinkedCandidate[] {
  return [...candidates].sort((a, b) => {
    const [first, second] = [score(a, primary), score(b, primary)];
    if (first !== undefined && second !== undefined && first !== second) return first > second ? -1 : 1;
    if ((first === undefined) !== (second === undefined)) return first === undefined ? 1 : -1;
    return b.iid - a.iid;
  });
}

/** The best finished candidate of the head, else of the merge request. */
export function bestOf(
  ranked: readonly LinkedCandidate[],
  primary: PrimaryMetric | undefined,
): LinkedCandidate | undefined {
  const judged = ranked.filter((candidate) => score(candidate, primary) !== undefined);
  return judged.find(({ atHead }) => atHead) ?? judged[0];
}

/** How many are in which state. */
export function countByStatus(candidates: readonly LinkedCandidate[]): CandidateCounts {
  const counts = { total: candidates.length, finished: 0, running: 0, failed: 0 };
  for (const { status } of candidates) {
    if (status === 'finished') counts.finished += 1;
    else if (status === 'running' || status === 'scheduled') counts.running += 1;
    else counts.failed += 1;
  }
  return counts;
}

/** The earlier head whose candidates are newest. */
export function earlierHead(candidates: readonly LinkedCandidate[]): string | undefined {
  const newest = candidates.filter(({ atHead }) => !atHead).sort((a, b) => b.iid - a.iid)[0];
  return newest?.link.head;
}

function score({ status, value }: LinkedCandidate, primary: PrimaryMetric | undefined): number | undefined {
  if (primary === undefined || status !== 'finished' || value === undefined || Number.isNaN(value)) return undefined;
  return primary.direction === 'maximize' ? value : -value;
}
