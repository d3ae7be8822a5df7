import { formatChange, formatValue, shortSha } from './numbers';
import type { CandidateCounts, Headline, HeadlinePart, PrimaryMetric } from './report';

/** What a headline depends on. */
export interface Standing {
  readonly head: string;
  readonly targetBranch: string;
  readonly counts: CandidateCounts;
  readonly countsAtHead: CandidateCounts;
  /** The newest earlier head with candidates. */
  readonly earlierHead?: string;
  readonly primary?: PrimaryMetric;
  readonly best?: { readonly name: string; readonly value: number };
  readonly baseline?: { readonly value: number };
}

/** The fixed set of headlines; without rules nothing fails, a report that cannot be made is an error. */
export function headline(standing: Standing): Headline {
  const { counts, countsAtHead, head, earlierHead } = standing;
  if (counts.total === 0) return make('success', 'ℹ️', 'none logged');
  if (countsAtHead.total === 0) {
    const old = earlierHead === undefined ? 'an earlier head' : shortSha(earlierHead);
    return make('pending', '⏳', `results are for ${old}, head is ${shortSha(head)} — waiting for its candidates`);
  }
  if (countsAtHead.running > 0) {
    const { finished, total } = countsAtHead;
    return make('pending', '⏳', `${finished} of ${total} finished — the best is named when all are done`);
  }
  return judged(standing);
}

function judged({ counts, primary, best, baseline, targetBranch }: Standing): Headline {
  if (counts.finished === 0) return make('error', '❌', `none of ${counts.total} finished`);
  if (primary === undefined) {
    return make('success', 'ℹ️', `${counts.total} logged — no primary metric is set, nothing is compared`);
  }
  const metric = { user: primary.name };
  if (best === undefined) return make('error', '❌', 'no finished candidate reports ', metric);
  const name = { user: best.name };
  const value = formatValue(best.value);
  const base = { user: targetBranch };
  if (baseline === undefined)
    return make('success', '✅', name, ' has ', metric, ` ${value} — no baseline on `, base, ' yet');
  const verdict = compare(best.value, baseline.value, primary.direction);
  const tail = ` — ${value}, ${formatChange(best.value, baseline.value)}`;
  if (verdict === 'better') return make('success', '✅', name, ' beats ', base, ' on ', metric, tail);
  if (verdict === 'equal') return make('success', '✅', name, ' equals ', base, ' on ', metric, ` — ${value}`);
  return make('success', '⚠️', 'the best, ', name, ', does not beat ', base, ' on ', metric, tail);
}

/** Which of two values is better; never asked of NaN. */
export function compare(
  value: number,
  baseline: number,
  direction: PrimaryMetric['direction'],
): 'better' | 'equal' | 'worse' {
  if (value === baseline) return 'equal';
  return value > baseline === (direction === 'maximize') ? 'better' : 'worse';
}

function make(state: Headline['state'], icon: Headline['icon'], ...parts: HeadlinePart[]): Headline {
  return { state, icon, parts: ['Candidates: ', ...parts] };
}
