/** What the cells of a column hold; a timestamp is in milliseconds since the epoch. */
export type ColumnType = 'integer' | 'number' | 'text' | 'timestamp';

/** A column of what is exported. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Null where there is nothing; NaN and the infinities are numbers as others. */
export type Cell = number | string | null;

/** What is exported: its columns are known before its first row. */
export interface Table {
  readonly columns: readonly Column[];
  /** Some rows at a time; each has a cell for every column. */
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>;
}
