import fc from 'fast-check';
import { JsonEntry } from './json-entry';

const members = ['value', 'step', 'name', 'list', 'inner'];

describe('an entry of a JSON body', () => {
  it.each<[string, unknown, (entry: JsonEntry) => unknown, RegExp]>([
    ['a list instead of an object', [], () => 0, /^The body must be a JSON object/],
    ['a member that nobody knows', { strange: 1 }, () => 0, /^strange is not known; there are value, step/],
    [
      'a text as a whole number',
      { step: '1' },
      (entry) => entry.whole('step', 0),
      /^step must be a whole number from 0/,
    ],
    [
      'a number below the least',
      { step: -1 },
      (entry) => entry.whole('step', 0),
      /^step must be a whole number from 0/,
    ],
    ['a missing number', {}, (entry) => entry.whole('step', 0), /^step is missing/],
    ['a text that is no number', { value: '1' }, (entry) => entry.number('value'), /^value must be a number/],
    ['no value', {}, (entry) => entry.number('value'), /^value must be a number/],
    ['no text', { name: null }, (entry) => entry.text('name'), /^name is missing/],
    ['an object as a list', { list: {} }, (entry) => entry.entries('list', []), /^list must be a list/],
    ['a text in a list', { list: [{}, 'a'] }, (entry) => entry.entries('list', []), /^list\[1\] must be a JSON object/],
    ['a strange member inside', { inner: { a: 1 } }, (entry) => entry.entry('inner', ['b']), /^inner\.a is not known/],
    [
      'a wrong member in a list',
      { list: [{ step: 0.5 }] },
      (entry) => entry.entries('list', ['step']).map((one) => one.whole('step', 0)),
      /^list\[0\]\.step must be/,
    ],
  ])('refuses %s', (_what, body, read, message) => {
    expect(() => read(JsonEntry.of(body, members))).toThrow(message);
  });

  it('reads every number as it was written', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const written = Number.isFinite(value) ? value : String(value);
        const read = JsonEntry.of(JSON.parse(JSON.stringify({ value: written })), members).number('value');
        expect(read).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('takes null for absent', () => {
    const entry = JsonEntry.of({ name: null, step: null, list: null, inner: null }, members);
    expect(entry.optionalText('name')).toBeUndefined();
    expect(entry.optionalWhole('step', 0)).toBeUndefined();
    expect(entry.entries('list', [])).toEqual([]);
    expect(entry.entry('inner', [])).toBeUndefined();
  });
});
