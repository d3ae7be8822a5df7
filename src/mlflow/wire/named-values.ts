import type { NamedValue } from '../../common';
import type { Fields } from './fields';

/** A param or tag on the wire. */
export interface WireNamedValue {
  readonly key: string;
  readonly value: string;
}

/** For the wire. */
export function toNamedValue({ name, value }: NamedValue): WireNamedValue {
  return { key: name, value };
}

/** Empty lists are left out. */
export function unlessEmpty<Name extends string, Item>(
  name: Name,
  items: readonly Item[],
): { readonly [key in Name]?: readonly Item[] } {
  return items.length === 0 ? {} : ({ [name]: items } as { readonly [key in Name]?: readonly Item[] });
}

/** A param or a tag; an absent value is an empty one. What it may hold is for the domain to say. */
export function readNamedValue(fields: Fields): NamedValue {
  return { name: fields.requiredString('key'), value: fields.string('value') ?? '' };
}
