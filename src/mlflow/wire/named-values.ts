import { checkKey, cutText, type NamedValue } from '../../common';
import type { Fields } from './fields';

/** In characters; the protocol's own limits. */
export const textLimits = { key: 250, paramValue: 6000, tagValue: 8000, experimentTagValue: 20_000 } as const;

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

/** Reads and checks the key of a metric, param or tag. */
export function readKey(fields: Fields): string {
  const key = fields.requiredString('key');
  checkKey(key, fields.path('key'), textLimits.key);
  return key;
}

/** A param; a value beyond the limit is cut, as the protocol's own server does. */
export function readParam(fields: Fields): NamedValue {
  return { name: readKey(fields), value: cutText(fields.string('value') ?? '', textLimits.paramValue) };
}

/** A tag of a run; a value beyond the limit is cut, as the protocol's own server does. */
export function readTag(fields: Fields): NamedValue {
  return { name: readKey(fields), value: cutText(fields.string('value') ?? '', textLimits.tagValue) };
}
