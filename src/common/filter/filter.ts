/** What a condition may say of a column; `NOT LIKE` and the like are no operators of this language. */
export type Operator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

/** Which of a metric's values over time. */
export type Aggregate = 'latest' | 'first' | 'min' | 'max';

/** A column of a filter or an order: `kind` and `name` are the vocabulary's own words, aliases already resolved. */
export interface Column {
  readonly kind: string;
  /** Without quotes; whatever the caller wrote between them, doubled quotes included. */
  readonly name: string;
  /** Of a metric; the latest when absent. The parser leaves it out: whether `acc.max` is a metric's own name, only the data tells. */
  readonly aggregate?: Aggregate;
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

/** One of its terms holds. */
interface Disjunction {
  readonly type: 'or';
  readonly terms: readonly Filter[];
}

/** The term does not hold: what is unknown of a row, such as an absent value, does not hold, so its negation does. */
interface Negation {
  readonly type: 'not';
  readonly term: Filter;
}

/** A filter as a tree. */
export type Filter = Comparison | Conjunction | Disjunction | Negation;

/** One clause of an order; the first one of a list weighs most. */
export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}
