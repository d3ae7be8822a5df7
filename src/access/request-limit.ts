import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AssayError } from '../common';
import type { Credential } from '../forge';
import { accessDefaults, AccessOptions } from './access-options';
import { hashOf } from './principals';

const minute = 60_000;

interface Window {
  readonly began: number;
  requests: number;
}

/** Counts each credential's requests a minute, in this process; anonymous visitors share one count. */
@Injectable()
export class RequestLimit {
  private readonly limit: number | undefined;
  private readonly now: () => number;
  private readonly windows: LRUCache<string, Window>;

  constructor(@Inject(AccessOptions) options: AccessOptions) {
    this.limit = options.requestsPerMinute;
    this.now = options.now ?? accessDefaults.now;
    this.windows = new LRUCache({ max: options.principalLimit ?? accessDefaults.principalLimit });
  }

  /** @throws AssayError `rate-limited`, with the seconds until the next minute begins */
  count(credential: Credential | undefined): void {
    if (this.limit === undefined) return;
    const key = credential === undefined ? 'anonymous' : hashOf(credential.secret).toString('base64');
    const time = this.now();
    const known = this.windows.get(key);
    const window = known !== undefined && time - known.began < minute ? known : { began: time, requests: 0 };
    window.requests += 1;
    if (window !== known) this.windows.set(key, window);
    if (window.requests <= this.limit) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((window.began + minute - time) / 1000));
    throw new AssayError(
      'rate-limited',
      `A token may make ${String(this.limit)} requests a minute; try again in ${String(retryAfterSeconds)} s, or log in batches.`,
      { retryAfterSeconds },
    );
  }
}
