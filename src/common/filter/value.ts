import type { Comparison, Operator } from './filter';
import type { Reader } from './reader';
import type { ColumnRule } from './vocabulary';

const numeral = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\p{N}_.])/uy;
const opening = /\(/y;
const comma = /,/y;
const closing = /\)/y;
const item = /'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"/y;
const escape = /\\(?:([\\'"])|([nrt])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/g;
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Reads what the operator compares with, as the column's rule wants it. */
export function readValue(reader: Reader, operator: Operator, rule: ColumnRule): Comparison['value'] {
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') return undefined;
  if (operator === 'IN' || operator === 'NOT IN') return readList(reader);
  if (rule.value === 'text') {
    const text = reader.takeQuoted();
    if (text === undefined) throw reader.refuse("a text in quotes, such as 'value'");
    return text;
  }
  const digits = reader.take(numeral);
  if (digits === undefined) throw reader.refuse('a number, such as 0.95 or -1e-3, without quotes');
  return Number(digits);
}

function readList(reader: Reader): string[] {
  const position = reader.position;
  if (reader.take(opening) === undefined) throw reader.refuse("a list, such as ('a', 'b')");
  const items: string[] = [];
  for (;;) {
    reader.skipSpace();
    if (reader.take(closing) !== undefined) break;
    items.push(readItem(reader));
    reader.skipSpace();
    if (reader.take(comma) !== undefined) continue;
    if (reader.take(closing) !== undefined) break;
    throw reader.refuse('a comma or ); inside a list a backslash goes before a quote');
  }
  if (items.length === 0) throw reader.refuse('at least one text in the list', position);
  return items;
}

/** Only in lists do backslashes escape; a doubled quote has no meaning there. */
function readItem(reader: Reader): string {
  const text = reader.take(item)?.slice(1, -1);
  if (text === undefined) throw reader.refuse("a text in quotes, such as 'value'");
  return text.replace(escape, (_all, itself?: string, control?: string, two?: string, four?: string) => {
    return itself ?? (control === undefined ? character(two ?? four ?? '') : (controls[control] ?? control));
  });
}

function character(hex: string): string {
  return String.fromCharCode(parseInt(hex, 16));
}
