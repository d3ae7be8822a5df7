import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Nest's log lines as JSON on standard error; what could hold a secret is cut out. */
export class ServerLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(level = 'info') {
    this.pino = pino(
      { level, base: {}, redact: ['*.authorization', '*.token', '*.secret', '*.password', '*.cookie'] },
      pino.destination({ dest: 2, sync: false }),
    );
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.pino.info({ context: rest.at(-1) }, text(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.pino.warn({ context: rest.at(-1) }, text(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const [stack, context] = rest.length > 1 ? rest : [undefined, rest[0]];
    this.pino.error({ context, stack }, text(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.pino.debug({ context: rest.at(-1) }, text(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.pino.trace({ context: rest.at(-1) }, text(message));
  }
}

function text(message: unknown): string {
  if (message instanceof Error) return message.stack ?? message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
