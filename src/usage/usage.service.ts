import { Injectable } from '@nestjs/common';
import type { Usage } from './usage';
import { UsageRepository } from './usage.repository';

/** Milliseconds that a count serves, so that whoever asks often costs no more than whoever asks once. */
const serves = 3_600_000;

/** Counts how much the server is used, at most once an hour in each process, and tells nobody but who asks. */
@Injectable()
export class UsageService {
  private last: { readonly at: number; readonly usage: Promise<Usage> } | undefined;

  constructor(private readonly repository: UsageRepository) {}

  /** At most an hour old, by `recordedAt`; everybody who asks while it is counted waits for one count. */
  async usage(): Promise<Usage> {
    const time = performance.now();
    if (this.last !== undefined && time - this.last.at < serves) return this.last.usage;
    const usage = this.repository.count();
    this.last = { at: time, usage };
    try {
      return await usage;
    } catch (error) {
      this.last = undefined;
      throw error;
    }
  }
}
