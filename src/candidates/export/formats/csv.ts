import type { Cell, Column, ColumnType, Table } from '../table';
import { numberText } from './number-text';

/** What spreadsheets take for the beginning of a formula, their full-width forms included; ours is the apostrophe before it. */
const formula = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const special = /[",\r\n]/;
/** What ISO 8601 with four digits of a year can tell. */
const firstMoment = Date.parse('0000-01-01T00:00:00.000Z');
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * CSV as in RFC 4180, in UTF-8 without a byte-order mark. A text that a spreadsheet would run as a formula gets an apostrophe before
 * it (which `'='` in the text itself gets too, so that taking one away gives the text back); a text that is a plain number is none.
 * Nothing is an empty field, an empty text is `""`.
 */
export async function* csv({ columns, rows }: Table): AsyncGenerator<Buffer> {
  yield Buffer.from(line(columns.map(({ name }) => textField(name))));
  for await (const batch of rows) yield Buffer.from(batch.map((cells) => line(fieldsOf(cells, columns))).join(''));
}

function line(fields: readonly string[]): string {
  return `${fields.join(',')}\r\n`;
}

function fieldsOf(cells: readonly Cell[], columns: readonly Column[]): string[] {
  return cells.map((cell, index) => field(cell, columns[index]?.type ?? 'text'));
}

function field(cell: Cell, type: ColumnType): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return textField(cell);
  if (type === 'timestamp') return timestampField(cell);
  if (Number.isFinite(cell) || Number.isNaN(cell)) return numberText(cell);
  return cell > 0 ? 'inf' : '-inf';
}

/** ISO 8601 in UTC; a moment outside of the years 0 to 9999 stays the milliseconds that it is. */
function timestampField(milliseconds: number): string {
  const tellable = milliseconds >= firstMoment && milliseconds <= lastMoment;
  return tellable ? new Date(milliseconds).toISOString() : numberText(milliseconds);
}

function textField(text: string): string {
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return safe === '' || special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
