import fc from 'fast-check';
import { attributeColumns, readFields } from './field-selection';

function read(...texts: string[]): unknown {
  const { attributes, lists } = readFields(texts) ?? { attributes: [], lists: new Map() };
  return [attributes, Object.fromEntries(lists)];
}

describe('fields', () => {
  it('are everything when there is no parameter', () => {
    expect(readFields(undefined)).toBeUndefined();
  });

  it.each<[string[], unknown]>([
    [['iid,name'], [['iid', 'name'], {}]],
    [
      ['iid', ' name , iid'],
      [['iid', 'name'], {}],
    ],
    [['metrics'], [[], { metrics: 'all' }]],
    [
      ['metrics.acc,metrics.a/b.c', 'tags'],
      [[], { metrics: ['acc', 'a/b.c'], tags: 'all' }],
    ],
    [['params.lr,params,params.depth'], [[], { params: 'all' }]],
    [['inputs'], [[], { inputs: 'all' }]],
  ])('%j are read', (texts, expected) => {
    expect(read(...texts)).toEqual(expected);
  });

  it.each(['', 'iid,', 'run_id', 'inputs.a', 'metrics.', 'tags.a\0', '__proto__', 'constructor', 'metric.a'])(
    '%j are refused',
    (text) => {
      expect(() => readFields([text])).toThrow(/^fields has .*, which is none of iid, eid/);
    },
  );

  it('are at most 500', () => {
    expect(() => readFields([Array.from({ length: 501 }, (_, at) => `tags.t${at}`).join(',')])).toThrow(
      /500 is the most/,
    );
  });

  it('name whatever name a metric may have', () => {
    const name = fc
      .string({ unit: fc.constantFrom('a', 'b', '.', ':', '/', '_', '-', ' '), minLength: 1 })
      .filter((text) => text.trim() === text);
    fc.assert(
      fc.property(name, (metric) => {
        expect(read(`iid,metrics.${metric}`)).toEqual([['iid'], { metrics: [metric] }]);
      }),
    );
  });

  it('only ever name columns that are there', () => {
    expect(Object.values(attributeColumns).every((column) => /^c\.[a-z_]+$/.test(column))).toBe(true);
  });
});
