/** What a condition may say of a column; `NOT LIKE` and the like are no operators of this language. */
export type Operator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

/** A column of a filter or an order: `kind` and `name` are the vocabulary's own words, aliases already resolved. */
export interface Column {
  readonly kind: string;
  /** Without quotes; whatever the caller wrote between them, doubled quotes included. */
  readonly name: string;
}

/** One condition. The operators of lists carry several texts, `IS NULL` and `IS NOT NULL` carry undefined, all others one value. */
export interface Comparison {
  readonly type: 'comparison';
  readonly column: Column;
  readonly operator: Operator;
  readonly value: number | string | readonly string[] | undefined;
}

/** All of its terms hold; without terms it always does. */
interface Conjunction {
  readonly type: 'and';
  readonly terms: readonly Filter[];
}

/** A filter as a tree. What walks it asks for the `type` of each node, so that further kinds of nodes can join. */
export type Filter = Comparison | Conjunction;

/** One clause of an order; the first one of a list weighs most. */
export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}
