import { invalid } from '../../common';

/** What was logged, by the name of the list that has it. */
export const listNames = ['metrics', 'params', 'tags', 'inputs'] as const;
export type ListName = (typeof listNames)[number];

/** The attributes of a candidate as the native API names them, and their columns in `assay.candidates c`. */
export const attributeColumns = {
  iid: 'c.iid',
  eid: 'c.eid',
  experiment_iid: 'c.experiment_iid',
  name: 'c.name',
  status: 'c.status',
  started_at: 'c.started_at',
  ended_at: 'c.ended_at',
  user_name: 'c.user_name',
  created_by: 'c.created_by',
  created_at: 'c.created_at',
  deleted_at: 'c.deleted_at',
  commit: 'c.commit_sha',
  branch: 'c.branch',
  claimed_merge_request: 'c.claimed_merge_request',
} as const;
export type AttributeName = keyof typeof attributeColumns;

/** What of each candidate is read and answered. */
export interface FieldSelection {
  readonly attributes: readonly AttributeName[];
  /** The whole list, or the entries of these names. */
  readonly lists: ReadonlyMap<ListName, 'all' | readonly string[]>;
}

/** Names of one request; a name of more characters than any key has is none. */
const mostFields = 500;

const known = [
  ...Object.keys(attributeColumns),
  ...listNames,
  ...listNames.filter((list) => list !== 'inputs').map((list) => `${list}.<name>`),
];

function unknownField(text: string): Error {
  return invalid(`fields has ${JSON.stringify(text)}, which is none of ${known.join(', ')}`, 'fields');
}

function isAttribute(text: string): text is AttributeName {
  return Object.hasOwn(attributeColumns, text);
}

/** `metrics`, or `metrics.<name>`; the name may hold dots itself. */
function listOf(text: string): { list: ListName; name?: string } {
  const dot = text.indexOf('.');
  const list = listNames.find((name) => name === (dot < 0 ? text : text.slice(0, dot)));
  if (list === undefined) throw unknownField(text);
  if (dot < 0) return { list };
  if (list === 'inputs' || dot === text.length - 1 || text.includes('\0')) throw unknownField(text);
  return { list, name: text.slice(dot + 1) };
}

/**
 * Reads a `fields` parameter: names with commas between them, in one text or several. Undefined when there is none.
 * @throws AssayError `invalid` for a name that is no field, listing those that are
 */
export function readFields(texts: readonly string[] | undefined): FieldSelection | undefined {
  if (texts === undefined) return undefined;
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  if (names.length > mostFields) throw invalid(`fields has ${names.length} names; ${mostFields} is the most`, 'fields');
  const attributes = new Set<AttributeName>();
  const lists = new Map<ListName, 'all' | string[]>();
  for (const text of names) {
    if (isAttribute(text)) {
      attributes.add(text);
      continue;
    }
    const { list, name } = listOf(text);
    const before = lists.get(list);
    if (name === undefined) lists.set(list, 'all');
    else if (before !== 'all') lists.set(list, [...(before ?? []), name]);
  }
  return { attributes: [...attributes], lists };
}
