export type { Aggregate, Column, Comparison, Filter, Operator, Order } from './filter';
export { filterSql } from './filter-sql';
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
