import fc from 'fast-check';
import { AssayError } from '../common';
import { readCredential, readSessionCookie, secretLimit } from './credential';

function basic(text: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(text).toString('base64')}` };
}

const token = (secret: string): unknown => ({ kind: 'token', secret });

describe('the credential of a request', () => {
  it.each([
    ['Bearer', { authorization: 'Bearer s3cret' }, token('s3cret')],
    ['bearer in any case, with more space', { authorization: 'bEARER   s3cret ' }, token('s3cret')],
    ['token', { authorization: 'token s3cret' }, token('s3cret')],
    ['Basic with a user', basic('mara:s3cret'), token('s3cret')],
    ['Basic with a colon in the token', basic('mara:s3:cret'), token('s3:cret')],
    ['Basic without a user', basic(':s3cret'), token('s3cret')],
    ['Basic with the token as the user', basic('s3cret:'), token('s3cret')],
    ['Basic with x-oauth-basic', basic('s3cret:x-oauth-basic'), token('s3cret')],
    ['Basic without a colon', basic('s3cret'), token('s3cret')],
    ['PRIVATE-TOKEN', { 'private-token': 's3cret' }, token('s3cret')],
    ['JOB-TOKEN', { 'job-token': 's3cret' }, { kind: 'job-token', secret: 's3cret' }],
    ['a repeated header', { 'private-token': ['s3cret', 'other'] }, token('s3cret')],
    [
      'Authorization before the others',
      { authorization: 'Bearer a', 'private-token': 'b', 'job-token': 'c' },
      token('a'),
    ],
    ['PRIVATE-TOKEN before JOB-TOKEN', { 'private-token': 'b', 'job-token': 'c' }, token('b')],
    ['nothing', {}, undefined],
    ['empty headers', { authorization: '', 'private-token': '' }, undefined],
  ])('is read from %s', (_name, headers, expected) => {
    expect(readCredential(headers)).toEqual(expected);
  });

  it.each(['Digest username="x"', 'Bearer', 'Bearer ', 's3cret', 'Basic Og=='])(
    'refuses Authorization: %s',
    (authorization) => {
      expect(() => readCredential({ authorization })).toThrow(AssayError);
    },
  );

  it.each(['authorization', 'private-token', 'job-token'])('refuses a %s beyond the limit', (name) => {
    const value = (name === 'authorization' ? 'Bearer ' : '') + 'x'.repeat(secretLimit + 1);
    expect(() => readCredential({ [name]: value })).toThrow(/limit of 8192 bytes/);
  });

  it.each([
    basic('mara:s3\0cret'),
    basic('mara:s3\ncret'),
    basic('mara:gehäm'),
    { authorization: 'Bearer two words' },
    { 'private-token': 'geh\u00e4m' },
  ])('refuses the characters of %j', (headers) => {
    expect(() => readCredential(headers)).toThrow(/characters that no token has/);
  });

  it('never crashes, and never says the secret in its refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 4 }), (authorization) => {
        try {
          readCredential({ authorization });
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalid' });
          expect((error as Error).message).not.toContain(authorization);
        }
      }),
    );
  });
});

describe('the session cookie', () => {
  it.each([
    ['assay_session=abc', 'abc'],
    ['other=1; assay_session=abc; more=2', 'abc'],
    ['assay_session=a=b', 'a=b'],
    ['not_assay_session=abc', undefined],
    ['assay_session', undefined],
    ['', undefined],
  ])('of "%s" is %s', (cookie, expected) => {
    expect(readSessionCookie({ cookie })).toBe(expected);
  });
});
