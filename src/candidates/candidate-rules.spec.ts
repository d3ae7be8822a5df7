import { newEid } from '../common';
import { checkUpdate, checkWrite } from './candidate-rules';
import { candidatesDefaults, type CandidatesOptions } from './candidates.options';
import type { CandidateWrite } from './requests';

function check(more: Partial<CandidateWrite>, options: Partial<CandidatesOptions> = {}): CandidateWrite {
  return checkWrite(
    { eid: newEid(), points: [], params: [], tags: [], ...more },
    { ...candidatesDefaults, ...options },
  );
}

const point = { name: 'loss', value: 1, step: 0, trackedAt: 0 };
const named = (count: number): { name: string; value: string }[] =>
  Array.from({ length: count }, (_unused, index) => ({ name: `n${index}`, value: '' }));

describe('a write', () => {
  it.each<[string, Partial<CandidateWrite>, RegExp]>([
    ['an empty metric name', { points: [{ ...point, name: '' }] }, /^metrics\[0\]\.name is empty/],
    [
      'a fractional step',
      { points: [{ ...point, step: 1.5 }] },
      /^metrics\[0\]\.step is 1\.5; it must be a whole number/,
    ],
    [
      'a step beyond what is exact',
      { points: [point, { ...point, step: 2 ** 53 }] },
      /^metrics\[1\]\.step is 9007199254740992/,
    ],
    [
      'a negative time',
      { points: [{ ...point, trackedAt: -1 }] },
      /^metrics\[0\]\.timestamp is -1; it must be a whole number from 0/,
    ],
    ['a strange param name', { params: [{ name: 'a=b', value: '' }] }, /^params\[0\]\.name is "a=b"/],
    [
      'a long tag name',
      { tags: [{ name: 'x'.repeat(251), value: '' }] },
      /^tags\[0\]\.name exceeds the maximum length of 250/,
    ],
    ['NUL in a param', { params: [{ name: 'a', value: '\0' }] }, /^params\[0\]\.value holds a NUL/],
    [
      'half a character in a tag',
      { tags: [{ name: 'a', value: '\ud83d' }] },
      /^tags\[0\]\.value holds a NUL character or half/,
    ],
    ['a long name', { name: 'x'.repeat(501) }, /^name exceeds the maximum length of 500/],
    ['NUL in its branch', { source: { branch: 'a\0' } }, /^source\.branch holds a NUL/],
    ['merge request 0', { source: { mergeRequest: 0 } }, /^source\.merge_request is 0/],
    ['two values of a param', { params: ['1', '2'].map((value) => ({ name: 'a', value })) }, /not allowed: "a"/],
    ['101 params', { params: named(101) }, /at most 100 params, got 101/],
    ['101 tags', { tags: named(101) }, /at most 100 tags, got 101/],
    ['1,001 metrics', { points: Array.from({ length: 1_001 }, () => point) }, /at most 1000 metrics, got 1001/],
    [
      '1,001 in all',
      { points: Array.from({ length: 901 }, () => point), params: named(100) },
      /at most 1000 metrics, params and tags, got 1001/,
    ],
  ])('with %s is refused', (_what, more, message) => {
    expect(() => check(more)).toThrow(message);
  });

  it('may repeat a param', () => {
    const params = [1, 2].map(() => ({ name: 'a', value: '1' }));
    expect(check({ params }).params).toEqual(params);
  });

  it('has its long values cut, or refused where that is the rule', () => {
    const params = [{ name: 'a', value: 'x'.repeat(6_001) }];
    expect(check({ params }).params[0]?.value).toHaveLength(6_000);
    expect(() => check({ params }, { cutLongValues: false })).toThrow(
      'params[0].value exceeds the maximum length of 6000',
    );
  });
});

describe('an update', () => {
  it('has a whole number for its end', () => {
    expect(() => {
      checkUpdate({ endedAt: Number.NaN });
    }).toThrow('ended_at is NaN');
  });
});
