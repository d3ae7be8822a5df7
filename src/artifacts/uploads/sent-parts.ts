import { invalid, type AssayError } from '../../common';
import type { StoredPart } from '../store/direct-transfers';

/** A part as a client says that it sent it. */
export interface SentPart {
  readonly part: number;
  /** What the store answered; quotes around it do not matter. */
  readonly etag: string;
}

/** What S3 allows: parts an upload, and bytes of every part but the last. */
export const partLimits = { most: 10_000, leastBytes: 5 * 1024 * 1024 } as const;

function missing(part: number): AssayError {
  return invalid(
    `Part ${part} has not arrived with the etag that is named; send it again, or abort the upload`,
    'parts',
  );
}

/**
 * The parts that the file is made of, sorted, as the store has them.
 * @throws AssayError `invalid` for none, one that is named twice, and one that the store does not have with that etag
 */
export function matchParts(sent: readonly SentPart[], stored: readonly StoredPart[]): StoredPart[] {
  if (sent.length === 0) throw invalid('An upload is completed with its parts, and there are none', 'parts');
  const byNumber = new Map(stored.map((part) => [part.part, part]));
  const matched = sent.map(({ part, etag }) => {
    const found = byNumber.get(part);
    if (found === undefined || found.etag !== etag.replaceAll('"', '')) throw missing(part);
    byNumber.delete(part);
    return found;
  });
  return matched.sort((a, b) => a.part - b.part);
}
