import type { Database, Queryable } from '../../database';
import type { ForgeEvent } from '../forge';
import { announce, type ForgeListener } from './events';

/** Work in a transaction; what it tells is heard by all servers once it is committed. */
export type Change<Result> = (transaction: Queryable, tell: (event: ForgeEvent) => void) => Promise<Result>;

/** Changes of the local forge, each told once to the listeners here and to every server that listens. */
export class LocalChanges {
  private readonly listeners = new Set<ForgeListener>();

  constructor(private readonly database: Database) {}

  /** @returns what ends it */
  onEvent(listener: ForgeListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async run<Result>(change: Change<Result>): Promise<Result> {
    const events: ForgeEvent[] = [];
    const result = await this.database.transaction(async (transaction) => {
      const done = await change(transaction, (event) => events.push(event));
      for (const event of events) await announce(transaction, event);
      return done;
    });
    for (const event of events) for (const listener of this.listeners) listener(event);
    return result;
  }
}
