import { invalid } from '../../common';
import { invalidValue, missingValue, type Fields } from '../wire';

/** What the client's own file is called; it sends the whole path on its machine, of which the last name counts. */
export function readFileName(fields: Fields): string {
  const path = fields.requiredString('path');
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (name === '') throw invalidValue('path', path, 'It must end with the name of a file');
  return name;
}

/** A part as the client says that it sent it. */
export interface WireSentPart {
  readonly part: number;
  readonly etag: string;
}

/** @throws AssayError `invalid` when there are none */
export function readSentParts(fields: Fields): WireSentPart[] {
  const parts = fields.messages('parts');
  if (parts.length === 0) throw missingValue('parts');
  return parts.map((part) => ({ part: part.requiredInt('part_number'), etag: part.string('etag') ?? '' }));
}

/** Seconds; undefined when the client leaves it to us. @throws AssayError `invalid` beyond 1 to `most` */
export function readExpiration(fields: Fields, most: number): { seconds?: number } {
  const seconds = fields.int('expiration');
  if (seconds === undefined) return {};
  if (seconds >= 1 && seconds <= most) return { seconds };
  throw invalid(`expiration must be between 1 and ${most} seconds (got ${seconds}).`, 'expiration');
}
