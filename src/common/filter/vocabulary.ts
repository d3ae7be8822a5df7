import type { Operator } from './filter';

/** What may be said of a column. */
export interface ColumnRule {
  /** What the column is compared with: a number as it stands, or a quoted text. */
  readonly value: 'number' | 'text';
  readonly operators: readonly Operator[];
  /** The name that the tree carries, where the written one is an alias. */
  readonly name?: string;
  /** Whether an order may name it; true unless told. */
  readonly ordered?: boolean;
}

/** A kind of column: one rule for every name (a metric, a tag), or the names there are with a rule for each. */
export type ColumnKind = ColumnRule | ReadonlyMap<string, ColumnRule>;

/** The words of one search: what may stand before the dot, and the columns of each. */
export interface Vocabulary {
  /** From each prefix as written (`metrics`) to the kind that it means (`metric`); case counts. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly kinds: ReadonlyMap<string, ColumnKind>;
  /** The kind of a column without a prefix. */
  readonly bare: string;
}

/** The operators of numbers. */
export const numberOperators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];
/** The operators of one text. */
export const textOperators: readonly Operator[] = ['=', '!=', 'LIKE', 'ILIKE'];
/** The operators of one text and of lists of texts. */
export const listOperators: readonly Operator[] = [...textOperators, 'IN', 'NOT IN'];
/** The operators of one text that may be absent. */
export const optionalTextOperators: readonly Operator[] = [...textOperators, 'IS NULL', 'IS NOT NULL'];
