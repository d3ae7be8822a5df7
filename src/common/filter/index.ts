export type { Comparison, Filter, Operator, Order } from './filter';
export { parseFilter } from './parse-filter';
export { parseOrder } from './parse-order';
export {
  listOperators,
  numberOperators,
  optionalTextOperators,
  textOperators,
  type ColumnKind,
  type ColumnRule,
  type Vocabulary,
} from './vocabulary';
