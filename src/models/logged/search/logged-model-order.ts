import { invalid } from '../../../common';
import { parseOrder, type Order } from '../../../common/filter';
import type { LoggedModelOrder } from '../logged-model';
import { loggedModelVocabulary } from './logged-model-vocabulary';

/** Each clause is looked up in the database by itself. */
const maximalClauses = 20;

/** A clause as it was read; the dataset narrows a metric alone. */
export interface ModelOrder extends Order {
  readonly dataset?: LoggedModelOrder['dataset'];
}

/** @throws AssayError `invalid` for a clause that cannot be read, and for one that stands twice */
export function readOrders(clauses: readonly LoggedModelOrder[]): ModelOrder[] {
  if (clauses.length > maximalClauses) {
    throw invalid(`order_by has ${clauses.length} clauses; at most ${maximalClauses} are allowed`, 'order_by');
  }
  const seen = new Set<string>();
  return clauses.flatMap(({ clause, dataset }) =>
    parseOrder([clause], loggedModelVocabulary).map((order) => {
      const key = JSON.stringify([order.column, dataset?.name, dataset?.digest]);
      if (seen.has(key)) throw invalid(`order_by names ${order.column.name} twice; name each column once`, 'order_by');
      seen.add(key);
      return dataset === undefined ? order : { ...order, dataset };
    }),
  );
}
