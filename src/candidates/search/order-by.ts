import { parseFilter as parse, parseOrder, type Filter, type Order } from '../../common/filter';
import { candidateVocabulary } from './vocabulary';

const newestFirst: readonly Order[] = [
  { column: { kind: 'attribute', name: 'start_time' }, descending: true },
  { column: { kind: 'attribute', name: 'iid' }, descending: true },
];

/** Reads a filter over candidates. @throws AssayError `invalid`, with the column of the mistake */
export function parseFilter(text: string | undefined): Filter {
  return parse(text, candidateVocabulary);
}

/** Reads an order of candidates and makes it total: ties go by start time and iid, newest first. @throws AssayError `invalid` */
export function parseOrderBy(clauses: readonly string[]): Order[] {
  const orders = parseOrder(clauses, candidateVocabulary);
  const byStart = orders.some(({ column }) => column.kind === 'attribute' && column.name === 'start_time');
  return [...orders, ...newestFirst.slice(byStart ? 1 : 0)];
}
