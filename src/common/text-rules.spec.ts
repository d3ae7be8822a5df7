import { checkKey, checkText, cutText, isLongerThan } from './text-rules';

describe('the length of a text', () => {
  it('counts characters, not UTF-16 units', () => {
    expect(isLongerThan('😀'.repeat(5), 5)).toBe(false);
    expect(isLongerThan('😀'.repeat(6), 5)).toBe(true);
    expect(isLongerThan('abcdef', 5)).toBe(true);
  });

  it('is cut between characters', () => {
    expect(cutText('a😀b😀', 2)).toBe('a😀');
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('😀'.repeat(10), 9)).toBe('😀'.repeat(9));
  });
});

describe('a text', () => {
  it.each(['a\0b', 'a\ud800', '\udc00'])('with %j is refused', (text) => {
    expect(() => {
      checkText(text, 'tags[0].value');
    }).toThrow(/tags\[0\]\.value holds a NUL/);
  });

  it('with any other character is welcome', () => {
    expect(() => {
      checkText('\u0001 😀 \uffff', 'value');
    }).not.toThrow();
  });
});

describe('a name', () => {
  it.each(['loss', 'a/b.c', 'Genauigkeit für ü', '精度', 'a:b', 'a-b_c d', '.hidden', 'a/..b', '1'])(
    'may be %s',
    (name) => {
      expect(() => {
        checkKey(name, 'name', 250);
      }).not.toThrow();
    },
  );

  it.each([
    '',
    '.',
    '..',
    '..a',
    'a/../b',
    '/a',
    'a/',
    'a//b',
    './a',
    'a\n',
    'a\0',
    'a=b',
    'a@b',
    'é'.normalize('NFD'),
    'x'.repeat(251),
  ])('may not be %j', (name) => {
    expect(() => {
      checkKey(name, 'name', 250);
    }).toThrow(/^name /);
  });
});
