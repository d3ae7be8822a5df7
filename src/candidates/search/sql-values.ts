/** What a value is to PostgreSQL. */
export type SqlType =
  'bigint' | 'bigint[]' | 'integer' | 'double precision' | 'text' | 'text[]' | 'boolean[]' | 'uuid' | 'uuid[]';

/** The values of a statement under composition; its text only ever holds their placeholders. */
export class SqlValues {
  private readonly list: unknown[] = [];

  get all(): readonly unknown[] {
    return this.list;
  }

  /** Keeps the value and answers its placeholder, such as `$3::text`. */
  add(value: unknown, type: SqlType): string {
    return `$${this.list.push(value)}::${type}`;
  }
}
