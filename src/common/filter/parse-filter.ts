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
/** How many parentheses and NOTs may be open at once. */
export const maximalDepth = 20;

const keyword = /(?:IS\s+NOT\s+NULL|IS\s+NULL|NOT\s+IN|IN|LIKE|ILIKE)(?![\p{L}\p{N}_])/iuy;
const symbols = /[<>=!~]+/y;
const and = /AND(?![\p{L}\p{N}_])/iuy;
const or = /OR(?![\p{L}\p{N}_])/iuy;
const not = /NOT(?![\p{L}\p{N}_.])/iuy;
const opening = /\(/y;
const closing = /\)/y;

/**
 * Reads a filter: comparisons with NOT, AND and OR, which bind in this order, and parentheses; undefined or blank means no condition at all.
 * @throws AssayError `invalid` with the column, what was found there and what was expected
 */
export function parseFilter(text: string | undefined, vocabulary: Vocabulary, field = 'filter'): Filter {
  if (text === undefined) return { type: 'and', terms: [] };
  refuseUnfit(text, field);
  const reader = new Reader(text, field);
  reader.skipSpace();
  if (reader.isAtEnd()) return { type: 'and', terms: [] };
  const filter = new FilterParser(reader, vocabulary, field).readAlternatives();
  if (!reader.isAtEnd()) throw reader.refuse('AND, OR or the end');
  return filter;
}

/** @throws AssayError `invalid` */
export function refuseUnfit(text: string, field: string, limit: number = maximalFilterLength): void {
  if (text.length > limit) {
    throw invalid(`${field} has ${text.length} characters; at most ${limit} are allowed`, field);
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) throw invalid(`${field}, column ${nul + 1}: found a NUL character, which no name or value has`, field);
}

/** One method for each strength of binding; each begins at a word and leaves no space behind it. */
class FilterParser {
  private comparisons = 0;
  private depth = 0;

  constructor(
    private readonly reader: Reader,
    private readonly vocabulary: Vocabulary,
    private readonly field: string,
  ) {}

  readAlternatives(): Filter {
    return this.readJoined(or, 'or', () => this.readJoined(and, 'and', () => this.readTerm()));
  }

  private readJoined(word: RegExp, type: 'and' | 'or', read: () => Filter): Filter {
    const first = read();
    const terms = [first];
    while (this.reader.take(word) !== undefined) {
      this.reader.skipSpace();
      terms.push(read());
    }
    return terms.length === 1 ? first : { type, terms };
  }

  private readTerm(): Filter {
    const term = this.readNested() ?? this.readComparison();
    this.reader.skipSpace();
    return term;
  }

  private readNested(): Filter | undefined {
    const negated = this.reader.take(not) !== undefined;
    if (!negated && this.reader.take(opening) === undefined) return undefined;
    if (this.depth === maximalDepth) {
      throw invalid(
        `${this.field} is nested more than ${maximalDepth} deep; write it with fewer parentheses and NOTs`,
        this.field,
      );
    }
    this.depth += 1;
    this.reader.skipSpace();
    const filter: Filter = negated ? { type: 'not', term: this.readTerm() } : this.readAlternatives();
    if (!negated && this.reader.take(closing) === undefined) throw this.reader.refuse('AND, OR or )');
    this.depth -= 1;
    return filter;
  }

  private readComparison(): Comparison {
    if (this.comparisons === maximalComparisons) {
      throw invalid(`${this.field} has more than ${maximalComparisons} comparisons; search with fewer`, this.field);
    }
    this.comparisons += 1;
    const known = readColumn(this.reader, this.vocabulary);
    this.reader.skipSpace();
    const operator = readOperator(this.reader, known);
    this.reader.skipSpace();
    const value = readValue(this.reader, operator, known.rule);
    return { type: 'comparison', column: known.column, operator, value };
  }
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
