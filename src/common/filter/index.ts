export type { Column, Comparison, Conjunction, Filter, Operator, Order } from './filter';
export { maximalComparisons, maximalFilterLength, parseFilter } from './parse-filter';
export { maximalClauses, parseOrder } from './parse-order';
export {
  listOperators,
  numberOperators,
  optionalTextOperators,
  textOperators,
  type ColumnKind,
  type ColumnRule,
  type Vocabulary,
} from './vocabulary';
