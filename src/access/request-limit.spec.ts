import { AssayError } from '../common';
import type { Credential } from '../forge';
import { RequestLimit } from './request-limit';

const token = (secret: string): Credential => ({ kind: 'token', secret });

describe('the limit of requests', () => {
  let time = 0;
  const limited = (requestsPerMinute?: number): RequestLimit =>
    new RequestLimit({
      sessionSecret: 'x'.repeat(32),
      now: () => time,
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    });

  beforeEach(() => {
    time = 1_000_000;
  });

  it('refuses what comes after it, and says when to try again', () => {
    const limit = limited(2);
    limit.count(token('a'));
    limit.count(token('a'));
    time += 20_500;
    let refusal: unknown;
    try {
      limit.count(token('a'));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(AssayError);
    expect(refusal).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 40 });
    expect((refusal as Error).message).toContain('2 requests a minute');
  });

  it('begins anew with the next minute', () => {
    const limit = limited(1);
    limit.count(token('a'));
    time += 60_000;
    expect(() => {
      limit.count(token('a'));
    }).not.toThrow();
  });

  it('counts each token by itself, and all visitors without one together', () => {
    const limit = limited(1);
    limit.count(token('a'));
    limit.count(token('b'));
    limit.count(undefined);
    expect(() => {
      limit.count(undefined);
    }).toThrow(/requests a minute/);
  });

  it('is off unless it is set', () => {
    const limit = limited();
    for (let request = 0; request < 1_000; request += 1) limit.count(token('a'));
  });
});
