import type { OrderTerm, Rank } from './order-terms';
import type { SqlValues } from './sql-values';

/** Where a candidate stands in an order: for each term its rank, and its value when it has one. */
export type Place = readonly (readonly [rank: Rank, value: string | number | null])[];

interface Key {
  readonly sql: string;
  readonly descending: boolean;
  readonly bound: string;
}

/** The SQL that holds for the candidates after the place; its first part says what an index needs to begin there. */
export function afterSql(terms: readonly OrderTerm[], place: Place, values: SqlValues): string {
  const keys = terms.flatMap((term, index) => keysOf(term, place[index], values));
  const [first] = keys;
  if (first === undefined) return 'true';
  return `${first.sql} ${first.descending ? '<=' : '>='} ${first.bound} AND ${lexicographic(keys)}`;
}

function keysOf(term: OrderTerm, at: Place[number] | undefined, values: SqlValues): Key[] {
  if (at === undefined) return [];
  const [rank, value] = at;
  const keys: Key[] = [];
  if (term.rank !== undefined) keys.push({ sql: term.rank, descending: false, bound: values.add(rank, 'integer') });
  if (rank === 0) {
    const collation = term.type === 'text' ? ' COLLATE "C"' : '';
    keys.push({ sql: term.value, descending: term.descending, bound: `${values.add(value, term.type)}${collation}` });
  }
  return keys;
}

/** Columns of one table, compared as a row, can be found in an index. */
function lexicographic(keys: readonly Key[]): string {
  const [first, ...rest] = keys;
  if (first === undefined) return 'false';
  const beyond = first.descending ? '<' : '>';
  if (sameDirection(keys)) {
    const columns = keys.map(({ sql }) => sql).join(', ');
    return `(${columns}) ${beyond} (${keys.map(({ bound }) => bound).join(', ')})`;
  }
  return `(${first.sql} ${beyond} ${first.bound} OR (${first.sql} = ${first.bound} AND ${lexicographic(rest)}))`;
}

function sameDirection(keys: readonly Key[]): boolean {
  return keys.every(({ descending }) => descending === keys[0]?.descending);
}
