import { randomName } from './random-name';
import { adjectives, nouns } from './words';

describe('a random name', () => {
  it('is an adjective, a noun and a number', () => {
    expect(randomName()).toMatch(/^[a-z]+-[a-z]+-[0-9]{1,3}$/);
    expect(randomName(() => 0)).toBe(`${adjectives[0] ?? ''}-${nouns[0] ?? ''}-0`);
    expect(randomName((below) => below - 1)).toMatch(/^zesty-zephyr-999$/);
  });

  it.each([
    ['adjectives', adjectives],
    ['nouns', nouns],
  ])('has more than a hundred different %s to choose from', (_kind, words) => {
    expect(new Set(words).size).toBe(words.length);
    expect(words.length).toBeGreaterThan(100);
    expect(words.filter((word) => !/^[a-z]{2,9}$/.test(word))).toEqual([]);
  });
});
