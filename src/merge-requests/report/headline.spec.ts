import { headlineText } from './headline-text';
import { headline, type Standing } from './headline';

const none = { total: 0, finished: 0, running: 0, failed: 0 };
const done = { total: 3, finished: 2, running: 0, failed: 1 };
const base: Standing = {
  head: '5d6e7f8aaaaaaaaa',
  targetBranch: 'main',
  counts: done,
  countsAtHead: done,
  primary: { name: 'val_f1', direction: 'maximize' },
  best: { name: 'rf-17', value: 0.914 },
  baseline: { value: 0.902 },
};

function without(value: Standing, key: 'baseline' | 'best' | 'primary'): Standing {
  const copy = { ...value };
  Reflect.deleteProperty(copy, key);
  return copy;
}

describe('headlines', () => {
  it.each<[string, Partial<Standing>, string]>([
    ['beats', {}, 'success ✅ Candidates: rf-17 beats main on val_f1 — 0.914, +0.012 (+1.3 %)'],
    ['equals', { baseline: { value: 0.914 } }, 'success ✅ Candidates: rf-17 equals main on val_f1 — 0.914'],
    [
      'worse',
      { baseline: { value: 0.95 } },
      'success ⚠️ Candidates: the best, rf-17, does not beat main on val_f1 — 0.914, −0.036 (−3.8 %)',
    ],
    [
      'less is better',
      { primary: { name: 'loss', direction: 'minimize' } },
      'success ⚠️ Candidates: the best, rf-17, does not beat main on loss — 0.914, +0.012 (+1.3 %)',
    ],
    [
      'running',
      { countsAtHead: { total: 24, finished: 3, running: 20, failed: 1 } },
      'pending ⏳ Candidates: 3 of 24 finished — the best is named when all are done',
    ],
    [
      'stale',
      { countsAtHead: none, earlierHead: '1a2b3c4dddd' },
      'pending ⏳ Candidates: results are for 1a2b3c4, head is 5d6e7f8 — waiting for its candidates',
    ],
    ['none', { counts: none, countsAtHead: none }, 'success ℹ️ Candidates: none logged'],
    ['all failed', { counts: { ...none, total: 2, failed: 2 } }, 'error ❌ Candidates: none of 2 finished'],
  ])('%s', (_, change, expected) => {
    const { state, icon, parts } = headline({ ...base, ...change });
    expect(`${state} ${icon} ${headlineText({ parts })}`).toBe(expected);
  });

  it('says what is missing', () => {
    const alone = without(base, 'baseline');
    expect(headlineText(headline(alone))).toBe('Candidates: rf-17 has val_f1 0.914 — no baseline on main yet');
    const valueless = without(base, 'best');
    expect(headline(valueless).state).toBe('error');
    expect(headlineText(headline(valueless))).toBe('Candidates: no finished candidate reports val_f1');
    const unset = without(base, 'primary');
    expect(headlineText(headline(unset))).toBe('Candidates: 3 logged — no primary metric is set, nothing is compared');
  });

  it('fits the limit of a status, in one line', () => {
    const long = headline({ ...base, best: { name: `a\n${'b'.repeat(300)}`, value: 1 } });
    const text = headlineText(long, 140);
    expect(Array.from(text).length).toBeLessThanOrEqual(140);
    expect(text).not.toContain('\n');
  });
});
