import { createHash } from 'node:crypto';
import { decodePageToken, encodePageToken, invalid, type ProjectId } from '../../common';
import type { Order } from '../../common/filter';
import type { CandidateQuery } from '../requests';
import type { Place } from './keyset';

const number = /^(-?\d+(\.\d+)?(e[+-]\d+)?|-?Infinity)$/;
const textual = new Set(['run_id', 'run_name', 'status', 'user_id', 'artifact_uri', 'author', 'branch', 'commit']);

/** What a token belongs to: it is of no use with another filter, order, view, project or other experiments. */
export function fingerprint(project: ProjectId, query: CandidateQuery): string {
  const experiments =
    query.experiments === 'all' ? 'all' : [...new Set(query.experiments)].sort((one, other) => one - other);
  const question = JSON.stringify([project, query.filter ?? '', query.orderBy, query.view, experiments]);
  return createHash('sha256').update(question).digest('base64url').slice(0, 22);
}

/** A token for the page after the place. Numbers go as text: JSON has no infinities. */
export function writePageToken(print: string, place: Place): string {
  return encodePageToken([print, place.map(([rank, value]) => (rank === 0 ? [rank, String(value)] : [rank]))]);
}

/** Reads a token of {@link writePageToken}. @throws AssayError `invalid` when it is garbage or another query's */
export function readPageToken(token: string, print: string, orders: readonly Order[]): Place {
  const content = decodePageToken(token);
  const [owner, terms] = Array.isArray(content) ? (content as unknown[]) : [];
  if (owner !== print) {
    throw invalid(
      'page_token belongs to another search; ask for the first page again, or send it with the search that it came from',
      'page_token',
    );
  }
  if (!Array.isArray(terms) || terms.length !== orders.length) throw garbage();
  return orders.map((order, index) => readTerm(terms[index], order));
}

function readTerm(term: unknown, order: Order): Place[number] {
  const [rank, value] = Array.isArray(term) ? (term as unknown[]) : [];
  if (rank === 1 || rank === 2) return [rank, null];
  if (rank !== 0 || typeof value !== 'string' || value.includes('\0')) throw garbage();
  if (isText(order)) return [0, value];
  const whole = order.column.kind === 'attribute';
  if (!number.test(value) || (whole && !Number.isSafeInteger(Number(value)))) throw garbage();
  return [0, Number(value)];
}

function isText({ column: { kind, name } }: Order): boolean {
  return kind === 'attribute' ? textual.has(name) : kind !== 'metric';
}

function garbage(): Error {
  return invalid('page_token is not one that this server gave out; ask for the first page again', 'page_token');
}
