import { twoProjects } from '../scene';
import type { Answer } from '../support';

const invalid = [400, 'INVALID_PARAMETER_VALUE'];

function outcome({ status, body }: Answer): unknown[] {
  return [status, body['error_code']];
}

/** Bodies as other clients than Python's write them, byte by byte: JavaScript's own JSON would not. */
describe('a value on the wire', () => {
  const { mine } = twoProjects();

  const send = (endpoint: string, raw: string, headers = { 'content-type': 'application/json' }): Promise<Answer> =>
    mine().post(endpoint, undefined, { raw, headers });

  async function metric(fields: string): Promise<unknown> {
    const run = await mine().createRun();
    const answer = await send('runs/log-metric', `{"run_id":"${run}","key":"m",${fields}}`);
    if (answer.status !== 200) return outcome(answer);
    const { value, timestamp, step } = ((await mine().run(run)).data.metrics ?? [])[0] as Record<string, unknown>;
    return [value, timestamp, step];
  }

  it.each([
    ['numbers', '"value":0.5,"timestamp":1700000000000,"step":7', [0.5, 1_700_000_000_000, 7]],
    [
      'int64 as text, as Java sends it',
      '"value":0.5,"timestamp":"1700000000000","step":"7"',
      [0.5, 1_700_000_000_000, 7],
    ],
    ['whole floats for int64', '"value":1,"timestamp":12.0,"step":1e1', [1, 12, 10]],
    ['negative steps', '"value":1,"timestamp":1,"step":"-9"', [1, 1, -9]],
    ['a double as text', '"value":"1e-3","timestamp":1', [0.001, 1, 0]],
    ['NaN in quotes', '"value":"NaN","timestamp":1', ['NaN', 1, 0]],
    ['infinity in quotes', '"value":"-Infinity","timestamp":1', ['-Infinity', 1, 0]],
    ['NaN without quotes, as Python’s json writes it', '"value":NaN,"timestamp":1', ['NaN', 1, 0]],
    [
      'infinity without quotes',
      '"note":"a \\"NaN\\" in it, Infinity","value":-Infinity,"timestamp":1',
      ['-Infinity', 1, 0],
    ],
    ['null for what may be absent', '"value":1,"timestamp":1,"step":null', [1, 1, 0]],
    ['fields that nobody knows', '"value":1,"timestamp":1,"colour":{"red":[1]}', [1, 1, 0]],
    ['int64 with a fraction', '"value":1,"timestamp":1.5', invalid],
    ['int64 in words', '"value":1,"timestamp":"soon"', invalid],
    ['int64 beyond what can come back', '"value":1,"timestamp":"9223372036854775807"', invalid],
    ['a double in words', '"value":"high","timestamp":1', invalid],
    ['a double beyond the largest', '"value":1e999,"timestamp":1', invalid],
    ['true for a double', '"value":true,"timestamp":1', invalid],
    ['a list for a double', '"value":[1],"timestamp":1', invalid],
  ])('may be, or not: %s', async (_what, fields, expected) => {
    expect(await metric(fields)).toEqual(expected);
  });

  it('has its name in snake_case or camelCase, but not in both', async () => {
    const run = await mine().createRun();
    const camel = `{"runId":"${run}","key":"m","value":1,"timestamp":1}`;
    expect(outcome(await send('runs/log-metric', camel))).toEqual([200, undefined]);
    const both = await send('runs/log-metric', camel.replace('{', `{"run_id":"${run}",`));
    expect(outcome(both)).toEqual(invalid);
    expect(both.body['message']).toContain("both 'run_id' and 'runId'");
  });

  it.each([
    ['2', 200],
    ['2.0', 200],
    ['"2"', 200],
    ['"DELETED_ONLY"', 200],
    ['9', 400],
    ['"deleted_only"', 400],
    ['true', 400],
  ])('of an enum may be its name or number: %s is answered %i', async (view, status) => {
    const answer = await send('runs/search', `{"experiment_ids":["0"],"run_view_type":${view}}`);
    expect(answer.status).toBe(status);
  });

  it.each(['', '{', 'garbage', '[]', '7', 'null', '"text"', '\ufeff', '{"experiment_ids":'])(
    'is absent when the body is %j: an empty message',
    async (raw) => {
      const search = await send('runs/search', raw);
      expect([search.status, search.text]).toEqual([200, '{}']);
      const metric = await send('runs/log-metric', raw);
      expect(outcome(metric)).toEqual(invalid);
      expect(metric.body['message']).toContain("Missing value for required parameter 'run_id'.");
    },
  );

  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
    ['text/plain', 400],
    ['text/json', 400],
    ['application/x-www-form-urlencoded', 400],
    ['multipart/form-data; boundary=x', 400],
  ])('is read from a POST of %s: %i', async (type, status) => {
    const answer = await send('runs/search', '{"experiment_ids":["0"]}', { 'content-type': type });
    expect(answer.status).toBe(status);
  });
});
