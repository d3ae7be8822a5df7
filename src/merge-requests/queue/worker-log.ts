import type { LoggerService } from '@nestjs/common';
import { Logger as JobLogger } from 'graphile-worker';

/** The queue's own messages in our log: troubles in one line each, since every job is tried again; nothing of the daily round. */
export function workerLog(log: LoggerService): JobLogger {
  return new JobLogger(() => (level, message) => {
    const troubles: readonly string[] = ['error', 'warning'];
    if (troubles.includes(level)) log.warn(message.split('\n')[0]);
  });
}
