import type { Cell, Column, Table } from '../table';
import { numberText } from './number-text';

/** One array of an object a row. See {@link ndjson} for the objects. */
export async function* json({ columns, rows }: Table): AsyncGenerator<Buffer> {
  const object = objectWriter(columns);
  let before = '[\n';
  for await (const batch of rows) {
    if (batch.length === 0) continue;
    yield Buffer.from(before + batch.map(object).join(',\n'));
    before = ',\n';
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n');
}

/**
 * An object a line, in UTF-8: NaN and the infinities are texts, timestamps are milliseconds since the epoch. What a row does not have is
 * left out.
 */
export async function* ndjson({ columns, rows }: Table): AsyncGenerator<Buffer> {
  const object = objectWriter(columns);
  for await (const batch of rows) {
    if (batch.length > 0) yield Buffer.from(batch.map((cells) => `${object(cells)}\n`).join(''));
  }
}

function objectWriter(columns: readonly Column[]): (cells: readonly Cell[]) => string {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return (cells) =>
    `{${cells.flatMap((cell, index) => (cell === null ? [] : `${keys[index] ?? ''}${value(cell)}`)).join(',')}}`;
}

function value(cell: number | string): string {
  return typeof cell === 'number' && Number.isFinite(cell) ? numberText(cell) : JSON.stringify(String(cell));
}
