import type { Comparison, Filter } from './filter';

/**
 * The SQL of a filter, given the one of each comparison. It is null where an absent value keeps it from holding; under a NOT such a
 * comparison does not hold, whereas SQL alone would leave it open.
 */
export function filterSql(filter: Filter, comparisonSql: (comparison: Comparison) => string): string {
  if (filter.type === 'comparison') return comparisonSql(filter);
  if (filter.type === 'not') return `(${filterSql(filter.term, comparisonSql)}) IS NOT TRUE`;
  if (filter.terms.length === 0) return 'true';
  const word = filter.type === 'and' ? ' AND ' : ' OR ';
  return filter.terms.map((term) => `(${filterSql(term, comparisonSql)})`).join(word);
}
