import { Client, type Pool } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { asProjectId } from '../../common';
import { asFailure, statement, type Queryable } from '../../database';
import type { ForgeEvent } from '../forge';

/** Receives events after they were committed; must not throw. */
export type ForgeListener = (event: ForgeEvent) => void;

const channel = 'assay_forge_events';
const notify = statement('local.event.notify', `SELECT pg_notify('${channel}', $1)`);
const longestPause = 5_000;

/** Tells every listening server of the event, when the transaction commits. */
export async function announce(transaction: Queryable, event: ForgeEvent): Promise<void> {
  await transaction.query(notify, [JSON.stringify(event)]);
}

function readEvent(payload: string | undefined): ForgeEvent | undefined {
  const event = JSON.parse(payload ?? 'null') as ForgeEvent | null;
  return event === null ? undefined : { ...event, project: asProjectId(event.project) };
}

/** A connection of its own that hears what {@link announce} says, and comes back after it was lost. */
export class EventEar {
  private client: Client | undefined;
  private readonly stopped = new AbortController();

  constructor(
    private readonly pool: Pool,
    private readonly listener: ForgeListener,
  ) {}

  /** Resolves when it hears; rejects when the database does not answer at the start. */
  async open(): Promise<void> {
    const client = new Client(this.pool.options);
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => {
      const event = readEvent(payload);
      if (event !== undefined) this.listener(event);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw asFailure(error);
    }
    if (this.stopped.signal.aborted) return client.end();
    client.on('end', () => {
      if (!this.stopped.signal.aborted) void this.reopen();
    });
    this.client = client;
  }

  /** Nothing is heard afterwards. */
  async close(): Promise<void> {
    this.stopped.abort();
    await this.client?.end();
  }

  private async reopen(): Promise<void> {
    for (let pause = 100; !this.stopped.signal.aborted; pause = Math.min(pause * 2, longestPause)) {
      try {
        await this.open();
        return;
      } catch {
        await sleep(pause, undefined, { signal: this.stopped.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
