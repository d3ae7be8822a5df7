import { invalid } from '../common';

/** Longest text of a query parameter, in characters. */
const limit = 4_000;

/** One text of the address's query; empty and missing are the same. */
export function queryText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > limit) {
    throw invalid(`${name} must be given once, with at most ${String(limit)} characters`, name);
  }
  return value;
}
