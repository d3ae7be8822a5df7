import fc from 'fast-check';
import { codeLink, codeSpan, linkTarget, longestText, plainText } from './markdown-escape';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    maxLength: 200,
    unit: fc.constantFrom(
      '|',
      '`',
      '<',
      '>',
      '@',
      '#',
      '!',
      '1',
      '\n',
      '\r',
      '\u200b',
      '\u202e',
      '\\',
      '[',
      ']',
      '(',
      ')',
      '&',
      'a',
      ' ',
    ),
  }),
);

describe('text of users in a comment', () => {
  it.each([
    ['a|b', '`a∣b`'],
    ['`x` <script>', '`ˋxˋ <script>`'],
    ['@admin #1 !2', '`@admin #1 !2`'],
    ['two\nlines', '`two lines`'],
    ['zero\u200bwidth\u202e', '`zero width`'],
    ['', '` `'],
  ])('shows %j as %j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  it('cuts at 60 characters, never inside one', () => {
    expect(codeSpan('x'.repeat(61))).toBe(`\`${'x'.repeat(59)}…\``);
    expect(plainText('😀'.repeat(61))).toBe(`${'😀'.repeat(59)}…`);
    expect(plainText('x'.repeat(60))).toBe('x'.repeat(60));
  });

  it('never leaves its code span, its line or its cell', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = codeSpan(text);
        expect(span).toMatch(/^`[^`|\p{Cc}\p{Zl}\p{Zp}]+`$/u);
        expect(span).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/);
        expect(Array.from(span).length).toBeLessThanOrEqual(longestText + 2);
      }),
    );
  });

  it('never ends the parentheses of a link', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(linkTarget(`https://x/${text}`)).not.toMatch(/[()<>\s|`"\\]/);
      }),
    );
    expect(codeLink('a', 'https://x/a(b)')).toBe('[`a`](https://x/a%28b%29)');
  });
});
