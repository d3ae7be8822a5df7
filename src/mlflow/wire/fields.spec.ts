import fc from 'fast-check';
import { AssayError } from '../../common';
import { Fields, type WireEnum } from './fields';

const seeDocs = 'See the API docs for more information about request parameters.';
const views: WireEnum<string> = [
  ['ACTIVE_ONLY', 1, 'active'],
  ['ALL', 3, 'all'],
];

function refusal(read: () => unknown): AssayError {
  try {
    read();
  } catch (error) {
    if (error instanceof AssayError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('Fields of a body', () => {
  it('reads snake_case and camelCase names', () => {
    expect(new Fields({ run_id: 'a' }).string('run_id')).toBe('a');
    expect(new Fields({ runId: 'a' }).string('run_id')).toBe('a');
  });

  it('refuses one field under both names', () => {
    const error = refusal(() => new Fields({ run_id: 'a', runId: 'b' }).string('run_id'));
    expect(error.message).toBe("Request specifies both 'run_id' and 'runId'; provide only one of them.");
  });

  it('takes null and a missing field for absent', () => {
    expect(new Fields({ step: null }).int('step')).toBeUndefined();
    expect(new Fields({}).string('key')).toBeUndefined();
    expect(new Fields({ tags: null }).messages('tags')).toEqual([]);
  });

  it.each([{}, { key: '' }, { key: null }])('says which required text is missing in %j', (body) => {
    const error = refusal(() => new Fields(body).requiredString('key'));
    expect(error.message).toBe(`Missing value for required parameter 'key'. ${seeDocs}`);
    expect(error.kind).toBe('invalid');
  });

  it.each([
    [31, 'int'],
    [3.5, 'float'],
    [true, 'bool'],
    [[], 'list'],
    [{}, 'dict'],
  ])('says that a text is no %j', (value, type) => {
    const error = refusal(() => new Fields({ run_id: value }).string('run_id'));
    expect(error.message).toBe(
      `Invalid value ${JSON.stringify(value)} for parameter 'run_id' supplied: Hint: Value was of type '${type}'. ${seeDocs}`,
    );
    expect(error.field).toBe('run_id');
  });

  it.each(['a\0b', 'a\ud800b'])('refuses text that cannot be kept: %j', (value) => {
    expect(refusal(() => new Fields({ key: value }).string('key')).message).toContain("for parameter 'key' supplied");
  });

  it.each([
    [12, 12],
    [12.0, 12],
    ['12', 12],
    ['-9007199254740991', -9007199254740991],
    [-0, 0],
  ])('reads the int64 %j', (value, expected) => {
    expect(new Fields({ step: value }).int('step')).toBe(expected);
  });

  it.each([1.5, '1.0', '1e3', '', ' 1', 'x', true, [], {}, '9007199254740992'])('refuses the int64 %j', (value) => {
    expect(refusal(() => new Fields({ step: value }).int('step')).field).toBe('step');
  });

  it('says the range of an int64 that is too large to come back as itself', () => {
    const error = refusal(() => new Fields({ step: 2 ** 53 }).int('step'));
    expect(error.message).toContain('It must be an integer from -(2^53 - 1) to 2^53 - 1.');
  });

  it.each([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['inf', Infinity],
    ['1e-3', 0.001],
    ['.5', 0.5],
    [3, 3],
  ])('reads the double %j', (value, expected) => {
    expect(new Fields({ value }).requiredDouble('value')).toBe(expected);
  });

  it.each(['nan', 'x', '1_0', '0x10', true, [], {}, Infinity])('refuses the double %j', (value) => {
    expect(refusal(() => new Fields({ value }).requiredDouble('value')).field).toBe('value');
  });

  it('reads every double that was written as JSON or as text exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const body = JSON.parse(JSON.stringify({ a: value, b: String(value) })) as Record<string, unknown>;
        const read = new Fields(body);
        return read.requiredDouble('a') === value && read.requiredDouble('b') === value;
      }),
    );
  });

  it('reads enums by name and by number, and names them all when it refuses', () => {
    expect(new Fields({ view: 'ALL' }).enum('view', views)).toBe('all');
    expect(new Fields({ view: 1 }).enum('view', views)).toBe('active');
    expect(refusal(() => new Fields({ view: 'all' }).enum('view', views)).message).toBe(
      'Invalid value "all" for parameter \'view\' supplied: It must be one of ACTIVE_ONLY, ALL.',
    );
  });

  it('names the place of a field inside lists and messages', () => {
    const body = { metrics: [{ key: 'a' }, {}], datasets: [{ dataset: {} }] };
    const second = new Fields(body).messages('metrics')[1];
    expect(refusal(() => second?.requiredString('key')).field).toBe('metrics[1].key');
    const dataset = new Fields(body).messages('datasets')[0]?.message('dataset');
    expect(refusal(() => dataset?.requiredString('name')).field).toBe('datasets[0].dataset.name');
  });

  it('refuses lists that are none, and items of the wrong type', () => {
    expect(refusal(() => new Fields({ tags: 'x' }).messages('tags')).field).toBe('tags');
    expect(refusal(() => new Fields({ tags: ['x'] }).messages('tags')).field).toBe('tags[0]');
    expect(refusal(() => new Fields({ order_by: [1] }).strings('order_by')).field).toBe('order_by');
  });
});

describe('Fields of a query', () => {
  it('takes a key that stands once for a list of one', () => {
    expect(Fields.ofQuery('/x?order_by=name').strings('order_by')).toEqual(['name']);
    expect(Fields.ofQuery('/x?order_by=a&order_by=b%20DESC').strings('order_by')).toEqual(['a', 'b DESC']);
  });

  it('reads numbers, booleans and enums from text, and the first of a repeated key', () => {
    const fields = Fields.ofQuery('/x?max_results=5&all=True&view_type=3&run_id=a&run_id=b');
    expect(fields.int('max_results')).toBe(5);
    expect(fields.bool('all')).toBe(true);
    expect(fields.enum('view_type', views)).toBe('all');
    expect(fields.string('run_id')).toBe('a');
  });

  it('is empty without a query', () => {
    expect(Fields.ofQuery('/x').has('run_id')).toBe(false);
    expect(Fields.ofQuery('/x?__proto__=1').string('constructor')).toBeUndefined();
  });
});
