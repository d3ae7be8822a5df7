import { posix } from 'node:path';
import fc from 'fast-check';
import { asProjectId, AssayError } from '../common';
import { artifactKey, checkedPath } from './artifact-path';

const project = asProjectId(7);

function refusal(path: string): AssayError | undefined {
  try {
    checkedPath(path);
    return undefined;
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '..',
          '.',
          '/',
          '\\',
          '%',
          '%2e',
          '%2E',
          '%252e',
          '%2f',
          '%5c',
          '%00',
          '\0',
          'C:',
          'a',
          ' ',
          '~',
          '+',
          '#',
          'é',
        ),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join('')),
);

describe('the path of an artifact', () => {
  it.each([
    'a',
    'a/b/c.txt',
    'with space',
    'plus+plus',
    '100%.txt',
    'a%20b',
    'a%2Fb',
    'a%E2%80%93b',
    'hash#1',
    'Ærø 東京 😀',
    'a..b/..c/d..',
    '...',
    '~root',
    'a/x:y',
    '%',
    '%zz',
    'n'.repeat(255),
    Array.from({ length: 450 }, () => 'a').join('/'),
  ])('may be %j', (path) => {
    expect(checkedPath(path)).toBe(path);
  });

  it.each([
    '',
    '/',
    '/etc/passwd',
    'a//b',
    'a/',
    '..',
    '../a',
    'a/../b',
    'a/..',
    './a',
    'a/.',
    'a\\b',
    '..\\a',
    'a\0b',
    'a\nb',
    'a\x7f',
    'C:/x',
    'c:',
    'a/C:/x',
    '%2e%2e',
    '%2E%2e/a',
    'a/%2e%2e/b',
    '%252e%252e/a',
    '%25252e%25252e%25252fa',
    '%2fetc/passwd',
    '%252fetc',
    'a%5cb',
    'a%00',
    'a%2f..%2fb',
    '%43%3a/x',
    'a\ud800',
    'n'.repeat(256),
    'é'.repeat(128),
    Array.from({ length: 451 }, () => 'a').join('/'),
  ])('may not be %j', (path) => {
    expect(refusal(path)).toMatchObject({ kind: 'invalid', field: 'path' });
  });

  it('always gives a key below the project, however often it is decoded', () => {
    fc.assert(
      fc.property(hostile, (path) => {
        if (refusal(path) !== undefined) return;
        let key = artifactKey(project, path);
        expect(key).toBe(`projects/7/${path}`);
        for (let times = 0; times < 4; times += 1) {
          const normal = posix.normalize(key);
          expect(normal.startsWith('projects/7/')).toBe(true);
          expect(key).not.toMatch(/\\|\0/);
          try {
            key = decodeURIComponent(key);
          } catch {
            return;
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
