import { invalid } from '../errors';
import { readColumn } from './column';
import type { Order } from './filter';
import { refuseUnfit } from './parse-filter';
import { Reader } from './reader';
import type { Vocabulary } from './vocabulary';

/** Each clause is looked up in the database by itself. */
const maximalClauses = 20;
const maximalClauseLength = 1_000;
const direction = /(?:ASC|DESC)(?![\p{L}\p{N}_])/iuy;

/**
 * Reads an order, a column with ASC (the default) or DESC in each clause; naming a column twice is refused.
 * @throws AssayError `invalid` with the clause's column, what was found there and what was expected
 */
export function parseOrder(clauses: readonly string[], vocabulary: Vocabulary, field = 'order_by'): Order[] {
  if (clauses.length > maximalClauses) {
    throw invalid(`${field} has ${clauses.length} clauses; at most ${maximalClauses} are allowed`, field);
  }
  const orders = clauses.map((clause) => parseClause(clause, vocabulary, field));
  const seen = new Set<string>();
  for (const { column } of orders) {
    const key = JSON.stringify([column.kind, column.name]);
    if (seen.has(key))
      throw invalid(`${field} names ${column.kind} ${column.name} twice; name each column once`, field);
    seen.add(key);
  }
  return orders;
}

function parseClause(clause: string, vocabulary: Vocabulary, field: string): Order {
  refuseUnfit(clause, field, maximalClauseLength);
  const reader = new Reader(clause, field);
  reader.skipSpace();
  const { column, rule, position } = readColumn(reader, vocabulary);
  if (rule.ordered === false) throw reader.refuse('a column that can be ordered by', position);
  reader.skipSpace();
  const descending = reader.take(direction)?.toUpperCase() === 'DESC';
  reader.skipSpace();
  if (!reader.isAtEnd()) throw reader.refuse('ASC, DESC or the end of the clause');
  return { column, descending };
}
