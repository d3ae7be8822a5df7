import { Inject, Injectable } from '@nestjs/common';
import { AssayError } from '../../common';
import { Database, type Queryable } from '../../database';
import { CandidatesOptions } from '../candidates.options';

const isolate = { text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY' };

/** Lets a reader of many statements see the project as it was at one moment. Each holds a connection as long as it lasts. */
@Injectable()
export class Snapshots {
  private open = 0;

  constructor(
    private readonly database: Database,
    @Inject(CandidatesOptions) private readonly options: CandidatesOptions,
  ) {}

  /** @throws AssayError `rate-limited` when as many as may are open in this process */
  async take<Result>(work: (snapshot: Queryable) => Promise<Result>): Promise<Result> {
    const { exportsAtOnce } = this.options;
    if (this.open >= exportsAtOnce) {
      const message = `This server makes ${exportsAtOnce} exports at a time, and as many are under way; try again in a while.`;
      throw new AssayError('rate-limited', message, { retryAfterSeconds: 10 });
    }
    this.open += 1;
    try {
      return await this.database.transaction(async (transaction) => {
        await transaction.query(isolate);
        return work(transaction);
      });
    } finally {
      this.open -= 1;
    }
  }
}
