import { setTimeout as sleep } from 'node:timers/promises';
import {
  isAlive,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres';

const lookEveryMs = 200;
const pauseMs = 500;

/** Tries until it runs again: backends of a killed server may hold its memory for a moment. */
async function restart(options: EmbeddedPostgresOptions, stopping: AbortSignal): Promise<EmbeddedPostgres | undefined> {
  while (!stopping.aborted) {
    try {
      return await startEmbeddedPostgres(options);
    } catch (error) {
      process.stderr.write(
        `The embedded PostgreSQL ended and does not start yet: ${(error as Error).message.split('\n')[0] ?? ''}\n`,
      );
      await sleep(pauseMs);
    }
  }
  return undefined;
}

/** An embedded PostgreSQL that is started again, at the same address, when something else ends it. */
export async function superviseEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const first = await startEmbeddedPostgres(options);
  const port = Number(new URL(first.url).port);
  let current: EmbeddedPostgres = first;
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      await sleep(lookEveryMs);
      if (stopping.signal.aborted) return;
      if (isAlive(current.pid)) continue;
      process.stderr.write('The embedded PostgreSQL ended; starting it again.\n');
      current = (await restart({ ...options, port }, stopping.signal)) ?? current;
    }
  };
  const watching = watch();
  return {
    url: first.url,
    get pid() {
      return current.pid;
    },
    async stop() {
      stopping.abort();
      await watching;
      await current.stop();
    },
  };
}
