import fc from 'fast-check';
import { AssayError } from '../errors';
import type { Comparison, Filter } from './filter';
import { maximalComparisons, maximalDepth, maximalFilterLength, parseFilter } from './parse-filter';
import { parseOrder } from './parse-order';
import { listOperators, numberOperators, optionalTextOperators, textOperators, type Vocabulary } from './vocabulary';

const vocabulary: Vocabulary = {
  prefixes: new Map([
    ['metrics', 'metric'],
    ['metric', 'metric'],
    ['tags', 'tag'],
    ['attributes', 'attribute'],
  ]),
  kinds: new Map<string, Vocabulary['kinds'] extends ReadonlyMap<string, infer Kind> ? Kind : never>([
    ['metric', { value: 'number', operators: numberOperators }],
    ['tag', { value: 'text', operators: optionalTextOperators, ordered: false }],
    [
      'attribute',
      new Map([
        ['name', { value: 'text', operators: textOperators }],
        ['id', { value: 'text', operators: listOperators }],
        ['title', { value: 'text', operators: textOperators, name: 'name' }],
      ]),
    ],
  ]),
  bare: 'attribute',
};

function terms(text: string): readonly Filter[] {
  const filter = parseFilter(text, vocabulary);
  return filter.type === 'and' ? filter.terms : [filter];
}

function refusal(read: () => unknown): AssayError {
  try {
    read();
  } catch (error) {
    if (error instanceof AssayError && error.kind === 'invalid') return error;
    throw error;
  }
  throw new Error('It was not refused');
}

function refused(text: string): string {
  return refusal(() => parseFilter(text, vocabulary)).message;
}

/** Whatever else it throws is a defect. */
function parseOrRefuse(text: string): void {
  for (const read of [() => parseFilter(text, vocabulary), () => parseOrder([text], vocabulary)]) {
    try {
      read();
    } catch (error) {
      expect(error).toMatchObject({ name: 'AssayError', kind: 'invalid' });
    }
  }
}

describe('a filter', () => {
  it('is comparisons joined by AND', () => {
    expect(terms("metrics.loss <= -1.5e-3 and tags.`a b` ILIKE '%x%' AND id NOT IN ('1', \"2\",)")).toEqual([
      { type: 'comparison', column: { kind: 'metric', name: 'loss' }, operator: '<=', value: -0.0015 },
      { type: 'comparison', column: { kind: 'tag', name: 'a b' }, operator: 'ILIKE', value: '%x%' },
      { type: 'comparison', column: { kind: 'attribute', name: 'id' }, operator: 'NOT IN', value: ['1', '2'] },
    ]);
  });

  it('holds always when it is absent or blank', () => {
    for (const text of [undefined, '', ' \n\t']) {
      expect(parseFilter(text, vocabulary)).toEqual({ type: 'and', terms: [] });
    }
  });

  it('binds NOT before AND before OR, as SQL does, whatever the case and the spaces', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => parseFilter(`metrics.${name} > 1`, vocabulary)) as [
      Filter,
      Filter,
      Filter,
    ];
    const all: [string, Filter][] = [
      ['a OR b AND c', { type: 'or', terms: [a, { type: 'and', terms: [b, c] }] }],
      ['a and b or c', { type: 'or', terms: [{ type: 'and', terms: [a, b] }, c] }],
      ['(a OR b)AND(c)', { type: 'and', terms: [{ type: 'or', terms: [a, b] }, c] }],
      ['NOT a AND b', { type: 'and', terms: [{ type: 'not', term: a }, b] }],
      ['not(a AND b)OR c', { type: 'or', terms: [{ type: 'not', term: { type: 'and', terms: [a, b] } }, c] }],
      [' NOT\tNOT a ', { type: 'not', term: { type: 'not', term: a } }],
      ['( a OR ( b OR c ) )', { type: 'or', terms: [a, { type: 'or', terms: [b, c] }] }],
    ];
    for (const [short, tree] of all) {
      const text = short.replace(/\b[abc]\b/g, (name) => `metrics.${name} > 1`);
      expect([text, parseFilter(text, vocabulary)]).toEqual([text, tree]);
    }
  });

  it('reads an alias as the column that it stands for', () => {
    expect(terms("title = 'x'")).toEqual(terms("attributes.name = 'x'"));
  });

  it.each([
    ["metrics.a > 1 XOR tags.b = 'x'", 'column 15: found XOR, expected AND, OR or the end'],
    ['metrics.a > 1 OR', 'column 17: found the end, expected a column'],
    ['OR metrics.a > 1', 'column 1: found OR, expected for attribute one of name, id, title'],
    ['metrics.a > 1 AND OR metrics.a > 1', 'column 19: found OR, expected for attribute one of'],
    ['metrics.a > 1 NOT metrics.a > 1', 'column 15: found NOT, expected AND, OR or the end'],
    ['NOT', 'column 4: found the end, expected a column'],
    ["NOT.a = 'x'", 'column 1: found NOT.a, expected one of metrics'],
    ['(metrics.a > 1', 'column 15: found the end, expected AND, OR or )'],
    ['metrics.a > 1)', 'column 14: found ), expected AND, OR or the end'],
    ['()', 'column 2: found ), expected a column, such as metric.name, tag.name, name'],
    ['metrics.a > (1)', 'column 13: found (, expected a number'],
    ["tags.a NOT LIKE 'x'", 'column 8: found NOT, expected for tag a one of'],
    ['metrics.a > ', 'column 13: found the end, expected a number'],
    ["metrics.a > '1'", "column 13: found '1', expected a number"],
    ['metrics.a > NaN', 'column 13: found NaN, expected a number'],
    ['metrics.a LIKE 1', 'column 11: found LIKE, expected for metric a one of =, !=, <, <=, >, >='],
    ['metrics.a == 1', 'column 11: found ==, expected for metric a one of =, !=, <, <=, >, >='],
    ['metrics.a-b > 1', 'column 10: found -, expected a space or an operator; a name with other characters'],
    ['metrics. > 1', 'column 9: found a space, expected a name after the dot'],
    ['params.a > 1', 'column 1: found params.a, expected one of metrics, metric, tags, attributes before the dot'],
    ['Metrics.a > 1', 'column 1: found Metrics.a, expected one of'],
    ['constructor.a > 1', 'column 1: found constructor.a, expected one of'],
    ["constructor = 'x'", 'column 1: found constructor, expected for attribute one of name, id, title'],
    ['tags.a = x', 'column 10: found x, expected a text in quotes'],
    ["tags.a = 'x", "column 10: found ', expected a text in quotes"],
    ['id IN ()', 'column 7: found (, expected at least one text in the list'],
    ["id IN ('a' 'b')", "column 12: found 'b', expected a comma or )"],
    ['id IN (1)', 'column 8: found 1, expected a text in quotes'],
  ])('refuses %s and says where', (text, message) => {
    expect(refused(text)).toContain(`filter, ${message}`);
    expect(refusal(() => parseFilter(text, vocabulary)).field).toBe('filter');
  });

  it('is refused when it is too long, or has too many comparisons', () => {
    expect(refused(' '.repeat(maximalFilterLength + 1))).toContain(`at most ${maximalFilterLength} are allowed`);
    const many = Array.from({ length: maximalComparisons }, () => 'metrics.a > 1').join(' AND ');
    expect(terms(many)).toHaveLength(maximalComparisons);
    expect(refused(`${many} AND metrics.a > 1`)).toContain(`more than ${maximalComparisons} comparisons`);
    expect(refused(`(${many}) OR NOT metrics.a > 1`)).toContain(`more than ${maximalComparisons} comparisons`);
  });

  it.each(['(', 'NOT '])('is refused when it is nested too deep with %s', (piece) => {
    const nested = (depth: number): string =>
      `${piece.repeat(depth)}metrics.a > 1${piece === '(' ? ')'.repeat(depth) : ''}`;
    expect(() => parseFilter(`${nested(maximalDepth)} AND ${nested(maximalDepth)}`, vocabulary)).not.toThrow();
    expect(refused(nested(maximalDepth + 1))).toContain(`nested more than ${maximalDepth} deep`);
  });

  it('is refused when it has a NUL character, which PostgreSQL could not take', () => {
    expect(refused("tags.a = '\0'")).toContain('filter, column 11: found a NUL character');
  });

  it('keeps what stands between quotes, but reads backslashes in lists', () => {
    expect(terms("tags.a = 'it''s' AND tags.b = 'a\\'b'")).toMatchObject([{ value: "it''s" }, { value: "a\\'b" }]);
    expect(terms(String.raw`id IN ('a\'b', "\x41\u00e9\n", '\d')`)).toMatchObject([{ value: ["a'b", 'Aé\n', '\\d'] }]);
  });

  it('reads what was read, printed, the same again', () => {
    fc.assert(
      fc.property(fc.array(comparisons, { maxLength: 5 }), (some) => {
        expect(terms(some.map(print).join(' AND '))).toEqual(some);
      }),
    );
  });

  it('reads a tree, printed, the same again', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(parseFilter(printTree(tree), vocabulary)).toEqual(tree);
      }),
    );
  });

  it('refuses garbage as invalid, and soon', () => {
    const pieces = fc.constantFrom(
      'metrics',
      '.',
      'a',
      ' ',
      '=',
      '>',
      '1',
      "'",
      '"',
      '`',
      '(',
      ')',
      ',',
      'IN',
      'IS',
      'NULL',
      'AND',
      'OR',
      'NOT',
      '\\',
      'tags',
      '-',
      'é',
      '😀',
      '\ud800',
    );
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        parseOrRefuse(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(["'", '"', '`', "\\'", "''", '(', 'a.', '- ', "tags.a = '", "id IN ('a',"])(
    'reads the longest run of %s at once',
    (piece) => {
      const text = piece.repeat(Math.floor(maximalFilterLength / piece.length));
      const began = performance.now();
      for (const whole of [text, `tags.a = ${text.slice(20)}`, `id IN (${text.slice(20)}`]) parseOrRefuse(whole);
      expect(performance.now() - began).toBeLessThan(500);
    },
  );
});

describe('an order', () => {
  it('has a limit of clauses', () => {
    const clauses = Array.from({ length: 21 }, (_each, index) => `metrics.a${index}`);
    expect(refusal(() => parseOrder(clauses, vocabulary)).message).toContain('at most 20 are allowed');
  });

  it('is columns with a direction, ascending unless told', () => {
    expect(parseOrder(['metrics.`a b` desc', 'name', ' id  ASC '], vocabulary)).toEqual([
      { column: { kind: 'metric', name: 'a b' }, descending: true },
      { column: { kind: 'attribute', name: 'name' }, descending: false },
      { column: { kind: 'attribute', name: 'id' }, descending: false },
    ]);
  });

  it.each([
    [['metrics.a up'], 'column 11: found up, expected ASC, DESC or the end'],
    [['metrics.a DESC, name'], 'column 15: found ,, expected ASC, DESC or the end'],
    [['tags.a'], 'column 1: found tags.a, expected a column that can be ordered by'],
    [[''], 'column 1: found the end, expected a column'],
    [['name', 'title DESC'], 'names attribute name twice'],
  ])('refuses %j and says why', (clauses, message) => {
    expect(refusal(() => parseOrder(clauses, vocabulary))).toMatchObject({
      field: 'order_by',
      message: expect.stringContaining(message) as string,
    });
  });
});

const safe = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', '%', '_', '日', '😀', '.', '-', "'"), maxLength: 12 });
const names = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', '/', '"', "'", '.', '日'), minLength: 1, maxLength: 8 });

function comparison(
  kind: string,
  name: fc.Arbitrary<string>,
  operators: readonly string[],
  value: fc.Arbitrary<Comparison['value']>,
): fc.Arbitrary<Comparison> {
  return fc.record({
    type: fc.constant('comparison' as const),
    column: fc.record({ kind: fc.constant(kind), name }),
    operator: fc.constantFrom(...(operators as Comparison['operator'][])),
    value,
  });
}

const comparisons = fc.oneof(
  comparison('metric', names, numberOperators, fc.double({ noNaN: true, noDefaultInfinity: true })),
  comparison('tag', names, textOperators, safe),
  comparison('tag', names, ['IS NULL', 'IS NOT NULL'], fc.constant(undefined)),
  comparison('attribute', fc.constant('id'), ['IN', 'NOT IN'], fc.array(safe, { minLength: 1, maxLength: 4 })),
);

const { tree: trees } = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparisons,
    fc.record({ type: fc.constant('not' as const), term: tie('tree') }),
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      terms: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

function printTree(tree: Filter): string {
  if (tree.type === 'comparison') return print(tree);
  if (tree.type === 'not')
    return tree.term.type === 'comparison' ? `not ${print(tree.term)}` : `NOT(${printTree(tree.term)})`;
  return tree.terms
    .map((term) => (term.type === 'comparison' || term.type === 'not' ? printTree(term) : `(${printTree(term)})`))
    .join(` ${tree.type} `);
}

function print({ column, operator, value }: Comparison): string {
  const text = Array.isArray(value)
    ? `(${value.map((item) => JSON.stringify(item)).join(', ')})`
    : printOne(value as string);
  return `${column.kind === 'attribute' ? 'attributes' : `${column.kind}s`}.\`${column.name}\` ${operator} ${text}`;
}

function printOne(value: string | number | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? `"${value}"` : Object.is(value, -0) ? '-0' : String(value);
}
