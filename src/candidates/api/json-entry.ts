import { invalid } from '../../common';

type Values = Readonly<Record<string, unknown>>;

const numberNames = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * One object of a JSON body, read member by member with straight code: every logged point passes here. All methods throw
 * `invalid` that names the member by its full path, such as `metrics[3].step`.
 */
export class JsonEntry {
  private constructor(
    private readonly values: Values,
    private readonly path: string,
  ) {}

  /** @param members what the object may have */
  static of(value: unknown, members: readonly string[], path = ''): JsonEntry {
    if (!isObject(value)) throw invalid(`${path === '' ? 'The body' : path} must be a JSON object`, path || undefined);
    const entry = new JsonEntry(value, path);
    for (const name in value) {
      if (!members.includes(name)) throw entry.refused(name, `is not known; there are ${members.join(', ')}`);
    }
    return entry;
  }

  /** The objects of a list, none when it is absent. */
  entries(name: string, members: readonly string[]): JsonEntry[] {
    const list = this.values[name] ?? [];
    if (!Array.isArray(list)) throw this.refused(name, 'must be a list');
    const path = this.at(name);
    return list.map((value: unknown, index) => JsonEntry.of(value, members, `${path}[${index}]`));
  }

  /** An object inside this one, undefined when it is absent. */
  entry(name: string, members: readonly string[]): JsonEntry | undefined {
    const value = this.values[name] ?? undefined;
    return value === undefined ? undefined : JsonEntry.of(value, members, this.at(name));
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw this.refused(name, 'is missing; it must be a text');
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.values[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') throw this.refused(name, 'must be a text');
    return value;
  }

  whole(name: string, least: number): number {
    const value = this.optionalWhole(name, least);
    if (value === undefined) throw this.refused(name, `is missing; it must be a whole number from ${least}`);
    return value;
  }

  optionalWhole(name: string, least: number): number | undefined {
    const value = this.values[name] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    throw this.refused(name, `must be a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}`);
  }

  /** Any number, or one of the names that JSON cannot write as numbers. */
  number(name: string): number {
    const value = this.values[name];
    const number = typeof value === 'string' ? numberNames.get(value) : value;
    if (typeof number === 'number') return number;
    throw this.refused(name, 'must be a number, or one of "NaN", "Infinity" and "-Infinity"');
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  private refused(name: string, why: string): Error {
    return invalid(`${this.at(name)} ${why}`, this.at(name));
  }
}
