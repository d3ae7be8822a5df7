import { invalid } from '../errors';
import { readColumn, type KnownColumn } from './column';
import type { Comparison, Filter, Operator } from './filter';
import { Reader } from './reader';
import { readValue } from './value';
import type { Vocabulary } from './vocabulary';

/** The longest filter, in UTF-16 units: a tag's longest value several times over, or some 1,800 run ids in a list. */
export const maximalFilterLength = 65_536;
/** Each comparison is looked up in the database by itself. */
export const maximalComparisons = 100;

const keyword = /(?:IS\s+NOT\s+NULL|IS\s+NULL|NOT\s+IN|IN|LIKE|ILIKE)(?![\p{L}\p{N}_])/iuy;
const symbols = /[<>=!~]+/y;
const and = /AND(?![\p{L}\p{N}_])/iuy;

/**
 * Reads a filter: comparisons joined by AND; undefined or blank means no condition at all.
 * @throws AssayError `invalid` with the column, what was found there and what was expected
 */
export function parseFilter(text: string | undefined, vocabulary: Vocabulary, field = 'filter'): Filter {
  const terms: Filter[] = [];
  if (text === undefined) return { type: 'and', terms };
  refuseUnfit(text, field);
  const reader = new Reader(text, field);
  reader.skipSpace();
  if (reader.isAtEnd()) return { type: 'and', terms };
  for (;;) {
    if (terms.length === maximalComparisons) {
      throw invalid(`${field} has more than ${maximalComparisons} comparisons; search with fewer`, field);
    }
    terms.push(readComparison(reader, vocabulary));
    reader.skipSpace();
    if (reader.isAtEnd()) return { type: 'and', terms };
    if (reader.take(and) === undefined) {
      throw reader.refuse('AND or the end (OR, NOT and parentheses are not part of this language)');
    }
    reader.skipSpace();
  }
}

/** @throws AssayError `invalid` */
export function refuseUnfit(text: string, field: string, limit: number = maximalFilterLength): void {
  if (text.length > limit) {
    throw invalid(`${field} has ${text.length} characters; at most ${limit} are allowed`, field);
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) throw invalid(`${field}, column ${nul + 1}: found a NUL character, which no name or value has`, field);
}

function readComparison(reader: Reader, vocabulary: Vocabulary): Comparison {
  const known = readColumn(reader, vocabulary);
  reader.skipSpace();
  const operator = readOperator(reader, known);
  reader.skipSpace();
  const value = readValue(reader, operator, known.rule);
  return { type: 'comparison', column: known.column, operator, value };
}

function readOperator(reader: Reader, { column, rule }: KnownColumn): Operator {
  const position = reader.position;
  const written = reader.take(symbols) ?? reader.take(keyword);
  const operator = written?.toUpperCase().replace(/\s+/g, ' ');
  const known = rule.operators.find((candidate) => candidate === operator);
  if (known === undefined) {
    throw reader.refuse(`for ${column.kind} ${column.name} one of ${rule.operators.join(', ')}`, position);
  }
  return known;
}
