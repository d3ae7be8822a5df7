import type { NamedValue } from '../../common';
import { meaningOf, sourceOf, tagValue } from './special-tags';

function tags(values: Record<string, string>): NamedValue[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

const commit = '4f2d9c1b7a6e5d4c3b2a19080706050403020100';

describe('sourceOf', () => {
  it('reads commit and branch as the client sets them by itself', () => {
    const source = sourceOf(tags({ 'mlflow.source.git.commit': commit, 'mlflow.source.git.branch': 'tune' }));
    expect(source).toEqual({ commit, branch: 'tune' });
  });

  it('takes an upper-case commit for the same one, and the full name of a branch for its short one', () => {
    const source = sourceOf(
      tags({ 'mlflow.source.git.commit': commit.toUpperCase(), 'mlflow.source.git.branch': 'refs/heads/a/b' }),
    );
    expect(source).toEqual({ commit, branch: 'a/b' });
  });

  it.each(['', 'abc', 'not a commit', `${commit}!`, 'x'.repeat(40)])('ignores the commit %j', (value) => {
    expect(sourceOf(tags({ 'mlflow.source.git.commit': value }))).toBeUndefined();
  });

  it.each(['', 'HEAD', '  '])('ignores the branch %j', (value) => {
    expect(sourceOf(tags({ 'mlflow.source.git.branch': value }))).toBeUndefined();
  });

  it.each([
    ['42', 42],
    ['!42', 42],
    [' 7 ', 7],
  ])('reads the merge request %j', (value, expected) => {
    expect(sourceOf(tags({ 'assay.merge_request': value }))).toEqual({ mergeRequest: expected });
  });

  it.each(['0', '-1', '1.5', 'x', '', '#4', '9'.repeat(17)])('ignores the merge request %j', (value) => {
    expect(sourceOf(tags({ 'assay.merge_request': value }))).toBeUndefined();
  });

  it('takes our own tag before the one of a GitLab job', () => {
    const both = { 'gitlab.CI_MERGE_REQUEST_IID': '1', 'assay.merge_request': '2' };
    expect(sourceOf(tags(both))).toEqual({ mergeRequest: 2 });
    expect(sourceOf(tags({ ...both, 'assay.merge_request': 'none' }))).toEqual({ mergeRequest: 1 });
  });
});

describe('tagValue', () => {
  it('takes the last of a name and no empty one', () => {
    const twice = [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
      { name: 'b', value: '' },
    ];
    expect(tagValue(twice, 'a')).toBe('2');
    expect(tagValue(twice, 'b')).toBeUndefined();
  });
});

describe('meaningOf', () => {
  it('finds the name and the source, and nothing in other tags', () => {
    expect(meaningOf(tags({ 'mlflow.runName': 'calm-otter', 'assay.merge_request': '3' }))).toEqual({
      name: 'calm-otter',
      source: { mergeRequest: 3 },
    });
    expect(meaningOf(tags({ team: 'vision' }))).toEqual({});
  });
});
