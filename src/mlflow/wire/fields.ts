import { invalid } from '../../common';
import { isStorable, toDouble, toInt64 } from './scalars';
import { invalidValue, missingValue, wrongType } from './texts';

type Values = Readonly<Record<string, unknown>>;

/** The values of an enum of the wire, each with its name and number there. */
export type WireEnum<Value> = readonly (readonly [name: string, number: number, value: Value])[];

const camelNames = new Map<string, string>();
function camelOf(name: string): string {
  let camel = camelNames.get(name);
  if (camel === undefined) {
    camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(name, camel);
  }
  return camel;
}

/** Reads queries' values: everything is text there, and what may be repeated may also stand once. */
function parseQuery(url: string): Values {
  const values: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  const start = url.indexOf('?');
  if (start < 0) return values;
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    const before = values[name];
    if (before === undefined) values[name] = value;
    else if (typeof before === 'string') values[name] = [before, value];
    else before.push(value);
  }
  return values;
}

/**
 * The fields of a request, read as protobuf's JSON mapping reads them: snake_case or camelCase names, null as absent, int64 as
 * number or text. Straight code and no schema: every logged point passes here. All methods throw `invalid` that names the field.
 */
export class Fields {
  constructor(
    private readonly values: Values,
    private readonly isQuery = false,
    private readonly parent = '',
    private readonly index = -1,
  ) {}

  /** The fields of a GET request. */
  static ofQuery(url: string): Fields {
    return new Fields(parseQuery(url), true);
  }

  /** The field's full name for messages, such as `metrics[3].key`. */
  path(name: string): string {
    if (this.parent === '') return name;
    return this.index < 0 ? `${this.parent}.${name}` : `${this.parent}[${String(this.index)}].${name}`;
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  string(name: string): string | undefined {
    const value = this.scalar(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw wrongType(this.path(name), value);
    return this.storable(name, value);
  }

  /** An empty text counts as none, because protobuf does not tell them apart. */
  requiredString(name: string): string {
    const value = this.string(name);
    if (value === undefined || value === '') throw missingValue(this.path(name));
    return value;
  }

  int(name: string): number | undefined {
    const value = this.scalar(name);
    if (value === undefined) return undefined;
    const number = toInt64(value);
    if (number !== undefined) return number;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(this.path(name), value);
    throw invalidValue(this.path(name), value, 'It must be an integer from -(2^53 - 1) to 2^53 - 1.');
  }

  requiredInt(name: string): number {
    const value = this.int(name);
    if (value === undefined) throw missingValue(this.path(name));
    return value;
  }

  requiredDouble(name: string): number {
    const value = this.scalar(name);
    if (value === undefined || value === '') throw missingValue(this.path(name));
    const number = toDouble(value);
    if (number === undefined) throw wrongType(this.path(name), value);
    return number;
  }

  bool(name: string): boolean | undefined {
    const value = this.scalar(name);
    if (value === undefined || typeof value === 'boolean') return value;
    const text = this.isQuery && typeof value === 'string' ? value.toLowerCase() : '';
    if (text === 'true' || text === 'false') return text === 'true';
    throw wrongType(this.path(name), value);
  }

  /** By name, or by number. */
  enum<Value>(name: string, members: WireEnum<Value>): Value | undefined {
    const value = this.scalar(name);
    if (value === undefined) return undefined;
    const number = toInt64(value);
    const member = members.find(([known, code]) => known === value || code === number);
    if (member !== undefined) return member[2];
    throw invalidValue(this.path(name), value, `It must be one of ${members.map(([known]) => known).join(', ')}.`);
  }

  strings(name: string): string[] {
    return this.list(name).map((value) => {
      if (typeof value !== 'string') throw wrongType(this.path(name), this.raw(name));
      return this.storable(name, value);
    });
  }

  /** The messages of a repeated field, each with its own place in error messages. */
  messages(name: string): Fields[] {
    const parent = this.path(name);
    return this.list(name).map((value, index) => {
      if (!isObject(value)) throw wrongType(`${parent}[${String(index)}]`, value);
      return new Fields(value, false, parent, index);
    });
  }

  /** A single message inside this one. */
  message(name: string): Fields | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!isObject(value)) throw wrongType(this.path(name), value);
    return new Fields(value, false, this.path(name));
  }

  private list(name: string): readonly unknown[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value as unknown[];
    if (this.isQuery) return [value];
    throw wrongType(this.path(name), value);
  }

  private scalar(name: string): unknown {
    const value = this.raw(name);
    return this.isQuery && Array.isArray(value) ? (value[0] as unknown) : value;
  }

  private raw(name: string): unknown {
    const value = this.values[name];
    const camel = camelOf(name);
    if (camel === name || !(camel in this.values)) return value ?? undefined;
    if (name in this.values)
      throw invalid(`Request specifies both '${name}' and '${camel}'; provide only one of them.`, this.path(name));
    return this.values[camel] ?? undefined;
  }

  private storable(name: string, value: string): string {
    if (isStorable(value)) return value;
    throw invalidValue(this.path(name), value, 'It holds a NUL character or half of a surrogate pair.');
  }
}

/** Whether a parsed JSON value is an object. */
export function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
