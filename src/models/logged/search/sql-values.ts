/** Collects the values of a statement and hands out their placeholders. */
export class SqlValues {
  readonly list: unknown[] = [];

  add(value: unknown, cast: string): string {
    this.list.push(value);
    return `$${this.list.length}::${cast}`;
  }
}
