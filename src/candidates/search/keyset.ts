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
  return first === undefined ? 'true' : `${fromSql(first)} AND ${lexicographic(keys)}`;
}

/** What the candidates after the place, and no few others, have in common. */
export function beginSql([term]: readonly OrderTerm[], [at]: Place, values: SqlValues): string {
  const [first] = term === undefined ? [] : keysOf(term, at, values);
  return first === undefined ? 'true' : fromSql(first);
}

function fromSql({ sql, descending, bound }: Key): string {
  return `${sql} ${descending ? '<=' : '>='} ${bound}`;
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
