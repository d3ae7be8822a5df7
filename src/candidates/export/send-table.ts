import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger } from '@nestjs/common';
import { takeResponse, type HttpRequest } from '../../common';
import type { Format } from './formats';
import type { Table } from './table';

/** Milliseconds after which a client that takes nothing more is cut off: it holds a connection to the database. */
const patience = 120_000;

const log = new Logger('Export');

/**
 * Sends a table as a file while it is read, as fast as the client takes it. When something breaks amid the rows the connection is cut,
 * which clients see as an error: what arrived is never taken for the whole.
 * @param name of the file, without its ending
 */
export async function sendTable(
  request: HttpRequest,
  response: object,
  { table, format, name }: { table: Table; format: Format; name: string },
): Promise<void> {
  const answer = takeResponse(response);
  answer.writeHead(200, {
    'Content-Type': format.contentType,
    'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}.${format.name}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  });
  if (request.method === 'HEAD') {
    answer.end();
    return;
  }
  answer.setTimeout(patience, () => answer.destroy());
  try {
    await pipeline(Readable.from(format.encode(table), { objectMode: false }), answer);
  } catch (error) {
    if (!isLeft(error))
      log.error(`An export broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    answer.destroy();
  }
}

/** Whether the client went away. */
function isLeft(error: unknown): boolean {
  const { code, name } = error as NodeJS.ErrnoException;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || name === 'AbortError';
}

/** Is aborted when the client goes away, or has its answer. */
export function endOf(response: object): AbortSignal {
  const end = new AbortController();
  const answer = (response as { readonly raw?: ServerResponse }).raw ?? (response as ServerResponse);
  answer.once('close', () => {
    end.abort();
  });
  return end.signal;
}
