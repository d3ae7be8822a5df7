import { Fields } from '../wire';
import { appendModel, readModel } from './model-history';

const model = { run_id: 'r', artifact_path: 'model', utc_time_created: 't', model_uuid: 'u', flavors: {} };

describe('readModel', () => {
  it("keeps what tells models apart, without the flavors' own configuration", () => {
    const sent = { ...model, signature: {}, flavors: { sklearn: { version: '1', config: { key: 'secret' } } } };
    expect(readModel(new Fields({ model_json: JSON.stringify(sent) }))).toEqual({
      ...model,
      flavors: { sklearn: { version: '1' } },
    });
  });

  it('names the fields that are missing', () => {
    const fields = new Fields({ model_json: JSON.stringify({ run_id: 'r', flavors: {} }) });
    expect(() => readModel(fields)).toThrow("missing mandatory fields: {'artifact_path', 'utc_time_created'}");
  });

  it.each(['{', '[]', '3', 'null'])('refuses %j', (text) => {
    expect(() => readModel(new Fields({ model_json: text }))).toThrow('Malformed model info.');
  });
});

describe('appendModel', () => {
  it('begins a list and goes on with it', () => {
    const first = appendModel(undefined, { a: 1 }, 100);
    expect(JSON.parse(appendModel(first, { a: 2 }, 100))).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('begins anew when the tag holds something else', () => {
    expect(appendModel('not JSON', { a: 1 }, 100)).toBe('[{"a":1}]');
    expect(appendModel('{"a":0}', { a: 1 }, 100)).toBe('[{"a":1}]');
  });

  it('lets the oldest go when the tag is full, and refuses a model that does not fit alone', () => {
    expect(appendModel('[{"a":1},{"a":2}]', { a: 3 }, 17)).toBe('[{"a":2},{"a":3}]');
    expect(() => appendModel(undefined, { a: 'x'.repeat(20) }, 17)).toThrow('may have 17 characters');
  });
});
