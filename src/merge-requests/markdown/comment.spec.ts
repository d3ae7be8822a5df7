import fc from 'fast-check';
import { Addresses, asCandidateIid, asExperimentIid, asProjectId, newEid } from '../../common';
import { compareMetrics, differingParams } from '../report/comparison';
import { headline } from '../report/headline';
import type { LinkedCandidate, MergeRequestReport } from '../report/report';
import { reportLinks } from '../report/report-links';
import { commentMarker, renderComment } from './comment';

const now = new Date('2026-11-23T08:40:00Z');
const head = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d';
const links = reportLinks(new Addresses({ publicUrl: 'https://git.example.org', prefix: 'api/v4' }), 'g/p', 118);

function linked(name: string, value: number): LinkedCandidate {
  return {
    iid: asCandidateIid(17),
    eid: newEid(),
    name,
    status: 'finished',
    experimentIid: asExperimentIid(3),
    experimentName: name,
    commit: head,
    userName: 'u',
    createdBy: 'u',
    startedAt: now.getTime() - 724_000,
    endedAt: now.getTime(),
    value,
    link: { source: 'commit', proven: false, head },
    atHead: true,
  };
}

function reportOf(text: string, change: Partial<MergeRequestReport> = {}): MergeRequestReport {
  const counts = { total: 1, finished: 1, running: 0, failed: 0 };
  const primary = { name: text, direction: 'maximize' } as const;
  const candidate = linked(text, 0.914);
  const metrics = [{ name: text, value: 0.914, step: 0, trackedAt: 0 }];
  const base = { ...candidate, endedAt: now.getTime() - 3 * 86_400_000 };
  const baseline = {
    candidate: base,
    metrics: [{ name: text, value: 0.902, step: 0, trackedAt: 0 }],
    params: [],
    foundBy: 'branch' as const,
  };
  const params = [{ name: text, value: text }];
  return {
    project: { id: asProjectId(42), path: 'g/p' },
    mergeRequest: {
      iid: 118,
      title: text,
      state: 'open',
      webUrl: '',
      author: '',
      sourceBranch: text,
      targetBranch: text,
      head,
    },
    primary,
    counts,
    countsAtHead: counts,
    headline: headline({
      head,
      targetBranch: text,
      counts,
      countsAtHead: counts,
      primary,
      best: { name: text, value: 0.914 },
      baseline: { value: 0.902 },
    }),
    candidates: [candidate],
    best: { candidate, metrics, params },
    baseline,
    comparisons: compareMetrics(metrics, baseline.metrics, primary),
    differences: differingParams(params, []),
    curve: [1, 2, 3],
    verdicts: [],
    ...change,
  };
}

function without<Of extends object, Key extends keyof Of>(value: Of, ...keys: Key[]): Omit<Of, Key> {
  const copy = { ...value };
  for (const key of keys) Reflect.deleteProperty(copy, key);
  return copy;
}

describe('the comment', () => {
  it('shows the verdict first, then the table, and the rest folded', () => {
    const { body } = renderComment(reportOf('rf'), links, { limit: 65_536, now });
    expect(body).toMatchInlineSnapshot(`
     "<!-- assay:report v=1 project=42 mr=118 id=default head=1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d -->

     ### ✅ Candidates: \`rf\` beats \`rf\` on \`rf\` — 0.914, +0.012 (+1.3 %)

     | Metric | Candidate | Baseline \`rf\` | Change | |
     |:--|--:|--:|--:|:-:|
     | **\`rf\`** ↑ | **0.914** | 0.902 | +0.012 (+1.3 %) | ✅ |

     **Best candidate** [\`rf\`](https://git.example.org/g/p/-/ml/candidates/17) of 1 finished, in experiment [\`rf\`](https://git.example.org/g/p/-/ml/experiments/3), chosen by \`rf\` (higher is better).
     Curve ▁▅█ · 12 m 04 s · commit \`1a2b3c4\`

     <details><summary>The candidate</summary>

     | # | Candidate | \`rf\` ↑ | Status | Commit |
     |--:|:--|--:|:--|:--|
     | 1 | [\`rf\`](https://git.example.org/g/p/-/ml/candidates/17) | 0.914 | finished | \`1a2b3c4\` |

     </details>

     <details><summary>1 parameter differs from the baseline</summary>

     | Parameter | Candidate | Baseline |
     |:--|:--|:--|
     | \`rf\` | \`rf\` | – |

     </details>

     > Baseline: [\`rf\`](https://git.example.org/g/p/-/ml/candidates/17), the best finished candidate logged on \`rf\` (\`1a2b3c4\`, 3 days ago).

     <sub>Updated 2026-11-23 08:40 UTC for \`1a2b3c4\` · [Full report](https://git.example.org/g/p/-/ml/merge_requests/118)</sub>"
    `);
    expect(body).toContain(commentMarker(42, 118));
  });

  it('is the same but for its time when nothing changed', () => {
    const first = renderComment(reportOf('rf'), links, { limit: 65_536, now });
    const later = renderComment(reportOf('rf'), links, { limit: 65_536, now: new Date(now.getTime() + 120_000) });
    expect(later.hash).toBe(first.hash);
    expect(later.body).not.toBe(first.body);
  });

  it('stays below the limit of the forge and says how much is left out', () => {
    const { body } = renderComment(reportOf('rf'), links, { limit: 700, now });
    expect(body.length).toBeLessThanOrEqual(700);
    expect(body).toMatch(/\d more in the \[full report\]/);
  });

  it('says how to set the primary metric when there is none', () => {
    const bare = without(reportOf('rf'), 'primary', 'best', 'baseline');
    const { body } = renderComment({ ...bare, comparisons: [], differences: [] }, links, { limit: 65_536, now });
    expect(body).toContain("[project's settings](https://git.example.org/g/p/-/ml/settings)");
    expect(body).not.toContain('| Metric |');
  });

  it('says that a closed merge request gets no more updates', () => {
    const report = reportOf('rf');
    const closed = { ...report, mergeRequest: { ...report.mergeRequest, state: 'merged' as const } };
    expect(renderComment(closed, links, { limit: 65_536, now }).body).toContain('merged: closed, no further updates');
  });

  it('keeps its shape whatever users call their things', () => {
    const unit = fc.constantFrom(
      '|',
      '`',
      '<b>',
      '-->',
      '@all',
      '#1',
      '!2',
      '\n',
      '\u202e',
      '](x)',
      '</details>',
      'a',
      ' ',
    );
    const shape = (text: string) => text.replace(/`[^`\n]*`/g, '`x`');
    const plain = shape(renderComment(reportOf('rf'), links, { limit: 65_536, now }).body);
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 30 }), (text) => {
        expect(shape(renderComment(reportOf(text), links, { limit: 65_536, now }).body)).toBe(plain);
      }),
    );
  });
});
