import { SchemaChecker, type Schema } from './schema';

const checker = new SchemaChecker({
  components: {
    schemas: {
      Dot: { type: 'object', properties: { x: { type: 'integer' }, y: { type: 'number' } }, required: ['x'] },
      Line: { type: 'object', properties: { dots: { type: 'array', items: { $ref: '#/components/schemas/Dot' } } } },
    },
  },
});
const line = { $ref: '#/components/schemas/Line' };

describe('the comparison of answers with their schemas', () => {
  it.each<[string, unknown, Schema]>([
    ['what fits', { dots: [{ x: 1, y: 0.5 }, { x: 2 }] }, line],
    ['null where that may be', null, { type: 'string', nullable: true }],
    ['one of several', 'NaN', { oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN'] }] }],
    ['a time', '2026-01-02T03:04:05.678Z', { type: 'string', format: 'date-time' }],
    ['any of several', { x: 1 }, { anyOf: [line, { $ref: '#/components/schemas/Dot' }] }],
  ])('passes %s', (_what, value, schema) => {
    expect(checker.errors(value, schema)).toEqual([]);
  });

  it.each<[string, unknown, Schema, RegExp]>([
    ['a missing member', { dots: [{}] }, line, /\$\.dots\[0\]: x is missing/],
    ['a member that nobody documented', { dots: [{ x: 1, z: 1 }] }, line, /z is not documented/],
    ['a fraction for a whole number', { dots: [{ x: 0.5 }] }, line, /is no integer/],
    ['null where that may not be', { dots: null }, line, /is no array/],
    ['a wrong choice', 'Inf', { type: 'string', enum: ['NaN'] }, /none of the choices/],
    ['a time of another form', 'yesterday', { type: 'string', format: 'date-time' }, /is no date-time/],
    ['what fits none of several', 'a', { anyOf: [{ type: 'number' }, line] }, /is no number/],
    ['what fits two of one', 1, { oneOf: [{ type: 'number' }, { type: 'integer' }] }, /fits 2 of oneOf/],
    ['a schema that is not there', 1, { $ref: '#/components/schemas/Nothing' }, /there is no schema Nothing/],
  ])('finds %s', (_what, value, schema, error) => {
    expect(checker.errors(value, schema).join('; ')).toMatch(error);
  });

  it('does not pass over what it does not know', () => {
    expect(() => checker.errors(1, { multipleOf: 2 })).toThrow(/multipleOf/);
  });
});
